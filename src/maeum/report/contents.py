"""What of an Evaluation is shown, in which order: the same for the page, the Markdown and the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from maeum.report.formats import (
    LOWER_IS_BETTER,
    is_number,
    metric_meaning,
    metric_name,
    metric_range,
    metric_value,
)
from maeum.schema import Evaluation, Task

ORDER: Final = (
    "accuracy",
    "majority_baseline",
    "samples_f1",
    "macro_f1",
    "balanced_accuracy",
    "weighted_f1",
    "micro_f1",
    "mcc",
    "subset_accuracy",
    "roc_auc",
    "macro_auroc",
    "average_precision",
    "macro_average_precision",
    "lrap",
    "hamming_loss",
    "pearson",
    "spearman",
    "ece",
    "brier",
    "log_loss",
)
"""Whole-data metrics as readers want them; unknown ones follow in the order of the evaluation."""

COLUMNS: Final = ("precision", "recall", "f1", "support", "tp", "fp", "fn", "tn")
PER_CLASS: Final = "per_class"
BY_THRESHOLD: Final = "by_threshold"


@dataclass(frozen=True)
class KeyNumber:
    """One number with its words: `name` is its key, `text` and `range` are ready to print."""

    name: str
    title: str
    value: float
    text: str
    range: str
    meaning: str
    lower_is_better: bool


@dataclass(frozen=True)
class ClassRow:
    """The row of one class or average: `name` as the data spell it, `values` by column (absent: not known)."""

    name: str
    title: str
    values: Mapping[str, Any]

    def cell(self, column: str) -> str:
        """The value of a column, ready to print; unknown ones give `–`."""
        value = self.values.get(column)
        if column in COLUMNS[3:] and is_number(value):
            return f"{round(float(value)):,}"
        return metric_value(column, value if value is None or not is_number(value) else float(value))


@dataclass(frozen=True)
class Confusion:
    """A pair of labels that occurs among the mistakes: how often, and its share of the true label's examples."""

    expected: str
    predicted: str
    count: int
    share: float


def several(evaluation: Evaluation) -> bool:
    """Whether an example may have any number of labels."""
    return evaluation.task is Task.MULTI_LABEL


def key_numbers(evaluation: Evaluation) -> list[KeyNumber]:
    """All whole-data metrics that are plain numbers, known ones first."""
    metrics = {name: value for name, value in evaluation.metrics.items() if name not in _doubled(evaluation)}
    known = [name for name in ORDER if name in metrics]
    names = known + [name for name, value in metrics.items() if name not in ORDER and is_number(value)]
    return [
        KeyNumber(
            name=name,
            title=metric_name(name),
            value=float(metrics[name]) if is_number(metrics[name]) else float("nan"),
            text=metric_value(name, metrics[name]),
            range=metric_range(name, evaluation.intervals.get(name)),
            meaning=metric_meaning(name),
            lower_is_better=name in LOWER_IS_BETTER,
        )
        for name in names
    ]


def _doubled(evaluation: Evaluation) -> set[str]:
    """With several labels accuracy is the exact-set accuracy: shown once, under the name that says what it is."""
    return {"accuracy"} if several(evaluation) and "subset_accuracy" in evaluation.metrics else set()


def class_rows(evaluation: Evaluation) -> list[ClassRow]:
    """One row per class, in the order of the labels; classes the labels do not know follow."""
    per_class = evaluation.metrics.get(PER_CLASS) or {}
    names = [name for name in evaluation.labels if name in per_class]
    names += [name for name in per_class if name not in evaluation.labels.index_of]
    return [ClassRow(name, evaluation.labels.title(name), per_class[name]) for name in names]


def average_rows(evaluation: Evaluation) -> list[ClassRow]:
    """The rows below the classes: macro average, weighted average, and others that have precision or F1."""
    return [
        ClassRow(name, metric_name(name), value)
        for name, value in evaluation.metrics.items()
        if name != PER_CLASS and isinstance(value, Mapping) and {"precision", "f1"} & value.keys()
    ]


def shown_columns(rows: list[ClassRow]) -> list[str]:
    """The columns that at least one row knows."""
    return [column for column in COLUMNS if any(column in row.values for row in rows)]


def other_numbers(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """What remains of the metrics (thresholds, texts …) as name and printable value, so that nothing is hidden."""
    shown = {number.name for number in key_numbers(evaluation)}
    shown |= {row.name for row in average_rows(evaluation)} | {PER_CLASS, BY_THRESHOLD} | _doubled(evaluation)
    for name, value in evaluation.metrics.items():
        if name not in shown:
            yield metric_name(name), plain(value)


def plain(value: Any) -> str:
    """Any value of a mapping that people may put in, printable on one line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {plain(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(plain(inner) for inner in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return metric_value("", value) if is_number(value) else str(value)


def confusions(evaluation: Evaluation) -> list[Confusion]:
    """All pairs of labels that were taken for each other, the most frequent first."""
    names = evaluation.labels.names
    pairs = [
        Confusion(names[i], names[j], count, count / sum(row))
        for i, row in enumerate(evaluation.confusion)
        for j, count in enumerate(row)
        if count and i != j
    ]
    return sorted(pairs, key=lambda pair: -pair.count)


def wrong_count(evaluation: Evaluation) -> int | None:
    """How many answers are wrong, where the confusion matrix tells."""
    if not evaluation.confusion:
        return None
    return evaluation.count - sum(row[i] for i, row in enumerate(evaluation.confusion))


def label_titles(evaluation: Evaluation, names: str) -> str:
    """The title of a label, or of several joined by `, `; what is unknown stays as it is."""
    known = evaluation.labels.index_of
    if names in known:
        return evaluation.labels.title(names)
    parts = names.split(", ")
    return ", ".join(map(evaluation.labels.title, parts)) if all(part in known for part in parts) else names
