"""The trials of a search as a table that changes while a person watches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from maeum.messages import say

if TYPE_CHECKING:
    from rich.table import Table

    from maeum.scale.tuning.course import Trial

ROWS: Final = 15  # the best of those that have ended, beside those that run
_RUNNING: Final = "running"


class Board:
    """Shows number, settings, epoch, score and status of the trials that run, and of the best others."""

    def __init__(self) -> None:
        self._trials: dict[int, Trial] = {}
        self._names: list[str] = []
        self._metric, self._sign = "", 1
        self._total: int | None = None
        self._live: Any = None

    def begin(self, names: Sequence[str], metric: str, mode: str, total: int | None) -> None:
        """Open the table."""
        from rich.console import Console
        from rich.live import Live

        self._names, self._metric, self._total = list(names), metric, total
        self._sign = -1 if mode == "min" else 1
        self._live = Live(self.table(), console=Console(stderr=True), refresh_per_second=2, auto_refresh=False)
        self._live.start()

    def changed(self, trial: Trial) -> None:
        """Show what is new."""
        self._trials[trial.number] = trial
        if self._live is not None:
            self._live.update(self.table(), refresh=True)

    def end(self) -> None:
        """Leave the table as it is."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def table(self) -> Table:
        """The table as it is now."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        from maeum.workflows.tuning.files import shown_value

        running = [one for one in self._trials.values() if one.status == _RUNNING]
        ended = sorted((one for one in self._trials.values() if one.status != _RUNNING), key=self._rank)
        of = say("tune.board_of", total=self._total) if self._total is not None else ""
        title = say("tune.board_title", ended=len(ended), running=len(running), of=of)
        hidden = len(ended) - ROWS
        more = say("tune.board_earlier", count=hidden) if hidden > 0 else None
        table = Table(title=Text(title), caption=more and Text(more), box=box.SIMPLE_HEAD, pad_edge=False)
        heads = [say("tune.head_trial"), *self._names, say("tune.head_epoch"), self._metric, say("tune.head_status")]
        for head in heads:
            table.add_column(Text(head), overflow="fold", justify="right" if head != heads[-1] else "left")
        for one in [*ended[:ROWS], *running]:
            score = "–" if one.score is None else f"{one.score:.4f}"
            settings = [shown_value(one.settings.get(name, "–")) for name in self._names]
            status = say(f"tune.status_{one.status}")
            table.add_row(*map(Text, [str(one.number), *settings, str(one.epochs or "–"), score, status]))
        return table

    def _rank(self, trial: Trial) -> tuple[bool, float, int]:
        score = trial.score
        return score is None, 0.0 if score is None else -self._sign * score, trial.number
