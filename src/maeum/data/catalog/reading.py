"""What the readers of several corpora share: lines and lists in the published form, with each unusable row named."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.data.catalog.corpus import Reading
from maeum.data.settings import SplitSettings
from maeum.data.splits import carve
from maeum.errors import DataError
from maeum.schema import Dataset, Labels, RowProblem, Task

if TYPE_CHECKING:
    import polars as pl

TEST_SHARE: Final = 0.2  # of a corpus of which one part alone is at hand


@dataclass(frozen=True)
class Rows:
    """Rows of a file.

    Attributes:
        cells: For each usable row its cells, by column.
        numbers: Their numbers as a spreadsheet shows them.
        problems: The rows left out.
    """

    cells: list[dict[str, Any]]
    numbers: list[int]
    problems: tuple[RowProblem, ...] = ()

    def without(self, fault: Callable[[dict[str, Any]], tuple[str, str] | None]) -> Rows:
        """The rows for which `fault` finds nothing; it gives (kind, detail) of a `RowProblem`."""
        cells, numbers, problems = [], [], list(self.problems)
        for row, number in zip(self.cells, self.numbers, strict=True):
            if found := fault(row):
                problems.append(RowProblem(number, found[0], found[1][:40]))
            else:
                cells.append(row)
                numbers.append(number)
        return Rows(cells, numbers, tuple(sorted(problems, key=lambda problem: problem.row)))

    def with_known(self, column: str, known: Container[str]) -> Rows:
        """The rows whose `column` is one of `known`."""

        def fault(row: dict[str, Any]) -> tuple[str, str] | None:
            value = row[column]
            if value is None or value == "":
                return "missing_label", ""
            return None if isinstance(value, str) and value in known else ("unknown_label", str(value))

        return self.without(fault)

    def with_texts(self, *columns: str) -> Rows:
        """The rows whose `columns` are texts (which may be empty)."""

        def fault(row: dict[str, Any]) -> tuple[str, str] | None:
            for value in (row[column] for column in columns):
                if not isinstance(value, str):
                    return ("missing_text", "") if value is None else ("not_text", repr(value))
            return None

        return self.without(fault)

    def column(self, name: str) -> list[Any]:
        """The cells of one column."""
        return [row[name] for row in self.cells]


def read_tsv(path: Path, columns: Sequence[str], *, header: bool, delimiter: str = "\t") -> Rows:
    """Lines of cells with quoting off: a quotation mark is a character like any other.

    Raises:
        DataError: The first line has other columns.
    """
    lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    expected = delimiter.join(columns)
    first = lines[0].rstrip(b"\r").decode("utf-8", "replace")
    if (first != expected) if header else (first.count(delimiter) != len(columns) - 1):
        raise DataError("data.not_upstream", path=path, expected=expected, found=first[:60])
    cells: list[dict[str, Any]] = []
    numbers, problems = [], []
    for number, line in enumerate(lines, 1):
        if (header and number == 1) or (number == len(lines) and not line):
            continue
        try:
            found = line.rstrip(b"\r").decode("utf-8").split(delimiter)
        except UnicodeDecodeError:
            problems.append(RowProblem(number, "undecodable", repr(line[:20])))
            continue
        if len(found) != len(columns):
            blank = found == [""]
            problems.append(RowProblem(number, "blank" if blank else "ragged", f"{len(columns)}/{len(found)}"))
            continue
        cells.append(dict(zip(columns, found, strict=True)))
        numbers.append(number)
    return Rows(cells, numbers, tuple(problems))


def read_json(path: Path, needed: Sequence[str]) -> Rows:
    """A JSON list of mappings that hold the keys `needed`; rows count from 1.

    Raises:
        DataError: It is none.
    """
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        found = " ".join(str(error).split())[:60]
        raise DataError("data.not_upstream", path=path, expected="[{", found=found) from error
    first = content[0] if isinstance(content, list) and content else content
    missing = [key for key in needed if not isinstance(first, dict) or key not in first]
    if missing or not isinstance(content, list):
        keys = ", ".join(first) if isinstance(first, dict) else type(content).__name__
        raise DataError("data.not_upstream", path=path, expected=", ".join(needed), found=keys[:60])
    rows = Rows(content, list(range(1, len(content) + 1)))
    return rows.without(lambda row: _json_fault(row, needed))


def _json_fault(row: Any, needed: Sequence[str]) -> tuple[str, str] | None:
    if isinstance(row, dict) and all(key in row for key in needed):
        return None
    return "bad_json", json.dumps(row, ensure_ascii=False)


def several_labels(rows: Rows, column: str, labels: Labels) -> tuple[Rows, pl.Series]:
    """Lists of label names from indices set apart by commas: "0,6" -> ["불평/불만", "화남/분노"]."""
    import polars as pl

    known = {str(index) for index in range(len(labels))}

    def fault(row: dict[str, Any]) -> tuple[str, str] | None:
        found = row[column].split(",")
        if found == [""]:
            return "missing_label", ""
        return None if known.issuperset(found) else ("unknown_label", row[column])

    usable = rows.without(fault)
    names = [labels.decode(sorted({int(index) for index in cell.split(",")})) for cell in usable.column(column)]
    return usable, pl.Series("label", names, dtype=pl.List(pl.String))


def divided(reading: Reading, task: Task, name: str, split: str, source: str) -> Reading:
    """`train` (80 %) or `test` (20 %) of the one part of a corpus that is at hand.

    Which row is on which side follows a fixed seed; identical texts stay together.

    Args:
        reading: All rows.
        task: What the corpus asks.
        name: Of the corpus.
        split: `train` or `test`.
        source: The upstream split the rows come from, for the note.
    """
    seed = SplitSettings().split_seed
    train, test = carve(Dataset(reading.frame, task, reading.labels, name), TEST_SHARE, seed)
    note = ("data.note_divided", {"corpus": name, "source": source, "share": TEST_SHARE, "seed": seed})
    part = test if split == "test" else train
    return replace(reading, frame=part.frame, notes=(*reading.notes, note))
