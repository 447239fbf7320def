"""Scores of n-grams beside a Hugging Face classifier; imported only where torch is needed.

The module stays what it was, with the names of its parameters, its class' name and all that the library does with it;
its class alone becomes one of the same name that adds the scores to the logits.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import torch
from torch import Tensor, nn

from maeum.errors import ContractError
from maeum.messages import say
from maeum.models.encoder.model import SCALE


class Beside:
    """What a classifier's class gets in front of it: `logits + wide_scale · wide`."""

    def forward(self, *given: Any, wide: Tensor | None = None, **named: Any) -> Any:
        """The classifier's output, with logits `(B, K)` that the n-grams' scores `wide` `(B, K)` are added to."""
        module: Any = self
        if wide is None:
            expected = say("networks.wide_missing", labels=module.config.num_labels)
            raise ContractError("common.contract", what="wide", expected=expected, found=None)
        output: Any = super().forward(*given, **named)  # type: ignore[misc]
        output.logits = output.logits + module.wide_scale * wide
        return output


def widen(module: nn.Module, scale: float = 1.0) -> None:
    """Have a classifier take scores of n-grams as `wide`, times a number that is learnt and begins at `scale`."""
    device = next(module.parameters()).device
    kind: Any = type(module)
    module.__class__ = _beside(kind)
    module.register_parameter(SCALE, nn.Parameter(torch.full((1,), scale, device=device)))


@cache
def _beside(kind: Any) -> Any:
    """The class with `Beside` in front of it.

    The library looks at a class' name (it is written into `config.json`) and at the source of its module (to find out
    which kinds of attention it has).
    """
    own = {"__module__": kind.__module__, "__qualname__": kind.__qualname__}
    return type(kind.__name__, (Beside, kind), own)
