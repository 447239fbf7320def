"""`maeum distill`: a small model learns from the probabilities of a large one; trained as `maeum train` does."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from maeum.data import is_corpus
from maeum.errors import UsageError
from maeum.messages import listing
from maeum.models.family import named
from maeum.models.teaching_settings import TeachingSettings
from maeum.recipe import Recipe
from maeum.runs import Run
from maeum.schema import Dataset, Model
from maeum.workflows.teaching import check_learner, learners, same_folder
from maeum.workflows.train import How, as_begun, carry_out, default_folder, make_recipe, refuse_useless


def distill(
    teacher: Model | Run | str | Path | None = None,
    *,
    student: str | None = None,
    data: str | Path | Dataset | None = None,
    out: str | Path | None = None,
    soft_labels: str | Path | None = None,
    alpha: float | None = None,
    temperature: float | None = None,
    hidden_states: bool | None = None,
    ignore_labels: bool | None = None,
    config: str | Path | Recipe | None = None,
    overwrite: bool = False,
    resume: bool = False,
    seeds: int | str | None = None,
    track: str | Sequence[str] = (),
    text: str | None = None,
    label: str | None = None,
    **settings: Any,
) -> Run:
    """Train a student on a teacher's probabilities, and judge it on rows held out.

        run = maeum.distill("runs/klue-large", student="cnn", data="reviews.csv", out="runs/small")
        run = maeum.distill(student="cnn", data="nsmc", soft_labels="soft.npy", alpha=0.5, temperature=4)

    The teacher is asked once, with progress; its answers lie in the run as `soft_labels.safetensors`. Data without
    labels will do: then the teacher's answers are what the student is judged by.

    Args:
        teacher: A Model, a Run, a model of the package, a folder, or a classifier's id on the Hub.
        student: What to train: a network (`cnn`, `birnn` …), or an encoder's folder or Hub id; `config`'s by default.
        data: A corpus name, `name:split`, a file, or a Dataset.
        out: The run folder to write; `runs/<data>-<student>-distilled` when not given.
        soft_labels: Probabilities `(N, K)` from a file, in place of a teacher: `.npy`, or a table with columns
            `p_<label>`.
        alpha: Share of the data's own labels in the loss; 0.1 where the data have labels, else 0.
        temperature: At which teacher and student are compared; 2.
        hidden_states: Have the student's layers follow the teacher's too.
        ignore_labels: Learn from the teacher alone.
        config: A recipe, or a file with one; keywords given here go before it.
        overwrite: Replace a run folder that exists, and drop an unfinished training of that name.
        resume: Go on with the unfinished training of `out`; with `out` alone, all else is as it was begun.
        seeds: Train so often, with `seed`, `seed` + 1 …: metrics are means, and the best model is kept.
        track: Experiment trackers to report to (`mlflow`, `wandb`, `tensorboard`), as names or joined by commas.
        text: Column with the text, in a file (`text_column`).
        label: Column with the label, in a file (`label_column`).
        **settings: Any field of the recipe, by its own name: `epochs=5`, `max_length=64`, `seed=7` …

    Raises:
        UsageError: No teacher or two, no student or one that does not learn by gradients, no data, or as `train`.
        ModelError: There is no such model, or it answers another task than the data ask.
        LabelError: The labels of teacher and data differ.
        DataError: The data or the file of soft labels cannot be used, or do not fit each other.
        RecipeError: Unknown or unusable settings.
        OutputError: `out` exists or cannot be written; or an unfinished training would be lost.
    """
    given, source = (data, data.name or "memory") if isinstance(data, Dataset) else (None, data)
    values = {"text_column": text, "label_column": label, **settings}
    asked = {
        "teacher": _name(teacher),
        "soft_labels": None if soft_labels is None else os.fspath(soft_labels),
        "alpha": alpha,
        "temperature": temperature,
        "hidden_states": hidden_states,
        "ignore_labels": ignore_labels,
    }
    if resume and student is None and config is None and all(value is None for value in values.values()):
        config, seeds, source = as_begun(out, config, seeds, source)
    config_recipe = Recipe.load(config) if isinstance(config, str | Path) else config
    teaching = _teaching(config_recipe, {name: value for name, value in asked.items() if value is not None})
    _check_student(student, config_recipe)
    recipe = make_recipe(source, student, config, values).model_copy(update={"teaching": teaching})
    refuse_useless(recipe, given, values)
    place = Path(out) if out is not None else default_folder(recipe)
    if teaching.teacher and same_folder(teaching.teacher, place):
        raise UsageError("distill.out_is_teacher", path=place)
    at_hand = teacher.model if isinstance(teacher, Run) else teacher
    model = None if isinstance(at_hand, str | Path) else at_hand
    how = How(place, overwrite, resume, 1 if seeds is None else seeds, track, model)
    return carry_out(recipe, given, how, config)


def _name(teacher: Model | Run | str | Path | None) -> str | None:
    """What a teacher is called in the recipe."""
    if isinstance(teacher, Run):
        return str(teacher.folder)
    if teacher is None or isinstance(teacher, str | Path):
        return None if teacher is None else os.fspath(teacher)
    return type(teacher).__name__


def _teaching(base: Recipe | None, given: Mapping[str, Any]) -> TeachingSettings:
    """How the student is taught: as asked for now, else as a recipe has it.

    Raises:
        UsageError: No teacher, or two.
        RecipeError: A value out of range.
    """
    known = base.teaching.model_dump(exclude_none=True) if base is not None and base.teaching is not None else {}
    if "teacher" in given or "soft_labels" in given:
        for name in ("teacher", "soft_labels"):
            known.pop(name, None)
    found = TeachingSettings.build({**known, **given})
    if found.teacher and found.soft_labels:
        raise UsageError("distill.two_teachers", teacher=found.teacher, path=found.soft_labels)
    if not found.teacher and not found.soft_labels:
        raise UsageError("distill.no_teacher")
    if is_corpus(found.teacher):
        raise UsageError("distill.teacher_is_data", teacher=found.teacher)
    return found


def _check_student(student: str | None, base: Recipe | None) -> None:
    """Say early that there is no student, or one that cannot learn from probabilities.

    Raises:
        UsageError: It is so.
        ModelError: There is no such model.
    """
    if student is None and base is None:
        raise UsageError("distill.no_student", known=listing(learners(), 20))
    check_learner(base.model.family if student is None and base is not None else named(str(student))[0].name)
