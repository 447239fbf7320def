"""Columns of a frame from JSON objects, without losing a value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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

    facts: dict[str, Facts] = {}
    gather(facts, objects)
    names = column_names(list(facts), path)
    return pl.DataFrame(
        [column(name, [row.get(key) for row in objects], facts[key]) for name, key in zip(names, facts, strict=True)]
    )


@dataclass
class Facts:
    """What the values of one column are, gathered over all of its rows.

    Attributes:
        kinds: Their types, None aside.
        small: Whether all integers fit 64 bits.
        exact: Whether all integers are the same as decimals.
    """

    kinds: set[type] = field(default_factory=set)
    small: bool = True
    exact: bool = True

    def add(self, value: Any) -> None:
        """Take one value in."""
        if value is None:
            return
        kind = type(value)
        self.kinds.add(kind)
        if kind is int:
            self.small = self.small and value in _INT64
            self.exact = self.exact and value in _EXACT_AS_FLOAT

    @property
    def nested(self) -> bool:
        """Whether the column holds lists only or objects only."""
        return len(self.kinds) == 1 and self.kinds <= {list, dict}


def gather(facts: dict[str, Facts], objects: Iterable[dict[str, Any]]) -> None:
    """Add what `objects` hold to `facts`: one entry per key, in the order in which keys first occur."""
    for row in objects:
        for key, value in row.items():
            known = facts.get(key)
            if known is None:
                known = facts[key] = Facts()
            known.add(value)


def column(name: str, values: list[Any], facts: Facts) -> pl.Series:
    """Values of one column, or a part of them, in the type that `facts` about the whole column ask for."""
    import polars as pl

    kinds = facts.kinds
    if kinds <= {str}:
        return pl.Series(name, values, dtype=pl.String)
    if kinds == {bool}:
        return pl.Series(name, values, dtype=pl.Boolean)
    if kinds == {int} and facts.small:
        return pl.Series(name, values, dtype=pl.Int64)
    if kinds <= {int, float} and facts.exact:
        return pl.Series(name, [None if value is None else float(value) for value in values], dtype=pl.Float64)
    nested = _nested(name, values) if facts.nested else None
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
