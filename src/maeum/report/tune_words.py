"""A search in sentences and cells, for the terminal and the page."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from maeum.data import is_corpus
from maeum.messages import listing, say
from maeum.metrics.importance import MIN_TRIALS, Importance, importance
from maeum.report.compare_words import duration
from maeum.report.formats import SHARES, is_number, metric_name, whole_percent
from maeum.report.tune_folder import BEST, FAILED, FINISHED, STOPPED, Search, Setting, Trial, Value
from maeum.report.tune_pair import bound, pair
from maeum.report.words import Finding

NONE: Final = "–"
EDGE: Final = 0.05  # share of a range, from either end, that counts as its end
NEXT: Final = 0.05  # share of the differences from which a second setting is named
MAX_REASONS: Final = 3
Cells = list[str]


@dataclass(frozen=True, eq=False)
class Words:
    """The sentences about one search.

    Attributes:
        search: The numbers.
    """

    search: Search

    @cached_property
    def importance(self) -> Importance:
        """How much each setting mattered: by the finished trials, by all that have a score where those are too few."""
        trials = self._weighed
        columns = {one.name: [trial.settings.get(one.name) for trial in trials] for one in self.search.settings}
        log = {one.name for one in self.search.settings if one.log}
        return importance(columns, [trial.score for trial in trials], log=log)

    @property
    def _weighed(self) -> list[Trial]:
        scored = self.search.scored
        return scored if len(scored) >= MIN_TRIALS else self.search.ranked

    def score(self, trial: Trial | None) -> str:
        """A trial's score, with its standard deviation where it has one."""
        if trial is None or trial.score is None:
            return NONE
        written = self.number(trial.score)
        return written if trial.sd is None else say("tune_report.with_sd", score=written, sd=self.number(trial.sd))

    def number(self, value: float) -> str:
        """A value of the metric, fine enough to tell trials apart."""
        return say("tune_report.percent", value=100 * value) if self.search.metric in SHARES else f"{value:.4f}"

    def difference(self, value: float) -> str:
        """A difference of the metric: points where it lies between 0 and 1."""
        return f"{value:.4f}" if self.search.lower else say("tune_report.points", value=100 * value)

    def headline(self) -> str:
        """The result in a sentence."""
        search, best = self.search, self.search.best
        metric, count = metric_name(search.metric), len(search.trials)
        if search.begun_only:
            return say("tune_report.headline_begun", command=f"maeum tune --resume -o {_quoted(str(search.folder))}")
        if not search.trials:
            return say("tune_report.headline_none")
        if best is None:
            if len(search.failed) == count:
                reason, times = _reasons(search)[0]
                return say("tune_report.headline_failed", count=count, reason=reason, times=times)
            return say("tune_report.headline_unscored", count=count, metric=metric)
        values: dict[str, Any] = {"trial": best.number, "count": count, "metric": metric, "score": self.score(best)}
        if best.status != FINISHED:
            return say("tune_report.headline_stopped", **values)
        return say("tune_report.headline_one" if count == 1 else "tune_report.headline", **values)

    def best_settings(self) -> str:
        """What the best trial had of every setting that was searched; empty where there is none."""
        best = self.search.best
        if best is None or not self.search.settings:
            return ""
        return say("tune_report.best_settings", settings=self.settings_of(best))

    def settings_of(self, trial: Trial) -> str:
        """`learning_rate 0.0003, batch_size 16`."""
        named = [(one.name, value_text(trial.settings.get(one.name))) for one in self.search.settings]
        return listing([say("tune_report.setting", name=name, value=value) for name, value in named], 20)

    def findings(self) -> list[Finding]:
        """The verdict: how sure, what mattered, where to search on, what failed."""
        return [*self._sureness(), *self._mattering(), *self._edges(), *self._fates()]

    def notes(self) -> list[str]:
        """What limits the numbers."""
        search = self.search
        count = len(search.ranked)
        found = [say("tune_report.note_flattering", count=count)] if count > 1 else []
        if any(trial.sd is not None for trial in search.ranked):
            found.append(say("tune_report.note_sd"))
        if search.facts.get("scheduler") == "pbt":
            found.append(say("tune_report.note_pbt"))
        if self.importance.shares and any(trial.status != FINISHED for trial in self._weighed):
            found.append(say("tune_report.note_stopped"))
        if self.importance.shares and self.importance.weak:
            share = rounded(max(self.importance.foretold or 0.0, 0.0))
            found.append(say("tune_report.note_weak", share=share))
        return found

    def commands(self) -> list[tuple[str, str]]:
        """Sentence and command of what to do next; none where nothing was found."""
        search = self.search
        if search.best is None or not (search.folder / BEST).is_file():
            return []
        train = f"maeum train --config {_quoted(str(search.folder / BEST))} -o runs/best"
        judge = f"maeum evaluate runs/best --data {_quoted(_test_data(search.source))} -o judged"
        return [("tune_report.train_with", train), ("tune_report.judge_with", judge)]

    def _sureness(self) -> Iterator[Finding]:
        scored = self.search.scored
        if len(scored) < 2 or self.search.best is not scored[0]:
            return
        best, second = scored[:2]
        gap = abs((best.score or 0.0) - (second.score or 0.0))
        if scored[0].score == scored[-1].score:
            yield Finding("plain", say("tune_report.all_equal"))
            return
        values: dict[str, Any] = {"best": best.number, "other": second.number, "difference": self.difference(gap)}
        chance = bound(self.search, best.score or 0.0, best.sd, second.sd)
        found = pair(self.search, best, second)
        if found is not None:
            values |= {"rows": found.rows, "difference": self.difference(found.difference)}
            values |= {"low": f"{100 * found.low:.2f}", "high": f"{100 * found.high:.2f}"}
            shown = found.low > 0
            key = "tune_report.second_shown" if shown else "tune_report.second_not_shown"
            yield Finding("good" if shown else "plain", say(key, **values))
        elif chance is not None:
            values["bound"] = self.difference(chance)
            beyond = gap > chance
            key = "tune_report.second_beyond" if beyond else "tune_report.second_within"
            yield Finding("good" if beyond else "plain", say(key, **values))
        yield from self._ties(chance)

    def _ties(self, chance: float | None) -> Iterator[Finding]:
        """How many trials may be as good as the best."""
        scored, rows = self.search.scored, self.search.validation_rows
        top = scored[0].score or 0.0
        near = [trial for trial in scored[1:] if chance is not None and abs(top - (trial.score or 0.0)) <= chance]
        if chance is not None and rows and len(near) > 1:
            values: dict[str, Any] = {
                "count": len(near) + 1,
                "all": len(scored),
                "bound": self.difference(chance),
                "rows": rows,
            }
            yield Finding("plain", say("tune_report.ties", **values))

    def _mattering(self) -> Iterator[Finding]:
        found = self.importance
        if not self.search.settings or len(self.search.ranked) < 2:
            return
        if not found.shares:
            if found.trials < MIN_TRIALS:
                text = say("tune_report.mattered_unknown", count=found.trials, needed=MIN_TRIALS)
                yield Finding("plain", text)
            return
        (name, share), *others = found.shares.items()
        if found.weak:
            yield Finding("plain", say("tune_report.mattered_weak", name=name, count=found.trials))
            return
        more = ""
        if others and others[0][1] >= NEXT:
            more = say("tune_report.mattered_next", name=others[0][0], share=rounded(others[0][1]))
        yield Finding("plain", say("tune_report.mattered", name=name, share=rounded(share), next=more))

    def _edges(self) -> Iterator[Finding]:
        """Where the best value is an end of what was searched, of settings that are not known to matter little."""
        best, found = self.search.best, self.importance
        if best is None or len(self.search.ranked) < 2:
            return
        for one in self.search.settings:
            value = best.settings.get(one.name)
            end = edge(one, value)
            little = not found.weak and found.shares.get(one.name, 1.0) < NEXT
            if end and not little:
                values: dict[str, Any] = {"name": one.name, "value": value_text(value), "searched": searched(one)}
                key = "tune_report.edge_high" if end > 0 else "tune_report.edge_low"
                yield Finding("bad", say(key, **values))

    def _fates(self) -> Iterator[Finding]:
        search = self.search
        count = len(search.trials)
        if search.stopped:
            key = "tune_report.stopped_early" if scheduled(search) else "tune_report.cut_short"
            yield Finding("plain", say(key, count=len(search.stopped), all=count))
        retried = sum(trial.retries > 0 for trial in search.trials)
        if retried:
            yield Finding("plain", say("tune_report.retried", count=retried, all=count))
        if search.failed and len(search.failed) < count:
            told = [say("tune_report.reason_times", reason=why, count=times) for why, times in _reasons(search)]
            reasons = listing(told, MAX_REASONS)
            yield Finding("bad", say("tune_report.some_failed", count=len(search.failed), all=count, reasons=reasons))
        odd = [trial for trial in search.trials if trial.status in (FINISHED, STOPPED) and trial.score is None]
        if odd and search.best is not None:
            yield Finding("bad", say("tune_report.unscored", count=len(odd), all=count))
        open_still = not_ended(search)
        if open_still:
            yield Finding("bad", say("tune_report.unfinished", count=open_still, all=count))


