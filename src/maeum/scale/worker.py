"""What runs on the machines: one process per group of cores, which loads the model once and answers block by block."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from maeum.data.files.table import Table
from maeum.engine import Answered, folder_print
from maeum.engine.cores import SHARE
from maeum.errors import OutputError, UserError
from maeum.scale.blocks import Block, read_block
from maeum.scale.output import PLAN, Record, write_part
from maeum.version import __version__

Answer = Callable[[Table], Answered]
Begin = Callable[[Path], Answer]
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS")


@dataclass(frozen=True)
class Fault:
    """Why a block, or a worker, came to nothing.

    Attributes:
        reason: In words.
        user: Whether the user can mend it.
        stop: Whether every other block would meet it too.
    """

    reason: str
    user: bool
    stop: bool = False


@dataclass(frozen=True)
class Work:
    """All that a worker must know.

    Attributes:
        begin: Gives what answers a table, from the model's folder; found by its name on the other machine.
        model: Hash of the model's folder.
        out: Folder that the parts are written to.
        plan: What `plan.json` in it says.
        cores: Cores that a worker uses.
        version: Of maeum, where the work was begun.
    """

    begin: Begin
    model: str
    out: Path
    plan: str
    cores: int
    version: str = __version__


class Worker:
    """A process on one of the machines. It raises nothing: errors of ours would not survive the way back."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._answer: Answer | None = None

    def start(self, files: Mapping[str, Any]) -> Fault | None:
        """Unpack and load the model.

        Args:
            files: Path below the model's folder -> content, as uint8 array.
        """
        work = self._work
        if work.version != __version__:
            return _said("scale.other_version", here=platform.node(), found=__version__, wanted=work.version)
        if not _same_folder(work):
            return _said("scale.not_shared", here=platform.node(), folder=work.out)
        try:
            # taken away at once, since a machine that is lost takes nothing away; a loaded model needs it no more
            with TemporaryDirectory(prefix="maeum-model-", ignore_cleanup_errors=True) as place:
                folder = Path(place) / "model"
                unpack(files, folder)
                if folder_print(folder) != work.model:
                    return _said("scale.model_differs", here=platform.node())
                self._answer = work.begin(folder)
            _use_cores(work.cores)
        except Exception as error:  # whatever the model's library raises
            return fault_of(error)
        return None

    def answer(self, block: Block) -> Record | Fault:
        """Answer a block and write its part."""
        assert self._answer is not None
        try:
            done = self._answer(read_block(block))
            size = write_part(self._work.out, block.part, done.frame)
        except Exception as error:  # as above
            return fault_of(error)
        errors, long = len(list(done.problems)), done.long
        return Record(block.part, done.frame.height, size, errors, done.empty, long.cut, long.windowed)


def pack(folder: Path) -> dict[str, Any]:
    """All files of a folder as arrays, which Ray hands on without copies."""
    import numpy as np

    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): np.frombuffer(path.read_bytes(), np.uint8) for path in files}


def unpack(files: Mapping[str, Any], folder: Path) -> None:
    """Write what `pack` gave."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.tobytes())


def fault_of(error: Exception) -> Fault:
    """An error in words."""
    if isinstance(error, UserError):
        return Fault(str(error), user=True, stop=isinstance(error, OutputError))
    return Fault(f"{type(error).__name__}: {error}"[:500], user=False)


def variables(cores: int, language: str) -> dict[str, str]:
    """Environment of a worker: libraries look at it before any of our code runs there."""
    return dict.fromkeys((*THREADS, SHARE), str(cores)) | {"MAEUM_LANG": language, "MAEUM_OFFLINE": "1"}


def _same_folder(work: Work) -> bool:
    """Whether the output folder is the same one here."""
    try:
        return (work.out / PLAN).read_text(encoding="utf-8") == work.plan
    except OSError:
        return False


def _use_cores(cores: int) -> None:
    """Hold torch to its share, where the model has loaded it: it may count the cores of the whole machine."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(cores)


def _said(key: str, **values: Any) -> Fault:
    return Fault(str(UserError(key, **values)), user=True, stop=True)
