"""What the course of a training says, in one verdict: pure numbers over the rows of `history.csv`.

A rise or a fall counts only where it is larger than what a repetition would change anyway (`Noise`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import fmean, median
from typing import Any, Final

from maeum.messages import say

DEFAULT_ROWS: Final = 1000  # validation rows assumed where they are not known: few, so that little is concluded
Z: Final = 1.96  # two-sided 95 %
MIN_ACCURACY_CHANGE: Final = 0.001  # a tenth of a point: smaller changes matter to nobody, however many rows there are
MIN_LOSS_CHANGE: Final = 0.01  # of the median loss, for the same reason
FLAT_EPOCHS: Final = 2  # epochs without a gain that make a plateau, while one measure still creeps on

Row = Mapping[str, float | int | None]
_MEASURES: Final = ("validation_loss", "validation_accuracy", "train_loss", "train_accuracy")


class Kind(StrEnum):
    """What a learning curve can show; the sentences are `learning.<kind>`, `…_why` and `…_try`."""

    NOT_GENERALISING = "not_generalising"
    """Validation loss up, accuracy down after the best epoch: what is learnt does not carry over."""
    OVERFITTING = "overfitting"
    """Validation loss up, accuracy up or level: surer than it is right."""
    LEARNING = "learning"
    """Validation loss down, accuracy up, and still so at the end."""
    CALIBRATING = "calibrating"
    """Validation loss down, accuracy down or level: scores improve, the choice of label does not."""
    PLATEAU = "plateau"
    """No gain after an epoch."""
    NOISE = "noise"
    """All changes are within noise."""
    ONE_EPOCH = "one_epoch"
    """Fewer than two epochs: there is no course."""
    NO_VALIDATION = "no_validation"
    """No validation figures."""
    NOT_FINITE = "not_finite"
    """A figure is NaN or infinite."""


@dataclass(frozen=True)
class Change:
    """A measure at two epochs; None where it was not recorded."""

    before: float | None
    after: float | None


@dataclass(frozen=True)
class Noise:
    """Changes between two epochs up to which nothing is concluded.

    Both epochs answer the same n rows, so their errors are correlated, and the variance of the difference is
    2σ²(1 − ρ)/n; ρ cannot be known from a history. ρ = ½ is assumed: consecutive epochs of one model agree far more
    (ρ of 0.7 to 0.9 is usual), so the bound is on the safe side, yet narrower than that of unpaired samples (ρ = 0).
    This leaves Z·σ/√n. Accuracy: σ² = p(1 − p), with p drawn to ½ by two right and two wrong rows (Agresti and Coull
    1998), so that p = 1 is not taken for certain. Loss: the cross-entropies of single rows spread about as widely as
    their mean (as those of an exponential distribution do), so σ = the curve's median loss.

    Attributes:
        accuracy: Absolute, 0…1.
        loss: Absolute, in the loss's own unit (nats).
        rows: Validation rows it was computed for.
    """

    accuracy: float
    loss: float
    rows: int

    @classmethod
    def of(cls, losses: Sequence[float], accuracies: Sequence[float], validation_rows: int | None) -> Noise:
        """The bounds for a curve."""
        rows = validation_rows or DEFAULT_ROWS
        right = (min(max(fmean(accuracies), 0.0), 1.0) * rows + 2) / (rows + 4)
        typical = abs(median(losses))
        return cls(
            max(Z * math.sqrt(right * (1 - right) / rows), MIN_ACCURACY_CHANGE),
            typical * max(Z / math.sqrt(rows), MIN_LOSS_CHANGE),
            rows,
        )


@dataclass(frozen=True)
class LearningVerdict:
    """What a course of training shows.

    Attributes:
        kind: The verdict.
        epoch: From which it holds: the epoch after which the curves turn or stay level; the best epoch where they
            still improve; the first bad one where a figure is not finite; None where there is no epoch.
        evidence: By measure (`validation_loss`, `validation_accuracy`, `train_loss`, `train_accuracy`).
        values: For the sentences.
    """

    kind: Kind
    epoch: int | None
    evidence: Mapping[str, Change] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """The verdict in words."""
        return say(f"learning.{self.kind.value}", **self.values)

    @property
    def why(self) -> str:
        """The epochs and numbers it rests on."""
        return say(f"learning.{self.kind.value}_why", **self.values)

    @property
    def advice(self) -> str:
        """What to try next."""
        return say(f"learning.{self.kind.value}_try", **self.values)


def learning_verdict(rows: Sequence[Row], validation_rows: int | None = None) -> LearningVerdict:
    """The verdict over a training.

    Args:
        rows: One per epoch, ascending, with the columns of `history.csv`; epochs without validation may lack it.
        validation_rows: How many rows the validation figures are from; None: `DEFAULT_ROWS` are assumed.
    """
    bad = next((row for row in rows if any(_bad(row.get(name)) for name in _MEASURES)), None)
    if bad is not None:
        return _verdict(Kind.NOT_FINITE, rows, rows[0], bad, bad, None)
    judged = [
        row for row in rows if row.get("validation_loss") is not None and row.get("validation_accuracy") is not None
    ]
    if rows and not judged:
        return _verdict(Kind.NO_VALIDATION, rows, rows[0], rows[-1], rows[-1], None)
    if len(judged) < 2:
        only = judged[0] if judged else {}
        return _verdict(Kind.ONE_EPOCH, rows, only, only, only, None)
    losses = [_number(row, "validation_loss") for row in judged]
    accuracies = [_number(row, "validation_accuracy") for row in judged]
    noise = Noise.of(losses, accuracies, validation_rows)
    kind, before, epoch = _course(losses, accuracies, noise)
    return _verdict(kind, rows, judged[before], judged[-1], judged[epoch], noise)


def _course(losses: Sequence[float], accuracies: Sequence[float], noise: Noise) -> tuple[Kind, int, int]:
    """Verdict, position of the epoch that the last is held against, and position of the epoch to name."""
    last = len(losses) - 1
    lowest, highest = losses.index(min(losses)), accuracies.index(max(accuracies))
    fallen = accuracies[highest] - accuracies[last] > noise.accuracy
    if losses[last] - losses[lowest] > noise.loss:
        if fallen and losses[last] - losses[highest] > noise.loss:
            return Kind.NOT_GENERALISING, highest, highest
        if accuracies[lowest] - accuracies[last] > noise.accuracy:
            return Kind.NOT_GENERALISING, lowest, lowest
        return Kind.OVERFITTING, lowest, lowest
    if fallen:
        if losses[highest] - losses[last] > noise.loss:
            return Kind.CALIBRATING, highest, highest
        return Kind.PLATEAU, highest, highest
    surer = losses[0] - losses[last] > noise.loss
    better = accuracies[last] - accuracies[0] > noise.accuracy
    if not (surer or better):
        return Kind.NOISE, 0, lowest
    level = _level_from(losses, accuracies, noise)
    # A curve whose last epoch is the best in nothing is not improving, however short the level part is.
    if last - level >= FLAT_EPOCHS or last not in {lowest, highest}:
        level = level if level < last else max(lowest, highest)
        return Kind.PLATEAU, level, level
    if not better:
        return Kind.CALIBRATING, 0, lowest
    return Kind.LEARNING, 0, highest


def _level_from(losses: Sequence[float], accuracies: Sequence[float], noise: Noise) -> int:
    """Position of the first epoch after which neither measure gains more than noise."""
    for at in range(len(losses)):
        gained = losses[at] - min(losses[at:]) > noise.loss or max(accuracies[at:]) - accuracies[at] > noise.accuracy
        if not gained:
            return at
    raise AssertionError  # the last epoch has none after it


def _verdict(
    kind: Kind, rows: Sequence[Row], before: Row, after: Row, named: Row, noise: Noise | None
) -> LearningVerdict:
    evidence = {name: Change(_value(before, name), _value(after, name)) for name in _MEASURES}
    found = named.get("epoch")
    epoch = None if found is None else int(found)
    values: dict[str, str | int] = {
        "epoch": 0 if epoch is None else epoch,
        "epochs": len(rows),
        "first": int(before.get("epoch") or 0),
        "last": int(after.get("epoch") or 0),
        "noise_accuracy": f"{100 * noise.accuracy:.2f}" if noise else "–",
        "noise_loss": f"{noise.loss:.4f}" if noise else "–",
        "rows": noise.rows if noise else 0,
        "names": ", ".join(name for name in _MEASURES if _bad(named.get(name))) or "–",
    }
    for name, change in evidence.items():
        values[f"{name}_before"] = _shown(name, change.before)
        values[f"{name}_after"] = _shown(name, change.after)
    return LearningVerdict(kind, epoch, evidence, values)


def _bad(value: float | int | None) -> bool:
    return value is not None and not math.isfinite(value)


def _number(row: Row, name: str) -> float:
    value = row[name]
    assert value is not None
    return float(value)


def _value(row: Row, name: str) -> float | None:
    value = row.get(name)
    return None if value is None else float(value)


def _shown(name: str, value: float | None) -> str:
    """Accuracies as percent without its sign, losses with four decimals."""
    if value is None:
        return "–"
    return f"{100 * value:.2f}" if name.endswith("accuracy") else f"{value:.4f}"
