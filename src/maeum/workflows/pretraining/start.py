"""The network of a pretraining: new by its shape, or one that was pretrained before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.errors import ModelError
from maeum.messages import listing, say
from maeum.models.encoder.checkpoint import locate
from maeum.models.encoder.quiet import quiet, reason_of
from maeum.models.encoder.weights import read_config, seeded
from maeum.progress import tell

if TYPE_CHECKING:
    from torch import nn

    from maeum.training.pretraining_config import PretrainConfig
    from maeum.workflows.pretraining.blocks import Prepared

CONFIG: Final = "config.json"
ENCODER: Final = "encoder"
GENERATOR: Final = "generator"
_OPTIONAL: Final = ("pooler", "position_ids")


@dataclass(frozen=True)
class Start:
    """An encoder to go on from.

    Attributes:
        name: As it was asked for.
        folder: Where it lies.
        generator: Folder of the generator beside it, where `maeum pretrain` made both; else None.
        config: Its shape.
    """

    name: str
    folder: Path
    generator: Path | None
    config: Any

    @property
    def objective(self) -> str:
        """What it is trained further by when nothing is said."""
        return "mlm" if self.generator is None else "electra"


def find_start(name: str, objective: str | None) -> Start:
    """The encoder called `name`: a folder (also one of `maeum pretrain`), in `MAEUM_MODELS`, or on the Hub.

    Raises:
        ModelError: It is nowhere, cannot be read, or cannot be trained by `objective`.
    """
    inside = Path(name).expanduser() / ENCODER
    folder = inside if (inside / CONFIG).is_file() else locate(name)
    config = read_config(folder)
    beside = folder.parent / GENERATOR
    both = folder.name == ENCODER and (beside / CONFIG).is_file() and config.model_type == "electra"
    if objective == "electra" and not both:
        raise ModelError("pretrain.no_generator", name=name)
    return Start(name, folder, beside if both else None, config)


def masked_lm(start: Start, seed: int) -> Any:
    """The encoder with its language-model head; a head that it has not is random, and that is told.

    Raises:
        ModelError: The architecture has no such head, or the weights cannot be read or lack parts of the encoder.
    """
    import torch
    from transformers import MODEL_FOR_MASKED_LM_MAPPING, AutoModelForMaskedLM

    if type(start.config) not in MODEL_FOR_MASKED_LM_MAPPING:
        raise ModelError("pretrain.no_masked_lm", name=start.name, kind=start.config.model_type)
    auto: Any = AutoModelForMaskedLM
    try:
        with quiet(), seeded(seed):
            model, info = auto.from_pretrained(
                start.folder,
                config=start.config,
                dtype=torch.float32,
                output_loading_info=True,
                use_safetensors=any(start.folder.glob("model*.safetensors")),
                trust_remote_code=False,
                local_files_only=True,
            )
    except Exception as error:  # whatever it raises about a file that it cannot read
        raise ModelError("encoders.weights_unreadable", folder=start.folder, reason=reason_of(error)) from error
    prefix = f"{model.base_model_prefix}."
    absent = sorted(name for name in info["missing_keys"] if not any(part in name for part in _OPTIONAL))
    lacking = [name for name in absent if name.startswith(prefix)]
    if lacking:
        names = listing(lacking, 3)
        raise ModelError("encoders.weights_differ", folder=start.folder, count=len(lacking), names=names)
    if absent:
        tell(say("pretrain.head_new", name=start.name))
    return model


def first_position_of(model: Any, block: int, special: tuple[int, ...]) -> int | None:
    """As `Continued.first`, for this model."""
    import torch

    from maeum.training.pretraining_continued import first_position

    ordinary = sorted(set(range(model.config.vocab_size)) - set(special))
    return first_position(model, block, torch.tensor(ordinary))


def new_network(config: PretrainConfig, prepared: Prepared) -> nn.Module:
    """A new network whose embeddings begin with the neighbours of the tokens."""
    from maeum.training.cooccurrence import begin, start_of
    from maeum.training.pretraining import build

    tell(say("pretrain.neighbours"))
    network = build(config)
    found = start_of(
        prepared.blocks, prepared.segments, config.vocabulary, config.embedding, config.special, config.seed
    )
    begin(network, found, config.pad)
    return network


def network_of(start: Start | None, model: Any, config: PretrainConfig, first: int | None) -> nn.Module | None:
    """What the core is to train; None where it builds a new one by `config`.

    Args:
        start: Where it goes on from.
        model: From `masked_lm`, unless ELECTRA goes on.
        config: Masking, weights of the losses.
        first: As `Continued.first`.
    """
    if start is None:
        return None
    from maeum.training.pretraining_continued import Continued
    from maeum.training.pretraining_model import Electra

    if config.objective == "mlm":
        return Continued(model, config.rules, first)
    assert start.generator is not None
    try:
        with quiet():
            return Electra.of_folders(start.folder, start.generator, config.rules, config.rtd_weight)
    except Exception as error:  # whatever it raises about a file that it cannot read
        raise ModelError("encoders.weights_unreadable", folder=start.folder, reason=reason_of(error)) from error
