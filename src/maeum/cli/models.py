"""`maeum models list`."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from maeum.cli.console import print_json, show
from maeum.cli.options import choose, command, new_app
from maeum.messages import language, say

app = new_app("models")
FORMATS: Final = ("table", "json")


@command(app, "list")
def models_list(
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="|".join(FORMATS), help=say("cli.arg_format"))
    ] = "table",
) -> None:
    """What can be trained."""
    choose(format, FORMATS, "--format")
    from maeum.models.family import families

    rows = [
        {"name": found.name, "titles": dict(found.titles), "tasks": [task.value for task in found.tasks]}
        for found in families().values()
    ]
    if format == "json":
        print_json(rows)
        return
    from rich.table import Table

    table = Table(pad_edge=False)
    for column in ("name", "what", "tasks"):
        table.add_column(say(f"cli.column_{column}"), overflow="fold")
    for found in families().values():
        table.add_row(found.name, found.titles[language()], ", ".join(found.tasks))
    show(table)
