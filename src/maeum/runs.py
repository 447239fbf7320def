"""A run: one folder that holds all there is to know of a training, enough to repeat it."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.errors import ModelError
from maeum.models import MODEL_FOLDER, load
from maeum.recipe import Recipe

if TYPE_CHECKING:
    import polars as pl

    from maeum.schema import Model

RECIPE: Final = "recipe.yaml"
ENVIRONMENT: Final = "environment.json"
HISTORY: Final = "history.csv"
METRICS: Final = "metrics.json"
PREDICTIONS: Final = "predictions.parquet"
REPORT: Final = "report.html"
SEEN: Final = "seen.safetensors"

# Columns of history.csv, whatever the family; linear models have one row.
HISTORY_COLUMNS: Final = (
    "epoch",
    "step",
    "train_loss",
    "train_accuracy",
    "validation_loss",
    "validation_accuracy",
    "validation_macro_f1",
    "learning_rate",
    "examples_per_s",
    "seconds",
)
_PACKAGES: Final = (
    "maeum",
    "numpy",
    "scipy",
    "scikit-learn",
    "polars",
    "pyarrow",
    "torch",
    "transformers",
    "onnxruntime",
)


@dataclass(frozen=True)
class Run:
    """A finished training.

    Attributes:
        folder: Where everything lies.
    """

    folder: Path

    @classmethod
    def open(cls, folder: Path | str) -> Run:
        """The run in `folder`.

        Raises:
            ModelError: It is not a run folder.
        """
        path = Path(folder)
        if not (path / RECIPE).is_file():
            raise ModelError("models.no_card", folder=path, card=RECIPE, found=_inside(path))
        return cls(path)

    @cached_property
    def model(self) -> Model:
        """The trained model."""
        return load(self.folder / MODEL_FOLDER)

    @cached_property
    def metrics(self) -> dict[str, Any]:
        """`{"validation": {accuracy, macro_f1, …}}`; test figures come only from `evaluate`."""
        found: dict[str, Any] = json.loads((self.folder / METRICS).read_text(encoding="utf-8"))
        return found

    @cached_property
    def recipe(self) -> Recipe:
        """All settings."""
        return Recipe.load(self.folder / RECIPE)

    @cached_property
    def environment(self) -> dict[str, Any]:
        """Versions, machine, fingerprints of the data."""
        found: dict[str, Any] = json.loads((self.folder / ENVIRONMENT).read_text(encoding="utf-8"))
        return found

    @property
    def history(self) -> pl.DataFrame:
        """One row per epoch."""
        import polars as pl

        return pl.read_csv(self.folder / HISTORY)

    @property
    def predictions(self) -> pl.DataFrame:
        """The model's answers on the validation rows."""
        import polars as pl

        return pl.read_parquet(self.folder / PREDICTIONS)

    @property
    def report(self) -> Path:
        """The page about the validation rows."""
        return self.folder / REPORT

    def seen(self) -> dict[str, NDArray[np.uint64]]:
        """Hashes of the texts used, by part (`train`, `validation`), ascending; empty when not recorded."""
        from safetensors.numpy import load_file

        path = self.folder / SEEN
        return dict(load_file(path)) if path.is_file() else {}

    def __repr__(self) -> str:
        return f"Run({str(self.folder)!r})"


def environment(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Versions and machine, with further facts of a run."""
    import os

    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return {
        "packages": found,
        "python": platform.python_version(),
        "system": platform.platform(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        **facts,
    }


def _inside(path: Path) -> str:
    return ", ".join(sorted(entry.name for entry in path.iterdir())[:5]) if path.is_dir() else "–"
