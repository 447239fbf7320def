"""Labels as people write them."""

from __future__ import annotations

import math
import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maeum.data.label_values import MAX_LABELS, read_labels
from maeum.data.stars import SCALES, StarRule
from maeum.schema import Task

ONE, SEVERAL = Task.SINGLE_LABEL, Task.MULTI_LABEL
NFD = unicodedata.normalize("NFD", "긍정")


def column(*values, dtype=None):
    return pl.Series("정답", values, dtype=dtype, strict=False)


@pytest.mark.parametrize(
    ("values", "expected", "names"),
    [
        (["긍정", "부정", "긍정"], ["긍정", "부정", "긍정"], ("부정", "긍정")),
        ([" 긍정 ", "부정\t", NFD], ["긍정", "부정", "긍정"], ("부정", "긍정")),
        ([0, 1, 1], ["0", "1", "1"], ("0", "1")),
        (["0", "1"], ["0", "1"], ("0", "1")),
        ([1.0, 0.0], ["1", "0"], ("0", "1")),
        (["1.0", "0.0", "-1.0"], ["1", "0", "-1"], ("-1", "0", "1")),
        ([True, False], ["true", "false"], ("false", "true")),
        (["True", "FALSE", "true"], ["true", "false", "true"], ("false", "true")),
        (["1.5", "10", "2.0"], ["1.5", "10", "2"], ("1.5", "2", "10")),
        (["v1.0", ".0"], ["v1.0", ".0"], (".0", "v1.0")),  # no numbers
        ([1.0, math.nan, None, 0.0], ["1", None, None, "0"], ("0", "1")),
        (["a", "", "  ", None], ["a", None, None, None], ("a",)),
        (["Positive", "positive"], ["Positive", "positive"], ("Positive", "positive")),  # names are kept as they are
    ],
)
def test_one_label(values, expected, names):
    found = read_labels(column(*values))
    assert (found.values, found.labels.names, found.task) == (expected, names, ONE)
    assert (found.excluded, found.unknown, found.scale) == (frozenset(), frozenset(), None)
    assert (found.labels.ordered, dict(found.labels.titles)) == (False, {})


@pytest.mark.parametrize("dtype", [pl.String, pl.Float64, pl.Int64, pl.List(pl.String), pl.Null])
def test_no_label_at_all(dtype):
    found = read_labels(column(None, None, dtype=dtype))
    assert (found.values, found.labels, found.task) == ([None, None], None, ONE)


@pytest.mark.parametrize(
    ("cells", "separator", "expected"),
    [
        (['["기쁨", "놀람"]', '["슬픔"]'], None, [["기쁨", "놀람"], ["슬픔"]]),
        (["['기쁨', '놀람']", "[]"], None, [["기쁨", "놀람"], []]),
        (["['기쁨, 감동', \"놀람\"]"], None, [["기쁨, 감동", "놀람"]]),  # a comma inside a name
        (["[기쁨, 놀람]", "[ 슬픔 ]"], None, [["기쁨", "놀람"], ["슬픔"]]),
        (["[0, 1]", "[1.0]"], None, [["0", "1"], ["1"]]),
        (['["a", null, ""]', "[null]"], None, [["a"], []]),  # what is missing is no label called None
        (["['a', None]"], None, [["a"]]),
        (['["a", "a"]'], None, [["a"]]),
        (["기쁨,놀람", "슬픔", None], ",", [["기쁨", "놀람"], ["슬픔"], None]),
        (["기쁨 | 놀람 |", "|"], "|", [["기쁨", "놀람"], []]),
        (["'기쁨'; \"놀람\""], ";", [["기쁨", "놀람"]]),
        (['["기쁨", "놀람"]', "슬픔;기쁨"], ";", [["기쁨", "놀람"], ["슬픔", "기쁨"]]),
        (["[기쁨;놀람]"], ";", [["기쁨", "놀람"]]),
        (["[" * 3000 + "]"], None, [["[" * 2999]]),  # nested deeper than any reader of lists
    ],
)
def test_several_labels(cells, separator, expected):
    found = read_labels(column(*cells), separator=separator)
    assert (found.values, found.task) == (expected, SEVERAL)
    assert set(found.labels or ()) == {name for row in expected if row for name in row}


def test_lists_of_the_file_itself():
    found = read_labels(column(["놀람", "기쁨 "], [], None, [None, "기쁨"]))
    assert found.values == [["놀람", "기쁨"], [], None, ["기쁨"]]
    assert (found.labels.names, found.task) == (("기쁨", "놀람"), SEVERAL)
    assert read_labels(column([1.0, 0.0], [1.0])).values == [["1", "0"], ["1"]]


def test_the_task_decides_where_cells_could_be_both():
    assert read_labels(column("a", "b"), task=SEVERAL).values == [["a"], ["b"]]
    assert read_labels(column("[a]", "[b]"), task=ONE).values == ["[a]", "[b]"]
    assert read_labels(column(["a", "b"], ["a"]), task=ONE).values == ["a, b", "a"]
    assert read_labels(column("[a]", "b")).task is ONE  # not all cells are lists
    assert read_labels(column("a", "b"), task=Task.PAIR).task is Task.PAIR


