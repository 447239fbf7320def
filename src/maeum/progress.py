"""Long work says how far it is; who listens is decided above: the command line draws bars, a library call nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Reporter(Protocol):
    """Something that shows progress."""

    def start(self, title: str, total: int | None, unit: str) -> Callable[[int], None]:
        """Begin a piece of work of `total` units (None: unknown); the result is called with each advance."""

    def stop(self) -> None:
        """The piece of work started last has ended."""

    def say(self, sentence: str) -> None:
        """Show a sentence a person should read while the work goes on."""

    def table(self, heads: Sequence[str]) -> Callable[[Sequence[str]], None]:
        """Begin a table that grows while the work goes on; the result is called with each row's cells.

        Args:
            heads: Over the columns; a head may have several lines.
        """


class Silent:
    """Shows nothing."""

    def start(self, title: str, total: int | None, unit: str) -> Callable[[int], None]:  # noqa: ARG002
        """Nothing to show."""
        return lambda _advance: None

    def stop(self) -> None:
        """Nothing to end."""

    def say(self, sentence: str) -> None:
        """Nothing to show."""

    def table(self, heads: Sequence[str]) -> Callable[[Sequence[str]], None]:  # noqa: ARG002
        """Nothing to show."""
        return lambda _cells: None


_reporter: ContextVar[Reporter] = ContextVar("maeum_reporter", default=Silent())  # noqa: B039  (stateless)


def report_to(reporter: Reporter) -> None:
    """Send the progress of everything that follows to `reporter`."""
    _reporter.set(reporter)


def listening() -> bool:
    """Whether anybody is shown anything."""
    return not isinstance(_reporter.get(), Silent)


def tell(sentence: str) -> None:
    """Say a sentence to whoever listens."""
    _reporter.get().say(sentence)


def show_table(heads: Sequence[str]) -> Callable[[Sequence[str]], None]:
    """Begin a table that grows with whoever listens; call the value given with the cells of each row."""
    return _reporter.get().table(heads)


@contextmanager
def progress(title: str, total: int | None = None, unit: str = "") -> Iterator[Callable[[int], None]]:
    """Announce work of `total` units; call the value given with the number of units just done."""
    reporter = _reporter.get()
    advance = reporter.start(title, total, unit)
    try:
        yield advance
    finally:
        reporter.stop()
