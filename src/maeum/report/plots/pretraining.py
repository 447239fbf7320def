"""How a pretraining went: losses and accuracies over the tokens seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from maeum.messages import say
from maeum.report import palette
from maeum.report.canvas import draw, quiet_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT: Final = 3.0  # inches of a row of plots
_TRAIN: Final[dict[str, Any]] = {"color": palette.PRIMARY, "linestyle": "-"}
_HELD_OUT: Final[dict[str, Any]] = {"color": palette.ACCENT, "linestyle": "--"}


def pretraining_curves(rows: Sequence[Mapping[str, float]]) -> str:
    """Losses and accuracies of training and of texts held out: of hidden words, for ELECTRA also of replaced tokens.

    Args:
        rows: As in `history.csv`, one or more.
    """
    kinds = [kind for kind in ("mlm", "rtd") if any(f"train_{kind}_loss" in row for row in rows)]

    def paint(figure: Figure) -> None:
        grid = figure.add_gridspec(len(kinds), 2)
        for at, kind in enumerate(kinds):
            loss, right = figure.add_subplot(grid[at, 0]), figure.add_subplot(grid[at, 1])
            score = "accuracy" if kind == "mlm" else "recall"
            _lines(loss, rows, f"{kind}_loss")
            _lines(right, rows, f"{kind}_{score}")
            loss.set_title(say(f"pretrain.plot_{kind}_loss"))
            right.set_title(say(f"pretrain.plot_{kind}_{score}"))
            if at == len(kinds) - 1:
                for axes in (loss, right):
                    axes.set_xlabel(say("pretrain.axis_tokens"))
        figure.axes[0].legend(loc="upper right", handlelength=2.6)

    return draw("pretraining", paint, height=HEIGHT * len(kinds))


def _lines(axes: Axes, rows: Sequence[Mapping[str, float]], name: str) -> None:
    for part, style in (("train", _TRAIN), ("held_out", _HELD_OUT)):
        found = [(row["tokens"] / 1e6, row[f"{part}_{name}"]) for row in rows if f"{part}_{name}" in row]
        if found:
            marker = "o" if len(found) <= 20 else None
            label = say(f"pretrain.line_{part}")
            axes.plot(*zip(*found, strict=True), linewidth=2, marker=marker, markersize=3.5, label=label, **style)
    quiet_axes(axes, grid="y")
