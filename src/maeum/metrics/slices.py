"""Scores on parts of the data: short and long texts, with and without emoticons, by metadata."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.metrics.intervals import wilson
from maeum.schema import Dataset, Slice

if TYPE_CHECKING:
    import polars as pl

Array = NDArray[Any]
# Characters. NSMC: median 27, 95th percentile 108, longest 146.
LENGTH_EDGES: Final = (10, 20, 40, 80, 160)
SMALLEST: Final = 20  # examples; the interval of a smaller part says nothing
MOST_VALUES: Final = 12  # of one metadata column


def slices_of(data: Dataset, score: Array) -> tuple[Slice, ...]:
    """Mean score by text length, by presence of an emoticon or emoji, and by the values of each metadata column.

    Args:
        data: N examples.
        score: `(N,)` in [0, 1]: right or wrong, or the F1 of a row.
    """
    found: list[Slice] = []
    for by, values in _dividers(data):
        for value in dict.fromkeys(sorted(values, key=str)):
            rows = np.fromiter((other == value for other in values), np.bool_, len(values))
            if rows.sum() >= SMALLEST:
                found.append(_slice(by, str(value[1]), score[rows]))
    return tuple(found)


def _slice(by: str, value: str, score: Array) -> Slice:
    low, high = wilson(round(float(score.sum())), len(score))
    return Slice(by, value, len(score), float(score.mean()), low, high)


def _dividers(data: Dataset) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """(what divides, part of each row as (position among parts, name))."""
    from maeum.text import has_emoticon

    lengths = np.fromiter(map(len, data.texts), np.int64, len(data))
    edges = (0, *LENGTH_EDGES)
    names = [f"{low}–{high - 1}" for low, high in pairwise(edges)] + [f"{edges[-1]}+"]
    yield "length", [(int(b), names[int(b)]) for b in np.searchsorted(LENGTH_EDGES, lengths, side="right")]
    yield "emoticon", [(0, "yes") if has_emoticon(text) else (1, "no") for text in data.texts]
    for column in data.metadata:
        yield from _by_column(column, data.frame[column])


def _by_column(name: str, values: pl.Series) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """A metadata column divides when it has few values; dates are taken by year."""
    if values.dtype.is_temporal():
        values = values.dt.year()
    if values.dtype.is_nested() or values.dtype.is_float():
        return
    listed = values.to_list()
    kinds = sorted({value for value in listed if value is not None}, key=str)
    if 2 <= len(kinds) <= MOST_VALUES:
        position = {value: i for i, value in enumerate(sorted(kinds) if values.dtype.is_numeric() else kinds)}
        yield name, [(position.get(value, len(kinds)), "–" if value is None else str(value)) for value in listed]
