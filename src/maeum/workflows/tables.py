"""Predictions as table columns: `predicted`, `confidence` and one `p_<label>` per label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maeum.schema import ClassPredictions, Dataset

if TYPE_CHECKING:
    import polars as pl

SEPARATOR: Final = ", "  # between several labels in one cell


def prediction_columns(predictions: ClassPredictions) -> pl.DataFrame:
    """`predicted`, `confidence`, `p_<label>`; several labels: those at or above their threshold, joined by commas."""
    import polars as pl

    predicted = [SEPARATOR.join(names) for names in predictions.sets()] if predictions.several else predictions.top
    columns = [
        pl.Series("predicted", predicted, dtype=pl.String),
        pl.Series("confidence", predictions.confidence, dtype=pl.Float32),
    ]
    columns += [
        pl.Series(f"p_{label}", predictions.probabilities[:, k], dtype=pl.Float32)
        for k, label in enumerate(predictions.labels)
    ]
    return pl.DataFrame(columns)


def prediction_frame(data: Dataset, predictions: ClassPredictions) -> pl.DataFrame:
    """`id`, `label` and the predictions, one row per example."""
    known = [column for column in ("id", "label") if column in data.frame.columns]
    return data.frame.select(known).hstack(prediction_columns(predictions))
