"""Files of any size, block by block, with the rows, problems and sentences that `read_table` gives for them whole.

A first pass at constant memory finds what is said about a whole file (encoding, layout, types, number of rows, faults
that make it unusable); the blocks are read in a second one. Formats that cannot be read in parts (workbooks, arrays,
packed files, nested JSON, rare encodings) are read whole and given in blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from maeum.data.files import FileSettings, read_table
from maeum.data.files.source import PARQUET_SUFFIXES, check_kind, find_file, suffix_of
from maeum.data.files.stream_text import CHUNK, find_text
from maeum.data.files.table import Table
from maeum.errors import DataError

if TYPE_CHECKING:
    import polars as pl

_AUTO: Final = FileSettings()
_LINES: Final = (".jsonl", ".ndjson")
_DELIMITED: Final = (".csv", ".tsv", ".txt")
_HEAD: Final = 16  # bytes that tell the kind of a file


class Stream(Protocol):
    """A table that is read in blocks."""

    @property
    def path(self) -> Path:
        """Where it is read from."""

    @property
    def rows(self) -> int:
        """How many rows it has."""

    @property
    def columns(self) -> list[str]:
        """Names of its columns."""

    def blocks(self, size: int, skip: int = 0) -> Iterator[Table]:
        """Tables of `size` rows (the last of fewer), in order, without the first `skip` rows."""


def open_stream(path: str | Path, settings: FileSettings = _AUTO, chunk: int = CHUNK) -> Stream:
    """Look through a file, ready to read it in blocks.

    Args:
        path: A file whose name ends in one of `SUFFIXES`.
        settings: What not to find out by looking at the file.
        chunk: Bytes of text read at once.

    Raises:
        DataError: As `read_table`, with the same sentences; of Parquet files damage inside shows up in `blocks`.
    """
    file = find_file(Path(path))
    suffix = suffix_of(file)
    try:
        return _open(file, suffix, settings, chunk) or WholeStream(read_table(file, settings))
    except OSError as error:
        raise DataError("files.unreadable", path=file, reason=error.strerror or error) from error


def _open(path: Path, suffix: str, settings: FileSettings, chunk: int) -> Stream | None:
    """The stream of a format that can be read in parts; None for the others."""
    if suffix not in (*_LINES, *_DELIMITED, *PARQUET_SUFFIXES):
        return None
    with path.open("rb") as file:
        check_kind(file.read(_HEAD), suffix, path)
    if suffix in PARQUET_SUFFIXES:
        from maeum.data.files.stream_parquet import open_parquet

        return open_parquet(path)
    text = find_text(path, settings.encoding, chunk)
    if text is None:
        return None
    if suffix in _LINES:
        from maeum.data.files.stream_lines import open_lines

        return open_lines(text)
    from maeum.data.files.stream_delimited import open_delimited

    return open_delimited(text, suffix, settings)


@dataclass(frozen=True, eq=False)
class WholeStream:
    """A table in memory, given in blocks."""

    table: Table

    @property
    def path(self) -> Path:
        """Where it was read from."""
        return self.table.path

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.table.frame.height

    @property
    def columns(self) -> list[str]:
        """Names of its columns."""
        return self.table.frame.columns

    def blocks(self, size: int, skip: int = 0) -> Iterator[Table]:
        """See `Stream`."""
        table = self.table
        for start in range(skip, self.rows, size):
            first = table.first_row + start
            frame: pl.DataFrame = table.frame.slice(start, size)
            problems = tuple(one for one in table.problems if first <= one.row < first + frame.height)
            yield Table(frame, table.path, problems, first, table.encoding, table.delimiter, table.quoting)
