"""All numbers about one model's answers on one dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.metrics import scores
from maeum.metrics.calibration import expected_calibration_error, reliability
from maeum.metrics.curves import precision_recall, roc
from maeum.metrics.intervals import bootstrap, confusion_intervals, mean_intervals, wilson
from maeum.metrics.several import by_threshold, correlations
from maeum.metrics.slices import slices_of
from maeum.schema import ClassPredictions, Curve, Dataset, Evaluation, Labels, Mistake

Array = NDArray[Any]
MISTAKES: Final = 50
CURVE_LABELS: Final = 50
SEVERAL_RESAMPLES: Final = 200


def evaluate_classes(
    data: Dataset, predictions: ClassPredictions, *, seed: int = 0, model: str = "", notes: tuple[Any, ...] = ()
) -> Evaluation:
    """Judge class predictions `(N, K)` against the N labels of `data`; both have the same labels in the same order."""
    judge = _judge_several if predictions.several else _judge_single
    return judge(data, predictions, seed, model, (*data.notes, *notes))


def _judge_single(
    data: Dataset, predictions: ClassPredictions, seed: int, model: str, notes: tuple[Any, ...]
) -> Evaluation:
    targets, probabilities, labels = data.targets, predictions.probabilities, predictions.labels
    right = predictions.indices == targets
    confusion = scores.confusion_matrix(targets, predictions.indices, len(labels))
    counts = scores.counts_of(confusion)
    family = scores.f1_family(counts)
    losses, briers = scores.log_losses(targets, probabilities), scores.brier_scores(targets, probabilities)
    bins = reliability(predictions.confidence, right)
    truth = np.eye(len(labels), dtype=np.bool_)[targets]
    rocs, prs = _curves(labels, truth, probabilities)
    metrics: dict[str, Any] = {
        "accuracy": float(right.mean()),
        **{name: float(family[name]) for name in ("macro_f1", "micro_f1", "weighted_f1", "balanced_accuracy")},
        "mcc": float(scores.matthews(confusion)),
        "log_loss": float(losses.mean()),
        "brier": float(briers.mean()),
        "ece": expected_calibration_error(bins),
        "majority_baseline": float(confusion.sum(axis=1).max() / len(targets)),
        **_areas(labels, rocs, prs),
        **_averages(family),
        "per_class": per_class(labels, counts, family),
    }
    intervals = confusion_intervals(confusion, seed)
    intervals |= {"log_loss": mean_intervals(losses), "brier": mean_intervals(briers)}
    if (
        right.all() or not right.any()
    ):  # resampling cannot move a score without a single exception; Wilson's interval can
        intervals |= dict.fromkeys(("accuracy", "micro_f1"), wilson(int(right.sum()), len(right)))
    return Evaluation(
        data=_name(data),
        task=data.task,
        labels=labels,
        count=len(data),
        metrics=metrics,
        intervals=intervals,
        confusion=tuple(tuple(row) for row in confusion.tolist()),
        roc=rocs,
        precision_recall=prs,
        reliability=bins,
        slices=slices_of(data, right.astype(np.float64)),
        mistakes=_mistakes(data, predictions, right),
        notes=notes,
        model=model,
    )


def _judge_several(
    data: Dataset, predictions: ClassPredictions, seed: int, model: str, notes: tuple[Any, ...]
) -> Evaluation:
    targets, probabilities, labels = data.targets, predictions.probabilities, predictions.labels
    given = predictions.decide()
    counts = scores.binary_counts(targets, given)
    family = scores.f1_family(counts)
    overlap, sizes = (targets & given).sum(axis=1), targets.sum(axis=1) + given.sum(axis=1)
    per_row = np.where(sizes == 0, 1.0, scores.ratio(2 * overlap, sizes))
    exact = (targets == given).all(axis=1)
    losses, briers = scores.log_losses(targets, probabilities), scores.brier_scores(targets, probabilities)
    bins = reliability(probabilities.ravel(), targets.ravel())
    rocs, prs = _curves(labels, targets, probabilities)
    metrics: dict[str, Any] = {
        "accuracy": float(exact.mean()),
        "subset_accuracy": float(exact.mean()),
        **{name: float(family[name]) for name in ("macro_f1", "micro_f1", "weighted_f1")},
        "samples_f1": float(per_row.mean()),
        "hamming_loss": float((targets != given).mean()),
        "lrap": _lrap(targets, probabilities),
        "mcc": _flat_matthews(targets, given),
        "log_loss": float(losses.mean()),
        "brier": float(briers.mean()),
        "ece": expected_calibration_error(bins),
        **_areas(labels, rocs, prs),
        **_averages(family),
        "per_class": per_class(labels, counts, family),
        "by_threshold": by_threshold(targets, predictions),
    }

    def resampled(name: str) -> tuple[float, float]:
        def score(rows: Array) -> Array:
            return scores.f1_family(scores.binary_counts(targets[rows], given[rows]))[name]

        return bootstrap(score, len(targets), seed, SEVERAL_RESAMPLES)

    intervals = {name: resampled(name) for name in ("macro_f1", "micro_f1")}
    means = {"samples_f1": per_row, "subset_accuracy": exact, "accuracy": exact, "log_loss": losses, "brier": briers}
    intervals |= {name: mean_intervals(values.astype(np.float64)) for name, values in means.items()}
    return Evaluation(
        data=_name(data),
        task=data.task,
        labels=labels,
        count=len(data),
        metrics=metrics,
        intervals=intervals,
        roc=rocs,
        precision_recall=prs,
        reliability=bins,
        slices=slices_of(data, per_row),
        mistakes=_several_mistakes(data, predictions, given, exact),
        correlations=correlations(targets, given),
        notes=notes,
        model=model,
    )


def per_class(labels: Labels, counts: Mapping[str, Array], family: Mapping[str, Array]) -> dict[str, dict[str, float]]:
    """The classification report: for each label precision, recall, f1, support, tp, fp, fn, tn."""
    return {
        label: {
            **{name: float(family[name][k]) for name in ("precision", "recall", "f1")},
            "support": int(family["support"][k]),
            **{name: int(counts[name][k]) for name in ("tp", "fp", "fn", "tn")},
        }
        for k, label in enumerate(labels)
    }


def _averages(family: Mapping[str, Array]) -> dict[str, dict[str, float]]:
    support = int(family["support"].sum())
    return {
        f"{kind}_avg": {
            **{name: float(family[f"{kind}_{name}"]) for name in ("precision", "recall", "f1")},
            "support": support,
        }
        for kind in ("macro", "weighted")
    }


def _curves(labels: Labels, truth: Array, probabilities: Array) -> tuple[dict[str, Curve], dict[str, Curve]]:
    """ROC and PR by label; with two labels the second alone tells all."""
    shown = [1] if truth.shape[1] == 2 and (truth.sum(axis=1) == 1).all() else range(min(len(labels), CURVE_LABELS))
    rocs = {labels[k]: roc(truth[:, k], probabilities[:, k]) for k in shown}
    prs = {labels[k]: precision_recall(truth[:, k], probabilities[:, k]) for k in shown}
    return {k: v for k, v in rocs.items() if v}, {k: v for k, v in prs.items() if v}


def _areas(labels: Labels, rocs: Mapping[str, Curve], prs: Mapping[str, Curve]) -> dict[str, float]:
    if not rocs:
        return {}
    area = float(np.mean([curve.area for curve in rocs.values()]))
    precision = float(np.mean([curve.area for curve in prs.values()]))
    if len(labels) == 2 and len(rocs) == 1:
        return {"roc_auc": area, "average_precision": precision}
    return {"macro_auroc": area, "macro_average_precision": precision}


def _lrap(targets: Array, probabilities: Array) -> float:
    from sklearn.metrics import label_ranking_average_precision_score

    return float(label_ranking_average_precision_score(targets, probabilities))


def _flat_matthews(targets: Array, given: Array) -> float:
    return float(scores.matthews(scores.confusion_matrix(targets.ravel(), given.ravel(), 2)))


def _mistakes(data: Dataset, predictions: ClassPredictions, right: Array) -> tuple[Mistake, ...]:
    wrong = np.flatnonzero(~right)
    surest = wrong[np.argsort(-predictions.confidence[wrong], kind="stable")][:MISTAKES]
    labels, expected = predictions.labels, data.targets
    return tuple(
        Mistake(
            id=data.ids[i],
            text=_text(data, i),
            expected=labels[expected[i]],
            predicted=labels[predictions.indices[i]],
            confidence=float(predictions.confidence[i]),
            expected_probability=float(predictions.probabilities[i, expected[i]]),
        )
        for i in surest.tolist()
    )


def _several_mistakes(data: Dataset, predictions: ClassPredictions, given: Array, exact: Array) -> tuple[Mistake, ...]:
    """The examples whose labels together were least expected."""
    losses = scores.log_losses(data.targets, predictions.probabilities)
    wrong = np.flatnonzero(~exact)
    worst = wrong[np.argsort(-losses[wrong], kind="stable")][:MISTAKES]
    labels = predictions.labels

    def names(row: Array) -> str:
        return ", ".join(labels.decode(np.flatnonzero(row)))

    return tuple(
        Mistake(
            id=data.ids[i],
            text=_text(data, i),
            expected=names(data.targets[i]),
            predicted=names(given[i]),
            confidence=float(predictions.probabilities[i].max()),
            expected_probability=float(np.exp(-losses[i])),
        )
        for i in worst.tolist()
    )


def _text(data: Dataset, row: int) -> str:
    value = data.inputs[row]
    return value if isinstance(value, str) else " ⟂ ".join(value)


def _name(data: Dataset) -> str:
    return f"{data.name}:{data.split}" if data.split else data.name
