"""Columns of a frame from JSON objects, without losing a value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.data.files.columns import column_names

if TYPE_CHECKING:
    import polars as pl

_INT64: Final = range(-(2**63), 2**63)
_EXACT_AS_FLOAT: Final = range(-(2**53), 2**53 + 1)


def json_frame(objects: Sequence[dict[str, Any]], path: Path) -> pl.DataFrame:
    """A frame `(N, keys)` of N objects: a column for every key that any of them has, null where one lacks it.

    A column of one JSON type keeps it; integers among decimals become decimals; any other mixture becomes text, with
    what was not text written as JSON: `[1, "둘", null]` -> `["1", "둘", null]`.

    Raises:
        DataError: Keys that differ only in spaces at their ends or in Unicode form.
    """
    import polars as pl

    keys = list(dict.fromkeys(key for row in objects for key in row))
    names = column_names(keys, path)
    return pl.DataFrame(
        [_column(name, [row.get(key) for row in objects]) for name, key in zip(names, keys, strict=True)]
    )


def _column(name: str, values: list[Any]) -> pl.Series:
    import polars as pl

    kinds = {type(value) for value in values} - {type(None)}
    if kinds <= {str}:
        return pl.Series(name, values, dtype=pl.String)
    if kinds == {bool}:
        return pl.Series(name, values, dtype=pl.Boolean)
    if kinds == {int} and all(value is None or value in _INT64 for value in values):
        return pl.Series(name, values, dtype=pl.Int64)
    if kinds <= {int, float} and all(not isinstance(value, int) or value in _EXACT_AS_FLOAT for value in values):
        return pl.Series(name, [None if value is None else float(value) for value in values], dtype=pl.Float64)
    nested = _nested(name, values) if len(kinds) == 1 and kinds <= {list, dict} else None
    return pl.Series(name, [_as_text(value) for value in values], dtype=pl.String) if nested is None else nested


def _nested(name: str, values: list[Any]) -> pl.Series | None:
    """Lists or objects as a List or Struct column; None where it would not hold exactly the same values."""
    import polars as pl

    fields = dict.fromkeys(key for value in values if isinstance(value, dict) for key in value)
    filled = [{key: value.get(key) for key in fields} if isinstance(value, dict) else value for value in values]
    try:
        series = pl.Series(name, filled)
    except (TypeError, ValueError, OverflowError, pl.exceptions.PolarsError):
        return None
    return series if series.to_list() == filled else None


def _as_text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
