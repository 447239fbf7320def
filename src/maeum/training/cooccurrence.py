"""Where a pretraining can begin: embeddings from which tokens stand near which, instead of random numbers.

Counting takes seconds and already tells 재밌다 from 지루하다; a network that begins there does not spend its first
millions of tokens on finding out how frequent tokens are. Embeddings are the leading singular vectors of the positive
pointwise mutual information of tokens and their neighbours (Levy and Goldberg 2014; nearer neighbours count more, and
contexts are smoothed by the power 0.75, as Levy, Goldberg and Dagan 2015 recommend).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

WINDOW: Final = 4  # tokens to either side
SMOOTHING: Final = 0.75
FEWEST: Final = 5.0  # neighbours; tokens with fewer begin at random
LENGTH: Final = 0.5  # of each embedding: a few times that of random ones, so that they outweigh the positions at first
ROWS: Final = 20_000  # blocks counted at once, which bounds memory


@dataclass(frozen=True, eq=False)
class Start:
    """Where a pretraining begins.

    Attributes:
        embeddings: Of each token `(V, E)` float32.
        bias: Logarithm of each token's share of the text `(V,)` float32: what a masked language model answers first.
    """

    embeddings: NDArray[np.float32]
    bias: NDArray[np.float32]


def start_of(
    blocks: NDArray[np.int32],
    segments: NDArray[np.int32],
    vocabulary: int,
    width: int,
    special: Sequence[int],
    seed: int = 0,
) -> Start:
    """Embeddings and token frequencies of packed blocks.

    Args:
        blocks: Token ids `(B, T)` from `pretraining_data.pack`.
        segments: Their documents `(B, T)`; 0 is filling. Neighbours are of the same document.
        vocabulary: V.
        width: E; where the tokens have fewer dimensions than that, the rest is random.
        special: Ids that are no words: padding, class, separator, unknown, mask.
        seed: Of what is random.

    Returns:
        Embeddings of length `LENGTH`; special and rare tokens have random ones.
    """
    random = np.random.default_rng(seed)
    counts = _neighbours(blocks, segments, vocabulary, special)
    found = _directions(_information(counts), width, seed)
    found = np.hstack([found, np.zeros((vocabulary, width - found.shape[1]))])
    found -= found.mean(axis=0)
    rare = (np.asarray(counts.sum(axis=1)).ravel() < FEWEST) | ~found.any(axis=1)
    found[rare] = random.normal(size=(int(rare.sum()), width))
    found *= LENGTH / np.linalg.norm(found, axis=1, keepdims=True)
    return Start(found.astype(np.float32), _log_shares(blocks, segments, vocabulary, special))


def begin(network: Any, start: Start, pad: int) -> None:
    """Put a start into a network of `pretraining.build`; the filling token keeps its zeros."""
    import torch

    with torch.no_grad():
        words = network.lm.electra.embeddings.word_embeddings.weight
        words.copy_(torch.from_numpy(start.embeddings))
        words[pad] = 0
        network.lm.generator_lm_head.bias.copy_(torch.from_numpy(start.bias))


def _neighbours(
    blocks: NDArray[np.int32], segments: NDArray[np.int32], vocabulary: int, special: Sequence[int]
) -> csr_matrix:
    """How often tokens stand near each other `(V, V)`, symmetric; at a distance of d it counts 1/d."""
    from scipy.sparse import csr_matrix

    ordinary = np.ones(vocabulary, np.bool_)
    ordinary[list(special)] = False
    counts = csr_matrix((vocabulary, vocabulary), dtype=np.float32)
    for start in range(0, len(blocks), ROWS):
        ids, where = np.asarray(blocks[start : start + ROWS]), np.asarray(segments[start : start + ROWS])
        for distance in range(1, min(WINDOW, ids.shape[1] - 1) + 1):
            left, right = ids[:, :-distance], ids[:, distance:]
            together = (where[:, :-distance] == where[:, distance:]) & (where[:, distance:] > 0)
            together &= ordinary[left] & ordinary[right]
            weights = np.full(int(together.sum()), 1 / distance, np.float32)
            counts += csr_matrix((weights, (left[together], right[together])), shape=counts.shape)
    return (counts + counts.T).tocsr()


def _information(counts: csr_matrix) -> csr_matrix:
    """Positive pointwise mutual information `(V, V)`."""
    from scipy.sparse import csr_matrix

    total = np.asarray(counts.sum(axis=1), np.float64).ravel()
    contexts = total**SMOOTHING
    contexts /= max(contexts.sum(), 1e-12)
    pairs = counts.tocoo()
    values = np.log(pairs.data / (total[pairs.row] * contexts[pairs.col]))
    kept = values > 0
    return csr_matrix((values[kept], (pairs.row[kept], pairs.col[kept])), shape=counts.shape)


def _directions(information: csr_matrix, width: int, seed: int) -> NDArray[Any]:
    """Leading left singular vectors, each times the root of its singular value `(V, width or fewer)`."""
    from sklearn.utils.extmath import randomized_svd

    wanted = min(width, information.shape[0] - 1)
    vectors, values, _ = randomized_svd(information, wanted, n_iter=4, random_state=seed)
    found: NDArray[Any] = np.asarray(vectors * np.sqrt(values), np.float64)
    return found


def _log_shares(
    blocks: NDArray[np.int32], segments: NDArray[np.int32], vocabulary: int, special: Sequence[int]
) -> NDArray[np.float32]:
    counts = np.zeros(vocabulary, np.float64)
    for start in range(0, len(blocks), ROWS):
        part = np.asarray(blocks[start : start + ROWS])[np.asarray(segments[start : start + ROWS]) > 0]
        counts += np.bincount(part, minlength=vocabulary)
    counts[list(special)] = 0
    found: NDArray[np.float32] = np.log((counts + 0.5) / (counts + 0.5).sum()).astype(np.float32)
    return found
