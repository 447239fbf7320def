"""Training builds Models: one entry for every family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module

from maeum.errors import DataError, ModelError
from maeum.models.family import family
from maeum.recipe import Recipe
from maeum.schema import Dataset, Model, Task
from maeum.training.corpora import Corpus, check_alone, check_together
from maeum.training.listeners import Workspace
from maeum.training.several import check_several
from maeum.training.soft_targets import SoftTargets

MIN_TEXTS = 2  # different texts of every label: one to learn from, one to hold out


@dataclass(frozen=True)
class Trained:
    """What training gives.

    Attributes:
        model: Ready to predict.
        history: One mapping per epoch with the columns of `history.csv`; a linear model has one.
        models: Where several corpora were trained on together, the model of each by its name; `model` is the first's.
    """

    model: Model
    history: tuple[Mapping[str, float | int | None], ...]
    models: Mapping[str, Model] = field(default_factory=dict)


def fit(
    train: Dataset,
    validation: Dataset | None,
    recipe: Recipe,
    workspace: Workspace = Workspace(),  # noqa: B008
    soft: SoftTargets | None = None,
) -> Trained:
    """Train the model of `recipe` on `train`, choosing and calibrating on `validation`.

    Args:
        train: Rows with labels.
        validation: Rows held out, with labels.
        recipe: All settings.
        workspace: Where an interrupted training goes on, and who follows it.
        soft: What a teacher answers on the rows of train, for a family that learns by gradients.

    Raises:
        DataError: Nothing can be learnt from `train` (`check_trainable`).
        ModelError: The family cannot answer the data's task.
        RecipeError: The recipe names further corpora, which are for `fit_together`.
    """
    check_alone(recipe)
    check_task(recipe, train.task)
    check_several(recipe.training, train)
    chosen = import_module(family(recipe.model.family).trainer)
    if soft is None:
        check_trainable(train)
        trained: Trained = chosen.fit(train, validation, recipe, workspace)
        return trained
    check_texts_differ(train)
    taught: Trained = chosen.fit(train, validation, recipe, workspace, soft)
    return taught


def fit_together(corpora: Sequence[Corpus], recipe: Recipe, workspace: Workspace = Workspace()) -> Trained:  # noqa: B008
    """Train on several corpora at once: one trunk, a head for each; `Trained.models` has the model of each.

    Args:
        corpora: The first is the one whose model is `Trained.model`; their names differ.
        recipe: All settings.
        workspace: As for `fit`.

    Raises:
        DataError: Nothing can be learnt from one of them.
        ModelError: The family cannot answer the task of one of them.
        UsageError: The family does not learn by gradients.
        RecipeError: Weights that are not one for each corpus.
    """
    check_together(recipe, [corpus.name for corpus in corpora])
    for corpus in corpora:
        check_task(recipe, corpus.train.task)
        check_trainable(corpus.train)
    check_several(recipe.training, *(corpus.train for corpus in corpora))
    trained: Trained = import_module(family(recipe.model.family).trainer).fit_together(corpora, recipe, workspace)
    return trained


def check_task(recipe: Recipe, task: Task) -> None:
    """Refuse a task that the recipe's model cannot answer.

    Raises:
        ModelError: It cannot.
    """
    chosen = family(recipe.model.family)
    if task not in chosen.tasks:
        raise ModelError("models.task_unsupported", name=chosen.name, task=task.value, known=", ".join(chosen.tasks))


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
    check_texts_differ(data)
    if data.task is Task.SINGLE_LABEL:
        different: dict[str, set[str]] = {label: set() for label in present}
        for label, text in zip(data.frame["label"].to_list(), data.texts, strict=True):
            different[label].add(text)
        rare = {label: len(texts) for label, texts in different.items() if len(texts) < MIN_TEXTS}
        if rare:
            found = ", ".join(f"{label} ({count})" for label, count in rare.items())
            raise DataError("data.rare_classes", data=data.name, needed=MIN_TEXTS, found=found)


def check_texts_differ(data: Dataset) -> None:
    """Refuse data of one text alone.

    Raises:
        DataError: All texts are the same.
    """
    if len(set(data.texts)) == 1:
        raise DataError("data.same_texts", data=data.name, count=len(data))
