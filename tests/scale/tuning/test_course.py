"""How a search goes, without Ray: what is drawn, what is remembered, and that an interrupted one goes on the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maeum.models.space import Choice, Range, Space
from maeum.scale.tuning.course import FAILED, FINISHED, LOST, STOPPED, Course, Trial
from maeum.scale.tuning.journal import Journal
from maeum.scale.tuning.sources import Grid, Random, Sample, Source, grid_size, source_of

SPACE: Space = {
    "learning_rate": Range(1e-5, 1e-2, log=True),
    "batch_size": Choice((8, 16, 32)),
    "epochs": Range(1, 4, whole=True),
    "widths": Choice(((2, 3), (4, 5))),
    "warmup": Range(0.0, 0.3, step=0.1),
}
Make = Callable[..., Course]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A course over `SPACE`, with its journal in one file."""

    def begin(source: Source, count: int | None = 6, limit: int = 1, **more: Any) -> Course:
        return Course(source, Journal(tmp_path / "journal.jsonl"), count, 1, lambda: limit, **more)

    return begin


def done(score: float | None, **more: Any) -> dict[str, Any]:
    record = {"status": FINISHED, "score": score, "sd": None, "epochs": 1, "examples": 10, "seconds": 2.0}
    return {**record, "reason": "", "retries": 0, **more}


def score_of(settings: Sample) -> float:
    """What is best at a small learning rate and a large batch."""
    return float(settings["batch_size"] / 100 - settings["learning_rate"])


def go(course: Course, most: int = 100) -> list[Trial]:
    """Carry out trials one after another."""
    for _ in range(most):
        trial = course.next()
        if trial is None:
            break
        course.epoch(trial.number, [{"epoch": 1, "score": score_of(trial.settings)}])
        course.end(trial.number, done(score_of(trial.settings)))
    return list(course.trials.values())


def test_a_grid_goes_through_all_points_once_in_an_order_of_the_seed() -> None:
    space: Space = {"a": Choice((1, 2, 3)), "b": Range(0.0, 1.0, points=2)}
    assert grid_size(space) == 6

    def points(seed: int) -> list[Sample | None]:
        grid = Grid(space, seed)
        return [grid.ask(number) for number in range(1, 8)]

    found = points(7)
    assert found == points(7)
    assert found != points(8)
    assert found[6] is None
    pairs = sorted((one["a"], one["b"]) for one in found if one)
    assert pairs == [(1, 0.0), (1, 1.0), (2, 0.0), (2, 1.0), (3, 0.0), (3, 1.0)]


def test_of_a_huge_grid_points_are_drawn_without_listing_it() -> None:
    grid = Grid({name: Range(0.0, 1.0, points=100) for name in "abcd"}, 0)
    found = [grid.ask(number) for number in range(1, 51)]
    assert len({repr(one) for one in found}) == 50


def test_chance_draws_nothing_twice_and_ends_where_the_space_does() -> None:
    source = Random({"a": Choice((1, 2)), "b": Choice(("x", "y"))}, 3)
    found = [source.ask(number) for number in range(1, 6)]
    assert found[4] is None
    assert sorted((one["a"], one["b"]) for one in found if one) == [(1, "x"), (1, "y"), (2, "x"), (2, "y")]


@pytest.mark.parametrize("search", ["grid", "random", "optuna"])
def test_an_interrupted_search_goes_on_as_if_nothing_had_happened(search: str, make: Make, tmp_path: Path) -> None:
    if search == "optuna":
        pytest.importorskip("ray")
        pytest.importorskip("optuna")
    count = 14  # Optuna draws by chance for the first ten

    def source() -> Source:
        return source_of(search, SPACE, 5, "max")

    undisturbed = [(one.number, one.settings, one.score, one.status) for one in go(make(source(), count))]
    assert len(undisturbed) == count
    (tmp_path / "journal.jsonl").unlink()

    first = make(source(), count)
    go(first, 11)
    cut = first.next()  # begins, and is interrupted after an epoch
    assert cut is not None
    first.epoch(cut.number, [{"epoch": 1, "score": 0.5}])
    with (tmp_path / "journal.jsonl").open("a", encoding="utf-8") as out:
        out.write('{"event": "epo')  # killed while it wrote
    journal = Journal(tmp_path / "journal.jsonl")
    journal.mend()

    second = make(source(), count)
    assert second.replay() == 11
    resumed = [(one.number, one.settings, one.score, one.status) for one in go(second)]
    assert resumed == undisturbed


