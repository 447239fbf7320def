"""KorNLI: inference between two sentences, translated from MultiNLI, SNLI and XNLI."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.catalog.klue_nli import LABELS
from maeum.data.catalog.reading import divided, read_tsv
from maeum.data.stars import StarRule
from maeum.schema import Task

PATH: Final = "kornlu/xnli.dev.ko.tsv"
COLUMNS: Final = ("sentence1", "sentence2", "gold_label")
KORNLU_CITATION: Final = (
    "Jiyeon Ham, Yo Joong Choe, Kyubyong Park, Ilji Choi, Hyungjoon Soh, KorNLI and KorSTS: New Benchmark Datasets for "
    "Korean Natural Language Understanding, Findings of EMNLP 2020"
)
KORNLU_UPSTREAM: Final = "https://raw.githubusercontent.com/kakaobrain/kor-nlu-datasets/master/"


def read_file(path: Path) -> Reading:
    """Read one file: tab-separated with header, quoting off; ids are row numbers."""
    import polars as pl

    rows = read_tsv(path, COLUMNS, header=True).with_known("gold_label", LABELS.index_of)
    frame = pl.DataFrame(
        {
            "id": list(map(str, rows.numbers)),
            "text": rows.column("sentence1"),
            "text_b": rows.column("sentence2"),
            "label": rows.column("gold_label"),
        },
        schema=dict.fromkeys(("id", "text", "text_b", "label"), pl.String),
    )
    return Reading(frame, LABELS, rows.problems)


def read(files: Mapping[str, Path], split: str, _stars: StarRule | None) -> Reading:
    """Read `train` or `test`, both parts of the upstream dev file."""
    return divided(read_file(files[PATH]), Task.PAIR, "kornli", split, "dev")


CORPUS = Corpus(
    name="kornli",
    titles={
        "en": "Inference between two sentences, translated (XNLI dev): entailment / neutral / contradiction",
        "ko": "번역된 두 문장의 추론 관계(XNLI dev): 함의, 중립, 모순",
    },
    homepage="https://github.com/kakaobrain/kor-nlu-datasets",
    licence="CC-BY-SA-4.0",
    citation=KORNLU_CITATION,
    task=Task.PAIR,
    labels=LABELS,
    rows={"train": 1_992, "test": 498},
    files=(
        CorpusFile(
            PATH,
            sha256="821fb1c1c2e538ac2724a6132da36ffa379eb9a542ceb89243b3cf711377382c",
            size=511_383,
            url=KORNLU_UPSTREAM + "KorNLI/xnli.dev.ko.tsv",
            stands_in_for="multinli.train.ko.tsv, snli_1.0_train.ko.tsv, xnli.test.ko.tsv",
        ),
    ),
    needs={"train": (PATH,), "test": (PATH,)},
    read=read,
    carved={"validation": "train"},
    read_file=read_file,
)
