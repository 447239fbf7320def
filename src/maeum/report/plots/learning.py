"""How a training went: loss, scores and learning rate over the epochs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from maeum.messages import say
from maeum.report import palette
from maeum.report.canvas import draw, quiet_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Row = Mapping[str, float | int | None]
HEIGHT: Final = 4.8
_TRAIN: Final = {"color": palette.PRIMARY, "linestyle": "-"}
_VALIDATION: Final = {"color": palette.ACCENT, "linestyle": "--"}
_F1: Final = {"color": palette.CURVES[2], "linestyle": "-."}
_RATE: Final = {"color": palette.MUTED, "linestyle": "-"}


def learning_curves(rows: Sequence[Row], best: int | None) -> str:
    """Loss and scores of train and validation over the epochs, the learning rate below, the best epoch marked.

    Args:
        rows: As in `history.csv`, two or more.
        best: Position of the epoch whose weights were kept; None where that is unknown.
    """

    def paint(figure: Figure) -> None:
        grid = figure.add_gridspec(2, 2, height_ratios=(3.4, 1))
        loss, scores, rate = (figure.add_subplot(place) for place in (grid[0, 0], grid[0, 1], grid[1, :]))
        _draw_lines(loss, rows, {"train_loss": _TRAIN, "validation_loss": _VALIDATION})
        columns = {"train_accuracy": _TRAIN, "validation_accuracy": _VALIDATION, "validation_macro_f1": _F1}
        _draw_lines(scores, rows, columns)
        _draw_lines(rate, rows, {"learning_rate": _RATE}, legend=False)
        loss.set_title(say("report.plot_loss"))
        scores.set_title(say("report.plot_scores"))
        rate.set_title(say("report.plot_rate"), fontsize=10, pad=6)
        rate.set_xlabel(say("report.axis_epoch"))
        rate.set_ylim(bottom=0)
        rate.yaxis.set_major_formatter(lambda value, _at: f"{value:.2g}")
        rate.locator_params(axis="y", nbins=2)
        if best is not None:
            for axes in (loss, scores, rate):
                axes.axvline(_epoch(rows[best]), color=palette.INK, linewidth=1, linestyle=(0, (2, 3)), zorder=1)
            _name_best(loss, rows, best)

    return draw("learning", paint, height=HEIGHT)


def _draw_lines(
    axes: Axes, rows: Sequence[Row], columns: Mapping[str, Mapping[str, Any]], *, legend: bool = True
) -> None:
    """A line for each column that has numbers; epochs without one leave a gap."""
    from matplotlib.ticker import MaxNLocator

    epochs = [_epoch(row) for row in rows]
    for column, style in columns.items():
        values = [float("nan") if row[column] is None else float(row[column] or 0) for row in rows]
        if all(value != value for value in values):
            continue
        marker = "o" if len(rows) <= 20 and legend else None
        label = say(f"report.line_{column}")
        axes.plot(epochs, values, linewidth=2, marker=marker, markersize=3.5, label=label, **style)
    axes.set_xlim(epochs[0] - 0.15, epochs[-1] + 0.15)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    quiet_axes(axes, grid="y")
    if legend:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=1, handlelength=2.6, borderaxespad=0)


def _name_best(axes: Axes, rows: Sequence[Row], best: int) -> None:
    """Say which epoch the dotted line stands at, on the side where there is room."""
    right = best < len(rows) / 2
    axes.annotate(
        say("report.best_mark", epoch=_epoch(rows[best])),
        (_epoch(rows[best]), 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(4 if right else -4, 3),
        textcoords="offset points",
        ha="left" if right else "right",
        va="bottom",
        fontsize=8.5,
        color=palette.MUTED,
    )


def _epoch(row: Row) -> int:
    return int(row["epoch"] or 0)
