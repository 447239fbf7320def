"""From which probability a label is given, when a text may have several."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
DEFAULT = 0.5


def best_f1_thresholds(targets: Array, probabilities: Array) -> NDArray[np.float32]:
    """The threshold per label `(K,)` with the highest F1 on the given examples; 0.5 for a label they never have.

    Args:
        targets: Indicators `(N, K)`.
        probabilities: `(N, K)`.
    """
    return np.array([_best(targets[:, k], probabilities[:, k]) for k in range(targets.shape[1])], dtype=np.float32)


def _best(truth: Array, probability: Array) -> float:
    if not truth.any():
        return DEFAULT
    order = np.argsort(-probability, kind="stable")
    tp = np.cumsum(truth[order])
    f1 = 2 * tp / (np.arange(1, len(truth) + 1) + truth.sum())
    # a threshold can only lie between two different probabilities
    cut = np.append(np.diff(probability[order]) != 0, True)
    best = int(np.argmax(np.where(cut, f1, -1)))
    following = probability[order[best + 1]] if best + 1 < len(order) else 0.0
    return float((probability[order[best]] + following) / 2)
