"""Reviews that carry an emotion, or a sentiment, most strongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.audience.emotions import EMOTIONS, NONE_AT

if TYPE_CHECKING:
    import polars as pl

PER_LABEL: Final = 2  # reviews of a title and label
FEW_TITLES: Final = 500  # up to which all emotions of a title get examples
LEADING: Final = 5  # emotions of a title that get examples where there are more titles


class Examples:
    """Gathers examples of one part: places of reviews, labels, ranks and intensities."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._places: list[NDArray[np.int64]] = []
        self._labels: list[str] = []
        self._ranks: list[int] = []
        self._strengths: list[float] = []

    def add(self, places: NDArray[np.int64], strengths: NDArray[Any], least: NDArray[Any], labels: list[str]) -> None:
        """The strongest of a title's reviews for each label.

        Args:
            places: Of the title's reviews in the part `(n,)`.
            strengths: `(n, L)`.
            least: From which strength a review is an example `(L,)`.
            labels: L names.
        """
        top = np.argsort(-strengths, axis=0, kind="stable")[:PER_LABEL]
        for at, label in enumerate(labels):
            for rank, place in enumerate(top[:, at].tolist(), 1):
                if strengths[place, at] >= least[at]:
                    self._places.append(places[place])
                    self._labels.append(label)
                    self._ranks.append(rank)
                    self._strengths.append(float(strengths[place, at]))

    def frame(self, reviews: pl.DataFrame) -> pl.DataFrame:
        """The rows of the table of examples; `reviews` are those of the part."""
        import polars as pl

        places = pl.Series(self._places, dtype=pl.UInt32)
        return reviews[places].with_columns(
            pl.lit(self._kind).alias("kind"),
            pl.Series("label", self._labels, dtype=pl.String),
            pl.Series("rank", self._ranks, dtype=pl.Int64),
            pl.Series("intensity", self._strengths, dtype=pl.Float32),
            pl.col("day").alias("date"),
        )


def emotions_shown(means: NDArray[Any], *, few: bool) -> NDArray[np.int64]:
    """Emotions of a title that get examples: all but '없음', or its strongest."""
    order = [int(k) for k in np.argsort(-means, kind="stable") if k != NONE_AT]
    return np.array(order if few else order[:LEADING])


def labels_of(emotions: NDArray[np.int64]) -> list[str]:
    """Names of emotions."""
    return [EMOTIONS[k].label for k in emotions.tolist()]
