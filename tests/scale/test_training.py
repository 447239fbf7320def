"""`maeum train --cluster` on real Ray: the loss curve of one process, storage, nodes that go, resuming elsewhere."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import ray_clusters
from ray_clusters import MARKS

pytest.importorskip("torch")
pytest.importorskip("ray")

from maeum.cli.main import main
from maeum.progress import Silent, report_to
from maeum.runs import Run
from maeum.scale.cluster import ClusterError
from maeum.schema import ClassPredictions
from maeum.workflows.train import train

pytestmark = MARKS
SMALL: dict[str, Any] = {
    "model": "cnn", "filters": 8, "widths": (2, 3), "embedding": 8, "embedding_dropout": 0, "dropout": 0, "seed": 3,
    "patience": 0, "vocabulary": 300, "learning_rate": 0.03,
}  # fmt: skip


class Ear(Silent):
    """Remembers what is said, and acts at a row of the live table."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.act: Callable[[int], None] = lambda _rows: None
        self._rows = 0

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    def table(self, heads: Any) -> Callable[[Any], None]:
        def row(_cells: Any) -> None:
            self._rows += 1
            self.act(self._rows)

        return row


@pytest.fixture
def ear() -> Ear:
    found = Ear()
    report_to(found)
    return found


@pytest.fixture(scope="class")
def two_cores() -> Iterator[None]:
    """Ray with two places on this machine, which all tests that ask for it share."""
    with ray_clusters.one_node(2):
        yield


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    """A file that only this process need see: 150 reviews, most of them plain; 135 are learnt from."""
    words = {"좋음": ["재미있다", "최고다", "감동이다"], "나쁨": ["지루하다", "최악이다", "아깝다"]}
    rows = [
        {"review": f"{words[label][(n // 2) % 3]} {'정말 ' * (n % 5)}{n}", "label": label}
        for n, label in enumerate(["좋음", "나쁨"] * 75)
    ]
    path = tmp_path / "reviews.csv"
    pl.DataFrame(rows).write_csv(path)
    return path


