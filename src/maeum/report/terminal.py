"""An evaluation as a table for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maeum.messages import say
from maeum.report import contents
from maeum.report.formats import metric_name, speaking
from maeum.report.words import Finding, findings, headline, notes
from maeum.schema import Evaluation

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table
    from rich.text import Text

STYLES = {"good": "green", "bad": "yellow", "plain": ""}


def evaluation_table(evaluation: Evaluation, lang: str | None = None) -> Group:
    """The headline, the verdict, key numbers with intervals, the table of classes, the number of mistakes.

    Labels and sentences go in as plain text: a label such as `[bold]` is shown, not obeyed.
    """
    return speaking(lang, lambda: _group(evaluation))


def _group(evaluation: Evaluation) -> Group:
    from rich.console import Group
    from rich.text import Text

    parts: list[RenderableType] = [Text(headline(evaluation), style="bold"), Text()]
    parts += [_line(finding) for finding in findings(evaluation)]
    parts += [Text(f"! {note}", style="yellow") for note in notes(evaluation)]
    if contents.key_numbers(evaluation):
        parts += [Text(), _key_table(evaluation)]
    if contents.class_rows(evaluation):
        parts += [Text(), _class_table(evaluation)]
    parts += [Text(), Text(mistakes_sentence(evaluation))]
    return Group(*parts)


def mistakes_sentence(evaluation: Evaluation) -> str:
    """How many answers are wrong; where that is not known, how many are kept."""
    wrong = contents.wrong_count(evaluation)
    if wrong is not None:
        return say("report.mistakes_count", count=wrong, all=evaluation.count)
    return say("report.mistakes_kept", count=len(evaluation.mistakes))


def _line(finding: Finding) -> Text:
    from rich.text import Text

    mark = {"good": "+", "bad": "!", "plain": "-"}[finding.kind]
    return Text(f"{mark} {finding.text}", style=STYLES[finding.kind])


def _key_table(evaluation: Evaluation) -> Table:
    table = _empty_table(["metric", "value", "interval_head"])
    for number in contents.key_numbers(evaluation):
        table.add_row(*_cells(number.title, number.text, number.range))
    return table


def _class_table(evaluation: Evaluation) -> Table:
    rows, averages = contents.class_rows(evaluation), contents.average_rows(evaluation)
    columns = contents.shown_columns(rows + averages)
    table = _empty_table(["class"])
    for column in columns:
        table.add_column(metric_name(column), justify="right", overflow="fold")
    for row in rows:
        table.add_row(*_cells(row.title, *map(row.cell, columns)), end_section=row is rows[-1])
    for row in averages:
        table.add_row(*_cells(row.title, *map(row.cell, columns)))
    return table


def _empty_table(heads: list[str]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for position, head in enumerate(heads):
        table.add_column(say(f"report.{head}"), justify="right" if position else "left", overflow="fold")
    return table


def _cells(*texts: str) -> list[Text]:
    from rich.text import Text

    return [Text(text) for text in texts]
