"""Confidence against truth: measured (bins, expected calibration error) and mended (scores to probabilities)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.schema import Reliability

Array = NDArray[Any]
BINS: Final = 15  # as in Guo et al. 2017, "On Calibration of Modern Neural Networks"


def reliability(confidence: Array, right: Array, bins: int = BINS) -> Reliability:
    """Mean confidence and share of right answers `(bins,)` in bins of equal width; empty bins are left out.

    Args:
        confidence: `(N,)` in [0, 1].
        right: `(N,)` bool.
        bins: Number of bins.
    """
    which = np.minimum((confidence * bins).astype(np.int64), bins - 1)
    count = np.bincount(which, minlength=bins)
    used = count > 0
    mean = np.bincount(which, weights=confidence, minlength=bins)[used] / count[used]
    accuracy = np.bincount(which, weights=right, minlength=bins)[used] / count[used]
    return Reliability(tuple(mean.tolist()), tuple(accuracy.tolist()), tuple(count[used].tolist()))


def expected_calibration_error(found: Reliability) -> float:
    """Mean distance between confidence and accuracy over bins, weighted by their counts (Naeini et al. 2015)."""
    count = np.array(found.count)
    return float(np.abs(np.subtract(found.confidence, found.accuracy)) @ count / max(count.sum(), 1))


def softmax(scores: Array) -> Array:
    """Probabilities `(N, K)` from scores `(N, K)`."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def sigmoid(scores: Array) -> Array:
    """Probability `(…)` from scores `(…)`, without overflow."""
    return np.asarray(np.exp(-np.logaddexp(0, -scores)))


def fit_sigmoid(scores: Array, targets: Array) -> tuple[float, float]:
    """Slope and offset of `sigmoid(slope · score + offset)` with the least log loss (Platt 1999).

    Args:
        scores: `(N,)`.
        targets: `(N,)` bool; smoothed as Platt does, so that perfect separation keeps finite slopes.
    """
    from scipy.optimize import minimize

    positive = int(targets.sum())
    high, low = (positive + 1) / (positive + 2), 1 / (len(targets) - positive + 2)
    wanted = np.where(targets, high, low)

    def loss(parameters: Array) -> tuple[float, Array]:
        z = parameters[0] * scores + parameters[1]
        error = sigmoid(z) - wanted
        value = float((np.logaddexp(0, z) - wanted * z).mean())
        return value, np.array([(error * scores).mean(), error.mean()])

    found = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B").x
    return float(found[0]), float(found[1])


def fit_softmax(scores: Array, targets: Array) -> tuple[float, Array]:
    """Slope and offsets `(K,)` of `softmax(slope · scores + offsets)` with the least log loss.

    One slope keeps the order of the scores, as temperature scaling does (Guo et al. 2017); the offsets set the prior.

    Args:
        scores: `(N, K)`.
        targets: Indices `(N,)`.
    """
    from scipy.optimize import minimize

    count = scores.shape[1]
    truth = np.eye(count)[targets]
    ridge = 1e-3  # keeps the offset of a label that validation never shows finite

    def loss(parameters: Array) -> tuple[float, Array]:
        slope, offsets = parameters[0], parameters[1:]
        probabilities = softmax(slope * scores + offsets)
        error = (probabilities - truth) / len(targets)
        value = -np.log(np.maximum((probabilities * truth).sum(axis=1), 1e-300)).mean() + ridge * (offsets**2).sum()
        return float(value), np.concatenate([[(error * scores).sum()], error.sum(axis=0) + 2 * ridge * offsets])

    found = minimize(loss, np.concatenate([[1.0], np.zeros(count)]), jac=True, method="L-BFGS-B").x
    return float(found[0]), found[1:]
