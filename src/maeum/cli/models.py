"""`maeum models list`."""

from __future__ import annotations

from typing import Annotated

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.console import plain_table, print_json, show
from maeum.cli.options import choose
from maeum.messages import language, say

app = CommandLine("models")


@app.command("list")
def models_list(
    format: Annotated[str, typer.Option("--format", metavar="table|json", help=say("cli.arg_format"))] = "table",  # noqa: A002
) -> None:
    """What can predict at once, and what can be trained."""
    choose(format, ("table", "json"), "--format")
    from maeum.workflows.catalogue import model_list

    rows = model_list()
    if format == "json":
        print_json(rows)
        return
    heads = [say(f"cli.column_{column}") for column in ("name", "use", "what", "tasks")]
    cells = [(r["name"], say(f"cli.use_{r['use']}"), r["titles"][language()], ", ".join(r["tasks"])) for r in rows]
    show(plain_table(heads, cells))
