"""An encoder's shape and weights: read without running foreign code, checked to be whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.errors import ModelError
from maeum.messages import listing
from maeum.models import CONFIG
from maeum.models.encoder.parts import head_parameters
from maeum.models.encoder.quiet import quiet, reason_of
from maeum.models.folder import damage_of
from maeum.schema import Task

if TYPE_CHECKING:
    from torch import nn

_OPTIONAL: Final = ("pooler", "position_ids")  # parts of an encoder that checkpoints of language models leave out
_PROBLEMS: Final = {
    Task.SINGLE_LABEL: "single_label_classification",
    Task.MULTI_LABEL: "multi_label_classification",
    Task.PAIR: "single_label_classification",
}


@dataclass(frozen=True)
class Loaded:
    """A module read from a checkpoint.

    Attributes:
        module: With a classification head.
        headless: Whether the checkpoint had no trained head of this size, so that it is random here.
    """

    module: nn.Module
    headless: bool


def read_config(folder: Path) -> Any:
    """The shape of a checkpoint.

    Raises:
        ModelError: It cannot be read, needs code of its own, or no classifier of transformers has this shape.
    """
    path = folder / CONFIG
    if not path.is_file():
        raise ModelError("models.file_missing", folder=folder, name=CONFIG)
    with damage_of(path):
        raw = dict(json.loads(path.read_text(encoding="utf-8")))
    from transformers import CONFIG_MAPPING, MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING, AutoConfig

    kind = raw.get("model_type")
    if raw.get("auto_map") and kind not in CONFIG_MAPPING:
        raise ModelError("encoders.own_code", folder=folder, kind=kind or "–")
    try:
        with quiet():
            config = AutoConfig.from_pretrained(folder, trust_remote_code=False, local_files_only=True)
    except Exception as error:  # whatever it raises about a file that it cannot read
        raise ModelError("encoders.config_unreadable", path=path, reason=reason_of(error)) from error
    if type(config) not in MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING:
        raise ModelError("encoders.no_classifier", folder=folder, kind=config.model_type)
    return config


def name_labels(config: Any, names: Sequence[str], task: Task) -> None:
    """Write label names and the kind of problem into a configuration, as transformers reads them."""
    config.num_labels = len(names)
    config.id2label = dict(enumerate(names))
    config.label2id = {name: index for index, name in enumerate(names)}
    config.problem_type = _PROBLEMS[task]


def set_dropout(config: Any, share: float) -> None:
    """One dropout for all layers and the head, whatever the architecture calls its fields."""
    for name, value in config.to_dict().items():
        if "dropout" in name and (value is None or isinstance(value, int | float)) and not isinstance(value, bool):
            setattr(config, name, share)


def from_shape(config: Any, seed: int) -> nn.Module:
    """A module with random weights, as 32-bit numbers."""
    import torch
    from transformers import AutoModelForSequenceClassification

    with quiet(), seeded(seed):
        auto: Any = AutoModelForSequenceClassification
        module: nn.Module = auto.from_config(config, dtype=torch.float32)
    return module


def from_weights(folder: Path, config: Any, seed: int) -> Loaded:
    """A module with a checkpoint's weights, as 32-bit numbers; what its head lacks is random.

    Raises:
        ModelError: The weights cannot be read, or do not fit the shape: parts of the encoder itself are missing or of
            another size.
    """
    import torch
    from transformers import AutoModelForSequenceClassification

    safe = any(folder.glob("model*.safetensors"))
    try:
        with quiet(), seeded(seed):
            module, info = AutoModelForSequenceClassification.from_pretrained(
                folder,
                config=config,
                dtype=torch.float32,
                output_loading_info=True,
                ignore_mismatched_sizes=True,
                use_safetensors=safe,
                trust_remote_code=False,
                local_files_only=True,
            )
    except Exception as error:  # whatever it raises about a file that it cannot read
        raise ModelError("encoders.weights_unreadable", folder=folder, reason=reason_of(error)) from error
    absent = {str(name) for name in info["missing_keys"]}
    absent |= {str(found[0]) for found in info["mismatched_keys"]}
    head = head_parameters(module)
    lacking = sorted(name for name in absent - head if not any(part in name for part in _OPTIONAL))
    if lacking:
        raise ModelError("encoders.weights_differ", folder=folder, count=len(lacking), names=listing(lacking, 3))
    return Loaded(module, bool(absent & head))


def renew_head(module: nn.Module, config: Any, seed: int) -> None:
    """Give the linear layers of the head new random weights (normal, the checkpoint's own initial spread)."""
    from torch import nn

    spread = float(getattr(config, "initializer_range", 0.02))
    head = head_parameters(module)
    with seeded(seed):
        for name, part in module.named_modules():
            if isinstance(part, nn.Linear) and f"{name}.weight" in head:
                nn.init.normal_(part.weight, std=spread)
                if part.bias is not None:
                    nn.init.zeros_(part.bias)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Random weights by this seed; the generator of the rest of the program is left as it was."""
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        yield
