"""What a person sees while a command works: sentences and progress on standard error, results on standard output."""

from __future__ import annotations

import codecs
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from maeum.progress import Silent, report_to

if TYPE_CHECKING:
    import polars as pl
    from rich.progress import Progress, TaskID
    from rich.table import Table

_HANDLER: Final = "maeum.console"
LEAST_COLUMN: Final = 6  # cells of a column of a growing table: 0.8765
# Typography that cp949 and ASCII lack, as a reader of such a console would write it.
_PLAIN: Final = {"–": "-", "—": "-", "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"', "✓": "o", "✗": "x", "→": "->"}


def _spell(error: UnicodeError) -> tuple[str | bytes, int]:
    """Typography in plain characters, everything else as an escape."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    plain = _PLAIN.get(error.object[error.start])
    return (plain, error.start + 1) if plain is not None else codecs.backslashreplace_errors(error)


codecs.register_error(_HANDLER, _spell)


class Screen:
    """Shows progress bars where a person watches, sentences always."""

    def __init__(self) -> None:
        self._bars: Progress | None = None
        self._tasks: list[TaskID] = []

    def start(self, title: str, total: int | None, unit: str) -> Callable[[int], None]:
        """A bar of its own for each piece of work; none where no person watches."""
        if not sys.stderr.isatty():
            return lambda _advance: None
        if self._bars is None:
            self._bars = _new_bars()
            self._bars.start()
        bars, task = self._bars, self._bars.add_task(title, total=total, unit=unit)
        self._tasks.append(task)
        return lambda advance: bars.advance(task, advance)

    def stop(self) -> None:
        """Take the bar started last away."""
        if self._bars is None:
            return
        self._bars.remove_task(self._tasks.pop())
        if not self._tasks:
            self._bars.stop()
            self._bars = None

    def say(self, sentence: str) -> None:
        """One sentence on standard error."""
        if self._bars is not None:
            self._bars.console.print(sentence, markup=False, highlight=False, soft_wrap=True)
        else:
            sys.stderr.write(sentence + "\n")
            sys.stderr.flush()

    def table(self, heads: Sequence[str]) -> Callable[[Sequence[str]], None]:
        """A table on standard error whose rows come one by one; its head at once, columns wide enough for numbers."""
        from maeum.cli.help import cells

        lines = [head.split("\n") for head in heads]
        widths = [max(LEAST_COLUMN, *map(cells, head)) for head in lines]
        room = shutil.get_terminal_size().columns - 1
        gap = 2 if sum(widths) + 2 * len(widths) <= room else 1

        def row(values: Sequence[str]) -> None:
            padded = (" " * max(width - cells(value), 0) + value for width, value in zip(widths, values, strict=True))
            self.say((" " * gap).join(padded).rstrip())

        height = max(map(len, lines))
        for level in range(height):
            row([head[level - height + len(head)] if level >= height - len(head) else "" for head in lines])
        return row


def _new_bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[unit]}", markup=False),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def watch(*, quiet: bool) -> None:
    """Send progress and sentences to the screen, or nowhere."""
    report_to(Silent() if quiet else Screen())


def never_crash_on_a_character() -> None:
    """Consoles in cp949 or ASCII show something plainer for what they lack, instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=_HANDLER)


def show(renderable: Any) -> None:
    """Print something for people on standard output."""
    from rich.console import Console

    Console(highlight=False).print(renderable)


def print_json(value: Any) -> None:
    """Print JSON alone."""
    from maeum.workflows.outputs import json_text

    print_json_text(json_text(value))


def print_json_text(text: str) -> None:
    """Print JSON (or lines of it); what the console lacks is escaped as JSON does, so that nothing is lost."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write("".join(c if c.isascii() or _has(c, encoding) else json.dumps(c)[1:-1] for c in text))


def print_text(text: str) -> None:
    """Print text as it is; what the console lacks is escaped as Python does."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def print_bytes(content: bytes) -> None:
    """Print bytes as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def plain_table(heads: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> Table:
    """A table of texts for people; long ones are broken, never cut."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    rows = list(rows)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=heads is not None)
    for head in heads or [""] * len(rows[0]):
        table.add_column(Text(head), overflow="fold", no_wrap=not table.columns)
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def frame_table(frame: pl.DataFrame, limit: int) -> Table:
    """The first rows of a frame as a table for people; numbers with four decimals."""
    numeric = {column: frame[column].dtype.is_numeric() for column in frame.columns}
    return values_table(numeric, frame.head(limit).iter_rows())


def values_table(numeric: Mapping[str, bool], rows: Iterable[Sequence[Any]]) -> Table:
    """Rows of values as a table for people; numbers with four decimals.

    Args:
        numeric: Column -> whether it holds numbers, which stand at the right.
        rows: Values in the order of the columns.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column, right in numeric.items():
        table.add_column(Text(column), justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    return table


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4f}" if isinstance(value, float) else str(value)


@cache
def _has(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
