"""Options that mean the same everywhere, and may stand anywhere: `maeum --quiet train …`, `maeum data --lang ko`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from maeum.errors import UsageError
from maeum.messages import LANGUAGES

# Flags as they are shown, with the message (topic `cli`) that explains each.
SHOWN: Final = (
    ("--offline", "offline"),
    ("--quiet", "quiet"),
    ("--debug", "debug"),
    ("--lang ko|en", "lang"),
    ("-h, --help", "show_help"),
)
_SWITCHES: Final = ("--offline", "--quiet", "--debug")
FLAGS: Final = (*_SWITCHES, "--lang", "--help")


@dataclass(frozen=True)
class Common:
    """What was asked for the whole command line.

    Attributes:
        offline: Never use the network.
        quiet: Results and errors only.
        debug: Show the traceback of an error.
        lang: Language of messages as it was typed; None for the environment's.
    """

    offline: bool = False
    quiet: bool = False
    debug: bool = False
    lang: str | None = None

    def language(self) -> str | None:
        """The language, checked.

        Raises:
            UsageError: There is no such language.
        """
        if self.lang is not None and self.lang not in LANGUAGES:
            raise UsageError("common.language_unknown", found=self.lang, known=", ".join(LANGUAGES))
        return self.lang


def take_common(arguments: Sequence[str]) -> tuple[Common, list[str]]:
    """What was asked for the whole command line, and the words that remain; nothing is taken after `--`."""
    asked: dict[str, bool] = {}
    lang: str | None = None
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif word in _SWITCHES:
            asked[word[2:]] = True
        elif name == "--lang":
            lang = value if equals else next(words, "")
        else:
            rest.append(word)
    return Common(**asked, lang=lang), rest


@contextmanager
def network_as(common: Common) -> Iterator[None]:
    """Keep the network off while a command runs, if that was asked for."""
    before = os.environ.get("MAEUM_OFFLINE")
    if common.offline:
        os.environ["MAEUM_OFFLINE"] = "1"
    try:
        yield
    finally:
        if common.offline:
            os.environ.pop("MAEUM_OFFLINE")
            if before is not None:
                os.environ["MAEUM_OFFLINE"] = before
