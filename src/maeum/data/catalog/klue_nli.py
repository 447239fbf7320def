"""KLUE-NLI: does the hypothesis follow from the premise?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.catalog.reading import divided, read_json
from maeum.data.stars import StarRule
from maeum.schema import Labels, Task

PATH: Final = "klue/klue-nli-v1.1_dev.json"
LABELS: Final = Labels(
    ("entailment", "neutral", "contradiction"),
    titles={"ko": ("함의", "중립", "모순"), "en": ("entailment", "neutral", "contradiction")},
)
KLUE_CITATION: Final = (
    "Sungjoon Park et al., KLUE: Korean Language Understanding Evaluation, NeurIPS 2021 Datasets and Benchmarks"
)
KLUE_UPSTREAM: Final = "https://raw.githubusercontent.com/KLUE-benchmark/KLUE/main/klue_benchmark/"


def read_file(path: Path) -> Reading:
    """Read one file: a JSON list; the label is `gold_label`."""
    import polars as pl

    rows = read_json(path, ("guid", "premise", "hypothesis", "gold_label"))
    rows = rows.with_texts("premise", "hypothesis").with_known("gold_label", LABELS.index_of)
    frame = pl.DataFrame(
        {
            "id": list(map(str, rows.column("guid"))),
            "text": rows.column("premise"),
            "text_b": rows.column("hypothesis"),
            "label": rows.column("gold_label"),
            "source": [row.get("source") for row in rows.cells],
        },
        schema=dict.fromkeys(("id", "text", "text_b", "label", "source"), pl.String),
        strict=False,
    )
    return Reading(frame, LABELS, rows.problems)


def read(files: Mapping[str, Path], split: str, _stars: StarRule | None) -> Reading:
    """Read `train` or `test`, both parts of the upstream dev file."""
    return divided(read_file(files[PATH]), Task.PAIR, "klue-nli", split, "dev")


CORPUS = Corpus(
    name="klue-nli",
    titles={
        "en": "Inference between two sentences: entailment / neutral / contradiction",
        "ko": "두 문장의 추론 관계: 함의, 중립, 모순",
    },
    homepage="https://github.com/KLUE-benchmark/KLUE",
    licence="CC-BY-SA-4.0",
    citation=KLUE_CITATION,
    task=Task.PAIR,
    labels=LABELS,
    rows={"train": 2_400, "test": 600},
    files=(
        CorpusFile(
            PATH,
            sha256="0699db82be17766b26e199864e6260443e17ec6e91d1870e876419e388f245b1",
            size=1_498_298,
            url=KLUE_UPSTREAM + "klue-nli-v1.1/klue-nli-v1.1_dev.json",
            stands_in_for="klue-nli-v1.1_train.json",
        ),
    ),
    needs={"train": (PATH,), "test": (PATH,)},
    read=read,
    carved={"validation": "train"},
    read_file=read_file,
)
