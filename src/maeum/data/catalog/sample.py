"""The packaged sample: 672 reviews written for this project. For the demo, docs and tests; no benchmark."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.stars import SCALES, StarRule, star_labels, stars_to_labels
from maeum.schema import Labels, Task

PATH: Final = "sample/reviews.jsonl"
SENTIMENTS: Final = Labels(
    ("negative", "neutral", "positive", "objective"),
    titles={
        "ko": ("부정", "중립", "긍정", "객관"),
        "en": ("negative", "neutral", "positive", "objective"),
    },
)
METADATA: Final = ("stars", "emotions", "title", "genre", "source", "date")


def read(files: Mapping[str, Path], split: str, stars: StarRule | None) -> Reading:
    """Read one split; labels are the sentiments, or the stars by a rule."""
    import polars as pl

    frame = pl.read_ndjson(files[PATH]).filter(pl.col("split") == split)
    frame = frame.with_columns(pl.col("date").str.to_date())
    label, labels = frame["sentiment"], SENTIMENTS
    if stars is not None:
        label, labels = stars_to_labels(frame["stars"], stars, SCALES[10]), star_labels(stars, SCALES[10])
    notes: list[tuple[str, Mapping[str, Any]]] = [("data.note_sample", {})]
    if stars is not None and label.null_count():
        notes.append(("data.note_stars_left_out", {"count": label.null_count(), "rule": stars.value}))
    built = frame.select("id", "text", label.alias("label"), *METADATA).drop_nulls("label")
    return Reading(built, labels, notes=tuple(notes))


CORPUS = Corpus(
    name="sample",
    titles={
        "en": "Packaged sample: 672 invented reviews, four sentiments; for trying things out, not a benchmark",
        "ko": "꾸러미에 든 표본: 지어낸 리뷰 672개, 네 가지 감성. 시험해 보는 용도이며 벤치마크가 아님",
    },
    homepage="",
    licence="Apache-2.0",
    citation="The maeum authors, packaged sample, 2026",
    task=Task.SINGLE_LABEL,
    labels=SENTIMENTS,
    rows={"train": 504, "test": 168},
    files=(
        CorpusFile(
            PATH,
            sha256="6ee4bc860c40c371e37aa7435f11d58e5925303bb528ef710febd57c4f6f2b45",
            size=220_441,
            bundled=True,
        ),
    ),
    needs={"train": (PATH,), "test": (PATH,)},
    read=read,
    carved={"validation": "train"},
    takes_stars=True,
)
