"""Whole searches on real Ray: one machine, two nodes, a node that goes, an interrupted one."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

import ray_clusters
from maeum.cli.main import main
from maeum.errors import UserError
from maeum.progress import Silent, report_to
from maeum.runs import Run
from maeum.scale.tuning.course import RUNNING, Trial
from maeum.workflows.train import train
from maeum.workflows.tune import Tuned, tune
from maeum.workflows.tuning.follow import Lines
from ray_clusters import MARKS

pytest.importorskip("ray")
pytest.importorskip("optuna")
pytestmark = [
    *MARKS,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
LINEAR: dict[str, Any] = {
    "model": "linear",
    "stars": "2",
    "limit": 120,
    "space": {"c": [0.1, 0.5, 2.0], "contrast": [0, 0.5]},
}
TINY: dict[str, Any] = {
    "model": "cnn", "stars": "2", "limit": 120, "filters": 4, "embedding": 8, "spelling": False, "units": "syllable",
    "patience": 0, "schedule": "constant",
}  # fmt: skip


class Interrupt(Lines):
    """Ctrl-C once so many trials have ended."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._after = after

    def changed(self, trial: Trial) -> None:
        super().changed(trial)
        if len(self._said) >= self._after and trial.status != RUNNING:
            signal.raise_signal(signal.SIGINT)


@pytest.fixture(scope="module")
def one_node() -> Iterator[None]:
    """Ray on one core of this machine, which the tests share."""
    with ray_clusters.one_node(1):
        yield


@pytest.fixture
def two_nodes() -> Iterator[tuple[Any, Any]]:
    """See `ray_clusters.two_nodes`."""
    with ray_clusters.two_nodes() as found:
        yield found


def trials(found: Tuned) -> list[tuple[Any, ...]]:
    names = [name for name in found.trials.columns if name not in ("seconds",)]
    return found.trials.sort("trial").select(names).rows()


