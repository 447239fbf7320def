"""Parquet files."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from maeum.data.files.columns import column_names
from maeum.data.files.guard import damaged
from maeum.data.files.source import check_unpacked
from maeum.data.files.table import Table
from maeum.errors import DataError

_CELL: Final = 8  # bytes that any cell takes in memory, a repeated one too


def read_parquet(content: bytes, path: Path) -> Table:
    """Read a Parquet file with its own types.

    Read with pyarrow: on damaged files polars' own reader may end the whole process instead of raising.

    Raises:
        DataError: See `read_table`.
    """
    import polars as pl
    import pyarrow.parquet as pq

    with damaged(path, path.suffix.lower()):
        file = pq.ParquetFile(io.BytesIO(content))
        about = file.metadata
        stored = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
        check_unpacked(max(stored, about.num_rows * about.num_columns * _CELL), len(content), path)
        names = column_names(file.schema_arrow.names, path)
        frame = pl.DataFrame(file.read().rename_columns(names))
    if not frame.height or not frame.width:
        raise DataError("files.header_only", path=path, columns=", ".join(frame.columns))
    return Table(frame, path, (), 1, quoting=False)
