"""`maeum summary`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.console import plain_table, print_json, show
from maeum.cli.options import choose
from maeum.messages import say

if TYPE_CHECKING:
    from maeum.schema.layer import Layer, ModelSummary

app = CommandLine()
MEGABYTE: Final = 1_000_000
_STEPS: Final = "steps"  # their names are many: a sentence below the table holds them


@app.command("summary")
def summary(
    model: Annotated[str, typer.Argument(metavar="MODEL", help=say("cli.arg_summary_model"))],
    depth: Annotated[int | None, typer.Option("--depth", metavar="N", help=say("cli.arg_summary_depth"))] = None,
    format: Annotated[str, typer.Option("--format", metavar="table|json", help=say("cli.arg_format"))] = "table",  # noqa: A002
) -> None:
    """Parse, look, show."""
    choose(format, ("table", "json"), "--format")
    from maeum.workflows.summary import summary as work

    found = work(model, depth=depth)
    if format == "json":
        print_json(found.to_json())
        return
    inside = any(layer.note for layer in found.layers if layer.kind != _STEPS)
    names = ("layer", "shape", "kind", "parameters", "trainable", *(("inside",) if inside else ()))
    rows = [_cells(layer)[: len(names)] for layer in found.layers]
    table = plain_table([say(f"summary.{name}") for name in names], rows)
    table.columns[1].no_wrap = True  # a shape stays on one line
    show(table)
    sys.stdout.write("\n".join(_sentences(found)) + "\n")


def shape_text(shape: tuple[int | None, ...] | None) -> str:
    """A shape as Keras writes it: `(None, 128)`."""
    if shape is None:
        return "–"
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _cells(layer: Layer) -> tuple[str, ...]:
    return (
        layer.name,
        shape_text(layer.shape),
        layer.kind,
        f"{layer.parameters:,}",
        _share(layer.trainable, layer.parameters),
        "" if layer.kind == _STEPS else layer.note,
    )


def _share(part: int, whole: int) -> str:
    if not whole:
        return "–"
    return say("summary.all_trainable") if part == whole else say("report.percent", value=100 * part / whole)


def _sentences(found: ModelSummary) -> list[str]:
    disk = say("summary.on_disk", size=_size(found.disk)) if found.disk is not None else ""
    share = say("report.percent", value=100 * found.trainable / max(found.parameters, 1))
    total = say(
        "summary.total",
        name=found.name,
        family=found.family,
        parameters=found.parameters,
        share=share,
        trainable=found.trainable,
        size=_size(found.bytes),
        disk=disk,
    )
    end = say("summary.end_sigmoid" if found.layers[-1].kind == "sigmoid" else "summary.end_softmax")
    steps = [say("summary.steps", steps=layer.note) for layer in found.layers if layer.kind == _STEPS and layer.note]
    return [total, end, *steps, *([] if found.trained else [say("summary.untrained")])]


def _size(count: int) -> str:
    if count < MEGABYTE / 10:
        return say("summary.kb", size=count / 1e3)
    return say("summary.mb", size=count / MEGABYTE)
