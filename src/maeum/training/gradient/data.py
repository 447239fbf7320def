"""Training examples as batches: which texts come together in which order, the same for the same seed and epoch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import DataLoader, Dataset, Sampler

from maeum.messages import say
from maeum.models.neural import Encoded, NeuralModel, collate
from maeum.progress import progress, tell

MEGA: Final = 50  # batches whose texts are sorted by length together: enough to pad little, few enough to stay random
BLOCK: Final = 10_000  # texts encoded between two advances of the bar


@dataclass(frozen=True, eq=False)
class Examples:
    """What is learnt from.

    Attributes:
        encoded: N texts as W pieces; each piece is an example.
        targets: Of the texts: indices `(N,)` int64, or indicators `(N, K)` float32.
        pad: Id that fills up.
        length: Tokens of every row; None: of the longest of the batch.
        wide: Scores `(N, K)` of n-grams, where the network has them beside it.
        soft: A teacher's softened probabilities `(N, K)`, where they are learnt.
    """

    encoded: Encoded
    targets: NDArray[Any]
    pad: int
    length: int | None = None
    wide: NDArray[np.float32] | None = None
    soft: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self.encoded.ids)


@dataclass(frozen=True, eq=False)
class Share:
    """What one process has of a batch.

    Attributes:
        pieces: Positions.
        total: Examples of the batch in all processes.
        idle: There are fewer examples than processes; this one computes with another's, which does not count.
        corpus: Which of several corpora it is of, by position.
    """

    pieces: NDArray[np.int64]
    total: int
    idle: bool = False
    corpus: int = 0


class Pieces(Dataset[Any]):
    """Positions stand for themselves, because a whole batch is put together at once."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: Any) -> Any:
        return index

    def __getitems__(self, share: Share) -> Share:
        """The batch, unchanged."""
        return share


class Batches(Sampler[Any]):
    """The batches of an epoch for one process.

    Args:
        lengths: Tokens of each piece `(W,)`.
        size: Examples of a batch in each process.
        seed: With the epoch it decides the order.
        grouped: Texts of similar length together; else in random order.
        processes: How many there are.
        rank: Which of them this is.
    """

    def __init__(
        self, lengths: NDArray[np.int64], size: int, seed: int, *, grouped: bool, processes: int = 1, rank: int = 0
    ) -> None:
        self.lengths, self.size, self.seed, self.grouped = lengths, size * processes, seed, grouped
        self.processes, self.rank = processes, rank
        self.batch_size, self.drop_last = size, False
        self.epoch = 0

    @property
    def batch_sampler(self) -> Batches:
        """Itself: transformers looks here for the sampler to tell the epoch to."""
        return self

    def set_epoch(self, epoch: int) -> None:
        """Say which epoch comes next."""
        self.epoch = epoch

    def __len__(self) -> int:
        return math.ceil(len(self.lengths) / self.size)

    def __iter__(self) -> Iterator[Share]:
        yield from map(self.share, self.order(self.epoch))

    def share(self, batch: NDArray[np.int64]) -> Share:
        """What this process has of a batch of all processes."""
        own = batch[self.rank :: self.processes]
        return Share(own, len(batch)) if len(own) else Share(batch[:1], len(batch), idle=True)

    def order(self, epoch: int) -> list[NDArray[np.int64]]:
        """The batches of an epoch, of all processes together.

        Of grouped ones the one with the longest text comes first: what does not fit into memory shows at once.
        """
        random = np.random.default_rng((self.seed, epoch))
        shuffled = random.permutation(len(self.lengths))
        if not self.grouped:
            return [shuffled[start : start + self.size] for start in range(0, len(shuffled), self.size)]
        found: list[NDArray[np.int64]] = []
        width = MEGA * self.size
        for start in range(0, len(shuffled), width):
            mega = shuffled[start : start + width]
            mega = mega[np.argsort(-self.lengths[mega], kind="stable")]
            found += [mega[at : at + self.size] for at in range(0, len(mega), self.size)]
        order = random.permutation(len(found))
        longest = int(np.argmax([self.lengths[found[at][0]] for at in order]))
        order[[0, longest]] = order[[longest, 0]]
        return [found[at] for at in order]


def put_together(examples: Examples, share: Share) -> dict[str, Any]:
    """A batch: what the module takes, `labels`, `soft` where there is a teacher, `total` and `idle` of the share."""
    batch: dict[str, Any] = {
        **collate(examples.encoded, share.pieces, examples.pad, length=examples.length, wide=examples.wide)
    }
    owner = examples.encoded.owner[share.pieces]
    batch["labels"] = torch.from_numpy(examples.targets[owner])
    if examples.soft is not None:
        batch["soft"] = torch.from_numpy(examples.soft[owner])
    batch["total"], batch["idle"] = share.total, share.idle
    return batch


def loader_of(examples: Sequence[Examples], batches: Sampler[Any], *, named: bool = False) -> DataLoader[Any]:
    """Batches ready for the module.

    Args:
        examples: Of each corpus; of the only one.
        batches: Which pieces of which corpus come together.
        named: Whether a batch says as `corpus` which one it is of.
    """

    def collate_share(share: Any) -> dict[str, Any]:
        batch = put_together(examples[share.corpus], share)
        return batch | {"corpus": share.corpus} if named else batch

    return DataLoader(
        Pieces(sum(map(len, examples))),
        batch_sampler=batches,
        collate_fn=collate_share,
        generator=torch.Generator(),  # or it would draw from the one that dropout draws from
    )


def encode(model: NeuralModel, inputs: list[str] | list[tuple[str, str]]) -> Encoded:
    """Token ids of the training texts; how many are longer than the model sees is told."""
    parts: list[Encoded] = []
    with progress(say("gradient.encoding"), len(inputs), say("train.texts")) as advance:
        for start in range(0, len(inputs), BLOCK):
            block = inputs[start : start + BLOCK]
            parts.append(model.encode(block))
            advance(len(block))
    whole = _joined(parts)
    if whole.cut:
        share = 100 * whole.cut / len(inputs)
        tell(say("gradient.truncated", count=whole.cut, share=share, length=model.max_length))
    if len(whole.ids) > len(inputs):
        long = int((np.bincount(whole.owner) > 1).sum())
        share = 100 * long / len(inputs)
        tell(say("gradient.windows", count=long, share=share, length=model.max_length, windows=len(whole.ids)))
    return whole


def _joined(parts: list[Encoded]) -> Encoded:
    """Blocks of texts as one."""
    owners = [part.owner + at * BLOCK for at, part in enumerate(parts)]
    types = [part.types for part in parts if part.types is not None]
    return Encoded(
        [row for part in parts for row in part.ids],
        [row for some in types for row in some] if types else None,
        np.concatenate(owners),
        sum(part.cut for part in parts),
    )
