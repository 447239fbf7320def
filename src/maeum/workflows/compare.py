"""`maeum compare`: several runs in one table, and whether the best is better by more than luck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from maeum.data import is_corpus, open_data
from maeum.data.settings import DataSettings
from maeum.errors import LabelError, ModelError, UsageError
from maeum.messages import listing, say
from maeum.metrics import paired
from maeum.metrics.evaluate import evaluate_classes
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.report.compare_page import comparison_markdown, comparison_page
from maeum.runs import PREDICTIONS, RECIPE, Run
from maeum.schema import ClassPredictions, Dataset, Labels, Task
from maeum.schema.comparison import ComparedRun, Comparison, PairedTest
from maeum.settings import Settings, setting
from maeum.workflows.evaluate import _seen_notes as seen_notes
from maeum.workflows.evaluate import predict_blocks
from maeum.workflows.outputs import check_new_folder, new_folder, write_json
from maeum.workflows.prepare import with_labels_of
from maeum.workflows.run_facts import facts_of_run
from maeum.workflows.run_folder import model_name
from maeum.workflows.tables import SEPARATOR

COMPARISON: Final = "comparison.json"
LEVEL: Final = 0.05
_JUDGED: Final = ("accuracy", "macro_f1", "micro_f1", "log_loss", "ece")
Note = tuple[str, dict[str, Any]]


class CompareSettings(Settings):
    """How runs are compared."""

    metric: Literal["accuracy", "macro_f1", "micro_f1"] | None = setting(
        None,
        en="What the best run is the best by; accuracy, for several labels macro_f1, by default.",
        ko="가장 좋은 모델을 정하는 기준. 기본은 accuracy, 다중 레이블이면 macro_f1.",
    )
    seed: int = setting(
        0, ge=0, en="Draws the resamples that the intervals come from.", ko="구간을 구할 때 표본을 다시 뽑는 시드."
    )


@dataclass(frozen=True, eq=False)
class Answers:
    """A run's answers on N rows, in the order of their ids.

    Attributes:
        ids: `(N,)`, ascending.
        truth: Indicators `(N, K)`.
        given: Indicators `(N, K)`.
        fingerprint: Of the rows, where it is known.
    """

    ids: tuple[str, ...]
    truth: NDArray[np.bool_]
    given: NDArray[np.bool_]
    fingerprint: str | None


def compare(
    runs: Sequence[str | Path | Run],
    *,
    out: str | Path | None = None,
    data: str | Path | Dataset | None = None,
    metric: str | None = None,
    seed: int = 0,
    overwrite: bool = False,
    **settings: Any,
) -> Comparison:
    """Put runs beside each other, and test the best of them against each other.

        maeum.compare(["runs/linear", "runs/cnn", "runs/klue"], out="compared").best

    Args:
        runs: Two or more run folders, or Runs.
        out: Folder for `comparison.json`, `report.html` and `report.md`.
        data: Judge the models on these data (`nsmc:test`, a file, a Dataset) instead of the rows each run held out.
        metric: `accuracy`, `macro_f1` or `micro_f1`; what the best is the best by.
        seed: Of the resampling.
        overwrite: Replace a comparison that exists.
        **settings: Fields of `DataSettings`, which say how `data` is read.

    Raises:
        UsageError: Fewer than two runs, the same twice, or runs of different tasks.
        ModelError: A folder is no run or damaged.
        LabelError: The runs' labels differ.
        DataError: `data` cannot be used.
        OutputError: `out` exists or cannot be written.
    """
    asked = CompareSettings.build({name: v for name, v in (("metric", metric), ("seed", seed)) if v is not None})
    if out is not None:
        check_new_folder(Path(out), overwrite=overwrite, marker=COMPARISON)
    opened = _open_runs(runs)
    labels = _check_same(opened)
    several = next(iter(opened.values())).model.task is Task.MULTI_LABEL
    chosen: str = asked.metric or ("macro_f1" if several else "accuracy")
    if data is None:
        judged = {name: _held_out(run, labels) for name, run in opened.items()}
        rows, notes, where = [_row(name, run) for name, run in opened.items()], _own_notes(opened), ""
    else:
        source = data if isinstance(data, Dataset) else _open_data(data, settings)
        rows, judged, notes = _judge(opened, source, labels, asked.seed)
        where = f"{source.name}:{source.split}" if source.split else source.name
    rows = [_with_interval(row, judged[row.name], chosen, asked.seed) for row in rows]
    found = _tested(Comparison(where, chosen, several, "", tuple(rows), notes=tuple(notes)), judged, asked.seed)
    if out is not None:
        _write(Path(out), found, overwrite=overwrite)
    return found


def _open_runs(given: Sequence[str | Path | Run]) -> dict[str, Run]:
    """The runs by short names that differ.

    Raises:
        UsageError: Too few, or the same twice.
        ModelError: Folders that are no runs, all named.
    """
    if isinstance(given, str | Path | Run):
        given = [given]
    found = [one if isinstance(one, Run) else Run.around(one) for one in given]
    wrong = [str(one) for one, run in zip(given, found, strict=True) if run is None]
    if len(given) == 1 and wrong:
        _suggest_inside(Path(wrong[0]))
    if wrong:
        raise ModelError("compare.not_runs", found=listing(wrong, 10), recipe=RECIPE)
    runs = [run for run in found if run is not None]
    places = Counter(run.folder.resolve() for run in runs)
    twice = [str(run.folder) for run in runs if places[run.folder.resolve()] > 1]
    if twice:
        raise UsageError("compare.twice", found=listing(dict.fromkeys(twice)))
    if len(runs) < 2:
        raise UsageError("compare.one", count=len(runs))
    short = Counter(run.folder.absolute().name for run in runs)
    return {
        run.folder.absolute().name if short[run.folder.absolute().name] == 1 else str(run.folder): run for run in runs
    }


def _suggest_inside(folder: Path) -> None:
    """Name the runs in a folder that is none itself.

    Raises:
        UsageError: There are some.
    """
    inside = sorted(path for path in folder.iterdir() if (path / RECIPE).is_file()) if folder.is_dir() else []
    if inside:
        example = " ".join(str(path) for path in inside[:3])
        raise UsageError(
            "compare.one_holds_runs", path=folder, runs=listing([path.name for path in inside]), example=example
        )


def _check_same(runs: Mapping[str, Run]) -> Labels:
    """The labels that all runs have.

    Raises:
        UsageError: They answer different tasks.
        LabelError: Their labels differ.
    """
    tasks = {name: run.model.task.value for name, run in runs.items()}
    if len(set(tasks.values())) > 1:
        raise UsageError("compare.tasks_differ", found=listing(f"{name}: {task}" for name, task in tasks.items()))
    (first, run), *others = runs.items()
    labels = run.model.labels
    for name, other in others:
        if set(other.model.labels) != set(labels):
            one, two = listing(labels, 12), listing(other.model.labels, 12)
            raise LabelError("compare.labels_differ", first=first, one=one, second=name, two=two)
    return labels


def _row(name: str, run: Run) -> ComparedRun:
    recipe: Recipe = run.recipe
    values, history = facts_of_run(run)
    sd = {key: value for key, value in (run.metrics.get("sd") or {}).items() if isinstance(value, int | float)}
    return ComparedRun(
        name=name,
        folder=str(run.folder),
        family=model_name(recipe),
        values=values,
        sd={key: float(value) for key, value in sd.items() if key in values},
        seeds=max(1, len(run.metrics.get("seeds") or ())),
        history=history,
    )


def _held_out(run: Run, labels: Labels) -> Answers | None:
    """A run's answers on the rows it held out; None where there are none."""
    if not (run.folder / PREDICTIONS).is_file():
        return None
    frame = run.predictions.sort("id")
    own = run.model.labels
    names = frame.select(f"p_{label}" for label in labels).to_numpy().astype(np.float32)
    if run.model.task is Task.MULTI_LABEL:
        truth = labels.encode_sets(frame["label"].to_list())
        given = labels.encode_sets([_split(cell, own) for cell in frame["predicted"].to_list()])
    else:
        truth = np.eye(len(labels), dtype=np.bool_)[labels.encode(frame["label"].to_list())]
        given = np.eye(len(labels), dtype=np.bool_)[names.argmax(axis=1)]
    about = run.environment.get("data", {}).get("validation") or {}
    return Answers(tuple(frame["id"].cast(str).to_list()), truth, given, about.get("fingerprint"))


