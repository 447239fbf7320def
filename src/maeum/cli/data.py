"""`maeum data list`, `info`, `get`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from maeum.cli.console import print_json, show
from maeum.cli.options import choose, command, new_app
from maeum.messages import language, say
from maeum.progress import tell

app = new_app("data")
FORMATS: Final = ("table", "json")
Format = Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=say("cli.arg_format"))]


@command(app, "list")
def data_list(format: Format = "table") -> None:  # noqa: A002
    """All corpora of the catalog."""
    choose(format, FORMATS, "--format")
    from maeum.workflows.corpora import corpus_list

    rows = corpus_list()
    if format == "json":
        print_json(rows)
        return
    from rich.table import Table

    table = Table(pad_edge=False)
    for column in ("name", "what", "rows", "licence", "here"):
        table.add_column(say(f"cli.column_{column}"), overflow="fold", no_wrap=column == "name")
    for row in rows:
        splits = ", ".join(f"{split} {count:,}" for split, count in row["rows"].items())
        here = say("cli.yes") if row["here"] else say("cli.no")
        table.add_row(row["name"], row["titles"][language()], splits, row["licence"], here)
    show(table)


@command(app, "info")
def data_info(
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("cli.arg_corpus"))],
    format: Format = "table",  # noqa: A002
) -> None:
    """Everything the catalog knows of one corpus."""
    choose(format, FORMATS, "--format")
    from maeum.workflows.corpora import corpus_info

    facts = corpus_info(name)
    if format == "json":
        print_json(facts)
        return
    from rich.table import Table

    table = Table(show_header=False, pad_edge=False, box=None)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for key, value in facts.items():
        shown = value.get(language(), value) if isinstance(value, dict) else value
        table.add_row(say(f"cli.fact_{key}"), _lines(shown))
    show(table)


@command(app, "get")
def data_get(
    name: Annotated[str, typer.Argument(metavar="NAME[:SPLIT]", help=say("cli.arg_corpus"))],
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help=say("cli.arg_get_out"))] = None,
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("cli.arg_overwrite"))] = False,
) -> None:
    """Fetch a corpus, and write a split of it to a file if asked."""
    from maeum.workflows.corpora import get_corpus

    for path in get_corpus(name, out=out, overwrite=overwrite):
        tell(say("common.written" if out else "cli.is_here", path=path))


def _lines(value: object) -> str:
    from rich.markup import escape

    if isinstance(value, dict):
        return escape("\n".join(f"{key}: {inner}" for key, inner in value.items()))
    return escape("\n".join(map(str, value)) if isinstance(value, list) else str(value))
