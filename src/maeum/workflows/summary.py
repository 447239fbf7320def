"""`maeum summary`: what a model is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maeum.data import open_data
from maeum.data.settings import DataSettings
from maeum.errors import ModelError, RecipeError, require
from maeum.messages import did_you_mean, listing
from maeum.models import MODEL_FOLDER, bundled, load
from maeum.models.family import Family, families, named
from maeum.models.folder import CARD
from maeum.runs import Run
from maeum.schema import Model, Task
from maeum.schema.layer import Layer, ModelSummary
from maeum.workflows.run_facts import size_of

SAMPLE = "sample"


def summary(model: str | Path | Model | Run, *, depth: int | None = None) -> ModelSummary:
    """The layers of a model, with output shapes and parameters.

        summary("runs/nsmc-cnn").parameters

    Args:
        model: A Model, a Run, a folder of either, a model of the package, or a family that is not trained yet, which is
            then built untrained on the packaged sample.
        depth: How deep parts inside parts are shown; see `models.neural.summary.layers_of`.

    Raises:
        ModelError: There is no such model or family, or the kind of model has no layers to show.
        RecipeError: `depth` is below 1.
        MissingExtraError: torch is not installed and the model needs it.
    """
    if depth is not None and depth < 1:
        raise RecipeError("summary.depth", found=depth)
    if isinstance(model, Run):
        return _of(model.model, str(model.folder), model.folder / MODEL_FOLDER, depth)
    if not isinstance(model, str | Path):
        return _of(model, type(model).__name__, None, depth)
    try:
        found = load(model)
    except ModelError as error:
        if error.key not in ("models.family_not_trained", "models.not_found", "models.trunk"):
            raise
        return _untrained(str(model), depth, error)
    return _of(found, str(model), _folder(model), depth)


def _untrained(name: str, depth: int | None, missing: ModelError) -> ModelSummary:
    """A family as it is before training.

    Raises:
        ModelError: There is no such family, or its shape comes from the data alone.
    """
    try:
        family, settings = named(name)
    except ModelError:
        if missing.key == "models.family_not_trained":
            raise missing from None
        near = did_you_mean(name, [*bundled(), *families()])
        values = {"near": near, "models": listing(bundled()), "families": listing(families(), 20)}
        raise ModelError("summary.not_found", name=name, **values) from None
    if family.untrained is None:
        raise ModelError("summary.shape_of_data", name=name) from None
    require("torch", "train")
    return _of(_built(family, settings), name, None, depth, trained=False)


def _built(family: Family, settings: Any) -> Model:
    stars = "2" if Task.SINGLE_LABEL in family.tasks else None
    source = DataSettings.build({"source": SAMPLE, **({"stars": stars} if stars else {})})
    assert family.untrained is not None
    return family.untrained(open_data(source, "train"), family.settings.build(dict(settings)), family.training())


def _of(model: Model, name: str, folder: Path | None, depth: int | None, *, trained: bool = True) -> ModelSummary:
    layers, size = _layers(model, depth)
    return ModelSummary(
        name=name,
        family=_family(model),
        task=model.task.value,
        trained=trained,
        layers=layers,
        bytes=size,
        disk=size_of(folder) if folder is not None and folder.is_dir() else None,
    )


def _layers(model: Model, depth: int | None) -> tuple[list[Layer], int]:
    """Layers, and bytes of what they hold."""
    offered = getattr(model, "layers", None)
    if callable(offered):
        layers: list[Layer] = offered()
        width = 1 if any(layer.note == "int8" for layer in layers) else 4
        return layers, width * sum(layer.parameters for layer in layers)
    from maeum.models.neural import NeuralModel

    if not isinstance(model, NeuralModel):
        raise ModelError("summary.no_layers", kind=type(model).__name__)
    require("torch", "train")
    from maeum.models.neural.summary import layers_of

    held = sum(one.numel() * one.element_size() for one in model.module.parameters())
    beside = model.wide.table.nbytes if model.wide is not None else 0
    return layers_of(model, depth), held + beside


def _family(model: Model) -> str:
    settings = getattr(model, "settings", None)
    return str(getattr(settings, "family", None) or getattr(model, "family", None) or type(model).__name__)


def _folder(name: str | Path) -> Path | None:
    """The folder that `load` read, where it is at the name itself or in the package."""
    places = (Path(name), Path(name) / MODEL_FOLDER, bundled().get(str(name)))
    return next((place for place in places if place is not None and (place / CARD).is_file()), None)
