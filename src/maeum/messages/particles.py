"""Korean particles that follow the last sound of a word: 은/는, 이/가, 을/를, 과/와, 으로/로."""

from __future__ import annotations

from typing import Final

PAIRS: Final = ("은/는", "이/가", "을/를", "과/와", "으로/로", "이라/라", "이에요/예요")

# How the last character is read aloud. Digits: 영 일 이 삼 사 오 육 칠 팔 구. Letters: 엘 엠 엔 알 end in a consonant.
_WITH_FINAL: Final = frozenset("013678lmnrLMNR")
_FINAL_RIEUL: Final = frozenset("178lrLR")
_RIEUL: Final = 8  # index of ㄹ among the 28 finals of a Hangul syllable


def particle(word: str, pair: str) -> str:
    """The form of `pair` that follows `word`: `particle("파일", "을/를")` -> `을`; unreadable endings give `을(를)`.

    Args:
        word: The word before the particle; closing quotes and brackets at its end are passed over.
        pair: One of `PAIRS`, the form after a consonant first.
    """
    after_consonant, after_vowel = pair.split("/")
    last = word.rstrip("\"'’”)]>… ")[-1:]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        closed, rieul = final > 0, final == _RIEUL
    elif last.isascii() and last.isalnum():
        closed, rieul = last in _WITH_FINAL, last in _FINAL_RIEUL
    else:
        return f"{after_consonant}({after_vowel})"
    if pair == "으로/로" and rieul:  # 서울로, 파일로: ㄹ counts as a vowel here
        return after_vowel
    return after_consonant if closed else after_vowel
