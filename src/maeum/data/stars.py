"""Stars to labels by a stated rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from maeum.schema import Labels

if TYPE_CHECKING:
    import polars as pl


class StarRule(StrEnum):
    """How stars become labels."""

    TWO = "2"
    """negative / positive; the middle is left out."""
    THREE = "3"
    """negative / neutral / positive."""
    ORDINAL = "ordinal"
    """Every star is a label of its own, in order."""


@dataclass(frozen=True)
class Scale:
    """A scale of `top` stars: at most `low` is negative, at least `high` positive, between them neutral."""

    top: int
    low: int
    high: int


# Ten stars: the rule NSMC was made with (1-4 negative, 9-10 positive, 5-8 left out). Five stars: its usual counterpart.
SCALES: Final = {10: Scale(10, 4, 9), 5: Scale(5, 2, 4)}

NEGATIVE_POSITIVE: Final = Labels(
    ("negative", "positive"), titles={"ko": ("부정", "긍정"), "en": ("negative", "positive")}
)
THREE_WAY: Final = Labels(
    ("negative", "neutral", "positive"),
    ordered=True,
    titles={"ko": ("부정", "중립", "긍정"), "en": ("negative", "neutral", "positive")},
)


def star_labels(rule: StarRule, scale: Scale) -> Labels:
    """The labels that `rule` gives."""
    if rule is StarRule.TWO:
        return NEGATIVE_POSITIVE
    if rule is StarRule.THREE:
        return THREE_WAY
    names = tuple(str(star) for star in range(1, scale.top + 1))
    return Labels(names, ordered=True, titles={"ko": tuple(f"별점 {name}" for name in names)})


def stars_to_labels(stars: pl.Series, rule: StarRule, scale: Scale) -> pl.Series:
    """Label names for whole stars; null where the rule leaves a star out or it is off the scale.

    rule 2 on ten stars: 1 4 5 8 9 10 -> negative negative - - positive positive
    """
    import polars as pl

    star = pl.col("star")
    known = star.is_between(1, scale.top) & (star == star.round(0))
    if rule is StarRule.ORDINAL:
        label = star.cast(pl.Int64, strict=False).cast(pl.String)
    else:
        between = pl.lit("neutral") if rule is StarRule.THREE else pl.lit(None, dtype=pl.String)
        label = (
            pl.when(star <= scale.low)
            .then(pl.lit("negative"))
            .when(star >= scale.high)
            .then(pl.lit("positive"))
            .otherwise(between)
        )
    frame = pl.DataFrame({"star": stars.cast(pl.Float64, strict=False)})
    return frame.select(pl.when(known).then(label).otherwise(None).alias("label"))["label"]
