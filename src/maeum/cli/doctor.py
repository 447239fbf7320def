"""`maeum doctor`."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.console import plain_table, print_json, show
from maeum.cli.options import choose
from maeum.messages import say

app = CommandLine()
SIGNS: Final = {"ok": "✓", "note": "–", "problem": "✗"}


@app.command("doctor")
def doctor(
    format: Annotated[str, typer.Option("--format", metavar="table|json", help=say("cli.arg_format"))] = "table",  # noqa: A002
) -> int:
    """Check the installation; exit code 2 when something has to be mended."""
    choose(format, ("table", "json"), "--format")
    from maeum.workflows.doctor import examine

    findings = examine()
    if format == "json":
        print_json([{"name": f.name, "state": f.state, "found": f.found, "advice": f.advice} for f in findings])
    else:
        rows = [
            (SIGNS[f.state], say(f"doctor.{f.name}"), "\n".join(part for part in (f.found, f.advice) if part))
            for f in findings
        ]
        show(plain_table(None, rows))
    return 2 if any(finding.state == "problem" for finding in findings) else 0
