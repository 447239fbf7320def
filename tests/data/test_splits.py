"""Dividing data: seeded, in the classes' proportions, identical texts and groups together."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maeum.data.splits import carve, overlap, text_key
from maeum.errors import DataError
from maeum.schema import Dataset, Labels, Task


def single(texts, labels=None, **metadata):
    frame = pl.DataFrame(
        {"id": [str(i) for i in range(len(texts))], "text": pl.Series(texts, dtype=pl.String), **metadata}
    )
    if labels is None:
        return Dataset(frame, Task.SINGLE_LABEL, None, "test", "train")
    frame = frame.with_columns(pl.Series("label", labels, dtype=pl.String))
    return Dataset(frame, Task.SINGLE_LABEL, Labels(tuple(sorted(set(labels)) or ("x",))), "test", "train")


def different(**counts):
    """As many different texts of each label."""
    labels = [label for label, count in counts.items() for _ in range(count)]
    return single([f"리뷰 {i}" for i in range(len(labels))], labels)


def shuffled(data, seed):
    return data.take(np.random.default_rng(seed).permutation(len(data)))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("정말  좋다 ", "정말 좋다"), ("정말\t좋다\n", "정말 좋다"), ("정말\u3000좋다", "정말 좋다"),
        ("정말\u00a0좋다", "정말 좋다"),
        ("  ", ""), ("", ""), ("A", "A"), ("ㅋㅋ", "ㅋㅋ"),
        (unicodedata.normalize("NFD", "좋다"), "좋다"), ("좋다.", "좋다."),
    ],
)  # fmt: skip
def test_what_makes_texts_identical(text, key):
    assert text_key(text) == key


@pytest.mark.parametrize(
    ("counts", "fraction", "expected"),
    [
        ({"a": 100, "b": 50}, 0.1, {"a": 10, "b": 5}),
        ({"a": 7515, "b": 7485}, 0.1, {"a": 752, "b": 748}),  # the remainder goes to the class that lacks most
        ({"a": 90, "b": 10}, 0.3, {"a": 27, "b": 3}),
        ({"a": 5, "b": 5}, 0.3, {"a": 2, "b": 1}),  # three of ten rows, not two times 1.5 rounded up
        ({"a": 1000, "b": 2}, 0.1, {"a": 99, "b": 1}),  # a rare class has one row on both sides
        ({"a": 1000, "b": 1}, 0.1, {"a": 100}),  # which a single row cannot
        ({"a": 20, "b": 1}, 0.5, {"a": 10}),
        ({"a": 20, "b": 1}, 0.9, {"a": 18, "b": 1}),  # where most rows go
        ({"a": 2}, 0.1, {"a": 1}),
        ({"a": 2, "b": 2}, 0.1, {"a": 1, "b": 1}),
        ({"a": 3, "b": 3, "c": 3}, 0.1, {"a": 1, "b": 1, "c": 1}),
    ],
)
def test_shares_of_classes_are_exact(counts, fraction, expected):
    data = different(**counts)
    for seed in range(5):
        rest, part = carve(data, fraction, seed)
        assert {label: count for label, count in part.label_counts().items() if count} == expected
        assert sorted(rest.ids + part.ids) == sorted(data.ids)
        assert (rest.split, part.split) == ("train", "validation")
        assert (part.labels, part.name, part.task) == (data.labels, "test", data.task)


def test_rows_keep_their_order_and_columns():
    data = different(a=30, b=30)
    rest, part = carve(data, 0.2, 3)
    for side in (rest, part):
        assert [int(i) for i in side.ids] == sorted(int(i) for i in side.ids)
        assert side.frame.columns == data.frame.columns


def test_the_seed_decides_and_nothing_else():
    data = different(a=200, b=100)
    drawn = {seed: tuple(carve(data, 0.1, seed)[1].ids) for seed in range(20)}
    assert len(set(drawn.values())) == 20
    assert drawn == {seed: tuple(carve(data, 0.1, seed)[1].ids) for seed in range(20)}
    # the same rows on every machine, with every version
    assert carve(different(a=10, b=10), 0.2, 42)[1].ids == ["1", "2", "13", "17"]


def test_the_order_of_rows_does_not_matter():
    data = single([f"리뷰 {i % 70}" for i in range(200)], [["a", "b", "c"][i % 70 % 3] for i in range(200)])
    expected = {data.texts[int(i)] for i in carve(data, 0.2, 5)[1].ids}
    for seed in range(5):
        assert set(carve(shuffled(data, seed), 0.2, 5)[1].texts) == expected


def test_rows_added_move_few_texts_across():
    small, large = different(a=1000), different(a=1010)
    before, after = set(carve(small, 0.1, 1)[1].texts), set(carve(large, 0.1, 1)[1].texts)
    assert (len(before), len(after)) == (100, 101)
    assert len(before & after) >= 97


texts = st.lists(
    st.tuples(st.text("가나 ", max_size=3), st.sampled_from("xyz"), st.sampled_from([None, "", "p", "q", "r", "s"])),
    min_size=2, max_size=40,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(texts, st.sampled_from([0.05, 0.1, 0.3, 0.5, 0.8]), st.integers(0, 2**64))
def test_identical_texts_are_never_on_both_sides(rows, fraction, seed):
    data = single([text for text, _, _ in rows], [label for _, label, _ in rows])
    try:
        rest, part = carve(data, fraction, seed)
    except DataError as error:
        assert error.key == "data.cannot_split"
        return
    assert not {text_key(text) for text in rest.texts} & {text_key(text) for text in part.texts}
    assert sorted(rest.ids + part.ids) == sorted(data.ids)
    assert len(rest)
    assert len(part)


@settings(max_examples=200, deadline=None)
@given(texts, st.sampled_from([0.1, 0.3, 0.5]), st.integers(0, 100))
def test_groups_are_never_on_both_sides(rows, fraction, seed):
    data = single([text for text, _, _ in rows], title=pl.Series([group for _, _, group in rows], dtype=pl.String))
    try:
        rest, part = carve(data, fraction, seed, group="title")
    except DataError as error:
        assert error.key == "data.cannot_split"
        return
    assert not {text_key(text) for text in rest.texts} & {text_key(text) for text in part.texts}
    assert not (set(rest.frame["title"]) & set(part.frame["title"])) - {None, ""}


@given(st.integers(0, 1000), st.sampled_from([0.2, 0.5]))
def test_a_chain_of_texts_and_groups_stays_together(seed, fraction):
    # text A - title 1 - text B - title 2 - text C, and ten others
    chain = [("A", "1"), ("B", "1"), ("B", "2"), ("C", "2")]
    data = single(
        [t for t, _ in chain] + [f"t{i}" for i in range(10)], title=[g for _, g in chain] + [f"g{i}" for i in range(10)]
    )
    rest, part = carve(data, fraction, seed, group="title")
    sides = {id_: side for side, rows in (("rest", rest), ("part", part)) for id_ in rows.ids}
    assert len({sides[str(i)] for i in range(4)}) == 1
    assert len(part) <= round(14 * fraction)


def test_groups_of_any_kind():
    lists = single([f"t{i}" for i in range(20)], tags=[["p"], ["q"]] * 10)
    with pytest.raises(DataError):  # two groups of ten rows: two rows cannot be drawn
        carve(lists, 0.1, 1, group="tags")
    assert len(carve(lists, 0.5, 1, group="tags")[1]) == 10
    numbers = single([f"t{i}" for i in range(20)], movie=[i // 2 for i in range(20)])
    rest, part = carve(numbers, 0.2, 1, group="movie")
    assert (len(part), set(rest.frame["movie"]) & set(part.frame["movie"])) == (4, set())
    unknown = single([f"t{i}" for i in range(20)], movie=pl.Series([None] * 20, dtype=pl.Int64))
    assert len(carve(unknown, 0.2, 1, group="movie")[1]) == 4  # unknown is no common film


def test_a_missing_group_column(said):
    data = single(["a", "b"], title=["x", "y"])
    assert said(lambda: carve(data, 0.5, 1, group="film")) == (
        "--group-column: no column 'film'. Columns: id, text, title",
        "--group-column: 'film' 열이 없습니다. 있는 열: id, text, title",
    )


@pytest.mark.parametrize(
    ("data", "fraction", "count", "groups"),
    [
        (single(["같다"] * 6, list("ababab")), 0.5, 6, 1),
        (single(["같다", " 같다", "같다  "]), 0.1, 3, 1),
        (single(["하나"]), 0.5, 1, 1),
        (single([]), 0.5, 0, 0),
        (single(["가", "나"], ["a", "b"]), 0.5, 2, 2),
        (single(["같다"] * 6), 0.9, 6, 1),
    ],
)
def test_what_cannot_be_divided(said, data, fraction, count, groups):
    assert said(lambda: carve(data, fraction, 1)) == (
        (
            f"The {count} rows ({groups} different texts or groups) cannot be divided into train and validation. "
            "Add rows, or "
            "give validation data with --validation."
        ),
        (
            f"{count}행(서로 다른 텍스트나 묶음 {groups}개)을 학습용과 검증용으로 나눌 수 없습니다. 행을 더하거나 "
            "--validation으로 검증 "
            "데이터를 주세요."
        ),
    )


def test_identical_texts_with_both_labels_count_for_the_more_frequent():
    texts = [f"t{i}" for i in range(40)] + ["둘 다"] * 5
    data = single(texts, ["a"] * 20 + ["b"] * 20 + ["a", "b", "b", "b", "a"])
    for seed in range(30):
        part = carve(data, 0.2, seed)[1]
        assert part.texts.count("둘 다") in (0, 5)
        assert len(part) <= 9


def test_a_group_counts_with_all_its_rows_for_its_majority():
    texts = [f"t{i}" for i in range(104)] + ["같다"] * 10
    data = single(texts, ["a"] * 100 + ["b"] * 4 + ["b"] * 8 + ["a"] * 2)
    for seed in range(30):  # ten rows of label b, of which four may move; label a has room for thirty
        assert "같다" not in carve(data, 0.3, seed)[1].texts


def test_several_labels_count_for_the_rarest():
    kinds = {("흔함", "드묾"): 8, ("흔함", "보통"): 20, ("흔함",): 60, (): 12}
    sets = [list(names) for names, count in kinds.items() for _ in range(count)]
    frame = pl.DataFrame({"id": [str(i) for i in range(100)], "text": [f"t{i}" for i in range(100)], "label": sets})
    data = Dataset(frame, Task.MULTI_LABEL, Labels(("보통", "흔함", "드묾")), "test", "train")
    for seed in range(10):
        drawn = Counter(tuple(names) for names in carve(data, 0.25, seed)[1].frame["label"].to_list())
        assert drawn == {names: count // 4 for names, count in kinds.items()}


def test_without_labels_and_for_pairs():
    assert len(carve(single([f"t{i}" for i in range(50)]), 0.1, 1)[1]) == 5
    frame = pl.DataFrame({"id": list("abcdef"), "text": ["p", "p", "p", "q", "r", "s"], "text_b": list("123456")})
    frame = frame.with_columns(pl.Series("label", list("xyxyxy")))
    pairs = Dataset(frame, Task.PAIR, Labels(("x", "y")), "test", "train")
    for seed in range(10):
        rest, part = carve(pairs, 0.5, seed)
        assert not set(rest.texts) & set(part.texts)  # a premise stays on one side with all its hypotheses


def test_overlap_counts_rows_by_identical_text():
    data = single(["좋다", "좋다 ", "나쁘다", "", unicodedata.normalize("NFD", "최고")])
    assert overlap(data, single([" 좋다", "최고", "그냥"])).tolist() == [True, True, False, False, True]
    assert overlap(data, single(["  "])).tolist() == [False, False, False, True, False]
    assert overlap(data, single([])).tolist() == [False] * 5
    assert overlap(single([]), data).tolist() == []
    assert overlap(data, data).all()


def test_many_seeds_draw_every_row_about_equally_often():
    data = different(a=40)
    drawn = defaultdict(int)
    for seed in range(400):
        for row in carve(data, 0.25, seed)[1].ids:
            drawn[row] += 1
    assert len(drawn) == 40
    assert 60 < min(drawn.values()) <= max(drawn.values()) < 140  # 100 expected, standard deviation 8.7
