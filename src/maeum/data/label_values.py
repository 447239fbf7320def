"""Labels as people write them: names, numbers, truth values, stars, lists."""

from __future__ import annotations

import ast
import contextlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from maeum.data.aliases import natural_order
from maeum.data.stars import SCALES, Scale, StarRule, star_labels, stars_to_labels
from maeum.errors import DataError
from maeum.messages import listing
from maeum.schema import Labels, Task

if TYPE_CHECKING:
    import polars as pl

MAX_LABELS: Final = 500
LOOKS_UNIQUE: Final = 0.5  # more different values than this share of the rows: not a label column
LOOKS_UNIQUE_FROM: Final = 20  # rows; a file of five rows may well have five labels


@dataclass(frozen=True)
class LabelValues:
    """A label column made ready.

    Attributes:
        values: A name (or a list of names) per row; None where the row has no label.
        labels: All names; None when there are none.
        task: What the values ask.
        excluded: Rows that have a label which the star rule leaves out.
        unknown: Rows whose value is not a star.
        scale: The stars' scale, when a star rule was used.
    """

    values: list[Any]
    labels: Labels | None
    task: Task
    excluded: frozenset[int] = frozenset()
    unknown: frozenset[int] = frozenset()
    scale: Scale | None = None


def read_labels(
    column: pl.Series,
    *,
    task: Task | None = None,
    stars: StarRule | None = None,
    separator: str | None = None,
    path: Any = "",
) -> LabelValues:
    """Names from a label column.

    1.0 -> "1";  TRUE -> "true";  " 긍정 " -> "긍정";  '["기쁨", "놀람"]' or a list -> ["기쁨", "놀람"]

    Args:
        column: As the file has it.
        task: What is asked; None: several labels when the cells are lists or a separator is given, else one.
        stars: Rule that turns stars into labels.
        separator: Between several labels in one cell.
        path: For messages.

    Raises:
        DataError: The values cannot be labels, or are not the stars they are said to be.
    """
    if stars is not None:
        return _read_stars(column, stars)
    if separator is not None and task not in (None, Task.MULTI_LABEL):
        raise DataError("data.separator_for_one", task=task.value)
    cells = [_clean(value) for value in column.to_list()]
    several = task is Task.MULTI_LABEL or separator is not None or (task is None and _look_like_lists(cells))
    values: list[Any] = [None if cell is None else _as_list(cell, separator) for cell in cells]
    if not several:
        values = [", ".join(cell) if isinstance(cell, list) else cell for cell in cells]
    names = {name for value in values if value for name in (value if several else [value])}
    _refuse_free_text(names, len(values), column.name, path, several=several)
    labels = Labels(tuple(natural_order(names))) if names else None
    return LabelValues(values, labels, Task.MULTI_LABEL if several else task or Task.SINGLE_LABEL)


def _read_stars(column: pl.Series, rule: StarRule) -> LabelValues:
    import polars as pl

    cells = [_clean(value) for value in column.to_list()]
    plain = [cell if isinstance(cell, str) else None for cell in cells]
    stars = pl.Series(plain, dtype=pl.String).cast(pl.Float64, strict=False)
    top = stars.max()
    if not isinstance(top, float) or not 1 <= top <= max(SCALES):
        usable = stars.is_between(1, max(SCALES)).to_list()
        found = dict.fromkeys(str(cell) for cell, fits in zip(cells, usable, strict=True) if cell and not fits)
        raise DataError("data.stars_not_numbers", column=column.name, found=listing(found, 5))
    scale = SCALES[5 if top <= 5 else 10]
    labels = stars_to_labels(stars, rule, scale).to_list()
    known = (stars.is_between(1, scale.top) & (stars == stars.round(0))).to_list()
    excluded = frozenset(row for row, label in enumerate(labels) if label is None and known[row])
    unknown = frozenset(row for row, cell in enumerate(cells) if cell is not None and not known[row])
    return LabelValues(labels, star_labels(rule, scale), Task.SINGLE_LABEL, excluded, unknown, scale)


def _clean(value: Any) -> str | list[str] | None:
    if value is None or (isinstance(value, float) and value != value):  # NaN is the one value that differs from itself
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return _names(value)
    text = unicodedata.normalize("NFC", str(value)).strip()
    if text[-2:] == ".0" and text[:-2].lstrip("-").isdigit():  # spreadsheets turn 1 into 1.0
        return text[:-2]
    if text.lower() in ("true", "false"):  # True in Python, TRUE in Excel, true in JSON
        return text.lower()
    return text or None


def _names(items: Iterable[Any]) -> list[str]:
    """Different label names in their order; missing ones are none."""
    return list(dict.fromkeys(str(name) for item in items if (name := _clean(item))))


def _look_like_lists(cells: Sequence[str | list[str] | None]) -> bool:
    present = [cell for cell in cells if cell is not None]
    return bool(present) and all(isinstance(cell, list) or (cell[0] == "[" and cell[-1] == "]") for cell in present)


def _as_list(cell: str | list[str], separator: str | None) -> list[str]:
    if isinstance(cell, list):
        return cell
    if cell[0] == "[" and cell[-1] == "]":
        for read in (json.loads, ast.literal_eval):  # ["기쁨", "놀람"], or ['기쁨', '놀람'] as Python prints a list
            with contextlib.suppress(ValueError, SyntaxError, RecursionError, MemoryError):
                return _names(read(cell))
        cell, separator = cell[1:-1], separator or ","  # [기쁨, 놀람]
    parts = cell.split(separator) if separator else [cell]
    return _names(part.strip().strip("'\"") for part in parts)


def _refuse_free_text(names: set[str], rows: int, column: str, path: Any, *, several: bool) -> None:
    looks_unique = not several and rows >= LOOKS_UNIQUE_FROM and len(names) > rows * LOOKS_UNIQUE
    if len(names) > MAX_LABELS or looks_unique:
        raise DataError("data.too_many_labels", column=column, path=path, count=len(names), rows=rows)
