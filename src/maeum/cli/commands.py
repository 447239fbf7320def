"""Commands and groups of commands: registered once, built when they are run, in the reader's language."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import Any, NoReturn, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from maeum.cli.failures import complaints_of
from maeum.cli.help import command_page, group_page
from maeum.errors import UsageError
from maeum.messages import did_you_mean, listing, say

Function = Callable[..., Any]


def print_page(page: str) -> NoReturn:
    """Print a help page and end; Click would print it in an encoding of its own choice where the console has ASCII.

    Raises:
        typer.Exit: Always.
    """
    sys.stdout.write(page + "\n")
    raise typer.Exit


class Command(TyperCommand):
    """A command whose help and complaints are ours."""

    def get_help(self, ctx: Any) -> str:
        """Our page, printed."""
        return print_page(command_page(self, ctx.command_path))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As usual; words that nothing takes are refused in our words.

        Raises:
            UsageError: There are such words.
        """
        with complaints_of(ctx):
            rest = super().parse_args(ctx, args)
        if ctx.args:
            raise UsageError("cli.extra_arguments", found=listing(ctx.args), command=ctx.command_path)
        return list(rest)


class Group(TyperGroup):
    """A group of commands whose help and complaints are ours; without a command it shows its help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As usual; no words at all ask for help."""
        with complaints_of(ctx):
            return list(super().parse_args(ctx, args or ["--help"]))

    def get_help(self, ctx: Any) -> str:
        """Our page, printed."""
        commands = [(name, say(f"cli.{self.name}_{name}_help")) for name in self.list_commands(ctx)]
        return print_page(group_page(ctx.command_path, self.help or "", commands))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As usual, with our words for an unknown command.

        Raises:
            UsageError: There is no such command; with the nearest.
        """
        known = self.list_commands(ctx)
        if args[0] not in known:
            near = did_you_mean(args[0], known)
            raise UsageError(
                "cli.unknown_command", name=args[0], near=near, known=", ".join(known), command=ctx.command_path
            )
        return super().resolve_command(ctx, args)


class CommandLine:
    """What a module of this room offers: one command, or with a key a group of them.

    Help and examples are the messages `cli.<function>_help` and `cli.<function>_examples`.
    """

    def __init__(self, key: str | None = None) -> None:
        self._key = key
        self._functions: dict[str, tuple[Function, Function | None]] = {}

    def command(
        self, name: str, flags: Callable[[], list[inspect.Parameter]] | None = None
    ) -> Callable[[Function], Function]:
        """Register a function as the command `name`.

        Args:
            name: What a user types.
            flags: Gives further options, which reach the function as keywords.
        """

        def register(function: Function) -> Function:
            self._functions[name] = (function, flags)
            return function

        return register

    def build(self) -> Any:
        """The command or group, with help in the current language."""
        settings: dict[str, Any] = {"add_completion": False, "rich_markup_mode": None}
        app = typer.Typer(**settings)
        if self._key is not None:
            app = typer.Typer(cls=Group, name=self._key, help=say(f"cli.{self._key}_help"), **settings)
            app.callback()(lambda: None)
        for name, (function, flags) in self._functions.items():
            _add(app, name, function, flags() if flags else [])
        return typer.main.get_command(app)


def _add(app: typer.Typer, name: str, function: Function, flags: list[inspect.Parameter]) -> None:
    hints = get_type_hints(function, include_extras=True)
    own = [p.replace(annotation=hints[p.name]) for p in inspect.signature(function).parameters.values()]
    named = [p for p in own if p.kind is not inspect.Parameter.VAR_KEYWORD]
    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*named, *flags)]

    def run(**values: Any) -> Any:
        return function(**values)

    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    key = function.__name__
    app.command(
        name, cls=Command, help=say(f"cli.{key}_help"), epilog=say(f"cli.{key}_examples"),
        context_settings={"help_option_names": ["-h", "--help"], "allow_extra_args": True},
    )(run)  # fmt: skip
