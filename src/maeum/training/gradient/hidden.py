"""A student's layers that follow those of a teacher, token by token (TinyBERT: Jiao et al. 2020, section 3.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from maeum.errors import RecipeError
from maeum.messages import listing
from maeum.models.neural import NeuralModel
from maeum.schema import Dataset, Model

PROJECTION: Final = "hidden_projection"  # its name in the student while it learns, so that checkpoints hold it
COMPARED: Final = 200  # texts whose tokens are compared before training
SHOWN: Final = 6  # ids of a text that read differently
_TAKEN: Final = ("input_ids", "attention_mask", "token_type_ids")


class HiddenStates:
    """The layers of a teacher, and how far those of a student are from them.

    One linear map takes the student's states of all layers to the teacher's width, and learns with the student; as in
    TinyBERT's own code it is shared by the layers. Layer m of M follows layer m · N / M of the teacher's N (rounded),
    the embeddings the embeddings. TinyBERT adds the errors of the layers up; here their mean is taken, so that the
    weight of this part does not depend on depth.

    Args:
        student: The module that learns; it gets the map as a part.
        teacher: The module that is followed; it does not learn.
        types: Whether the teacher takes `token_type_ids`.
    """

    def __init__(self, student: nn.Module, teacher: nn.Module, *, types: bool) -> None:
        known: Any = teacher.eval()
        self.teacher, self.types = known.base_model, types  # without the head, nor n-grams beside it
        self.projection = nn.Linear(_width(student), _width(teacher))
        self.projection.to(next(student.parameters()).device)
        student.add_module(PROJECTION, self.projection)

    @torch.no_grad()
    def of_teacher(self, batch: Mapping[str, Tensor]) -> Sequence[Tensor]:
        """The teacher's states of a batch: N + 1 tensors `(B, L, H)`, the embeddings first."""
        names = _TAKEN if self.types else _TAKEN[:2]
        given = {name: batch[name] for name in names if name in batch}
        found: Sequence[Tensor] = self.teacher(**given, output_hidden_states=True).hidden_states
        return found

    def losses(self, student: Sequence[Tensor], teacher: Sequence[Tensor], mask: Tensor) -> Tensor:
        """Mean squared errors `(B,)`: over the tokens of each text, the teacher's width, and the layers.

        Args:
            student: M + 1 tensors `(B, L, h)`.
            teacher: N + 1 tensors `(B, L, H)`.
            mask: 1 at tokens, 0 at what fills up, `(B, L)`.
        """
        tokens = mask.to(torch.float32)
        counts = tokens.sum(dim=1).clamp(min=1)
        total = torch.zeros_like(counts)
        for state, at in zip(student, chosen(len(student), len(teacher)), strict=True):
            error = (self.projection(state.float()) - teacher[at].float()).pow(2).mean(dim=2)
            total = total + (error * tokens).sum(dim=1) / counts
        return total / len(student)

    def detach(self, student: Any) -> None:
        """Take the map out of the student, which does not need it any more."""
        if hasattr(student, PROJECTION):
            delattr(student, PROJECTION)


def chosen(student: int, teacher: int) -> list[int]:
    """Positions of the teacher's states that the student's follow, evenly spaced, first and last among them.

    5 and 13 states (4 and 12 layers, each with embeddings) -> [0, 3, 6, 9, 12]
    """
    return [round(at * (teacher - 1) / (student - 1)) for at in range(student)]


def follow(student: NeuralModel, teacher: Model, train: Dataset, device: Any) -> HiddenStates:
    """Have a student follow a teacher's layers.

    Args:
        student: An encoder about to learn.
        teacher: A trained encoder.
        train: Texts on which both tokenizers must agree.
        device: Where the teacher is to compute.

    Raises:
        RecipeError: As `check_student`.
    """
    types = check_student(student, teacher, train)
    known: Any = teacher
    known.module.to(device)
    return HiddenStates(student.module, known.module, types=types)


def check_student(student: NeuralModel, teacher: Model, train: Dataset) -> bool:
    """Check that a student can follow a teacher's layers; whether the teacher's tokens have types.

    Raises:
        RecipeError: One of them is no encoder, their tokenizers differ, or the teacher sees fewer tokens.
    """
    check_encoder(teacher)
    if not _is_encoder(student.module):
        raise RecipeError("gradient.hidden_student", student=student.family)
    known: Any = teacher
    limit = getattr(known.tokens, "limit", student.max_length)
    if student.max_length > limit:
        raise RecipeError("gradient.hidden_length", limit=limit, length=student.max_length)
    return _same_tokens(student, known, train)


def check_encoder(teacher: Model) -> None:
    """Refuse a teacher without layers to look into.

    Raises:
        RecipeError: It is no encoder computed by torch.
    """
    if not isinstance(teacher, NeuralModel) or not _is_encoder(teacher.module):
        settings: Any = getattr(teacher, "settings", teacher)
        found = getattr(teacher, "family", None) or getattr(settings, "family", type(teacher).__name__)
        raise RecipeError("gradient.hidden_teacher", teacher=found)


def _same_tokens(student: NeuralModel, teacher: NeuralModel, train: Dataset) -> bool:
    """Check that both read texts as the same tokens; whether the teacher's tokens have types.

    Raises:
        RecipeError: They do not.
    """
    inputs: Any = train.inputs[:COMPARED]
    length, long = student.max_length, student.long_texts
    ours, theirs = student.encode(inputs), teacher.tokens.encode(inputs, length, long)
    for at in range(min(len(ours.ids), len(theirs.ids))):
        mine, other = ours.ids[at], theirs.ids[at]
        if not np.array_equal(mine, other):
            text = train.texts[int(ours.owner[at])]
            shown = {"teacher": listing(other, SHOWN), "student": listing(mine, SHOWN)}
            raise RecipeError("gradient.hidden_tokens", text=text[:40], **shown)
    return theirs.types is not None


def _is_encoder(module: Any) -> bool:
    return hasattr(module, "base_model_prefix") and _width(module) > 0


def _width(module: Any) -> int:
    return int(getattr(getattr(module, "config", None), "hidden_size", 0) or 0)
