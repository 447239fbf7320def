"""Where the reviews of `insight` come from: files, corpora of the catalog, frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.audience.columns import Columns, find_columns
from maeum.audience.names import clean, key_of
from maeum.audience.settings import ColumnSettings, ReviewSettings
from maeum.data import is_corpus
from maeum.data.catalog import corpora, corpus, kmrd, nsmc_raw
from maeum.data.fetch import data_folders, locate
from maeum.data.files import SUFFIXES, Table
from maeum.data.files.stream import Stream, WholeStream, open_stream
from maeum.data.stars import StarRule
from maeum.errors import DataError, UsageError
from maeum.messages import did_you_mean, say
from maeum.workflows.inputs import refuse_file_settings

if TYPE_CHECKING:
    import polars as pl

WITH_TITLES: Final = ("nsmc-raw", "kmrd", "sample")  # corpora whose reviews are of something that is named
_OF_CORPORA: Final = {"text": "text", "title": "title", "source": "source", "date": "date", "rating": "rating"}
_NO_FILE: Final = tuple(name for name in ColumnSettings.model_fields if name not in ("rating_scale", "text_column"))


@dataclass(frozen=True)
class Reviews:
    """A table of reviews, ready to be read.

    Attributes:
        name: As it is shown.
        stream: The table.
        columns: What its columns mean.
        known: Title as written -> title to show.
        notes: Sentences a reader must know.
        corpus: Name of the corpus; empty for other tables.
    """

    name: str
    stream: Stream
    columns: Columns
    known: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    corpus: str = ""


def open_reviews(source: str | Path | pl.DataFrame, settings: ReviewSettings, given: Mapping[str, Any]) -> Reviews:
    """Find the reviews that `source` names.

    Args:
        source: A file, a corpus, or a frame.
        settings: All settings.
        given: Those that the user gave.

    Raises:
        DataError: There is no such file or corpus, its columns cannot be told, or a corpus has no titles.
        UsageError: Settings of files, given with a corpus.
    """
    if not isinstance(source, str | Path):
        name = say("insight.frame")
        stream: Stream = WholeStream(Table(source, Path(name), (), 1))
        return Reviews(name, stream, find_columns(source.columns, settings, name))
    path = Path(source)
    if not path.exists() and is_corpus(str(source)):
        return _of_corpus(str(source), given)
    if not path.exists() and not str(source).lower().endswith(SUFFIXES):
        near = did_you_mean(str(source).partition(":")[0], WITH_TITLES)
        raise DataError("insight.unknown_data", name=source, near=near, known=", ".join(WITH_TITLES))
    file = ColumnSettings.model_validate({name: getattr(settings, name) for name in ColumnSettings.model_fields})
    stream = open_stream(path, file)
    return Reviews(path.name, stream, find_columns(stream.columns, settings, path))


def _of_corpus(source: str, given: Mapping[str, Any]) -> Reviews:
    name, _, split = source.partition(":")
    if name not in WITH_TITLES:
        raise DataError("insight.corpus_no_titles", corpus=name, known=", ".join(WITH_TITLES))
    if split:
        raise UsageError("insight.no_split", corpus=name, split=split)
    refuse_file_settings(given, name, also=_NO_FILE)
    if name == "nsmc-raw":
        return _nsmc_raw()
    entry = corpora()[name]
    parts = []
    for part in ("train", "test"):
        files = {path: locate(entry, path) for path in entry.needs[part]}
        parts.append(entry.read(files, part, StarRule.ORDINAL if name == "kmrd" else None).frame)
    frame = _plain(parts)
    stream = WholeStream(Table(frame, Path(name), (), 1))
    columns = Columns({role: column if column in frame.columns else None for role, column in _OF_CORPORA.items()})
    return Reviews(name, stream, columns, corpus=name)


def _plain(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """All rows with the columns of reviews under one name each."""
    import polars as pl

    frame = pl.concat([part.rename({"stars": "rating"}, strict=False) for part in parts])
    return frame.select([name for name in _OF_CORPORA.values() if name in frame.columns])


def _nsmc_raw() -> Reviews:
    """All rated reviews, those of the test set too, for nothing is trained here; film numbers become titles."""
    place = locate(corpus("nsmc-raw"), nsmc_raw.PATH)
    if place.is_dir():
        frame = nsmc_raw._gather(place)
        stream: Stream = WholeStream(Table(frame, place, (), 1))
    else:
        stream = open_stream(place)
    known = film_titles()
    key = "insight.note_titles" if known else "insight.note_no_titles"
    notes = [say(key, count=len(known))]
    columns = Columns({"text": "text", "title": "movie_id", "source": None, "date": "date", "rating": "rating"})
    return Reviews("nsmc-raw", stream, columns, known, tuple(notes), "nsmc-raw")


def film_titles() -> dict[str, str]:
    """Film number -> title, of the films that KMRD lists, where its files are at hand."""
    folder = next(
        (one for one in data_folders() if (one / kmrd.MOVIES).is_file() and (one / kmrd.GENRES).is_file()), None
    )
    if folder is None:
        return {}
    films, _ = kmrd.read_films(folder / kmrd.MOVIES, folder / kmrd.GENRES)
    return told_apart([(str(number), title, year) for number, title, _, year in films.iter_rows() if title])


def told_apart(films: list[tuple[str, str, int | None]]) -> dict[str, str]:
    """Number -> title of films (number, title, year); those that share a title get year, and number if need be."""
    shared: dict[str, list[tuple[str, str, int | None]]] = {}
    for film in films:
        shared.setdefault(key_of(film[1]), []).append(film)
    named: dict[str, str] = {}
    for group in shared.values():
        years = [year for _, _, year in group]
        for number, title, year in group:
            alone = len(group) == 1
            own = year is not None and years.count(year) == 1
            named[number] = clean(title) if alone else f"{clean(title)} ({year if own else number})"
    return named
