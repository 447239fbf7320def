"""`maeum train`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from maeum.cli.options import command, flags_from, given, new_app, one_data
from maeum.messages import say
from maeum.recipe import fields

app = new_app()


def train(
    source: Annotated[str | None, typer.Argument(metavar="[DATA]", help=say("cli.arg_data"))] = None,
    data: Annotated[str | None, typer.Option("--data", help=say("cli.arg_data"))] = None,
    model: Annotated[str | None, typer.Option("--model", help=say("cli.arg_family"))] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="RUN_DIR", help=say("cli.arg_run_out"))] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="YAML", help=say("cli.arg_config"))] = None,
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("cli.arg_overwrite"))] = False,
    **settings: Any,
) -> None:
    """Parse, train, say where the run lies."""
    from maeum.workflows.train import train as work

    found = one_data(source, data)
    folder = out or default_folder(found, model)
    work(found, model=model, out=folder, config=config, overwrite=overwrite, **given(settings))


def default_folder(source: str | None, model: str | None) -> Path:
    """`runs/<data>-<model>`: where a run goes when nothing else is said."""
    name = Path(source or "recipe").stem.partition(":")[0]
    return Path("runs") / f"{name}-{model or 'linear'}"


train.flags = flags_from(fields())  # type: ignore[attr-defined]
command(app)(train)
