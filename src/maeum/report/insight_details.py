"""What the page of `insight` shows of one title, of all reviews together, and of one emotion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maeum.report.insight_tables import (
    NONE,
    Row,
    Tables,
    class_rows,
    intensities,
    rounded,
    shortened,
    strongest_of,
    thousandth,
    thousandths,
)

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

NEAREST: Final = 8
CARRIED: Final = 12  # emotions of a title that have examples, the strongest first
EXAMPLES: Final = 3  # reviews of each
OVERALL_EXAMPLES: Final = 6
WORDS: Final = 24
TEXT_CHARACTERS: Final = 400
LINES: Final = 8  # emotions that the time line of a title can show
TOP_TITLES: Final = 10
SENTIMENTS: Final = {"positive": -1, "negative": -2}
"""The numbers of sentiments where others are those of emotions."""

Means = dict[tuple[str, str], tuple[int | None, int | None, int | None]]
"""(level, emotion) -> mean, low and high in thousandths."""


class Details:
    """Numbers and examples of titles, ready to be written as JSON.

    Args:
        tables: The folder's tables.
        shown: How many titles the page names; neighbours beyond them are left out.
    """

    def __init__(self, tables: Tables, shown: int) -> None:
        self.tables = tables
        self.shown = shown
        self.index = {label: at for at, label in enumerate(tables.labels)}
        self.basic = [row["key"] for row in class_rows(tables, "basic")]
        self.coarse = [row["key"] for row in class_rows(tables, "coarse")]

    # ---- numbers ----

    def numbers(self, title: str) -> Row:
        """Everything of one title but its examples."""
        row = self.tables.titles.row(self.tables.number_of[title], named=True)
        found: Row = {"p": _with_interval(row), "dates": _dates(row)} | self._emotions(self._means.get((title, None)))
        found |= {"t": self._timeline.get(title), "s": self._sources.get(title), "n": self._nearest.get(title)}
        found["sd"] = self._source_distances.get(title)
        found["te"] = self._lines_of(title)
        return _known(found)

    def overall(self) -> Row:
        """The same of all reviews together."""
        counts = self.tables.settings.get("counts") or {}
        mean = thousandth(counts.get("positivity"))
        found: Row = {"p": [mean, None, None], "t": self._timeline.get(None)}
        found |= self._emotions(self._means.get((None, None)))
        found["s"] = self._overall_sources()
        found["sd"] = self._source_distances.get(None)
        found["te"] = self._lines_of(None)
        return _known(found)

    def _emotions(self, means: Means | None) -> Row:
        """Means and intervals of emotions, basic emotions and coarse classes."""
        if not means:
            return {}
        unknown = (None, None, None)
        emotions = [means.get(("emotion", label), unknown) for label in self.tables.labels]
        found: Row = {key: [values[at] for values in emotions] for at, key in enumerate("mlh")}
        for key, level, names in (("b", "basic", self.basic), ("k", "coarse", self.coarse)):
            found[key] = [means.get((level, name), unknown)[0] for name in names]
        dark = [at for at in self.tables.dark_at if emotions[at][0] is not None]
        if dark:
            strongest = max(dark, key=lambda at: emotions[at][0] or 0)
            found["d"] = [*emotions[strongest], strongest]
        return found

    @cached_property
    def _means(self) -> dict[tuple[str | None, str | None], Means]:
        """(title, source) -> (level, emotion) -> (mean, low, high), for the titles that have enough reviews."""
        import polars as pl

        frame = self._of_enough(self.tables.read("emotions"), nulls=True)
        numbers = [(pl.col(name).fill_nan(None) * 1000).round().cast(pl.Int32) for name in ("mean", "low", "high")]
        found: dict[tuple[str | None, str | None], Means] = {}
        for title, source, level, emotion, *values in frame.select(
            "title", "source", "level", "emotion", *numbers
        ).iter_rows():
            mean, low, high = values
            found.setdefault((title, source), {})[level, emotion] = (mean, low, high)
        return found

    def _of_enough(self, frame: pl.DataFrame, *, nulls: bool = False) -> pl.DataFrame:
        """The rows of titles that have enough reviews; with `nulls` also those of no title."""
        import polars as pl

        names = self.tables.titles["title"].filter(pl.Series(self.tables.enough))
        kept = pl.col("title").is_in(names.implode())
        return frame.filter(kept | pl.col("title").is_null() if nulls else kept)

    def _lines(self, means: NDArray[np.float32]) -> list[int]:
        """Emotions whose development the page can show: the strongest."""
        order = np.argsort(-np.nan_to_num(means, nan=-1))
        return [int(at) for at in order if self.tables.labels[int(at)] != NONE][:LINES]

    @cached_property
    def _timeline(self) -> dict[str | None, list[list[Any]]]:
        """Title -> [period, days, reviews, positivity, strongest of fear …, stars, then the emotions of `_lines`]."""
        frame = self._of_enough(self.tables.read("timeline"), nulls=True).sort("title", "period_start")
        means = intensities(frame, self.tables.labels)
        dark = strongest_of(means, self.tables.dark_at)
        read = "used" if self.tables.labels else "n"
        columns = frame.select("title", "period", "period_start", read, "positivity", "stars")
        found: dict[str | None, list[list[Any]]] = {}
        chosen: list[int] = []
        for at, (title, period, start, used, positivity, stars) in enumerate(columns.iter_rows()):
            if title not in found:
                chosen = self._lines_of(title)
            moment = [period, _day(start), used, thousandth(positivity), thousandth(dark[at]), rounded(stars)]
            found.setdefault(title, []).append(moment + thousandths(means[at, chosen]))
        return found

    def _lines_of(self, title: str | None) -> list[int]:
        if not self.tables.labels:
            return []
        return self._lines(self._whole_means if title is None else self.tables.means[self.tables.number_of[title]])

    @cached_property
    def _whole_means(self) -> NDArray[np.float32]:
        means = self._means.get((None, None)) or {}
        values = [means.get(("emotion", label), (0, None, None))[0] or 0 for label in self.tables.labels]
        return np.array(values, np.float32)

    @cached_property
    def _sources(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self._of_enough(self.tables.read("sources")).iter_rows(named=True):
            found.setdefault(row["title"], []).append(self._source(row))
        return found

    def _source(self, row: Row) -> Row:
        emotions = self._emotions(self._means.get((row["title"], row["source"])))
        return {
            "n": row["source"],
            "r": row["n"],
            "u": row["used"],
            "p": thousandth(row["positivity"]),
            "stars": rounded(row["stars"]),
            "enough": int(not row["too_few"]),
            "b": emotions.get("b"),
            "d": (emotions.get("d") or [None])[0],
        }

    def _overall_sources(self) -> list[Row]:
        """Sources over all titles; their reviews are counted over all titles, positivity weighed by reviews."""
        import polars as pl

        frame = self.tables.read("sources").with_columns(pl.col("n", "used", "sentiment_n", "stars_n").fill_null(0))
        weighed = [
            (pl.col(value) * pl.col(weight)).sum() / pl.col(weight).filter(pl.col(value).is_not_null()).sum()
            for value, weight in (("positivity", "sentiment_n"), ("stars", "stars_n"))
        ]
        rows = frame.group_by("source", maintain_order=True).agg(pl.col("n", "used").sum(), *weighed)
        whole = rows.with_columns(title=pl.lit(None), too_few=pl.col("n") < self.tables.least)
        return [self._source(row) for row in whole.sort("n", descending=True).iter_rows(named=True)]

    @cached_property
    def _nearest(self) -> dict[str, list[list[Any]]]:
        """Title -> [number of the other title, distance], nearest first."""
        import polars as pl

        frame = self._distances.filter((pl.col("kind") == "title") & (pl.col("rank") <= NEAREST)).sort("rank")
        found: dict[str, list[list[Any]]] = {}
        for title, other, far in frame.select("title", "other_title", "distance").iter_rows():
            at = self.tables.number_of.get(other, self.shown)
            if at < self.shown:
                found.setdefault(title, []).append([at, rounded(far, 3)])
        return found

    @cached_property
    def _distances(self) -> pl.DataFrame:
        return self.tables.read("distances")

    @cached_property
    def _source_distances(self) -> dict[str | None, list[list[Any]]]:
        """Title (None: over all titles) -> [source, other source, distance], each pair once."""
        import polars as pl

        frame = self._distances.filter(pl.col("kind").is_in(["source", "title_source"]))
        pairs = frame.filter(pl.col("source") < pl.col("other_source")).sort("distance")
        found: dict[str | None, list[list[Any]]] = {}
        for title, one, other, far in pairs.select("title", "source", "other_source", "distance").iter_rows():
            found.setdefault(title, []).append([one, other, rounded(far, 3)])
        return found

    # ---- examples ----

    def examples(self, title: str) -> Row:
        """Telling words of a title, and the reviews that carry each of its emotions."""
        rows = self._reviews[title].to_dicts() if title in self._reviews else []
        order = self._emotion_order(title)
        return _known({"w": self._title_words.get(title)} | _carried(rows, self._number, order))

    def _emotion_order(self, title: str) -> dict[int, int]:
        """Number of an emotion -> its place among the title's emotions, strongest first."""
        if not self.tables.labels:
            return {}
        strongest = np.argsort(-np.nan_to_num(self.tables.means[self.tables.number_of[title]], nan=-1))
        return {int(emotion): place for place, emotion in enumerate(strongest)}

    def _number(self, label: str) -> int | None:
        return self.index.get(label, SENTIMENTS.get(label))

    @cached_property
    def _all_reviews(self) -> pl.DataFrame:
        return self.tables.read("reviews").sort("intensity", descending=True, nulls_last=True, maintain_order=True)

    @cached_property
    def _reviews(self) -> dict[str, pl.DataFrame]:
        parts = self._of_enough(self._all_reviews).partition_by("title", maintain_order=True)
        return {part["title"][0]: part for part in parts}

    @cached_property
    def _title_words(self) -> dict[str, list[str]]:
        import polars as pl

        frame = self.tables.read("words").filter((pl.col("kind") == "title") & (pl.col("rank") <= WORDS)).sort("rank")
        found: dict[str, list[str]] = {}
        for title, word in frame.select("title", "word").iter_rows():
            found.setdefault(title, []).append(word)
        return found

    def emotion_pages(self) -> list[Row]:
        """By emotion, then by sentiment: its words, its strongest reviews, its strongest titles."""
        words = self._label_words()
        labels = [*self.tables.labels, *SENTIMENTS]
        found = []
        for at, label in enumerate(labels):
            number = self._number(label)
            row = {"e": number, "w": words.get(label, []), "r": self._strongest_reviews(label)}
            row["t"] = self._strongest_titles(at) if at < len(self.tables.labels) else []
            found.append(row)
        return found

    def _label_words(self) -> dict[str, list[str]]:
        import polars as pl

        frame = self.tables.read("words").filter((pl.col("kind") != "title") & (pl.col("rank") <= WORDS)).sort("rank")
        found: dict[str, list[str]] = {}
        for label, word in frame.select("label", "word").iter_rows():
            found.setdefault(label, []).append(word)
        return found

    def _strongest_reviews(self, label: str) -> list[list[Any]]:
        import polars as pl

        rows = self._all_reviews.filter(pl.col("label") == label).unique("text", maintain_order=True)
        return [
            [*_review(row), self.tables.number_of.get(row["title"]), thousandth(row["intensity"])]
            for row in rows.head(OVERALL_EXAMPLES).iter_rows(named=True)
        ]

    def _strongest_titles(self, emotion: int) -> list[list[int | None]]:
        """Numbers and means of the titles with the highest mean of an emotion, among those with enough reviews."""
        means = np.where(self.tables.enough, self.tables.means[:, emotion], np.nan)[: self.shown]
        order = np.argsort(-np.nan_to_num(means, nan=-1))[:TOP_TITLES]
        return [[int(at), thousandth(means[at])] for at in order if np.isfinite(means[at])]


