"""Tables written for people and programs, complete or not at all."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
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
    content = _encode(text, encoding or (CSV_ENCODING if suffix in _DELIMITERS else "utf-8"))
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
    """`frame` as text of format `csv`, `tsv`, `json` or `jsonl`; lines end with `\\n`."""
    return _TEXT[name](frame)


def _delimited(frame: pl.DataFrame, separator: str) -> str:
    out = io.StringIO()
    _flat(frame).write_csv(out, separator=separator)
    return out.getvalue()


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists and structures as JSON text, which delimited formats can hold."""
    import polars as pl

    nested = [column for column in frame.columns if frame[column].dtype.is_nested()]
    return frame.with_columns(
        pl.Series(column, [None if v is None else _json(_plain(v)) for v in frame[column].to_list()], dtype=pl.String)
        for column in nested
    )


def _json_lines(frame: pl.DataFrame) -> str:
    return "".join(_json({k: _plain(v) for k, v in row.items()}) + "\n" for row in frame.iter_rows(named=True))


def _json_array(frame: pl.DataFrame) -> str:
    rows = [_json({k: _plain(v) for k, v in row.items()}) for row in frame.iter_rows(named=True)]
    return "[" + ",\n ".join(rows) + "]\n"


def _plain(value: Any) -> Any:
    """What JSON can hold: probabilities to six digits, dates as ISO text."""
    if isinstance(value, float):
        return round(value, 6) if value == value and abs(value) != float("inf") else None
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
    except LookupError as error:
        raise OutputError("output.unknown_encoding", encoding=encoding) from error
    except UnicodeEncodeError:
        lost = [char for char in text if not _encodable(char, encoding)]
        rows = sum(not _encodable(line, encoding) for line in text.split("\n"))
        tell(
            say(
                "output.not_encodable",
                count=len(lost),
                rows=rows,
                encoding=encoding,
                first="".join(dict.fromkeys(lost))[:10],
            )
        )
        return text.encode(encoding, errors="replace")


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
