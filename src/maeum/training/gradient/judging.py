"""Judging a model on the validation rows after each epoch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maeum.metrics.calibration import sigmoid, softmax
from maeum.models.neural import Encoded, NeuralModel
from maeum.models.neural.model import wide_scores
from maeum.schema import Dataset, Task
from maeum.training.solver import judge


@dataclass(frozen=True)
class Judged:
    """How good a model is.

    Attributes:
        loss: Mean log loss in nats; for several labels the mean over labels.
        accuracy: Share of right answers; for several labels all must be right, at 0.5.
        macro_f1: Mean F1 of the labels.
    """

    loss: float
    accuracy: float
    macro_f1: float


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

    def probabilities(self) -> NDArray[np.float32]:
        """Probabilities `(N, K)`."""
        logits = self.model.encoded_logits(self.encoded, self.wide, len(self.data))
        several = self.model.task is Task.MULTI_LABEL
        return (sigmoid(logits) if several else softmax(logits)).astype(np.float32)

    def __call__(self) -> Judged:
        """How good the model is now."""
        return Judged(*judge(self.model.answers(self.probabilities()), self.data))
