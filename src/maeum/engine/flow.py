"""Blocks of a file to blocks of a result."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from maeum.data.files.stream import Stream
from maeum.data.files.table import Table
from maeum.engine.inference import Long
from maeum.engine.journal import Journal, Mark
from maeum.engine.ordered import map_ordered
from maeum.engine.sinks import Sink, sink_for
from maeum.engine.tally import Tally
from maeum.errors import OutputError, UsageError, UserError
from maeum.messages import listing, say
from maeum.progress import progress, tell
from maeum.schema import RowProblem
from maeum.storage import plain_errors

if TYPE_CHECKING:
    import polars as pl

BLOCK: Final = 10_000  # rows
EVERY: Final = 1.0  # seconds between checkpoints, at least
WINDOW: Final = 2  # blocks held per worker


@dataclass(frozen=True)
class Answered:
    """What became of a block: the rows to write, their problems, and how many had no text or too much of it."""

    frame: pl.DataFrame
    problems: Iterable[RowProblem] = ()
    empty: int = 0
    long: Long = field(default_factory=Long)


@dataclass(frozen=True)
class Job:
    """Work on every block of a file.

    Attributes:
        stream: The file.
        answer: What makes a block of the result from one of the file; called in threads.
        final: The result's path (one of `STREAMED_SUFFIXES`).
        prints: Name -> hash of all that decides about the result; names have a sentence `predict.part_<name>`.
        encoding: Of delimited output; UTF-8 with BOM when None.
        workers: Threads.
        block: Rows of a block.
        every: Seconds between checkpoints, at least.
    """

    stream: Stream
    answer: Callable[[Table], Answered]
    final: Path
    prints: Mapping[str, str]
    encoding: str | None = None
    workers: int = 1
    block: int = BLOCK
    every: float = EVERY


def run(job: Job, *, resume: bool = False) -> Tally:
    """Do a job; rows keep their order. What is finished stays where the work ends early, but for a fault of the file.

    Args:
        job: What to do.
        resume: Go on from the last checkpoint; without one, from the beginning.

    Returns:
        Counts over all rows, those of earlier attempts too.

    Raises:
        UsageError: The unfinished result was begun with another input, model or settings.
        OutputError: The place cannot be written, or the disk is full.
    """
    journal = Journal(job.final, job.prints)
    with plain_errors(job.final):
        job.final.parent.mkdir(parents=True, exist_ok=True)
        mark = _begin(job, journal, resume=resume)
        sink = sink_for(journal.folder, job.final.suffix.lower(), job.encoding)
        work = _Work(job, journal, sink, mark)
        try:
            sink.go_to(mark.place)
            work.blocks()
            sink.finish(job.final)
        except BaseException as error:
            sink.close()
            work.leave(error)
            raise
        journal.drop()
    return work.tally


def _begin(job: Job, journal: Journal, *, resume: bool) -> Mark:
    """Where to begin: at the last checkpoint, or at the beginning in an empty folder."""
    found = journal.read()
    if found is None or not found[0].rows:
        if resume:
            tell(say("predict.nothing_to_resume", path=job.final))
    elif not resume:
        tell(say("predict.unfinished_dropped", path=job.final, rows=found[0].rows))
    else:
        mark, other = found
        if other:
            parts = listing(say(f"predict.part_{name}") for name in other)
            raise UsageError("predict.resume_other", path=job.final, parts=parts, folder=journal.folder)
        if sink_for(journal.folder, job.final.suffix.lower(), job.encoding).fits(mark.place):
            tell(say("predict.resumed", rows=mark.rows, total=job.stream.rows))
            return mark
        tell(say("predict.nothing_to_resume", path=job.final))
    journal.begin()
    return Mark(tally=Tally().to_json())


class _Work:
    """The blocks of a job from a mark on.

    Attributes:
        tally: Counts so far.
    """

    def __init__(self, job: Job, journal: Journal, sink: Sink, mark: Mark) -> None:
        self.tally = Tally.from_json(mark.tally)
        self._job, self._journal, self._sink = job, journal, sink
        self._mark = self._saved = mark

    def blocks(self) -> None:
        """Answer and write all blocks that are left."""
        job = self._job
        todo = job.stream.blocks(job.block, self._mark.rows)
        saved_at = time.monotonic()
        with progress(say("evaluate.predicting"), job.stream.rows, say("train.texts")) as advance:
            advance(self._mark.rows)
            for done in map_ordered(job.answer, todo, job.workers, WINDOW * job.workers):
                self.tally.add(done.problems, done.empty)
                self.tally.long.add(done.long)
                self.tally.add_lost(*self._sink.write(done.frame))
                # one assignment, so that an interrupt finds either all of the block counted or nothing
                self._mark = Mark(self._mark.rows + done.frame.height, self._sink.place, self.tally.to_json())
                advance(done.frame.height)
                if time.monotonic() - saved_at >= job.every:
                    self._save()
                    saved_at = time.monotonic()

    def _save(self) -> None:
        self._sink.sync()
        self._journal.write(self._mark)
        self._saved = self._mark

    def leave(self, error: BaseException) -> None:
        """Keep what is finished, and say so; nothing after a fault that would come again."""
        mended = isinstance(error, UserError) and not isinstance(error, OutputError)
        if not mended and self._saved.rows < self._mark.rows:
            with contextlib.suppress(OSError):
                self._sink.go_to(self._mark.place)
                self._save()
            self._sink.close()
        if mended or not self._saved.rows:
            self._journal.drop()
        else:
            tell(say("predict.kept", rows=self._saved.rows, total=self._job.stream.rows))
