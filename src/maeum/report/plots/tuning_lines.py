"""All trials of a search as lines: across their settings to their scores, and over their epochs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from maeum.messages import say
from maeum.report import palette
from maeum.report.canvas import WIDTH, draw, quiet_axes
from maeum.report.lettering import shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SPACE: Final = 1.32  # inches between two axes
NAME_WIDTH: Final = 18  # half-width characters that fit between two axes
VALUE_WIDTH: Final = 12
MAX_NAMED: Final = 8  # values of an axis that are all written; of more, ends and middle
MAX_LINES: Final = 300
SHADES: Final = palette.HEAT[1:]  # white would not be seen


@dataclass(frozen=True)
class Scale:
    """One upright axis.

    Attributes:
        name: Of the setting, or of the score.
        places: Of every trial, 0…1 from bottom to top; None where the trial has no value.
        marks: (place, text) to be written beside the axis.
    """

    name: str
    places: Sequence[float | None]
    marks: Sequence[tuple[float, str]]


def number_scale(
    name: str, values: Sequence[float | None], write: Callable[[float], str], *, log: bool, ends: tuple[float, float]
) -> Scale:
    """An axis of numbers.

    Args:
        name: Of the setting.
        values: Of every trial.
        write: A value as readers write it.
        log: Whether the axis is logarithmic.
        ends: What it reaches from and to, at least.
    """
    known = [value for value in values if value is not None]
    low, high = min([*known, *ends]), max([*known, *ends])
    turn = math.log if log and low > 0 else float
    width = turn(high) - turn(low) or 1.0

    def place(value: float) -> float:
        return (turn(value) - turn(low)) / width if high > low else 0.5

    distinct = sorted(set(known))
    middle = math.exp((math.log(low) + math.log(high)) / 2) if turn is math.log else (low + high) / 2
    marked = distinct if len(distinct) <= MAX_NAMED else [low, middle, high]
    return Scale(name, [None if value is None else place(value) for value in values], _apart(marked, place, write))


def name_scale(name: str, values: Sequence[str]) -> Scale:
    """An axis of words, evenly apart, in the order in which they first appear."""
    names = list(dict.fromkeys(values))
    step = max(len(names) - 1, 1)
    places = {one: at / step if len(names) > 1 else 0.5 for at, one in enumerate(names)}
    return Scale(name, [places[value] for value in values], [(place, one) for one, place in places.items()])


def parallel_coordinates(scales: Sequence[Scale], ranks: Sequence[float], best: int) -> str:
    """Every trial as a line across its settings to its score.

    Args:
        scales: The axes; the last is the score.
        ranks: N goodnesses of the trials, 0…1: darker is better.
        best: Position of the best trial.
    """
    width = max(WIDTH, 1.2 + SPACE * (len(scales) - 1))

    def paint(figure: Figure) -> None:
        from matplotlib.colors import LinearSegmentedColormap

        shades = LinearSegmentedColormap.from_list("shades", SHADES)
        axes = figure.add_subplot()
        order = sorted(range(len(ranks)), key=lambda at: (at == best, ranks[at]))[-MAX_LINES:]
        for at in order:
            places = [scale.places[at] for scale in scales]
            heights = [math.nan if place is None else place for place in places]
            chosen = at == best
            style: dict[str, Any] = {"color": palette.ACCENT if chosen else shades(ranks[at])}
            style |= {"linewidth": 2.8 if chosen else 1.3, "alpha": 1.0 if chosen else 0.85}
            axes.plot(range(len(scales)), heights, marker="o", markersize=5 if chosen else 2.5, **style)
        for at, scale in enumerate(scales):
            _upright(axes, at, scale)
        axes.set_xlim(-0.15, len(scales) - 0.55)
        axes.set_ylim(-0.04, 1.04)
        axes.set_xticks(range(len(scales)), [shortened(scale.name, NAME_WIDTH) for scale in scales], fontsize=9)
        axes.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False, labelcolor=palette.INK)
        axes.set_yticks([])
        quiet_axes(axes)
        for side in axes.spines.values():
            side.set_visible(False)
        axes.set_title(say("tune_report.plot_parallel"))

    return draw("parallel", paint, height=3.9, width=width)


def trial_curves(
    curves: Mapping[int, Sequence[Mapping[str, Any]]],
    columns: Sequence[tuple[str, str]],
    best: int | None,
    stopped: frozenset[int],
) -> str:
    """Measures of all trials by epoch; the best emphasised, a cross where a trial was stopped.

    Args:
        curves: By trial its rows, in the order of epochs.
        columns: One or two (column, title).
        best: Number of the best trial.
        stopped: Numbers of the trials that were stopped early.
    """
    last = max(float(row["epoch"]) for rows in curves.values() for row in rows)

    def paint(figure: Figure) -> None:
        panels = figure.subplots(1, len(columns), squeeze=False)[0]
        for axes, (column, title) in zip(panels, columns, strict=True):
            for trial in sorted(curves, key=lambda one: (one == best, one not in stopped))[-MAX_LINES:]:
                _curve(axes, curves[trial], column, trial, chosen=trial == best, stopped=trial in stopped)
            axes.set_title(title)
            axes.set_xlabel(say("tune_report.axis_epoch"))
            axes.xaxis.get_major_locator().set_params(integer=True)
            axes.set_xlim(1 - 0.04 * last, last + 0.04 * last)
            quiet_axes(axes, grid="y")
        handles, names = panels[0].get_legend_handles_labels()
        once = dict(zip(names, handles, strict=True))
        figure.legend(once.values(), once, loc="outside lower center", ncols=3, handlelength=2.6)

    return draw("trials", paint, height=3.6)


def _curve(
    axes: Axes, rows: Sequence[Mapping[str, Any]], column: str, trial: int, *, chosen: bool, stopped: bool
) -> None:
    points = [(float(row["epoch"]), row.get(column)) for row in rows]
    known = [(epoch, float(value)) for epoch, value in points if value is not None and math.isfinite(value)]
    if not known:
        return
    label = say("tune_report.line_stopped" if stopped else "tune_report.line_finished")
    style: dict[str, Any] = {"color": palette.MUTED if stopped else palette.PRIMARY, "linewidth": 1.1, "alpha": 0.5}
    if chosen:
        label = say("tune_report.line_best", trial=trial)
        style = {"color": palette.ACCENT, "linewidth": 2.6, "zorder": 5}
    alone = len(known) == 1 and not stopped
    axes.plot(*zip(*known, strict=True), marker="o" if chosen or alone else None, markersize=4, label=label, **style)
    if stopped:
        axes.plot(*known[-1], "x", color=style["color"], markersize=5.5, markeredgewidth=1.4)


def _upright(axes: Axes, at: int, scale: Scale) -> None:
    axes.plot([at, at], [0, 1], color=palette.MUTED, linewidth=1, zorder=3)
    for place, text in scale.marks:
        axes.annotate(
            shortened(text, VALUE_WIDTH),
            (at, place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=8.5,
            color=palette.INK,
            zorder=6,
            bbox={"boxstyle": "round,pad=0.12", "facecolor": palette.PAPER, "edgecolor": "none", "alpha": 0.85},
        )


def _apart(
    values: Sequence[float], place: Callable[[float], float], write: Callable[[float], str]
) -> list[tuple[float, str]]:
    """Marks that do not lie on each other: the ends first, then those between that have room."""
    kept: list[float] = []
    for value in [*values[:1], *values[-1:], *values[1:-1]]:
        if all(abs(place(value) - place(other)) >= 0.06 for other in kept):
            kept.append(value)
    return [(place(value), write(value)) for value in sorted(kept)]
