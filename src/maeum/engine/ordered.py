"""Work on several blocks at once, results in the order of the blocks."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


def map_ordered(work: Callable[[In], Out], items: Iterable[In], workers: int, window: int) -> Iterator[Out]:
    """`work` of every item, in order.

    Threads, not processes: no copy of the model, no time to start, no texts sent back and forth. Array operations leave
    the interpreter's lock; what the rest costs on two cores is measured in `benchmarks/streams.py`.

    Args:
        work: Done in threads.
        items: Taken one by one, never more than `window` ahead of the results.
        workers: Threads.
        window: Items held at once.
    """
    pool = ThreadPoolExecutor(workers, thread_name_prefix="maeum")
    waiting: deque[Future[Out]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(copy_context().run, work, item))  # with the language of messages
            if len(waiting) >= window:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
