"""`maeum compare` and `maeum summary` as typed."""

from __future__ import annotations

import csv
import io
import json

import pytest

import maeum


@pytest.fixture(scope="module")
def weak(tmp_path_factory):
    out = tmp_path_factory.mktemp("weak") / "weak"
    return maeum.train("sample", model="linear", stars="2", joined_max=1, word_max=0, out=out)


def test_table_and_files(cli, sample_run, weak, tmp_path):
    answer = cli("compare", sample_run.folder, weak.folder, "-o", tmp_path / "out")
    assert answer.code == 0
    assert answer.err == f"Written: {tmp_path / 'out' / 'report.html'}\n"
    lines = answer.out.splitlines()
    assert lines[1].split() == ["run", "run", "weak"]
    assert "calibration error" in answer.out
    assert "has the best accuracy" in answer.out
    assert (tmp_path / "out" / "report.md").read_text(encoding="utf-8").startswith("## 2 runs compared\n")


def test_machine_formats_stand_alone_on_standard_output(cli, sample_run, weak):
    as_json = cli("compare", sample_run.folder, weak.folder, "--format", "json")
    assert {run["name"] for run in json.loads(as_json.out)["runs"]} == {"run", "weak"}
    assert "95 % interval" in as_json.err
    as_csv = cli("compare", sample_run.folder, weak.folder, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(as_csv.out)))
    assert [row["run"] for row in rows] == ["run", "weak"]
    assert float(rows[0]["accuracy"]) == pytest.approx(sample_run.metrics["validation"]["accuracy"], abs=1e-6)
    assert sorted(row["best_minus_this_mcnemar"] == "" for row in rows) == [False, True]
    markdown = cli("--lang", "ko", "compare", sample_run.folder, weak.folder, "--format", "markdown")
    assert markdown.out.startswith("## 학습 결과 2개 비교\n")


def test_refusals(refused, sample_run, weak, here):
    english, _ = refused("compare", sample_run.folder)
    assert english == "Comparing takes two runs or more, and 1 was named: maeum compare runs/linear runs/cnn"
    english, _ = refused("compare", sample_run.folder, "nothing")
    assert english.startswith("Not a run folder: nothing.")
    english, _ = refused("compare", sample_run.folder, weak.folder, "--stars", "2")
    assert english == (
        "--stars would have no effect: such options say how --data is read. Add --data nsmc:test, or leave them out."
    )
    english, _ = refused("compare", sample_run.folder, weak.folder, "--metric", "accuracy_")
    assert english == (
        "These settings cannot be used: 'metric' cannot be 'accuracy_' (must be 'accuracy', 'macro_f1' or 'micro_f1')"
    )
    english, _ = refused("summary", "fats")
    assert english.startswith("There is no model 'fats'. Did you mean 'fast'?")
    english, _ = refused("summary", "fast", "--depth", "0")
    assert english == "--depth counts levels from 1, found 0. Leave it out for the usual view."
    english, _ = refused("summary", "linear")
    assert english.startswith("'linear' has no shape before training")


def test_summary_of_the_packaged_model(cli):
    answer = cli("summary", "fast")
    assert (answer.code, answer.err) == (0, "")
    assert "(None, 4194304)" in answer.out
    assert "Ends in softmax: one label a text, the probabilities sum to 1." in answer.out
    found = json.loads(cli("summary", "fast", "--format", "json").out)
    assert found["parameters"] == sum(layer["parameters"] for layer in found["layers"])
    assert found["layers"][-1] | {"note": ""} == {
        "name": "probabilities", "kind": "softmax", "shape": [None, 2], "parameters": 0, "trainable": 0, "note": "",
    }  # fmt: skip
