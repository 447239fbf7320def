"""Packed token blocks and what is masked in them.

Loads numpy and torch alone, so that these `pretraining*.py` files, copied to a bare GPU host, run there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

FILL = 0  # segment of the tokens that fill up a block; documents count from 1


def pack(documents: Sequence[NDArray[Any]], block: int, separator: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Documents side by side in blocks of equal length, so that nearly no padding is computed.

    Each document goes whole into the fullest block that has room for it, the longest first (best fit decreasing);
    documents longer than a block are cut into pieces of its length. What stays free is filled with the separator.

    Args:
        documents: Token ids, with the special tokens they shall begin with; empty ones are passed over.
        block: Length of a block, in tokens.
        separator: Id put after each document that does not end with it.

    Returns:
        `blocks (B, block)` int32 token ids, and `segments (B, block)` int32: 1, 2 … for a block's documents, `FILL`.

    Raises:
        ValueError: `block` is not positive.
    """
    if block < 1:
        raise ValueError(f"block: expected at least 1 token, found {block}")
    pieces = list(_pieces(documents, block, separator))
    lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
    homes: list[list[int]] = []
    room: list[list[int]] = [[] for _ in range(block + 1)]  # blocks by the tokens that still fit in
    open_rooms = 0  # bit r: some block has room for exactly r tokens
    for at in np.argsort(-lengths, kind="stable").tolist():
        length = int(lengths[at])
        fitting = open_rooms >> length
        if fitting:
            left = length + (fitting & -fitting).bit_length() - 1
            home = room[left].pop()
            if not room[left]:
                open_rooms &= ~(1 << left)
            homes[home].append(at)
        else:
            left, home = block, len(homes)
            homes.append([at])
        if left > length:
            room[left - length].append(home)
            open_rooms |= 1 << (left - length)
    blocks = np.full((len(homes), block), separator, np.int32)
    segments = np.full((len(homes), block), FILL, np.int32)
    for row, members in enumerate(homes):
        start = 0
        for number, at in enumerate(members, 1):
            end = start + int(lengths[at])
            blocks[row, start:end], segments[row, start:end] = pieces[at], number
            start = end
    return blocks, segments


def _pieces(documents: Sequence[NDArray[Any]], block: int, separator: int) -> Iterator[NDArray[np.int32]]:
    for document in documents:
        ids = np.asarray(document, np.int32)
        if len(ids) and ids[-1] != separator:
            ids = np.append(ids, np.int32(separator))
        for start in range(0, len(ids), block):
            yield ids[start : start + block]


