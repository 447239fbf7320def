"""The font of plots, and texts that it can draw."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

FAMILY: Final = "MaeumGothic"
UNDRAWABLE: Final = "□"


def font_path() -> Path:
    """Where the font lies that is shipped with maeum."""
    return Path(str(resources.files("maeum.assets") / "font" / "MaeumGothic-Regular.ttf"))


@lru_cache(maxsize=1)
def characters() -> frozenset[int]:
    """The code points the font can draw."""
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(font_path())).get_charmap())


@lru_cache(maxsize=1)
def register_font() -> None:
    """Make the font known to matplotlib under `FAMILY`; no setting of the caller's changes."""
    from matplotlib.font_manager import fontManager

    fontManager.addfont(str(font_path()))


def drawable(text: str) -> str:
    """`text` with what the font cannot draw replaced by □, on one line; joined emoji count as their parts.

    "감동😭" -> "감동□";  "喜 (기쁨)" -> "□ (기쁨)"
    """
    kept = []
    for character in unicodedata.normalize("NFC", " ".join(text.split())):
        if unicodedata.category(character) in ("Cf", "Cc", "Mn") and character != "\u00ad":
            continue  # joiners, variation selectors, direction marks: nothing to see
        kept.append(character if ord(character) in characters() else UNDRAWABLE)
    return "".join(kept)


def width_of(text: str) -> int:
    """How wide `text` is, in half-width characters: Hangul and □ count twice."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def shortened(text: str, width: int) -> str:
    """`text`, drawable, cut with … where it is wider than `width` half-width characters."""
    text = drawable(text)
    if width_of(text) <= width:
        return text
    while text and width_of(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"
