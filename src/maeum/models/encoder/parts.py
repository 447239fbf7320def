"""Which parameters of an encoder belong to its head, its embeddings and each of its layers, in any architecture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from torch import nn

# bert.encoder.layer.3.…, distilbert.transformer.layer.3.…, model.layers.3.…, …albert_layers.0.…, transformer.h.3.…
_in_layer = re.compile(r"(?:^|\.)(?:layer|layers|h|blocks?|albert_layers)\.(\d+)\.").search
_ABOVE: Final = ("pooler", "final_norm", "ln_f")  # parts of the encoder that stand above its layers
_ATTENTION: Final = frozenset(
    [
        *("query", "key", "value"),
        *("query_proj", "key_proj", "value_proj"),
        *("q_lin", "k_lin", "v_lin"),
        *("q_proj", "k_proj", "v_proj"),
        *("Wqkv", "in_proj", "c_attn"),
    ]
)


def head_parameters(module: nn.Module) -> set[str]:
    """Names of the parameters of the classification head: all that are not the encoder's."""
    prefix = f"{module.base_model_prefix}."
    return {name for name, _ in module.named_parameters() if not name.startswith(prefix)}


def layers_of(module: nn.Module) -> list[list[str]]:
    """Names of the encoder's parameters from below: embeddings and what all layers share, layer 0, layer 1, and so on.

    Poolers, last norms and the head stand above all layers and are not among them.
    """
    head = head_parameters(module)
    found: dict[int, list[str]] = {-1: []}
    for name, _ in module.named_parameters():
        if name in head:
            continue
        layer = _in_layer(name)
        if layer:
            found.setdefault(int(layer[1]), []).append(name)
        elif not any(part in name for part in _ABOVE):
            found[-1].append(name)
    return [found[level] for level in sorted(found)]


def target_modules(module: nn.Module) -> list[str]:
    """Full names of the linear layers that make queries, keys and values: what LoRA adapts (Hu et al. 2021, 4.2).

    In an architecture that calls them otherwise: all linear layers inside the encoder's layers.
    """
    from torch import nn

    linear = [name for name, part in module.named_modules() if isinstance(part, nn.Linear)]
    inside = [name for name in linear if _in_layer(f"{name}.") and name.startswith(f"{module.base_model_prefix}.")]
    return [name for name in inside if name.rpartition(".")[2] in _ATTENTION] or inside
