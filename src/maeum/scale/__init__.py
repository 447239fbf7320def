"""Work on many machines, through Ray."""

from __future__ import annotations
