"""Token ids as torch's batches, and what a tokenizer is; the numbers themselves are made in `engine.tokens`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from maeum.engine.tokens import BUDGET, Encoded, batch_of, by_length
from maeum.models.gradient_settings import LongTexts

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["BUDGET", "Encoded", "Tokens", "by_length", "collate", "logits_of", "to_device"]


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
    """A batch of the pieces at these positions, as tensors; see `engine.tokens.batch_of`."""
    import torch

    batch = batch_of(encoded, pieces, pad, length=length, wide=wide)
    return {name: torch.from_numpy(array) for name, array in batch.items()}


def logits_of(output: Any) -> Tensor:
    """The logits `(B, K)` of what a module gives: they themselves, or a Hugging Face output that holds them."""
    found: Tensor = output if not hasattr(output, "logits") else output.logits
    return found


def to_device(batch: Mapping[str, Tensor], device: Any) -> dict[str, Tensor]:
    """The batch on a device."""
    return {name: tensor.to(device) for name, tensor in batch.items()}
