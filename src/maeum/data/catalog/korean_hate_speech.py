"""Korean comments on entertainment news: how hateful, and against whom biased."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.catalog.reading import read_tsv
from maeum.data.stars import StarRule
from maeum.schema import Labels, Task

PATH: Final = "hate-speech/train.tsv"
COLUMNS: Final = ("comments", "contain_gender_bias", "bias", "hate")
LABELS: Final = Labels(
    ("none", "offensive", "hate"),
    ordered=True,
    titles={"ko": ("없음", "공격적", "혐오"), "en": ("none", "offensive", "hate")},
)


def read_file(path: Path) -> Reading:
    """Read one file: tab-separated with header, quoting off; the label is `hate`, ids are row numbers."""
    import polars as pl

    rows = read_tsv(path, COLUMNS, header=True).with_known("hate", LABELS.index_of)
    frame = pl.DataFrame(
        {
            "id": list(map(str, rows.numbers)),
            "text": rows.column("comments"),
            "label": rows.column("hate"),
            "bias": rows.column("bias"),
            "contain_gender_bias": [value == "True" for value in rows.column("contain_gender_bias")],
        },
        schema_overrides=dict.fromkeys(("id", "text", "label", "bias"), pl.String),
    )
    return Reading(frame, LABELS, rows.problems)


def read(files: Mapping[str, Path], _split: str, _stars: StarRule | None) -> Reading:
    """Read the train split."""
    return read_file(files[PATH])


CORPUS = Corpus(
    name="korean-hate-speech",
    titles={
        "en": "Comments on entertainment news: none / offensive / hate; bias and gender bias as metadata",
        "ko": "연예 뉴스 댓글의 혐오 표현(없음, 공격적, 혐오). 편견과 성별 편견은 메타데이터",
    },
    homepage="https://github.com/kocohub/korean-hate-speech",
    licence="CC-BY-SA-4.0",
    citation="Jihyung Moon, Won Ik Cho, Junbum Lee, BEEP! Korean Corpus of Online News Comments for Toxic Speech "
    "Detection, SocialNLP 2020",
    task=Task.SINGLE_LABEL,
    labels=LABELS,
    rows={"train": 7_896},
    files=(
        CorpusFile(
            PATH,
            sha256="ebebacdcd023af2c4acc8c0a37695fb6433ac04fc009feff8f222724e303a5a9",
            size=913_546,
            url="https://raw.githubusercontent.com/kocohub/korean-hate-speech/master/labeled/train.tsv",
        ),
    ),
    needs={"train": (PATH,)},
    read=read,
    carved={"validation": "train"},
    read_file=read_file,
)
