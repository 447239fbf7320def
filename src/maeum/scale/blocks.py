"""Parquet files in blocks of rows that any machine can read by itself.

A block is a range of rows of one file. Its result has a name made from both, so that a block that is done twice writes
the same file twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.data.files.columns import column_names
from maeum.data.files.guard import damaged
from maeum.data.files.source import PARQUET_SUFFIXES
from maeum.data.files.stream import open_stream
from maeum.data.files.table import Table
from maeum.engine import file_print
from maeum.errors import DataError
from maeum.messages import listing, say
from maeum.progress import progress

if TYPE_CHECKING:
    import polars as pl

BLOCK: Final = 20_000  # rows; what a lost worker costs at most
EMPTY: Final = "files.header_only"  # what is said of a file without rows
SHOWN: Final = 20  # bad files that are named


@dataclass(frozen=True)
class Input:
    """One Parquet file.

    Attributes:
        name: Its path below the folder, with `/`.
        columns: Names of its columns.
        rows: How many rows it has.
        size: Bytes.
        print: Hash of its content.
    """

    name: str
    columns: tuple[str, ...]
    rows: int
    size: int
    print: str


@dataclass(frozen=True)
class Block:
    """Rows `start` … `stop - 1` of a file, counted from 0.

    Attributes:
        path: The file.
        name: Its path below the input folder.
        size: Bytes that the file had when the work was planned.
        start: First row.
        stop: Row after the last.
        part: Path of the result below the output folder, with `/`.
    """

    path: Path
    name: str
    size: int
    start: int
    stop: int
    part: str

    def __str__(self) -> str:
        return f"{self.name} {self.start + 1}–{self.stop}"


@dataclass(frozen=True)
class Source:
    """The files of a folder.

    Attributes:
        root: The folder.
        files: Those with rows, by name.
        empty: Names of Parquet files without rows.
        others: Names of files that are not Parquet.
    """

    root: Path
    files: tuple[Input, ...]
    empty: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Rows of all files."""
        return sum(file.rows for file in self.files)

    @property
    def print(self) -> str:
        """A hash of all names and contents."""
        listed = json.dumps([(file.name, file.rows, file.print) for file in self.files])
        return hashlib.blake2b(listed.encode(), digest_size=16).hexdigest()

    def blocks(self, size: int) -> list[Block]:
        """All rows in blocks of at most `size`, in order."""
        names = {file.name for file in self.files}
        return [
            Block(self.root / file.name, file.name, file.size, start, stop, _part(file.name, names, start, stop))
            for file in self.files
            for start in range(0, file.rows, size)
            for stop in [min(start + size, file.rows)]
        ]


def find_files(path: Path) -> tuple[Path, list[Path], list[str]]:
    """The folder, its Parquet files at any depth, and the names of other files; hidden names (`.`, `_`) are left out.

    Args:
        path: A folder, or one Parquet file.

    Raises:
        DataError: It is missing, or holds no Parquet file.
    """
    if path.is_file():
        return path.parent, [path], []
    if not path.is_dir():
        raise DataError("scale.no_input", path=path)
    inside = [one for one in sorted(path.rglob("*")) if one.is_file() and not _hidden(one.relative_to(path))]
    files = [one for one in inside if one.suffix.lower() in PARQUET_SUFFIXES]
    others = [one.relative_to(path).as_posix() for one in inside if one.suffix.lower() not in PARQUET_SUFFIXES]
    if not files:
        raise DataError("scale.no_parquet", path=path, found=listing(others, 5))
    return path, files, others


def open_source(path: Path, check: Any = None) -> Source:
    """Look at all files before the work begins.

    Args:
        path: A folder, or one Parquet file.
        check: Called with a file's path and the names of its columns; raises DataError where they cannot be used.

    Raises:
        DataError: Files that cannot be used, all of them named; or none has rows.
    """
    root, files, others = find_files(path)
    found: list[Input] = []
    empty: list[str] = []
    bad: list[DataError] = []
    with progress(say("scale.looking"), len(files), say("scale.files")) as advance:
        for file in files:
            try:
                stream = open_stream(file)
                if check is not None:
                    check(file, stream.columns)
                found.append(_input(root, file, stream.columns, stream.rows, found))
            except DataError as error:
                if error.key == EMPTY and error.values["columns"]:
                    empty.append(file.relative_to(root).as_posix())
                else:
                    bad.append(error)
            advance(1)
    if len(bad) == 1 and len(files) == 1:
        raise bad[0]
    if bad:
        said = "\n".join(f"  {error}" for error in bad[:SHOWN])
        more = say("scale.more_files", count=len(bad) - SHOWN) if len(bad) > SHOWN else ""
        raise DataError("scale.bad_files", path=path, count=len(bad), total=len(files), problems=said + more)
    if not found:
        raise DataError("scale.no_rows", path=path, count=len(files))
    return Source(root, tuple(found), tuple(empty), tuple(others))


def read_block(block: Block) -> Table:
    """The rows of a block, with their numbers in the file.

    Raises:
        DataError: The file is missing, damaged inside, or has changed.
    """
    import polars as pl
    import pyarrow as pa

    try:
        size = block.path.stat().st_size
    except OSError as error:
        raise DataError("scale.not_visible", path=block.path, reason=error.strerror or error) from error
    if size != block.size:
        raise DataError("scale.changed", path=block.path)
    with damaged(block.path, block.path.suffix.lower()):
        batches, names = _batches(block)
        frame: pl.DataFrame = pl.DataFrame(pa.Table.from_batches(batches).rename_columns(names))
    if frame.height != block.stop - block.start:
        raise DataError("scale.changed", path=block.path)
    return Table(frame, block.path, (), 1 + block.start, quoting=False)


def _batches(block: Block) -> tuple[list[Any], list[str]]:
    """The batches of a block, read from those row groups only that hold its rows."""
    import pyarrow.parquet as pq

    with block.path.open("rb") as opened:
        file = pq.ParquetFile(opened, buffer_size=2**20, pre_buffer=False)
        groups, first = _groups([file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)], block)
        skip, left = block.start - first, block.stop - block.start
        kept: list[Any] = []
        for batch in file.iter_batches(batch_size=BLOCK, row_groups=groups, use_threads=False):
            taken = batch.slice(min(skip, batch.num_rows), left)
            skip -= min(skip, batch.num_rows)
            left -= taken.num_rows
            kept.append(taken)
            if not left:
                break
        return kept, column_names(file.schema_arrow.names, block.path)


def _groups(sizes: Sequence[int], block: Block) -> tuple[list[int], int]:
    """Numbers of the row groups that hold a block, and the first row of the first of them."""
    found: list[int] = []
    first = at = 0
    for number, size in enumerate(sizes):
        if at < block.stop and at + size > block.start:
            first = first if found else at
            found.append(number)
        at += size
    return found, first


def _input(root: Path, file: Path, columns: Sequence[str], rows: int, others: Sequence[Input]) -> Input:
    """What there is to know of a file.

    Raises:
        DataError: It has other columns than the files before it.
    """
    if others and set(columns) != set(others[0].columns):
        differing = listing(sorted(set(columns) ^ set(others[0].columns)), 5)
        raise DataError("scale.other_columns", path=file, first=others[0].name, columns=differing)
    name = file.relative_to(root).as_posix()
    return Input(name, tuple(columns), rows, file.stat().st_size, file_print(file))


def _part(name: str, names: set[str], start: int, stop: int) -> str:
    stem = name.removesuffix(".parquet")
    kept = name if stem in names else stem  # a.pq beside a.pq.parquet
    return f"{kept}-{start:010}-{stop:010}.parquet"


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)
