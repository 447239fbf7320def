"""`maeum predict`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from maeum.cli.console import frame_table, print_json, print_raw, show
from maeum.cli.options import choose, command, flags_from, given, new_app
from maeum.data.files import SUFFIXES, FileSettings
from maeum.errors import UsageError
from maeum.messages import say
from maeum.progress import tell

app = new_app()
FORMATS: Final = ("table", "json", "jsonl", "csv")
SHOWN: Final = 50  # rows of a table on the screen


def predict(
    texts: Annotated[list[str] | None, typer.Argument(metavar="[TEXT … | FILE | -]", help=say("cli.arg_texts"))] = None,
    model: Annotated[str | None, typer.Option("--model", help=say("cli.arg_model"))] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help=say("cli.arg_predict_out"))] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="|".join(FORMATS), help=say("cli.arg_format"))
    ] = "table",
    *,
    text: Annotated[bool, typer.Option("--text", help=say("cli.arg_text"))] = False,
    text_column: Annotated[str | None, typer.Option("--text-column", help=say("cli.arg_text_column"))] = None,
    output_encoding: Annotated[
        str | None, typer.Option("--output-encoding", help=say("cli.arg_output_encoding"))
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("cli.arg_overwrite"))] = False,
    **settings: Any,
) -> None:
    """Parse, predict, show or write."""
    choose(format, FORMATS, "--format")
    if model is None:
        raise UsageError("predict.no_model")
    from maeum.workflows.predict import predict as work

    source = _source(texts or [], as_text=text)
    frame = work(
        source, model=model, out=out, text=text_column, output_encoding=output_encoding, overwrite=overwrite,
        **given(settings),
    )  # fmt: skip
    if out is not None:
        tell(say("common.written", path=out))
    elif format == "table":
        show(frame_table(frame, SHOWN))
        if frame.height > SHOWN:
            tell(say("predict.more_rows", count=frame.height - SHOWN))
    elif format == "json":
        print_json(frame.to_dicts())
    else:
        from maeum.data.writing import to_text

        print_raw(to_text(frame, format))


def _source(words: list[str], *, as_text: bool) -> str | list[str]:
    """A file's path, or texts: from the arguments, or one per line from standard input."""
    if words == ["-"] or (not words and not sys.stdin.isatty()):
        content = sys.stdin.buffer.read()
        from maeum.data.files.encoding import decode

        lines = decode(content, "auto", Path("-")).text.splitlines() if content.strip() else []
        if not lines:
            raise UsageError("predict.nothing")
        return lines
    if not words:
        raise UsageError("predict.nothing")
    if not as_text and len(words) == 1 and is_file_name(words[0]):
        return words[0]
    return words


def is_file_name(word: str) -> bool:
    """Whether an argument means a file: it exists, or it ends like one and could be a path."""
    try:
        if Path(word).exists():
            return True
    except OSError:  # a long review is no file name
        return False
    return word.lower().endswith(SUFFIXES) and "\n" not in word


predict.flags = flags_from(  # type: ignore[attr-defined]
    (("data", name, field) for name, field in FileSettings.model_fields.items())
)
command(app)(predict)
