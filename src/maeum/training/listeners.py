"""Who follows a training while it runs: the table on the screen, trackers, the journal of the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

Row = Mapping[str, float | int | None]


class Listener(Protocol):
    """Hears what happens in a training."""

    def begin(self, facts: Mapping[str, Any]) -> None:
        """Training begins.

        Args:
            facts: `recipe` (nested plain values), `epochs`, `steps_per_epoch` (updates), `rows`, `parameters`,
                `trainable`, `precision`, `resumed_at` (updates done before, 0 at a fresh start).
        """

    def step(self, step: int, values: Mapping[str, float]) -> None:
        """After an update that is logged: `train_loss` (mean since the one before), `learning_rate`, `grad_norm`."""

    def epoch(self, row: Row) -> None:
        """After an epoch: the columns of `history.csv`."""

    def end(self, report: Path | None = None) -> None:
        """Training is over and the run folder is written; `report` is its page, where there is one."""


@dataclass(frozen=True)
class Workspace:
    """Where a training keeps what an interrupted one needs to go on, and who follows it.

    Attributes:
        folder: An existing folder of its own; None: nothing can be resumed.
        resume: Go on from the newest usable checkpoint in it.
        listeners: Told of everything, in this order.
        enough: Asked after each epoch, once it is told and kept, whether training is to end with it; it may take its
            time, or raise to abandon the training.
        keep: Called with the name of each checkpoint that is whole, where the folder is not the place it is to stay in.
    """

    folder: Path | None = None
    resume: bool = False
    listeners: Sequence[Listener] = field(default_factory=tuple)
    enough: Callable[[], bool] = lambda: False
    keep: Callable[[str], None] | None = None

    def epoch(self, row: Row) -> None:
        """Tell all listeners of an epoch."""
        for listener in self.listeners:
            listener.epoch(row)

    def step(self, step: int, values: Mapping[str, float]) -> None:
        """Tell all listeners of an update."""
        for listener in self.listeners:
            listener.step(step, values)

    def begin(self, facts: Mapping[str, Any]) -> None:
        """Tell all listeners that training begins."""
        for listener in self.listeners:
            listener.begin(facts)
