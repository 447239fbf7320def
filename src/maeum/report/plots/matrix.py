"""The confusion matrix as a heat map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from maeum.messages import say
from maeum.report import palette
from maeum.report.canvas import WIDTH, draw, quiet_axes
from maeum.report.lettering import shortened, width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WITH_COUNTS: Final = 12  # labels up to which a cell has room for its count and its share
WITH_SHARES: Final = 60  # labels up to which a cell has room for a share in whole percent
LIGHT_TEXT: Final = 0.7  # share from which the cell is so dark that white is easier to read


def confusion_matrix(matrix: Sequence[Sequence[int]], names: Sequence[str]) -> str:
    """Counts and row shares of true (rows) against predicted labels (columns).

    Up to 12 labels each cell shows its count and its share of the row; up to 60 the share in whole percent where it is
    at least 1; beyond that colours only.

    Args:
        matrix: `(K, K)` counts.
        names: K names.
    """
    size = len(names)
    sums = [sum(row) for row in matrix]
    shares = [[n / total if total else 0.0 for n in row] for row, total in zip(matrix, sums, strict=True)]

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        _cells(axes, shares)
        if size <= WITH_COUNTS:
            _counts(axes, matrix, shares)
        elif size <= WITH_SHARES:
            _shares(axes, shares)
        _names(axes, names)
        title = say("report.plot_confusion")
        if WITH_COUNTS < size <= WITH_SHARES:
            title += f"  ·  {say('report.plot_row_share')}"
        axes.set_title(title, pad=18)

    width = min(3.2 + 1.3 * size, 11) if size <= WITH_COUNTS else min(max(WIDTH, 3 + 0.24 * size), 16)
    return draw("confusion", paint, width=width, height=width * (0.8 if size <= WITH_COUNTS else 0.98))


def _cells(axes: Axes, shares: Sequence[Sequence[float]]) -> None:
    from matplotlib.colors import LinearSegmentedColormap

    size = len(shares)
    colours = LinearSegmentedColormap.from_list("heat", palette.HEAT)
    axes.pcolormesh(shares, cmap=colours, vmin=0, vmax=1, edgecolors=palette.GRID, linewidth=0.6)
    axes.set_xlim(0, size)
    axes.set_ylim(size, 0)
    axes.set_aspect("equal" if size > WITH_COUNTS else "auto")


def _counts(axes: Axes, matrix: Sequence[Sequence[int]], shares: Sequence[Sequence[float]]) -> None:
    size = 14 if len(matrix) <= 4 else 9 if len(matrix) <= 8 else 7.5
    for i, row in enumerate(matrix):
        for j, count in enumerate(row):
            colour = palette.PAPER if shares[i][j] >= LIGHT_TEXT else palette.INK
            place: dict[str, Any] = {"ha": "center", "color": colour}
            axes.text(j + 0.5, i + 0.47, f"{count:,}", va="bottom", fontsize=size, **place)
            share = say("report.percent", value=shares[i][j] * 100)
            axes.text(j + 0.5, i + 0.54, share, va="top", fontsize=size * 0.72, **place)


def _shares(axes: Axes, shares: Sequence[Sequence[float]]) -> None:
    for i, row in enumerate(shares):
        for j, share in enumerate(row):
            if share >= 0.01:
                colour = palette.PAPER if share >= LIGHT_TEXT else palette.INK
                text = f"{share * 100:.0f}"
                axes.text(j + 0.5, i + 0.53, text, va="center", ha="center", fontsize=8, color=colour)


def _names(axes: Axes, names: Sequence[str]) -> None:
    short = [shortened(name, 22) for name in names]
    places = [i + 0.5 for i in range(len(names))]
    slanted = len(names) > WITH_COUNTS or max(map(width_of, short)) * len(names) > 60
    size = 10 if len(names) <= WITH_COUNTS else 9
    axes.set_yticks(places, short, fontsize=size)
    axes.set_xticks(places, short, fontsize=size, color=palette.INK)
    if slanted:
        axes.tick_params(axis="x", rotation=90 if len(names) > WITH_COUNTS else 30)
        for label in axes.get_xticklabels():
            label.set_horizontalalignment("center" if len(names) > WITH_COUNTS else "right")
    quiet_axes(axes)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xlabel(say("report.predicted_label"), labelpad=8)
    axes.set_ylabel(say("report.true_label"), labelpad=8)
