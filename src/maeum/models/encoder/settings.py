"""Settings of the encoder family and how it is trained."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import field_validator

from maeum.models.family import ModelSettings
from maeum.models.gradient_settings import GradientSettings, Precision
from maeum.models.training_settings import with_defaults
from maeum.models.wide_settings import WideTable
from maeum.schema import Task
from maeum.settings import setting
from maeum.text import Pipeline

# What changes no letter that a tokenizer has learnt: a decomposed or invisible character is never meant, and the
# tokenizers themselves squeeze spaces. Emoticons, case and addresses stay as they were in pretraining.
SAFE_STEPS = ("drop_controls", "nfc", "squeeze_spaces")


class CheckpointSettings(ModelSettings):
    """Which encoder it is, and how it is begun."""

    tasks: ClassVar[tuple[Task, ...]] = (Task.SINGLE_LABEL, Task.MULTI_LABEL, Task.PAIR)

    checkpoint: str = setting(
        "",
        en="Encoder to start from: a folder, a name in MAEUM_MODELS, or a Hub id such as klue/roberta-base.",
        ko="출발점이 되는 인코더: 폴더, MAEUM_MODELS 안의 이름, 또는 klue/roberta-base 같은 Hugging Face Hub 이름.",
    )
    from_scratch: bool = setting(
        False,
        en="Take only the checkpoint's shape and tokenizer; all weights are random.",
        ko="체크포인트의 구조와 토크나이저만 쓰고 가중치는 모두 무작위로 시작합니다.",
    )
    dropout: float | None = setting(
        None,
        ge=0,
        lt=1,
        en="Dropout of all layers; the checkpoint's own by default.",
        ko="모든 층의 드롭아웃. 기본은 체크포인트의 값.",
    )
    steps: tuple[str, ...] = setting(
        SAFE_STEPS,
        en="Text steps applied before the tokenizer, in order (see docs/text.md).",
        ko="토크나이저 앞에 적용할 텍스트 단계(순서대로, docs/text.md 참고).",
    )
    wide: bool = setting(
        False,
        en="Hashed n-grams beside the encoder, which learns what they get wrong; not for pairs of texts. The "
        "family small has them unless --no-wide.",
        ko="인코더 옆에 해시한 n-gram을 두고, 인코더는 n-gram이 틀리는 것을 배웁니다. 텍스트 쌍에는 쓸 수 "
        "없습니다. small은 --no-wide가 아니면 함께 씁니다.",
    )

    @field_validator("steps")
    @classmethod
    def _known_steps(cls, steps: tuple[str, ...]) -> tuple[str, ...]:
        Pipeline(steps)  # refuses unknown names with the nearest known one
        return steps


class EncoderSettings(WideTable, CheckpointSettings):
    """A pretrained encoder with a classification head."""

    family: Literal["encoder"] = "encoder"


@with_defaults(
    learning_rate=5e-5, batch_size=32, epochs=3, warmup=0.1, weight_decay=0.01, max_length=128, patience=2,
    precision=Precision.AUTO,
)  # fmt: skip
class EncoderTraining(GradientSettings):
    """Fine-tuning, with the values that BERT's authors recommend (Devlin et al. 2019, appendix A.3)."""
