"""Users' own files: any common format and encoding of tables, read whole, with every fault named.

read_table("리뷰.csv") -> Table(frame=…, problems=(RowProblem(row=18, kind="ragged", detail="3/4"),), …)
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from maeum.data.files.settings import FileSettings
from maeum.data.files.source import (
    EXCEL_SUFFIXES,
    PARQUET_SUFFIXES,
    SUFFIXES,
    check_kind,
    find_file,
    read_bytes,
    suffix_of,
    unpack,
)
from maeum.data.files.table import Table

__all__ = ["SUFFIXES", "FileSettings", "Table", "read_table"]

_AUTO: Final = FileSettings()


def read_table(path: str | Path, settings: FileSettings = _AUTO, content: bytes | None = None) -> Table:
    """Read a table; its suffix says which format it has.

    Args:
        path: A file whose name ends in one of `SUFFIXES`.
        settings: What not to find out by looking at the file.
        content: The bytes of the file, where they are at hand already; `path` is then only its name.

    Returns:
        All rows. Those that could not be read as they stand are in `problems` too.

    Raises:
        DataError: The file as a whole cannot be read: missing, a folder, not readable, unknown suffix, other content
            than its suffix says, empty, header only, damaged or cut off, unpacking to too much, NUL bytes, a line too
            long, a quote never closed, lines in different encodings, an unknown encoding or delimiter, no such sheet,
            a sheet too large, columns of one name, JSON without objects.
    """
    file = Path(path)
    if content is None:
        file = find_file(file)
    suffix = suffix_of(file)
    content = read_bytes(file) if content is None else content
    check_kind(content, suffix, file)
    if suffix.endswith(".gz"):
        content, suffix = unpack(content, file), suffix.removesuffix(".gz")
    return _read(content, file, suffix, settings)


def _read(content: bytes, path: Path, suffix: str, settings: FileSettings) -> Table:
    """Choose the reader; each is loaded only where it is used."""
    if suffix in PARQUET_SUFFIXES:
        from maeum.data.files.parquet import read_parquet

        return read_parquet(content, path)
    if suffix in EXCEL_SUFFIXES:
        from maeum.data.files.excel import read_excel

        return read_excel(content, path, settings)
    if suffix in (".jsonl", ".ndjson"):
        from maeum.data.files.jsonl import read_json_lines

        return read_json_lines(content, path, settings)
    if suffix == ".json":
        from maeum.data.files.jsonl import read_json

        return read_json(content, path, settings)
    from maeum.data.files.delimited import read_delimited

    return read_delimited(content, path, suffix, settings)
