"""Stars as people write them, and the scale they are on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

SCALES: Final = (5, 10, 100)
LEAST: Final = {5: 0.5, 10: 1.0, 100: 1.0}  # below it no stars were given
LOW: Final = 0.4  # of the top, up to which stars are low: 4 of 10, 2 of 5
HIGH: Final = {5: 0.8, 10: 0.9, 100: 0.9}  # of the top, from which they are high: 9 of 10, 4 of 5
# share of the stars that a scale must hold to be taken; on a scale of 100 nearly all lie above 10
INSIDE: Final = {5: 0.99, 10: 0.8, 100: 0.0}
# where a star may count by one scale and not by another: sums are kept apart here, until the scale is known
EDGES: Final = (0.5, 1.0, 5.0, 10.0, 100.0)
BUCKETS: Final = 4  # [0.5, 1) [1, 5] (5, 10] (10, 100]
_WRITTEN: Final = re.compile(r"^(-?\d+(?:[.,]\d+)?)\s*(?:점|개|stars?|/\s*\d+(?:점)?|점\s*/\s*\d+점?)?$", re.IGNORECASE)
_DRAWN: Final = re.compile(r"^[★⭐☆½\s\ufe0f]+$")
SHOWN: Final = 5


@dataclass
class RatingFaults:
    """Rows with something that is no number of stars, and some of what it was."""

    unreadable: int = 0
    examples: dict[str, None] = field(default_factory=dict)

    def add(self, other: RatingFaults) -> None:
        """Count the rows of another part of the column too."""
        self.unreadable += other.unreadable
        for example in other.examples:
            if len(self.examples) < SHOWN:
                self.examples.setdefault(example)


def read_rating(written: str) -> float | None:
    """Stars from how they are written: `9`, `9점`, `4.5`, `4,5`, `8/10`, `★★★★☆` -> 4; None for anything else."""
    text = written.strip()
    if found := _WRITTEN.match(text):
        return float(found.group(1).replace(",", "."))
    if _DRAWN.match(text):
        return text.count("★") + text.count("⭐") + 0.5 * text.count("½")
    return None


def to_stars(column: pl.Series) -> tuple[pl.Series, RatingFaults]:
    """A column of any type as numbers; what is none is null, and counted."""
    import polars as pl

    faults = RatingFaults()
    if column.dtype.is_numeric():
        stars = column.cast(pl.Float64).fill_nan(None)
        return pl.select(pl.when(stars.is_finite()).then(stars).alias(column.name)).to_series(), faults
    if column.dtype != pl.String:
        faults.unreadable = len(column) - column.null_count()
        return pl.Series(column.name, [None] * len(column), dtype=pl.Float64), faults
    texts = column.str.strip_chars().alias("written")
    counts = texts.drop_nulls().value_counts(name="times")
    known: dict[str, float] = {}
    for one, times in counts.iter_rows():
        stars_of = read_rating(one)
        if stars_of is not None:
            known[one] = stars_of
        elif one:
            faults.unreadable += times
            if len(faults.examples) < SHOWN:
                faults.examples.setdefault(one[:40])
    if not known:
        return pl.Series(column.name, [None] * len(column), dtype=pl.Float64), faults
    keys, values = pl.Series(list(known), dtype=pl.String), pl.Series(list(known.values()), dtype=pl.Float64)
    return texts.replace_strict(keys, values, default=None, return_dtype=pl.Float64), faults


def bucket_columns() -> list[pl.Expr]:
    """`s0`…`s3` and `k0`…`k3`: sum and number of the column `stars` between the edges."""
    import polars as pl

    star = pl.col("stars")
    inside = [
        (star >= EDGES[0]) & (star < EDGES[1]),
        (star >= EDGES[1]) & (star <= EDGES[2]),
        (star > EDGES[2]) & (star <= EDGES[3]),
        (star > EDGES[3]) & (star <= EDGES[4]),
    ]
    sums = [pl.when(one).then(star).otherwise(0.0).sum().alias(f"s{at}") for at, one in enumerate(inside)]
    counts = [one.fill_null(value=False).sum().cast(pl.Int64).alias(f"k{at}") for at, one in enumerate(inside)]
    return [*sums, *counts]


def scale_of(values: pl.DataFrame) -> int | None:
    """The smallest scale that holds nearly all stars above 0 (`INSIDE`).

    Args:
        values: `stars`, and how often each occurs, `n`.
    """
    import polars as pl

    usable = values.filter((pl.col("stars") > 0) & (pl.col("stars") <= SCALES[-1]))
    total = int(usable["n"].sum())
    if not total:
        return None
    return next(top for top in SCALES if usable.filter(pl.col("stars") <= top)["n"].sum() >= INSIDE[top] * total)


def inside(scale: int) -> pl.Expr:
    """Whether the column `stars` lies on the scale."""
    import polars as pl

    return pl.col("stars").is_between(LEAST[scale], scale).fill_null(value=False)


def mean_stars(scale: int | None) -> list[pl.Expr]:
    """`stars_n` and `stars` of the sums of `bucket_columns`, for a scale."""
    import polars as pl

    if scale is None:
        return [pl.lit(0).cast(pl.Int64).alias("stars_n"), pl.lit(None, dtype=pl.Float64).alias("stars")]
    buckets = {5: (0, 1), 10: (1, 2), 100: (1, 2, 3)}[scale]
    total, count = sum(pl.col(f"s{at}") for at in buckets), sum(pl.col(f"k{at}") for at in buckets)
    return [
        pl.Expr.alias(count, "stars_n"),  # type: ignore[arg-type]
        pl.when(count > 0).then(total / count).otherwise(None).alias("stars"),
    ]
