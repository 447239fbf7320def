"""The birnn-wide family: birnn with hashed n-grams beside the network."""

from __future__ import annotations

from typing import ClassVar, Literal

from maeum.models.family import Family
from maeum.models.neural.network import NetworkModel, untrained
from maeum.models.neural.network_settings import NetworkTraining, RecurrentSettings, WideSettings
from maeum.models.space import RECURRENT, WIDE
from maeum.models.training_settings import with_defaults


class BirnnWideSettings(WideSettings, RecurrentSettings):
    """A recurrent network that reads in both directions, beside hashed n-grams."""

    family: Literal["birnn-wide"] = "birnn-wide"
    both_directions: ClassVar[bool] = True


@with_defaults(epochs=3)
class BirnnWideTraining(NetworkTraining):
    """How it is trained."""


FAMILY = Family(
    name="birnn-wide",
    titles={
        "en": "Recurrent network (LSTM or GRU) that reads in both directions, beside hashed n-grams",
        "ko": "양방향 순환 신경망(BiRNN). LSTM이나 GRU가 앞뒤 양쪽에서 읽음. 해시한 n-gram을 함께 씀",
    },
    tasks=BirnnWideSettings.tasks,
    settings=BirnnWideSettings,
    load=NetworkModel.load,
    trainer="maeum.training.gradient",
    training=BirnnWideTraining,
    untrained=untrained,
    space={**RECURRENT, **WIDE},
)
