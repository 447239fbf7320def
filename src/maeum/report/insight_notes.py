"""The notes that `insight` wrote in the language of its run, for a page that shows two languages."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from maeum.messages import LANGUAGES, say, table
from maeum.messages.particles import PAIRS

TOPIC: Final = "insight"
SAID_BETTER: Final = ("all_few", "some_few", "only_sentiment", "none_counted", "none_left_out")
"""What the page says itself, with its own figures."""

OF_THE_DATA: Final = ("left_", "joined", "no_date", "no_rating", "no_source")
"""What was read and what was not: it stands with the facts at the end of the page."""


def notes_by_place(notes: Iterable[str]) -> tuple[list[str], list[str]]:
    """Notes to be read first, and notes about the data, in the current language; unknown ones stay as they are."""
    first: list[str] = []
    data: list[str] = []
    for note in notes:
        key, values = recognised(note)
        if key in SAID_BETTER:
            continue
        sentence = say(f"insight.{key}", **values) if key else note
        (data if key.startswith(OF_THE_DATA) else first).append(sentence)
    return first, data


def recognised(note: str) -> tuple[str, dict[str, Any]]:
    """Which message a sentence is, and the values in it; an empty key where none fits."""
    for key, pattern, counts in _patterns():
        found = pattern.fullmatch(note)
        if found:
            values: dict[str, Any] = found.groupdict()
            return key, values | {name: int(values[name].replace(",", "")) for name in counts}
    return "", {}


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]:
    """Key, pattern and names of whole numbers of every message, longest literal text first."""
    sentences = [(key, texts[lang]) for key, texts in table(TOPIC).items() for lang in LANGUAGES]
    sentences.sort(key=lambda pair: -len(re.sub(r"{[^}]*}", "", pair[1])))
    return tuple((key, *_pattern(sentence)) for key, sentence in sentences)


def _pattern(sentence: str) -> tuple[re.Pattern[str], frozenset[str]]:
    counts: set[str] = set()
    return re.compile("".join(_pieces(sentence, counts)), re.DOTALL), frozenset(counts)


def _pieces(sentence: str, counts: set[str]) -> Iterator[str]:
    seen: set[str] = set()
    for literal, name, spec, _ in string.Formatter().parse(sentence):
        yield re.escape(literal)
        if name is None:
            continue
        particle = (spec or "").removeprefix("-")
        if spec == ",":
            counts.add(name)
        if not (spec or "").startswith("-"):
            value = r"[\d,]+" if spec == "," else ".+?"
            yield f"(?P={name})" if name in seen else f"(?P<{name}>{value})"
            seen.add(name)
        if particle in PAIRS:
            yield r"[가-힣()]{1,6}"
