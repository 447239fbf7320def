"""Which titles, and which sources, feel alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.audience.measures import hellinger
from maeum.progress import progress

if TYPE_CHECKING:
    import polars as pl

_BLOCK: Final = 512  # titles compared with all others at once


def nearest_titles(titles: Sequence[str], means: NDArray[Any], limit: int, *, saying: tuple[str, str]) -> pl.DataFrame:
    """The `limit` nearest other titles of each.

    Args:
        titles: N names.
        means: Mean emotions `(N, K)`.
        limit: How many.
        saying: What progress is called, and its unit.
    """
    import polars as pl

    count = len(titles)
    limit = min(limit, count - 1)
    if limit < 1:
        return pl.DataFrame()
    roots = hellinger(means)
    first, other, rank, distance = [], [], [], []
    with progress(saying[0], count, saying[1]) as advance:
        for start in range(0, count, _BLOCK):
            near, far = _nearest(roots, start, limit)
            first.append(np.repeat(np.arange(start, start + len(near)), limit))
            other.append(near.ravel())
            rank.append(np.tile(np.arange(1, limit + 1), len(near)))
            distance.append(far.ravel())
            advance(len(near))
    names = pl.Series(titles, dtype=pl.String)
    return pl.DataFrame(
        {
            "kind": "title",
            "title": names.gather(np.concatenate(first)),
            "other_title": names.gather(np.concatenate(other)),
            "rank": np.concatenate(rank),
            "distance": np.concatenate(distance),
        }
    )


def _nearest(roots: NDArray[np.float32], start: int, limit: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Of a block of titles the places `(n, limit)` of the nearest and their distances, nearest first."""
    block = roots[start : start + _BLOCK]
    alike = block @ roots.T
    rows = np.arange(len(block))
    alike[rows, start + rows] = -1  # nothing is its own neighbour
    near = np.argpartition(-alike, limit - 1, axis=1)[:, :limit]
    found = alike[rows[:, None], near]
    order = np.lexsort((near, -found), axis=1)
    near, found = near[rows[:, None], order], found[rows[:, None], order]
    return near, np.sqrt(np.clip(1 - found, 0, 1))


def between_sources(sources: Sequence[str], means: NDArray[Any], title: str | None = None) -> list[dict[str, Any]]:
    """Distances of every source to every other, over all titles or within one.

    Args:
        sources: M names.
        means: Mean emotions `(M, K)`.
        title: The title within which they are compared.
    """
    roots = hellinger(means).astype(np.float64)
    distances = np.sqrt(np.clip(1 - roots @ roots.T, 0, 1))
    rows = []
    for a, name in enumerate(sources):
        others = [b for b in np.argsort(distances[a], kind="stable").tolist() if b != a]
        rows += [
            {"kind": "title_source" if title else "source", "title": title, "source": name, "other_title": title,
             "other_source": sources[b], "rank": rank, "distance": float(distances[a, b])}
            for rank, b in enumerate(others, 1)
        ]  # fmt: skip
    return rows
