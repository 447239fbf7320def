"""What a person sees while a command works: sentences and progress on standard error, results on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from maeum.progress import Silent, report_to

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console
    from rich.progress import Progress


class Screen:
    """Shows progress bars where a person watches, sentences always."""

    def __init__(self) -> None:
        self._progress: Progress | None = None

    def start(self, title: str, total: int | None, unit: str) -> Callable[[int], None]:
        """A bar of its own for each piece of work; none where no person watches."""
        if not sys.stderr.isatty():
            return lambda _advance: None
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(unit),
            TimeRemainingColumn(),
            console=errors(),
            transient=True,
        )
        self._progress.start()
        task = self._progress.add_task(title, total=total)
        bar = self._progress
        return lambda advance: bar.advance(task, advance)

    def stop(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def say(self, sentence: str) -> None:
        """One sentence on standard error."""
        if self._progress is not None:
            self._progress.console.print(sentence, markup=False, highlight=False, soft_wrap=True)
        else:
            sys.stderr.write(sentence + "\n")
            sys.stderr.flush()


def watch(*, quiet: bool) -> None:
    """Send progress and sentences to the screen, or nowhere."""
    report_to(Silent() if quiet else Screen())


def errors() -> Console:
    """Standard error for people."""
    from rich.console import Console

    return Console(stderr=True)


def show(renderable: Any) -> None:
    """Print something for people on standard output."""
    from rich.console import Console

    Console().print(renderable)


def print_json(value: Any) -> None:
    """Print JSON alone; escaped where the console has no UTF-8, so that nothing is lost."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    print_raw(json.dumps(value, ensure_ascii=not encoding.startswith("utf"), indent=1) + "\n")


def print_raw(text: str) -> None:
    """Print text as it is."""
    sys.stdout.write(text)
    sys.stdout.flush()


def frame_table(frame: pl.DataFrame, limit: int) -> Any:
    """The first rows of a frame as a table for people; probabilities as percentages."""
    from rich.table import Table

    table = Table(show_lines=False, pad_edge=False)
    for column in frame.columns:
        numeric = frame[column].dtype.is_numeric()
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in frame.head(limit).iter_rows():
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: Any) -> str:
    from rich.markup import escape

    if value is None:
        return ""
    return f"{value:.4f}" if isinstance(value, float) else escape(str(value))
