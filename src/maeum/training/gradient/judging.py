"""Judging a model on the validation rows after each epoch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maeum.metrics.calibration import sigmoid, softmax
from maeum.models.neural import Encoded, NeuralModel
from maeum.models.neural.model import wide_scores
from maeum.schema import Dataset, Task
from maeum.training.several import judge_logits
from maeum.training.solver import judge


@dataclass(frozen=True)
class Judged:
    """How good a model is.

    Attributes:
        loss: Mean log loss in nats; for several labels the mean over labels.
        accuracy: Share of right answers; for several labels all must be right.
        macro_f1: Mean F1 of the labels; of several by thresholds that other rows chose.
        corpora: Of each of several corpora by name; the other numbers are then their means.
    """

    loss: float
    accuracy: float
    macro_f1: float
    corpora: Mapping[str, Judged] = field(default_factory=dict)


class Judge:
    """Validation rows, turned into token ids once.

    Args:
        model: What is judged, as it is at the time of each call.
        validation: Rows with labels.
    """

    def __init__(self, model: NeuralModel, validation: Dataset) -> None:
        self.model, self.data = model, validation
        inputs: Any = validation.inputs
        self.encoded: Encoded = model.encode(inputs)
        self.wide = wide_scores(model.wide, validation.texts) if model.wide is not None else None

    def logits(self) -> NDArray[np.float32]:
        """Logits `(N, K)`."""
        return self.model.encoded_logits(self.encoded, self.wide, len(self.data))

    def probabilities(self) -> NDArray[np.float32]:
        """Probabilities `(N, K)`."""
        logits = self.logits()
        several = self.model.task is Task.MULTI_LABEL
        return (sigmoid(logits) if several else softmax(logits)).astype(np.float32)

    def __call__(self) -> Judged:
        """How good the model is now."""
        if self.model.task is Task.MULTI_LABEL:
            return Judged(*judge_logits(self.logits(), self.data.targets))
        return Judged(*judge(self.model.answers(self.probabilities()), self.data))


class JudgeEach:
    """Judges the models of several corpora, each on its own validation rows.

    Args:
        judges: By the name of the corpus.
    """

    def __init__(self, judges: Mapping[str, Judge]) -> None:
        self.judges = judges

    def __call__(self) -> Judged:
        """How good they are now, and on the mean: every corpus counts the same."""
        found = {name: judge() for name, judge in self.judges.items()}
        loss, accuracy, macro_f1 = (
            fmean(getattr(one, name) for one in found.values()) for name in ("loss", "accuracy", "macro_f1")
        )
        return Judged(loss, accuracy, macro_f1, found)
