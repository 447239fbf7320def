"""How the training went, for the page of a run: curves, the best epoch, the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from maeum.messages import say
from maeum.metrics.learning import Kind as Verdict
from maeum.metrics.learning import Score, learning_verdict
from maeum.report.formats import percent
from maeum.report.page_plots import Plot, inlined
from maeum.report.plots import learning_curves
from maeum.report.words import Finding, Kind

Row = Mapping[str, float | int | None]
COLUMNS: Final = ("epoch", "train_loss", "validation_loss", "train_accuracy", "validation_accuracy",
                  "validation_macro_f1", "learning_rate")  # fmt: skip
_BAD: Final = frozenset({Verdict.NOT_GENERALISING, Verdict.OVERFITTING, Verdict.NOT_FINITE})


@dataclass(frozen=True)
class Learning:
    """The epochs of a training.

    Attributes:
        rows: As in `history.csv`.
        by: What the best epoch was chosen by: `loss`, `accuracy`, `macro_f1`.
        score: What should rise.
    """

    rows: Sequence[Row]
    by: str = "macro_f1"
    score: Score = Score.ACCURACY

    @property
    def best(self) -> int | None:
        """Position of the best epoch; None without validation."""
        return best_epoch(self.rows, self.by)


@dataclass(frozen=True)
class LearningRow:
    """An epoch, ready to print."""

    cells: list[str]
    best: bool


@dataclass(frozen=True)
class LearningPart:
    """The section, ready to print."""

    best: str
    verdict: list[Finding]
    plot: Plot
    heads: list[str]
    rows: list[LearningRow]


def best_epoch(rows: Sequence[Row], by: str) -> int | None:
    """Position of the best epoch on validation; None without validation. Of equal ones, the first.

    Args:
        rows: As in `history.csv`.
        by: `loss` (smallest), `accuracy` or `macro_f1` (largest).
    """
    sign = -1 if by == "loss" else 1
    values = ((at, row[f"validation_{by}"]) for at, row in enumerate(rows))
    found = [(sign * float(value), -at) for at, value in values if value is not None and value == value]
    return -max(found)[1] if found else None


def learning_part(learning: Learning | None, validation_rows: int) -> LearningPart | None:
    """The section about the epochs, validated on so many rows; None where there are fewer than two epochs."""
    if learning is None or len(learning.rows) < 2:
        return None
    best = learning.best
    sentence = _best_sentence(learning, best)
    label = say("report.plot_learning_alt", sentence=sentence)
    return LearningPart(
        best=sentence,
        verdict=_verdict(learning, validation_rows),
        plot=inlined(learning_curves(learning.rows, best), label),
        heads=[say(f"report.head_{name}") for name in COLUMNS],
        rows=[
            LearningRow([_cell(name, row[name]) for name in COLUMNS], at == best)
            for at, row in enumerate(learning.rows)
        ],
    )


def _best_sentence(learning: Learning, best: int | None) -> str:
    if best is None:
        return say("report.learning_unjudged", count=len(learning.rows))
    row = learning.rows[best]
    value = row[f"validation_{learning.by}"]
    assert value is not None
    shown = percent(float(value)) if learning.by == "accuracy" else f"{value:.4f}"
    what = say(f"report.watched_{learning.by}")
    return say("report.learning_best", epoch=row["epoch"], count=len(learning.rows), what=what, value=shown)


def _verdict(learning: Learning, validation_rows: int) -> list[Finding]:
    """What the course of training shows, on which numbers that rests, and what to try next."""
    found = learning_verdict(learning.rows, validation_rows, learning.score)
    kind: Kind = "good" if found.kind is Verdict.LEARNING else "bad" if found.kind in _BAD else "plain"
    return [Finding(kind, found.what), Finding("plain", found.why), Finding("plain", found.advice)]


def _cell(name: str, value: float | int | None) -> str:
    if value is None or value != value:
        return "–"
    if name == "epoch":
        return str(value)
    return f"{value:.3g}" if name == "learning_rate" else f"{value:.4f}"
