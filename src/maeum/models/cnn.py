"""The cnn family: embedding, convolutions of several widths, max-pooling, output."""

from __future__ import annotations

from typing import Literal

from maeum.models.family import Family
from maeum.models.neural.network import NetworkModel, untrained
from maeum.models.neural.network_settings import ConvolutionSettings, NetworkTraining
from maeum.models.space import CONVOLUTION
from maeum.models.training_settings import with_defaults


class CnnSettings(ConvolutionSettings):
    """A convolutional network."""

    family: Literal["cnn"] = "cnn"


@with_defaults(epochs=10)
class CnnTraining(NetworkTraining):
    """How it is trained."""


FAMILY = Family(
    name="cnn",
    titles={
        "en": "Convolutional network: filters of several widths",
        "ko": "합성곱 신경망(CNN). 텍스트를 여러 너비의 필터로 읽음",
    },
    tasks=CnnSettings.tasks,
    settings=CnnSettings,
    load=NetworkModel.load,
    trainer="maeum.training.gradient",
    training=CnnTraining,
    untrained=untrained,
    space=CONVOLUTION,
)
