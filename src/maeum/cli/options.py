"""Options made from settings, and values checked the same way everywhere."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import typer
from pydantic.fields import FieldInfo

from maeum.errors import UsageError
from maeum.messages import did_you_mean, say, table
from maeum.settings import flag, help_text


def flags_from(
    fields: Iterable[tuple[str, str, FieldInfo]], leave_out: tuple[str, ...] = ()
) -> list[inspect.Parameter]:
    """One optional flag per settings field: (section, name, field) -> `--name`.

    Values stay text here; the settings class reads them, so that Python, YAML and the command line refuse the same
    values with the same sentence.
    """
    made: dict[str, inspect.Parameter] = {}
    for section, name, field in fields:
        if name in made or name in leave_out:
            continue
        owners, default = _of_families(name) if section == "model" else ("", _default(field))
        option = typer.Option(
            flag(name), help=owners + _help(field), metavar=_metavar(field), show_default=default,
            rich_help_panel=say(f"cli.panel_{section}"),
        )  # fmt: skip
        made[name] = inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, option]
        )
    return list(made.values())


def _of_families(name: str) -> tuple[str, str | bool]:
    """Which model families have a setting (nothing when all do), and its default, by family where they differ."""
    from maeum.models.family import families

    having = {f.name: f.settings.model_fields[name] for f in families().values() if name in f.settings.model_fields}
    owners = "" if len(having) == len(families()) else f"({', '.join(having)}) "
    defaults = {family: _default(field) for family, field in having.items()}
    if len(set(defaults.values())) == 1:
        return owners, next(iter(defaults.values()))
    return owners, ", ".join(f"{family} {default}" for family, default in defaults.items())


def data_fields(fields: Iterable[tuple[str, FieldInfo]]) -> list[tuple[str, str, FieldInfo]]:
    """Fields of `DataSettings` with their panels: first what the columns mean, then how a file is read."""
    from maeum.data.files.settings import FileSettings

    panels = [("file" if name in FileSettings.model_fields else "data", name, field) for name, field in fields]
    return sorted(panels, key=lambda one: one[0])


def given(values: dict[str, Any]) -> dict[str, Any]:
    """Only the flags a user typed; comma-separated text for settings that hold several values."""
    from maeum.recipe import fields

    several = {name for _, name, field in fields() if get_origin(_plain(field)) is tuple}
    typed = {name: value for name, value in values.items() if value is not None}
    return {
        name: [part.strip() for part in value.split(",") if part.strip()] if name in several else value
        for name, value in typed.items()
    }


def one_data(positional: str | None, named: str | None) -> str | None:
    """Data given as an argument or with `--data`.

    Raises:
        UsageError: Both were given, and differ.
    """
    if positional and named and positional != named:
        raise UsageError("cli.data_twice", first=positional, second=named)
    return named or positional


def choose(value: str, known: tuple[str, ...], option: str) -> str:
    """`value`, checked to be one of `known`.

    Raises:
        UsageError: It is not; with the nearest.
    """
    if value not in known:
        near = did_you_mean(value, known)
        raise UsageError("cli.not_a_choice", option=option, found=value, near=near, known=", ".join(known))
    return value


def quoted(path: object) -> str:
    """A path as it can be typed: in quotes where it has a space."""
    return f'"{path}"' if " " in str(path) else str(path)


def _plain(field: FieldInfo) -> Any:
    """The field's type without `| None`."""
    annotation = field.annotation
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def _metavar(field: FieldInfo) -> str:
    plain = _plain(field)
    if get_origin(plain) is Literal:
        return "|".join(map(str, get_args(plain)))
    if get_origin(plain) is tuple:
        return "A,B,…"
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return "|".join(plain)
    return {int: "INTEGER", float: "NUMBER"}.get(plain, "TEXT")


def _default(field: FieldInfo) -> str | bool:
    value = field.default
    if value is None or value == "":
        return False
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _help(field: FieldInfo) -> str:
    """Its help, ending with a full stop; the unit in front of that. It begins with a capital unless with a value."""
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    unit = str(extra.get("unit") or "")
    key = f"unit_{unit.replace(' ', '_')}"
    shown = say(f"cli.{key}") if key in table("cli") else unit
    text = help_text(field).rstrip(".")
    begins_with_value = text.startswith(tuple(_metavar(field).split("|")))
    return (text if begins_with_value else text[:1].upper() + text[1:]) + (f" ({shown})." if unit else ".")
