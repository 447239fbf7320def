"""How a model is trained, whatever its family; families that need more extend this class."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from maeum.metrics.thresholds import DEFAULT, Search, Thresholds
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
    thresholds: Thresholds = setting(
        Thresholds.F1,
        en="Several labels a text: by what each label's threshold is chosen on validation. f1: its own F1 (macro F1); "
        "micro_f1; mean_f1: the mean of macro and micro F1; cost; precision; fixed: --threshold-value for all.",
        ko="레이블이 여럿인 과제에서 레이블마다 임계값을 검증 데이터로 고르는 기준. f1: 레이블별 F1(매크로 F1), "
        "micro_f1, mean_f1: 매크로 F1과 마이크로 F1의 평균, cost, precision, fixed: 모두 --threshold-value.",
    )
    threshold_value: float | None = setting(
        None,
        gt=0,
        lt=1,
        en="Threshold of all labels with --thresholds fixed; 0.5 when not given.",
        ko="--thresholds fixed일 때 모든 레이블의 임계값. 지정하지 않으면 0.5입니다.",
    )
    false_negative_cost: float | None = setting(
        None,
        gt=0,
        allow_inf_nan=False,
        en="With --thresholds cost: what a missed label costs, when one given wrongly costs 1.",
        ko="--thresholds cost일 때, 잘못 붙인 레이블의 비용을 1로 보고 놓친 레이블 하나의 비용.",
    )
    target_precision: float | None = setting(
        None,
        gt=0,
        lt=1,
        en="With --thresholds precision: precision that each label has to reach; one that cannot is never given.",
        ko="--thresholds precision일 때 레이블마다 넘어야 할 정밀도. 넘지 못하는 레이블은 붙이지 않습니다.",
    )
    seed: int = setting(
        0, ge=0, en="Reaches every random choice of training.", ko="학습의 모든 무작위 선택을 정하는 시드."
    )

    @property
    def search(self) -> Search:
        """What thresholds are wanted, where a text may have several labels."""
        value, cost, target = self.threshold_value, self.false_negative_cost, self.target_precision
        return Search(
            self.thresholds,
            DEFAULT if value is None else value,
            Search.false_negative_cost if cost is None else cost,
            Search.target_precision if target is None else target,
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
