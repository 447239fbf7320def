"""A search in pictures: how much settings mattered, and how the best score came about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from maeum.messages import say
from maeum.report import palette
from maeum.report.canvas import draw, quiet_axes
from maeum.report.lettering import shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME_WIDTH: Final = 34  # half-width characters
ROW: Final = 0.30  # inches
HEAD: Final = 1.0
MAX_BARS: Final = 40
Write = Callable[[float], str]


@dataclass(frozen=True)
class Ended:
    """A trial that ended with a score, for the line of the best so far.

    Attributes:
        trial: Its number.
        score: What it reached.
        minutes: Of training up to its end, summed over the trials before it and itself.
        stopped: Whether it was stopped early; such a score does not make the line.
    """

    trial: int
    score: float
    minutes: float
    stopped: bool


def importance_bars(names: Sequence[str], shares: Sequence[float], texts: Sequence[str], *, weak: bool) -> str:
    """How much of the differences between scores each setting explains; pale where that is a hint at most.

    Args:
        names: S names.
        shares: S shares, 0…1.
        texts: S numbers as readers write them.
        weak: Whether the shares are a hint at most.
    """
    shown = min(len(names), MAX_BARS)

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.set_yticks(range(shown), [shortened(name, NAME_WIDTH) for name in names[:shown]])
        axes.set_ylim(shown - 0.4, -0.6)
        axes.barh(range(shown), shares[:shown], height=0.66, color=palette.PRIMARY_SOFT if weak else palette.PRIMARY)
        for row in range(shown):
            place = {"xytext": (6, 0), "textcoords": "offset points", "va": "center", "fontsize": 9}
            axes.annotate(texts[row], (shares[row], row), **place)  # type: ignore[arg-type]
        axes.set_xlim(0, max([*shares, 0.01]) * 1.2)  # room for the numbers behind the longest bar
        axes.set_xticks([])
        quiet_axes(axes)
        axes.spines["bottom"].set_visible(False)
        axes.set_title(say("tune_report.plot_importance"))
        if len(names) > shown:
            axes.set_xlabel(say("report.bars_left_out", rest=len(names) - shown))

    return draw("importance", paint, height=HEAD + ROW * max(shown, 2))


def best_so_far(ended: Sequence[Ended], metric: str, write: Write, *, lower: bool) -> str:
    """The best score over the trials, and over the time they took together.

    Args:
        ended: Trials with a score, in their order.
        metric: What readers call it.
        write: A score as readers write it.
        lower: Whether smaller is better.
    """
    best = _running([one.score if not one.stopped else None for one in ended], lower=lower)
    ends = _limits([one.score for one in ended], best, lower=lower)

    def paint(figure: Figure) -> None:
        left, right = figure.subplots(1, 2, sharey=True)
        for axes, places, word in (
            (left, [float(one.trial) for one in ended], say("tune_report.axis_trial")),
            (right, [one.minutes for one in ended], say("tune_report.axis_minutes")),
        ):
            _dots(axes, ended, places, ends, lower=lower)
            line = [(place, value) for place, value in zip(places, best, strict=True) if value is not None]
            style: dict[str, Any] = {"color": palette.ACCENT, "linewidth": 2, "label": say("tune_report.line_so_far")}
            axes.step([x for x, _ in line], [y for _, y in line], where="post", **style)
            axes.set_ylim(*ends)
            axes.set_xlabel(word)
            axes.yaxis.set_major_formatter(lambda value, _at: write(value))
            axes.locator_params(axis="y", nbins=6)
            quiet_axes(axes, grid="y")
        left.xaxis.get_major_locator().set_params(integer=True)
        left.set_title(say("tune_report.plot_progress", metric=metric))
        handles, names = left.get_legend_handles_labels()
        figure.legend(handles, names, loc="outside lower center", ncols=min(4, len(names)), handlelength=1.8)

    return draw("progress", paint, height=3.4)


def _running(scores: Sequence[float | None], *, lower: bool) -> list[float | None]:
    """The best up to each place; None before the first."""
    found: list[float | None] = []
    best: float | None = None
    for score in scores:
        if score is not None and (best is None or (score < best if lower else score > best)):
            best = score
        found.append(best)
    return found


def _limits(scores: Sequence[float], best: Sequence[float | None], *, lower: bool) -> tuple[float, float]:
    """Ends of the scale: all of the line and the better half of the trials, so that a few bad ones flatten nothing."""
    shown = [value for value in best if value is not None][-1:] or list(scores)
    middle = median(scores)
    good = max(scores) if not lower else min(scores)
    reach = 3 * abs(good - middle)
    kept = [score for score in [*scores, *shown] if abs(score - good) <= reach]
    margin = max((max(kept) - min(kept)) * 0.08, 1e-4)
    return min(kept) - margin, max(kept) + margin


def _dots(
    axes: Axes, ended: Sequence[Ended], places: Sequence[float], ends: tuple[float, float], *, lower: bool
) -> None:
    """Every trial; those off the scale as arrows at its end."""
    outer, sign = (ends[1], "^") if lower else (ends[0], "v")
    groups: dict[str, list[tuple[float, float]]] = {"finished": [], "stopped": [], "below": []}
    for one, place in zip(ended, places, strict=True):
        inside = ends[0] <= one.score <= ends[1]
        kind = "below" if not inside else "stopped" if one.stopped else "finished"
        groups[kind].append((place, one.score if inside else outer))
    hollow = {"markerfacecolor": palette.PAPER, "markeredgewidth": 1.2}
    styles: dict[str, dict[str, Any]] = {
        "finished": {"marker": "o", "color": palette.PRIMARY, "alpha": 0.8},
        "stopped": {"marker": "o", "color": palette.MUTED, "alpha": 0.7, **hollow},
        "below": {"marker": sign, "color": palette.MUTED, "clip_on": False},
    }
    for kind, points in groups.items():
        if points:
            label = say(f"tune_report.line_{kind}")
            axes.plot(*zip(*points, strict=True), linestyle="none", markersize=5, label=label, **styles[kind])
