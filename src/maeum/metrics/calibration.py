"""Confidence against truth: measured (bins, expected calibration error) and mended (scores to probabilities)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.schema import Reliability

Array = NDArray[Any]
LOG_SLOPE_BOUNDS: Final = (-5.0, 5.0)  # keeps the exponential finite while the search is under way
APART: Final = 0.25  # standard deviation of labels' log slopes around their common one; measured on KOTE
APART_BOUND: Final = 3.0
MAX_STEPS: Final = 500
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
    positive = int(targets.sum())
    high, low = (positive + 1) / (positive + 2), 1 / (len(targets) - positive + 2)
    wanted = np.where(targets, high, low)

    def loss(slope: float, offsets: Array) -> tuple[float, float, Array]:
        z = slope * scores + offsets[0]
        error = sigmoid(z) - wanted
        return float((np.logaddexp(0, z) - wanted * z).sum()), float(error @ scores), error.sum(keepdims=True)

    slope, offsets = _fit(loss, len(targets), 1)
    return slope, float(offsets[0])


def fit_sigmoids(scores: Array, targets: Array, *, one_slope: bool = False) -> tuple[Array, Array]:
    """Slopes and offsets `(K,)` of `sigmoid(slope_k · score_k + offset_k)` with the least log loss, for several labels.

    Slopes are drawn towards a common one, which is what labels with few examples get (a normal prior on their
    logarithms); offsets towards 0, with the weight of about one example.

    Args:
        scores: `(N, K)`.
        targets: Indicators `(N, K)`.
        one_slope: The same slope for all labels.
    """
    from scipy.optimize import minimize

    width, count = scores.shape[1], max(len(scores), 1)

    def penalised(parameters: Array) -> tuple[float, Array]:
        common, apart, offsets = parameters[0], parameters[1 : 1 + width], parameters[1 + width :]
        slopes = np.exp(common + apart)
        z = slopes * scores + offsets
        error = sigmoid(z) - targets
        value = float((np.logaddexp(0, z) - targets * z).sum())
        value += 0.5 * float(common**2 + (apart @ apart) / APART**2 + offsets @ offsets)
        by_slopes = (error * scores).sum(axis=0) * slopes
        parts = [[by_slopes.sum() + common], by_slopes + apart / APART**2, error.sum(axis=0) + offsets]
        return value / count, np.concatenate(parts) / count

    reach = 0.0 if one_slope else APART_BOUND
    bounds = [LOG_SLOPE_BOUNDS, *[(-reach, reach)] * width, *[(None, None)] * width]
    options = {"maxiter": MAX_STEPS}
    start = np.zeros(1 + 2 * width)
    found = minimize(penalised, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    return np.exp(found[0] + found[1 : 1 + width]), found[1 + width :]


def fit_softmax(scores: Array, targets: Array) -> tuple[float, Array]:
    """Slope and offsets `(K,)` of `softmax(slope · scores + offsets)` with the least log loss.

    One slope keeps the order of the scores, as temperature scaling does (Guo et al. 2017); the offsets set the prior.

    Args:
        scores: `(N, K)`.
        targets: Indices `(N,)`.
    """
    truth = np.eye(scores.shape[1])[targets]

    def loss(slope: float, offsets: Array) -> tuple[float, float, Array]:
        probabilities = softmax(slope * scores + offsets)
        error = probabilities - truth
        value = -np.log(np.maximum((probabilities * truth).sum(axis=1), 1e-300)).sum()
        return float(value), float((error * scores).sum()), error.sum(axis=0)

    return _fit(loss, len(targets), scores.shape[1])


def _fit(loss: Callable[[float, Array], tuple[float, float, Array]], count: int, width: int) -> tuple[float, Array]:
    """Slope and offsets of the least `loss`, which gives its value and its slopes by both.

    The slope is fitted as a logarithm, so it stays positive, and both have a standard normal prior around 1 and 0: it
    weighs as much as about one example, so it decides only where there are hardly any, and keeps the offset of a label
    that the examples never show finite.
    """
    from scipy.optimize import minimize

    def penalised(parameters: Array) -> tuple[float, Array]:
        log_slope, offsets = parameters[0], parameters[1:]
        slope = float(np.exp(log_slope))
        value, by_slope, by_offsets = loss(slope, offsets)
        whole = value + 0.5 * float(parameters @ parameters)
        return whole / count, np.concatenate([[by_slope * slope + log_slope], by_offsets + offsets]) / count

    bounds = [LOG_SLOPE_BOUNDS, *[(None, None)] * width]
    found = minimize(penalised, np.zeros(width + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(np.exp(found[0])), found[1:]
