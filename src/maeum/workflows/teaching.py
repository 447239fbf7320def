"""What a student learns from: a teacher's answers on the rows of a training, asked for once and kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.data import open_data
from maeum.data.aliases import alias_table
from maeum.engine.fingerprint import file_print, folder_print
from maeum.errors import LabelError, ModelError, RecipeError, UsageError, require
from maeum.messages import did_you_mean, listing, say
from maeum.models import MODEL_FOLDER, bundled, load
from maeum.models.encoder.checkpoint import locate
from maeum.models.family import families, family
from maeum.models.teaching_settings import USUAL_ALPHA, TeachingSettings
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.schema import ClassPredictions, Dataset, Labels, Model, Task
from maeum.training import check_task
from maeum.training.soft_targets import SoftTargets
from maeum.workflows.evaluate import predict_blocks
from maeum.workflows.lesson import SOFT, Kept, Lesson, read_answers, write_answers
from maeum.workflows.predict import model_print
from maeum.workflows.prepare import Prepared, with_labels_of
from maeum.workflows.soft_file import SoftFile, read_soft_file

TRIED: Final = 200  # rows on which it is tried whether the student can follow the teacher's layers


@dataclass(frozen=True, eq=False)
class Teacher:
    """Where soft labels come from.

    Attributes:
        recipe: With the teacher's name and fingerprint.
        model: The teacher; None with a file.
        file: The file; None with a teacher.
    """

    recipe: Recipe
    model: Model | None
    file: SoftFile | None

    @property
    def settings(self) -> TeachingSettings:
        """How it teaches."""
        assert self.recipe.teaching is not None
        return self.recipe.teaching

    @property
    def name(self) -> str:
        """What it is called in sentences."""
        return self.settings.teacher or self.settings.soft_labels

    def rows(self, given: Dataset | None) -> Dataset:
        """The data as they are read, without labels where these are not to be used."""
        data = given if given is not None else open_data(self.recipe.data, "train")
        data = _without_labels(data) if self.settings.ignore_labels else data
        if data.has_labels and data.labels is not None:
            self.check_labels(data)
        elif self.settings.alpha:
            raise UsageError("distill.alpha_unlabelled", alpha=self.settings.alpha, data=data.name)
        return data

    def check_labels(self, data: Dataset) -> None:
        """Say early that labels or tasks do not fit.

        Raises:
            ModelError: The data ask another task than the teacher answers.
            LabelError: Their labels differ.
        """
        if self.model is not None and self.model.task is not data.task:
            raise ModelError("labels.task_differs", model=self.model.task.value, data=data.task.value)
        labels = self.labels(data)
        assert data.labels is not None
        if alias_table(data.labels, labels) is None:
            shown = {"labels": listing(data.labels, 20), "known": listing(labels, 20)}
            raise LabelError("distill.labels_differ", data=data.name, teacher=self.name, **shown)

    def labels(self, data: Dataset) -> Labels:
        """The labels that the student will have: the teacher's; the data's own where the names are the same."""
        if self.model is None:
            assert self.file is not None
            return self.file.labels_for(data)
        own = data.labels if data.has_labels else None
        return own if own is not None and own.names == self.model.labels.names else self.model.labels

    def task(self, data: Dataset) -> Task:
        """What the student will answer.

        Raises:
            ModelError: The rows are not what the teacher answers.
        """
        if self.model is None:
            return data.task
        several = data.task.has_pairs != self.model.task.has_pairs
        if several or (data.has_labels and data.task is not self.model.task):
            raise ModelError("labels.task_differs", model=self.model.task.value, data=data.task.value)
        return self.model.task

    def teach(self, data: Dataset, prepared: Prepared, folder: Path | None, *, resume: bool) -> Lesson:
        """The rows with the teacher's answers.

        Args:
            data: As `rows` gave them.
            prepared: What became of them.
            folder: Of the unfinished run: what is kept there is not asked for again; None: nothing is kept.
            resume: Whether to look for it.

        Raises:
            DataError: A file of soft labels that does not fit the data.
            RecipeError: The teacher's layers cannot be followed.
        """
        task, labels = self.task(data), self.labels(data)
        check_task(self.recipe, task)
        alpha = self.settings.alpha
        if alpha is None:
            alpha = USUAL_ALPHA if data.has_labels and data.labels is not None else 0.0
        train, validation = prepared.train, prepared.validation
        if validation is not None and self.settings.ignore_labels and self.recipe.data.validation is None:
            validation = _without_labels(validation)
        if self.settings.hidden_states:
            self._try_to_follow(train, labels, task)
        kept = read_answers(folder / SOFT, len(train), len(labels)) if folder is not None and resume else None
        if kept is None:
            kept = self._ask(data, train, validation, task)
            if folder is not None:
                write_answers(folder / SOFT, *kept)
        else:
            tell(say("distill.kept_answers"))
        first, second = (self._answers(one, labels, task) for one in kept)
        assert first is not None
        own = validation is not None and validation.has_labels and validation.labels is not None
        rows = replace(
            prepared,
            train=self._labelled(train, labels, task, first),
            validation=None if validation is None else self._labelled(validation, labels, task, second),
        )
        follows = self.model if self.settings.hidden_states else None
        soft = SoftTargets(first.probabilities, alpha, self.settings.temperature, follows)
        settings = self.settings.model_copy(update={"alpha": alpha})
        return Lesson(rows, self.recipe.model_copy(update={"teaching": settings}), soft, second, own)

    def _ask(self, data: Dataset, train: Dataset, validation: Dataset | None, task: Task) -> Kept:
        """Probabilities `(N, K)` of the training rows and `(M, K)` of the validation rows, where known."""
        if self.model is not None:
            tell(say("distill.asking", teacher=self.name))
            found = _predict(self.model, replace(_without_labels(train), task=task))
            held = None if validation is None else _predict(self.model, replace(_without_labels(validation), task=task))
            self._release()
            return found, held
        assert self.file is not None
        whole = self.file.for_rows(data, self.recipe.data, several=task is Task.MULTI_LABEL).astype(np.float16)
        place = {name: at for at, name in enumerate(data.ids)}
        found = whole[[place[name] for name in train.ids]]
        if validation is None:
            return found, None
        rows = zip(validation.ids, validation.texts, strict=True)
        if all(name in place and data.texts[place[name]] == text for name, text in rows):
            return found, whole[[place[name] for name in validation.ids]]
        if not validation.has_labels:  # data of their own
            name = self.recipe.data.validation or f"{validation.name}:{validation.split}"
            raise UsageError("distill.soft_validation", validation=name)
        return found, None

    def _release(self) -> None:
        """Have the memory of a GPU for the student, unless the teacher's layers are followed."""
        if hasattr(self.model, "module") and not self.settings.hidden_states:
            module: Any = getattr(self.model, "module", None)
            module.to("cpu")

    def _answers(self, kept: NDArray[np.float16] | None, labels: Labels, task: Task) -> ClassPredictions | None:
        """The kept numbers as predictions: the same ones whether they were just asked for or kept."""
        if kept is None:
            return None
        values = kept.astype(np.float32)
        several = task is Task.MULTI_LABEL
        if not several:
            values /= values.sum(axis=1, keepdims=True)
        return ClassPredictions(labels, values, several, getattr(self.model, "thresholds", None) if several else None)

    def _labelled(self, data: Dataset, labels: Labels, task: Task, answers: ClassPredictions | None) -> Dataset:
        """Rows in terms of the teacher's labels; those without labels get its answers as labels."""
        if data.has_labels and data.labels is not None:
            found, changed = with_labels_of(data, labels)
            if changed and data.split != "validation":
                tell(say("labels.aliases", table=", ".join(f"{a} → {b}" for a, b in changed.items())))
            return found
        assert answers is not None
        import polars as pl

        names: Any = answers.sets() if answers.several else answers.top
        kind = pl.List(pl.String) if answers.several else pl.String
        frame = data.frame.with_columns(pl.Series("label", names, dtype=kind))
        note = ("distill.note_answers", {"teacher": self.name})
        return replace(data, frame=frame, labels=labels, task=task, notes=(*data.notes, note))

    def _try_to_follow(self, train: Dataset, labels: Labels, task: Task) -> None:
        """Find out before the long work whether the student can follow the teacher's layers."""
        from maeum.training.gradient.hidden import check_student

        some = train.take(np.arange(min(TRIED, len(train))))
        flat = np.full((len(some), len(labels)), 1 / len(labels), np.float16)
        some = self._labelled(_without_labels(some), labels, task, self._answers(flat, labels, task))
        build = family(self.recipe.model.family).untrained
        assert build is not None and self.model is not None
        check_student(build(some, self.recipe.model, self.recipe.training), self.model, some)


