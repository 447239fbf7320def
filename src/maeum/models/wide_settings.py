"""Settings of the hashed n-grams that stand beside a network or an encoder, which learns what they get wrong."""

from __future__ import annotations

from maeum.models.family import ModelSettings
from maeum.settings import setting


class WideTable(ModelSettings):
    """The table of n-grams beside a network or an encoder."""

    wide_bits: int = setting(
        22,
        ge=10,
        le=26,
        en="The table of n-grams has 2^bits places.",
        ko="n-gram 표의 칸 수는 2^bits입니다.",
    )
    wide_c: float = setting(
        0.5,
        gt=0,
        en="Inverse regularisation of the n-grams: larger follows the data more closely.",
        ko="n-gram 쪽 정규화의 역수. 클수록 데이터를 더 따릅니다.",
    )
