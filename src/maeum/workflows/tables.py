"""Predictions as table columns: `predicted`, `confidence` and one `p_<label>` per label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maeum.schema import ClassPredictions, Dataset, Labels

if TYPE_CHECKING:
    import polars as pl

SEPARATOR: Final = ", "  # between several labels in one cell


def prediction_names(labels: Labels) -> list[str]:
    """Names of the columns that predictions are written to."""
    return ["predicted", "confidence", *(f"p_{label}" for label in labels)]


def predicted_names(predictions: ClassPredictions) -> list[str]:
    """The label each text is given `(N,)`; several labels: those at or above their threshold, joined by commas."""
    return [SEPARATOR.join(names) for names in predictions.sets()] if predictions.several else predictions.top


def prediction_columns(predictions: ClassPredictions) -> pl.DataFrame:
    """`predicted`, `confidence`, `p_<label>`; several labels: those at or above their threshold, joined by commas."""
    import polars as pl

    top, sure, *names = prediction_names(predictions.labels)
    if predictions.several:
        predicted = pl.Series(top, predicted_names(predictions), dtype=pl.String)
    else:
        predicted = pl.Series(top, predictions.labels.names, dtype=pl.String).gather(predictions.indices)
    columns = [
        predicted,
        pl.Series(sure, predictions.confidence, dtype=pl.Float32),
        *(pl.Series(name, predictions.probabilities[:, k], dtype=pl.Float32) for k, name in enumerate(names)),
    ]
    return pl.DataFrame(columns)


def prediction_frame(data: Dataset, predictions: ClassPredictions) -> pl.DataFrame:
    """`id`, `label` and the predictions, one row per example."""
    known = [column for column in ("id", "label") if column in data.frame.columns]
    return data.frame.select(known).hstack(prediction_columns(predictions))
