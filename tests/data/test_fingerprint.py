"""Hashes that tell whether data are the same."""

from __future__ import annotations

import unicodedata

import numpy as np
import polars as pl
import pytest

from maeum.data.fingerprint import fingerprint, text_hashes
from maeum.schema import Dataset, Labels, Task


def data(**changes):
    columns = {"id": ["1", "2"], "text": ["재밌다", "별로"], "label": ["a", "b"], "title": ["x", "y"], **changes}
    frame = pl.DataFrame({name: values for name, values in columns.items() if values is not None})
    return Dataset(frame, Task.SINGLE_LABEL, Labels(("a", "b")) if "label" in frame.columns else None, "n", "train")


def test_the_fingerprint_is_the_same_on_every_machine():
    assert fingerprint(data()) == fingerprint(data()) == "7667871c54e2639b"
    assert fingerprint(data(title=["other", "film"])) == fingerprint(data(title=None)) == fingerprint(data())


@pytest.mark.parametrize(
    "changes",
    [
        {"id": ["1", "3"]}, {"text": ["재밌다", "별로 "]}, {"label": ["b", "a"]}, {"label": None},
        {"text_b": ["p", "q"]},
        {"id": ["2", "1"], "text": ["별로", "재밌다"], "label": ["b", "a"]},  # another order
        {"text": ["재밌다별로", ""]}, {"id": ["1재", "2"], "text": ["밌다", "별로"]},
    ],
)  # fmt: skip
def test_every_change_of_ids_texts_labels_and_order_shows(changes):
    assert fingerprint(data(**changes)) != fingerprint(data())


def test_several_labels_and_no_row():
    frames = [pl.DataFrame({"id": ["1"], "text": ["가"], "label": [names]}) for names in (["a"], ["a", "b"])]
    sets = [Dataset(frame, Task.MULTI_LABEL, Labels(("a", "b")), "n") for frame in frames]
    assert fingerprint(sets[0]) != fingerprint(sets[1])
    empty = data().take(np.zeros(2, np.bool_))
    assert len(fingerprint(empty)) == 16


def test_identical_texts_have_one_hash():
    texts = ["정말 좋다", "정말  좋다 ", unicodedata.normalize("NFD", "정말 좋다"), "정말좋다", "", "  "]
    hashes = text_hashes(texts)
    assert (hashes.dtype, hashes.shape) == (np.uint64, (6,))
    assert hashes[0] == hashes[1] == hashes[2]
    assert hashes[4] == hashes[5]
    assert len(set(hashes.tolist())) == 3
    assert int(hashes[0]) == 18_047_224_807_520_821_767
    assert text_hashes([]).shape == (0,)
    assert len(set(text_hashes([f"리뷰 {i}" for i in range(10_000)]).tolist())) == 10_000
