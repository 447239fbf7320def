"""A user's file as a Dataset: every fault of a row counted and named, the other rows kept."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import maeum
from maeum.data.own import read_own, summarise
from maeum.messages import say, use_language
from maeum.schema import RowProblem, Task


def problems(data):
    return [(problem.row, problem.kind, problem.detail) for problem in data.problems]


def test_a_plain_file(table):
    path = table("리뷰.csv", "번호,리뷰,감성,영화", "a1,재밌다,긍정,국숫집", "a2, 별로다 ,부정,국숫집")
    data = maeum.dataset(path)
    assert data.frame.to_dict(as_series=False) == {
        "id": ["a1", "a2"], "text": ["재밌다", " 별로다 "], "label": ["긍정", "부정"], "영화": ["국숫집", "국숫집"],
    }  # fmt: skip
    assert (data.task, data.labels.names, data.name, data.split) == (
        Task.SINGLE_LABEL,
        ("부정", "긍정"),
        "리뷰.csv",
        "",
    )
    assert (data.metadata, data.problems, data.notes) == (["영화"], (), ())
    assert data.label_counts() == {"부정": 1, "긍정": 1}
    assert maeum.dataset(str(path), split="test").split == "test"


def test_every_fault_of_a_row(table):
    path = table(
        "a.csv", "id,text,label", "a,좋다,1", "b,,1", 'c,"  ",0', "d,나쁘다,", "e,넷", "", "a,또 좋다,1", "g,나쁘다,0"
    )
    data = maeum.dataset(path)
    assert problems(data) == [
        (3, "missing_text", ""),
        (4, "empty_text", ""),
        (5, "missing_label", ""),
        (6, "ragged", "3/2"),
        (7, "blank", ""),
        (8, "duplicate_id", "a"),
    ]
    assert data.frame.rows() == [("a", "좋다", "1"), ("a#2", "또 좋다", "1"), ("g", "나쁘다", "0")]
    assert data.problem_counts() == dict.fromkeys(
        ("missing_text", "empty_text", "missing_label", "ragged", "blank", "duplicate_id"), 1
    )


def test_every_fault_of_a_star(table):
    path = table("s.csv", "review,rating", "가,10", "나,7", "다,0", "라,", "마,1", "바,4.5", "사,별로")
    data = maeum.dataset(path, stars="2")
    assert problems(data) == [
        (3, "left_out_by_rule", "7"),
        (4, "unknown_label", "0"),
        (5, "missing_label", ""),
        (7, "unknown_label", "4.5"),
        (8, "unknown_label", "별로"),
    ]
    assert data.frame.rows() == [("2", "가", "positive"), ("6", "마", "negative")]
    note = ("data.note_star_rule", {"column": "rating", "top": 10, "low": 4, "high": 9, "rule": "2"})
    assert data.notes == (note,)
    assert say(note[0], "en", **note[1]) == (
        "Labels come from stars of column 'rating' on a scale of 10: at most 4 negative, at least 9 positive "
        "(rule '2')."
    )
    assert say(note[0], "ko", **note[1]) == (
        "레이블은 'rating' 열의 10점 만점 별점에서 왔습니다: 4 이하 부정, 9 이상 긍정(규칙 '2')."
    )


def test_stars_each_a_label(table):
    path = table("s.csv", "리뷰,별점", "가,5", "나,1.0", "다,3")
    data = maeum.dataset(path, stars="ordinal")
    assert (data.frame["label"].to_list(), data.labels.names) == (["5", "1", "3"], ("1", "2", "3", "4", "5"))
    assert data.labels.ordered
    assert data.notes == (("data.note_star_ordinal", {"column": "별점", "top": 5}),)
    assert say("data.note_star_ordinal", "en", **data.notes[0][1]) == (
        "Labels are the stars of column '별점' on a scale of 5."
    )
    assert say("data.note_star_ordinal", "ko", **data.notes[0][1]) == "레이블은 '별점' 열의 5점 만점 별점입니다."
    assert maeum.dataset(path, stars=3).frame["label"].to_list() == ["positive", "negative", "neutral"]


def test_stars_are_not_taken_from_a_label_column_beside_them(table, said):
    path = table("s.csv", "text,label,rating", "가,1,10", "나,0,1")
    assert maeum.dataset(path, stars="2").frame["label"].to_list() == ["positive", "negative"]
    assert maeum.dataset(path).frame["label"].to_list() == ["1", "0"]
    assert said(lambda: maeum.dataset(table("n.csv", "text,값", "가,1"), stars="2"))[0].startswith("Which column of ")


def test_row_numbers_are_those_of_the_file(table):
    lines = table(
        "a.jsonl", '{"text": "가", "label": 1}', "{", '{"text": ["나"], "label": 0}', '{"text": "다", "label": 0}'
    )
    data = maeum.dataset(lines)
    assert (problems(data)[0][:2], data.ids) == ((2, "bad_json"), ["1", "3", "4"])
    assert data.texts == ["가", '["나"]', "다"]  # texts and lists in one column: all are text


@pytest.mark.parametrize(
    ("values", "kind", "detail"),
    [
        ([["나"], ["다"]], "not_text", "['나']"),
        ([b"\xff", b"a"], "not_text", "b'\\xff'"),
        ([{"a": 1}] * 2, "not_text", "{'a': 1}"),
    ],
)
def test_a_column_that_is_no_text(tmp_path, said, values, kind, detail):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"text": values, "label": ["1", "0"]}).write_parquet(path)
    rows = f"2 × not a text: {detail}"
    assert said(lambda: maeum.dataset(path))[0].startswith(f"No usable row is left in '{path}': {rows}")
    pl.DataFrame({"text": [*values, None], "label": ["1", "0", "1"]}).write_parquet(path)
    assert "1 × no text (row 3)" in said(lambda: maeum.dataset(path))[0]


def test_numbers_are_texts_but_nan_is_none(tmp_path):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"text": [1.5, math.nan, None, 2.0], "label": [1.0, 1.0, 0.0, math.nan]}).write_parquet(path)
    data = maeum.dataset(path)
    assert (data.texts, data.frame["label"].to_list()) == (["1.5"], ["1"])
    assert problems(data) == [(2, "missing_text", ""), (3, "missing_text", ""), (4, "missing_label", "")]


def test_no_usable_row(table, said):
    path = table("a.csv", "text,label", ",1", "  ,1", "좋다,")
    assert said(lambda: maeum.dataset(path)) == (
        (
            f"No usable row is left in '{path}': 1 × no text (row 2); "
            "1 × text without any character (row 3); 1 × no label (row 4)"
        ),
        (
            f"'{path}'에 쓸 수 있는 행이 없습니다: 1행: 텍스트 없음 (행 번호 2); "
            "1행: 글자가 없는 텍스트 (행 번호 3); 1행: 레이블 없음 (행 번호 4)"
        ),
    )


def test_a_file_without_labels(table):
    data = maeum.dataset(table("a.csv", "문장,비고", "가,x", "나,y"))
    assert (data.texts, data.labels, data.has_labels, data.metadata) == (["가", "나"], None, False, ["비고"])
    assert data.task is Task.SINGLE_LABEL


def test_a_column_means_one_thing(table):
    single = maeum.dataset(table("a.csv", "label", "가", "나"))
    assert (single.frame.columns, single.texts) == (["id", "text"], ["가", "나"])
    path = table("b.csv", "text,label", "가,나", "다,라")
    assert maeum.dataset(path, text="label").frame.columns == ["id", "text"]
    other = maeum.dataset(path, label="text")
    assert (other.texts, other.frame["label"].to_list()) == (["나", "라"], ["가", "다"])  # the one column left


def test_columns_of_the_user_go_before_known_names(table):
    path = table("a.csv", "id,text,label,memo,grade,key", "1,가,x,나,A,k1", "2,다,y,라,B,k2")
    data = maeum.dataset(path, text="memo", label="grade", id_column="key")
    assert data.frame.to_dict(as_series=False) == {"id": ["k1", "k2"], "text": ["나", "라"], "label": ["A", "B"]}


def test_ids_become_unique(table):
    path = table("a.csv", "id,text", "a,1", "a#2,2", "a,3", "a,4", ",5", "6,6", "a,7")
    data = maeum.dataset(path)
    assert data.ids == ["a", "a#2", "a#3", "a#4", "6", "6#2", "a#5"]
    assert [problem[:2] for problem in problems(data)] == [(row, "duplicate_id") for row in (4, 5, 7, 8)]


def test_a_row_left_out_takes_no_id(table):
    data = maeum.dataset(table("a.csv", "id,text", "a,", "a,나"))
    assert (data.ids, problems(data)) == (["a"], [(2, "missing_text", "")])


def test_several_labels(table):
    path = table(
        "a.jsonl", '{"text": "가", "labels": ["기쁨", "놀람"]}', '{"text": "나", "labels": []}', '{"text": "다"}'
    )
    data = maeum.dataset(path)
    assert (data.task, data.labels.names) == (Task.MULTI_LABEL, ("기쁨", "놀람"))
    assert data.frame["label"].to_list() == [["기쁨", "놀람"], []]
    assert data.targets.tolist() == [[True, True], [False, False]]
    assert problems(data) == [(3, "missing_label", "")]
    csv = table("b.csv", "text,label", '가,"기쁨,놀람"', "나,기쁨")
    assert maeum.dataset(csv, label_separator=",").label_counts() == {"기쁨": 2, "놀람": 1}
    assert maeum.dataset(csv, task="multi_label").label_counts() == {"기쁨": 1, "기쁨,놀람": 1}


def test_single_labels_that_look_like_lists(table):
    path = table("a.csv", "text,label", "가,[긍정]", "나,[부정]")
    assert maeum.dataset(path).task is Task.MULTI_LABEL
    data = maeum.dataset(path, task="single_label")
    assert (data.task, data.frame["label"].to_list()) == (Task.SINGLE_LABEL, ["[긍정]", "[부정]"])


def test_pairs(table, said):
    path = table("a.csv", "sentence1,sentence2,gold_label", "가,나,함의", "다,,모순", "라,마,모순")
    data = maeum.dataset(path, task="pair")
    assert (data.task, data.inputs) == (Task.PAIR, [("가", "나"), ("라", "마")])
    assert problems(data) == [(3, "missing_text", "")]
    assert maeum.dataset(path).task is Task.SINGLE_LABEL  # not asked for
    assert maeum.dataset(path, text_b_column="sentence2").task is Task.PAIR
    single = table("b.csv", "text,label", "가,나")
    assert said(lambda: maeum.dataset(single, task="pair")) == (
        f"Which column of '{single}' holds the second text? Name it with --text-b-column. Its columns: text, label",
        (
            f"'{single}'에서 두 번째 텍스트 열이 어느 것인지 알 수 없습니다. --text-b-column으로 지정하세요. 있는 "
            "열: text, label"
        ),
    )


def test_tasks_that_own_files_cannot_ask(table, said):
    path = table("a.csv", "text,label", "가,나")
    assert said(lambda: maeum.dataset(path, task="similarity")) == (
        "Own files cannot be read for task 'similarity'; known: single_label, multi_label, pair, tokens, relation",
        (
            "자기 파일을 'similarity' 과제로 읽을 수 없습니다. 가능한 과제: single_label, multi_label, pair, tokens, "
            "relation"
        ),
    )


def test_free_text_in_place_of_labels(table, said):
    lines = [f"리뷰 {i},{i}.5" for i in range(30)]
    path = table("a.csv", "text,score", *lines)
    assert said(lambda: read_own(path))[0] == (
        f"Column 'score' of '{path}' has 30 different values in 30 rows, so it does not look like labels. Name "
        "the label "
        "column with --label-column."
    )


def test_types_of_metadata_are_kept(tmp_path: Path):
    path = tmp_path / "a.parquet"
    frame = pl.DataFrame(
        {"text": ["가", "나"], "label": [1, 0], "stars": [3, None], "tags": [["a"], []], "^x$": [1.5, 2.5]}
    )
    frame.write_parquet(path)
    data = maeum.dataset(path)
    assert data.frame.columns == ["id", "text", "label", "stars", "tags", "^x$"]
    assert data.frame.get_column("^x$").to_list() == [1.5, 2.5]
    assert data.frame.select("stars", "tags").equals(frame.select("stars", "tags"))


def test_problems_are_summed_up_by_kind():
    found = tuple(
        [RowProblem(row, "unknown_label", detail) for row, detail in enumerate("aabcdef", start=2)]
        + [RowProblem(20, "empty_text")]
    )
    assert summarise(found) == (
        "7 × unknown label: a, b, c … (+3) (row 2, 3, 4, 5, 6 …); 1 × text without any character (row 20)"
    )
    use_language("ko")
    assert summarise(found, shown=2) == (
        "7행: 알 수 없는 레이블: a, b, c … (+3) (행 번호 2, 3 …); 1행: 글자가 없는 텍스트 (행 번호 20)"
    )


def test_a_large_file_is_read_whole(table):
    lines = [f"리뷰 {i},{i % 2}" for i in range(20_000)]
    data = maeum.dataset(table("a.csv", "text,label", *lines))
    assert (len(data), data.label_counts(), data.ids[0], data.ids[-1]) == (
        20_000,
        {"0": 10_000, "1": 10_000},
        "2",
        "20001",
    )
    assert np.array_equal(data.targets, np.arange(20_000) % 2)
