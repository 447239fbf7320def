"""What runs on the machines that train one model together: one process per share of every batch."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from maeum.errors import UserError
from maeum.messages import use_language
from maeum.progress import Silent, report_to
from maeum.recipe import Recipe
from maeum.scale.mailbox import Pen
from maeum.scale.storage import Storage
from maeum.scale.worker import Fault, fault_of, pack, unpack
from maeum.training import Trained, fit
from maeum.training.listeners import Row, Workspace
from maeum.version import __version__

CHECKPOINTS: Final = "checkpoints"  # of a place, as the trainer writes them
MODEL: Final = "model"
PREFIX: Final = "update-"


@dataclass(frozen=True)
class Job:
    """All that a process must know. References stand in lists, so that Ray hands them on as they are.

    Attributes:
        pen: To whom it tells what happens.
        given: What `fit` takes, put once: train, validation, teacher's answers.
        recipe: All settings.
        encoder: The files of the encoder that it starts from, where those are the caller's.
        storage: Where checkpoints and the model go; None: to the caller, through Ray.
        language: Of what is said.
        version: Of maeum, where the work was begun.
    """

    pen: Pen
    given: Sequence[Any]
    recipe: Recipe
    encoder: Sequence[Any] = ()
    storage: Storage | None = None
    language: str = "en"
    version: str = __version__


@dataclass(frozen=True)
class Beginning:
    """What the caller answers a process that begins.

    Attributes:
        end: Do nothing: the work is over.
        checkpoints: Without storage: name -> a reference to the files of those to go on from, in a list.
    """

    end: bool = False
    checkpoints: Mapping[str, Sequence[Any]] = field(default_factory=dict)


class Ended(Exception):  # noqa: N818
    """What went wrong is told; Ray needs only to know that something did."""


def work(job: Job) -> None:
    """Do one process' share of a training, within the process group that Ray has made.

    Raises:
        Ended: Something went wrong.
    """
    first = os.environ.get("RANK", "0") == "0"
    use_language(job.language)
    report_to(Teller(job.pen) if first else Silent())
    try:
        _check_version(job.version)
        begun: Beginning = job.pen.ask("begin", (first, _group() if first else None))
        if begun.end:
            return
        with TemporaryDirectory(prefix="maeum-train-", ignore_cleanup_errors=True) as place:
            _train(job, begun, Path(place), first=first)
    except Exception as error:  # whatever the trainer's libraries raise
        job.pen.tell("fault", fault_of(error))
        raise Ended from None


def _group() -> Any:
    """What Ray has set aside for all processes: the caller gives it back where it ends them."""
    import ray

    return ray.util.get_current_placement_group()


def _check_version(wanted: str) -> None:
    if wanted != __version__:
        raise UserError("scale.other_version", here=platform.node(), found=__version__, wanted=wanted)


def _train(job: Job, begun: Beginning, scratch: Path, *, first: bool) -> None:
    """Train, and hand the model back."""
    place = scratch / "work"
    place.mkdir()
    _fetch(job, begun, place / CHECKPOINTS)
    train, validation, soft = _value(job.given)
    recipe = job.recipe
    if job.encoder:
        unpack(_value(job.encoder), scratch / "encoder")
        recipe = started_from(recipe, str(scratch / "encoder"))
    keeper = Keeper(job.pen, job.storage, place / CHECKPOINTS) if first else None
    listeners = (Messenger(job.pen),) if first else ()
    workspace = Workspace(place, resume=True, listeners=listeners, keep=keeper)
    trained = fit(train, validation, recipe, workspace, soft)
    if first:
        _hand_back(job, trained, scratch / MODEL)


def _fetch(job: Job, begun: Beginning, place: Path) -> None:
    """Bring the checkpoints here, where there are some: the newest two, and the best one that they know of."""
    if job.storage is None:
        for name, files in begun.checkpoints.items():
            unpack(_value(files), place / name)
        return
    for name in job.storage.names():
        if name.startswith(PREFIX):
            job.storage.download(name, place / name)


def _hand_back(job: Job, trained: Trained, folder: Path) -> None:
    trained.model.save(folder)
    files = None
    if job.storage is None:
        files = pack(folder)
    else:
        job.storage.upload(folder, MODEL)
    job.pen.ask("done", (tuple(dict(row) for row in trained.history), files, _device()))


def _device() -> str:
    import torch

    return str(torch.cuda.get_device_name()) if torch.cuda.is_available() else "cpu"


def started_from(recipe: Recipe, checkpoint: str) -> Recipe:
    """The recipe with another place of its encoder."""
    return recipe.model_copy(update={"model": recipe.model.model_copy(update={"checkpoint": checkpoint})})


def _value(reference: Sequence[Any]) -> Any:
    import ray

    return ray.get(reference[0])


@dataclass(frozen=True)
class Keeper:
    """Brings each checkpoint out of the worker, and takes those away that the trainer has dropped.

    Attributes:
        pen: Whom to tell.
        storage: Where to; None: to the caller.
        place: Folder of the checkpoints here.
    """

    pen: Pen
    storage: Storage | None
    place: Path

    def __call__(self, name: str) -> None:
        """Keep a checkpoint; when this returns it is safe."""
        kept = sorted(path.name for path in self.place.iterdir() if path.name.startswith(PREFIX))
        if self.storage is None:
            self.pen.ask("keep", (name, pack(self.place / name), kept))
            return
        self.pen.ask("keeping", name)
        self.storage.upload(self.place / name, name)
        for other in self.storage.names():
            if other.startswith(PREFIX) and other not in kept:
                self.storage.remove(other)


@dataclass(frozen=True)
class Messenger:
    """Tells the caller what happens in training."""

    pen: Pen

    def begin(self, facts: Mapping[str, Any]) -> None:
        """Training begins; the caller may refuse its size."""
        fault = self.pen.ask("facts", dict(facts))
        if isinstance(fault, Fault):
            raise UserError("cluster.stopped", reason=fault.reason)

    def step(self, step: int, values: Mapping[str, float]) -> None:
        """After an update."""
        self.pen.tell("step", (step, {name: float(value) for name, value in values.items()}))

    def epoch(self, row: Row) -> None:
        """After an epoch."""
        self.pen.tell("epoch", dict(row))

    def end(self, report: Path | None = None) -> None:
        """The caller knows."""


class Teller(Silent):
    """Says what is to be said at the caller's."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def say(self, sentence: str) -> None:
        """Hand a sentence on."""
        self._pen.tell("say", sentence)
