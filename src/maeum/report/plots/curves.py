"""ROC and precision–recall curves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from maeum.messages import say
from maeum.report import palette
from maeum.report.canvas import draw, quiet_axes
from maeum.report.formats import decimal
from maeum.report.lettering import shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from maeum.schema import Curve

MAX_CURVES: Final = len(palette.CURVES)
NAME_WIDTH: Final = 26
SIDE: Final = 4.6  # inches: with the legend below, one plot is half a page wide


def roc_curves(names: Sequence[str], curves: Sequence[Curve]) -> str:
    """Share found against false alarms, one curve per label; of many, the eight with the smallest area."""

    def paint(figure: Figure) -> None:
        axes = _square(figure)
        axes.plot([0, 1], [0, 1], color=palette.MUTED, linewidth=1, linestyle=(0, (2, 3)))
        _draw_curves(axes, names, curves)
        axes.set_xlabel(say("report.axis_false_positive"))
        axes.set_ylabel(say("report.axis_true_positive"))
        axes.set_title(say("report.plot_roc"))

    return draw("roc", paint, width=SIDE, height=_height(curves))


def precision_recall_curves(names: Sequence[str], curves: Sequence[Curve]) -> str:
    """Precision against recall, one curve per label; of many, the eight with the smallest area."""

    def paint(figure: Figure) -> None:
        axes = _square(figure)
        _draw_curves(axes, names, curves)
        axes.set_xlabel(say("report.axis_recall"))
        axes.set_ylabel(say("report.axis_precision"))
        axes.set_title(say("report.plot_pr"))

    return draw("pr", paint, width=SIDE, height=_height(curves))


def weakest(curves: Sequence[Curve], limit: int = MAX_CURVES) -> list[int]:
    """Positions of the `limit` curves with the smallest area (an undefined area counts as smallest), in their order."""
    by_area = sorted(range(len(curves)), key=lambda i: curves[i].area if curves[i].area == curves[i].area else -1.0)
    return sorted(by_area[:limit])


def _height(curves: Sequence[Curve]) -> float:
    return SIDE + 0.35 + 0.2 * min(len(curves), MAX_CURVES)


def _square(figure: Figure) -> Axes:
    axes = figure.add_subplot()
    axes.set_xlim(-0.01, 1.01)
    axes.set_ylim(-0.01, 1.01)
    axes.set_aspect("equal")
    ticks = [0, 0.25, 0.5, 0.75, 1]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    quiet_axes(axes, grid="both")
    return axes


def _draw_curves(axes: Axes, names: Sequence[str], curves: Sequence[Curve]) -> None:
    chosen = weakest(curves)
    for position, index in enumerate(chosen):
        curve = curves[index]
        axes.plot(
            curve.x,
            curve.y,
            color=palette.CURVES[position],
            linestyle=palette.LINES[position % len(palette.LINES)],
            linewidth=2,
            label=f"{shortened(names[index], NAME_WIDTH)}  {decimal(curve.area)}",
        )
    rest = len(curves) - len(chosen)
    title = say("report.curves_left_out", shown=len(chosen), rest=rest) if rest else None
    columns = 2 if len(chosen) > 4 else 1
    if chosen:
        legend = axes.legend(
            loc="upper left",
            bbox_to_anchor=(-0.02, -0.15),
            ncols=columns,
            title=title,
            title_fontsize=9,
            alignment="left",
            handlelength=2.6,
            borderaxespad=0,
        )
        legend.get_title().set_color(palette.MUTED)
