"""What a model family is, and which there are. A new family is a new module or package here that defines `FAMILY`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, ClassVar

from maeum.errors import ModelError
from maeum.messages import did_you_mean
from maeum.schema import Model, Task
from maeum.settings import Settings


class ModelSettings(Settings):
    """Base of a family's own settings; `family` names the family."""

    family: str
    tasks: ClassVar[tuple[Task, ...]] = ()


@dataclass(frozen=True)
class Family:
    """A kind of model that users can train.

    Attributes:
        name: What a user types after `--model`.
        titles: What it is, by language.
        tasks: What it can answer.
        settings: Its settings with their defaults.
        load: Reads a saved model from its folder and card (`models.folder`).
        trainer: Module of the training room whose `fit` builds it (a name, since rooms import downward only).
    """

    name: str
    titles: Mapping[str, str]
    tasks: tuple[Task, ...]
    settings: type[ModelSettings]
    load: Callable[[Path, Mapping[str, Any]], Model]
    trainer: str


@cache
def families() -> dict[str, Family]:
    """All families, by name."""
    package = import_module("maeum.models")
    modules = (import_module(f"maeum.models.{module.name}") for module in iter_modules(package.__path__))
    found = [module.FAMILY for module in modules if hasattr(module, "FAMILY")]
    return {family.name: family for family in sorted(found, key=lambda family: family.name)}


def family(name: str) -> Family:
    """The family called `name`.

    Raises:
        ModelError: There is none; with the nearest name.
    """
    known = families()
    if name not in known:
        raise ModelError("models.unknown_family", name=name, near=did_you_mean(name, known), known=", ".join(known))
    return known[name]
