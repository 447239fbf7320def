"""Settings of the hashed family. Defaults were chosen on a validation split of NSMC train: docs/linear.md."""

from __future__ import annotations

from typing import ClassVar, Literal

from maeum.models.linear.settings import NGramSettings
from maeum.models.training_settings import with_defaults
from maeum.schema import Task
from maeum.settings import setting


@with_defaults(c=0.5)
class HashedSettings(NGramSettings):
    """Character n-grams in a table of 2^bits bytes per label."""

    family: Literal["hashed"] = "hashed"
    tasks: ClassVar[tuple[Task, ...]] = (Task.SINGLE_LABEL, Task.MULTI_LABEL)

    bits: int = setting(
        22,
        ge=10,
        le=26,
        en="The table has 2^bits places, of one byte per label (for two labels one in all).",
        ko="표의 칸 수는 2^bits이며 칸마다 레이블당 1바이트입니다(레이블이 둘이면 모두 1바이트).",
    )
