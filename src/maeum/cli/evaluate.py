"""`maeum evaluate`."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.console import print_json, show
from maeum.cli.options import choose, data_fields, flags_from, given, one_data
from maeum.errors import UsageError
from maeum.messages import say
from maeum.progress import tell

app = CommandLine()
FORMATS: Final = ("table", "json")
_LEFT_OUT: Final = ("source", "limit", "validation")  # what concerns training alone is no flag here


def _flags() -> list[inspect.Parameter]:
    from maeum.data.settings import DataSettings
    from maeum.workflows.evaluate import JudgeSettings

    judging = (("intervals", name, field) for name, field in JudgeSettings.model_fields.items())
    return flags_from([*data_fields(DataSettings.model_fields.items()), *judging], leave_out=_LEFT_OUT)


@app.command("evaluate", _flags)
def evaluate(
    model: Annotated[str, typer.Argument(metavar="MODEL_OR_RUN", help=say("cli.arg_model"))],
    source: Annotated[str | None, typer.Argument(metavar="[DATA]", help=say("cli.arg_labelled"))] = None,
    data: Annotated[str | None, typer.Option("--data", metavar="DATA", help=say("cli.arg_data_again"))] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="DIR", help=say("cli.arg_evaluate_out"))] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="|".join(FORMATS), help=say("cli.arg_format_metrics"))
    ] = "table",
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("cli.arg_overwrite"))] = False,
    **settings: Any,
) -> None:
    """Parse, judge, show."""
    choose(format, FORMATS, "--format")
    found = one_data(source, data)
    if found is None:
        raise UsageError("evaluate.no_data")
    from maeum.report import evaluation_table
    from maeum.report.words import notes
    from maeum.workflows.evaluate import evaluate as work

    judged = work(model, found, out=out, overwrite=overwrite, **given(settings))
    if format == "json":
        for note in notes(judged):  # a table has them inside
            tell(note)
        print_json(judged.metrics)
    else:
        show(evaluation_table(judged))
    if out is not None:
        tell(say("common.written", path=out / "report.html"))
