"""The third pass: what the models say of the reviews that are used, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.audience.emotions import COUNT, LEVELS, NONE_AT, with_classes
from maeum.audience.examples import FEW_TITLES, Examples, emotions_shown, labels_of
from maeum.audience.growing import Growing
from maeum.audience.measures import bootstrap_means
from maeum.audience.running import Running
from maeum.audience.spill import Spilled
from maeum.audience.survey import Scores, Survey, Work
from maeum.audience.tables import EMOTION_COLUMNS
from maeum.audience.timeline import in_periods, month_of, units_of
from maeum.audience.words import Terms, telling
from maeum.engine.inference import Long, counting_long
from maeum.messages import say
from maeum.progress import progress

if TYPE_CHECKING:
    import polars as pl

PIECE: Final = 8192  # reviews judged between two steps of the progress bar
SIDES: Final = ("positive", "negative")


@dataclass
class Measured:
    """What the third pass found.

    Attributes:
        groups: By title (`source` null) and by title and source: `used`, `none_share`, `e_<label>`; numbers, not names.
        scores: Sentiment, of all reviews or of those used.
        sums: By source: `used`, and sums and squares of the 56 intensities `(2, 56)`.
        overall: By month: `used` and sums of the emotions.
        label_words: Times of each word beside each label `(46, V)`: the emotions, positive, negative.
        long: Texts longer than a model sees.
    """

    scores: Scores
    terms: Terms
    groups: list[pl.DataFrame] = field(default_factory=list)
    sums: dict[int, list[Any]] = field(default_factory=dict)
    overall: Running = field(default_factory=lambda: Running(["month"]))
    label_words: NDArray[Any] | None = None
    long: Long = field(default_factory=Long)


def measure(work: Work, found: Survey, spilled: Spilled, out: Growing, names: tuple[list[str], list[str]]) -> Measured:
    """Judge the reviews that are used; rows of emotions, timeline, words and examples go to `out`.

    Args:
        work: What is to be done.
        found: By the first pass.
        spilled: By the second.
        out: The tables.
        names: Of titles and of sources.
    """
    done = Measured(found.scores if work.on_all else Scores(), spilled.vocabulary.terms())
    done.label_words = np.zeros((COUNT + len(SIDES), len(done.terms.names)))
    enough = _enough(work, found, len(names[0]))
    total = sum(spilled.sizes)
    with progress(say("insight.judging"), total, say("insight.reviews")) as advance:
        for titles, reviews in spilled.read():
            part = _Part(work, done, out, names, titles, reviews, enough)
            part.judge(advance)
            part.emotions()
            part.timeline(found)
            part.words()
            part.examples(few=len(names[0]) <= FEW_TITLES)
    return done


def _enough(work: Work, found: Survey, count: int) -> NDArray[np.bool_]:
    """Which titles have enough reviews `(T,)`."""
    reviews = np.zeros(count, np.int64)
    groups = found.groups.frame()
    if groups is not None:
        np.add.at(reviews, groups["title"].to_numpy(), groups["n"].to_numpy())
    return reviews >= work.settings.min_reviews


class _Part:
    """The reviews of some titles, all of those that are used of each."""

    def __init__(
        self, work: Work, done: Measured, out: Growing, names: tuple[list[str], list[str]], titles: NDArray[np.int64],
        reviews: pl.DataFrame, enough: NDArray[np.bool_],
    ) -> None:  # fmt: skip
        self._work, self._done, self._out, self._names = work, done, out, names
        self._titles, self._reviews, self._enough = titles, reviews, enough
        self._intensities: NDArray[np.float32] | None = None
        self._title, self._source = reviews["title"].to_numpy(), reviews["source"].to_numpy()

    def judge(self, advance: Any) -> None:
        """Ask the models."""
        import polars as pl

        work, texts = self._work, self._reviews["text"]
        sentiment, emotion = [], []
        with counting_long() as long:
            for start in range(0, len(texts), PIECE):
                piece = texts.slice(start, PIECE)
                if work.sentiment is not None:
                    sentiment.append(work.sentiment.ask(piece))
                if work.emotion is not None:
                    emotion.append(work.emotion.intensities(piece.to_list()))
                advance(len(piece))
        self._done.long.add(long)
        if sentiment:
            self._reviews = self._reviews.hstack(pl.concat(sentiment))
            if not work.on_all:
                self._done.scores.add(self._reviews)
        if emotion:
            self._intensities = np.concatenate(emotion)

    def _stretches(self) -> list[tuple[int, int]]:
        """Where the reviews of each title begin and end."""
        return _stretches_of(self._title)

    def _groups(self) -> Iterator[tuple[int, int, int | None]]:
        """Where the reviews of each title begin and end, then those of each of its sources, with the source."""
        for start, end in self._stretches():
            yield start, end, None
            for first, last in _stretches_of(self._source[start:end]):
                if self._source[start + first] >= 0:  # without a source there is only the title
                    yield start + first, start + last, int(self._source[start + first])

    def emotions(self) -> None:
        """Means and intervals of every emotion, per title and per source of it."""
        import polars as pl

        rows: list[tuple[int, int | None, int, float]] = []
        means: list[Any] = []
        ends: list[Any] = []
        wide = None if self._intensities is None else with_classes(self._intensities)
        silent = None if self._intensities is None else self._intensities.argmax(axis=1) == NONE_AT
        for start, end, source in self._groups():
            share = np.nan if silent is None else float(silent[start:end].mean())
            rows.append((int(self._title[start]), source, end - start, share))
            if wide is None or silent is None:
                continue
            counted = wide[start:end] if self._work.settings.count_none else wide[start:end][~silent[start:end]]
            mean, low, high = bootstrap_means(counted, self._work.settings.resamples, self._work.settings.seed)
            means.append(mean)
            ends.append((low, high, len(counted)))
        frame = pl.DataFrame(
            rows,
            schema={"title": pl.Int32, "source": pl.Int32, "used": pl.Int64, "none_share": pl.Float64},
            orient="row",
        )
        if means and wide is not None and silent is not None:
            self._out.add("emotions", self._long(rows, means, ends))
            frame = frame.hstack(
                pl.DataFrame(np.stack(means)[:, :COUNT].astype(np.float32), schema=list(EMOTION_COLUMNS))
            )
            self._sum(wide, silent)
        self._done.groups.append(frame)

    def _long(self, rows: list[Any], means: list[Any], ends: list[Any]) -> pl.DataFrame:
        """The table of emotions: a row per group and emotion."""
        import polars as pl

        width, groups = len(LEVELS), len(rows)
        titles, sources = pl.Series(self._names[0], dtype=pl.String), pl.Series(self._names[1], dtype=pl.String)
        of = pl.Series([row[0] for row in rows], dtype=pl.Int32)
        source_of = pl.Series([row[1] for row in rows], dtype=pl.Int32)
        at = pl.Series(np.repeat(np.arange(groups), width))
        named_sources = sources.gather(source_of) if len(sources) else pl.Series([None] * groups, dtype=pl.String)
        return pl.DataFrame(
            {
                "title": titles.gather(of).gather(at),
                "source": named_sources.gather(at),
                "level": [level for level, _ in LEVELS] * groups,
                "emotion": [name for _, name in LEVELS] * groups,
                "mean": np.concatenate(means),
                "low": np.concatenate([low for low, _, _ in ends]),
                "high": np.concatenate([high for _, high, _ in ends]),
                "n": np.repeat([count for _, _, count in ends], width),
            }
        ).with_columns(pl.col("mean", "low", "high").fill_nan(None))

    def _sum(self, wide: NDArray[np.float32], silent: NDArray[np.bool_]) -> None:
        """Sums over all titles, by source."""
        counted = np.ones(len(wide), bool) if self._work.settings.count_none else ~silent
        values = wide.astype(np.float64)
        for source in np.unique(self._source).tolist():
            own = counted & (self._source == source)
            sums = self._done.sums.setdefault(source, [0, np.zeros((2, wide.shape[1]))])
            sums[0] += int(own.sum())
            sums[1] += np.stack([values[own].sum(axis=0), (values[own] ** 2).sum(axis=0)])

    def timeline(self, found: Survey) -> None:
        """The figures of every title by period."""
        import polars as pl

        months = found.months.frame()
        if months is None or not months.height:
            return
        mine = pl.Series(self._titles, dtype=pl.Int32).implode()
        own = months.filter(pl.col("title").is_in(mine))
        scores = self._done.scores.months.frame()
        if scores is not None:
            own = own.join(scores.filter(pl.col("title").is_in(mine)), on=["title", "month"], how="left")
        felt = self._felt_by_month()
        own = own.join(felt, on=["title", "month"], how="left").fill_null(0)
        if own.height:
            order = pl.DataFrame({"title": pl.Series(self._titles, dtype=pl.Int32)}).with_row_index("__order")
            periods = in_periods(own, units_of(own, self._work.settings.period)).join(order, on="title")
            periods = periods.sort("__order", "period_start")
            names = pl.Series(self._names[0], dtype=pl.String)
            self._out.add(
                "timeline",
                with_means(periods.with_columns(names.gather(periods["title"]).alias("title")), self._work.scale),
            )
        self._done.overall.add(felt.drop("title").group_by("month").sum())

    def _felt_by_month(self) -> pl.DataFrame:
        """By title and month: `used`, `counted` and sums of the emotions of those counted."""
        import polars as pl

        placed = self._reviews.select("title", month_of()).with_columns(pl.lit(1, pl.Int64).alias("used"))
        if self._intensities is not None:
            counted = np.ones(len(self._intensities), bool)
            if not self._work.settings.count_none:
                counted = self._intensities.argmax(axis=1) != NONE_AT
            sums = self._intensities.astype(np.float64) * counted[:, None]
            placed = placed.with_columns(pl.Series("counted", counted.astype(np.int64)))
            placed = placed.hstack(pl.DataFrame(sums, schema=list(EMOTION_COLUMNS)))
        return placed.drop_nulls("month").group_by("title", "month").agg(pl.all().sum())

    def words(self) -> None:
        """Words of every title with enough reviews, and counts of words beside every label."""
        from scipy.sparse import csr_matrix

        if not self._done.terms.names or not self._reviews.height:
            return
        counts = self._done.terms.matrix(self._reviews["text"])
        stretches = self._stretches()
        owner = np.repeat(np.arange(len(stretches)), [end - start for start, end in stretches])
        ones = np.ones(len(owner), np.int64)
        by_title = csr_matrix((ones, (owner, np.arange(len(owner)))), shape=(len(stretches), len(owner))) @ counts
        rows = []
        for at, (start, _) in enumerate(stretches):
            title = int(self._title[start])
            if self._enough[title]:
                own = by_title[at]
                found = telling(self._done.terms, own.indices, own.data, self._work.settings.words)
                rows += [{"kind": "title", "title": self._names[0][title], "label": None, **word} for word in found]
        self._out.add("words", rows)
        self._count_labels(counts)

    def _count_labels(self, counts: Any) -> None:
        labels = np.zeros((COUNT + len(SIDES), counts.shape[0]), np.float32)
        if self._intensities is not None and self._work.emotion is not None:
            labels[:COUNT] = (self._intensities >= self._work.emotion.thresholds).T
        if self._work.sentiment is not None:
            for at, side in enumerate(SIDES):
                labels[COUNT + at] = self._reviews[side].to_numpy()
        assert self._done.label_words is not None
        self._done.label_words += (counts.T @ labels.T).T

    def examples(self, *, few: bool) -> None:
        """Reviews that carry a label, of every title."""
        import polars as pl

        feel, judge = Examples("emotion"), Examples("sentiment")
        sides = None
        if self._work.sentiment is not None:
            p = self._reviews["positivity"].to_numpy()
            called = self._reviews.select(SIDES).to_numpy()
            sides = np.where(called, np.column_stack([p, 1 - p]), -1.0)
        for start, end in self._stretches():
            places = np.arange(start, end)
            if self._intensities is not None and self._work.emotion is not None:
                own = self._intensities[start:end]
                shown = emotions_shown(own.mean(axis=0), few=few)
                feel.add(places, own[:, shown], self._work.emotion.thresholds[shown], labels_of(shown))
            if sides is not None:
                judge.add(places, sides[start:end], np.zeros(len(SIDES)), list(SIDES))
        order = pl.Series("__order", np.concatenate([[0], np.cumsum(self._title[1:] != self._title[:-1])]))
        placed = self._reviews.with_columns(order)
        rows = pl.concat([feel.frame(placed), judge.frame(placed)]).sort("__order", maintain_order=True)
        titles, sources = pl.Series(self._names[0], dtype=pl.String), pl.Series(self._names[1], dtype=pl.String)
        source = rows["source"].replace(-1, None)
        named = sources.gather(source) if len(sources) else pl.Series([None] * rows.height, dtype=pl.String)
        self._out.add("reviews", rows.with_columns(titles.gather(rows["title"]).alias("title"), named.alias("source")))


def with_means(periods: pl.DataFrame, scale: int | None) -> pl.DataFrame:
    """Means in place of sums: `stars`, `sentiment_n`, `positivity`, `used`, `e_<label>`."""
    import polars as pl

    from maeum.audience.ratings import mean_stars

    columns = mean_stars(scale)[1:]
    if "p_n" in periods.columns:
        count = pl.col("p_n")
        columns += [
            count.alias("sentiment_n"),
            pl.when(count > 0).then(pl.col("p") / count).otherwise(None).alias("positivity"),
        ]
    felt = [name for name in EMOTION_COLUMNS if name in periods.columns]
    if felt:
        columns += [
            pl.when(pl.col("counted") > 0).then(pl.col(name) / pl.col("counted")).otherwise(None).alias(name)
            for name in felt
        ]
    return periods.with_columns(columns)


def _stretches_of(values: NDArray[Any]) -> list[tuple[int, int]]:
    """Where equal values that stand together begin and end."""
    if not len(values):
        return []
    ends = [*(np.flatnonzero(values[1:] != values[:-1]) + 1).tolist(), len(values)]
    return list(zip([0, *ends[:-1]], ends, strict=True))
