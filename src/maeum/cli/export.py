"""`maeum export`."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.options import choose, flags_from, given, quoted
from maeum.errors import UsageError
from maeum.messages import say
from maeum.progress import tell

if TYPE_CHECKING:
    from maeum.exporting.parity import Parity
    from maeum.workflows.export import Exported

app = CommandLine()
FORMATS: Final = ("onnx",)
_COLUMNS: Final = ("text_column", "text_b_column")
_HIDDEN: Final = ("fuse",)  # for measuring; there is nothing for a user to choose


def _flags() -> list[inspect.Parameter]:
    from maeum.data.files.settings import FileSettings
    from maeum.data.settings import DataSettings
    from maeum.workflows.export import ExportSettings

    own = [("export", name, field) for name, field in ExportSettings.model_fields.items()]
    columns = [("file", name, DataSettings.model_fields[name]) for name in _COLUMNS]
    reading = [("file", name, field) for name, field in FileSettings.model_fields.items()]
    return flags_from([*own, *columns, *reading], leave_out=_HIDDEN)


@app.command("export", _flags)
def export(
    model: Annotated[str, typer.Argument(metavar="MODEL_OR_RUN", help=say("cli.arg_export_model"))],
    to: Annotated[str, typer.Option("--to", metavar="|".join(FORMATS), help=say("cli.arg_export_to"))] = "onnx",
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="DIR", help=say("cli.arg_export_out"))] = None,
    parity_texts: Annotated[
        Path | None, typer.Option("--parity-texts", metavar="FILE", help=say("cli.arg_parity_texts"))
    ] = None,
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("cli.arg_overwrite"))] = False,
    **settings: Any,
) -> None:
    """Parse, export, say how near the graph is to the model and where it lies."""
    choose(to, FORMATS, "--to")
    if out is None:
        raise UsageError("export.no_out", model=quoted(model))
    from maeum.workflows.export import export as work

    found = work(model, out=out, parity_texts=parity_texts, overwrite=overwrite, **given(settings))
    _report(found, model)


def _report(found: Exported, name: str) -> None:
    if found.precision != "fp32":
        _numbers("onnx", found.onnx)
    _numbers("int8" if found.precision == "int8" else "onnx", found.parity)
    for one in found.parity.disagreements:
        none = say("export.no_label")
        before, after = (", ".join(labels) or none for labels in (one.before, one.after))
        tell(say("export.other_label", text=one.text, before=before, after=after))
    sizes = {"before": _size(found.bytes_before), "after": _size(found.bytes_after)}
    tell(say("export.sizes", name=name, precision=found.precision, **sizes))
    tell(say("common.written", path=found.folder))
    tell(say("export.next", folder=quoted(found.folder)))


def _numbers(form: str, parity: Parity) -> None:
    values: dict[str, Any] = {"form": say(f"export.form_{form}"), "agreement": parity.agreement, "texts": parity.texts}
    values |= {"mean": parity.mean, "largest": parity.largest}
    if parity.same_sets is None:
        tell(say("export.numbers", **values))
    else:
        tell(say("export.numbers_several", sets=parity.same_sets, **values))


def _size(count: int) -> str:
    return say("summary.mb", size=count / 1e6) if count >= 1e5 else say("summary.kb", size=count / 1e3)
