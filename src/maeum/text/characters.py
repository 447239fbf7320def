"""Steps that mend single characters: their form, their width, the invisible ones, spaces and case."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Emoji and the pictures they are built from; wider than needed on purpose: it only decides where a joiner is kept
# and whether the emoji table has to be asked. A test checks it against that table.
PICTURE: Final = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)

# Half-width jamo U+FFA1–FFDC in the order of the Unicode block; its gaps hold nothing. Their compatibility
# decompositions in Unicode are exactly the jamo U+3131–3163 of a keyboard.
_HALF_CONSONANTS: Final = dict(zip(range(0xFFA1, 0xFFBF), range(0x3131, 0x314F), strict=True))
_HALF_VOWELS: Final = dict(
    zip(
        [*range(0xFFC2, 0xFFC8), *range(0xFFCA, 0xFFD0), *range(0xFFD2, 0xFFD8), *range(0xFFDA, 0xFFDD)],
        range(0x314F, 0x3164),
        strict=True,
    )
)
_WIDTHS: Final = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # ！ to ～
    **dict(zip(range(0xFFE0, 0xFFE7), map(ord, "¢£¬¯¦¥₩"), strict=True)),
    0x3000: " ",
    0xFFA0: "\u3164",  # half-width Hangul filler -> Hangul filler
    **_HALF_CONSONANTS,
    **_HALF_VOWELS,
}
is_wide = re.compile("[\u3000\uff01-\uff5e\uffa0-\uffe6]").search

_FILLERS: Final = ("\u3164", "\uffa0")  # print as blanks, but are letters to Unicode
_DROPPED: Final = [
    *range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0),  # C0 and C1 controls
    0x00AD,  # soft hyphen
    0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A),  # text direction
    0x180E, 0x200B, 0x200C, *range(0x2060, 0x2065), 0xFEFF,  # zero width
    *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFD),  # deprecated, and marks of pasted objects
]  # fmt: skip
_CONTROLS: Final = {
    **dict.fromkeys(_DROPPED),
    **dict.fromkeys([0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029], "\n"),
    **dict.fromkeys(map(ord, _FILLERS), " "),
}
# A zero-width joiner holds the parts of one emoji together (👩‍💻, ❤️‍🔥); anywhere else it is invisible dirt.
_stray_joiner = re.compile(f"(?<![{PICTURE}\ufe0f])\u200d|\u200d(?![{PICTURE}])").sub
_surrogate = re.compile("[\ud800-\udfff]").search

# Basic Latin, Latin-1 and Latin Extended-A and -B; titlecase digraphs such as ǅ lie in between.
_latin_capitals = re.compile("[A-ZÀ-ÖØ-Þ\u0100-\u024f]+")
is_latin_capital = _latin_capitals.search


def nfc(text: str) -> str:
    r"""Write every Hangul syllable as one character (Unicode NFC).

    macOS file names and some exports spell 한 as three characters (NFD); a model that learnt 한 does not know those.
    Never NFKC: it turns ㅋ (U+314B) into the choseong U+110F and ㅠ into U+1172, which breaks every ㅋㅋ and ㅠㅠ.

        >>> nfc("\u1112\u1161\u11ab글")
        '한글'
        >>> nfc("ㅋㅋㅋ")
        'ㅋㅋㅋ'
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def fold_width(text: str) -> str:
    """Full-width letters, digits and signs become half-width; half-width jamo become ordinary jamo.

    Jamo of the keyboard (ㅋ ㅠ ㅡ) and katakana stay as they are.

        >>> fold_width("Ｂ급　영화！！ ﾾﾾ ㅋㅋ")
        'B급 영화!! ㅎㅎ ㅋㅋ'
    """
    return text.translate(_WIDTHS) if is_wide(text) else text


def drop_controls(text: str) -> str:
    r"""Remove characters that cannot be seen: controls, zero-width characters, text direction marks, soft hyphens.

    Tabs and line breaks stay, every kind of line break becomes `\n`, the Hangul filler U+3164 a space. The joiner
    inside an emoji is kept. Two surrogates that belong together become their character; a lone one, which cannot
    be written as UTF-8, becomes U+FFFD.

        >>> drop_controls("재\u200b밌\x00다\ufeff 👩\u200d💻")
        '재밌다 👩\u200d💻'
    """
    if text.isprintable() and "\u3164" not in text and "\uffa0" not in text:
        return text
    if _surrogate(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = text.replace("\r\n", "\n").translate(_CONTROLS)
    return _stray_joiner("", text) if "\u200d" in text else text


def squeeze_spaces(text: str) -> str:
    r"""Any run of white space, line breaks and U+3000 included, becomes one space; none at the ends.

    >>> squeeze_spaces("  정말\t\n재밌다\u00a0 ")
    '정말 재밌다'
    """
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text  # printable: no white space but U+0020
    return " ".join(text.split())


def drop_spaces(text: str) -> str:
    """Remove all white space, for models of character n-grams: people space Korean as they like.

    >>> drop_spaces("재미 있게 봤 어요")
    '재미있게봤어요'
    """
    return "".join(text.split())


def lowercase(text: str) -> str:
    """Latin capitals become small letters; other scripts and signs (Σ, Д, Ⅲ) stay.

    >>> lowercase("CG는 GOOD, Ⅲ편은 BAD")
    'cg는 good, Ⅲ편은 bad'
    """
    if not is_latin_capital(text):
        return text
    return _latin_capitals.sub(lambda found: found.group().lower(), text)
