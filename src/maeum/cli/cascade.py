"""`maeum cascade`."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.console import plain_table, print_json, show
from maeum.cli.options import choose, data_fields, flags_from, given
from maeum.errors import UsageError
from maeum.messages import say
from maeum.progress import tell

app = CommandLine()
FORMATS: Final = ("table", "json")
_LEFT_OUT: Final = ("source", "limit", "validation")  # what concerns training alone is no flag here


def _flags() -> list[inspect.Parameter]:
    from maeum.data.settings import DataSettings
    from maeum.workflows.cascade import CascadeSettings

    own = [("cascade", name, field) for name, field in CascadeSettings.model_fields.items()]
    return flags_from([*own, *data_fields(DataSettings.model_fields.items())], leave_out=_LEFT_OUT)


@app.command("cascade", _flags)
def cascade(
    first: Annotated[str, typer.Argument(metavar="FIRST", help=say("cascade.arg_first"))],
    second: Annotated[str, typer.Argument(metavar="SECOND", help=say("cascade.arg_second"))],
    data: Annotated[str | None, typer.Option("--data", metavar="DATA", help=say("cascade.arg_data"))] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="DIR", help=say("cascade.arg_out"))] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="|".join(FORMATS), help=say("cli.arg_format"))
    ] = "table",
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("cli.arg_overwrite"))] = False,
    **settings: Any,
) -> None:
    """Parse, choose the switch point, show."""
    choose(format, FORMATS, "--format")
    if data is None:
        raise UsageError("cascade.no_data")
    from maeum.report.cascade_page import headline, notes, remarks, table_of
    from maeum.workflows.cascade import cascade as work

    made = work(first, second, data=data, out=out, overwrite=overwrite, **given(settings))
    found = made.calibration
    if format == "json":
        whole = found.to_json()
        del whole["trade_off"]  # hundreds of points, which cascade.json has
        print_json(whole)
    else:
        show(plain_table(*table_of(found)))
    for sentence in (headline(found), *remarks(found), *notes(found)):
        tell(sentence)
    if out is not None:
        tell(say("common.written", path=out / "report.html"))
