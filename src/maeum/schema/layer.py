"""One line of a model's summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class Layer:
    """A part of a model.

    Attributes:
        name: Where it is in the model: `body.filters.0`.
        kind: What it is: `Conv1d`, `softmax`.
        shape: Of its output; None for each dimension that depends on the input. None alone: it gives no array, or was
            not called.
        parameters: Numbers it holds, each counted once in a model.
        trainable: How many of them training changes.
        note: What is inside, such as activation functions.
    """

    name: str
    kind: str
    shape: Shape | None
    parameters: int = 0
    trainable: int = 0
    note: str = ""


@dataclass(frozen=True)
class ModelSummary:
    """A model by its layers.

    Attributes:
        name: As it was asked for.
        family: Kind of model.
        task: What it answers.
        trained: False for a family built anew from the packaged sample; its vocabulary grows with the data.
        layers: From input to output.
        bytes: Of all parameters in memory.
        disk: Bytes of the model folder; None where there is none.
    """

    name: str
    family: str
    task: str
    trained: bool
    layers: Sequence[Layer]
    bytes: int
    disk: int | None = None

    @property
    def parameters(self) -> int:
        """Of all layers."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def trainable(self) -> int:
        """Of all layers."""
        return sum(layer.trainable for layer in self.layers)

    def to_json(self) -> dict[str, Any]:
        """Plain values, with the sums."""
        return {**asdict(self), "parameters": self.parameters, "trainable": self.trainable}
