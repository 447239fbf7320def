"""Stars to labels, every star of both scales by every rule."""

from __future__ import annotations

import math

import polars as pl
import pytest

from maeum.data.stars import NEGATIVE_POSITIVE, SCALES, THREE_WAY, StarRule, star_labels, stars_to_labels

N, O, P = "negative", "neutral", "positive"  # noqa: E741
TEN = list(range(1, 11))
FIVE = list(range(1, 6))


@pytest.mark.parametrize(
    ("rule", "top", "expected"),
    [
        ("2", 10, [N, N, N, N, None, None, None, None, P, P]),
        ("3", 10, [N, N, N, N, O, O, O, O, P, P]),
        ("ordinal", 10, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
        ("2", 5, [N, N, None, P, P]),
        ("3", 5, [N, N, O, P, P]),
        ("ordinal", 5, ["1", "2", "3", "4", "5"]),
    ],
)
@pytest.mark.parametrize("dtype", [pl.Int8, pl.Int64, pl.Float32, pl.Float64])
def test_every_star_has_its_label(rule, top, expected, dtype):
    stars = pl.Series(TEN if top == 10 else FIVE, dtype=dtype)
    assert stars_to_labels(stars, StarRule(rule), SCALES[top]).to_list() == expected


@pytest.mark.parametrize("rule", list(StarRule))
@pytest.mark.parametrize("top", [5, 10])
def test_what_is_no_star_has_no_label(rule, top):
    off = pl.Series([0.0, -1.0, top + 1.0, 4.5, math.nan, math.inf, None])
    assert stars_to_labels(off, rule, SCALES[top]).to_list() == [None] * 7


def test_labels_of_every_rule():
    assert star_labels(StarRule.TWO, SCALES[10]) is NEGATIVE_POSITIVE
    assert star_labels(StarRule.THREE, SCALES[5]) is THREE_WAY
    assert (tuple(NEGATIVE_POSITIVE), NEGATIVE_POSITIVE.ordered) == ((N, P), False)
    assert (tuple(THREE_WAY), THREE_WAY.ordered) == ((N, O, P), True)
    five, ten = (star_labels(StarRule.ORDINAL, SCALES[top]) for top in (5, 10))
    assert (five.names, five.ordered) == (("1", "2", "3", "4", "5"), True)
    assert ten.names == ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10")  # by size, not by alphabet
    assert (ten.title("10", "ko"), ten.title("10", "en")) == ("별점 10", "10")
    assert [NEGATIVE_POSITIVE.title(name, "ko") for name in NEGATIVE_POSITIVE] == ["부정", "긍정"]
    assert [THREE_WAY.title(name, "ko") for name in THREE_WAY] == ["부정", "중립", "긍정"]
