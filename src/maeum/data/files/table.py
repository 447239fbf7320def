"""What reading a file gives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maeum.schema import RowProblem

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, eq=False)
class Table:
    """All rows of a file, in their order, and what is wrong with some of them.

    Attributes:
        frame: Every row, N of them, with the columns of the file. Delimited text: all String; Excel, JSON and Parquet:
            the types of the file. An empty cell of delimited text is null.
        path: Where it was read from.
        problems: Rows that could not be read as they stand, at most one problem a row, in row order. These rows are in
            `frame` too: undecodable bytes as U+FFFD, missing cells as null, surplus cells cut off.
        first_row: Number of the frame's first row as a spreadsheet shows it; the row at position i is `first_row + i`.
            2 where the header is on row 1; 1 in files without a header (Parquet and JSON among them: for JSON lines it
            is the line number, for a JSON array the number of the element).
        encoding: Python's name of the encoding the text was in; empty for binary formats.
        delimiter: The character between cells; empty where there is none.
        quoting: Whether `"` encloses cells.
    """

    frame: pl.DataFrame
    path: Path
    problems: tuple[RowProblem, ...]
    first_row: int
    encoding: str = ""
    delimiter: str = ""
    quoting: bool = True
