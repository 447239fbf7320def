"""The first pass over a table of reviews: how many there are of what, and which of them are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from maeum.audience.agreement import joint_counts
from maeum.audience.choosing import Chooser
from maeum.audience.columns import Columns
from maeum.audience.judging import EmotionJudge, SentimentJudge
from maeum.audience.names import Names
from maeum.audience.ratings import bucket_columns
from maeum.audience.reading import LeftOut, reviews_of
from maeum.audience.running import Running
from maeum.audience.settings import InsightSettings
from maeum.audience.timeline import month_of
from maeum.data.files.stream import Stream
from maeum.data.files.table import Table
from maeum.engine.inference import Long, counting_long
from maeum.engine.ordered import map_ordered
from maeum.messages import say
from maeum.progress import progress

if TYPE_CHECKING:
    import polars as pl

BLOCK: Final = 20_000  # rows
GROUP: Final = ["title", "source"]


@dataclass(frozen=True)
class Work:
    """What is to be done.

    Attributes:
        stream: The table.
        columns: What its columns mean.
        settings: How reviews are chosen and counted; `choose` and `sentiment_on` are decided, not `auto`.
        known: Title as written -> title to show.
        sentiment: Who judges sentiment, if anyone.
        emotion: Who judges emotions, if anyone.
        day_first: See `dates.read_date`.
        scale: Top of the stars; None to find it.
        workers: Threads that read and judge blocks.
    """

    stream: Stream
    columns: Columns
    settings: InsightSettings
    known: Mapping[str, str] = field(default_factory=dict)
    sentiment: SentimentJudge | None = None
    emotion: EmotionJudge | None = None
    day_first: bool = False
    scale: int | None = None
    workers: int = 1

    @property
    def on_all(self) -> bool:
        """Whether sentiment is measured on all reviews."""
        return self.sentiment is not None and self.settings.sentiment_on == "all"

    def tables(self) -> Iterator[tuple[int, Table]]:
        """The table in blocks, each with the place of its first row."""
        start = 0
        for table in self.stream.blocks(BLOCK):
            yield start, table
            start += table.frame.height


@dataclass
class Scores:
    """Sums of sentiment.

    Attributes:
        groups: By title and source: `p_n`, `p`, `pp` (squares), `pos`, `neg`.
        months: By title and month: `p_n`, `p`.
        joint: Joint counts with the stars.
    """

    groups: Running = field(default_factory=lambda: Running(GROUP))
    months: Running = field(default_factory=lambda: Running(["title", "month"]))
    joint: Running = field(default_factory=lambda: Running(["stars", "step"]))

    def add(self, reviews: pl.DataFrame) -> None:
        """Add reviews with `title`, `source`, `day`, `stars`, `positivity`, `positive`, `negative`."""
        import polars as pl

        p = pl.col("positivity").cast(pl.Float64)
        count, total = pl.len().cast(pl.Int64).alias("p_n"), p.sum().alias("p")
        calls = (pl.col(name).sum().cast(pl.Int64).alias(name[:3]) for name in ("positive", "negative"))
        self.groups.add(reviews.group_by(GROUP).agg(count, total, (p * p).sum().alias("pp"), *calls))
        dated = reviews.filter(pl.col("day").is_not_null())
        self.months.add(dated.group_by("title", month_of()).agg(count, total))
        self.joint.add(joint_counts(reviews))


@dataclass
class Survey:
    """What the first pass found.

    Attributes:
        titles: Names of titles.
        sources: Names of sources.
        groups: By title and source: `n`, `dated`, `first`, `last`, and sums of stars.
        months: By title and month: `n`, and sums of stars.
        ratings: By `stars`: `n`.
        scores: Sentiment, where it is measured on all.
        chooser: Holds the reviews that are used.
        left_out: Counts.
        long: Texts longer than a model sees.
        rows: Of the table.
    """

    titles: Names
    chooser: Chooser
    sources: Names = field(default_factory=Names)
    groups: Running = field(default_factory=lambda: Running(GROUP, least=["first"], greatest=["last"]))
    months: Running = field(default_factory=lambda: Running(["title", "month"]))
    ratings: Running = field(default_factory=lambda: Running(["stars"]))
    scores: Scores = field(default_factory=Scores)
    left_out: LeftOut = field(default_factory=LeftOut)
    long: Long = field(default_factory=Long)
    rows: int = 0

    def numbered(self, reviews: pl.DataFrame) -> pl.DataFrame:
        """The reviews with numbers in place of titles and sources; -1 where there is no source."""
        import polars as pl

        titles = self.titles.numbers(reviews["title"].to_list())
        sources = self.sources.numbers(reviews["source"].to_list())
        return reviews.with_columns(pl.Series("title", titles), pl.Series("source", sources))

    def add(self, reviews: pl.DataFrame, *, scored: bool) -> None:
        """Count the reviews of a block (`reading.reviews_of`, titles and sources as written)."""
        import polars as pl

        placed = self.numbered(reviews)
        for names, role in ((self.titles, "title"), (self.sources, "source")):
            met = reviews.drop_nulls(role).group_by(role, maintain_order=True).agg(pl.len())
            names.count(met.iter_rows())
        count = pl.len().cast(pl.Int64).alias("n")
        day = pl.col("day")
        dated = day.is_not_null().sum().cast(pl.Int64).alias("dated")
        stars = bucket_columns()
        self.groups.add(
            placed.group_by(GROUP).agg(count, dated, day.min().alias("first"), day.max().alias("last"), *stars)
        )
        self.months.add(placed.filter(day.is_not_null()).group_by("title", month_of()).agg(count, *stars))
        self.ratings.add(placed.drop_nulls("stars").group_by(pl.col("stars").round(2)).agg(count))
        self.chooser.add(placed)
        if scored:
            self.scores.add(placed)


def survey(work: Work) -> Survey:
    """Read the whole table once."""
    settings = work.settings
    found = Survey(Names(work.known), Chooser(settings.choose, settings.max_reviews, settings.seed))
    with progress(say("insight.surveying"), work.stream.rows, say("insight.reviews")) as advance:
        blocks = map_ordered(lambda one: _block(work, *one), work.tables(), work.workers, 2 * work.workers)
        for reviews, left, long, height in blocks:
            found.left_out.add(left)
            found.long.add(long)
            found.rows += height
            found.add(reviews, scored=work.on_all)
            advance(height)
    return found


def _block(work: Work, start: int, table: Table) -> tuple[pl.DataFrame, LeftOut, Long, int]:
    """The reviews of a block, with their sentiment where that is measured on all."""
    reviews, left = reviews_of(table, start, work.columns, day_first=work.day_first)
    with counting_long() as long:
        if work.on_all and work.sentiment is not None:
            reviews = reviews.hstack(work.sentiment.ask(reviews["text"]))
    return reviews.drop("text"), left, long, table.frame.height
