"""What a student is given to learn, how close it comes to its teacher, and the file that keeps the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.errors import ModelError
from maeum.messages import say
from maeum.metrics import scores
from maeum.models.folder import read_tensors, write_tensors
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.schema import ClassPredictions, Dataset
from maeum.storage import writing_file
from maeum.training.soft_targets import SoftTargets
from maeum.workflows.prepare import Prepared
from maeum.workflows.run_folder import Judged

SOFT: Final = "soft_labels.safetensors"  # in the run folder: `train` (N, K) and `validation` (M, K), float16
Kept = tuple[NDArray[np.float16], NDArray[np.float16] | None]


@dataclass(frozen=True, eq=False)
class Lesson:
    """A training with a teacher.

    Attributes:
        prepared: The rows, in terms of the teacher's labels; unlabelled ones have its answers as labels.
        recipe: As it is carried out: with the share of the labels as a number.
        soft: For the trainer.
        answers: Of the teacher on the validation rows; None where it was not asked.
        own_labels: Whether the validation rows have labels of their own.
    """

    prepared: Prepared
    recipe: Recipe
    soft: SoftTargets
    answers: ClassPredictions | None
    own_labels: bool

    def judged(self, found: Judged | None) -> Judged | None:
        """The judgement with what teacher and student have in common."""
        if found is None or self.answers is None or self.prepared.validation is None:
            return found
        further = agreement(self.answers, found.predictions)
        if self.own_labels:
            further["teacher_accuracy"] = _accuracy(self.answers, self.prepared.validation)
        metrics = {**found.evaluation.metrics, **further}
        return replace(found, evaluation=replace(found.evaluation, metrics=metrics))

    def sentences(self, found: Judged | None) -> list[str]:
        """What `judged` found, in words."""
        metrics: Mapping[str, Any] = found.evaluation.metrics if found is not None else {}
        if "teacher_agreement" not in metrics:
            return []
        share = 100 * metrics["teacher_agreement"]
        several = self.answers is not None and self.answers.several
        close = say("distill.agrees_several" if several else "distill.agrees", share=share)
        if not self.own_labels:
            return [close, say("distill.judged_by_teacher")]
        if several:
            return [close]
        values = {"teacher": metrics["teacher_accuracy"], "student": metrics["accuracy"]}
        return [say("distill.agrees_and_accuracy", share=share, **values)]

    def save(self, folder: Path) -> None:
        """Write the teacher's answers into the run folder."""
        validation = None if self.answers is None else self.answers.probabilities
        write_answers(folder / SOFT, self.soft.probabilities, validation)


def agreement(teacher: ClassPredictions, student: ClassPredictions) -> dict[str, float]:
    """How close a student's answers are to its teacher's.

    Returns:
        `teacher_agreement`: share of texts with the same answer, for several labels of decisions about a label;
        `teacher_divergence`: mean Kullback-Leibler divergence of the student's probabilities from the teacher's, in
        nats, for several labels the mean over labels.
    """
    p, q = (one.probabilities.astype(np.float64).clip(scores.EPSILON, 1) for one in (teacher, student))
    parts = p * (np.log(p) - np.log(q))
    if teacher.several:
        r, s = (1 - one.probabilities.astype(np.float64) for one in (teacher, student))
        r, s = r.clip(scores.EPSILON, 1), s.clip(scores.EPSILON, 1)
        same = float((teacher.decide() == student.decide()).mean())
        return {"teacher_agreement": same, "teacher_divergence": float((parts + r * (np.log(r) - np.log(s))).mean())}
    same = float((teacher.indices == student.indices).mean())
    return {"teacher_agreement": same, "teacher_divergence": float(parts.sum(axis=1).mean())}


def write_answers(path: Path, train: NDArray[Any], validation: NDArray[Any] | None) -> None:
    """Keep a teacher's probabilities of the training rows `(N, K)` and the validation rows `(M, K)`, in float16.

    Raises:
        OutputError: The file cannot be written.
    """
    parts = {"train": train} if validation is None else {"train": train, "validation": validation}
    with writing_file(path) as part:
        write_tensors(part, {name: values.astype(np.float16) for name, values in parts.items()})


def read_answers(path: Path, rows: int, labels: int) -> Kept | None:
    """What `write_answers` wrote for so many rows and labels, where it is whole."""
    if not path.is_file():
        return None
    try:
        found = read_tensors(path)
    except ModelError:
        found = {}
    if "train" not in found or found["train"].shape != (rows, labels):
        tell(say("distill.damaged_answers", path=path))
        return None
    return found["train"], found.get("validation")


def _accuracy(answers: ClassPredictions, data: Dataset) -> float:
    """Share of right answers; of several labels all must be."""
    if answers.several:
        return float((answers.decide() == data.targets).all(axis=1).mean())
    return float((answers.indices == data.targets).mean())
