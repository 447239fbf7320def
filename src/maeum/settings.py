"""Settings that are declared once and read everywhere: YAML, command-line flags, Python keywords.

A room's settings are a class of frozen pydantic fields. Each field carries its default, its unit and its help in both
languages, side by side; the command line and the documentation are made from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo

from maeum.errors import MaeumError, RecipeError
from maeum.messages import did_you_mean, language, listing, say, table


class Settings(BaseModel):
    """Base of all settings: immutable, unknown names refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())

    @classmethod
    def build(cls, values: Mapping[str, Any]) -> Self:
        """Settings from plain values; all problems are reported at once.

        Raises:
            RecipeError: Unknown names (with the nearest known one) and values out of range.
        """
        built, problems = cls.attempt(values)
        if built is None:
            raise RecipeError("settings.invalid", problems="; ".join(problems))
        return built

    @classmethod
    def attempt(cls, values: Any, prefix: str = "") -> tuple[Self | None, list[str]]:
        """Settings from plain values, or None and what is wrong with them; `prefix` stands before every name."""
        try:
            return cls.model_validate(values), []
        except ValidationError as error:
            return None, list(_problems(cls, error, prefix))

    @classmethod
    def help_of(cls, name: str, lang: str | None = None) -> str:
        """What setting `name` does, with its unit, in the current language."""
        return help_text(cls.model_fields[name], lang)


def setting(default: Any, *, en: str, ko: str, unit: str = "", **constraints: Any) -> Any:
    """Declare a setting.

    Args:
        default: Its only home.
        en: One line of help in English.
        ko: The same in Korean.
        unit: What a number counts: `characters`, `tokens`, `rows`, `seconds` …
        **constraints: As for `pydantic.Field`: `gt`, `ge`, `lt`, `le` …
    """
    return Field(default=default, json_schema_extra={"en": en, "ko": ko, "unit": unit}, **constraints)


def help_text(field: FieldInfo, lang: str | None = None) -> str:
    """The help of one field in the current language."""
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    return str(extra.get(lang or language(), ""))


def flag(name: str) -> str:
    """A field's name as a command-line flag: `text_column` -> `--text-column`."""
    return "--" + name.replace("_", "-")


def _problems(cls: type[BaseModel], error: ValidationError, prefix: str) -> Iterator[str]:
    for problem in error.errors():
        path = prefix + ".".join(str(part) for part in problem["loc"])
        name = str(problem["loc"][-1]) if problem["loc"] else ""
        if problem["type"] == "extra_forbidden":
            known = list(_class_at(cls, problem["loc"][:-1]).model_fields)
            yield say("settings.unknown", name=path, near=did_you_mean(name, known), known=listing(known, 40))
        else:
            found = problem["input"]
            yield say("settings.value", name=path.rstrip(".") or cls.__name__, found=found, reason=_reason(problem))


def _reason(problem: Any) -> str:
    """Why a value cannot be used, in the reader's language where pydantic's kind of problem is a common one."""
    cause = problem.get("ctx", {}).get("error")
    if isinstance(cause, MaeumError):  # one of our own checks
        return str(cause)
    name = f"reason_{problem['type']}"
    if name in table("settings"):
        return say(f"settings.{name}", **problem.get("ctx", {}))
    return str(problem["msg"])


def _class_at(cls: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel]:
    """The settings class that the nested field `path` holds, or the last one known on the way there."""
    for part in path:
        field = cls.model_fields.get(str(part))
        inner = field.annotation if field else None
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            cls = inner
    return cls