def _split(cell: str | None, labels: Labels) -> list[str]:
    """Labels of a cell; names may themselves hold the separator."""
    found, rest = [], cell or ""
    for name in sorted(labels, key=len, reverse=True):
        wrapped = f"{SEPARATOR}{rest}{SEPARATOR}"
        if f"{SEPARATOR}{name}{SEPARATOR}" in wrapped:
            found.append(name)
            rest = wrapped.replace(f"{SEPARATOR}{name}{SEPARATOR}", SEPARATOR * 2, 1).strip(SEPARATOR)
    return found


def _open_data(source: str | Path, settings: Mapping[str, Any]) -> Dataset:
    given = {name: value for name, value in settings.items() if value is not None}
    found = DataSettings.build({**given, "source": str(source)})
    return open_data(found, "test" if is_corpus(found.source) else None)


def _judge(
    runs: Mapping[str, Run], data: Dataset, labels: Labels, seed: int
) -> tuple[list[ComparedRun], dict[str, Answers | None], list[Note]]:
    """The runs' models on other data."""
    rows: list[ComparedRun] = []
    judged: dict[str, Answers | None] = {}
    notes: list[Note] = [(key, dict(values)) for key, values in data.notes]
    for name, run in runs.items():
        tell(say("compare.judging", run=name, data=data.name or "memory"))
        own, _ = with_labels_of(data, run.model.labels)
        predictions = predict_blocks(run.model, own)
        figures = evaluate_classes(own, predictions, seed=seed).metrics
        judged[name] = _answers(own, predictions, labels)
        row = _row(name, run)
        values = {**row.values, **{key: float(figures[key]) for key in _JUDGED if key in figures}}
        rows.append(replace(row, values=values, sd={}))
        notes += [
            ("compare.note_seen", {"run": name, "note": say(key, **told)})
            for key, told in seen_notes(run, own, predictions)
        ]
    return rows, judged, notes


