"""The rnn family: embedding, LSTM or GRU read forwards, pooling, output."""

from __future__ import annotations

from typing import Literal

from maeum.models.family import Family
from maeum.models.neural.network import NetworkModel, untrained
from maeum.models.neural.network_settings import NetworkTraining, RecurrentSettings
from maeum.models.space import RECURRENT
from maeum.models.training_settings import with_defaults


class RnnSettings(RecurrentSettings):
    """A recurrent network that reads forwards."""

    family: Literal["rnn"] = "rnn"


@with_defaults(epochs=8)
class RnnTraining(NetworkTraining):
    """How it is trained."""


FAMILY = Family(
    name="rnn",
    titles={
        "en": "Recurrent network (LSTM or GRU) that reads forwards",
        "ko": "순환 신경망(RNN). LSTM이나 GRU가 앞에서 뒤로 읽음",
    },
    tasks=RnnSettings.tasks,
    settings=RnnSettings,
    load=NetworkModel.load,
    trainer="maeum.training.gradient",
    training=RnnTraining,
    untrained=untrained,
    space=RECURRENT,
)
