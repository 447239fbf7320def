"""A pretraining as it goes: a row of a table at intervals, a bar in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final

from maeum.messages import say
from maeum.progress import progress, show_table, tell
from maeum.workflows.live_table import duration

_HEADS: Final = ("step", "tokens", "train_loss", "held_out_loss", "accuracy")
_PARTS: Final = 1_000  # of the bar where the end is a time
_SECOND: Final = ("rtd_loss", "rtd_recall")


class Watch:
    """Shows rows and progress; used as a context, so that the bar goes away when training fails.

    Args:
        electra: Whether an encoder learns beside a generator.
        steps: Updates in all; None where the clock ends the training.
        before: Rows from before an interrupt.
        clock: Seconds since whenever.
    """

    def __init__(
        self, *, electra: bool, steps: int | None, before: Sequence[Mapping[str, float]] = (),
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:  # fmt: skip
        self._electra, self._steps, self._before, self._clock = electra, steps, before, clock
        self._show: Callable[[Sequence[str]], None] = lambda _cells: None
        self._bar: AbstractContextManager[Callable[[int], None]] | None = None
        self._advance: Callable[[int], None] = lambda _count: None
        self._shown = 0
        self._started: tuple[float, float] | None = None  # share and time at the first update of this process
        self._left = ""

    def __enter__(self) -> Watch:
        heads = [*_HEADS, *(_SECOND if self._electra else ()), "speed", "time", "left"]
        self._show = show_table([say(f"pretrain.head_{name}") for name in heads])
        for row in self._before:
            self._add(row, "")
        total = self._steps or _PARTS
        self._bar = progress(say("pretrain.training"), total, say("cli.unit_updates") if self._steps else "‰")
        self._advance = self._bar.__enter__()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)

    def step(self, step: int, share: float) -> None:
        """An update is done, and with it this share of the training."""
        now = self._clock()
        done = step if self._steps else round(share * _PARTS)
        self._advance(max(done - self._shown, 0))
        self._shown = max(done, self._shown)
        if self._started is None:
            self._started = (share, now)
        share_before, began = self._started
        gone = share - share_before
        self._left = duration((now - began) * (1 - share) / gone) if gone > 0 else ""

    def row(self, row: Mapping[str, Any]) -> None:
        """A row of the history, or the news of a damaged checkpoint."""
        if "damaged" in row:
            tell(say("pretrain.checkpoint_damaged", path=row["damaged"]))
            return
        self._add(row, self._left)

    def _add(self, row: Mapping[str, Any], left: str) -> None:
        cells = [
            f"{int(row['step']):,}",
            amount(row["tokens"]),
            number(row.get("train_mlm_loss")),
            number(row.get("held_out_mlm_loss")),
            number(row.get("held_out_mlm_accuracy")),
        ]
        if self._electra:
            cells += [number(row.get("held_out_rtd_loss")), number(row.get("held_out_rtd_recall"))]
        self._show([*cells, f"{row['tokens_per_s']:,.0f}", duration(row["seconds"]), left])


def amount(count: float) -> str:
    """Thousands or millions: `512k`, `12.0M`."""
    return f"{count / 1e3:,.0f}k" if count < 1e6 else f"{count / 1e6:,.1f}M"


def number(value: float | None) -> str:
    """Three decimals; a dash where there is none."""
    return "-" if value is None else f"{value:.3f}"
