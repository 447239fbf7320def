"""What a page shows of several labels a text alone: what thresholds are worth, and which labels go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from maeum.messages import say
from maeum.report.contents import BY_THRESHOLD
from maeum.report.formats import decimal
from maeum.schema import Evaluation

OWN: Final = "own"


@dataclass(frozen=True)
class ThresholdRow:
    """One label, ready to print; `best` says which of the columns is the highest."""

    name: str
    threshold: str
    scores: tuple[str, ...]
    best: int


@dataclass(frozen=True)
class ThresholdTable:
    """F1 by threshold: `heads` of the columns, a row per label, and below them macro and micro F1."""

    heads: tuple[str, ...]
    rows: tuple[ThresholdRow, ...]
    wholes: tuple[ThresholdRow, ...]
    sentence: str


def threshold_table(evaluation: Evaluation) -> ThresholdTable | None:
    """The table of an evaluation of several labels; None of another."""
    found: Mapping[str, Any] = evaluation.metrics.get(BY_THRESHOLD) or {}
    if not found:
        return None
    ways = [name for name in found if name != "per_class"]
    rows = tuple(_row(evaluation.labels.title(name), one, ways) for name, one in found["per_class"].items())
    wholes = tuple(
        _row(say(f"meanings.name_{of}"), {way: found[way][of] for way in ways}, ways) for of in ("macro_f1", "micro_f1")
    )
    others = [way for way in ways if way != OWN]
    better = sum(all(one[OWN] >= one[way] for way in others) for one in found["per_class"].values())
    heads = tuple(say("multi_label.own") if way == OWN else say("multi_label.fixed", value=way) for way in ways)
    return ThresholdTable(heads, rows, wholes, say("multi_label.better", count=better, all=len(rows)))


def _row(name: str, values: Mapping[str, float], ways: list[str]) -> ThresholdRow:
    scores = [values[way] for way in ways]
    threshold = f"{values['threshold']:.2f}" if "threshold" in values else ""
    return ThresholdRow(name, threshold, tuple(map(decimal, scores)), scores.index(max(scores)))
