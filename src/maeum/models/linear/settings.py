"""Settings of the linear family. Defaults were chosen on a validation split of NSMC train: docs/linear.md."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import field_validator

from maeum.models.family import ModelSettings
from maeum.schema import Task
from maeum.settings import setting
from maeum.text import DEFAULT, Pipeline


class Loss(StrEnum):
    """What the linear model minimises."""

    SVM = "svm"
    """Squared hinge: a support vector machine."""
    LOGISTIC = "logistic"
    """Log loss: logistic regression."""


class Counts(StrEnum):
    """What an n-gram counts that a text has more than once."""

    PRESENCE = "presence"
    """1 if at all."""
    LOG = "log"
    """1 + ln(count)."""
    RAW = "raw"
    """count."""


class NGramSettings(ModelSettings):
    """What models of weighted character n-grams have in common."""

    loss: Loss = setting(
        Loss.SVM, en="svm (squared hinge) or logistic.", ko="svm(제곱 힌지) 또는 logistic(로지스틱 회귀)."
    )
    c: float = setting(
        0.25,
        gt=0,
        en="Inverse regularisation: larger follows the data more closely.",
        ko="정규화의 역수. 클수록 데이터를 더 따릅니다.",
    )
    joined_max: int = setting(
        4,
        ge=0,
        le=8,
        unit="characters",
        en="Longest character n-gram of the text without its spaces; 0 for none.",
        ko="공백을 없앤 텍스트에서 뽑는 글자 n-gram의 최대 길이. 0이면 쓰지 않습니다.",
    )
    spaced_max: int = setting(
        3,
        ge=0,
        le=8,
        unit="characters",
        en="Longest character n-gram (from 2) of the text with its spaces, which tells word beginnings; 0 for none.",
        ko="공백을 남긴 텍스트의 글자 n-gram(2부터) 최대 길이. 단어의 시작을 알려 줍니다. 0이면 쓰지 않습니다.",
    )
    min_texts: int = setting(
        2,
        ge=1,
        unit="texts",
        en="N-grams (places of the table) of fewer training texts are left out.",
        ko="이보다 적은 학습 텍스트에 나온 n-gram(표의 칸)은 뺍니다.",
    )
    contrast: float = setting(
        0.5,
        ge=0,
        le=1,
        en="Power of the log ratio of class frequencies that an n-gram's weight is multiplied with; 0: plain TF-IDF.",
        ko="n-gram의 무게에 곱하는 클래스별 빈도 로그비의 지수. 0이면 보통의 TF-IDF입니다.",
    )
    steps: tuple[str, ...] = setting(
        (*(step for step in DEFAULT.steps if isinstance(step, str)), "lowercase"),
        en="Text steps applied first, in order (see docs/text.md).",
        ko="먼저 적용할 텍스트 단계(순서대로, docs/text.md 참고).",
    )

    @field_validator("steps")
    @classmethod
    def _known_steps(cls, steps: tuple[str, ...]) -> tuple[str, ...]:
        Pipeline(steps)  # refuses unknown names with the nearest known one
        return steps


class LinearSettings(NGramSettings):
    """TF-IDF of character and word n-grams with a linear model."""

    family: Literal["linear"] = "linear"
    tasks: ClassVar[tuple[Task, ...]] = (Task.SINGLE_LABEL, Task.MULTI_LABEL)

    word_max: int = setting(
        0,
        ge=0,
        le=3,
        unit="words",
        en="Longest n-gram of whole words (split at spaces); 0 for none.",
        ko="띄어쓰기로 나눈 단어 n-gram의 최대 길이. 0이면 쓰지 않습니다.",
    )
    counts: Counts = setting(
        Counts.PRESENCE,
        en="Weight of repeated n-grams in a text: presence (1), log (1 + ln count) or raw (count).",
        ko="한 텍스트에 여러 번 나온 n-gram의 무게: presence(1), log(1 + ln 횟수), raw(횟수).",
    )
