"""The networks of pretraining: a masked language model, and ELECTRA's generator with its discriminator.

Both stand on transformers' ELECTRA trunk (embeddings narrower than the layers), so that what comes out is a folder
which `AutoModel…` and the encoder family load as it is. Loads torch, and transformers where a network is built.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional

if __package__:
    from maeum.training.pretraining_data import FILL, Masking, attention, mask_words, positions
    from maeum.training.pretraining_loss import judged_lm
else:  # beside this file on a bare host
    from pretraining_data import (  # type: ignore[import-not-found,no-redef]
        FILL,
        Masking,
        attention,
        mask_words,
        positions,
    )
    from pretraining_loss import judged_lm  # type: ignore[import-not-found,no-redef]

if TYPE_CHECKING:
    from transformers import ElectraConfig

ENCODER = "encoder"
GENERATOR = "generator"
FINE_TUNING_DROPOUT = 0.1  # what config.json tells whoever trains the encoder further: few examples, seen several times


@dataclass(frozen=True)
class Shape:
    """Size of an encoder; the defaults are ELECTRA-small's (Clark et al. 2020), with fewer layers.

    Attributes:
        vocabulary: Token ids.
        layers: Of the encoder.
        width: Of its layers.
        heads: Of its attention.
        inner: Width inside the feed-forward layers.
        embedding: Width of the embeddings.
        positions: Longest text, in tokens.
        dropout: In layers and attention while pretraining. None pays where every text is seen once: there is nothing to
            overfit to (Geiping & Goldstein 2022, "Cramming").
        pad: Id that fills up batches; its embedding does not learn.
    """

    vocabulary: int
    layers: int = 4
    width: int = 256
    heads: int = 4
    inner: int = 1024
    embedding: int = 128
    positions: int = 512
    dropout: float = 0.0
    pad: int = 0

    def config(self, share: float = 1.0) -> ElectraConfig:
        """The configuration for transformers; `share` narrows layers and feed-forward, whole heads, for a generator."""
        from transformers import ElectraConfig

        heads = max(1, round(self.heads * share))
        return ElectraConfig(
            vocab_size=self.vocabulary,
            embedding_size=self.embedding,
            hidden_size=self.width // self.heads * heads,
            num_hidden_layers=self.layers,
            num_attention_heads=heads,
            intermediate_size=max(heads, self.inner * heads // self.heads),
            hidden_dropout_prob=FINE_TUNING_DROPOUT,
            attention_probs_dropout_prob=FINE_TUNING_DROPOUT,
            max_position_embeddings=self.positions,
            pad_token_id=self.pad,
            use_cache=False,
        )

    def drops(self, network: Any) -> Any:
        """The network with this shape's dropout, whatever its `config.json` will say."""
        for module in network.modules():
            if isinstance(module, nn.Dropout):
                module.p = self.dropout
        return network


class MaskedLM(nn.Module):
    """Predicts hidden tokens; logits are computed for these alone."""

    def __init__(self, shape: Shape, rules: Masking) -> None:
        super().__init__()
        from transformers import ElectraForMaskedLM

        self.rules = rules
        self.lm = shape.drops(ElectraForMaskedLM(shape.config()))

    def forward(self, ids: Tensor, segments: Tensor, starts: Tensor, generator: torch.Generator) -> dict[str, Tensor]:
        """`loss`, and sums over the tokens judged: `mlm_loss`, `mlm_right`, `mlm_tokens`."""
        hidden, chosen = mask_words(ids, segments, starts, self.rules, generator)
        logits = lm_logits(self.lm, hidden, segments, chosen)
        return judged_lm(logits, ids[chosen])

    @property
    def encoder(self) -> Any:
        """What is saved for fine-tuning."""
        return self.lm

    def save(self, folder: Path) -> None:
        """Write the folder that transformers loads."""
        save_network(self.lm, folder / ENCODER)


