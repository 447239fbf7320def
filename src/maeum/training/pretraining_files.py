"""What a pretraining leaves on disk while it runs: checkpoints, of which the last but one is kept, and the history."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import torch

CHECKPOINT: Final = "checkpoint.pt"
PREVIOUS: Final = "checkpoint.previous.pt"
HISTORY: Final = "history.csv"


def holds_checkpoint(folder: Path) -> bool:
    """Whether there is a checkpoint, whatever its state."""
    return (folder / CHECKPOINT).exists() or (folder / PREVIOUS).exists()


def write_checkpoint(folder: Path, state: Mapping[str, Any]) -> None:
    """Write a checkpoint; the one before is kept, should this one be damaged."""
    part = folder / f".{CHECKPOINT}.part"
    torch.save(dict(state), part)
    if (folder / CHECKPOINT).exists():
        os.replace(folder / CHECKPOINT, folder / PREVIOUS)
    os.replace(part, folder / CHECKPOINT)


def read_checkpoint(path: Path, device: torch.device) -> dict[str, Any] | None:
    """What `write_checkpoint` wrote; None where it is damaged."""
    try:
        saved: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
    except Exception:  # whatever a damaged archive makes torch raise
        return None
    return saved


def write_history(path: Path, rows: Sequence[Mapping[str, float]]) -> None:
    """All rows so far as CSV; columns in the order in which they first occur."""
    part = path.with_name(f".{path.name}.part")
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(part, path)
