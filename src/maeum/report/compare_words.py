"""A comparison in words and cells, for the terminal, the page, Markdown and tables of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from maeum.messages import say
from maeum.report.formats import decimal, percent
from maeum.report.words import Finding
from maeum.schema.comparison import ComparedRun, Comparison, PairedTest

LOWER: Final = frozenset({"validation_loss", "log_loss", "ece"})
HIGHER: Final = frozenset({"accuracy", "macro_f1", "micro_f1"})
NONE: Final = "–"


def column_name(name: str, *, several: bool = False) -> str:
    """What readers call a column."""
    return say("compare.exact") if several and name == "accuracy" else say(f"compare.{name}")


def cell(run: ComparedRun, name: str) -> str:
    """One number of a run, with its standard deviation over seeds where there is one."""
    value = run.values.get(name)
    if value is None:
        return NONE
    sd = run.sd.get(name)
    if name == "accuracy":
        return percent(value) if sd is None else f"{value * 100:.1f} ± {percent(sd)}"
    if name in ("parameters", "epochs", "best_epoch"):
        return f"{int(value):,}"
    if name == "megabytes":
        return f"{value:,.1f}" if value >= 10 else f"{value:.2f}"
    if name == "seconds":
        return duration(value)
    if name == "examples_per_s":
        return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
    return decimal(value) if sd is None else f"{decimal(value)} ± {decimal(sd)}"


def duration(seconds: float) -> str:
    """Seconds as people say them: 12.3 s, 4.5 min, 1.2 h."""
    if seconds < 60:
        return say("compare.duration_s", seconds=seconds)
    if seconds < 3600:
        return say("compare.duration_m", minutes=seconds / 60)
    return say("compare.duration_h", hours=seconds / 3600)


def winners(found: Comparison, name: str) -> set[str]:
    """Names of the runs with the best value of a column; none where no direction is better, or all are equal."""
    values = {run.name: float(run.values[name] or 0) for run in found.runs if run.values.get(name) is not None}
    if name not in LOWER | HIGHER or len(set(values.values())) < 2:
        return set()
    best = min(values.values()) if name in LOWER else max(values.values())
    return {run for run, value in values.items() if value == best}


def headline(found: Comparison) -> str:
    """Which run is the best, in a sentence."""
    if not found.best:
        return say("compare.none_judged")
    run = next(run for run in found.runs if run.name == found.best)
    metric = column_name(found.metric, several=found.several)
    return say("compare.headline", best=found.best, metric=metric, value=cell(run, found.metric))


def verdicts(found: Comparison) -> list[Finding]:
    """The best run against each other, in the order of the runs."""
    tests = {test.other: test for test in found.tests}
    findings = []
    for run in found.runs:
        if run.name in tests:
            test = tests[run.name]
            findings.append(Finding("good" if test.significant else "plain", verdict(test)))
        elif run.name in found.untested:
            key, values = found.untested[run.name]
            findings.append(Finding("bad", say(key, **values)))
    return findings


def verdict(test: PairedTest) -> str:
    """One test in words."""
    fine = max(abs(test.difference), abs(test.low), abs(test.high)) < 0.01
    low, high = (f"{value * 100:.{2 if fine else 1}f}" for value in (test.low, test.high))
    values = {"best": test.best, "other": test.other, "low": low, "high": high}
    difference = _points(test.difference, fine=fine)
    if test.significant:
        return say("compare.better", difference=difference, **values)
    sentence = say("compare.not_shown", difference=difference, count=test.count, **values)
    if test.metric != "accuracy":
        return sentence
    return f"{sentence} {say('compare.would_take', difference=_points(test.detectable, fine=False))}"


def notes(found: Comparison) -> list[str]:
    """What limits the numbers."""
    return [say(key, **values) for key, values in found.notes]


def table_of(found: Comparison) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: a run a row."""
    heads = [say("compare.run"), say("compare.family")]
    heads += [column_name(name, several=found.several) for name in found.columns]
    return heads, [[run.name, run.family, *(cell(run, name) for name in found.columns)] for run in found.runs]


def tests_of(found: Comparison) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the paired tests; the last column only where there are several."""
    names = ["difference", "interval", "only_best", "only_other", "mcnemar"]
    several = len(found.tests) > 1
    heads = [say("compare.against", best=found.best), *(say(f"compare.{name}") for name in names)]
    rows = [[*_cells(test), *([p_value(test.adjusted)] if several else [])] for test in found.tests]
    return [*heads, *([say("compare.adjusted")] if several else [])], rows


def p_value(value: float) -> str:
    """A p value: three decimals, small ones as a bound."""
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def _cells(test: PairedTest) -> Sequence[str]:
    low, high = test.low * 100, test.high * 100
    return (
        test.other,
        _points(test.difference, fine=True),
        f"{low:.2f} … {high:.2f}",
        f"{test.only_best:,}",
        f"{test.only_other:,}",
        p_value(test.mcnemar),
    )


def _points(value: float, *, fine: bool) -> str:
    return say("compare.points_fine" if fine else "compare.points", value=value * 100)
