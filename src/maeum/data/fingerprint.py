"""Short hashes that tell whether data are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from maeum.data.splits import text_key
from maeum.schema import Dataset


def fingerprint(data: Dataset) -> str:
    """A hash of all ids, texts and labels in their order, 16 hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=8)
    columns = [
        column
        for column in ("id", "text", "text_b", "label", "spans", "subject", "object")
        if column in data.frame.columns
    ]
    for row in data.frame.select(columns).iter_rows():
        digest.update("\x1f".join(map(str, row)).encode("utf-8", "surrogatepass"))
        digest.update(b"\x1e")
    return digest.hexdigest()


def text_hashes(texts: Sequence[str]) -> NDArray[np.uint64]:
    """One hash per text `(N,)`, equal for identical texts (`text_key`): tells what was seen without keeping texts."""
    keys = (text_key(text).encode("utf-8", "surrogatepass") for text in texts)
    values = (int.from_bytes(hashlib.blake2b(key, digest_size=8).digest()) for key in keys)
    return np.fromiter(values, np.uint64, len(texts))
