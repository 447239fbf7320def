"""Confidence against truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maeum.messages import say
from maeum.report import palette
from maeum.report.canvas import draw, quiet_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from maeum.schema import Reliability


def reliability_diagram(bins: Reliability, *, several: bool = False) -> str:
    """Share right by confidence over the diagonal of perfect calibration; below it, how many answers each bin holds.

    Args:
        bins: Non-empty bins in ascending order of confidence.
        several: Whether they hold yes/no decisions about labels, not answers.
    """
    ending = "_several" if several else ""

    def paint(figure: Figure) -> None:
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3.2, 1))
        _truth(upper, bins)
        _counts(lower, bins)
        upper.set_ylabel(say(f"report.axis_right{ending}"))
        upper.set_title(say(f"report.plot_reliability{ending}"))
        lower.set_ylabel(say("report.axis_count"))
        lower.set_xlabel(say(f"report.axis_confidence{ending}"))

    return draw("reliability", paint, width=5.6, height=5.6)


def _truth(axes: Axes, bins: Reliability) -> None:
    axes.plot([0, 1], [0, 1], color=palette.MUTED, linewidth=1, linestyle=(0, (2, 3)))
    for confidence, accuracy in zip(bins.confidence, bins.accuracy, strict=True):
        axes.plot([confidence, confidence], [confidence, accuracy], color=palette.ACCENT, linewidth=3, alpha=0.35)
    axes.plot(bins.confidence, bins.accuracy, color=palette.PRIMARY, linewidth=1.6, marker="o", markersize=6)
    start = min(bins.confidence, default=0.0)
    axes.set_xlim((0.48 if start >= 0.5 else -0.02), 1.02)  # two labels: nobody is less than 50 % sure of the best one
    axes.set_ylim(-0.03 if start < 0.5 or min(bins.accuracy, default=0) < 0.4 else 0.38, 1.03)
    axes.yaxis.set_major_formatter("{x:g}")
    quiet_axes(axes, grid="both")


def _counts(axes: Axes, bins: Reliability) -> None:
    gaps = [right - left for left, right in zip(bins.confidence, bins.confidence[1:], strict=False)]
    axes.bar(bins.confidence, bins.count, width=min([0.05, *(gap * 0.8 for gap in gaps)]), color=palette.PRIMARY)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.get_major_locator().set_params(nbins=3, integer=True)  # type: ignore[call-arg]
    quiet_axes(axes, grid="y")
