"""Ordered label names: the one source of truth for index ↔ name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maeum.errors import ContractError, LabelError
from maeum.messages import did_you_mean, language, listing


@dataclass(frozen=True)
class Labels:
    """The K label names of a task, in the order of a model's outputs.

    Attributes:
        names: K different, non-empty names, as the data spell them (`negative`, `부정`, `0` …).
        ordered: Whether the order is a scale (stars, degrees), not a mere list.
        titles: What readers see in place of a name, by language: `{"ko": ("부정", "긍정")}`; K names each.
    """

    names: tuple[str, ...]
    ordered: bool = False
    titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.names))
        object.__setattr__(self, "titles", {lang: tuple(names) for lang, names in self.titles.items()})
        if not self.names or len(set(self.names)) != len(self.names) or not all(self.names):
            raise ContractError(
                "common.contract", what="Labels.names", expected="different, non-empty names", found=self.names
            )
        for lang, titles in self.titles.items():
            if len(titles) != len(self.names):
                raise ContractError(
                    "common.contract", what=f"Labels.titles[{lang}]", expected=f"{len(self)} names", found=titles
                )

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __getitem__(self, index: int) -> str:
        return self.names[index]

    @cached_property
    def index_of(self) -> Mapping[str, int]:
        """Name -> index."""
        return {name: index for index, name in enumerate(self.names)}

    def encode(self, names: Iterable[str]) -> NDArray[np.int32]:
        """Indices `(N,)` of label names.

        Raises:
            LabelError: Names that are not among these labels, all of them listed at once.
        """
        names = list(names)
        unknown = sorted({str(name) for name in names} - self.index_of.keys())
        if unknown:
            near = did_you_mean(unknown[0], self.names)
            raise LabelError("labels.unknown", found=listing(unknown), known=listing(self.names, 50), near=near)
        return np.fromiter((self.index_of[name] for name in names), dtype=np.int32, count=len(names))

    def encode_sets(self, sets: Iterable[Sequence[str]]) -> NDArray[np.bool_]:
        """Indicator matrix `(N, K)` of label sets.

        Raises:
            LabelError: As `encode`.
        """
        rows = [self.encode(names) for names in sets]
        matrix = np.zeros((len(rows), len(self)), dtype=np.bool_)
        for row, indices in enumerate(rows):
            matrix[row, indices] = True
        return matrix

    def decode(self, indices: Iterable[int]) -> list[str]:
        """Names of indices."""
        return [self.names[index] for index in indices]

    def title(self, name: str, lang: str | None = None) -> str:
        """What a reader sees for `name` in a language; the name itself where no title is known."""
        titles = self.titles.get(lang or language())
        return titles[self.index_of[name]] if titles and name in self.index_of else name

    def to_json(self) -> dict[str, Any]:
        """A JSON mapping that `from_json` reads back."""
        titles = {lang: list(names) for lang, names in self.titles.items()}
        return {"names": list(self.names), "ordered": self.ordered, "titles": titles}

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Labels:
        """Labels from what `to_json` wrote."""
        titles = {lang: tuple(names) for lang, names in saved.get("titles", {}).items()}
        return cls(tuple(saved["names"]), bool(saved.get("ordered", False)), titles)
