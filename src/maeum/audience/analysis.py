"""All passes over a table of reviews, and the tables that come of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from maeum.audience.agreement import agreement
from maeum.audience.distances import between_sources, nearest_titles
from maeum.audience.emotions import BASIC, COARSE, COUNT, EMOTIONS, LEVELS, affect
from maeum.audience.growing import Growing
from maeum.audience.measures import normal_interval
from maeum.audience.measuring import SIDES, Measured, measure, with_means
from maeum.audience.ratings import inside, mean_stars, scale_of
from maeum.audience.spill import spill
from maeum.audience.survey import Survey, Work, survey
from maeum.audience.tables import EMOTION_COLUMNS
from maeum.audience.timeline import in_periods, units_of
from maeum.audience.words import telling
from maeum.errors import DataError
from maeum.messages import say

if TYPE_CHECKING:
    import polars as pl

    from maeum.engine.inference import Long


@dataclass(frozen=True)
class Analysed:
    """What is said about the whole, and written to `insight.json`.

    Attributes:
        facts: Keys of `insight.json` that the passes give.
        long: Texts longer than a model sees.
        titles: The table of titles.
        sources: The table of titles and sources.
    """

    facts: dict[str, Any]
    long: Long
    titles: pl.DataFrame
    sources: pl.DataFrame


def analyse(work: Work, folder: Path) -> Analysed:
    """Read, choose, judge; write all tables to `folder`, which exists.

    Raises:
        DataError: No review can be used.
    """
    found = survey(work)
    if not len(found.titles):
        left = found.left_out
        raise DataError(
            "insight.nothing_left", path=work.stream.path, rows=found.rows, no_text=left.no_text,
            no_title=left.no_title,
            unreadable=left.unreadable_rows,
        )  # fmt: skip
    ratings = found.ratings.frame()
    if work.scale is None and ratings is not None:
        work = replace(work, scale=scale_of(ratings))
    names = (found.titles.shown(), found.sources.shown())
    with (
        TemporaryDirectory(prefix=".texts-", dir=folder) as place,
        Growing(folder, emotions=work.emotion is not None) as out,
    ):
        spilled = spill(work, found, Path(place))
        done = measure(work, found, spilled, out, names)
        titles = _numbers(work, found, done, names, by_source=False)
        sources = _numbers(work, found, done, names, by_source=True)
        _write(work, found, done, out, names, (titles, sources))
    long = found.long
    long.add(done.long)
    return Analysed(_facts(work, found, done, titles, sources), long, titles, sources)


def _write(
    work: Work,
    found: Survey,
    done: Measured,
    out: Growing,
    names: tuple[list[str], list[str]],
    numbers: tuple[pl.DataFrame, pl.DataFrame],
) -> None:
    """The tables over all titles."""
    titles, sources = numbers
    out.add("titles", titles)
    out.add("sources", sources)
    _write_overall(work, found, done, out, names[1])
    for kind, label, at in _labels(work):
        assert done.label_words is not None
        own = np.flatnonzero(done.label_words[at])
        words = telling(done.terms, own, done.label_words[at][own], work.settings.words)
        out.add("words", [{"kind": kind, "title": None, "label": label, **word} for word in words])
    if work.emotion is None:
        return
    enough = titles.filter(~titles["too_few"]).drop_nulls(EMOTION_COLUMNS[0])
    saying = (say("insight.comparing"), say("insight.titles"))
    means = enough.select(_axes(work)).to_numpy()
    out.add("distances", nearest_titles(enough["title"].to_list(), means, work.settings.nearest, saying=saying))
    usable = sources.filter(~sources["too_few"]).drop_nulls(EMOTION_COLUMNS[0])
    for (title,), rows in usable.group_by("title", maintain_order=True):
        if rows.height > 1:
            out.add(
                "distances", between_sources(rows["source"].to_list(), rows.select(_axes(work)).to_numpy(), str(title))
            )


def _axes(work: Work) -> list[str]:
    """Columns of emotions that distances are made of: without '없음' where silent reviews do not count."""
    return [name for name in EMOTION_COLUMNS if work.settings.count_none or name != "e_없음"]


def _labels(work: Work) -> list[tuple[str, str, int]]:
    """Kind, name and row of the labels that words are told for."""
    emotions = [("emotion", one.label, at) for at, one in enumerate(EMOTIONS)] if work.emotion else []
    return emotions + ([("sentiment", side, COUNT + at) for at, side in enumerate(SIDES)] if work.sentiment else [])


def _write_overall(work: Work, found: Survey, done: Measured, out: Growing, sources: list[str]) -> None:
    """Means over all titles: of everything, of each source; the timeline of everything."""
    import polars as pl

    if done.sums:
        whole = [sum(one[0] for one in done.sums.values()), np.sum([one[1] for one in done.sums.values()], axis=0)]
        out.add("emotions", _overall_rows(None, *whole))
        by_source = {sources[at]: one for at, one in sorted(done.sums.items()) if at >= 0}
        for source, one in by_source.items():
            out.add("emotions", _overall_rows(source, *one))
        enough = [name for name, one in by_source.items() if one[0] >= work.settings.min_reviews]
        if len(enough) > 1:
            axes = [EMOTION_COLUMNS.index(name) for name in _axes(work)]
            means = np.stack([by_source[name][1][0][axes] / by_source[name][0] for name in enough])
            out.add("distances", between_sources(enough, means))
    months = found.months.frame()
    if months is None or not months.height:
        return
    whole_months = months.drop("title").group_by("month").sum()
    for other in (done.scores.months.frame(), done.overall.frame()):
        if other is not None:
            by_month = other.drop("title") if "title" in other.columns else other
            whole_months = whole_months.join(by_month.group_by("month").sum(), on="month", how="left")
    everything = whole_months.fill_null(0).with_columns(pl.lit(None, pl.Int32).alias("title"))
    periods = in_periods(everything, units_of(everything, work.settings.period))
    out.add("timeline", with_means(periods.with_columns(pl.lit(None, pl.String).alias("title")), work.scale))


def _overall_rows(source: str | None, count: int, sums: Any) -> pl.DataFrame:
    """Rows of the table of emotions for all titles together; intervals by the central limit theorem."""
    import polars as pl

    mean = sums[0] / count if count else np.full(len(LEVELS), np.nan)
    variance = (sums[1] - count * mean**2) / max(count - 1, 1)
    low, high = normal_interval(mean, variance, count)
    return pl.DataFrame(
        {
            "title": pl.Series([None] * len(LEVELS), dtype=pl.String),
            "source": pl.Series([source] * len(LEVELS), dtype=pl.String),
            "level": [level for level, _ in LEVELS],
            "emotion": [name for _, name in LEVELS],
            "mean": mean,
            "low": low,
            "high": high,
            "n": [count] * len(LEVELS),
        }
    ).with_columns(pl.col("mean", "low", "high").fill_nan(None))


def _numbers(
    work: Work, found: Survey, done: Measured, names: tuple[list[str], list[str]], *, by_source: bool
) -> pl.DataFrame:
    """The rows of the table of titles, or of titles and sources."""
    import polars as pl

    keys = ["title", "source"] if by_source else ["title"]
    groups = found.groups.frame()
    assert groups is not None
    if by_source:
        groups = groups.filter(pl.col("source") >= 0)
    sums = [name for name in groups.columns if name[0] in "sk" and name[1:].isdigit()]
    many = (pl.col("source") >= 0).sum().cast(pl.Int64).alias("sources")
    frame = groups.group_by(keys).agg(
        pl.col("n", "dated", *sums).sum(), pl.col("first").min(), pl.col("last").max(), *([] if by_source else [many])
    )
    scores = done.scores.groups.frame()
    if scores is not None:
        summed = scores.group_by(keys).agg(pl.col("p_n", "p", "pp", "pos", "neg").sum())
        frame = frame.join(summed, on=keys, how="left")
    felt = pl.concat(done.groups).filter(pl.col("source").is_not_null() if by_source else pl.col("source").is_null())
    frame = frame.join(felt if by_source else felt.drop("source"), on=keys, how="left")
    shown = [pl.Series(names[0], dtype=pl.String).gather(frame["title"]).alias("title")]
    if by_source:
        shown.append(pl.Series(names[1], dtype=pl.String).gather(frame["source"]).alias("source"))
    frame = frame.with_columns(
        *mean_stars(work.scale),
        (pl.col("n") < work.settings.min_reviews).alias("too_few"),
        pl.col("first").alias("first_date"),
        pl.col("last").alias("last_date"),
        pl.col("none_share").fill_nan(None),
    )
    frame = _with_sentiment(frame) if scores is not None else frame
    order = frame.with_columns(pl.col("title").alias("__t"), *([pl.col("source").alias("__s")] if by_source else []))
    placed = order.with_columns(shown).sort(["n", "__t"], descending=[True, False], maintain_order=True)
    if by_source:  # titles as in their own table, the sources of each by size
        total = pl.col("n").sum().over("__t")
        placed = placed.with_columns(total.alias("__n")).sort(
            ["__n", "__t", "n", "__s"], descending=[True, False, True, False]
        )
    return _with_affect(placed)


def _with_sentiment(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    count = pl.col("p_n")
    some = count.fill_null(0) > 0
    mean = pl.col("p") / count
    frame = frame.with_columns(
        count.fill_null(0).alias("sentiment_n"),
        pl.when(some).then(pl.col("pos") / count).alias("positive_share"),
        pl.when(some).then(pl.col("neg") / count).alias("negative_share"),
        pl.when(some).then(mean).alias("positivity"),
        pl.when(count > 1).then((pl.col("pp") - count * mean * mean) / (count - 1)).alias("__variance"),
    )
    values = [frame[name].cast(pl.Float64).to_numpy() for name in ("positivity", "__variance", "sentiment_n")]
    low, high = normal_interval(*values)
    ends = (pl.Series("positivity_low", low), pl.Series("positivity_high", high))
    return frame.with_columns(ends).with_columns(pl.col("positivity_low", "positivity_high").fill_nan(None))


def _with_affect(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    if EMOTION_COLUMNS[0] not in frame.columns:
        return frame
    frame = frame.with_columns(pl.col(EMOTION_COLUMNS).fill_nan(None))
    valence, arousal = affect(frame.select(EMOTION_COLUMNS).fill_null(float("nan")).to_numpy())
    both = (pl.Series("valence", valence), pl.Series("arousal", arousal))
    return frame.with_columns(both).with_columns(pl.col("valence", "arousal").fill_nan(None))


def _facts(work: Work, found: Survey, done: Measured, titles: pl.DataFrame, sources: pl.DataFrame) -> dict[str, Any]:
    """Keys of `insight.json` that the passes give."""
    import polars as pl

    left = found.left_out
    ratings = found.ratings.frame()
    off = 0
    if ratings is not None:
        usable = ratings if work.scale is None else ratings.filter(~inside(work.scale))
        off = int(usable["n"].sum())
    reviews = int(titles["n"].sum())
    scored = done.scores.groups.frame()
    enough = titles.filter(~titles["too_few"])
    rated = int(titles["stars_n"].sum())
    total = titles.select((pl.col("stars") * pl.col("stars_n")).sum()).item()
    return {
        "sentiment_on": work.settings.sentiment_on if work.sentiment else None,
        "counts": {
            "reviews": reviews,
            "titles": titles.height,
            "titles_enough": int((~titles["too_few"]).sum()),
            "sources": len(found.sources),
            "groups": sources.height,
            "used": int(titles["used"].sum()),
            "dated": int(titles["dated"].sum()),
            "stars": rated,
            "positive_share": _share(scored, "pos"),
            "positivity": _share(scored, "p"),
            "stars_mean": float(total) / rated if rated else None,
        },
        "left_out": {
            "unreadable_rows": left.unreadable_rows,
            "no_text": left.no_text,
            "no_title": left.no_title,
            "dates_unreadable": left.dates.unreadable,
            "dates_relative": left.dates.relative,
            "dates_ambiguous": left.dates.ambiguous,
            "ratings_unreadable": left.ratings.unreadable,
            "ratings_out_of_range": off,
        },
        "examples": {"dates": list(left.dates.examples), "ratings": list(left.ratings.examples)},
        "joined": found.titles.joined(),
        "joined_sources": found.sources.joined(),
        "rating_scale": work.scale,
        "agreement": None if scored is None else agreement(done.scores.joint.frame(), work.scale, enough),
        "emotions": [
            {"label": one.label, "en": one.en, "valence": one.valence, "arousal": one.arousal, "basic": list(one.basic),
             "coarse": one.coarse} for one in EMOTIONS
        ] if work.emotion else [],
        "basic": [{"name": name, "ko": ko, "en": en} for name, (ko, en) in BASIC.items()],
        "coarse": [{"name": name, "ko": ko, "en": en} for name, (ko, en) in COARSE.items()],
    }  # fmt: skip


def _share(scored: pl.DataFrame | None, column: str) -> float | None:
    """Of sentiment sums, one over the number of reviews."""
    import polars as pl

    return None if scored is None else float(scored.select(pl.col(column).sum() / pl.col("p_n").sum()).item())
