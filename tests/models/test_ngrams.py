"""N-grams by hash are exactly the n-grams by string."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maeum.models.linear.ngrams import NGrams
from maeum.models.linear.vocabulary import Vocabulary

TEXTS = st.lists(st.text(alphabet=st.sampled_from("가나다 ㅋㅠab1😭\t"), max_size=12), min_size=1, max_size=6)


def by_string(text: str, joined: int, spaced: int, words: int) -> Counter[str]:
    """The n-grams of a text, found the plain way; each kind has its mark."""
    found: Counter[str] = Counter()
    tight, split = "".join(text.split()), text.split()
    loose = f" {' '.join(split)} " if split else ""
    for n in range(1, joined + 1):
        found.update(f"j{tight[i : i + n]}" for i in range(len(tight) - n + 1))
    for n in range(2, spaced + 1):
        found.update(f"s{loose[i : i + n]}" for i in range(len(loose) - n + 1))
    for n in range(1, words + 1):
        found.update(f"w{' '.join(split[i : i + n])}" for i in range(len(split) - n + 1))
    return found


@given(TEXTS, st.integers(0, 4), st.integers(0, 4), st.integers(0, 2), st.integers(1, 3))
@settings(max_examples=150, deadline=None)
def test_hashes_count_what_strings_count(texts, joined, spaced, words, block):
    ngrams = NGrams(joined, spaced, words)
    start = 0
    for height, rows, hashes in ngrams.hash_blocks(texts, size=block):
        for row in range(height):
            expected = by_string(texts[start + row], joined, spaced, words)
            counted = Counter(hashes[rows == row].tolist())
            assert sorted(counted.values()) == sorted(expected.values())
            assert len(counted) == len(expected)
        start += height
    assert start == len(texts)


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_an_ngram_has_the_same_hash_wherever_it_stands(texts):
    ngrams = NGrams(3, 3, 2)
    hash_of: dict[str, int] = {}
    for text in texts:
        spelled = [(s, int(h[0])) for s, h in ngrams.spelled(text)]
        assert [h for _, h in spelled] == [int(h) for _, _, hashes in ngrams.hash_blocks([text]) for h in hashes]
        # kinds follow one another, so equal spellings of different kinds are told apart by their hash alone
        for spelling, value in spelled:
            hash_of.setdefault(f"{value}", spelling)
            assert hash_of[f"{value}"] == spelling


def test_a_text_does_not_see_its_neighbours():
    alone = NGrams(4, 4, 2)
    (together,) = alone.hash_blocks(["가나", "다라"])
    apart = [next(alone.hash_blocks([text]))[2] for text in ("가나", "다라")]
    for row in (0, 1):
        assert sorted(together[2][together[1] == row].tolist()) == sorted(apart[row].tolist())


def test_order_of_characters_and_words_matters():
    ngrams = NGrams(0, 0, 1)
    ab, ba = (next(ngrams.hash_blocks([text]))[2][0] for text in ("가나", "나가"))
    assert ab != ba


def test_no_two_of_a_million_ngrams_share_a_hash():
    texts = [chr(0xAC00 + i % 11172) + chr(0xAC00 + (i * 7) % 11172) + str(i) for i in range(60_000)]
    strings: set[str] = set()
    for text in texts:
        strings.update(text[i : i + n] for n in range(1, 5) for i in range(len(text) - n + 1))
    hashes = np.unique(np.concatenate([h for _, _, h in NGrams(4, 0, 0).hash_blocks(texts)]))
    assert len(hashes) == len(strings)


@given(st.sets(st.integers(0, 2**64 - 1), max_size=200), st.lists(st.integers(0, 2**64 - 1), max_size=50))
@settings(max_examples=100, deadline=None)
def test_positions_equal_a_search(known, others):
    hashes = np.array(sorted(known), dtype=np.uint64)
    wanted = np.array([*list(known)[:50], *others], dtype=np.uint64)
    place = {int(value): i for i, value in enumerate(hashes)}
    assert Vocabulary(hashes).positions(wanted).tolist() == [place.get(int(value), -1) for value in wanted]


def test_positions_among_crowded_hashes():
    hashes = np.arange(1000, dtype=np.uint64)  # all share their leading bits: the worst case
    assert Vocabulary(hashes).positions(np.array([0, 999, 1000, 2**63], np.uint64)).tolist() == [0, 999, -1, -1]


@pytest.mark.parametrize("text", ["", " \t ", "\ud800"])
def test_odd_texts_are_no_error(text):
    assert len(list(NGrams(4, 4, 2).hash_blocks([text]))) == 1
