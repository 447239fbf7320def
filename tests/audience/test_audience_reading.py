"""Dates, stars, titles and columns as people write them."""

import unicodedata
from datetime import date, datetime

import polars as pl
import pytest

from maeum.audience.columns import find_columns
from maeum.audience.dates import is_relative, read_date, to_days
from maeum.audience.names import Names, key_of
from maeum.audience.ratings import read_rating, scale_of, to_stars
from maeum.audience.settings import ReviewSettings
from maeum.errors import DataError, UsageError

DAY = date(2019, 3, 1)


@pytest.mark.parametrize(
    "written",
    [
        "2019-03-01", "19.03.01", "2019.3.1.", "2019. 3. 1.", "2019년 3월 1일", "2019/03/01", "19/3/1", "20190301", "190301",
        "20190301152000", "2019-03-01T15:20:00+09:00", "2019-03-01 15:20:11.123", "2019. 3. 1. 오후 3:20:11", "2019.03.01 (금)",
        "2019.03.01(금) 15:20", "2019년 3월 1일 금요일 15시 20분", "1551366000", "1551366000000", "Mar 1, 2019", "1 March 2019",
        "43525", "2019-03", "2019년 3월", " 2019-03-01 ",
    ],
)  # fmt: skip
def test_a_day_in_many_forms(written):
    assert read_date(written) == (DAY, False)


@pytest.mark.parametrize(
    ("written", "day_first", "expected"),
    [
        ("03/01/2019", False, (DAY, True)),
        ("03/01/2019", True, (date(2019, 1, 3), True)),
        ("31.12.2018", False, (date(2018, 12, 31), False)),
        ("12/31/2018", True, (date(2018, 12, 31), False)),
        ("3/3/2019", False, (date(2019, 3, 3), False)),
        ("99.12.31", False, (date(1999, 12, 31), False)),
    ],
)
def test_dates_that_end_with_the_year_have_a_rule(written, day_first, expected):
    assert read_date(written, day_first=day_first) == expected


@pytest.mark.parametrize(
    "written", ["", "어제쯤", "2019-13-01", "2019-02-30", "1850-01-01", "7", "3일 전", "hello", "2019", "19.03"]
)
def test_nonsense_is_no_date(written):
    assert read_date(written)[0] is None


def test_relative_dates_are_known_as_such():
    assert [is_relative(one) for one in ("3일 전", "2 hours ago", "어제", "방금 전", "yesterday", "2019-03-01", "전주")] == [
        True, True, True, True, True, False, False
    ]  # fmt: skip


def test_a_column_of_dates_counts_what_it_cannot_read():
    days, faults = to_days(pl.Series(["2019-03-01", "3일 전", "???", None, "", "03/01/2019", "???"]))
    assert days.to_list() == [DAY, None, None, None, None, DAY, None]
    assert (faults.unreadable, faults.relative, faults.ambiguous, list(faults.examples)) == (2, 1, 1, ["???"])


@pytest.mark.parametrize(
    "column",
    [
        pl.Series([DAY, None]),
        pl.Series([datetime(2019, 3, 1, 23, 59), None]),
        pl.Series([20190301, None]),
        pl.Series([20190301.0, None]),
        pl.Series([1551366000000, None]),
    ],
)
def test_columns_of_other_types_are_dates_too(column):
    days, faults = to_days(column)
    assert days.to_list() == [DAY, None]
    assert faults.unreadable == 0


def test_dates_outside_all_reason_are_unreadable():
    days, faults = to_days(pl.Series([date(1066, 10, 14), DAY]))
    assert (days.to_list(), faults.unreadable) == ([None, DAY], 1)


@pytest.mark.parametrize(
    ("written", "stars"),
    [("9", 9.0), ("4.5", 4.5), ("4,5", 4.5), ("9점", 9.0), ("8/10", 8.0), ("8점 / 10점", 8.0), ("★★★★☆", 4.0), ("★★★½", 3.5),
     ("5 stars", 5.0), ("-1", -1.0), ("최고", None), ("9 8", None)],
)  # fmt: skip
def test_stars_in_many_forms(written, stars):
    assert read_rating(written) == stars


