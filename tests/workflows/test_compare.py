"""Comparing runs: numbers from the folders, tests on the rows both predicted, what cannot be compared."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

import maeum
from maeum.errors import LabelError, ModelError, OutputError, UsageError
from maeum.metrics import paired
from maeum.report.compare_words import cell, verdicts
from maeum.runs import Run
from maeum.workflows.run_facts import parameters_in


@pytest.fixture(scope="module")
def weak(tmp_path_factory) -> Run:
    """The same rows as `sample_run`, far fewer features."""
    out = tmp_path_factory.mktemp("weak") / "weak"
    return maeum.train("sample", model="linear", stars="2", joined_max=1, word_max=0, out=out)


@pytest.fixture(scope="module")
def other_seed(tmp_path_factory) -> Run:
    return maeum.train("sample", model="linear", stars="2", split_seed=9, out=tmp_path_factory.mktemp("seed") / "seed")


@pytest.fixture
def copied(sample_run, tmp_path) -> Run:
    shutil.copytree(sample_run.folder, tmp_path / "copy")
    return Run(tmp_path / "copy")


def test_numbers_come_from_the_run_folders(sample_run, weak):
    found = maeum.compare([sample_run, weak.folder])
    one = found.runs[0]
    assert [run.name for run in found.runs] == ["run", "weak"]
    assert one.family == "linear"
    for name in ("accuracy", "macro_f1", "log_loss", "ece"):
        assert one.values[name] == sample_run.metrics["validation"][name]
    row = sample_run.history.to_dicts()[0]
    assert one.values["train_loss"] == pytest.approx(row["train_loss"])
    assert one.values["seconds"] == row["seconds"]
    assert one.values["examples_per_s"] == row["examples_per_s"]
    assert (one.values["epochs"], one.values["best_epoch"]) == (1, 1)
    size = sum(path.stat().st_size for path in (sample_run.folder / "model").iterdir())
    assert one.values["megabytes"] == pytest.approx(size / 1e6)
    assert one.values["parameters"] == maeum.workflows.summary.summary(sample_run).parameters
    low, high = one.interval
    assert low <= one.values["accuracy"] <= high


def test_best_is_tested_against_the_other_on_the_same_rows(sample_run, weak):
    found = maeum.compare([weak, sample_run], seed=3)
    frames = {run.folder.name: run.predictions.sort("id") for run in (weak, sample_run)}
    right = {name: (frame["label"] == frame["predicted"]).to_numpy() for name, frame in frames.items()}
    best = max(right, key=lambda name: right[name].mean())
    other = next(name for name in right if name != best)
    (test,) = found.tests
    assert (found.best, test.best, test.other) == (best, best, other)
    assert (test.only_best, test.only_other) == (
        (right[best] & ~right[other]).sum(),
        (right[other] & ~right[best]).sum(),
    )
    assert test.mcnemar == test.p == test.adjusted == paired.mcnemar(right[best], right[other]).p
    assert test.difference == pytest.approx(right[best].mean() - right[other].mean())
    assert test.low <= test.difference <= test.high
    assert test.significant == (test.p < 0.05)
    assert maeum.compare([weak, sample_run], seed=3) == found


def test_rows_are_joined_by_id_not_by_place(copied, sample_run):
    copied.predictions.reverse().write_parquet(copied.folder / "predictions.parquet")
    (test,) = maeum.compare([sample_run, copied]).tests
    assert (test.only_best, test.only_other, test.p) == (0, 0, 1.0)


def test_a_difference_that_chance_does_not_explain_is_called_one(copied, sample_run):
    frame = copied.predictions
    wrong = frame.with_columns(p_negative=pl.col("p_positive"), p_positive=pl.col("p_negative"))
    wrong.write_parquet(copied.folder / "predictions.parquet")
    metrics = json.loads((copied.folder / "metrics.json").read_text())
    metrics["validation"]["accuracy"] = 1 - metrics["validation"]["accuracy"]
    (copied.folder / "metrics.json").write_text(json.dumps(metrics))
    found = maeum.compare([copied, sample_run])
    test = found.tests[0]
    (said,) = verdicts(found)
    low, high = f"{test.low * 100:.1f}", f"{test.high * 100:.1f}"
    assert said.kind == "good"
    assert said.text == (
        f"run is better than copy by {test.difference * 100:.1f} points ({low} to {high}, 95 % interval): "
        "more than chance explains."
    )


def test_other_validation_rows_are_not_tested_and_the_reason_is_said(sample_run, other_seed):
    found = maeum.compare([sample_run, other_seed])
    assert found.tests == ()
    ids = [set(run.predictions["id"]) for run in (sample_run, other_seed)]
    ((name, (key, values)),) = found.untested.items()
    assert (name != found.best, key) == (True, "compare.rows_differ")
    assert values["shared"] == len(ids[0] & ids[1])
    (said,) = verdicts(found)
    assert said.text == (
        f"{found.best} and {name} held out different validation rows ({values['first']} and {values['second']}; "
        f"{values['shared']} ids in common), so no paired test: their numbers come from different texts. Train both "
        "with the same data and --split-seed, or judge both on the same rows with --data."
    )


def test_equal_ids_of_other_texts_are_not_taken_for_the_same_rows(copied, sample_run):
    facts = json.loads((copied.folder / "environment.json").read_text())
    facts["data"]["validation"]["fingerprint"] = "0" * 16
    (copied.folder / "environment.json").write_text(json.dumps(facts))
    found = maeum.compare([sample_run, copied])
    assert {key for key, _ in found.untested.values()} == {"compare.texts_differ"}


def test_a_run_without_predictions_stays_in_the_table(copied, sample_run):
    (copied.folder / "predictions.parquet").unlink()
    found = maeum.compare([sample_run, copied])
    assert found.untested["copy"] == ("compare.no_rows", {"other": "copy"})
    assert found.runs[1].values["accuracy"] == found.runs[0].values["accuracy"]
    assert found.runs[1].interval is None


def test_other_data_are_judged_anew(sample_run, other_seed, weak):
    data = maeum.dataset("sample", split="test", stars="2")
    found = maeum.compare([sample_run, other_seed, weak], data="sample:test", stars="2", metric="macro_f1")
    assert found.data == "sample:test"
    for run, row in zip((sample_run, other_seed, weak), found.runs, strict=True):
        assert row.values["accuracy"] == maeum.evaluate(run, data).metrics["accuracy"]
    assert len(found.tests) == 2
    assert {test.count for test in found.tests} == {len(data)}
    assert [test.adjusted for test in found.tests] == paired.holm([test.p for test in found.tests])
    assert ("compare.note_holm", {"count": 2}) in found.notes
    assert maeum.compare([sample_run, other_seed, weak], data=data, metric="macro_f1").tests == found.tests


def test_seeds_show_mean_and_deviation(copied, sample_run):
    metrics = {"validation": {"accuracy": 0.8, "macro_f1": 0.79}, "sd": {"accuracy": 0.012}, "seeds": [{}, {}, {}]}
    (copied.folder / "metrics.json").write_text(json.dumps(metrics))
    found = maeum.compare([sample_run, copied])
    row = found.runs[1]
    assert (row.seeds, row.sd) == (3, {"accuracy": 0.012})
    assert cell(row, "accuracy") == "80.0 ± 1.2 %"
    assert ("compare.note_seeds", {"runs": "copy"}) in found.notes


def test_files_written(sample_run, weak, tmp_path):
    found = maeum.compare([sample_run, weak], out=tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["comparison.json", "report.html", "report.md"]
    saved = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))
    assert (saved["best"], saved["tests"][0]["p"]) == (found.best, pytest.approx(found.tests[0].p))
    with pytest.raises(OutputError, match="exists"):
        maeum.compare([sample_run, weak], out=tmp_path / "out")
    maeum.compare([sample_run, weak], out=tmp_path / "out", overwrite=True)


def test_what_cannot_be_compared(sample_run, four_run, weak, tmp_path):
    with pytest.raises(UsageError) as one:
        maeum.compare([sample_run])
    assert str(one.value) == ("Comparing takes two runs or more, and 1 was named: maeum compare runs/linear runs/cnn")
    with pytest.raises(UsageError) as twice:
        maeum.compare([sample_run.folder, sample_run.folder / "model", weak])
    assert str(twice.value) == f"The same run was named more than once: {sample_run.folder}. Name each run once."
    (tmp_path / "a").mkdir()
    with pytest.raises(ModelError) as none:
        maeum.compare([tmp_path / "a", sample_run, tmp_path / "b"])
    assert str(none.value) == (
        f"Not a run folder: {tmp_path / 'a'}, {tmp_path / 'b'}. A run is the folder that `maeum train … -o RUN` wrote "
        "(it holds recipe.yaml)."
    )
    with pytest.raises(UsageError) as folder:
        maeum.compare([weak.folder.parent])
    assert folder.value.key == "compare.one_holds_runs"
    with pytest.raises(LabelError, match=r"^The labels differ: \S+ has negative, positive; \S+ has negative, neutral"):
        maeum.compare([weak, four_run])


def test_parameters_of_a_damaged_file_are_a_plain_error(tmp_path):
    Path(tmp_path / "model.safetensors").write_bytes(b"\xff" * 4)
    with pytest.raises(ModelError, match="is damaged"):
        parameters_in(tmp_path)
