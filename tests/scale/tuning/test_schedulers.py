"""Successive halving tells trials to end, and knows again what earlier ones reached."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("ray")


class Actor:
    """Notes that it was told to end."""

    def __init__(self) -> None:
        self.told = 0
        self.end_early = SimpleNamespace(remote=self._end)

    def _end(self) -> None:
        self.told += 1


def begun(scheduler: Any, name: str) -> Any:
    trial = SimpleNamespace(trial_id=name, temporary_state=SimpleNamespace(ray_actor=Actor()))
    scheduler.on_trial_add(None, trial)
    return trial


def told(scheduler: Any, trial: Any, epoch: int, score: float, **more: Any) -> int:
    assert scheduler.on_trial_result(None, trial, {"epoch": epoch, "score": score, **more}) == "CONTINUE"
    return int(trial.temporary_state.ray_actor.told)


@pytest.mark.parametrize(("mode", "sign"), [("max", 1), ("min", -1)])
def test_the_worse_are_told_to_end_and_the_best_goes_on(mode: str, sign: int) -> None:
    from maeum.scale.tuning.schedulers import Halving

    halving = Halving(9, mode)
    assert told(halving, begun(halving, "a"), 1, sign * 0.8) == 0
    assert told(halving, begun(halving, "b"), 1, sign * 0.7) == 1
    best = begun(halving, "c")
    assert told(halving, best, 1, sign * 0.9) == 0
    assert told(halving, best, 2, sign * 0.1) == 0  # between rungs nobody is judged
    assert told(halving, best, 3, sign * 0.9) == 0


def test_a_search_that_goes_on_knows_what_earlier_trials_reached() -> None:
    from maeum.scale.tuning.schedulers import Halving

    ended = SimpleNamespace(number=1, status="finished", rows=[{"epoch": 1, "score": 0.9}])
    running = SimpleNamespace(number=2, status="running", rows=[{"epoch": 1, "score": 0.99}])
    halving = Halving(9, "max")
    course: Any = SimpleNamespace(trials={1: ended, 2: running})
    halving.replay(course)
    assert told(halving, begun(halving, "b"), 1, 0.8) == 1
    assert told(halving, begun(halving, "c"), 1, 0.95) == 0