@pytest.mark.usefixtures("one_node")
class TestOnOneNode:
    """One Ray for all of these."""

    def test_a_grid_and_what_it_leaves(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "space.yaml").write_text(yaml.safe_dump(LINEAR["space"]), encoding="utf-8")
        place = tmp_path / "search"
        words = ["tune", "sample", "--model", "linear", "--stars", "2", "--limit", "120", "--search", "grid"]
        assert main([*words, "--space", str(tmp_path / "space.yaml"), "-o", str(place)]) == 0
        said = capsys.readouterr().err
        assert "The grid has 6 points; 6 of them are tried." in said
        assert "trial 6/6: " in said
        found = Tuned(place)
        assert sorted(found.trials.select("c", "contrast").rows()) == [
            (c, contrast) for c in (0.1, 0.5, 2.0) for contrast in (0.0, 0.5)
        ]
        assert found.trials["status"].to_list() == ["finished"] * 6
        best = found.trials.sort(["score", "trial"], descending=[True, False]).row(0, named=True)
        assert (found.facts["best"], found.facts["best_score"]) == (best["trial"], best["score"])
        assert found.facts["counts"] == {"trials": 6, "finished": 6, "stopped": 0, "failed": 0}
        assert (found.best.model.c, found.best.model.contrast) == (best["c"], best["contrast"])  # type: ignore[attr-defined]
        again = train(config=place / "best.yaml", out=tmp_path / "again")
        assert again.metrics["validation"]["macro_f1"] == best["score"]
        assert Run.open(place / best["folder"]).metrics == again.metrics
        assert found.report.is_file()
        assert found.curves["trial"].to_list() == [1, 2, 3, 4, 5, 6]
        assert not (place / ".tune").exists()

    @pytest.mark.parametrize("search", ["random", "optuna"])
    def test_an_interrupted_search_has_the_trials_of_an_undisturbed_one(self, search: str, tmp_path: Path) -> None:
        asked = {
            **LINEAR,
            "space": {"c": {"min": 0.01, "max": 10, "log": True}, "contrast": [0, 0.5, 1]},
            "search": search,
        }
        whole = tune("sample", **asked, trials=4, out=tmp_path / "whole")
        with pytest.raises(KeyboardInterrupt):
            tune("sample", **asked, trials=4, out=tmp_path / "cut", follow=Interrupt(2))
        resumed = tune(out=tmp_path / "cut", resume=True)
        assert trials(resumed) == trials(whole)
        more = tune(out=tmp_path / "cut", resume=True, trials=5)
        assert trials(more)[:4] == trials(whole)
        assert len(more.trials) == 5

    def test_halving_stops_bad_trials_and_keeps_their_runs(self, tmp_path: Path) -> None:
        pytest.importorskip("torch")
        space = {"learning_rate": [1e-7, 2e-7, 0.05, 3e-7, 4e-7]}  # the seed takes the third first
        asked = {"search": "grid", "scheduler": "asha", "metric": "log_loss", "epochs": 3}
        found = tune("sample", **TINY, **asked, space=space, out=tmp_path / "search")
        for row in found.trials.to_dicts():
            good = row["learning_rate"] > 0.01
            assert (row["status"], row["epochs"]) == (("finished", 3) if good else ("stopped", 1))
            run = Run.open(found.folder / row["folder"])
            assert len(run.history) == row["epochs"]
            assert run.metrics["validation"]["log_loss"] == row["score"]
        assert found.trials["examples"].sum() == (3 + 4) * 120

    def test_a_population_copies_weights_and_settings(self, tmp_path: Path) -> None:
        pytest.importorskip("torch")
        space = {"learning_rate": {"min": 1e-7, "max": 0.05, "log": True}}
        found = tune(
            "sample", **TINY, space=space, search="random", scheduler="pbt", trials=4, epochs=4, out=tmp_path / "search"
        )
        assert found.trials["status"].to_list() == ["finished"] * 4
        assert found.trials["epochs"].to_list() == [4] * 4
        begun = [line for line in (found.folder / "journal.jsonl").read_text().splitlines() if '"settings"' in line]
        assert any('"epoch"' in line for line in begun)  # settings that changed on the way
        assert all(0 < rate <= 0.05 for rate in found.trials["learning_rate"])

    def test_failures_are_named_and_the_search_goes_on(self, tmp_path: Path) -> None:
        asked = {**LINEAR, "space": {"joined_max": [0, 3], "spaced_max": [0, 3], "word_max": 0}, "search": "grid"}
        found = tune("sample", **asked, out=tmp_path / "search")
        failed = found.trials.filter(pl.col("status") == "failed")
        assert failed.select("joined_max", "spaced_max", "score", "folder").rows() == [(0, 0, None, "")]
        assert all(failed["reason"])
        assert found.facts["counts"]["finished"] == 3

    def test_all_failed(self, tmp_path: Path) -> None:
        space = {"checkpoint": [str(tmp_path / "one"), str(tmp_path / "two")]}
        with pytest.raises(UserError) as error:
            tune("sample", model="encoder", stars="2", limit=120, space=space, search="grid", out=tmp_path / "search")
        assert error.value.key == "tune.all_failed"
        assert str(error.value).startswith("All 2 trials failed, the most frequent reason first:\n  1 × ")
        assert (tmp_path / "search" / "trials.parquet").is_file()

    def test_runs_by_way_of_a_storage(self, tmp_path: Path) -> None:
        found = tune("sample", **LINEAR, trials=2, search="random", out=tmp_path / "s", storage=tmp_path / "shared")
        assert [Run.open(found.folder / name).report.is_file() for name in found.trials["folder"]] == [True, True]


def test_a_node_that_goes_costs_no_trial(two_nodes: Any, tmp_path: Path) -> None:
    cluster, second = two_nodes
    removed: list[int] = []

    class Remove(Lines):
        def changed(self, trial: Trial) -> None:
            super().changed(trial)
            if self._said and not removed:
                removed.append(trial.number)
                cluster.remove_node(second, allow_graceful=False)

    report_to(Silent())
    space = {"c": {"min": 0.01, "max": 10, "log": True}}
    asked = {**LINEAR, "space": space, "search": "random", "trials": 8}
    found = tune("sample", **asked, out=tmp_path / "search", cluster=cluster.address, follow=Remove())
    assert removed
    assert found.trials["trial"].to_list() == list(range(1, 9))
    assert found.trials["status"].to_list() == ["finished"] * 8
    assert all(Run.open(found.folder / name).metrics for name in found.trials["folder"])
    shutil.rmtree(found.folder)
