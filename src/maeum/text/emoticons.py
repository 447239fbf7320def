"""Emoticons, emoji and jamo signs: finding them, naming them, writing each kind in one way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from maeum.messages import language, say
from maeum.text.emoji_names import emoji_in
from maeum.text.signs import ANGRY_EMOJI, GLAD_EMOJI, SIGNS, Tone

_SIGN: Final = {sign.kind: sign for sign in SIGNS}
_signs = re.compile("|".join(f"(?P<{s.kind}>{s.pattern}{'|' + s.alone if s.alone else ''})" for s in SIGNS))
_faces = re.compile("|".join(f"(?P<{s.kind}>{s.pattern})" for s in SIGNS if s.form))
_heart = re.compile("[♥♡❤❥][\ufe0e\ufe0f]*+(?!\u200d)")
# What a sign can start with. Looking for these first is ten times as fast as trying every sign at every character.
_start = re.compile("[ㄱ-ㅣ^⌒:=;TYQoO0@>♥♡❤❥★☆♪♬♩♫乃甲-]").search


@dataclass(frozen=True, slots=True)
class Emoticon:
    """One emoticon, emoji or jamo sign in a text.

    Attributes:
        start: Its first character.
        end: One past its last, so that `text[start:end] == surface`.
        surface: As written.
        name: For readers, in their language: `웃음`, `올린 엄지`.
        tone: What it says about the thing talked of: `positive`, `negative` or `mixed`.
        kind: Key of its class (`smile`, `cry`, `stare` …), `emoji` for emoji.
    """

    start: int
    end: int
    surface: str
    name: str
    tone: Tone
    kind: str


def find_emoticons(text: str, *, lang: str | None = None) -> list[Emoticon]:
    """Every emoticon, emoji and jamo sign of a text, in order, none overlapping.

        >>> [(e.surface, e.kind, e.tone) for e in find_emoticons("감동ㅠ.ㅠ 근데 결말이ㅡㅡ")]
        [('ㅠ.ㅠ', 'cry', 'mixed'), ('ㅡㅡ', 'stare', 'negative')]

    Args:
        text: Any text.
        lang: `ko` or `en`, of the names; None for the language of messages.

    Returns:
        Offsets in characters.
    """
    lang = lang or language()
    found = [
        Emoticon(
            m.start(), m.end(), m.group(), say(f"text.sign_{m.lastgroup}", lang), _SIGN[m.lastgroup].tone, m.lastgroup
        )
        for m in _matches(_signs, text)
        if m.lastgroup
    ]
    taken = {at for e in found for at in range(e.start, e.end)}
    pictures = [
        Emoticon(start, end, text[start:end], name, _tone(text[start]), "emoji")
        for start, end, name in emoji_in(text, lang)
        if taken.isdisjoint(range(start, end))
    ]
    return sorted(found + pictures, key=lambda e: e.start)


def has_emoticon(text: str) -> bool:
    """Whether `find_emoticons` would find any; fast.

    >>> has_emoticon("재밌다ㅋ"), has_emoticon("재밌다.")
    (True, False)
    """
    return any(True for _ in _matches(_signs, text)) or bool(emoji_in(text, "en"))


def unify_emoticons(text: str) -> str:
    """Write each kind of face in one way, so that a model meets it often enough to learn it.

    Smiles ^_^ ^-^ :) -> ^^, tears ㅜ.ㅜ T_T -> ㅠㅠ, blank looks -_- ㅡ.ㅡ -> ㅡㅡ, surprise o_O -> ㅇㅅㅇ, @.@ -> @_@,
    winces >.< -> >_<, hearts ♡ ❤ -> ♥ (as many as there were). Stars stay: ★★★☆☆ is a rating.

        >>> unify_emoticons("재밌다^_^ 슬퍼ㅜ.ㅜ 뭐야-_-; ♡♡ ★★☆")
        '재밌다^^ 슬퍼ㅠㅠ 뭐야ㅡㅡ; ♥♥ ★★☆'
    """
    while (unified := _heart.sub("♥", _with_forms(text))) != text:  # a form may complete another face
        text = unified
    return text


def _with_forms(text: str) -> str:
    pieces, end = [], 0
    for found in _matches(_faces, text):
        pieces += [text[end : found.start()], _SIGN[found.lastgroup].form if found.lastgroup else found.group()]
        end = found.end()
    return "".join([*pieces, text[end:]]) if pieces else text


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The same as `pattern.finditer(text)`."""
    at = 0
    while start := _start(text, at):
        found = pattern.match(text, start.start())
        at = found.end() if found else start.end()
        if found:
            yield found


def _tone(first: str) -> Tone:
    if first in GLAD_EMOJI:
        return "positive"
    return "negative" if first in ANGRY_EMOJI else "mixed"
