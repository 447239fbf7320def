"""Delimited text: .csv, .tsv, .txt."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from maeum.data.files.columns import blank_rows, column_names, in_order, numbered, shorten
from maeum.data.files.encoding import FAULT, REPLACEMENT, decode
from maeum.data.files.settings import FileSettings
from maeum.data.files.sniff import MAX_LINE, Layout, csv_records, find_layout
from maeum.data.files.table import Table
from maeum.errors import DataError
from maeum.schema import RowProblem

if TYPE_CHECKING:
    import polars as pl

END: Final = "\udcff"  # a record of our own behind the last one; no file can hold it (see FAULT)

Record = list[str]


def read_delimited(content: bytes, path: Path, suffix: str, settings: FileSettings) -> Table:
    """Read comma-, tab-, semicolon- or pipe-separated text, or one text a line.

    Raises:
        DataError: See `read_table`.
    """
    decoded = decode(content, settings.encoding, path)
    check_lines(decoded.text, path)
    layout = find_layout(decoded.text, suffix, settings)
    records = _split(decoded.text, layout, path)
    names, first_row, rows = _without_header(records, layout, path)
    _drop_blank_end(rows, len(names))
    if not rows:
        raise DataError("files.header_only", path=path, columns=", ".join(names))
    problems = mend(rows, len(names), first_row, faulty=decoded.faulty)
    frame = frame_of(names, rows)
    blank_rows(frame, first_row, problems)
    return Table(frame, path, in_order(problems), first_row, decoded.encoding, layout.delimiter, layout.quoting)


def check_lines(text: str, path: Path) -> None:
    """Check that no line is longer than `MAX_LINE` characters.

    Raises:
        DataError: With the number of the first such line.
    """
    start = 0
    while len(text) - start > MAX_LINE:
        window = (start, start + MAX_LINE + 1)
        end = max(text.rfind("\n", *window), text.rfind("\r", *window))
        if end < 0:
            raise DataError("files.line_too_long", path=path, line=line_breaks(text[:start]) + 1, limit=f"{MAX_LINE:,}")
        start = end + 1


def split_lines(text: str) -> list[str]:
    """Lines without their ends (any system's), without blank ones at the end of the text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _split(text: str, layout: Layout, path: Path) -> list[Record]:
    """Records of `text`; a blank line is an empty record."""
    if not layout.delimiter:
        return [[line] if line.strip() else [] for line in split_lines(text)]
    lines = chain(io.StringIO(text, newline=""), [END])
    records: list[Record] = []
    try:
        records.extend(csv_records(lines, layout.delimiter, quoting=layout.quoting))
    except csv.Error as error:  # a cell longer than the limit: lines cannot be, so it runs over several
        line = _line_after(text, layout, len(records))
        raise DataError("files.quote_open", path=path, line=line) from error
    last = records.pop()
    if last != [END]:  # it was swallowed by a cell that never closes
        raise DataError("files.quote_open", path=path, line=line_breaks(text) - line_breaks(last[-1]) + 1)
    return records


def _line_after(text: str, layout: Layout, count: int) -> int:
    """Number of the line on which the record after the first `count` begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=layout.delimiter)
    for _ in islice(reader, count):
        pass
    return reader.line_num + 1


def line_breaks(text: str) -> int:
    """Ends of lines in `text`, of any system."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _without_header(records: list[Record], layout: Layout, path: Path) -> tuple[list[str], int, list[Record]]:
    """Column names, the number of the first row, and the rows."""
    filled = (position for position, record in enumerate(records) if any(cell.strip() for cell in record))
    top = next(filled, None)
    if top is None:
        raise DataError("files.empty", path=path)
    if layout.header:
        return column_names(records[top], path), top + 2, records[top + 1 :]
    width = len(records[top])
    return ["text"] if width == 1 else numbered(width), 1, records


def _drop_blank_end(rows: list[Record], width: int) -> None:
    """Remove blank lines at the end, in place."""
    while rows and is_blank(rows[-1], width):
        rows.pop()


def is_blank(row: Record, width: int) -> bool:
    """Whether a line held nothing; white space counts only where it can be the one cell of a row."""
    return not row or (len(row) == 1 and width > 1 and not row[0].strip())


def mend(rows: list[Record], width: int, first_row: int, *, faulty: bool) -> dict[int, RowProblem]:
    """Give every row `width` cells and U+FFFD for faults, in place; returns the problems by position."""
    problems: dict[int, RowProblem] = {}
    for position, row in enumerate(rows):
        if faulty and (fault := next((cell for cell in row if FAULT in cell), None)) is not None:
            problems[position] = RowProblem(first_row + position, "undecodable", shorten(fault))
            row[:] = [cell.replace(FAULT, REPLACEMENT) for cell in row]
        if len(row) != width:
            if is_blank(row, width):
                row.clear()
            else:
                ragged = RowProblem(first_row + position, "ragged", f"{width}/{len(row)}")
                problems.setdefault(position, ragged)
            row[:] = [*row, *[""] * (width - len(row))][:width]
    return problems


def frame_of(names: Sequence[str], rows: list[Record]) -> pl.DataFrame:
    """Rows of `width` cells as String columns, empty cells as null."""
    import polars as pl

    cells = zip(*rows, strict=True)
    frame = pl.DataFrame([pl.Series(name, column, dtype=pl.String) for name, column in zip(names, cells, strict=True)])
    return frame.select(pl.when(pl.all() != "").then(pl.all()))
