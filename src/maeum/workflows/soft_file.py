"""Probabilities from a file in place of a teacher: read, checked, and matched to the rows of the data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.data import is_corpus
from maeum.data.columns import KNOWN
from maeum.data.files import SUFFIXES, read_table
from maeum.data.settings import DataSettings
from maeum.data.splits import text_key
from maeum.errors import DataError
from maeum.messages import listing, say
from maeum.schema import Dataset, Labels
from maeum.workflows.prepare import RENAMED

ARRAY: Final = ".npy"
PREFIX: Final = "p_"  # of the columns that `maeum predict` writes
_LAST_OWN: Final = "confidence"  # the column before them
SUM_TOLERANCE: Final = 0.01  # float16 rounds each of K probabilities by up to 1 / 4096
SHOWN: Final = 5


@dataclass(frozen=True, eq=False)
class SoftFile:
    """Probabilities of a file.

    Attributes:
        path: Where they were read.
        values: `(N, K)`, not checked yet; NaN where a cell holds no number.
        labels: Names of the K columns; None where the file has none.
        texts: `(N,)`, where the file has them.
        first_row: Number of the first row, as a spreadsheet shows it.
    """

    path: Path
    values: NDArray[Any]
    labels: tuple[str, ...] | None
    texts: list[str] | None
    first_row: int

    def labels_for(self, data: Dataset) -> Labels:
        """The labels of the columns.

        Raises:
            DataError: The file names none, and the data do not say either, or have another number of them.
        """
        own = data.labels if data.has_labels else None
        width = self.values.shape[1]
        if self.labels is not None:
            return own if own is not None and own.names == self.labels else Labels(self.labels)
        if own is None:
            raise DataError("distill.soft_no_names", path=self.path, data=data.name)
        if len(own) != width:
            raise DataError(
                "distill.soft_width",
                path=self.path,
                found=width,
                data=data.name,
                expected=len(own),
                labels=listing(own),
            )
        return own

    def for_rows(self, data: Dataset, settings: DataSettings, *, several: bool) -> NDArray[np.float32]:
        """The probabilities of the rows of `data` `(N, K)`, checked.

        Args:
            data: As it was read, nothing held out yet.
            settings: How it was read.
            several: Whether a text may have several labels.

        Raises:
            DataError: Another number of rows, another text in a row, or what are no probabilities.
        """
        places = self._places(data, settings)
        if self.texts is not None:
            self._check_texts(data, places, self.texts)
        values = np.asarray(self.values[places], np.float32)
        self._check_values(values, places, several=several)
        return values

    def _places(self, data: Dataset, settings: DataSettings) -> NDArray[np.int64]:
        """Which rows of the file `(N,)` are those of the data; rows that reading left out are passed over."""
        if len(self.values) == len(data):
            return np.arange(len(data))
        left_out = sorted(problem.row for problem in data.problems if problem.kind != RENAMED)
        of_file = bool(settings.source) and not is_corpus(settings.source) and settings.read_as is None
        if left_out and of_file and len(self.values) == len(data) + len(left_out):
            first = read_table(settings.source, settings).first_row
            kept = np.ones(len(self.values), np.bool_)
            kept[np.asarray(left_out) - first] = False
            return np.flatnonzero(kept)
        more = say("distill.soft_left_out", count=len(left_out)) if left_out else ""
        raise DataError(
            "distill.soft_rows", path=self.path, found=len(self.values), data=data.name, expected=len(data), more=more
        )

    def _check_texts(self, data: Dataset, places: NDArray[np.int64], texts: list[str]) -> None:
        for wanted, place in zip(data.texts, places.tolist(), strict=True):
            if text_key(wanted) != text_key(texts[place]):
                row = place + self.first_row
                found = {"found": texts[place][:40], "expected": wanted[:40]}
                raise DataError("distill.soft_text", path=self.path, row=row, data=data.name, **found)

    def _check_values(self, values: NDArray[np.float32], places: NDArray[np.int64], *, several: bool) -> None:
        finite = np.isfinite(values).all(axis=1)
        inside = ((values >= 0) & (values <= 1)).all(axis=1)
        sums = values.sum(axis=1, dtype=np.float64)
        faults = {"nan": ~finite, "range": finite & ~inside}
        if not several:
            faults["sum"] = finite & inside & (np.abs(sums - 1) > SUM_TOLERANCE)
        found = [
            say(f"distill.soft_{kind}", count=int(wrong.sum()), rows=listing(places[wrong] + self.first_row, SHOWN))
            for kind, wrong in faults.items()
            if wrong.any()
        ]
        if found:
            raise DataError("distill.soft_values", path=self.path, found="; ".join(found))


def read_soft_file(path: Path, text_column: str | None) -> SoftFile:
    """Read a file with probabilities.

    Args:
        path: `.npy`, or a table.
        text_column: Column with the text, where the data name one.

    Raises:
        DataError: It does not exist, is of another kind, or holds no probabilities.
    """
    if path.suffix.lower() == ARRAY:
        return _read_array(path)
    if not path.name.lower().endswith(SUFFIXES):
        raise DataError("distill.soft_suffix", path=path, known=", ".join((ARRAY, *SUFFIXES)))
    table = read_table(path)
    columns = table.frame.columns
    after = columns.index(_LAST_OWN) + 1 if _LAST_OWN in columns else 0
    names = [name for name in columns[after:] if name.startswith(PREFIX) and name != PREFIX]
    if len(names) < 2:
        raise DataError("distill.soft_no_columns", path=path, found=listing(columns, 20))
    import polars as pl

    values = table.frame.select(pl.col(names).cast(pl.Float64, strict=False).fill_null(float("nan"))).to_numpy()
    texts = _texts(table.frame, text_column)
    labels = tuple(name.removeprefix(PREFIX) for name in names)
    return SoftFile(path, values, labels, texts, table.first_row)


def _read_array(path: Path) -> SoftFile:
    """Raises DataError where the file is missing, damaged, or not `(N, K)` floats."""
    if not path.is_file():
        raise DataError("distill.soft_missing", path=path)
    try:
        values = np.load(path, allow_pickle=False)
    except (ValueError, OSError, EOFError) as error:
        raise DataError("distill.soft_unreadable", path=path, reason=" ".join(str(error).split())[:100]) from error
    floats = isinstance(values, np.ndarray) and np.issubdtype(values.dtype, np.floating)
    if not floats or values.ndim != 2 or values.shape[1] < 2:
        shape, kind = getattr(values, "shape", "–"), getattr(values, "dtype", type(values).__name__)
        raise DataError("distill.soft_shape", path=path, shape=shape, kind=kind)
    return SoftFile(path, values, None, None, 1)


def _texts(frame: Any, wanted: str | None) -> list[str] | None:
    """The texts of a table that has them."""
    by_lower = {name.strip().lower(): name for name in reversed(frame.columns)}
    known = (by_lower[name] for name in KNOWN["text"] if name in by_lower)
    column = wanted if wanted in frame.columns else next(known, None)
    if column is None:
        return None
    return ["" if value is None else str(value) for value in frame[column].to_list()]
