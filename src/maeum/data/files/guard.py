"""Faults of readers written in Rust, as sentences."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from maeum.errors import DataError, MaeumError


@contextlib.contextmanager
def damaged(path: Path, kind: str) -> Iterator[None]:
    """Turn whatever a reader of `kind` raises on content it cannot read into one sentence.

    Raises:
        DataError: The content is damaged or incomplete.
    """
    try:
        yield
    except MaeumError:
        raise
    except Exception as error:
        raise DataError("files.damaged", path=path, kind=kind, reason=first_line(error)) from error
    except BaseException as error:  # a panic in Rust is no Exception; an interrupt is none either and passes
        if type(error).__name__ != "PanicException":
            raise
        raise DataError("files.damaged", path=path, kind=kind, reason=first_line(error)) from error


def first_line(error: BaseException) -> str:
    """What a library said, short enough for a sentence of ours."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120].rstrip(".")
