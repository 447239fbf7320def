"""The journal of a search: one line for each thing that happened, so that an interrupted one goes on where it was.

Ray Tune's own snapshots are pickles, and some seconds behind. From the journal a search is gone through again without
training: the sampler is asked and told the same things in the same order, and so draws on as if nothing had happened.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

BEGIN: Final = "begin"
EPOCH: Final = "epoch"
END: Final = "end"


class Journal:
    """A file of events.

    Args:
        path: The file; its folder exists.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, event: str, trial: int, **values: Any) -> None:
        """Note an event, so that it outlives the process."""
        line = json.dumps({"event": event, "trial": trial, **values}, ensure_ascii=False, default=str)
        with self._path.open("a", encoding="utf-8", newline="\n") as out:
            out.write(line + "\n")
            out.flush()
            os.fsync(out.fileno())

    def mend(self) -> None:
        """Take away what a kill left half written at the end, so that the next line begins as one."""
        if not self._path.is_file():
            return
        whole = self._path.read_bytes()
        kept = whole[: whole.rfind(b"\n") + 1]
        if kept != whole:
            self._path.write_bytes(kept)

    def events(self) -> Iterator[Mapping[str, Any]]:
        """All events that are whole, in their order."""
        if not self._path.is_file():
            return
        for line in self._path.read_text(encoding="utf-8").splitlines():
            try:
                found = json.loads(line)
            except ValueError:
                return
            if not isinstance(found, dict) or not {"event", "trial"} <= set(found):
                return
            yield found
