"""Tiny models of every kind to export, and graphs as they were written."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from maeum.models.encoder.tokenizer_check import korean_sample

TEXTS = list(korean_sample()[:80])
HIDDEN = {"cnn": {"filters": 8}, "rnn": {"hidden": 12}, "birnn": {"hidden": 12}}
Made = Callable[..., Any]


def encoder_fixtures() -> Any:
    """The module with tiny checkpoints of every architecture."""
    path = Path(__file__).parent.parent / "models" / "encoder_fixtures.py"
    spec = importlib.util.spec_from_file_location("encoder_fixtures", path)
    assert spec is not None and spec.loader is not None
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    if not hasattr(module, "TEXTS"):
        spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def fixtures() -> Any:
    """The module with tiny checkpoints of every architecture."""
    return encoder_fixtures()


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The folder of a Hugging Face classifier with random weights, once for each kind: checkpoint("bert")."""
    made: dict[tuple[str, str], Path] = {}

    def build(kind: str, labels: tuple[str, ...] = ("negative", "positive"), **values: Any) -> Path:
        key = kind, repr((labels, sorted(values.items())))
        if key not in made:
            folder = tmp_path_factory.mktemp(kind) / "classifier"
            made[key] = encoder_fixtures().write_checkpoint(kind, folder, labels=list(labels), **values)
        return made[key]

    return build


@pytest.fixture
def network() -> Made:
    """A network with random weights: network("birnn", cell="gru")."""
    import polars as pl
    import torch

    from maeum.models.family import family
    from maeum.models.hashed import HashedSettings
    from maeum.recipe import Recipe
    from maeum.schema import Dataset, Labels, Task
    from maeum.training import fit

    def build(name: str, *, several: bool = False, **values: Any) -> Any:
        texts = TEXTS[:40]
        frame = pl.DataFrame({"id": [str(at) for at in range(len(texts))], "text": texts})
        names = ["negative" if at % 2 else "positive" for at in range(len(texts))]
        column = [[one] if at % 3 else ["negative", "positive"] for at, one in enumerate(names)] if several else names
        task = Task.MULTI_LABEL if several else Task.SINGLE_LABEL
        data = Dataset(frame.with_columns(label=pl.Series(column)), task, Labels(("negative", "positive")), "toy")
        small = {"units": "syllable", "embedding": 12, "min_texts": 1, **HIDDEN[name.removesuffix("-wide")]}
        chosen = Recipe.from_keywords(name, {**small, **values})
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            model: Any = family(name).untrained(data, chosen.model, chosen.training)  # type: ignore[misc]
            with torch.no_grad():
                for parameter in model.module.parameters():  # nothing is zero after training
                    parameter.add_(torch.randn_like(parameter) * 0.3)
        if not chosen.model.wide:  # type: ignore[attr-defined]
            return model
        beside = fit(data, data, Recipe(model=HashedSettings.build({"min_texts": 1, "bits": 12}))).model
        return replace(model, wide=beside)

    return build
