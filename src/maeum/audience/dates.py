"""Dates as people write them, to days.

What is two ways readable has one stated rule: three numbers of two digits are year, month, day (as in Korea); a year
that stands last has the month first, unless the first number is above 12 or the caller says that days come first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

KST: Final = timezone(timedelta(hours=9))  # seconds since 1970 are read in Korean time
FIRST, LAST = 1900, 2100  # years that a review may be of
_EXCEL: Final = (date(1899, 12, 30), range(20_000, 75_000))  # day 0 of a sheet; 1954…2105
_TIME: Final = (
    r"(?:\s*\(?[월화수목금토일](?:요일)?\)?)?"
    r"(?:[T\s,]*(?:(?:오전|오후|AM|PM)?\s*\d{1,2}\s*[:시]\s*\d{0,2}.*))?"
)
_SEPARATED: Final = re.compile(
    rf"^(\d{{4}}|\d{{2}})\s*([-./]|년)\s*(\d{{1,2}})\s*(?:[-./]|월)\s*(\d{{1,2}})\s*[일.]?{_TIME}$", re.IGNORECASE
)
_MONTH: Final = re.compile(r"^(\d{4})\s*[-./년]\s*(\d{1,2})\s*[월.]?$")
_YEAR_LAST: Final = re.compile(rf"^(\d{{1,2}})\s*[-./]\s*(\d{{1,2}})\s*[-./]\s*(\d{{4}}){_TIME}$", re.IGNORECASE)
_ENGLISH: Final = re.compile(
    rf"^(?:(?P<m1>[A-Za-z]{{3,9}})\.?\s+(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})\s+(?P<m2>[A-Za-z]{{3,9}})\.?)"
    rf"(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}}){_TIME}$",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"^(\d+)(?:\.\d*)?$")
_RELATIVE: Final = re.compile(r"(?:전|ago)$|^(?:오늘|어제|그저께|엊그제|방금|today|yesterday|just now)", re.IGNORECASE)
_MONTHS: Final = {
    name: at + 1
    for at, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
}
SHOWN: Final = 5


@dataclass
class Dates:
    """What became of written dates.

    Attributes:
        days: Written -> day, for those that could be read.
        relative: Written forms that say only how long ago (`3일 전`).
        ambiguous: Written forms that could be two days.
    """

    days: dict[str, date] = field(default_factory=dict)
    relative: set[str] = field(default_factory=set)
    ambiguous: set[str] = field(default_factory=set)


def read_date(written: str, *, day_first: bool = False) -> tuple[date | None, bool]:
    """The day that `written` means, None where it cannot be read; and whether it could be two.

    2019-03-01  19.03.01  2019.3.1.  2019년 3월 1일  20190301  2019-03-01T15:20:00Z  1551366000  -> 2019-03-01
    03/01/2019 -> 2019-03-01 (or 2019-01-03, with `day_first`), True
    """
    text = written.strip()
    if found := _SEPARATED.match(text):
        year, _, month, day = found.groups()
        return _day(_year(year), int(month), int(day)), False
    if found := _DIGITS.match(text):
        return _of_digits(found.group(1)), False
    if found := _MONTH.match(text):
        return _day(int(found.group(1)), int(found.group(2)), 1), False
    if found := _YEAR_LAST.match(text):
        first, second, year = (int(part) for part in found.groups())
        either = first <= 12 and second <= 12 and first != second
        swap = first > 12 or (day_first and second <= 12)
        month, day = (second, first) if swap else (first, second)
        return _day(year, month, day), either
    if found := _ENGLISH.match(text):
        name = (found["m1"] or found["m2"]).lower()[:3]
        return (
            _day(int(found["y"]), _MONTHS[name], int(found["d1"] or found["d2"])) if name in _MONTHS else None
        ), False
    return None, False


def is_relative(written: str) -> bool:
    """Whether it says how long ago, which means nothing without the day it was read on: `3일 전`, `yesterday`."""
    return bool(_RELATIVE.search(written.strip()))


def read_dates(written: Sequence[str], *, day_first: bool = False) -> Dates:
    """The days of different written forms."""
    found = Dates()
    for one in written:
        day, either = read_date(one, day_first=day_first)
        if day is not None:
            found.days[one] = day
            if either:
                found.ambiguous.add(one)
        elif is_relative(one):
            found.relative.add(one)
    return found


@dataclass
class DateFaults:
    """Counts over the rows of a column.

    Attributes:
        unreadable: Rows with something that is no date.
        relative: Rows that say only how long ago.
        ambiguous: Rows with a date that could be two; it was read by the rule.
        examples: Some unreadable ones.
    """

    unreadable: int = 0
    relative: int = 0
    ambiguous: int = 0
    examples: dict[str, None] = field(default_factory=dict)

    def add(self, other: DateFaults) -> None:
        """Count the rows of another part of the column too."""
        self.unreadable += other.unreadable
        self.relative += other.relative
        self.ambiguous += other.ambiguous
        for example in other.examples:
            if len(self.examples) < SHOWN:
                self.examples.setdefault(example)


def to_days(column: pl.Series, *, day_first: bool = False) -> tuple[pl.Series, DateFaults]:
    """A column of any type as days; what is no date is null, and counted."""
    import polars as pl

    faults = DateFaults()
    if column.dtype in (pl.Date, pl.Datetime):
        days = column.cast(pl.Date)
        year = days.dt.year()
        wrong = (year < FIRST) | (year > LAST)
        faults.unreadable = int(wrong.sum())
        empty = pl.Series(days.name, [None] * len(days), dtype=pl.Date)
        return empty.zip_with(wrong.fill_null(value=False), days), faults
    if column.dtype.is_nested() or column.dtype == pl.Binary:
        faults.unreadable = len(column) - column.null_count()
        return pl.Series(column.name, [None] * len(column), dtype=pl.Date), faults
    if column.dtype.is_float():
        column = column.fill_nan(None)
        whole = column.is_not_null() & (column == column.floor()) & (column.abs() < 2**53)
        spelled = column.cast(pl.Int64, strict=False).cast(pl.String)
        texts = spelled.zip_with(whole.fill_null(value=False), column.cast(pl.String))
    else:
        texts = column.cast(pl.String)
    texts = texts.str.strip_chars().alias("written")
    counts = texts.drop_nulls().value_counts(name="times")
    found = read_dates([one for one in counts["written"].to_list() if one], day_first=day_first)
    _count(faults, found, dict(zip(counts["written"].to_list(), counts["times"].to_list(), strict=True)))
    keys = pl.Series(list(found.days), dtype=pl.String)
    values = pl.Series(list(found.days.values()), dtype=pl.Date)
    if not found.days:
        return pl.Series(column.name, [None] * len(column), dtype=pl.Date), faults
    return texts.replace_strict(keys, values, default=None, return_dtype=pl.Date), faults


def _count(faults: DateFaults, found: Dates, times: Mapping[str, int]) -> None:
    for one, count in times.items():
        if not one:
            continue
        if one in found.ambiguous:
            faults.ambiguous += count
        elif one in found.relative:
            faults.relative += count
        elif one not in found.days:
            faults.unreadable += count
            if len(faults.examples) < SHOWN:
                faults.examples.setdefault(one[:40])


def _of_digits(digits: str) -> date | None:
    """20190301, 190301, 20190301152000, seconds or milliseconds since 1970, days of an Excel sheet."""
    size, number = len(digits), int(digits)
    if size == 8:
        return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if size == 6:
        return _day(_year(digits[:2]), int(digits[2:4]), int(digits[4:]))
    if (
        size in (12, 14)
        and digits[:2] in ("19", "20")
        and (found := _day(int(digits[:4]), int(digits[4:6]), int(digits[6:8])))
    ):
        return found
    if size in (9, 10, 12, 13):
        seconds = number / 1000 if size > 10 else number
        found = datetime.fromtimestamp(seconds, UTC).astimezone(KST).date()
        return found if FIRST <= found.year <= LAST else None
    return _EXCEL[0] + timedelta(days=number) if number in _EXCEL[1] else None


def _year(digits: str) -> int:
    """A year of two digits is of this century up to 69."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST <= year <= LAST else None
    except ValueError:
        return None