def test_a_separator_needs_several_labels(said):
    assert said(lambda: read_labels(column("a"), task=ONE, separator=",")) == (
        "--label-separator is for several labels of one text, but --task is 'single_label'. Leave one of them out.",
        (
            "--label-separator는 한 텍스트에 레이블이 여럿일 때 쓰는데 --task가 'single_label'입니다. 둘 가운데 "
            "하나를 빼세요."
        ),
    )


@given(st.lists(st.lists(st.sampled_from(["기쁨", "놀람", "불평/불만", "0", "a b"]), unique=True), min_size=1))
def test_lists_are_read_as_json_and_as_python_print_them(sets):
    import json

    for written in (json.dumps, lambda names: json.dumps(names, ensure_ascii=False), str):
        assert read_labels(column(*map(written, sets))).values == sets


@pytest.mark.parametrize("rows", [20, 21, 1000])
def test_free_text_is_refused(said, rows):
    texts = [f"리뷰 {i}" for i in range(rows)]
    assert said(lambda: read_labels(column(*texts), path="a.csv")) == (
        (
            f"Column '정답' of 'a.csv' has {rows} different values in {rows} rows, so it does not look like labels. "
            "Name the "
            "label column with --label-column."
        ),
        (
            f"'a.csv'의 '정답' 열은 {rows}행에 서로 다른 값이 {rows}개라 레이블로 보이지 않습니다. "
            "--label-column으로 레이블 열을 지정하세요."
        ),
    )


def test_what_is_still_taken_for_labels(said):
    assert len(read_labels(column(*map(str, range(19)))).labels) == 19  # a short file
    assert len(read_labels(column(*map(str, list(range(10)) * 2))).labels) == 10  # half as many labels as rows
    assert len(read_labels(column(*map(str, list(range(MAX_LABELS)) * 3))).labels) == MAX_LABELS
    assert (
        "501 different values in 1503 rows"
        in said(lambda: read_labels(column(*map(str, list(range(MAX_LABELS + 1)) * 3))))[0]
    )
    assert len(read_labels(column(*([f"[{i}]" for i in range(40)]))).labels) == 40  # rare labels among several
    assert (
        "501 different values in 501 rows" in said(lambda: read_labels(column(*map(str, range(501))), separator=","))[0]
    )


N, O, P = "negative", "neutral", "positive"  # noqa: E741


@pytest.mark.parametrize(
    ("rule", "values", "expected", "excluded", "top"),
    [
        ("2", [1, 4, 5, 8, 9, 10], [N, N, None, None, P, P], {2, 3}, 10),
        ("3", [1, 4, 5, 8, 9, 10], [N, N, O, O, P, P], set(), 10),
        ("ordinal", [1, 10], ["1", "10"], set(), 10),
        ("2", [1, 2, 3, 4, 5], [N, N, None, P, P], {2}, 5),
        ("3", [1, 2, 3, 4, 5], [N, N, O, P, P], set(), 5),
        ("ordinal", [3, 1], ["3", "1"], set(), 5),
        ("2", [1, 6], [N, None], {1}, 10),
    ],
)
@pytest.mark.parametrize("spelled", [int, float, str, "{}.0".format, " {} ".format])
def test_stars(rule, values, expected, excluded, top, spelled):
    found = read_labels(column(*map(spelled, values)), stars=StarRule(rule))
    assert (found.values, found.excluded, found.unknown) == (expected, excluded, frozenset())
    assert (found.scale, found.task) == (SCALES[top], ONE)


def test_stars_that_are_none_or_unknown():
    found = read_labels(column("10", "0", "4.5", "별로", "", None, "1", "NaN"), stars=StarRule.TWO)
    assert found.values == [P, None, None, None, None, None, N, None]
    assert (found.unknown, found.excluded) == ({1, 2, 3, 7}, frozenset())  # rows 4 and 5 have no label at all
    numbers = read_labels(column(10.0, math.nan, None), stars=StarRule.THREE)
    assert (numbers.values, numbers.unknown) == ([P, None, None], frozenset())


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (["긍정", "부정", "긍정"], "긍정, 부정"),
        ([True, False], "true, false"),
        ([1, 5, 100, 50], "100, 50"),
        ([0, 0], "0"),
        ([[1], [2]], "['1'], ['2']"),
        (["1점", "2점", "3점", "4점", "5점", "6점", "7점"], "1점, 2점, 3점, 4점, 5점 … (+2)"),
        ([None, math.nan], "–"),
    ],
)
def test_what_are_no_stars(said, values, found):
    assert said(lambda: read_labels(column(*values), stars=StarRule.TWO)) == (
        f"--stars needs numbers from 1 to 5 or 1 to 10 in column '정답', found {found}.",
        f"--stars를 쓰려면 '정답' 열에 1~5 또는 1~10의 숫자가 있어야 하나 {found}입니다.",
    )
