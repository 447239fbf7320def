"""Settings of the hashed family. Defaults were chosen on a validation split of NSMC train: docs/linear.md."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import field_validator

from maeum.models.family import ModelSettings
from maeum.models.linear.settings import LinearSettings, Loss
from maeum.schema import Task
from maeum.settings import setting
from maeum.text import Pipeline


class HashedSettings(ModelSettings):
    """Character n-grams in a table of 2^bits bytes per label."""

    family: Literal["hashed"] = "hashed"
    tasks: ClassVar[tuple[Task, ...]] = (Task.SINGLE_LABEL,)

    loss: Loss = setting(
        Loss.SVM, en="svm (squared hinge) or logistic.", ko="svm(제곱 힌지) 또는 logistic(로지스틱 회귀)."
    )
    c: float = setting(
        0.5,
        gt=0,
        en="Inverse regularisation: larger follows the data more closely.",
        ko="정규화의 역수. 클수록 데이터를 더 따릅니다.",
    )
    bits: int = setting(
        22,
        ge=10,
        le=26,
        en="The table has 2^bits places, of one byte per label (for two labels one in all).",
        ko="표의 칸 수는 2^bits이며 칸마다 레이블당 1바이트입니다(레이블이 둘이면 모두 1바이트).",
    )
    joined_max: int = setting(
        4,
        ge=1,
        le=8,
        unit="characters",
        en="Longest character n-gram of the text without its spaces.",
        ko="공백을 없앤 텍스트에서 뽑는 글자 n-gram의 최대 길이.",
    )
    spaced_max: int = setting(
        3,
        ge=0,
        le=8,
        unit="characters",
        en="Longest character n-gram (from 2) of the text with its spaces; 0 for none.",
        ko="공백을 남긴 텍스트의 글자 n-gram(2부터) 최대 길이. 0이면 쓰지 않습니다.",
    )
    min_texts: int = setting(
        2,
        ge=1,
        unit="texts",
        en="Places of the table that fewer training texts use stay empty.",
        ko="이보다 적은 학습 텍스트가 쓰는 칸은 비워 둡니다.",
    )
    contrast: float = setting(
        0.5,
        ge=0,
        le=1,
        en="Power of the log ratio of class frequencies that an n-gram's weight is multiplied with; 0: plain TF-IDF.",
        ko="n-gram의 무게에 곱하는 클래스별 빈도 로그비의 지수. 0이면 보통의 TF-IDF입니다.",
    )
    steps: tuple[str, ...] = setting(
        LinearSettings.model_fields["steps"].default,
        en="Text steps applied first, in order (see docs/text.md).",
        ko="먼저 적용할 텍스트 단계(순서대로, docs/text.md 참고).",
    )

    @field_validator("steps")
    @classmethod
    def _known_steps(cls, steps: tuple[str, ...]) -> tuple[str, ...]:
        Pipeline(steps)  # refuses unknown names with the nearest known one
        return steps
