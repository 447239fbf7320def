"""Checkpoints: written beside their place and moved there whole, checked by their hashes before they are used."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.errors import OutputError
from maeum.messages import say
from maeum.progress import tell
from maeum.storage import plain_errors

if TYPE_CHECKING:
    from maeum.training.gradient.trainer import GradientTrainer

FOLDER: Final = "checkpoints"
MARKER: Final = "complete.json"  # sizes and hashes of the other files; written last
STATE: Final = "state.json"
TRAINER: Final = "trainer_state.json"
KEPT: Final = 2
_PREFIX: Final = "update-"
_FULL: Final = ("no space left", "os error 28", "disk quota", "file too large", "pytorchstreamwriter failed")


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint that was found whole.

    Attributes:
        folder: Where it lies.
        state: What the trainer noted in it.
    """

    folder: Path
    state: Mapping[str, Any]


def name_at(step: int) -> str:
    """Name of the checkpoint after an update."""
    return f"{_PREFIX}{step:08d}"


def write(trainer: GradientTrainer, place: Path, state: Mapping[str, Any]) -> str:
    """Write a checkpoint after the present update; its name.

    Args:
        trainer: What is written: weights, optimizer, schedule, scaler, generators.
        place: Folder of all checkpoints; of several processes the first one's, which need not be the others'.
        state: What else is needed to go on.

    Raises:
        OutputError: The disk is full, or the folder cannot be written.
    """
    from safetensors.torch import save_model

    name = name_at(trainer.state.global_step)
    part, final = place / f".{name}.part", place / name
    generators = _generators(trainer)
    with _plain(place):
        if trainer.is_world_process_zero():
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            for file, content in generators.items():
                (part / file).write_bytes(content)
            save_model(trainer.module, str(part / "weights.safetensors"))
            trainer._save_optimizer_and_scheduler(str(part))
            trainer._save_scaler(str(part))
            trainer.state.save_to_json(str(part / TRAINER))
            (part / STATE).write_text(json.dumps(state), encoding="utf-8")
            files = {path.name: [path.stat().st_size, _hash(path)] for path in sorted(part.iterdir())}
            (part / MARKER).write_text(json.dumps(files), encoding="utf-8")
            shutil.rmtree(final, ignore_errors=True)
            os.replace(part, final)
        trainer.accelerator.wait_for_everyone()
    return name


def _generators(trainer: GradientTrainer) -> dict[str, bytes]:
    """The states of the random generators of all processes, as files by name."""
    with tempfile.TemporaryDirectory() as place:
        trainer._save_rng_state(place)
        own = {path.name: path.read_bytes() for path in Path(place).iterdir()}
    if trainer.args.world_size == 1:
        return own
    from torch import distributed

    of_all: list[Any] = [None] * trainer.args.world_size
    distributed.all_gather_object(of_all, own)
    return {name: content for one in of_all for name, content in one.items()}


def prune(place: Path, best: str | None) -> None:
    """Keep the newest two, and the best epochs they know of."""
    newest = _names(place)[:KEPT]
    kept = {*newest, best}
    for name in newest:
        with suppress(OSError, ValueError, AttributeError):  # a damaged one knows of none
            kept.add(json.loads((place / name / STATE).read_text(encoding="utf-8")).get("best_checkpoint"))
    for name in _names(place):
        if name not in kept:
            shutil.rmtree(place / name, ignore_errors=True)


def newest(place: Path) -> Checkpoint | None:
    """The newest checkpoint that is whole; which ones are damaged is told. None where there is none."""
    damaged: list[str] = []
    found: Checkpoint | None = None
    for name in _names(place):
        found = _read(place, name)
        if found is not None:
            break
        damaged.append(name)
    if damaged:
        names = ", ".join(damaged)
        if found is not None:
            tell(say("gradient.damaged", names=names, folder=place, used=found.folder.name))
        else:
            tell(say("gradient.all_damaged", names=names, folder=place))
    return found


def clear(place: Path) -> None:
    """Remove the checkpoints of a training that is begun anew, and what a kill left half written."""
    if place.is_dir():
        for path in place.iterdir():
            if path.name.startswith((_PREFIX, f".{_PREFIX}")):
                shutil.rmtree(path, ignore_errors=True)


def _read(place: Path, name: str) -> Checkpoint | None:
    """A checkpoint, when it and the best one that it knows of are whole."""
    if not _whole(place / name):
        return None
    try:
        state = json.loads((place / name / STATE).read_text(encoding="utf-8"))
        best = state["best_checkpoint"]
    except (OSError, ValueError, KeyError):
        return None
    if best is not None and best != name and not _whole(place / best):
        return None
    return Checkpoint(place / name, state)


def _whole(folder: Path) -> bool:
    try:
        files = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return {STATE, TRAINER} <= set(files) and all(
            (folder / name).stat().st_size == size and _hash(folder / name) == digest
            for name, (size, digest) in files.items()
        )
    except (OSError, ValueError, TypeError):
        return False


def _names(place: Path) -> list[str]:
    """Checkpoints, the newest first."""
    if not place.is_dir():
        return []
    return sorted((path.name for path in place.iterdir() if path.name.startswith(_PREFIX)), reverse=True)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _plain(place: Path) -> Iterator[None]:
    """Turn what libraries raise when the disk is full into the sentence that it is."""
    try:
        with plain_errors(place):
            yield
    except Exception as error:
        if not isinstance(error, OutputError) and any(words in str(error).lower() for words in _FULL):
            raise OutputError("gradient.disk_full", folder=place) from error
        if isinstance(error, OutputError) and error.key == "common.disk_full":
            raise OutputError("gradient.disk_full", folder=place) from error
        raise
