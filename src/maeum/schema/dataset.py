"""Examples with their task and labels, as one immutable table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.errors import ContractError
from maeum.schema.labels import Labels
from maeum.schema.task import Task

if TYPE_CHECKING:
    import polars as pl

REQUIRED: Final = ("id", "text")
_OF_TASK: Final = {Task.TOKENS: ("spans",), Task.RELATION: ("subject", "object")}  # columns that are no metadata there


def span_type() -> pl.List:
    """Type of the column `spans`: labelled stretches `text[start:end]`, offsets in characters, `end` exclusive."""
    import polars as pl

    return pl.List(pl.Struct({"start": pl.Int32, "end": pl.Int32, "label": pl.String}))


def entity_type() -> pl.Struct:
    """Type of the columns `subject` and `object`: one stretch, its kind (may be null), its characters."""
    import polars as pl

    return pl.Struct({"start": pl.Int32, "end": pl.Int32, "label": pl.String, "text": pl.String})


@dataclass(frozen=True)
class RowProblem:
    """One row that could not be used as it stands.

    Attributes:
        row: Its number as a spreadsheet shows it: the header is row 1 (in files without a header the first row is 1).
        kind: What is wrong: a message of the topic `rows`, such as `empty_text`.
        detail: The offending value, shortened; may be empty.
    """

    row: int
    kind: str
    detail: str = ""


@dataclass(frozen=True, eq=False)
class Dataset:
    """N examples of one task.

    Attributes:
        frame: Columns `id` (String, unique), `text` (String), for pairs `text_b`, where known `label`: String for one
            label, List(String) for several, Float64 for similarity; for tokens where known `spans` (`span_type`) in
            place of `label`; for relations `subject` and `object` (`entity_type`); any further columns are metadata
            (`title`, `source`, `genre`, `rating`, `date` …).
        task: What is asked about each example.
        labels: The K labels; None for similarity and for data without labels.
        name: Corpus or file name, for people.
        split: `train`, `validation`, `test` or what the source calls it; empty when there is none.
        problems: Rows of the source that were left out, each named.
        notes: Facts a reader of the results must know, as (message key, values).
    """

    frame: pl.DataFrame
    task: Task
    labels: Labels | None
    name: str
    split: str = ""
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[tuple[str, Mapping[str, Any]], ...] = ()

    def __post_init__(self) -> None:
        relation = _OF_TASK[Task.RELATION] if self.task is Task.RELATION else ()
        needed = [*REQUIRED, *(["text_b"] if self.task.has_pairs else []), *relation]
        missing = [column for column in needed if column not in self.frame.columns]
        if missing:
            raise ContractError(
                "common.contract", what="Dataset.frame", expected=f"columns {needed}", found=self.frame.columns
            )
        if self.frame["text"].null_count() or self.frame["id"].null_count():
            raise ContractError("common.contract", what="Dataset.frame", expected="no null id or text", found="nulls")
        if self.labels is not None and "label" in self.frame.columns:
            _ = self.targets  # checks every label once
        if self.task is Task.TOKENS and self.has_labels:
            self._check_spans()
        for column in relation:
            self._check_entities(column)

    def __len__(self) -> int:
        return self.frame.height

    @cached_property
    def ids(self) -> list[str]:
        """Identifiers `(N,)`."""
        return self.frame["id"].to_list()

    @cached_property
    def texts(self) -> list[str]:
        """Texts `(N,)`."""
        return self.frame["text"].to_list()

    @property
    def inputs(self) -> list[str] | list[tuple[str, str]]:
        """What a model predicts on: texts, or pairs of texts."""
        if self.task.has_pairs:
            return list(zip(self.texts, self.frame["text_b"].to_list(), strict=True))
        return self.texts

    @property
    def has_labels(self) -> bool:
        """Whether the examples carry the answer."""
        return ("spans" if self.task is Task.TOKENS else "label") in self.frame.columns

    @cached_property
    def targets(self) -> NDArray[Any]:
        """The answers: indices `(N,)` int32; several labels: indicators `(N, K)` bool; similarity: `(N,)` float.

        Raises:
            ContractError: The examples carry no labels, or spans (for tokens they are the answer).
            LabelError: A label that is not among `labels`.
        """
        if not self.has_labels:
            raise ContractError("common.contract", what="Dataset.targets", expected="a label column", found="none")
        if self.task is Task.TOKENS:
            raise ContractError("common.contract", what="Dataset.targets", expected="one answer a text", found="spans")
        column = self.frame["label"]
        if self.task is Task.SIMILARITY:
            return column.cast(float).to_numpy()
        if self.labels is None:
            raise ContractError("common.contract", what="Dataset.labels", expected="label names", found="none")
        if self.task is Task.MULTI_LABEL:
            return self.labels.encode_sets(column.to_list())
        return self.labels.encode(column.to_list())

    @property
    def metadata(self) -> list[str]:
        """Names of the free columns."""
        known = {"id", "text", "text_b", "label", *_OF_TASK.get(self.task, ())}
        return [column for column in self.frame.columns if column not in known]

    def label_counts(self) -> dict[str, int]:
        """Examples per label, in label order; for several labels an example counts once for each, for tokens spans."""
        if self.labels is None:
            return {}
        if self.task is Task.TOKENS:
            spans = Counter(span["label"] for row in self.frame["spans"].to_list() for span in row)
            return {name: spans[name] for name in self.labels}
        targets = self.targets
        counts = targets.sum(axis=0) if targets.ndim == 2 else np.bincount(targets, minlength=len(self.labels))
        return {name: int(count) for name, count in zip(self.labels, counts, strict=True)}

    def problem_counts(self) -> dict[str, int]:
        """Rows left out, by kind."""
        return dict(Counter(problem.kind for problem in self.problems))

    def take(self, rows: NDArray[Any], *, split: str | None = None) -> Dataset:
        """The examples at positions `rows` (or where a boolean mask of length N is true), in that order."""
        index = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        frame = self.frame[index.tolist()] if len(index) else self.frame.clear()
        return replace(self, frame=frame, split=self.split if split is None else split)

    def _check_spans(self) -> None:
        """Every span lies in its text, holds a character, and has a label that is one of `labels`."""
        self._check_type("spans", span_type())
        labels: set[str] = set()
        for text, spans in zip(self.texts, self.frame["spans"].to_list(), strict=True):
            for span in spans:
                if not 0 <= span["start"] < span["end"] <= len(text):
                    raise ContractError("common.contract", what="Dataset.spans", expected=f"in {text!r}", found=span)
                labels.add(span["label"])
        if self.labels is not None:
            self.labels.encode(sorted(labels))

    def _check_entities(self, column: str) -> None:
        """Every entity is what its text holds between its offsets."""
        self._check_type(column, entity_type())
        for text, entity in zip(self.texts, self.frame[column].to_list(), strict=True):
            if entity["start"] < 0 or not entity["text"] or text[entity["start"] : entity["end"]] != entity["text"]:
                raise ContractError("common.contract", what=f"Dataset.{column}", expected=f"in {text!r}", found=entity)

    def _check_type(self, column: str, expected: Any) -> None:
        found = self.frame.schema[column]
        if found != expected or self.frame[column].null_count():
            raise ContractError(
                "common.contract", what=f"Dataset.{column}", expected=f"{expected}, no null", found=found
            )

    def __repr__(self) -> str:
        name = f"{self.name}:{self.split}" if self.split else self.name
        labels = f", labels={list(self.labels)}" if self.labels and len(self.labels) <= 12 else ""
        return f"Dataset({name!r}, {len(self):,} examples, task={self.task.value}{labels})"
