"""Sums by key that grow block by block: what is held is bounded by the number of keys, not of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

PENDING: Final = 500_000  # rows of partial sums that are put together at once


class Running:
    """Sums, least and greatest values by key.

    Args:
        keys: Columns that tell groups apart.
        least: Columns of which the least value counts.
        greatest: Columns of which the greatest value counts; all others are added up.
    """

    def __init__(self, keys: Sequence[str], least: Sequence[str] = (), greatest: Sequence[str] = ()) -> None:
        self._keys, self._least, self._greatest = list(keys), set(least), set(greatest)
        self._parts: list[pl.DataFrame] = []
        self._rows = self._whole = 0

    def add(self, part: pl.DataFrame) -> None:
        """Add partial sums: one row per key or several."""
        self._parts.append(part)
        self._rows += part.height
        if self._rows > PENDING + self._whole:
            self.frame()

    def frame(self) -> pl.DataFrame | None:
        """One row per key, in the order of the keys; None where nothing was added."""
        import polars as pl

        if not self._parts:
            return None
        if len(self._parts) > 1 or self._rows != self._whole:
            parts = pl.concat(self._parts)
            others = [name for name in parts.columns if name not in self._keys]
            folded = [
                pl.col(name).min()
                if name in self._least
                else pl.col(name).max()
                if name in self._greatest
                else pl.col(name).sum()
                for name in others
            ]
            whole = parts.group_by(self._keys).agg(folded).sort(self._keys)
            self._parts, self._rows, self._whole = [whole], whole.height, whole.height
        return self._parts[0]
