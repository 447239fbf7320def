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
from maeum.schema import Task

DEFAULT_ROWS: Final = 1000  # validation rows assumed where they are not known: few, so that little is concluded
Z: Final = 1.96  # two-sided 95 %
MIN_SCORE_CHANGE: Final = 0.001  # a tenth of a point: smaller changes matter to nobody, however many rows there are
MIN_LOSS_CHANGE: Final = 0.01  # of the median loss, for the same reason
FLAT_EPOCHS: Final = 2  # epochs without a gain that make a plateau, while one measure still creeps on

Row = Mapping[str, float | int | None]
_LOSSES: Final = ("validation_loss", "train_loss")
_FINITE: Final = (*_LOSSES, "validation_accuracy", "train_accuracy")  # besides the score


class Score(StrEnum):
    """What rises when a model learns, besides the loss that falls; the names are `learning.score_<score>`."""

    ACCURACY = "accuracy"
    MACRO_F1 = "macro_f1"
    """Where a text has several labels: all of 44 are hardly ever right, whatever is learnt."""

    @classmethod
    def of(cls, task: Task) -> Score:
        """What is looked at in a task."""
        return cls.MACRO_F1 if task is Task.MULTI_LABEL else cls.ACCURACY

    @property
    def column(self) -> str:
        """Of `history.csv`."""
        return f"validation_{self.value}"


class Kind(StrEnum):
    """What a learning curve can show; the sentences are `learning.<kind>`, `…_why` and `…_try`."""

    NOT_GENERALISING = "not_generalising"
    """Validation loss up, score down after the best epoch: what is learnt does not carry over."""
    OVERFITTING = "overfitting"
    """Validation loss up, score up or level: surer than it is right."""
    LEARNING = "learning"
    """Validation loss down, score up, and still so at the end."""
    CALIBRATING = "calibrating"
    """Validation loss down, score down or level: scores improve, the choice of label does not."""
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
    This leaves Z·σ/√n. Score: σ² = p(1 − p), with p drawn to ½ by two right and two wrong rows (Agresti and Coull
    1998), so that p = 1 is not taken for certain; an accuracy's spread, taken for macro F1's too. Loss: the
    cross-entropies of single rows spread about as widely as their mean (as those of an exponential distribution do),
    so σ = the curve's median loss.

    Attributes:
        score: Absolute, 0…1.
        loss: Absolute, in the loss's own unit (nats).
        rows: Validation rows it was computed for.
    """

    score: float
    loss: float
    rows: int

    @classmethod
    def of(cls, losses: Sequence[float], reached: Sequence[float], validation_rows: int | None) -> Noise:
        """The bounds for a curve."""
        rows = validation_rows or DEFAULT_ROWS
        right = (min(max(fmean(reached), 0.0), 1.0) * rows + 2) / (rows + 4)
        typical = abs(median(losses))
        return cls(
            max(Z * math.sqrt(right * (1 - right) / rows), MIN_SCORE_CHANGE),
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
        evidence: By measure: `validation_loss`, `train_loss`, and the score's column.
        values: For the sentences.
        score: What was looked at besides the loss.
    """

    kind: Kind
    epoch: int | None
    evidence: Mapping[str, Change] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    score: Score = Score.ACCURACY

    @property
    def what(self) -> str:
        """The verdict in words."""
        return self._said("")

    @property
    def why(self) -> str:
        """The epochs and numbers it rests on."""
        return self._said("_why")

    @property
    def advice(self) -> str:
        """What to try next."""
        return self._said("_try")

    def _said(self, part: str) -> str:
        score = say(f"learning.score_{self.score.value}")
        return say(f"learning.{self.kind.value}{part}", score=score, best=self.score.value, **self.values)


