"""`maeum predict`: labels and probabilities for texts or for the rows of a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, overload

import numpy as np

from maeum.data.files import Table
from maeum.data.own import summarise
from maeum.data.writing import write_table
from maeum.engine import STREAMED_SUFFIXES, Answered, Job, Tally, file_print, folder_print, journal_folder, run
from maeum.engine.cores import cores
from maeum.engine.flow import BLOCK as FLOW_BLOCK
from maeum.engine.inference import counting_long
from maeum.engine.sessions import Engine
from maeum.errors import DataError, ModelError, UsageError
from maeum.messages import did_you_mean, language, listing, say
from maeum.models import DEFAULT, MODEL_FOLDER, load
from maeum.models.folder import CARD
from maeum.progress import progress, tell
from maeum.schema import ClassPredictions, Labels, Model, RowProblem, check_texts
from maeum.version import __version__
from maeum.workflows.inputs import Rows, printable, rows_of, rows_of_table, stream_of
from maeum.workflows.outputs import check_new_file
from maeum.workflows.predict_emotions import WithEmotions, emotion_columns, emotion_names, with_emotions
from maeum.workflows.tables import predicted_names, prediction_columns, prediction_names

if TYPE_CHECKING:
    import polars as pl

BLOCK: Final = 20_000  # rows between two steps of the progress bar
SMALL: Final = 20_000  # rows of a file up to which all are in memory at once
ERROR: Final = "error"


@overload
def predict(
    source: str | Path | bytes | Sequence[str],
    *,
    model: Model | str | Path = DEFAULT,
    engine: str | None = None,
    out: None = None,
    text: str | None = None,
    output_encoding: str | None = None,
    overwrite: bool = False,
    resume: bool = False,
    what: str | Sequence[str] | None = None,
    emotion_model: Model | str | Path | None = None,
    **settings: Any,
) -> pl.DataFrame: ...


@overload
def predict(
    source: str | Path | bytes | Sequence[str],
    *,
    model: Model | str | Path = DEFAULT,
    engine: str | None = None,
    out: str | Path,
    text: str | None = None,
    output_encoding: str | None = None,
    overwrite: bool = False,
    resume: bool = False,
    what: str | Sequence[str] | None = None,
    emotion_model: Model | str | Path | None = None,
    **settings: Any,
) -> pl.DataFrame | None: ...


def predict(
    source: str | Path | bytes | Sequence[str],
    *,
    model: Model | str | Path = DEFAULT,
    engine: str | None = None,
    out: str | Path | None = None,
    text: str | None = None,
    output_encoding: str | None = None,
    overwrite: bool = False,
    resume: bool = False,
    what: str | Sequence[str] | None = None,
    emotion_model: Model | str | Path | None = None,
    **settings: Any,
) -> pl.DataFrame | None:
    """Predict for texts, or for every row of a file, of any size where it is written to another.

        maeum.predict(["재밌다", "최악이다"], model="runs/linear")
        maeum.predict("reviews.csv", model="runs/linear", text="review", out="predicted.csv")

    A file of more than `SMALL` rows that is written to `out` (CSV, TSV, JSONL, Parquet) goes through in blocks at
    constant memory. What is finished stays beside `out` until all of it is: `resume=True` goes on from there after an
    interrupt.

    Args:
        source: Texts, the path of a file, or the bytes of a text file (one text a line).
        model: A Model, a model of the package, a model folder or a run folder; the bundled `fast` when not given.
        engine: What computes it: `torch` for trained models (on a GPU where there is one), `onnx` or `openvino` for
            exported ones; None: what the model is.
        out: File to write (CSV, TSV, JSONL, JSON, Parquet).
        text: Column with the text, in a file.
        output_encoding: Of CSV and TSV; UTF-8 with BOM when not given.
        overwrite: Replace a file that exists.
        resume: Go on with an unfinished `out` of the same input, model and settings.
        what: `sentiment,emotion` (or a list) for the columns of emotions too: `emotion` (labels joined by `|`) and
            `e_<label>`.
        emotion_model: Of emotions (KOTE's 44); the packaged `emotion` when None.
        **settings: Further fields of `DataSettings` (`encoding`, `delimiter`, `sheet` …).

    Returns:
        All columns of the file (or `text`), then `predicted`, `confidence`, one `p_<label>` per label, and `error` for
        a row that could not be read. Rows keep their order; none is left out. None where the rows went to `out` in
        blocks: read them from there.

    Raises:
        DataError: The file or its text column cannot be used.
        ModelError: There is no such model, or it does not classify.
        OutputError: `out` exists, or cannot be written.
        UsageError: Settings that do not go with what is given; `resume` of something else than was begun.
    """
    named = {"text_column": text, **settings}
    chosen = {name: value for name, value in named.items() if value is not None}
    in_blocks = out is not None and isinstance(source, str | Path) and Path(out).suffix.lower() in STREAMED_SUFFIXES
    if resume and not in_blocks:
        raise UsageError("predict.resume_not_here")
    if not in_blocks or out is None or not isinstance(source, str | Path):
        return predict_whole(
            source,
            model=model,
            engine=engine,
            out=out,
            output_encoding=output_encoding,
            overwrite=overwrite,
            what=what,
            emotion_model=emotion_model,
            **chosen,
        )
    check_new_file(Path(out), overwrite=overwrite, encoding=output_encoding)
    judge = with_emotions(judge_of(model, engine), what, emotion_model)
    stream, column = stream_of(Path(source), chosen)
    _refuse_clash(stream.columns, judge.labels, source, emotion_names(judge))
    if stream.rows <= SMALL and not (resume and journal_folder(Path(out)).exists()):
        return _answer(judge, rows_of_table(next(stream.blocks(stream.rows)), column), out, output_encoding)
    written = [Path(out).suffix.lower(), output_encoding, language()]  # errors are written in words
    decides = {"settings": {**chosen, "text_column": column}, "out": written, "engine": engine}
    if isinstance(judge, WithEmotions):
        decides["emotion"] = model_print(judge.emotion_name, judge.emotion_model)
    answer = partial(_block, judge, column)
    prints = {
        "input": file_print(stream.path),
        "model": model_print(model, judge),
        "settings": json.dumps(decides, sort_keys=True, default=str),
        "version": __version__,
    }
    block = getattr(judge, "block", None) or FLOW_BLOCK
    job = Job(stream, answer, Path(out), prints, output_encoding, workers_for(judge), block)
    _tell_of(run(job, resume=resume), output_encoding)
    return None


def predict_whole(
    source: str | Path | bytes | Sequence[str],
    *,
    model: Model | str | Path = DEFAULT,
    engine: str | None = None,
    out: str | Path | None = None,
    output_encoding: str | None = None,
    overwrite: bool = False,
    what: str | Sequence[str] | None = None,
    emotion_model: Model | str | Path | None = None,
    **settings: Any,
) -> pl.DataFrame:
    """As `predict`, in memory as a whole, so that the rows can be shown too."""
    if out is not None:
        check_new_file(Path(out), overwrite=overwrite, encoding=output_encoding)
    elif output_encoding is not None:
        raise UsageError("predict.encoding_without_file", encoding=output_encoding)
    judge = with_emotions(judge_of(model, engine), what, emotion_model)
    rows = rows_of(source, settings)
    _refuse_clash(rows.frame.columns, judge.labels, source, emotion_names(judge))
    return _answer(judge, rows, out, output_encoding)


def predict_typed(
    texts: Sequence[str], *, model: Model | str | Path = DEFAULT, engine: str | None = None
) -> tuple[list[str], list[list[Any]]]:
    """As `predict` for a few texts that are only shown; no table library is loaded for them, which takes longest.

    Returns:
        Names of the columns (`text`, then those of `predict` but `error`), and the values of each row.
    """
    judge = judge_of(model, engine)
    checked = check_texts(texts)
    empty = sum(not text.strip() for text in checked)
    if empty:
        tell(say("predict.empty_texts", count=empty))
    found = _predict(judge, checked)
    numbers = np.column_stack([found.confidence, found.probabilities]).tolist()
    rows = zip(printable(checked), predicted_names(found), numbers, strict=True)
    return ["text", *prediction_names(found.labels)], [[text, name, *row] for text, name, row in rows]


def _answer(model: Model, rows: Rows, out: str | Path | None, encoding: str | None) -> pl.DataFrame:
    if rows.problems:
        tell(say("predict.rows_with_error", reasons=summarise(tuple(rows.problems.values()))))
    if rows.empty:
        tell(say("predict.empty_texts", count=rows.empty))
    answers = prediction_columns(_predict(model, rows.texts)).hstack(emotion_columns(model, rows.texts))
    whole = rows.frame.hstack(_with_errors(answers, rows.problems))
    if out is not None:
        write_table(whole, out, encoding)
    return whole


def _block(model: Model, column: str, table: Table) -> Answered:
    """One block of a file with its answers."""
    rows = rows_of_table(table, column)
    with counting_long() as long:
        found = prediction_columns(_classes(model, rows.texts)).hstack(emotion_columns(model, rows.texts))
        answers = _with_errors(found, rows.problems)
    return Answered(rows.frame.hstack(answers), tuple(rows.problems.values()), rows.empty, long)


def _tell_of(tally: Tally, encoding: str | None) -> None:
    """Say of all rows what there is to say."""
    if tally.kinds:
        tell(say("predict.rows_with_error", reasons=tally.reasons()))
    if tally.empty:
        tell(say("predict.empty_texts", count=tally.empty))
    tally.long.tell()
    if tally.lost:
        count, first = sum(tally.lost.values()), "".join(list(tally.lost)[:10])
        tell(say("output.not_encodable", count=count, rows=tally.lost_lines, encoding=encoding, first=first))


def workers_for(model: Model) -> int:
    """Threads that predict: one, unless the model says that several may use it at once and gain by it."""
    if not getattr(model, "parallel", False):
        return 1
    return min(4, cores())


def judge_of(model: Model | str | Path, engine: str | None = None) -> Model:
    """The model, loaded where it is a name, and computed by `engine` where one is asked for.

    Raises:
        ModelError: There is no such model.
        UsageError: An unknown engine, or one that does not go with the model.
    """
    if engine is not None and engine not in tuple(Engine):
        near, known = did_you_mean(engine, Engine), ", ".join(Engine)
        raise UsageError("cli.not_a_choice", option="--engine", found=engine, near=near, known=known)
    found = load(model) if isinstance(model, str | Path) else model
    if engine is None:
        return found
    name = model if isinstance(model, str | Path) else type(model).__name__
    change: Callable[[Engine, object], Model] | None = getattr(found, "with_engine", None)
    if change is None:
        family = getattr(found, "family", None) or getattr(
            getattr(found, "settings", None), "family", type(found).__name__
        )
        raise UsageError("exported.no_engine", engine=engine, model=name, family=family)
    return change(Engine(engine), name)


def model_print(given: Model | str | Path, model: Model) -> str:
    """A hash of all that a model is saved as: of its folder, or of what it saves."""
    if isinstance(given, str | Path):
        folder = next((one for one in (Path(given), Path(given) / MODEL_FOLDER) if (one / CARD).is_file()), None)
        if folder is not None:
            return folder_print(folder)
    with TemporaryDirectory() as place:
        return folder_print(model.save(Path(place) / MODEL_FOLDER))


def _predict(model: Model, texts: list[str]) -> ClassPredictions:
    parts: list[ClassPredictions] = []
    with progress(say("evaluate.predicting"), len(texts), say("train.texts")) as advance, counting_long() as long:
        for start in range(0, max(len(texts), 1), BLOCK):
            block = texts[start : start + BLOCK]
            parts.append(_classes(model, block))
            advance(len(block))
    long.tell()
    first = parts[0]
    whole = np.concatenate([part.probabilities for part in parts])
    return ClassPredictions(first.labels, whole, first.several, first.thresholds)


def _classes(model: Model, texts: list[str]) -> ClassPredictions:
    predictions = model.predict(texts)
    if not isinstance(predictions, ClassPredictions):
        raise ModelError("predict.not_a_classifier", task=model.task.value)
    return predictions


def _with_errors(answers: pl.DataFrame, problems: Mapping[int, RowProblem]) -> pl.DataFrame:
    """No answer, and the reason, for rows that could not be read."""
    import polars as pl

    if not problems:
        return answers.hstack([pl.Series(ERROR, [None] * answers.height, dtype=pl.String)])
    reasons = {row: say(f"rows.{problem.kind}", detail=problem.detail) for row, problem in problems.items()}
    readable = pl.Series([row not in reasons for row in range(answers.height)])
    emptied = answers.select(pl.when(readable).then(pl.all()).otherwise(None))
    said = [reasons.get(row) for row in range(answers.height)]
    return emptied.with_columns(pl.Series(ERROR, said, dtype=pl.String))


def _refuse_clash(columns: Sequence[str], labels: Labels, source: Any, more: Sequence[str] = ()) -> None:
    added = {*prediction_names(labels), *more, ERROR}
    clash = [column for column in columns if column in added]
    if clash:
        raise DataError("predict.column_exists", path=source, columns=listing(clash))
