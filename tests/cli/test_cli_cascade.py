"""`maeum cascade` as typed."""

from __future__ import annotations

import json


def test_a_cascade_from_the_command_line(cli, sample_run, here):
    words = ("cascade", "fast", sample_run.folder, "--data", "sample:validation", "--stars", "2", "--max-loss", "60", "--certainty", "0.5")  # fmt: skip
    answer = cli(*words, "-o", "out")
    assert answer.code == 0, answer.err
    lines = [line.split() for line in answer.out.splitlines() if line.strip()]
    assert lines[0] == ["model", "accuracy", "answered", "by", "the", "second", "texts/s"]
    assert [line[0] for line in lines[-3:]] == ["fast", "run", "cascade"]
    assert "The threshold was chosen on sample:validation" in answer.err
    assert "Labels of these texts: negative " in answer.err
    assert answer.err.endswith("Written: out/report.html\n")
    assert '<html lang="en">' in (here / "out" / "report.html").read_text(encoding="utf-8")
    predicted = cli("predict", "정말 재밌다", "--model", "out", "--format", "json")
    assert json.loads(predicted.out)[0]["predicted"] == "positive"
    as_json = cli("--lang", "ko", *words, "--format", "json")
    found = json.loads(as_json.out)
    assert found["point"]["max_loss"] == 60
    assert found["gain"] > 0
    assert "trade_off" not in found
    assert "검증 수치입니다" in as_json.err


def test_refusals(refused, sample_run, here):
    english, _ = refused("cascade", "fast", sample_run.folder)
    assert english == (
        "Where to switch is chosen on validation texts, and none are named. Add --data nsmc:validation or --data FILE."
    )
    english, _ = refused("cascade", "fast", sample_run.folder, "--data", "nsmc:test")
    assert english == (
        "'nsmc:test' is test data. A threshold chosen on it would make every figure measured on it too good. Choose on "
        "validation data (--data nsmc:validation), then judge on test: maeum evaluate CASCADE --data nsmc:test"
    )
    english, _ = refused("cascade", "fast", sample_run.folder, "--data", "sample:validation", "--max-loss", "-1")
    assert english == "These settings cannot be used: 'max_loss' cannot be '-1' (must be greater than 0.0)"
    english, _ = refused("cascade", "fast", "fast", "--data", "sample:validation")
    assert english.startswith("'fast' was named twice. A cascade joins two different models")
    english, _ = refused("cascade", "fast", "fats", "--data", "sample:validation")
    assert english.startswith("There is no model folder 'fats'.")
    english, _ = refused("train", "--data", "sample", "--model", "cascade")
    assert english.startswith("'cascade' is not trained but made from trained models")


def test_help_names_the_prior_and_an_example(cli):
    for language, prior in (("en", "76 % positive"), ("ko", "긍정 76%")):
        answer = cli("cascade", "--help", "--lang", language)
        page = " ".join(answer.out.split())
        assert (answer.code, answer.err) == (0, "")
        assert prior in page
        assert "maeum cascade fast runs/klue --data nsmc:validation --max-loss 0.1 -o cascade" in page
        assert "--max-loss NUMBER" in page


def test_it_is_no_kind_of_model_to_train(cli):
    names = [row["name"] for row in json.loads(cli("models", "list", "--format", "json").out)]
    assert "linear" in names
    assert "cascade" not in names
