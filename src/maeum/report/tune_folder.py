"""What lies in the folder of a search, as numbers: also of one that was interrupted, or has only failures."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from maeum.errors import UsageError
from maeum.report.formats import LOWER_IS_BETTER, is_number

if TYPE_CHECKING:
    import polars as pl

TRIALS: Final = "trials.parquet"
CURVES: Final = "curves.parquet"
SEARCH: Final = "search.json"
PLAN: Final = "plan.json"  # what the search was begun with; read where an interrupt left no `search.json`
BEST: Final = "best.yaml"
FINISHED: Final = "finished"
STOPPED: Final = "stopped"
FAILED: Final = "failed"
COLUMNS: Final = (
    "trial",
    "status",
    "score",
    "score_sd",
    "epochs",
    "examples",
    "seconds",
    "reason",
    "retries",
    "folder",
)
WIDE: Final = 10.0  # largest through smallest value from which positive numbers are read on a logarithmic scale
_LISTS: Final = ("values", "choices", "choice")
_LOW: Final = ("min", "low", "lower")
_HIGH: Final = ("max", "high", "upper")
Value = float | int | str | bool | None


@dataclass(frozen=True)
class Setting:
    """What was searched of one setting.

    Attributes:
        name: As in a recipe.
        low: Lower end of a range; None for a choice.
        high: Upper end.
        log: Whether the range is drawn from on a logarithmic scale.
        values: What a choice was among; of a range, the values its trials had.
    """

    name: str
    low: float | None
    high: float | None
    log: bool
    values: tuple[Value, ...]

    @property
    def numeric(self) -> bool:
        """Whether all values are numbers, so that there is more and less."""
        return self.low is not None or all(is_number(value) for value in self.values if value is not None)


@dataclass(frozen=True)
class Trial:
    """One trial; `score` is None where there is no usable one."""

    number: int
    status: str
    score: float | None
    sd: float | None
    settings: Mapping[str, Value]
    epochs: float | None
    examples: int
    seconds: float
    reason: str
    retries: int
    folder: str


@dataclass(frozen=True)
class Search:
    """A search in numbers.

    Attributes:
        folder: Where it lies.
        facts: `search.json` over `plan.json`; empty where both are missing or damaged.
        trials: In their order.
        settings: What was searched, and had more than one value to take.
        curves: By trial the rows of its history, in the order of epochs.
    """

    folder: Path
    facts: Mapping[str, Any]
    trials: Sequence[Trial]
    settings: Sequence[Setting]
    curves: Mapping[int, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def metric(self) -> str:
        """What trials are judged by, without the part of the data in front."""
        return str(self.facts.get("metric") or "macro_f1").removeprefix("validation_")

    @property
    def lower(self) -> bool:
        """Whether smaller scores are better."""
        mode = self.facts.get("mode")
        return mode == "min" if mode else self.metric in LOWER_IS_BETTER or self.metric == "loss"

    @cached_property
    def ranked(self) -> list[Trial]:
        """Trials with a score, the best first; those stopped early come after those finished."""
        sign = 1 if self.lower else -1
        scored = [trial for trial in self.trials if trial.score is not None and trial.status != FAILED]
        told = self.facts.get("best")
        return sorted(
            scored,
            key=lambda one: (one.number != told, one.status != FINISHED, sign * (one.score or 0.0), one.number),
        )

    @property
    def best(self) -> Trial | None:
        """The best finished trial; the best of the others where none finished."""
        return self.ranked[0] if self.ranked else None

    @property
    def begun_only(self) -> bool:
        """Whether the search was interrupted before its trials were written down."""
        return (self.folder / PLAN).is_file() and not (self.folder / TRIALS).is_file()

    @property
    def failed(self) -> list[Trial]:
        """Trials that failed."""
        return [trial for trial in self.trials if trial.status == FAILED]

    @property
    def stopped(self) -> list[Trial]:
        """Trials that the scheduler stopped."""
        return [trial for trial in self.trials if trial.status == STOPPED]

    @property
    def scored(self) -> list[Trial]:
        """Finished trials with a score, the best first."""
        return [trial for trial in self.ranked if trial.status == FINISHED]

    @cached_property
    def validation_rows(self) -> int | None:
        """How many rows trials are judged on; None where neither the search nor its best trial tells."""
        data = self.facts.get("data")
        found = _rows_of(data) if isinstance(data, Mapping) else None
        if found is None and self.best is not None:
            told = _json(self.place(self.best) / "environment.json").get("data")
            found = _rows_of(told) if isinstance(told, Mapping) else None
        return found

    @cached_property
    def source(self) -> str:
        """What `best.yaml` was searched on: a corpus or a file; empty where it cannot be told."""
        try:
            recipe = yaml.safe_load((self.folder / BEST).read_text(encoding="utf-8-sig"))
            return str(recipe["data"]["source"] or "")
        except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError):
            return ""

    def place(self, trial: Trial) -> Path:
        """The folder of a trial, which need not be there."""
        told = self.folder / (trial.folder or f"trials/{trial.number:04}")
        return told if told.is_dir() else self.folder / "trials" / f"{trial.number:04}"


def read(folder: Path | str) -> Search:
    """The search in `folder`.

    Raises:
        UsageError: Nothing there is of a search.
    """
    folder = Path(folder)
    if not any((folder / name).is_file() for name in (TRIALS, SEARCH, PLAN)):
        inside = sorted(entry.name for entry in folder.iterdir())[:5] if folder.is_dir() else []
        raise UsageError("tune_report.no_search", path=folder, found=", ".join(inside) or "–")
    facts = _facts(folder)
    space = _flat(facts.get("space"))
    rows = _rows(folder / TRIALS)
    names = list(dict.fromkeys([*space, *(_plain(name, space) for name in _setting_columns(rows))]))
    trials = [_trial(row, names, space) for row in rows]
    settings = [_setting(name, space.get(name), trials) for name in names]
    varied = [one for one in settings if one.low is not None or len({repr(value) for value in one.values}) > 1]
    return Search(folder, facts, trials, varied, _curves(folder / CURVES))


def number_of(value: Any) -> float | None:
    """A finite number, or None."""
    return float(value) if is_number(value) and math.isfinite(float(value)) else None


def _facts(folder: Path) -> dict[str, Any]:
    """`search.json` over what the search was begun with."""
    plan = _json(folder / PLAN)
    how = plan.get("how")
    begun = {name: plan[name] for name in ("space", "data") if name in plan}
    return {**(how if isinstance(how, dict) else {}), **begun, **_json(folder / SEARCH)}


def _rows_of(data: Mapping[str, Any]) -> int | None:
    """Rows that a trial is judged on: those held out; with folds each row is, once."""
    parts = ("train", "validation") if number_of(data.get("folds")) else ("validation",)
    counts = [part.get("rows") for part in map(data.get, parts) if isinstance(part, Mapping)]
    known = [int(count) for count in counts if is_number(count) and count > 0]
    return sum(known) if len(known) == len(parts) else None


def _json(path: Path) -> dict[str, Any]:
    """A JSON mapping; empty where the file is missing or damaged, since a page is drawn from what there is."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _frame(path: Path) -> pl.DataFrame | None:
    import polars as pl

    try:
        return pl.read_parquet(path) if path.is_file() else None
    except (OSError, pl.exceptions.PolarsError):  # cut short by an interrupt
        return None