def open_teacher(recipe: Recipe, given: Model | None = None) -> Teacher:
    """The teacher that a recipe names, loaded.

    Args:
        recipe: With a teacher or a file of soft labels.
        given: The teacher, where it is at hand; the recipe's name of it is then only a name.

    Raises:
        ModelError: There is no such model, or it is no classifier.
        DataError: The file cannot be read.
        RecipeError: The student cannot learn from it.
        UsageError: The student begins with the teacher's own weights.
    """
    asked = recipe.teaching
    assert asked is not None
    _check_student(recipe)
    if asked.soft_labels and given is None:
        if asked.hidden_states:
            raise RecipeError("distill.hidden_needs_teacher", path=asked.soft_labels)
        file = read_soft_file(Path(asked.soft_labels), recipe.data.text_column)
        return Teacher(_with_print(recipe, file_print(Path(asked.soft_labels))), None, file)
    model = _load(asked.teacher) if given is None else given
    if model.task not in (Task.SINGLE_LABEL, Task.MULTI_LABEL, Task.PAIR):
        raise ModelError("predict.not_a_classifier", task=model.task.value)
    if asked.hidden_states:
        require("torch", "train")
        from maeum.training.gradient.hidden import check_encoder

        if "checkpoint" not in type(recipe.model).model_fields:
            raise RecipeError("gradient.hidden_student", student=recipe.model.family)
        check_encoder(model)
    check_task(recipe, model.task)
    return Teacher(_with_print(recipe, _print(model, asked.teacher if given is None else None)), model, None)


