"""Models: families that can be trained, and saved models by name or folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from maeum.errors import ModelError
from maeum.messages import listing

if TYPE_CHECKING:
    from maeum.schema import Model

MODEL_FOLDER: Final = "model"  # inside a run folder
DEFAULT: Final = "fast"  # what predicts when no model is named
BUNDLED: Final = Path(__file__).parent.parent / "assets" / "models"


def load(name: str | Path) -> Model:
    """A trained model, ready to predict.

    Args:
        name: A model of the package (`fast`), or a model folder or run folder, as a path or by its name in one of the
            folders of `MAEUM_MODELS`.

    Raises:
        ModelError: There is no such model, or its folder is damaged.
    """
    from maeum.models.family import families, family
    from maeum.models.folder import CARD, read_card

    folder = _find(name)
    if not folder.exists():
        if str(name) in families():
            raise ModelError("models.family_not_trained", name=name)
        raise ModelError("models.not_found", name=name, near=_near(folder), known=listing(bundled()))
    if not folder.is_dir():
        raise ModelError("models.not_a_folder", path=folder)
    if not (folder / CARD).is_file() and (folder / MODEL_FOLDER / CARD).is_file():
        folder = folder / MODEL_FOLDER
    card = read_card(folder)
    if card["family"] not in families():
        raise ModelError("models.unknown_saved_family", folder=folder, name=card["family"], known=listing(families()))
    return family(str(card["family"])).load(folder, card)


def bundled() -> dict[str, Path]:
    """Folders of the models that the package brings, by name."""
    return {folder.name: folder for folder in sorted(BUNDLED.iterdir())} if BUNDLED.is_dir() else {}


def _find(name: str | Path) -> Path:
    """The folder called `name`: as a path, else in one of the folders of `MAEUM_MODELS`, else in the package.

    A folder of the user's that only happens to have a packaged model's name, and holds none, is passed over.
    """
    from maeum.models.folder import CARD

    packaged = bundled().get(str(name))
    own = [folder for folder in os.environ.get("MAEUM_MODELS", "").split(os.pathsep) if folder]
    places = [Path(name), *(Path(folder) / name for folder in own)]
    if packaged is not None:
        holding = (p for p in places if (p / CARD).is_file() or (p / MODEL_FOLDER / CARD).is_file())
        return next(holding, packaged)
    return next((place for place in places if place.exists()), places[0])


def _near(folder: Path) -> str:
    """Model and run folders beside the one that is not there."""
    from maeum.models.folder import CARD

    parent = folder.parent
    beside = sorted(parent.iterdir()) if parent.is_dir() else []
    found = [path for path in beside if (path / CARD).is_file() or (path / MODEL_FOLDER / CARD).is_file()]
    return listing(found, 5) if found else "–"
