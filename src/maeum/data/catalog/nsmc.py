"""Naver Sentiment Movie Corpus v1.0: 200,000 short film reviews, half of them negative."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.stars import NEGATIVE_POSITIVE, StarRule
from maeum.errors import DataError
from maeum.schema import Task

FILES = {"train": "nsmc/ratings_train.txt", "test": "nsmc/ratings_test.txt"}
HEADER = b"id\tdocument\tlabel"
_UPSTREAM = "https://raw.githubusercontent.com/e9t/nsmc/master/"


def read(files: Mapping[str, Path], split: str, _stars: StarRule | None) -> Reading:
    """Read one file: tab-separated, quoting off (texts begin with lone quotes); 8 texts are empty and stay."""
    import polars as pl

    path = files[FILES[split]]
    content = path.read_bytes()
    if not content.startswith(HEADER):
        raise DataError(
            "data.not_upstream", path=path, expected=HEADER.decode(), found=content[:60].decode("utf-8", "replace")
        )
    raw = pl.read_csv(
        content, separator="\t", quote_char=None, schema=dict.fromkeys(("id", "document", "label"), pl.String)
    )
    names = dict(enumerate(NEGATIVE_POSITIVE))
    frame = raw.select(
        "id",
        pl.col("document").fill_null("").alias("text"),
        pl.col("label").replace_strict({str(index): name for index, name in names.items()}),
    )
    return Reading(frame, NEGATIVE_POSITIVE)


CORPUS = Corpus(
    name="nsmc",
    titles={
        "en": "Naver film reviews, negative / positive (stars 1-4 / 9-10), balanced",
        "ko": "네이버 영화 리뷰 감성(별점 1~4 부정, 9~10 긍정), 균형",
    },
    homepage="https://github.com/e9t/nsmc",
    licence="CC0-1.0",
    citation="Lucy Park, Naver sentiment movie corpus v1.0, 2015, https://github.com/e9t/nsmc",
    task=Task.SINGLE_LABEL,
    labels=NEGATIVE_POSITIVE,
    rows={"train": 150_000, "test": 50_000},
    files=(
        CorpusFile(
            FILES["train"],
            sha256="e03b7d14e9e41be8d464a28057cd25d7396c53e67aa7fd5f7e552c59b0ee2940",
            size=14_628_807,
            url=_UPSTREAM + "ratings_train.txt",
        ),
        CorpusFile(
            FILES["test"],
            sha256="8ac9f64052f11dbf6ae0acb5e038f03d90a76f0eda7820cfb3a92d02edfcebda",
            size=4_893_335,
            url=_UPSTREAM + "ratings_test.txt",
        ),
    ),
    needs={split: (path,) for split, path in FILES.items()},
    read=read,
    read_file=lambda path: read({FILES["train"]: path}, "train", None),
    carved={"validation": "train"},
)
