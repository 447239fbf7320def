"""How far work has come, kept beside its result until that is complete.

`.NAME.part/` holds what is written so far and `checkpoint.json`. A checkpoint is written only after the disk holds what
it speaks of, and it replaces the one before it in one step; what lies behind it counts for nothing.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

CHECKPOINT: Final = "checkpoint.json"
FORMAT: Final = 1


@dataclass(frozen=True)
class Mark:
    """A place in the work from which it can go on.

    Attributes:
        rows: Rows that are done.
        place: How much of the output they are, as its sink counts: bytes or parts.
        tally: Counts over these rows.
    """

    rows: int = 0
    place: int = 0
    tally: Mapping[str, Any] = field(default_factory=dict)


def journal_folder(final: Path) -> Path:
    """Where the unfinished result of `final` lies: `out.csv` -> `.out.csv.part`."""
    return final.with_name(f".{final.name[:80]}.part")


class Journal:
    """The journal of one result.

    Attributes:
        folder: Where it lies.
        prints: Name -> hash of everything that decides about the output.
    """

    def __init__(self, final: Path, prints: Mapping[str, str]) -> None:
        self.folder = journal_folder(final)
        self.prints = dict(prints)

    def read(self) -> tuple[Mark, list[str]] | None:
        """The last checkpoint and the names of prints that differ from ours; None where there is no usable one."""
        try:
            found = json.loads((self.folder / CHECKPOINT).read_text(encoding="utf-8"))
            if found["format"] != FORMAT:
                return None
            mark = Mark(int(found["rows"]), int(found["place"]), dict(found["tally"]))
            prints = dict(found["prints"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return mark, [name for name, value in self.prints.items() if prints.get(name) != value]

    def begin(self) -> None:
        """An empty folder."""
        self.drop()
        self.folder.mkdir()

    def write(self, mark: Mark) -> None:
        """Make `mark` the checkpoint; the disk must hold the output up to it already."""
        content = {"format": FORMAT, "prints": self.prints, "rows": mark.rows, "place": mark.place, "tally": mark.tally}
        part = self.folder / f"{CHECKPOINT}.new"
        with part.open("wb") as file:
            file.write(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"))
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.folder / CHECKPOINT)
        sync_folder(self.folder)

    def drop(self) -> None:
        """Remove all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Have the disk hold the names in a folder too, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