def edge(setting: Setting, value: Value) -> int:
    """Whether a value lies at the lower (-1) or upper (1) end of what was searched, 0 elsewhere.

    Of a choice of fewer than three numbers every value is an end, which says nothing. Below 0, and below 1 for whole
    numbers, there is nothing to search further.
    """
    if not is_number(value) or not setting.numeric:
        return 0
    values = [float(one) for one in setting.values if is_number(one)]
    if setting.low is None or setting.high is None:
        if len(values) < 3:
            return 0
        place = 0.0 if value <= values[0] else 1.0 if value >= values[-1] else 0.5
    else:
        scale = math.log if setting.log and setting.low > 0 and value > 0 else float
        low, high = scale(setting.low), scale(setting.high)
        place = (scale(value) - low) / (high - low)
    if place >= 1 - EDGE:
        return 1
    least = value <= 0 or (isinstance(value, int) and value == 1)
    return -1 if place <= EDGE and not least else 0


def value_text(value: Value) -> str:
    """A setting's value as a user would type it: `0.0003`, `16`, `relu`, `true`."""
    if value is None:
        return NONE
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.3g}"
    return str(value)


def searched(setting: Setting) -> str:
    """Between or among what a setting was searched."""
    if setting.low is None or setting.high is None:
        return listing(map(value_text, setting.values), 12)
    values = {"low": value_text(setting.low), "high": value_text(setting.high)}
    return say("tune_report.range_log" if setting.log else "tune_report.range", **values)


