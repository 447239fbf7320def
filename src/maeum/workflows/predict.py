"""`maeum predict`: labels and probabilities for texts or for the rows of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maeum.data.own import summarise
from maeum.data.writing import write_table
from maeum.errors import DataError, ModelError, UsageError
from maeum.messages import listing, say
from maeum.models import load
from maeum.progress import progress, tell
from maeum.schema import ClassPredictions, Labels, Model, RowProblem
from maeum.workflows.inputs import rows_of
from maeum.workflows.outputs import check_new_file
from maeum.workflows.tables import prediction_columns, prediction_names

if TYPE_CHECKING:
    import polars as pl

BLOCK: Final = 20_000  # rows between two steps of the progress bar
ERROR: Final = "error"


def predict(
    source: str | Path | bytes | Sequence[str],
    *,
    model: Model | str | Path,
    out: str | Path | None = None,
    text: str | None = None,
    output_encoding: str | None = None,
    overwrite: bool = False,
    **settings: Any,
) -> pl.DataFrame:
    """Predict for texts, or for every row of a file.

        maeum.predict(["재밌다", "최악이다"], model="runs/linear")
        maeum.predict("reviews.csv", model="runs/linear", text="review", out="predicted.csv")

    Args:
        source: Texts, the path of a file, or the bytes of a text file (one text a line).
        model: A Model, a model folder or a run folder.
        out: File to write (CSV, TSV, JSONL, JSON, Parquet).
        text: Column with the text, in a file.
        output_encoding: Of CSV and TSV; UTF-8 with BOM when not given.
        overwrite: Replace a file that exists.
        **settings: Further fields of `DataSettings` (`encoding`, `delimiter`, `sheet` …).

    Returns:
        All columns of the file (or `text`), then `predicted`, `confidence`, one `p_<label>` per label, and `error` for
        a row that could not be read. Rows keep their order; none is left out.

    Raises:
        DataError: The file or its text column cannot be used.
        ModelError: There is no such model, or it does not classify.
        OutputError: `out` exists, or cannot be written.
        UsageError: Settings that do not go with what is given.
    """
    if out is not None:
        check_new_file(Path(out), overwrite=overwrite, encoding=output_encoding)
    elif output_encoding is not None:
        raise UsageError("predict.encoding_without_file", encoding=output_encoding)
    judge = load(model) if isinstance(model, str | Path) else model
    named = {"text_column": text, **settings}
    rows = rows_of(source, {name: value for name, value in named.items() if value is not None})
    _refuse_clash(rows.frame, judge.labels, source)
    if rows.problems:
        tell(say("predict.rows_with_error", reasons=summarise(tuple(rows.problems.values()))))
    if rows.empty:
        tell(say("predict.empty_texts", count=rows.empty))
    whole = rows.frame.hstack(_with_errors(prediction_columns(_predict(judge, rows.texts)), rows.problems))
    if out is not None:
        write_table(whole, out, output_encoding)
    return whole


def _predict(model: Model, texts: list[str]) -> ClassPredictions:
    parts: list[ClassPredictions] = []
    with progress(say("evaluate.predicting"), len(texts), say("train.texts")) as advance:
        for start in range(0, max(len(texts), 1), BLOCK):
            block = texts[start : start + BLOCK]
            predictions = model.predict(block)
            if not isinstance(predictions, ClassPredictions):
                raise ModelError("predict.not_a_classifier", task=model.task.value)
            parts.append(predictions)
            advance(len(block))
    first = parts[0]
    whole = np.concatenate([part.probabilities for part in parts])
    return ClassPredictions(first.labels, whole, first.several, first.thresholds)


def _with_errors(answers: pl.DataFrame, problems: Mapping[int, RowProblem]) -> pl.DataFrame:
    """No answer, and the reason, for rows that could not be read."""
    import polars as pl

    if not problems:
        return answers.with_columns(pl.lit(None, dtype=pl.String).alias(ERROR))
    reasons = {row: say(f"rows.{problem.kind}", detail=problem.detail) for row, problem in problems.items()}
    readable = pl.Series([row not in reasons for row in range(answers.height)])
    emptied = answers.select(pl.when(readable).then(pl.all()).otherwise(None))
    said = [reasons.get(row) for row in range(answers.height)]
    return emptied.with_columns(pl.Series(ERROR, said, dtype=pl.String))


def _refuse_clash(frame: pl.DataFrame, labels: Labels, source: Any) -> None:
    added = {*prediction_names(labels), ERROR}
    clash = [column for column in frame.columns if column in added]
    if clash:
        raise DataError("predict.column_exists", path=source, columns=listing(clash))
