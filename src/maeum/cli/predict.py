"""`maeum predict`."""

from __future__ import annotations

import inspect
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.console import frame_table, print_bytes, print_json_text, print_text, show, values_table
from maeum.cli.options import choose, data_fields, flags_from, given
from maeum.errors import UsageError
from maeum.messages import listing, say
from maeum.models import DEFAULT
from maeum.progress import tell
from maeum.settings import flag

if TYPE_CHECKING:
    import polars as pl

app = CommandLine()
FORMATS: Final = ("table", "json", "jsonl", "csv", "parquet")
ENGINES: Final = ("torch", "onnx", "openvino")
SHOWN_ROWS: Final = 50  # of a table on the screen
SHOWN_LABELS: Final = 6  # probabilities of more labels than this are left out on the screen


def _flags() -> list[inspect.Parameter]:
    from maeum.data.settings import DataSettings

    fields = data_fields(DataSettings.model_fields.items())
    return flags_from(one for one in fields if one[0] == "file" or one[1] == "text_column")


@app.command("predict", _flags)
def predict(
    texts: Annotated[list[str] | None, typer.Argument(metavar="[TEXT … | FILE | -]", help=say("cli.arg_texts"))] = None,
    model: Annotated[str, typer.Option("--model", metavar="MODEL", help=say("cli.arg_model"))] = DEFAULT,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help=say("cli.arg_predict_out"))] = None,
    format: Annotated[  # noqa: A002
        str | None, typer.Option("--format", metavar="|".join(FORMATS), help=say("cli.arg_format_rows"))
    ] = None,
    *,
    text: Annotated[bool, typer.Option("--text", help=say("cli.arg_text"))] = False,
    output_encoding: Annotated[
        str | None, typer.Option("--output-encoding", metavar="NAME", help=say("cli.arg_output_encoding"))
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("cli.arg_overwrite"))] = False,
    resume: Annotated[bool, typer.Option("--resume", help=say("predict.arg_resume"))] = False,
    engine: Annotated[
        str | None, typer.Option("--engine", metavar="|".join(ENGINES), help=say("exported.arg_engine"))
    ] = None,
    what: Annotated[str | None, typer.Option("--what", metavar="A,B", help=say("insight.arg_predict_what"))] = None,
    emotion_model: Annotated[
        str | None, typer.Option("--emotion-model", metavar="MODEL", help=say("insight.arg_emotion_model"))
    ] = None,
    cluster: Annotated[
        str | None, typer.Option("--cluster", metavar="local|auto|ADDRESS", help=say("scale.arg_cluster"))
    ] = None,
    cores_per_worker: Annotated[
        str | None, typer.Option("--cores-per-worker", metavar="INTEGER", help=say("scale.arg_cores"))
    ] = None,
    **settings: Any,
) -> None:
    """Parse, predict, show or write."""
    chosen = choose(format or "table", FORMATS, "--format")
    if chosen == "parquet" and sys.stdout.isatty():
        raise UsageError("predict.parquet_on_screen")
    if engine is not None:
        choose(engine, ENGINES, "--engine")
    if cluster is not None or cores_per_worker is not None:
        others = {"--text": text or None, "--format": format, "--output-encoding": output_encoding}
        others |= {"--what": what, "--emotion-model": emotion_model}
        wanted: dict[str, Any] = {"model": model, "engine": engine, "overwrite": overwrite, "resume": resume}
        wanted["text"] = settings.get("text_column")
        _predict_on_cluster(cluster, cores_per_worker, texts or [], out, others | _file_flags(settings), wanted)
        return
    source = find_source(texts or [], as_text=text)
    from maeum.workflows.predict import predict as work
    from maeum.workflows.predict import predict_whole

    wanted = {
        "model": model,
        "engine": engine,
        "output_encoding": output_encoding,
        "overwrite": overwrite,
        "what": what,
        "emotion_model": emotion_model,
    }
    typed = given(settings)
    alone = not (typed or resume or output_encoding or what or emotion_model)
    if isinstance(source, list) and chosen == "table" and out is None and alone:
        from maeum.workflows.predict import predict_typed

        _print_typed(*predict_typed(source, model=model, engine=engine))
    elif out is None or format is not None:  # printed, so all rows are needed at once
        if resume:
            raise UsageError("predict.resume_not_here")
        _print(predict_whole(source, out=out, **wanted, **typed), chosen)
    else:
        work(source, out=out, resume=resume, **wanted, **typed)
    if out is not None:
        tell(say("common.written", path=out))


def _file_flags(settings: dict[str, Any]) -> dict[str, Any]:
    """Flags that describe a file of another kind than Parquet."""
    return {flag(name): value for name, value in settings.items() if name != "text_column"}


