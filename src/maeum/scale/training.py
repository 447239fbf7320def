"""One model trained by many machines: Ray Train's TorchTrainer starts the one trainer in every process.

Each process has a share of every batch, and gradients are summed over all: N processes with batches of B learn what one
learns with batches of N · B. The first process tells the caller what happens. Its checkpoints come to the caller's
folder, or go to shared storage; after a loss all processes begin again from the last one.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from maeum.errors import MaeumError, UserError
from maeum.messages import language, say
from maeum.models import load
from maeum.models.family import families, family
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.scale.cluster import ClusterError, _reason
from maeum.scale.conductor import Outcome, conduct
from maeum.scale.mailbox import Letter, Mailbox, Pen
from maeum.scale.places import Share, machines
from maeum.scale.storage import Storage
from maeum.scale.training_worker import CHECKPOINTS, MODEL, PREFIX, Beginning, Job
from maeum.scale.worker import Fault, pack, unpack, variables
from maeum.schema import Dataset
from maeum.storage import writing_file, writing_folder
from maeum.training import Trained
from maeum.training.listeners import Row, Workspace
from maeum.training.soft_targets import SoftTargets

ELSEWHERE: Final = "elsewhere.json"  # beside the checkpoints: where they are, if not here
RESULT: Final = "trained"  # the model, in a place
MOST: Final = 4 * 2**30  # bytes of a checkpoint that comes through Ray to the caller
LONELY: Final = 30.0  # seconds until it is said that there is no room


class TrainingError(MaeumError):
    """A training ended for reasons of ours."""


@dataclass
class Crew:
    """Who trains, and where to.

    Attributes:
        ray: Connected.
        share: How many processes with how much each.
        storage: Storage that all machines share; None: through Ray.
        name: Of the training there.
        options: What to type to go on with an unfinished training there.
        bounded: Whether checkpoints that come through Ray may have `MOST` bytes only.
        device: What computed, once it did.
    """

    ray: Any
    share: Share
    storage: Storage | None = None
    name: str = ""
    options: str = ""
    bounded: bool = True
    device: str = ""
    _used: dict[str, Storage] = field(default_factory=dict)

    def fit(
        self,
        train: Dataset,
        validation: Dataset | None,
        recipe: Recipe,
        workspace: Workspace,
        soft: SoftTargets | None = None,
    ) -> Trained:
        """As `maeum.training.fit`, by all processes together.

        Raises:
            ClusterError: It cannot be carried out there, or workers were lost too often.
            UserError: As `maeum.training.fit`.
            TrainingError: It failed for other reasons.
        """
        assert workspace.folder is not None
        storage = self._storage(recipe, workspace)
        encoder = sent_encoder(recipe)
        given = [self.ray.put((train, validation, soft))]  # once, whatever the number of processes
        files = [self.ray.put(encoder)] if encoder else []
        mailbox = self.ray.remote(Mailbox).options(**beside(self.ray), max_concurrency=1000).remote()
        job = Job(Pen(mailbox), given, recipe, files, storage, language())
        follower = Follower(self.ray, mailbox, workspace, self.share, storage, bounded=self.bounded)
        history, model, self.device = follower.run(job)
        original = str(getattr(recipe.model, "checkpoint", ""))
        return Trained(_named(load(model), original) if files else load(model), history)

    @property
    def facts(self) -> dict[str, Any]:
        """What a run's `environment.json` tells of it."""
        share = self.share
        there = {"workers": share.workers, "cpus": share.cpus, "gpus": share.gpus}
        return {"device": self.device or "cpu", "cluster": there}

    def clean(self) -> None:
        """Remove what storage holds, once the run is written."""
        for storage in self._used.values():
            storage.remove()

    def _storage(self, recipe: Recipe, workspace: Workspace) -> Storage | None:
        """The storage of the training of one seed: the one that it was begun with, where it is resumed."""
        assert workspace.folder is not None
        note = workspace.folder / CHECKPOINTS / ELSEWHERE
        found = self.storage.below(f"{self.name}-{recipe.training.seed}") if self.storage is not None else None
        if workspace.resume and note.is_file():
            found = _noted(note)
        if found is not None:
            self._used[found.where] = found
        return found


def abandon(unfinished: Path) -> None:
    """Remove what storage holds of a training that nobody goes on with; where it cannot be, say where it stays.

    Args:
        unfinished: Folder of the training, which says where its checkpoints are, if not there.
    """
    for note in sorted(unfinished.rglob(ELSEWHERE)):
        storage = _noted(note)
        try:
            storage.remove()
        except UserError as error:
            tell(say("cluster.left", place=storage.where, reason=error))


def _noted(note: Path) -> Storage:
    return Storage(str(json.loads(note.read_text(encoding="utf-8"))["storage"]))


