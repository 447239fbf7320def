"""Settings that networks share; each family's file adds its name and how it is trained."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Final

from pydantic import field_validator

from maeum.errors import RecipeError
from maeum.models.family import ModelSettings
from maeum.models.gradient_settings import GradientSettings
from maeum.models.training_settings import with_defaults
from maeum.models.wide_settings import WideTable
from maeum.schema import Task
from maeum.settings import setting
from maeum.text import DEFAULT, Pipeline

MAX_WIDTH: Final = 32  # units a filter may see: wider ones see more than a sentence


class Units(StrEnum):
    """What a network reads a text in."""

    JAMO = "jamo"
    """Letters of the Korean alphabet: 재밌다 is ᄌ ᅢ ᄆ ᅵ ᆻ ᄃ ᅡ."""
    SYLLABLE = "syllable"
    """Characters."""
    SUBWORD = "subword"
    """Frequent pieces of words, learnt by joining pairs (BPE; Sennrich et al. 2016)."""


class Activation(StrEnum):
    """What follows a convolution or an inner layer."""

    RELU = "relu"
    TANH = "tanh"
    GELU = "gelu"
    SILU = "silu"
    SIGMOID = "sigmoid"
    LINEAR = "linear"
    """Nothing: to see what the others are good for."""


class Cell(StrEnum):
    """What a recurrent network is made of."""

    LSTM = "lstm"
    GRU = "gru"


class Pooling(StrEnum):
    """How a recurrent network's states become one vector for the text."""

    LAST = "last"
    """The state after the last unit; of the backward direction, after the first."""
    MAX = "max"
    MEAN = "mean"
    ATTENTION = "attention"
    """A mean whose weights are learnt."""


class NetworkSettings(ModelSettings):
    """What all networks have: units -> embedding -> body -> (inner layer) -> one output per label."""

    tasks: ClassVar[tuple[Task, ...]] = (Task.SINGLE_LABEL, Task.MULTI_LABEL)
    wide: ClassVar[bool] = False  # whether hashed n-grams stand beside the network

    units: Units = setting(
        Units.SUBWORD,
        en="What texts are read in: jamo (letters), syllable (characters) or subword (pieces of words).",
        ko="텍스트를 읽는 단위: jamo(자모), syllable(음절, 곧 글자), subword(단어 조각).",
    )
    vocabulary: int = setting(
        20_000,
        ge=10,
        le=1_000_000,
        en="Most different units a network knows.",
        ko="신경망이 아는 단위의 최대 가짓수.",
    )
    min_texts: int = setting(
        2,
        ge=1,
        unit="texts",
        en="What fewer training texts have is left out (networks: characters, others: n-grams).",
        ko="이보다 적은 학습 텍스트에 나온 것은 뺍니다(신경망은 글자, 나머지는 n-gram).",
    )
    steps: tuple[str, ...] = setting(
        (*(step for step in DEFAULT.steps if isinstance(step, str)), "lowercase"),
        en="Text steps applied first, in order (see docs/text.md).",
        ko="먼저 적용할 텍스트 단계(순서대로, docs/text.md 참고).",
    )
    embedding: int = setting(
        128, ge=1, le=4096, en="Numbers that stand for a unit.", ko="단위 하나를 나타내는 수의 개수."
    )
    embedding_dropout: float = setting(
        0.3,
        ge=0,
        lt=1,
        en="Share of the units of a text that are hidden in training.",
        ko="학습할 때 텍스트에서 가리는 단위의 비율.",
    )
    spelling: bool = setting(
        True,
        en="While it learns, a unit's vector is helped by those of its characters: rare units profit from others.",
        ko="학습하는 동안 단위의 벡터에 그 글자들의 벡터를 더합니다. 드문 단위가 다른 단위의 덕을 봅니다.",
    )
    dense: int = setting(
        0,
        ge=0,
        le=8192,
        en="Width of an inner layer before the output; 0: none.",
        ko="출력층 앞에 두는 은닉층의 크기. 0이면 두지 않습니다.",
    )
    dropout: float = setting(
        0.5,
        ge=0,
        lt=1,
        en="Share of the values before a dense layer that are left out in training.",
        ko="학습할 때 완전연결층 앞에서 버리는 값의 비율.",
    )
    activation: Activation = setting(
        Activation.RELU,
        en="What follows convolutions and the inner layer; the output always has softmax, for several labels sigmoid.",
        ko="합성곱과 은닉층 뒤의 활성화 함수. 출력은 언제나 softmax, 레이블이 여럿이면 sigmoid입니다.",
    )

    @field_validator("steps")
    @classmethod
    def _known_steps(cls, steps: tuple[str, ...]) -> tuple[str, ...]:
        Pipeline(steps)  # refuses unknown names with the nearest known one
        return steps


class ConvolutionSettings(NetworkSettings):
    """A convolutional network (Kim 2014)."""

    widths: tuple[int, ...] = setting(
        (2, 3, 4, 5), en="Units that each kind of filter sees.", ko="필터 종류마다 한 번에 보는 단위 수."
    )
    filters: int = setting(128, ge=1, le=8192, en="Filters of each width.", ko="너비마다 두는 필터 수.")

    @field_validator("widths")
    @classmethod
    def _usable_widths(cls, widths: tuple[int, ...]) -> tuple[int, ...]:
        if not widths or len(set(widths)) < len(widths) or not all(1 <= width <= MAX_WIDTH for width in widths):
            raise RecipeError("networks.widths", limit=MAX_WIDTH)
        return widths


class RecurrentSettings(NetworkSettings):
    """A recurrent network."""

    both_directions: ClassVar[bool] = False

    cell: Cell = setting(Cell.LSTM, en="lstm or gru.", ko="lstm 또는 gru.")
    hidden: int = setting(
        128, ge=1, le=8192, en="Width of the state, in each direction.", ko="방향마다 상태 벡터의 크기."
    )
    layers: int = setting(1, ge=1, le=16, en="Recurrent layers on top of each other.", ko="쌓는 순환층의 수.")
    pooling: Pooling = setting(
        Pooling.MAX, en="How the states become one vector.", ko="상태들을 벡터 하나로 모으는 방식."
    )


class WideSettings(WideTable, NetworkSettings):
    """Hashed n-grams beside the network, which learns what they get wrong."""

    wide: ClassVar[bool] = True


# 320: reviews of 140 characters, the most that Naver took, fit even in jamo; short texts are not padded to that
@with_defaults(epochs=10, batch_size=64, learning_rate=1e-3, weight_decay=0.01, warmup=0.05, patience=2, max_length=320)
class NetworkTraining(GradientSettings):
    """How networks are trained, where a family has nothing better."""
