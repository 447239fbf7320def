"""`maeum evaluate`: numbers, what limits them, and data that do not fit the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import maeum
from maeum.schema import Evaluation

TRAINING = (
    "These rows were used in training: the numbers on this page are training figures and say nothing about new texts.\n"
)
HELD_OUT = "Validation rows: not trained on, but the settings and the calibration were chosen on them.\n"
LEFT_OUT = "{count} reviews were left out by the star rule '2'.\n"
SAMPLE = "These are the invented reviews of the packaged sample: good for trying things out, no benchmark.\n"


@pytest.fixture
def model(sample_run: Any) -> Path:
    return sample_run.folder


@pytest.fixture
def sample(tmp_path: Path) -> pl.DataFrame:
    """The stars of the sample's test split."""
    return maeum.dataset("sample", split="test", stars="2").frame


def write(frame: pl.DataFrame, path: Path) -> Path:
    frame.select("text", "label").write_csv(path)
    return path


def test_json_is_the_metrics_alone_and_equals_python(cli: Any, model: Path, sample_run: Any) -> None:
    answer = cli("evaluate", model, "--data", "sample:test", "--stars", "2", "--format", "json")
    assert (answer.code, answer.err) == (0, SAMPLE + LEFT_OUT.format(count=168 - 119))
    metrics = json.loads(answer.out)
    wanted = {"accuracy", "macro_f1", "micro_f1", "weighted_f1", "log_loss", "brier", "ece", "mcc", "per_class"}
    assert wanted <= metrics.keys()
    assert list(metrics["per_class"]) == ["negative", "positive"]
    assert set(metrics["per_class"]["negative"]) == {"precision", "recall", "f1", "support", "tp", "fp", "fn", "tn"}
    data = maeum.dataset("sample", split="test", stars="2")
    for same in (sample_run, sample_run.model, sample_run.folder, str(sample_run.folder / "model")):
        assert maeum.evaluate(same, data).metrics == metrics
    right = [a == b for a, b in zip(sample_run.model.predict(data).top, data.frame["label"], strict=True)]
    assert metrics["accuracy"] == pytest.approx(sum(right) / len(right))


def test_a_corpus_without_a_split_means_its_test_rows(cli: Any, model: Path) -> None:
    named = cli("evaluate", model, "sample:test", "--stars", "2", "--format", "json")
    assert cli("evaluate", model, "sample", "--stars", "2", "--format", "json") == named


def test_a_table_for_people(cli: Any, model: Path) -> None:
    answer = cli("evaluate", model, "sample:test", "--stars", "2")
    assert (answer.code, answer.err) == (0, "")
    said = " ".join(answer.out.split())
    assert said.startswith("Of the 119 examples of sample:test, the model gets ")
    assert f"! {SAMPLE.strip()}" in said
    assert "Macro F1" in said
    korean = cli("evaluate", model, "sample:test", "--stars", "2", "--lang", "ko").out
    assert "매크로 F1" in korean
    assert "Macro" not in korean


def test_what_is_written(cli: Any, model: Path, tmp_path: Path, tree: Any) -> None:
    out = tmp_path / "judged"
    answer = cli("evaluate", model, "sample:test", "--stars", "2", "-o", out, "--format", "json")
    assert answer.err == SAMPLE + LEFT_OUT.format(count=49) + f"Written: {out / 'report.html'}\n"
    assert tree(out) == ["evaluation.json", "metrics.json", "predictions.parquet", "report.html", "report.md"]
    metrics = json.loads((out / "metrics.json").read_text(encoding="utf-8"))
    assert metrics == json.loads(answer.out)
    saved = Evaluation.from_json(json.loads((out / "evaluation.json").read_text(encoding="utf-8")))
    assert saved.metrics == metrics
    assert (saved.data, saved.count, saved.model) == ("sample:test", 119, str(model))
    predictions = pl.read_parquet(out / "predictions.parquet")
    assert predictions.columns == ["id", "label", "predicted", "confidence", "p_negative", "p_positive"]
    assert (predictions["label"] == predictions["predicted"]).mean() == pytest.approx(metrics["accuracy"])
    again = cli("evaluate", model, "sample:test", "--stars", "2", "-o", out)
    assert again.code == 2
    assert (
        again.err == f"'{out}' exists already; nothing was changed. Choose another name with -o, or add --overwrite.\n"
    )
    assert cli("evaluate", model, "sample:test", "--stars", "2", "-o", out, "--overwrite").code == 0
    (out / "evaluation.json").unlink()
    assert cli("evaluate", model, "sample:test", "--stars", "2", "-o", out, "--overwrite").code == 2


