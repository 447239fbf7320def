"""Embeddings that a pretraining begins with."""

from __future__ import annotations

import numpy as np
import pytest

from maeum.training.cooccurrence import LENGTH, begin, start_of
from maeum.training.pretraining_data import pack

SPECIAL = (0, 1, 2, 3, 4)
V = 40


def documents():
    """Tokens 10-14 stand only among 20-24, tokens 15-19 only among 30-34."""
    random = np.random.default_rng(0)
    found = []
    for _ in range(800):
        near, far = (10, 20) if random.random() < 0.5 else (15, 30)
        found.append(np.array([2, *(random.integers(5, size=8) + np.tile([near, far], 4)), 3], np.int32))
    return found


@pytest.fixture(scope="module")
def start():
    blocks, segments = pack(documents(), 64, 3)
    return start_of(blocks, segments, V, 8, SPECIAL)


def test_tokens_with_the_same_neighbours_are_alike(start):
    unit = start.embeddings / LENGTH
    alike = unit @ unit.T
    assert alike[10:15, 10:15].min() > 0.6
    assert alike[15:20, 15:20].min() > 0.6
    assert alike[10:15, 15:20].max() < 0.5


def test_all_have_one_length_and_the_same_seed_gives_the_same(start):
    assert start.embeddings.shape == (V, 8)
    assert start.embeddings.dtype == start.bias.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(start.embeddings, axis=1), LENGTH, rtol=1e-5)
    blocks, segments = pack(documents(), 64, 3)
    again = start_of(blocks, segments, V, 8, SPECIAL)
    assert np.array_equal(again.embeddings, start.embeddings)
    other = start_of(blocks, segments, V, 8, SPECIAL, seed=1)
    assert not np.array_equal(other.embeddings[35], start.embeddings[35])  # a token that never occurs


def test_the_bias_is_how_frequent_tokens_are(start):
    shares = np.exp(start.bias)
    assert shares.sum() == pytest.approx(1, abs=1e-5)
    counts = np.bincount(np.concatenate(documents()), minlength=V).astype(float)
    counts[list(SPECIAL)] = 0
    np.testing.assert_allclose(shares, (counts + 0.5) / (counts + 0.5).sum(), rtol=1e-4)


def test_documents_are_kept_apart():
    """ab|cd: b and c stand side by side in the block and are no neighbours."""
    blocks, segments = pack([np.array([5, 6])] * 50 + [np.array([7, 8])] * 50, 100, 3)
    unit = start_of(blocks, segments, 10, 4, SPECIAL).embeddings / LENGTH
    assert unit[5] @ unit[7] < 0.5


@pytest.mark.parametrize("width", [3, 16])
def test_more_dimensions_than_tokens(width):
    blocks, segments = pack([np.array([5, 6, 7])] * 20, 8, 3)
    start = start_of(blocks, segments, 8, width, SPECIAL)
    assert start.embeddings.shape == (8, width)
    assert np.isfinite(start.embeddings).all()


@pytest.mark.parametrize("objective", ["mlm", "electra"])
def test_a_network_begins_there(start, objective):
    torch = pytest.importorskip("torch")
    from maeum.training.pretraining import PretrainConfig, build

    config = PretrainConfig(
        vocabulary=V, mask=4, special=SPECIAL, objective=objective, layers=1, width=8, heads=2, inner=16, embedding=8,
        positions=16,
    )  # fmt: skip
    network = build(config)
    begin(network, start, config.pad)
    words = network.encoder.electra.embeddings.word_embeddings.weight
    assert torch.equal(words[1:], torch.from_numpy(start.embeddings)[1:])
    assert not words[0].any()
    assert network.lm.generator_lm_head.weight is words  # the head that guesses words shares them
    assert torch.equal(network.lm.generator_lm_head.bias, torch.from_numpy(start.bias))
