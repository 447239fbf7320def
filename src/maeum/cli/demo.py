"""`maeum demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.console import frame_table, show
from maeum.cli.options import quoted
from maeum.messages import say
from maeum.progress import tell

app = CommandLine()


@app.command("demo")
def demo(
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help=say("cli.arg_demo_out"))] = Path("maeum-demo"),
) -> None:
    """Train, judge and predict on the packaged sample."""
    from maeum.report import evaluation_table
    from maeum.workflows.demo import demo as work

    found = work(out)
    show(evaluation_table(found.evaluation))
    show(frame_table(found.predictions, found.predictions.height))
    tell(say("demo.done", report=found.report, folder=quoted(found.run.folder)))
