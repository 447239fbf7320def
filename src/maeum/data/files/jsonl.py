"""JSON: one object a line (.jsonl, .ndjson), or one array of objects (.json)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from maeum.data.files.columns import blank_rows, in_order, shorten
from maeum.data.files.delimited import check_lines, split_lines
from maeum.data.files.encoding import FAULT, REPLACEMENT, Decoded, decode
from maeum.data.files.json_columns import json_frame
from maeum.data.files.settings import FileSettings
from maeum.data.files.table import Table
from maeum.errors import DataError
from maeum.schema import RowProblem

_LONE: Final = re.compile("[\ud800-\udfff]")  # half of a character: written as "\ud83d" alone, or a FAULT
_MAY_HOLD_LONE: Final = re.compile(rf"{FAULT}|\\u[dD]")


def read_json_lines(content: bytes, path: Path, settings: FileSettings) -> Table:
    """Read one object a line. A line that is none is a `bad_json` problem and an all-null row.

    Raises:
        DataError: See `read_table`.
    """
    decoded = decode(content, settings.encoding, path)
    check_lines(decoded.text, path)
    return _from_lines(decoded, path)


def read_json(content: bytes, path: Path, settings: FileSettings) -> Table:
    """Read an array of objects; a file of one object a line is taken too.

    Raises:
        DataError: See `read_table`.
    """
    decoded = decode(content, settings.encoding, path)
    try:
        values = _loads(decoded.text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":  # a second value: JSON lines under another name
            return _from_lines(decoded, path)
        raise DataError("files.json_damaged", path=path, line=error.lineno, column=error.colno) from error
    except (ValueError, RecursionError) as error:
        raise DataError("files.json_no_rows", path=path) from error
    rows = values if isinstance(values, list) else [values]
    return _table(((value, "") for value in rows), decoded, path)


def _from_lines(decoded: Decoded, path: Path) -> Table:
    return _table(parse_lines(split_lines(decoded.text)), decoded, path)


def _table(values: Iterable[tuple[Any, str]], decoded: Decoded, path: Path) -> Table:
    """Rows from values and the text each was parsed from (empty: written anew where it is to be shown)."""
    objects, problems = whole_objects(values, may_be_broken(decoded.text))
    if not any(objects):
        raise DataError("files.json_no_rows", path=path)
    frame = json_frame(objects, path)
    blank_rows(frame, 1, problems)
    return Table(frame, path, in_order(problems), 1, decoded.encoding, quoting=False)


def parse_lines(lines: Iterable[str]) -> Iterator[tuple[Any, str]]:
    """The value of every line (None for one that is not JSON, an empty object for a blank one), and the line."""
    return ((_parse(line), line) if line.strip() else ({}, "") for line in lines)


def may_be_broken(text: str) -> bool:
    """Whether some string in JSON `text` may hold half a character."""
    return _MAY_HOLD_LONE.search(text) is not None


def whole_objects(
    values: Iterable[tuple[Any, str]], broken: bool, start: int = 0
) -> tuple[list[dict[str, Any]], dict[int, RowProblem]]:
    """Objects, an empty one for a value that is none, and the problems by position.

    Args:
        values: Values, and the text each was parsed from (empty: written anew where it is to be shown).
        broken: Whether there may be halves of characters.
        start: Rows before these.
    """
    objects: list[dict[str, Any]] = []
    problems: dict[int, RowProblem] = {}
    for position, (value, source) in enumerate(values):
        row = value if isinstance(value, dict) else {}
        whole = _whole(row) if broken else row
        if row is not value or whole != row:
            shown = _LONE.sub(FAULT, source or json.dumps(value, ensure_ascii=False))
            kind = "bad_json" if row is not value else "undecodable"
            problems[position] = RowProblem(start + position + 1, kind, shorten(shown))
        objects.append(whole)
    return objects, problems


def _parse(line: str) -> Any:
    """The value of a line; None for one that is not JSON."""
    try:
        return _loads(line)
    except (ValueError, RecursionError):
        return None


def _loads(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_object)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; one that names a key twice would lose a value."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _whole(value: Any) -> Any:
    """`value` with U+FFFD for every half of a character."""
    if isinstance(value, str):
        return _LONE.sub(REPLACEMENT, value)
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return [_whole(item) for item in value] if isinstance(value, list) else value
