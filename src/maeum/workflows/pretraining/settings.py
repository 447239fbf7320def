"""Settings of `maeum pretrain`: what is read, which tokenizer, which encoder, how long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields as fields_of
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from pydantic import field_validator
from pydantic.fields import FieldInfo

from maeum.data.files.settings import FileSettings
from maeum.errors import RecipeError, UsageError
from maeum.models.encoder.settings import SAFE_STEPS
from maeum.settings import setting
from maeum.text import Pipeline
from maeum.text.tokenizer_training import TokenizerSettings
from maeum.training.pretraining_config import PretrainConfig

_time = re.compile(r"(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m(?:in)?)?(?:(\d+(?:\.\d+)?)s)?").fullmatch
MOST_STEPS: Final = 10_000_000  # for trainings that end by the clock alone
CONTINUED_RATE: Final = 5e-5  # weights that know a language already would forget at the rate of new ones
# What the training core declares; here stand the units, limits and words.
_CORE: Final[dict[str, Any]] = {one.name: one.default for one in fields_of(PretrainConfig)}
STEPS: Final[int] = _CORE["steps"]


class CorpusSettings(FileSettings):
    """Texts, and which of them stay out."""

    corpora: tuple[str, ...] = setting(
        (), en="Corpora: names, name:split, or files.", ko="말뭉치: 이름, 이름:분할, 파일."
    )
    exclude: tuple[str, ...] | None = setting(
        None,
        en="Corpora or files whose texts stay out, such as nsmc:validation or your own test file. The NSMC test set "
        "always stays out.",
        ko="텍스트를 빼낼 말뭉치나 파일. 예: nsmc:validation, 내 테스트 파일. NSMC 테스트 데이터는 항상 뺍니다.",
    )
    text_column: str | None = setting(
        None,
        en="Column with the text; found by its name when not given.",
        ko="텍스트가 든 열. 없으면 열 이름으로 찾습니다.",
    )
    text_b_column: str | None = setting(
        None, en="Column with further texts, as of pairs.", ko="문장 쌍처럼 텍스트가 더 든 열."
    )
    text_steps: tuple[str, ...] = setting(
        SAFE_STEPS, en="Text steps applied first, in order.", ko="먼저 적용할 텍스트 단계(순서대로)."
    )
    held_out: float = setting(
        0.01,
        gt=0,
        le=0.5,
        en="Share of the texts that is judged and never learnt, at most 5,000.",
        ko="학습하지 않고 평가에만 쓸 텍스트의 비율(최대 5,000개).",
    )

    @field_validator("text_steps")
    @classmethod
    def _known_steps(cls, steps: tuple[str, ...]) -> tuple[str, ...]:
        Pipeline(steps)  # refuses unknown names with the nearest known one
        return steps


class ShapeSettings(TokenizerSettings):
    """Tokenizer and encoder."""

    tokenizer: str | None = setting(
        None,
        en="Folder with a tokenizer to use in place of learning one.",
        ko="새로 배우지 않고 쓸 토크나이저 폴더.",
    )
    start: str | None = setting(
        None,
        en="Encoder to go on from: a folder, a name in MAEUM_MODELS, or a Hub id such as klue/roberta-base.",
        ko="이어서 학습할 인코더: 폴더, MAEUM_MODELS 안의 이름, 또는 klue/roberta-base 같은 Hub 이름.",
    )
    objective: Literal["electra", "mlm"] | None = setting(
        None,
        en="What is learnt: electra (tell replaced tokens from true ones) or mlm (guess hidden words). When not given: "
        "electra; with --from mlm, unless the folder has both networks of an ELECTRA.",
        ko="학습 목표: electra(바뀐 토큰 찾기) 또는 mlm(가린 단어 맞히기). 지정하지 않으면 electra, --from이 있으면 mlm"
        "(ELECTRA의 두 신경망이 다 든 폴더면 electra).",
    )
    neighbours: bool = setting(
        True,
        en="Begin with embeddings counted from which tokens stand near which, not with random ones.",
        ko="임베딩을 무작위가 아니라, 가까이 나오는 토큰을 센 값에서 시작합니다.",
    )
    layers: int = setting(_CORE["layers"], ge=1, le=96, en="Layers of the encoder.", ko="인코더의 층 수.")
    width: int = setting(_CORE["width"], ge=4, le=8192, en="Width of its layers.", ko="층의 폭.")
    heads: int = setting(_CORE["heads"], ge=1, le=128, en="Heads of its attention.", ko="어텐션 헤드 수.")
    inner: int = setting(
        _CORE["inner"], ge=4, le=65536, en="Width inside the feed-forward layers.", ko="피드포워드 층 안쪽의 폭."
    )
    embedding: int = setting(_CORE["embedding"], ge=4, le=8192, en="Width of the embeddings.", ko="임베딩의 폭.")
    positions: int = setting(
        _CORE["positions"],
        ge=8,
        le=8192,
        unit="tokens",
        en="Longest text the encoder takes.",
        ko="인코더가 받는 가장 긴 텍스트.",
    )
    dropout: float = setting(
        _CORE["dropout"],
        ge=0,
        lt=1,
        en="Dropout in layers and attention while pretraining; 0 is best where a text is seen once or twice.",
        ko="사전학습 중 층과 어텐션의 드롭아웃. 텍스트를 한두 번만 볼 때는 0이 가장 좋습니다.",
    )
    generator: float = setting(
        _CORE["generator"],
        gt=0,
        le=1,
        en="Width of ELECTRA's generator against the encoder's.",
        ko="인코더 대비 ELECTRA 생성기의 폭.",
    )
    rtd_weight: float = setting(
        _CORE["rtd_weight"],
        gt=0,
        en="Weight of ELECTRA's encoder loss beside the generator's.",
        ko="생성기 손실 대비 인코더 손실의 가중치.",
    )
    share: float = setting(
        _CORE["share"],
        gt=0,
        lt=1,
        en="Share of the tokens that is hidden, whole words at a time.",
        ko="가릴 토큰의 비율(단어째).",
    )


class PretrainSettings(ShapeSettings, CorpusSettings):
    """All settings of a pretraining; those that None stands for are found when it begins."""

    block: int = setting(
        128,
        ge=8,
        le=8192,
        unit="tokens",
        en="Length of the blocks that texts are packed into; longer texts are cut into pieces.",
        ko="텍스트를 채워 넣는 블록의 길이. 더 긴 텍스트는 나눕니다.",
    )
    steps: int | None = setting(
        None, ge=1, le=MOST_STEPS, unit="updates", en=f"How long: updates; {STEPS:,} when nothing is said.",
        ko=f"학습 길이: 갱신 횟수. 아무 말이 없으면 {STEPS:,}.",
    )  # fmt: skip
    epochs: float | None = setting(
        None, gt=0, en="How long: times all texts are gone through.", ko="학습 길이: 전체 텍스트를 도는 횟수."
    )
    time: str | None = setting(
        None,
        en="How long at most, as 45m or 1h30m; the learning rate is down by then. Alone, or beside --steps, --epochs.",
        ko="최대 시간. 예: 45m, 1h30m. 그때까지 학습률이 다 내려갑니다. 혼자 쓰거나 --steps, --epochs와 함께 씁니다.",
    )
    batch: int = setting(
        _CORE["batch"], ge=1, en="Blocks of one forward pass, on each GPU.", ko="한 번에 계산하는 블록 수(GPU마다)."
    )
    accumulation: int = setting(
        _CORE["accumulation"],
        ge=1,
        unit="batches",
        en="Batches of one update.",
        ko="가중치를 한 번 고치는 데 모으는 배치 수.",
    )
    learning_rate: float | None = setting(
        None,
        gt=0,
        en=f"Peak learning rate of AdamW; {_CORE['learning_rate']:g} when not given, with --from {CONTINUED_RATE:g}.",
        ko=f"AdamW의 최대 학습률. 지정하지 않으면 {_CORE['learning_rate']:g}, --from이 있으면 {CONTINUED_RATE:g}.",
    )
    warmup: float = setting(
        _CORE["warmup"], ge=0, lt=1, en="Share of the training with a rising rate.", ko="학습률이 오르는 비율."
    )
    weight_decay: float = setting(_CORE["weight_decay"], ge=0, en="Weight decay of AdamW.", ko="AdamW의 가중치 감쇠.")
    clip: float = setting(_CORE["clip"], gt=0, en="Largest norm of a gradient.", ko="기울기 노름의 상한.")
    precision: Literal["auto", "fp32", "bf16"] = setting(
        _CORE["precision"],
        en="Numbers to compute with; auto: bf16 where the device itself computes with it.",
        ko="계산에 쓰는 수. auto는 장치가 직접 지원할 때 bf16을 씁니다.",
    )
    compile: bool = setting(_CORE["compile"], en="Compile the networks, on a GPU.", ko="GPU에서 신경망을 컴파일합니다.")
    evaluate_every: int | None = setting(
        None, ge=1, unit="updates", en="Updates between lines of the table.", ko="표에 한 줄이 느는 간격."
    )
    checkpoint_every: int | None = setting(
        None,
        ge=1,
        unit="updates",
        en="Updates between checkpoints; as often as lines when not given.",
        ko="체크포인트 간격. 지정하지 않으면 표의 줄과 같습니다.",
    )
    seed: int = setting(_CORE["seed"], ge=0, en="Reaches everything random.", ko="무작위로 정하는 모든 것의 시드.")

    @field_validator("time")
    @classmethod
    def _a_time(cls, value: str | None) -> str | None:
        if value is not None:
            seconds_of(value)
        return value

    @property
    def max_seconds(self) -> float | None:
        """The time limit."""
        return None if self.time is None else seconds_of(self.time)

    def check(self) -> None:
        """Refuse settings that do not go together.

        Raises:
            UsageError: There are some.
        """
        if self.steps is not None and self.epochs is not None:
            raise UsageError("pretrain.steps_and_epochs")
        if self.width % self.heads:
            raise RecipeError("pretrain.heads", width=self.width, heads=self.heads)
        if self.start is None and self.block > self.positions:
            raise RecipeError("pretrain.block_too_long", block=self.block, limit=self.positions)

    def save(self, path: Path, found: Mapping[str, Any] | None = None) -> None:
        """Write all settings as YAML; `found` stands in for those that were left open."""
        plain = {**self.model_dump(mode="json"), **(found or {})}
        text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, default_flow_style=False)
        path.write_text(text, encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, path: Path) -> PretrainSettings:
        """Read what `save` wrote.

        Raises:
            RecipeError: It is no such file.
        """
        try:
            return cls.build(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, yaml.YAMLError) as error:
            if isinstance(error, RecipeError):
                raise
            reason = " ".join(str(error).split())[:120]
            raise RecipeError("pretrain.settings_unreadable", path=path, reason=reason) from error


def seconds_of(text: str) -> float:
    """Seconds of a length of time: `45m`, `1h30m`, `90s`, `1.5h`.

    Raises:
        RecipeError: It is none.
    """
    found = _time(text.strip().lower())
    hours, minutes, seconds = (float(part or 0) for part in (found.groups() if found else ("0", "0", "0")))
    total = hours * 3600 + minutes * 60 + seconds
    if total <= 0:
        raise RecipeError("pretrain.time_unreadable", found=text)
    return total


_SHAPE: Final = frozenset(ShapeSettings.model_fields) - frozenset(TokenizerSettings.model_fields) - {"tokenizer"}
_TOKENIZER: Final = frozenset({*TokenizerSettings.model_fields, "tokenizer"})


def fields() -> Iterator[tuple[str, str, FieldInfo]]:
    """Every setting with the panel of the help page it stands in, the panels in their order."""

    def panel(name: str) -> str:
        if name in FileSettings.model_fields:
            return "file"
        if name in CorpusSettings.model_fields:
            return "data"
        return "shape" if name in _SHAPE else "tokenizer" if name in _TOKENIZER else "pretraining"

    order = ("data", "tokenizer", "shape", "pretraining", "file")
    found = [(panel(name), name, field) for name, field in PretrainSettings.model_fields.items()]
    yield from sorted(found, key=lambda one: order.index(one[0]))
