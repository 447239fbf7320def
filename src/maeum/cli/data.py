"""`maeum data list`, `info`, `get`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.console import plain_table, print_json, print_text, show
from maeum.cli.options import choose
from maeum.messages import language, say
from maeum.progress import tell

app = CommandLine("data")
FORMATS: Final = ("table", "json")


@app.command("list")
def data_list(
    format: Annotated[str, typer.Option("--format", metavar="table|json", help=say("cli.arg_format"))] = "table",  # noqa: A002
) -> None:
    """All corpora of the catalog."""
    choose(format, FORMATS, "--format")
    from maeum.workflows.corpora import corpus_list

    corpora = corpus_list()
    if format == "json":
        print_json(corpora)
        return
    heads = [say(f"cli.column_{column}") for column in ("name", "what", "rows", "licence", "here")]
    rows = [
        (
            corpus["name"],
            corpus["titles"][language()],
            "\n".join(f"{split} {count:,}" for split, count in corpus["rows"].items()),
            corpus["licence"],
            say("cli.yes") if corpus["here"] else say("cli.no"),
        )
        for corpus in corpora
    ]
    show(plain_table(heads, rows))


@app.command("info")
def data_info(
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("cli.arg_corpus"))],
    format: Annotated[str, typer.Option("--format", metavar="table|json", help=say("cli.arg_format"))] = "table",  # noqa: A002
) -> None:
    """Everything the catalog knows of one corpus."""
    choose(format, FORMATS, "--format")
    from maeum.workflows.corpora import corpus_info

    facts = corpus_info(name)
    if format == "json":
        print_json(facts)
        return
    show(plain_table(None, [(say(f"cli.fact_{key}"), _lines(value)) for key, value in facts.items()]))


@app.command("get")
def data_get(
    name: Annotated[str, typer.Argument(metavar="NAME[:SPLIT]", help=say("cli.arg_corpus_split"))],
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help=say("cli.arg_get_out"))] = None,
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("cli.arg_overwrite"))] = False,
) -> None:
    """Fetch a corpus and print where its files lie, or write a split to a file."""
    from maeum.workflows.corpora import get_corpus

    paths = get_corpus(name, out=out, overwrite=overwrite)
    if out is not None:
        tell(say("common.written", path=out))
    else:
        print_text("".join(f"{path}\n" for path in paths))


def _lines(value: object) -> str:
    if isinstance(value, dict) and language() in value:
        return str(value[language()])
    if isinstance(value, dict):
        return "\n".join(f"{key} {inner:,}" for key, inner in value.items())
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value) or "–"