@pytest.fixture(scope="module")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encoder that only this process need see."""
    path = Path(__file__).parents[1] / "models" / "encoder_fixtures.py"
    spec = importlib.util.spec_from_file_location("encoder_fixtures", path)
    assert spec is not None and spec.loader is not None
    module = sys.modules.setdefault("encoder_fixtures", importlib.util.module_from_spec(spec))
    if not hasattr(module, "write_checkpoint"):
        spec.loader.exec_module(module)
    found: Path = module.write_checkpoint("bert", tmp_path_factory.mktemp("encoders") / "mine")
    return found


def answers(run: Run, texts: list[str]) -> Any:
    found = run.model.predict(texts)
    assert isinstance(found, ClassPredictions)
    return found.probabilities


def curve(run: Run, *columns: str) -> list[list[float]]:
    return [run.history[column].to_list() for column in columns]


class TestOneMachine:
    """They share a Ray with two places, which ends with the last of them."""

    def test_two_workers_have_the_curve_of_one_with_twice_the_batch(
        self, reviews: Path, tmp_path: Path, two_cores: None, ear: Ear
    ) -> None:
        wanted: dict[str, Any] = {**SMALL, "epochs": 4, "accumulation": 2}
        one = train(reviews, out=tmp_path / "one", batch_size=16, **wanted)
        two = train(reviews, out=tmp_path / "two", batch_size=8, cluster="auto", workers=2, **wanted)
        assert len(two.history) == 4
        assert two.history["step"].to_list() == one.history["step"].to_list() == [5, 10, 15, 20]  # 135 = 8 · 16 + 7
        losses = [float(loss) for loss in one.history["train_loss"]]
        assert losses[0] - losses[-1] > 0.1  # there is a curve
        for column in ("train_loss", "validation_loss", "train_accuracy", "learning_rate"):
            assert curve(two, column)[0] == pytest.approx(curve(one, column)[0], abs=1e-3), column
        first, second = (answers(run, ["재미있다", "지루하다 정말"]) for run in (one, two))
        assert second == pytest.approx(first, abs=1e-3)
        assert two.metrics["validation"]["accuracy"] == pytest.approx(one.metrics["validation"]["accuracy"], abs=1e-6)
        assert two.environment["cluster"] == {"workers": 2, "cpus": 1.0, "gpus": 0.0}
        said = "Training on the cluster: 2 process(es) with 1 core(s) each. An update sees 32 texts (2 × 16)."
        assert said in ear.said
        assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "reviews.csv", "two"]
        assert [path.name for path in (tmp_path / "two").iterdir() if path.name.startswith(".")] == []

    def test_an_interrupted_training_goes_on_from_storage_with_as_many_workers(
        self, reviews: Path, tmp_path: Path, two_cores: None, ear: Ear, monkeypatch: Any, capsys: Any
    ) -> None:
        monkeypatch.chdir(tmp_path)
        wanted: dict[str, Any] = {**SMALL, "epochs": 4, "batch_size": 8, "cluster": "auto"}
        whole = train(reviews, out="whole", workers=2, **wanted)

        def stop(rows: int) -> None:
            if rows == 3:  # the third epoch is done, its checkpoint perhaps not
                raise KeyboardInterrupt

        ear.act = stop
        ear._rows = 0
        with pytest.raises(KeyboardInterrupt):
            train(reviews, out="cut", workers=2, storage=tmp_path / "shared", **wanted)
        (kept,) = [path for path in (tmp_path / "shared").iterdir() if path.is_dir()]
        assert kept.name.startswith("cut-")
        assert sorted(path.name for path in kept.iterdir() if path.name.startswith("update-"))
        options = f"--cluster auto --workers 2 --storage {tmp_path / 'shared'}"
        assert any(f"maeum train --resume -o cut {options}" in one for one in ear.said)
        assert main(["train", "--resume", "-o", "cut"]) == 2  # one process would have half the batch
        assert capsys.readouterr().err.startswith(
            "The unfinished training of 'cut' was begun with other settings (before → now): --workers 2 → 1. Go on as it was "
            f"begun: maeum train --resume -o cut {options} –"
        )
        report_to(Silent())
        again = train(out="cut", resume=True, cluster="auto", storage=tmp_path / "shared")
        assert curve(again, "step") == curve(whole, "step")
        assert curve(again, "train_loss")[0] == pytest.approx(curve(whole, "train_loss")[0], abs=1e-6)
        assert list((tmp_path / "shared").iterdir()) == []
        assert sorted(path.name for path in tmp_path.iterdir()) == ["cut", "reviews.csv", "shared", "whole"]

    def test_an_encoder_of_the_callers_is_sent_and_keeps_its_name(
        self, reviews: Path, tmp_path: Path, two_cores: None, tiny_encoder: Path
    ) -> None:
        wanted: dict[str, Any] = {
            "model": str(tiny_encoder), "epochs": 1, "max_length": 16, "precision": "fp32", "dropout": 0, "seed": 1,
        }  # fmt: skip
        one = train(reviews, out=tmp_path / "one", batch_size=32, **wanted)
        two = train(reviews, out=tmp_path / "two", batch_size=16, cluster="auto", workers=2, **wanted)
        assert curve(two, "train_loss", "validation_loss") == [
            pytest.approx(one, abs=1e-3) for one in curve(one, "train_loss", "validation_loss")
        ]
        card = json.loads((two.folder / "model" / "model.json").read_text(encoding="utf-8"))
        assert card["settings"]["checkpoint"] == str(tiny_encoder)
        assert "maeum-train-" not in "".join(
            path.read_text(encoding="utf-8")
            for path in two.folder.rglob("*")
            if path.suffix in (".json", ".md", ".yaml")
        )

    def test_what_a_worker_refuses_is_said_as_here_and_not_tried_again(
        self, reviews: Path, tmp_path: Path, two_cores: None, ear: Ear
    ) -> None:
        with pytest.raises(ClusterError) as error:
            train(
                reviews, out=tmp_path / "run", cluster="auto", workers=2, **{**SMALL, "epochs": 1, "precision": "fp16"}
            )
        assert str(error.value).startswith("--precision fp16")
        assert error.value.exit_code == 2
        assert not any("A worker was lost" in one for one in ear.said)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["reviews.csv"]


def test_nodes_in_a_process_of_their_own() -> None:
    """Ray loses track of actors on a cluster of several nodes that is the second one of a process."""
    script = Path(__file__).with_name("training_nodes.py")
    command = [sys.executable, "-m", "pytest", str(script), "-m", "slow", "-p", "no:cacheprovider"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-5000:]
    assert "2 passed" in done.stdout
