"""Texts as token ids, and ids as batches: padded to the longest of the batch, cut by a budget of tokens."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

BUDGET: Final = 4096  # tokens of a batch in prediction, padding included
Batch = dict[str, NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Encoded:
    """N texts as W ≥ N pieces of token ids; W > N only where long texts are cut into windows.

    Attributes:
        ids: W arrays of token ids, special tokens included, not padded.
        types: W arrays of token types (0 first text, 1 second) for models that tell pairs apart by them; else None.
        owner: Text that each piece belongs to `(W,)`, ascending.
        cut: Texts that lost their end.
    """

    ids: list[NDArray[np.int32]]
    types: list[NDArray[np.int32]] | None
    owner: NDArray[np.int64]
    cut: int = 0

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Tokens of each piece `(W,)`."""
        return np.fromiter(map(len, self.ids), np.int64, len(self.ids))

    @property
    def long(self) -> int:
        """Texts that were cut into several pieces."""
        return int(np.count_nonzero(np.bincount(self.owner) > 1)) if len(self.owner) else 0


def batch_of(
    encoded: Encoded,
    pieces: Sequence[int] | NDArray[Any],
    pad: int,
    *,
    length: int | None = None,
    wide: NDArray[np.float32] | None = None,
) -> Batch:
    """A batch of the pieces at these positions.

    Args:
        encoded: Token ids.
        pieces: B positions.
        pad: Id that fills up.
        length: Tokens of every row; the longest piece of the batch when None.
        wide: `(N, K)` scores of each text by the part beside the network, when it has one.

    Returns:
        `input_ids`, `attention_mask` and where there are types `token_type_ids`, each `(B, length)` int64; `wide`
        `(B, K)` float32 when given.
    """
    rows = [encoded.ids[int(i)] for i in pieces]
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    width = length or int(lengths.max())
    held = np.arange(width) < lengths[:, None]
    batch: Batch = {"input_ids": _filled(rows, held, pad), "attention_mask": held.astype(np.int64)}
    if encoded.types is not None:
        batch["token_type_ids"] = _filled([encoded.types[int(i)] for i in pieces], held, 0)
    if wide is not None:
        batch["wide"] = wide[encoded.owner[np.asarray(pieces)]]
    return batch


def by_length(lengths: NDArray[np.int64], budget: int = BUDGET) -> Iterator[NDArray[np.int64]]:
    """Positions in batches of similar length, the longest first, each of at most `budget` tokens with its padding."""
    order = np.argsort(-lengths, kind="stable")
    start = 0
    while start < len(order):
        size = max(1, budget // max(1, int(lengths[order[start]])))
        yield order[start : start + size]
        start += size


def average(pieces: NDArray[np.float32], owner: NDArray[np.int64], count: int) -> NDArray[np.float32]:
    """Means `(count, K)` of the rows `(W, K)` of each owner `(W,)`."""
    total = np.zeros((count, pieces.shape[1]), np.float32)
    np.add.at(total, owner, pieces)
    total /= np.maximum(np.bincount(owner, minlength=count), 1)[:, None]
    return total


@cache
def quiet_forks() -> None:
    """Have forked processes tokenize on one core, as `tokenizers` does by itself, but with a warning each time."""
    if not hasattr(os, "register_at_fork"):
        return
    name = "TOKENIZERS_PARALLELISM"
    unset = name not in os.environ

    def before() -> None:
        os.environ.setdefault(name, "false")

    def after() -> None:
        if unset:
            os.environ.pop(name, None)

    os.register_at_fork(before=before, after_in_parent=after)


def _filled(rows: Sequence[NDArray[np.int32]], held: NDArray[np.bool_], pad: int) -> NDArray[np.int64]:
    """Rows of different lengths as one array, the rest of each filled with `pad`."""
    whole = np.full(held.shape, pad, np.int64)
    whole[held] = np.concatenate(rows)
    return whole
