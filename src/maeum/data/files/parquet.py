"""Parquet files."""

from __future__ import annotations

import io
from pathlib import Path

from maeum.data.files.columns import column_names
from maeum.data.files.guard import damaged
from maeum.data.files.table import Table
from maeum.errors import DataError


def read_parquet(content: bytes, path: Path) -> Table:
    """Read a Parquet file with its own types.

    Raises:
        DataError: See `read_table`.
    """
    import polars as pl

    with damaged(path, path.suffix.lower()):
        frame = pl.read_parquet(io.BytesIO(content))
    if not frame.height or not frame.width:
        raise DataError("files.header_only", path=path, columns=", ".join(frame.columns))
    frame.columns = column_names(frame.columns, path)
    return Table(frame, path, (), 1, quoting=False)
