"""One trial in this process: what it writes, what it does when memory runs out, seeds and folds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from maeum.errors import ModelError
from maeum.recipe import Recipe
from maeum.runs import Run
from maeum.scale.tuning.attempt import Attempt, Link, Order
from maeum.workflows.prepare import Prepared, training_data
from maeum.workflows.tuning.folds import folds_of
from maeum.workflows.tuning.metric import known_metrics
from maeum.workflows.tuning.trial import TrialWork


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    base = Recipe.from_keywords("linear", {"limit": 120, "stars": "2"})
    return base.model_copy(update={"data": base.data.model_copy(update={"source": "sample"})})


@pytest.fixture(scope="module")
def prepared(recipe: Recipe) -> Prepared:
    return training_data(recipe)


def work(recipe: Recipe, parts: tuple[Prepared, ...], out: Path, seeds: int = 1) -> TrialWork:
    return TrialWork(recipe, parts, seeds, "macro_f1", out)


def test_a_trial_is_a_run_with_its_settings(recipe: Recipe, prepared: Prepared, tmp_path: Path) -> None:
    found = work(recipe, (prepared,), tmp_path).run(Order(7, {"c": 0.5, "loss": "logistic"}), Link())
    run = Run.open(tmp_path / "0007")
    assert (found["status"], found["epochs"], found["examples"], found["retries"]) == ("finished", 1, 120, 0)
    assert found["score"] == run.metrics["validation"]["macro_f1"]
    assert found["sd"] is None
    assert (run.recipe.model.c, run.recipe.model.loss) == (0.5, "logistic")  # type: ignore[attr-defined]
    assert run.recipe.data == recipe.data
    assert len(run.predictions) == len(prepared.validation or ())
    assert run.report.is_file()


def test_seeds_and_folds_give_a_mean_and_its_spread(recipe: Recipe, prepared: Prepared, tmp_path: Path) -> None:
    parts = folds_of(prepared, recipe, 3, carved=True)
    rows = len(prepared.train) + len(prepared.validation or ())
    held = [set(part.validation.ids) for part in parts if part.validation is not None]
    assert [len(part.train) + len(ids) for part, ids in zip(parts, held, strict=True)] == [rows] * 3
    assert len(set.union(*held)) == sum(map(len, held)) == rows
    assert all(not set(part.train.ids) & ids for part, ids in zip(parts, held, strict=True))
    found = work(recipe, parts, tmp_path).run(Order(1, {"c": 0.5}), Link())
    metrics = Run.open(tmp_path / "0001").metrics
    each = [one["validation"]["macro_f1"] for one in metrics["folds"]]
    assert found["score"] == pytest.approx(sum(each) / 3)
    assert metrics["sd"]["macro_f1"] == pytest.approx(found["sd"])
    assert found["examples"] == 2 * rows
    seeds = work(recipe, (prepared,), tmp_path, seeds=2).run(Order(2, {"c": 0.5}), Link())
    assert len(Run.open(tmp_path / "0002").metrics["seeds"]) == 2
    assert seeds["examples"] == 240


def test_metrics_are_those_of_a_judgement(prepared: Prepared) -> None:
    known = known_metrics(prepared)
    assert {"accuracy", "macro_f1", "weighted_f1", "mcc", "log_loss", "brier", "ece"} <= set(known)
    assert "per_class" not in known and "majority_baseline" not in known


class TestNetworks:
    """Trials that learn by gradients."""

    @pytest.fixture(autouse=True)
    def _no_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Drawing is most of the time of so small a training."""
        monkeypatch.setattr("maeum.workflows.run_folder.evaluation_page", lambda *_, **__: "<html></html>")

    @pytest.fixture
    def network(self, recipe: Recipe) -> Recipe:
        pytest.importorskip("torch")
        tiny = {"filters": 4, "embedding": 8, "epochs": 3, "spelling": False, "units": "syllable", "patience": 0}
        return Recipe.from_keywords("cnn", tiny, recipe)

    def test_a_trial_that_is_stopped_keeps_its_best_epoch(
        self, network: Recipe, prepared: Prepared, tmp_path: Path
    ) -> None:
        attempt = Attempt(work(network, (prepared,), tmp_path), Order(1, {"learning_rate": 0.01}), str)
        rows, record = attempt.advance(end=False)
        assert ([row["epoch"] for row in rows], record) == ([1], None)
        rows, record = attempt.advance(end=True)
        assert rows == [] and record is not None
        assert (record["status"], record["epochs"], record["examples"]) == ("stopped", 1, 120)
        run = Run.open(tmp_path / "0001")
        assert run.history["epoch"].to_list() == [1]
        assert run.recipe.training.epochs == 3  # type: ignore[attr-defined]

    def test_a_trial_goes_on_from_the_weights_of_another_with_other_settings(
        self, network: Recipe, prepared: Prepared, tmp_path: Path
    ) -> None:
        whole = work(network, (prepared,), tmp_path)
        keep = tmp_path / "keep"
        keep.mkdir()
        donor = Attempt(whole, Order(1, {"learning_rate": 0.01, "schedule": "constant"}, keep=keep), str)
        donor.advance(end=False)
        donor.abandon()
        settings = {"learning_rate": 0.004, "weight_decay": 0.5, "schedule": "constant"}
        heir = Attempt(whole, Order(2, settings, keep=keep, resume=True), str)
        rows, _ = heir.advance(end=False)
        assert [row["epoch"] for row in rows] == [2]
        assert rows[0]["learning_rate"] == pytest.approx(0.004)
        heir.advance(end=False)
        _, record = heir.advance(end=False)
        assert record is not None and record["epochs"] == 3
        assert Run.open(tmp_path / "0002").history["epoch"].to_list() == [1, 2, 3]

    def test_memory_that_runs_out_halves_the_batch_once(
        self, network: Recipe, prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from maeum.workflows.tuning import trial

        tried: list[tuple[int, int]] = []
        real = trial.fit

        def fit(train: Any, validation: Any, recipe: Any, workspace: Any) -> Any:
            tried.append((recipe.training.batch_size, recipe.training.accumulation))
            if recipe.training.batch_size > 16:
                raise ModelError("gradient.no_memory", batch=recipe.training.batch_size, length=128)
            return real(train, validation, recipe, workspace)

        monkeypatch.setattr(trial, "fit", fit)
        short = Recipe.from_keywords("cnn", {"epochs": 1}, network)
        found = work(short, (prepared,), tmp_path).run(Order(1, {"batch_size": 32}), _Unasked())
        assert (tried, found["retries"], found["status"]) == ([(32, 1), (16, 2)], 1, "finished")
        assert found["settings"] == {"batch_size": 32}
        training: Any = Run.open(tmp_path / "0001").recipe.training
        assert (training.batch_size, training.accumulation) == (16, 2)
        with pytest.raises(ModelError, match="batch") as error:
            work(short, (prepared,), tmp_path).run(Order(2, {"batch_size": 64}), _Unasked())
        assert error.value.key == "gradient.no_memory"
        assert tried[2:] == [(64, 1), (32, 2)]


class _Unasked(Link):
    """Nobody waits for it."""

    def enough(self) -> bool:
        return False
