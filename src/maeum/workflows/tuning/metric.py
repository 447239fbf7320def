"""Which metrics there are for some data: those that a judgement on them holds."""

from __future__ import annotations

import numpy as np

from maeum.errors import UsageError
from maeum.metrics.evaluate import evaluate_classes
from maeum.schema import ClassPredictions, Task
from maeum.workflows.prepare import Prepared

ROWS = 200  # enough to see which metrics there are
_NO_SCORE = ("majority_baseline",)  # the same whatever the model


def known_metrics(part: Prepared) -> list[str]:
    """Names of the metrics by which a model is judged on the validation rows.

    Raises:
        UsageError: No rows are held out.
    """
    data = part.validation
    if data is None or not len(data) or data.labels is None:
        raise UsageError("tune.no_validation")
    data = data.take(np.arange(len(data)) < ROWS)
    labels = part.validation.labels if part.validation is not None else None
    assert labels is not None
    width = len(labels)
    even = np.full((len(data), width), 1 / width, np.float32)
    several = data.task is Task.MULTI_LABEL
    thresholds = np.full(width, 0.5, np.float32) if several else None
    found = evaluate_classes(data, ClassPredictions(labels, even, several=several, thresholds=thresholds))
    return [name for name, value in found.metrics.items() if isinstance(value, float) and name not in _NO_SCORE]
