"""Work on several blocks at once, results in the order of the blocks."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from threading import Event
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


_unwanted: ContextVar[tuple[Event, ...]] = ContextVar("maeum_unwanted", default=())


def stopped() -> bool:
    """Whether nobody wants the work that is being done here any more, after an interrupt or a fault around it."""
    return any(event.is_set() for event in _unwanted.get())


def map_ordered(work: Callable[[In], Out], items: Iterable[In], workers: int, window: int) -> Iterator[Out]:
    """`work` of every item, in order.

    Threads, not processes: no copy of the model, no time to start, no texts sent back and forth. Array operations leave
    the interpreter's lock; what the rest costs on two cores is measured in `benchmarks/streams.py`.

    Where the results are no longer wanted, work that asks `stopped` can end early.

    Args:
        work: Done in threads.
        items: Taken one by one, never more than `window` ahead of the results.
        workers: Threads.
        window: Items held at once.
    """
    pool = ThreadPoolExecutor(workers, thread_name_prefix="maeum")
    waiting: deque[Future[Out]] = deque()
    unwanted = Event()
    try:
        for item in items:
            context = copy_context()  # with the language of messages
            context.run(_unwanted.set, (*_unwanted.get(), unwanted))
            waiting.append(pool.submit(context.run, work, item))
            if len(waiting) >= window:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        unwanted.set()
        pool.shutdown(wait=True, cancel_futures=True)
