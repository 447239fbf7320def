"""The process of a trial, in the form that Ray Tune knows; it is used again for the next trial."""

from __future__ import annotations

import math
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ray import tune

from maeum.errors import UserError
from maeum.scale.tuning.attempt import Attempt, Order, Work
from maeum.scale.worker import variables

TRIAL: Final = "trial"  # in a configuration, beside the settings by their names
HALVED: Final = "halved"
KEPT: Final = "kept"  # folder in a checkpoint of Tune's
OWN: Final = (TRIAL, HALVED)


class TrialProcess(tune.Trainable):
    """A process that carries out one trial after another."""

    _attempt: Attempt | None
    _keep: Path | None
    _last: Mapping[str, Any]

    def setup(self, config: dict[str, Any], work: Work | None = None, around: Mapping[str, Any] | None = None) -> None:
        """Begin.

        Args:
            config: Number and settings of the trial.
            work: What trials do.
            around: `cores`, `language`, `folder` (to work in), `keep` (whether checkpoints are needed).
        """
        assert work is not None and around is not None
        self._work, self._around = work, around
        os.environ.update(variables(int(around["cores"]), str(around["language"])))
        if not around["offline"]:
            os.environ.pop("MAEUM_OFFLINE", None)
        self._begin(config)

    def reset_config(self, new_config: dict[str, Any]) -> bool:
        """Leave the present trial and begin another."""
        self._leave()
        self._begin(new_config)
        return True

    def step(self) -> dict[str, Any]:
        """Train for an epoch, or to the end of the trial."""
        if self._attempt is None:
            order = Order(self._number, self._settings, self._halved, self._place(), self._restored_weights)
            self._attempt = Attempt(self._work, order, described)
        rows, record = self._attempt.advance(end=self._ending)
        told = [{**row, "score": self._work.score(row)} for row in rows]
        last = told[-1] if told else self._last
        self._last = last
        score = last.get("score")
        if record is not None and record.get("score") is not None:
            score = record["score"]
        return {
            "trial": self._number,
            "epoch": int(last.get("epoch") or 0),
            "score": math.nan if score is None else float(score),
            "rows": told,
            "record": record,
            "done": record is not None,
        }

    def end_early(self) -> None:
        """End with the epoch that is over; the best one is kept."""
        self._ending = True

    def save_checkpoint(self, checkpoint_dir: str) -> None:
        """Give away the weights of the epoch that is over."""
        assert self._keep is not None
        shutil.copytree(self._keep, Path(checkpoint_dir) / KEPT, dirs_exist_ok=True)

    def load_checkpoint(self, checkpoint: Any) -> None:
        """Go on from weights, which may be another trial's."""
        place = self._place()
        assert place is not None
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(Path(str(checkpoint)) / KEPT, place)
        self._restored_weights = True

    def cleanup(self) -> None:
        """The process ends."""
        self._leave()

    def _begin(self, config: Mapping[str, Any]) -> None:
        folder = str(self._around["folder"])
        if Path(folder).is_dir():
            os.chdir(folder)  # Tune has changed it, and settings may hold relative paths
        torch = sys.modules.get("torch")
        if torch is not None:
            torch.set_num_threads(int(self._around["cores"]))
        self._number = int(config[TRIAL])
        self._halved = bool(config.get(HALVED))
        self._settings = {name: value for name, value in config.items() if name not in OWN}
        self._attempt = self._keep = None
        self._ending = self._restored_weights = False
        self._last = {}

    def _place(self) -> Path | None:
        """Folder for checkpoints, where other trials may want them."""
        if self._around["keep"] and self._keep is None:
            self._keep = Path(tempfile.mkdtemp(prefix="maeum-trial-"))
        return self._keep

    def _leave(self) -> None:
        if self._attempt is not None:
            self._attempt.abandon()
            self._attempt = None
        if self._keep is not None:
            shutil.rmtree(self._keep, ignore_errors=True)
            self._keep = None


def described(error: BaseException) -> str:
    """An error in words."""
    if isinstance(error, UserError):
        return str(error)
    name, text = type(error).__name__, " ".join(str(error).split())
    return f"{name}: {text}"[:500] if text else name
