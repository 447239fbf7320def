"""`maeum models`: the models of the package and the kinds that can be trained, for people."""

from __future__ import annotations

from typing import Any

from maeum.messages import say
from maeum.models import bundled, trunks
from maeum.models.family import families, family, saved_families
from maeum.models.folder import read_card


def model_list() -> list[dict[str, Any]]:
    """Name, use, titles by language and tasks of every model.

    Uses: `predict`: ready; `trunk`: an encoder to train from; `train`: a kind to train.
    """
    cards = {name: read_card(folder) for name, folder in bundled().items()}
    ready = [
        {
            "name": name,
            "use": "predict",
            "titles": card.get("titles") or dict(saved_families()[card["family"]].titles),
            "tasks": [card["task"]],
        }
        for name, card in cards.items()
    ]
    title = {lang: say("models.trunk_title", lang) for lang in ("en", "ko")}
    tasks = [task.value for task in family("encoder").tasks]
    starts = [{"name": name, "use": "trunk", "titles": title, "tasks": tasks} for name in trunks()]
    kinds = [
        {"name": kind.name, "use": "train", "titles": dict(kind.titles), "tasks": [task.value for task in kind.tasks]}
        for kind in families().values()
    ]
    return [*ready, *starts, *kinds]