def check_family(recipe: Recipe) -> None:
    """Refuse what many machines cannot train together.

    Raises:
        UserError: The family does not learn by gradients; or there is a teacher, or several corpora.
    """
    chosen = family(recipe.model.family)
    if chosen.untrained is None:
        known = [name for name, one in families().items() if one.untrained is not None]
        raise UserError("cluster.not_by_gradients", family=chosen.name, known=", ".join(known))
    if recipe.teaching is not None:
        raise UserError("cluster.no_teacher")
    if getattr(recipe.data, "also", None):
        raise UserError("cluster.one_corpus")


def sent_encoder(recipe: Recipe) -> Mapping[str, Any]:
    """The files of the encoder that is fine-tuned, where only this machine may have them."""
    from maeum.models import trunks

    name = str(getattr(recipe.model, "checkpoint", None) or "")
    if not name or name in trunks():
        return {}
    from maeum.models.encoder.checkpoint import locate

    return pack(locate(name, weights=not getattr(recipe.model, "from_scratch", False)))


def beside(ray: Any) -> dict[str, Any]:
    """Options of an actor that needs nothing and stands on this machine, or on the head for a caller outside."""
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    here = ray.get_runtime_context().get_node_id()
    return {"num_cpus": 0, "scheduling_strategy": NodeAffinitySchedulingStrategy(here, soft=False)}


