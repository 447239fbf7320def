"""Which reviews of a title and source are used where there are more than are needed.

Every review has a random key made of the seed and its place in the table, so that the choice does not depend on the
blocks it was read in. By `random` those with the least keys are used; by `newest` the last days, ties by key; by
`spread` the least key of every month, then the second least of every month, and so on.

All three can forget at any time what lies outside the first `limit` reviews so far: a further review only ever pushes
others back. (By `spread` a review's rank in its month never falls, and the number of reviews up to any rank never
shrinks.) So no more is held than `limit` reviews per group, and some that wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from maeum.audience.reading import PLACE

if TYPE_CHECKING:
    import polars as pl

WAITING: Final = 1_000_000  # reviews that are held before the choice is made among them
_LATE: Final = 1 << 40  # behind every dated review


def keys_of(places: NDArray[np.int64], seed: int) -> NDArray[np.uint64]:
    """Random keys `(N,)` of places in a table: splitmix64 (Steele, Lea, Flood 2014)."""
    with np.errstate(over="ignore"):
        z = places.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15) * np.uint64(2 * seed + 1)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return np.asarray(z ^ (z >> np.uint64(31)), np.uint64)


class Chooser:
    """Keeps the reviews that are used.

    Args:
        way: `random`, `newest` or `spread`.
        limit: Reviews per group.
        seed: Of the keys.
        waiting: Reviews held before the choice is made among them.
    """

    def __init__(self, way: str, limit: int, seed: int, waiting: int = WAITING) -> None:
        self._way, self._limit, self._seed, self._waiting = way, limit, seed, waiting
        self._parts: list[pl.DataFrame] = []
        self._rows = self._kept = 0

    def add(self, reviews: pl.DataFrame) -> None:
        """Offer reviews: `at`, `title`, `source` (numbers), `day`."""
        import polars as pl

        keys = pl.Series("key", keys_of(reviews[PLACE].to_numpy(), self._seed))
        self._parts.append(reviews.select(PLACE, "title", "source", "day").with_columns(keys))
        self._rows += reviews.height
        if self._rows > self._waiting + self._kept:
            self._kept = self.chosen().height

    def chosen(self) -> pl.DataFrame:
        """The reviews chosen so far: `at`, `title`, `source`, in the order of the table."""
        import polars as pl

        if not self._parts:
            return pl.DataFrame(schema={PLACE: pl.Int64, "title": pl.Int32, "source": pl.Int32})
        rows = pl.concat(self._parts)
        group = ["title", "source"]
        first = self._first(rows)
        rank = pl.struct("first", "key").rank("ordinal").over(group)
        kept = first.filter(pl.col("key").count().over(group) <= self._limit)
        many = first.filter(pl.col("key").count().over(group) > self._limit)
        if many.height:
            kept = pl.concat([kept, many.filter(rank <= self._limit)])
        kept = kept.drop("first").sort(PLACE)
        self._parts, self._rows = [kept], kept.height
        return kept.select(PLACE, *group)

    def _first(self, rows: pl.DataFrame) -> pl.DataFrame:
        """With the column `first`, which goes before the key."""
        import polars as pl

        if self._way == "random":
            return rows.with_columns(pl.lit(0, pl.Int64).alias("first"))
        day = pl.col("day").cast(pl.Int64)
        if self._way == "newest":
            return rows.with_columns((-day).fill_null(_LATE).alias("first"))
        month = pl.col("day").dt.year().cast(pl.Int32) * 12 + pl.col("day").dt.month()
        rank = pl.col("key").rank("ordinal").over("title", "source", "__month").cast(pl.Int64)
        late = pl.when(pl.col("day").is_null()).then(_LATE).otherwise(0)
        return rows.with_columns(month.alias("__month")).with_columns((rank + late).alias("first")).drop("__month")
