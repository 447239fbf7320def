"""Places that results are written to, looked at before the work begins; and JSON."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from maeum.data.writing import check_suffix
from maeum.errors import OutputError
from maeum.storage import check_folder, writing_folder

_DELIMITED: Final = (".csv", ".tsv")


def check_new_file(path: Path, *, overwrite: bool = False, encoding: str | None = None) -> None:
    """Say before long work what writing a table to `path` would refuse after it.

    Args:
        path: Where to.
        overwrite: A file that exists may be replaced.
        encoding: Of delimited text, as the user gave it.

    Raises:
        OutputError: A folder, an unknown suffix, a file that exists, a place or an encoding that cannot be used.
    """
    if path.is_dir():
        raise OutputError("common.is_directory", path=path, example="result.csv")
    suffix = check_suffix(path)
    if encoding is not None and suffix not in _DELIMITED:
        raise OutputError("output.encoding_not_used", suffix=suffix, encoding=encoding)
    if encoding is not None:
        _check_encoding(encoding)
    if path.exists() and not overwrite:
        raise OutputError("common.exists", path=path)
    check_place(path)


def check_new_folder(path: Path, *, overwrite: bool, marker: str) -> None:
    """As `check_new_file`, for a folder that holds `marker`.

    Raises:
        OutputError: It exists, is a file, or its place cannot be written.
    """
    check_folder(path, overwrite=overwrite, marker=marker)
    check_place(path)


@contextmanager
def new_folder(path: Path, *, overwrite: bool, marker: str) -> Iterator[Path]:
    """A folder to fill, which becomes `path` when it is complete; faults inside are said of `path`.

    Raises:
        OutputError: As `storage.writing_folder`.
    """
    with writing_folder(path, overwrite=overwrite, marker=marker) as part:
        try:
            yield part
        except OutputError as error:
            inside = Path(error.values.get("path", "")).is_relative_to(part)
            raise (OutputError(error.key, **{**error.values, "path": path}) if inside else error) from error


def check_place(path: Path) -> None:
    """Check that something can be made at `path`.

    Raises:
        OutputError: The nearest folder above it is a file, or cannot be written.
    """
    above = next(place for place in path.absolute().parents if place.exists())
    if not above.is_dir():
        raise OutputError("common.not_writable", path=path, reason=os.strerror(errno.ENOTDIR))
    if not os.access(above, os.W_OK):
        raise OutputError("common.not_writable", path=path, reason=os.strerror(errno.EACCES))


def write_json(path: Path, value: Any) -> None:
    """Write JSON for people and programs; a number that JSON cannot hold (infinite, none) is null."""
    path.write_text(json_text(value), encoding="utf-8", newline="\n")


def json_text(value: Any) -> str:
    """JSON with one value a line."""
    return json.dumps(_finite(value), ensure_ascii=False, indent=1) + "\n"


def _check_encoding(name: str) -> None:
    try:
        "가".encode(name, "replace")
    except (LookupError, UnicodeError) as error:  # a codec that is no encoding of text
        raise OutputError("output.unknown_encoding", encoding=name) from error


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    return [_finite(inner) for inner in value] if isinstance(value, list | tuple) else value
