"""GoEmotions, machine-translated to Korean: Reddit comments with 27 emotions and neutral."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.catalog.reading import read_tsv, several_labels
from maeum.data.stars import StarRule
from maeum.schema import Labels, Task

FILES: Final = {
    "train": "goemotions-ko/train.tsv",
    "validation": "goemotions-ko/dev.tsv",
    "test": "goemotions-ko/test.tsv",
}
_NAMES: Final = (
    ("admiration", "감탄"), ("amusement", "재미"), ("anger", "분노"), ("annoyance", "짜증"), ("approval", "찬성"),
    ("caring", "배려"), ("confusion", "혼란"), ("curiosity", "호기심"), ("desire", "바람"),
    ("disappointment", "실망"), ("disapproval", "반대"), ("disgust", "역겨움"), ("embarrassment", "부끄러움"),
    ("excitement", "신남"), ("fear", "두려움"), ("gratitude", "고마움"), ("grief", "비통"), ("joy", "기쁨"),
    ("love", "사랑"), ("nervousness", "초조"), ("optimism", "낙관"), ("pride", "자부심"), ("realization", "깨달음"),
    ("relief", "안도"), ("remorse", "후회"), ("sadness", "슬픔"), ("surprise", "놀람"), ("neutral", "중립"),
)  # fmt: skip
LABELS: Final = Labels(
    tuple(en for en, _ in _NAMES),
    titles={"ko": tuple(ko for _, ko in _NAMES), "en": tuple(en for en, _ in _NAMES)},
)
_UPSTREAM: Final = "https://raw.githubusercontent.com/monologg/GoEmotions-Korean/master/data/"


def read_file(path: Path) -> Reading:
    """Read one file: text and indices of the emotions, tab-separated, no header, quoting off; ids are row numbers."""
    import polars as pl

    rows = read_tsv(path, ("text", "labels"), header=False)
    rows, label = several_labels(rows, "labels", LABELS)
    frame = pl.DataFrame(
        {"id": list(map(str, rows.numbers)), "text": rows.column("text"), "label": label},
        schema_overrides={"id": pl.String, "text": pl.String},
    )
    return Reading(frame, LABELS, rows.problems)


def read(files: Mapping[str, Path], split: str, _stars: StarRule | None) -> Reading:
    """Read one split."""
    return read_file(files[FILES[split]])


CORPUS = Corpus(
    name="goemotions-ko",
    titles={
        "en": "Reddit comments with 27 emotions and neutral, machine-translated to Korean",
        "ko": "기계 번역한 레딧 댓글의 감정 27가지와 중립(한 텍스트에 여러 감정)",
    },
    homepage="https://github.com/monologg/GoEmotions-Korean",
    licence="Apache-2.0",
    citation="Dorottya Demszky et al., GoEmotions: A Dataset of Fine-Grained Emotions, ACL 2020; Korean translation by "
    "Jangwon Park, https://github.com/monologg/GoEmotions-Korean",
    task=Task.MULTI_LABEL,
    labels=LABELS,
    rows={"train": 43_410, "validation": 5_426, "test": 5_427},
    files=(
        CorpusFile(
            FILES["train"],
            sha256="1e2ae5688f0c24ce14319f660fde0bb66aaf566bbc80b9503642c4304b89ad68",
            size=3_984_108,
            url=_UPSTREAM + "train.tsv",
        ),
        CorpusFile(
            FILES["validation"],
            sha256="baa90064989b56d283618d855194b53bbdad7aab3a8a79488d054d28ad21649b",
            size=494_560,
            url=_UPSTREAM + "dev.tsv",
        ),
        CorpusFile(
            FILES["test"],
            sha256="6ea2446467a22336389e80db7525ae6857c9128c61419c56f73a7bae2ecf455d",
            size=494_016,
            url=_UPSTREAM + "test.tsv",
        ),
    ),
    needs={split: (path,) for split, path in FILES.items()},
    read=read,
    read_file=read_file,
)
