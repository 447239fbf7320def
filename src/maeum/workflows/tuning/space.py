"""From what a user writes to a search space: read, checked against the family's settings, all problems at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args

import yaml

from maeum.errors import RecipeError, UserError
from maeum.messages import did_you_mean, listing, say
from maeum.models.family import family
from maeum.models.gradient_settings import GradientSettings
from maeum.models.space import Choice, Domain, Range, Space, clean
from maeum.recipe import MAX_BYTES, Recipe, sections

KEYS: Final = ("min", "max", "log", "step", "points")
_SECTIONS: Final = ("model", "training")
_NOT: Final = ("seed", "family")
Given = Mapping[str, Any] | str | Path | None


def read_space(given: Given) -> Mapping[str, Any]:
    """A space as plain values: from YAML, or as it was given.

    Raises:
        RecipeError: The file does not exist or is no YAML mapping.
    """
    if given is None or isinstance(given, Mapping):
        return given or {}
    path = Path(given)
    if not path.is_file():
        raise RecipeError("tune.space_missing", path=path)
    if path.stat().st_size > MAX_BYTES:
        raise RecipeError("tune.space_unreadable", path=path, reason=f"> {MAX_BYTES} bytes")
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise RecipeError("tune.space_unreadable", path=path, reason=reason) from error
    if not isinstance(found, dict):
        raise RecipeError("tune.space_unreadable", path=path, reason=say("tune.no_mapping"))
    return found


def make_space(given: Given, recipe: Recipe, fixed: Mapping[str, Any], scheduler: str) -> tuple[Space, dict[str, Any]]:
    """The space of a search, and settings of it that have one value only.

    Args:
        given: By the user; None for the family's own.
        recipe: What all trials share.
        fixed: Settings that the user gave a value, outside the space.
        scheduler: `none`, `asha` or `pbt`; the last two decide how long a trial trains.

    Returns:
        Domains of more than one value, by name, and the single values of the others.

    Raises:
        RecipeError: Settings that do not exist or are not to be searched, and values that cannot be used: all at once.
    """
    own = family(recipe.model.family)
    if given is None:
        space = {name: domain for name, domain in own.space.items() if fixed.get(name) is None}
        if scheduler != "none" and "epochs" in space:
            return {name: one for name, one in space.items() if name != "epochs"}, {
                "epochs": space["epochs"].corners()[-1]
            }
        return space, {}
    found: dict[str, Domain] = {}
    single: dict[str, Any] = {}
    problems: list[str] = []
    values = read_space(given)
    for name, value in _flat(values):
        faults = list(_faults_of_name(name, recipe, fixed))
        if not faults:
            domain, faults = _domain(name, value, recipe)
            if domain is not None and isinstance(domain, Choice) and len(domain.values) == 1:
                single[name] = domain.values[0]
            elif domain is not None:
                found[name] = domain
        problems += faults
    if not values:
        problems.append(say("tune.space_empty"))
    if problems:
        raise RecipeError("tune.space_invalid", problems="\n".join(f"  {problem}" for problem in problems))
    if not found:
        raise RecipeError("tune.space_single", names=listing(single))
    return found, single


def longest(space: Space, single: Mapping[str, Any], recipe: Recipe) -> int:
    """Epochs of the longest trial; 1 for families that have none."""
    if "epochs" in space:
        return int(max(space["epochs"].corners()))
    if "epochs" in single:
        return int(single["epochs"])
    return recipe.training.epochs if isinstance(recipe.training, GradientSettings) else 1


def _flat(values: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """Settings by name; they may be grouped as in a recipe, under `model:` and `training:`."""
    for name, value in values.items():
        if name in _SECTIONS and isinstance(value, Mapping) and not set(value) & set(KEYS):
            yield from ((str(inner), domain) for inner, domain in value.items())
        else:
            yield str(name), value


def _faults_of_name(name: str, recipe: Recipe, fixed: Mapping[str, Any]) -> Iterator[str]:
    places = {field: one.name for one in sections(recipe.model.family) for field in one.settings.model_fields}
    known = [field for field, place in places.items() if place in _SECTIONS and field not in _NOT]
    if name == "seed":
        yield say("tune.space_seed")
    elif name in ("family", "model"):
        yield say("tune.space_family", name=name)
    elif name in places and places[name] not in _SECTIONS:
        yield say("tune.space_data", name=name)
    elif name not in known:
        near = did_you_mean(name, known)
        yield say("tune.space_unknown", name=name, family=recipe.model.family, near=near, known=listing(known, 40))
    elif fixed.get(name) is not None:
        yield say("tune.space_fixed", name=name, value=fixed[name])


def _domain(name: str, value: Any, recipe: Recipe) -> tuple[Domain | None, list[str]]:
    if isinstance(value, Mapping):
        found, faults = _range(name, value, recipe)
        if found is None or faults:
            return None, faults
        faults = [fault for corner in found.corners() for fault in _checked(name, corner, recipe)[1]]
        return (None, faults) if faults else (found, [])
    if isinstance(value, list | tuple):
        if not value:
            return None, [say("tune.choice_empty", name=name)]
        return _choice(name, list(value), recipe)
    return _choice(name, [value], recipe)


def _choice(name: str, values: list[Any], recipe: Recipe) -> tuple[Domain | None, list[str]]:
    typed, faults = [], []
    for value in values:
        found, problems = _checked(name, value, recipe)
        faults += problems
        typed.append(clean(found))
    twice = [value for number, value in enumerate(typed) if value in typed[:number]]
    if twice and not faults:
        faults.append(say("tune.choice_twice", name=name, values=listing(dict.fromkeys(map(_text, twice)))))
    return (None, faults) if faults else (Choice(tuple(typed)), [])


def _range(name: str, value: Mapping[Any, Any], recipe: Recipe) -> tuple[Range | None, list[str]]:
    faults = [
        say("tune.range_key", name=name, key=key, near=did_you_mean(str(key), KEYS), known=", ".join(KEYS))
        for key in value
        if key not in KEYS
    ]
    faults += [say("tune.range_without", name=name, key=key) for key in ("min", "max") if value.get(key) is None]
    numbers: dict[str, float] = {}
    for key in ("min", "max", "step", "points"):
        if value.get(key) is not None:
            try:
                numbers[key] = _number(value[key])
            except ValueError:
                faults.append(say("tune.range_number", name=name, key=key, found=value[key]))
    log = value.get("log", False)
    if not isinstance(log, bool):
        faults.append(say("tune.range_log", name=name, found=log))
    if faults:
        return None, faults
    low, high, whole = numbers["min"], numbers["max"], _whole(name, recipe)
    faults = list(_contradictions(name, numbers, log=log, whole=whole))
    if faults:
        return None, faults
    return Range(low, high, log, numbers.get("step"), whole, int(numbers.get("points", 3))), []


def _contradictions(name: str, numbers: Mapping[str, float], *, log: bool, whole: bool) -> Iterator[str]:
    low, high = numbers["min"], numbers["max"]
    shown = {"name": name, "low": f"{low:g}", "high": f"{high:g}"}
    if low > high:
        yield say("tune.range_reversed", **shown)
    elif low == high:
        yield say("tune.range_point", **shown)
    if log and low <= 0:
        yield say("tune.range_log_zero", **shown)
    if whole and any(number != int(number) for number in (low, high, numbers.get("step", 0))):
        yield say("tune.range_whole", **shown)
    step = numbers.get("step")
    if step is not None:
        if log:
            yield say("tune.range_log_step", name=name)
        elif step <= 0 or (low < high and step > high - low):
            yield say("tune.range_step", step=f"{step:g}", **shown)
    points = numbers.get("points")
    if points is not None and (points < 1 or points != int(points)):
        yield say("tune.range_points", name=name, found=f"{points:g}")
    if points is not None and step is not None:
        yield say("tune.range_points_step", name=name)


def _checked(name: str, value: Any, recipe: Recipe) -> tuple[Any, list[str]]:
    """A value as the family's own settings read it, and what they say against it."""
    try:
        found = Recipe.from_keywords(recipe.model.family, {name: value}, recipe)
    except UserError as error:
        return value, [str(error.values.get("problems", error))]
    holder = found.model if name in type(found.model).model_fields else found.training
    typed = getattr(holder, name)
    return getattr(typed, "value", typed), []


def _whole(name: str, recipe: Recipe) -> bool:
    """Whether a setting is a whole number."""
    holder = recipe.model if name in type(recipe.model).model_fields else recipe.training
    annotation = type(holder).model_fields[name].annotation
    return annotation is int or int in get_args(annotation)


def _number(value: Any) -> float:
    """A number; YAML reads 1e-5 as a word.

    Raises:
        ValueError: It is none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(value)  # noqa: TRY004  (as float does)
    number = float(value)
    if number != number or abs(number) == float("inf"):
        raise ValueError(value)
    return number


def _text(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
