"""Several runs in one picture: their learning curves, and a metric with its intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from maeum.messages import say
from maeum.report import palette
from maeum.report.canvas import draw, quiet_axes
from maeum.report.formats import decimal, percent
from maeum.report.lettering import shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from maeum.schema.comparison import ComparedRun

NAME_WIDTH: Final = 30
ROW: Final = 0.34  # inches
MAX_RUNS: Final = 40


def metric_intervals(runs: Sequence[ComparedRun], metric: str, title: str, best: str) -> str:
    """The metric of each run as a point with its 95 % interval; the best in another colour."""
    shown = [run for run in runs if run.values.get(metric) is not None][:MAX_RUNS]
    write = percent if metric == "accuracy" else decimal

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.set_yticks(range(len(shown)), [shortened(run.name, NAME_WIDTH) for run in shown])
        axes.set_ylim(len(shown) - 0.4, -0.6)
        ends: list[float] = []
        for row, run in enumerate(shown):
            value = float(run.values[metric] or 0)
            colour = palette.ACCENT if run.name == best else palette.PRIMARY
            low, high = run.interval or (value, value)
            ends += [low, high, value]
            axes.plot([low, high], [row, row], color=colour, linewidth=2.6, alpha=0.55, solid_capstyle="round")
            axes.plot([value], [row], "o", color=colour, markersize=7)
            axes.annotate(write(value), (1.015, row), xycoords=("axes fraction", "data"), va="center", fontsize=9.5)
        margin = max((max(ends) - min(ends)) * 0.08, 0.004)
        axes.set_xlim(max(min(ends) - margin, 0), min(max(ends) + margin, 1.002))
        axes.locator_params(axis="x", nbins=6)
        axes.xaxis.set_major_formatter(lambda value, _at: write(value))
        quiet_axes(axes, grid="x")
        axes.set_title(title)

    return draw("intervals", paint, height=1.0 + ROW * max(len(shown), 2))


def overlaid_curves(runs: Sequence[ComparedRun]) -> str:
    """Validation loss and accuracy by epoch, one line for each run; runs of one round as flat lines."""
    last = max(len(run.history) for run in runs)

    def paint(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        for axes, column, title in (
            (left, "validation_loss", say("compare.plot_loss")),
            (right, "validation_accuracy", say("compare.plot_accuracy")),
        ):
            for at, run in enumerate(runs[:MAX_RUNS]):
                _line(axes, run, column, at, last)
            axes.set_title(title)
            axes.set_xlabel(say("compare.axis_epoch"))
            axes.xaxis.get_major_locator().set_params(integer=True)
            axes.set_xlim(1 - 0.03 * last, last + 0.03 * last)
            quiet_axes(axes, grid="y")
        handles, names = left.get_legend_handles_labels()
        figure.legend(handles, names, loc="outside lower center", ncols=min(4, len(names)), handlelength=2.6)

    return draw("overlaid", paint, height=3.6)


def _line(axes: Axes, run: ComparedRun, column: str, at: int, last: int) -> None:
    points = [(float(row["epoch"]), row.get(column)) for row in run.history if row.get("epoch") is not None]
    known = [(epoch, float(value)) for epoch, value in points if value is not None]
    style: dict[str, Any] = {
        "color": palette.CURVES[at % len(palette.CURVES)],
        "linestyle": palette.LINES[at % len(palette.LINES)],
        "linewidth": 1.8,
        "label": shortened(run.name, NAME_WIDTH),
    }
    if len(run.history) == 1 and known:
        known = [(1.0, known[0][1]), (float(last), known[0][1])]
        style["alpha"] = 0.75
    axes.plot([epoch for epoch, _ in known], [value for _, value in known], **style)
    best = run.values.get("best_epoch")
    marked = [point for point in known if point[0] == best and len(run.history) > 1]
    axes.plot([epoch for epoch, _ in marked], [value for _, value in marked], "o", color=style["color"], markersize=5.5)
