"""N-grams as 64-bit hashes, found in whole blocks of texts at once with array operations.

Every n-gram of a block is hashed by a polynomial over its mixed code points; a collision among a few million n-grams
in 2^64 values is so unlikely (about 1e-6 for five million) that the hash stands for the n-gram. This is what makes
training several times faster than counting strings, and prediction independent of a vocabulary of strings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Rows = NDArray[np.int32]

BLOCK: Final = 20_000  # texts hashed at once: about 200 MB of arrays for reviews
MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)  # odd, 2^64 / golden ratio
_ROUNDS: Final = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
JOINED, SPACED, _WORDS = (np.uint64(kind << 40) for kind in (1, 2, 3))  # keeps the kinds apart; code points are < 2^21


@dataclass(frozen=True)
class NGrams:
    """Which n-grams a text has.

    Attributes:
        joined_max: Longest n-gram of characters without spaces (from 1); 0 for none.
        spaced_max: Longest n-gram of characters with spaces, the text between two spaces (from 2); 0 for none.
        word_max: Longest n-gram of words; 0 for none.
    """

    joined_max: int
    spaced_max: int
    word_max: int

    def hash_blocks(self, texts: Sequence[str], size: int = BLOCK) -> Iterator[tuple[int, Rows, Hashes]]:
        """For each block of texts its height, then row (counted from the block) and hash of every n-gram."""
        for start in range(0, len(texts), size):
            block = texts[start : start + size]
            found = [(rows, hashes) for rows, hashes, _ in self._spans(block)]
            rows = np.concatenate([rows for rows, _ in found]) if found else np.empty(0, np.int32)
            hashes = np.concatenate([hashes for _, hashes in found]) if found else np.empty(0, np.uint64)
            yield len(block), rows, hashes

    def spelled(self, text: str) -> Iterator[tuple[str, Hashes]]:
        """For each n-gram of one text, in order of kind and place: its spelling (spaces as ` `) and hash `(1,)`."""
        for _, hashes, spell in self._spans([text]):
            for i in range(len(hashes)):
                yield spell(i), hashes[i : i + 1]

    def _spans(self, texts: Sequence[str]) -> Iterator[tuple[Rows, Hashes, Any]]:
        """(row, hash, speller) for every kind and length of n-gram."""
        if self.joined_max:
            joined = ["".join(text.split()) for text in texts]
            yield from _characters(joined, 1, self.joined_max, JOINED)
        if self.spaced_max >= 2:
            spaced = [f" {' '.join(text.split())} " if text.strip() else "" for text in texts]
            yield from _characters(spaced, 2, self.spaced_max, SPACED)
        if self.word_max:
            yield from _words(texts, self.word_max)


def _characters(texts: Sequence[str], low: int, high: int, kind: np.uint64) -> Iterator[tuple[Rows, Hashes, Any]]:
    joined = "".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    rows = np.repeat(np.arange(len(texts), dtype=np.int32), [len(text) for text in texts])
    mixed = mix(codes.astype(np.uint64) + kind)
    yield from _grams(mixed, rows, low, high, lambda start, length: joined[start : start + length])


def _words(texts: Sequence[str], high: int) -> Iterator[tuple[Rows, Hashes, Any]]:
    words = [text.split() for text in texts]
    flat = [word for row in words for word in row]
    rows = np.repeat(np.arange(len(texts), dtype=np.int32), [len(row) for row in words])
    different = list(dict.fromkeys(flat))
    number = {word: i for i, word in enumerate(different)}
    hashed = _whole(different)
    mixed = hashed[np.fromiter((number[word] for word in flat), np.int64, len(flat))] if flat else hashed
    yield from _grams(mixed, rows, 1, high, lambda start, length: " ".join(flat[start : start + length]))


def _whole(words: Sequence[str]) -> Hashes:
    """One hash per word: the polynomial over all of its characters."""
    if not words:
        return np.empty(0, np.uint64)
    lengths = np.array([len(word) for word in words])
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    place = np.arange(len(codes)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    # the place is mixed in, so that the sum over a word depends on the order of its characters
    mixed = mix(codes.astype(np.uint64) + _WORDS + (place.astype(np.uint64) << np.uint64(44)))
    return mix(np.add.reduceat(mixed, np.cumsum(lengths) - lengths))


def _grams(units: Hashes, rows: Rows, low: int, high: int, spell: Any) -> Iterator[tuple[Rows, Hashes, Any]]:
    """All n-grams of `low` to `high` neighbouring units of one row."""
    hashes = units
    for length in range(1, high + 1):
        if length > len(units):
            return
        if length > 1:
            hashes = hashes[:-1] * MULTIPLIER + units[length - 1 :]
        if length >= low:
            starts = np.flatnonzero(rows[: len(hashes)] == rows[length - 1 :])
            mixed = mix(hashes[starts])
            yield rows[starts], mixed, lambda i, starts=starts, length=length: spell(int(starts[i]), length)


def mix(values: Hashes) -> Hashes:
    """Spread the bits of each value over all 64 (the finaliser of SplitMix64, Steele et al. 2014)."""
    mixed = mix_leading(values, np.empty_like(values), np.empty_like(values))
    mixed ^= mixed >> np.uint64(31)
    return mixed


def mix_leading(values: Hashes, out: Hashes, spare: Hashes) -> Hashes:
    """As `mix`, but for the last step, which leaves the leading 31 bits alone; written to `out`.

    Args:
        values: Any.
        out: Of the same shape.
        spare: Of the same shape, to compute in.
    """
    with np.errstate(over="ignore"):
        np.add(values, MULTIPLIER, out=out)
        for shift, factor in _ROUNDS:
            np.right_shift(out, shift, out=spare)
            np.bitwise_xor(out, spare, out=out)
            np.multiply(out, factor, out=out)
    return out
