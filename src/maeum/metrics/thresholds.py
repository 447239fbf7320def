"""From which probability a label is given, when a text may have several.

Thresholds are searched on held-out rows against a *smoothed* truth: what the rows say of a label, mixed with what its
calibrated probabilities say, the more of the latter the fewer rows have the label (`smoothed`). On counts alone the
threshold of a rare label is mostly noise; on probabilities alone it is the best one if calibration is right (for F1
half of the best F1: Lipton et al. 2014, "Optimal Thresholding of Classifiers to Maximize F1 Measure").
docs/multi-label.md has the measurement.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Floats = NDArray[np.float32]
DEFAULT: Final = 0.5
NEVER: Final = 1.0  # a label with this threshold is never given: `ClassPredictions.decide`
SMOOTHING: Final = 400  # rows with a label, at which rows and probabilities count the same; measured on KOTE
SWEEPS: Final = 10  # through all labels; it usually settles after three
FOLDS: Final = 5


class Thresholds(StrEnum):
    """By what thresholds are chosen."""

    F1 = "f1"
    """Each label's own best F1, whose mean is macro F1."""
    MICRO_F1 = "micro_f1"
    """The best F1 of all decisions together: one threshold for all labels."""
    MEAN_F1 = "mean_f1"
    """The best mean of macro and micro F1."""
    COST = "cost"
    """Each label's least cost of labels missed and labels given wrongly."""
    PRECISION = "precision"
    """Each label's lowest threshold with a wanted precision."""
    FIXED = "fixed"
    """One value for all labels, chosen without data."""


@dataclass(frozen=True)
class Search:
    """What thresholds are wanted.

    Attributes:
        by: By what they are chosen.
        value: The threshold of `fixed`.
        false_negative_cost: What a missed label costs, when one given wrongly costs 1; for `cost`.
        target_precision: For `precision`.
    """

    by: Thresholds = Thresholds.F1
    value: float = DEFAULT
    false_negative_cost: float = 1.0
    target_precision: float = 0.8


def search(targets: Array, probabilities: Array, wanted: Search = Search()) -> Floats:
    """The threshold of each label `(K,)`; `NEVER` for one that cannot reach the wanted precision.

    A label that no row has keeps 0.5 where F1 decides: nothing is known of it.

    Args:
        targets: Indicators `(N, K)`.
        probabilities: `(N, K)`, calibrated.
        wanted: What is wanted.
    """
    if wanted.by is Thresholds.FIXED or not len(targets):
        return np.full(targets.shape[1], wanted.value, np.float32)
    truth, probabilities = smoothed(targets, probabilities), probabilities.astype(np.float32)
    unseen: Array = np.logical_not(targets.any(axis=0))
    if wanted.by is Thresholds.MICRO_F1:
        (one,) = best_f1_thresholds(truth.reshape(-1, 1), probabilities.reshape(-1, 1))
        return np.full(targets.shape[1], one, np.float32)
    if wanted.by is Thresholds.MEAN_F1:
        return _mean_f1_thresholds(truth, probabilities, unseen)
    if wanted.by is Thresholds.F1:
        return np.where(unseen, DEFAULT, best_f1_thresholds(truth, probabilities)).astype(np.float32)
    places = [_Places.of(truth[:, k], probabilities[:, k]) for k in range(targets.shape[1])]
    if wanted.by is Thresholds.COST:
        chosen = [one.at(int(np.argmin(one.cost(wanted.false_negative_cost)))) for one in places]
    else:
        chosen = [one.at(one.lowest_with_precision(wanted.target_precision)) for one in places]
    return np.array(chosen, np.float32)


def smoothed(targets: Array, probabilities: Array) -> NDArray[np.float64]:
    """Truth `(N, K)` in [0, 1]: `(n · target + m · probability) / (n + m)`.

    Args:
        targets: Indicators `(N, K)`.
        probabilities: `(N, K)`, calibrated; n is how many rows have the label, m is `SMOOTHING`.
    """
    weight = SMOOTHING / (targets.sum(axis=0) + SMOOTHING)
    return np.asarray((1 - weight) * targets + weight * probabilities.astype(np.float64))