def _predict_on_cluster(
    cluster: str | None, cores: str | None, words: list[str], out: Path | None, others: dict[str, Any], wanted: Any
) -> None:
    """Predict a folder to another.

    Args:
        cluster: Address, as typed.
        cores: Cores per worker, as typed.
        words: What to predict; one folder.
        out: Where to.
        others: Option -> value, of those that do not go with it.
        wanted: Keywords of the workflow.

    Raises:
        UsageError: Something is missing, or there is more than it takes.
    """
    if cluster is None:
        raise UsageError("scale.needs_cluster")
    if len(words) != 1 or words == ["-"] or out is None:
        raise UsageError("scale.usage")
    useless = [option for option, value in others.items() if value is not None]
    if useless:
        raise UsageError("scale.not_with", names=listing(useless, 20))
    if cores is not None and not (cores.isascii() and cores.isdigit() and int(cores)):
        raise UsageError("scale.cores_range", found=cores)
    from maeum.workflows.predict_cluster import predict_cluster

    predict_cluster(words[0], out, cluster=cluster, cores_per_worker=int(cores or 1), **wanted)
    tell(say("common.written", path=out))


def find_source(words: list[str], *, as_text: bool) -> str | bytes | list[str]:
    """What the arguments mean: a file's path, the content of standard input, or texts.

    Raises:
        UsageError: There is nothing, or a file among several arguments.
    """
    if as_text and words:
        return words
    if words == ["-"] or (not words and sys.stdin is not None and not sys.stdin.isatty()):
        return sys.stdin.buffer.read()
    if not words:
        raise UsageError("predict.nothing")
    if len(words) == 1:
        return words[0] if is_file_name(words[0]) else words
    there = next((word for word in words if _exists(word)), None)
    if there is not None:
        raise UsageError("predict.one_file", path=there)
    return words


def is_file_name(word: str) -> bool:
    """Whether an argument means a file: it exists, or it ends like one and could be a path."""
    from maeum.data.files import SUFFIXES

    return _exists(word) or (word.lower().endswith(SUFFIXES) and "\n" not in word)


def _exists(word: str) -> bool:
    try:
        return bool(word.strip()) and Path(word).exists()
    except (OSError, ValueError):  # a long review is no file name
        return False


def _print(frame: pl.DataFrame, format: str) -> None:  # noqa: A002
    from maeum.data.writing import to_text

    if format == "table":
        _print_table(frame)
    elif format == "parquet":
        content = io.BytesIO()
        frame.write_parquet(content)
        print_bytes(content.getvalue())
    elif format == "csv":
        print_text(to_text(frame, format))
    else:
        print_json_text(to_text(frame, format))


def _print_table(frame: pl.DataFrame) -> None:
    """The text and the answers, as much as a screen takes."""
    import polars as pl

    from maeum.workflows.predict_emotions import BETWEEN, EMOTION

    columns = shown_columns(frame)
    shown = frame.select(columns)
    if EMOTION in columns:  # so that a line breaks between labels, not inside one
        shown = shown.with_columns(pl.col(EMOTION).str.replace_all(BETWEEN, ", ", literal=True))
    show(frame_table(shown, SHOWN_ROWS))
    _tell_hidden([column for column in frame.columns if column not in columns and column != "error"], frame.height)


def _print_typed(columns: list[str], rows: list[list[Any]]) -> None:
    """The same for texts that were typed."""
    shown = columns if len(columns) - 3 <= SHOWN_LABELS else columns[:3]
    numeric = {column: at > 1 for at, column in enumerate(shown)}
    show(values_table(numeric, (row[: len(shown)] for row in rows[:SHOWN_ROWS])))
    _tell_hidden(columns[len(shown) :], len(rows))


def _tell_hidden(columns: list[str], rows: int) -> None:
    if columns:
        tell(say("predict.columns_not_shown", columns=listing(columns, 5)))
    if rows > SHOWN_ROWS:
        tell(say("predict.rows_not_shown", count=rows - SHOWN_ROWS))


def shown_columns(frame: pl.DataFrame) -> list[str]:
    """Of a file's columns the text; of the answers all but probabilities of many labels, and errors where there are."""
    from maeum.data.columns import KNOWN
    from maeum.workflows.predict_emotions import EMOTION

    start = frame.columns.index("predicted")
    own, answers = frame.columns[:start], frame.columns[start:-1]
    if len(own) > 2:
        own = next(([column] for name in KNOWN["text"] for column in own if column.strip().lower() == name), own[:1])
    if EMOTION in answers:  # its labels are shown, the 44 intensities are not
        answers = answers[: answers.index(EMOTION) + 1]
    if len(answers) - 2 > SHOWN_LABELS:
        answers = answers[:2]
    return [*own, *answers, *(["error"] if frame["error"].null_count() < frame.height else [])]
