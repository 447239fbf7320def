"""The small family: the packaged encoder `small-encoder`, fine-tuned with hashed n-grams beside it."""

from __future__ import annotations

from typing import Literal

from maeum.models.encoder import EncoderSettings, EncoderTraining, load, untrained
from maeum.models.encoder.checkpoint import TRUNK
from maeum.models.family import Family
from maeum.models.space import ENCODER, WIDE, Choice, Range
from maeum.models.training_settings import with_defaults


@with_defaults(checkpoint=TRUNK, wide=True)
class SmallSettings(EncoderSettings):
    """A small encoder that has read Korean reviews, beside hashed n-grams."""

    family: Literal["small"] = "small"  # type: ignore[assignment]  # all else is an encoder's


@with_defaults(learning_rate=3e-4, batch_size=64)
class SmallTraining(EncoderTraining):
    """How it is trained: as other encoders, but with the learning rate that one so small needs."""


FAMILY = Family(
    name="small",
    titles={
        "en": "The package's small encoder of Korean reviews, fine-tuned beside hashed n-grams; needs no download",
        "ko": "maeum에 든 작은 한국어 리뷰 인코더를 해시한 n-gram과 함께 미세 조정. 내려받을 것이 없음",
    },
    tasks=SmallSettings.tasks,
    settings=SmallSettings,
    load=load,
    trainer="maeum.training.gradient",
    training=SmallTraining,
    untrained=untrained,
    # so small an encoder takes larger steps and batches than the usual ones
    space={**ENCODER, "learning_rate": Range(5e-5, 2e-3, log=True), "batch_size": Choice((16, 32, 64)), **WIDE},
)
