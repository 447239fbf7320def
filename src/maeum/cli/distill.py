"""`maeum distill`."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.options import data_fields, flags_from, given
from maeum.cli.train import tell_run
from maeum.messages import say
from maeum.models.family import families
from maeum.models.teaching_settings import TeachingSettings
from maeum.recipe import fields

app = CommandLine()
_OWN: Final = ("soft_labels", "alpha", "temperature", "hidden_states", "ignore_labels")  # flags of teaching


def _flags() -> list[inspect.Parameter]:
    """Of teaching, data and split, and of models that learn by gradients."""
    learners = [one for one in families().values() if one.untrained is not None]
    own = {name for one in learners for cls in (one.settings, one.training) for name in cls.model_fields}
    known = [one for one in fields() if one[0] not in ("model", "training") or one[1] in own]
    data = data_fields((name, field) for section, name, field in known if section == "data")
    teaching = [("teaching", name, TeachingSettings.model_fields[name]) for name in _OWN]
    order = ("split", "model", "training")
    return flags_from([*teaching, *data, *(one for section in order for one in known if one[0] == section)])


@app.command("distill", _flags)
def distill(
    teacher: Annotated[str | None, typer.Argument(metavar="[TEACHER]", help=say("distill.arg_teacher"))] = None,
    student: Annotated[str | None, typer.Option("--student", metavar="NAME", help=say("distill.arg_student"))] = None,
    data: Annotated[str | None, typer.Option("--data", metavar="DATA", help=say("distill.arg_data"))] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="RUN_DIR", help=say("distill.arg_out"))] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="YAML", help=say("cli.arg_config"))] = None,
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("cli.arg_train_overwrite"))] = False,
    resume: Annotated[bool, typer.Option("--resume", help=say("cli.arg_train_resume"))] = False,
    seeds: Annotated[str | None, typer.Option("--seeds", metavar="N", help=say("cli.arg_seeds"))] = None,
    track: Annotated[str | None, typer.Option("--track", metavar="A,B,…", help=say("cli.arg_track"))] = None,
    **settings: Any,
) -> None:
    """Parse, distil, say where the run lies and what comes next."""
    from maeum.workflows.distill import distill as work

    how: dict[str, Any] = {"overwrite": overwrite, "resume": resume, "seeds": seeds, "track": track or ()}
    own = {name: settings.pop(name) for name in _OWN}
    typed = given(settings, ((name, field) for _, name, field in fields()))
    run = work(teacher, student=student, data=data, out=out, config=config, **own, **how, **typed)
    tell_run(run)
