"""What a search is asked to be: its choices, checked, with the reasons why some do not go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from maeum.data import is_corpus
from maeum.data.catalog import corpora
from maeum.errors import RecipeError, UsageError
from maeum.messages import did_you_mean, listing
from maeum.models.family import family
from maeum.models.space import Space, plain
from maeum.recipe import Recipe
from maeum.scale.tuning.sources import MOVING, grid_size
from maeum.schema import Dataset
from maeum.workflows.pretraining.settings import seconds_of
from maeum.workflows.tuning.trial import PER_EPOCH

SEARCHES: Final = ("grid", "random", "optuna")
SCHEDULERS: Final = ("none", "asha", "pbt")
TRIALS: Final = 20  # where neither trials nor time are named
MOST: Final = 10_000  # trials of a search
MOST_ROUNDS: Final = 100  # seeds or folds of a trial
LEAST_POPULATION: Final = 4  # a quarter of it copies another quarter
_TEST: Final = "test"


@dataclass(frozen=True)
class Asked:
    """How a search is to go.

    Attributes:
        search: `grid`, `random` or `optuna`.
        scheduler: `none`, `asha` or `pbt`.
        trials: How many; None: until time is over, or the grid is gone through.
        time: Length of time, as it was typed; None: no limit.
        metric: What trials are judged by, on validation.
        seeds: Trainings of each trial.
        folds: Folds of each trial; 0: the rows held out.
        cpus: Cores of each trial.
        gpus: GPUs of each trial; None: one where there are any and the family can use it.
        concurrent: Trials at once; None: as many as there is room for.
    """

    search: str = "optuna"
    scheduler: str = "none"
    trials: int | None = None
    time: str | None = None
    metric: str = "macro_f1"
    seeds: int = 1
    folds: int = 0
    cpus: float = 1.0
    gpus: float | None = None
    concurrent: int | None = None

    @classmethod
    def read(cls, typed: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> Asked:
        """From what was typed, over what the search was begun with.

        Raises:
            UsageError: A choice that does not exist, a number that is none.
        """
        values: dict[str, Any] = {**asdict(cls()), **(before or {})}
        values |= {name: value for name, value in typed.items() if value is not None}
        values["search"] = _choice("--search", values["search"], SEARCHES)
        values["scheduler"] = _choice("--scheduler", values["scheduler"], SCHEDULERS)
        values["metric"] = _metric_name(values["metric"])
        values["seeds"] = _whole("--seeds", values["seeds"], 1, MOST_ROUNDS)
        values["folds"] = _whole("--folds", values["folds"], 2, MOST_ROUNDS) if values["folds"] else 0
        for name, most in (("trials", MOST), ("concurrent", MOST)):
            if values[name] is not None:
                values[name] = _whole(f"--{name}", values[name], 1, most)
        values["cpus"] = _share("--cpus", values["cpus"], least=0.01)
        if values["gpus"] is not None:
            values["gpus"] = _share("--gpus", values["gpus"], least=0.0)
        asked = cls(**{field.name: values[field.name] for field in fields(cls)})
        _ = asked.seconds
        return asked

    @property
    def seconds(self) -> float | None:
        """The limit in seconds.

        Raises:
            UsageError: It is no length of time.
        """
        if self.time is None:
            return None
        try:
            return seconds_of(str(self.time))
        except RecipeError as error:
            raise UsageError("tune.time", found=self.time) from error

    @property
    def count(self) -> int | None:
        """How many trials at most; None: as many as there are."""
        if self.trials is not None or self.search == "grid":
            return self.trials
        return MOST if self.time is not None else TRIALS

    def plain(self) -> dict[str, Any]:
        """As JSON says it."""
        return asdict(self)

    def check(self, recipe: Recipe, space: Space) -> None:
        """Refuse what does not go together.

        Raises:
            UsageError: Something does not.
        """
        learns = family(recipe.model.family).untrained is not None
        if self.seeds > 1 and self.folds:
            raise UsageError("tune.seeds_and_folds")
        if self.folds and recipe.data.validation is not None:
            raise UsageError("tune.folds_and_validation", found=recipe.data.validation)
        if self.scheduler != "none" and not learns:
            raise UsageError("tune.scheduler_family", scheduler=self.scheduler, family=recipe.model.family)
        if self.scheduler != "none" and (self.seeds > 1 or self.folds):
            raise UsageError("tune.scheduler_several", scheduler=self.scheduler)
        if self.scheduler != "none" and self.metric not in PER_EPOCH:
            known = ", ".join(PER_EPOCH)
            raise UsageError("tune.scheduler_metric", scheduler=self.scheduler, metric=self.metric, known=known)
        if self.scheduler == "pbt":
            self._check_population(space)
        if self.search == "grid" and self.trials is None and grid_size(space) > MOST:
            sizes = listing((f"{name} {len(domain.grid())}" for name, domain in space.items()), 20)
            raise UsageError("tune.grid_large", size=grid_size(space), most=MOST, sizes=sizes)

    def _check_population(self, space: Space) -> None:
        if not set(space) & set(MOVING):
            raise UsageError("tune.pbt_space", known=listing(MOVING), found=listing(plain(space)))
        if self.search == "optuna":
            raise UsageError("tune.pbt_search")
        if self.count is None or not LEAST_POPULATION <= self.count < MOST:
            raise UsageError("tune.pbt_trials", least=LEAST_POPULATION, found=self.trials)


def refuse_test(recipe: Recipe, given: Dataset | None) -> None:
    """Refuse to choose settings on test rows, which would no longer tell how good a model is on new ones.

    Raises:
        UsageError: They are asked for.
    """
    if given is not None and given.split == _TEST:
        raise UsageError("tune.test", found=f"{given.name}:{given.split}")
    for source in (recipe.data.source if given is None else None, recipe.data.validation):
        if source is None:
            continue
        asked = is_corpus(source) and str(source).partition(":")[2] == _TEST
        if asked or (not is_corpus(source) and Path(source).name in _test_files()):
            raise UsageError("tune.test", found=source)
    if given is None and recipe.data.validation is None and recipe.split.validation_fraction == 0:
        raise UsageError("tune.no_validation")


def _test_files() -> set[str]:
    """Names of files that hold the test rows of a corpus and no others."""
    found: set[str] = set()
    for one in corpora().values():
        others = {path for split, paths in one.needs.items() if split != _TEST for path in paths}
        found |= {Path(path).name for path in one.needs.get(_TEST, ()) if path not in others}
    return found


def _metric_name(found: Any) -> str:
    name = str(found).strip().removeprefix("validation_").replace("-", "_")
    return "log_loss" if name == "loss" else name


def _choice(option: str, found: Any, known: tuple[str, ...]) -> str:
    if found not in known:
        near = did_you_mean(str(found), known)
        raise UsageError("tune.choice", option=option, found=found, near=near, known=", ".join(known))
    return str(found)


def _whole(option: str, found: Any, least: int, most: int) -> int:
    try:
        number = int(str(found).strip())
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise UsageError("tune.whole", option=option, found=found, least=least, most=most)
    return number


def _share(option: str, found: Any, *, least: float) -> float:
    try:
        number = float(str(found).strip())
    except ValueError:
        number = -1.0
    if not least <= number < 10_000 or (number > 1 and number != int(number)):
        raise UsageError("tune.share", option=option, found=found)
    return number
