"""A fast model answers where it is sure, a better one where not: what that costs in accuracy, and where to switch.

A text is left to the first model when the confidence of its answer is at least a threshold. Compared with the second
model alone only two kinds of those texts matter: what the second alone has right (lost) and what the first alone has
right (gained); the loss of accuracy is their difference over all N texts.

The loss measured on N texts is not the loss on new ones, so a threshold is judged by an upper bound of it: the
one-sided score bound for differences of paired shares of Tango (1998, Statistics in Medicine 17:891–908), with half a
text added to those lost, because a few texts of thousands decide and the plain bound is then too narrow: with none lost
among 2,300 texts an exact bound at 90 % is 0.1 points, this one 0.11, the plain one 0.07. Going down from "never the
first" the walk ends before the first threshold whose bound exceeds what may be lost: testing in an order fixed
beforehand and stopping at the first failure keeps the stated certainty for the threshold found, without correction for
the many looked at (Angelopoulos et al. 2021, "Learn then Test", arXiv:2110.01052, fixed-sequence testing). In 15 drawn
settings of 4,000 and 15,000 texts the stated loss held on new texts in 91 to 94 % of 1,000 samples at 90 %. Nothing is
drawn at random here: the same numbers give the same threshold.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.errors import ContractError

Array = NDArray[Any]
NEVER: Final = 2.0  # a threshold that no confidence reaches
POINTS: Final = 400  # thresholds looked at, at most
STEPS: Final = 50  # of a bisection
CERTAINTY: Final = 0.9  # share of samples of N texts on which the threshold found keeps the stated loss


class Outcome(StrEnum):
    """What the best switch point comes to."""

    CASCADE = "cascade"
    """Both models answer."""
    FIRST_ALONE = "first_alone"
    """The first model may answer everything."""
    SECOND_ALONE = "second_alone"
    """No threshold is shown to keep the stated loss."""


@dataclass(frozen=True, eq=False)
class TradeOff:
    """What each threshold gives on N texts; index 0 is "always the first model", the last "never".

    Attributes:
        count: N.
        thresholds: `(T,)` ascending; halfway between confidences that occur, from 0 to `NEVER`.
        kept: `(T,)` share of the texts that the first model answers, descending from 1 to 0.
        accuracy: `(T,)` of the cascade.
        lost: `(T,)` texts answered by the first model that only the second has right.
        gained: `(T,)` texts answered by the first model that only the first has right.
    """

    count: int
    thresholds: NDArray[np.float64]
    kept: NDArray[np.float64]
    accuracy: NDArray[np.float64]
    lost: NDArray[np.int64]
    gained: NDArray[np.int64]

    @property
    def first_accuracy(self) -> float:
        """Of the first model alone."""
        return float(self.accuracy[0])

    @property
    def second_accuracy(self) -> float:
        """Of the second model alone."""
        return float(self.accuracy[-1])

    @property
    def loss(self) -> NDArray[np.float64]:
        """`(T,)` points of accuracy lost against the second model alone; negative where some are won."""
        return np.asarray(100 * (self.lost - self.gained) / max(self.count, 1), np.float64)

    def bounds(self, certainty: float = CERTAINTY) -> NDArray[np.float64]:
        """`(T,)` points of accuracy that are lost at most on new texts, each with this certainty; 0 for `NEVER`.

        Never below the loss on these texts.
        """
        bound = np.maximum(100 * _score_bounds(self.lost, self.gained, self.count, certainty), self.loss)
        return np.where(self.thresholds >= NEVER, 0.0, bound)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {name: value.tolist() if hasattr(value, "tolist") else value for name, value in vars(self).items()}


@dataclass(frozen=True)
class SwitchPoint:
    """Where to switch for a stated loss.

    Attributes:
        threshold: The first model answers texts of which it is at least so sure.
        kept: Share of texts that it answers.
        accuracy: Of the cascade, on the texts the threshold was chosen on.
        loss: Points of accuracy lost there against the second model alone; negative where some are won.
        bound: Points lost at most on new texts, with `certainty`.
        max_loss: Points that may be lost.
        certainty: How sure the bound is.
        outcome: What it comes to.
        needed: Texts without which no threshold can be shown to lose at most `max_loss`, however well the models agree;
            0 where no number is enough.
    """

    threshold: float
    kept: float
    accuracy: float
    loss: float
    bound: float
    max_loss: float
    certainty: float
    outcome: Outcome
    needed: int

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {**asdict(self), "outcome": self.outcome.value}


@dataclass(frozen=True)
class Calibration:
    """A switch point and all that it rests on.

    Attributes:
        first: Name of the fast model.
        second: Name of the better one.
        data: Name of the validation texts.
        trade_off: What each threshold gives on them.
        point: The threshold chosen.
        first_rate: Texts a second of the fast model, measured on them.
        second_rate: Of the better one.
        notes: Facts that limit what the numbers mean, as (message key, values).
    """

    first: str
    second: str
    data: str
    trade_off: TradeOff
    point: SwitchPoint
    first_rate: float
    second_rate: float
    notes: tuple[tuple[str, Mapping[str, Any]], ...] = ()

    def gain(self, kept: float | None = None) -> float:
        """How many times as fast as the second model alone, estimated; at another share of texts kept, too."""
        return gain(self.point.kept if kept is None else kept, self.first_rate, self.second_rate)

    def at(self, max_loss: float) -> SwitchPoint:
        """The switch point for another loss."""
        return switch_point(self.trade_off, max_loss, self.point.certainty)

    def to_json(self) -> dict[str, Any]:
        """Plain values; notes by message key."""
        return {
            **{name: getattr(self, name) for name in ("first", "second", "data", "first_rate", "second_rate")},
            "first_accuracy": self.trade_off.first_accuracy,
            "second_accuracy": self.trade_off.second_accuracy,
            "point": self.point.to_json(),
            "gain": self.gain(),
            "notes": [{"note": key, **values} for key, values in self.notes],
            "trade_off": self.trade_off.to_json(),
        }


def trade_off(first: Array, second: Array, truth: Array, points: int = POINTS) -> TradeOff:
    """What each threshold on the first model's confidence gives.

    Args:
        first: Probabilities `(N, K)` of the fast model.
        second: Probabilities `(N, K)` of the better one, labels in the same order.
        truth: Indices `(N,)` of the true labels.
        points: Thresholds at most, about evenly spread over the share of texts kept; all where fewer occur.

    Raises:
        ContractError: Shapes that do not fit each other, or no texts.
    """
    if first.ndim != 2 or first.shape != second.shape or len(truth) != len(first) or not len(first):
        found = f"{first.shape}, {second.shape}, {truth.shape}"
        raise ContractError("common.contract", what="trade_off", expected="(N, K), (N, K), (N,), N > 0", found=found)
    confidence = first.max(axis=1).astype(np.float64)
    order = np.argsort(-confidence, kind="stable")
    sure = confidence[order]
    right = [(one.argmax(axis=1) == truth)[order] for one in (first, second)]
    ends = _spread(
        np.flatnonzero(np.diff(sure)) + 1, points - 2
    )  # texts kept by each threshold between two confidences
    kept = np.concatenate([[0], ends, [len(sure)]])
    lost, gained = (_counted(one & ~other, kept) for one, other in (right[::-1], right))
    between = (sure[ends - 1] + sure[ends]) / 2
    accuracy = (int(right[1].sum()) - lost + gained) / len(sure)
    return TradeOff(
        count=len(sure),
        thresholds=np.concatenate([[0.0], between[::-1], [NEVER]]),
        kept=(kept / len(sure))[::-1],
        accuracy=accuracy[::-1],
        lost=lost[::-1],
        gained=gained[::-1],
    )


def switch_point(found: TradeOff, max_loss: float, certainty: float = CERTAINTY) -> SwitchPoint:
    """The lowest threshold that may be used: all from it upwards are shown to lose at most `max_loss` points.

    Args:
        found: The trade-off on validation texts.
        max_loss: Points of accuracy that may be lost against the second model alone, from 0.
        certainty: How sure that must be, from 0.5 (next to the loss measured) to below 1.

    Returns:
        With `NEVER` as threshold where none is shown to be good enough, with 0 where the first model alone is.
    """
    bounds = found.bounds(certainty)
    failing = np.flatnonzero(bounds > max_loss)
    at = int(failing[-1]) + 1 if len(failing) else 0
    last = len(bounds) - 1
    outcome = {0: Outcome.FIRST_ALONE, last: Outcome.SECOND_ALONE}.get(at, Outcome.CASCADE)
    return SwitchPoint(
        threshold=float(found.thresholds[at]),
        kept=float(found.kept[at]),
        accuracy=float(found.accuracy[at]),
        loss=float(found.loss[at]),
        bound=float(bounds[at]),
        max_loss=float(max_loss),
        certainty=float(certainty),
        outcome=outcome,
        needed=rows_needed(max_loss, certainty),
    )


def rows_needed(max_loss: float, certainty: float = CERTAINTY) -> int:
    """Texts N from which models that never differ are shown to lose at most `max_loss` points; 0: no number is enough.

    The bound solves ½ − x = −z · √(x (1 − δ)) for x = N · δ.
    """
    share = max_loss / 100
    if share >= 1:
        return 1
    z = _quantile(certainty) * math.sqrt(1 - share)
    needed = (z + math.sqrt(z * z + 2)) ** 2 / 4 / share if share > 0 else math.inf
    return math.ceil(needed) if math.isfinite(needed) else 0


def gain(kept: float, first_rate: float, second_rate: float) -> float:
    """How many times as fast as the second model alone: 1 / (r₂ / r₁ + 1 − kept), rates in texts a second.

    A threshold that leaves nothing to one of the models leaves its time out, too: 1, or r₁ / r₂.
    """
    if kept <= 0:
        return 1.0
    share = second_rate / first_rate
    return 1 / share if kept >= 1 else 1 / (share + 1 - kept)


def _quantile(certainty: float) -> float:
    return NormalDist().inv_cdf(certainty)


def _score_bounds(lost: Array, gained: Array, count: int, certainty: float) -> Array:
    """Upper bounds `(T,)` of the share of texts lost less the share gained, by bisection of Tango's statistic."""
    above, z = lost + 0.5, _quantile(certainty)
    low, high = np.clip((above - gained) / count, -1, 1), np.ones(len(lost))
    for _ in range(STEPS):
        middle = (low + high) / 2
        b = -above - gained + (2 * count - above + gained) * middle
        c = -gained * middle * (1 - middle)
        fewer = (np.sqrt(np.maximum(b * b - 8 * count * c, 0)) - b) / (4 * count)  # share gained, were `middle` true
        spread = np.sqrt(np.maximum(count * (2 * fewer + middle * (1 - middle)), 0))
        possible = above - gained - count * middle >= -z * spread
        low, high = np.where(possible, middle, low), np.where(possible, high, middle)
    return high


def _spread(ends: Array, points: int) -> Array:
    """At most `points` of the ascending `ends`, about evenly spread over their range."""
    if len(ends) <= points:
        return ends
    wanted = np.linspace(ends[0], ends[-1], points)
    return np.unique(ends[np.searchsorted(ends, wanted)])


def _counted(kind: Array, kept: Array) -> NDArray[np.int64]:
    """How many of the first `kept` `(T,)` rows are of a kind `(N,)`."""
    return np.concatenate([[0], np.cumsum(kind)]).astype(np.int64)[kept]
