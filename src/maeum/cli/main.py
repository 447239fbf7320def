"""The command `maeum`: finds the command asked for, and turns every failure into one sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, NoReturn

import typer
from typer.core import TyperGroup

from maeum.errors import MaeumError, UsageError
from maeum.messages import LANGUAGES, did_you_mean, say, use_language
from maeum.version import __version__

COMMANDS: Final = ("demo", "predict", "train", "evaluate", "data", "models", "doctor")
DONE, DEFECT, USER, INTERRUPTED = 0, 1, 2, 130

# Typer carries Click inside itself since 0.2x and used the separate package before; both have the same names.
_click: Any = sys.modules[typer.Exit.__module__]


class Commands(TyperGroup):
    """Commands that are imported only when they are run or listed, so that each starts fast."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Names in the order of a first day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(f"maeum.cli.{cmd_name}").app)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As usual, with our words for an unknown command."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = did_you_mean(args[0], COMMANDS)
            raise UsageError("cli.unknown_command", name=args[0], near=near, known=", ".join(COMMANDS))
        return super().resolve_command(ctx, args)


def run() -> NoReturn:
    """Entry point of the installed command."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command line; returns its exit code: 0 done, 2 the user can mend it, 130 interrupted, 1 a defect."""
    _never_crash_on_a_character()
    try:
        use_language(_language_asked_for(arguments))
        result = _app()(list(arguments), prog_name="maeum", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        return _fail(say("common.interrupted"), INTERRUPTED)
    except typer.Exit as stop:
        return int(stop.exit_code)
    except MaeumError as error:
        return _fail(str(error), error.exit_code, arguments)
    except _click.ClickException as error:
        return _fail(_in_our_words(error), USER, arguments)
    except BrokenPipeError:  # the reader of a pipe (head) has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        return _fail(say("common.defect", kind=type(error).__name__, text=error), DEFECT, arguments)
    return result if isinstance(result, int) else DONE


def _app() -> Any:
    app = typer.Typer(
        cls=Commands, name="maeum", help=say("cli.help"), epilog=say("cli.epilog"), no_args_is_help=True,
        add_completion=False, rich_markup_mode="rich", context_settings={"help_option_names": ["-h", "--help"]},
    )  # fmt: skip

    @app.callback()
    def root(
        *,
        version: bool = typer.Option(
            False, "--version", help=say("cli.version"), is_eager=True, callback=_show_version
        ),
        lang: str | None = typer.Option(None, "--lang", metavar="ko|en", help=say("cli.lang")),
    ) -> None:
        """Only carries the options of the whole program."""

    return typer.main.get_command(app)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"maeum {__version__}")
        raise typer.Exit


def _language_asked_for(arguments: Sequence[str]) -> str | None:
    """The value of `--lang`, read before anything is said; the help texts depend on it."""
    for i, word in enumerate(arguments):
        if word == "--":
            return None
        name, equals, value = word.partition("=")
        if name == "--lang":
            value = value if equals else next(iter(arguments[i + 1 :]), "")
            if value not in LANGUAGES:
                raise UsageError("common.language_unknown", found=value, known=", ".join(LANGUAGES))
            return value
    return None


def _fail(sentence: str, code: int, arguments: Sequence[str] = ()) -> int:
    if "--debug" in arguments:
        import traceback

        traceback.print_exc()
    sys.stderr.write(sentence + "\n")
    return code


def _in_our_words(error: Any) -> str:
    """Click's complaints about flags and arguments as our sentences, in the reader's language."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "maeum"
    if isinstance(error, _click.NoSuchOption):
        known = [name for parameter in (context.command.params if context else []) for name in parameter.opts]
        near = did_you_mean(error.option_name, known)
        return say("cli.no_such_option", option=error.option_name, near=near, command=command)
    if isinstance(error, _click.MissingParameter):
        name = error.param.make_metavar(context) if error.param and context else ""
        return say("cli.missing_parameter", name=name.strip("[]"), command=command)
    return say("cli.usage", problem=error.format_message(), command=command)


def _never_crash_on_a_character() -> None:
    """Consoles in cp949 or ASCII show an escape for what they lack, instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
