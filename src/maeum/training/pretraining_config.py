"""Settings of a pretraining, as a plain dataclass, so that a bare GPU host needs no pydantic.

Loads torch only where a size is asked for: a page of help reads the defaults from here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maeum.training.pretraining_data import Masking
    from maeum.training.pretraining_model import Shape


@dataclass(frozen=True)
class PretrainConfig:
    """All settings of a pretraining.

    Attributes:
        vocabulary: Number of token ids.
        mask: Id of the mask token.
        special: Ids never hidden: padding, class, separator, unknown, mask.
        objective: `electra` or `mlm`.
        steps: Updates of the weights.
        max_seconds: End, with the learning rate at 0, after this time at the latest; evaluation included.
        batch: Blocks of one forward pass, on each GPU.
        accumulation: Forward passes of one update.
        learning_rate: Peak; linear warm-up and decay.
        warmup: Share of the training.
        weight_decay: Of AdamW; biases and norms are left out of it.
        clip: Largest norm of a gradient.
        layers, width, heads, inner, embedding, positions, dropout, pad: As in `Shape`.
        generator: Width of ELECTRA's generator, as a share of the encoder's.
        rtd_weight: Of the encoder's loss beside the generator's.
        share, masked, random: As in `Masking`.
        precision: `auto` (bf16 where the device itself computes with it, else fp32), `fp32` or `bf16`.
        compile: Whether `torch.compile` is used, on a GPU.
        evaluate_every: Updates between rows of the history.
        checkpoint_every: Updates between checkpoints.
        seed: Reaches every random choice.
    """

    vocabulary: int
    mask: int
    special: tuple[int, ...]
    objective: str = "electra"
    steps: int = 10_000
    max_seconds: float | None = None
    batch: int = 64
    accumulation: int = 1
    learning_rate: float = 5e-4
    warmup: float = 0.05
    weight_decay: float = 0.01
    clip: float = 1.0
    layers: int = 4
    width: int = 256
    heads: int = 4
    inner: int = 1024
    embedding: int = 128
    positions: int = 512
    dropout: float = 0.0
    pad: int = 0
    generator: float = 0.25
    rtd_weight: float = 50.0
    share: float = 0.15
    masked: float = 0.8
    random: float = 0.1
    precision: str = "auto"
    compile: bool = False
    evaluate_every: int = 500
    checkpoint_every: int = 1000
    seed: int = 0

    def __post_init__(self) -> None:
        if self.objective not in ("electra", "mlm"):
            raise ValueError(f"objective: expected electra or mlm, found {self.objective!r}")
        if self.precision not in ("auto", "fp32", "bf16"):
            raise ValueError(f"precision: expected auto, fp32 or bf16, found {self.precision!r}")
        if self.width % self.heads:
            raise ValueError(f"width: expected a multiple of {self.heads} heads, found {self.width}")
        if not 0 <= self.mask < self.vocabulary or self.mask not in self.special:
            raise ValueError(f"mask: expected one of the special ids {self.special}, found {self.mask}")

    @property
    def shape(self) -> Shape:
        """The encoder's size."""
        if __package__:
            from maeum.training.pretraining_model import Shape
        else:  # beside this file on a bare host
            from pretraining_model import Shape  # type: ignore[import-not-found,no-redef]
        return Shape(
            self.vocabulary, **{f.name: getattr(self, f.name) for f in fields(Shape) if f.name != "vocabulary"}
        )

    @property
    def rules(self) -> Masking:
        """What is hidden."""
        if __package__:
            from maeum.training.pretraining_data import Masking
        else:  # beside this file on a bare host
            from pretraining_data import Masking  # type: ignore[import-not-found,no-redef]
        return Masking(self.vocabulary, self.mask, self.special, self.share, self.masked, self.random)