def test_optuna_looks_where_it_went_well() -> None:
    pytest.importorskip("ray")
    pytest.importorskip("optuna")
    space: Space = {"c": Range(0.01, 100.0, log=True), "kind": Choice(("good", "bad"))}
    source = source_of("optuna", space, 0, "min")
    kinds = []
    for number in range(1, 41):
        sample = source.ask(number)
        assert sample is not None
        kinds.append(sample["kind"])
        source.tell(number, None if number == 3 else abs(sample["c"] - 1) + 10 * (sample["kind"] == "bad"))
    assert kinds[20:].count("good") >= 16


def test_a_search_ends_with_its_trials_its_time_or_its_hope(make: Make) -> None:
    assert len(go(make(Random(SPACE, 0), 4))) == 4
    now = [0.0]
    course = make(Random(SPACE, 1), None, seconds=10, clock=lambda: now[0])
    go(course, 2)
    assert not course.over
    now[0] = 10.0
    assert (course.over, course.exhausted, course.next()) == (True, True, None)


def test_the_same_failure_of_the_first_trials_ends_a_search(make: Make) -> None:
    course = make(Random(SPACE, 0), 20)
    while (trial := course.next()) is not None:
        course.end(trial.number, {"status": FAILED, "score": None, "reason": "There is no 'x'."})
    assert len(course.trials) == 4
    assert course.reasons() == [("There is no 'x'.", 4)]
    assert course.best() is None


def test_not_more_run_at_once_than_there_is_room_for(make: Make) -> None:
    course = make(Random(SPACE, 0), 5, limit=2)
    first, second, third = course.next(), course.next(), course.next()
    assert first is not None and second is not None and third is None
    assert not course.exhausted
    course.end(first.number, done(0.5))
    assert course.next() is not None


def test_the_best_is_a_finished_one_and_of_equal_ones_the_first(make: Make) -> None:
    course = make(Random(SPACE, 0), 5, limit=5)
    for score, status in ((0.7, FINISHED), (0.9, STOPPED), (0.8, FINISHED), (0.8, FINISHED), (None, FAILED)):
        trial = course.next()
        assert trial is not None
        course.end(trial.number, done(score, status=status, reason="x" if status == FAILED else ""))
    best = course.best()
    assert best is not None and best.number == 3


def test_a_lost_process_is_forgiven_some_times_and_a_lack_of_memory_once(make: Make) -> None:
    course = make(Random(SPACE, 0), 2)
    trial = course.next()
    assert trial is not None
    assert [course.lose(trial.number, memory=False) for _ in range(LOST + 1)] == [True, True, True, False]
    other = make(Random(SPACE, 0), 2)
    trial = other.next()
    assert trial is not None
    assert [other.lose(trial.number, memory=True) for _ in range(2)] == [True, False]
    assert trial.halved
    other.end(trial.number, done(0.5))
    assert trial.retries == 2


def test_weights_copied_from_another_trial_take_the_rows_behind_them_away(make: Make) -> None:
    course = make(Random(SPACE, 0), 1)
    trial = course.next()
    assert trial is not None
    for epoch in (1, 2, 3):
        course.epoch(1, [{"epoch": epoch, "score": 0.1 * epoch}])
    changed = {**trial.settings, "learning_rate": 0.5}
    course.epoch(1, [{"epoch": 2, "score": 0.9}], changed)
    assert [row["epoch"] for row in trial.rows] == [1, 2]
    assert (trial.score, trial.settings["learning_rate"], trial.epochs) == (0.9, 0.5, 3)
    again = make(Random(SPACE, 0), 1)
    again.replay()
    assert again.trials[1].settings == changed


def test_the_journal_holds_whole_lines_only(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    assert list(journal.events()) == []
    journal.mend()
    journal.add("begin", 1, settings={"widths": (2, 3)})
    line = (tmp_path / "journal.jsonl").read_text(encoding="utf-8")
    assert json.loads(line) == {"event": "begin", "trial": 1, "settings": {"widths": [2, 3]}}
    with (tmp_path / "journal.jsonl").open("a", encoding="utf-8") as out:
        out.write('{"event": "end", "tri')
    assert len(list(journal.events())) == 1
    journal.mend()
    assert (tmp_path / "journal.jsonl").read_text(encoding="utf-8") == line
