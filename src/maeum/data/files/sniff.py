"""How a delimited text is laid out: the delimiter, quoting and the header, found by looking at it."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from maeum.data.files.settings import FileSettings
from maeum.errors import DataError
from maeum.messages import did_you_mean

MAX_LINE: Final = 8 * 2**20
"""Characters that a line, or a quoted cell, may have. Reviews have hundreds; a file past this is not what it seems."""

CANDIDATES: Final = {"comma": ",", "tab": "\t", "semicolon": ";", "pipe": "|"}
SAMPLE_RECORDS: Final = 100
SAMPLE_LINES: Final = 4 * SAMPLE_RECORDS  # a quoted cell may run over several lines
_LEAST_SHARE: Final = 0.5  # of a .txt's sampled records must be as wide as the first for a tab to be its delimiter
_SPACE: Final = re.compile(r"\s")
_OPENED: Final = re.compile(r'(?:^|(?<=\r))(?:[^\r\n]*\t)?"[^\r\n]*', re.MULTILINE)  # a line with such a cell
_CELL: Final = r'(?:"(?:[^"]|"")*+"|(?!")[^\t]*+)'  # quoted and closed, or not beginning with a quote
_PROPER: Final = re.compile(rf"{_CELL}(?:\t{_CELL})*+")


@dataclass(frozen=True)
class Layout:
    """How a text is divided.

    Attributes:
        delimiter: One character; empty: one cell a line, taken as it stands.
        quoting: Whether `"` encloses cells.
        header: Whether the first record names the columns.
    """

    delimiter: str
    quoting: bool
    header: bool


def find_layout(text: str, suffix: str, settings: FileSettings, quoted: Callable[[], bool] | None = None) -> Layout:
    """The layout of `text`: what `settings` say, and for the rest what the text shows.

    Args:
        text: A whole file, or at least its first `SAMPLE_LINES` lines and one more.
        suffix: `.csv`, `.tsv` or `.txt`.
        settings: As the user gave them.
        quoted: Where `text` is only the beginning: whether quotes in the whole tab-separated file enclose cells.

    Raises:
        DataError: A delimiter that is not one character.
    """
    given = settings.delimiter != "auto"
    delimiter = _named(settings.delimiter) if given else _find_delimiter(text, suffix)
    header = bool(delimiter) if settings.header == "auto" else settings.header == "on"
    if settings.quoting == "on":
        delimiter = delimiter or "\t"  # one quoted text a record
    return Layout(delimiter, bool(delimiter) and _find_quoting(text, delimiter, settings.quoting, quoted), header)


def csv_records(lines: Iterable[str], delimiter: str, *, quoting: bool) -> Iterator[list[str]]:
    """Records of delimited text; a blank line is an empty record.

    Raises:
        csv.Error: A cell longer than `MAX_LINE`.
    """
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE))  # never lowered: it is one for the whole process
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE)


def _named(delimiter: str) -> str:
    character = {**CANDIDATES, "\\t": "\t"}.get(delimiter.lower(), delimiter)
    if len(character) != 1 or character in '"\r\n\0':
        raise DataError("files.delimiter_unknown", found=delimiter, near=did_you_mean(delimiter, CANDIDATES))
    return character


def _find_delimiter(text: str, suffix: str) -> str:
    """The candidate whose records are most often as wide as the first; that of the suffix among equals."""
    usual = {".tsv": "\t", ".txt": "\t"}.get(suffix, ",")
    order = [usual, *(c for c in CANDIDATES.values() if c != usual)]
    sample, complete = _sample(text)
    best, best_share = "", 0.0
    for delimiter in order:
        share = _share(_records(sample, delimiter, complete), delimiter, suffix)
        if share > best_share:
            best, best_share = delimiter, share
    return best or ("" if suffix == ".txt" else usual)


def _sample(text: str) -> tuple[str, bool]:
    """The first lines of `text`, and whether they are all of it."""
    lines = list(islice(io.StringIO(text, newline=""), SAMPLE_LINES + 1))
    return "".join(lines[:SAMPLE_LINES]), len(lines) <= SAMPLE_LINES


def _records(sample: str, delimiter: str, complete: bool) -> list[list[str]]:
    """The first records that are not blank."""
    quoting = _find_quoting(sample, delimiter, "auto")
    records: list[list[str]] = []
    with contextlib.suppress(csv.Error):  # said with its line when the whole text is read
        records.extend(r for r in csv_records(io.StringIO(sample, newline=""), delimiter, quoting=quoting) if r)
    return (records if complete else records[:-1])[:SAMPLE_RECORDS]  # the last one may have been cut


def _share(records: list[list[str]], delimiter: str, suffix: str) -> float:
    """Share of records as wide as the first; 0 where `delimiter` divides nothing or, in a .txt, only prose."""
    if not records or len(records[0]) < 2:
        return 0.0
    header = records[0]
    share = sum(len(record) == len(header) for record in records) / len(records)
    if suffix != ".txt":
        return share
    if delimiter == "\t":
        return share if share >= _LEAST_SHARE else 0.0
    # In lines of prose a comma means little: it must divide every line alike, under a header of single words.
    named = len(set(header)) == len(header) and all(name and not _SPACE.search(name) for name in header)
    return share if share == 1 and len(records) > 1 and named else 0.0


def _find_quoting(text: str, delimiter: str, setting: str, quoted: Callable[[], bool] | None = None) -> bool:
    """Whether `"` encloses cells.

    Corpora such as NSMC are tab-separated without quoting, and their texts begin with lone quotes. So in
    tab-separated text quoting is off unless every cell that opens with a quote closes with one on the same line.
    """
    if setting != "auto" or delimiter != "\t":
        return setting != "off"
    return bool(proper_quotes(text)) if quoted is None else quoted()


def proper_quotes(text: str) -> bool | None:
    """Whether every cell of tab-separated lines that opens with a quote closes on its line; None where none opens."""
    if '"' not in text:
        return None
    opened = _OPENED.finditer(text)
    first = next(opened, None)
    return None if first is None else all(_PROPER.fullmatch(line[0]) for line in chain([first], opened))