def test_a_run_folder_is_no_place_for_an_evaluation(cli: Any, model: Path) -> None:
    before = sorted(model.rglob("*"))
    answer = cli("evaluate", model, "sample:test", "--stars", "2", "-o", model, "--overwrite")
    assert answer.code == 2
    assert (
        "holds something else than what would be written there (environment.json, history.csv, metrics.json)"
        in answer.err
    )
    assert sorted(model.rglob("*")) == before


def test_figures_on_training_rows_say_so(cli: Any, model: Path) -> None:
    said = SAMPLE + LEFT_OUT.format(count=504 - 358) + TRAINING
    assert cli("evaluate", model, "sample:train", "--stars", "2", "--format", "json").err == said
    inside = cli("evaluate", model / "model", "sample:train", "--stars", "2", "--format", "json")
    assert inside.err == said  # the run around the model is found
    assert TRAINING.strip() in " ".join(cli("evaluate", model, "sample:train", "--stars", "2").out.split())


def test_figures_on_validation_rows_say_so(cli: Any, model: Path, sample_run: Any, tmp_path: Path) -> None:
    train = maeum.dataset("sample", split="train", stars="2").frame
    held_out = train.filter(pl.col("id").is_in(sample_run.predictions["id"].to_list()))
    path = write(held_out, tmp_path / "held.csv")
    answer = cli("evaluate", model, path, "--format", "json")
    assert answer.err == HELD_OUT
    assert json.loads(answer.out)["accuracy"] == pytest.approx(sample_run.metrics["validation"]["accuracy"])


def test_rows_seen_in_training_are_counted(
    cli: Any, model: Path, sample_run: Any, sample: pl.DataFrame, tmp_path: Path
) -> None:
    trained = maeum.dataset("sample", split="train", stars="2").frame
    trained = trained.filter(~pl.col("id").is_in(sample_run.predictions["id"].to_list())).head(10)
    path = write(pl.concat([sample.head(30), trained.head(10)]), tmp_path / "mixed.csv")
    answer = cli("evaluate", model, path, "--format", "json")
    assert answer.err.startswith(
        "10 of 40 rows (25.0%) have a text that training saw too; accuracy on them is 1.0000, on the others 0."
    )
    evaluation = maeum.evaluate(model, path)
    (key, values), *_ = evaluation.notes
    assert key == "data.note_overlap"
    assert (values["count"], values["total"], values["inside"]) == (10, 40, 1.0)
    assert 0.25 * values["inside"] + 0.75 * values["outside"] == pytest.approx(evaluation.metrics["accuracy"])


def test_which_rows_make_a_training_figure(sample_run: Any, tmp_path: Path) -> None:
    train = maeum.dataset("sample", split="train", stars="2").frame
    is_held_out = pl.col("id").is_in(sample_run.predictions["id"].to_list())
    held_out, trained = train.filter(is_held_out).head(14), train.filter(~is_held_out)
    fresh = trained.tail(1).with_columns(text=pl.lit("처음 보는 글"))

    def keys(*parts: pl.DataFrame) -> list[str]:
        path = write(pl.concat(parts), tmp_path / "rows.csv")
        return [key for key, _ in maeum.evaluate(sample_run, path).notes]

    assert keys(trained.head(14), held_out) == ["data.note_training_data"]
    assert keys(trained.head(13), held_out) == ["data.note_held_out"]
    assert keys(trained.head(14), held_out, fresh) == ["data.note_overlap"]
    assert keys(fresh) == []


