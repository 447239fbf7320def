"""Weights & Biases: online with the user's key, offline without one; it never asks for anything."""

from __future__ import annotations

import netrc
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from maeum.messages import say
from maeum.progress import tell

INIT_SECONDS: Final = 20  # until a server counts as gone
_KEYS: Final = ("WANDB_API_KEY", "WANDB_IDENTITY_TOKEN_FILE")


class WeightsAndBiases:
    """A run of project `WANDB_PROJECT`, else `maeum`; its files lie in `WANDB_DIR`, else in `./wandb`."""

    title = "W&B"

    def __init__(self, name: str) -> None:
        self.name = name
        self._run: Any = None

    def open(self, facts: Mapping[str, Any]) -> str:  # noqa: ARG002
        """Start a run of its own, whatever other runs the process has."""
        os.environ.setdefault("WANDB_ERROR_REPORTING", "false")  # nothing is reported that was not asked for
        import wandb

        offline = not os.environ.get("WANDB_MODE") and not has_key()
        if offline:
            tell(say("tracking.wandb_offline"))
        self._run = wandb.init(
            project=os.environ.get("WANDB_PROJECT", "maeum"),
            name=self.name or None,
            mode="offline" if offline else None,
            reinit="create_new",
            settings=wandb.Settings(silent=True, console="off", init_timeout=INIT_SECONDS),
        )
        for axis in ("step", "epoch"):
            self._run.define_metric(f"{axis}/*", step_metric=axis)
        return str(Path(self._run.dir).parent if self._run.offline else self._run.url)

    def parameters(self, values: Mapping[str, str], recipe: Mapping[str, Any]) -> None:
        """The run's configuration: the recipe nested, other facts flat."""
        others = {name: value for name, value in values.items() if name.partition(".")[0] not in recipe}
        self._run.config.update({**recipe, **others}, allow_val_change=True)

    def log(self, values: Mapping[str, float], step: int, axis: str) -> None:
        """Figures over their own axis: the library's own step only ever counts up."""
        self._run.log({**values, axis: step})

    def flush(self) -> None:
        """The library sends by itself."""

    def artifact(self, path: Path) -> None:
        """Keep a file with the run."""
        kept = shutil.copy(path, self._run.dir)  # a link, the library's own way, breaks when the run folder moves
        self._run.save(kept, base_path=self._run.dir, policy="now")

    def close(self, *, failed: bool) -> None:
        """End the run."""
        self._run.finish(exit_code=int(failed))


def has_key() -> bool:
    """Whether the library will find a key without asking: in the environment or where `wandb login` writes it."""
    if any(os.environ.get(name) for name in _KEYS):
        return True
    host = urlsplit(os.environ.get("WANDB_BASE_URL", "https://api.wandb.ai")).hostname or ""
    try:
        return netrc.netrc(os.environ.get("NETRC")).authenticators(host) is not None
    except (OSError, netrc.NetrcParseError):
        return False


def tracker(name: str, folder: Path | None) -> WeightsAndBiases:  # noqa: ARG001
    """A tracker for a run of this name."""
    return WeightsAndBiases(name)
