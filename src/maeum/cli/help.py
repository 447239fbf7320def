"""Help pages as plain text, in the reader's language.

Lines are broken by the width of what is shown (Hangul takes two cells), and examples are never broken, so that they can
be copied.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from maeum.cli.common import SHOWN
from maeum.messages import say

LEFT: Final = 26  # cells for names of arguments and options; longer ones have a line of their own
LEAST, MOST = 70, 100  # cells of a page
Row = tuple[str, str]


def command_page(command: Any, path: str) -> str:
    """The help of one command: usage, what it does, its arguments and options, what is common, examples."""
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    panels: dict[str, list[Row]] = {say("cli.panel_options"): []}
    for option in options:
        panel = getattr(option, "rich_help_panel", None) or say("cli.panel_options")
        panels.setdefault(panel, []).append(_option_row(option))
    usage = " ".join([path, *(_metavar(argument) for argument in arguments), say("cli.usage_options")])
    sections = [(say("cli.panel_arguments"), [(_metavar(a), a.help or "") for a in arguments]), *panels.items()]
    examples = [f"{say('cli.panel_examples')}:", *(f"  {line}" for line in (command.epilog or "").split("\n"))]
    return _page(usage, command.help or "", [*sections, _common_section()], examples)


def group_page(path: str, what: str, commands: Sequence[Row], *, more: Sequence[Row] = ()) -> str:
    """The help of a group of commands.

    Args:
        path: As typed: `maeum data`.
        what: What the group is for.
        commands: Name and help of each.
        more: Further options beside the common ones.
    """
    title, rows = _common_section()
    usage = f"{path} {say('cli.usage_command')}"
    sections = [(say("cli.panel_commands"), list(commands)), (title, [*more, *rows])]
    return _page(usage, what, sections, [say("cli.group_more", path=path)])


def cells(text: str) -> int:
    """Width of a text on a terminal: 2 for a wide character, 0 for a combining one."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1 for c in text
    )


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, broken at spaces; a longer word is cut where it must be."""
    lines, line = [], ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if cells(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, width)
        lines += full
    return [*lines, line] if line else lines


def _page(usage: str, what: str, sections: Iterable[tuple[str, Sequence[Row]]], end: Sequence[str]) -> str:
    width = min(max(shutil.get_terminal_size().columns - 1, LEAST), MOST)
    lines = [*wrap(say("cli.usage_line", usage=usage), width), "", *wrap(what, width), ""]
    for title, rows in sections:
        if rows:
            lines += [f"{title}:", *(line for row in rows for line in _row(*row, width)), ""]
    return "\n".join([*lines, *end])


def _row(left: str, right: str, width: int) -> Iterator[str]:
    """A name and its explanation in two columns."""
    explained = wrap(right, width - LEFT - 2) or [""]
    if cells(left) > LEFT - 4:
        yield f"  {left}"
    else:
        yield f"  {left}{' ' * (LEFT - 2 - cells(left))}{explained.pop(0)}".rstrip()
    yield from (" " * LEFT + line for line in explained)


def _cut(word: str, width: int) -> Iterator[str]:
    """A word in pieces of at most `width` cells; the last one may take more words after it."""
    piece = ""
    for character in word:
        if cells(piece + character) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def _option_row(option: Any) -> Row:
    names = " / ".join([", ".join(sorted(option.opts, key=len)), *option.secondary_opts])
    shown = f"{names} {_metavar(option)}" if not option.is_flag else names
    return shown, " ".join(part for part in (option.help, _default(option)) if part)


def _default(option: Any) -> str:
    shown = option.show_default if isinstance(option.show_default, str) else option.default
    hidden = shown is None or shown is False or option.show_default is False or option.is_flag
    return "" if hidden else say("cli.default", value=shown)


def _metavar(param: Any) -> str:
    return str(param.metavar or param.name.upper())


def _common_section() -> tuple[str, list[Row]]:
    return say("cli.panel_common"), [(flag, say(f"cli.{key}")) for flag, key in SHOWN]
