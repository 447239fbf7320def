"""Blocks of a table as reviews: numbers for titles and sources, days, stars, texts; what is left out is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from maeum.audience.columns import Columns
from maeum.audience.dates import DateFaults, to_days
from maeum.audience.ratings import RatingFaults, to_stars
from maeum.data.files.table import Table

if TYPE_CHECKING:
    import polars as pl

PLACE: Final = "at"  # of a review in the table, 0 for the first row


@dataclass
class LeftOut:
    """Counts of rows, and of cells, that could not be used.

    Attributes:
        unreadable_rows: Rows that could not be read as rows.
        no_text: Rows without text.
        no_title: Rows with a text, without a title.
        dates: Of the reviews that remain.
        ratings: Of the reviews that remain.
    """

    unreadable_rows: int = 0
    no_text: int = 0
    no_title: int = 0
    dates: DateFaults = field(default_factory=DateFaults)
    ratings: RatingFaults = field(default_factory=RatingFaults)

    def add(self, other: LeftOut) -> None:
        """Count another part of the table too."""
        self.unreadable_rows += other.unreadable_rows
        self.no_text += other.no_text
        self.no_title += other.no_title
        self.dates.add(other.dates)
        self.ratings.add(other.ratings)


def reviews_of(
    table: Table, start: int, columns: Columns, *, day_first: bool = False, only: pl.Series | None = None
) -> tuple[pl.DataFrame, LeftOut]:
    """The reviews of a block.

    Args:
        table: The block.
        start: Place of its first row in the whole table.
        columns: What its columns mean.
        day_first: See `dates.read_date`.
        only: Places in the block of the rows that are wanted; None for all.

    Returns:
        `at`, `row` (as a spreadsheet counts), `title`, `source` (as written, null where there is none), `day`, `stars`,
        `text` of the reviews that can be used, and what was left out.
    """
    import polars as pl

    unreadable = [problem.row - table.first_row for problem in table.problems if problem.kind != "blank"]
    frame = table.frame.with_row_index("__at")
    if only is not None:
        frame = frame[only]
    left = LeftOut()
    if unreadable:
        before = frame.height
        frame = frame.filter(~pl.col("__at").is_in(pl.Series(unreadable, dtype=pl.UInt32).implode()))
        left.unreadable_rows = before - frame.height
    text, title = _texts(frame, columns.of["text"]), _titles(frame, columns)
    has_text, has_title = _filled(text), _filled(title)
    left.no_text = int((~has_text).sum())
    left.no_title = int((has_text & ~has_title).sum())
    keep = has_text & has_title
    if not keep.all():
        frame, text, title = frame.filter(keep), text.filter(keep), title.filter(keep)
    day, left.dates = _role(frame, columns.of, "date", day_first=day_first)
    stars, left.ratings = _stars(frame, columns.of)
    return pl.DataFrame(
        {
            PLACE: (frame["__at"].cast(pl.Int64) + start),
            "row": (frame["__at"].cast(pl.Int64) + table.first_row),
            "title": title,
            "source": _texts(frame, columns.of["source"]),
            "day": day,
            "stars": stars,
            "text": text,
        }
    ), left


def _texts(frame: pl.DataFrame, name: str | None) -> pl.Series:
    """A column as text; null where there is no such column or no text in it."""
    import polars as pl

    if name is None:
        return pl.Series([None] * frame.height, dtype=pl.String)
    column = frame[name]
    if column.dtype.is_nested() or column.dtype == pl.Binary:
        return pl.Series([None] * frame.height, dtype=pl.String)
    if column.dtype.is_float():  # 10001.0 is a number of a film that a spreadsheet made a float of
        whole = (column == column.floor()).fill_null(value=False)
        texts = column.cast(pl.String)
        return column.cast(pl.Int64, strict=False).cast(pl.String).zip_with(whole, texts)
    return column.cast(pl.String)


def _titles(frame: pl.DataFrame, columns: Columns) -> pl.Series:
    import polars as pl

    if columns.title is not None:
        return pl.Series([columns.title] * frame.height, dtype=pl.String)
    return _texts(frame, columns.of["title"])


def _filled(texts: pl.Series) -> pl.Series:
    return texts.is_not_null() & (texts.fill_null("").str.strip_chars() != "")


def _role(
    frame: pl.DataFrame, of: Mapping[str, str | None], role: str, *, day_first: bool
) -> tuple[pl.Series, DateFaults]:
    import polars as pl

    name = of[role]
    if name is None:
        return pl.Series([None] * frame.height, dtype=pl.Date), DateFaults()
    return to_days(frame[name], day_first=day_first)


def _stars(frame: pl.DataFrame, of: Mapping[str, str | None]) -> tuple[pl.Series, RatingFaults]:
    import polars as pl

    name = of["rating"]
    if name is None:
        return pl.Series([None] * frame.height, dtype=pl.Float64), RatingFaults()
    return to_stars(frame[name])
