"""Drawing to SVG text: matplotlib's objects without pyplot, without lasting changes to its settings.

The same numbers give the same bytes. Letters become outlines, so that readers need no Korean font.
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from maeum.report import palette
from maeum.report.lettering import FAMILY, register_font

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH: Final = 6.2
"""Inches of 72 points: a plot that fills a page column and can still be read on a phone."""

STYLE: Final[dict[Any, Any]] = {
    "axes.edgecolor": palette.GRID,
    "axes.facecolor": "none",
    "axes.grid": False,
    "axes.labelcolor": palette.MUTED,
    "axes.labelsize": 10,
    "axes.linewidth": 1.0,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": palette.INK,
    "axes.titlelocation": "left",
    "axes.titlepad": 14,
    "axes.titlesize": 12.5,
    "axes.unicode_minus": True,
    "figure.facecolor": "none",
    "font.family": FAMILY,
    "font.size": 10,
    "grid.color": palette.GRID,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "path.simplify": True,
    "savefig.facecolor": "none",
    "svg.fonttype": "path",
    "svg.hashsalt": "maeum",
    "text.color": palette.INK,
    "text.parse_math": False,  # a label may hold $ signs
    "text.usetex": False,
    "xtick.color": palette.GRID,
    "xtick.labelcolor": palette.MUTED,
    "xtick.labelsize": 9,
    "ytick.color": palette.GRID,
    "ytick.labelcolor": palette.INK,
    "ytick.labelsize": 9.5,
}

_lock = threading.RLock()  # matplotlib's settings are global while a plot is drawn; a server draws in several threads


def draw(name: str, paint: Callable[[Figure], None], *, height: float, width: float = WIDTH) -> str:
    """The SVG text of a figure.

    Args:
        name: Prefix of all ids inside, so that several plots can stand on one page.
        paint: Fills the figure.
        height: In inches, at most; margins are trimmed.
        width: In inches, at most.
    """
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    register_font()
    with _lock, mpl.rc_context():
        mpl.rcdefaults()  # a user's own matplotlibrc must not change our pages
        mpl.rcParams.update(STYLE)
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasSVG(figure)
        paint(figure)
        out = io.StringIO()
        figure.savefig(
            out, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight", pad_inches=0.12
        )
    return _tidied(out.getvalue(), name)


def quiet_axes(axes: Axes, *, grid: str = "") -> None:
    """Take away what is not data: tick marks, and spines where a grid (`x`, `y`, `both`) guides the eye."""
    axes.tick_params(length=0, pad=6)
    axes.set_axisbelow(True)
    if grid:
        axes.grid(visible=True, axis=grid)  # type: ignore[arg-type]
        for side in axes.spines.values():
            side.set_visible(False)


def _tidied(svg: str, name: str) -> str:
    """One `<svg>` element: no prologue, metadata, foreign namespaces, page-wide styles, or unused ids."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<style.*?</style>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)  # texts as comments: they would repeat the labels
    svg = re.sub(r"<defs>\s*</defs>\s*", "", svg)
    svg = svg.replace("xlink:href", "href")
    referred = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    svg = re.sub(r' id="([^"]+)"', lambda match: f' id="{name}-{match[1]}"' if match[1] in referred else "", svg)
    svg = re.sub(r'(href="#|url\(#)([^")]+)', rf"\g<1>{name}-\2", svg)
    box = re.search(r'viewBox="[^"]+"', svg)
    style = f"stroke-linejoin:round;stroke-linecap:butt;background:{palette.PAPER}"
    head = f'xmlns="http://www.w3.org/2000/svg" style="{style}"'
    return re.sub(r"<svg[^>]*>", f"<svg {box[0] if box else ''} {head}>", svg, count=1)
