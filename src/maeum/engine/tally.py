"""What is said about all rows at the end, counted block by block, at constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from maeum.engine.inference import Long
from maeum.messages import listing, say
from maeum.schema import RowProblem

_ROWS: Final = 5  # first rows of a kind that are named
_SHOWN: Final = 3  # details of a kind that are named
_DETAILS: Final = 200  # different details of a kind that are told apart; further ones are not counted as details


@dataclass
class _Kind:
    """Problems of one kind: how many, the first rows, different details."""

    count: int = 0
    rows: list[int] = field(default_factory=list)
    details: dict[str, None] = field(default_factory=dict)


@dataclass
class Tally:
    """Counts over all blocks so far.

    Attributes:
        kinds: Problems by kind, in the order in which they first occurred.
        empty: Rows without text.
        lost: Characters that the encoding of the output lacks, with how often each occurred.
        lost_lines: Lines with such characters.
        long: Texts longer than the model sees.
    """

    kinds: dict[str, _Kind] = field(default_factory=dict)
    empty: int = 0
    lost: dict[str, int] = field(default_factory=dict)
    lost_lines: int = 0
    long: Long = field(default_factory=Long)

    def add(self, problems: Iterable[RowProblem], empty: int) -> None:
        """Count the problems and the empty texts of a block."""
        for problem in problems:
            kind = self.kinds.setdefault(problem.kind, _Kind())
            kind.count += 1
            if len(kind.rows) <= _ROWS:
                kind.rows.append(problem.row)
            if len(kind.details) < _DETAILS:
                kind.details.setdefault(problem.detail)
        self.empty += empty

    def add_lost(self, lost: Mapping[str, int], lines: int) -> None:
        """Count characters that could not be written."""
        for character, count in lost.items():
            self.lost[character] = self.lost.get(character, 0) + count
        self.lost_lines += lines

    def reasons(self) -> str:
        """All problems by kind, each with its number of rows, and the first rows and values of it."""
        return "; ".join(
            say(
                "rows.summary",
                count=found.count,
                reason=say(f"rows.{kind}", detail=listing(found.details, _SHOWN)),
                rows=", ".join(map(str, found.rows[:_ROWS])) + (" …" if found.count > _ROWS else ""),
            )
            for kind, found in self.kinds.items()
        )

    def to_json(self) -> dict[str, Any]:
        """All counts, as plain values."""
        kinds = {kind: [found.count, found.rows, list(found.details)] for kind, found in self.kinds.items()}
        long = [self.long.cut, self.long.windowed]
        return {
            "kinds": kinds, "empty": self.empty, "lost": dict(self.lost), "lost_lines": self.lost_lines, "long": long
        }  # fmt: skip

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The counts that `to_json` gave."""
        kinds = {
            kind: _Kind(int(count), list(rows), dict.fromkeys(details))
            for kind, (count, rows, details) in values["kinds"].items()
        }
        long = Long(*map(int, values.get("long", ())))
        return cls(kinds, int(values["empty"]), dict(values["lost"]), int(values["lost_lines"]), long)
