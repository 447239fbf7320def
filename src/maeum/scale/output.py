"""The output folder of work in blocks: parts as they come, in a folder beside it until all of them are there.

`.NAME.part/` holds `plan.json` (what was begun), the parts, and `done.jsonl` (a line for each part that is whole). When
all are there, `manifest.json` is written and the folder gets its name.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from maeum.engine.journal import journal_folder, sync_folder
from maeum.errors import OutputError, UsageError
from maeum.messages import listing, say
from maeum.storage import writing_file
from maeum.version import __version__

PLAN: Final = "plan.json"
DONE: Final = "done.jsonl"
MANIFEST: Final = "manifest.json"
FORMAT: Final = 1


@dataclass(frozen=True)
class Record:
    """A part that is whole.

    Attributes:
        part: Its path below the output folder.
        rows: Rows in it.
        bytes: Its size.
        errors: Rows that could not be read.
        empty: Rows without text.
        cut: Texts that lost their end, being longer than the model sees.
        windowed: Texts that were read in overlapping parts.
    """

    part: str
    rows: int
    bytes: int
    errors: int = 0
    empty: int = 0
    cut: int = 0
    windowed: int = 0


class Output:
    """The parts of one output folder.

    Args:
        final: The folder's name when it is complete.
        prints: Name -> hash of all that decides about the parts; names have a sentence `predict.part_<name>`.
    """

    def __init__(self, final: Path, prints: Mapping[str, str]) -> None:
        self.final, self.folder, self.prints = final, journal_folder(final), dict(prints)

    def kept(self) -> dict[str, Record]:
        """Parts of an earlier attempt that are whole; a record that was cut off, or whose file is not, is passed over.

        Raises:
            UsageError: It was begun with another input, model or settings.
            OutputError: The folder is not one of maeum's.
        """
        if not self.begun:
            return {}
        found = self._plan()
        other = [name for name, value in self.prints.items() if found.get(name) != value]
        if other:
            parts = listing(say(f"predict.part_{name}") for name in other)
            raise UsageError("predict.resume_other", path=self.final, parts=parts, folder=self.folder)
        return {record.part: record for record in _read_records(self.folder / DONE) if self._whole(record)}

    @property
    def begun(self) -> bool:
        """Whether there is anything of an earlier attempt.

        Raises:
            OutputError: There is something else where it would lie.
        """
        inside = sorted(one.name for one in self.folder.iterdir()) if self.folder.is_dir() else []
        if inside and PLAN not in inside:
            raise OutputError("scale.part_not_ours", path=self.final, folder=self.folder, found=listing(inside, 3))
        return bool(inside)

    @property
    def whole(self) -> int:
        """How many parts an earlier attempt recorded."""
        return len({record.part for record in _read_records(self.folder / DONE)}) if self.begun else 0

    def begin(self, kept: Mapping[str, Record]) -> str:
        """Make the folder, with nothing recorded in it but the parts that are kept.

        Returns:
            The content of `plan.json`, which no other folder has: machines that see it see this folder.
        """
        if not kept and self.begun:
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        with writing_file(self.folder / PLAN) as part:
            attempt = {"format": FORMAT, "maeum": __version__, "prints": self.prints, "attempt": secrets.token_hex(8)}
            plan = json.dumps(attempt, indent=1) + "\n"
            part.write_text(plan, encoding="utf-8", newline="\n")
        with writing_file(self.folder / DONE) as part:
            part.write_text("".join(map(_line, kept.values())), encoding="utf-8")
        return plan

    def add(self, record: Record) -> None:
        """Record a part that is whole; its file is on the disk already."""
        with (self.folder / DONE).open("a", encoding="utf-8") as file:
            file.write(_line(record))
            file.flush()
            os.fsync(file.fileno())

    def finish(self, made: Iterable[tuple[Record, str, int]], about: Mapping[str, Any]) -> None:
        """Write the manifest, take everything else away, and give the folder its name.

        Args:
            made: Each part, with the file and the row (from 0) that it begins at.
            about: What else the manifest says.
        """
        parts = [{**asdict(record), "input": name, "start": start} for record, name, start in made]
        names = {part["part"] for part in parts}
        for file in [one for one in self.folder.rglob("*") if one.is_file()]:
            if file.relative_to(self.folder).as_posix() not in names:
                file.unlink()
        content = {"format": FORMAT, "maeum": __version__, **about, "parts": parts}
        with writing_file(self.folder / MANIFEST) as part:
            part.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            _sync(part)
        sync_folder(self.folder)
        _put(self.folder, self.final)

    def drop(self) -> None:
        """Remove all that is unfinished."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _plan(self) -> dict[str, Any]:
        try:
            found = json.loads((self.folder / PLAN).read_text(encoding="utf-8"))
            return dict(found["prints"]) if found["format"] == FORMAT else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _whole(self, record: Record) -> bool:
        path = self.folder / record.part
        return path.is_file() and path.stat().st_size == record.bytes


def write_part(folder: Path, part: str, frame: Any) -> int:
    """Write a frame as Parquet under a temporary name, and rename it; gives its size in bytes.

    Raises:
        OutputError: The place cannot be written, or the disk is full.
    """
    import pyarrow.parquet as pq

    path = folder / part
    with writing_file(path) as place:
        pq.write_table(frame.to_arrow(), place, compression="zstd")
        _sync(place)
        return place.stat().st_size


def _read_records(path: Path) -> Iterable[Record]:
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            yield Record(**json.loads(line))
        except (ValueError, TypeError):  # the last line of an interrupted attempt
            continue


def _line(record: Record) -> str:
    return json.dumps(asdict(record), ensure_ascii=False) + "\n"


def _put(folder: Path, final: Path) -> None:
    """Give a folder its name; one that has it stays until then."""
    if not final.exists():
        folder.rename(final)
        return
    old = final.with_name(f".{final.name[:80]}.{secrets.token_hex(4)}.old")
    final.rename(old)
    try:
        folder.rename(final)
    except OSError:
        old.rename(final)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
