"""The table of Korean emoticons and jamo signs: how each is written, its one agreed form, the tone it carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Tone = Literal["positive", "negative", "mixed"]

POSITIVE_FROM: Final = 0.75  # share of positive reviews; 0.50 of all reviews are positive
NEGATIVE_TO: Final = 0.25


@dataclass(frozen=True, slots=True)
class Sign:
    """One class of emoticons.

    Attributes:
        kind: Its key; the message `text.sign_<kind>` names it for readers.
        pattern: Regular expression of its spellings.
        share: Share of positive reviews among those that hold it; its tone follows.
        rows: Reviews the share was counted on.
        form: What `unify_emoticons` writes in place of any spelling; empty where spellings differ in meaning.
        alone: Further spellings that count as this sign but are not rewritten.
    """

    kind: str
    pattern: str
    share: float
    rows: int
    form: str = ""
    alone: str = ""

    @property
    def tone(self) -> Tone:
        """What the sign says about a film, whatever it shows: tears are often praise."""
        if self.share >= POSITIVE_FROM:
            return "positive"
        return "negative" if self.share <= NEGATIVE_TO else "mixed"


# Jamo that make a neighbouring jamo part of a word or of initials; ㅋ ㅎ ㅜ ㅠ ㅡ stand beside anything.
_O: Final = "ㄱ-ㅊㅌㅍㅏ-ㅛㅝ-ㅟㅢㅣ"
_NO_WORD_BEFORE: Final = "(?<![A-Za-z0-9])"
_NO_WORD_AFTER: Final = "(?![A-Za-z0-9])"


def _by_itself(spellings: str) -> str:
    return f"(?<![{_O}])(?:{spellings})(?![{_O}])"


# Shares: counted on the 150,000 training reviews of NSMC (half of them positive), on the reviews that hold the sign at
# least once. Under 40 rows a share is a hint, not a measurement. Earlier entries win where two signs start at the same
# character.
SIGNS: Final = (
    Sign(
        "smile",
        rf"[\^⌒](?:(?:[-_.,~*&]{{1,4}}|[oO0ㅡㅇㅅㅁㅂ])?[\^⌒])+|[:=]-?\)|{_NO_WORD_BEFORE}:-?D(?![A-Za-z0-9가-힣])",
        share=0.89,
        rows=3063,
        form="^^",
    ),
    Sign(
        "cry",
        r"[ㅠㅜ](?:(?:[-_.,oO0ㅁㅅㅇㅂㅗ]{1,2}|ㅡ)?[ㅠㅜ])+"
        rf"|{_NO_WORD_BEFORE}T(?:[-_.oㅁㅅㅇ]{{0,3}}T)+{_NO_WORD_AFTER}"
        rf"|{_NO_WORD_BEFORE}(?:Y[_.]Y|Q[_.]Q){_NO_WORD_AFTER}|;[_-];|:'?-?\((?=\s|$)",
        share=0.69,
        rows=5082,
        form="ㅠㅠ",
        alone=_by_itself("[ㅠㅜ]"),
    ),
    Sign(
        "stare",
        r"ㅡ(?:[-_.,oO0ㅁㅅㅇㅂ]{0,3}ㅡ)+|(?<![A-Za-z0-9-])-(?:[_.,]{1,3}|[ㅅㅁ])-(?![A-Za-z0-9-])"
        r"|(?<!-)--(?=[;^])|(?<!=)=[_.]{1,3}=(?!=)",
        share=0.12,
        rows=2699,
        form="ㅡㅡ",
    ),
    Sign(
        "surprise",
        rf"ㅇ[-_.,ㅅㅁㅂ]{{1,2}}ㅇ|{_NO_WORD_BEFORE}(?:[oO0]_[oO0]|[oO]\.[oO]){_NO_WORD_AFTER}",
        share=0.66,
        rows=38,
        form="ㅇㅅㅇ",
    ),
    Sign("dizzy", r"@[-_.,]{1,3}@", share=0.46, rows=13, form="@_@"),
    Sign("wince", r">(?:[-_.,]{1,3}|[ㅁㅅㅡ])<|><(?![\w/])", share=0.89, rows=81, form=">_<"),
    Sign("heart", "(?:[♥♡❤❥][\ufe0e\ufe0f]*+(?!\u200d))+", share=0.98, rows=1080),
    Sign("star", "[★☆]+", share=0.69, rows=84),
    Sign("shiver", _by_itself("ㅎ?ㄷㄷ+"), share=0.63, rows=464),
    Sign("tut", "ㅉ+", share=0.15, rows=567),
    Sign("agree", _by_itself("ㅇㅇ+|ㅇㅋ|ㅇㅈ|ㄹㅇ"), share=0.52, rows=285),
    Sign("deny", _by_itself("ㄴㄴ+"), share=0.24, rows=34),
    Sign("thanks", _by_itself("ㄱㅅ|ㄳ|ㅊㅋ"), share=0.57, rows=14),
    Sign("curse", _by_itself("ㅅㅂ|ㅆㅂ|ㅄ|ㅂㅅ|ㅈㄹ|ㅁㅊ|ㄲㅈ"), share=0.13, rows=357),
    Sign("finger", "ㅗ+(?![ㄱ-ㅣ])", share=0.15, rows=65),
    Sign("laugh", rf"ㅎ*ㅋ[ㅋㅎ]+|ㅎ+ㅋ|(?<![{_O}])ㅋ(?![{_O}])", share=0.57, rows=9542),
    Sign("giggle", rf"ㅎㅎ+|(?<![{_O}])ㅎ(?![{_O}])", share=0.83, rows=2736),
    Sign("sweat", "(?<=[ㅡ^-]);+|;;+", share=0.22, rows=2571),
    Sign("music", "[♪♬♩♫]+", share=0.77, rows=22),
    Sign("thumb", "[乃甲]", share=0.80, rows=35),
)

# By what they show: NSMC holds no emoji to count on. All others are mixed, laughing and crying faces among them.
GLAD_EMOJI: Final = frozenset(
    "😀😃😄😁😆😊🙂😍🥰😘😗😚😙😋😎🤩🥳🤗😻😇☺👍👏🙌🎉🎊💯✨💕💖💗💘💓💞💝💙💚💛🧡💜🤍🩷💐🌟⭐🏆"
)
ANGRY_EMOJI: Final = frozenset("😠😡🤬👿👎💩🤮🤢😒🙄😤😑😾🖕💔😖😣😩😫🥱😴")
