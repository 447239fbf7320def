"""One attempt at a trial: an epoch at a time, ended early, abandoned, failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from maeum.errors import ModelError
from maeum.scale.tuning.attempt import AbandonedError, Attempt, Link, Order
from maeum.training.listeners import Row


class Work:
    """Three epochs, of which each is noted."""

    def __init__(self) -> None:
        self.noted: list[str] = []

    def run(self, order: Order, link: Link) -> Mapping[str, Any]:
        try:
            for epoch in (1, 2, 3):
                link.epoch({"epoch": epoch, "validation_accuracy": epoch / 10})
                if link.enough():
                    break
        except AbandonedError:
            self.noted.append("abandoned")
            raise
        self.noted.append("written")
        return {"status": "stopped" if link.ended else "finished", "score": epoch / 10, "settings": order.settings}

    def score(self, row: Row) -> float | None:
        return float(row["validation_accuracy"] or 0)


def epochs(rows: list[Row]) -> list[Any]:
    return [row["epoch"] for row in rows]


def test_training_goes_on_when_it_is_told_to() -> None:
    attempt = Attempt(Work(), Order(1, {"c": 1}), str)
    for epoch in (1, 2, 3):
        rows, record = attempt.advance(end=False)
        assert (epochs(rows), record) == ([epoch], None)
    rows, record = attempt.advance(end=False)
    assert (rows, record) == ([], {"status": "finished", "score": 0.3, "settings": {"c": 1}})


def test_a_trial_told_to_end_keeps_what_it_has() -> None:
    work = Work()
    attempt = Attempt(work, Order(1, {}), str)
    attempt.advance(end=False)
    rows, record = attempt.advance(end=True)
    assert rows == []
    assert record is not None and (record["status"], record["score"]) == ("stopped", 0.1)
    assert work.noted == ["written"]


def test_an_abandoned_trial_writes_nothing() -> None:
    work = Work()
    attempt = Attempt(work, Order(1, {}), str)
    attempt.advance(end=False)
    attempt.abandon()
    attempt.abandon()  # twice does no harm
    assert work.noted == ["abandoned"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [(ModelError("tune.reason_time"), "time was over before it ended"), (KeyError("x"), "KeyError: 'x'")],
)
def test_a_failure_is_a_record_with_its_reason(error: Exception, reason: str) -> None:
    class Broken(Work):
        def run(self, order: Order, link: Link) -> Mapping[str, Any]:
            raise error

    pytest.importorskip("ray")
    from maeum.scale.tuning.trainable import described

    rows, record = Attempt(Broken(), Order(2, {"c": 1}), described).advance(end=False)
    assert rows == []
    assert record == {"status": "failed", "score": None, "reason": reason, "settings": {"c": 1}}