def _rows(path: Path) -> list[dict[str, Any]]:
    frame = _frame(path)
    if frame is None or not {"trial", "status"} <= set(frame.columns):
        return []
    return frame.unique("trial", keep="last", maintain_order=True).sort("trial").to_dicts()


def _setting_columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [name for name in rows[0] if name not in COLUMNS] if rows else []


def _plain(name: str, space: Mapping[str, Any]) -> str:
    """The name of a setting that a column stands for: one that is called as another column carries a sign before it."""
    for sign in ("config/", "config.", "config_", "setting_", "setting."):
        if name.startswith(sign) and (name.removeprefix(sign) in space or name.removeprefix(sign) in COLUMNS):
            return name.removeprefix(sign)
    return name


def _trial(row: Mapping[str, Any], names: Sequence[str], space: Mapping[str, Any]) -> Trial:
    ordered = sorted(row.items(), key=lambda item: item[0] not in COLUMNS)  # a setting's own column counts
    own = {_plain(name, space): _typed(value, space.get(_plain(name, space))) for name, value in ordered}
    return Trial(
        number=int(row["trial"]),
        status=str(row["status"] or ""),
        score=number_of(row.get("score")),
        sd=number_of(row.get("score_sd")),
        settings={name: own.get(name) for name in names},
        epochs=number_of(row.get("epochs")),
        examples=int(number_of(row.get("examples")) or 0),
        seconds=number_of(row.get("seconds")) or 0.0,
        reason=" ".join(str(row.get("reason") or "").split()),
        retries=int(number_of(row.get("retries")) or 0),
        folder=str(row.get("folder") or ""),
    )


