"""Experiment trackers that follow a training: MLflow, Weights & Biases, TensorBoard."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from maeum.errors import MissingExtraError, UsageError
from maeum.messages import did_you_mean, listing
from maeum.training.listeners import Listener
from maeum.training.tracking.guarded import Guarded, Tracker

__all__ = ["TRACKERS", "Guarded", "Tracker", "trackers"]

TRACKERS: Final = ("mlflow", "wandb", "tensorboard")  # each is also the name of its library


def trackers(names: Sequence[str], run_name: str, folder: Path | None = None) -> list[Listener]:
    """Listeners that report to trackers; nothing is opened before `begin`.

    Args:
        names: Of `TRACKERS`; a name given twice counts once.
        run_name: Under which the training appears.
        folder: Where TensorBoard's files go, in a folder of the run's name; None: `runs/tensorboard`. MLflow and W&B
            keep to their own places and variables (`MLFLOW_TRACKING_URI`, `WANDB_DIR` …).

    Raises:
        UsageError: Unknown names, all at once.
        MissingExtraError: Libraries that are not installed, all at once.
    """
    wanted = list(dict.fromkeys(name.strip().lower() for name in names))
    unknown = [name for name in wanted if name not in TRACKERS]
    if unknown:
        near = did_you_mean(unknown[0], TRACKERS)
        raise UsageError("tracking.unknown", names=listing(unknown), near=near, known=listing(TRACKERS))
    missing = [name for name in wanted if find_spec(name) is None]
    if missing:
        raise MissingExtraError("common.extra_missing", module=listing(missing), extra="track")
    return [Guarded(_tracker(name, run_name, folder), run_name) for name in wanted]


def _tracker(name: str, run_name: str, folder: Path | None) -> Tracker:
    made: Tracker = import_module(f"maeum.training.tracking.{name}_tracker").tracker(run_name, folder)
    return made
