"""Labels as people write them: names, numbers, truth values, stars, lists."""

from __future__ import annotations

import json
from collections.abc import Sequence
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

    1.0 -> "1";  True -> "true";  " 긍정 " -> "긍정";  '["기쁨", "놀람"]' or a list -> ["기쁨", "놀람"]

    Args:
        column: As the file has it.
        task: Single or several labels; None: several when the cells are lists or a separator is given.
        stars: Rule that turns stars into labels.
        separator: Between several labels in one cell.
        path: For messages.

    Raises:
        DataError: The values cannot be labels, or are not the stars they are said to be.
    """
    if stars is not None:
        return _read_stars(column, stars)
    cells = [_clean(value) for value in column.to_list()]
    several = task is Task.MULTI_LABEL or separator is not None or (task is None and _look_like_lists(cells))
    if several:
        sets = [None if cell is None else _as_list(cell, separator) for cell in cells]
        names = {name for row in sets if row for name in row}
        labels = Labels(tuple(natural_order(names))) if names else None
        return LabelValues(list(sets), labels, Task.MULTI_LABEL)
    flat = [cell if cell is None or isinstance(cell, str) else listing(cell) for cell in cells]
    names = {name for name in flat if name is not None}
    _refuse_free_text(names, len(flat), column.name, path)
    labels = Labels(tuple(natural_order(names))) if names else None
    return LabelValues(list(flat), labels, task or Task.SINGLE_LABEL)


def _read_stars(column: pl.Series, rule: StarRule) -> LabelValues:
    import polars as pl

    stars = column.cast(pl.String).str.strip_chars().cast(pl.Float64, strict=False)
    top = stars.max()
    present = column.is_not_null().to_numpy()
    if not isinstance(top, float) or top > max(SCALES):
        raise DataError("data.stars_not_numbers", column=column.name, found=listing(column.unique().head(5).to_list()))
    scale = SCALES[5 if top <= 5 else 10]
    labels = stars_to_labels(stars, rule, scale)
    on_scale = stars.is_between(1, scale.top) & (stars == stars.round(0))
    known = on_scale.fill_null(value=False).to_numpy()
    missing = labels.is_null().to_numpy()
    excluded = frozenset((missing & known).nonzero()[0].tolist())
    unknown = frozenset((present & ~known).nonzero()[0].tolist())
    return LabelValues(labels.to_list(), star_labels(rule, scale), Task.SINGLE_LABEL, excluded, unknown, scale)


def _clean(value: Any) -> str | list[str] | None:
    if value is None or (isinstance(value, float) and value != value):  # NaN is the one value that differs from itself
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return [str(_clean(item)) for item in value if item is not None]
    text = str(value).strip()
    if text[-2:] == ".0" and text[:-2].lstrip("-").isdigit():  # spreadsheets turn 1 into 1.0
        return text[:-2]
    return text or None


def _look_like_lists(cells: Sequence[str | list[str] | None]) -> bool:
    present = [cell for cell in cells if cell is not None]
    return bool(present) and all(isinstance(cell, list) or (cell[0] == "[" and cell[-1] == "]") for cell in present)


def _as_list(cell: str | list[str], separator: str | None) -> list[str]:
    if isinstance(cell, list):
        return cell
    if cell[0] == "[" and cell[-1] == "]":
        try:
            return [str(_clean(item)) for item in json.loads(cell)]
        except ValueError:  # ['기쁨', '놀람'], as Python prints a list
            cell, separator = cell[1:-1], separator or ","
    parts = cell.split(separator) if separator else [cell]
    return [name for part in parts if (name := part.strip().strip("'\""))]


def _refuse_free_text(names: set[str], rows: int, column: str, path: Any) -> None:
    looks_unique = rows >= LOOKS_UNIQUE_FROM and len(names) > rows * LOOKS_UNIQUE
    if len(names) > MAX_LABELS or looks_unique:
        raise DataError("data.too_many_labels", column=column, path=path, count=len(names), rows=rows)
