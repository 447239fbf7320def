"""Delimited text in blocks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from maeum.data.files.columns import blank_rows, column_names, in_order, numbered
from maeum.data.files.delimited import END, Record, frame_of, is_blank, line_breaks, mend
from maeum.data.files.settings import FileSettings
from maeum.data.files.sniff import SAMPLE_LINES, Layout, csv_records, find_layout, proper_quotes
from maeum.data.files.stream_text import TextFile
from maeum.data.files.table import Table
from maeum.errors import DataError


@dataclass(frozen=True, eq=False)
class DelimitedStream:
    """Rows of delimited text.

    Attributes:
        text: The file.
        layout: How it is divided.
        columns: Names.
        before: Records in front of the first row.
        rows: How many rows there are; blank ones at the end are none.
        first_row: Number of the first row, as a spreadsheet shows it.
    """

    text: TextFile
    layout: Layout
    columns: list[str]
    before: int
    rows: int
    first_row: int

    @property
    def path(self) -> Path:
        """Where it is read from."""
        return self.text.path

    def blocks(self, size: int, skip: int = 0) -> Iterator[Table]:
        """See `Stream`."""
        found = islice(records(self.text, self.layout), self.before + skip, self.before + self.rows)
        first, width = self.first_row + skip, len(self.columns)
        while block := list(islice(found, size)):
            problems = mend(block, width, first, faulty=self.text.faulty)
            frame = frame_of(self.columns, block)
            blank_rows(frame, first, problems)
            layout = self.layout
            yield Table(
                frame, self.path, in_order(problems), first, self.text.encoding, layout.delimiter, layout.quoting
            )
            first += len(block)


def open_delimited(text: TextFile, suffix: str, settings: FileSettings) -> DelimitedStream:
    """Find the layout of a text, and count its rows.

    Raises:
        DataError: See `read_table`.
    """
    layout = find_layout(_head(text), suffix, settings, lambda: _proper_quotes(text))
    top: Record | None = None
    at = last = -1
    for position, record in enumerate(records(text, layout)):
        if top is None:
            if any(cell.strip() for cell in record):
                top, at, last = record, position, position
        elif not is_blank(record, len(top)):
            last = position
    if top is None:
        raise DataError("files.empty", path=text.path)
    if not layout.header:
        width = len(top)
        return DelimitedStream(text, layout, ["text"] if width == 1 else numbered(width), 0, last + 1, 1)
    names = column_names(top, text.path)
    if last == at:
        raise DataError("files.header_only", path=text.path, columns=", ".join(names))
    return DelimitedStream(text, layout, names, at + 1, last - at, at + 2)


def records(text: TextFile, layout: Layout) -> Iterator[Record]:
    """All records of a text; a blank line is an empty one.

    Raises:
        DataError: A quote is never closed.
    """
    if not layout.delimiter:
        for line in text.lines():
            yield [line] if line.strip() else []
        return
    reader: Any = csv_records(_lines(text), layout.delimiter, quoting=layout.quoting)
    done = 0  # lines of the records so far
    last: Record = [END]
    try:
        for last in reader:
            if not last or END not in last[-1]:
                yield last
                done = reader.line_num
    except csv.Error as error:  # a cell longer than the limit: lines cannot be, so it runs over several
        raise DataError("files.quote_open", path=text.path, line=done + 1) from error
    if last != [END]:  # it was swallowed by a cell that never closes
        opened = text.breaks - line_breaks(last[-1]) + 1
        raise DataError("files.quote_open", path=text.path, line=opened)


def _lines(text: TextFile) -> Iterator[str]:
    for piece in text.pieces():
        yield from io.StringIO(piece, newline="")
    yield END


def _head(text: TextFile) -> str:
    """The first lines, more than are looked at to find the delimiter; the whole text where it has fewer."""
    found: list[str] = []
    count = 0
    for piece in text.pieces():
        found.append(piece)
        count += line_breaks(piece)
        if count > SAMPLE_LINES:
            break
    return "".join(found)


def _proper_quotes(text: TextFile) -> bool:
    """Whether there is a cell that opens with a quote, and every such cell closes on its line."""
    opened = False
    for piece in text.pieces():
        proper = proper_quotes(piece)
        if proper is False:
            return False
        opened = opened or proper is True
    return opened
