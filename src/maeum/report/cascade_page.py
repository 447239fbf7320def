"""A cascade in words and cells, and as one HTML page that needs nothing else."""

from __future__ import annotations

import math
from typing import Any, Final

from maeum.messages import language, say
from maeum.metrics.cascade import Calibration, Outcome, SwitchPoint
from maeum.report.formats import percent, speaking, whole_percent
from maeum.report.page import environment
from maeum.report.page_plots import inlined
from maeum.report.plots.cascade import trade_off_curve

LOSSES: Final = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)  # points, beside the one asked for
NONE: Final = "–"


def cascade_page(found: Calibration, *, lang: str | None = None) -> str:
    """One self-contained HTML document; names are escaped.

    Args:
        found: The numbers.
        lang: `ko` or `en`; None for the current language.
    """
    return speaking(lang, lambda: _render(found))


def headline(found: Calibration) -> str:
    """What the switch point comes to, in a sentence or two."""
    point = found.point
    values = {
        "first": found.first,
        "second": found.second,
        "kept": percent(point.kept),
        "gain": _factor(found.gain()),
        "max_loss": f"{point.max_loss:g}",
        "certainty": whole_percent(point.certainty),
    }
    if point.outcome is Outcome.SECOND_ALONE and found.trade_off.count < point.needed:
        return say("cascade.verdict_too_few", count=found.trade_off.count, needed=point.needed, **values)
    if point.outcome is Outcome.CASCADE and found.gain() < 1:
        return say("cascade.verdict_slower", **values)
    return say(f"cascade.verdict_{point.outcome.value}", **values)


def remarks(found: Calibration) -> list[str]:
    """What is lost or won here, and at most elsewhere, where the first model answers anything."""
    point = found.point
    if point.outcome is Outcome.SECOND_ALONE:
        return []
    bound = math.ceil(round(100 * point.bound, 6)) / 100  # never rounded to less than it is
    values = {
        "loss": f"{abs(point.loss):.2f}",
        "bound": f"{abs(bound):.2f}",
        "certainty": whole_percent(point.certainty),
    }
    if point.loss >= 0:
        return [say("cascade.bound", **values)]
    return [say("cascade.bound_better" if bound < 0 else "cascade.bound_won", **values)]


def notes(found: Calibration) -> list[str]:
    """What limits the numbers."""
    return [say(key, **values) for key, values in found.notes]


def table_of(found: Calibration) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: each model alone, and the cascade."""
    heads = [say(f"cascade.{name}") for name in ("model", "accuracy", "handed_over", "rate")]
    curve, point = found.trade_off, found.point
    rate = say("cascade.about", rate=_rate(found.gain() * found.second_rate))
    return heads, [
        [
            say("cascade.alone", name=found.first),
            _fine(curve.first_accuracy),
            whole_percent(0),
            _rate(found.first_rate),
        ],
        [
            say("cascade.alone", name=found.second),
            _fine(curve.second_accuracy),
            whole_percent(1),
            _rate(found.second_rate),
        ],
        [say("cascade.the_cascade"), _fine(point.accuracy), whole_percent(1 - point.kept), rate],
    ]


def others_of(found: Calibration) -> tuple[list[str], list[tuple[list[str], bool]]]:
    """Heads and rows of what other losses give; the second of a row: whether it is the one asked for."""
    heads = [say(f"cascade.{name}") for name in ("max_loss", "threshold", "handed_over", "loss", "gain")]
    losses = sorted({*LOSSES, found.point.max_loss})
    return heads, [(_other(found, found.at(loss)), loss == found.point.max_loss) for loss in losses]


def _other(found: Calibration, point: SwitchPoint) -> list[str]:
    allowed = say("cascade.points", value=f"{point.max_loss:g}")
    if point.outcome is Outcome.SECOND_ALONE:
        return [allowed, NONE, whole_percent(1), NONE, NONE]
    gain = say("cascade.times", value=_factor(found.gain(point.kept)))
    lost = say("cascade.points", value=_signed(point.loss))
    threshold = f"{point.threshold:.3f}" if point.outcome is Outcome.CASCADE else "0"
    return [allowed, threshold, whole_percent(1 - point.kept), lost, gain]


def _render(found: Calibration) -> str:
    heads, rows = table_of(found)
    other_heads, others = others_of(found)
    curve, point = found.trade_off, found.point
    svg = trade_off_curve(curve, point, say("cascade.plot_title"))
    low, high = _fine(curve.first_accuracy), _fine(curve.second_accuracy)
    label = say("cascade.plot_alt", low=low, high=high, share=percent(1 - point.kept))
    values: dict[str, Any] = {
        "lang": language(),
        "title": say("cascade.title", first=found.first, second=found.second),
        "where": say("cascade.chosen_on", data=found.data, count=curve.count),
        "headline": headline(found),
        "remarks": remarks(found),
        "notes": notes(found),
        "sections": [(name, say(f"cascade.section_{name}")) for name in ("verdict", "curve", "others")],
        "heads": heads,
        "rows": rows,
        "other_heads": other_heads,
        "others": others,
        "curve": inlined(svg, label),
        "intro_curve": say("cascade.intro_curve", certainty=whole_percent(point.certainty)),
        "words": {name: say(f"cascade.{name}") for name in ("kicker", "contents", "limits", "intro_others")},
    }
    return environment().get_template("cascade.html.j2").render(**values)


def _fine(share: float) -> str:
    return say("cascade.percent", value=100 * share)


def _signed(points: float) -> str:
    return f"{points:.2f}".replace("-0.00", "0.00").replace("-", "\u2212")


def _factor(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _rate(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
