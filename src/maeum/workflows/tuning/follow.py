"""Who follows a search while it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from maeum.messages import listing, say
from maeum.progress import tell
from maeum.scale.tuning.course import FAILED, RUNNING, Trial
from maeum.workflows.tuning.files import shown_value


class Follow(Protocol):
    """Hears of trials."""

    def begin(self, names: Sequence[str], metric: str, mode: str, total: int | None) -> None:
        """The search begins.

        Args:
            names: Settings that are searched.
            metric: What trials are judged by.
            mode: `max` or `min`.
            total: Trials to come; None where time decides.
        """

    def changed(self, trial: Trial) -> None:
        """A trial has begun, gone through an epoch, or ended."""

    def end(self) -> None:
        """The search is over, or was interrupted."""


class Lines:
    """Says one line for each trial that has ended."""

    def __init__(self) -> None:
        self._total: int | None = None
        self._said: set[int] = set()

    def begin(self, names: Sequence[str], metric: str, mode: str, total: int | None) -> None:  # noqa: ARG002
        """Know how many there will be."""
        self._total = total

    def changed(self, trial: Trial) -> None:
        """Say what came out."""
        if trial.status == RUNNING or trial.number in self._said:
            return
        self._said.add(trial.number)
        tell(line_of(trial, self._total))

    def end(self) -> None:
        """Nothing left to do."""


def line_of(trial: Trial, total: int | None) -> str:
    """A trial that has ended, in a line."""
    settings = settings_of(trial)
    number = f"{trial.number}/{total}" if total is not None else str(trial.number)
    if trial.status == FAILED:
        return say("tune.line_failed", number=number, reason=trial.reason, settings=settings)
    score = "–" if trial.score is None else f"{trial.score:.4f}"
    if trial.sd is not None:
        score += f" ± {trial.sd:.4f}"
    values: dict[str, Any] = {"number": number, "score": score, "epochs": trial.epochs, "seconds": trial.seconds}
    return say(f"tune.line_{trial.status}", **values, settings=settings)


def settings_of(trial: Trial) -> str:
    """The searched settings of a trial: `learning_rate 0.001, batch_size 32`."""
    return listing((f"{name} {shown_value(value)}" for name, value in trial.settings.items()), 30)
