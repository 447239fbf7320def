"""A search on Ray Tune: a course of trials, each in a process that is used again for the next."""

from __future__ import annotations

import os
import re
import shutil
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ray import tune
from ray.tune.search import BasicVariantGenerator, Searcher

from maeum.messages import language, say
from maeum.models.space import Space
from maeum.scale.cluster import ClusterError
from maeum.scale.tuning.attempt import Work
from maeum.scale.tuning.course import FAILED, LOST, Course
from maeum.scale.tuning.schedulers import Halving, Population, end_early
from maeum.scale.tuning.trainable import HALVED, TRIAL, TrialProcess

ATTEMPTS: Final = 3  # of Tune's loop, which a machine that goes at the wrong moment can end
GLANCE: Final = 1.0  # seconds between looks at the machines
FOLDER: Final = ".tune"  # what Tune writes, until the search is over
_NEVER: Final = str(10**9)
_QUIET: Final = {
    "TUNE_DISABLE_AUTO_CALLBACK_LOGGERS": "1",
    "TUNE_GLOBAL_CHECKPOINT_S": _NEVER,  # the journal is what a search goes on from
    "TUNE_DISABLE_SIGINT_HANDLER": "1",
    "TUNE_DISABLE_STRICT_METRIC_CHECKING": "1",
    "RAY_AIR_NEW_OUTPUT": "0",  # which prints even where it is told not to
    "TUNE_PRINT_ALL_TRIAL_ERRORS": "0",
    "TUNE_MAX_PENDING_TRIALS_PG": "1",
    "TUNE_RESULT_BUFFER_LENGTH": "1",
    "TUNE_WARN_INSUFFICENT_RESOURCE_THRESHOLD_S": _NEVER,
}
_MEMORY: Final = ("low on memory", "oom killer", "out of memory", "outofmemory")
_NODE: Final = ("node has died", "node was terminated", "node died", "unexpected termination of node")


@dataclass(frozen=True)
class How:
    """How a search is carried out.

    Attributes:
        space: The domains.
        scheduler: `none`, `asha` or `pbt`.
        mode: `max` or `min`: which scores are good.
        longest: Epochs of the longest trial.
        cpus: Cores of each trial, also a part of one.
        gpus: GPUs of each trial, also a part of one.
        storage: Where checkpoints of a population go on several machines; None: below `folder`.
        folder: Of the search.
    """

    space: Space
    scheduler: str
    mode: str
    longest: int
    cpus: float
    gpus: float
    storage: str | None
    folder: Path


def carry_out(ray: Any, course: Course, how: How, work: Work, *, lasting: bool = False) -> None:
    """Go through the trials that are left.

    Args:
        ray: Connected.
        course: Of trials.
        how: It is carried out.
        work: What trials do.
        lasting: Whether Ray goes on afterwards, so that an interrupt must take the processes of the trials away.

    Raises:
        ClusterError: No machine has room for a trial.
        KeyboardInterrupt: It was interrupted; the journal knows of what has ended.
    """
    if room(ray, how.cpus, how.gpus) < 1:
        raise ClusterError("tune.no_room", cpus=f"{how.cpus:g}", gpus=f"{how.gpus:g}", found=_machines(ray))
    around = {
        "cores": max(1, int(how.cpus)),
        "language": language(),
        "offline": os.environ.get("MAEUM_OFFLINE", ""),
        "folder": os.getcwd(),  # noqa: PTH109  (as a text)
        "keep": how.scheduler == "pbt",
    }
    process = tune.with_parameters(TrialProcess, work=work, around=around)
    process = tune.with_resources(process, {"cpu": how.cpus, "gpu": how.gpus})
    with _quiet(), _tunes_own(how) as place:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with _ending_well(lasting=lasting):
                    _fit(course, how, process, place)
            except Exception:  # Tune's loop ends in many ways when a machine goes; the last one is raised
                if attempt == ATTEMPTS:
                    raise
                course.collect()
            else:
                return


def room(ray: Any, cpus: float, gpus: float) -> int:
    """How many trials the machines that are there now have room for."""
    return sum(_room_of(node["Resources"], cpus, gpus) for node in ray.nodes() if node["Alive"])


class Glance:
    """How many trials may run at once, looked up not more often than needed.

    Args:
        ray: Connected.
        cpus: Cores of each trial.
        gpus: GPUs of each trial.
        most: Not more than this; None: as many as there is room for.
    """

    def __init__(self, ray: Any, cpus: float, gpus: float, most: int | None) -> None:
        self._ray, self._cpus, self._gpus, self._most = ray, cpus, gpus, most
        self._at, self._found = float("-inf"), 1

    def __call__(self) -> int:
        """The number, of now."""
        now = time.monotonic()
        if now - self._at >= GLANCE:
            self._at, self._found = now, room(self._ray, self._cpus, self._gpus)
        return self._found if self._most is None else min(self._found, self._most)


class Asked(Searcher):
    """Gives Tune the trials of a course."""

    def __init__(self, course: Course, mode: str) -> None:
        super().__init__(metric="score", mode=mode)
        self._course = course

    def suggest(self, trial_id: str) -> Any:  # noqa: ARG002
        """The configuration of the next trial."""
        trial = self._course.next()
        if trial is None:
            return Searcher.FINISHED if self._course.exhausted else None
        return {TRIAL: trial.number, **trial.settings, **({HALVED: True} if trial.halved else {})}

    def on_trial_complete(self, trial_id: str, result: Any = None, error: bool = False) -> None:
        """The course is told by `Told`, in the order of its journal."""

    def save(self, checkpoint_path: str) -> None:
        """Nothing: there is the journal."""
        Path(checkpoint_path).touch()

    def restore(self, checkpoint_path: str) -> None:
        """Nothing."""


