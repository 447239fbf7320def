"""Any masked language model of transformers, trained further on packed blocks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

if __package__:
    from maeum.training.pretraining_data import FILL, Masking, attention, mask_words, positions
    from maeum.training.pretraining_loss import judged_lm
    from maeum.training.pretraining_model import ENCODER, save_network
else:  # beside this file on a bare host
    from pretraining_data import (  # type: ignore[import-not-found,no-redef]
        FILL,
        Masking,
        attention,
        mask_words,
        positions,
    )
    from pretraining_loss import judged_lm  # type: ignore[import-not-found,no-redef]
    from pretraining_model import ENCODER, save_network  # type: ignore[import-not-found,no-redef]


class Continued(nn.Module):
    """Predicts hidden tokens with a model whose architecture is not known here; logits of the hidden ones alone.

    Attributes:
        lm: The model with its language-model head.
        first: Number of a document's first position where documents lie side by side in a block, apart by attention;
            None where the architecture cannot keep them apart, so that a row holds one document.
    """

    def __init__(self, lm: Any, rules: Masking, first: int | None) -> None:
        super().__init__()
        self.rules, self.lm, self.first = rules, lm, first
        self._chosen: Tensor | None = None
        lm.base_model.register_forward_hook(self._gather)

    @property
    def packed(self) -> bool:
        """Whether several documents share a row."""
        return self.first is not None

    def forward(self, ids: Tensor, segments: Tensor, starts: Tensor, generator: torch.Generator) -> dict[str, Tensor]:
        """As `MaskedLM`."""
        if not self.packed:
            width = max(int((segments != FILL).any(dim=0).sum()), 1)
            ids, segments, starts = ids[:, :width], segments[:, :width], starts[:, :width]
        hidden, chosen = mask_words(ids, segments, starts, self.rules, generator)
        self._chosen = chosen
        try:
            logits: Tensor = self.lm(**inputs(self.lm, hidden, segments, self.first)).logits[0]
        finally:
            self._chosen = None
        return judged_lm(logits, ids[chosen])

    @property
    def encoder(self) -> Any:
        """What is saved for fine-tuning."""
        return self.lm

    def save(self, folder: Path) -> None:
        """Write the folder that transformers loads."""
        save_network(self.lm, folder / ENCODER)

    def _gather(self, _module: nn.Module, _given: Any, output: Any) -> Any:
        """Hand only the states of the hidden tokens `(1, M, width)` on to the head: its logits are what costs most."""
        if self._chosen is not None:
            output.last_hidden_state = output.last_hidden_state[self._chosen][None]
        return output


def inputs(lm: Any, ids: Tensor, segments: Tensor, first: int | None) -> dict[str, Tensor]:
    """What the model is called with; see `Continued.first`."""
    if first is None:
        return {"input_ids": ids, "attention_mask": (segments != FILL).long()}
    seen = attention(segments, added=lm.config._attn_implementation == "eager")
    return {"input_ids": ids, "attention_mask": seen, "position_ids": positions(segments) + first}


@torch.no_grad()
def first_position(lm: Any, block: int, ordinary: Tensor) -> int | None:
    """Number of a document's first position with which two documents in a block are read as if each stood alone.

    It is found by trying: 0 in most architectures, one after the padding id in RoBERTa's relatives; None where neither
    works, because the architecture takes no such mask or positions, or attends to a window.

    Args:
        lm: The model.
        block: Tokens of a block.
        ordinary: Ids of ordinary tokens.
    """
    training, base = lm.training, lm.base_model
    lm.eval()
    lengths = (block - block // 4, block // 4)
    picked = ordinary[torch.arange(block) * 7 % len(ordinary)][None].to(next(lm.parameters()).device)
    segments = torch.repeat_interleave(torch.tensor([1, 2]), torch.tensor(lengths))[None].to(picked.device)
    try:
        parts = (picked[:, : lengths[0]], picked[:, lengths[0] :])
        alone = torch.cat([base(input_ids=one, attention_mask=torch.ones_like(one))[0] for one in parts], dim=1)
        for first in (0, (lm.config.pad_token_id or 0) + 1):
            if _same(lm, picked, segments, first, alone):
                return first
    finally:
        lm.train(training)
    return None


def _same(lm: Any, ids: Tensor, segments: Tensor, first: int, alone: Tensor) -> bool:
    try:
        packed = lm.base_model(**inputs(lm, ids, segments, first))[0]
    except (TypeError, ValueError, RuntimeError, IndexError, AttributeError):  # arguments that it does not take
        return False
    return bool((packed - alone).abs().max() <= 1e-3 * alone.abs().max())
