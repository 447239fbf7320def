"""Which parameters learn, and how fast: weight decay, frozen layers, learning rates by layer, LoRA."""

from __future__ import annotations

import re
from typing import Any, Final

from torch import nn

from maeum.errors import RecipeError
from maeum.models.encoder.parts import head_parameters, layers_of, target_modules
from maeum.models.gradient_settings import GradientSettings
from maeum.training.gradient.heads import Heads

_in_layer = re.compile(r"(?:^|\.)(?:layer|layers|h|blocks?)\.(\d+)\.").search
_HEAD: Final = frozenset({"output", "inner", "scale", "head", "classifier"})
LORA_SCALE: Final = 2  # alpha over rank, as peft's examples and most recipes have it
LORA_DROPOUT: Final = 0.1


def levels(module: nn.Module) -> list[list[str]]:
    """Names of the parameters below the head, from below: embeddings, first layer, and so on.

    Encoders: `models.encoder.parts`; any other module: by the parts of its names; of several heads the common trunk's.
    """
    if isinstance(module, Heads):
        return [[f"parts.0.{name}" for name in names] for names in levels(module.parts[0])]
    if hasattr(module, "base_model_prefix"):
        return layers_of(module)
    found: dict[int, list[str]] = {}
    for name, _ in module.named_parameters():
        first, layer = name.partition(".")[0], _in_layer(name)
        if first in _HEAD:
            continue
        level = 0 if "embedding" in first else 1 + int(layer[1]) if layer else 1
        found.setdefault(level, []).append(name)
    return [found[level] for level in sorted(found)]


def head(module: nn.Module) -> set[str]:
    """Names of the parameters of the head: what is new for the task."""
    if hasattr(module, "base_model_prefix"):
        return head_parameters(module)
    below = {name for names in levels(module) for name in names}
    return {name for name, _ in module.named_parameters() if name not in below}


def freeze(module: nn.Module, count: int) -> None:
    """Have `count` layers from below and the embeddings not learn; -1: all but the head.

    Raises:
        RecipeError: There are fewer layers.
    """
    if not count:
        return
    below = levels(module)
    if count > len(below) - 1:
        raise RecipeError("gradient.freeze", count=count, layers=len(below) - 1)
    frozen = {name for names in below[: count + 1] for name in names}
    if count < 0:
        frozen = {name for name, _ in module.named_parameters()} - head(module)
    for name, parameter in module.named_parameters():
        if name in frozen:
            parameter.requires_grad = False


def add_lora(module: nn.Module, rank: int) -> Any:
    """Put LoRA's matrices beside the attention's, which alone learn, with the head; `merge_lora` takes them in.

    Raises:
        MissingExtraError: peft is not installed.
        RecipeError: The module is no encoder.
    """
    from maeum.errors import require

    if not hasattr(module, "base_model_prefix"):
        raise RecipeError("gradient.encoders_only", flag="--lora")
    require("peft", "train")
    from peft import LoraConfig, get_peft_model

    kept = head(module)
    config = LoraConfig(
        r=rank, lora_alpha=LORA_SCALE * rank, lora_dropout=LORA_DROPOUT, target_modules=target_modules(module)
    )
    wrapped = get_peft_model(module, config)
    for name, parameter in module.named_parameters():
        if name in kept:
            parameter.requires_grad = True
    return wrapped


def parameter_groups(module: nn.Module, training: GradientSettings) -> list[dict[str, Any]]:
    """Groups for AdamW, the last with the full learning rate.

    Biases, norms and single numbers have no weight decay: all that has fewer than two dimensions. The rate of a level
    is `layer_decay` times that of the level above; head and pooler have the full one.
    """
    below = levels(module) if training.layer_decay != 1 else []
    level_of = {name: level for level, names in enumerate(below) for name in names}
    found: dict[tuple[int, bool], list[nn.Parameter]] = {}
    for name, parameter in module.named_parameters():
        if parameter.requires_grad:
            plain = parameter.ndim < 2 or "bias" in name.rpartition(".")[2]
            found.setdefault((level_of.get(name, len(below)), plain), []).append(parameter)
    return [
        {
            "params": found[level, plain],
            "lr": training.learning_rate * training.layer_decay ** (len(below) - level),
            "weight_decay": 0.0 if plain else training.weight_decay,
        }
        for level, plain in sorted(found)
    ]
