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
CONFIG: Final = "config.json"  # of what transformers wrote
DEFAULT: Final = "small"  # what predicts when no model is named
BUNDLED: Final = Path(__file__).parent.parent / "assets" / "models"


def load(name: str | Path) -> Model:
    """A trained model, ready to predict.

    Args:
        name: A model of the package (`fast`); a model folder, run folder or folder of a Hugging Face classifier, as a
            path or by its name in one of the folders of `MAEUM_MODELS` (also `owner/name`, kept as `owner--name`); or
            a classifier's id on the Hugging Face Hub.

    Raises:
        ModelError: There is no such model, or its folder is damaged.
    """
    from maeum.models.family import families, family, saved_families, saved_family
    from maeum.models.folder import CARD, read_card

    folder = _find(name)
    if folder in trunks().values():
        raise ModelError("models.trunk", name=folder.name)
    if not folder.exists():
        if str(name) in families():
            raise ModelError("models.family_not_trained", name=name)
        if not _on_hub(str(name), folder):
            raise ModelError("models.not_found", name=name, near=_near(folder), known=listing(bundled()))
        from maeum.models.encoder.checkpoint import locate

        folder = locate(str(name))
    if not folder.is_dir():
        raise ModelError("models.not_a_folder", path=folder)
    if not (folder / CARD).is_file() and (folder / MODEL_FOLDER / CARD).is_file():
        folder = folder / MODEL_FOLDER
    if not (folder / CARD).is_file() and (folder / CONFIG).is_file():  # written by transformers
        return family("encoder").load(folder, {})
    card = read_card(folder)
    chosen = saved_family(str(card["family"]))
    if chosen is None:
        known = listing(saved_families(), len(saved_families()))
        raise ModelError("models.unknown_saved_family", folder=folder, name=card["family"], known=known)
    return chosen.load(folder, card)


def bundled() -> dict[str, Path]:
    """Folders of the models that the package brings, by name."""
    from maeum.models.folder import CARD

    return {folder.name: folder for folder in _packaged() if (folder / CARD).is_file()}


def trunks() -> dict[str, Path]:
    """Folders of the encoders without a head that the package brings, by name: to be trained, not to predict with."""
    from maeum.models.folder import CARD

    folders = (folder for folder in _packaged() if not (folder / CARD).is_file())
    return {folder.name: folder for folder in folders if (folder / CONFIG).is_file()}


def _packaged() -> list[Path]:
    return sorted(BUNDLED.iterdir()) if BUNDLED.is_dir() else []


def _find(name: str | Path) -> Path:
    """The folder called `name`: as a path, else in one of the folders of `MAEUM_MODELS`, else in the package.

    A folder of the user's that only happens to have a packaged model's name, and holds none, is passed over.
    """
    from maeum.models.folder import CARD

    packaged = {**trunks(), **bundled()}.get(str(name))
    own = [folder for folder in os.environ.get("MAEUM_MODELS", "").split(os.pathsep) if folder]
    flat = str(name).replace("/", "--")  # how the Hugging Face cache writes owner/name as one folder
    places = [Path(name), *(Path(folder) / form for folder in own for form in (name, flat))]
    if packaged is not None:
        holding = (p for p in places if (p / CARD).is_file() or (p / MODEL_FOLDER / CARD).is_file())
        return next(holding, packaged)
    return next((place for place in places if place.exists()), places[0])


def _on_hub(name: str, folder: Path) -> bool:
    """Whether a name that is no folder can mean a model on the Hugging Face Hub, rather than a folder mistyped."""
    from importlib.util import find_spec

    from maeum.models.encoder.checkpoint import is_hub_id

    return is_hub_id(name) and not ("/" in name and folder.parent.is_dir()) and find_spec("huggingface_hub") is not None


def _near(folder: Path) -> str:
    """Model and run folders beside the one that is not there."""
    from maeum.models.folder import CARD

    parent = folder.parent
    beside = sorted(parent.iterdir()) if parent.is_dir() else []
    found = [path for path in beside if (path / CARD).is_file() or (path / MODEL_FOLDER / CARD).is_file()]
    return listing(found, 5) if found else "–"