def _answers(data: Dataset, predictions: ClassPredictions, labels: Labels) -> Answers:
    order = [predictions.labels.index_of[name] for name in labels]
    if predictions.several:
        given, truth = predictions.decide()[:, order], np.asarray(data.targets, np.bool_)[:, order]
    else:
        eye = np.eye(len(labels), dtype=np.bool_)[:, order]
        given, truth = eye[predictions.indices], eye[data.targets]
    return Answers(tuple(map(str, range(len(data)))), truth, given, None)


def _with_interval(row: ComparedRun, answers: Answers | None, metric: str, seed: int) -> ComparedRun:
    if answers is None or not answers.ids:
        return row
    return replace(row, interval=paired.interval(answers.truth, answers.given, metric, seed))


def _own_notes(runs: Mapping[str, Run]) -> list[Note]:
    notes: list[Note] = [("compare.note_chosen", {})]
    seeded = [name for name, run in runs.items() if len(run.metrics.get("seeds") or ()) > 1]
    return [*notes, ("compare.note_seeds", {"runs": listing(seeded)})] if seeded else notes


def _tested(found: Comparison, judged: Mapping[str, Answers | None], seed: int) -> Comparison:
    """The comparison with its best run, and that run against the others."""
    scored = {run.name: run.values[found.metric] for run in found.runs if run.values.get(found.metric) is not None}
    if not scored:
        return replace(found, notes=(("compare.none_judged", {}),))
    best = max(scored, key=lambda name: float(scored[name] or 0))
    tests: list[PairedTest] = []
    untested: dict[str, Note] = {}
    for run in found.runs:
        if run.name == best:
            continue
        reason = _why_not(best, run.name, judged)
        if reason is not None:
            untested[run.name] = reason
        else:
            tests.append(_test(best, run.name, judged, found.metric, seed))
    adjusted = paired.holm([test.p for test in tests])
    corrected = tuple(replace(t, adjusted=p, significant=p < LEVEL) for t, p in zip(tests, adjusted, strict=True))
    notes = found.notes
    if len(tests) > 1:
        notes = (*notes, ("compare.note_holm", {"count": len(tests)}))
    return replace(found, best=best, tests=corrected, untested=untested, notes=notes)


def _why_not(best: str, other: str, judged: Mapping[str, Answers | None]) -> Note | None:
    """Why two runs cannot be tested against each other; None where they can."""
    first, second = judged[best], judged[other]
    if first is None or second is None:
        return ("compare.no_rows", {"other": best if first is None else other})
    names = {"best": best, "other": other}
    if first.ids != second.ids:
        shared = len(set(first.ids) & set(second.ids))
        return ("compare.rows_differ", {**names, "first": len(first.ids), "second": len(second.ids), "shared": shared})
    known = first.fingerprint and second.fingerprint
    if (known and first.fingerprint != second.fingerprint) or not np.array_equal(first.truth, second.truth):
        return ("compare.texts_differ", names)
    return None


def _test(best: str, other: str, judged: Mapping[str, Answers | None], metric: str, seed: int) -> PairedTest:
    first, second = judged[best], judged[other]
    assert first is not None
    assert second is not None
    right = [(one.given == one.truth).all(axis=1) for one in (first, second)]
    mcnemar = paired.mcnemar(*right)
    difference = paired.paired_bootstrap(first.truth, first.given, second.given, metric, seed)
    p = mcnemar.p if metric == "accuracy" else difference.p
    return PairedTest(
        best=best,
        other=other,
        metric=metric,
        count=len(first.ids),
        difference=difference.value,
        low=difference.low,
        high=difference.high,
        only_best=mcnemar.first,
        only_other=mcnemar.second,
        mcnemar=mcnemar.p,
        method=mcnemar.method,
        p=p,
        adjusted=p,
        significant=p < LEVEL,
        detectable=paired.detectable(mcnemar.first + mcnemar.second, len(first.ids)),
    )


def _write(out: Path, found: Comparison, *, overwrite: bool) -> None:
    with new_folder(out, overwrite=overwrite, marker=COMPARISON) as part:
        write_json(part / COMPARISON, found.to_json())
        (part / "report.html").write_text(comparison_page(found), encoding="utf-8", newline="\n")
        (part / "report.md").write_text(comparison_markdown(found), encoding="utf-8", newline="\n")
