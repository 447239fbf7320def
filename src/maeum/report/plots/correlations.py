"""Which labels go together, as a heat map: below the diagonal in the data, above it in the model's answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.messages import say
from maeum.report import palette
from maeum.report.canvas import WIDTH, draw, quiet_axes
from maeum.report.lettering import shortened

SHOWN: Final = 0.15  # from this coefficient, either way, a cell holds its number
WITH_NUMBERS: Final = 60  # labels up to which a cell has room for it
DARK: Final = 0.55  # from this coefficient, either way, white is easier to read


def phi_matrix(data: Sequence[Sequence[float]], model: Sequence[Sequence[float]], names: Sequence[str]) -> str:
    """Phi coefficients of K labels; labels that go together in the data stand side by side.

    Args:
        data: `(K, K)`, of the labels of the data.
        model: `(K, K)`, of the labels that the model gives.
        names: K names.
    """
    order = alike(np.array(data))
    below, above = (np.array(one)[np.ix_(order, order)] for one in (data, model))
    cells = np.tril(below, -1) + np.triu(above, 1)
    size = len(names)

    def paint(figure: Any) -> None:
        from matplotlib.colors import LinearSegmentedColormap

        axes = figure.add_subplot()
        colours = LinearSegmentedColormap.from_list("phi", [palette.ACCENT, palette.PAPER, palette.PRIMARY])
        axes.pcolormesh(cells, cmap=colours, vmin=-1, vmax=1, edgecolors=palette.GRID, linewidth=0.6)
        axes.set_xlim(0, size)
        axes.set_ylim(size, 0)
        axes.set_aspect("equal")
        if size <= WITH_NUMBERS:
            for i, j in np.argwhere(np.abs(cells) >= SHOWN).tolist():
                colour = palette.PAPER if abs(cells[i, j]) >= DARK else palette.INK
                text = f"{cells[i, j] * 100:.0f}".replace("-", "−")
                axes.text(j + 0.5, i + 0.53, text, va="center", ha="center", fontsize=7.5, color=colour)
        places = [place + 0.5 for place in range(size)]
        short = [shortened(names[at], 22) for at in order]
        axes.set_yticks(places, short, fontsize=9)
        axes.set_xticks(places, short, fontsize=9, color=palette.INK, rotation=90)
        quiet_axes(axes)
        for side in axes.spines.values():
            side.set_visible(False)
        axes.set_title(say("multi_label.plot_correlations"), pad=18)

    width = min(max(WIDTH, 3 + 0.24 * size), 16)
    return draw("correlations", paint, width=width, height=width * 0.98)


def alike(found: NDArray[np.float64]) -> list[int]:
    """An order of K labels in which those that go together are neighbours (average linkage of 1 - phi)."""
    if len(found) < 3:
        return list(range(len(found)))
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    apart = 1 - (found + found.T) / 2
    np.fill_diagonal(apart, 0)
    return [int(at) for at in leaves_list(linkage(squareform(apart, checks=False), "average", optimal_ordering=True))]
