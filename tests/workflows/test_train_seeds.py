"""Several seeds: means, standard deviations, the model that is kept, and interrupts in between."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

import numpy as np
import pytest

import maeum
from maeum.cli.main import main
from maeum.errors import UsageError
from maeum.recipe import Recipe
from maeum.runs import Run
from maeum.workflows.seeds import Result, best_of, seed_count, summary


@pytest.fixture(autouse=True)
def reviews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """60 reviews in `reviews.csv`, some of them wrongly labelled, in the folder worked in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAEUM_LANG", "en")
    labels = ["긍정" if (i % 2) != (i % 7 == 0) else "부정" for i in range(60)]
    rows = [f"{'재밌는' if i % 2 else '지루한'} 이야기 {i},{label}" for i, label in enumerate(labels)]
    Path("reviews.csv").write_text("\n".join(["text,label", *rows]) + "\n", encoding="utf-8")


def result(seed: int, **metrics: Any) -> Result:
    return Result(seed, metrics or None, (), Path(str(seed)))


def train(**settings: Any) -> Run:
    wanted: dict[str, Any] = {"model": "gradual", "out": "run", "epochs": 4, "seed": 7, "validation_fraction": 0.3}
    return maeum.train("reviews.csv", **{**wanted, **settings})


def test_the_folder_of_several_seeds(gradual: Any) -> None:
    run = train(seeds=3)
    assert gradual.trained == [(seed, epoch) for seed in (7, 8, 9) for epoch in (1, 2, 3, 4)]
    metrics = json.loads((run.folder / "metrics.json").read_text(encoding="utf-8"))
    assert list(metrics) == ["validation", "seeds", "sd"]
    assert [one["seed"] for one in metrics["seeds"]] == [7, 8, 9]
    losses = [one["validation"]["log_loss"] for one in metrics["seeds"]]
    assert len(set(losses)) == 3
    assert metrics["validation"]["log_loss"] == pytest.approx(fmean(losses))
    assert metrics["sd"]["log_loss"] == pytest.approx(stdev(losses))
    recalls = [one["validation"]["per_class"]["긍정"]["recall"] for one in metrics["seeds"]]
    assert metrics["validation"]["per_class"]["긍정"]["recall"] == pytest.approx(fmean(recalls))
    scores = [one["validation"]["macro_f1"] for one in metrics["seeds"]]
    kept = 7 + scores.index(max(scores))
    assert run.environment["seeds"] == [7, 8, 9]
    assert run.environment["kept_seed"] == kept
    assert run.history.equals(Run(run.folder / "seeds" / str(kept)).history)
    assert sorted(path.name for path in (run.folder / "seeds").iterdir()) == ["7", "8", "9"]
    assert sorted(path.name for path in (run.folder / "seeds" / "8").iterdir()) == ["history.csv", "metrics.json"]
    assert Run(run.folder / "seeds" / "8").metrics == {"validation": metrics["seeds"][1]["validation"]}
    assert "# trained with --seeds 3; kept: the model of seed " in (run.folder / "recipe.yaml").read_text("utf-8")
    assert run.recipe.training.seed == 7
    alone = train(out="alone", seed=kept)
    texts = ["재밌는 이야기", "지루한 이야기 7", "영화"]
    np.testing.assert_array_equal(alone.model.predict(texts).probabilities, run.model.predict(texts).probabilities)
    assert alone.metrics["validation"] == metrics["seeds"][kept - 7]["validation"]
    assert list(alone.metrics) == ["validation"]


def test_going_on_with_the_seed_that_was_interrupted(gradual: Any) -> None:
    whole = train(seeds=3, best="loss", out="whole")
    gradual.trained.clear()
    gradual.stop = (8, 3)
    with pytest.raises(KeyboardInterrupt):
        train(seeds=3, best="loss")
    gradual.stop = None
    assert sorted(path.name for path in Path(".run.part/seeds/7").iterdir()) == ["history.csv", "metrics.json", "model"]
    with pytest.raises(UsageError, match=r"now\): --seeds 3 → 2\. Go on"):
        train(seeds=2, best="loss", resume=True)
    run = maeum.train(out="run", resume=True)
    assert gradual.trained == [(seed, epoch) for seed in (7, 8, 9) for epoch in (1, 2, 3, 4)]
    assert run.metrics == whole.metrics
    assert run.environment["kept_seed"] == whole.environment["kept_seed"]
    assert run.history.equals(whole.history)
    assert run.predictions.equals(whole.predictions)
    assert not Path(".run.part").exists()


