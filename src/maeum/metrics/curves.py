"""ROC and precision-recall curves, thinned for drawing."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.schema import Curve

Array = NDArray[Any]
POINTS: Final = 200


def roc(truth: Array, probability: Array) -> Curve | None:
    """ROC of one label; None when the data have only one side of it.

    Args:
        truth: `(N,)` bool.
        probability: `(N,)`.
    """
    if truth.all() or not truth.any():
        return None
    from sklearn.metrics import auc, roc_curve

    fpr, tpr, _ = roc_curve(truth, probability)
    return _thin(fpr, tpr, float(auc(fpr, tpr)))


def precision_recall(truth: Array, probability: Array) -> Curve | None:
    """Precision over recall of one label, with average precision as area; None when the data never have it."""
    if not truth.any():
        return None
    from sklearn.metrics import average_precision_score, precision_recall_curve

    precision, recall, _ = precision_recall_curve(truth, probability)
    return _thin(recall[::-1], precision[::-1], float(average_precision_score(truth, probability)))


def _thin(x: Array, y: Array, area: float) -> Curve:
    keep = np.unique(np.linspace(0, len(x) - 1, min(POINTS, len(x))).round().astype(np.int64))
    return Curve(tuple(np.round(x[keep], 5).tolist()), tuple(np.round(y[keep], 5).tolist()), area)
