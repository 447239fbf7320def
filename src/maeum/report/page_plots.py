"""The plots of a page, each with the words that stand for it where it cannot be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from maeum.messages import say
from maeum.report import contents, palette, plots, words
from maeum.report.formats import decimal, is_number, percent
from maeum.schema import Curve, Evaluation

ALT_PAIRS: Final = 5
KEEP_ORDER: Final = 5  # classes whose own order is taken in at a glance


@dataclass(frozen=True)
class Plot:
    """An SVG element ready to stand in a page, the words for it, and its natural width in points."""

    svg: Markup
    label: str
    width: int


def page_plots(evaluation: Evaluation) -> dict[str, Plot]:
    """The plots that the evaluation has numbers for, by name."""
    found: dict[str, tuple[str, str]] = {}
    several = contents.several(evaluation)
    found.update(_class_plots(evaluation))
    titles = [evaluation.labels.title(name) for name in evaluation.labels]
    if evaluation.confusion:
        right = percent(1 - (contents.wrong_count(evaluation) or 0) / max(evaluation.count, 1))
        label = say("report.plot_confusion_alt", labels=len(titles), right=right)
        found["confusion"] = (plots.confusion_matrix(evaluation.confusion, titles), label)
    if evaluation.correlations:
        svg = plots.phi_matrix(evaluation.correlations["data"], evaluation.correlations["model"], titles)
        found["correlations"] = (svg, _correlations_alt(evaluation))
    if evaluation.roc:
        found["roc"] = (plots.roc_curves(*_curves(evaluation, evaluation.roc)), _alt("plot_roc"))
    if evaluation.precision_recall:
        curves = _curves(evaluation, evaluation.precision_recall)
        found["pr"] = (plots.precision_recall_curves(*curves), _alt("plot_pr"))
    if evaluation.reliability is not None and evaluation.reliability.count:
        found["reliability"] = (
            plots.reliability_diagram(evaluation.reliability, several=several),
            _reliability_alt(evaluation),
        )
    whole = words.overall_score(evaluation)
    if evaluation.slices and whole:
        names = [words.slice_name(part) for part in evaluation.slices]
        svg = plots.slice_scores(evaluation.slices, names, whole[1], metric=whole[0])
        found["slices"] = (svg, _alt("plot_slices"))
    return {name: inlined(svg, label) for name, (svg, label) in found.items()}


def inlined(svg: str, label: str) -> Plot:
    """A plot of ours as an element of an HTML page (where SVG needs no namespace), read aloud as `label`."""
    head = Markup('<svg role="img" aria-label="{}"').format(label)
    svg = svg.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1).replace(f";background:{palette.PAPER}", "", 1)
    width = round(float(svg.split('viewBox="', 1)[1].split('"', 1)[0].split()[2]))
    return Plot(Markup(svg.replace("<svg", str(head), 1)), label, width)  # noqa: S704 - drawn by us, labels are outlines


def _class_plots(evaluation: Evaluation) -> dict[str, tuple[str, str]]:
    rows = [row for row in contents.class_rows(evaluation) if is_number(row.values.get("support"))]
    if not rows:
        return {}
    ordered = _sorted(evaluation, rows, "support")
    counts = [int(row.values["support"]) for row in ordered]
    total = evaluation.count if contents.several(evaluation) else None
    svg = plots.class_distribution([row.title for row in ordered], counts, total=total)
    made = {"distribution": (svg, _alt("plot_distribution"))}
    if all(is_number(row.values.get("f1")) for row in rows):
        ordered = _sorted(evaluation, rows, "f1")
        scores = [float(row.values["f1"]) for row in ordered]
        counts = [int(row.values["support"]) for row in ordered]
        svg = plots.class_scores([row.title for row in ordered], scores, counts)
        made["f1"] = (svg, _alt("plot_f1"))
    return made


def _sorted(evaluation: Evaluation, rows: list[contents.ClassRow], column: str) -> list[contents.ClassRow]:
    """Many classes largest first; few, and those on a scale, in their own order."""
    if evaluation.labels.ordered or len(rows) <= KEEP_ORDER:
        return rows
    return sorted(rows, key=lambda row: -float(row.values[column]))


def _curves(evaluation: Evaluation, curves: Mapping[str, Curve]) -> tuple[list[str], list[Curve]]:
    names = [name for name in evaluation.labels if name in curves]
    return [evaluation.labels.title(name) for name in names], [curves[name] for name in names]


def _alt(name: str) -> str:
    return say("report.plot_alt", title=say(f"report.{name}"))


def _correlations_alt(evaluation: Evaluation) -> str:
    """The pairs of labels that go together most in the data, and what the model makes of them."""
    data, model = evaluation.correlations["data"], evaluation.correlations["model"]
    size = len(evaluation.labels)
    pairs = sorted(((i, j) for i in range(size) for j in range(i)), key=lambda at: -data[at[0]][at[1]])[:ALT_PAIRS]
    title = evaluation.labels.title
    texts = [
        say(
            "multi_label.pair",
            first=title(evaluation.labels[i]),
            second=title(evaluation.labels[j]),
            data=decimal(data[i][j]),
            model=decimal(model[i][j]),
        )
        for i, j in pairs
    ]
    return say("multi_label.plot_alt", title=say("multi_label.plot_correlations"), pairs="; ".join(texts))


def _reliability_alt(evaluation: Evaluation) -> str:
    bins = evaluation.reliability
    if bins is None:
        return ""
    ending = "_several" if contents.several(evaluation) else ""
    pairs = zip(bins.confidence, bins.accuracy, strict=True)
    texts = [say(f"report.plot_bin_alt{ending}", confidence=percent(c), accuracy=percent(a)) for c, a in pairs]
    return say("report.plot_reliability_alt", title=say(f"report.plot_reliability{ending}"), bins="; ".join(texts))
