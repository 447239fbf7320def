"""Scores of answers against truth.

Formulas follow scikit-learn's definitions (a test holds them equal); they are computed from counts here, because the
bootstrap needs them a thousand times over.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
EPSILON = 1e-12  # a probability of zero would make the log loss infinite


def confusion_matrix(targets: Array, predicted: Array, count: int) -> Array:
    """Counts `(K, K)`: rows = truth, columns = answers.

    Args:
        targets: Indices `(N,)`.
        predicted: Indices `(N,)`.
        count: K.
    """
    flat = targets.astype(np.int64) * count + predicted
    return np.bincount(flat, minlength=count * count).reshape(count, count)


def binary_counts(targets: Array, given: Array) -> dict[str, Array]:
    """`tp`, `fp`, `fn`, `tn`, each `(K,)`, of indicators `(N, K)`."""
    tp = (targets & given).sum(axis=0)
    fp = (~targets & given).sum(axis=0)
    fn = (targets & ~given).sum(axis=0)
    return {"tp": tp, "fp": fp, "fn": fn, "tn": len(targets) - tp - fp - fn}


def counts_of(confusion: Array) -> dict[str, Array]:
    """`tp`, `fp`, `fn`, `tn`, each `(…, K)`, of confusion matrices `(…, K, K)`."""
    tp = np.diagonal(confusion, axis1=-2, axis2=-1)
    fp = confusion.sum(axis=-2) - tp
    fn = confusion.sum(axis=-1) - tp
    total = confusion.sum(axis=(-2, -1))[..., None]
    return {"tp": tp, "fp": fp, "fn": fn, "tn": total - tp - fp - fn}


def f1_family(counts: dict[str, Array]) -> dict[str, Array]:
    """Precision, recall, F1 and support `(…, K)` and their averages `(…,)`; 0 where a denominator is 0."""
    tp, fp, fn = counts["tp"], counts["fp"], counts["fn"]
    precision, recall = ratio(tp, tp + fp), ratio(tp, tp + fn)
    f1 = ratio(2 * tp, 2 * tp + fp + fn)
    support = tp + fn
    # A label that neither the data nor the model uses says nothing; scikit-learn counts it as 0 only when asked for it.
    used = (support + fp) > 0
    weights = ratio(support, support.sum(axis=-1, keepdims=True))
    micro_tp, micro_fp, micro_fn = tp.sum(axis=-1), fp.sum(axis=-1), fn.sum(axis=-1)
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "support": support,
        "macro_precision": _mean_where(precision, used),
        "macro_recall": _mean_where(recall, used),
        "macro_f1": _mean_where(f1, used),
        "weighted_precision": (precision * weights).sum(axis=-1),
        "weighted_recall": (recall * weights).sum(axis=-1),
        "weighted_f1": (f1 * weights).sum(axis=-1),
        "micro_f1": ratio(2 * micro_tp, 2 * micro_tp + micro_fp + micro_fn),
        "balanced_accuracy": _mean_where(recall, support > 0),
    }


def matthews(confusion: Array) -> Array:
    """Matthews correlation `(…,)` of confusion matrices `(…, K, K)` (Gorodkin 2004); 0 where undefined."""
    confusion = confusion.astype(np.float64)
    right = np.trace(confusion, axis1=-2, axis2=-1)
    total = confusion.sum(axis=(-2, -1))
    truth, answer = confusion.sum(axis=-1), confusion.sum(axis=-2)
    covariance = right * total - (truth * answer).sum(axis=-1)
    spread = (total**2 - (truth**2).sum(axis=-1)) * (total**2 - (answer**2).sum(axis=-1))
    return ratio(covariance, np.sqrt(spread))


def log_losses(targets: Array, probabilities: Array) -> Array:
    """−log of the probability of the truth `(N,)`, in nats; for indicators `(N, K)` the mean over labels."""
    if targets.ndim == 1:
        chosen = probabilities[np.arange(len(targets)), targets].astype(np.float64)
        return np.asarray(-np.log(np.maximum(chosen, EPSILON)))
    chosen = np.where(targets, probabilities, 1 - probabilities).astype(np.float64)
    return np.asarray(-np.log(np.maximum(chosen, EPSILON)).mean(axis=1))


def brier_scores(targets: Array, probabilities: Array) -> Array:
    """Squared distance `(N,)` between probabilities and truth.

    Two labels: of the second label alone, in [0, 1], as is usual; K labels: summed over labels, in [0, 2] (Brier 1950);
    several labels: the mean over labels.
    """
    probabilities = probabilities.astype(np.float64)
    if targets.ndim == 2:
        return np.asarray(((probabilities - targets) ** 2).mean(axis=1))
    count = probabilities.shape[1]
    if count == 2:
        return np.asarray((probabilities[:, 1] - targets) ** 2)
    return np.asarray(((probabilities - np.eye(count)[targets]) ** 2).sum(axis=1))


def ratio(above: Array, below: Array) -> Array:
    """`above / below`, 0 where `below` is 0."""
    above, below = np.asarray(above, np.float64), np.asarray(below, np.float64)
    return np.divide(above, below, out=np.zeros(np.broadcast(above, below).shape), where=below != 0)


def _mean_where(values: Array, use: Array) -> Array:
    return ratio(np.where(use, values, 0).sum(axis=-1), use.sum(axis=-1))
