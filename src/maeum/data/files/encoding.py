"""From bytes to text: which encoding a file is in, and which places do not decode.

Korean files come in UTF-8 (with or without BOM), in UTF-16 (Excel's "Unicode text") and, from Windows, in cp949:

    bytes BF B5 C8 AD -> "영화" (cp949)

Bytes that mean nothing in the chosen encoding become `FAULT`, so that the readers know which cells hold them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from maeum.errors import DataError
from maeum.messages import did_you_mean, listing

FAULT: Final = "\udc80"
"""Stands for undecodable bytes. A lone surrogate, because no decoder ever gives one: it cannot be in a file's text."""
REPLACEMENT: Final = "\ufffd"

KNOWN: Final = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp949", "euc-kr", "johab", "iso2022_kr",
    "latin-1", "cp1252", "shift_jis", "gb18030",
)  # fmt: skip
KNOWN_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HANDLER: Final = "maeum.fault"
_WIDE: Final = re.compile("[\u0800-\U0010ffff]")  # three bytes and more in UTF-8
_HANGUL: Final = re.compile("[가-힣]")
SURROGATE: Final = re.compile("[\ud800-\udfff]")
_KOREAN: Final = re.compile("[\t\n\r -~ㄱ-ㆎ가-힣]")  # and English
_UTF16_SAMPLE: Final = 2**16  # bytes
_UTF16_SHARE: Final = 0.7  # of the characters must be such; bytes of other text make mostly Hanja


def _fault(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return FAULT, error.end


codecs.register_error(_HANDLER, _fault)


def fault_handler() -> str:
    """Name of the handler of decoding errors that puts `FAULT` in their place."""
    return _HANDLER


@dataclass(frozen=True)
class Decoded:
    """Text of a file.

    Attributes:
        text: Without its byte order mark; `FAULT` stands for bytes that did not decode.
        encoding: Python's name of the encoding.
        faulty: Whether there is any `FAULT`.
    """

    text: str
    encoding: str
    faulty: bool


def decode(content: bytes, encoding: str, path: Path) -> Decoded:
    """The text of `content`.

    Args:
        content: A whole file.
        encoding: A name, or `auto`: byte order mark, then UTF-8, then cp949, strictly; else by lines.
        path: For messages.

    Raises:
        DataError: Unknown name; NUL in the text; UTF-16 without a mark; lines in UTF-8 and lines in cp949; no text.
    """
    name = _find(content, path) if encoding == "auto" else named_encoding(encoding)
    text = _decode_as(content, name, encoding)
    if "\0" in text:
        raise nul_error(content, text.count("\n", 0, text.index("\0")) + 1, path)
    if not text.strip():
        raise DataError("files.empty", path=path)
    return Decoded(text, name, FAULT in text)


def _decode_as(content: bytes, name: str, given: str) -> str:
    try:
        text = content.decode(name, _HANDLER)
    except (UnicodeError, LookupError) as error:  # not an encoding of text, or one that takes no error handler
        raise _unknown(given) from error
    text = text.removeprefix("\ufeff")
    return text if given == "auto" else SURROGATE.sub(FAULT, text)  # a few rare codecs let surrogates through


def _find(content: bytes, path: Path) -> str:
    """Name of the encoding that `content` is in."""
    for mark, name in KNOWN_MARKS:
        if content.startswith(mark):
            return name if name != "utf-8-sig" else _korean(content, path).replace("utf-8", "utf-8-sig")
    return "utf-8" if b"\0" in content else _korean(content, path)  # NULs are reported by `decode`


def _korean(content: bytes, path: Path) -> str:
    return korean(lambda name: _decodes(content, name) is not None, lambda: content.split(b"\n"), path)


def korean(decodes: Callable[[str], bool], lines: Callable[[], Iterable[bytes]], path: Path) -> str:
    """UTF-8 or cp949, by the whole file or, where it is neither, by its lines.

    Args:
        decodes: Whether the whole file is in an encoding, strictly.
        lines: Its lines, without their LF; asked for only where they are needed.
        path: For messages.

    Raises:
        DataError: Lines in UTF-8 and lines in cp949.
    """
    if decodes("utf-8"):
        return "utf-8"
    utf8_line, cp949_line = _first_lines(lines())
    if utf8_line and cp949_line:
        raise DataError("files.mixed_encodings", path=path, utf8_line=utf8_line, cp949_line=cp949_line)
    if cp949_line:
        return "cp949"
    return "utf-8" if utf8_line or not decodes("cp949") else "cp949"


def _first_lines(lines: Iterable[bytes]) -> tuple[int, int]:
    """Number of the first line that is surely UTF-8 and of the first that is surely cp949; 0 where there is none."""
    utf8 = cp949 = 0
    for number, line in enumerate(lines, start=1):
        if line.isascii():
            continue
        if not utf8 and _surely_utf8(line):
            utf8 = number
        elif not cp949 and _surely_cp949(line):
            cp949 = number
        if utf8 and cp949:
            break
    return utf8, cp949


def _surely_utf8(line: bytes) -> bool:
    """Whether a line that is not ASCII can only be UTF-8.

    Two bytes of UTF-8 (é) may as well be a Hangul syllable in cp949, so they prove nothing where both decode.
    """
    text = _decodes(line, "utf-8")
    return text is not None and (_WIDE.search(text) is not None or _decodes(line, "cp949") is None)


def _surely_cp949(line: bytes) -> bool:
    """Whether a line can only be cp949.

    Broken UTF-8 can by chance decode as cp949: to Hanja and rare syllables. What proves cp949 is Hangul of the common
    2,350 (KS X 1001, what euc-kr holds) that outnumbers the other characters beyond ASCII. Measured on the texts of
    NSMC test: 97 % of those in cp949 pass, and none of 58,709 that were cut inside a character in UTF-8.
    """
    if _decodes(line, "utf-8") is not None:
        return False
    text = _decodes(line, "euc-kr") or ""
    hangul = len(_HANGUL.findall(text))
    return hangul > len(_WIDE.findall(text)) - hangul


def _decodes(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def named_encoding(encoding: str) -> str:
    """Python's name of the encoding a user named. euc-kr and Windows' names mean cp949, which holds all of euc-kr."""
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        if encoding.lower().replace("_", "-") in ("windows-949", "x-windows-949", "ansi"):
            return "cp949"
        raise _unknown(encoding) from error
    return "cp949" if name == "euc_kr" else name


def _unknown(encoding: str) -> DataError:
    near = did_you_mean(encoding, KNOWN)
    return DataError("files.encoding_unknown", found=encoding, near=near, known=listing(KNOWN, 20))


def nul_error(head: bytes, line: int, path: Path) -> DataError:
    """The error about a NUL on `line`, for a file that begins with `head`."""
    utf16 = _utf16_without_mark(head)
    if utf16:
        return DataError("files.utf16", path=path, encoding=utf16)
    return DataError("files.nul", path=path, line=line)


def _utf16_without_mark(content: bytes) -> str:
    """The kind of UTF-16 that makes Korean or English of `content`, or nothing.

    Where the NULs stand does not tell: beside those of ASCII there is one in 가 (U+AC00), on the other side.
    """
    for name in ("utf-16-le", "utf-16-be"):
        text = content[:_UTF16_SAMPLE].decode(name, "replace")
        if len(_KOREAN.findall(text)) >= _UTF16_SHARE * len(text):
            return name
    return ""