@dataclass
class Follower:
    """Follows a training from the caller's side, and keeps what comes back.

    Attributes:
        ray: Connected.
        mailbox: Where letters come.
        workspace: Of the caller: its folder, and who is told.
        share: How many processes with how much each.
        storage: Where checkpoints go; None: here.
        bounded: Whether checkpoints that come here may have `MOST` bytes only.
    """

    ray: Any
    mailbox: Any
    workspace: Workspace
    share: Share
    storage: Storage | None
    bounded: bool = True
    _begun: int = 0  # how often the first process began
    _step: int = 0
    _epoch: int = 0
    _told: bool = False  # that training begins
    _stop: UserError | None = None
    _faults: list[Fault] = field(default_factory=list)
    _group: Any = None
    _done: tuple[tuple[Row, ...], Path, str] | None = None
    _given: dict[str, list[Any]] = field(default_factory=dict)  # checkpoints that were put for Ray

    @property
    def place(self) -> Path:
        """Folder of the checkpoints here."""
        assert self.workspace.folder is not None
        return self.workspace.folder / CHECKPOINTS

    def run(self, job: Job) -> tuple[tuple[Row, ...], Path, str]:
        """Train; the history, the folder of the model, and what computed.

        Raises:
            UserError, TrainingError: As `Crew.fit`.
        """
        environment = variables(max(1, int(self.share.cpus)), language())
        if not self.share.gpus:
            environment["CUDA_VISIBLE_DEVICES"] = ""
        conductor, ended = conduct(self.ray, beside(self.ray), job, self.share, environment)
        try:
            outcome = self._follow(ended)
        except self.ray.exceptions.RayError as error:
            raise ClusterError("cluster.gone", reason=_reason(error), kept=self._kept()) from error
        finally:
            self._end(conductor)
        if self._stop is not None:
            raise self._stop
        if self._done is None:
            raise self._failure(outcome)
        return self._done

    def _follow(self, ended: Any) -> Outcome:
        """Hear all letters until the training is over."""
        heard = time.monotonic()
        while True:
            letters: Sequence[Letter] = self.ray.get(self.mailbox.take.remote())
            for letter in letters:
                answer = self._hear(letter)
                if letter.number is not None:
                    self.ray.get(self.mailbox.answer.remote(letter.number, answer))
            if letters:
                heard = time.monotonic()
            elif self.ray.wait([ended], timeout=0)[0]:
                outcome: Outcome = self.ray.get(ended)
                return outcome
            elif time.monotonic() - heard > LONELY:
                self._look()
                heard = time.monotonic()

    def _look(self) -> None:
        """Nothing is heard for long: say so where the cluster has no room, or has not begun."""
        small = sum(one.room(self.share.cpus, self.share.gpus) for one in machines(self.ray)) < self.share.workers
        if small or not self._begun:
            tell(say("cluster.waiting", asked=self.share.words()))

    def _hear(self, letter: Letter) -> Any:
        heard = getattr(self, f"_hear_{letter.kind}")
        return heard(letter.content)

    def _hear_say(self, sentence: str) -> None:
        if self._begun <= 1:  # later attempts say the same again
            tell(sentence)

    def _hear_begin(self, told: tuple[bool, Any]) -> Beginning:
        """A process begins; the first one counts, and says what is set aside for all."""
        first, group = told
        if first:
            self._begun += 1
            self._group = group
            self._faults.clear()
        if self._stop is not None or self._done is not None:
            return Beginning(end=True)
        if first and self._begun > 1:
            tell(say("cluster.again", step=self._newest()))
        return Beginning(checkpoints=self._checkpoints() if self.storage is None else {})

    def _hear_facts(self, facts: Mapping[str, Any]) -> Fault | None:
        """Training begins: see that what it leaves can come back."""
        size = 4 * int(facts["parameters"]) + 8 * int(facts["trainable"])  # weights, and two moments of AdamW
        if self.bounded and self.storage is None and size > MOST:
            self._stop = ClusterError("cluster.storage_needed", size=size / 2**30, most=MOST / 2**30)
            return Fault(str(self._stop), user=True)
        if not self._told:
            self._told = True
            self.workspace.begin(facts)
        return None

    def _hear_step(self, told: tuple[int, Mapping[str, float]]) -> None:
        if told[0] > self._step:  # after a loss some come again
            self._step = told[0]
            self.workspace.step(*told)

    def _hear_epoch(self, row: Row) -> None:
        if int(row["epoch"] or 0) > self._epoch:
            self._epoch = int(row["epoch"] or 0)
            self.workspace.epoch(row)

    def _hear_keeping(self, name: str) -> None:  # noqa: ARG002
        """Checkpoints go to storage: note where, before the first is there."""
        assert self.storage is not None
        note = json.dumps({"storage": self.storage.where})
        with writing_file(self.place / ELSEWHERE) as part:
            part.write_text(note, encoding="utf-8")

    def _hear_keep(self, kept: tuple[str, Mapping[str, Any], Sequence[str]]) -> None:
        """A checkpoint, and the names of those that the trainer still has."""
        name, files, names = kept
        if (self.place / name).is_dir():  # of an attempt before
            shutil.rmtree(self.place / name)
        with writing_folder(self.place / name) as part:
            unpack(files, part)
        for path in self.place.iterdir():
            if path.name.startswith(PREFIX) and path.name not in names:
                shutil.rmtree(path, ignore_errors=True)
                self._given.pop(path.name, None)

    def _hear_fault(self, fault: Fault) -> None:
        self._faults.append(fault)
        if fault.user and self._stop is None:
            self._stop = ClusterError("cluster.stopped", reason=fault.reason)

    def _hear_done(self, found: tuple[tuple[Row, ...], Mapping[str, Any] | None, str]) -> None:
        """The end: history and model."""
        history, files, device = found
        assert self.workspace.folder is not None
        folder = self.workspace.folder / RESULT
        shutil.rmtree(folder, ignore_errors=True)
        if files is None:
            assert self.storage is not None
            self.storage.download(MODEL, folder)
        else:
            with writing_folder(folder) as part:
                unpack(files, part)
        self._done = (history, folder, device)

    def _checkpoints(self) -> dict[str, list[Any]]:
        """The checkpoints here, put once for all processes."""
        names = [path.name for path in self.place.iterdir()] if self.place.is_dir() else []
        for name in names:
            if name.startswith(PREFIX) and name not in self._given:
                self._given[name] = [self.ray.put(pack(self.place / name))]
        return dict(self._given)

    def _newest(self) -> int:
        """The update that training goes on after."""
        if self.storage is not None:
            names = self.storage.names()
        else:
            names = [path.name for path in self.place.iterdir()] if self.place.is_dir() else []
        return max((int(name.removeprefix(PREFIX)) for name in names if name.startswith(PREFIX)), default=0)

    def _kept(self) -> str:
        """Where the last checkpoint is, in a sentence; nothing where there is none."""
        try:
            step = self._newest()
        except UserError:  # the storage is out of reach, too
            step = 0
        if not step:
            return say("cluster.kept_none")
        return say("cluster.kept", step=step, place=self.storage.where if self.storage is not None else self.place)

    def _failure(self, outcome: Outcome) -> MaeumError:
        said = None if outcome.died else next((fault.reason for fault in self._faults), None)
        reason = said or outcome.reason
        if outcome.no_room:
            return ClusterError("cluster.no_room", asked=self.share.words(), kept=self._kept())
        values = {"reason": reason, "kept": self._kept()}
        if not self._begun:
            return ClusterError("cluster.not_begun", **values)
        if said:  # a process said what went wrong before it ended
            return TrainingError("cluster.failed", **values)
        return ClusterError("cluster.lost", **values)

    def _end(self, conductor: Any) -> None:
        """End all processes; what is set aside for them Ray alone would keep where its dashboard is off."""
        for actor in (conductor, self.mailbox):
            with suppress(Exception):  # the cluster may be gone
                self.ray.kill(actor)
            # Sessions give actors the same numbers: a handle of this one, dropped in the next (`ActorHandle.__del__`),
            # would be counted off an actor there, which ends with its last handle
            with suppress(AttributeError):
                actor._ray_weak_ref = True
        if self._group is not None:
            with suppress(Exception):  # as above
                self.ray.util.remove_placement_group(self._group)


def _named(model: Any, checkpoint: str) -> Any:
    """The model with the name that the caller knows its encoder by."""
    settings = model.settings
    if not hasattr(settings, "checkpoint"):
        return model
    card = {**model.card, "checkpoint": checkpoint}
    return replace(model, settings=settings.model_copy(update={"checkpoint": checkpoint}), card=card)


__all__ = ["Crew", "TrainingError", "check_family"]
