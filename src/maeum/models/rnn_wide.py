"""The rnn-wide family: rnn with hashed n-grams beside the network."""

from __future__ import annotations

from typing import Literal

from maeum.models.family import Family
from maeum.models.neural.network import NetworkModel, untrained
from maeum.models.neural.network_settings import NetworkTraining, RecurrentSettings, WideSettings
from maeum.models.space import RECURRENT, WIDE
from maeum.models.training_settings import with_defaults


class RnnWideSettings(WideSettings, RecurrentSettings):
    """A recurrent network that reads forwards, beside hashed n-grams."""

    family: Literal["rnn-wide"] = "rnn-wide"


@with_defaults(epochs=3)
class RnnWideTraining(NetworkTraining):
    """How it is trained."""


FAMILY = Family(
    name="rnn-wide",
    titles={
        "en": "Recurrent network (LSTM or GRU) that reads forwards, beside hashed n-grams",
        "ko": "순환 신경망(RNN). LSTM이나 GRU가 앞에서 뒤로 읽음. 해시한 n-gram을 함께 씀",
    },
    tasks=RnnWideSettings.tasks,
    settings=RnnWideSettings,
    load=NetworkModel.load,
    trainer="maeum.training.gradient",
    training=RnnWideTraining,
    untrained=untrained,
    space={**RECURRENT, **WIDE},
)
