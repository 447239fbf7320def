"""The second pass: the texts that are used, put on disk in parts that hold whole titles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.audience.reading import PLACE, reviews_of
from maeum.audience.survey import Survey, Work
from maeum.audience.words import Vocabulary
from maeum.data.files.table import Table
from maeum.engine.ordered import map_ordered
from maeum.messages import say
from maeum.progress import progress

if TYPE_CHECKING:
    import polars as pl

SIZE: Final = 32_768  # reviews of a part, about
MOST: Final = 128  # parts, each an open file


@dataclass(frozen=True, eq=False)
class Spilled:
    """Reviews that are used, by part.

    Attributes:
        folder: Where the parts lie.
        order: Place of each title among all, those with most reviews first `(T,)`.
        parts: Titles of each part, by number.
        sizes: Reviews of each part.
        vocabulary: The words of all texts.
    """

    folder: Path
    order: NDArray[np.int64]
    parts: list[NDArray[np.int64]]
    sizes: list[int]
    vocabulary: Vocabulary

    def read(self) -> Iterator[tuple[NDArray[np.int64], pl.DataFrame]]:
        """Part by part its titles and reviews; those of a title and source stand together, in the table's order."""
        import polars as pl
        import pyarrow as pa

        order = pl.Series(self.order)
        for at, titles in enumerate(self.parts):
            with pa.OSFile(str(_path(self.folder, at)), "rb") as file, pa.ipc.open_stream(file) as reader:
                frame = pl.DataFrame(reader.read_all())
            ranked = frame.with_columns(order.gather(frame["title"]).alias("__order"))
            yield titles, ranked.sort("__order", "source", PLACE).drop("__order")


def spill(work: Work, found: Survey, folder: Path) -> Spilled:
    """Read the table again, and write the chosen reviews to `folder`."""
    import polars as pl

    chosen = found.chooser.chosen()
    groups = found.groups.frame()
    count = len(found.titles)
    reviews, used = np.zeros(count, np.int64), np.zeros(count, np.int64)
    if groups is not None:
        np.add.at(reviews, groups["title"].to_numpy(), groups["n"].to_numpy())
    np.add.at(used, chosen["title"].to_numpy(), 1)
    by_size = np.argsort(-reviews, kind="stable")
    order = np.empty(count, np.int64)
    order[by_size] = np.arange(count)
    size = max(SIZE, -(-chosen.height // MOST))
    part_of = np.zeros(count, np.int64)
    part_of[by_size] = (np.cumsum(used[by_size]) - used[by_size]) // size
    numbers = np.unique(part_of)
    part_of = np.searchsorted(numbers, part_of)
    parts = [by_size[part_of[by_size] == at] for at in range(len(numbers))]
    sizes = [int(used[part].sum()) for part in parts]
    vocabulary = Vocabulary()
    places = chosen[PLACE].to_numpy()
    with (
        progress(say("insight.gathering"), work.stream.rows, say("insight.reviews")) as advance,
        ExitStack() as open_files,
    ):
        writers: dict[int, Any] = {}
        blocks = map_ordered(lambda one: _block(work, places, *one), work.tables(), work.workers, 2 * work.workers)
        for block, height in blocks:
            placed = found.numbered(block)
            vocabulary.add(placed["text"])
            placed = placed.with_columns(pl.Series("__part", part_of[placed["title"].to_numpy()]))
            for (at,), rows in placed.group_by("__part", maintain_order=True):
                _write(writers, open_files, folder, int(at), rows.drop("__part"))
            advance(height)
    return Spilled(folder, order, parts, sizes, vocabulary)


def _block(work: Work, places: NDArray[np.int64], start: int, table: Table) -> tuple[pl.DataFrame, int]:
    import polars as pl

    height = table.frame.height
    first, last = np.searchsorted(places, [start, start + height])
    only = pl.Series(places[first:last] - start, dtype=pl.UInt32)
    return reviews_of(table, start, work.columns, day_first=work.day_first, only=only)[0], height


def _write(writers: dict[int, Any], open_files: ExitStack, folder: Path, at: int, rows: pl.DataFrame) -> None:
    import pyarrow as pa

    table = rows.to_arrow(compat_level=None)
    if at not in writers:
        file = open_files.enter_context(pa.OSFile(str(_path(folder, at)), "wb"))
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        writers[at] = open_files.enter_context(pa.ipc.new_stream(file, table.schema, options=options))
    writers[at].write_table(table)


def _path(folder: Path, at: int) -> Path:
    return folder / f"part-{at:05}.arrow"
