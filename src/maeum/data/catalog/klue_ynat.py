"""KLUE-YNAT: topics of news headlines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.catalog.klue_nli import KLUE_CITATION, KLUE_UPSTREAM
from maeum.data.catalog.reading import read_json
from maeum.data.stars import StarRule
from maeum.schema import Labels, Task

FILES: Final = {"train": "klue/ynat-v1.1_train.json", "validation": "klue/ynat-v1.1_dev.json"}
LABELS: Final = Labels(
    ("IT과학", "경제", "사회", "생활문화", "세계", "스포츠", "정치"),
    titles={
        "ko": ("IT·과학", "경제", "사회", "생활·문화", "세계", "스포츠", "정치"),
        "en": ("IT and science", "economy", "society", "life and culture", "world", "sports", "politics"),
    },
)


def read_file(path: Path) -> Reading:
    """Read one file: a JSON list; the text is `title`."""
    import polars as pl

    rows = read_json(path, ("guid", "title", "label")).with_texts("title").with_known("label", LABELS.index_of)
    columns = {"id": "guid", "text": "title", "label": "label", "date": "date"}
    frame = pl.DataFrame(
        {column: [row.get(key) for row in rows.cells] for column, key in columns.items()},
        schema=dict.fromkeys(columns, pl.String),
        strict=False,
    )
    return Reading(frame, LABELS, rows.problems)


def read(files: Mapping[str, Path], split: str, _stars: StarRule | None) -> Reading:
    """Read one split."""
    return read_file(files[FILES[split]])


CORPUS = Corpus(
    name="klue-ynat",
    titles={"en": "News headlines, seven topics", "ko": "뉴스 제목의 주제 일곱 가지"},
    homepage="https://github.com/KLUE-benchmark/KLUE",
    licence="CC-BY-SA-4.0",
    citation=KLUE_CITATION,
    task=Task.SINGLE_LABEL,
    labels=LABELS,
    rows={"train": 45_678, "validation": 9_107},
    files=tuple(
        CorpusFile(path, sha256="", size=0, url=f"{KLUE_UPSTREAM}ynat-v1.1/{path.rpartition('/')[2]}")
        for path in FILES.values()
    ),
    needs={split: (path,) for split, path in FILES.items()},
    read=read,
    read_file=read_file,
)