def test_other_names_of_the_same_labels_are_shown(cli: Any, model: Path, sample: pl.DataFrame, tmp_path: Path) -> None:
    korean = sample.with_columns(label=pl.col("label").replace({"negative": "부정", "positive": "긍정"}))
    renamed, plain = write(korean, tmp_path / "ko.csv"), write(sample, tmp_path / "en.csv")
    answer = cli("evaluate", model, renamed, "--format", "json")
    assert answer.err == "Labels of the data read as the model's: 부정 → negative, 긍정 → positive\n"
    assert answer.out == cli("evaluate", model, plain, "--format", "json").out
    said = " ".join(cli("evaluate", model, renamed, "--lang", "ko").out.split())
    assert "데이터의 레이블을 모델의 레이블로 읽었습니다: 부정 → negative, 긍정 → positive" in said


def test_a_part_of_the_labels_is_enough(cli: Any, model: Path, sample: pl.DataFrame, tmp_path: Path) -> None:
    path = write(sample.filter(pl.col("label") == "positive"), tmp_path / "one.csv")
    answer = cli("evaluate", model, path, "--format", "json")
    assert answer.code == 0
    metrics = json.loads(answer.out)  # strict JSON, though a class without rows has no curve
    assert metrics["per_class"]["negative"]["support"] == 0
    assert metrics["per_class"]["negative"]["recall"] == 0


def test_labels_that_do_not_fit(refused: Any, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("text,label\n좋다,스포츠\n싫다,정치\n", encoding="utf-8")
    said = refused("evaluate", model, path, "-o", tmp_path / "out")
    assert said[0] == (
        "The data's labels (스포츠, 정치) and the model's (negative, positive) do not fit each other. Choose "
        "data with the model's labels, or train a model on this data."
    )
    assert not (tmp_path / "out").exists()


def test_data_without_labels(refused: Any, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("text\n좋다\n", encoding="utf-8")
    assert refused("evaluate", model, path)[0] == (
        "'plain.csv' has no labels, which are needed here. Name their column with --label-column."
    )


def test_data_of_another_task(refused: Any, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "several.csv"
    path.write_text("text,label\n좋다,긍정;부정\n싫다,부정\n", encoding="utf-8")
    assert refused("evaluate", model, path, "--label-separator", ";")[0] == (
        "The model answers 'single_label', the data ask 'multi_label'. Choose a model for 'multi_label'."
    )


def test_rows_left_out_are_named(cli: Any, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "holes.csv"
    path.write_text("text,label\n좋다,positive\n싫다,negative\n,negative\n별로,\n", encoding="utf-8")
    answer = cli("evaluate", model, path, "--format", "json")
    assert json.loads(answer.out)["per_class"]["negative"]["support"] == 1
    assert answer.err == "Left out of 'holes.csv': 1 × no text (row 4); 1 × no label (row 5)\n"


def test_the_seed_draws_the_intervals_alone(model: Path, refused: Any) -> None:
    first, second = (maeum.evaluate(model, "sample:test", stars="2", seed=seed) for seed in (1, 2))
    assert first.metrics == second.metrics
    assert first.intervals != second.intervals
    assert first.intervals == maeum.evaluate(model, "sample:test", stars="2", seed=1).intervals
    for seed, reason in (("-1", "must be at least 0"), ("x", "must be a whole number")):
        said = refused("evaluate", model, "sample:test", "--stars", "2", "--seed", seed)
        assert said[0] == f"These settings cannot be used: 'seed' cannot be '{seed}' ({reason})"


def test_several_labels_are_judged_and_training_rows_said(cli: Any, tmp_path: Path) -> None:
    path, run = tmp_path / "emotions.csv", tmp_path / "run"
    moods = [("눈물이 났다 감동이다", "슬픔;감동"), ("무섭고 놀랐다", "공포;놀람"), ("웃기고 즐겁다", "기쁨")]
    rows = [f"{text} {i},{names}" for i in range(20) for text, names in moods]
    path.write_text("text,label\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert cli("train", path, "--label-separator", ";", "-o", run).code == 0
    answer = cli("evaluate", run, path, "--label-separator", ";", "--format", "json")
    assert answer.err == TRAINING
    assert json.loads(answer.out)["macro_f1"] > 0.9


def test_nobody_is_told_twice(cli: Any, model: Path) -> None:
    answer = cli("evaluate", model, "sample:train", "--stars", "2")
    assert " ".join((answer.out + answer.err).split()).count(SAMPLE.strip()) == 1
