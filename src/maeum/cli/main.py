"""The command `maeum`: finds the command asked for, and turns every failure into one sentence and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextvars import copy_context
from importlib import import_module
from typing import Any, Final, NoReturn

from maeum.cli.commands import Group, print_page
from maeum.cli.common import Common, network_as, take_common
from maeum.cli.console import never_crash_on_a_character, watch
from maeum.cli.failures import DONE, failure
from maeum.cli.help import group_page
from maeum.messages import say, use_language
from maeum.version import __version__

COMMANDS: Final = (
    "demo",
    "predict",
    "train",
    "tune",
    "pretrain",
    "distill",
    "evaluate",
    "compare",
    "export",
    "cascade",
    "insight",
    "summary",
    "data",
    "models",
    "doctor",
)


class Root(Group):
    """Commands that are imported only when they are run, so that each starts fast."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Names in the order of a first day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"maeum.cli.{cmd_name}").app.build()
        command.name = cmd_name
        return command

    def get_help(self, ctx: Any) -> str:
        """Our page, printed."""
        commands = [(name, say(f"cli.{name}_help")) for name in COMMANDS]
        page = group_page(ctx.command_path, say("cli.help"), commands, more=[("--version", say("cli.version"))])
        return print_page(f"{page}\n{say('cli.epilog')}")


def run() -> NoReturn:
    """Entry point of the installed command."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command line; returns its exit code: 0 done, 2 the user can mend it, 130 interrupted, 1 a defect.

    Language, progress and the network setting of the calling program stay as they are.
    """
    return copy_context().run(_main, arguments)


def _main(arguments: Sequence[str]) -> int:
    never_crash_on_a_character()
    common, words = take_common(arguments)
    try:
        with network_as(common):
            code = _run(common, words)
            sys.stdout.flush()
    except BaseException as error:
        return failure(error, debug=common.debug)
    return code


def _run(common: Common, words: Sequence[str]) -> int:
    use_language(common.language())
    watch(quiet=common.quiet)
    if list(words) == ["--version"]:
        print(f"maeum {__version__}")  # noqa: T201
        return DONE
    root = Root(name="maeum", context_settings={"help_option_names": ["-h", "--help"]}, rich_markup_mode=None)
    with root.make_context("maeum", list(words)) as context:
        result = root.invoke(context)
    return result if isinstance(result, int) else DONE
