"""What `model.json` of an exported model says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.models.folder import damage_of, of_encoder
from maeum.models.gradient_settings import LongTexts
from maeum.schema import Labels, Task
from maeum.schema.predictions import SUM_TOLERANCE
from maeum.text import Pipeline

WIDE: Final = "wide"  # folder of the hashed part, and name of its input
BESIDE: Final = "beside"
INPUTS: Final = ("input_ids", "attention_mask", "token_type_ids", WIDE)


@dataclass(frozen=True, eq=False)
class Card:
    """The facts of an exported model.

    Attributes:
        task: What it answers.
        labels: K labels.
        prior: Share of each label in training `(K,)`.
        thresholds: From which probability a label is given `(K,)`, for several labels.
        max_length: Longest piece, in tokens.
        long_texts: What becomes of longer texts.
        steps: Text steps before the tokenizer.
        pad: Id that fills up batches.
        inputs: Names of what the graph takes.
        precision: `fp32` or `int8`.
        source: Family and settings of the model it was made from.
        parity: How its answers compare to that model's.
        parameters: Numbers that the model holds; 0: not said.
        beside: Packaged model whose n-grams stand beside the graph, in place of a folder `wide`; empty: none.
    """

    task: Task
    labels: Labels
    prior: NDArray[np.float32]
    thresholds: NDArray[np.float32] | None
    max_length: int
    long_texts: LongTexts
    steps: Pipeline
    pad: int
    inputs: tuple[str, ...]
    precision: str = "fp32"
    source: Mapping[str, Any] = field(default_factory=dict)
    parity: Mapping[str, Any] = field(default_factory=dict)
    parameters: int = 0
    beside: str = ""

    @property
    def of_encoder(self) -> bool:
        """Whether it was made from an encoder, not from a network."""
        return of_encoder(self.source)

    @property
    def mark(self) -> str:
        """What a lone half of a surrogate pair becomes: as with the tokenizer that the model was trained with."""
        return "\ufffd" if self.of_encoder else "?"

    @classmethod
    def read(cls, path: Path, card: Mapping[str, Any]) -> Card:
        """The facts of a card.

        Raises:
            ModelError: Some are missing or cannot be.
        """
        labels = Labels.from_json(card["labels"])
        with damage_of(path):
            task, count, thresholds = Task(card["task"]), len(labels), card.get("thresholds")
            prior = _shares(card["prior"], count)
            if task is not Task.MULTI_LABEL and abs(prior.sum() - 1) > SUM_TOLERANCE:
                raise ValueError("prior: no probabilities")
            max_length, pad, inputs = int(card["max_length"]), int(card["pad"]), tuple(card["inputs"])
            if max_length < 1 or pad < 0:
                raise ValueError(f"max_length {max_length}, pad {pad}")
            if not {*INPUTS[:1]} <= {*inputs} <= {*INPUTS}:
                raise ValueError(f"inputs {', '.join(map(str, inputs))}")
            return cls(
                task=task,
                labels=labels,
                prior=prior,
                thresholds=None if thresholds is None else _shares(thresholds, count),
                max_length=max_length,
                long_texts=LongTexts(card["long_texts"]),
                steps=Pipeline(tuple(card["steps"])),
                pad=pad,
                inputs=inputs,
                precision=str(card.get("precision", "fp32")),
                source=dict(card.get("source") or {}),
                parity=dict(card.get("parity") or {}),
                parameters=int(card.get("parameters", 0)),
                beside=str(card.get(BESIDE, "")),
            )


def _shares(values: Any, count: int) -> NDArray[np.float32]:
    """K probabilities."""
    found = np.asarray(values, np.float32)
    if found.shape != (count,) or not np.isfinite(found).all() or found.min() < 0 or found.max() > 1:
        raise ValueError(f"{values} ≠ {count} probabilities")
    return found
