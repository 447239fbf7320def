"""The encoder family: any Hugging Face encoder with a classification head, fine-tuned or from its shape alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maeum.models.encoder.checkpoint import adopts
from maeum.models.encoder.parts import head_parameters, layers_of, target_modules
from maeum.models.encoder.settings import EncoderSettings, EncoderTraining
from maeum.models.family import Family
from maeum.models.space import ENCODER

if TYPE_CHECKING:
    from maeum.models.encoder.model import EncoderModel
    from maeum.schema import Dataset


def load(folder: Path, card: Mapping[str, Any]) -> EncoderModel:
    """A saved encoder; see `EncoderModel.load`."""
    from maeum.models.encoder.model import EncoderModel

    return EncoderModel.load(folder, card)


def untrained(train: Dataset, settings: EncoderSettings, training: EncoderTraining) -> EncoderModel:
    """An encoder to be fine-tuned; see `encoder.model.untrained`."""
    from maeum.models.encoder.model import untrained as built

    return built(train, settings, training)


FAMILY = Family(
    name="encoder",
    titles={
        "en": "Any Hugging Face encoder (BERT, ELECTRA, RoBERTa …), fine-tuned: --model klue/roberta-base, or a folder",
        "ko": "Hugging Face 인코더(BERT, ELECTRA, RoBERTa 등)를 미세 조정. --model klue/roberta-base 또는 폴더",
    },
    tasks=EncoderSettings.tasks,
    settings=EncoderSettings,
    load=load,
    trainer="maeum.training.gradient",
    training=EncoderTraining,
    adopts=adopts,
    untrained=untrained,
    space=ENCODER,
)

__all__ = [
    "FAMILY",
    "EncoderSettings",
    "EncoderTraining",
    "head_parameters",
    "layers_of",
    "load",
    "target_modules",
    "untrained",
]
