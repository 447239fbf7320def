"""Column names, and the rows whose cells need a word."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from maeum.data.files.encoding import FAULT, REPLACEMENT
from maeum.errors import DataError
from maeum.messages import listing
from maeum.schema import RowProblem

if TYPE_CHECKING:
    import polars as pl

DETAIL_LENGTH: Final = 40  # characters of an offending value that are shown


def column_names(header: Sequence[str], path: Path) -> list[str]:
    """Names as users type them: NFC (macOS writes NFD), without spaces at the ends; an empty one is `column_<number>`.

        ["리뷰 ", ""] -> ["리뷰", "column_2"]

    Raises:
        DataError: Names that occur twice, or that hold undecodable bytes, all of them at once.
    """
    names = [unicodedata.normalize("NFC", name).strip() or f"column_{i}" for i, name in enumerate(header, start=1)]
    broken = [shorten(name) for name in names if FAULT in name]
    if broken:
        raise DataError("files.header_undecodable", path=path, names=listing(broken))
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise DataError("files.columns_twice", path=path, names=listing(twice))
    return names


def numbered(width: int) -> list[str]:
    """Names for a file without a header: `column_1`, `column_2` and so on."""
    return [f"column_{i}" for i in range(1, width + 1)]


def shorten(value: str) -> str:
    """`value` in at most `DETAIL_LENGTH` characters, around its first fault, faults as U+FFFD."""
    start = max(0, value.find(FAULT) - DETAIL_LENGTH // 2)
    shown = value[start : start + DETAIL_LENGTH].replace(FAULT, REPLACEMENT)
    return ("…" if start else "") + shown + ("…" if start + DETAIL_LENGTH < len(value) else "")


def blank_rows(frame: pl.DataFrame, first_row: int, known: dict[int, RowProblem]) -> None:
    """Add a `blank` problem for every row that is all null and has no problem yet."""
    import polars as pl

    if not frame.width:
        return
    for position in frame.select(pl.all_horizontal(pl.all().is_null()).arg_true()).to_series():
        known.setdefault(position, RowProblem(first_row + position, "blank"))


def in_order(known: dict[int, RowProblem]) -> tuple[RowProblem, ...]:
    """The problems by position, as a tuple in row order."""
    return tuple(known[position] for position in sorted(known))