class Told(tune.Callback):
    """Tells the course what happens in Tune."""

    def __init__(self, course: Course) -> None:
        self._course = course

    def on_trial_result(self, iteration: int, trials: Any, trial: Any, result: Any, **_: Any) -> None:  # noqa: ARG002
        """An epoch, or the end."""
        number = int(result[TRIAL])
        settings = {name: value for name, value in trial.config.items() if name not in (TRIAL, HALVED)}
        self._course.epoch(number, result["rows"], settings)
        if result["record"]:
            self._course.end(number, result["record"])
        elif self._course.over:
            end_early(trial)

    def on_trial_recover(self, iteration: int, trials: list[Any], trial: Any, **_: Any) -> None:  # noqa: ARG002
        """Its process or machine was lost, and it begins again; with half the batch, where memory ran out."""
        memory = _out_of_memory(trial)
        if memory:
            trial.set_config({**trial.config, HALVED: True})
            trial.max_failures = trial.run_metadata.num_failures  # once is enough
        self._course.lose(int(trial.config[TRIAL]), memory=memory)

    def on_trial_error(self, iteration: int, trials: list[Any], trial: Any, **_: Any) -> None:  # noqa: ARG002
        """It was lost too often."""
        number = int(trial.config[TRIAL])
        found, last = self._course.trials[number], _last_error(trial)
        reason = say("tune.reason_memory") if _out_of_memory(trial) else say("tune.reason_lost", reason=last)
        record = {"status": FAILED, "score": None, "reason": reason, "settings": found.settings}
        self._course.end(number, {**record, "epochs": found.epochs})

    def get_state(self) -> None:
        """Nothing: there is the journal."""


def _fit(course: Course, how: How, process: Any, place: str) -> None:
    scheduler: Any = None
    search: Any = Asked(course, how.mode)
    space: dict[str, Any] = {}
    samples = -1
    if how.scheduler == "asha":
        scheduler = Halving(how.longest, how.mode)
        scheduler.replay(course)
    elif how.scheduler == "pbt":
        numbers = []
        while (trial := course.next()) is not None:
            numbers.append(trial.number)
        if not numbers:
            return
        scheduler = Population(how.space, course, how.mode)
        search, space, samples = BasicVariantGenerator(), {TRIAL: tune.grid_search(numbers)}, 1
    tuner = tune.Tuner(
        process,
        param_space=space,
        tune_config=tune.TuneConfig(
            search_alg=search,
            scheduler=scheduler,
            num_samples=samples,
            reuse_actors=True,
            trial_dirname_creator=str,
        ),
        run_config=tune.RunConfig(
            name="search",
            storage_path=place,
            failure_config=tune.FailureConfig(max_failures=LOST),
            # Tune would also save at the end of each trial, which keeps a run instead
            checkpoint_config=tune.CheckpointConfig(checkpoint_at_end=False),
            callbacks=[Told(course)],
            verbose=0,
        ),
    )
    tuner.fit()


def _room_of(resources: Mapping[str, float], cpus: float, gpus: float) -> int:
    found = [float(resources.get(name, 0)) / need for name, need in (("CPU", cpus), ("GPU", gpus)) if need]
    return int(min(found) + 1e-9)


def _machines(ray: Any) -> str:
    """What the machines have, for a person."""
    nodes = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    return "; ".join(f"{one.get('CPU', 0):g} CPU, {one.get('GPU', 0):g} GPU" for one in nodes) or "–"


def _failure(trial: Any) -> str:
    """What Tune noted of the last failure of a trial."""
    try:
        told = Path(trial.error_file).read_text(encoding="utf-8", errors="replace")
    except (OSError, TypeError):
        return ""
    return told.rpartition("Failure # ")[2].partition("\n")[2]


def _last_error(trial: Any) -> str:
    """The line that names the error."""
    lines = [line.strip() for line in _failure(trial).splitlines() if line.strip()]
    named = [line for line in lines if re.match(r"[\w.]*(Error|Exception)\b", line)]
    return (named or lines or ["–"])[-1][:300]


def _out_of_memory(trial: Any) -> bool:
    """Whether the last failure of a trial was a lack of memory: a process that ends without a word mostly lacked it."""
    last = _failure(trial).lower()
    return any(words in last for words in _MEMORY) and not any(words in last for words in _NODE)


@contextmanager
def _tunes_own(how: How) -> Iterator[str]:
    """Where Tune writes; taken away afterwards."""
    own = how.folder.absolute() / FOLDER
    try:
        yield how.storage or str(own)
    finally:
        shutil.rmtree(own, ignore_errors=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Tune without tables, loggers, snapshots and handlers of its own; the environment stays as it was."""
    before = {name: os.environ.get(name) for name in _QUIET}
    os.environ.update(_QUIET)
    try:
        yield
    finally:
        for name, kept in before.items():
            if kept is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = kept


@contextmanager
def _ending_well(*, lasting: bool) -> Iterator[None]:
    """Have Tune take its processes away at the first Ctrl-C where Ray lasts; at the second all ends at once.

    Tune listens to SIGUSR1 too; its own listening to SIGINT would go on after the search.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed.
    """
    usual: Any = getattr(signal, "SIGUSR1", None)
    if not lasting or usual is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    before, other = signal.getsignal(signal.SIGINT), signal.getsignal(usual)
    asked: list[int] = []

    def ask(number: int, _frame: Any) -> None:
        asked.append(number)
        if len(asked) > 1 or not callable(signal.getsignal(usual)):
            raise KeyboardInterrupt
        signal.raise_signal(usual)

    signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(usual, other)
    if asked:
        raise KeyboardInterrupt
