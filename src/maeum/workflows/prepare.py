"""From a recipe to the rows trained on and the rows held out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from maeum.data import is_corpus, open_data
from maeum.data.aliases import alias_table
from maeum.data.catalog import corpus
from maeum.data.own import summarise
from maeum.data.splits import carve, overlap
from maeum.errors import DataError, LabelError
from maeum.messages import listing, say
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.schema import Dataset, Labels
from maeum.training import check_texts_differ, check_trainable

RENAMED: Final = "duplicate_id"  # the one kind of problem that leaves a row in the data


@dataclass(frozen=True)
class Prepared:
    """The rows of a training.

    Attributes:
        train: To learn from.
        validation: To choose, calibrate and judge on; None when none are held out.
        left_out: Rows of the source used for neither, by reason: kinds of `RowProblem`, `empty_text`, `in_validation`
            (their text is among the validation data), `limit`.
        renamed: Rows whose id occurred before and that go by another.
        name: What the corpus is called beside others; empty where it is the only one.
        others: Those that are trained on together with it, by name.
    """

    train: Dataset
    validation: Dataset | None
    left_out: dict[str, int]
    renamed: int
    name: str = ""
    others: Mapping[str, Prepared] = field(default_factory=dict)


def training_data(recipe: Recipe, given: Dataset | None = None, *, taught: bool = False) -> Prepared:
    """The rows to train on and the rows held out.

    Rows of train with a text of the validation data are left out of train, rows without text too; both are counted.

    Args:
        recipe: Data and split.
        given: Data already read, in place of `recipe.data.source`.
        taught: A teacher answers on the rows, so that they need no labels, nor several texts of each.

    Raises:
        DataError: The data cannot be read, trained on or divided.
        LabelError: The validation data have labels that train lacks.
    """
    data = given if given is not None else open_data(recipe.data, "train")
    report_problems(data)
    for key, values in data.notes:
        tell(say(key, **values))
    check = check_texts_differ if taught else check_trainable
    check(data)
    counts = Counter(problem.kind for problem in data.problems if problem.kind != RENAMED)
    renamed = len(data.problems) - counts.total()
    filled = _without_empty(data)
    counts["empty_text"] += len(data) - len(filled)
    validation, how = _validation(filled, recipe)
    rest = filled
    if validation is not None:
        twins = overlap(filled, validation)
        if twins.all():
            raise DataError("train.all_in_validation", data=data.name, validation=how)
        if twins.any() and recipe.data.validation is not None:
            tell(say("data.duplicates_dropped", count=int(twins.sum())))
            counts["in_validation"] = int(twins.sum())
        rest = filled.take(~twins)
    rows = _limited(rest, recipe)
    counts["limit"] = len(rest) - len(rows)
    check(rows)
    tell(_summary(rows, validation, how))
    return Prepared(rows, validation, {kind: count for kind, count in counts.items() if count}, renamed)


def report_problems(data: Dataset) -> None:
    """Say which rows were left out, and which go by another id."""
    left_out = tuple(problem for problem in data.problems if problem.kind != RENAMED)
    renamed = [problem for problem in data.problems if problem.kind == RENAMED]
    if left_out:
        tell(say("data.left_out", data=data.name, reasons=summarise(left_out)))
    if renamed:
        found = listing(dict.fromkeys(problem.detail for problem in renamed), 5)
        tell(say("train.ids_twice", data=data.name, count=len(renamed), found=found))


def with_labels_of(data: Dataset, labels: Labels) -> tuple[Dataset, dict[str, str]]:
    """`data` in terms of a model's labels, and the table of names that were read as others (empty when all are equal).

    Raises:
        LabelError: The labels do not fit.
        DataError: The data have no labels.
    """
    if data.labels is None or not data.has_labels:
        raise DataError("data.no_labels", data=data.name)
    table = alias_table(data.labels, labels)
    if table is None:
        raise LabelError("labels.differ", data=listing(data.labels, 20), model=listing(labels, 20))
    changed = {name: other for name, other in table.items() if name != other}
    frame = data.frame
    if changed:
        import polars as pl

        column = pl.col("label")
        named = (
            column.list.eval(pl.element().replace(changed))
            if frame["label"].dtype.is_nested()
            else column.replace(changed)
        )
        frame = frame.with_columns(named)
    return replace(data, frame=frame, labels=labels), changed


def _summary(rows: Dataset, validation: Dataset | None, how: str) -> str:
    if validation is None:
        return say("train.data_read_whole", data=rows.name, train=len(rows))
    return say("train.data_read", data=rows.name, train=len(rows), validation=len(validation), how=how)


def _without_empty(data: Dataset) -> Dataset:
    filled = np.fromiter((bool(text.strip()) for text in data.texts), np.bool_, len(data))
    if filled.all():
        return data
    tell(say("train.empty_left_out", count=int((~filled).sum())))
    return data.take(filled)


def _validation(data: Dataset, recipe: Recipe) -> tuple[Dataset | None, str]:
    """Validation rows and how they came to be."""
    own = recipe.data.validation or _own_validation(recipe)
    if own is not None:
        settings = recipe.data.model_copy(update={"source": own, "limit": None})
        validation = open_data(settings, "validation")
        if recipe.data.validation is not None:
            report_problems(validation)
        if data.labels is None:  # a teacher answers on both
            return validation, str(own)
        unseen = [] if validation.labels is None else sorted(set(validation.labels) - set(data.labels))
        if unseen and alias_table(validation.labels or data.labels, data.labels) is None:
            raise LabelError("train.validation_labels", found=listing(unseen), known=listing(data.labels, 50))
        return with_labels_of(validation, data.labels)[0], str(own)
    fraction, seed = recipe.split.validation_fraction, recipe.split.split_seed
    if fraction == 0:
        return None, ""
    _, part = carve(data, fraction, seed, group=recipe.split.group_column)
    return part, say("train.how_carved", share=100 * fraction, seed=seed)


def _own_validation(recipe: Recipe) -> str | None:
    """The validation split that a corpus itself has, unless the recipe asks to divide otherwise."""
    if not is_corpus(recipe.data.source) or recipe.split.validation_fraction == 0 or recipe.split.group_column:
        return None
    name = recipe.data.source.partition(":")[0]
    return f"{name}:validation" if "validation" in corpus(name).needs else None


def _limited(data: Dataset, recipe: Recipe) -> Dataset:
    limit = recipe.data.limit
    if limit is None or limit >= len(data):
        return data
    _, part = carve(data, limit / len(data), recipe.split.split_seed + 1)  # +1: apart from the draw of validation
    tell(say("train.limited", count=len(part), total=len(data)))
    return replace(part, split=data.split)
