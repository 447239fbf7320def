"""Batches of several corpora in one epoch: how many of each, in which order; the same for the same seed and epoch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch.utils.data import Sampler

from maeum.models.gradient_settings import Mixing
from maeum.training.gradient.data import Batches, Share


def quotas(batches: Sequence[int], sizes: Sequence[int], mixing: Mixing) -> list[int]:
    """Batches that each of C corpora gets in an epoch; together as many as they all have, each at least one.

    Args:
        batches: That each corpus has.
        sizes: Examples of each.
        mixing: Size: what each has; else shares by 1 or by the square root of the size, the remainders to those that
            lack most.
    """
    if mixing is Mixing.SIZE:
        return list(batches)
    weights = np.ones(len(sizes)) if mixing is Mixing.EVEN else np.sqrt(np.asarray(sizes, np.float64))
    total = sum(batches)
    exact = weights / weights.sum() * total
    found = np.maximum(np.floor(exact).astype(np.int64), 1)
    while found.sum() < total:
        found[int(np.argmax(exact - found))] += 1
    while found.sum() > total:  # where the smallest were given one
        found[int(np.argmax(found))] -= 1
    return [int(one) for one in found]


class Mixed(Sampler[Any]):
    """The batches of an epoch, each of one corpus, for one process.

    A corpus is gone through in its own order, epoch by epoch of its own, wherever an epoch of training begins and ends:
    one that gets fewer batches than it has goes on in the next epoch with the rows that have not come yet.

    Args:
        corpora: The batches of each.
        mixing: How many of each an epoch has.
    """

    def __init__(self, corpora: Sequence[Batches], mixing: Mixing) -> None:
        self.corpora = corpora
        self.quotas = quotas([len(one) for one in corpora], [len(one.lengths) for one in corpora], mixing)
        self.batch_size, self.drop_last = corpora[0].batch_size, False
        self.epoch = 0

    @property
    def batch_sampler(self) -> Mixed:
        """Itself; see `Batches`."""
        return self

    def set_epoch(self, epoch: int) -> None:
        """Say which epoch comes next."""
        self.epoch = epoch

    def __len__(self) -> int:
        return sum(self.quotas)

    def __iter__(self) -> Iterator[Share]:
        for corpus, batch in self.order(self.epoch):
            yield replace(self.corpora[corpus].share(batch), corpus=corpus)

    def order(self, epoch: int) -> list[tuple[int, NDArray[np.int64]]]:
        """The batches of an epoch, of all processes together, with the corpus of each.

        The longest text of the first batches comes first: what does not fit into memory shows at once.
        """
        parts = [self._part(corpus, epoch) for corpus in range(len(self.corpora))]
        longest = [int(one.lengths[part[0]].max()) for one, part in zip(self.corpora, parts, strict=True)]
        random = np.random.default_rng((self.corpora[0].seed, epoch, len(parts)))
        turns = random.permutation(np.repeat(np.arange(len(parts)), self.quotas))
        at = int(np.flatnonzero(turns == int(np.argmax(longest)))[0])
        turns[[0, at]] = turns[[at, 0]]
        following = [iter(part) for part in parts]
        return [(int(corpus), next(following[corpus])) for corpus in turns]

    def _part(self, corpus: int, epoch: int) -> list[NDArray[np.int64]]:
        """The batches that a corpus has in an epoch."""
        batches, quota = self.corpora[corpus], self.quotas[corpus]
        first, count = epoch * quota, len(batches)
        rounds = {own: batches.order(own) for own in range(first // count, (first + quota - 1) // count + 1)}
        return [rounds[at // count][at % count] for at in range(first, first + quota)]
