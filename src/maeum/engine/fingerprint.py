"""Short hashes that tell whether work is continued on what it was begun with."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

WHOLE: Final = 64 * 2**20  # bytes up to which a file is hashed whole
END: Final = 16 * 2**20  # bytes of head and of tail that are hashed of larger ones
_CHUNK: Final = 2**20


def file_print(path: Path) -> str:
    """A hash of a file's size and content, of a huge one its head and tail; its name and dates play no part."""
    size = path.stat().st_size
    digest = hashlib.blake2b(str(size).encode(), digest_size=16)
    with path.open("rb") as file:
        for start, length in [(0, size)] if size <= WHOLE else [(0, END), (size - END, END)]:
            file.seek(start)
            left = length
            while left > 0 and (part := file.read(min(_CHUNK, left))):
                digest.update(part)
                left -= len(part)
    return digest.hexdigest()


def folder_print(folder: Path) -> str:
    """A hash of the names and the whole contents of all files below a folder."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            for part in iter(lambda file=file: file.read(_CHUNK), b""):  # type: ignore[misc]
                digest.update(part)
    return digest.hexdigest()
