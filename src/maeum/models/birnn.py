"""The birnn family: embedding, LSTM or GRU read in both directions, pooling, output."""

from __future__ import annotations

from typing import ClassVar, Literal

from maeum.models.family import Family
from maeum.models.neural.network import NetworkModel, untrained
from maeum.models.neural.network_settings import NetworkTraining, RecurrentSettings
from maeum.models.space import RECURRENT
from maeum.models.training_settings import with_defaults


class BirnnSettings(RecurrentSettings):
    """A recurrent network that reads in both directions."""

    family: Literal["birnn"] = "birnn"
    both_directions: ClassVar[bool] = True


@with_defaults(epochs=8)
class BirnnTraining(NetworkTraining):
    """How it is trained."""


FAMILY = Family(
    name="birnn",
    titles={
        "en": "Recurrent network (LSTM or GRU) that reads in both directions",
        "ko": "양방향 순환 신경망(BiRNN). LSTM이나 GRU가 앞뒤 양쪽에서 읽음",
    },
    tasks=BirnnSettings.tasks,
    settings=BirnnSettings,
    load=NetworkModel.load,
    trainer="maeum.training.gradient",
    training=BirnnTraining,
    untrained=untrained,
    space=RECURRENT,
)
