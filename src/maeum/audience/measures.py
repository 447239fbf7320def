"""Means over reviews, and how far they would move on other reviews of the same number."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
MANY: Final = 2000  # reviews from which the central limit theorem takes the bootstrap's place
LEVEL: Final = 0.95
Z: Final = 1.959964  # normal quantile for LEVEL


@lru_cache(maxsize=64)
def shares(count: int, resamples: int, seed: int) -> NDArray[np.float32]:
    """Bootstrap weights `(resamples, count)`: how often each of `count` reviews is drawn, over `count`; seeded."""
    random = np.random.default_rng([seed, count])
    drawn = random.integers(0, count, (resamples, count))
    drawn += np.arange(resamples)[:, None] * count
    times = np.bincount(drawn.ravel(), minlength=resamples * count).reshape(resamples, count)
    return (times / count).astype(np.float32)


def bootstrap_means(values: Array, resamples: int, seed: int) -> tuple[Array, Array, Array]:
    """Mean `(K,)` of values `(N, K)`, and the ends of its 95 % percentile interval; NaN ends for fewer than two.

    The draws depend on N and the seed alone, so groups of one size share them: each interval is as if drawn for itself,
    only intervals of different groups are not independent.
    """
    count, width = values.shape
    mean = values.mean(axis=0, dtype=np.float64) if count else np.full(width, np.nan)
    if count < 2:
        return mean, np.full(width, np.nan), np.full(width, np.nan)
    if count > MANY:
        return mean, *normal_interval(mean, values.var(axis=0, ddof=1, dtype=np.float64), count)
    means = shares(count, resamples, seed) @ np.asarray(values, np.float32)
    low, high = int((1 - LEVEL) / 2 * resamples), resamples - 1 - int((1 - LEVEL) / 2 * resamples)
    ends = np.partition(means, [low, high], axis=0)
    return mean, ends[low], ends[high]


def normal_interval(mean: Array, variance: Array, count: Array | int) -> tuple[Array, Array]:
    """95 % interval of means in [0, 1] by the central limit theorem.

    Args:
        mean: Any shape.
        variance: Of single values, unbiased.
        count: How many values.
    """
    half = Z * np.sqrt(np.maximum(variance, 0) / np.maximum(count, 1))
    return np.clip(mean - half, 0, 1), np.clip(mean + half, 0, 1)


def hellinger(means: Array) -> NDArray[np.float32]:
    """Roots of mean emotions `(N, K)`, each row divided by its sum: distances are `sqrt(1 - a · b)` of such rows."""
    total = means.sum(axis=1, keepdims=True)
    shares_of = np.divide(means, total, out=np.zeros_like(means, dtype=np.float64), where=total > 0)
    return np.asarray(np.sqrt(shares_of), np.float32)


def spearman(counts: Array) -> float | None:
    """Rank correlation of two ordered variables from their joint counts `(A, B)`; None where one does not vary.

    Ties share their mean rank, so this is Pearson's correlation of mid-ranks, as `scipy.stats.spearmanr` has it.
    """
    total = counts.sum()
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    a = np.cumsum(rows) - (rows + 1) / 2
    b = np.cumsum(columns) - (columns + 1) / 2
    middle = (total + 1) / 2 - 1  # mean of mid-ranks that count from 0
    a, b = a - middle, b - middle
    spread = float(rows @ a**2) * float(columns @ b**2)
    return float(a @ counts @ b) / spread**0.5 if spread > 0 else None
