"""Letters between the processes of a cluster and the one that began the work: what happened, and questions.

It stands on the machine of the caller (of a caller outside the cluster: on the head), so that it outlives workers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

FIRST: Final = 2.0  # seconds after which a look without letters comes back


@dataclass(frozen=True)
class Letter:
    """What a worker says.

    Attributes:
        kind: About what.
        content: Anything that Ray can carry.
        number: Of a question, which waits for its answer; None: nobody waits.
    """

    kind: str
    content: Any
    number: int | None = None


class Mailbox:
    """A Ray actor of coroutines, so that one who waits keeps nobody else waiting."""

    def __init__(self) -> None:
        self._letters: list[Letter] = []
        self._come = asyncio.Event()
        self._open: dict[int, asyncio.Future[Any]] = {}
        self._count = 0

    async def tell(self, kind: str, content: Any) -> None:
        """Leave a letter."""
        self._put(Letter(kind, content))

    async def ask(self, kind: str, content: Any) -> Any:
        """Leave a question, and wait for its answer."""
        self._count += 1
        number = self._count
        self._open[number] = asyncio.get_running_loop().create_future()
        self._put(Letter(kind, content, number))
        try:
            return await self._open[number]
        finally:
            del self._open[number]

    async def take(self, wait: float = FIRST) -> list[Letter]:
        """All letters since the last look, in their order; where there are none, those that come within `wait` s."""
        if not self._letters:
            try:
                await asyncio.wait_for(self._come.wait(), wait)
            except TimeoutError:
                return []
        found, self._letters = self._letters, []
        self._come.clear()
        return found

    async def answer(self, number: int, content: Any) -> None:
        """Answer a question; one who no longer waits gets nothing."""
        waiting = self._open.get(number)
        if waiting is not None and not waiting.done():
            waiting.set_result(content)

    def _put(self, letter: Letter) -> None:
        self._letters.append(letter)
        self._come.set()


@dataclass(frozen=True)
class Pen:
    """A worker's way to the mailbox.

    Attributes:
        mailbox: Its actor.
    """

    mailbox: Any

    def tell(self, kind: str, content: Any) -> None:
        """Leave a letter; it is there when this returns, so that letters keep their order."""
        _get()(self.mailbox.tell.remote(kind, content))

    def ask(self, kind: str, content: Any = None) -> Any:
        """Leave a question, and wait for its answer."""
        return _get()(self.mailbox.ask.remote(kind, content))


def _get() -> Callable[[Any], Any]:
    import ray

    found: Callable[[Any], Any] = ray.get
    return found
