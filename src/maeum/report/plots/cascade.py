"""The trade-off of a cascade: accuracy against the share of texts that the second model answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maeum.messages import say
from maeum.metrics.cascade import Outcome, SwitchPoint, TradeOff
from maeum.report import palette
from maeum.report.canvas import draw, quiet_axes
from maeum.report.formats import percent, whole_percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def trade_off_curve(found: TradeOff, point: SwitchPoint, title: str) -> str:
    """The curve with its bound on new texts, the line of what may be lost, and the point chosen."""
    share = 1 - found.kept
    worst = found.second_accuracy - found.bounds(point.certainty) / 100
    allowed = found.second_accuracy - point.max_loss / 100

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.fill_between(share, worst, found.accuracy, color=palette.PRIMARY_SOFT, linewidth=0, alpha=0.7)
        axes.plot(share, found.accuracy, color=palette.PRIMARY, linewidth=2)
        label = say("cascade.plot_allowed", max_loss=f"{point.max_loss:g}")
        axes.axhline(allowed, color=palette.MUTED, linewidth=1.2, linestyle=(0, (4, 3)))
        axes.annotate(
            label, (0.0, allowed), xycoords=("axes fraction", "data"), xytext=(4, 5), textcoords="offset points",
            color=palette.MUTED, fontsize=9,
        )  # fmt: skip
        chosen = 1 - point.kept
        axes.plot([chosen], [point.accuracy], "o", color=palette.ACCENT, markersize=9, zorder=5)
        axes.vlines(chosen, 0, point.accuracy, color=palette.ACCENT, linewidth=1, linestyle=":")
        low, high = float(min(worst.min(), allowed)), float(found.accuracy.max())
        margin = max((high - low) * 0.12, 0.002)
        axes.set_ylim(max(low - margin, 0), min(high + margin, 1.003))
        axes.set_xlim(-0.02, 1.02)
        words = _fine(point.accuracy)
        if point.outcome is Outcome.CASCADE:  # else it is no threshold that a confidence could be compared with
            words = say("cascade.plot_point", threshold=f"{point.threshold:.3f}", accuracy=words)
        right = chosen > 0.6
        axes.annotate(
            words, (chosen, 0.04), xycoords=("data", "axes fraction"), xytext=(-7 if right else 7, 0),
            textcoords="offset points", ha="right" if right else "left", color=palette.ACCENT, fontsize=9.5,
        )  # fmt: skip
        axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
        axes.xaxis.set_major_formatter(lambda value, _at: whole_percent(value))
        axes.yaxis.set_major_formatter(lambda value, _at: percent(value))
        axes.set_xlabel(say("cascade.axis_share"))
        quiet_axes(axes, grid="y")
        axes.set_title(title)

    return draw("cascade", paint, height=3.8)


def _fine(share: float) -> str:
    return say("cascade.percent", value=100 * share)
