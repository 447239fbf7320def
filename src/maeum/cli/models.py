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
    """What can be trained."""
    choose(format, ("table", "json"), "--format")
    from maeum.models.family import families

    found = families().values()
    if format == "json":
        print_json([{"name": f.name, "titles": dict(f.titles), "tasks": [t.value for t in f.tasks]} for f in found])
        return
    heads = [say(f"cli.column_{column}") for column in ("name", "what", "tasks")]
    show(plain_table(heads, [(f.name, f.titles[language()], ", ".join(f.tasks)) for f in found]))
