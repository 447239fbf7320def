"""`maeum evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from maeum.cli.console import print_json, show
from maeum.cli.options import choose, command, flags_from, given, new_app, one_data
from maeum.data.settings import DataSettings
from maeum.errors import UsageError
from maeum.messages import say
from maeum.progress import tell

app = new_app()
FORMATS: Final = ("table", "json")


def evaluate(
    model: Annotated[str, typer.Argument(metavar="MODEL_OR_RUN", help=say("cli.arg_model"))],
    source: Annotated[str | None, typer.Argument(metavar="[DATA]", help=say("cli.arg_data"))] = None,
    data: Annotated[str | None, typer.Option("--data", help=say("cli.arg_data"))] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="DIR", help=say("cli.arg_evaluate_out"))] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="|".join(FORMATS), help=say("cli.arg_format"))
    ] = "table",
    seed: Annotated[int, typer.Option("--seed", help=say("cli.arg_bootstrap_seed"))] = 0,
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
    from maeum.workflows.evaluate import evaluate as work

    judged = work(model, found, out=out, overwrite=overwrite, seed=seed, **given(settings))
    if format == "json":
        print_json(judged.metrics)
    else:
        show(evaluation_table(judged))
    if out is not None:
        tell(say("common.written", path=out / "report.html"))


# what concerns training alone is no flag here
_LEFT_OUT: Final = ("source", "limit", "validation")
evaluate.flags = flags_from(  # type: ignore[attr-defined]
    (("data", name, field) for name, field in DataSettings.model_fields.items() if name not in _LEFT_OUT)
)
command(app)(evaluate)
