"""Blocks on many machines: each is done once, or again where its worker was lost.

Ray's actors, and not Ray Data, which names what it writes by a random number and the task's place in its own plan: a
later attempt could not tell which rows are there. It also repeats a block that ends its worker without end, unless told
never to. Here a block is a range of rows of a file, its part has one name, and one that has ended `ATTEMPTS` workers is
given up and named while the others are finished.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from maeum.errors import MaeumError, UserError
from maeum.messages import language, listing, say
from maeum.progress import progress, tell
from maeum.scale.blocks import Block
from maeum.scale.cluster import ClusterError, check_cores, places
from maeum.scale.output import Record
from maeum.scale.worker import Fault, Work, Worker, variables

ATTEMPTS: Final = 3  # workers that a block may cost
STARTS: Final = 5  # workers in a row that may be lost before they are ready
AHEAD: Final = 2  # blocks that a worker has, so that it never waits
TICK: Final = 1.0  # seconds between looks at the cluster
LONELY: Final = 30.0  # seconds without a worker, after which that is said
SHOWN: Final = 5  # blocks that are named


class BlockError(MaeumError):
    """Blocks failed for reasons of ours."""


@dataclass
class _One:
    """A worker, and the blocks it was given; it works on the first of them."""

    handle: Any
    ready: bool = False
    given: dict[Any, Block] = field(default_factory=dict)


class Pool:
    """Workers on a cluster.

    Args:
        ray: Connected.
        work: What they do.
        files: The model, as `pack` gives it.
        done: Called with each part that is whole.
    """

    def __init__(self, ray: Any, work: Work, files: Any, done: Callable[[Record], None]) -> None:
        self._ray, self._done, self._cores = ray, done, work.cores
        options = {"num_cpus": work.cores, "max_restarts": 0, "max_task_retries": 0}
        environment = {"env_vars": variables(work.cores, language())}
        self._make = ray.remote(Worker).options(**options, runtime_env=environment)
        self._work, self._files = ray.put(work), ray.put(files)
        self._workers: list[_One] = []
        self._starting: dict[Any, _One] = {}
        self._todo: deque[Block] = deque()
        self._cost: Counter[Block] = Counter()
        self._failed: dict[Block, Fault] = {}
        self._lost_early, self.lost = 0, 0

    def run(self, blocks: Sequence[Block]) -> None:
        """Do all blocks.

        Raises:
            UserError: Blocks that the user can mend failed, or workers cannot start; what is finished is recorded.
            BlockError: Blocks failed for reasons of ours; all others are finished.
        """
        check_cores(self._ray, self._cores)
        self._todo = deque(blocks)
        try:
            with progress(say("scale.predicting"), len(blocks), say("scale.blocks")) as advance:
                self._loop(advance)
        finally:
            self._end()
        if self.lost:
            tell(say("scale.lost", count=self.lost))
        if self._failed:
            raise _failure(self._failed, len(blocks))

    def _loop(self, advance: Callable[[int], None]) -> None:
        looked, since, said = float("-inf"), time.monotonic(), False
        while self._todo or self._busy():
            now = time.monotonic()
            if now - looked >= TICK:
                self._fill()
                looked = now
            self._give()
            if any(one.ready for one in self._workers):
                since, said = now, False
            elif now - since > LONELY and not said:
                tell(say("scale.lonely", cores=self._cores))
                said = True
            waiting = [*self._starting, *(ref for one in self._workers for ref in one.given)]
            if not waiting:
                continue
            found, _ = self._ray.wait(waiting, num_returns=1, timeout=TICK)
            for ref in found:
                self._take(ref, advance)

    def _busy(self) -> int:
        return sum(len(one.given) for one in self._workers)

    def _fill(self) -> None:
        """As many workers as the machines now there have room for, and as there is work for; always one."""
        room = max(1, places(self._ray, self._cores))
        for _ in range(min(room, len(self._todo) + self._busy()) - len(self._workers)):
            one = _One(self._make.remote(self._work))
            self._workers.append(one)
            self._starting[one.handle.start.remote(self._files)] = one

    def _give(self) -> None:
        """Hand out blocks, to all workers the first before any gets a second."""
        for depth in range(1, AHEAD + 1):
            for one in self._workers:
                if one.ready and len(one.given) < depth and self._todo:
                    block = self._todo.popleft()
                    one.given[one.handle.answer.remote(block)] = block

    def _take(self, ref: Any, advance: Callable[[int], None]) -> None:
        """What became of a call."""
        one = self._starting.get(ref) or next((one for one in self._workers if ref in one.given), None)
        if one is None:  # of a worker that was lost meanwhile
            return
        try:
            result = self._ray.get(ref)
        except self._ray.exceptions.RayError as error:
            advance(self._lose(one, error))
            return
        if self._starting.pop(ref, None) is not None:
            if result is not None:
                raise ClusterError("scale.cannot_start", reason=result.reason)
            one.ready, self._lost_early = True, 0
            return
        block = one.given.pop(ref)
        if isinstance(result, Fault):
            if result.stop:
                raise UserError("scale.stopped", block=block, reason=result.reason)
            self._failed[block] = result
        else:
            self._done(result)
        advance(1)

    def _lose(self, one: _One, error: Exception) -> int:
        """A worker is gone: its blocks are to be done again, first of all. Gives how many blocks are given up.

        Raises:
            ClusterError: Workers are lost again and again before they are ready.
        """
        self._workers.remove(one)
        self._starting = {ref: other for ref, other in self._starting.items() if other is not one}
        self._ray.kill(one.handle)  # where it is only out of reach
        blocks = list(one.given.values())
        if not one.ready:
            self._lost_early += 1
            if self._lost_early >= STARTS:
                raise ClusterError("scale.workers_die", count=STARTS, reason=_last_line(error)) from error
            return 0
        self.lost += 1
        given_up = 0
        if blocks:  # it was at the first; the others had not begun
            self._cost[blocks[0]] += 1
            if self._cost[blocks[0]] >= ATTEMPTS:
                self._failed[blocks.pop(0)] = Fault(say("scale.killed", count=ATTEMPTS), user=False)
                given_up = 1
        self._todo.extendleft(reversed(blocks))
        return given_up

    def _end(self) -> None:
        """End all workers."""
        for one in self._workers:
            self._ray.kill(one.handle)


def _failure(failed: dict[Block, Fault], total: int) -> MaeumError:
    """One error for all blocks that failed."""
    named = listing((f"{block}: {fault.reason}" for block, fault in failed.items()), SHOWN)
    kind = UserError if all(fault.user for fault in failed.values()) else BlockError
    return kind("scale.failed", count=len(failed), total=total, blocks=named)


def _last_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    named = [line for line in lines if "Error:" in line]
    return ([*named, *lines] or [type(error).__name__])[0][:300].rstrip(".")
