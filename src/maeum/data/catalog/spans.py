"""Labelled stretches of texts, as files spell them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from typing import Any, Final

from maeum.data.catalog.entities import whole_number

MAX_CELL: Final = 1_000_000  # characters of one cell


def read_spans(texts: Sequence[str | None], cells: Sequence[Any]) -> list[list[dict[str, Any]] | None]:
    """Spans from lists of mappings with start, end (exclusive, in characters) and label, or from such a list in JSON.

    None where a cell is none or a span does not lie in its text.
    박 씨는 32세다, [{"start": 0, "end": 1, "label": "PS"}] -> 0-1 PS
    """
    return [
        None if text is None or cell is None else _spans(str(text), _listed(cell))
        for text, cell in zip(texts, cells, strict=True)
    ]


def _listed(cell: Any) -> Any:
    if isinstance(cell, str) and len(cell) <= MAX_CELL:
        with contextlib.suppress(ValueError, RecursionError):
            return json.loads(cell)
    return cell


def _spans(text: str, found: Any) -> list[dict[str, Any]] | None:
    if not isinstance(found, list):
        return None
    spans = []
    for span in found:
        if not isinstance(span, dict):
            return None
        start, end, label = whole_number(span.get("start")), whole_number(span.get("end")), span.get("label")
        if start is None or end is None or not 0 <= start < end <= len(text) or not isinstance(label, str) or not label:
            return None
        spans.append({"start": start, "end": end, "label": label})
    return spans
