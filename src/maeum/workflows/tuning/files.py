"""The files of a search: what it was begun with, and what came out of it."""

from __future__ import annotations

import json
import platform
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.errors import OutputError, UsageError
from maeum.messages import listing, say
from maeum.recipe import Recipe
from maeum.runs import HISTORY_COLUMNS
from maeum.scale.tuning.course import FAILED, FINISHED, RUNNING, STOPPED, Course, Trial
from maeum.storage import write_text
from maeum.version import __version__
from maeum.workflows.outputs import check_place, json_text

if TYPE_CHECKING:
    import polars as pl

PLAN: Final = "plan.json"  # marks a folder as a search's
JOURNAL: Final = "journal.jsonl"
TRIALS: Final = "trials"
TABLE: Final = "trials.parquet"
CURVES: Final = "curves.parquet"
SEARCH: Final = "search.json"
BEST: Final = "best.yaml"
REPORT: Final = "report.html"
FORMAT: Final = 1
MAY_CHANGE: Final = ("trials", "time", "cpus", "gpus", "concurrent")  # when a search goes on
_OWN: Final = ("trial", "status", "score", "score_sd", "epochs", "examples", "seconds", "reason", "retries", "folder")


@dataclass(frozen=True)
class Folder:
    """The folder of a search.

    Attributes:
        path: Where it is.
    """

    path: Path

    @property
    def begun(self) -> bool:
        """Whether a search was begun in it."""
        return (self.path / PLAN).is_file()

    @property
    def finished(self) -> bool:
        """Whether its search came to its end."""
        return (self.path / SEARCH).is_file()

    @property
    def journal(self) -> Path:
        """What happened in it."""
        return self.path / JOURNAL

    @property
    def plan(self) -> dict[str, Any]:
        """What the search was begun with.

        Raises:
            OutputError: The file is damaged.
        """
        try:
            found: dict[str, Any] = json.loads((self.path / PLAN).read_text(encoding="utf-8"))
            _ = (found["recipe"], found["space"], found["how"], found["data"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise OutputError("tune.plan_damaged", path=self.path, file=PLAN) from error
        return found

    def check(self, *, resume: bool, overwrite: bool) -> None:
        """Say before long work what stands in the way.

        Raises:
            OutputError: There is another search, or something else, or it cannot be written.
        """
        if self.path.is_file():
            raise OutputError("common.is_file", path=self.path)
        inside = sorted(one.name for one in self.path.iterdir()) if self.path.is_dir() else []
        if inside and not self.begun:
            raise OutputError(
                "common.not_ours" if overwrite or resume else "common.exists", path=self.path, found=listing(inside, 3)
            )
        if self.begun and not (resume or overwrite):
            raise OutputError("tune.exists" if self.finished else "tune.unfinished", path=self.path)
        check_place(self.path)

    def begin(self, plan: Mapping[str, Any]) -> None:
        """Make it, empty but for the plan."""
        if self.begun:
            shutil.rmtree(self.path)
        (self.path / TRIALS).mkdir(parents=True)
        write_text(self.path / PLAN, json_text({"format": FORMAT, "maeum": __version__, **plan}))

    def go_on(self, plan: Mapping[str, Any]) -> None:
        """Go on in it.

        Raises:
            UsageError: It was begun with other settings or data.
        """
        before = self.plan
        now: dict[str, Any] = json.loads(json_text({"maeum": __version__, **plan}))
        parts = [
            f"{name} {_shown(then)} → {_shown(value)}"
            for name, then, value in _differences(before, now)
            if name not in MAY_CHANGE
        ]
        if parts:
            raise UsageError("tune.resume_other", path=self.path, parts=listing(parts))
        write_text(self.path / PLAN, json_text({"format": FORMAT, **now}))
        (self.path / TRIALS).mkdir(exist_ok=True)
        (self.path / SEARCH).unlink(missing_ok=True)

    def place(self, number: int) -> Path:
        """The run folder of a trial."""
        return self.path / TRIALS / f"{number:04}"

    def write(self, course: Course, names: list[str], facts: Mapping[str, Any], best: Recipe | None) -> None:
        """Write what came out, `search.json` last."""
        trial_frame(self, course, names).write_parquet(self.path / TABLE)
        curve_frame(course).write_parquet(self.path / CURVES)
        if best is not None:
            best.save(self.path / BEST)
        counts = {status: _count(course, status) for status in (FINISHED, STOPPED, FAILED)}
        machine = {"system": platform.platform(), "machine": platform.machine(), "python": platform.python_version()}
        about = {"counts": {"trials": len(course.trials), **counts}, "machine": machine, "maeum": __version__}
        ended = {"ended": datetime.now(UTC).isoformat(timespec="seconds")}
        write_text(self.path / SEARCH, json_text({**facts, **about, **ended}))


def trial_frame(folder: Folder, course: Course, names: list[str]) -> pl.DataFrame:
    """`trials.parquet`: one row per trial."""
    import polars as pl

    trials = [course.trials[number] for number in sorted(course.trials)]
    columns: dict[str, Any] = {
        "trial": pl.Series([one.number for one in trials], dtype=pl.Int64),
        "status": pl.Series([STOPPED if one.status == RUNNING else one.status for one in trials], dtype=pl.String),
        "score": pl.Series([one.score for one in trials], dtype=pl.Float64),
        "score_sd": pl.Series([one.sd for one in trials], dtype=pl.Float64),
    }
    for name in names:
        column = f"setting_{name}" if name in _OWN else name
        columns[column] = _column([one.settings.get(name) for one in trials])
    columns |= {
        "epochs": pl.Series([one.epochs for one in trials], dtype=pl.Int64),
        "examples": pl.Series([one.examples for one in trials], dtype=pl.Int64),
        "seconds": pl.Series([one.seconds for one in trials], dtype=pl.Float64),
        "reason": pl.Series([_reason(one) for one in trials], dtype=pl.String),
        "retries": pl.Series([one.retries for one in trials], dtype=pl.Int64),
        "folder": pl.Series([_folder(folder, one) for one in trials], dtype=pl.String),
    }
    return pl.DataFrame(columns)


def curve_frame(course: Course) -> pl.DataFrame:
    """`curves.parquet`: one row per epoch of each trial."""
    import polars as pl

    rows = [
        {"trial": trial.number, **{name: row.get(name) for name in HISTORY_COLUMNS}}
        for _, trial in sorted(course.trials.items())
        for row in trial.rows
    ]
    schema = {"trial": pl.Int64, **dict.fromkeys(HISTORY_COLUMNS, pl.Float64)}
    return pl.DataFrame(rows, schema=schema).with_columns(pl.col("epoch", "step").cast(pl.Int64))


def _column(values: list[Any]) -> pl.Series:
    """Values of a setting in their own type; lists, and values of several types, as text."""
    import polars as pl

    kinds = {type(value) for value in values if value is not None}
    if kinds and kinds <= {int, float} and kinds != {int}:
        return pl.Series([None if value is None else float(value) for value in values], dtype=pl.Float64)
    if len(kinds) == 1 and kinds & {int, bool, str}:
        return pl.Series(values)
    return pl.Series([None if value is None else shown_value(value) for value in values], dtype=pl.String)


def shown_value(value: Any) -> str:
    """A value as a person reads it."""
    if isinstance(value, tuple | list):
        return ",".join(map(str, value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _reason(trial: Trial) -> str:
    return say("tune.reason_time") if trial.status == RUNNING else trial.reason


def _folder(folder: Folder, trial: Trial) -> str:
    place = folder.place(trial.number)
    return place.relative_to(folder.path).as_posix() if place.is_dir() and trial.status != FAILED else ""


def _count(course: Course, status: str) -> int:
    return sum(one.status == status or (status == STOPPED and one.status == RUNNING) for one in course.trials.values())


def _differences(before: Mapping[str, Any], now: Mapping[str, Any], above: str = "") -> list[tuple[str, Any, Any]]:
    found = []
    for name in dict.fromkeys([*before, *now]):
        if name == "format":
            continue
        then, value = before.get(name), now.get(name)
        if isinstance(then, Mapping) and isinstance(value, Mapping) and above != "space":
            found += _differences(then, value, name)
        elif then != value:
            found.append((name, then, value))
    return found


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "–"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
