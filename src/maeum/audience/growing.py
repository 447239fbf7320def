"""Parquet tables that grow part by part."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from maeum.audience.tables import TABLES, schema_of, shaped

if TYPE_CHECKING:
    import polars as pl


class Growing:
    """All tables of insight in a folder; each exists when this is closed, with or without rows.

    Args:
        folder: Where they are written.
        emotions: Whether they have columns of emotions.
    """

    def __init__(self, folder: Path, *, emotions: bool) -> None:
        self._folder, self._emotions = folder, emotions
        self._writers: dict[str, Any] = {}

    def add(self, table: str, rows: pl.DataFrame | list[dict[str, Any]]) -> None:
        """Add rows to a table; columns that they lack are null."""
        import polars as pl

        frame = pl.DataFrame(rows, infer_schema_length=None) if isinstance(rows, list) else rows
        if frame.height:
            self._write(table, shaped(table, frame, emotions=self._emotions))

    def _write(self, table: str, frame: pl.DataFrame) -> None:
        import pyarrow.parquet as pq

        arrow = frame.to_arrow()
        if table not in self._writers:
            path = self._folder / f"{table}.parquet"
            self._writers[table] = pq.ParquetWriter(path, arrow.schema, compression="zstd")
        self._writers[table].write_table(arrow)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: Any, *_: object) -> None:
        import polars as pl

        if kind is None:
            for table in TABLES:
                if table not in self._writers:
                    self._write(table, pl.DataFrame(schema=schema_of(table, emotions=self._emotions)))
        for writer in self._writers.values():
            writer.close()
