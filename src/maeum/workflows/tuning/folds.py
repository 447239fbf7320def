"""Folds: train divided so often that each row is held out once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from maeum.data.splits import carve
from maeum.recipe import Recipe
from maeum.schema import Dataset
from maeum.workflows.prepare import Prepared


def folds_of(prepared: Prepared, recipe: Recipe, count: int, *, carved: bool) -> tuple[Prepared, ...]:
    """Train divided into folds, in the classes' proportions, identical texts together.

    Args:
        prepared: The rows.
        recipe: Whose split seed and group column divide.
        count: Of folds.
        carved: Whether the validation rows were drawn from train, so that they are divided too.

    Raises:
        DataError: There are too few rows of a class.
    """
    rows = _joined(prepared) if carved else prepared.train
    rest, parts = rows, []
    for number in range(count - 1):
        seed = recipe.split.split_seed + 1000 + number
        rest, part = carve(rest, 1 / (count - number), seed, group=recipe.split.group_column)
        parts.append(part)
    parts.append(replace(rest, split="validation"))
    return tuple(_fold(prepared, rows, part) for part in parts)


def _fold(prepared: Prepared, rows: Dataset, part: Dataset) -> Prepared:
    held = set(part.ids)
    kept = np.fromiter((one not in held for one in rows.ids), np.bool_, len(rows))
    return replace(prepared, train=rows.take(kept), validation=part)


def _joined(prepared: Prepared) -> Dataset:
    train, held = prepared.train, prepared.validation
    if held is None:
        return train
    return replace(train, frame=pl.concat([train.frame, held.frame.select(train.frame.columns)]))
