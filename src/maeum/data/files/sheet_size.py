"""How large a workbook's sheets become in memory, known before they are read.

The reader lays a sheet out in full, from its first to its last filled cell. One stray cell in a far corner makes a
file of a few kilobytes take all memory and end the process, so it is looked for first.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Final

from maeum.data.files.source import check_unpacked
from maeum.errors import DataError

MAX_CELLS: Final = 50_000_000
"""Cells from A1 to the last filled one: a sheet's 1,048,576 rows with 47 columns, 2.5 GB (52 measured bytes a cell)."""

_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CELL: Final = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^<>]*[^/<>]>""")  # not <c …/>


def check_size(content: bytes, path: Path) -> None:
    """Check that a zipped workbook neither unpacks to too much nor spreads over too many cells; pass other content.

    Raises:
        DataError: It does.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            check_unpacked(sum(entry.file_size for entry in packed.infolist()), len(content), path)
            for name in filter(_SHEET.fullmatch, packed.namelist()):
                _check_sheet(packed.read(name), path)
    except DataError:
        raise
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, OSError, EOFError):
        return  # damaged or locked: the reader says how


def _check_sheet(xml: bytes, path: Path) -> None:
    """Check one sheet of an .xlsx."""
    cells = _CELL.findall(xml)
    if not cells:
        return
    column = max({letters for letters, _ in cells}, key=_column)
    rows = max(map(int, {digits for _, digits in cells}))
    count = rows * _column(column)
    if count > MAX_CELLS:
        cell = f"{column.decode()}{rows}"
        raise DataError("files.sheet_too_large", path=path, cell=cell, count=f"{count:,}", limit=f"{MAX_CELLS:,}")


def _column(letters: bytes) -> int:
    """Number of a column: `A` -> 1, `AB` -> 28."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
