"""The tables of `insight` as the arrays that its page shows: shares in thousandths, titles and emotions by number."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maeum.audience.tables import EMOTION, SETTINGS, schema_of
from maeum.errors import DataError

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

DARK: Final = ("공포/무서움", "슬픔", "경악")
"""What horror films and tragedies are made for: the strongest of these is the second axis beside positivity."""

NONE: Final = "없음"
STRONGEST: Final = 3
NAME_CHARACTERS: Final = 200  # of a title; nobody reads more, and one row must not fill the page

Row = dict[str, Any]


@dataclass(frozen=True)
class Tables:
    """A folder of `maeum insight`; tables are read when they are asked for."""

    folder: Path
    settings: Mapping[str, Any]

    @classmethod
    def of(cls, folder: Path) -> Tables:
        """The tables in a folder.

        Raises:
            DataError: The folder holds no `insight.json`.
        """
        path = folder / SETTINGS
        if not path.is_file():
            raise DataError("insight_page.no_folder", path=folder, file=SETTINGS)
        return cls(folder, json.loads(path.read_text(encoding="utf-8")))

    @cached_property
    def emotions(self) -> list[Row]:
        """`label`, `en`, `valence`, `basic`, … of each emotion; empty without emotions."""
        return list(self.settings.get("emotions") or [])

    @cached_property
    def labels(self) -> list[str]:
        """Names of the emotions, in order."""
        return [str(emotion["label"]) for emotion in self.emotions]

    @property
    def least(self) -> int:
        """Reviews that a title needs."""
        return int((self.settings.get("settings") or {}).get("min_reviews") or 30)

    @property
    def sentiment(self) -> bool:
        """Whether sentiment was asked for."""
        return "sentiment" in (self.settings.get("what") or [])

    def read(self, name: str) -> pl.DataFrame:
        """One table; one that was not written counts as empty."""
        import polars as pl

        path = self.folder / f"{name}.parquet"
        return pl.read_parquet(path) if path.is_file() else self._empty(name)

    @cached_property
    def titles(self) -> pl.DataFrame:
        """All titles, most reviews first."""
        return self.read("titles").sort("n", descending=True, maintain_order=True)

    @cached_property
    def number_of(self) -> dict[str, int]:
        """Title -> its number on the page."""
        return {name: at for at, name in enumerate(self.titles["title"].to_list())}

    @cached_property
    def enough(self) -> NDArray[np.bool_]:
        """Which titles have enough reviews; `(titles,)`."""
        return ~self.titles["too_few"].fill_null(value=True).to_numpy().astype(bool)

    @cached_property
    def means(self) -> NDArray[np.float32]:
        """Mean intensities `(titles, emotions)`, NaN where unknown."""
        return intensities(self.titles, self.labels)

    @cached_property
    def dark_at(self) -> list[int]:
        """Numbers of the emotions that make the second axis."""
        return [at for at, label in enumerate(self.labels) if label in DARK]

    @cached_property
    def dark(self) -> NDArray[np.float32]:
        """The strongest of fear, sadness and shock of each title; `(titles,)`, NaN where unknown."""
        return strongest_of(self.means, self.dark_at)

    def _empty(self, name: str) -> pl.DataFrame:
        import polars as pl

        return pl.DataFrame(schema=schema_of(name, emotions=bool(self.emotions)))


def intensities(frame: pl.DataFrame, labels: Sequence[str]) -> NDArray[np.float32]:
    """The columns `e_<label>` of a table as `(rows, labels)`; NaN where null or without such a column."""
    values = np.full((frame.height, len(labels)), np.nan, np.float32)
    for at, label in enumerate(labels):
        if EMOTION + label in frame.columns:
            values[:, at] = frame[EMOTION + label].cast(float).fill_null(np.nan).to_numpy()
    return values


def strongest_of(values: NDArray[np.float32], columns: Sequence[int]) -> NDArray[np.float32]:
    """The greatest of some columns in each row; NaN where one is unknown."""
    if not columns:
        return np.full(len(values), np.nan, np.float32)
    greatest: NDArray[np.float32] = values[:, list(columns)].max(axis=1)
    return greatest


def thousandth(value: Any) -> int | None:
    """A share as whole thousandths; None where it is unknown."""
    return None if value is None or not isfinite(value) else round(1000 * float(value))


def thousandths(values: Sequence[Any] | NDArray[Any]) -> list[int | None]:
    """Shares as whole thousandths."""
    return [thousandth(value) for value in values]


def rounded(value: Any, digits: int = 2) -> float | None:
    """A number with few decimals; None where it is unknown."""
    return None if value is None or not isfinite(value) else round(float(value), digits)


def shortened(text: str, limit: int) -> str:
    """A text of at most `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def title_columns(tables: Tables, kept: int) -> dict[str, Any]:
    """The columns of the table of titles, for the first `kept` titles; columns without any value are None."""
    frame = tables.titles.head(kept)
    columns: dict[str, list[Any]] = {
        "name": [shortened(name, NAME_CHARACTERS) for name in frame["title"].to_list()],
        "reviews": frame["n"].to_list(),
        "used": frame["used"].fill_null(0).to_list(),
        "enough": [int(value) for value in tables.enough[:kept]],
        "positivity": thousandths(frame["positivity"].to_list()),
        "stars": [rounded(value) for value in frame["stars"].to_list()],
        "dark": thousandths(tables.dark[:kept]),
        "strongest": strongest_emotions(tables, kept),
    }
    needed = {"name", "reviews", "used", "enough"}
    return {name: values if name in needed or any(map(_told, values)) else None for name, values in columns.items()}


def _told(value: Any) -> bool:
    return value is not None and value != []


def strongest_emotions(tables: Tables, kept: int) -> list[list[int]]:
    """Numbers of the strongest emotions of each title; '없음' is the absence of them and no emotion to name."""
    means = tables.means[:kept].copy()
    if not means.shape[1]:
        return [[] for _ in range(len(means))]
    means[:, [label == NONE for label in tables.labels]] = np.nan
    order = np.argsort(-np.nan_to_num(means, nan=-1), axis=1)[:, :STRONGEST]
    return [[int(at) for at in best if np.isfinite(row[at])] for row, best in zip(means, order, strict=True)]


def emotion_rows(tables: Tables) -> list[Row]:
    """Name, valence and basic emotions of each emotion, as the page needs them."""
    return [
        {
            "name": {"ko": row["label"].replace("_", " "), "en": row.get("en") or row["label"]},
            "valence": rounded(row.get("valence") or 0),
            "none": int(row["label"] == NONE),
        }
        for row in tables.emotions
    ]


def class_rows(tables: Tables, kind: str) -> list[Row]:
    """Names of the basic emotions or coarse classes with the mean valence of their members."""
    found = []
    for row in tables.settings.get(kind) or []:
        members = [emotion for emotion in tables.emotions if row["name"] in _listed(emotion.get(kind))]
        valence = float(np.mean([emotion.get("valence") or 0 for emotion in members])) if members else 0.0
        found.append({"key": row["name"], "name": {"ko": row["ko"], "en": row["en"]}, "valence": rounded(valence)})
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
