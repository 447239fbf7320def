"""What the numbers say, in plain sentences with the numbers inside."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from maeum.messages import listing, say, table
from maeum.report.contents import ClassRow, class_rows, key_numbers, several
from maeum.report.formats import decimal, is_number, metric_name, metric_range, metric_value, percent, speaking
from maeum.schema import Evaluation, Reliability, Slice

FEW_EXAMPLES: Final = 30  # below it a 95 % interval of a share is wider than ±18 points
EVEN_F1: Final = 0.02  # classes whose F1 lie within 2 points of each other are not worth telling apart
CALIBRATED: Final = 0.01  # a gap of 1 point between confidence and truth changes no decision
MIXED_ECE: Final = 0.02
MAX_SLICES: Final = 5

Kind = Literal["good", "bad", "plain"]


@dataclass(frozen=True)
class Finding:
    """One sentence of the verdict and whether it is good news."""

    kind: Kind
    text: str


def headline(evaluation: Evaluation, lang: str | None = None) -> str:
    """The result in one sentence.

    en: Of the 50,000 examples of nsmc:test, the model gets 88.1 % right (95 % interval 87.8–88.4 %); always answering …
    """
    return speaking(lang, lambda: _headline(evaluation))


def verdict(evaluation: Evaluation, lang: str | None = None) -> list[str]:
    """What the numbers say: against the baseline, by class, of its confidence, on parts of the data."""
    return [finding.text for finding in findings(evaluation, lang)]


def findings(evaluation: Evaluation, lang: str | None = None) -> list[Finding]:
    """The sentences of `verdict`, each with whether it is good news."""

    def make() -> list[Finding]:
        return [
            *_against_baseline(evaluation),
            *_by_class(evaluation),
            *_of_confidence(evaluation),
            *_on_parts(evaluation),
        ]

    return speaking(lang, make)


def notes(evaluation: Evaluation, lang: str | None = None) -> list[str]:
    """The facts that limit what the numbers mean, as sentences; a note without a sentence is shown as it is stored."""
    return speaking(lang, lambda: [_note(key, values) for key, values in evaluation.notes])


def overall_score(evaluation: Evaluation) -> tuple[str, float] | None:
    """The metric that slices are measured in, and its value on the whole."""
    name = "samples_f1" if several(evaluation) else "accuracy"
    value = evaluation.metrics.get(name)
    return (name, float(value)) if is_number(value) else None


def slice_by(by: str) -> str:
    """What divides the data, in words where maeum made the division, else the column's name."""
    return say(f"report.by_{by}") if f"by_{by}" in table("report") else by


def slice_value(part: Slice) -> str:
    """Which part it is, in words where maeum made the division, else as the data spell it."""
    key = f"{part.by}_{part.value}"
    return say(f"report.{key}") if part.by == "emoticon" and key in table("report") else part.value


def slice_name(part: Slice) -> str:
    """A part of the data as a name: `text length in characters: 0–9`."""
    return f"{slice_by(part.by)}: {slice_value(part)}"


def _note(key: str, values: Mapping[str, Any]) -> str:
    try:
        return say(key, **values)
    except (KeyError, ImportError):  # saved by another version: its words are not here, its facts are
        return f"{key}: " + ", ".join(f"{name}={value}" for name, value in values.items())


def _headline(evaluation: Evaluation) -> str:
    metrics = evaluation.metrics
    place: dict[str, Any] = {"count": evaluation.count, "data": evaluation.data}
    if several(evaluation) and is_number(metrics.get("samples_f1")):
        start = say("report.headline_several", f1=decimal(float(metrics["samples_f1"])), **place)
        start += _in_brackets(evaluation, "samples_f1")
        if is_number(metrics.get("subset_accuracy")):
            return start + say("report.headline_exact", share=percent(float(metrics["subset_accuracy"])))
        return start + say("report.headline_end")
    if is_number(metrics.get("accuracy")):
        start = say("report.headline", accuracy=percent(float(metrics["accuracy"])), **place)
        start += _in_brackets(evaluation, "accuracy")
        if is_number(metrics.get("majority_baseline")):
            return start + say("report.headline_baseline", baseline=percent(float(metrics["majority_baseline"])))
        return start + say("report.headline_end")
    for number in key_numbers(evaluation)[:1]:
        start = say("report.headline_other", name=number.title, value=number.text, **place)
        return start + _in_brackets(evaluation, number.name) + say("report.headline_end")
    return say("report.headline_nothing", **place) + say("report.headline_end")


def _in_brackets(evaluation: Evaluation, name: str) -> str:
    bounds = metric_range(name, evaluation.intervals.get(name))
    return say("report.headline_interval", interval=say("report.interval", range=bounds)) if bounds else ""


