"""Where the settings of the trials come from: a grid, chance, or Optuna. The same seed gives the same settings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol

import numpy as np

from maeum.models.space import Choice, Domain, Range, Space, clean

Sample = dict[str, Any]
# settings that can change while a model is trained, as a population's do
MOVING: Final = ("learning_rate", "weight_decay", "label_smoothing", "focal", "clip")
LARGE: Final = 1_000_000  # points of a grid that are put into an order beforehand
DRAWS: Final = 200  # draws without a new sample, after which a small space counts as gone through


class Source(Protocol):
    """Gives the settings of one trial after another."""

    def ask(self, trial: int) -> Sample | None:
        """The settings of the next trial; None when there are no more."""

    def tell(self, trial: int, score: float | None) -> None:
        """What came out of a trial; None: it failed."""


def grid_size(space: Space) -> int:
    """How many points the grid of a space has."""
    return math.prod(len(domain.grid()) for domain in space.values())


class Grid:
    """All points of the grid once, in an order that the seed draws: what time leaves undone is no corner of it.

    Args:
        space: The domains.
        seed: Draws the order.
    """

    def __init__(self, space: Space, seed: int) -> None:
        self._names = list(space)
        self._values = [domain.grid() for domain in space.values()]
        self._rest = self._order(math.prod(map(len, self._values)), np.random.default_rng(seed))

    def ask(self, trial: int) -> Sample | None:  # noqa: ARG002
        """The next point."""
        number = next(self._rest, None)
        if number is None:
            return None
        places = np.unravel_index(number, [len(values) for values in self._values])
        values = (values[int(place)] for values, place in zip(self._values, places, strict=True))
        return dict(zip(self._names, values, strict=True))

    def tell(self, trial: int, score: float | None) -> None:
        """Of no use to a grid."""

    @staticmethod
    def _order(size: int, random: np.random.Generator) -> Iterator[int]:
        if size <= LARGE:
            yield from map(int, random.permutation(size))
            return
        seen: set[int] = set()
        while True:  # of so many points only a few are asked for
            number = int(random.integers(size))
            if number not in seen:
                seen.add(number)
                yield number


class Random:
    """Each setting drawn for itself; no sample twice.

    Args:
        space: The domains.
        seed: Draws.
    """

    def __init__(self, space: Space, seed: int) -> None:
        self._space = space
        self._random = np.random.default_rng(seed)
        self._seen: set[str] = set()

    def ask(self, trial: int) -> Sample | None:  # noqa: ARG002
        """A sample that was not drawn before."""
        for _ in range(DRAWS):
            sample = {name: domain.draw(float(self._random.random())) for name, domain in self._space.items()}
            if repr(sample) not in self._seen:
                self._seen.add(repr(sample))
                return sample
        return None

    def tell(self, trial: int, score: float | None) -> None:
        """Of no use to chance."""


class Guided:
    """Optuna's tree-structured Parzen estimator (Bergstra et al. 2011), which draws near what went well.

    Args:
        space: The domains.
        seed: Draws.
        mode: `max` or `min`: which scores are good.
    """

    def __init__(self, space: Space, seed: int, mode: str) -> None:
        import optuna
        from ray.tune.search.optuna import OptunaSearch

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self._space = space
        distributions = {name: _distribution(domain) for name, domain in space.items()}
        # a sampler of our own, since 0 counts as no seed in OptunaSearch
        sampler = optuna.samplers.TPESampler(seed=seed, constant_liar=True)
        self._inner = OptunaSearch(space=distributions, metric="score", mode=mode, sampler=sampler)

    def ask(self, trial: int) -> Sample | None:
        """What Optuna suggests."""
        found: Mapping[str, Any] = self._inner.suggest(str(trial)) or {}
        return {name: _value(domain, found[name]) for name, domain in self._space.items()}

    def tell(self, trial: int, score: float | None) -> None:
        """Have Optuna learn from it."""
        if score is None or not math.isfinite(score):
            self._inner.on_trial_complete(str(trial), error=True)
        else:
            self._inner.on_trial_complete(str(trial), {"score": score})


def source_of(search: str, space: Space, seed: int, mode: str) -> Source:
    """Where the settings of a search come from.

    Args:
        search: `grid`, `random` or `optuna`.
        space: The domains.
        seed: Draws.
        mode: `max` or `min`.
    """
    if search == "grid":
        return Grid(space, seed)
    return Guided(space, seed, mode) if search == "optuna" else Random(space, seed)


def _distribution(domain: Domain) -> Any:
    """A domain in Optuna's terms; choices go by their place, since lists are none of its values."""
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

    if isinstance(domain, Choice):
        return CategoricalDistribution(list(range(len(domain.values))))
    if domain.step is not None:
        return IntDistribution(0, len(domain.grid()) - 1)
    if domain.whole:
        return IntDistribution(int(domain.low), int(domain.high), log=domain.log)
    return FloatDistribution(domain.low, domain.high, log=domain.log)


def _value(domain: Domain, found: Any) -> Any:
    """What Optuna means."""
    if isinstance(domain, Choice):
        return domain.values[int(found)]
    if isinstance(domain, Range) and domain.step is not None:
        return domain.grid()[int(found)]
    return int(found) if domain.whole else domain.clamp(clean(float(found)))
