"""Parquet files in blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maeum.data.files.columns import column_names
from maeum.data.files.guard import damaged
from maeum.data.files.table import Table
from maeum.errors import DataError


@dataclass(frozen=True, eq=False)
class ParquetStream:
    """Rows of a Parquet file."""

    path: Path
    columns: list[str]
    rows: int

    def blocks(self, size: int, skip: int = 0) -> Iterator[Table]:
        """See `Stream`.

        Raises:
            DataError: The file is damaged inside.
        """
        import polars as pl
        import pyarrow as pa

        kept: list[Any] = []
        height, first = 0, 1 + skip
        for batch in self._batches(size):
            part = batch.slice(min(skip, batch.num_rows))
            skip -= batch.num_rows - part.num_rows
            while part.num_rows:
                taken = part.slice(0, size - height)
                kept.append(taken)
                height += taken.num_rows
                part = part.slice(taken.num_rows)
                if height == size:
                    yield Table(pl.DataFrame(pa.Table.from_batches(kept)), self.path, (), first, quoting=False)
                    kept, height, first = [], 0, first + size
        if kept:
            yield Table(pl.DataFrame(pa.Table.from_batches(kept)), self.path, (), first, quoting=False)

    def _batches(self, size: int) -> Iterator[Any]:
        import pyarrow.parquet as pq

        with self.path.open("rb") as file:
            found = None
            while True:
                with damaged(self.path, self.path.suffix.lower()):
                    if found is None:
                        parquet = pq.ParquetFile(file, buffer_size=2**20, pre_buffer=False)
                        found = parquet.iter_batches(batch_size=size, use_threads=False)
                    batch = next(found, None)
                    if batch is None:
                        return
                    batch = batch.rename_columns(self.columns)
                yield batch


def open_parquet(path: Path) -> ParquetStream:
    """Look at what a Parquet file says about itself.

    Raises:
        DataError: Damaged or cut off, columns of one name, no rows.
    """
    import pyarrow.parquet as pq

    with damaged(path, path.suffix.lower()), path.open("rb") as file:
        parquet = pq.ParquetFile(file)
        names, rows = column_names(parquet.schema_arrow.names, path), parquet.metadata.num_rows
    if not rows or not names:
        raise DataError("files.header_only", path=path, columns=", ".join(names))
    return ParquetStream(path, names, rows)
