"""How much each setting mattered in a search: pure numbers over settings and scores.

A random forest learns the scores from the settings. A setting's share is the variance of the forest's answer when that
setting alone moves and all others are averaged over their domains, against the variance when all move: the first-order
terms of functional ANOVA (Hutter, Hoos and Leyton-Brown 2014, "An Efficient Approach for Assessing Hyperparameter
Importance"). Domains are drawn from evenly, not as the search visited them, since a search that learns goes back to
where it was good. The forest is scikit-learn's, as in Optuna's evaluator of that name, which it agrees with; so figures
do not depend on whether Optuna is installed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Value = float | int | str | bool | None

MIN_TRIALS: Final = 10  # scores below which no share is given: a forest would learn single trials by heart
SURE: Final = 0.3  # share of the differences that the forest must foretell of trials it has not seen
TREES: Final = 200
POINTS: Final = 24  # values of a number's domain at which the forest is asked
DRAWS: Final = 256  # combinations of the other settings that are averaged over


@dataclass(frozen=True)
class Importance:
    """What explains the differences between the scores of a search.

    Attributes:
        shares: By setting, largest first: the part of the differences between scores that it explains by itself, 0…1.
            What is left to 1 lies in combinations. Empty where nothing can be said.
        trials: Scores it rests on.
        foretold: How well the forest foretells scores of trials it was not shown (out of bag), as R²: 1 is perfectly, 0
            no better than their mean, less is worse. None where there are no shares.
    """

    shares: Mapping[str, float] = field(default_factory=dict)
    trials: int = 0
    foretold: float | None = None

    @property
    def weak(self) -> bool:
        """Whether the shares are a hint at most."""
        return self.foretold is None or self.foretold < SURE


def importance(
    settings: Mapping[str, Sequence[Value]], scores: Sequence[float | None], *, log: Collection[str] = (), seed: int = 0
) -> Importance:
    """How much each setting mattered.

    Args:
        settings: By name the N values. Numbers are ordered; anything else, also numbers mixed with words, are
            categories. A None (the trial had no such setting) is a value of its own.
        scores: N scores; None and NaN are left out.
        log: Names of numbers that are seen on a logarithmic scale (all above 0).
        seed: Of the forest and the drawing.

    Returns:
        No shares where fewer than `MIN_TRIALS` scores remain, all are equal, or no setting varied.
    """
    known = [at for at, score in enumerate(scores) if score is not None and np.isfinite(score)]
    target = np.array([scores[at] for at in known], np.float64)
    columns = {name: [values[at] for at in known] for name, values in settings.items()}
    varied = {name: values for name, values in columns.items() if len(set(map(_key, values))) > 1}
    if len(known) < MIN_TRIALS or not varied or not np.ptp(target):
        return Importance(trials=len(known))
    parts = {name: _encoded(values, logarithmic=name in log) for name, values in varied.items()}
    forest = _forest(np.hstack([rows for rows, _ in parts.values()]), target, seed)
    shares = _shares(forest, {name: domain for name, (_, domain) in parts.items()}, seed)
    shares.update({name: 0.0 for name in columns if name not in varied})
    ordered = sorted(shares.items(), key=lambda item: -item[1])
    return Importance(dict(ordered), len(known), float(forest.oob_score_))


def _forest(rows: Array, target: Array, seed: int) -> Any:
    from sklearn.ensemble import RandomForestRegressor

    return RandomForestRegressor(TREES, oob_score=True, random_state=seed).fit(rows, target)


def _shares(forest: Any, domains: Mapping[str, Array], seed: int) -> dict[str, float]:
    """First-order shares by setting, from domains `(G, C)` of encoded values."""
    random = np.random.default_rng(seed)
    drawn = {name: domain[random.integers(0, len(domain), DRAWS)] for name, domain in domains.items()}
    whole = float(np.var(forest.predict(np.hstack(list(drawn.values())))))
    if not whole:
        return dict.fromkeys(domains, 0.0)
    shares = {}
    for name, domain in domains.items():
        moved = [np.repeat(domain, DRAWS, axis=0) if one == name else np.tile(rows, (len(domain), 1))
                 for one, rows in drawn.items()]  # fmt: skip
        means = forest.predict(np.hstack(moved)).reshape(len(domain), DRAWS).mean(axis=1)
        shares[name] = min(1.0, float(np.var(means)) / whole)
    return shares


def _encoded(values: Sequence[Value], *, logarithmic: bool) -> tuple[Array, Array]:
    """Numbers that trees can split: those of the trials `(N, C)`, and of the setting's domain `(G, C)`."""
    if all(_is_number(value) for value in values):
        numbers = np.array(values, np.float64)
        if logarithmic and (numbers > 0).all():
            numbers = np.log(numbers)
        distinct = np.unique(numbers)
        domain = distinct if len(distinct) <= POINTS else np.linspace(distinct[0], distinct[-1], POINTS)
        return numbers[:, None], domain[:, None]
    names = sorted({_key(value) for value in values})
    each = np.eye(len(names))
    return each[[names.index(_key(value)) for value in values]], each


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _key(value: Value) -> str:
    """What tells values apart: 1 and 1.0 are the same, 1 and '1' are not."""
    return repr(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else repr(value)
