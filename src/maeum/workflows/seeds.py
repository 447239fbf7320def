"""Training with several seeds: how much of a result is the draw, and which of the models is kept."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, stdev
from typing import Any, Final

from maeum.errors import UsageError
from maeum.messages import say
from maeum.models import MODEL_FOLDER, load
from maeum.recipe import Recipe
from maeum.runs import HISTORY, METRICS, SEEDS
from maeum.training import Trained
from maeum.training.listeners import Row
from maeum.workflows.live_table import read_history
from maeum.workflows.outputs import write_json
from maeum.workflows.run_folder import watched, write_history

LOSS: Final = "loss"
MOST: Final = 100
_METRIC: Final = {LOSS: "log_loss", "accuracy": "accuracy", "macro_f1": "macro_f1"}


@dataclass(frozen=True)
class Result:
    """What came out of one seed.

    Attributes:
        seed: Its number.
        validation: Metrics; None when nothing was held out.
        history: Rows of its epochs.
        place: Folder that holds its files; the model only while it is the best.
    """

    seed: int
    validation: Mapping[str, Any] | None
    history: Sequence[Row]
    place: Path

    @classmethod
    def read(cls, seed: int, place: Path) -> Result:
        """The result of a seed that is finished."""
        found = json.loads((place / METRICS).read_text(encoding="utf-8"))
        return cls(seed, found["validation"], read_history(place / HISTORY), place)

    def write(self, trained: Trained | None) -> None:
        """Note it in its folder, with its model where it is kept; what the trainer had kept is no longer needed."""
        self.forget_model()
        if trained is not None:
            trained.model.save(self.place / MODEL_FOLDER)
        write_history(self.place / HISTORY, self.history)
        write_json(self.place / METRICS, {"validation": self.validation})  # says that the seed is finished
        for other in self.place.iterdir():
            if other.name not in (MODEL_FOLDER, HISTORY, METRICS):
                shutil.rmtree(other) if other.is_dir() else other.unlink()

    def trained(self) -> Trained:
        """Its model and history, from its folder."""
        return Trained(load(self.place / MODEL_FOLDER), tuple(self.history))

    def forget_model(self) -> None:
        """Remove the model: another seed's is better."""
        shutil.rmtree(self.place / MODEL_FOLDER, ignore_errors=True)


def seed_count(value: Any) -> int:
    """How many seeds to train with.

    Raises:
        UsageError: It is no whole number from 1 to `MOST`.
    """
    try:
        count = int(str(value).strip())
    except ValueError:
        count = 0
    if not 1 <= count <= MOST:
        raise UsageError("train.seeds_number", found=value, most=MOST)
    return count


def with_seed(recipe: Recipe, seed: int) -> Recipe:
    """The recipe with another seed of training; data are divided as before."""
    return recipe.model_copy(update={"training": recipe.training.model_copy(update={"seed": seed})})


def best_of(results: Sequence[Result], recipe: Recipe) -> Result:
    """The result with the best value of what the recipe watches; of equal ones, and without validation, the first."""
    return max(results, key=lambda result: (_score(result, watched(recipe)), -result.seed))


def summary(results: Sequence[Result]) -> dict[str, Any]:
    """`metrics.json` of several seeds: means, standard deviations (N - 1), and the numbers of each."""
    each = [{"seed": result.seed, "validation": result.validation} for result in results]
    known = [result.validation for result in results if result.validation is not None]
    if not known:
        return {"validation": None, "seeds": each, "sd": None}
    return {"validation": _over(known, _mean), "seeds": each, "sd": _over(known, _sd)}


def write_results(results: Sequence[Result], run: Path) -> None:
    """Write `seeds/<seed>/history.csv` and `metrics.json` into a run folder."""
    for result in results:
        place = run / SEEDS / str(result.seed)
        place.mkdir(parents=True)
        write_history(place / HISTORY, result.history)
        write_json(place / METRICS, {"validation": result.validation})


def sentence(results: Sequence[Result], kept: Result, recipe: Recipe, seconds: float) -> str:
    """The result in words: mean ± standard deviation, and whose model is kept."""
    metrics = summary(results)
    values: dict[str, Any] = {"count": len(results), "seed": kept.seed, "seconds": seconds}
    if kept.validation is None:
        return say("train.done_seeds_unjudged", **values)
    for name in ("accuracy", "macro_f1"):
        values |= {name: metrics["validation"][name], f"{name}_sd": metrics["sd"][name]}
    by = watched(recipe)
    score = float(kept.validation.get(_METRIC[by], math.nan))
    return say("train.done_seeds", what=say(f"train.best_{by}"), score=score, **values)


def _score(result: Result, by: str) -> float:
    """The larger the better; what was not judged is worst."""
    value = (result.validation or {}).get(_METRIC[by])
    if value is None or value != value:
        return -math.inf
    return -float(value) if by == LOSS else float(value)


def _over(values: Sequence[Any], count: Any) -> Any:
    """Statistics of numbers, of each entry of mappings; what is neither stays where it is the same everywhere."""
    first = values[0]
    if isinstance(first, Mapping):
        shared = [name for name in first if all(isinstance(one, Mapping) and name in one for one in values)]
        return {name: _over([one[name] for one in values], count) for name in shared}
    if all(isinstance(one, int | float) and not isinstance(one, bool) for one in values):
        return count(values)
    return first if all(one == first for one in values) else None


def _mean(values: Sequence[float]) -> float:
    """The mean; whole numbers stay whole where they are the same, as counts of the same rows are."""
    return values[0] if len(set(values)) == 1 else fmean(values)


def _sd(values: Sequence[float]) -> float:
    return stdev(values) if len(values) > 1 else 0.0
