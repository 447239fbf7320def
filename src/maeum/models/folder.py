"""Saved models: a folder with `model.json` (the card that says what it is) and its family's files, never pickles."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from maeum.errors import ModelError
from maeum.schema import Labels, Task
from maeum.storage import writing_folder
from maeum.version import __version__

CARD: Final = "model.json"
FORMAT: Final = 1
MAX_CARD_BYTES: Final = 64 << 20


@contextmanager
def saving(folder: Path | str, card: Mapping[str, Any], *, overwrite: bool = False) -> Iterator[Path]:
    """Write a model folder atomically: the card here, the family's files by the caller in the folder given."""
    with writing_folder(folder, overwrite=overwrite, marker=CARD) as part:
        whole = {"format": FORMAT, "maeum": __version__, **card}
        (part / CARD).write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        yield part


def read_card(folder: Path) -> dict[str, Any]:
    """The card of a saved model.

    Raises:
        ModelError: It is missing, damaged, or written by a newer maeum.
    """
    path = folder / CARD
    if not path.is_file():
        found = ", ".join(sorted(entry.name for entry in folder.iterdir())[:5]) or "–"
        raise ModelError("models.no_card", folder=folder, card=CARD, found=found)
    if path.stat().st_size > MAX_CARD_BYTES:
        raise ModelError("models.damaged", path=path, reason=f"{path.stat().st_size} > {MAX_CARD_BYTES} bytes")
    with damage_of(path):
        card = json.loads(path.read_text(encoding="utf-8"))
        written, _ = int(card["format"]), (str(card["family"]), Task(card["task"]), Labels.from_json(card["labels"]))
    if written > FORMAT:
        raise ModelError("models.newer", folder=folder, found=written, known=FORMAT, version=card.get("maeum", "?"))
    return dict(card)


def of_encoder(facts: Mapping[str, Any]) -> bool:
    """Whether a card, or what an exported model's says of its source, is an encoder's: settings with a checkpoint."""
    return facts.get("family") == "encoder" or "checkpoint" in (facts.get("settings") or {})


@contextmanager
def damage_of(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong with the content of `path` into the sentence that it is damaged.

    Raises:
        ModelError: Something went wrong.
    """
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise ModelError("models.damaged", path=path, reason=reason) from error


def write_tensors(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays by name as safetensors; the format takes the memory as it lies, so views are laid out first."""
    import numpy as np
    from safetensors.numpy import save

    # as bytes, because the library's own writer leaves files that only their owner can read
    path.write_bytes(save({name: np.ascontiguousarray(array) for name, array in arrays.items()}))


def read_tensors(path: Path) -> dict[str, Any]:
    """Arrays by name from a safetensors file.

    Raises:
        ModelError: It is missing or damaged.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    if not path.is_file():
        raise ModelError("models.file_missing", folder=path.parent, name=path.name)
    try:
        return dict(load_file(path))
    except (SafetensorError, OSError, ValueError) as error:
        raise ModelError("models.damaged", path=path, reason=str(error)) from error
