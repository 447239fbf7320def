"""Corpora of two texts: inference and similarity, in their published formats and whole."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

import maeum
from maeum.data.catalog import corpora
from maeum.data.catalog.corpus import Reading
from maeum.data.catalog.reading import divided
from maeum.data.splits import overlap
from maeum.messages import say
from maeum.schema import Labels, RowProblem, Task


def _read(tmp_path, name, content):
    path = tmp_path / "file"
    path.write_bytes(content.encode() if isinstance(content, str) else json.dumps(content).encode())
    return corpora()[name].read_file(path)


def test_klue_nli(tmp_path):
    row = {
        "guid": "n0",
        "source": "NSMC",
        "premise": "비가 온다.",
        "hypothesis": "맑다.",
        "gold_label": "contradiction",
    }
    rows = [row, row | {"gold_label": "?"}, row | {"gold_label": None}, row | {"hypothesis": 3}, {"guid": "n4"}]
    reading = _read(tmp_path, "klue-nli", rows)
    assert reading.frame.rows() == [("n0", "비가 온다.", "맑다.", "contradiction", "NSMC")]
    assert reading.problems == (
        RowProblem(2, "unknown_label", "?"),
        RowProblem(3, "missing_label"),
        RowProblem(4, "not_text", "3"),
        RowProblem(5, "bad_json", '{"guid": "n4"}'),
    )


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("{", "Expecting property name enclosed"),
        ([{"guid": "a", "title": "b"}], "guid, title"),
        ({"a": 1}, "a"),
        ("3", "int"),
    ],
)
def test_json_of_another_kind(tmp_path, said, content, found):
    sentence, korean = said(lambda: _read(tmp_path, "klue-nli", content))
    assert sentence.startswith(f"'{tmp_path / 'file'}' is not in the published format: expected it to begin with '")
    assert f"found '{found}" in sentence
    assert "배포본의 형식이 아닙니다" in korean


def test_klue_sts(tmp_path):
    labels = {"label": 4.9, "real-label": 4.857142857142857, "binary-label": 1}
    row = {"guid": "s0", "source": "airbnb-rtt", "sentence1": "좋아요", "sentence2": "좋습니다", "labels": labels}
    rows = [row, row | {"labels": {"real-label": 5.5}}, row | {"labels": {"real-label": "x"}}, row | {"labels": 3}]
    reading = _read(tmp_path, "klue-sts", rows)
    assert reading.frame.rows() == [("s0", "좋아요", "좋습니다", 4.857142857142857, 1, "airbnb-rtt")]
    assert reading.labels is None
    assert [(p.row, p.kind, p.detail) for p in reading.problems] == [
        (2, "unknown_label", "5.5"),
        (3, "bad_number", "x"),
        (4, "missing_label", ""),
    ]


def test_kornli(tmp_path):
    reading = _read(tmp_path, "kornli", 'sentence1\tsentence2\tgold_label\n"엄마,\t그는 갔다\tneutral\n하나\t둘\t-\n')
    assert reading.frame.rows() == [("2", '"엄마,', "그는 갔다", "neutral")]
    assert reading.problems == (RowProblem(3, "unknown_label", "-"),)


def test_korsts(tmp_path):
    head = "genre\tfilename\tyear\tid\tscore\tsentence1\tsentence2\n"
    reading = _read(
        tmp_path,
        "korsts",
        head + 'main-news\tMSRvid\t2012test\t0001\t5.000\t"비행기가\t이륙\nx\ty\tz\t1\tnan\t하나\t둘\n',
    )
    assert reading.frame.rows() == [("main-news-MSRvid-2012test-0001", '"비행기가', "이륙", 5.0, "main-news")]
    assert reading.problems == (RowProblem(3, "unknown_label", "nan"),)


def test_one_part_divided_in_two():
    frame = pl.DataFrame(
        {"id": [str(i) for i in range(100)], "text": [f"글 {i // 2}" for i in range(100)], "label": ["a", "b"] * 50}
    )
    reading = Reading(frame, Labels(("a", "b")))
    parts = {split: divided(reading, Task.SINGLE_LABEL, "여우", split, "dev") for split in ("train", "test")}
    assert {split: part.frame.height for split, part in parts.items()} == {"train": 80, "test": 20}
    assert set(parts["train"].frame["text"]).isdisjoint(parts["test"].frame["text"])
    ((key, values),) = parts["test"].notes
    assert say(key, "en", **values) == (
        "Only rows of the upstream dev split of '여우' are at hand: 20% of them, drawn with seed 42 (identical texts "
        "together), are test and the others train. Figures on them do not compare with published ones."
    )
    assert say(key, "ko", **values) == (
        "'여우'는 원본의 dev 분할만 있어, 그 가운데 20%를(시드 42, 같은 텍스트는 함께) 시험용으로 뽑고 나머지를 "
        "학습용으로 씁니다. 이 수치는 발표된 수치와 비교할 수 없습니다."
    )


@pytest.mark.parametrize(
    ("name", "task"),
    [
        ("kote", Task.MULTI_LABEL),
        ("goemotions-ko", Task.MULTI_LABEL),
        ("korean-hate-speech", Task.SINGLE_LABEL),
        ("klue-nli", Task.PAIR),
        ("kornli", Task.PAIR),
        ("korsts", Task.SIMILARITY),
        ("klue-sts", Task.SIMILARITY),
        ("klue-ner", Task.TOKENS),
    ],
)
def test_whole(needs_data, name, task):
    entry = corpora()[name]
    if not all((needs_data / file.path).is_file() for file in entry.files):
        pytest.skip(f"{name} is not in MAEUM_DATA ({needs_data})")
    parts = {split: maeum.dataset(name, split=split) for split in entry.needs}
    assert {split: len(part) for split, part in parts.items()} == entry.rows
    for part in parts.values():
        assert (part.task, part.problems) == (task, ())
        assert len(set(part.ids)) == len(part)
        assert part.task in (Task.TOKENS, Task.SIMILARITY) or min(part.label_counts().values()) > 0
    if any("data.note_divided" in dict(part.notes) for part in parts.values()):
        assert not overlap(parts["test"], parts["train"]).any()
    if task is Task.SIMILARITY:
        assert np.ptp(parts["train"].targets) == 5
