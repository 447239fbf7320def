"""Output that grows block by block, and can be cut back to where a checkpoint was."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Protocol

from maeum.data.writing import CSV_ENCODING, to_text
from maeum.engine.journal import sync_folder

if TYPE_CHECKING:
    import polars as pl

STREAMED_SUFFIXES: Final = (".csv", ".tsv", ".jsonl", ".parquet")
_GROUP: Final = 100_000  # rows of a Parquet row group, at least


class Sink(Protocol):
    """Where blocks are written."""

    place: int

    def fits(self, place: int) -> bool:
        """Whether there is output up to `place`."""

    def go_to(self, place: int) -> None:
        """Cut the output back to `place`, and go on from there."""

    def write(self, frame: pl.DataFrame) -> tuple[Counter[str], int]:
        """Add a block; returns the characters that could not be written, and the lines with such."""

    def sync(self) -> None:
        """Have the disk hold everything written so far."""

    def finish(self, final: Path) -> None:
        """Move the complete output to its name."""

    def close(self) -> None:
        """Let go of open files."""


def sink_for(folder: Path, suffix: str, encoding: str | None) -> Sink:
    """The sink of a format (one of `STREAMED_SUFFIXES`), in an existing folder."""
    if suffix == ".parquet":
        return ParquetSink(folder)
    usual = "utf-8" if suffix == ".jsonl" else CSV_ENCODING
    return TextSink(folder / "rows", suffix[1:], usual if encoding is None else encoding)


class TextSink:
    """Text that is added to; `place` counts bytes."""

    def __init__(self, path: Path, format: str, encoding: str) -> None:  # noqa: A002
        self.place = 0
        self._path, self._format, self._encoding = path, format, encoding
        self._file: IO[bytes] | None = None
        self._mark = "".encode(encoding)  # byte order mark, which only the beginning of a file has

    def fits(self, place: int) -> bool:
        """See `Sink`."""
        return self._path.is_file() and self._path.stat().st_size >= place

    def go_to(self, place: int) -> None:
        """See `Sink`."""
        self._path.touch()
        self._file = self._path.open("r+b")
        self._file.truncate(place)
        self._file.seek(place)
        self.place = place

    def write(self, frame: pl.DataFrame) -> tuple[Counter[str], int]:
        """See `Sink`."""
        text = to_text(frame, self._format)
        if self.place and self._format != "jsonl":
            text = text[len(to_text(frame.head(0), self._format)) :]
        lost: Counter[str] = Counter()
        lines = 0
        try:
            content = text.encode(self._encoding)
        except UnicodeEncodeError:
            lost = Counter({one: count for one, count in Counter(text).items() if not self._holds(one)})
            lines = sum(not lost.keys().isdisjoint(line) for line in text.split("\n"))
            content = text.encode(self._encoding, "replace")
        if self.place:
            content = content.removeprefix(self._mark)
        assert self._file is not None
        self._file.write(content)
        self.place += len(content)
        return lost, lines

    def _holds(self, character: str) -> bool:
        try:
            character.encode(self._encoding)
        except UnicodeEncodeError:
            return False
        return True

    def sync(self) -> None:
        """See `Sink`."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def finish(self, final: Path) -> None:
        """See `Sink`."""
        self.sync()
        self.close()
        os.replace(self._path, final)
        sync_folder(final.parent)

    def close(self) -> None:
        """See `Sink`."""
        if self._file is not None:
            self._file.close()
            self._file = None


class ParquetSink:
    """Numbered parts, made one file at the end, because its table of contents comes last; `place` counts parts.

    Parts are Arrow files, which cost next to nothing to write and to read again.
    """

    def __init__(self, folder: Path) -> None:
        self.place = 0
        self._folder = folder
        self._unsynced: list[Path] = []

    def _part(self, number: int) -> Path:
        return self._folder / f"{number:07}.arrow"

    def fits(self, place: int) -> bool:
        """See `Sink`."""
        return all(self._part(number).is_file() for number in range(place))

    def go_to(self, place: int) -> None:
        """See `Sink`."""
        self.place = place

    def write(self, frame: pl.DataFrame) -> tuple[Counter[str], int]:
        """See `Sink`."""
        import pyarrow as pa

        path = self._part(self.place)
        table = frame.to_arrow()
        # pyarrow.feather would do the same, after importing pandas where that is installed, which takes a second
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema, options=_options()) as writer:
            writer.write_table(table)
        self._unsynced.append(path)
        self.place += 1
        return Counter(), 0

    def sync(self) -> None:
        """See `Sink`."""
        for path in self._unsynced:
            _sync(path)
        self._unsynced = []

    def finish(self, final: Path) -> None:
        """See `Sink`."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        whole = self._folder / "whole.parquet"
        writer: Any = None
        group: list[Any] = []
        try:
            for number in range(self.place):
                with pa.memory_map(str(self._part(number))) as file:
                    group.append(pa.ipc.open_file(file).read_all())
                writer = writer or pq.ParquetWriter(
                    whole, group[0].schema, compression="zstd", use_dictionary=_repeating(group[0])
                )
                if sum(part.num_rows for part in group) >= _GROUP or number == self.place - 1:
                    writer.write_table(pa.concat_tables(group))
                    group = []
        finally:
            if writer is not None:
                writer.close()
        _sync(whole)
        os.replace(whole, final)
        sync_folder(final.parent)

    def close(self) -> None:
        """See `Sink`."""


def _options() -> Any:
    """How parts are written: light compression, for a disk is slower than a processor."""
    import pyarrow as pa

    return pa.ipc.IpcWriteOptions(compression="lz4")


def _repeating(table: Any) -> list[str]:
    """Columns of a table that a dictionary makes smaller: of text, most values more than once (labels, titles)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = [one.name for one in table.schema if pa.types.is_large_string(one.type) or pa.types.is_string(one.type)]
    return [name for name in texts if pc.count_distinct(table[name]).as_py() * 2 <= table.num_rows]


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
