"""The two entities of a relation, as files spell them."""

from __future__ import annotations

import ast
import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import polars as pl

MAX_CELL: Final = 4_000  # characters; what is longer is no description of an entity and is not parsed
_TEXT: Final = ("word", "text")
_KIND: Final = ("type", "entity_type", "label")


@dataclass(frozen=True)
class Entities:
    """A column of entities made ready.

    Attributes:
        values: Per row what `maeum.schema.dataset.entity_type` holds; None where none can be read.
        moved: Number of entities whose offsets were wrong.
    """

    values: list[dict[str, Any] | None]
    moved: int


def read_entities(texts: Sequence[str | None], cells: Sequence[Any]) -> Entities:
    """Entities from mappings, or from JSON objects or Python literals in text.

    KLUE's `end_idx` is inclusive, `end` here is not. Offsets that do not enclose the word are set to where it stands
    nearest.
    비틀즈의 곡, {'word': '비틀즈', 'start_idx': 0, 'end_idx': 2, 'type': 'ORG'} -> 0, 3, ORG, 비틀즈
    """
    values: list[dict[str, Any] | None] = []
    moved = 0
    for text, cell in zip(texts, cells, strict=True):
        entity = None if text is None else _entity(str(text), mapping(cell))
        values.append(entity and {key: value for key, value in entity.items() if key != "moved"})
        moved += bool(entity and entity["moved"])
    return Entities(values, moved)


def mapping(cell: Any) -> dict[str, Any] | None:
    """A mapping, or one spelled as JSON or as a Python literal; None for anything else."""
    if isinstance(cell, dict):
        return cell
    if not isinstance(cell, str) or len(cell) > MAX_CELL or not cell.lstrip().startswith("{"):
        return None
    for read in (json.loads, ast.literal_eval):  # neither runs anything
        with contextlib.suppress(ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            found = read(cell.strip())
            return found if isinstance(found, dict) else None
    return None


def entity_column(name: str, values: Sequence[dict[str, Any] | None]) -> pl.Series:
    """The column of a Dataset."""
    import polars as pl

    from maeum.schema.dataset import entity_type

    return pl.Series(name, list(values), dtype=entity_type())


def _entity(text: str, cell: dict[str, Any] | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    word = next((cell[key] for key in _TEXT if isinstance(cell.get(key), str)), None)
    start = whole_number(cell.get("start_idx", cell.get("start")))
    if start is None:
        return None
    if word is None:
        inclusive = whole_number(cell.get("end_idx"))
        end = whole_number(cell.get("end")) if inclusive is None else inclusive + 1
        word = text[start:end] if end is not None and 0 <= start < end <= len(text) else ""
    place = _nearest(text, word, start) if word else None
    if place is None:
        return None
    stated = whole_number(cell.get("end_idx"))
    wrong_end = stated is not None and stated + 1 != start + len(word)
    kind = next((str(cell[key]) for key in _KIND if cell.get(key) is not None), None)
    moved = place != start or wrong_end
    return {"start": place, "end": place + len(word), "label": kind, "text": word, "moved": moved}


def _nearest(text: str, word: str, start: int) -> int | None:
    """Where `word` stands in `text`, nearest to `start`; None when it does not."""
    if start >= 0 and text.startswith(word, start):
        return start
    places = [place for place in range(len(text) - len(word) + 1) if text.startswith(word, place)]
    return min(places, key=lambda place: abs(place - start), default=None)


def whole_number(value: Any) -> int | None:
    """A whole number, or one in text: '11' -> 11."""
    try:
        return None if isinstance(value, bool) or value != value else int(value)
    except (TypeError, ValueError, OverflowError):
        return None