def test_a_column_of_stars_counts_what_it_cannot_read():
    stars, faults = to_stars(pl.Series(["9점", "별로", None, "", "10"]))
    assert stars.to_list() == [9.0, None, None, None, 10.0]
    assert (faults.unreadable, list(faults.examples)) == (1, ["별로"])
    numbers, none = to_stars(pl.Series([1.0, float("nan"), float("inf"), None]))
    assert (numbers.to_list(), none.unreadable) == ([1.0, None, None, None], 0)


def test_the_scale_is_the_smallest_that_holds_nearly_all():
    def scale(**times):
        return scale_of(pl.DataFrame({"stars": [float(star[1:]) for star in times], "n": list(times.values())}))

    assert scale(s5=100, s4=50) == 5
    assert scale(s5=100, s10=2) == 10
    assert scale(s5=1000, s10=2) == 5  # two slips of the pen
    assert scale(s100=5, s70=5) == 100
    assert scale(s0=3) is None


def test_titles_that_differ_in_form_or_spaces_are_one():
    names = Names()
    nfd = unicodedata.normalize("NFD", "겨울왕국")
    raw = ["겨울 왕국", "겨울왕국", nfd, " 겨울왕국\u200b", "기생충", None, "  "]
    assert names.numbers(raw).tolist() == [0, 0, 0, 0, 1, -1, -1]
    names.count([("겨울 왕국", 2), ("겨울왕국", 3), (nfd, 1), ("기생충", 9)])
    assert names.shown() == ["겨울왕국", "기생충"]
    assert names.joined() == [
        {
            "title": "겨울왕국",
            "spellings": [
                {"spelling": "겨울왕국", "form": "NFC", "n": 3},
                {"spelling": "겨울 왕국", "form": "NFC", "n": 2},
                {"spelling": nfd, "form": "NFD", "n": 1},
            ],
        }
    ]
    assert key_of("\ufeff겨울  왕국") == "겨울왕국"


def test_columns_are_found_by_their_usual_names():
    found = find_columns(["번호", "영화", "리뷰", "작성일", "평점", "출처"], ReviewSettings(), "a.csv")
    assert found.of == {"text": "리뷰", "title": "영화", "source": "출처", "date": "작성일", "rating": "평점"}
    assert found.guessed == ("text", "title", "source", "date", "rating")


def test_columns_that_are_named_go_first():
    settings = ReviewSettings(title_column="상품", date_column="언제")
    found = find_columns(["title", "상품", "review", "언제"], settings, "a.csv")
    assert found.of == {"text": "review", "title": "상품", "source": None, "date": "언제", "rating": None}
    assert found.guessed == ("text",)


def test_columns_that_cannot_be_told_are_asked_for():
    with pytest.raises(DataError) as error:
        find_columns(["a", "review"], ReviewSettings(), "a.csv")
    assert str(error.value) == (
        "'a.csv' has no column that is known to hold titles. Name it with --title-column, or take all reviews as those of one "
        "title with --title NAME. Columns: a, review"
    )
    with pytest.raises(DataError) as error:
        find_columns(["a", "b"], ReviewSettings(), "a.csv")
    assert str(error.value) == (
        "Columns that are needed were not found in 'a.csv'. Name them with --text-column, --title-column. Columns: a, b"
    )
    with pytest.raises(DataError, match=r"has no column 'titel'|'titel'") as error:
        find_columns(["title", "review"], ReviewSettings(title_column="titel"), "a.csv")
    assert "Did you mean 'title'?" in str(error.value)
    with pytest.raises(UsageError, match="One column was named for two things: x"):
        find_columns(["x", "review"], ReviewSettings(title_column="x", date_column="x"), "a.csv")
    with pytest.raises(UsageError, match="--title names one title for all reviews"):
        find_columns(["x", "review"], ReviewSettings(title_column="x", title="y"), "a.csv")


def test_one_title_for_all_needs_no_column():
    found = find_columns(["review", "date"], ReviewSettings(title="기생충"), "a.csv")
    assert (found.of["title"], found.title, found.of["text"]) == (None, "기생충", "review")
