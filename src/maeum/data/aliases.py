"""Names that people give to the same label, so that a model and data with other spellings can meet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from maeum.schema import Labels

# Canonical sentiment names in their scale order, each with spellings met in Korean corpora and spreadsheets.
SENTIMENT: Final[Mapping[str, frozenset[str]]] = {
    "negative": frozenset(
        {"negative", "neg", "bad", "부정", "부정적", "부정문", "나쁨", "싫어요", "비추천", "비추", "0", "-1"}
    ),
    "neutral": frozenset({"neutral", "neu", "중립", "중립적", "보통", "그저그럼"}),
    "positive": frozenset({"positive", "pos", "good", "긍정", "긍정적", "긍정문", "좋음", "좋아요", "추천", "1"}),
    "objective": frozenset({"objective", "obj", "객관", "객관적", "사실"}),
}
_CANONICAL: Final = {alias: name for name, aliases in SENTIMENT.items() for alias in aliases}


def canonical(name: str) -> str | None:
    """The sentiment a name stands for: `긍정` -> `positive`; None for names of another kind."""
    return _CANONICAL.get(unicodedata.normalize("NFC", name).strip().lower())


def natural_order(names: Iterable[str]) -> list[str]:
    """Names as a reader expects them: numbers by size, sentiments from negative to positive, others by alphabet.

    ["긍정", "부정"] -> ["부정", "긍정"];  ["10", "2"] -> ["2", "10"]
    """
    names = sorted(names)
    if all(_is_number(name) for name in names):
        return sorted(names, key=float)
    if all(canonical(name) for name in names):
        order = list(SENTIMENT)
        return sorted(names, key=lambda name: order.index(canonical(name) or ""))
    return names


def alias_table(data: Labels, model: Labels) -> dict[str, str] | None:
    """Model label for every data label: by the same name, else by meaning; None when they do not fit.

    data (부정, 긍정), model (negative, positive) -> {"부정": "negative", "긍정": "positive"}
    """
    if set(data.names) <= set(model.names):
        return {name: name for name in data}
    if any(canonical(name) is None for name in (*data, *model)):
        return None
    by_meaning = {canonical(name): name for name in model}
    table = {name: by_meaning.get(canonical(name), "") for name in data}
    clear = len(by_meaning) == len(model) and len(set(table.values())) == len(table)  # no meaning twice on a side
    return table if clear and all(table.values()) else None


def _is_number(name: str) -> bool:
    try:
        float(name)
    except ValueError:
        return False
    return True