def state(trial: Trial) -> str:
    """What became of a trial."""
    if trial.status in (FINISHED, STOPPED) and trial.score is None:
        told = say("tune_report.state_unscored")
    else:
        known = {FINISHED: "tune_report.state_finished", STOPPED: "tune_report.state_stopped"}
        told = say(known.get(trial.status, "tune_report.state_other"))
    if trial.status == STOPPED and trial.reason:
        told = say("tune_report.state_because", state=told, reason=trial.reason)
    return say("tune_report.state_retried", state=told) if trial.retries else told


def rounded(share: float) -> str:
    """A share in whole percent."""
    return whole_percent(round(share, 2))


def scheduled(search: Search) -> bool:
    """Whether a scheduler may have stopped trials; else only the end of the time did."""
    return str(search.facts.get("scheduler") or "none") != "none"


def not_ended(search: Search) -> int:
    """Trials that are neither finished, stopped nor failed: running or waiting when the search was left."""
    return sum(trial.status not in (FINISHED, STOPPED, FAILED) for trial in search.trials)


def facts(search: Search) -> list[tuple[str, str]]:
    """What was searched, on what, for how long; only what is known."""
    told = search.facts
    states = {
        "finished": sum(trial.status == FINISHED for trial in search.trials),
        "stopped": len(search.stopped),
        "failed": len(search.failed),
        "other": not_ended(search),
    }
    listed = listing([say(f"tune_report.count_{name}", count=count) for name, count in states.items() if count])
    trials = say("tune_report.trials_by_state", all=len(search.trials), states=listed)
    examples, seconds = (sum(getattr(trial, name) for trial in search.trials) for name in ("examples", "seconds"))
    rows = search.validation_rows
    found = [
        ("metric", metric_name(search.metric)),
        ("search", told.get("search")),
        ("scheduler", told.get("scheduler")),
        ("data", data_name(search)),
        ("rows", f"{rows:,}" if rows else None),
        ("trials", trials),
        ("examples", f"{examples:,}" if examples else None),
        ("seconds", duration(float(told["seconds"])) if is_number(told.get("seconds")) else None),
        ("trial_seconds", duration(seconds) if seconds else None),
        ("machine", _plainly(told.get("machine"))),
    ]
    return [(say(f"tune_report.fact_{name}"), str(value)) for name, value in found if value]


def data_name(search: Search) -> str:
    """What the search calls its data; empty where it cannot be told."""
    told = search.facts.get("data")
    if isinstance(told, dict):
        told = told.get("name") or told.get("source")
    return str(told or search.source or "")


def _plainly(value: Any) -> str:
    """A fact of any kind on one line."""
    if isinstance(value, dict):
        return listing([f"{name} {one}" for name, one in value.items() if isinstance(one, str | int | float)])
    return str(value or "")


def _reasons(search: Search) -> list[tuple[str, int]]:
    """Why trials failed, the most frequent reason first."""
    missing = say("tune_report.no_reason")
    return Counter(trial.reason or missing for trial in search.failed).most_common()


def _test_data(source: str) -> str:
    """The test data that belong to what was searched on; a made-up name where only the user knows them."""
    if not source or not is_corpus(source):
        return "test.csv"
    from maeum.data.catalog import corpora

    name = source.partition(":")[0]
    return f"{name}:test" if "test" in corpora()[name].splits else "test.csv"


def _quoted(path: str) -> str:
    return f'"{path}"' if any(mark in path for mark in " ()&'") else path
