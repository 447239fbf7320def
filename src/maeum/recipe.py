"""A recipe: everything a training run is made from, as YAML, as command-line flags and as Python keywords.

Fields are declared once, in the settings classes of their rooms. `fields()` lists them all flat, because users type
`--label-column` or `label_column=…`, not `data.label_column`; no name is used by two rooms (a test holds that).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import SerializeAsAny
from pydantic.fields import FieldInfo

from maeum.data.settings import DataSettings, SplitSettings
from maeum.errors import RecipeError
from maeum.messages import did_you_mean, listing, say
from maeum.models.family import ModelSettings, families, family, named
from maeum.models.linear import LinearSettings
from maeum.models.teaching_settings import TeachingSettings
from maeum.models.training_settings import ClassWeight, TrainingSettings
from maeum.settings import Settings
from maeum.storage import write_text

__all__ = ["MAX_BYTES", "ClassWeight", "Recipe", "Section", "TrainingSettings", "fields", "sections"]

MAX_BYTES: Final = 1 << 20  # of a recipe file
TEACHING: Final = "teaching"
_ALWAYS: Final = ("data", "split", "model", "training")  # sections that every recipe has


class Recipe(Settings):
    """Data + split + model + training; of a student also who teaches it, which `maeum distill` asks for."""

    data: DataSettings = DataSettings()
    split: SplitSettings = SplitSettings()
    model: SerializeAsAny[ModelSettings] = LinearSettings()
    training: SerializeAsAny[TrainingSettings] = TrainingSettings()
    teaching: TeachingSettings | None = None

    @classmethod
    def from_keywords(cls, model: str, keywords: Mapping[str, Any], base: Recipe | None = None) -> Recipe:
        """A recipe for model `model` from flat keywords, over the values of `base`.

        Raises:
            RecipeError: Unknown settings, settings of another family, or values out of range: all named at once.
            ModelError: Unknown model.
        """
        chosen, own_values = named(model)
        model = chosen.name
        homes = {name: section for section, name, _ in fields(model)}
        foreign = [name for name in keywords if name not in homes]
        if foreign:
            own = [name for name in (*chosen.settings.model_fields, *chosen.training.model_fields) if name != "family"]
            near = did_you_mean(foreign[0], homes)
            raise RecipeError(
                "settings.not_for_family", family=model, names=listing(foreign), near=near, known=listing(own, 40)
            )
        values: dict[str, dict[str, Any]] = base.plain() if base else {section: {} for section in _ALWAYS}
        if base and base.model.family != model:
            values["model"] = {}
            shared = TrainingSettings.model_fields
            values["training"] = {name: value for name, value in values["training"].items() if name in shared}
        values["model"] |= {"family": model, **own_values}
        for name, value in keywords.items():
            values[homes[name]][name] = value
        return cls._assemble(values, shown=False)

    def plain(self) -> dict[str, dict[str, Any]]:
        """Values as YAML and JSON know them, without those that are None."""
        dumped: dict[str, dict[str, Any]] = self.model_dump(mode="json", exclude_none=True)
        return dumped

    def save(self, path: Path | str) -> None:
        """Write YAML that `load` reads back."""
        write_text(path, yaml.safe_dump(self.plain(), allow_unicode=True, sort_keys=False))

    @classmethod
    def load(cls, path: Path | str) -> Recipe:
        """Read a recipe file.

        Raises:
            RecipeError: It does not exist, is not a YAML mapping, or has unknown or unusable settings.
        """
        path = Path(path)
        if not path.is_file():
            raise RecipeError("settings.recipe_missing", path=path)
        if path.stat().st_size > MAX_BYTES:
            raise RecipeError("settings.recipe_unreadable", path=path, reason=f"> {MAX_BYTES} bytes")
        try:
            values = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            reason = " ".join(str(error).split())[:200]
            raise RecipeError("settings.recipe_unreadable", path=path, reason=reason) from error
        if not isinstance(values, dict):
            raise RecipeError("settings.recipe_unreadable", path=path, reason=type(values).__name__)
        return cls._assemble(values, shown=True)

    @classmethod
    def _assemble(cls, values: Mapping[str, Any], *, shown: bool) -> Recipe:
        """A recipe from the plain values of its sections; the problems of all sections are reported at once.

        Args:
            values: By section.
            shown: Whether names carry their section, as in a YAML file, or stand alone, as flags do.
        """
        problems = [
            say(
                "settings.unknown",
                name=name,
                near=did_you_mean(str(name), cls.model_fields),
                known=listing(cls.model_fields),
            )
            for name in values
            if name not in cls.model_fields
        ]
        built: dict[str, Settings] = {}
        asked = sections(_family_of(values.get("model")))
        if values.get(TEACHING) is not None:
            asked.append(Section(TEACHING, TeachingSettings))
        for section in asked:
            given = values.get(section.name) or {}
            if section.name == "model" and isinstance(given, str):
                given = {"family": given}
            prefix = f"{section.name}." if shown else ""
            found, faults = section.settings.attempt(given, prefix)
            problems += faults
            if found is not None:
                built[section.name] = found
        if problems:
            raise RecipeError("settings.invalid", problems="; ".join(problems))
        return cls(**built)


def _family_of(model: Any) -> str:
    """The family that the `model` section of a recipe names: a name, a mapping with `family`, or nothing."""
    if isinstance(model, Mapping):
        model = model.get("family")
    return str(model or LinearSettings.model_fields["family"].default)


@dataclass(frozen=True)
class Section:
    """A part of the recipe and the class that declares it."""

    name: str
    settings: type[Settings]


def sections(model: str | None = None) -> list[Section]:
    """The parts of a recipe for one model family, or for all of them."""
    wanted = [family(model)] if model else list(families().values())
    return [
        Section("data", DataSettings),
        Section("split", SplitSettings),
        *(Section("training", one.training) for one in wanted),
        *(Section("model", one.settings) for one in wanted),
    ]


def fields(model: str | None = None) -> Iterator[tuple[str, str, FieldInfo]]:
    """(section, name, field) of every setting a user may give for a model family, or for any."""
    for section in sections(model):
        for name, found in section.settings.model_fields.items():
            if name not in ("family", "source", "also"):  # these have arguments of their own
                yield section.name, name, found
