"""A pretraining that was interrupted: what of it is kept, and when it may go on.

`.NAME.part/` holds `pretraining.yaml` (settings as typed), `data/` (blocks, tokenizer, hashes of the texts), and
`training/` (checkpoints, history, the encoder as it was last).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from maeum.engine.journal import journal_folder
from maeum.errors import OutputError, UsageError
from maeum.messages import listing, say
from maeum.progress import tell
from maeum.settings import flag
from maeum.storage import plain_errors
from maeum.workflows.pretraining.blocks import FACTS
from maeum.workflows.pretraining.settings import PretrainSettings

SETTINGS: Final = "pretraining.yaml"
FREE: Final = frozenset({"time", "evaluate_every", "checkpoint_every", "compile"})  # may change when resumed
_FLAGS: Final = {"start": "--from", "corpora": "CORPUS"}


@dataclass(frozen=True)
class Unfinished:
    """The unfinished pretraining of one folder.

    Attributes:
        final: The folder that it is to become.
    """

    final: Path

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return journal_folder(self.final)

    @property
    def data(self) -> Path:
        """What was prepared."""
        return self.folder / "data"

    @property
    def training(self) -> Path:
        """Where the training core writes."""
        return self.folder / "training"

    @property
    def worth(self) -> bool:
        """Whether there is anything to go on from."""
        return (self.folder / SETTINGS).is_file() and (self.data / FACTS).is_file()

    def command(self) -> str:
        """What to type to go on with it."""
        name = f'"{self.final}"' if " " in str(self.final) else str(self.final)
        return f"maeum pretrain --resume -o {name}{' --overwrite' if self.final.exists() else ''}"

    def check(self, *, resume: bool, overwrite: bool) -> None:
        """Say before long work what stands in the way of beginning, or of going on.

        Raises:
            OutputError: A finished folder is asked to go on, an unfinished pretraining would be lost, or the folder of
                its name is not maeum's.
        """
        if resume and not overwrite and (self.final / SETTINGS).is_file():
            if self.worth:
                raise OutputError("train.resume_replaces", path=self.final, command=self.command())
            raise OutputError("pretrain.resume_finished", path=self.final)
        inside = sorted(path.name for path in self.folder.iterdir()) if self.folder.is_dir() else []
        if inside and SETTINGS not in inside:
            raise OutputError("train.part_not_ours", path=self.final, folder=self.folder, found=listing(inside, 3))
        if self.worth and not (resume or overwrite):
            raise OutputError("train.unfinished", path=self.final, command=self.command())

    def resumed(self, typed: Mapping[str, Any]) -> PretrainSettings:
        """The settings it was begun with, with those of `typed` that may change.

        Raises:
            UsageError: Others differ; each is named with what it was and what it is now.
            RecipeError: The file of settings was changed to something else, or a value cannot be used.
        """
        before = PretrainSettings.load(self.folder / SETTINGS)
        now = PretrainSettings.build({**before.model_dump(), **typed})
        was, is_ = before.model_dump(mode="json"), now.model_dump(mode="json")
        names = [name for name in was if name not in FREE and was[name] != is_[name]]
        if names:
            parts = [f"{_FLAGS.get(name, flag(name))} {_shown(was[name])} → {_shown(is_[name])}" for name in names]
            raise UsageError("train.resume_other", path=self.final, parts=listing(parts), command=self.command())
        return now

    def begin(self, settings: PretrainSettings) -> None:
        """Make its folder, empty but for the settings."""
        with plain_errors(self.final):
            self.drop()
            self.folder.mkdir(parents=True)
            settings.save(self.folder / SETTINGS)

    def drop(self) -> None:
        """Remove all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def leave(self) -> None:
        """The work ended early: say how to go on where that is possible, else leave no trace."""
        if self.worth:
            tell(say("train.kept", folder=self.folder, command=self.command()))
        else:
            self.drop()


def _shown(value: Any) -> str:
    if value in (None, "", []):
        return "–"
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
