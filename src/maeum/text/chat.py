"""Steps for the way Korean is typed in chats and comments: stretched letters and jamo fused into syllables."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from maeum.text.web import split_addresses

# Not stretched for feeling: spaces (their own step), digits (10000), the Roman digits I and X (III, XXX), and shapes
# that count something (★★★☆☆, ●●○).
_counted = re.compile(r"[\s\dIX★☆⭐●○■□]").search

_KIEUK, _HIEUT = 24, 27  # index of ㅋ and ㅎ among the 28 finals of a Hangul syllable
_FUSED: Final = "".join(chr(base + final) for base in range(0xAC00, 0xD7A4, 28) for final in (_KIEUK, _HIEUT))
_fused = re.compile(rf"[{_FUSED}](?=[ㅋㅎ])")
is_fused = frozenset(_FUSED).__contains__
# Nouns that are spelt with ㅋ, and stems in ㅎ that are clipped before ㅎㅎ (좋ㅎㅎ, 그렇ㅎㅎ, 하얗ㅎㅎ). Other stems
# (닿, 넣, 낳 …) never end a clause: 재밌닿ㅎㅎ is 재밌다ㅎㅎㅎ.
_SPELT_SO: Final = (
    *("부엌", "녘", "키읔", "좋"),
    *("그렇", "이렇", "저렇", "요렇", "고렇", "조렇", "아무렇", "어떻"),
    *("커다랗", "높다랗", "동그랗", "둥그렇"),
    *("빨갛", "발갛", "말갛", "벌겋", "뻘겋", "멀겋", "노랗", "누렇", "파랗", "퍼렇", "하얗", "허옇", "까맣", "가맣"),
    *("꺼멓", "거멓", "뽀얗", "뿌옇"),
)


def cap_repeats(text: str, *, limit: int = 2) -> str:
    """Cut what is repeated more than `limit` times, single characters and pairs, down to `limit`.

    So that ㅋㅋ and ㅋㅋㅋㅋㅋ are one word to a model. Digits, I and X of Roman numbers, stars (ratings) and whatever
    stands in a web or e-mail address are not touched. A word of three equal syllables, as the title 하하하, is cut too.

        >>> cap_repeats("재밌다ㅋㅋㅋㅋㅋ 하하하하 ㅋㅎㅋㅎㅋㅎㅋㅎ 최고최고최고!!!! 10000점 ★★★★☆")
        '재밌다ㅋㅋ 하하 ㅋㅎㅋㅎ 최고최고!! 10000점 ★★★★☆'

    Args:
        text: Any text.
        limit: Repetitions that stay, 1 or more.
    """
    has_repeats, cut = _patterns(limit)
    if not has_repeats(text):
        return text
    if "." not in text:  # no address
        return cut(text)
    return "".join(piece if is_address else cut(piece) for piece, is_address in split_addresses(text))


def split_fused_jamo(text: str) -> str:
    """Take a laugh that slipped under the last syllable out again: 요 + ㅋㅋㅋ typed fast becomes 욬ㅋㅋ.

    A syllable with final ㅋ or ㅎ is split when the same jamo follows directly. Words that are spelt so stay (부엌,
    동녘, 좋, 그렇 …), as do double finals (싫, 많) and other jamo: 넹ㅇㅇ is a manner of speaking, 존ㄴ a slip.

        >>> split_fused_jamo("될까욬ㅋㅋ 넼ㅋ 재밌닿ㅎㅎ 부엌ㅋㅋ 좋ㅎㅎ")
        '될까요ㅋㅋㅋ 네ㅋㅋ 재밌다ㅎㅎㅎ 부엌ㅋㅋ 좋ㅎㅎ'
    """
    if "ㅋ" not in text and "ㅎ" not in text:
        return text
    return _fused.sub(_split, text)


def _split(found: re.Match[str]) -> str:
    syllable, end = found.group(), found.end()
    final = (ord(syllable) - 0xAC00) % 28
    jamo = "ㅋ" if final == _KIEUK else "ㅎ"
    if found.string[end] != jamo or found.string.endswith(_SPELT_SO, 0, end):
        return syllable
    return chr(ord(syllable) - final) + jamo


@lru_cache(maxsize=16)
def _patterns(limit: int) -> tuple[Callable[[str], object], Callable[[str], str]]:
    """For a limit: whether a text has longer repetitions, and the text with them cut."""
    single = re.compile(rf"(.)\1{{{limit}}}", re.DOTALL).search
    pair = re.compile(rf"(..)\1{{{limit}}}", re.DOTALL).search
    run = re.compile(rf"(..??)\1{{{limit},}}", re.DOTALL).sub

    def shorter(found: re.Match[str]) -> str:
        unit = found.group(1)
        return found.group() if _counted(unit) else unit * limit

    def cut(text: str) -> str:
        while (rest := run(shorter, text)) != text:  # what is left may repeat as a pair
            text = rest
        return text

    return lambda text: single(text) or pair(text), cut
