"""What a model answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from maeum.errors import ContractError
from maeum.schema.labels import Labels

SUM_TOLERANCE = 1e-3  # float32 softmax over thousands of labels stays well inside


@dataclass(frozen=True, eq=False)
class ClassPredictions:
    """A probability for each of K labels, for N examples.

    Attributes:
        labels: The K labels, in the order of the columns.
        probabilities: `(N, K)` float32 in [0, 1]; rows sum to 1 unless `several`.
        several: Whether an example may have any number of labels, so that columns are independent.
        thresholds: `(K,)` from which probability a label is given, when `several`; 0.5 each by default.
    """

    labels: Labels
    probabilities: NDArray[np.float32]
    several: bool = False
    thresholds: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        values = np.ascontiguousarray(self.probabilities, dtype=np.float32)
        values.setflags(write=False)
        object.__setattr__(self, "probabilities", values)
        if values.ndim != 2 or values.shape[1] != len(self.labels):
            raise ContractError(
                "common.contract", what="probabilities", expected=f"shape (N, {len(self.labels)})", found=values.shape
            )
        if values.size and not (np.isfinite(values).all() and values.min() >= 0 and values.max() <= 1):
            raise ContractError("common.contract", what="probabilities", expected="values in [0, 1]", found="others")
        if values.size and not self.several and np.abs(values.sum(axis=1) - 1).max() > SUM_TOLERANCE:
            raise ContractError("common.contract", what="probabilities", expected="rows that sum to 1", found="others")

    def __len__(self) -> int:
        return len(self.probabilities)

    @cached_property
    def indices(self) -> NDArray[np.int64]:
        """Index of the most probable label `(N,)`."""
        return np.asarray(self.probabilities.argmax(axis=1), np.int64)

    @property
    def top(self) -> list[str]:
        """Name of the most probable label `(N,)`."""
        return self.labels.decode(self.indices)

    @property
    def confidence(self) -> NDArray[np.float32]:
        """Probability of the most probable label `(N,)`."""
        return np.asarray(self.probabilities.max(axis=1, initial=0), np.float32)

    def decide(self, thresholds: float | Sequence[float] | Mapping[str, float] | None = None) -> NDArray[np.bool_]:
        """Which labels each example is given `(N, K)`: those at or above their threshold; at a threshold of 1, none.

        Each label is decided alone: an example may get none, and a label such as '없음' may stand beside others, as it
        does in KOTE. Whoever shows results may tidy them; what is judged is this.

        Args:
            thresholds: One for all, K in label order, or by name (others keep theirs); None for the model's own.
        """
        own = np.full(len(self.labels), 0.5, np.float32) if self.thresholds is None else self.thresholds
        if isinstance(thresholds, Mapping):
            limits = own.copy()
            limits[self.labels.encode(thresholds)] = list(thresholds.values())
        else:
            limits = own if thresholds is None else np.broadcast_to(np.asarray(thresholds, np.float32), own.shape)
        return np.asarray((self.probabilities >= limits) & (limits < 1))  # sigmoids of large scores are exactly 1

    def sets(self) -> list[list[str]]:
        """Names of the labels each example is given by `decide()`, most probable first."""
        given = self.decide()
        order = np.argsort(-self.probabilities, axis=1, kind="stable")
        return [[self.labels[k] for k in row if given[i, k]] for i, row in enumerate(order)]

    def take(self, rows: NDArray[np.int64]) -> ClassPredictions:
        """The predictions at positions `rows`."""
        return ClassPredictions(self.labels, self.probabilities[rows], self.several, self.thresholds)


@dataclass(frozen=True)
class Span:
    """A labelled stretch of a text: characters `start` (inclusive) to `end` (exclusive), with its probability."""

    start: int
    end: int
    label: str
    confidence: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ContractError(
                "common.contract", what="Span", expected="0 <= start < end", found=(self.start, self.end)
            )


@dataclass(frozen=True)
class SpanPredictions:
    """Labelled stretches of N texts, each in order of their start.

    Attributes:
        labels: The labels a span may have.
        spans: For each text its spans, offsets in characters.
    """

    labels: Labels
    spans: tuple[tuple[Span, ...], ...]

    def __post_init__(self) -> None:
        self.labels.encode({span.label for row in self.spans for span in row})

    def __len__(self) -> int:
        return len(self.spans)


@dataclass(frozen=True, eq=False)
class ScorePredictions:
    """One number for each of N examples.

    Attributes:
        scores: `(N,)` float32, finite.
    """

    scores: NDArray[np.float32]

    def __post_init__(self) -> None:
        values = np.ascontiguousarray(self.scores, dtype=np.float32)
        values.setflags(write=False)
        object.__setattr__(self, "scores", values)
        if values.ndim != 1 or not np.isfinite(values).all():
            raise ContractError("common.contract", what="scores", expected="finite, shape (N,)", found=values.shape)

    def __len__(self) -> int:
        return len(self.scores)


Predictions = ClassPredictions | SpanPredictions | ScorePredictions
