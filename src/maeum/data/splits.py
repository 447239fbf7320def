"""Dividing data: seeded, in the classes' proportions, identical texts (and chosen groups) never on both sides.

Which side a text falls on depends on the seed and on the text itself, not on the order of rows: shuffling a file, or
adding rows to it, moves few texts across.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maeum.errors import DataError
from maeum.schema import Dataset, Task


def text_key(text: str) -> str:
    """What makes two texts identical: the same characters after NFC, runs of white space counting as one.

    "정말  좋다 " -> "정말 좋다"
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def carve(data: Dataset, fraction: float, seed: int, *, group: str | None = None) -> tuple[Dataset, Dataset]:
    """Divide `data` into a rest and a part of about `fraction` of its rows.

    Args:
        data: With or without labels; with single labels each class keeps its share, with several labels each row counts
            for its rarest one.
        fraction: Of rows, in (0, 1).
        seed: Another seed gives another part.
        group: Column whose equal values stay together too (for example `title`).

    Returns:
        The rest (same split name) and the part (split `validation`).

    Raises:
        DataError: The group column is missing, or nothing can be moved without emptying a side.
    """
    if group is not None and group not in data.frame.columns:
        raise DataError("data.group_missing", column=group, found=", ".join(data.frame.columns))
    keys = [text_key(text) for text in data.texts]
    groups = _groups(keys, None if group is None else data.frame[group].to_list())
    taken = _choose(groups, _strata(data), _order(keys, groups, seed), fraction)
    if not taken.any() or taken.all():
        raise DataError("data.cannot_split", count=len(data), groups=int(groups.max(initial=-1)) + 1)
    return data.take(~taken), data.take(taken, split="validation")


def overlap(data: Dataset, other: Dataset) -> NDArray[np.bool_]:
    """Which rows `(N,)` of `data` have a text that `other` holds too."""
    known = {text_key(text) for text in other.texts}
    return np.fromiter((text_key(text) in known for text in data.texts), dtype=np.bool_, count=len(data))


def _groups(keys: Sequence[str], extra: Sequence[Any] | None) -> NDArray[np.int64]:
    """Group numbers `(N,)`: rows joined by an equal key or an equal extra value (not an empty one), over any steps."""
    by_text = _numbers(keys)
    if extra is None:
        return by_text
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    by_value = _numbers([("", i) if value in (None, "") else str(value) for i, value in enumerate(extra)])
    count, texts = len(keys), int(by_text.max(initial=-1)) + 1
    size = texts + int(by_value.max(initial=-1)) + 1
    joined = coo_matrix((np.ones(count, np.int8), (by_text, texts + by_value)), shape=(size, size))
    _, component = connected_components(joined, directed=False)
    return np.unique(component[by_text], return_inverse=True)[1].astype(np.int64)


def _numbers(values: Sequence[Hashable]) -> NDArray[np.int64]:
    seen: dict[Hashable, int] = {}
    return np.fromiter((seen.setdefault(value, len(seen)) for value in values), dtype=np.int64, count=len(values))


def _strata(data: Dataset) -> NDArray[np.int64]:
    """A stratum `(N,)` per row: its label, its rarest label, or one for all."""
    if not data.has_labels or data.task not in (Task.SINGLE_LABEL, Task.PAIR, Task.RELATION, Task.MULTI_LABEL):
        return np.zeros(len(data), np.int64)
    targets = data.targets
    if targets.ndim == 1:
        return targets.astype(np.int64)
    rarity = np.where(targets, targets.sum(axis=0), np.iinfo(np.int64).max)
    return np.asarray(np.where(targets.any(axis=1), rarity.argmin(axis=1), targets.shape[1]), np.int64)


def _order(keys: Sequence[str], groups: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """Groups in the order in which the seed draws them: by the smallest keyed hash of their texts."""
    salt = str(seed).encode()[:64]
    hashes = np.fromiter(
        (
            int.from_bytes(hashlib.blake2b(k.encode("utf-8", "surrogatepass"), digest_size=8, key=salt).digest())
            for k in keys
        ),
        dtype=np.uint64,
        count=len(keys),
    )
    smallest = np.full(int(groups.max(initial=-1)) + 1, np.iinfo(np.uint64).max, np.uint64)
    np.minimum.at(smallest, groups, hashes)
    return np.argsort(smallest, kind="stable")


def _choose(
    groups: NDArray[np.int64], strata: NDArray[np.int64], order: NDArray[np.int64], fraction: float
) -> NDArray[np.bool_]:
    """Rows `(N,)` of the part: groups are taken in order while the stratum of most of their rows has room."""
    size = np.bincount(groups, minlength=len(order))
    stratum = _majority(groups, strata, len(order))
    rows = np.bincount(stratum, weights=size, minlength=int(strata.max(initial=0)) + 1).astype(np.float64)
    count = np.bincount(stratum, minlength=len(rows))
    room = _room(rows, count, fraction)
    chosen = np.zeros(len(order), np.bool_)
    for group in order.tolist():
        if size[group] <= room[stratum[group]]:
            chosen[group] = True
            room[stratum[group]] -= size[group]
    return chosen[groups]


def _room(rows: NDArray[np.float64], count: NDArray[np.int64], fraction: float) -> NDArray[np.float64]:
    """Rows `(strata,)` that may move: each stratum's share, the remainders to those that lack most.

    Args:
        rows: `(strata,)` rows.
        count: `(strata,)` groups.
        fraction: Of all rows; the sum is this share, or more where there are many rare strata.
    """
    exact = rows * fraction
    total = int(np.round(exact.sum()))
    room = np.floor(exact)
    room[np.argsort(room - exact, kind="stable")[: max(0, total - int(room.sum()))]] += 1
    room[(count > 1) & (room == 0)] = 1  # a rare class is seen on both sides, if it can be spared
    single = count == 1  # one group cannot be divided: it goes where most rows go
    room[single] = rows[single] if fraction > 0.5 else 0
    while room.sum() > total and room.max() > 1:
        room[room.argmax()] -= 1
    return room


def _majority(groups: NDArray[np.int64], strata: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The most frequent stratum `(groups,)` of each group; the lower one on a tie."""
    width = int(strata.max(initial=0)) + 1
    pairs, amount = np.unique(groups * width + strata, return_counts=True)
    order = np.lexsort((-pairs, amount))  # the last written wins: most frequent, then lowest
    majority = np.zeros(count, np.int64)
    majority[pairs[order] // width] = pairs[order] % width
    return majority
