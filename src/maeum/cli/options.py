"""Options that mean the same everywhere, and flags made from settings."""

from __future__ import annotations

import inspect
import os
import types
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import typer
from pydantic.fields import FieldInfo

from maeum.cli.console import watch
from maeum.errors import UsageError
from maeum.messages import did_you_mean, say
from maeum.settings import flag, help_text

COMMON: dict[str, tuple[Any, str]] = {
    "offline": (bool, "--offline"),
    "quiet": (bool, "--quiet"),
    "debug": (bool, "--debug"),
    "lang": (str | None, "--lang"),
}


def command(app: typer.Typer, name: str | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a command: its help from the messages, the common options added.

    The function's parameters carry `Annotated[…, typer.Option(…)]`; its help and examples are the messages
    `cli.<command>_help` and `cli.<command>_examples`, so that they appear in the reader's language.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        key = function.__name__
        hints = get_type_hints(function, include_extras=True)
        own = [p.replace(annotation=hints[p.name]) for p in inspect.signature(function).parameters.values()]
        own = [p for p in own if p.kind is not inspect.Parameter.VAR_KEYWORD]
        flags = [*getattr(function, "flags", []), *_common_parameters()]

        def run(**values: Any) -> Any:
            common = {option: values.pop(option) for option in COMMON}
            if common["offline"]:
                os.environ["MAEUM_OFFLINE"] = "1"
            watch(quiet=common["quiet"])
            return function(**values)

        keyword_only = inspect.Parameter.KEYWORD_ONLY
        parameters = [p.replace(kind=keyword_only) for p in (*own, *flags)]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        app.command(
            name or key, help=say(f"cli.{key}_help"), epilog=_as_lines(say(f"cli.{key}_examples")),
            context_settings={"help_option_names": ["-h", "--help"]},
        )(run)  # fmt: skip
        return function

    return register


def new_app(key: str | None = None) -> typer.Typer:
    """An app for one command, or, with a key, for a group of commands."""
    settings: dict[str, Any] = {"add_completion": False, "rich_markup_mode": "rich"}
    if key is None:
        return typer.Typer(**settings)
    app = typer.Typer(help=say(f"cli.{key}_help"), no_args_is_help=True, **settings)
    app.callback()(lambda: None)
    return app


def flags_from(fields: Any, panels: bool = True, leave_out: tuple[str, ...] = ()) -> list[inspect.Parameter]:
    """One optional flag per settings field: (section, name, field) -> `--name`.

    Values stay text here; the settings class reads them, so that Python, YAML and the command line refuse the same
    values with the same sentence.
    """
    made: dict[str, inspect.Parameter] = {}
    for section, name, field in fields:
        if name in made or name in leave_out:
            continue
        panel = say(f"cli.panel_{section}") if panels else None
        option = typer.Option(
            flag(name), help=_help(field), metavar=_metavar(field), show_default=_default(field), rich_help_panel=panel
        )
        made[name] = inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, option]
        )
    return list(made.values())


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


def _common_parameters() -> list[inspect.Parameter]:
    panel = say("cli.panel_common")
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=False if kind is bool else None,
            annotation=Annotated[
                kind,
                typer.Option(
                    option, help=say(f"cli.{name}"), rich_help_panel=panel, metavar="ko|en" if name == "lang" else None
                ),
            ],
        )
        for name, (kind, option) in COMMON.items()
    ]


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
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    unit = f" ({extra['unit']})" if extra.get("unit") else ""
    return help_text(field).replace("[", "\\[") + unit


def _as_lines(examples: str) -> str:
    """Examples keep their lines: rich joins single line breaks."""
    return examples.replace("[", "\\[").replace("\n", "\n\n")
