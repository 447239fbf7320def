"""What `predict` is given, as rows: texts, the lines of standard input, or a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.data.columns import text_column
from maeum.data.files import FileSettings, Table, read_table
from maeum.data.files.stream import Stream, open_stream
from maeum.data.settings import DataSettings
from maeum.errors import UsageError
from maeum.messages import listing
from maeum.schema import RowProblem, check_texts
from maeum.settings import flag

if TYPE_CHECKING:
    import polars as pl

STDIN: Final = Path("standard input")  # its name in messages
Texts = Sequence[str]


# Settings that say how a file is read; a corpus and a Dataset know that themselves.
OF_FILES: Final = frozenset(
    {
        *FileSettings.model_fields,
        "text_column",
        "text_b_column",
        "label_column",
        "id_column",
        "label_separator",
        "task",
        "read_as",
        "subject_column",
        "object_column",
    }
)


def refuse_file_settings(given: Mapping[str, Any], name: str, *, also: Iterable[str] = ()) -> None:
    """Refuse settings that would have no effect on a corpus or a Dataset.

    Args:
        given: Settings as the user gave them; None counts as not given.
        name: Of the corpus or Dataset.
        also: Further settings without effect.

    Raises:
        UsageError: There are some, all named.
    """
    useless = [
        flag(setting) for setting, value in given.items() if value is not None and setting in OF_FILES.union(also)
    ]
    if useless:
        raise UsageError("train.file_settings", names=listing(useless, 20), data=name)


@dataclass(frozen=True)
class Rows:
    """N rows to predict on.

    Attributes:
        frame: All columns of the file, or `text`.
        texts: `(N,)`; empty where a row has none or could not be read.
        problems: Rows that could not be read, by position.
        empty: How many of the others have no text.
    """

    frame: pl.DataFrame
    texts: list[str]
    problems: Mapping[int, RowProblem]
    empty: int = 0


def rows_of(source: str | Path | bytes | Texts, settings: Mapping[str, Any]) -> Rows:
    """The rows of a file, of lines in bytes, or of texts.

    Args:
        source: A path, the content of a text file (one text a line), or texts.
        settings: Fields of `DataSettings` that the user gave.

    Raises:
        DataError: The file, its text column or the bytes cannot be used.
        RecipeError: Unknown or unusable settings.
        UsageError: Settings that describe a file, given with texts; or bytes that hold no text.
    """
    known = DataSettings.build(settings)
    if isinstance(source, str | Path):
        return _of_file(Path(source), known)
    usable = {"encoding"} if isinstance(source, bytes) else set()
    useless = [flag(name) for name in settings if name not in usable]
    if useless:
        raise UsageError("predict.file_settings", names=listing(useless, 20))
    return _of_lines(source, known.encoding) if isinstance(source, bytes) else _of_texts(source)


def _of_file(path: Path, settings: DataSettings) -> Rows:
    table = read_table(path, settings)
    return rows_of_table(table, text_column(table.frame.columns, settings.text_column, path))


def stream_of(path: Path, settings: Mapping[str, Any]) -> tuple[Stream, str]:
    """A file to be read in blocks, and the name of its column with the text.

    Raises:
        DataError: The file or its text column cannot be used.
        RecipeError: Unknown or unusable settings.
    """
    known = DataSettings.build(settings)
    stream = open_stream(path, known)
    return stream, text_column(stream.columns, known.text_column, path)


def rows_of_table(table: Table, name: str) -> Rows:
    """The rows of a table or of a block of one, with the texts of column `name`."""
    import polars as pl

    column = table.frame[name]
    problems = {problem.row - table.first_row: problem for problem in table.problems if problem.kind != "blank"}
    if column.dtype == pl.String and not problems:
        texts = column.fill_null("").to_list()
        blank = [row for row, text in enumerate(texts) if not text or text.isspace()]
        for row in blank:
            texts[row] = ""
        return Rows(table.frame, texts, {}, len(blank))
    values = column.to_list()
    for row, value in enumerate(values):
        if isinstance(value, list | dict | bytes):
            problems.setdefault(row, RowProblem(row + table.first_row, "not_text", repr(value)[:40]))
    spellable = not column.dtype.is_nested() and column.dtype != pl.Binary
    spelled = column.cast(pl.String).to_list() if spellable else values
    blank = [value is None or value != value or not str(value).strip() for value in values]
    texts = ["" if row in problems or blank[row] else str(text) for row, text in enumerate(spelled)]
    empty = sum(one and row not in problems for row, one in enumerate(blank))
    return Rows(table.frame, texts, problems, empty)


def _of_lines(content: bytes, encoding: str) -> Rows:
    from maeum.data.files.columns import shorten
    from maeum.data.files.delimited import check_lines, split_lines
    from maeum.data.files.encoding import FAULT, REPLACEMENT, decode

    if not content.strip():
        raise UsageError("predict.nothing")
    text = decode(content, encoding, STDIN).text
    check_lines(text, STDIN)
    lines = split_lines(text)
    problems = {
        row: RowProblem(row + 1, "undecodable", shorten(line)) for row, line in enumerate(lines) if FAULT in line
    }
    shown = [line.replace(FAULT, REPLACEMENT) for line in lines]
    texts = ["" if row in problems else line for row, line in enumerate(lines)]
    return Rows(_column(shown), texts, problems, sum(not line.strip() for line in lines))


def _of_texts(source: Texts) -> Rows:
    texts = check_texts(source)
    return Rows(_column(printable(texts)), texts, {}, sum(not text.strip() for text in texts))


def printable(texts: Sequence[str]) -> list[str]:
    """Texts as they can be shown and kept: what a terminal could not decode arrives as lone surrogates."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


def _column(texts: list[str]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame({"text": pl.Series(texts, dtype=pl.String)})
