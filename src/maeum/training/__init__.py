"""Training builds Models: one entry for every family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from maeum.errors import DataError, ModelError
from maeum.models.family import family
from maeum.recipe import Recipe
from maeum.schema import Dataset, Model, Task
from maeum.training.listeners import Workspace

MIN_TEXTS = 2  # different texts of every label: one to learn from, one to hold out


@dataclass(frozen=True)
class Trained:
    """What training gives.

    Attributes:
        model: Ready to predict.
        history: One mapping per epoch with the columns of `history.csv`; a linear model has one.
    """

    model: Model
    history: tuple[Mapping[str, float | int | None], ...]


def fit(
    train: Dataset,
    validation: Dataset | None,
    recipe: Recipe,
    workspace: Workspace = Workspace(),  # noqa: B008
) -> Trained:
    """Train the model of `recipe` on `train`, choosing and calibrating on `validation`.

    Raises:
        DataError: Nothing can be learnt from `train` (`check_trainable`).
        ModelError: The family cannot answer the data's task.
    """
    chosen = family(recipe.model.family)
    if train.task not in chosen.tasks:
        raise ModelError(
            "models.task_unsupported", name=chosen.name, task=train.task.value, known=", ".join(chosen.tasks)
        )
    check_trainable(train)
    trained: Trained = import_module(chosen.trainer).fit(train, validation, recipe, workspace)
    return trained


def check_trainable(data: Dataset) -> None:
    """Refuse data from which no classifier can be learnt.

    Raises:
        DataError: No labels, one label only, all texts identical, or too few different texts of a label.
    """
    if data.labels is None or not data.has_labels:
        raise DataError("data.no_labels", data=data.name)
    counts = data.label_counts()
    present = {label: count for label, count in counts.items() if count}
    if len(present) < 2 and data.task is not Task.MULTI_LABEL:
        label = next(iter(present), "–")
        raise DataError("data.one_class", data=data.name, label=label, count=present.get(label, 0))
    if len(set(data.texts)) == 1:
        raise DataError("data.same_texts", data=data.name, count=len(data))
    if data.task is Task.SINGLE_LABEL:
        different: dict[str, set[str]] = {label: set() for label in present}
        for label, text in zip(data.frame["label"].to_list(), data.texts, strict=True):
            different[label].add(text)
        rare = {label: len(texts) for label, texts in different.items() if len(texts) < MIN_TEXTS}
        if rare:
            found = ", ".join(f"{label} ({count})" for label, count in rare.items())
            raise DataError("data.rare_classes", data=data.name, needed=MIN_TEXTS, found=found)
