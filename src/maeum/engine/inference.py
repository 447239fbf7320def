"""The one way in which texts go through a model of tokens, whatever computes it.

Identical texts are computed once. The rest goes through in windows: one is tokenized in a thread of its own while the
one before is computed; inside a window texts of similar length stand together in batches of so many tokens. What is
held at once is bounded by the window; results are in the order of the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from maeum.engine.ordered import map_ordered, stopped
from maeum.engine.tokens import BUDGET, Batch, Encoded, average, batch_of, by_length
from maeum.messages import say
from maeum.progress import progress, tell

WINDOW: Final = 4096  # texts sorted by length together
FIRST: Final = 512  # texts of the first window: the sooner it is tokenized, the sooner computing begins
SHOWN_FROM: Final = 256  # texts from which progress is shown: many seconds with a large encoder
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Inference:
    """What makes logits of texts.

    Attributes:
        encode: Token ids of texts or pairs.
        score: Logits `(B, K)` of a batch (`tokens.batch_of`); called from several threads where there are `workers`.
        pad: Id that fills up batches.
        labels: K.
        wide: Scores `(N, K)` float32 of texts that a model takes beside their tokens, where it does.
        budget: Tokens of a batch, padding included.
        window: Texts that are sorted by length together.
        workers: Batches computed at the same time.
    """

    encode: Callable[[Sequence[Any]], Encoded]
    score: Callable[[Batch], NDArray[np.float32]]
    pad: int
    labels: int
    wide: Callable[[Sequence[Any]], NDArray[np.float32]] | None = None
    budget: int = BUDGET
    window: int = WINDOW
    workers: int = 1

    def run(self, texts: Sequence[Any]) -> NDArray[np.float32]:
        """Logits `(N, K)` of N texts or pairs, in their order; texts longer than the model sees are counted (`Long`).

        Raises:
            What `encode` and `score` raise.
        """
        position: dict[Any, int] = {}
        at = np.fromiter((position.setdefault(text, len(position)) for text in texts), np.int64, len(texts))
        different = list(position)
        logits = np.empty((len(different), self.labels), np.float32)
        long = Long()
        with _bar(len(different)) as advance, _workers(self.workers) as each:
            start = 0
            for encoded, wide, count in self._encoded(different):
                logits[start : start + count] = self._window(encoded, wide, count, each, advance)
                long.add(encoded)
                start += count
        _note(long)
        return logits if len(different) == len(texts) else logits[at]

    def scored(self, encoded: Encoded, wide: NDArray[np.float32] | None, count: int) -> NDArray[np.float32]:
        """Logits `(count, K)` of texts that are token ids already, with their scores `(count, K)` beside them."""
        with _bar(count) as advance, _workers(self.workers) as each:
            return self._window(encoded, wide, count, each, advance)

    def _encoded(self, texts: list[Any]) -> Iterator[tuple[Encoded, NDArray[np.float32] | None, int]]:
        """Windows as token ids, each made while the one before is computed."""
        windows = [texts[start:end] for start, end in windows_of(len(texts), self.window)]
        if len(windows) < 2:
            return (self._encode(window) for window in windows)
        return map_ordered(self._encode, windows, 1, 2)

    def _encode(self, texts: list[Any]) -> tuple[Encoded, NDArray[np.float32] | None, int]:
        return self.encode(texts), None if self.wide is None else self.wide(texts), len(texts)

    def _window(
        self,
        encoded: Encoded,
        wide: NDArray[np.float32] | None,
        count: int,
        each: Callable[[Callable[[Any], Any], list[Any]], Iterator[Any]],
        advance: Callable[[int], None],
    ) -> NDArray[np.float32]:
        """Logits `(count, K)` of a window; those of a text's pieces are averaged."""
        pieces = np.zeros((len(encoded.ids), self.labels), np.float32)

        def compute(batch: NDArray[np.int64]) -> int:
            if stopped():  # after an interrupt nobody should wait for a window of a large encoder
                raise CancelledError
            pieces[batch] = self.score(batch_of(encoded, batch, self.pad, wide=wide))
            return len(batch)

        lengths = encoded.lengths
        share = -(-int(lengths.sum()) // self.workers)  # of few texts every worker gets some
        done = told = 0
        for size in each(compute, list(by_length(lengths, min(self.budget, share)))):
            done += size
            now = done * count // len(encoded.ids)
            advance(now - told)
            told = now
        return pieces if len(encoded.ids) == count else average(pieces, encoded.owner, count)


@dataclass
class Long:
    """How many texts were longer than a model sees; identical ones count once a call.

    Attributes:
        cut: Texts that lost their end.
        windowed: Texts that were read in overlapping parts.
    """

    cut: int = 0
    windowed: int = 0

    def add(self, encoded: Encoded | Long) -> None:
        """Count further texts."""
        self.cut += encoded.cut
        self.windowed += encoded.windowed if isinstance(encoded, Long) else encoded.long

    def tell(self) -> None:
        """Say how many there were, if any."""
        if self.cut:
            tell(say("exported.cut", count=self.cut))
        if self.windowed:
            tell(say("exported.windowed", count=self.windowed))


_counted: ContextVar[Long | None] = ContextVar("maeum_long_texts", default=None)


@contextmanager
def counting_long() -> Iterator[Long]:
    """Collect the counts of all runs inside; without it every run says its own."""
    found = Long()
    token = _counted.set(found)
    try:
        yield found
    finally:
        _counted.reset(token)


def _note(long: Long) -> None:
    whole = _counted.get()
    if whole is None:
        long.tell()
    else:
        whole.add(long)


def windows_of(count: int, window: int, first: int = FIRST) -> Iterator[tuple[int, int]]:
    """Where windows begin and end: `first` texts, then twice as many each time, up to `window`."""
    start, size = 0, min(first, window)
    while start < count:
        end = min(count, start + size)
        if count - end < min(first, window) // 4:  # a handful left over would make a window of its own
            end = count
        yield start, end
        start, size = end, min(window, size * 2)


@contextmanager
def _bar(count: int) -> Iterator[Callable[[int], None]]:
    if count < SHOWN_FROM:
        yield lambda _advance: None
        return
    with progress(say("evaluate.predicting"), count, say("train.texts")) as advance:
        yield advance


@contextmanager
def _workers(count: int) -> Iterator[Callable[[Callable[[T], Any], list[T]], Iterator[Any]]]:
    """A `map` that does `count` things at once."""
    if count == 1:
        yield map
        return
    pool = ThreadPoolExecutor(count, thread_name_prefix="maeum-batch")

    def each(work: Callable[[T], Any], items: list[T]) -> Iterator[Any]:
        context = copy_context()
        return pool.map(lambda item: context.copy().run(work, item), items)

    try:
        yield each
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
