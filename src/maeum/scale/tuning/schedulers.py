"""Who decides during training which trials go on: successive halving, or a population that learns from its best."""

from __future__ import annotations

import random
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Final

from ray.tune.schedulers import ASHAScheduler, PopulationBasedTraining
from ray.tune.schedulers.trial_scheduler import TrialScheduler

from maeum.models.space import Choice, Domain, Range, Space
from maeum.scale.tuning.course import Course
from maeum.scale.tuning.sources import MOVING
from maeum.scale.tuning.trainable import OWN, TRIAL

FACTOR: Final = 3  # of so many trials at a rung one goes on


class Halving(ASHAScheduler):
    """Asynchronous successive halving (Li et al. 2018): rungs at epochs 1, 3, 9 …; the best third goes on.

    Tune would end the process of a trial at once. Here the trial is told to end, so that it keeps its best epoch.

    Args:
        longest: Epochs of the longest trial.
        mode: `max` or `min`.
    """

    def __init__(self, longest: int, mode: str) -> None:
        super().__init__(
            time_attr="epoch",
            metric="score",
            mode=mode,
            max_t=max(longest, 1),
            grace_period=1,
            reduction_factor=FACTOR,
            stop_last_trials=False,
        )

    def set_search_properties(self, metric: str | None, mode: str | None, **spec: Any) -> bool:  # noqa: ARG002
        """They are set."""
        return True

    def on_trial_result(self, tune_controller: Any, trial: Any, result: dict[str, Any]) -> str:
        """Decide, and tell the trial."""
        decision = str(super().on_trial_result(tune_controller, trial, result))
        if decision == TrialScheduler.STOP and not result.get("done"):
            end_early(trial)
            return str(TrialScheduler.CONTINUE)
        return decision

    def replay(self, course: Course) -> None:
        """Know what earlier trials reached, in a search that goes on."""
        sign = 1.0 if self._mode == "max" else -1.0
        for trial in course.trials.values():
            if trial.status == "running":
                continue
            for row in trial.rows:
                if row.get("score") is not None:
                    known: Any = SimpleNamespace(trial_id=f"before-{trial.number}")
                    self._brackets[0].on_result(known, row["epoch"], sign * float(row["score"]))


class Population(PopulationBasedTraining):
    """Population based training (Jaderberg et al. 2017).

    After each epoch the worst quarter copies weights and settings of the best, and changes some of them.

    Args:
        space: The domains.
        course: Gives the trials.
        mode: `max` or `min`.
    """

    def __init__(self, space: Space, course: Course, mode: str) -> None:
        self._space, self._course = space, course
        mutations: dict[str, Any] = {name: _mutation(space[name]) for name in moving(space)}
        super().__init__(
            time_attr="epoch",
            metric="score",
            mode=mode,
            perturbation_interval=1,
            hyperparam_mutations=mutations,
            log_config=False,
            require_attrs=False,
        )

    def set_search_properties(self, metric: str | None, mode: str | None, **spec: Any) -> bool:  # noqa: ARG002
        """They are set."""
        return True

    def on_trial_add(self, tune_controller: Any, trial: Any) -> None:
        """Give a trial its settings."""
        if set(trial.config) <= set(OWN):
            trial.config.update(self._course.trials[trial.config[TRIAL]].settings)
        super().on_trial_add(tune_controller, trial)

    def _get_new_config(self, trial: Any, trial_to_clone: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """As Tune; the trial keeps its number, and values stay in the space."""
        config, operations = super()._get_new_config(trial, trial_to_clone)
        for name in OWN:
            config.pop(name, None)
            if name in trial.config:
                config[name] = trial.config[name]
        for name in moving(self._space):
            domain = self._space[name]
            if isinstance(domain, Range):
                config[name] = domain.clamp(config[name])
        return config, operations


def moving(space: Space) -> list[str]:
    """The settings of a space that can change while a model is trained."""
    return [name for name in space if name in MOVING]


def end_early(trial: Any) -> None:
    """Have a running trial end with the epoch that is over."""
    actor = trial.temporary_state.ray_actor
    if actor is not None:
        actor.end_early.remote()


def _mutation(domain: Domain) -> list[Any] | Callable[[], Any]:
    if isinstance(domain, Choice):
        return list(domain.values)
    return lambda: domain.draw(random.random())  # noqa: S311


__all__ = ["FACTOR", "Halving", "Population", "end_early", "moving"]
