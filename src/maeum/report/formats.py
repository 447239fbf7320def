"""Numbers as readers of a language write them."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextvars import copy_context
from numbers import Integral, Real
from typing import Any, Final, TypeGuard, TypeVar

from maeum.messages import say, table, use_language

SHARES: Final = frozenset({"accuracy", "balanced_accuracy", "subset_accuracy", "majority_baseline", "hamming_loss"})
"""Metrics that are read as a share of examples and therefore shown in percent."""

LOWER_IS_BETTER: Final = frozenset({"log_loss", "brier", "ece", "hamming_loss"})

T = TypeVar("T")


def speaking(lang: str | None, make: Callable[[], T]) -> T:
    """What `make` gives while messages are in `lang` (None: the current language); the language outside stays."""
    if lang is None:
        return make()

    def inside() -> T:
        use_language(lang)
        return make()

    return copy_context().run(inside)


def is_number(value: Any) -> TypeGuard[float]:
    """Whether `value` is a plain number (numpy's included), not a truth value."""
    return isinstance(value, Real) and not isinstance(value, bool)


def percent(share: float) -> str:
    """A share as percent with one decimal: 0.8812 -> `88.1%` (ko), `88.1 %` (en)."""
    return say("report.percent", value=share * 100) if math.isfinite(share) else say("report.no_value")


def whole_percent(share: float) -> str:
    """A share as percent, without decimals where it needs none: 0.9 -> `90%`, 0.995 -> `99.5%` (ko)."""
    return percent(share).replace(".0", "")


def decimal(value: float) -> str:
    """A number with three decimals: `0.881`; no finite number gives `–`."""
    return f"{value:.3f}" if math.isfinite(value) else say("report.no_value")


def metric_value(name: str, value: Any) -> str:
    """One metric: shares in percent, whole numbers with thousands separators, others with three decimals."""
    if not is_number(value):
        return say("report.no_value")
    if name in SHARES:
        return percent(float(value))
    if isinstance(value, Integral):
        return f"{int(value):,}"
    return decimal(float(value))


def metric_range(name: str, bounds: tuple[float, float] | None) -> str:
    """The bounds of one metric's interval: `87.8–88.4 %`; none gives an empty string."""
    if bounds is None or not all(math.isfinite(bound) for bound in bounds):
        return ""
    low, high = bounds
    if name in SHARES:
        return say("report.percent_range", low=low * 100, high=high * 100)
    return say("report.number_range", low=low, high=high)


def metric_name(name: str) -> str:
    """What readers call a metric; the key itself where it has no name yet."""
    return say(f"meanings.name_{name}") if f"name_{name}" in table("meanings") else name


def metric_meaning(name: str) -> str:
    """What a metric means and when it misleads; empty where no sentence is written yet."""
    return say(f"meanings.{name}") if name in table("meanings") else ""
