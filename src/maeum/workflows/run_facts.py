"""What a run folder tells about its training without predicting anything: losses, size, time, epochs."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from maeum.errors import ModelError
from maeum.models import MODEL_FOLDER
from maeum.report import Learning
from maeum.runs import Run
from maeum.workflows.run_folder import watched

# Arrays of n-gram models that are no part of its layers: places of n-grams, shares, limits.
_NOT_LEARNT: Final = frozenset({"hashes", "prior", "thresholds"})
_NGRAMS: Final = "weights.safetensors"
_MAX_HEADER: Final = 100 << 20


def facts_of_run(run: Run) -> tuple[dict[str, float | None], list[dict[str, Any]]]:
    """Values by name of `schema.comparison.COLUMNS`, and the rows of the history.

    Raises:
        ModelError: Files of the run are missing or damaged.
    """
    history = run.history.to_dicts()
    rows = [{name: _number(value) for name, value in row.items()} for row in history]
    best = Learning(rows, watched(run.recipe)).best
    chosen = rows[best] if best is not None else (rows[-1] if rows else {})
    validation: Mapping[str, Any] = run.metrics.get("validation") or {}
    judged = {name: _number(validation.get(name)) for name in ("accuracy", "macro_f1", "micro_f1", "log_loss", "ece")}
    rates = [row["examples_per_s"] for row in rows if row.get("examples_per_s") is not None]
    folder = run.folder / MODEL_FOLDER
    return {
        **judged,
        "train_loss": chosen.get("train_loss"),
        "validation_loss": chosen.get("validation_loss"),
        "parameters": float(parameters_in(folder)),
        "megabytes": size_of(folder) / 1e6,
        "seconds": rows[-1].get("seconds") if rows else None,
        "examples_per_s": float(median(float(rate) for rate in rates if rate is not None)) if rates else None,
        "epochs": float(len(rows)) if rows else None,
        "best_epoch": chosen.get("epoch") if best is not None else None,
    }, rows


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def parameters_in(folder: Path) -> int:
    """Numbers learnt that a model folder holds, read from the heads of its files without loading them.

    Raises:
        ModelError: A file is damaged.
    """
    return sum(_learnt(path) for path in folder.rglob("*.safetensors"))


def _learnt(path: Path) -> int:
    skipped: Sequence[str] | frozenset[str] = _NOT_LEARNT if path.name == _NGRAMS else ()
    total = 0
    for name, entry in _header(path).items():
        if name == "__metadata__" or name in skipped:
            continue
        count = 1
        for size in entry["shape"]:
            count *= int(size)
        total += count
    return total


def _header(path: Path) -> dict[str, Any]:
    """The head of a safetensors file: its length in 8 bytes, then JSON (the format's own definition)."""
    try:
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            found: dict[str, Any] = json.loads(file.read(min(length, _MAX_HEADER)))
    except (OSError, ValueError, struct.error) as error:
        raise ModelError("models.damaged", path=path, reason=str(error)) from error
    return found


def _number(value: Any) -> float | None:
    """A number; text that stands for one, as in columns that are empty in every row, is read."""
    try:
        found = float(value) if value is not None else None
    except (TypeError, ValueError):
        return None
    return None if found is None or found != found else found
