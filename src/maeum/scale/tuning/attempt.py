"""One attempt at a trial: training in a thread of its own, which waits after each epoch for what becomes of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Protocol

from maeum.scale.tuning.course import FAILED
from maeum.training.listeners import Row


class AbandonedError(BaseException):
    """Training is no longer wanted; no `except Exception` on the way may keep it."""


@dataclass(frozen=True)
class Order:
    """What a trial is to do.

    Attributes:
        number: Of the trial.
        settings: What was drawn for it.
        halved: Train with half the batch and double accumulation.
        keep: Folder for checkpoints, which other trials may go on from; None: none are needed.
        resume: Go on from the newest one in it.
    """

    number: int
    settings: Mapping[str, Any]
    halved: bool = False
    keep: Path | None = None
    resume: bool = False


class Work(Protocol):
    """What trials do; it travels to all machines."""

    def run(self, order: Order, link: Link) -> Mapping[str, Any]:
        """Train, judge, write the run folder.

        Returns:
            `status`, `score`, `sd`, `epochs`, `examples`, `seconds`, `reason`, `retries`, `settings`.
        """

    def score(self, row: Row) -> float | None:
        """The metric in a row of history; None where it is not there."""


@dataclass
class Link:
    """Between the training and the process around it; a listener of the training.

    Attributes:
        rows: Of history, not yet told.
        ended: Whether training was told to end early.
    """

    rows: list[Row] = field(default_factory=list)
    ended: bool = False
    _out: SimpleQueue[Any] = field(default_factory=SimpleQueue)
    _in: SimpleQueue[str] = field(default_factory=SimpleQueue)

    # what training calls

    def begin(self, facts: Mapping[str, Any]) -> None:
        """Nothing to note."""

    def step(self, step: int, values: Mapping[str, float]) -> None:
        """Nothing to note."""

    def epoch(self, row: Row) -> None:
        """Keep the row until it is asked for."""
        self.rows.append(row)

    def end(self, report: Path | None = None) -> None:
        """Nothing left to do."""

    def enough(self) -> bool:
        """Tell of the epoch, and wait for what becomes of the training.

        Raises:
            AbandonedError: It is no longer wanted.
        """
        self._out.put(None)
        answer = self._in.get()
        if answer == "abandon":
            raise AbandonedError
        self.ended = self.ended or answer == "end"
        return self.ended

    # what the process around it calls

    def finish(self, record: Mapping[str, Any]) -> None:
        """Training is over."""
        self._out.put(record)

    def wait(self) -> tuple[list[Row], Mapping[str, Any] | None]:
        """Wait for the next epoch, or the end: rows of history, and the record at the end."""
        record = self._out.get()
        rows, self.rows = self.rows, []
        return rows, record

    def answer(self, word: str) -> None:
        """Say what becomes of the training: `go`, `end` (with this epoch) or `abandon`."""
        self._in.put(word)


class Attempt:
    """Training in a thread, an epoch at a time.

    Args:
        work: What is done.
        order: With what.
        describe: An error in words.
    """

    def __init__(self, work: Work, order: Order, describe: Callable[[BaseException], str]) -> None:
        self._work, self._order, self._describe = work, order, describe
        self._link = Link()
        self._thread: threading.Thread | None = None
        self._waiting = False  # for an answer after an epoch

    def advance(self, *, end: bool) -> tuple[list[Row], Mapping[str, Any] | None]:
        """Train until the next epoch is over, or to the end.

        Args:
            end: End with the epoch that is over.

        Returns:
            New rows of history, and the record of the trial once it has ended.
        """
        if self._thread is None:
            self._thread = threading.Thread(target=self._train, name="maeum-trial", daemon=True)
            self._thread.start()
        elif self._waiting:
            self._link.answer("end" if end else "go")
        rows, record = self._link.wait()
        self._waiting = record is None
        if record is not None:
            self._thread.join()
        return rows, record

    def abandon(self) -> None:
        """End without a result."""
        if self._thread is not None and self._thread.is_alive() and self._waiting:
            self._link.answer("abandon")
            self._thread.join()
        self._waiting = False

    def _train(self) -> None:
        try:
            self._link.finish(self._work.run(self._order, self._link))
        except AbandonedError:
            self._link.finish({})
        except BaseException as error:
            failed = {"status": FAILED, "score": None, "reason": self._describe(error)}
            self._link.finish({**failed, "settings": dict(self._order.settings)})