class Electra(nn.Module):
    """A small generator fills in hidden tokens, the encoder says which tokens are not the text's own.

    Embeddings are shared; loss = masked-LM loss of the generator + weight · loss of the encoder over all tokens (Clark
    et al. 2020, weight 50).
    """

    def __init__(self, lm: Any, discriminator: Any, rules: Masking, weight: float) -> None:
        super().__init__()
        self.rules, self.weight = rules, weight
        self.lm, self.discriminator = lm, discriminator
        self.lm.electra.embeddings = self.discriminator.electra.embeddings
        self.lm.generator_lm_head.weight = self.discriminator.electra.embeddings.word_embeddings.weight

    @classmethod
    def of_shape(cls, shape: Shape, rules: Masking, share: float, weight: float) -> Electra:
        """Both networks with random weights; the generator's width is this share of the encoder's."""
        from transformers import ElectraForMaskedLM, ElectraForPreTraining

        lm, discriminator = ElectraForMaskedLM(shape.config(share)), ElectraForPreTraining(shape.config())
        return cls(shape.drops(lm), shape.drops(discriminator), rules, weight)

    @classmethod
    def of_folders(cls, encoder: Path, generator: Path, rules: Masking, weight: float) -> Electra:
        """Both networks as `save` wrote them."""
        from transformers import ElectraForMaskedLM, ElectraForPreTraining

        with no_bar():
            lm = ElectraForMaskedLM.from_pretrained(generator, local_files_only=True)
            return cls(lm, ElectraForPreTraining.from_pretrained(encoder, local_files_only=True), rules, weight)

    def forward(self, ids: Tensor, segments: Tensor, starts: Tensor, generator: torch.Generator) -> dict[str, Tensor]:
        """As `MaskedLM`, and sums `rtd_loss`, `rtd_right`, `rtd_tokens`, `rtd_found`, `rtd_replaced`."""
        hidden, chosen = mask_words(ids, segments, starts, self.rules, generator)
        logits = lm_logits(self.lm, hidden, segments, chosen)
        found = judged_lm(logits, ids[chosen])
        filled = ids.clone()
        filled[chosen] = _sampled(logits.detach().float(), generator)
        real = segments != FILL
        replaced = (filled != ids)[real]
        states = trunk(self.discriminator.electra, filled, segments)
        scores = self.discriminator.discriminator_predictions(states)[real].float()
        loss = functional.binary_cross_entropy_with_logits(scores, replaced.float())
        with torch.no_grad():
            right = (scores > 0) == replaced
            sums = {
                "rtd_loss": loss * len(scores),
                "rtd_right": right.sum(),
                "rtd_tokens": real.sum(),
                "rtd_found": (right & replaced).sum(),
                "rtd_replaced": replaced.sum(),
            }
        return {**found, **sums, "loss": found["loss"] + self.weight * loss}

    @property
    def encoder(self) -> Any:
        """What is saved for fine-tuning."""
        return self.discriminator

    def save(self, folder: Path) -> None:
        """Write the folders that transformers loads: the encoder, and the generator beside it."""
        save_network(self.discriminator, folder / ENCODER)
        save_network(self.lm, folder / GENERATOR)


def trunk(electra: Any, ids: Tensor, segments: Tensor) -> Tensor:
    """Hidden states `(B, T, width)`; documents of a block do not see each other, and each starts at position 0."""
    seen = attention(segments, added=electra.config._attn_implementation == "eager")
    output = electra(input_ids=ids, attention_mask=seen, position_ids=positions(segments))
    states: Tensor = output.last_hidden_state
    return states


def lm_logits(lm: Any, ids: Tensor, segments: Tensor, chosen: Tensor) -> Tensor:
    """Logits `(M, V)` of the M chosen tokens, in the numbers that are computed with."""
    with only(lm.electra, chosen) as alone:
        states = trunk(lm.electra, ids, segments)
    logits: Tensor = lm.generator_lm_head(lm.generator_predictions(states[0] if alone else states[chosen]))
    return logits


@contextlib.contextmanager
def only(electra: Any, chosen: Tensor) -> Iterator[bool]:
    """Have the last layer go on with the chosen tokens `(B, T)` alone once they have seen the others.

    What it then makes of the rest, most of a layer's work, nobody would read. Yields whether it does, so that states
    are `(1, M, width)`; a compiled network stays as it is, as each batch has another M.
    """
    if electra._compiled_call_impl is not None:
        yield False
        return
    seen = electra.encoder.layer[-1].attention.output
    hook = seen.register_forward_pre_hook(lambda _module, given: tuple(one[chosen][None] for one in given))
    try:
        yield True
    finally:
        hook.remove()


def _sampled(logits: Tensor, generator: torch.Generator) -> Tensor:
    """Ids `(M,)` drawn from softmax(logits), by the Gumbel trick."""
    noise = torch.rand(logits.shape, generator=generator, device=logits.device).clamp_(1e-9, 1 - 1e-7)
    return (logits - (-noise.log()).log()).argmax(dim=1)


@contextlib.contextmanager
def no_bar() -> Iterator[None]:
    """Keep transformers from drawing a bar over what the caller shows."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def save_network(network: Any, folder: Path) -> None:
    """Write config.json and model.safetensors; the folder stands complete or not at all."""
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    with no_bar():
        network.save_pretrained(part)
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        os.replace(folder, old)
    os.replace(part, folder)
    shutil.rmtree(old, ignore_errors=True)
