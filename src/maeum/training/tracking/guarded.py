"""A tracker that can do no harm: whatever it raises becomes one sentence, and training goes on."""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

from maeum.messages import say
from maeum.progress import tell
from maeum.training.listeners import Row

MAX_FAULTS: Final = 3  # in a row, after which a tracker gets no more figures: each may have cost a time-out
_REASON: Final = 200  # characters of what a tracker said


class Tracker(Protocol):
    """What one tracker must be able to do; every method may raise."""

    title: str

    def open(self, facts: Mapping[str, Any]) -> str:
        """Begin a run; where it can be looked at."""

    def parameters(self, values: Mapping[str, str], recipe: Mapping[str, Any]) -> None:
        """Settings by dotted name, and the recipe they are from."""

    def log(self, values: Mapping[str, float], step: int, axis: str) -> None:
        """Figures at `step` of `axis` (`step`: updates, `epoch`: epochs); may be kept back until `flush`."""

    def flush(self) -> None:
        """Send what was kept back."""

    def artifact(self, path: Path) -> None:
        """Keep a file with the run."""

    def close(self, *, failed: bool) -> None:
        """End the run."""


class Guarded:
    """A listener around a tracker.

    Attributes:
        tracker: Does the work.
        name: Of the run.
    """

    def __init__(self, tracker: Tracker, name: str) -> None:
        self.tracker = tracker
        self.name = name
        self._open = False
        self._faults = 0  # in a row
        self._said: set[str] = set()

    def begin(self, facts: Mapping[str, Any]) -> None:
        """Open the run and give it its parameters."""
        places: list[str] = []
        self._open = self._call(lambda: places.append(self.tracker.open(facts)), "not_opened")
        if not self._open:
            return
        tell(say("tracking.opened", tracker=self.tracker.title, name=self.name, where=without_password(places[0])))
        recipe = facts.get("recipe") or {}
        rest = {name: value for name, value in facts.items() if name != "recipe"}
        self._call(lambda: self.tracker.parameters(flat(recipe) | flat(rest), recipe))

    def step(self, step: int, values: Mapping[str, float]) -> None:
        """Figures of an update, as `step/<name>`."""
        if self._taking:
            self._call(lambda: self.tracker.log(numbers(values, "step"), step, "step"))

    def epoch(self, row: Row) -> None:
        """Figures of an epoch, as `epoch/<name>`; all figures so far are sent."""
        if self._taking:
            self._call(lambda: self._epoch(row))

    def end(self, report: Path | None = None) -> None:
        """Keep the report and end the run, as a failed one when an exception is being handled."""
        if not self._open:
            return
        failed = sys.exc_info()[1] is not None
        if self._taking:
            self._call(self.tracker.flush)
        if report is not None and self._taking:
            self._call(lambda: self.tracker.artifact(report))
        self._call(lambda: self.tracker.close(failed=failed))
        self._open = False

    @property
    def _taking(self) -> bool:
        return self._open and self._faults < MAX_FAULTS

    def _epoch(self, row: Row) -> None:
        at = row.get("epoch")
        self.tracker.log(numbers(row, "epoch"), int(at) if at is not None else 0, "epoch")
        self.tracker.flush()

    def _call(self, work: Callable[[], None], sentence: str = "failed") -> bool:
        """Do `work`; whether it went well."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the libraries' own: no user of ours can mend them
                work()
        except Exception as error:
            self._faults += 1
            kind = type(error).__name__
            if kind not in self._said:
                self._said.add(kind)
                text = without_password(" ".join(str(error).split()) or kind)
                reason = text if len(text) <= _REASON else text[: _REASON - 1] + "…"
                tell(say(f"tracking.{sentence}", tracker=self.tracker.title, reason=reason, limit=MAX_FAULTS))
            return False
        self._faults = 0
        return True


def without_password(text: str) -> str:
    """`text` with `user:password@` taken out of addresses."""
    return re.sub(r"://[^/@\s]+@", "://", text)


def flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Nested values by dotted name; lists as JSON, what is None left out."""
    found: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{name}.")
        elif isinstance(value, list | tuple):
            found[f"{prefix}{name}"] = json.dumps(value, ensure_ascii=False, default=str)
        elif value is not None:
            found[f"{prefix}{name}"] = str(value)
    return found


def numbers(values: Mapping[str, float | int | None], axis: str) -> dict[str, float]:
    """Figures as `<axis>/<name>`, without the axes themselves and what was not measured."""
    return {
        f"{axis}/{name}": float(value)
        for name, value in values.items()
        if value is not None and name not in ("epoch", "step")
    }
