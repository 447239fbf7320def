"""The raw reviews behind NSMC joined with the films of KMRD: title, genre, year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.data.catalog import nsmc_raw
from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.catalog.reading import read_tsv
from maeum.data.stars import NEGATIVE_POSITIVE, SCALES, StarRule, star_labels, stars_to_labels
from maeum.schema import RowProblem, Task

if TYPE_CHECKING:
    import polars as pl

MOVIES: Final = "kmrd/movies.txt"
GENRES: Final = "kmrd/genres.csv"
_UPSTREAM: Final = "https://raw.githubusercontent.com/lovit/kmrd/master/kmr_dataset/datafile/kmrd-small/"
_YEAR: Final = re.compile(r"\d{4}$")


def read(files: Mapping[str, Path], split: str, stars: StarRule | None) -> Reading:
    """Read a split of `nsmc-raw`, with its rows of films that KMRD does not list left out and counted."""
    import polars as pl

    rule = stars or StarRule.TWO
    # train by the rule 3 has every star: what rule 2 leaves out is counted among the reviews of known films
    reading = nsmc_raw.read(files, split, StarRule.THREE if (split, rule) == ("train", StarRule.TWO) else rule)
    films, problems = read_films(files[MOVIES], files[GENRES])
    frame = reading.frame.join(films, on="movie_id", how="inner", maintain_order="left")
    notes: list[tuple[str, Mapping[str, Any]]] = [
        (key, {**values, "corpus": "kmrd"} if "corpus" in values else values) for key, values in reading.notes
    ]
    notes.append(("data.note_films_unknown", {"count": reading.frame.height - frame.height}))
    frame = frame.with_columns(stars_to_labels(frame["rating"], rule, SCALES[10]).alias("label"))
    if left_out := frame["label"].null_count():
        notes.append(("data.note_stars_left_out", {"count": left_out, "rule": rule.value}))
    return Reading(frame.filter(pl.col("label").is_not_null()), star_labels(rule, SCALES[10]), problems, tuple(notes))


def read_films(movies: Path, genres: Path) -> tuple[pl.DataFrame, tuple[RowProblem, ...]]:
    """Films: `movie_id`, `title`, `genre` (several set apart by ", "), `year`.

    The year is the one that ends the English title, which is the year of production; `year` of the file is that of the
    last release in Korea and stands in where there is none.
    Cinema Paradiso , 1988 (year 2013) -> 1988
    """
    import polars as pl

    listed = read_tsv(movies, ("movie", "title", "title_eng", "year", "grade"), header=True)
    kinds = read_tsv(genres, ("movie", "genre"), header=True, delimiter=",")
    by_film: dict[str, list[str]] = {}
    for row in kinds.cells:
        by_film.setdefault(row["movie"], []).append(row["genre"])
    usable = listed.without(lambda row: None if row["movie"].isdigit() else ("bad_number", row["movie"]))
    years = [_YEAR.search(row["title_eng"].strip()) or _YEAR.search(row["year"]) for row in usable.cells]
    frame = pl.DataFrame(
        {
            "movie_id": [int(movie) for movie in usable.column("movie")],
            "title": usable.column("title"),
            "genre": [", ".join(by_film[movie]) if movie in by_film else None for movie in usable.column("movie")],
            "year": [int(year.group()) if year else None for year in years],
        },
        schema={"movie_id": pl.Int32, "title": pl.String, "genre": pl.String, "year": pl.Int16},
    )
    return frame.unique("movie_id", keep="first", maintain_order=True), (*usable.problems, *kinds.problems)


CORPUS = Corpus(
    name="kmrd",
    titles={
        "en": "Rated Naver film reviews with title, genre and year of the film, stars 1-10",
        "ko": "영화 제목, 장르, 연도가 붙은 네이버 영화 리뷰, 별점 1~10",
    },
    homepage="https://github.com/lovit/kmrd",
    licence="CC0-1.0 (reviews); films: see the home page",
    citation="Hyunjoong Kim, KMRD: Korean Movie Review Dataset, https://github.com/lovit/kmrd; Lucy Park, Naver "
    "sentiment movie corpus v1.0, 2015",
    task=Task.SINGLE_LABEL,
    labels=NEGATIVE_POSITIVE,
    rows={"train": 28_540, "test": 1_844},
    files=(
        *nsmc_raw.CORPUS.files,
        CorpusFile(
            MOVIES,
            sha256="8482a626de30751517d60ad28a3d86701f141bb5ed98527d65cec61483c82e18",
            size=67_176,
            url=_UPSTREAM + "movies.txt",
        ),
        CorpusFile(
            GENRES,
            sha256="fe6565c7f51eb292708834d1320b34974485181eff7852d445c691f24b243fe0",
            size=31_211,
            url=_UPSTREAM + "genres.csv",
        ),
    ),
    needs={split: (*paths, MOVIES, GENRES) for split, paths in nsmc_raw.CORPUS.needs.items()},
    read=read,
    takes_stars=True,
    by_hand="data.by_hand_nsmc_raw",
)
