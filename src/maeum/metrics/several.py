"""What is judged of several labels a text alone: how labels go together, and what their own thresholds are worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.metrics import scores
from maeum.schema import ClassPredictions, Labels

Array = NDArray[Any]
FIXED: Final = (0.3, 0.5)  # thresholds that a model's own are held against
OWN: Final = "own"
MOST: Final = 100  # labels up to which their correlations are kept: beyond, nobody can look at them


def phi(given: Array) -> NDArray[np.float64]:
    """Phi coefficients `(K, K)` of indicators `(N, K)`: Pearson's correlation of two labels (Yule 1912).

    0 for a label that all rows or none have, with itself too.
    """
    exact = given.astype(np.float64)
    centred = exact - exact.mean(axis=0) if len(exact) else exact
    together = centred.T @ centred
    spread = np.sqrt(np.outer(np.diag(together), np.diag(together)))
    return np.clip(scores.ratio(together, spread), -1, 1)


def correlations(targets: Array, given: Array) -> dict[str, tuple[tuple[float, ...], ...]]:
    """Phi coefficients of the labels in the `data` and of those the `model` gives; none for more than `MOST` labels."""
    if not 1 < targets.shape[1] <= MOST:
        return {}
    found = {"data": phi(targets), "model": phi(given)}
    return {name: tuple(tuple(row) for row in np.round(values, 4).tolist()) for name, values in found.items()}


def by_threshold(targets: Array, predictions: ClassPredictions) -> dict[str, Any]:
    """F1 by the model's own thresholds beside fixed ones, for the whole and label by label.

        {"own": {"macro_f1": …, "micro_f1": …}, "0.3": {…}, "0.5": {…},
         "per_class": {"기쁨": {"threshold": 0.27, "own": 0.51, "0.3": 0.49, "0.5": 0.31}, …}}

    Args:
        targets: Indicators `(N, K)`.
        predictions: Of several labels, with thresholds or 0.5 each.
    """
    ways: dict[str, float | None] = {OWN: None, **{str(one): one for one in FIXED}}
    found = {
        name: scores.f1_family(scores.binary_counts(targets, predictions.decide(limit))) for name, limit in ways.items()
    }
    whole = {name: {of: float(one[of]) for of in ("macro_f1", "micro_f1")} for name, one in found.items()}
    return {**whole, "per_class": _by_label(predictions.labels, predictions.thresholds, found)}


def _by_label(
    labels: Labels, thresholds: Array | None, found: Mapping[str, Mapping[str, Array]]
) -> dict[str, dict[str, float]]:
    limits = np.full(len(labels), 0.5) if thresholds is None else thresholds
    return {
        label: {"threshold": float(limits[k]), **{name: float(one["f1"][k]) for name, one in found.items()}}
        for k, label in enumerate(labels)
    }
