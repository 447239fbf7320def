"""`maeum train`."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.options import data_fields, flags_from, given, quoted, several_data
from maeum.messages import say
from maeum.progress import tell
from maeum.recipe import fields

if TYPE_CHECKING:
    from maeum.runs import Run

app = CommandLine()


def _flags() -> list[inspect.Parameter]:
    known = list(fields())
    data = data_fields((name, field) for section, name, field in known if section == "data")
    order = ("split", "model", "training")
    return flags_from([*data, *(one for section in order for one in known if one[0] == section)])


@app.command("train", _flags)
def train(
    source: Annotated[str | None, typer.Argument(metavar="[DATA]", help=say("cli.arg_data"))] = None,
    data: Annotated[list[str] | None, typer.Option("--data", metavar="DATA", help=say("multi_task.arg_data"))] = None,
    model: Annotated[str | None, typer.Option("--model", metavar="NAME", help=say("cli.arg_family"))] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="RUN_DIR", help=say("cli.arg_run_out"))] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="YAML", help=say("cli.arg_config"))] = None,
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("cli.arg_train_overwrite"))] = False,
    resume: Annotated[bool, typer.Option("--resume", help=say("cli.arg_train_resume"))] = False,
    seeds: Annotated[str | None, typer.Option("--seeds", metavar="N", help=say("cli.arg_seeds"))] = None,
    track: Annotated[str | None, typer.Option("--track", metavar="A,B,…", help=say("cli.arg_track"))] = None,
    cluster: Annotated[
        str | None, typer.Option("--cluster", metavar="local|auto|ADDRESS", help=say("cluster.arg_cluster"))
    ] = None,
    workers: Annotated[str | None, typer.Option("--workers", metavar="N", help=say("cluster.arg_workers"))] = None,
    cpus: Annotated[str | None, typer.Option("--cpus", metavar="C", help=say("cluster.arg_cpus"))] = None,
    gpus: Annotated[str | None, typer.Option("--gpus", metavar="G", help=say("cluster.arg_gpus"))] = None,
    storage: Annotated[str | None, typer.Option("--storage", metavar="URL", help=say("cluster.arg_storage"))] = None,
    **settings: Any,
) -> None:
    """Parse, train, say where the run lies and what comes next."""
    from maeum.workflows.train import train as work

    found = several_data(source, data)
    how: dict[str, Any] = {"overwrite": overwrite, "resume": resume, "seeds": seeds, "track": track or ()}
    how |= {"cluster": cluster, "workers": workers, "cpus": cpus, "gpus": gpus, "storage": storage}
    typed = given(settings, ((name, field) for _, name, field in fields()))
    run = work(found, model=model, out=out, config=config, **how, **typed)
    tell_run(run)


def tell_run(run: Run) -> None:
    """Where a run lies and what comes next."""
    tell(say("common.written", path=run.folder))
    tell(say("train.next", folder=quoted(run.folder), data=unseen_data(run)))
    if run.report.is_file():
        tell(say("train.next_report", report=run.report))


def unseen_data(run: Run) -> str:
    """What to type after `--data` to judge the model on rows it has not seen."""
    from maeum.data import is_corpus
    from maeum.data.catalog import corpus

    settings = run.recipe.data
    if not is_corpus(settings.source):
        return say("train.other_file")
    name = settings.source.partition(":")[0]
    if "test" not in corpus(name).splits:
        return say("train.other_file")
    stars = f" --stars {settings.stars.value}" if settings.stars else ""
    return f"{name}:test{stars}"
