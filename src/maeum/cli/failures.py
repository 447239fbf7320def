"""Every way a command can end early: one sentence on standard error, and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, Final

import typer

from maeum.errors import MaeumError
from maeum.messages import say

DONE, DEFECT, USER, INTERRUPTED = 0, 1, 2, 130

# What the system may refuse without any mistake of ours.
_ENVIRONMENT: Final = frozenset(
    getattr(errno, name)
    for name in ("ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM", "EIO", "EMFILE", "ENFILE", "ENOMEM")
    if hasattr(errno, name)
)


@contextmanager
def complaints_of(context: Any) -> Iterator[None]:
    """Let complaints about words know which command they were for; Click's parser leaves that out of some."""
    try:
        yield
    except Exception as error:
        if getattr(error, "ctx", context) is None:
            error.ctx = context  # type: ignore[attr-defined]
        raise


def _is(error: BaseException, name: str) -> bool:
    """Whether `error` is of Click's class `name`. Typer carries Click inside itself since 0.2x, before it was apart."""
    return isinstance(error, getattr(sys.modules[typer.BadParameter.__module__], name))


def failure(error: BaseException, *, debug: bool = False) -> int:
    """Say what went wrong, and give the exit code.

    Raises:
        SystemExit: As it came; it is no failure.
    """
    if isinstance(error, SystemExit):
        raise error
    if isinstance(error, typer.Exit):
        return int(error.exit_code)
    if isinstance(error, BrokenPipeError):  # the reader of a pipe (head) has had enough
        _drop_output()
        return DONE
    if debug:
        import traceback

        traceback.print_exception(error)
    sentence, code = _sentence(error)
    if isinstance(error, OSError):
        _drop_output()
    sys.stderr.write(sentence + "\n")
    return code


def _sentence(error: BaseException) -> tuple[str, int]:
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return say("common.interrupted"), INTERRUPTED
    if isinstance(error, MaeumError) and error.exit_code == USER:
        return str(error), USER
    if _is(error, "ClickException"):
        return _in_our_words(error), USER
    if isinstance(error, MemoryError):
        return say("common.no_memory"), USER
    if isinstance(error, OSError) and error.errno in _ENVIRONMENT:
        if error.filename is None:  # not a file of its own: standard output
            return say("common.output_refused", reason=error.strerror), USER
        return say("common.system_refused", place=error.filename, reason=error.strerror), USER
    return say("common.defect", kind=type(error).__name__, text=error), DEFECT


def _in_our_words(error: Any) -> str:
    """Click's complaints about options and arguments as our sentences, in the reader's language."""
    context = error.ctx
    command = context.command_path if context else "maeum"
    options = [param for param in (context.command.params if context else []) if param.param_type_name == "option"]
    if _is(error, "NoSuchOption"):
        from maeum.cli.common import FLAGS

        known = {name.lstrip("-"): name for name in (*(name for option in options for name in option.opts), *FLAGS)}
        found = get_close_matches(error.option_name.lstrip("-"), known, n=1)  # the dashes would make all alike
        near = " " + say("common.did_you_mean", name=known[found[0]]) if found else ""
        return say("cli.no_such_option", option=error.option_name, near=near, command=command)
    if _is(error, "BadOptionUsage"):
        named = [option for option in options if error.option_name in option.opts]
        key = "takes_no_value" if named and named[0].is_flag else "needs_value"
        return say(f"cli.{key}", option=error.option_name, command=command)
    if _is(error, "MissingParameter"):
        return say("cli.missing_parameter", name=error.param.metavar, command=command)
    return say("cli.usage", problem=error.format_message(), command=command)


def _drop_output() -> None:
    """Send what is left in the buffer of standard output nowhere, so that leaving does not fail on it again."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):  # not a real file, as in tests
        return
