"""`maeum tune`."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.options import data_fields, flags_from, given, one_data
from maeum.messages import say
from maeum.progress import listening, tell
from maeum.recipe import fields

if TYPE_CHECKING:
    from maeum.workflows.tuning.follow import Follow

app = CommandLine()
N = typer.Option


def _flags() -> list[inspect.Parameter]:
    known = list(fields())
    data = data_fields((name, field) for section, name, field in known if section == "data")
    order = ("split", "model", "training")
    return flags_from([*data, *(one for section in order for one in known if one[0] == section)])


@app.command("tune", _flags)
def tune(
    source: Annotated[str | None, typer.Argument(metavar="[DATA]", help=say("cli.arg_data"))] = None,
    data: Annotated[str | None, N("--data", metavar="DATA", help=say("cli.arg_data_again"))] = None,
    model: Annotated[str | None, N("--model", metavar="NAME", help=say("cli.arg_family"))] = None,
    space: Annotated[Path | None, N("--space", metavar="YAML", help=say("tune.arg_space"))] = None,
    search: Annotated[str | None, N("--search", metavar="grid|random|optuna", help=say("tune.arg_search"))] = None,
    scheduler: Annotated[str | None, N("--scheduler", metavar="none|asha|pbt", help=say("tune.arg_scheduler"))] = None,
    trials: Annotated[str | None, N("--trials", metavar="N", help=say("tune.arg_trials"))] = None,
    time: Annotated[str | None, N("--time", metavar="2h", help=say("tune.arg_time"))] = None,
    metric: Annotated[str | None, N("--metric", metavar="NAME", help=say("tune.arg_metric"))] = None,
    out: Annotated[Path | None, N("-o", "--out", metavar="DIR", help=say("tune.arg_out"))] = None,
    config: Annotated[Path | None, N("--config", metavar="YAML", help=say("cli.arg_config"))] = None,
    *,
    seeds: Annotated[str | None, N("--seeds", metavar="K", help=say("tune.arg_seeds"))] = None,
    folds: Annotated[str | None, N("--folds", metavar="K", help=say("tune.arg_folds"))] = None,
    cpus: Annotated[str | None, N("--cpus", metavar="NUMBER", help=say("tune.arg_cpus"))] = None,
    gpus: Annotated[str | None, N("--gpus", metavar="NUMBER", help=say("tune.arg_gpus"))] = None,
    concurrent: Annotated[str | None, N("--concurrent", metavar="N", help=say("tune.arg_concurrent"))] = None,
    cluster: Annotated[str, N("--cluster", metavar="ADDRESS", help=say("tune.arg_cluster"))] = "local",
    storage: Annotated[str | None, N("--storage", metavar="URL", help=say("tune.arg_storage"))] = None,
    resume: Annotated[bool, N("--resume", help=say("tune.arg_resume"))] = False,
    overwrite: Annotated[bool, N("--overwrite", help=say("tune.arg_overwrite"))] = False,
    **settings: Any,
) -> None:
    """Parse, search, say what is best and what comes next."""
    from maeum.workflows.tune import tune as work

    asked: dict[str, Any] = {
        "space": space, "search": search, "scheduler": scheduler, "trials": trials, "time": time, "metric": metric,
        "seeds": seeds, "folds": folds, "cpus": cpus, "gpus": gpus, "concurrent": concurrent, "cluster": cluster,
        "storage": storage, "resume": resume, "overwrite": overwrite,
    }  # fmt: skip
    typed = given(settings, ((name, field) for _, name, field in fields()))
    found = work(one_data(source, data), model=model, out=out, config=config, follow=_follow(), **asked, **typed)
    tell(say("common.written", path=found.folder))
    tell(say("tune.next_report", report=found.report))


def _follow() -> Follow | None:
    """A table where a person watches; else a line for each trial."""
    from maeum.cli.tune_board import Board

    return Board() if sys.stderr.isatty() and listening() else None
