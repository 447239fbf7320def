"""`maeum insight`."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from maeum.cli.commands import CommandLine
from maeum.cli.console import plain_table, print_json, show
from maeum.cli.options import choose, flags_from, given
from maeum.messages import language, listing, say
from maeum.models import DEFAULT
from maeum.progress import tell

if TYPE_CHECKING:
    from maeum.workflows.insight import Insight

app = CommandLine()
FORMATS: Final = ("table", "json")
SHOWN_TITLES: Final = 10
SHOWN_EMOTIONS: Final = 3


def _flags() -> list[inspect.Parameter]:
    from maeum.audience.settings import ColumnSettings, InsightSettings
    from maeum.data.files.settings import FileSettings

    columns = [("data", name, field) for name, field in ColumnSettings.model_fields.items()]
    own = [("insight", name, field) for name, field in InsightSettings.model_fields.items()]
    files = [("file", name, field) for name, field in FileSettings.model_fields.items()]
    return flags_from([*(one for one in columns if one[1] not in FileSettings.model_fields), *own, *files])


@app.command("insight", _flags)
def insight(
    reviews: Annotated[str, typer.Argument(metavar="REVIEWS", help=say("insight.arg_reviews"))],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help=say("insight.arg_out"))],
    what: Annotated[str | None, typer.Option("--what", metavar="A,B", help=say("insight.arg_what"))] = None,
    model: Annotated[str, typer.Option("--model", metavar="MODEL", help=say("insight.arg_model"))] = DEFAULT,
    emotion_model: Annotated[
        str | None, typer.Option("--emotion-model", metavar="MODEL", help=say("insight.arg_emotion_model"))
    ] = None,
    emotion_labels: Annotated[
        Path | None, typer.Option("--emotion-labels", metavar="FILE", help=say("insight.arg_emotion_labels"))
    ] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="|".join(FORMATS), help=say("insight.arg_format"))
    ] = "table",
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=say("insight.arg_overwrite"))] = False,
    **settings: Any,
) -> None:
    """Parse, analyse, show the titles with most reviews."""
    choose(format, FORMATS, "--format")
    from maeum.audience.settings import ReviewSettings
    from maeum.workflows.insight import insight as work

    found = work(
        reviews,
        out=out,
        what=what,
        model=model,
        emotion_model=emotion_model,
        emotion_labels=emotion_labels,
        overwrite=overwrite,
        **given(settings, ReviewSettings.model_fields.items()),
    )
    if format == "json":
        print_json(found.facts)
    else:
        _show_titles(found)
    tell(say("common.written", path=found.page))


def _show_titles(found: Insight) -> None:
    """The titles with most reviews, as much as a screen takes."""
    titles = found.titles
    what, emotions = found.facts["what"], found.facts["emotions"]
    heads = [
        "title",
        "n",
        *(["positivity"] if "sentiment" in what else []),
        "stars",
        *(["emotions"] if emotions else []),
    ]
    rows = [_row(one, heads, emotions) for one in titles.head(SHOWN_TITLES).iter_rows(named=True)]
    show(plain_table([say(f"insight.head_{head}") for head in heads], rows))
    if titles.height > SHOWN_TITLES:
        tell(say("insight.more_titles", count=titles.height - SHOWN_TITLES))


def _row(title: dict[str, Any], heads: list[str], emotions: list[dict[str, Any]]) -> list[str]:
    cells = {
        "title": title["title"],
        "n": say("insight.few", n=title["n"]) if title["too_few"] else f"{title['n']:,}",
        "positivity": _number(title["positivity"], 3),
        "stars": _number(title["stars"], 2),
    }
    if emotions:
        cells["emotions"] = _strongest(title, emotions)
    return [cells[head] for head in heads]


def _strongest(title: dict[str, Any], emotions: list[dict[str, Any]]) -> str:
    name = "en" if language() == "en" else "label"
    felt = [(title[f"e_{one['label']}"], one[name]) for one in emotions if title[f"e_{one['label']}"] is not None]
    felt.sort(key=lambda one: -one[0])
    return listing([f"{shown} {value:.2f}" for value, shown in felt[:SHOWN_EMOTIONS]])


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
