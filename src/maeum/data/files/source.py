"""The bytes of a file, checked to be a file of the named kind."""

from __future__ import annotations

import gzip
import io
import unicodedata
import zlib
from pathlib import Path
from typing import Final

from maeum.data.files.guard import first_line
from maeum.errors import DataError
from maeum.messages import did_you_mean, listing

TEXT_SUFFIXES: Final = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json")
EXCEL_SUFFIXES: Final = (".xlsx", ".xls", ".ods")
PARQUET_SUFFIXES: Final = (".parquet", ".pq")
GZIP_SUFFIXES: Final = (".csv.gz", ".tsv.gz", ".txt.gz", ".jsonl.gz", ".ndjson.gz")
SUFFIXES: Final = (*TEXT_SUFFIXES, *PARQUET_SUFFIXES, *EXCEL_SUFFIXES, *GZIP_SUFFIXES)
"""Ends of the names of files that `read_table` reads, in lower case."""

MAX_UNPACKED: Final = 4 * 2**30
"""Bytes that a packed file may unpack to: about thirty million reviews."""
SAFE_UNPACKED: Final = 256 * 2**20  # bytes that any machine holds
MAX_RATIO: Final = 100  # Korean text packs to about a third, the most repetitive tables to a fiftieth

_MAGIC: Final = (
    (b"PK\x03\x04", (".xlsx", ".ods")),
    (b"\xd0\xcf\x11\xe0", (".xls",)),
    (b"PAR1", PARQUET_SUFFIXES),
    (b"\x1f\x8b\x08", GZIP_SUFFIXES),
)


def suffix_of(path: Path) -> str:
    """The known suffix that `path` ends in, in lower case: `리뷰.CSV.gz` -> `.csv.gz`.

    Raises:
        DataError: None of `SUFFIXES`.
    """
    name = path.name.lower()
    for suffix in SUFFIXES:
        if name.endswith(suffix):
            return suffix
    near = did_you_mean(path.suffix, SUFFIXES) if path.suffix else ""
    raise DataError("files.suffix_unknown", path=path, near=near, known=", ".join(SUFFIXES))


def find_file(path: Path) -> Path:
    """`path`, or the file of the same name in another Unicode form (macOS writes NFD where users type NFC).

    Raises:
        DataError: Nothing is there, or a folder, or what is no file.
    """
    if path.is_file():
        return path
    if path.is_dir():
        inside = sorted(entry.name for entry in path.iterdir() if entry.name.lower().endswith(SUFFIXES))
        raise DataError("files.folder", path=path, files=listing(inside))
    if path.exists():
        raise DataError("files.not_a_file", path=path)
    beside = sorted(entry.name for entry in path.parent.iterdir()) if path.parent.is_dir() else []
    wanted = unicodedata.normalize("NFC", path.name)
    same = [name for name in beside if unicodedata.normalize("NFC", name) == wanted]
    if same:
        return find_file(path.with_name(same[0]))
    raise DataError("files.missing", path=path, near=did_you_mean(path.name, beside))


def read_bytes(path: Path) -> bytes:
    """The content of a file.

    Raises:
        DataError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError("files.unreadable", path=path, reason=error.strerror or error) from error


def check_kind(content: bytes, suffix: str, path: Path) -> None:
    """Check that the first bytes fit the suffix: workbooks named .csv are common.

    Raises:
        DataError: The content is of another kind, or there is none.
    """
    if not content:
        raise DataError("files.empty", path=path)
    for magic, suffixes in _MAGIC:
        if content.startswith(magic) and suffix not in suffixes and not _both_excel(suffix, suffixes):
            raise DataError("files.other_kind", path=path, suffix=suffix, known=", ".join(suffixes))


def _both_excel(suffix: str, suffixes: tuple[str, ...]) -> bool:
    return suffix in EXCEL_SUFFIXES and suffixes[0] in EXCEL_SUFFIXES  # the reader looks at the content itself


def unpack(content: bytes, path: Path) -> bytes:
    """What gzip packed.

    Raises:
        DataError: Damaged, cut off, or more than `check_unpacked` lets pass.
    """
    limit = _limit(len(content))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            unpacked = packed.read(limit + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise DataError("files.damaged", path=path, kind=".gz", reason=first_line(error)) from error
    check_unpacked(len(unpacked), len(content), path)
    return unpacked


def check_unpacked(size: int, packed: int, path: Path) -> None:
    """Check that `packed` bytes do not unpack to a `size` that no honest table has.

    Raises:
        DataError: A decompression bomb, or a file too large.
    """
    limit = _limit(packed)
    if size > limit:
        raise DataError("files.bomb", path=path, limit=f"{limit / 2**20:,.0f}")


def _limit(packed: int) -> int:
    return min(MAX_UNPACKED, max(SAFE_UNPACKED, MAX_RATIO * packed))
