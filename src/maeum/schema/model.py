"""What everything that predicts has in common."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from maeum.errors import UserError
from maeum.messages import listing
from maeum.schema.dataset import Dataset
from maeum.schema.labels import Labels
from maeum.schema.predictions import Predictions
from maeum.schema.task import Task


@runtime_checkable
class Model(Protocol):
    """Linear, network, encoder, hierarchy or exported: nothing above knows which.

    A Model does not train itself; training builds Models.
    """

    @property
    def task(self) -> Task:
        """What it answers."""

    @property
    def labels(self) -> Labels:
        """Its labels, in the order of its outputs."""

    def predict(self, inputs: Sequence[str] | Sequence[tuple[str, str]] | Dataset) -> Predictions:
        """Predictions for N inputs, in their order. An empty text gets the model's prior."""

    def save(self, folder: Path | str) -> Path:
        """Write the model to a new folder that `maeum.load` reads; returns the folder."""


def check_texts(inputs: Sequence[Any] | Dataset) -> list[str]:
    """The texts of `inputs`, checked to be strings.

    Raises:
        UserError: One string instead of a list, or items that are not strings, each named by position.
    """
    if isinstance(inputs, Dataset):
        return inputs.texts
    if isinstance(inputs, str):
        raise UserError("predict.one_string", text=inputs[:20])
    texts = list(inputs)
    wrong = [f"{i}: {type(text).__name__}" for i, text in enumerate(texts) if not isinstance(text, str)]
    if wrong:
        raise UserError("predict.not_text", count=len(wrong), found=listing(wrong, 5))
    return texts
