"""A training that was interrupted: what of it is kept beside the run folder, and when it may go on.

`.NAME.part/` holds `recipe.yaml`, `training.json` (fingerprints of the data, seeds), `history.csv` as far as it goes,
and what the trainer keeps (`checkpoints/`); of several seeds, each has a folder of its own under `seeds/`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from maeum.data.fingerprint import fingerprint
from maeum.engine.journal import journal_folder
from maeum.errors import OutputError, UsageError, UserError
from maeum.messages import listing, say
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.runs import HISTORY, METRICS, RECIPE, SEEDS
from maeum.schema import Dataset
from maeum.settings import flag
from maeum.storage import plain_errors, write_text
from maeum.version import __version__
from maeum.workflows.outputs import json_text
from maeum.workflows.prepare import Prepared

STATE: Final = "training.json"
FORMAT: Final = 1
_OWN: Final = frozenset({RECIPE, STATE, HISTORY})  # files that nothing can go on from
_FLAGS: Final = {  # settings whose option has another name
    "family": "--model",
    "source": "--data",
    "also": "--data (2, …)",
    "teacher": "TEACHER",
    "teacher_fingerprint": "TEACHER (#)",
}


@dataclass(frozen=True)
class Unfinished:
    """The unfinished training of one run folder.

    Attributes:
        final: The run folder that it is to become.
        processes: How many train together; a checkpoint fits no other number.
        options: Of the command that goes on with it: where they are.
    """

    final: Path
    processes: int = 1
    options: str = ""

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return journal_folder(self.final)

    @property
    def worth(self) -> bool:
        """Whether there is anything to go on from: a checkpoint, or a seed that is finished."""
        if not (self.folder / STATE).is_file():
            return False
        return any(path.is_file() and path.name not in _OWN for path in self.folder.rglob("*"))

    @property
    def recipe(self) -> Recipe:
        """What it was begun with.

        Raises:
            RecipeError: The file was changed to something that is no recipe.
        """
        return Recipe.load(self.folder / RECIPE)

    @property
    def taught(self) -> bool:
        """Whether it was begun with a teacher, as far as its recipe can be read."""
        try:
            return self.recipe.teaching is not None
        except UserError:
            return False

    @property
    def state(self) -> dict[str, Any]:
        """What it was begun on.

        Raises:
            OutputError: The file is damaged.
        """
        try:
            found: dict[str, Any] = json.loads((self.folder / STATE).read_text(encoding="utf-8"))
            _ = (int(found["seeds"]), found["data"]["train"]["fingerprint"], found["maeum"])
        except (ValueError, KeyError, TypeError) as error:
            raise OutputError("train.unfinished_damaged", path=self.final, file=self.folder / STATE) from error
        return found

    def place(self, seed: int, seeds: int) -> Path:
        """The folder of one seed of several, or of the only one."""
        return self.folder if seeds == 1 else self.folder / SEEDS / str(seed)

    def command(self, *, in_memory: bool = False) -> str:
        """What to type to go on with it."""
        replacing = self.final.exists()
        if in_memory:
            call = "distill(teacher, data=data" if self.taught else "train(data"
            return f'maeum.{call}, out="{self.final}", resume=True{", overwrite=True" if replacing else ""})'
        name = f'"{self.final}"' if " " in str(self.final) else str(self.final)
        verb = "distill" if self.taught else "train"
        options = self._begun_there()
        return f"maeum {verb} --resume -o {name}{' --overwrite' if replacing else ''}{options and ' '}{options}"

    def check(self, *, resume: bool, overwrite: bool) -> None:
        """Say before long work what stands in the way of beginning, or of going on.

        Raises:
            OutputError: An unfinished training would be lost, or the folder of its name is not maeum's.
        """
        inside = sorted(path.name for path in self.folder.iterdir()) if self.folder.is_dir() else []
        if inside and STATE not in inside:
            raise OutputError("train.part_not_ours", path=self.final, folder=self.folder, found=listing(inside, 3))
        if self.worth and not (resume or overwrite):
            raise OutputError("train.unfinished", path=self.final, command=self.command())

    def check_settings(self, recipe: Recipe, seeds: int) -> None:
        """Refuse to go on with other settings than it was begun with.

        Raises:
            UsageError: There are some, each named with what it was and what it is now.
        """
        before, now = dict(_flat(self.recipe)), dict(_flat(recipe))
        state = self.state
        before |= {"--seeds": state["seeds"], "maeum": state["maeum"], "--workers": state.get("processes", 1)}
        now |= {"--seeds": seeds, "maeum": __version__, "--workers": self.processes}
        names = [name for name in dict.fromkeys([*before, *now]) if before.get(name) != now.get(name)]
        if names:
            parts = [f"{name} {_shown(before.get(name))} → {_shown(now.get(name))}" for name in names]
            raise UsageError("train.resume_other", path=self.final, parts=listing(parts), command=self.command())

    def check_data(self, prepared: Prepared) -> None:
        """Refuse to go on with other data.

        Raises:
            UsageError: They differ, in train or validation.
        """
        before, now = self.state["data"], about_data(prepared)
        parts = list(_differences(before, now))
        for name, other in now.get("others", {}).items():
            found = _differences(before.get("others", {}).get(name, {}), other)
            parts += [f"{name}: {part}" for part in found]
        if parts:
            raise UsageError("train.resume_data", path=self.final, parts=listing(parts))

    def begin(self, recipe: Recipe, prepared: Prepared, seeds: int) -> None:
        """Make its folder, empty but for what it is begun with."""
        with plain_errors(self.final):
            self.drop()
            try:
                self.folder.mkdir(parents=True)
                state = {"format": FORMAT, "maeum": __version__, "seeds": seeds, "data": about_data(prepared)}
                state |= {"processes": self.processes, "options": self.options}
                write_text(self.folder / STATE, json_text(state))
                recipe.save(self.folder / RECIPE)
            except BaseException:
                self.drop()
                raise

    def drop(self) -> None:
        """Remove all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def leave(self, *, in_memory: bool, above: Path) -> None:
        """Training ended early: say how to go on where that is possible, else leave no trace.

        Args:
            in_memory: The data were given as a Dataset.
            above: The folder that was there before; empty ones made below it are removed.
        """
        if self.worth:
            tell(say("train.kept", folder=self.folder, command=self.command(in_memory=in_memory)))
            return
        self.drop()
        parent = self.folder.absolute().parent
        while parent != above and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()
            parent = parent.parent

    def _begun_there(self) -> str:
        """The options of the cluster that it was begun on, as far as its state can be read."""
        try:
            return str(self.state.get("options", "")) if (self.folder / STATE).is_file() else self.options
        except UserError:
            return ""


