"""The n-grams a model knows, and the fast way from their hashes to their positions."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maeum.models.linear.ngrams import Hashes, Rows

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


class Vocabulary:
    """V known n-grams, by ascending hash."""

    def __init__(self, hashes: Hashes) -> None:
        self.hashes = hashes

    def __len__(self) -> int:
        return len(self.hashes)

    @cached_property
    def _bits(self) -> int:
        return max(1, len(self.hashes).bit_length())

    @cached_property
    def _first(self) -> NDArray[np.int32]:
        """By value of the leading bits the first position that may hold it; hashes spread evenly, so few share one."""
        starts = np.arange(1 << self._bits, dtype=np.uint64) << np.uint64(64 - self._bits)
        return np.searchsorted(self.hashes, starts).astype(np.int32)

    @cached_property
    def _longest(self) -> int:
        ends = np.append(self._first[1:], len(self.hashes))
        return int((ends - self._first).max(initial=0))

    def positions(self, hashes: Hashes) -> NDArray[np.int32]:
        """Position of each hash `(M,)`, −1 where it is not known."""
        if not len(self.hashes):
            return np.full(len(hashes), -1, np.int32)
        at = self._first[(hashes >> np.uint64(64 - self._bits)).astype(np.int64)]
        found = np.full(len(hashes), -1, np.int32)
        open_ = np.arange(len(hashes))
        last = len(self.hashes) - 1
        for _ in range(self._longest):
            here = np.minimum(at[open_], last)
            known = self.hashes[here]
            wanted = hashes[open_]
            equal = known == wanted
            found[open_[equal]] = here[equal]
            open_ = open_[(known < wanted) & (at[open_] < last)]
            at[open_] += 1
            if not len(open_):
                break
        return found

    def count(self, rows: Rows, hashes: Hashes, height: int) -> csr_matrix:
        """How often each known n-gram occurs in each of `height` texts, `(height, V)` float32."""
        from scipy.sparse import csr_matrix

        position = self.positions(hashes)
        known = position >= 0
        ones: NDArray[Any] = np.ones(int(known.sum()), np.float32)
        counts = csr_matrix((ones, (rows[known], position[known])), shape=(height, len(self)))
        counts.sum_duplicates()
        return counts
