"""A comparison as one HTML page that needs nothing else, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from maeum.messages import language, say
from maeum.metrics.paired import RESAMPLES
from maeum.report import compare_words as words
from maeum.report.formats import speaking
from maeum.report.markdown import escaped
from maeum.report.page import environment
from maeum.report.page_plots import Plot, inlined
from maeum.report.plots.comparison import metric_intervals, overlaid_curves
from maeum.schema.comparison import Comparison

Name = tuple[str, str]  # of a run or a column, and what stands small below it
ACROSS: Final = 6  # runs up to which each has a column of its own


@dataclass(frozen=True)
class Cell:
    """A number of the table, ready to print."""

    text: str
    best: bool


def comparison_page(found: Comparison, *, lang: str | None = None) -> str:
    """One self-contained HTML document; names are escaped.

    Args:
        found: The numbers.
        lang: `ko` or `en`; None for the current language.
    """
    return speaking(lang, lambda: _render(found))


def comparison_markdown(found: Comparison, lang: str | None = None) -> str:
    """The headline, the verdicts and the tables; ends with a line break."""
    return speaking(lang, lambda: "\n\n".join(_markdown(found)) + "\n")


def _render(found: Comparison) -> str:
    heads, rows = _grid(found)
    test_heads, tests = words.tests_of(found)
    plots = _plots(found)
    sections = [("verdict", True), ("table", True), ("tests", bool(tests)), ("curves", "curves" in plots)]
    values: dict[str, Any] = {
        "lang": language(),
        "title": say("compare.title", count=len(found.runs)),
        "where": _where(found),
        "headline": words.headline(found),
        "findings": words.verdicts(found),
        "notes": words.notes(found),
        "sections": [(name, say(f"compare.section_{name}")) for name, shown in sections if shown],
        "heads": heads,
        "rows": rows,
        "test_heads": test_heads,
        "tests": tests,
        "plots": plots,
        "words": {
            name: say(f"compare.{name}") for name in ("kicker", "contents", "limits", "intro_table", "intro_curves")
        },
        "intro_tests": say("compare.intro_tests", resamples=RESAMPLES),
    }
    return environment().get_template("comparison.html.j2").render(**values)


def _grid(found: Comparison) -> tuple[list[Name], list[tuple[Name, list[Cell]]]]:
    """Heads and rows of the table; a few runs stand beside each other, so that nothing has to be scrolled."""
    heads, rows = words.table_of(found)
    runs: list[Name] = [(row[0], row[1]) for row in rows]
    columns: list[Name] = [(head, "") for head in heads[2:]]
    cells = [_marked(found, at, row[2:]) for at, row in enumerate(rows)]
    if len(runs) > ACROSS:
        return [(heads[0], ""), *columns], list(zip(runs, cells, strict=True))
    turned = [list(column) for column in zip(*cells, strict=True)]
    return [("", ""), *runs], list(zip(columns, turned, strict=True))


def _marked(found: Comparison, at: int, cells: Sequence[str]) -> list[Cell]:
    name = found.runs[at].name
    columns = zip(cells, found.columns, strict=True)
    return [Cell(text, name in words.winners(found, column)) for text, column in columns]


def _plots(found: Comparison) -> dict[str, Plot]:
    plots = {}
    metric = words.column_name(found.metric, several=found.several)
    if found.best:
        title = say("compare.plot_metric", metric=metric)
        svg = metric_intervals(found.runs, found.metric, title, found.best)
        plots["metric"] = inlined(svg, say("compare.alt_metric", metric=metric))
    if any(len(run.history) > 1 for run in found.runs):
        plots["curves"] = inlined(overlaid_curves(found.runs), say("compare.alt_curves"))
    return plots


def _where(found: Comparison) -> str:
    return say("compare.on_data", data=found.data) if found.data else say("compare.on_validation")


def _markdown(found: Comparison) -> Iterable[str]:
    yield "## " + escaped(say("compare.title", count=len(found.runs)))
    yield f"{escaped(words.headline(found))} {escaped(_where(found))}"
    sentences = [finding.text for finding in words.verdicts(found)] + words.notes(found)
    if sentences:
        yield "\n".join(f"- {escaped(sentence)}" for sentence in sentences)
    heads, rows = words.table_of(found)
    yield _table(heads, rows, texts=2)
    heads, rows = words.tests_of(found)
    if rows:
        yield _table(heads, rows, texts=1)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, texts: int) -> str:
    """A table whose first columns are texts and whose others are numbers."""
    rule = [*["---"] * texts, *["---:"] * (len(heads) - texts)]
    lines = [[escaped(cell) for cell in line] for line in (heads, *rows)]
    lines.insert(1, rule)
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