def one_each(documents: Sequence[NDArray[Any]], block: int, pad: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """As `pack`, with one document a row, the longest first: for encoders that cannot keep neighbours apart.

    Args:
        documents: Token ids; longer ones than a block are cut into pieces; empty ones are passed over.
        block: Length of a row, in tokens.
        pad: Id that fills rows up.
    """
    pieces = [document[at : at + block] for document in documents for at in range(0, len(document), block)]
    pieces.sort(key=len, reverse=True)
    rows = np.full((len(pieces), block), pad, np.int32)
    segments = np.full((len(pieces), block), FILL, np.int32)
    for row, piece in enumerate(pieces):
        rows[row, : len(piece)], segments[row, : len(piece)] = piece, 1
    return rows, segments


def positions(segments: Tensor) -> Tensor:
    """Position of each token in its document `(B, T)` int64, from segments `(B, T)`: each document starts at 0."""
    steps = torch.arange(segments.shape[1], device=segments.device).expand(segments.shape)
    starts = torch.where(boundaries(segments), steps, 0)
    return steps - starts.cummax(dim=1).values


def boundaries(segments: Tensor) -> Tensor:
    """Whether each token is the first of its document `(B, T)` bool."""
    first = torch.ones_like(segments, dtype=torch.bool)
    first[:, 1:] = segments[:, 1:] != segments[:, :-1]
    return first


def attention(segments: Tensor, *, added: bool = False) -> Tensor:
    """Which tokens see which, `(B, 1, T, T)` bool: those of the same document, so blocks on the diagonal.

    With `added`: 0 for these and the lowest number for the others, as plain attention adds it to its scores, in the
    numbers that these are computed in (a mask of 32 bits would make the scores so, and every product after them).
    """
    seen = (segments[:, :, None] == segments[:, None, :])[:, None]
    if not added:
        return seen
    kind = segments.device.type
    dtype = torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else torch.float32
    return torch.zeros(seen.shape, dtype=dtype, device=seen.device).masked_fill_(~seen, torch.finfo(dtype).min)


@dataclass(frozen=True)
class Masking:
    """What is hidden from a masked language model (Devlin et al. 2019; whole words: Cui et al. 2019).

    Attributes:
        vocabulary: Number of token ids.
        mask: Id of the mask token.
        special: Ids never chosen and never put in as random tokens.
        share: Of a block's ordinary tokens that are to be predicted.
        masked: Of these, replaced by the mask token.
        random: Of these, replaced by a random ordinary token; the rest stays as it is.
    """

    vocabulary: int
    mask: int
    special: tuple[int, ...]
    share: float = 0.15
    masked: float = 0.8
    random: float = 0.1


def mask_words(
    ids: Tensor, segments: Tensor, word_starts: Tensor, rules: Masking, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Hide whole words, drawn at random, until each block's share is reached to within half a word.

    Args:
        ids: `(B, T)` int64.
        segments: `(B, T)`.
        word_starts: `(B, T)` bool: the token begins a word; others belong to the word of the token before.
        rules: Shares and special tokens.
        generator: On the device of `ids`; the same state gives the same words.

    Returns:
        Ids with the hidden ones replaced `(B, T)`, and which tokens are to be predicted `(B, T)` bool.
    """
    device, shape = ids.device, ids.shape
    special = torch.zeros(rules.vocabulary, dtype=torch.bool, device=device)
    special[list(rules.special)] = True
    open_ = (segments != FILL) & ~special[ids]
    chosen = _chosen_words(open_, word_starts | boundaries(segments), rules.share, generator)
    draw = torch.rand(shape, generator=generator, device=device)
    ordinary = torch.nonzero(~special)[:, 0]
    others = ordinary[torch.randint(len(ordinary), shape, generator=generator, device=device)]
    hidden = torch.where(chosen & (draw < rules.masked), rules.mask, ids)
    swap = chosen & (draw >= rules.masked) & (draw < rules.masked + rules.random)
    return torch.where(swap, others, hidden), chosen


def _chosen_words(open_: Tensor, starts: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Which tokens `(B, T)` belong to the words drawn; `open_` tokens alone may be drawn."""
    shape, device = open_.shape, open_.device
    closed = torch.zeros_like(open_)
    closed[:, 1:] = ~open_[:, :-1]  # a special token ends the word before it
    word = (starts | ~open_ | closed).long().cumsum(dim=1) - 1
    score = torch.rand(shape, generator=generator, device=device).gather(1, word)
    score = torch.where(open_, score, 2.0)  # never drawn
    order = score.sort(dim=1, stable=True).indices  # tokens of a word stay together
    rank = torch.empty_like(order).scatter_(1, order, torch.arange(shape[1], device=device).expand(shape))
    size = torch.zeros_like(word).scatter_add_(1, word, open_.long()).gather(1, word)
    first = torch.full_like(word, shape[1]).scatter_reduce_(1, word, rank, "amin").gather(1, word)
    wanted = open_.sum(dim=1, keepdim=True) * share
    return open_ & (first + size / 2 <= wanted)


def word_start_flags(tokens: Sequence[str]) -> NDArray[np.bool_]:
    """Which tokens of a vocabulary begin a word `(V,)`.

    By `##` before the others (WordPiece), or by `▁` or `Ġ` (a space, in SentencePiece and byte-level vocabularies)
    before these; what most tokens have decides. Special tokens such as `[CLS]` begin one too.
    """
    having = {mark: np.array([token.startswith(mark) for token in tokens], np.bool_) for mark in ("##", "▁", "Ġ")}
    mark = max(having, key=lambda one: int(having[one].sum()))
    if mark == "##":
        return ~having[mark]
    special = np.array([token[:1] in "<[" and token[-1:] in ">]" and len(token) > 2 for token in tokens], np.bool_)
    return having[mark] | special


@dataclass(frozen=True)
class Order:
    """In which order rows are gone through: all once an epoch, in another order each time, by the seed alone.

    Attributes:
        count: Rows there are.
        seed: Another one gives another order.
        group: So many neighbours stay together, so that rows sorted by length meet rows of their length; each epoch
            the groups begin elsewhere, and the fewer than `group` rows at the ends have to wait for the next.
    """

    count: int
    seed: int
    group: int = 1

    def rows(self, start: int, size: int) -> NDArray[np.int64]:
        """The `size` rows after the first `start` ones, over the ends of epochs."""
        found: list[NDArray[np.int64]] = []
        whole = self.count - self.count % self.group if self.group <= self.count else self.count
        while size > 0:
            epoch, at = divmod(start, whole)
            part = self._epoch(epoch, whole)[at : at + size]
            found.append(part)
            start, size = start + len(part), size - len(part)
        return np.concatenate(found)

    def _epoch(self, epoch: int, whole: int) -> NDArray[np.int64]:
        if getattr(self, "_known", (None,))[0] != epoch:
            draw = np.random.default_rng((self.seed, epoch))
            if self.group == 1 or self.group > self.count:
                shuffled = draw.permutation(self.count)
            else:
                first = draw.integers(self.count - whole + 1)
                shuffled = draw.permutation(np.arange(first, first + whole).reshape(-1, self.group)).ravel()
            object.__setattr__(self, "_known", (epoch, shuffled))
        known: NDArray[np.int64] = self._known[1]  # type: ignore[attr-defined]
        return known


def rate(done: float, step_share: float, warmup: float) -> float:
    """Share of the peak learning rate: up in a straight line during `warmup`, then down to 0.

    Args:
        done: Share of the training that lies behind, in steps or in time, in [0, 1].
        step_share: Share of one step, so that the first one already learns.
        warmup: Share of the training.
    """
    rising = (done + step_share) / warmup if warmup > 0 else math.inf
    return max(0.0, min(1.0, rising, (1 - done) / (1 - warmup)))
