"""Who gets which block, and what happens when a worker is lost: with a cluster that only pretends to be one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from maeum.errors import UserError
from maeum.scale.blocks import Block
from maeum.scale.cluster import ClusterError
from maeum.scale.output import Record
from maeum.scale.predict import BlockError, Pool
from maeum.scale.worker import Fault, Work

BLOCKS = [Block(Path("a.parquet"), "a.parquet", 1, at, at + 10, f"a-{at}.parquet") for at in range(0, 80, 10)]


class GoneError(Exception):
    """As Ray's."""


class Fake:
    """A cluster of two machines with one core each, whose calls are answered one at a time, in order.

    Args:
        behave: Given the number of a worker and its block (None for its start), gives the answer or raises GoneError.
    """

    exceptions = SimpleNamespace(RayError=GoneError)

    def __init__(self, behave: Callable[[int, Block | None], Any]) -> None:
        self.behave, self.workers, self.calls = behave, 0, deque[Any]()
        self.asked: list[tuple[int, str]] = []
        self.ended: set[int] = set()

    def nodes(self) -> list[dict[str, Any]]:
        return [{"Alive": True, "Resources": {"CPU": 1.0}}] * 2 + [{"Alive": False, "Resources": {"CPU": 8.0}}]

    def remote(self, _class: Any) -> Any:
        return SimpleNamespace(options=lambda **_: SimpleNamespace(remote=self._worker))

    def _worker(self, _work: Any) -> Any:
        number = self.workers
        self.workers += 1

        def call(name: str) -> Any:
            def remote(block: Any = None) -> Any:
                ref = (number, name, block if name == "answer" else None, len(self.asked), object())
                self.calls.append(ref)
                return ref

            return SimpleNamespace(remote=remote)

        return SimpleNamespace(number=number, start=call("start"), answer=call("answer"))

    def put(self, value: Any) -> Any:
        return value

    def wait(self, refs: list[Any], num_returns: int, timeout: float) -> tuple[list[Any], list[Any]]:
        first = next(ref for ref in self.calls if ref in refs)
        return [first], []

    def get(self, ref: Any) -> Any:
        number, name, block, *_ = ref
        self.calls.remove(ref)
        if name == "answer":
            self.asked.append((number, block.part))
        return self.behave(number, block)

    def kill(self, handle: Any) -> None:
        self.ended.add(handle.number)


def pool(fake: Fake) -> tuple[Pool, list[str]]:
    done: list[str] = []
    work = Work(begin=lambda _: None, model="", out=Path(), plan="", cores=1)
    return Pool(fake, work, {}, lambda record: done.append(record.part)), done


def answered(_worker: int, block: Block | None) -> Any:
    return None if block is None else Record(block.part, 10, 1)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maeum.scale.predict.TICK", 0.0)


def test_all_blocks_are_done_once_by_as_many_workers_as_there_is_room_for() -> None:
    fake = Fake(answered)
    one, done = pool(fake)
    one.run(BLOCKS)
    assert sorted(done) == sorted(block.part for block in BLOCKS)
    assert (fake.workers, fake.ended, one.lost) == (2, {0, 1}, 0)


def test_a_lost_worker_costs_its_block_only(listen: Any) -> None:
    def behave(worker: int, block: Block | None) -> Any:
        if worker == 1 and block is not None:
            raise GoneError
        return answered(worker, block)

    heard = listen()
    fake = Fake(behave)
    one, done = pool(fake)
    one.run(BLOCKS)
    assert sorted(done) == sorted(block.part for block in BLOCKS)
    again = [part for _, part in fake.asked if sum(part == other for _, other in fake.asked) > 1]
    assert len(set(again)) == 1  # the block it was at; those that waited behind it had not begun
    assert one.lost == 1
    assert heard.said == ["Workers lost on the way: 1. Their blocks were done again elsewhere."]


def test_a_block_that_ends_its_workers_is_given_up_and_the_others_are_finished() -> None:
    def behave(worker: int, block: Block | None) -> Any:
        if block == BLOCKS[3]:
            raise GoneError
        return answered(worker, block)

    fake = Fake(behave)
    one, done = pool(fake)
    with pytest.raises(BlockError) as error:
        one.run(BLOCKS)
    assert str(error.value) == (
        "1 of 8 block(s) failed, the others are finished: a.parquet 31–40: its worker ended 3 times without a word, as "
        "when memory runs out"
    )
    assert error.value.exit_code == 1
    assert len(done) == 7
    assert [part for _, part in fake.asked].count("a-30.parquet") == 3


def test_faults_are_named_with_their_blocks_and_the_others_are_finished() -> None:
    def behave(worker: int, block: Block | None) -> Any:
        if block in BLOCKS[:2]:
            return Fault("ValueError: broken", user=False)
        return answered(worker, block)

    one, done = pool(Fake(behave))
    with pytest.raises(BlockError) as error:
        one.run(BLOCKS)
    assert str(error.value) == (
        "2 of 8 block(s) failed, the others are finished: a.parquet 1–10: ValueError: broken, a.parquet 11–20: "
        "ValueError: broken"
    )
    assert len(done) == 6


def test_what_the_user_can_mend_is_said_so() -> None:
    one, done = pool(Fake(lambda w, block: Fault("damaged.", user=True) if block == BLOCKS[0] else answered(w, block)))
    with pytest.raises(UserError, match=r"1 of 8 block\(s\) failed, the others are finished: a.parquet 1–10: damaged"):
        one.run(BLOCKS)
    assert len(done) == 7


def test_a_full_disk_stops_at_once() -> None:
    def behave(worker: int, block: Block | None) -> Any:
        return Fault("disk full.", user=True, stop=True) if block == BLOCKS[0] else answered(worker, block)

    one, done = pool(Fake(behave))
    with pytest.raises(UserError) as error:
        one.run(BLOCKS)
    assert str(error.value) == "Stopped at block a.parquet 1–10: disk full."
    assert done == []


def test_workers_that_cannot_start_are_no_endless_loop() -> None:
    def dying(_worker: int, _block: Block | None) -> Any:
        raise GoneError("long words\nModuleNotFoundError: No module named 'maeum'\n")

    fake = Fake(dying)
    one, _ = pool(fake)
    with pytest.raises(ClusterError) as error:
        one.run(BLOCKS)
    assert str(error.value) == (
        "5 workers in a row ended before they were ready: ModuleNotFoundError: No module named 'maeum'. Look at the "
        "memory of the machines, and whether maeum is installed on all of them."
    )
    one, _ = pool(Fake(lambda *_: Fault("'node7' has another version.", user=True)))
    with pytest.raises(ClusterError) as error:
        one.run(BLOCKS)
    assert str(error.value) == "A worker cannot start: 'node7' has another version."


def test_more_cores_than_a_machine_has() -> None:
    work = Work(begin=lambda _: None, model="", out=Path(), plan="", cores=2)
    with pytest.raises(ClusterError) as error:
        Pool(Fake(answered), work, {}, lambda _: None).run(BLOCKS)
    assert str(error.value) == (
        "--cores-per-worker 2: the largest machine of the cluster has 1 core(s). Give 1 or fewer."
    )
