"""How far a score would move on another sample of the same size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.metrics.scores import counts_of, f1_family, matthews

Array = NDArray[Any]
RESAMPLES: Final = 1000
LEVEL: Final = 0.95
Z: Final = 1.959964  # normal quantile for LEVEL
_CELLS: Final = 20_000_000  # numbers held at once


def confusion_intervals(confusion: Array, seed: int) -> dict[str, tuple[float, float]]:
    """Percentile bootstrap intervals of every score that depends on the confusion matrix alone.

    Drawing N rows with replacement and counting them is a multinomial draw of the K² cells, so the rows themselves are
    not needed: exact, and independent of N in cost.

    Args:
        confusion: `(K, K)` counts.
        seed: Of the resampling.
    """
    total, size = int(confusion.sum()), confusion.shape[0]
    if total == 0:
        return {}
    random = np.random.default_rng(seed)
    block = max(1, min(RESAMPLES, _CELLS // confusion.size))
    parts: dict[str, list[Array]] = {}
    for start in range(0, RESAMPLES, block):
        drawn = random.multinomial(total, (confusion / total).ravel(), size=min(block, RESAMPLES - start))
        for name, values in _scores(drawn.reshape(-1, size, size)).items():
            parts.setdefault(name, []).append(values)
    return {name: _percentiles(np.concatenate(values)) for name, values in parts.items()}


def mean_intervals(values: Array) -> tuple[float, float]:
    """Interval of the mean of per-example values `(N,)`, by the central limit theorem; never outside their range."""
    if len(values) < 2:
        return float(values.mean()), float(values.mean())
    half = Z * float(values.std(ddof=1)) / len(values) ** 0.5
    low, high = float(values.mean()) - half, float(values.mean()) + half
    return max(low, float(values.min())), min(high, float(values.max()))


def bootstrap(
    score: Callable[[Array], Array], count: int, seed: int, resamples: int = RESAMPLES
) -> tuple[float, float]:
    """Percentile interval of any score of resampled rows.

    Args:
        score: Gives the score for row indices `(N,)`.
        count: N.
        seed: Of the resampling.
        resamples: How often.
    """
    random = np.random.default_rng(seed)
    return _percentiles(np.array([score(random.integers(0, count, count)) for _ in range(resamples)]))


def wilson(right: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (1927); holds for small counts and shares near 0 or 1."""
    if count == 0:
        return 0.0, 1.0
    share, z2 = right / count, Z * Z
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = Z * (share * (1 - share) / count + z2 / (4 * count * count)) ** 0.5 / (1 + z2 / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def _scores(confusion: Array) -> dict[str, Array]:
    family = f1_family(counts_of(confusion))
    right = np.trace(confusion, axis1=-2, axis2=-1)
    return {
        "accuracy": right / confusion.sum(axis=(-2, -1)),
        "mcc": matthews(confusion),
        **{name: family[name] for name in ("macro_f1", "micro_f1", "weighted_f1", "balanced_accuracy")},
    }


def _percentiles(values: Array) -> tuple[float, float]:
    low, high = np.percentile(values, [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return float(low), float(high)
