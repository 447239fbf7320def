"""What is particular about single formats of output."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from maeum.engine.sinks import sink_for


def frame(start: int, rows: int) -> pl.DataFrame:
    numbers = range(start, start + rows)
    return pl.DataFrame(
        {
            "text": [f"리뷰 {n}" for n in numbers],
            "predicted": ["positive" if n % 3 else "negative" for n in numbers],
            "confidence": pl.Series([n / 7 for n in numbers], dtype=pl.Float32),
            "error": pl.Series([None] * rows, dtype=pl.String),
        }
    )


@pytest.mark.parametrize("rows", [10, 70_000])
def test_parquet_parts_become_one_file(tmp_path: Path, rows: int) -> None:
    (tmp_path / "parts").mkdir()
    sink = sink_for(tmp_path / "parts", ".parquet", None)
    sink.go_to(0)
    for part in range(3):
        sink.write(frame(part * rows, rows))
    sink.finish(tmp_path / "out.parquet")
    assert pl.read_parquet(tmp_path / "out.parquet").equals(frame(0, 3 * rows))


def test_parquet_keeps_a_dictionary_only_where_values_repeat(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    sink = sink_for(tmp_path / "parts", ".parquet", None)
    sink.write(frame(0, 1_000))
    sink.finish(tmp_path / "out.parquet")
    group = pq.ParquetFile(tmp_path / "out.parquet").metadata.row_group(0)
    columns = [group.column(at) for at in range(group.num_columns)]
    kept = {one.path_in_schema for one in columns if "RLE_DICTIONARY" in one.encodings}
    assert kept == {"predicted", "error"}


def test_parquet_does_not_load_pandas(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    code = (
        "import sys, polars as pl; from pathlib import Path; from maeum.engine.sinks import sink_for; "
        f"sink = sink_for(Path({str(tmp_path)!r}), '.parquet', None); sink.write(pl.DataFrame({{'text': ['가']}})); "
        f"sink.finish(Path({str(tmp_path / 'out.parquet')!r})); print('pandas' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
