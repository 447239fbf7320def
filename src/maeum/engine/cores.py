"""How many cores a process may really use: by its affinity and by the limits of its containers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path("/sys/fs/cgroup")
MEMBERSHIP: Final = Path("/proc/self/cgroup")
SHARE: Final = "MAEUM_CORES"


def cores() -> int:
    """Whole cores that the process may use, at least 1; `MAEUM_CORES` says of fewer that they are its share."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    share = os.environ.get(SHARE, "")
    shares = [int(share)] if share.isdigit() else []
    return max(1, min([found, *shares, *(int(limit) for limit in _limits(ROOT, MEMBERSHIP))]))


def _limits(root: Path, membership: Path) -> Iterator[float]:
    """Cores that each control group around the process allows, where it has a limit.

    Version 2 says "quota period" in microseconds in `cpu.max` ("max" for none), version 1 has a file for each, -1 for
    none. Inside a container its own group is seen at the root; outside one it is a folder below.
    """
    for folder in dict.fromkeys((root, *_groups(root, membership))):
        yield from _ratio(_words(folder / "cpu.max"))
    one = root / "cpu"
    yield from _ratio([*_words(one / "cpu.cfs_quota_us"), *_words(one / "cpu.cfs_period_us")])


def _groups(root: Path, membership: Path) -> Iterator[Path]:
    """Folders of the process' group and of those around it."""
    own = next((line[3:] for line in _lines(membership) if line.startswith("0::")), "/")
    parts = [part for part in own.split("/") if part not in ("", "..")]
    for depth in range(len(parts), 0, -1):
        yield root.joinpath(*parts[:depth])


def _ratio(words: list[str]) -> Iterator[float]:
    if len(words) == 2 and all(word.isdigit() and int(word) for word in words):
        yield int(words[0]) / int(words[1])


def _words(path: Path) -> list[str]:
    return " ".join(_lines(path)).split()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return []
