"""The cnn-wide family: cnn with hashed n-grams beside the network."""

from __future__ import annotations

from typing import Literal

from maeum.models.family import Family
from maeum.models.neural.network import NetworkModel, untrained
from maeum.models.neural.network_settings import ConvolutionSettings, NetworkTraining, WideSettings
from maeum.models.space import CONVOLUTION, WIDE
from maeum.models.training_settings import with_defaults


class CnnWideSettings(WideSettings, ConvolutionSettings):
    """A convolutional network, beside hashed n-grams."""

    family: Literal["cnn-wide"] = "cnn-wide"


@with_defaults(epochs=3)
class CnnWideTraining(NetworkTraining):
    """How it is trained."""


FAMILY = Family(
    name="cnn-wide",
    titles={
        "en": "Convolutional network: filters of several widths, beside hashed n-grams",
        "ko": "합성곱 신경망(CNN). 텍스트를 여러 너비의 필터로 읽음. 해시한 n-gram을 함께 씀",
    },
    tasks=CnnWideSettings.tasks,
    settings=CnnWideSettings,
    load=NetworkModel.load,
    trainer="maeum.training.gradient",
    training=CnnWideTraining,
    untrained=untrained,
    space={**CONVOLUTION, **WIDE},
)
