"""The workflows as Python calls: what they take, return and refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from safetensors.numpy import load_file

import maeum
from maeum.data.splits import text_key
from maeum.recipe import Recipe
from maeum.runs import Run
from maeum.schema import Dataset, Labels, RowProblem, ScorePredictions, Task
from maeum.workflows.inputs import rows_of
from maeum.workflows.outputs import json_text
from maeum.workflows.prepare import training_data


def sayings(count: int = 20) -> Dataset:
    """Reviews in memory, half of each label."""
    texts = [f"{'재밌는' if i % 2 else '지루한'} 이야기 {i}" for i in range(count)]
    labels = ["b" if i % 2 else "a" for i in range(count)]
    frame = pl.DataFrame({"id": [str(i) for i in range(count)], "text": texts, "label": labels})
    return Dataset(frame, Task.SINGLE_LABEL, Labels(("a", "b")), "memory")


def test_the_line_of_the_readme(tmp_path: Path) -> None:
    run = maeum.train("sample", model="linear", stars="2", out=tmp_path / "run", seed=7)
    assert isinstance(run, Run)
    assert run.recipe.training.seed == 7
    answer = run.model.predict(["재밌다", "최악이다"])
    assert answer.labels.names == ("negative", "positive")
    assert (answer.probabilities.shape, answer.probabilities.dtype) == ((2, 2), np.float32)
    assert len(answer.top) == 2
    data = maeum.dataset("sample", split="test", stars="2")
    evaluation = maeum.evaluate(run.model, data)
    assert 0 < evaluation.metrics["accuracy"] <= 1
    assert evaluation.metrics == maeum.evaluate(run, data).metrics == maeum.evaluate(run.folder, data).metrics


def test_a_saved_model_answers_as_before(sample_run: Run, tmp_path: Path) -> None:
    texts = [*maeum.dataset("sample", split="test").texts, "", "ㅋㅋㅋ", "👍"]
    before = sample_run.model.predict(texts)
    folder = sample_run.model.save(tmp_path / "copy")
    for place in (folder, str(folder), sample_run.folder, sample_run.folder / "model"):
        np.testing.assert_array_equal(maeum.load(place).predict(texts).probabilities, before.probabilities)
    alone = np.concatenate([sample_run.model.predict([text]).probabilities for text in texts])
    np.testing.assert_array_equal(alone, before.probabilities)


def test_predictions_as_a_frame(sample_run: Run, tmp_path: Path) -> None:
    texts = ["재밌다", "최악이다", ""]
    frame = maeum.predict(texts, model=sample_run.folder)
    assert frame.columns == ["text", "predicted", "confidence", "p_negative", "p_positive", "error"]
    assert frame.equals(maeum.predict(tuple(texts), model=sample_run.model))
    np.testing.assert_array_equal(
        frame.select("p_negative", "p_positive").to_numpy(), sample_run.model.predict(texts).probabilities
    )
    pl.DataFrame({"review": texts, "n": [1, 2, 3]}).write_parquet(tmp_path / "in.parquet")
    of_file = maeum.predict(tmp_path / "in.parquet", model=sample_run.folder, text="review")
    assert of_file.columns == ["review", "n", *frame.columns[1:]]
    assert of_file.drop("review", "n").equals(frame.drop("text"))
    assert maeum.predict("재밌다\n최악이다\n".encode(), model=sample_run.folder).equals(frame.head(2))


def test_nothing_to_predict_gives_nothing(sample_run: Run) -> None:
    frame = maeum.predict([], model=sample_run.folder)
    assert frame.shape == (0, 6)
    assert frame.schema["p_positive"] == pl.Float32
    assert frame.schema["error"] == pl.String


def test_what_python_may_not_give(sample_run: Run) -> None:
    with pytest.raises(maeum.UserError) as caught:
        maeum.predict(["a", 3, None], model=sample_run.model)  # type: ignore[list-item]
    assert str(caught.value) == (
        "predict expects texts; 2 item(s) are not strings (position: type): 1: int, 2: NoneType"
    )
    with pytest.raises(maeum.UserError) as caught:
        sample_run.model.predict("재밌다")
    assert str(caught.value) == (
        "predict expects a list of texts, found one string ('재밌다'). Put it in brackets: predict([text])."
    )
    with pytest.raises(maeum.UserError, match=r"unknown setting 'delimter'\. Did you mean 'delimiter'\?"):
        maeum.predict("in.csv", model=sample_run.model, delimter=";")
    with pytest.raises(maeum.UserError, match=r"unknown setting 'txt_column'\. Did you mean 'text_column'\?"):
        maeum.evaluate(sample_run, "sample", txt_column="x")
    with pytest.raises(maeum.UserError, match=r"--text-column describe a file, but texts were given"):
        maeum.predict(["a"], model=sample_run.model, text="x")


def test_a_model_that_gives_scores_has_no_label_columns() -> None:
    class Scorer:
        task, labels = Task.SIMILARITY, Labels(("score",))

        def predict(self, inputs: Any) -> ScorePredictions:
            return ScorePredictions(np.zeros(len(inputs), np.float32))

    with pytest.raises(maeum.UserError) as caught:
        maeum.predict(["a"], model=Scorer())  # type: ignore[arg-type]
    assert str(caught.value) == "The model answers task 'similarity', which cannot be written as label columns."


def test_data_in_memory(tmp_path: Path) -> None:
    run = maeum.train(sayings(), out=tmp_path / "run")
    facts = run.environment["data"]
    assert facts["in_memory"] is True
    assert facts["train"]["rows"] + facts["validation"]["rows"] == 20
    assert run.recipe.data.source == "memory"


def test_blocks_are_one_answer(sample_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import import_module

    data = maeum.dataset("sample", split="test", stars="2")
    whole, frame = maeum.evaluate(sample_run, data), maeum.predict(data.texts, model=sample_run.model)
    for room in ("evaluate", "predict"):
        monkeypatch.setattr(import_module(f"maeum.workflows.{room}"), "BLOCK", 7)
    assert maeum.evaluate(sample_run, data) == whole
    assert maeum.predict(data.texts, model=sample_run.model).equals(frame)


def test_what_a_run_remembers(sample_run: Run) -> None:
    facts = sample_run.environment
    assert {"maeum", "numpy", "polars", "scikit-learn"} <= facts["packages"].keys()
    assert facts["packages"]["maeum"] == maeum.__version__
    assert facts["data"]["train"]["labels"].keys() == {"negative", "positive"}
    assert len(facts["data"]["train"]["fingerprint"]) == 16
    assert facts["data"]["in_memory"] is False
    assert facts["seconds"] > 0
    seen = load_file(sample_run.folder / "seen.safetensors")
    assert seen.keys() == {"train", "validation"}
    assert all(values.dtype == np.uint64 and (np.diff(values) > 0).all() for values in seen.values())
    assert not np.isin(seen["train"], seen["validation"]).any()
    assert len(seen["validation"]) <= facts["data"]["validation"]["rows"]
    assert repr(sample_run) == f"Run('{sample_run.folder}')"


def test_the_run_around_a_folder(sample_run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Run.around(sample_run.folder) == Run.around(str(sample_run.folder / "model")) == sample_run
    assert Run.around(tmp_path) is None
    monkeypatch.chdir(sample_run.folder / "model")
    found = Run.around(".")
    assert found is not None
    assert found.folder.samefile(sample_run.folder)
    monkeypatch.chdir(sample_run.folder)
    assert Run.around("model") == Run(Path())


def test_a_recipe_in_memory(tmp_path: Path) -> None:
    recipe = Recipe.from_keywords("linear", {"c": 2.0, "validation_fraction": 0.3})
    run = maeum.train(sayings(), config=recipe, out=tmp_path / "run", seed=5)
    assert (run.recipe.model.c, run.recipe.training.seed) == (2.0, 5)  # type: ignore[attr-defined]
    assert run.environment["data"]["validation"]["rows"] == 6


def test_identical_texts_stay_on_one_side() -> None:
    data = sayings(40)
    texts = [text if i % 4 else f"  {text} " for i, text in enumerate(data.texts[:20])] * 2
    doubled = Dataset(data.frame.with_columns(text=pl.Series(texts)), data.task, data.labels, "doubled")
    prepared = training_data(Recipe(), doubled)
    assert prepared.validation is not None
    sides = [{text_key(text) for text in part.texts} for part in (prepared.train, prepared.validation)]
    assert not sides[0] & sides[1]
    assert prepared.left_out == {}
    assert len(prepared.train) + len(prepared.validation) == 40


def test_rows_without_text_are_left_out_and_counted() -> None:
    data = sayings(20)
    texts = ["" if i < 2 else " \n" if i == 2 else text for i, text in enumerate(data.texts)]
    problems = (RowProblem(7, "missing_label"), RowProblem(8, "empty_text"), RowProblem(9, "duplicate_id", "x"))
    holes = Dataset(data.frame.with_columns(text=pl.Series(texts)), data.task, data.labels, "holes", problems=problems)
    prepared = training_data(Recipe(), holes)
    assert prepared.left_out == {"missing_label": 1, "empty_text": 4}
    assert prepared.renamed == 1
    assert prepared.validation is not None
    assert len(prepared.train) + len(prepared.validation) == 17


def test_a_group_stays_on_one_side(tmp_path: Path) -> None:
    data = sayings(40)
    grouped = Dataset(
        data.frame.with_columns(title=pl.Series([f"film {i // 4}" for i in range(40)])), data.task, data.labels, "films"
    )
    prepared = training_data(Recipe.from_keywords("linear", {"group_column": "title"}), grouped)
    assert prepared.validation is not None
    sides = [set(part.frame["title"]) for part in (prepared.train, prepared.validation)]
    assert not sides[0] & sides[1]


def test_rows_of_each_kind_of_source(tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_bytes("재밌다\n\n최악\n".encode("cp949"))
    of_file, of_lines, of_texts = (
        rows_of(path, {}), rows_of(path.read_bytes(), {}), rows_of(["재밌다", "", "최악"], {}),
    )  # fmt: skip
    for rows in (of_file, of_lines, of_texts):
        assert rows.texts == ["재밌다", "", "최악"]
        assert rows.problems == {}
        assert rows.empty == 1
        assert rows.frame.columns == ["text"]


def test_lone_surrogates_are_shown_as_question_marks() -> None:
    rows = rows_of(["a\udcffb"], {})
    assert rows.frame["text"].to_list() == ["a?b"]
    assert rows.texts == ["a\udcffb"]


def test_json_holds_only_what_json_can() -> None:
    text = json_text({"a": float("nan"), "b": [float("inf"), 1.5], "다": (1, None)})
    assert json.loads(text) == {"a": None, "b": [None, 1.5], "다": [1, None]}
    assert "다" in text
    assert text.endswith("}\n")


def test_languages_of_a_report(tmp_path: Path) -> None:
    from maeum.messages import use_language

    use_language("ko")
    run = maeum.train(sayings(40), out=tmp_path / "ko")
    assert '<html lang="ko"' in run.report.read_text(encoding="utf-8")
    use_language("en")
    run = maeum.train(sayings(40), out=tmp_path / "en")
    assert '<html lang="en"' in run.report.read_text(encoding="utf-8")
    assert all(character < "가" or character > "힣" for note in run.environment["data"]["notes"] for character in note)
