"""How a search goes: which trials there are, what came out of them, which one is next. It knows nothing of Ray."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from maeum.scale.tuning.journal import BEGIN, END, EPOCH, Journal
from maeum.scale.tuning.sources import Sample, Source

RUNNING: Final = "running"
FINISHED: Final = "finished"
STOPPED: Final = "stopped"  # early, by the scheduler or because time was over
FAILED: Final = "failed"
LOST: Final = 3  # machines or processes that a trial may cost, before it counts as failed
HOPELESS: Final = 4  # trials that fail one after the other, and for one reason, before any other ends
Row = Mapping[str, Any]


@dataclass
class Trial:
    """One trial.

    Attributes:
        number: From 1.
        settings: As they were drawn; with population based training, as they are by now.
        status: `running`, `finished`, `stopped` or `failed`.
        score: The metric on validation: of the best epoch so far while it runs; None where there is none.
        sd: Standard deviation over seeds or folds.
        rows: History of its epochs.
        examples: Training examples seen.
        seconds: Of its work.
        reason: Why it failed.
        retries: How often it was begun again.
        lost: How often its process or machine was lost.
        halved: Whether it trains with half the batch, since memory ran out.
    """

    number: int
    settings: Sample
    status: str = RUNNING
    score: float | None = None
    sd: float | None = None
    rows: list[Row] = field(default_factory=list)
    epochs: int = 0
    examples: int = 0
    seconds: float = 0.0
    reason: str = ""
    retries: int = 0
    lost: int = 0
    halved: bool = False


class Course:
    """The trials of a search, in the order of what happens to them.

    Args:
        source: Gives the settings.
        journal: Remembers.
        count: How many trials; None for as many as the source and the time give.
        sign: 1 where larger scores are better, -1 where smaller ones are.
        limit: How many may run at once, asked anew each time.
        seconds: After which no trial begins and those that run end with their epoch; None for never.
        follow: Told of each trial that changed.
        clock: Seconds since whenever.
    """

    def __init__(
        self,
        source: Source,
        journal: Journal,
        count: int | None,
        sign: int,
        limit: Callable[[], int],
        *,
        seconds: float | None = None,
        follow: Callable[[Trial], None] = lambda _trial: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source, self._journal, self._count, self._sign = source, journal, count, sign
        self._limit, self._seconds, self._follow, self._clock = limit, seconds, follow, clock
        self._started = clock()
        self._again: deque[Trial] = deque()
        self._live: set[int] = set()
        self._empty = False
        self.trials: dict[int, Trial] = {}

    def __deepcopy__(self, memo: Any) -> Course:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return str, ()  # Tune pickles what it is given, for a way to go on that is not ours

    def replay(self) -> int:
        """Go through what the journal tells; how many trials have ended."""
        for event in self._journal.events():
            number = int(event["trial"])
            if event["event"] == BEGIN and number not in self.trials:
                self._source.ask(number)
                self.trials[number] = Trial(number, _sample(event["settings"]))
            elif event["event"] == BEGIN:  # again, after an interrupt
                self.trials[number].rows.clear()
            elif event["event"] == EPOCH:
                self._note(self.trials[number], event["row"], event.get("settings"))
            elif event["event"] == END:
                self._close(self.trials[number], event)
        self._again = deque(trial for trial in self.trials.values() if trial.status == RUNNING)
        return len(self.trials) - len(self._again)

    def collect(self) -> None:
        """The trials that run are no longer followed; they will be begun again."""
        self._live.clear()
        self._again = deque(trial for trial in self.trials.values() if trial.status == RUNNING)

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return self._seconds is not None and self._clock() - self._started >= self._seconds

    @property
    def hopeless(self) -> bool:
        """Whether the first trials all failed for one reason, as when a file is not where it should be."""
        ended = [trial for trial in self.trials.values() if trial.status != RUNNING]
        reasons = {trial.reason for trial in ended}
        return len(ended) >= HOPELESS and all(one.status == FAILED for one in ended) and len(reasons) == 1

    @property
    def exhausted(self) -> bool:
        """Whether no further trial will begin."""
        full = self._count is not None and len(self.trials) >= self._count
        return self.hopeless or self.over or (not self._again and (self._empty or full))

    def next(self) -> Trial | None:
        """The next trial to begin; None when there is none now (`exhausted`: nor later)."""
        if self.exhausted or len(self._live) >= max(1, self._limit()):
            return None
        trial = self._again.popleft() if self._again else self._drawn()
        if trial is None:
            return None
        trial.rows.clear()
        trial.score, trial.epochs = None, 0
        self._journal.add(BEGIN, trial.number, settings=trial.settings)
        self._live.add(trial.number)
        self._follow(trial)
        return trial

    def epoch(self, number: int, rows: Sequence[Row], settings: Sample | None = None) -> None:
        """A trial has gone through an epoch.

        Args:
            number: Of the trial.
            rows: Of its history, each with its `score`.
            settings: Where they were changed.
        """
        trial = self.trials[number]
        changed = settings if settings is not None and settings != trial.settings else None
        for row in rows:
            self._journal.add(EPOCH, number, row=dict(row), **({"settings": changed} if changed else {}))
            self._note(trial, row, changed)
        self._follow(trial)

    def end(self, number: int, record: Mapping[str, Any]) -> None:
        """A trial has ended.

        Args:
            number: Of the trial.
            record: `status`, `score`, `sd`, `epochs`, `examples`, `seconds`, `reason`, `retries`, `settings`.
        """
        trial = self.trials[number]
        if trial.status != RUNNING:
            return
        values = {**record, "retries": int(record.get("retries", 0)) + trial.lost}
        self._journal.add(END, number, **values)
        self._close(trial, values)
        self._live.discard(number)
        self._follow(trial)

    def lose(self, number: int, *, memory: bool) -> bool:
        """The process of a trial was lost; whether it may begin again."""
        trial = self.trials[number]
        trial.lost += 1
        if memory:
            may, trial.halved = not trial.halved, True
            return may
        return trial.lost <= LOST

    def reasons(self) -> list[tuple[str, int]]:
        """Why trials failed, the most frequent reason first, with how often."""
        return Counter(one.reason for one in self.trials.values() if one.status == FAILED).most_common()

    def best(self) -> Trial | None:
        """The finished trial with the best score, of equal ones the first; of stopped ones where none finished."""
        for status in (FINISHED, STOPPED):
            found = [one for one in self.trials.values() if one.status == status and one.score is not None]
            if found:
                return max(found, key=lambda one: (self._sign * (one.score or 0.0), -one.number))
        return None

    def _drawn(self) -> Trial | None:
        number = len(self.trials) + 1
        settings = self._source.ask(number)
        if settings is None:
            self._empty = True
            return None
        self.trials[number] = Trial(number, settings)
        return self.trials[number]

    def _note(self, trial: Trial, row: Row, settings: Sample | None) -> None:
        if settings is not None:
            trial.settings = _sample(settings)
        known = [one for one in trial.rows if one["epoch"] < row["epoch"]]  # after a copy of another's weights
        trial.rows = [*known, row]
        trial.epochs = max(trial.epochs, int(row["epoch"]))
        scores = [float(one["score"]) for one in trial.rows if one.get("score") is not None]
        trial.score = max(scores, key=lambda score: self._sign * score) if scores else None

    def _close(self, trial: Trial, record: Mapping[str, Any]) -> None:
        if record.get("settings"):
            trial.settings = _sample(record["settings"])
        trial.status, trial.score, trial.sd = record["status"], record.get("score"), record.get("sd")
        trial.epochs, trial.examples = int(record.get("epochs", 0)), int(record.get("examples", 0))
        trial.seconds, trial.reason = float(record.get("seconds", 0.0)), str(record.get("reason", ""))
        trial.retries = int(record.get("retries", 0))
        self._source.tell(trial.number, trial.score)


def _sample(settings: Mapping[str, Any]) -> Sample:
    """Settings from JSON, which knows no tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in settings.items()}
