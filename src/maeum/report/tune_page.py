"""A search for settings as one HTML page that needs nothing else, and as sentences for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from maeum.messages import language, say
from maeum.report.compare_words import duration
from maeum.report.formats import metric_name, speaking
from maeum.report.page import environment
from maeum.report.page_plots import Plot, inlined
from maeum.report.plots.tuning import Ended, best_so_far, importance_bars
from maeum.report.plots.tuning_lines import Scale, name_scale, number_scale, parallel_coordinates, trial_curves
from maeum.report.tune_folder import FAILED, FINISHED, TRIALS, Search, Setting, Trial, number_of, read
from maeum.report.tune_words import NONE, Words, data_name, facts, rounded, searched, state, value_text
from maeum.storage import write_text

REPORT: Final = "report.html"
MAX_ROWS: Final = 300  # trials of a table that is still read
MAX_AXES: Final = 8  # settings of parallel coordinates that can still be told apart


@dataclass(frozen=True)
class Row:
    """A trial of the table, and whether it is the best."""

    cells: Sequence[str]
    chosen: bool


def write(folder: Path | str, *, lang: str | None = None) -> Path:
    """Write `report.html` into the folder of a search, finished or not.

    Args:
        folder: With `trials.parquet`; `search.json`, `curves.parquet`, `best.yaml` and `trials/` where there are.
        lang: `ko` or `en`; None for the current language.

    Returns:
        The page.

    Raises:
        UsageError: Nothing there is of a search.
        OutputError: It cannot be written.
    """
    search = read(folder)
    path = Path(folder) / REPORT
    write_text(path, speaking(lang, lambda: _render(search)))
    return path


def sentences(folder: Path | str, *, lang: str | None = None) -> list[str]:
    """What a search found, for the terminal: the best, how sure, what mattered, where to search on, what to do next.

    Args:
        folder: As for `write`.
        lang: `ko` or `en`; None for the current language.

    Raises:
        UsageError: Nothing there is of a search.
    """
    words = Words(read(folder))

    def make() -> list[str]:
        found = [words.headline(), words.best_settings(), *(finding.text for finding in words.findings())]
        following = [say(key, command=command) for key, command in words.commands()]
        return [sentence for sentence in [*found, *words.notes()[:1], *following] if sentence]

    return speaking(lang, make)


def _render(search: Search) -> str:
    words = Words(search)
    plots = _plots(search, words)
    axes = _axes(search, words)
    present = {
        "verdict": True,
        "search": True,
        "settings": bool(search.settings),
        "trials": bool(search.trials),
        "curves": "curves" in plots,
        "progress": "progress" in plots,
    }
    names = ("kicker", "contents", "limits", "next", "failures")
    intros = ("intro_settings", "intro_parallel", "intro_trials", "intro_curves", "intro_progress")
    rest = max(0, len(search.trials) - len(search.failed) - MAX_ROWS) + max(0, len(search.failed) - MAX_ROWS)
    shown, settings = len(axes), len(search.settings)
    values: dict[str, Any] = {
        "lang": language(),
        "title": _title(search),
        "headline": words.headline(),
        "best_settings": words.best_settings(),
        "findings": words.findings(),
        "notes": words.notes(),
        "commands": [(say(key, command="").rstrip(), command) for key, command in words.commands()],
        "facts": facts(search),
        "sections": [(name, say(f"tune_report.section_{name}")) for name, there in present.items() if there],
        "setting_heads": _heads("setting", "searched", "best", *(["share"] if words.importance.shares else [])),
        "settings": _setting_rows(search, words),
        "trial_heads": _trial_heads(search),
        "trials": _trial_rows(search, words),
        "failure_heads": _heads("trial", "reason", "settings"),
        "failures": _failure_rows(search, words),
        "trials_more": say("tune_report.trials_more", rest=rest, file=TRIALS) if rest > 0 else "",
        "parallel_few": say("tune_report.intro_parallel_few", shown=shown, all=settings) if shown < settings else "",
        "plots": plots,
        "words": {name: say(f"tune_report.{name}") for name in (*names, *intros)},
    }
    return environment().get_template("tune.html.j2").render(**values)


def _title(search: Search) -> str:
    data, count = data_name(search), len(search.trials)
    return say("tune_report.title", count=count, data=data) if data else say("tune_report.title_plain", count=count)


def _heads(*names: str) -> list[str]:
    return [say(f"tune_report.column_{name}") for name in names]


def _setting_rows(search: Search, words: Words) -> list[list[str]]:
    """Settings, those that mattered most first."""
    shares = words.importance.shares
    best = search.best
    return [
        [
            one.name,
            searched(one),
            value_text(best.settings.get(one.name)) if best else NONE,
            *([rounded(shares[one.name])] if one.name in shares else []),
        ]
        for one in _by_importance(search, words)
    ]


def _by_importance(search: Search, words: Words) -> list[Setting]:
    shares = words.importance.shares
    return sorted(search.settings, key=lambda one: -shares.get(one.name, 0.0))


def _trial_heads(search: Search) -> list[str]:
    settings = [one.name for one in search.settings]
    return [*_heads("trial"), metric_name(search.metric), *settings, *_heads("epochs", "examples", "seconds", "state")]


def _trial_rows(search: Search, words: Words) -> list[Row]:
    """The best first, then those without a score; not those that failed."""
    places = {trial.number: at for at, trial in enumerate(search.ranked)}
    kept = [trial for trial in search.trials if trial.status != FAILED]
    order = sorted(kept, key=lambda one: (places.get(one.number, len(places)), one.number))
    return [_trial_row(search, words, trial) for trial in order[:MAX_ROWS]]


def _failure_rows(search: Search, words: Words) -> list[list[str]]:
    missing = say("tune_report.no_reason")
    return [
        [str(trial.number), trial.reason or missing, words.settings_of(trial)] for trial in search.failed[:MAX_ROWS]
    ]


def _trial_row(search: Search, words: Words, trial: Trial) -> Row:
    cells = [
        str(trial.number),
        words.score(trial),
        *(value_text(trial.settings.get(one.name)) for one in search.settings),
        NONE if trial.epochs is None else value_text(trial.epochs),
        f"{trial.examples:,}" if trial.examples else NONE,
        duration(trial.seconds) if trial.seconds else NONE,
        state(trial),
    ]
    return Row(cells, chosen=trial is search.best)


def _plots(search: Search, words: Words) -> dict[str, Plot]:
    plots = {}
    shares = words.importance.shares
    if shares:
        texts = [rounded(share) for share in shares.values()]
        svg = importance_bars(list(shares), list(shares.values()), texts, weak=words.importance.weak)
        told = ", ".join(f"{name} {text}" for name, text in zip(shares, texts, strict=True))
        plots["importance"] = inlined(svg, say("tune_report.alt_importance", shares=told))
    best = search.best
    if best is None or len(search.ranked) < 2:
        return {**plots, **_curves(search)}
    scales = _axes(search, words)
    if scales:
        svg = parallel_coordinates([*scales, _score_axis(search, words)], _ranks(search), 0)
        alt = say("tune_report.alt_parallel", count=len(search.ranked), settings=words.settings_of(best))
        plots["parallel"] = inlined(svg, alt)
    return {**plots, **_curves(search), **_progress(search, words)}


def _axes(search: Search, words: Words) -> list[Scale]:
    """The settings that mattered most, as axes; in the order of the space where that is not known."""
    shares = words.importance.shares
    chosen = sorted(_by_importance(search, words)[:MAX_AXES], key=search.settings.index)
    return [_axis(one, search.ranked) for one in (chosen if shares else list(search.settings)[:MAX_AXES])]


def _axis(setting: Setting, trials: Sequence[Trial]) -> Scale:
    values = [trial.settings.get(setting.name) for trial in trials]
    numbers = [number_of(value) for value in values]
    known = [number for number in numbers if number is not None]
    whole = all(number is not None or value is None for number, value in zip(numbers, values, strict=True))
    if setting.numeric and whole and known:
        listed = [number for number in map(number_of, setting.values) if number is not None] or known
        ends = (min(listed), max(listed))
        if setting.low is not None and setting.high is not None:
            ends = (setting.low, setting.high)
        return number_scale(setting.name, numbers, value_text, log=setting.log, ends=ends)
    return name_scale(setting.name, [value_text(value) for value in values])


def _score_axis(search: Search, words: Words) -> Scale:
    scores = [trial.score for trial in search.ranked]
    known = [score for score in scores if score is not None]
    ends = (min(known), max(known))
    return number_scale(metric_name(search.metric), scores, words.number, log=False, ends=ends)


def _ranks(search: Search) -> list[float]:
    """Goodness of the ranked trials by rank, 0…1: a few very bad trials must not make all others look alike."""
    scores = sorted({trial.score or 0.0 for trial in search.ranked}, reverse=search.lower)
    return [scores.index(trial.score or 0.0) / max(len(scores) - 1, 1) for trial in search.ranked]


def _curves(search: Search) -> dict[str, Plot]:
    """Learning curves, where some trial has more than one epoch."""
    kept = {trial.number: rows for trial in search.ranked if (rows := search.curves.get(trial.number))}
    column = _metric_column(search)
    columns = [("validation_loss", say("tune_report.plot_loss"))]
    if column:
        metric = metric_name(column.removeprefix("validation_"))
        columns.append((column, say("tune_report.plot_metric", metric=metric)))
    shown = [
        one for one in columns if any(number_of(row.get(one[0])) is not None for rows in kept.values() for row in rows)
    ]
    if not shown or all(len(rows) < 2 for rows in kept.values()):
        return {}
    stopped = frozenset(trial.number for trial in search.stopped)
    svg = trial_curves(kept, shown, search.best.number if search.best else None, stopped)
    return {"curves": inlined(svg, say("tune_report.alt_curves", count=len(kept)))}


def _metric_column(search: Search) -> str:
    """The column of the histories that the search judged by; accuracy where that was not recorded by epoch."""
    found = {name for rows in search.curves.values() for row in rows[:1] for name in row}
    wanted = (f"validation_{search.metric}", "validation_accuracy")
    return next((name for name in wanted if name in found and name != "validation_loss"), "")


def _progress(search: Search, words: Words) -> dict[str, Plot]:
    minutes, ended = 0.0, []
    for trial in search.trials:
        minutes += trial.seconds / 60
        if trial.score is not None and trial.status != FAILED:
            ended.append(Ended(trial.number, trial.score, minutes, trial.status != FINISHED))
    firm = [one for one in ended if not one.stopped]
    best = search.best
    if len(firm) < 2 or best is None:
        return {}
    metric = metric_name(search.metric)
    svg = best_so_far(ended, metric, words.number, lower=search.lower)
    first = words.number(firm[0].score)
    alt = say("tune_report.alt_progress", metric=metric, first=first, last=words.score(best), trial=best.number)
    return {"progress": inlined(svg, alt)}
