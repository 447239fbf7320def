"""A run: one folder that holds all there is to know of a training, enough to repeat it."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
SEEDS: Final = "seeds"  # folder with one folder for each seed, where there are several
MODELS: Final = "models"  # folder with a run folder for each corpus, where several were trained on together

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
    "accelerate",
    "peft",
    "tokenizers",
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
            raise ModelError("train.not_a_run", folder=path, recipe=RECIPE, found=_inside(path))
        return cls(path)

    @classmethod
    def around(cls, folder: Path | str) -> Run | None:
        """The run that is `folder`, or whose model `folder` is; None where there is none."""
        path = Path(folder)
        outer = path.parent if path.name else path.absolute().parent  # "." has no name
        places = (path, outer) if path.absolute().name == MODEL_FOLDER else (path,)
        return next((cls(place) for place in places if (place / RECIPE).is_file()), None)

    @cached_property
    def model(self) -> Model:
        """The trained model."""
        return load(self.folder / MODEL_FOLDER)

    @cached_property
    def metrics(self) -> dict[str, Any]:
        """`{"validation": {accuracy, macro_f1, …}}` (None when nothing was held out); test figures: `evaluate`.

        Of several seeds `validation` holds means, `sd` standard deviations, `seeds` the numbers of each.
        """
        return self._json(METRICS)

    @cached_property
    def recipe(self) -> Recipe:
        """All settings."""
        return Recipe.load(self.folder / RECIPE)

    @cached_property
    def environment(self) -> dict[str, Any]:
        """Versions, machine, fingerprints of the data, rows left out."""
        return self._json(ENVIRONMENT)

    @property
    def history(self) -> pl.DataFrame:
        """One row per epoch."""
        import polars as pl

        with self._reading(HISTORY) as path:
            return pl.read_csv(path)

    @property
    def predictions(self) -> pl.DataFrame:
        """The model's answers on the validation rows.

        Raises:
            ModelError: There are none, because no validation rows were held out.
        """
        import polars as pl

        with self._reading(PREDICTIONS) as path:
            return pl.read_parquet(path)

    @property
    def report(self) -> Path:
        """The page about the validation rows; not there when none were held out."""
        return self.folder / REPORT

    def seen(self) -> dict[str, NDArray[np.uint64]]:
        """Hashes of the texts used, by part (`train`, `validation`), ascending; empty when not recorded."""
        from safetensors.numpy import load_file

        if not (self.folder / SEEN).is_file():
            return {}
        with self._reading(SEEN) as path:
            return dict(load_file(path))

    def _json(self, name: str) -> dict[str, Any]:
        with self._reading(name) as path:
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    @contextmanager
    def _reading(self, name: str) -> Iterator[Path]:
        """The path of a file of this run, checked to exist; whatever goes wrong while it is read is its damage."""
        path = self.folder / name
        if not path.is_file():
            raise ModelError("train.run_file_missing", folder=self.folder, name=name)
        try:
            yield path
        except Exception as error:
            reason = " ".join(str(error).split())[:200]
            raise ModelError("models.damaged", path=path, reason=reason) from error

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
