"""What the linear families share: one liblinear fit per label, and the row of history that tells how it went."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.messages import say
from maeum.metrics import scores
from maeum.models.linear.settings import Loss
from maeum.progress import progress, tell
from maeum.recipe import ClassWeight, TrainingSettings
from maeum.schema import ClassPredictions, Dataset

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Array = NDArray[Any]
MAX_ITERATIONS: Final = 2000


def indicators(data: Dataset) -> NDArray[np.bool_]:
    """Which labels each example has, `(N, K)`, for one label or several."""
    assert data.labels is not None
    targets = data.targets
    return targets if targets.ndim == 2 else np.eye(len(data.labels), dtype=np.bool_)[targets]


def fit_labels(
    matrix: csr_matrix, truth: Array, c: float, loss: Loss, training: TrainingSettings
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights `(V, K)` and intercepts `(K,)`: each label against the rest; two exclusive labels need one fit."""
    exclusive = truth.shape[1] == 2 and bool((truth.sum(axis=1) == 1).all())
    columns = [1] if exclusive else list(range(truth.shape[1]))
    coefficients = np.zeros((matrix.shape[1], len(columns)), np.float32)
    intercepts = np.zeros(len(columns), np.float32)
    slow = False
    with progress(say("train.fitting"), len(columns), say("train.labels")) as advance:
        for i, column in enumerate(columns):
            wanted = truth[:, column]
            if wanted.all() or not wanted.any():  # a label that all or none have: the intercept alone decides
                intercepts[i] = 10.0 if wanted.all() else -10.0
            else:
                weights, intercept, converged = _fit_one(matrix, wanted, c, loss, training)
                coefficients[:, i], intercepts[i] = weights, intercept
                slow |= not converged
            advance(1)
    if slow:
        tell(say("train.not_converged", iterations=MAX_ITERATIONS))
    return coefficients, intercepts


def _fit_one(
    matrix: csr_matrix, wanted: Array, c: float, loss: Loss, training: TrainingSettings
) -> tuple[Array, float, bool]:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    balanced = "balanced" if training.class_weight is ClassWeight.BALANCED else None
    common = {
        "C": c, "dual": True, "class_weight": balanced, "max_iter": MAX_ITERATIONS,
        "random_state": training.seed,
    }  # fmt: skip
    svm = loss is Loss.SVM
    solver = LinearSVC(**common) if svm else LogisticRegression(solver="liblinear", **common)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        solver.fit(matrix, wanted)
    converged = not any(issubclass(warning.category, ConvergenceWarning) for warning in caught)
    return solver.coef_[0], float(solver.intercept_[0]), converged


def history_row(
    train: Dataset,
    answers: ClassPredictions,
    validation: Dataset | None,
    judged: ClassPredictions | None,
    seconds: float,
) -> dict[str, float | int | None]:
    """The one row of history of a model that is fitted in one go.

    Args:
        train: What was learnt from.
        answers: The model's answers on it.
        validation: Rows held out.
        judged: The model's answers on them.
        seconds: Of training.
    """
    train_loss, train_accuracy, _ = judge(answers, train)
    found = judge(judged, validation) if judged is not None and validation is not None else (None, None, None)
    return {
        "epoch": 1,
        "step": 1,
        "train_loss": train_loss,
        "train_accuracy": train_accuracy,
        "validation_loss": found[0],
        "validation_accuracy": found[1],
        "validation_macro_f1": found[2],
        "learning_rate": None,
        "examples_per_s": round(len(train) / seconds, 1),
        "seconds": round(seconds, 2),
    }


def judge(answers: ClassPredictions, data: Dataset) -> tuple[float, float, float]:
    """Mean log loss in nats, accuracy, macro F1 of answers on labelled rows."""
    targets = data.targets
    loss = float(scores.log_losses(targets, answers.probabilities).mean())
    if answers.several:
        given = answers.decide()
        family = scores.f1_family(scores.binary_counts(targets, given))
        return loss, float((given == targets).all(axis=1).mean()), float(family["macro_f1"])
    confusion = scores.confusion_matrix(targets, answers.indices, len(answers.labels))
    family = scores.f1_family(scores.counts_of(confusion))
    return loss, float((answers.indices == targets).mean()), float(family["macro_f1"])
