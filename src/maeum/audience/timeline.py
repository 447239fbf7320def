"""How a title's figures develop over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

ENOUGH: Final = 10  # dated reviews that a period should have
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


def month_of(day: str = "day") -> pl.Expr:
    """Number of the month of a day: 12 · year + month − 1."""
    import polars as pl

    return (pl.col(day).dt.year().cast(pl.Int32) * 12 + pl.col(day).dt.month().cast(pl.Int32) - 1).alias("month")


def units_of(months: pl.DataFrame, wanted: str) -> pl.DataFrame:
    """The unit of each title: the shortest whose periods have `ENOUGH` reviews on average, else years.

    Args:
        months: `title`, `month`, `n`: reviews of each month that has any.
        wanted: `auto`, or the unit of all.

    Returns:
        `title`, `unit`.
    """
    import polars as pl

    if wanted != "auto":
        return months.select(pl.col("title").unique(maintain_order=True)).with_columns(pl.lit(wanted).alias("unit"))
    counts = months.group_by("title", maintain_order=True).agg(
        pl.col("n").sum(),
        pl.col("month").n_unique().alias("months"),
        (pl.col("month") // 3).n_unique().alias("quarters"),
    )
    return counts.select(
        "title",
        pl.when(pl.col("n") >= ENOUGH * pl.col("months"))
        .then(pl.lit("month"))
        .when(pl.col("n") >= ENOUGH * pl.col("quarters"))
        .then(pl.lit("quarter"))
        .otherwise(pl.lit("year"))
        .alias("unit"),
    )


def in_periods(months: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Sums by month as sums by period.

    Args:
        months: `title`, `month`, and sums.
        units: From `units_of`.

    Returns:
        `title`, `unit`, `period` (2019-03, 2019-Q1, 2019), `period_start`, and the sums, in the order of time.
    """
    import polars as pl

    step = pl.col("unit").replace_strict(_MONTHS, return_dtype=pl.Int32)
    sums = [name for name in months.columns if name not in ("title", "month")]
    placed = months.join(units, on="title", how="inner", nulls_equal=True).with_columns(
        (pl.col("month") // step * step).alias("first")
    )
    whole = placed.group_by("title", "unit", "first").agg(pl.col(sums).sum())
    year, month = pl.col("first") // 12, pl.col("first") % 12 + 1
    shown = (
        pl.when(pl.col("unit") == "year")
        .then(pl.format("{}", year))
        .when(pl.col("unit") == "quarter")
        .then(pl.format("{}-Q{}", year, (month + 2) // 3))
        .otherwise(pl.format("{}-{}", year, month.cast(pl.String).str.zfill(2)))
    )
    return whole.with_columns(shown.alias("period"), pl.date(year, month, 1).alias("period_start")).sort(
        "title", "period_start", nulls_last=False
    )
