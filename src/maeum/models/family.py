"""What a model family is, and which there are.

A new family is a new module or package here that defines `FAMILY` and bears its name, with `_` for `-`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, ClassVar

from maeum.errors import ModelError
from maeum.messages import did_you_mean
from maeum.models import trunks
from maeum.models.space import Space
from maeum.models.training_settings import TrainingSettings
from maeum.schema import Dataset, Model, Task
from maeum.settings import Settings

if TYPE_CHECKING:
    from maeum.models.neural import NeuralModel


class ModelSettings(Settings):
    """Base of a family's own settings; `family` names the family."""

    family: str
    tasks: ClassVar[tuple[Task, ...]] = ()


@dataclass(frozen=True)
class Family:
    """A kind of model: one that users can train, or one that is made from trained models (`trainer` is empty).

    Attributes:
        name: What a user types after `--model`.
        titles: What it is, by language.
        tasks: What it can answer.
        settings: Its settings with their defaults.
        load: Reads a saved model from its folder and card (`models.folder`).
        trainer: Module of the training room whose `fit` builds it (a name, since rooms import downward only); empty for
            what cannot be trained: `families` and `family` leave it out, `saved_family` finds it.
        training: How it is trained, with the family's defaults.
        adopts: Settings that a name which is no family's stands for (a checkpoint's name or folder), or None.
        untrained: For families that learn by gradients: a model to be trained, from the training data (whose texts a
            tokenizer may be trained on), the family's settings and those of training.
        space: What `maeum tune` searches when nothing else is said: domains by the names of settings.
    """

    name: str
    titles: Mapping[str, str]
    tasks: tuple[Task, ...]
    settings: type[ModelSettings]
    load: Callable[[Path, Mapping[str, Any]], Model]
    trainer: str
    training: type[TrainingSettings] = TrainingSettings
    adopts: Callable[[str], Mapping[str, Any] | None] = lambda _name: None
    untrained: Callable[[Dataset, Any, Any], NeuralModel] | None = None
    space: Space = field(default_factory=dict)

    @property
    def trainable(self) -> bool:
        """Whether users can train it."""
        return bool(self.trainer)


@cache
def families() -> dict[str, Family]:
    """All families that can be trained, by name."""
    return {name: family for name, family in saved_families().items() if family.trainable}


@cache
def saved_families() -> dict[str, Family]:
    """All families of which there can be saved models, by name: also those made from trained models."""
    package = import_module("maeum.models")
    modules = (import_module(f"maeum.models.{module.name}") for module in iter_modules(package.__path__))
    found = [module.FAMILY for module in modules if hasattr(module, "FAMILY")]
    return {family.name: family for family in sorted(found, key=lambda family: family.name)}


def family(name: str) -> Family:
    """The family called `name`, which can be trained.

    Raises:
        ModelError: There is none (with the nearest name), or it cannot be trained.
    """
    found = _alone(name)
    if found is not None and not found.trainable:
        raise ModelError("models.not_trainable", name=name, known=", ".join(families()))
    if found is None:
        known, near = families(), did_you_mean(name, [*families(), *trunks()])
        raise ModelError("models.unknown_family", name=name, near=near, known=", ".join(known))
    return found


def saved_family(name: str) -> Family | None:
    """The family that a saved model's card names, trainable or not; None where there is none."""
    return _alone(name)


def named(name: str) -> tuple[Family, Mapping[str, Any]]:
    """The family that `--model name` means, and the settings that the name stands for.

        "cnn" -> (cnn, {});  "klue/roberta-base" -> (encoder, {"checkpoint": "klue/roberta-base"})

    Raises:
        ModelError: No family has or adopts the name.
    """
    if _alone(name) is None:
        for one in families().values():
            settings = one.adopts(name)
            if settings is not None:
                return one, settings
    return family(name), {}


def _alone(name: str) -> Family | None:
    """The family called `name`, without loading the others, which a quick start of the program cannot afford."""
    module = f"maeum.models.{name.replace('-', '_')}"
    if not name.replace("-", "").isalpha() or find_spec(module) is None:
        return None
    found: Family | None = getattr(import_module(module), "FAMILY", None)
    return found if found is not None and found.name == name else None