def _carried(rows: Sequence[Row], number: Callable[[str], int | None], order: Mapping[int, int]) -> Row:
    """`c`: [emotion, [[number of a review, intensity], …]], strongest emotion first; `r`: the reviews, each once."""
    by_label: dict[int, list[Row]] = {}
    for row in rows:
        emotion = number(row["label"])
        if emotion is not None:
            by_label.setdefault(emotion, []).append(row)
    emotions = sorted((emotion for emotion in by_label if emotion >= 0), key=lambda emotion: order.get(emotion, 0))
    chosen = emotions[:CARRIED] + [side for side in SENTIMENTS.values() if side in by_label]
    texts: dict[tuple[Any, ...], int] = {}
    carried = [
        [
            emotion,
            [
                [texts.setdefault(tuple(_review(row)), len(texts)), thousandth(row["intensity"])]
                for row in by_label[emotion][:EXAMPLES]
            ],
        ]
        for emotion in chosen
    ]
    return {"c": carried, "r": [list(text) for text in texts]} if carried else {}


def _review(row: Row) -> list[Any]:
    """[text, source, date, stars, positivity]."""
    when: date | None = row["date"]
    text = shortened((row["text"] or "").strip(), TEXT_CHARACTERS)
    day = when.isoformat() if when else None
    return [text, row["source"], day, rounded(row["stars"]), thousandth(row["positivity"])]


def _with_interval(row: Row) -> list[int | None]:
    return [thousandth(row[name]) for name in ("positivity", "positivity_low", "positivity_high")]


def _dates(row: Row) -> list[str] | None:
    first, last = row["first_date"], row["last_date"]
    return [first.isoformat(), last.isoformat()] if first and last else None


def _day(when: date | None) -> int | None:
    return when.toordinal() if when else None


def _known(found: Row) -> Row:
    return {key: value for key, value in found.items() if value not in (None, [], {})}
