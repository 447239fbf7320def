"""KorSTS: how alike two sentences are, 0 to 5, translated from the STS benchmark."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.catalog.kornli import KORNLU_CITATION, KORNLU_UPSTREAM
from maeum.data.catalog.reading import read_tsv
from maeum.data.stars import StarRule
from maeum.schema import Labels, Task

FILES: Final = {"train": "kornlu/sts-train.tsv", "validation": "kornlu/sts-dev.tsv"}
COLUMNS: Final = ("genre", "filename", "year", "id", "score", "sentence1", "sentence2")
# The steps of the scale, from the guideline of SemEval STS.
SCALE: Final = Labels(
    ("0", "1", "2", "3", "4", "5"),
    ordered=True,
    titles={
        "en": ("nothing shared", "same topic", "some details shared", "mostly the same", "nearly the same", "the same"),
        "ko": ("공통점 없음", "같은 주제", "일부 내용이 같음", "대체로 같음", "거의 같음", "같음"),
    },
)  # fmt: skip


def read_file(path: Path) -> Reading:
    """Read one file: tab-separated with header, quoting off; the label is `score`."""
    import polars as pl

    rows = read_tsv(path, COLUMNS, header=True).without(_fault)
    frame = pl.DataFrame(
        {
            "id": ["-".join(row[part] for part in ("genre", "filename", "year", "id")) for row in rows.cells],
            "text": rows.column("sentence1"),
            "text_b": rows.column("sentence2"),
            "label": [float(score) for score in rows.column("score")],
            "genre": rows.column("genre"),
        },
        schema={"id": pl.String, "text": pl.String, "text_b": pl.String, "label": pl.Float64, "genre": pl.String},
    )
    return Reading(frame, None, rows.problems)


def score_fault(value: Any) -> tuple[str, str] | None:
    """What is wrong with a score from 0 to 5; None when nothing is."""
    if value is None or value == "":
        return "missing_label", ""
    try:
        usable = not isinstance(value, bool) and 0 <= float(value) <= 5
    except (TypeError, ValueError):
        return "bad_number", str(value)
    return None if usable else ("unknown_label", str(value))


def _fault(row: dict[str, Any]) -> tuple[str, str] | None:
    return score_fault(row["score"])


def read(files: Mapping[str, Path], split: str, _stars: StarRule | None) -> Reading:
    """Read one split."""
    return read_file(files[FILES[split]])


CORPUS = Corpus(
    name="korsts",
    titles={
        "en": "How alike two sentences are, 0-5, translated from the STS benchmark",
        "ko": "두 문장의 의미 유사도 0~5(STS benchmark 번역)",
    },
    homepage="https://github.com/kakaobrain/kor-nlu-datasets",
    licence="CC-BY-SA-4.0",
    citation=KORNLU_CITATION,
    task=Task.SIMILARITY,
    labels=SCALE,
    rows={"train": 5_749, "validation": 1_500},
    files=(
        CorpusFile(
            FILES["train"],
            sha256="b5aaa7f957d6ff46f4b6834a8b0f024a9234a6eefe9289aed66746b4533da3b8",
            size=1_046_952,
            url=KORNLU_UPSTREAM + "KorSTS/sts-train.tsv",
        ),
        CorpusFile(
            FILES["validation"],
            sha256="d835b65b424401fbcce6be28a78159df8d61f5b19977ea7a0b83b8cb6105f393",
            size=307_276,
            url=KORNLU_UPSTREAM + "KorSTS/sts-dev.tsv",
        ),
    ),
    needs={split: (path,) for split, path in FILES.items()},
    read=read,
    read_file=read_file,
)