def test_the_best_may_be_one_from_before_the_interrupt(gradual: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maeum.workflows.seeds._score", lambda one, _by: -one.seed)
    monkeypatch.setattr("maeum.workflows.fitting.best_of", best_of)
    whole = train(seeds=2, out="whole")
    gradual.stop = (8, 1)
    with pytest.raises(KeyboardInterrupt):
        train(seeds=2)
    gradual.stop = None
    run = maeum.train(out="run", resume=True)
    assert run.environment["kept_seed"] == whole.environment["kept_seed"] == 7
    assert run.predictions.equals(whole.predictions)
    assert run.history.equals(whole.history)


def test_what_is_said_of_several_seeds(gradual: Any, capsys: Any) -> None:
    words = ["train", "reviews.csv", "--model", "gradual", "--seeds", "2", "--epochs", "2"]
    assert main([*words, "-o", "run"]) == 0
    said = capsys.readouterr().err
    metrics = Run.open("run").metrics
    mean, sd, kept = metrics["validation"], metrics["sd"], Run.open("run").environment["kept_seed"]
    score = metrics["seeds"][kept]["validation"]["macro_f1"]
    assert "\nSeed 0:\n" in said
    assert "\nSeed 1:\n" in said
    assert (
        f"\n2 seeds, mean ± standard deviation on validation: accuracy {mean['accuracy']:.4f} ± "
        f"{sd['accuracy']:.4f}, macro "
        f"F1 {mean['macro_f1']:.4f} ± {sd['macro_f1']:.4f}. Kept: the model of seed {kept}, the best by macro F1 "
        f"({score:.4f}). It took "
    ) in said
    assert main([*words, "-o", "other", "--validation-fraction", "0", "--lang", "ko"]) == 0
    assert (
        "떼어 둔 데이터가 없어 어느 것이 나은지 알 수 없으므로 첫 번째인 시드 0의 모델을 남겼습니다."
        in capsys.readouterr().err
    )
    assert Run.open("other").metrics == {
        "validation": None, "sd": None, "seeds": [{"seed": 0, "validation": None}, {"seed": 1, "validation": None}],
    }  # fmt: skip


def test_linear_models_take_seeds_too() -> None:
    run = maeum.train("reviews.csv", out="run", seeds=2)
    assert [one["seed"] for one in run.metrics["seeds"]] == [0, 1]
    assert run.history.height == 1


def test_which_is_best() -> None:
    results = [
        result(1, accuracy=0.8, macro_f1=0.7, log_loss=0.5), result(2, accuracy=0.9, macro_f1=0.6, log_loss=0.4),
        result(3, accuracy=0.9, macro_f1=0.7, log_loss=0.6),
    ]  # fmt: skip
    for by, expected in {"macro_f1": 1, "accuracy": 2, "loss": 2}.items():
        assert best_of(results, Recipe.from_keywords("cnn", {"best": by})).seed == expected
    assert best_of(results, Recipe()).seed == 1
    assert best_of([result(4), result(5)], Recipe()).seed == 4


def test_statistics() -> None:
    results = [result(1, accuracy=0.5, per_class={"a": {"support": 3, "f1": 0.1}}, note="x", extra=[1])]
    results.append(result(2, accuracy=0.7, per_class={"a": {"support": 3, "f1": 0.3}}, note="x", extra=[2]))
    found = summary(results)
    assert found["validation"]["accuracy"] == pytest.approx(0.6)
    assert found["sd"]["accuracy"] == pytest.approx(0.2 / 2**0.5)
    assert found["validation"]["per_class"]["a"] == {"support": 3, "f1": pytest.approx(0.2)}
    assert found["sd"]["per_class"]["a"]["support"] == 0
    assert (found["validation"]["note"], found["validation"]["extra"]) == ("x", None)


@pytest.mark.parametrize("value", ["0", "-1", "three", "101", 2.5, ""])
def test_numbers_of_seeds_that_cannot_be(value: Any) -> None:
    with pytest.raises(UsageError) as caught:
        seed_count(value)
    assert str(caught.value) == (
        f"--seeds: expected a whole number from 1 to 100, found '{value}'. With --seeds 3 --seed 7 "
        "the seeds 7, 8 and 9 are "
        "used."
    )
