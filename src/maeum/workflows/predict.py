"""`maeum predict`: labels and probabilities for texts or for the rows of a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maeum.data.columns import text_column
from maeum.data.files import read_table
from maeum.data.settings import DataSettings
from maeum.data.writing import check_suffix, write_table
from maeum.errors import DataError, ModelError
from maeum.messages import listing, say
from maeum.models import load
from maeum.progress import progress, tell
from maeum.schema import ClassPredictions, Model, RowProblem
from maeum.workflows.tables import prediction_columns

if TYPE_CHECKING:
    import polars as pl

BLOCK: Final = 20_000  # rows between two steps of the progress bar
ERROR: Final = "error"


def predict(
    source: str | Path | Sequence[str],
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
        source: Texts, or the path of a file.
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
    """
    if out is not None:
        _check_out(Path(out), overwrite=overwrite)
    judge = load(model) if isinstance(model, str | Path) else model
    named = DataSettings.build({"text_column": text, **{k: v for k, v in settings.items() if v is not None}})
    if isinstance(source, str | Path):
        frame, texts, problems = _read(Path(source), named)
    else:
        frame, texts, problems = _from_texts(source)
    predictions = _predict(judge, texts)
    _refuse_clash(frame, predictions, source)
    answers = _with_errors(prediction_columns(predictions), problems)
    whole = frame.hstack(answers)
    if out is not None:
        write_table(whole, out, output_encoding)
    return whole


def _check_out(out: Path, *, overwrite: bool) -> None:
    from maeum.errors import OutputError

    check_suffix(out)
    if out.is_dir():
        raise OutputError("common.is_directory", path=out, example="predicted.csv")
    if out.exists() and not overwrite:
        raise OutputError("common.exists", path=out)


def _read(path: Path, settings: DataSettings) -> tuple[pl.DataFrame, list[str], dict[int, RowProblem]]:
    """All columns, the texts, and the rows that could not be read, by position."""
    table = read_table(path, settings)
    column = text_column(table.frame.columns, settings.text_column, path)
    problems = {problem.row - table.first_row: problem for problem in table.problems if problem.kind != "blank"}
    texts, empty = [], 0
    for row, value in enumerate(table.frame[column].to_list()):
        if isinstance(value, list | dict | bytes):
            problems[row] = RowProblem(row + table.first_row, "not_text", repr(value)[:40])
        blank = value is None or value != value or not str(value).strip()
        empty += blank and row not in problems
        texts.append("" if blank or row in problems else str(value))
    if problems:
        from maeum.data.own import summarise

        tell(say("predict.rows_with_error", reasons=summarise(tuple(problems.values()))))
    if empty:
        tell(say("predict.empty_texts", count=int(empty)))
    return table.frame, texts, problems


def _from_texts(texts: Sequence[str]) -> tuple[pl.DataFrame, list[str], dict[int, RowProblem]]:
    import polars as pl

    from maeum.schema import check_texts

    checked = check_texts(texts)
    # what a terminal could not decode arrives as lone surrogates, which no file can hold
    shown = [text.encode("utf-8", "replace").decode("utf-8") for text in checked]
    return pl.DataFrame({"text": pl.Series(shown, dtype=pl.String)}), checked, {}


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


def _with_errors(answers: pl.DataFrame, problems: dict[int, RowProblem]) -> pl.DataFrame:
    """No answer, and the reason, for rows that could not be read."""
    import polars as pl

    bad = np.zeros(answers.height, np.bool_)
    bad[list(problems)] = True
    reasons = (
        [None] * answers.height
        if not problems
        else [
            say(f"rows.{problems[row].kind}", detail=problems[row].detail) if row in problems else None
            for row in range(answers.height)
        ]
    )
    emptied = answers.select(pl.when(pl.Series(~bad)).then(pl.all()).otherwise(None)) if problems else answers
    return emptied.with_columns(pl.Series(ERROR, reasons, dtype=pl.String))


def _refuse_clash(frame: pl.DataFrame, predictions: ClassPredictions, source: Any) -> None:
    added = {"predicted", "confidence", ERROR, *(f"p_{label}" for label in predictions.labels)}
    clash = [column for column in frame.columns if column in added]
    if clash:
        raise DataError("predict.column_exists", path=source, columns=listing(clash))
