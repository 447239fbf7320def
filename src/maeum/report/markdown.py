"""An evaluation as compact Markdown tables, for a README, an issue or a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from maeum.messages import say
from maeum.report import contents
from maeum.report.formats import metric_name, speaking
from maeum.report.words import headline, notes, verdict
from maeum.schema import Evaluation

MAX_CONFUSION: Final = 12  # labels up to which the whole confusion matrix fits a Markdown table
MAX_PAIRS: Final = 10

_SPECIAL: Final = re.compile(r"([\\`*_\[\]|~])")


def evaluation_markdown(evaluation: Evaluation, lang: str | None = None) -> str:
    """The headline, the verdict and the tables of an evaluation; ends with a line break."""
    return speaking(lang, lambda: "\n\n".join(_parts(evaluation)) + "\n")


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it stands, on one line: `a|b<c>` -> `a\|b&lt;c&gt;`."""
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", flat)


def _parts(evaluation: Evaluation) -> Iterable[str]:
    model = evaluation.model or say("report.model_unnamed")
    yield "## " + escaped(say("report.title", model=model, data=evaluation.data))
    yield escaped(headline(evaluation))
    sentences = verdict(evaluation) + notes(evaluation)
    if sentences:
        yield "\n".join(f"- {escaped(sentence)}" for sentence in sentences)
    key = contents.key_numbers(evaluation)
    if key:
        heads = [say(f"report.{name}") for name in ("metric", "value", "interval_head")]
        yield _table(heads, [(number.title, number.text, number.range or "–") for number in key])
    rows = contents.class_rows(evaluation) + contents.average_rows(evaluation)
    if rows:
        columns = contents.shown_columns(rows)
        heads = [say("report.class"), *map(metric_name, columns)]
        yield _table(heads, [(row.title, *map(row.cell, columns)) for row in rows])
    yield from _confusion(evaluation)


def _confusion(evaluation: Evaluation) -> Iterable[str]:
    if not evaluation.confusion:
        return
    titles = [evaluation.labels.title(name) for name in evaluation.labels]
    if len(titles) <= MAX_CONFUSION:
        corner = f"{say('report.true_label')} ↓ / {say('report.predicted_label')} →"
        rows = [(title, *(f"{n:,}" for n in row)) for title, row in zip(titles, evaluation.confusion, strict=True)]
        yield _table([corner, *titles], rows)
        return
    pairs = contents.confusions(evaluation)
    heads = [say(f"report.{name}") for name in ("true_label", "predicted_label", "count")]
    title = evaluation.labels.title
    shown = [(title(pair.expected), title(pair.predicted), f"{pair.count:,}") for pair in pairs[:MAX_PAIRS]]
    if shown:
        yield _table(heads, shown)
        yield say("report.confusions_more", shown=len(shown), all=len(pairs))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is text and whose others are numbers."""
    rule = ["---", *["---:"] * (len(heads) - 1)]
    lines = [[escaped(cell) for cell in line] for line in (heads, *rows)]
    lines.insert(1, rule)
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
