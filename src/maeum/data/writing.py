"""Tables written for people and programs, complete or not at all."""

from __future__ import annotations

import io
import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.errors import OutputError
from maeum.messages import did_you_mean, say
from maeum.progress import tell
from maeum.storage import writing_file

if TYPE_CHECKING:
    import polars as pl

CSV_ENCODING: Final = "utf-8-sig"  # Excel takes a CSV without BOM for cp949


def write_table(frame: pl.DataFrame, path: Path | str, encoding: str | None = None) -> None:
    """Write `frame` in the format of the path's suffix (`FORMATS`).

    Args:
        frame: Any columns; lists become JSON in delimited text.
        path: Where to.
        encoding: Of delimited text; UTF-8 with BOM when not given. Characters it lacks become `?` and are counted.

    Raises:
        OutputError: Unknown suffix or encoding, or the place cannot be written.
    """
    path = Path(path)
    suffix = check_suffix(path)
    if encoding is not None and suffix not in _DELIMITERS:
        raise OutputError("output.encoding_not_used", suffix=suffix, encoding=encoding)
    if suffix == ".parquet":
        with writing_file(path) as part:
            frame.write_parquet(part)
        return
    text = to_text(frame, suffix[1:])
    usual = CSV_ENCODING if suffix in _DELIMITERS else "utf-8"
    content = _encode(text, usual if encoding is None else encoding)
    with writing_file(path) as part:
        part.write_bytes(content)


def check_suffix(path: Path) -> str:
    """The suffix of `path`, checked to be one that can be written.

    Raises:
        OutputError: It is not.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        near = did_you_mean(suffix, FORMATS)
        raise OutputError("output.unknown_suffix", path=path, suffix=suffix, near=near, known=", ".join(FORMATS))
    return suffix


def to_text(frame: pl.DataFrame, name: str) -> str:
    """`frame` as text of format `csv`, `tsv`, `json` or `jsonl`; lines end with LF."""
    return _TEXT[name](frame)


def _delimited(frame: pl.DataFrame, separator: str) -> str:
    out = io.StringIO()
    _flat(frame).write_csv(out, separator=separator)
    return out.getvalue()


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists and structures as JSON text, bytes and durations as text: what delimited formats can hold."""
    import polars as pl

    def spelled(value: Any) -> str | None:
        plain = _plain(value)
        return plain if plain is None or isinstance(plain, str) else _json(plain)

    foreign = [name for name, dtype in frame.schema.items() if dtype.is_nested() or dtype in (pl.Binary, pl.Duration)]
    return frame.with_columns(
        pl.Series(column, [spelled(value) for value in frame[column].to_list()], dtype=pl.String) for column in foreign
    )


def _json_rows(frame: pl.DataFrame) -> Iterator[str]:
    import polars as pl

    rounded = frame.with_columns(pl.col(pl.Float32).cast(pl.Float64).round(6))  # probabilities; others as they are
    return (_json({name: _plain(value) for name, value in row.items()}) for row in rounded.iter_rows(named=True))


def _json_lines(frame: pl.DataFrame) -> str:
    return "".join(row + "\n" for row in _json_rows(frame))


def _json_array(frame: pl.DataFrame) -> str:
    return "[" + ",\n ".join(_json_rows(frame)) + "]\n"


def _plain(value: Any) -> Any:
    """What JSON can hold: no infinite numbers, dates and times as ISO text, bytes as hexadecimal digits."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date | time):  # datetime is a date
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _encode(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        amount = Counter(text)  # in order of first occurrence
        lost = [char for char in amount if not _encodable(char, encoding)]
        rows = sum(not set(line).isdisjoint(lost) for line in text.split("\n"))
        count = sum(amount[char] for char in lost)
        tell(say("output.not_encodable", count=count, rows=rows, encoding=encoding, first="".join(lost[:10])))
        return text.encode(encoding, errors="replace")
    except (LookupError, ValueError) as error:  # no such name, or a codec that is no encoding of text
        raise OutputError("output.unknown_encoding", encoding=encoding) from error


def _encodable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


_DELIMITERS: Final = {".csv": ",", ".tsv": "\t"}
_TEXT: Final[Mapping[str, Callable[[Any], str]]] = {
    "csv": lambda frame: _delimited(frame, ","),
    "tsv": lambda frame: _delimited(frame, "\t"),
    "json": _json_array,
    "jsonl": _json_lines,
}
FORMATS: Final = (".csv", ".tsv", ".jsonl", ".json", ".parquet")
