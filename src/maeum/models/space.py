"""Search spaces: what a search for settings may choose, setting by setting."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

DIGITS: Final = 4  # significant digits of a drawn number, which nobody needs more exactly
POINTS: Final = 3  # values that a grid takes of a range


@dataclass(frozen=True)
class Choice:
    """One of several values.

    Attributes:
        values: All of them, different from each other.
    """

    values: tuple[Any, ...]

    def grid(self) -> list[Any]:
        """The values that a grid takes: all."""
        return list(self.values)

    def draw(self, share: float) -> Any:
        """The value at `share`, in [0, 1)."""
        return self.values[min(int(share * len(self.values)), len(self.values) - 1)]

    def corners(self) -> list[Any]:
        """Values that show whether all can be used."""
        return list(self.values)

    def plain(self) -> Any:
        """As YAML says it."""
        return [list(value) if isinstance(value, tuple) else value for value in self.values]


@dataclass(frozen=True)
class Range:
    """A number between two others, both of which count.

    Attributes:
        low: The smallest.
        high: The largest.
        log: Whether each order of magnitude is as likely as the next.
        step: Distance between the values; None for any.
        whole: Whether the numbers are whole.
        points: Values that a grid takes of it.
    """

    low: float
    high: float
    log: bool = False
    step: float | None = None
    whole: bool = False
    points: int = POINTS

    def grid(self) -> list[Any]:
        """The values that a grid takes: all where there is a step, else `points`, evenly (log: in ratio) apart."""
        if self.step is not None:
            return [self._at_step(number) for number in range(self._steps() + 1)]
        if self.points == 1:
            return [self._between(0.5)]
        values = [self._between(number / (self.points - 1)) for number in range(self.points)]
        return list(dict.fromkeys(values))

    def draw(self, share: float) -> Any:
        """The value at `share`, in [0, 1)."""
        if self.step is not None:
            steps = self._steps() + 1
            return self._at_step(min(int(share * steps), steps - 1))
        if self.whole and not self.log:
            count = int(self.high) - int(self.low) + 1
            return int(self.low) + min(int(share * count), count - 1)
        return self._between(share)

    def corners(self) -> list[Any]:
        """Values that show whether all can be used."""
        return [self._typed(self.low), self._typed(self.high)]

    def clamp(self, value: float) -> Any:
        """The nearest value of the range."""
        return self._typed(min(max(value, self.low), self.high))

    def plain(self) -> Any:
        """As YAML says it."""
        found: dict[str, Any] = {"min": self._typed(self.low), "max": self._typed(self.high)}
        if self.log:
            found["log"] = True
        if self.step is not None:
            found["step"] = self._typed(self.step)
        if self.points != POINTS:
            found["points"] = self.points
        return found

    def _steps(self) -> int:
        assert self.step is not None
        return int((self.high - self.low) / self.step + 1e-9)

    def _at_step(self, number: int) -> Any:
        assert self.step is not None
        return self._typed(self.low + number * self.step)

    def _between(self, share: float) -> Any:
        if self.log:
            low, high = math.log(self.low), math.log(self.high)
            return self._typed(math.exp(low + share * (high - low)))
        return self._typed(self.low + share * (self.high - self.low))

    def _typed(self, value: float) -> Any:
        if self.whole:
            return round(value)
        return min(max(float(f"{value:.{DIGITS}g}"), self.low), self.high) if value else 0.0


Domain = Choice | Range
Space = Mapping[str, Domain]


def clean(value: Any) -> Any:
    """A value as it is written and compared: numbers rounded to `DIGITS`, tuples for lists."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    return tuple(value) if isinstance(value, list) else value


def plain(space: Space) -> dict[str, Any]:
    """A space as YAML says it."""
    return {name: domain.plain() for name, domain in space.items()}


# Encoders: around what BERT's authors recommend (Devlin et al. 2019, appendix A.3), wide enough for small ones.
ENCODER: Final[Space] = {
    "learning_rate": Range(5e-6, 1e-3, log=True),
    "batch_size": Choice((8, 16, 32)),
    "epochs": Range(2, 10, whole=True),
    "weight_decay": Choice((0.1, 0.01, 0.001)),
    "warmup": Range(0.1, 0.4, step=0.1),
}
NETWORK: Final[Space] = {
    "learning_rate": Range(3e-4, 1e-2, log=True),
    "batch_size": Choice((32, 64, 128)),
    "weight_decay": Choice((0.1, 0.01, 0.001)),
    "dropout": Range(0.1, 0.6, step=0.1),
    "embedding_dropout": Range(0.0, 0.4, step=0.1),
    "embedding": Choice((64, 128, 256)),
}
CONVOLUTION: Final[Space] = {
    **NETWORK,
    "filters": Choice((64, 128, 256)),
    "widths": Choice(((2, 3), (2, 3, 4, 5), (1, 2, 3, 5))),
}
RECURRENT: Final[Space] = {
    **NETWORK,
    "hidden": Choice((64, 128, 256)),
    "cell": Choice(("lstm", "gru")),
    "pooling": Choice(("max", "mean", "attention")),
}
WIDE: Final[Space] = {"wide_c": Range(0.1, 2.0, log=True)}
NGRAMS: Final[Space] = {
    "c": Range(0.03, 3.0, log=True),
    "loss": Choice(("svm", "logistic")),
    "contrast": Range(0.0, 1.0, step=0.25),
    "joined_max": Choice((3, 4, 5, 6)),
    "spaced_max": Choice((0, 3, 4, 5)),
    "min_texts": Choice((1, 2, 3)),
}