def _against_baseline(evaluation: Evaluation) -> Iterator[Finding]:
    accuracy, baseline = (evaluation.metrics.get(name) for name in ("accuracy", "majority_baseline"))
    if not (is_number(accuracy) and is_number(baseline)):
        return
    accuracy, baseline = float(accuracy), float(baseline)
    values = {"accuracy": percent(accuracy), "baseline": percent(baseline)}
    interval = evaluation.intervals.get("accuracy")
    if interval is None:
        yield Finding("plain" if accuracy > baseline else "bad", say("report.above_unsure", **values))
        return
    low, high = interval
    values["range"] = metric_range("accuracy", interval)
    if low > baseline:
        yield Finding("good", say("report.better", **values))
    elif high < baseline:
        yield Finding("bad", say("report.worse", **values))
    else:
        yield Finding("bad", say("report.not_better", **values))


def _by_class(evaluation: Evaluation) -> Iterator[Finding]:
    rows = class_rows(evaluation)
    seen = [row for row in rows if row.values.get("support") and is_number(row.values.get("f1"))]
    if len(seen) > 1:
        weakest, strongest = (best(seen, key=lambda row: float(row.values["f1"])) for best in (min, max))
        if float(strongest.values["f1"]) - float(weakest.values["f1"]) <= EVEN_F1:
            yield Finding("good", _even(weakest, strongest))
        else:
            yield Finding("plain", _weakest(weakest))
    unseen = [row.title for row in rows if row.values.get("support") == 0]
    if unseen:
        shown = listing(unseen, 10)
        yield Finding("bad", say("report.classes_unseen", count=len(unseen), all=len(rows), labels=shown))


def _even(weakest: ClassRow, strongest: ClassRow) -> str:
    return say(
        "report.classes_even",
        low=weakest.cell("f1"),
        low_label=weakest.title,
        high=strongest.cell("f1"),
        high_label=strongest.title,
    )


def _weakest(row: ClassRow) -> str:
    missed, given = row.values.get("fn", 0), row.values.get("fp", 0)
    key = "weakest_missed" if missed > given else "weakest_given" if given > missed else "weakest"
    support = int(row.values["support"])
    text = say(
        f"report.{key}",
        label=row.title,
        support=support,
        **{column: row.cell(column) for column in ("f1", "precision", "recall")},
    )
    few = say("report.few_examples", label=row.title, support=support)
    return f"{text} {few}" if support < FEW_EXAMPLES else text


def _of_confidence(evaluation: Evaluation) -> Iterator[Finding]:
    bins, ece = evaluation.reliability, evaluation.metrics.get("ece")
    if bins is None or not sum(bins.count) or not is_number(ece):
        return
    ece = float(ece)
    confidence, accuracy = _means(bins)
    error = math.sqrt(max(accuracy * (1 - accuracy), 1e-12) / sum(bins.count))
    gap = confidence - accuracy
    kind: Kind = "bad"
    if abs(gap) >= CALIBRATED and abs(gap) > 1.96 * error:
        key = "over_confident" if gap > 0 else "under_confident"
    elif ece >= MIXED_ECE and ece > 2 * chance_ece(bins):
        key = "mixed_confident"
    else:
        key, kind = "well_calibrated", "good"
    key += "_several" if several(evaluation) else ""
    values = {"confidence": percent(confidence), "accuracy": percent(accuracy), "ece": decimal(ece)}
    yield Finding(kind, say(f"report.{key}", **values))


def _means(bins: Reliability) -> tuple[float, float]:
    """Mean confidence and share right over all bins."""
    total = sum(bins.count)
    parts = zip(bins.confidence, bins.accuracy, bins.count, strict=True)
    sums = [(confidence * count, accuracy * count) for confidence, accuracy, count in parts]
    return sum(a for a, _ in sums) / total, sum(b for _, b in sums) / total


def chance_ece(bins: Reliability) -> float:
    """The ECE that a perfectly calibrated model would show on data of this size.

    In a bin of n answers given with confidence c, the share right strays by sqrt(c (1 - c) / n); the mean of its
    absolute value is sqrt(2 / π) times that (normal approximation).
    """
    total = sum(bins.count)
    strays = (
        count / total * math.sqrt(max(confidence * (1 - confidence), 0) / count)
        for confidence, count in zip(bins.confidence, bins.count, strict=True)
        if count
    )
    return math.sqrt(2 / math.pi) * sum(strays)


def _on_parts(evaluation: Evaluation) -> Iterator[Finding]:
    whole = overall_score(evaluation)
    if not evaluation.slices or whole is None:
        return
    name, overall = whole
    below = sorted((part for part in evaluation.slices if part.high < overall), key=lambda part: part.accuracy)
    if not below:
        yield Finding("good", say("report.slices_even", count=len(evaluation.slices)))
    for part in below[:MAX_SLICES]:
        yield Finding("bad", _below(part, name, overall))
    if len(below) > MAX_SLICES:
        yield Finding("bad", say("report.slices_more", count=len(below) - MAX_SLICES))


def _below(part: Slice, name: str, overall: float) -> str:
    score, whole = metric_value(name, part.accuracy), metric_value(name, overall)
    if name == "samples_f1":  # a bare 0.512 would not say what it is
        score = f"{metric_name(name)} {score}"
    return say(
        "report.slice_below",
        by=slice_by(part.by),
        value=slice_value(part),
        score=score,
        range=metric_range(name, (part.low, part.high)),
        count=part.count,
        overall=whole,
    )
