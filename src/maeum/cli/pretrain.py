"""`maeum pretrain`."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated, Any

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.options import flags_from, given, quoted
from maeum.messages import say
from maeum.progress import tell

app = CommandLine()
_OWN = ("corpora", "start")  # an argument, and --from, which is no name in Python


def _flags() -> list[inspect.Parameter]:
    from maeum.workflows.pretraining.settings import fields

    return flags_from(fields(), leave_out=_OWN)


@app.command("pretrain", _flags)
def pretrain(
    corpora: Annotated[list[str] | None, typer.Argument(metavar="[CORPUS …]", help=say("pretrain.arg_corpora"))] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="DIR", help=say("pretrain.arg_out"))] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="ENCODER", help=say("pretrain.arg_from"))] = None,
    *,
    resume: Annotated[bool, typer.Option("--resume", help=say("pretrain.arg_resume"))] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("pretrain.arg_overwrite"))] = False,
    **settings: Any,
) -> None:
    """Parse, pretrain, say where the encoder lies and what comes next."""
    from maeum.workflows.pretrain import pretrain as work
    from maeum.workflows.pretraining.settings import fields

    typed = given({**settings, "start": start}, ((name, field) for _, name, field in fields()))
    found = work(*(corpora or ()), out=out, resume=resume, overwrite=overwrite, **typed)
    tell(say("common.written", path=found.folder))
    tell(say("pretrain.next", encoder=quoted(found.encoder)))
