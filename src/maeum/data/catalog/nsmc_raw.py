"""All rated reviews NSMC was drawn from, with film, stars and date.

The rows of the NSMC test set, by id and by identical text, are in no split but `test`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from maeum.data.catalog import nsmc
from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.fetch import locate
from maeum.data.settings import SplitSettings
from maeum.data.splits import carve, text_key
from maeum.data.stars import NEGATIVE_POSITIVE, SCALES, StarRule, star_labels, stars_to_labels
from maeum.errors import DataError
from maeum.messages import say
from maeum.progress import progress
from maeum.schema import Dataset, Labels, Task

if TYPE_CHECKING:
    import polars as pl

PATH: Final = "nsmc/raw.parquet"
COLUMNS: Final = ("review_id", "movie_id", "text", "rating", "date", "nsmc_split")

Note = tuple[str, Mapping[str, object]]


def read(files: Mapping[str, Path], split: str, stars: StarRule | None) -> Reading:
    """Read `train` (everything but test), `validation` (a part of train) or `test` (the NSMC test rows).

    `validation` under the rule 2 is `nsmc:validation` less the reviews whose text is in the test set; under the others,
    which need stars 5-8 that NSMC does not have, it is drawn from train in the same way.
    """
    import polars as pl

    path = files[PATH]
    raw = _gather(path) if path.is_dir() else pl.read_parquet(path, columns=list(COLUMNS))
    raw = raw.with_columns(pl.col("text").fill_null(""))
    rule = stars or StarRule.TWO
    notes: list[Note] = []
    if split == "test":
        rows = raw.filter(pl.col("nsmc_split") == "test")
    else:
        rows, notes = _without_test(raw)
    frame = rows.select(
        pl.col("review_id").cast(pl.String).alias("id"),
        "text",
        stars_to_labels(rows["rating"], rule, SCALES[10]).alias("label"),
        "rating",
        "movie_id",
        "date",
        "nsmc_split",
    )
    if split == "train" and (left_out := frame["label"].null_count()):
        notes.append(("data.note_stars_left_out", {"count": left_out, "rule": rule.value}))
    labels = star_labels(rule, SCALES[10])
    frame = frame.drop_nulls("label")
    if split == "validation":
        drawn = SplitSettings()
        frame = frame.filter(pl.col("id").is_in(_validation_ids(files, frame, labels, rule, drawn)))
        said = {"corpus": "nsmc-raw", "split": split, "base": "train", "seed": drawn.split_seed}
        notes.append(("data.note_carved", said))
    return Reading(frame, labels, notes=tuple(notes))


def _gather(folder: Path) -> pl.DataFrame:
    """The upstream's own form: for each film a JSON list of reviews; NSMC's files tell which of them it took.

    {"review": "…", "date": "15.08.25", "rating": "10", "author": "…", "review_id": "10275182", "movie_id": "10001"}
    """
    import polars as pl

    from maeum.data.catalog import corpus

    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise DataError("data.not_upstream", path=folder, expected="<movie_id>.json", found="–")
    schema = dict.fromkeys(("review_id", "movie_id", "review", "rating", "date"), pl.String)
    frames = []
    with progress(say("data.gathering"), len(paths), say("data.files")) as advance:
        for path in paths:
            try:
                frames.append(pl.DataFrame(json.loads(path.read_text(encoding="utf-8")), schema=schema))
            except (ValueError, TypeError, pl.exceptions.PolarsError) as error:
                found = " ".join(str(error).split())[:80]
                raise DataError("data.not_upstream", path=path, expected="[{", found=found) from error
            advance(1)
    part: dict[str, str] = {}
    for split, name in nsmc.FILES.items():
        part |= dict.fromkeys(nsmc.read({name: locate(corpus("nsmc"), name)}, split, None).frame["id"].to_list(), split)
    return (
        pl.concat(frames)
        .unique("review_id", keep="first", maintain_order=True)
        .select(
            pl.col("review_id").cast(pl.Int64),
            pl.col("movie_id").cast(pl.Int32),
            pl.col("review").alias("text"),
            pl.col("rating").cast(pl.Int8),
            pl.col("date").str.to_date("%y.%m.%d"),
            pl.col("review_id").replace_strict(part, default="none", return_dtype=pl.String).alias("nsmc_split"),
        )
    )


def _without_test(raw: pl.DataFrame) -> tuple[pl.DataFrame, list[Note]]:
    """All reviews but those of the NSMC test set and those with the text of one."""
    import polars as pl

    keys = pl.Series("key", [text_key(text) for text in raw["text"].to_list()])
    test = raw["nsmc_split"] == "test"
    twin = keys.is_in(keys.filter(test).unique().implode()) & ~test
    note = ("data.note_test_kept_out", {"rows": int(test.sum()), "twins": int(twin.sum())})
    return raw.filter(~test & ~twin), [note]


def _validation_ids(
    files: Mapping[str, Path], frame: pl.DataFrame, labels: Labels, rule: StarRule, drawn: SplitSettings
) -> list[str]:
    '''Ids of the validation reviews; rule 2 draws from NSMC's own file, where texts with quotes are quoted twice over.

    그는 "천재"다 -> """그는 """"천재""""다"""
    '''
    whole = nsmc.read(files, "train", None).frame if rule is StarRule.TWO else frame
    data = Dataset(whole, Task.SINGLE_LABEL, labels, "nsmc-raw", "train")
    return carve(data, drawn.validation_fraction, drawn.split_seed)[1].ids


CORPUS = Corpus(
    name="nsmc-raw",
    titles={
        "en": "All rated Naver film reviews behind NSMC: stars 1-10, film, date (76 % positive)",
        "ko": "NSMC의 바탕이 된 네이버 영화 리뷰 전체: 별점 1~10, 영화, 날짜(긍정 76 %)",
    },
    homepage="https://github.com/e9t/nsmc",
    licence="CC0-1.0",
    citation="Lucy Park, Naver sentiment movie corpus v1.0, 2015, https://github.com/e9t/nsmc",
    task=Task.SINGLE_LABEL,
    labels=NEGATIVE_POSITIVE,
    rows={"train": 630_973, "test": 50_000},
    files=(
        CorpusFile(
            PATH,
            sha256="da0710e92cc351a4342555bff85a1e7d70b38816009a469bc024f1080d93706c",
            size=23_233_431,
            stands_in_for="raw/<movie_id>.json",
            folder="nsmc/raw",
        ),
        next(file for file in nsmc.CORPUS.files if file.path == nsmc.FILES["train"]),
    ),
    needs={"train": (PATH,), "validation": (PATH, nsmc.FILES["train"]), "test": (PATH,)},
    read=read,
    takes_stars=True,
    by_hand="data.by_hand_nsmc_raw",
)