def best_f1_thresholds(targets: Array, probabilities: Array) -> Floats:
    """The threshold per label `(K,)` with the highest F1 on the given examples; 0.5 for a label they never have.

    Args:
        targets: Indicators `(N, K)`, or how much an example has of a label, in [0, 1].
        probabilities: `(N, K)`.
    """
    found = []
    for k in range(targets.shape[1]):
        places = _Places.of(targets[:, k], probabilities[:, k])
        found.append(places.at(int(np.argmax(places.f1()))) if targets[:, k].any() else DEFAULT)
    return np.array(found, np.float32)


def crossed(targets: Array, probabilities: Array, wanted: Search, folds: int = FOLDS) -> NDArray[np.bool_]:
    """Which labels each row is given `(N, K)` by thresholds that were chosen on other rows: an honest look at them."""
    given = np.zeros(targets.shape, np.bool_)
    fold = np.arange(len(targets)) % min(folds, max(len(targets), 1))
    for one in range(folds):
        own = fold == one
        if own.any() and not own.all():
            limits = search(targets[~own], probabilities[~own], wanted)
            given[own] = (probabilities[own] >= limits) & (limits < NEVER)
    return given


@dataclass(frozen=True, eq=False)
class _Places:
    """Where one label's threshold can lie: below the first n examples by probability, for n = 0 … N.

    Attributes:
        probability: Highest first `(N,)`.
        right: How many of the first n have the label `(N + 1,)`.
        open: Whether a threshold can lie there `(N + 1,)`: not between equal probabilities.
    """

    probability: Array
    right: Array
    open: Array

    @classmethod
    def of(cls, truth: Array, probability: Array) -> _Places:
        order = np.argsort(-probability, kind="stable")
        ordered = probability[order]
        different = np.concatenate([[True], np.diff(ordered) != 0, [True]]) if len(ordered) else np.array([True])
        return cls(ordered, np.concatenate([[0.0], np.cumsum(truth[order], dtype=np.float64)]), different)

    @property
    def given(self) -> Array:
        return np.arange(len(self.right))

    def only_open(self, values: Array, otherwise: float) -> Array:
        return np.where(self.open, values, otherwise)

    def f1(self) -> Array:
        """F1 of each place `(N + 1,)`; the first, at which nothing is given, and those between equals are out."""
        found = 2 * self.right / np.maximum(self.given + self.right[-1], 1e-12)
        return np.where(self.given > 0, self.only_open(found, -1.0), -1.0)

    def cost(self, of_missed: float) -> Array:
        """What the mistakes of each place cost `(N + 1,)`, one label given wrongly being 1."""
        return self.only_open(of_missed * (self.right[-1] - self.right) + self.given - self.right, np.inf)

    def lowest_with_precision(self, target: float) -> int:
        """The last place whose precision is at least `target`; 0 where there is none."""
        precise = self.right >= target * self.given - 1e-9
        return int(np.flatnonzero(precise & self.open)[-1])

    def at(self, place: int) -> float:
        """The threshold there: midway between two examples; `NEVER` above all of them."""
        if place == 0:
            return NEVER
        following = self.probability[place] if place < len(self.probability) else 0.0
        return float((self.probability[place - 1] + following) / 2)


def _mean_f1_thresholds(truth: Array, probabilities: Array, unseen: Array) -> Floats:
    """Coordinate ascent on macro F1 + micro F1 over the labels, from each label's own best F1."""
    places = [_Places.of(truth[:, k], probabilities[:, k]) for k in range(truth.shape[1])]
    own = [places[k].f1() / max(int((~unseen).sum()), 1) for k in range(len(places))]
    chosen = np.array([int(np.argmax(one)) for one in own])
    whole = sum(float(one.right[-1]) for one in places)
    for _ in range(SWEEPS):
        before = chosen.copy()
        right = sum(float(one.right[at]) for one, at in zip(places, chosen, strict=True))
        given = float(chosen.sum())
        for k, one in enumerate(places):
            right, given = right - float(one.right[chosen[k]]), given - float(chosen[k])
            micro = 2 * (right + one.right) / (given + one.given + whole)
            chosen[k] = int(np.argmax(np.where(own[k] >= 0, micro + own[k], -1)))
            right, given = right + float(one.right[chosen[k]]), given + float(chosen[k])
        if (chosen == before).all():
            break
    found = [one.at(int(at)) for one, at in zip(places, chosen, strict=True)]
    return np.where(unseen, DEFAULT, found).astype(np.float32)
