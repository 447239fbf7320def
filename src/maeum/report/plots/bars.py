"""Horizontal bars and intervals: one row per class or part, names in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from maeum.messages import say
from maeum.report import palette
from maeum.report.canvas import draw, quiet_axes
from maeum.report.formats import decimal, metric_value, percent
from maeum.report.lettering import shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from maeum.schema import Slice

NAME_WIDTH: Final = 34  # half-width characters
MAX_BARS: Final = 120  # rows of a plot that is still a picture; the table has them all
ROW: Final = 0.30  # inches
HEAD: Final = 1.0


def class_distribution(
    names: Sequence[str], counts: Sequence[int], *, total: int | None = None, title: str | None = None
) -> str:
    """How many examples each class has, with its share of all.

    Args:
        names: K names.
        counts: K counts.
        total: What shares are taken of; the sum of the counts, unless examples may have several labels.
        title: Other than "Examples by class".
    """
    total = sum(counts) if total is None else total
    texts = [f"{count:,}  ({percent(count / total)})" if total else f"{count:,}" for count in counts]
    heading = title or say("report.plot_distribution")
    return _bars("distribution", heading, names, counts, texts, top=max(counts, default=0) or 1)


def class_scores(names: Sequence[str], f1: Sequence[float], support: Sequence[int]) -> str:
    """F1 of each class, with the number of examples behind it."""
    word = say("report.axis_support")
    texts = [f"{decimal(score)}   {word} {count:,}" for score, count in zip(f1, support, strict=True)]
    return _bars("f1", say("report.plot_f1"), names, f1, texts, top=1.0)


def slice_scores(slices: Sequence[Slice], names: Sequence[str], overall: float, *, metric: str = "accuracy") -> str:
    """Score of each part with its 95 % interval against the value of the whole.

    Args:
        slices: S parts.
        names: S names.
        overall: The score on all examples, in [0, 1].
        metric: Key of the score, for the way numbers are written.
    """
    shown = list(slices[:MAX_BARS])

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        _rows(axes, names[: len(shown)])
        axes.axvline(overall, color=palette.INK, linewidth=1.2, linestyle=(0, (4, 3)))
        for row, part in enumerate(shown):
            differs = part.high < overall or part.low > overall
            colour = palette.ACCENT if part.high < overall else palette.PRIMARY
            axes.plot(
                [part.low, part.high], [row, row], color=colour, linewidth=2.4, alpha=0.55, solid_capstyle="round"
            )
            face = colour if differs else palette.PAPER
            axes.plot(
                [part.accuracy], [row], "o", color=colour, markersize=7, markerfacecolor=face, markeredgewidth=1.8
            )
            text = f"{metric_value(metric, part.accuracy)}   {say('report.cases', count=part.count)}"
            axes.annotate(text, (1.015, row), xycoords=("axes fraction", "data"), va="center", fontsize=9)
        low = min([part.low for part in shown] + [overall])
        high = max([part.high for part in shown] + [overall])
        margin = max((high - low) * 0.08, 0.01)
        axes.set_xlim(max(low - margin, 0), min(high + margin, 1.0) + 0.002)
        axes.xaxis.set_major_formatter(lambda value, _: metric_value(metric, value))
        quiet_axes(axes, grid="x")
        whole = say("report.axis_overall", value=metric_value(metric, overall))
        axes.set_title(f"{say('report.plot_slices')}  ·  {whole}")
        _left_out(axes, len(slices) - len(shown))

    return draw("slices", paint, height=HEAD + ROW * max(len(shown), 2))


def _bars(
    name: str, title: str, names: Sequence[str], values: Sequence[float], texts: Sequence[str], *, top: float
) -> str:
    shown = min(len(values), MAX_BARS)

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        _rows(axes, names[:shown])
        axes.barh(range(shown), values[:shown], height=0.66, color=palette.PRIMARY)
        for row in range(shown):
            axes.annotate(
                texts[row], (values[row], row), xytext=(6, 0), textcoords="offset points", va="center", fontsize=9
            )
        axes.set_xlim(0, top * 1.3)  # room for the numbers behind the longest bar
        axes.set_xticks([])
        quiet_axes(axes)
        axes.spines["bottom"].set_visible(False)
        axes.set_title(title)
        _left_out(axes, len(values) - shown)

    return draw(name, paint, height=HEAD + ROW * max(shown, 2))


def _rows(axes: Axes, names: Sequence[str]) -> None:
    """One row per name, the first on top."""
    axes.set_yticks(range(len(names)), [shortened(name, NAME_WIDTH) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)


def _left_out(axes: Axes, rest: int) -> None:
    if rest > 0:
        axes.set_xlabel(say("report.bars_left_out", rest=rest))