def _load(name: str) -> Model:
    """The model called `name`.

    Raises:
        ModelError: As `maeum.load`; with the nearest model of the package.
    """
    try:
        return load(name)
    except ModelError as error:
        near = did_you_mean(name, bundled())
        if error.key != "models.not_found" or not near:
            raise
        raise ModelError("distill.teacher_unknown", name=name, near=near, known=listing(bundled())) from error


def _print(model: Model, name: str | None) -> str:
    """A hash of all that a teacher is: of its folder where it has one, else of what it saves."""
    if name is not None and getattr(model, "family", "") == "encoder":
        return folder_print(locate(name))  # a large one need not be written again to be hashed
    return model_print(model if name is None else name, model)


def same_folder(first: str | Path, second: str | Path) -> bool:
    """Whether two names mean the same model: the same word, or the same folder (a run and its model are one)."""
    if str(first) == str(second):
        return True
    inner = {(Path(first) / part).resolve() for part in ("", MODEL_FOLDER) if Path(first).is_dir()}
    outer = {(Path(second) / part).resolve() for part in ("", MODEL_FOLDER) if Path(second).is_dir()}
    return bool(inner & outer)


def _check_student(recipe: Recipe) -> None:
    """Refuse a student that cannot learn from probabilities, or that is its teacher.

    Raises:
        UsageError: It is one of these.
    """
    assert recipe.teaching is not None
    check_learner(recipe.model.family)
    checkpoint = str(getattr(recipe.model, "checkpoint", "") or "")
    if recipe.model.family not in learners() and not checkpoint:
        raise UsageError("distill.no_student", known=listing(learners(), 20))
    scratch = bool(getattr(recipe.model, "from_scratch", False))
    if checkpoint and not scratch and same_folder(recipe.teaching.teacher, checkpoint):
        raise UsageError("distill.same_model", teacher=recipe.teaching.teacher)


def check_learner(name: str) -> None:
    """Refuse a family that does not learn by gradients.

    Raises:
        UsageError: It does not.
    """
    if family(name).untrained is None:
        raise UsageError("distill.student_cannot", student=name, known=listing(learners(), 20))


def learners() -> list[str]:
    """Names of the families that can be students without naming a checkpoint."""
    able = (one for one in families().values() if one.untrained is not None)
    return [one.name for one in able if getattr(one.settings.model_fields.get("checkpoint"), "default", None) != ""]


def _with_print(recipe: Recipe, found: str) -> Recipe:
    assert recipe.teaching is not None
    settings = recipe.teaching.model_copy(update={"teacher_fingerprint": found})
    return recipe.model_copy(update={"teaching": settings})


def _predict(model: Model, data: Dataset) -> NDArray[np.float16]:
    """A teacher's probabilities `(N, K)`, computed on a GPU where there is one."""
    if hasattr(model, "module"):
        import torch

        if torch.cuda.is_available():
            module: Any = model.module
            module.to("cuda")
    return predict_blocks(model, data).probabilities.astype(np.float16)


def _without_labels(data: Dataset) -> Dataset:
    if "label" not in data.frame.columns:
        return replace(data, labels=None)
    return replace(data, frame=data.frame.drop("label"), labels=None)
