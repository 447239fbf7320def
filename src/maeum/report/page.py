"""An evaluation as one HTML page that needs nothing else: no network, no scripts, no fonts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from maeum.messages import language, say
from maeum.report import contents, words
from maeum.report.formats import decimal, is_number, metric_meaning, metric_name, metric_range, percent, speaking
from maeum.report.page_learning import Learning, learning_part
from maeum.report.page_parts import Part, Telling, mistake_rows, part_rows, summary_rows, telling_rows
from maeum.report.page_plots import Plot, page_plots
from maeum.report.page_several import threshold_table
from maeum.schema import Evaluation

if TYPE_CHECKING:
    from jinja2 import Environment

MAX_PAIRS: Final = 20


@dataclass(frozen=True)
class Ruler:
    """Places on a scale of 0–100 % under the headline; `low` and `high` are None without an interval."""

    baseline: float | None
    value: float
    low: float | None
    high: float | None


def evaluation_page(
    evaluation: Evaluation,
    *,
    dataset_summary: Mapping[str, Any] | None = None,
    telling: Telling | None = None,
    learning: Learning | None = None,
    lang: str | None = None,
) -> str:
    """The HTML page of an evaluation.

    Args:
        evaluation: The numbers.
        dataset_summary: Facts about the data by name, shown as they are (values may be mappings or lists).
        telling: By label the pieces of text with the greatest weight, as (spelling, weight), where the model tells.
        learning: The epochs of the training that the model comes from; shown where there are several.
        lang: `ko` or `en`; None for the current language.

    Returns:
        One self-contained HTML document; texts and labels are escaped.
    """
    return speaking(lang, lambda: _render(evaluation, dataset_summary or {}, telling or {}, learning))


def _render(
    evaluation: Evaluation, dataset_summary: Mapping[str, Any], telling: Telling, learning: Learning | None
) -> str:
    values = _values(evaluation, dataset_summary, page_plots(evaluation))
    values["telling"] = telling_rows(evaluation, telling)
    values["learning"] = learning_part(learning, evaluation.count)
    values["sections"] = _sections(values)
    return environment().get_template("page.html.j2").render(**values)


def _values(evaluation: Evaluation, dataset_summary: Mapping[str, Any], plots: Mapping[str, Plot]) -> dict[str, Any]:
    rows, averages = contents.class_rows(evaluation), contents.average_rows(evaluation)
    pairs = contents.confusions(evaluation)
    whole = words.overall_score(evaluation)
    mistakes, areas = mistake_rows(evaluation), _areas(evaluation)
    parts: list[Part] = part_rows(evaluation)
    return {
        "lang": language(),
        "evaluation": evaluation,
        "title": say("report.title", model=evaluation.model or say("report.model_unnamed"), data=evaluation.data),
        "headline": words.headline(evaluation),
        "ruler": _ruler(evaluation),
        "findings": words.findings(evaluation),
        "notes": words.notes(evaluation),
        "summary": summary_rows(evaluation, dataset_summary),
        "key_numbers": contents.key_numbers(evaluation),
        "other_numbers": list(contents.other_numbers(evaluation)),
        "rows": rows,
        "averages": averages,
        "columns": contents.shown_columns(rows + averages),
        "weakest": _weakest(rows),
        "pairs": pairs[:MAX_PAIRS] if len(evaluation.labels) > 2 else [],
        "pair_count": len(pairs),
        "areas": areas,
        "areas_missing": len(evaluation.labels) - len(areas) if len(evaluation.labels) > 2 else 0,
        "bins": evaluation.reliability,
        "parts": parts,
        "score_title": metric_name(whole[0]) if whole else "",
        "mistakes": mistakes,
        "mistakes_sentence": _mistakes_sentence(evaluation, len(mistakes)),
        "plots": plots,
        "thresholds": threshold_table(evaluation),
        "several": "_several" if contents.several(evaluation) else "",
    }


def _sections(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Anchor and short heading of the sections that have something to show, in their order."""
    present = {
        "the_data": True,
        "key_numbers": values["key_numbers"] or values["other_numbers"],
        "classes": values["rows"],
        "thresholds": values["thresholds"],
        "correlations": values["evaluation"].correlations,
        "learning": values["learning"],
        "confusions": values["evaluation"].confusion,
        "curves": values["areas"],
        "confidence": values["bins"],
        "telling": values["telling"],
        "parts": values["parts"],
        "mistakes": True,
        "reading": True,
    }
    return [(name.replace("_", "-"), say(f"report.nav_{name}")) for name, shown in present.items() if shown]


def _ruler(evaluation: Evaluation) -> Ruler | None:
    accuracy, baseline = (evaluation.metrics.get(name) for name in ("accuracy", "majority_baseline"))
    if contents.several(evaluation) or not is_number(accuracy):
        return None
    low, high = evaluation.intervals.get("accuracy", (None, None))
    return Ruler(float(baseline) if is_number(baseline) else None, float(accuracy), low, high)


def _weakest(rows: Sequence[contents.ClassRow]) -> str:
    """Name of the class with the smallest F1, to be marked in the table; none where there are only two."""
    scored = [row for row in rows if row.values.get("support") and is_number(row.values.get("f1"))]
    return min(scored, key=lambda row: float(row.values["f1"])).name if len(scored) > 2 else ""


def _areas(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    """Title, ROC area and average precision of each label that has a curve."""
    names = [name for name in evaluation.labels if name in evaluation.roc or name in evaluation.precision_recall]

    def area(curves: Mapping[str, Any], name: str) -> str:
        return decimal(curves[name].area) if name in curves else "–"

    return [
        (evaluation.labels.title(name), area(evaluation.roc, name), area(evaluation.precision_recall, name))
        for name in names
    ]


def _mistakes_sentence(evaluation: Evaluation, shown: int) -> str:
    if not shown:
        return say("report.mistakes_none")
    wrong = contents.wrong_count(evaluation)
    if wrong is None:
        return say("report.mistakes_listed", shown=shown, all=len(evaluation.mistakes))
    return say("report.mistakes_shown", shown=shown, all=wrong)


def tied(sentence: str) -> str:
    """A sentence of ours whose numbers do not part from their signs and particles at the end of a line.

    "88.1 % right" -> "88.1<no-break space>% right";  "88.1%를" -> "88.1%<word joiner>를"
    """
    sentence = re.sub(r"(?<=\d) (?=%)", "\u00a0", sentence)
    return re.sub(r"(?<=[%)'])(?=[가-힣])", "\u2060", sentence)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, with everything escaped unless it is a plot of our own."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    templates = Environment(
        loader=PackageLoader("maeum.report", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    helpers: dict[str, Callable[..., str]] = {
        "t": lambda name, **values: say(f"report.{name}", **values),
        "percent": percent,
        "decimal": decimal,
        "metric_name": metric_name,
        "metric_meaning": metric_meaning,
        "metric_range": metric_range,
    }
    templates.globals.update(helpers)
    templates.filters["tied"] = tied
    return templates
