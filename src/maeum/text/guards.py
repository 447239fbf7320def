"""Which texts of a block a step could change at all, found for the whole block at once with array operations.

Most reviews need none of the steps; looking at a block of thousands as one array of code points tells so several times
faster than asking each step about each text. A guard may name texts that its step leaves alone, never the reverse: a
test holds each of them against its step.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from enum import IntFlag
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.text.characters import is_latin_capital, is_wide
from maeum.text.chat import is_fused

Mask = NDArray[np.bool_]
Guard = Callable[["Block", dict[str, Any]], Mask]

_PLANE: Final = 0x10000  # code points told apart one by one; all above may matter to every step


class Kind(IntFlag):
    """What a character may mean to a step."""

    MARKUP = 1
    UNSEEN = 2
    """Not printable (white space but U+0020 among it), or a filler that prints as a blank."""
    UNCOMPOSED = 4
    """Another form in NFC, alone or with its neighbours."""
    WIDE = 8
    ADDRESS = 16
    """Letters, digits and hyphens of web addresses."""
    FUSED = 32
    """A syllable that a laugh may have slipped under."""
    LAUGH = 64
    CAPITAL = 128


class Block:
    """N texts as one array of code points, U+0000 between them.

    Attributes:
        codes: Code points of all texts.
        kinds: `Kind` of each.
        starts: Where each text begins `(N,)`.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
        self.starts = np.cumsum(lengths) - lengths
        self.codes = np.frombuffer("\0".join((*texts, "")).encode("utf-32-le", "surrogatepass"), np.uint32)
        self.kinds = kinds_of_characters()[np.minimum(self.codes, _PLANE)]

    def any_of(self, kind: Kind) -> Mask:
        """At which places a character of `kind` stands."""
        return np.asarray((self.kinds & np.uint8(kind)) != 0)

    def repeats(self, width: int, times: int) -> Mask:
        """At which places a unit of `width` characters begins that stands `times` times in a row."""
        same = self.codes[:-width] == self.codes[width:]
        size = max(len(same) - width * (times - 1) + 1, 0)
        found = np.ones(size, np.bool_)
        for offset in range(width * (times - 1)):
            found &= same[offset : offset + size]
        return found

    def texts_with(self, places: Mask) -> NDArray[np.int64]:
        """Texts (positions, ascending) in which one of the places lies."""
        found = np.flatnonzero(places)
        return np.unique(np.searchsorted(self.starts, found, "right") - 1)


@cache
def kinds_of_characters() -> NDArray[np.uint8]:
    """`Kind` by code point `(65,537,)`; the last entry stands for all code points above."""
    table = np.zeros(_PLANE + 1, np.uint8)
    for code in range(1, _PLANE):
        table[code] = _kind(chr(code))
    table[_PLANE] = Kind.UNSEEN | Kind.UNCOMPOSED
    return table


def _kind(character: str) -> int:
    kind = Kind.MARKUP if character in "<&" else Kind(0)
    if not character.isprintable() or character in "\u3164\uffa0":
        kind |= Kind.UNSEEN
    if "가" <= character <= "힣":
        return int(kind | (Kind.FUSED if is_fused(character) else 0))
    jamo = "\u1100" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff"
    mark = unicodedata.category(character)[0] == "M"
    if jamo or mark or not unicodedata.is_normalized("NFC", character):
        kind |= Kind.UNCOMPOSED
    if is_wide(character):
        kind |= Kind.WIDE
    if character in "ㅋㅎ":
        kind |= Kind.LAUGH
    if is_latin_capital(character):
        kind |= Kind.CAPITAL
    return int(kind | (Kind.ADDRESS if re.fullmatch("[A-Za-z0-9-]", character) else 0))


def _has(kind: Kind) -> Guard:
    return lambda block, _options: block.any_of(kind)


def _has_dotted(block: Block, _options: dict[str, Any]) -> Mask:
    letters = block.any_of(Kind.ADDRESS)
    return np.asarray(letters[:-2] & (block.codes[1:-1] == ord(".")) & letters[2:])


def _has_at(block: Block, _options: dict[str, Any]) -> Mask:
    return np.equal(block.codes, ord("@"))


def _has_fused(block: Block, _options: dict[str, Any]) -> Mask:
    return np.asarray(block.any_of(Kind.FUSED)[:-1] & block.any_of(Kind.LAUGH)[1:])


def _has_repeats(block: Block, options: dict[str, Any]) -> Mask:
    found = block.repeats(1, options["limit"] + 1)
    pairs = block.repeats(2, options["limit"] + 1)
    found[: len(pairs)] |= pairs
    return found


def _has_odd_spaces(block: Block, _options: dict[str, Any]) -> Mask:
    found = block.any_of(Kind.UNSEEN)
    blank = (block.codes == ord(" ")) | (block.codes == 0)  # so that spaces at an end have a neighbour too
    two = blank[:-1] & blank[1:]
    found[:-1] |= two
    found[1:] |= two  # a space at the start of a text: the first of the two is no part of it
    found[0] |= block.codes[0] == ord(" ")
    return found


GUARDS: Final[dict[str, Guard]] = {
    "strip_html": _has(Kind.MARKUP),
    "drop_controls": _has(Kind.UNSEEN),
    "nfc": _has(Kind.UNCOMPOSED),
    "fold_width": _has(Kind.WIDE),
    "mask_urls": _has_dotted,
    "mask_emails": _has_at,
    "mask_mentions": _has_at,
    "split_fused_jamo": _has_fused,
    "cap_repeats": _has_repeats,
    "squeeze_spaces": _has_odd_spaces,
    "lowercase": _has(Kind.CAPITAL),
}


def apply_guarded(steps: Sequence[tuple[str, Callable[[str], str], dict[str, Any]]], texts: list[str]) -> list[str]:
    """`texts` after all steps; a text that no step has changed so far is shown only to steps that could change it.

    Args:
        steps: Name, function and options of each.
        texts: N texts, none changed in place.
    """
    done = list(texts)
    block = Block(texts)
    if np.count_nonzero(block.codes == 0) != len(texts):  # what parts the texts stands inside one
        for _, function, _ in steps:
            done = list(map(function, done))
        return done
    changed: set[int] = set()
    for name, function, options in steps:
        guard = GUARDS.get(name)
        shown = range(len(done)) if guard is None else changed.union(block.texts_with(guard(block, options)).tolist())
        for i in shown:
            after = function(done[i])
            if after is not done[i] and after != done[i]:
                done[i] = after
                changed.add(i)
    return done
