"""Whether the best two trials of a search differ by more than chance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maeum.metrics import paired
from maeum.metrics.learning import Noise
from maeum.report.formats import LOWER_IS_BETTER, is_number
from maeum.report.tune_folder import Search, Trial
from maeum.runs import PREDICTIONS

if TYPE_CHECKING:
    import polars as pl

Z: Final = 1.96  # two-sided 95 %


@dataclass(frozen=True)
class Pair:
    """The best trial against the second, on the same N rows; differences are positive where the best is better."""

    difference: float
    low: float
    high: float
    rows: int


def pair(search: Search, first: Trial, second: Trial) -> Pair | None:
    """The two trials' answers to the same validation rows; None where they are not at hand or cannot be compared.

    Answers of several seeds or folds, and of several labels, are not compared row by row.
    """
    if search.metric not in paired.METRICS or first.sd is not None or second.sd is not None:
        return None
    one, two = (_answers(search.place(trial) / PREDICTIONS) for trial in (first, second))
    if one is None or two is None or not one.select("id", "label").equals(two.select("id", "label")):
        return None
    names = sorted({*one["label"], *one["predicted"], *two["predicted"]})
    truth, ours, theirs = (
        np.array(names)[None, :] == column.to_numpy()[:, None]
        for column in (one["label"], one["predicted"], two["predicted"])
    )
    found = paired.paired_bootstrap(truth, ours, theirs, search.metric, seed=0)
    return Pair(found.value, found.low, found.high, one.height)


def bound(search: Search, score: float, *sds: float | None) -> float | None:
    """What chance moves one trial's score against another's; None where it cannot be said.

    From the validation rows as `metrics.learning.Noise` reckons it, for scores from 0 to 1 (shares of rows; other F1
    scores move about as much). From the standard deviations over the R seeds or folds of the two trials:
    1.96 · √((s₁² + s₂²) / R). The larger counts.
    """
    parts = []
    rows = search.validation_rows
    if rows and search.metric not in LOWER_IS_BETTER and not search.lower and 0 <= score <= 1:
        parts.append(Noise.of((1.0,), (score,), rows).score)
    known = [sd for sd in sds if sd is not None]
    if known:
        parts.append(Z * math.sqrt(sum(sd * sd for sd in known) / _repeats(search)))
    return max(parts, default=None)


def _repeats(search: Search) -> int:
    """Seeds or folds of a trial; 1, the widest bound, where the search does not tell."""
    told: list[Any] = [search.facts.get(name) for name in ("seeds", "folds")]
    return max([int(value) for value in told if is_number(value)] + [1])


def _answers(path: Path) -> pl.DataFrame | None:
    import polars as pl

    try:
        frame = pl.read_parquet(path, columns=["id", "label", "predicted"]).sort("id")
    except (OSError, pl.exceptions.PolarsError):
        return None
    plain = all(frame.schema[name] == pl.String for name in ("label", "predicted"))
    return frame if plain and frame.height and not frame.null_count().sum_horizontal().sum() else None