def learning_verdict(
    rows: Sequence[Row], validation_rows: int | None = None, score: Score = Score.ACCURACY
) -> LearningVerdict:
    """The verdict over a training.

    Args:
        rows: One per epoch, ascending, with the columns of `history.csv`; epochs without validation may lack it.
        validation_rows: How many rows the validation figures are from; None: `DEFAULT_ROWS` are assumed.
        score: What should rise.
    """
    course = _Course(rows, score)
    bad = next((row for row in rows if any(_bad(row.get(name)) for name in course.finite)), None)
    if bad is not None:
        return course.verdict(Kind.NOT_FINITE, rows[0], bad, bad, None)
    needed = ("validation_loss", score.column)
    judged = [row for row in rows if all(row.get(name) is not None for name in needed)]
    if rows and not judged:
        return course.verdict(Kind.NO_VALIDATION, rows[0], rows[-1], rows[-1], None)
    if len(judged) < 2:
        only = judged[0] if judged else {}
        return course.verdict(Kind.ONE_EPOCH, only, only, only, None)
    losses, reached = ([_number(row, name) for row in judged] for name in needed)
    noise = Noise.of(losses, reached, validation_rows)
    kind, before, epoch = _kind(losses, reached, noise)
    return course.verdict(kind, judged[before], judged[-1], judged[epoch], noise)


def _kind(losses: Sequence[float], reached: Sequence[float], noise: Noise) -> tuple[Kind, int, int]:
    """Verdict, position of the epoch that the last is held against, and position of the epoch to name."""
    last = len(losses) - 1
    lowest, highest = losses.index(min(losses)), reached.index(max(reached))
    fallen = reached[highest] - reached[last] > noise.score
    if losses[last] - losses[lowest] > noise.loss:
        if fallen and losses[last] - losses[highest] > noise.loss:
            return Kind.NOT_GENERALISING, highest, highest
        if reached[lowest] - reached[last] > noise.score:
            return Kind.NOT_GENERALISING, lowest, lowest
        return Kind.OVERFITTING, lowest, lowest
    if fallen:
        if losses[highest] - losses[last] > noise.loss:
            return Kind.CALIBRATING, highest, highest
        return Kind.PLATEAU, highest, highest
    surer = losses[0] - losses[last] > noise.loss
    better = reached[last] - reached[0] > noise.score
    if not (surer or better):
        return Kind.NOISE, 0, lowest
    level = _level_from(losses, reached, noise)
    # A curve whose last epoch is the best in nothing is not improving, however short the level part is.
    if last - level >= FLAT_EPOCHS or last not in {lowest, highest}:
        level = level if level < last else max(lowest, highest)
        return Kind.PLATEAU, level, level
    if not better:
        return Kind.CALIBRATING, 0, lowest
    return Kind.LEARNING, 0, highest


def _level_from(losses: Sequence[float], reached: Sequence[float], noise: Noise) -> int:
    """Position of the first epoch after which neither measure gains more than noise."""
    for at in range(len(losses)):
        gained = losses[at] - min(losses[at:]) > noise.loss or max(reached[at:]) - reached[at] > noise.score
        if not gained:
            return at
    raise AssertionError  # the last epoch has none after it


@dataclass(frozen=True)
class _Course:
    """The epochs, and what is read of them."""

    rows: Sequence[Row]
    score: Score

    @property
    def measures(self) -> tuple[str, ...]:
        return (*_LOSSES, self.score.column)

    @property
    def finite(self) -> tuple[str, ...]:
        """What breaks a training down where it is no number."""
        return tuple(dict.fromkeys((*_FINITE, self.score.column)))

    def verdict(self, kind: Kind, before: Row, after: Row, named: Row, noise: Noise | None) -> LearningVerdict:
        """With the measures of two epochs as evidence, and the epoch that sentences name."""
        evidence = {name: Change(_value(before, name), _value(after, name)) for name in self.measures}
        found = named.get("epoch")
        epoch = None if found is None else int(found)
        values: dict[str, str | int] = {
            "epoch": 0 if epoch is None else epoch,
            "epochs": len(self.rows),
            "first": int(before.get("epoch") or 0),
            "last": int(after.get("epoch") or 0),
            "noise_score": f"{100 * noise.score:.2f}" if noise else "–",
            "noise_loss": f"{noise.loss:.4f}" if noise else "–",
            "rows": noise.rows if noise else 0,
            "names": ", ".join(name for name in self.finite if _bad(named.get(name))) or "–",
        }
        for name, change in evidence.items():
            shown = "score" if name == self.score.column else name
            values[f"{shown}_before"], values[f"{shown}_after"] = (
                _shown(shown, value) for value in (change.before, change.after)
            )
        return LearningVerdict(kind, epoch, evidence, values, self.score)


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
    """Scores as percent without its sign, losses with four decimals."""
    if value is None:
        return "–"
    return f"{100 * value:.2f}" if name == "score" else f"{value:.4f}"
