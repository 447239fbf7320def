"""Ray Train's TorchTrainer in an actor of its own: when that is ended, all of a training is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from maeum.scale.places import Share
from maeum.scale.training_worker import Job, work

LOSSES: Final = 3  # of workers, after which a training ends; nodes that say that they go are not counted
WAITS: Final = 3  # times that a training waits for room again
PATIENCE: Final = "150"  # seconds of each time; torch takes its time on busy machines
_DEAD: Final = ("ActorDiedError", "RayActorError", "ActorUnavailableError", "HealthCheckFailed", "actor died")
_LOOK: Final = {
    "RAY_CHDIR_TO_TRIAL_DIR": "0",
    "RAY_TRAIN_ENABLE_PRINT_PATCH": "0",
    "RAY_TRAIN_WORKER_GROUP_START_TIMEOUT_S": PATIENCE,
}


@dataclass(frozen=True)
class Outcome:
    """What became of a training.

    Attributes:
        reason: Why it ended early; empty where it did not.
        no_room: It ended because the cluster had no room for all workers.
        died: It ended because workers did, without a word of their own.
    """

    reason: str = ""
    no_room: bool = False
    died: bool = False


class Conductor:
    """A Ray actor."""

    def run(self, job: Job, share: Share, environment: Mapping[str, str]) -> Outcome:
        """Train, and begin again where workers are lost."""
        from tempfile import TemporaryDirectory

        from ray.train.torch import TorchConfig, TorchTrainer
        from ray.train.v2.api.config import FailureConfig, RunConfig, ScalingConfig
        from ray.train.v2.api.exceptions import TrainingFailedError

        scaling = ScalingConfig(
            num_workers=share.workers, use_gpu=bool(share.gpus), resources_per_worker=share.resources()
        )
        with TemporaryDirectory(prefix="maeum-ray-", ignore_cleanup_errors=True) as place:
            config: Any = RunConfig(
                name="training",
                storage_path=place,  # Ray Train's own notes; ours go their own way
                failure_config=FailureConfig(max_failures=LOSSES, controller_failure_limit=WAITS),
                worker_runtime_env={"env_vars": dict(environment)},
            )
            backend = TorchConfig("nccl" if share.gpus else "gloo")
            trainer = TorchTrainer(partial(work, job), torch_config=backend, scaling_config=scaling, run_config=config)
            try:
                trainer.fit()
            except TrainingFailedError as error:
                return outcome_of(error)
        return Outcome()


def conduct(
    ray: Any, options: Mapping[str, Any], job: Job, share: Share, environment: Mapping[str, str]
) -> tuple[Any, Any]:
    """Begin a training; its actor, and the reference to its outcome."""
    own = {name: value for name, value in os.environ.items() if name.startswith("RAY_TRAIN_")}
    actor = ray.remote(Conductor).options(**options, runtime_env={"env_vars": _LOOK | own}).remote()
    return actor, actor.run.remote(job, share, dict(environment))


def outcome_of(error: Exception) -> Outcome:
    """Why Ray Train gave up, in a line."""
    inner = getattr(error, "controller_failure", None)
    if inner is not None and type(inner).__name__ == "WorkerGroupStartupTimeoutError":
        return Outcome(_line(inner), no_room=True)
    failures = list((getattr(error, "worker_failures", None) or {}).values())
    dead = [one for one in failures if any(word in f"{type(one).__name__}: {one}" for word in _DEAD)]
    return Outcome(_line([*dead, *failures, error][0]), died=bool(dead))


def _line(error: BaseException) -> str:
    """The line that names the error, of a text that may hold whole tracebacks."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    named = [line for line in lines if "Error:" in line]
    return ([*named[-1:], *lines] or [type(error).__name__])[0][:300].rstrip(". ")
