"""The cascade family: a fast model answers where it is sure, a better one where not; made by `maeum cascade`."""

from __future__ import annotations

from typing import ClassVar, Literal

from maeum.models.cascade.model import CascadeModel
from maeum.models.family import Family, ModelSettings
from maeum.schema import Task


class CascadeSettings(ModelSettings):
    """None: what it needs to know is measured."""

    family: Literal["cascade"] = "cascade"
    tasks: ClassVar[tuple[Task, ...]] = (Task.SINGLE_LABEL,)


FAMILY = Family(
    name="cascade",
    titles={
        "en": "Two models: a fast one answers where it is sure, a better one where not",
        "ko": "두 모델의 연결. 빠른 모델이 확신하면 그대로 답하고, 아니면 더 나은 모델이 답함",
    },
    tasks=CascadeSettings.tasks,
    settings=CascadeSettings,
    load=CascadeModel.load,
    trainer="",
)

__all__ = ["FAMILY", "CascadeModel", "CascadeSettings"]
