"""A training as it goes: a row of a table after each epoch, a bar in between, and `history.csv` as far as it is."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

from maeum.messages import say
from maeum.progress import progress, show_table, tell
from maeum.report.page_learning import best_epoch
from maeum.runs import HISTORY_COLUMNS
from maeum.training.listeners import Row

HEADS: Final = (
    "epoch", "steps", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "validation_f1",
    "learning_rate", "speed", "time", "left",
)  # fmt: skip
_SCORES: Final = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "validation_macro_f1")


class LiveTable:
    """Shows each epoch as a row, the best one so far with a `*`; the bar counts updates to the end of training.

    Args:
        best: What decides which epoch is the best: `loss`, `accuracy`, `macro_f1`; None without validation.
        before: Rows of the epochs before an interrupt, of which those are shown that training goes on from.
        clock: Seconds since whenever.
    """

    def __init__(
        self, best: str | None, before: Sequence[Row] = (), clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._best_by = best
        self._before = before
        self._clock = clock
        self._rows: list[Row] = []
        self._show: Callable[[Sequence[str]], None] | None = None
        self._bar: AbstractContextManager[Callable[[int], None]] | None = None
        self._advance: Callable[[int], None] = lambda _count: None
        self._at = self._from = self._total = 0
        self._started = 0.0

    def begin(self, facts: Mapping[str, Any]) -> None:
        """Open the table: its head, and the epochs before an interrupt."""
        self.close()
        self._from = self._at = int(facts.get("resumed_at") or 0)
        self._total = int(facts["epochs"]) * int(facts["steps_per_epoch"])
        self._started = self._clock()
        kept = up_to(self._before, self._from)
        if self._from:
            tell(say("train.resumed", step=self._from, total=self._total))
        if self._best_by is not None:
            tell(say("train.table_best", what=say(f"train.best_{self._best_by}")))
        self._show = show_table([say(f"train.head_{name}") for name in HEADS])
        for row in kept:
            self._add(row, left="")
        self._bar = progress(say("train.fitting"), self._total, say("train.updates"))
        self._advance = self._bar.__enter__()
        self._advance(self._from)

    def step(self, step: int, values: Mapping[str, float]) -> None:  # noqa: ARG002
        """Move the bar."""
        self._advance(max(step - self._at, 0))
        self._at = max(step, self._at)

    def epoch(self, row: Row) -> None:
        """Add a row; a family that never began has one epoch, whose numbers are said at the end anyway."""
        if self._show is None:
            return
        self.step(int(row["step"] or 0), {})
        self._add(row, left=self._left())

    def end(self, report: Path | None = None) -> None:  # noqa: ARG002
        """Close the table."""
        self.close()

    def close(self) -> None:
        """Take the bar away, also when training failed."""
        bar, self._bar, self._advance = self._bar, None, lambda _count: None
        if bar is not None:
            bar.__exit__(None, None, None)

    def _add(self, row: Row, left: str) -> None:
        assert self._show is not None
        steps = int(row["step"] or 0) - int((self._rows[-1]["step"] if self._rows else 0) or 0)
        self._rows.append(row)
        best = best_epoch(self._rows, self._best_by) if self._best_by is not None else None
        mark = "*" if best == len(self._rows) - 1 else " "
        rate, speed = row["learning_rate"], row["examples_per_s"]
        self._show([
            f"{row['epoch']}{mark}",
            f"{steps:,}",
            *(number(row[name]) for name in _SCORES),
            "-" if rate is None else f"{rate:.3g}",
            "-" if speed is None else f"{speed:,.0f}" if speed >= 100 else f"{speed:.1f}",
            "-" if row["seconds"] is None else duration(float(row["seconds"])),
            left,
        ])  # fmt: skip

    def _left(self) -> str:
        """Time until the last epoch, at the speed since the beginning or the resumption."""
        done = self._at - self._from
        rest = self._total - self._at
        return duration((self._clock() - self._started) * rest / done) if done > 0 and rest > 0 else duration(0)


class HistoryFile:
    """Appends every epoch to a file, so that a training that is killed keeps them.

    Args:
        path: The file; its folder exists.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: list[Row] = []

    def begin(self, facts: Mapping[str, Any]) -> None:
        """Keep of the file the epochs that training goes on from; those behind the checkpoint come again."""
        self._rows = up_to(read_history(self._path), int(facts.get("resumed_at") or 0))
        self._write()

    def step(self, step: int, values: Mapping[str, float]) -> None:
        """Nothing to note."""

    def epoch(self, row: Row) -> None:
        """Note the epoch."""
        self._rows = [*self._rows, row]
        self._write()

    def end(self, report: Path | None = None) -> None:
        """Nothing left to do."""

    def _write(self) -> None:
        part = self._path.with_name(f"{self._path.name}.new")
        with part.open("w", encoding="utf-8", newline="") as out:
            columns = dict.fromkeys([*HISTORY_COLUMNS, *(name for row in self._rows for name in row)])
            writer = csv.DictWriter(out, list(columns), lineterminator="\n")
            writer.writeheader()
            writer.writerows(dict(row) for row in self._rows)
        part.replace(self._path)


def read_history(path: Path) -> list[dict[str, float | int | None]]:
    """Rows of a `history.csv`; none where there is no file, and only whole ones where its writing was cut off."""
    if not path.is_file():
        return []
    rows: list[dict[str, float | int | None]] = []
    with path.open(encoding="utf-8", newline="") as file:
        for found in csv.DictReader(file):
            try:
                rows.append({name: _value(name, found[name]) for name in dict.fromkeys([*HISTORY_COLUMNS, *found])})
            except (KeyError, ValueError, TypeError):
                break
    return rows


def up_to(rows: Sequence[Row], step: int) -> list[Row]:
    """The rows of epochs that were over by this update."""
    return [row for row in rows if int(row["step"] or 0) <= step]


def number(value: float | int | None) -> str:
    """Four decimals; a dash where there is none."""
    return "-" if value is None else f"{value:.4f}"


def duration(seconds: float) -> str:
    """Minutes and seconds, above an hour with hours: `0:07`, `12:34`, `1:02:03`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _value(name: str, text: str | None) -> float | int | None:
    if text is None:
        raise ValueError(name)  # the row ends before this column
    if not text:
        return None
    return int(float(text)) if name in ("epoch", "step") else float(text)