def _typed(value: Any, space: Any) -> Value:
    """A value as the space spells it: a column that holds words and numbers, or lists, keeps them as words."""
    if isinstance(value, int | float) or value is None:
        return value
    return next((_plain_value(one) for one in _options(space) if _bare(one) == _bare(value)), _plain_value(value))


def _plain_value(value: Any) -> Value:
    """Lists as users type them: `2,3,4`."""
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return value if isinstance(value, str | int | float | bool) else str(value)


def _bare(value: Any) -> str:
    """What is left of a value without what writers of lists put around."""
    return str(value).translate({ord(mark): None for mark in "[]()' \""})


def _options(space: Any) -> Sequence[Any]:
    """What a choice is among; nothing for other spaces."""
    if isinstance(space, Mapping):
        space = next((space[key] for key in _LISTS if key in space), ())
    return space if isinstance(space, list) else ()


def _flat(space: Any) -> dict[str, Any]:
    """By setting what it was searched in; a space may be divided into the sections of a recipe."""
    found: dict[str, Any] = {}
    for name, value in space.items() if isinstance(space, Mapping) else ():
        if isinstance(value, Mapping) and not set(value) & {*_LISTS, *_LOW, *_HIGH, "value"}:
            found.update(_flat(value))
        else:
            found[str(name)] = value
    return found


def _setting(name: str, space: Any, trials: Sequence[Trial]) -> Setting:
    seen = [trial.settings.get(name) for trial in trials]
    low = high = None
    log = False
    if isinstance(space, Mapping):
        low, high = (next((number_of(space[key]) for key in keys if key in space), None) for keys in (_LOW, _HIGH))
        log = bool(space.get("log"))
    values = _options(space)
    known = tuple(_in_order(values or [value for value in seen if value is not None]))
    if low is None or high is None or low == high:
        low = high = None
    return Setting(name, low, high, log or (low is None and _is_wide(known)), known)


def _in_order(values: Sequence[Any]) -> list[Value]:
    """The different values; numbers by size, others as they come."""
    distinct = list({repr(value): value for value in values}.values())
    if all(is_number(value) for value in distinct):
        return sorted({float(value): value for value in distinct}.values())
    return [_plain_value(value) for value in distinct]


def _is_wide(values: Sequence[Value]) -> bool:
    numbers = [float(value) for value in values if is_number(value)]
    return len(numbers) == len(values) > 1 and min(numbers) > 0 and max(numbers) / min(numbers) >= WIDE


def _curves(path: Path) -> dict[int, list[Mapping[str, Any]]]:
    frame = _frame(path)
    if frame is None or not {"trial", "epoch"} <= set(frame.columns):
        return {}
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in frame.sort("trial", "epoch").to_dicts():
        if number_of(row["epoch"]) is not None:
            found.setdefault(int(row["trial"]), []).append(row)
    return found
