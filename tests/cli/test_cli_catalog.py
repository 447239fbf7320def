"""`maeum data`, `models`, `doctor`, `demo`."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import maeum
from maeum.data.catalog import corpora
from maeum.data.fetch import ASSETS
from maeum.models.family import families
from maeum.workflows import doctor as doctor_room


@pytest.fixture
def nothing_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without corpora."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("MAEUM_DATA", str(folder))
    monkeypatch.setattr("maeum.data.fetch.cache_folder", lambda: tmp_path / "cache")
    return folder


def test_all_corpora_are_listed(cli: Any, nothing_here: Path) -> None:
    answer = cli("data", "list", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    rows = json.loads(answer.out)
    assert [row["name"] for row in rows] == list(corpora())
    assert all(list(row) == ["name", "titles", "task", "rows", "licence", "here"] for row in rows)
    assert {row["name"]: row["here"] for row in rows}["sample"] is True
    assert {row["name"]: row["here"] for row in rows}["nsmc"] is False
    english, korean = cli("data", "list").out, cli("data", "list", "--lang", "ko").out
    assert " ".join(english.partition("─")[0].split()) == "on this name what it is rows licence machine"
    assert " ".join(korean.partition("─")[0].split()) == "이름 설명 행 라이선스 이 컴퓨터에"
    assert all(count in english for count in ("train 43,410", "150,000", "630,973"))
    assert all(name in english and name in korean for name in corpora())


def test_one_corpus(cli: Any, nothing_here: Path) -> None:
    answer = cli("data", "info", "nsmc")
    assert (answer.code, answer.err) == (0, "")
    said = " ".join(answer.out.split())
    for fact in ("CC0-1.0", "https://github.com/e9t/nsmc", "negative (부정) positive (긍정)", "validation (← train)"):
        assert fact in said
    facts = json.loads(cli("data", "info", "nsmc", "--format", "json").out)
    assert list(facts) == [
        "name", "titles", "task", "labels", "splits", "rows", "licence", "citation", "homepage", "files",
    ]  # fmt: skip
    assert "라이선스" in cli("data", "info", "nsmc", "--lang", "ko").out


def test_an_unknown_corpus(refused: Any) -> None:
    said = refused("data", "info", "nsmcc")
    assert said[0].startswith("There is no corpus or file 'nsmcc'. Did you mean 'nsmc'? Corpora: ")
    assert refused("data", "get", "nsmcc")[0] == said[0]
    assert refused("data", "get", "nsmc:tset")[0] == (
        "'nsmc' has no split 'tset'. Did you mean 'test'? Its splits: train, validation, test"
    )


def test_where_a_corpus_lies_is_printed(cli: Any) -> None:
    answer = cli("data", "get", "sample")
    assert (answer.code, answer.out, answer.err) == (0, f"{ASSETS / 'sample/reviews.jsonl'}\n", "")


def test_a_split_as_a_file(cli: Any, refused: Any, here: Path) -> None:
    answer = cli("data", "get", "sample:test", "-o", "s.csv")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.endswith("Written: s.csv\n")
    written = pl.read_csv("s.csv")
    assert written.columns[:3] == ["id", "text", "label"]
    assert written["text"].to_list() == maeum.dataset("sample", split="test").texts
    assert refused("data", "get", "sample:test", "-o", "s.csv")[0] == (
        "'s.csv' exists already; nothing was changed. Choose another name with -o, or add --overwrite."
    )
    assert cli("data", "get", "sample", "-o", "s.csv", "--overwrite").code == 0
    assert pl.read_csv("s.csv").height == corpora()["sample"].rows["train"]
    assert refused("data", "get", "sample", "-o", ".")[0] == (
        "'.' is a folder, but a file is to be written there. Give a file name, for example './result.csv'."
    )
    assert refused("data", "get", "sample", "-o", "s.cvs")[0].startswith(
        "'s.cvs' cannot be written: unknown suffix '.cvs'. Did you mean '.csv'?"
    )


def test_the_network_is_not_used_offline(
    cli: Any, refused: Any, nothing_here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_arguments: object, **_named: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr("httpx.stream", forbidden)
    place = nothing_here / "nsmc/ratings_train.txt"
    said = refused("data", "get", "nsmc", "--offline")
    assert said[0].startswith(
        "'nsmc' needs the file nsmc/ratings_train.txt, which is not on this machine, and the network is off. Put it at "
        f"'{place}' (from https://"
    )
    assert refused("train", "nsmc", "--offline", "-o", nothing_here / "run")[0] == said[0]
    monkeypatch.setenv("MAEUM_OFFLINE", "1")
    assert refused("data", "get", "nsmc")[0] == said[0]
    monkeypatch.delenv("MAEUM_OFFLINE")
    answer = cli("data", "get", "nsmc", "--debug")  # the option of the earlier call does not stay
    assert answer.code == 1
    assert "the network was used" in answer.err


def test_a_changed_corpus_is_refused(refused: Any, nothing_here: Path) -> None:
    (nothing_here / "nsmc").mkdir()
    (nothing_here / "nsmc/ratings_train.txt").write_text("id\tdocument\tlabel\n1\t좋다\t1\n", encoding="utf-8")
    digest = hashlib.sha256((nothing_here / "nsmc/ratings_train.txt").read_bytes()).hexdigest()
    said = refused("data", "get", "nsmc")
    assert said[0].startswith(f"'{nothing_here}/nsmc/ratings_train.txt' is not the published file: expected sha256 ")
    assert f"found {digest[:12]}…" in said[0]


def test_models_that_can_be_trained(cli: Any) -> None:
    answer = cli("models", "list", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    rows = json.loads(answer.out)
    packaged = [("emotion", "predict"), ("fast", "predict"), ("small", "predict"), ("small-encoder", "trunk")]
    assert sorted((row["name"], row["use"]) for row in rows) == sorted([*packaged, *((n, "train") for n in families())])
    assert rows[0].keys() == {"name", "use", "titles", "tasks"}
    assert "linear" in cli("models", "list").out
    assert "선형 SVM" in " ".join(cli("models", "list", "--lang", "ko").out.split())


def test_doctor_finds_this_machine_well(cli: Any, nothing_here: Path) -> None:
    answer = cli("doctor", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    findings = json.loads(answer.out)
    assert all(list(finding) == ["name", "state", "found", "advice"] for finding in findings)
    assert {finding["state"] for finding in findings} <= {"ok", "note"}
    found = {finding["name"]: finding["found"] for finding in findings}
    assert f"maeum {maeum.__version__}" in found["version"]
    assert found["data_folder"] == str(nothing_here)
    assert found["language"] == "en (MAEUM_LANG or --lang changes it)"
    assert all(finding["advice"] == "" for finding in findings if finding["state"] == "ok")
    assert "언어" in cli("doctor", "--lang", "ko").out


def test_doctor_names_what_has_to_be_mended(cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAEUM_DATA", str(tmp_path / "gone"))
    monkeypatch.setattr(doctor_room, "_core", lambda: ["numpy", "no-such-package"])
    monkeypatch.setattr(doctor_room, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(doctor_room.os, "access", lambda *_: False)
    answer = cli("doctor", "--format", "json")
    assert answer.code == 2
    problems = {f["name"]: (f["found"], f["advice"]) for f in json.loads(answer.out) if f["state"] == "problem"}
    assert problems == {
        "core": ("no-such-package", "Install them: pip install -U maeum"),
        "data_folder": (str(tmp_path / "gone"), "The folder does not exist. Create it, or unset MAEUM_DATA."),
        "cache": (
            str(tmp_path / "cache"),
            f"'{tmp_path}' cannot be written; set MAEUM_DATA to a folder of yours with the corpora.",
        ),
    }
    shown = cli("doctor")
    assert shown.code == 2
    assert "✗   core packages" in shown.out


def test_doctor_notes_what_could_be_better(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_room, "_memory", lambda: 1 << 30)
    monkeypatch.setattr(doctor_room.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1 << 20})())
    monkeypatch.setattr(doctor_room.sys, "stdout", type("Out", (), {"encoding": "ascii"})())
    found = {finding.name: finding for finding in doctor_room.examine()}
    assert {name: found[name].state for name in ("machine", "cache", "console")} == dict.fromkeys(
        ("machine", "cache", "console"), "note"
    )
    assert found["machine"].advice == "Under 2 GiB: train on part of the data (--limit)."
    assert found["cache"].advice == "Under 1 GiB is free: clear some space."


def test_demo_shows_the_whole_line(cli: Any, here: Path, tree: Any) -> None:
    answer = cli("demo", "-o", "first look")
    assert answer.code == 0
    said = " ".join(answer.out.split())
    assert "Of the 168 examples of sample:test" in said
    assert "이 영화 진짜 재밌다 ㅋㅋㅋ" in said
    assert answer.err.splitlines()[-4:] == [
        f"Report: {here / 'first look/evaluation/report.html'}",
        'Model:  "first look/run"',
        'Try:    maeum predict "정말 재밌다" --model "first look/run"',
        "The sample is tiny. For a real model: maeum train --data nsmc --model linear",
    ]
    assert (here / "first look/evaluation/report.html").is_file()
    rows = corpora()["sample"].rows
    assert f"({rows['train']} invented reviews" in answer.err
    assert f"on {rows['test']} reviews" in answer.err
    again = cli("demo", "-o", "first look", "--lang", "ko")
    assert again.code == 0
    assert "처음 보는 표본 리뷰 168개로 평가합니다" in again.err


def test_demo_replaces_nothing_but_a_demo(refused: Any, here: Path) -> None:
    (here / "work").mkdir()
    (here / "work/thesis.txt").write_text("mine", encoding="utf-8")
    assert refused("demo", "-o", "work")[0] == (
        "'work' holds something else than what would be written there (thesis.txt), so it is not replaced. "
        "Choose another name with -o."
    )
    assert refused("demo", "-o", "work/thesis.txt")[0] == (
        "'work/thesis.txt' is a file, but a folder is to be written there. Choose another name with -o."
    )
