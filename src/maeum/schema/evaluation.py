"""How good a model is on given data: numbers only; reports are drawn from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from maeum.errors import ContractError
from maeum.schema.labels import Labels
from maeum.schema.task import Task


@dataclass(frozen=True)
class Curve:
    """A curve of one label: ROC (x = false positive rate, y = true positive rate) or PR (x = recall, y = precision).

    Attributes:
        x: Points, thinned to at most a few hundred for drawing.
        y: Points.
        area: Area under the full curve (for PR: average precision).
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    area: float


@dataclass(frozen=True)
class Reliability:
    """Confidence against truth in bins of equal width; empty bins are left out.

    Attributes:
        confidence: Mean confidence per bin.
        accuracy: Share of right answers per bin.
        count: Examples per bin.
    """

    confidence: tuple[float, ...]
    accuracy: tuple[float, ...]
    count: tuple[int, ...]


@dataclass(frozen=True)
class Slice:
    """The score on a part of the data.

    Attributes:
        by: What divides the data: `length`, `emoticon`, or a metadata column.
        value: Which part.
        count: Examples in it.
        accuracy: Share of right answers; for several labels the samples F1.
        low: Lower end of the 95 % interval (Wilson).
        high: Upper end.
    """

    by: str
    value: str
    count: int
    accuracy: float
    low: float
    high: float


@dataclass(frozen=True)
class Mistake:
    """A wrong answer.

    Attributes:
        id: Of the example.
        text: Its text (pairs joined by ` ⟂ `).
        expected: Label(s) of the data.
        predicted: Label(s) of the model.
        confidence: Probability of the predicted label.
        expected_probability: Probability the model gave to the expected label.
    """

    id: str
    text: str
    expected: str
    predicted: str
    confidence: float
    expected_probability: float


@dataclass(frozen=True)
class Evaluation:
    """Scores of one model on one dataset.

    Attributes:
        data: Name and split of the data, `nsmc:test`.
        task: Of the data.
        labels: Of the data, in its order.
        count: Examples judged.
        metrics: `accuracy`, `macro_f1`, `micro_f1`, `weighted_f1`, `log_loss`, `brier`, `ece`, `mcc`, …, and
            `per_class[label]` = {precision, recall, f1, support, tp, fp, fn, tn}; for several labels also
            `by_threshold`: F1 by the model's own thresholds and by fixed ones.
        intervals: 95 % bootstrap interval by metric.
        confusion: Rows = data, columns = model, `(K, K)` counts; empty for several labels.
        roc: By label.
        precision_recall: By label.
        reliability: Confidence against truth.
        slices: Scores on parts of the data.
        mistakes: Wrong answers the model was most sure of, first the surest.
        notes: Facts that limit what the numbers mean, as (message key, values).
        model: Name of what was judged.
        correlations: For several labels phi coefficients `(K, K)` of the labels in the `data` and of those that the
            `model` gives.
    """

    data: str
    task: Task
    labels: Labels
    count: int
    metrics: Mapping[str, Any]
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    confusion: tuple[tuple[int, ...], ...] = ()
    roc: Mapping[str, Curve] = field(default_factory=dict)
    precision_recall: Mapping[str, Curve] = field(default_factory=dict)
    reliability: Reliability | None = None
    slices: tuple[Slice, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    notes: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    model: str = ""
    correlations: Mapping[str, tuple[tuple[float, ...], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.confusion and (len(self.confusion) != len(self.labels) or sum(map(sum, self.confusion)) != self.count):
            raise ContractError(
                "common.contract", what="confusion", expected=f"{self.count} examples", found=self.confusion
            )

    def to_json(self) -> dict[str, Any]:
        """A JSON mapping that `from_json` reads back."""
        return {**asdict(self), "task": self.task.value, "labels": self.labels.to_json()}

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Evaluation:
        """An Evaluation from what `to_json` wrote."""

        def curves(name: str) -> dict[str, Curve]:
            return {k: Curve(tuple(c["x"]), tuple(c["y"]), c["area"]) for k, c in saved[name].items()}

        bins = saved["reliability"]
        return cls(
            **{name: saved[name] for name in ("data", "count", "metrics", "model")},
            task=Task(saved["task"]),
            labels=Labels.from_json(saved["labels"]),
            intervals={name: (low, high) for name, (low, high) in saved["intervals"].items()},
            confusion=tuple(tuple(row) for row in saved["confusion"]),
            roc=curves("roc"),
            precision_recall=curves("precision_recall"),
            reliability=Reliability(**{k: tuple(v) for k, v in bins.items()}) if bins else None,
            slices=tuple(Slice(**part) for part in saved["slices"]),
            mistakes=tuple(Mistake(**mistake) for mistake in saved["mistakes"]),
            notes=tuple((key, values) for key, values in saved["notes"]),
            correlations={name: tuple(map(tuple, one)) for name, one in saved.get("correlations", {}).items()},
        )
