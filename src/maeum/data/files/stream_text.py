"""A text file of any size, read in pieces of whole lines; what is said about a whole file is found in a first pass."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from maeum.data.files.encoding import (
    FAULT,
    KNOWN_MARKS,
    SURROGATE,
    fault_handler,
    korean,
    named_encoding,
    nul_error,
)
from maeum.data.files.sniff import MAX_LINE
from maeum.errors import DataError

CHUNK: Final = 2**20  # bytes read at once; a line is never shorter than `MAX_LINE` allows, so it must stay below that
HEAD: Final = 2**16  # bytes looked at where UTF-16 is suspected
STREAMED: Final = frozenset(
    {"utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252"}
)
"""Encodings whose decoders give the same in pieces as at once; files in others are read whole."""


@dataclass(frozen=True)
class TextFile:
    """A text file after its first pass: it can be decoded, its lines are not too long, and it holds something.

    Attributes:
        path: Where it is.
        encoding: Python's name.
        auto: Whether the encoding was found, not given.
        faulty: Whether some bytes do not decode.
        breaks: Ends of lines in it.
        chunk: Bytes read at once.
    """

    path: Path
    encoding: str
    auto: bool
    faulty: bool = False
    breaks: int = 0
    chunk: int = CHUNK

    def pieces(self) -> Iterator[str]:
        """The text in pieces that end where a line ends, `FAULT` for bytes that do not decode."""
        rest = ""
        for text in self._decoded():
            whole = rest + text
            # a carriage return at the end may be the first half of a line's end
            cut = max(whole.rfind("\n"), whole.rfind("\r", 0, max(len(whole) - 1, 0))) + 1
            if cut:
                yield whole[:cut]
            rest = whole[cut:]
        if rest:
            yield rest

    def lines(self) -> Iterator[str]:
        """Lines without their ends, of any system; blank ones at the end of the file too."""
        for piece in self.pieces():
            found = piece.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            if not found[-1]:
                found.pop()
            yield from found

    def _decoded(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self.encoding)(fault_handler())
        begun = False
        with self.path.open("rb") as file:
            while True:
                chunk = file.read(self.chunk)
                text = decoder.decode(chunk, not chunk)
                if not self.auto:
                    text = SURROGATE.sub(FAULT, text)
                if text and not begun:
                    text, begun = text.removeprefix("\ufeff"), True
                if text:
                    yield text
                if not chunk:
                    return

    def checked(self) -> TextFile:
        """The file with `faulty` and `breaks` filled in.

        Raises:
            DataError: NUL, nothing but white space, or a line too long; in this order, as a file read whole says it.
        """
        look = _Look()
        for text in self._decoded():
            look.take(text)
        if look.nul:
            with self.path.open("rb") as file:
                raise nul_error(file.read(HEAD), look.nul, self.path)
        if not look.filled:
            raise DataError("files.empty", path=self.path)
        if look.too_long:
            raise DataError("files.line_too_long", path=self.path, line=look.too_long, limit=f"{MAX_LINE:,}")
        return TextFile(self.path, self.encoding, self.auto, look.faulty, look.breaks, self.chunk)


class _Look:
    """What is gathered from decoded text, piece by piece.

    Attributes:
        nul: Line of the first NUL, 0 for none.
        filled: Whether there is anything but white space.
        too_long: Number of the first line that is too long, 0 for none.
        faulty: Whether there is a `FAULT`.
        breaks: Ends of lines so far.
    """

    def __init__(self) -> None:
        self.nul = self.too_long = self.breaks = 0
        self.filled = self.faulty = False
        self._feeds = 0  # line feeds, which a NUL's line is counted by
        self._run = 0  # characters since the last end of a line
        self._half = False  # whether the text so far ends with a carriage return

    def take(self, text: str) -> None:
        """Look at the text that follows."""
        if not self.nul and "\0" in text:
            self.nul = self._feeds + text.count("\n", 0, text.index("\0")) + 1
        self._feeds += text.count("\n")
        self.filled = self.filled or bool(text.strip())
        self.faulty = self.faulty or FAULT in text
        first = min((at for at in (text.find("\n"), text.find("\r")) if at >= 0), default=-1)
        if not self.too_long and self._run + (first if first >= 0 else len(text)) > MAX_LINE:
            self.too_long = self.breaks + 1
        self.breaks += text.count("\n") + text.count("\r") - text.count("\r\n")
        self.breaks -= self._half and text.startswith("\n")
        self._half = text.endswith("\r")
        last = max(text.rfind("\n"), text.rfind("\r"))
        self._run = len(text) - last - 1 if last >= 0 else self._run + len(text)


def find_text(path: Path, encoding: str, chunk: int = CHUNK) -> TextFile | None:
    """The text of a file, after a first pass; None where its encoding can only be read whole.

    Args:
        path: A file.
        encoding: A name, or `auto`.
        chunk: Bytes read at once.

    Raises:
        DataError: See `encoding.decode` and `delimited.check_lines`.
    """
    name = _find(path, chunk) if encoding == "auto" else named_encoding(encoding)
    if name not in STREAMED:
        return None
    return TextFile(path, name, encoding == "auto", chunk=chunk).checked()


def _find(path: Path, chunk: int) -> str:
    with path.open("rb") as file:
        head = file.read(4)
    mark = next((name for mark, name in KNOWN_MARKS if head.startswith(mark)), "")
    if mark and mark != "utf-8-sig":
        return mark
    if not mark and _holds_nul(path, chunk):
        return "utf-8"  # said by `checked`
    return korean(lambda name: _decodes(path, name, chunk), lambda: _byte_lines(path), path).replace(
        "utf-8", mark or "utf-8"
    )


def _holds_nul(path: Path, chunk: int) -> bool:
    with path.open("rb") as file:
        return any(b"\0" in part for part in iter(lambda: file.read(chunk), b""))


def _decodes(path: Path, name: str, chunk: int) -> bool:
    decoder = codecs.getincrementaldecoder(name)("strict")
    with path.open("rb") as file:
        try:
            for part in iter(lambda: file.read(chunk), b""):
                decoder.decode(part)
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return False
    return True


def _byte_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for line in file:
            yield line.removesuffix(b"\n")
