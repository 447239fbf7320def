"""Whether one model is better than another on the same rows, or only luckier.

McNemar (1947) looks at the rows that exactly one of two models has right. Up to `LARGE` of them the mid-p version is
used, which keeps its level and is less timid than the exact test (Fagerland, Lydersen and Laake 2013, BMC Medical
Research Methodology 13:91); above, the chi-square approximation without continuity correction, which agrees with it to
three decimals there. The bootstrap resamples rows and keeps the two answers to a row together (Efron and Tibshirani
1993, chapter 13). Several comparisons at once: Holm (1979).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.metrics import scores

Array = NDArray[Any]
METRICS: Final = ("accuracy", "macro_f1", "micro_f1")
LARGE: Final = 1000  # rows on which two models disagree, from which the approximation is used
RESAMPLES: Final = 2000
LEVEL: Final = 0.95
POWER_Z: Final = 1.959964 + 0.841621  # normal quantiles for 5 % two-sided and a power of 80 %
_CELLS: Final = 20_000_000  # numbers held at once


@dataclass(frozen=True)
class McNemar:
    """The test of two models on the same rows.

    Attributes:
        first: Rows that only the first model has right.
        second: Rows that only the second has right.
        p: Two-sided p value, by `method`.
        exact: Two-sided p value of the exact binomial test; larger than `p`.
        method: `mid_p` or `chi_square`.
    """

    first: int
    second: int
    p: float
    exact: float
    method: str


@dataclass(frozen=True)
class Difference:
    """First model minus second.

    Attributes:
        value: On all rows.
        low: Lower end of the 95 % percentile interval.
        high: Upper end.
        p: Two-sided p value: twice the smaller share of resamples on one side of zero (Davison and Hinkley 1997, 4.2).
    """

    value: float
    low: float
    high: float
    p: float


def mcnemar(first_right: Array, second_right: Array) -> McNemar:
    """The test on truth values `(N,)`: which rows each model has right."""
    first = int((first_right & ~second_right).sum())
    second = int((second_right & ~first_right).sum())
    exact, mid = _binomial(min(first, second), first + second)
    if first + second <= LARGE:
        return McNemar(first, second, mid, exact, "mid_p")
    chi = abs(first - second) / math.sqrt(first + second)  # root of the statistic, which has one degree of freedom
    return McNemar(first, second, math.erfc(chi / math.sqrt(2)), exact, "chi_square")


def paired_bootstrap(
    truth: Array, first: Array, second: Array, metric: str, seed: int, resamples: int = RESAMPLES
) -> Difference:
    """The difference of a metric between two models, with its interval.

    Rows with the same truth and the same two answers are interchangeable, so only their counts are drawn
    (multinomially): the same as drawing rows, at a fraction of the cost.

    Args:
        truth: Indicators `(N, K)` of the true labels.
        first: Indicators `(N, K)` of the first model's answers.
        second: Of the second's.
        metric: One of `METRICS`; accuracy with several labels asks for all of them.
        seed: Of the resampling.
        resamples: How often.
    """
    kinds, counts = _kinds(truth, first, second)
    parts = [truth[kinds], first[kinds], second[kinds]]
    whole = _score(counts[None], parts[0], parts[1], metric) - _score(counts[None], parts[0], parts[2], metric)
    drawn = np.concatenate(
        [
            _score(block, parts[0], parts[1], metric) - _score(block, parts[0], parts[2], metric)
            for block in _draws(counts, seed, resamples)
        ]
    )
    low, high = np.percentile(drawn, [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    below, above = int((drawn <= 0).sum()), int((drawn >= 0).sum())
    p = min(1.0, 2 * (min(below, above) + 1) / (resamples + 1))
    return Difference(float(whole[0]), float(low), float(high), p)


def interval(truth: Array, given: Array, metric: str, seed: int, resamples: int = RESAMPLES) -> tuple[float, float]:
    """95 % percentile interval of one model's metric, from indicators `(N, K)` as in `paired_bootstrap`."""
    kinds, counts = _kinds(truth, given)
    drawn = [_score(block, truth[kinds], given[kinds], metric) for block in _draws(counts, seed, resamples)]
    low, high = np.percentile(np.concatenate(drawn), [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return float(low), float(high)


def score(truth: Array, given: Array, metric: str) -> float:
    """The metric itself, from indicators `(N, K)`."""
    return float(_score(np.ones((1, len(truth))), truth, given, metric)[0])


def holm(values: Sequence[float]) -> list[float]:
    """P values corrected for being several: the step-down procedure, in the order given."""
    adjusted, largest = [0.0] * len(values), 0.0
    for rank, at in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        largest = max(largest, min(1.0, (len(values) - rank) * values[at]))
        adjusted[at] = largest
    return adjusted


def detectable(disagreeing: int, count: int) -> float:
    """Difference in accuracy that N rows would show with a power of 80 %, at the disagreement seen.

    (1.96 + 0.84) · √(d / N), where d is the share of rows that exactly one model has right (Miettinen 1968, for
    differences that are small against d). With no disagreement at all one row is taken.
    """
    return POWER_Z * math.sqrt(max(disagreeing, 1)) / max(count, 1)


def _binomial(smaller: int, count: int) -> tuple[float, float]:
    """Exact and mid-p two-sided values for `smaller` of `count` at one half."""
    if count == 0:
        return 1.0, 1.0
    terms = np.array([_log_choose(count, k) for k in range(smaller + 1)]) - count * math.log(2)
    tail, here = float(np.exp(terms).sum()), float(np.exp(terms[-1]))
    return min(1.0, 2 * tail), min(1.0, 2 * tail - here)


def _log_choose(count: int, k: int) -> float:
    return math.lgamma(count + 1) - math.lgamma(k + 1) - math.lgamma(count - k + 1)


def _kinds(*parts: Array) -> tuple[Array, Array]:
    """Position of one row of each kind `(U,)`, and how many there are of it `(U,)`."""
    packed = np.packbits(np.hstack([part.astype(np.bool_) for part in parts]), axis=1)
    _, kinds, counts = np.unique(packed, axis=0, return_index=True, return_counts=True)
    return np.asarray(kinds), np.asarray(counts, np.float64)


def _draws(counts: Array, seed: int, resamples: int) -> list[Array]:
    random, total = np.random.default_rng(seed), int(counts.sum())
    block = max(1, min(resamples, _CELLS // len(counts)))
    sizes = [min(block, resamples - start) for start in range(0, resamples, block)]
    return [random.multinomial(total, counts / total, size=size).astype(np.float64) for size in sizes]


def _score(weights: Array, truth: Array, given: Array, metric: str) -> Array:
    """The metric `(R,)` of rows weighted by `(R, U)`."""
    if metric == "accuracy":
        right = (truth == given).all(axis=1)
        return np.asarray(weights @ right.astype(np.float64) / weights.sum(axis=1))
    counts = {
        "tp": weights @ (truth & given).astype(np.float64),
        "fp": weights @ (~truth & given).astype(np.float64),
        "fn": weights @ (truth & ~given).astype(np.float64),
    }
    return np.asarray(scores.f1_family(counts)[metric])
