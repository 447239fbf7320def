"""The colours of plots: few, calm, told apart with any colour vision (after Okabe and Ito 2008), legible on white."""

from __future__ import annotations

from typing import Final

INK: Final = "#1f2a37"
MUTED: Final = "#5b6776"
GRID: Final = "#e4e8ee"
PAPER: Final = "#ffffff"

PRIMARY: Final = "#2f6f9f"
PRIMARY_SOFT: Final = "#c9dcea"
ACCENT: Final = "#c8551b"

CURVES: Final = ("#2f6f9f", "#c8551b", "#0f8a6a", "#8a5aa8", "#b8860b", "#4aa3d8", "#b5477f", "#5b6776")
LINES: Final = ("-", "--", "-.", ":")
"""Curves differ in colour and, from one to the next, in line style: prints in grey stay readable."""

HEAT: Final = ("#ffffff", "#dbe8f2", "#a9c8de", "#6ba0c4", "#35749f", "#1b4766")
"""Heat map from nothing to everything: lightness falls evenly, so it also reads in grey."""
