"""What the catalog knows of a public corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maeum.data.stars import StarRule
from maeum.schema import Labels, RowProblem, Task

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class CorpusFile:
    """One file of a corpus.

    Attributes:
        path: Below `MAEUM_DATA` or the cache folder, with forward slashes.
        sha256: Of the published bytes; empty when it is not known: such a file is used where it lies, never downloaded.
        size: In bytes; 0 when it is not known.
        url: Where it can be downloaded; empty when it cannot.
        stands_in_for: The upstream file(s) this one holds the content of; empty for an upstream file itself.
        folder: Folder in the upstream's own form that the reader takes in its place; empty when there is none.
        bundled: It lies in the package itself, under `assets`.
    """

    path: str
    sha256: str
    size: int
    url: str = ""
    stands_in_for: str = ""
    folder: str = ""
    bundled: bool = False


@dataclass(frozen=True)
class Reading:
    """What a corpus' reader gives.

    Attributes:
        frame: The columns of a `Dataset` of the corpus' task, and metadata columns.
        labels: The K labels; None for similarity.
        problems: Rows left out.
        notes: Facts a reader of results must know, as (message key, values).
    """

    frame: pl.DataFrame
    labels: Labels | None
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[tuple[str, Mapping[str, Any]], ...] = ()


@dataclass(frozen=True)
class Corpus:
    """A public corpus.

    Attributes:
        name: What a user types.
        titles: What it is, by language.
        homepage: Of its makers.
        licence: As its makers name it.
        citation: How to cite it.
        task: What it asks.
        labels: Of its usual reading; for similarity the names of the steps of its scale.
        rows: Published number of rows per split.
        files: What it consists of; a reader gets the located paths by `CorpusFile.path`.
        needs: For each split the files its reading needs, by path; splits not named here do not exist.
        read: Reads one split from located files.
        carved: Splits that upstream does not have and that are drawn from another: `{"validation": "train"}`.
        read_file: Reads one whole file in the corpus' format, for `--read-as`; None where that makes no sense.
        takes_stars: Whether `--stars` changes its reading.
        by_hand: How to get it where no address can be downloaded from (message key), empty otherwise.
    """

    name: str
    titles: Mapping[str, str]
    homepage: str
    licence: str
    citation: str
    task: Task
    labels: Labels
    rows: Mapping[str, int]
    files: tuple[CorpusFile, ...]
    needs: Mapping[str, tuple[str, ...]]
    read: Callable[[Mapping[str, Path], str, StarRule | None], Reading]
    carved: Mapping[str, str] = field(default_factory=dict)
    read_file: Callable[[Path], Reading] | None = None
    takes_stars: bool = False
    by_hand: str = ""

    @property
    def splits(self) -> tuple[str, ...]:
        """Names of all splits, in the order train, validation, test."""
        order = ("train", "validation", "test")
        return tuple(sorted({*self.needs, *self.carved}, key=lambda s: order.index(s) if s in order else len(order)))
