"""Workbooks: .xlsx, .xls, .ods."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.data.files.columns import blank_rows, column_names, in_order, numbered
from maeum.data.files.guard import damaged
from maeum.data.files.settings import FileSettings
from maeum.data.files.sheet_size import check_size
from maeum.data.files.table import Table
from maeum.errors import DataError
from maeum.messages import did_you_mean, listing
from maeum.schema import RowProblem

if TYPE_CHECKING:
    import polars as pl

_HEADER_SEARCH: Final = 1_000  # rows from the top in which the header must begin


def read_excel(content: bytes, path: Path, settings: FileSettings) -> Table:
    """Read one sheet of a workbook with its own types; whole numbers are Int64, as Excel shows them.

    The header is the first row that is not blank. A column of several types becomes text.

    Raises:
        DataError: See `read_table`.
    """
    import fastexcel

    check_size(content, path)
    logging.getLogger("fastexcel").setLevel(logging.ERROR)  # it warns of every empty column
    with damaged(path, path.suffix.lower()):
        book = fastexcel.read_excel(content)
        sheet = _sheet(book.sheet_names, settings.sheet, path)
        top = book.load_sheet(sheet, header_row=None, skip_rows=0, n_rows=_HEADER_SEARCH, dtypes="string").to_polars()
        header = next((i for i, row in enumerate(top.rows()) if any(row)), None)
        if header is None:
            raise DataError("files.empty", path=path)
        named = settings.header != "off"
        place: dict[str, Any] = {"header_row": header} if named else {"header_row": None, "skip_rows": header}
        frame = book.load_sheet(sheet, schema_sample_rows=None, **place).to_polars()
    if named:
        frame = _named(frame, top.row(header), path)
    else:
        frame.columns = numbered(frame.width)
    if not frame.height:
        raise DataError("files.header_only", path=path, columns=", ".join(frame.columns))
    first_row = header + (2 if named else 1)
    problems: dict[int, RowProblem] = {}
    blank_rows(frame, first_row, problems)
    return Table(_whole_numbers(frame), path, in_order(problems), first_row, quoting=False)


def _sheet(names: list[str], wanted: str | None, path: Path) -> str:
    if wanted is None or wanted in names:
        return names[0] if wanted is None else wanted
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    near = did_you_mean(wanted, names)
    raise DataError("files.sheet_missing", path=path, found=wanted, near=near, known=listing(names))


def _named(frame: pl.DataFrame, header: tuple[str | None, ...], path: Path) -> pl.DataFrame:
    """`frame` with the names of `header`; a column with neither name nor cells is formatting, not data."""
    kept = [i for i, name in enumerate(header) if name or frame.to_series(i).null_count() < frame.height]
    names = column_names([header[i] or f"column_{i + 1}" for i in kept], path)
    frame = frame[:, kept]
    frame.columns = names
    return frame


def _whole_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Excel keeps every number as a decimal; `1.0` is shown as 1 and is a label 1."""
    import polars as pl

    whole = []
    for column in frame.select(pl.selectors.float()):
        integers = column.cast(pl.Int64, strict=False)
        same = integers.null_count() == column.null_count() < len(column)
        if same and (integers.cast(pl.Float64) == column).all():
            whole.append(integers)
    return frame.with_columns(whole)
