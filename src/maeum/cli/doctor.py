"""`maeum doctor`."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from maeum.cli.console import print_json, show
from maeum.cli.options import choose, command, new_app
from maeum.messages import say

app = new_app()
FORMATS: Final = ("table", "json")


@command(app)
def doctor(
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="|".join(FORMATS), help=say("cli.arg_format"))
    ] = "table",
) -> int:
    """Check the installation; exit code 2 when something has to be mended."""
    choose(format, FORMATS, "--format")
    from maeum.workflows.doctor import examine

    findings = examine()
    if format == "json":
        print_json([{"name": f.name, "state": f.state, "found": f.found, "advice": f.advice} for f in findings])
    else:
        from rich.markup import escape
        from rich.table import Table

        table = Table(pad_edge=False, show_header=False)
        signs = {"ok": "[green]✓[/]", "note": "[yellow]–[/]", "problem": "[red]✗[/]"}
        for finding in findings:
            text = (
                f"{escape(finding.found)}\n[dim]{escape(finding.advice)}[/]"
                if finding.advice
                else escape(finding.found)
            )
            table.add_row(signs[finding.state], say(f"doctor.{finding.name}"), text)
        show(table)
    return 2 if any(finding.state == "problem" for finding in findings) else 0
