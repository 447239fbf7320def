"""`maeum compare`."""

from __future__ import annotations

import csv
import inspect
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.console import plain_table, print_json, print_text, show
from maeum.cli.options import choose, data_fields, flags_from, given
from maeum.errors import UsageError
from maeum.messages import listing, say
from maeum.progress import tell
from maeum.settings import flag

if TYPE_CHECKING:
    from maeum.schema.comparison import Comparison

app = CommandLine()
FORMATS: Final = ("table", "json", "csv", "markdown")
ACROSS: Final = 5  # runs up to which they are columns, which a terminal has room for
_LEFT_OUT: Final = ("source", "limit", "validation")  # what concerns training alone is no flag here


def _flags() -> list[inspect.Parameter]:
    from maeum.data.settings import DataSettings
    from maeum.workflows.compare import CompareSettings

    own = (("intervals", name, field) for name, field in CompareSettings.model_fields.items())
    return flags_from([*data_fields(DataSettings.model_fields.items()), *own], leave_out=_LEFT_OUT)


@app.command("compare", _flags)
def compare(
    runs: Annotated[list[str], typer.Argument(metavar="RUN RUN …", help=say("cli.arg_compare_runs"))],
    data: Annotated[str | None, typer.Option("--data", metavar="DATA", help=say("cli.arg_compare_data"))] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="DIR", help=say("cli.arg_compare_out"))] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="|".join(FORMATS), help=say("cli.arg_format"))
    ] = "table",
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("cli.arg_overwrite"))] = False,
    **settings: Any,
) -> None:
    """Parse, compare, show."""
    choose(format, FORMATS, "--format")
    asked = given(settings)
    useless = [flag(name) for name in asked if name not in ("metric", "seed")]
    if useless and data is None:
        raise UsageError("compare.needs_data", names=listing(useless, 20))
    from maeum.report import compare_words as words
    from maeum.report.compare_page import comparison_markdown
    from maeum.workflows.compare import compare as work

    found = work(runs, out=out, data=data, overwrite=overwrite, **asked)
    if format == "json":
        print_json(found.to_json())
    elif format == "csv":
        print_text(csv_of(found))
    elif format == "markdown":
        print_text(comparison_markdown(found))
    else:
        _show_table(found)
    if format in ("json", "csv"):  # a table and Markdown have them inside
        for sentence in (*(one.text for one in words.verdicts(found)), *words.notes(found)):
            tell(sentence)
    if out is not None:
        tell(say("common.written", path=out / "report.html"))


def csv_of(found: Comparison) -> str:
    """A run a row under stable column names, with the test of the best against it."""
    tests = {test.other: test for test in found.tests}
    tested = ("difference", "low", "high", "mcnemar", "adjusted")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["run", "model", *found.columns, *(f"best_minus_this_{name}" for name in tested)])
    for run in found.runs:
        test = tests.get(run.name)
        numbers = [run.values.get(name) for name in found.columns]
        numbers += [getattr(test, name) if test else None for name in tested]
        writer.writerow([run.name, run.family, *("" if number is None else _plain(number) for number in numbers)])
    return out.getvalue()


def _plain(number: float) -> str:
    return str(int(number)) if float(number).is_integer() and abs(number) >= 1 else f"{number:.6g}"


def _show_table(found: Comparison) -> None:
    from maeum.report import compare_words as words

    heads, rows = words.table_of(found)
    if len(rows) <= ACROSS:
        heads, *rows = [list(column) for column in zip(heads, *rows, strict=True)]
    show(plain_table(heads, rows))
    lines = [words.headline(found), *(one.text for one in words.verdicts(found)), *words.notes(found)]
    sys.stdout.write("\n".join(dict.fromkeys(lines)) + "\n")