def about_data(prepared: Prepared) -> dict[str, Any]:
    """Rows, fingerprint and label counts of train and validation; of further corpora by name."""
    held = prepared.validation
    found: dict[str, Any] = {"train": _about(prepared.train), "validation": None if held is None else _about(held)}
    if prepared.others:
        found["others"] = {name: about_data(one) for name, one in prepared.others.items()}
    return found


def finished(place: Path) -> bool:
    """Whether the seed whose folder this is was trained to its end."""
    return (place / METRICS).is_file()


def _about(data: Dataset) -> dict[str, Any]:
    return {"rows": len(data), "fingerprint": fingerprint(data), "labels": data.label_counts()}


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """What is not as it was, in words."""
    for name in ("train", "validation"):
        if _print(before.get(name)) != _print(now[name]):
            yield say(f"train.part_{name}", how=_changed(before.get(name), now[name]))


def _print(data: Mapping[str, Any] | None) -> str | None:
    return data["fingerprint"] if data else None


def _changed(before: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> str:
    rows, others = (data["rows"] if data else 0 for data in (before, now))
    return say("train.rows_same", count=others) if rows == others else say("train.rows_then", before=rows, now=others)


def _flat(recipe: Recipe) -> Iterator[tuple[str, Any]]:
    """Settings by the option that a user types."""
    for values in recipe.plain().values():
        for name, value in values.items():
            yield _FLAGS.get(name, flag(name)), value


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "–"
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
