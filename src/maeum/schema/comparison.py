"""Several runs beside each other: numbers only; tables and pages are drawn from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

COLUMNS: Final = (
    "accuracy",
    "macro_f1",
    "micro_f1",
    "train_loss",
    "validation_loss",
    "log_loss",
    "ece",
    "parameters",
    "megabytes",
    "seconds",
    "examples_per_s",
    "epochs",
    "best_epoch",
)
"""What is compared. Losses in nats, of the best epoch; `log_loss` and `ece` (calibration) of the rows judged;
`megabytes` (10^6 bytes) of the model folder; `seconds` of training; throughput in training examples a second."""


@dataclass(frozen=True)
class ComparedRun:
    """One run.

    Attributes:
        name: Short and different from the others'.
        folder: Where it lies.
        family: Kind of model, or the checkpoint it was tuned from.
        values: By name of `COLUMNS`; None where it is not known.
        sd: Standard deviations over seeds, by name; empty with one seed.
        seeds: How many.
        interval: 95 % interval of the metric compared; None without predictions.
        history: Rows of `history.csv`.
    """

    name: str
    folder: str
    family: str
    values: Mapping[str, float | None]
    sd: Mapping[str, float] = field(default_factory=dict)
    seeds: int = 1
    interval: tuple[float, float] | None = None
    history: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class PairedTest:
    """The best run against another, on the same rows.

    Attributes:
        best: Name of the best run.
        other: Name of the other.
        metric: What the difference is of.
        count: Rows, N.
        difference: Best minus other.
        low: Lower end of its 95 % bootstrap interval.
        high: Upper end.
        only_best: Rows that only the best has right.
        only_other: Rows that only the other has right.
        mcnemar: p value of McNemar's test, about accuracy whatever the metric.
        method: `mid_p` or `chi_square`.
        p: What the verdict rests on: McNemar's for accuracy, the bootstrap's for F1.
        adjusted: `p` by Holm's correction.
        significant: Whether `adjusted` is below 0.05.
        detectable: Difference in accuracy that would probably have been seen with N rows.
    """

    best: str
    other: str
    metric: str
    count: int
    difference: float
    low: float
    high: float
    only_best: int
    only_other: int
    mcnemar: float
    method: str
    p: float
    adjusted: float
    significant: bool
    detectable: float


@dataclass(frozen=True)
class Comparison:
    """Runs, the best of them, and what can be said about the others.

    Attributes:
        data: What was judged on: the name given with `data`, else empty for the rows each run held out.
        metric: By which the best is the best.
        several: Whether a text may have several labels.
        best: Name of the best run; empty when none was judged.
        runs: In the order given.
        tests: The best against each other that can be tested.
        untested: Message (key, values) by name of a run that cannot be tested against the best.
        notes: Messages (key, values) that limit the numbers.
    """

    data: str
    metric: str
    several: bool
    best: str
    runs: tuple[ComparedRun, ...]
    tests: tuple[PairedTest, ...] = ()
    untested: Mapping[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    notes: tuple[tuple[str, dict[str, Any]], ...] = ()

    @property
    def columns(self) -> list[str]:
        """Names of `COLUMNS` that any run has a value for, without synonyms.

        Micro F1 is accuracy where a text has one label; log loss is often the validation loss again.
        """
        same = all(run.values.get("log_loss") == run.values.get("validation_loss") for run in self.runs)
        shown = [name for name in COLUMNS if self.several or name != "micro_f1" or self.metric == "micro_f1"]
        shown = [name for name in shown if name != "log_loss" or not same]
        return [name for name in shown if any(run.values.get(name) is not None for run in self.runs)]

    def to_json(self) -> dict[str, Any]:
        """Plain values: names of columns as in `COLUMNS`, tests, and reasons by message key."""
        whole = asdict(self)
        whole["untested"] = {name: {"reason": key, **values} for name, (key, values) in self.untested.items()}
        whole["notes"] = [{"note": key, **values} for key, values in self.notes]
        return whole
