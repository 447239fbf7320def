"""`maeum models`: the models of the package and the kinds that can be trained, for people."""

from __future__ import annotations

from typing import Any

from maeum.models import bundled
from maeum.models.family import families
from maeum.models.folder import read_card


def model_list() -> list[dict[str, Any]]:
    """Name, use (`predict`: ready; `train`: a kind to train), titles by language and tasks of every model."""
    cards = {name: read_card(folder) for name, folder in bundled().items()}
    ready = [
        {"name": name, "use": "predict", "titles": card["titles"], "tasks": [card["task"]]}
        for name, card in cards.items()
    ]
    kinds = [
        {"name": kind.name, "use": "train", "titles": dict(kind.titles), "tasks": [task.value for task in kind.tasks]}
        for kind in families().values()
    ]
    return [*ready, *kinds]
