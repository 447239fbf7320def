"""Names of the same label, their order, and how data and a model meet."""

from __future__ import annotations

import unicodedata
from itertools import permutations

import pytest

from maeum.data.aliases import SENTIMENT, alias_table, canonical, natural_order
from maeum.schema import Labels


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("긍정", "positive"), ("부정", "negative"), ("중립", "neutral"), ("객관", "objective"),
        (" 긍정적 ", "positive"),
        ("POSITIVE", "positive"), ("Neg", "negative"), ("0", "negative"), ("1", "positive"), ("-1", "negative"),
        ("추천", "positive"), ("비추천", "negative"), ("2", None), ("기쁨", None), ("", None), ("true", None),
    ],
)  # fmt: skip
def test_what_a_name_means(name, meaning):
    assert canonical(name) == meaning
    assert canonical(unicodedata.normalize("NFD", name)) == meaning  # as macOS writes it


def test_no_name_means_two_things():
    names = [name for names in SENTIMENT.values() for name in names]
    assert len(set(names)) == len(names)
    assert all(canonical(name) == name for name in SENTIMENT)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["긍정", "부정"], ["부정", "긍정"]),
        (["positive", "neutral", "negative", "objective"], ["negative", "neutral", "positive", "objective"]),
        (["10", "9", "1", "2"], ["1", "2", "9", "10"]),
        (["1", "0", "-1"], ["-1", "0", "1"]),
        (["true", "false"], ["false", "true"]),
        (["슬픔", "기쁨", "긍정"], ["긍정", "기쁨", "슬픔"]),
        (["3.5", "10", "2.5"], ["2.5", "3.5", "10"]),
        ([], []),
    ],
)
def test_labels_stand_in_a_readers_order(names, expected):
    for shuffled in permutations(names):
        assert natural_order(shuffled) == expected


MODEL = Labels(("negative", "positive"))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (("negative", "positive"), {"negative": "negative", "positive": "positive"}),
        (("positive",), {"positive": "positive"}),
        (("부정", "긍정"), {"부정": "negative", "긍정": "positive"}),
        (("긍정", "부정"), {"긍정": "positive", "부정": "negative"}),  # by meaning, not by place
        (("0", "1"), {"0": "negative", "1": "positive"}),
        (("나쁨",), {"나쁨": "negative"}),
        (("부정", "중립", "긍정"), None),  # the model has no neutral
        (("-1", "0", "1"), None),  # -1 and 0 would both be negative
        (("1", "2"), None),
        (("기쁨", "슬픔"), None),
    ],
)
def test_data_meet_a_model(data, expected):
    assert alias_table(Labels(data), MODEL) == expected


def test_a_model_with_one_meaning_twice_meets_only_its_own_names():
    model = Labels(("부정", "나쁨", "긍정"))
    assert alias_table(Labels(("나쁨", "긍정")), model) == {"나쁨": "나쁨", "긍정": "긍정"}
    assert alias_table(Labels(("negative", "positive")), model) is None


def test_names_of_other_kinds_meet_only_themselves():
    model = Labels(("기쁨", "슬픔", "놀람"))
    assert alias_table(Labels(("슬픔", "기쁨")), model) == {"슬픔": "슬픔", "기쁨": "기쁨"}
    assert alias_table(Labels(("0", "1")), model) is None
