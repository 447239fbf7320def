"""Every sentence a user reads, in Korean and English.

One file per topic holds both languages side by side, so that a sentence without its translation cannot be written.
`say("data.column_missing", column="리뷰")` looks up topic `data`, message `column_missing`, in the current language.

Korean particles follow the last sound of the value: `{name:을/를}` prints the value and its particle, `{name:-을/를}`
the particle alone (for use after a closing quote).

    "{name:을/를} 찾지 못했습니다", name="파일" -> "파일을 찾지 못했습니다"
    "'{name}'{name:-은/는} 없습니다", name="리뷰" -> "'리뷰'는 없습니다"
"""

from __future__ import annotations

import difflib
import os
import string
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from importlib import import_module
from typing import Any, Final

from maeum.messages.particles import PAIRS, particle

LANGUAGES: Final = ("ko", "en")
_chosen: ContextVar[str | None] = ContextVar("maeum_language", default=None)


class _Formatter(string.Formatter):
    """`str.format` that also knows Korean particles."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in PAIRS:
            return str(value) + particle(str(value), format_spec)
        if format_spec[:1] == "-" and format_spec[1:] in PAIRS:
            return particle(str(value), format_spec[1:])
        return str(super().format_field(value, format_spec))


_formatter = _Formatter()


def language() -> str:
    """The language of messages: the one set by `use_language`, else `MAEUM_LANG`, else the system's; `ko` or `en`."""
    chosen = _chosen.get() or os.environ.get("MAEUM_LANG", "").lower()[:2]
    if chosen in LANGUAGES:
        return chosen
    return "ko" if _system_locale().lower().startswith(("ko", "korean")) else "en"


def use_language(name: str | None) -> None:
    """Set the language of all messages that follow (`ko`, `en`); None goes back to the environment's."""
    if name is not None and name not in LANGUAGES:
        raise ValueError(f"language: expected one of {', '.join(LANGUAGES)}, found {name!r}")
    _chosen.set(name)


def say(key: str, /, lang: str | None = None, **values: Any) -> str:
    """The sentence `topic.name` with `values` filled in.

    Args:
        key: `topic.name`; the topic is a file of this package.
        lang: `ko` or `en`; None for the current language.
        **values: What the sentence's `{fields}` stand for.

    Raises:
        KeyError: No such message (a defect of the caller; a test reads every key in the source).
    """
    return _formatter.format(table(key.partition(".")[0])[key.partition(".")[2]][lang or language()], **values)


def table(topic: str) -> Mapping[str, Mapping[str, str]]:
    """All messages of one topic: name -> {"en": …, "ko": …}."""
    messages: Mapping[str, Mapping[str, str]] = import_module(f"maeum.messages.{topic}").MESSAGES
    return messages


def listing(items: Iterable[Any], limit: int = 8) -> str:
    """Items joined by commas, the rest counted: `a, b, c … (+12)`; nothing gives `–`."""
    shown = [str(item) for item in items]
    rest = len(shown) - limit
    return (", ".join(shown[:limit]) or "–") + (f" … (+{rest})" if rest > 0 else "")


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """` Did you mean 'nsmc'?` (with its leading space), or nothing when no known name is near."""
    by_lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(found.lower(), by_lower, n=1, cutoff=0.6)
    return " " + say("common.did_you_mean", name=by_lower[near[0]]) if near else ""


def _system_locale() -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value and value.split(".")[0] not in ("C", "POSIX"):
            return value
    if os.name == "nt":  # Windows keeps the language outside the environment
        import locale

        return locale.getlocale()[0] or ""
    return ""
