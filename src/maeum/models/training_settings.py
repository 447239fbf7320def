"""How a model is trained, whatever its family; families that need more extend this class."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from maeum.settings import Settings, setting


class ClassWeight(StrEnum):
    """How much the examples of a label count in training."""

    NONE = "none"
    """All examples the same."""
    BALANCED = "balanced"
    """Labels the same: an example counts N / (K · examples of its label)."""


class TrainingSettings(Settings):
    """How a model is trained, whatever its family."""

    class_weight: ClassWeight = setting(
        ClassWeight.NONE,
        en="none: every example counts the same; balanced: every label does.",
        ko="none: 모든 예가 같은 무게, balanced: 모든 레이블이 같은 무게.",
    )
    seed: int = setting(
        0, ge=0, en="Reaches every random choice of training.", ko="학습의 모든 무작위 선택을 정하는 시드."
    )


S = TypeVar("S", bound=Settings)


def with_defaults(**defaults: Any) -> Callable[[type[S]], type[S]]:
    """Give a settings class other defaults for fields it inherits, and nothing else.

    @with_defaults(learning_rate=1e-3)
    class CnnTraining(GradientSettings): ...
    """

    def change(cls: type[S]) -> type[S]:
        fields = dict(cls.model_fields.items())
        for name, value in defaults.items():
            fields[name].default = value
        cls.model_rebuild(force=True)
        for name in defaults:
            cls.model_validate({name: fields[name].default})  # a default out of range is a defect
        return cls

    return change
