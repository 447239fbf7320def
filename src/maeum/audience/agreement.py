"""How far predicted sentiment agrees with the stars, from joint counts of positivity and stars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maeum.audience.measures import spearman
from maeum.audience.ratings import HIGH, LOW, inside

if TYPE_CHECKING:
    import polars as pl

STEPS: Final = 1000  # of positivity, in which reviews are counted
BINS: Final = 10  # of calibration


def joint_counts(reviews: pl.DataFrame) -> pl.DataFrame:
    """`stars`, `step` (of positivity), `n` and `p` (sum of positivity) of reviews with `stars` and `positivity`."""
    import polars as pl

    step = (pl.col("positivity") * STEPS).floor().clip(0, STEPS - 1).cast(pl.Int32).alias("step")
    rated = reviews.filter(pl.col("stars").is_not_null())
    counted = rated.select(pl.col("stars").round(2), step, pl.col("positivity").cast(pl.Float64).alias("p"))
    return counted.group_by("stars", "step").agg(pl.len().cast(pl.Int64).alias("n"), pl.col("p").sum())


def agreement(joint: pl.DataFrame | None, scale: int | None, titles: pl.DataFrame) -> dict[str, Any] | None:
    """The numbers of agreement; None where there are no stars.

    Args:
        joint: From `joint_counts`, over all reviews.
        scale: Top of the stars.
        titles: `positivity` and `stars` of titles with enough reviews.
    """
    import polars as pl

    if joint is None or scale is None:
        return None
    rated = joint.filter(inside(scale))
    total = int(rated["n"].sum())
    if not total:
        return None
    low_top, high_bottom = LOW * scale, HIGH[scale] * scale
    decided = rated.filter((pl.col("stars") <= low_top) | (pl.col("stars") >= high_bottom))
    decided = decided.with_columns(
        (pl.col("stars") >= high_bottom).alias("high"), (pl.col("step") >= STEPS // 2).alias("positive")
    )
    pairs = titles.drop_nulls(["positivity", "stars"])
    return {
        "reviews": total,
        "spearman_reviews": spearman(_matrix(rated)),
        "titles": pairs.height,
        "spearman_titles": spearman_of(pairs["positivity"].to_numpy(), pairs["stars"].to_numpy()),
        "decided": int(decided["n"].sum()),
        "accuracy": _share(decided, pl.col("high") == pl.col("positive")),
        "low_stars": low_top,
        "high_stars": high_bottom,
        "low_correct": _share(decided.filter(~pl.col("high")), ~pl.col("positive")),
        "high_correct": _share(decided.filter(pl.col("high")), pl.col("positive")),
        **_calibration(decided),
    }


def spearman_of(first: Any, second: Any) -> float | None:
    """Rank correlation of two arrays `(N,)`; None for fewer than three or where one does not vary."""
    if len(first) < 3:
        return None
    a, b = (np.unique(one, return_inverse=True)[1] for one in (first, second))
    if a.max() == 0 or b.max() == 0:
        return None
    ranks = [_mid_ranks(one) for one in (a, b)]
    return float(np.corrcoef(*ranks)[0, 1])


def _mid_ranks(codes: Any) -> Any:
    counts = np.bincount(codes)
    return (np.cumsum(counts) - (counts - 1) / 2)[codes]


def _matrix(rated: pl.DataFrame) -> Any:
    stars, rows = np.unique(rated["stars"].to_numpy(), return_inverse=True)
    counts = np.zeros((STEPS, len(stars)), np.float64)
    np.add.at(counts, (rated["step"].to_numpy(), rows), rated["n"].to_numpy())
    return counts


def _share(frame: pl.DataFrame, condition: pl.Expr) -> float | None:
    total = int(frame["n"].sum())
    return int(frame.filter(condition)["n"].sum()) / total if total else None


def _calibration(decided: pl.DataFrame) -> dict[str, Any]:
    """Share of high stars by predicted positivity, in ten bins; and the mean gap, weighed by reviews."""
    import polars as pl

    width = STEPS // BINS
    bins, gap, total = [], 0.0, int(decided["n"].sum())
    for at in range(BINS):
        part = decided.filter(pl.col("step").is_between(at * width, (at + 1) * width - 1))
        count = int(part["n"].sum())
        mean = float(part["p"].sum()) / count if count else None
        share = _share(part, pl.col("high"))
        if mean is not None and share is not None:
            gap += abs(mean - share) * count / total
        bins.append(
            {"low": at / BINS, "high": (at + 1) / BINS, "n": count, "positivity": mean, "positive_share": share}
        )
    return {"ece": gap if total else None, "bins": bins}
