"""Options made from settings, and values checked the same way everywhere."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import typer
from pydantic.fields import FieldInfo

from maeum.errors import UsageError
from maeum.messages import did_you_mean, listing, say, table
from maeum.models.training_settings import TrainingSettings
from maeum.settings import flag, help_text

SHOWN: Final = 5  # values of a default that holds several; the rest are counted
SEVERAL: Final = 3  # families with the same default, from which their names are not listed


def flags_from(
    fields: Iterable[tuple[str, str, FieldInfo]], leave_out: tuple[str, ...] = ()
) -> list[inspect.Parameter]:
    """One optional flag per settings field: (section, name, field) -> `--name`.

    Truth values are switches, `--name` and `--no-name`. Other values stay text here; the settings class reads them, so
    that Python, YAML and the command line refuse the same values with the same sentence.
    """
    made: dict[str, inspect.Parameter] = {}
    for section, name, field in fields:
        if name in made or name in leave_out:
            continue
        of_families = section in ("model", "training")
        owners, default = _of_families(section, name) if of_families else ("", _default(field))
        switch = _plain(field) is bool
        option = typer.Option(
            f"{flag(name)}/{flag('no_' + name)}" if switch else flag(name), help=owners + _help(field),
            metavar=None if switch else _metavar(field), show_default=default,
            rich_help_panel=say(f"cli.panel_{_panel(section, name)}"),
        )  # fmt: skip
        kind = Annotated[bool | None, option] if switch else Annotated[str | None, option]
        made[name] = inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
    return list(made.values())


def _panel(section: str, name: str) -> str:
    """The panel of the help page: what only networks and encoders know of training stands apart."""
    return "gradient" if section == "training" and name not in TrainingSettings.model_fields else section


def _of_families(section: str, name: str) -> tuple[str, str | bool]:
    """Which model families have a setting, and its default, by family where they differ.

    Nothing is said of families where all have it, or all that learn by gradients.
    """
    from maeum.models.family import families

    classes = {f.name: f.settings if section == "model" else f.training for f in families().values()}
    having = {family: cls.model_fields[name] for family, cls in classes.items() if name in cls.model_fields}
    learners = {f.name for f in families().values() if f.untrained is not None}
    known = len(having) == len(classes) or (section == "training" and set(having) == learners)
    owners = "" if known else f"({listing(_grouped(having), 6)}) "
    defaults = {family: _default(field) for family, field in having.items()}
    return owners, _by_family(defaults) if len(set(defaults.values())) > 1 else next(iter(defaults.values()))


def _grouped(names: Iterable[str]) -> list[str]:
    """Names of families, those of all networks as one word."""
    from maeum.models.family import families

    learners = [f for f in families().values() if f.untrained is not None]
    networks = [f.name for f in learners if "checkpoint" not in f.settings.model_fields]
    names = list(names)
    if len(networks) < SEVERAL or not set(networks) <= set(names):
        return names
    return [say("cli.networks"), *(name for name in names if name not in networks)]


def _by_family(defaults: Mapping[str, str | bool]) -> str:
    """Defaults that differ: `hashed 0.5, linear 0.25`; the one that most of many have, last and without names."""
    families: dict[str | bool, list[str]] = {}
    for family, default in defaults.items():
        families.setdefault(default, []).append(family)
    most = max(families.values(), key=len)
    parts = [f"{'/'.join(own)} {default or '–'}" for default, own in families.items() if own is not most]
    common = next(default or "–" for default, own in families.items() if own is most)
    named = f"{'/'.join(most)} {common}"
    return ", ".join([named, *parts] if len(most) < SEVERAL else [*parts, say("cli.defaults_else", value=common)])


def data_fields(fields: Iterable[tuple[str, FieldInfo]]) -> list[tuple[str, str, FieldInfo]]:
    """Fields of `DataSettings` with their panels: first what the columns mean, then how a file is read.

    Further corpora have no flag of their own: where they can be given, `--data` is repeated.
    """
    from maeum.data.files.settings import FileSettings

    kept = [(name, field) for name, field in fields if name != "also"]
    panels = [("file" if name in FileSettings.model_fields else "data", name, field) for name, field in kept]
    return sorted(panels, key=lambda one: one[0])


def given(values: dict[str, Any], fields: Iterable[tuple[str, FieldInfo]] | None = None) -> dict[str, Any]:
    """Only the flags a user typed; comma-separated text for settings that hold several values.

    Args:
        values: Flag -> text, None where it was not typed.
        fields: The settings that the flags belong to; `DataSettings` when None.
    """
    from maeum.data.settings import DataSettings

    typed = {name: value for name, value in values.items() if value is not None}
    known = DataSettings.model_fields.items() if fields is None else fields
    several = {name for name, field in known if get_origin(_plain(field)) is tuple}
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


def several_data(positional: str | None, named: Sequence[str] | None) -> str | list[str] | None:
    """Data given as an argument or with `--data`, which may be repeated; a list where there are several.

    Raises:
        UsageError: Both were given, and differ.
    """
    if named is None or len(named) < 2:
        return one_data(positional, named[0] if named else None)
    if positional and positional != named[0]:
        raise UsageError("cli.data_twice", first=positional, second=listing(named))
    return list(named)


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
    if isinstance(value, tuple):
        return listing(value, SHOWN) if len(value) > SHOWN else ",".join(map(str, value))
    return str(value)


def _help(field: FieldInfo) -> str:
    """Its help, ending with a full stop; the unit in front of that. It begins with a capital unless with a value."""
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    unit = str(extra.get("unit") or "")
    key = f"unit_{unit.replace(' ', '_')}"
    shown = say(f"cli.{key}") if key in table("cli") else unit
    text = help_text(field).rstrip(".")
    begins_with_value = text.startswith(tuple(_metavar(field).split("|")))
    return (text if begins_with_value else text[:1].upper() + text[1:]) + (f" ({shown})." if unit else ".")
