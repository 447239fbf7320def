"""Writing that never leaves half a result: everything is written beside its place and moved there when complete."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from maeum.errors import OutputError

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextlib.contextmanager
def writing_file(path: Path | str) -> Iterator[Path]:
    """Give a temporary path beside `path`; on success it becomes `path`, on any failure it is removed.

    Raises:
        OutputError: `path` is a folder, cannot be written, or the disk is full.
    """
    final = Path(path)
    if final.is_dir():
        raise OutputError("common.is_directory", path=final, example="result.csv")
    with plain_errors(final):
        final.parent.mkdir(parents=True, exist_ok=True)
        part = _beside(final)
        try:
            yield part
            os.replace(part, final)
        finally:
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def writing_folder(path: Path | str, *, overwrite: bool = False, marker: str | None = None) -> Iterator[Path]:
    """Give a temporary folder beside `path`; on success it becomes `path`, on any failure it is removed.

    Args:
        path: The folder's final name. An empty folder of that name counts as absent.
        overwrite: Replace a folder that exists (only one that holds `marker`, so a stray -o loses nothing).
        marker: File whose presence shows that an existing folder is maeum's own.

    Raises:
        OutputError: The folder exists, is a file, is not ours, cannot be written, or the disk is full.
    """
    final = Path(path)
    check_folder(final, overwrite=overwrite, marker=marker)
    with plain_errors(final):
        final.parent.mkdir(parents=True, exist_ok=True)
        part = _beside(final)
        part.mkdir()
        try:
            yield part
            _swap_in(part, final)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def check_folder(path: Path, *, overwrite: bool = False, marker: str | None = None) -> None:
    """Say early, before long work, what `writing_folder` would refuse later.

    Raises:
        OutputError: As `writing_folder`.
    """
    if path.is_file():
        raise OutputError("common.is_file", path=path)
    inside = sorted(entry.name for entry in path.iterdir()) if path.is_dir() else []
    if inside and not overwrite:
        raise OutputError("common.exists", path=path)
    if inside and marker and marker not in inside:
        raise OutputError("common.not_ours", path=path, found=", ".join(inside[:3]))
    parent = next(folder for folder in (path, *path.absolute().parents) if folder.exists())
    if not parent.is_dir():
        raise OutputError("common.not_writable", path=path, reason=os.strerror(errno.ENOTDIR))
    if not os.access(parent, os.W_OK):
        raise OutputError("common.not_writable", path=path, reason=os.strerror(errno.EACCES))


def write_text(path: Path | str, text: str) -> None:
    """Write UTF-8 text atomically, with the line ends of `text` on every system."""
    with writing_file(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def _beside(final: Path) -> Path:
    return final.with_name(f".{final.name[:80]}.{secrets.token_hex(4)}.part")


def _swap_in(part: Path, final: Path) -> None:
    """Move `part` to `final`; a folder already there is kept until the new one stands."""
    if not final.exists():
        part.rename(final)
        return
    old = _beside(final)
    final.rename(old)
    try:
        part.rename(final)
    except OSError:
        old.rename(final)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def plain_errors(final: Path) -> Iterator[None]:
    """Turn the system's errors about the place itself into sentences; others pass."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise OutputError("common.disk_full", path=final) from error
        if isinstance(error, PermissionError | NotADirectoryError | FileExistsError) or error.errno == errno.EROFS:
            raise OutputError("common.not_writable", path=final, reason=error.strerror or error) from error
        raise
