"""How everything that learns by gradients is trained; networks and encoders differ in defaults alone."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from maeum.models.training_settings import TrainingSettings
from maeum.settings import setting


class Schedule(StrEnum):
    """How the learning rate goes after the warm-up."""

    LINEAR = "linear"
    """Down to 0 in a straight line."""
    COSINE = "cosine"
    """Down to 0 along half a cosine."""
    CONSTANT = "constant"
    """Stays."""


class Precision(StrEnum):
    """Numbers that training computes with."""

    AUTO = "auto"
    """bf16 where the device itself computes with it (GPUs, CPUs with AVX512-BF16 or AMX); else fp16 on a GPU, fp32 on a
    CPU."""
    FP32 = "fp32"
    BF16 = "bf16"
    FP16 = "fp16"


class LongTexts(StrEnum):
    """What becomes of texts of more than `max_length` tokens."""

    TRUNCATE = "truncate"
    """Their end is cut off; how many is said."""
    WINDOW = "window"
    """They are cut into overlapping windows, whose scores are averaged."""


class Padding(StrEnum):
    """To which length the texts of a batch are filled up."""

    DYNAMIC = "dynamic"
    """To the longest of the batch, texts of similar length together."""
    FULL = "full"
    """To `max_length`, in random order: what most example scripts do, many times slower."""


class Watched(StrEnum):
    """What decides which epoch was the best, on the validation rows."""

    LOSS = "loss"
    ACCURACY = "accuracy"
    MACRO_F1 = "macro_f1"


class Mixing(StrEnum):
    """How the batches of an epoch are shared out among corpora that are trained on together."""

    SIZE = "size"
    """By their rows: an epoch goes through each of them once."""
    SQRT = "sqrt"
    """By the square roots of their rows: between the two others."""
    EVEN = "even"
    """The same number for each."""


class GradientSettings(TrainingSettings):
    """Settings of the one trainer."""

    epochs: int = setting(3, ge=1, le=1000, en="Times all of train is gone through.", ko="학습 데이터를 도는 횟수.")
    batch_size: int = setting(
        32,
        ge=1,
        unit="texts",
        en="Texts whose gradients are computed at once.",
        ko="한 번에 기울기를 계산하는 텍스트 수.",
    )
    accumulation: int = setting(
        1,
        ge=1,
        unit="batches",
        en="Batches whose gradients are summed before one update of the weights.",
        ko="가중치를 한 번 고치기 전에 기울기를 모으는 배치 수.",
    )
    learning_rate: float = setting(5e-5, gt=0, en="Peak learning rate of AdamW.", ko="AdamW의 최대 학습률.")
    schedule: Schedule = setting(
        Schedule.LINEAR, en="How the learning rate falls after the warm-up.", ko="예열 뒤 학습률이 줄어드는 방식."
    )
    warmup: float = setting(
        0.1,
        ge=0,
        lt=1,
        en="Share of all updates during which the learning rate rises.",
        ko="학습률이 오르는 동안의 비율.",
    )
    weight_decay: float = setting(
        0.01,
        ge=0,
        en="Weight decay of AdamW; biases and the weights of norms are left out of it.",
        ko="AdamW의 가중치 감쇠. 편향과 정규화 층의 가중치에는 쓰지 않습니다.",
    )
    clip: float = setting(
        1.0, ge=0, en="Largest norm of a gradient; 0: none.", ko="기울기 노름의 상한. 0이면 두지 않습니다."
    )
    label_smoothing: float = setting(
        0.0, ge=0, lt=1, en="Share of the target spread over all labels.", ko="정답 확률을 모든 레이블에 나누는 비율."
    )
    focal: float = setting(
        0.0,
        ge=0,
        en="Gamma of the focal loss (Lin et al. 2017), which looks away from what is easy; 0: plain cross-entropy.",
        ko="쉬운 예의 비중을 줄이는 focal loss의 감마(Lin et al. 2017). 0이면 보통의 교차 엔트로피입니다.",
    )
    asymmetric: tuple[Annotated[float, Field(ge=0, allow_inf_nan=False)], ...] = setting(
        (),
        max_length=2,
        en="Several labels a text: gammas of the asymmetric loss (Ridnik et al. 2021), of labels that a text lacks "
        "and, after a comma, of those it has (else 0); 4 or 4,1 are usual. None by default.",
        ko="레이블이 여럿인 과제에 쓰는 비대칭 손실(Ridnik et al. 2021)의 감마. 앞은 텍스트에 없는 레이블, 쉼표 뒤는 "
        "있는 레이블의 값(없으면 0)이며 4나 4,1을 흔히 씁니다. 기본은 쓰지 않음.",
    )
    asymmetric_shift: float = setting(
        0.05,
        ge=0,
        lt=1,
        en="With --asymmetric: labels that a text lacks count nothing up to this probability.",
        ko="--asymmetric을 쓸 때, 텍스트에 없는 레이블은 확률이 이 값 이하이면 손실에 넣지 않습니다.",
    )
    ordinal: float = setting(
        0.0,
        ge=0,
        le=100,
        en="Labels on a scale (--stars ordinal): near labels share in the target, by exp(-this · distance) (Díaz & "
        "Marathe 2019). The larger, the closer to one label alone; 1 is a good start; 0: none.",
        ko="순서가 있는 레이블(--stars ordinal)에서 가까운 레이블에도 정답 확률을 exp(-이 값 · 거리)에 비례해 나눕니다"
        "(Díaz & Marathe 2019). 클수록 정답 하나에 가깝습니다. 1로 시작해 보세요. 0이면 나누지 않습니다.",
    )
    layer_decay: float = setting(
        1.0,
        gt=0,
        le=1,
        en="Learning rate of each layer against the one above it; 1: all the same.",
        ko="한 층 위 대비 각 층의 학습률 비율. 1이면 모두 같습니다.",
    )
    freeze: int = setting(
        0,
        ge=-1,
        unit="layers",
        en="Layers that do not learn, from below, embeddings with them; 0: none, -1: all but the head.",
        ko="아래에서부터 학습하지 않는 층 수(임베딩 포함). 0이면 없음, -1이면 마지막 분류층만 학습합니다.",
    )
    lora: int = setting(
        0,
        ge=0,
        le=1024,
        en="Rank of LoRA (Hu et al. 2021), which learns small matrices beside frozen ones; 0: none.",
        ko="원래 가중치를 두고 작은 행렬만 배우는 LoRA의 랭크(Hu et al. 2021). 0이면 쓰지 않습니다.",
    )
    precision: Precision = setting(Precision.FP32, en="Numbers to compute with.", ko="계산에 쓰는 수의 정밀도.")
    gradient_checkpointing: bool = setting(
        False,
        en="Compute activations twice to need less memory.",
        ko="메모리를 덜 쓰도록 활성값을 두 번 계산합니다.",
    )
    patience: int = setting(
        2,
        ge=0,
        unit="epochs",
        en="Stop after so many epochs without a better one; 0: never. The best epoch's weights are kept either way.",
        ko="더 나아지지 않는 에폭이 이만큼 이어지면 멈춥니다(0: 끝까지). 남기는 것은 언제나 가장 좋은 에폭입니다.",
    )
    best: Watched = setting(
        Watched.MACRO_F1,
        en="What the best epoch is chosen by, on validation.",
        ko="검증 데이터에서 가장 좋은 에폭을 고르는 기준.",
    )
    max_length: int = setting(
        128,
        ge=4,
        le=8192,
        unit="tokens",
        en="Longest text a model sees, special tokens included.",
        ko="모델이 보는 가장 긴 텍스트(특수 토큰 포함).",
    )
    long_texts: LongTexts = setting(
        LongTexts.TRUNCATE, en="What becomes of longer texts.", ko="더 긴 텍스트를 다루는 방식."
    )
    mixing: Mixing = setting(
        Mixing.SIZE,
        en="How batches are shared out among several corpora (--data given more than once): by their rows, the square "
        "roots of these, or evenly.",
        ko="--data를 여러 번 줄 때 말뭉치마다 배치를 나누는 방식: 행 수대로, 그 제곱근대로, 똑같이.",
    )
    corpus_weights: tuple[Annotated[float, Field(gt=0, allow_inf_nan=False)], ...] = setting(
        (),
        en="What the loss of each corpus counts, in the order of --data; 1 for all by default.",
        ko="각 말뭉치의 손실에 곱하는 값(--data를 준 순서). 기본은 모두 1입니다.",
    )
    padding: Padding = setting(Padding.DYNAMIC, en="To which length batches are filled up.", ko="배치를 채우는 길이.")
    checkpoint_every: int = setting(
        0,
        ge=0,
        unit="updates",
        en="Updates between checkpoints within an epoch; 0: at the end of each epoch alone.",
        ko="에폭 도중에 체크포인트를 남기는 간격. 0이면 에폭이 끝날 때만 남깁니다.",
    )
