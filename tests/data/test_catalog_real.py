"""NSMC and its raw reviews at hand, whole: the numbers that everything measured on them stands on."""

from __future__ import annotations

import json

import polars as pl
import pytest

import maeum
from maeum.data.catalog import corpora, sample
from maeum.data.fetch import ASSETS
from maeum.data.settings import SplitSettings
from maeum.data.splits import overlap, text_key

N, O, P = "negative", "neutral", "positive"  # noqa: E741


@pytest.fixture(scope="module")
def whole():
    """Splits of the real corpora, each read once."""
    read = {}

    def get(name, stars=None):
        if (name, stars) not in read:
            read[name, stars] = maeum.dataset(name, stars=stars)
        return read[name, stars]

    return get


@pytest.fixture
def raw_here(nsmc):
    """Path of the raw reviews."""
    path = nsmc / "nsmc" / "raw.parquet"
    if not path.is_file():
        pytest.skip(f"nsmc/raw.parquet is not in MAEUM_DATA ({nsmc})")
    return path


def test_nsmc_whole(nsmc, whole):
    train, test = whole("nsmc"), whole("nsmc:test")
    assert (len(train), train.label_counts()) == (150_000, {N: 75_173, P: 74_827})
    assert (len(test), test.label_counts()) == (50_000, {N: 24_827, P: 25_173})
    assert (train.texts.count(""), test.texts.count("")) == (5, 3)
    assert (train.ids[0], train.texts[0], train.frame["label"][0]) == ("9976970", "아 더빙.. 진짜 짜증나네요 목소리", N)
    assert len(set(train.ids + test.ids)) == 200_000
    # 1,568 with some character, and the 3 without
    assert int(overlap(test, train).sum()) == 1_571


def test_nsmc_validation_whole(nsmc, whole):
    train, part = whole("nsmc"), whole("nsmc:validation")
    assert (len(part), part.label_counts()) == (15_000, {N: 7_515, P: 7_485})
    held = set(part.ids)
    assert len(held) == 15_000
    assert held < set(train.ids)
    rest = {text_key(text) for key, text in zip(train.ids, train.texts, strict=True) if key not in held}
    assert rest.isdisjoint(map(text_key, part.texts))
    assert SplitSettings().validation_fraction == 0.1


def test_raw_whole(raw_here, whole):
    test = whole("nsmc:test")
    train = whole("nsmc-raw", "3")
    assert (len(train), train.label_counts()) == (630_973, {N: 93_881, O: 202_882, P: 334_210})
    assert set(train.ids).isdisjoint(test.ids)
    raw_test = whole("nsmc-raw:test")
    assert (sorted(raw_test.ids), raw_test.label_counts()) == (sorted(test.ids), test.label_counts())
    keys = set(map(text_key, train.texts))
    assert keys.isdisjoint(map(text_key, test.texts))  # as the file of NSMC spells them
    assert keys.isdisjoint(map(text_key, raw_test.texts))
    assert len(train) + 50_000 + train.notes[0][1]["twins"] == 693_637
    assert corpora()["nsmc-raw"].rows == {"train": len(train), "test": 50_000}


def test_raw_by_other_rules(raw_here, whole):
    two = whole("nsmc-raw", "2")
    assert two.label_counts() == {N: 93_881, P: 334_210}
    assert dict(two.notes)["data.note_stars_left_out"] == {"count": 202_882, "rule": "2"}
    assert list(maeum.dataset("nsmc-raw", stars="ordinal").label_counts().values()) == [
        56_226, 11_338, 12_128, 14_189, 29_235, 40_704, 57_685, 75_258, 64_665, 269_545,
    ]  # fmt: skip


def test_raw_validation_whole(raw_here, whole):
    official, test = whole("nsmc:validation"), whole("nsmc:test")
    known = set(map(text_key, test.texts))
    expected = {key for key, text in zip(official.ids, official.texts, strict=True) if text_key(text) not in known}
    found = maeum.dataset("nsmc-raw:validation", stars="2")
    assert (set(found.ids), len(found)) == (expected, 14_597)
    labels = dict(zip(official.ids, official.frame["label"].to_list(), strict=True))
    assert found.frame["label"].to_list() == [labels[key] for key in found.ids]


def test_the_sample_is_not_taken_from_nsmc(raw_here, whole):
    lines = (ASSETS / sample.PATH).read_text(encoding="utf-8").splitlines()
    own = {text_key(json.loads(line)["text"]) for line in lines}
    raw = pl.read_parquet(raw_here, columns=["text"])["text"].to_list()
    published = {text_key(text) for split in ("nsmc", "nsmc:test") for text in whole(split).texts}
    # one word is what many people write; nothing longer is shared
    assert own & set(map(text_key, raw)) == {"졸작", "지루해", "꿀잼", "개노잼", "명작!!!"}
    assert own & published == {"졸작", "지루해", "꿀잼"}
