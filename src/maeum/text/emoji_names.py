"""Emoji: where they stand and what they are called. The table of all emoji is loaded when the first one is met."""

from __future__ import annotations

import re
from typing import Any, Final

from maeum.text.characters import PICTURE

LANGUAGES: Final = ("ko", "en")
_maybe = re.compile(f"[{PICTURE}\u20e3]").search
# Emoji that can show a feeling start here; the others are signs (© ™ ↗ ▶ 1️⃣).
_maybe_feeling = re.compile("[\u2600-\u27bf\u2b50\U0001f000-\U0001faff]")


def name_emoji(text: str, *, language: str = "ko") -> str:
    """Write emoji as words, for models whose vocabulary lacks them: each becomes ` :name: `.

        >>> name_emoji("최고👍", language="ko")
        '최고 :올린_엄지: '
        >>> name_emoji("최고👍", language="en")
        '최고 :thumbs_up: '

    Args:
        text: Any text.
        language: `ko` or `en`, of the names.
    """
    if not _maybe(text):
        return text
    import emoji

    named: str = emoji.demojize(text, language=language, delimiters=(" :", ": "))
    return named


def emoji_in(text: str, language: str) -> list[tuple[int, int, str]]:
    """Every emoji of a text as (start, end, name); mere signs (© ™ ↗ ▶ 1️⃣) are left out.

    Args:
        text: Any text.
        language: `ko` or `en`, of the names.

    Returns:
        Offsets in characters, and names such as `올린 엄지`; in the order of the text.
    """
    if not _maybe_feeling.search(text):
        return []
    import emoji

    if language != "en":
        emoji.config.load_language(language)
    return [
        (found["match_start"], found["match_end"], _name(emoji.EMOJI_DATA[found["emoji"]], language))
        for found in emoji.emoji_list(text)
        if _maybe_feeling.match(found["emoji"])
    ]


def _name(entry: dict[str, Any], language: str) -> str:
    name: str = entry.get(language) or entry["en"]
    return name.strip(":").replace("_", " ")
