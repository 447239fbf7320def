"""The hashed family: character n-grams hashed into a fixed table of one byte each; small, and fast with numpy alone."""

from __future__ import annotations

from maeum.models.family import Family
from maeum.models.hashed.model import HashedModel
from maeum.models.hashed.settings import HashedSettings
from maeum.models.space import NGRAMS, Choice

FAMILY = Family(
    name="hashed",
    titles={
        "en": "Character n-grams hashed into a table of a few megabytes; the fastest to predict with",
        "ko": "글자 n-gram을 몇 MB짜리 표에 해시한 모델. 예측이 가장 빠름",
    },
    tasks=HashedSettings.tasks,
    settings=HashedSettings,
    load=HashedModel.load,
    trainer="maeum.training.hashed",
    space={**NGRAMS, "bits": Choice((20, 22))},
)

__all__ = ["FAMILY", "HashedModel", "HashedSettings"]
