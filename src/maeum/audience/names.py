"""Titles and sources under one name each, however they are spelled.

Two spellings are one name when they differ only in Unicode form or in white space: "겨울 왕국", "겨울왕국", and either
in the form that macOS writes (NFD).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_INVISIBLE: Final = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff")


def key_of(spelling: str) -> str:
    """What all spellings of a name share."""
    return "".join(unicodedata.normalize("NFC", spelling).translate(_INVISIBLE).split())


def clean(spelling: str) -> str:
    """A spelling as it is shown: composed, single spaces."""
    return " ".join(unicodedata.normalize("NFC", spelling).translate(_INVISIBLE).split())


class Names:
    """Numbers names in the order in which they are met, and remembers how each was spelled.

    Args:
        known: Raw value -> name to show in its place (the title of a film number).
    """

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = known or {}
        self._number_of_key: dict[str, int] = {}
        self._number_of_raw: dict[str, int] = {}
        self._spellings: list[Counter[str]] = []

    def __len__(self) -> int:
        return len(self._spellings)

    def numbers(self, values: Sequence[str | None]) -> NDArray[np.int32]:
        """A number for each value `(N,)`, -1 for empty ones; spellings are not counted."""
        return np.fromiter((self._number(value) for value in values), np.int32, len(values))

    def count(self, times: Iterable[tuple[str, int]]) -> None:
        """Count how often each spelling was met."""
        for spelling, count in times:
            number = self._number(spelling)
            if number >= 0:
                self._spellings[number][spelling] += count

    def shown(self) -> list[str]:
        """The name of each number: its spelling met most often, the first met where several were."""
        return [clean(spellings.most_common(1)[0][0]) if spellings else "" for spellings in self._merged()]

    def joined(self) -> list[dict[str, Any]]:
        """Names of several spellings: `{"title", "spellings": [{"spelling", "form", "n"}]}`, most often met first."""
        found = []
        for name, spellings in zip(self.shown(), self._spellings, strict=True):
            raw = {spelling: count for spelling, count in spellings.items() if count}
            if len(raw) > 1 and len({self._known.get(spelling, spelling) for spelling in raw}) > 1:
                listed = sorted(raw.items(), key=lambda one: -one[1])
                parts = [{"spelling": one, "form": _form(one), "n": count} for one, count in listed]
                found.append({"title": name, "spellings": parts})
        return found

    def _merged(self) -> list[Counter[str]]:
        """Spellings as they are shown, with their counts."""
        merged = []
        for spellings in self._spellings:
            one: Counter[str] = Counter()
            for spelling, count in spellings.items():
                one[clean(self._known.get(spelling, spelling))] += count
            merged.append(one)
        return merged

    def _number(self, value: str | None) -> int:
        if value is None:
            return -1
        number = self._number_of_raw.get(value)
        if number is None:
            key = key_of(self._known.get(value, value))
            if not key:
                return -1
            number = self._number_of_key.setdefault(key, len(self._number_of_key))
            if number == len(self._spellings):
                self._spellings.append(Counter())
            self._number_of_raw[value] = number
        return number


def _form(spelling: str) -> str:
    return "NFC" if unicodedata.is_normalized("NFC", spelling) else "NFD"
