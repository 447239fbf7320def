"""JSON lines in blocks; every column keeps one type over all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from maeum.data.files.columns import blank_rows, column_names, in_order
from maeum.data.files.json_columns import Facts, column, gather
from maeum.data.files.jsonl import may_be_broken, parse_lines, whole_objects
from maeum.data.files.stream_text import TextFile
from maeum.data.files.table import Table
from maeum.errors import DataError

LOOK: Final = 1000  # lines looked at together in the first pass


@dataclass(frozen=True, eq=False)
class LineStream:
    """Objects, one a line.

    Attributes:
        text: The file.
        facts: By key, what its values are in the whole file.
        columns: Names, in the order of the keys.
        rows: Lines up to the last that is not blank.
    """

    text: TextFile
    facts: dict[str, Facts]
    columns: list[str]
    rows: int

    @property
    def path(self) -> Path:
        """Where it is read from."""
        return self.text.path

    def blocks(self, size: int, skip: int = 0) -> Iterator[Table]:
        """See `Stream`."""
        import polars as pl

        lines = islice(self.text.lines(), skip, self.rows)
        start = skip
        while block := list(islice(lines, size)):
            objects, problems = whole_objects(parse_lines(block), may_be_broken("\n".join(block)), start)
            named = zip(self.columns, self.facts.items(), strict=True)
            frame = pl.DataFrame([column(name, [row.get(key) for row in objects], of) for name, (key, of) in named])
            known = {problem.row - start - 1: problem for problem in problems.values()}
            blank_rows(frame, start + 1, known)
            yield Table(frame, self.path, in_order(known), start + 1, self.text.encoding, quoting=False)
            start += len(block)


def open_lines(text: TextFile) -> LineStream | None:
    """Find the columns, their types and the number of rows; None where columns of lists or objects need all at once.

    Raises:
        DataError: See `read_table`.
    """
    facts: dict[str, Facts] = {}
    lines = text.lines()
    count = rows = 0
    some = False
    while block := list(islice(lines, LOOK)):
        objects, _ = whole_objects(parse_lines(block), may_be_broken("\n".join(block)), count)
        gather(facts, objects)
        some = some or any(objects)
        filled = (position for position in range(len(block), 0, -1) if block[position - 1].strip())
        last = next(filled, 0)
        rows = count + last if last else rows
        count += len(block)
    if not some:
        raise DataError("files.json_no_rows", path=text.path)
    names = column_names(list(facts), text.path)
    return None if any(one.nested for one in facts.values()) else LineStream(text, facts, names, rows)
