"""The linear family: TF-IDF of character and word n-grams with a support vector machine or logistic regression."""

from __future__ import annotations

from maeum.models.family import Family
from maeum.models.linear.model import LinearModel
from maeum.models.linear.settings import LinearSettings
from maeum.models.space import NGRAMS, Choice

FAMILY = Family(
    name="linear",
    titles={
        "en": "TF-IDF of character n-grams with a linear SVM or logistic regression; seconds to minutes on any CPU",
        "ko": "글자 n-gram TF-IDF와 선형 SVM 또는 로지스틱 회귀. 어떤 CPU에서도 몇 초에서 몇 분",
    },
    tasks=LinearSettings.tasks,
    settings=LinearSettings,
    load=LinearModel.load,
    trainer="maeum.training.linear",
    space={**NGRAMS, "counts": Choice(("presence", "log", "raw"))},
)

__all__ = ["FAMILY", "LinearModel", "LinearSettings"]
