"""Texts as token ids, and ids as batches: padded to the longest of the batch, cut by a budget of tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from maeum.models.gradient_settings import LongTexts

if TYPE_CHECKING:
    from torch import Tensor

BUDGET: Final = 4096  # tokens of a batch in prediction, padding included


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


class Tokens(Protocol):
    """A tokenizer together with its vocabulary, as a model needs it."""

    @property
    def pad(self) -> int:
        """Id that fills up batches."""

    def encode(
        self, inputs: Sequence[str] | Sequence[tuple[str, str]], max_length: int, long_texts: LongTexts
    ) -> Encoded:
        """Token ids of N texts or pairs, none longer than `max_length`; at least one token each."""

    def save(self, folder: Path) -> None:
        """Write its files into a model folder."""


def collate(
    encoded: Encoded,
    pieces: Sequence[int] | NDArray[Any],
    pad: int,
    *,
    length: int | None = None,
    wide: NDArray[np.float32] | None = None,
) -> dict[str, Tensor]:
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
    import torch

    rows = [encoded.ids[int(i)] for i in pieces]
    width = length or max(map(len, rows))
    ids = np.full((len(rows), width), pad, np.int64)
    mask = np.zeros((len(rows), width), np.int64)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = row
        mask[at, : len(row)] = 1
    batch = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
    if encoded.types is not None:
        types = np.zeros((len(rows), width), np.int64)
        for at, i in enumerate(pieces):
            types[at, : len(encoded.types[int(i)])] = encoded.types[int(i)]
        batch["token_type_ids"] = torch.from_numpy(types)
    if wide is not None:
        batch["wide"] = torch.from_numpy(wide[encoded.owner[np.asarray(pieces)]])
    return batch


def by_length(lengths: NDArray[np.int64], budget: int = BUDGET) -> Iterator[NDArray[np.int64]]:
    """Positions in batches of similar length, the longest first, each of at most `budget` tokens with its padding."""
    order = np.argsort(-lengths, kind="stable")
    start = 0
    while start < len(order):
        size = max(1, budget // max(1, int(lengths[order[start]])))
        yield order[start : start + size]
        start += size


def logits_of(output: Any) -> Tensor:
    """The logits `(B, K)` of what a module gives: they themselves, or a Hugging Face output that holds them."""
    found: Tensor = output if not hasattr(output, "logits") else output.logits
    return found


def to_device(batch: Mapping[str, Tensor], device: Any) -> dict[str, Tensor]:
    """The batch on a device."""
    return {name: tensor.to(device) for name, tensor in batch.items()}
