"""Which column means what."""

from __future__ import annotations

import unicodedata

import pytest

from maeum.data.columns import KNOWN, STAR_NAMES, find_column, require_column, star_column, text_column


@pytest.mark.parametrize("role", ["text", "label", "id", "text_b"])
def test_every_known_name_is_found(role):
    for name in KNOWN[role]:
        for spelled in (name, name.upper(), f" {name} "):
            assert find_column(["x", spelled, "y"], role, None, "f.csv") == spelled


@pytest.mark.parametrize(
    ("columns", "text", "label", "key"),
    [
        (["id", "document", "label"], "document", "label", "id"),
        (["번호", "리뷰", "감성"], "리뷰", "감성", "번호"),
        (["댓글", "레이블"], "댓글", "레이블", None),
        (["작성자", "리뷰 내용", "별점"], "리뷰 내용", "별점", None),
        (["Review", "Rating", "ID"], "Review", "Rating", "ID"),
        (["content", "review", "text"], "text", None, None),  # the most telling name
        (["TEXT", "text"], "TEXT", None, None),  # the first of equals
        (["평점", "라벨", "내용"], "내용", "라벨", None),
    ],
)
def test_columns_of_korean_and_english_files(columns, text, label, key):
    assert text_column(columns, None, "f.csv") == text
    assert find_column(columns, "label", None, "f.csv") == label
    assert find_column(columns, "id", None, "f.csv") == key


def test_the_only_column_need_not_be_named():
    assert text_column(["무엇이든"], None, "f.csv") == "무엇이든"
    assert text_column(["a", "b"], None, "f.csv", taken={"b"}) == "a"


def test_what_the_user_names_goes_first():
    columns = ["text", "label", "memo", "grade"]
    assert text_column(columns, "memo", "f.csv") == "memo"
    assert find_column(columns, "label", "grade", "f.csv") == "grade"
    assert require_column(columns, unicodedata.normalize("NFD", "memo "), "--text-column", "f.csv") == "memo"
    assert require_column(["리뷰"], unicodedata.normalize("NFD", "리뷰"), "--text-column", "f.csv") == "리뷰"


def test_a_column_that_means_something_else_is_not_found():
    assert find_column(["text", "label"], "label", None, "f.csv", taken={"label"}) is None
    assert text_column(["text", "review"], None, "f.csv", taken={"text"}) == "review"


def test_stars_are_looked_for_among_the_names_of_stars():
    assert star_column(["label", "rating"], None, "f.csv") == "rating"
    assert star_column(["label", "rating"], "label", "f.csv") == "label"
    assert star_column(["라벨", "별점"], None, "f.csv") == "별점"
    assert star_column(["label", "rating"], None, "f.csv", taken={"rating"}) == "label"
    assert star_column(["text", "label"], None, "f.csv") == "label"
    assert set(STAR_NAMES) < set(KNOWN["label"])


def test_a_missing_column(said):
    assert said(lambda: text_column(["revew", "label"], "review", "리뷰.csv")) == (
        (
            "No column 'review' in '리뷰.csv' (asked for by --text-column). Did you mean 'revew'? Its columns: "
            "revew, label"
        ),
        "'리뷰.csv'에 'review' 열이 없습니다(--text-column). 혹시 'revew'를 찾으셨나요? 있는 열: revew, label",
    )
    assert said(lambda: find_column(["a", "b"], "label", "정답", "f.csv")) == (
        "No column '정답' in 'f.csv' (asked for by --label-column). Its columns: a, b",
        "'f.csv'에 '정답' 열이 없습니다(--label-column). 있는 열: a, b",
    )
    assert said(lambda: require_column(["Text"], "text", "--text-column", "f.csv"))[0] == (
        "No column 'text' in 'f.csv' (asked for by --text-column). Did you mean 'Text'? Its columns: Text"
    )


def test_an_unclear_column(said):
    assert said(lambda: text_column(["a", "b"], None, "f.csv")) == (
        "Which column of 'f.csv' holds the text? Name it with --text-column. Its columns: a, b",
        "'f.csv'에서 텍스트 열이 어느 것인지 알 수 없습니다. --text-column으로 지정하세요. 있는 열: a, b",
    )
    assert said(lambda: star_column(["a", "b"], None, "f.csv")) == (
        "Which column of 'f.csv' holds the label? Name it with --label-column. Its columns: a, b",
        "'f.csv'에서 레이블 열이 어느 것인지 알 수 없습니다. --label-column으로 지정하세요. 있는 열: a, b",
    )


def test_many_columns_are_counted(said):
    sentence = said(lambda: text_column([f"c{i}" for i in range(40)], None, "f.csv"))[0]
    assert sentence.endswith("c28, c29 … (+10)")
