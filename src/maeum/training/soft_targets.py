"""What a teacher gives a student to learn from, beside the labels of the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from maeum.schema import Model


@dataclass(frozen=True, eq=False)
class SoftTargets:
    """A teacher's answers on the training rows.

    Attributes:
        probabilities: `(N, K)` in the order of the rows and labels of train.
        alpha: Share of the labels in the loss, in [0, 1]; the teacher has the rest.
        temperature: At which teacher and student are compared (Hinton et al. 2015).
        teacher: Whose hidden states are followed too; None: probabilities alone.
    """

    probabilities: NDArray[Any]
    alpha: float
    temperature: float
    teacher: Model | None = None
