"""KLUE-STS: how alike two sentences are, 0 to 5."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.catalog.klue_nli import KLUE_CITATION, KLUE_UPSTREAM
from maeum.data.catalog.korsts import SCALE, score_fault
from maeum.data.catalog.reading import divided, read_json
from maeum.data.stars import StarRule
from maeum.schema import Task

PATH: Final = "klue/klue-sts-v1.1_dev.json"


def read_file(path: Path) -> Reading:
    """Read one file: a JSON list; the label is the mean of the raters' scores, `binary` whether it is at least 3."""
    import polars as pl

    rows = read_json(path, ("guid", "sentence1", "sentence2", "labels"))
    rows = rows.with_texts("sentence1", "sentence2").without(_fault)
    labels: list[dict[str, Any]] = rows.column("labels")
    frame = pl.DataFrame(
        {
            "id": list(map(str, rows.column("guid"))),
            "text": rows.column("sentence1"),
            "text_b": rows.column("sentence2"),
            "label": [float(label["real-label"]) for label in labels],
            "binary": [label.get("binary-label") for label in labels],
            "source": [row.get("source") for row in rows.cells],
        },
        schema={
            "id": pl.String,
            "text": pl.String,
            "text_b": pl.String,
            "label": pl.Float64,
            "binary": pl.Int8,
            "source": pl.String,
        },
        strict=False,
    )
    return Reading(frame, None, rows.problems)


def _fault(row: dict[str, Any]) -> tuple[str, str] | None:
    return score_fault(row["labels"].get("real-label") if isinstance(row["labels"], dict) else None)


def read(files: Mapping[str, Path], split: str, _stars: StarRule | None) -> Reading:
    """Read `train` or `test`, both parts of the upstream dev file."""
    return divided(read_file(files[PATH]), Task.SIMILARITY, "klue-sts", split, "dev")


CORPUS = Corpus(
    name="klue-sts",
    titles={"en": "How alike two sentences are, 0-5", "ko": "두 문장의 의미 유사도 0~5"},
    homepage="https://github.com/KLUE-benchmark/KLUE",
    licence="CC-BY-SA-4.0",
    citation=KLUE_CITATION,
    task=Task.SIMILARITY,
    labels=SCALE,
    rows={"train": 415, "test": 104},
    files=(
        CorpusFile(
            PATH,
            sha256="b6a0ae0c370e21687f7eef0fdea872a328bb2ecbdb020c546cb870d28606bf80",
            size=454_638,
            url=KLUE_UPSTREAM + "klue-sts-v1.1/klue-sts-v1.1_dev.json",
            stands_in_for="klue-sts-v1.1_train.json",
        ),
    ),
    needs={"train": (PATH,), "test": (PATH,)},
    read=read,
    carved={"validation": "train"},
    read_file=read_file,
)
