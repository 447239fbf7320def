"""Rows of the page's tables: facts of the data, parts of the data, mistakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from maeum.messages import say
from maeum.report import contents, words
from maeum.report.formats import metric_range, metric_value, percent
from maeum.schema import Evaluation, Slice

MAX_MISTAKES: Final = 30
MAX_CHARACTERS: Final = 600  # of a mistake's text; the rest is counted
MAX_PIECES: Final = 20  # of the telling pieces of a class

Telling = Mapping[str, Sequence[tuple[str, float]]]


@dataclass(frozen=True)
class Part:
    """One part of the data, ready to print; `differs` is `below`, `above` or `same`."""

    name: str
    count: str
    score: str
    range: str
    differs: str


@dataclass(frozen=True)
class MistakeRow:
    """One wrong answer, ready to print."""

    id: str
    text: str
    cut: str
    expected: str
    predicted: str
    confidence: str
    expected_probability: str


def summary_rows(evaluation: Evaluation, dataset_summary: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was judged, then the facts of the data as they were given."""
    rows = [
        (say("report.model"), evaluation.model or say("report.model_unnamed")),
        (say("report.the_data"), evaluation.data),
        (say("report.task"), say(f"report.task_{evaluation.task.value}")),
        (say("report.count_of"), say("report.cases", count=evaluation.count)),
        (say("report.labels_of"), f"{len(evaluation.labels):,}"),
    ]
    return rows + [(str(name), contents.plain(value)) for name, value in dataset_summary.items()]


def part_rows(evaluation: Evaluation) -> list[Part]:
    """The parts of the data in their order, each against the whole."""
    whole = words.overall_score(evaluation)
    if whole is None:
        return []
    name, overall = whole
    return [
        Part(
            name=words.slice_name(part),
            count=f"{part.count:,}",
            score=metric_value(name, part.accuracy),
            range=metric_range(name, (part.low, part.high)),
            differs=against(part, overall),
        )
        for part in evaluation.slices
    ]


def against(part: Slice, overall: float) -> str:
    """Whether a part's whole interval lies `below` or `above` the value on all data; else `same`."""
    return "below" if part.high < overall else "above" if part.low > overall else "same"


def telling_rows(evaluation: Evaluation, telling: Telling) -> list[tuple[str, list[str], str]]:
    """By class its title, its most telling pieces with spaces made visible, and how many more there are."""
    rows = []
    for label, pairs in telling.items():
        pieces = [spelling.replace(" ", "␣") for spelling, _ in pairs[:MAX_PIECES]]
        rest = len(pairs) - len(pieces)
        more = say("report.telling_more", count=rest) if rest > 0 else ""
        if pieces:
            rows.append((evaluation.labels.title(label), pieces, more))
    return rows


def mistake_rows(evaluation: Evaluation) -> list[MistakeRow]:
    """The surest wrong answers, at most 30."""
    return [
        MistakeRow(
            id=mistake.id,
            text=mistake.text[:MAX_CHARACTERS].strip() or say("report.empty_text"),
            cut=_cut(mistake.text),
            expected=contents.label_titles(evaluation, mistake.expected),
            predicted=contents.label_titles(evaluation, mistake.predicted),
            confidence=percent(mistake.confidence),
            expected_probability=percent(mistake.expected_probability),
        )
        for mistake in evaluation.mistakes[:MAX_MISTAKES]
    ]


def _cut(text: str) -> str:
    rest = len(text) - MAX_CHARACTERS
    return "… " + say("report.text_cut", count=rest) if rest > 0 else ""
