"""Several networks with one trunk: the modules of a multi-task training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from torch import nn


class Heads(nn.Module):
    """Modules whose trunk is the same object; a batch goes through that of its corpus.

    A parameter of the trunk is found under the name that it has in the first part.

    Args:
        parts: One for each corpus.
    """

    def __init__(self, parts: Sequence[nn.Module]) -> None:
        super().__init__()
        self.parts = nn.ModuleList(parts)

    def forward(self, corpus: int, **batch: Any) -> Any:
        """What the part of this corpus gives."""
        return self.parts[corpus](**batch)


class OneHead(nn.Module):
    """One of several as a module of its own, called through all of them, as training calls it.

    Args:
        heads: All of them.
        corpus: Which one.
    """

    def __init__(self, heads: Heads, corpus: int) -> None:
        super().__init__()
        self.heads, self.corpus = heads, corpus

    def forward(self, **batch: Any) -> Any:
        """As `Heads.forward` for this corpus."""
        return self.heads(corpus=self.corpus, **batch)


def trunk_of(module: nn.Module, head: set[str]) -> list[str]:
    """Names of a module's parts that have parameters, but none of the head's.

    Args:
        module: A network or an encoder.
        head: Names of the parameters of its head.
    """
    found = []
    for name, part in module.named_children():
        own = [f"{name}.{inner}" for inner, _ in part.named_parameters()]
        if own and head.isdisjoint(own):
            found.append(name)
    return found


def share(first: nn.Module, other: nn.Module, head: set[str]) -> None:
    """Have `other` use the trunk of `first`.

    Args:
        first: Its trunk is kept.
        other: A module of the same kind; its own trunk is given up.
        head: Names of the parameters of the head of `first`.
    """
    for name in trunk_of(first, head):
        setattr(other, name, cast("nn.Module", getattr(first, name)))
