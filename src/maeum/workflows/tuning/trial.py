"""What one trial does, on whichever machine: train as `maeum train`, judge on validation, write a run folder."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean, stdev
from typing import Any, Final

from maeum.errors import DataError, MaeumError, ModelError
from maeum.models.gradient_settings import GradientSettings
from maeum.recipe import Recipe
from maeum.runs import RECIPE
from maeum.scale.storage import open_storage
from maeum.scale.tuning.attempt import Link, Order
from maeum.scale.tuning.course import FINISHED, STOPPED
from maeum.training import Trained, fit
from maeum.training.listeners import Row, Workspace
from maeum.workflows.outputs import new_folder
from maeum.workflows.prepare import Prepared
from maeum.workflows.run_folder import Judged, facts_of, judge, write_run
from maeum.workflows.seeds import Result, best_of, summary, with_seed, write_results

PER_EPOCH: Final = {  # metrics that history has, and its columns
    "accuracy": "validation_accuracy",
    "macro_f1": "validation_macro_f1",
    "log_loss": "validation_loss",
}
_NO_MEMORY: Final = "gradient.no_memory"


@dataclass(frozen=True)
class TrialWork:
    """What all trials of a search share; it travels to the machines once.

    Attributes:
        recipe: What trials have in common.
        parts: Rows to train on and to judge on; several for folds.
        seeds: Trainings with `seed`, `seed` + 1 … on the only part.
        metric: What trials are judged by.
        out: Folder that all machines see, for the run folders; a URL's are fetched by the search.
        storage: URL or path to send run folders to, in place of `out`.
        in_memory: The data were given as a Dataset.
    """

    recipe: Recipe
    parts: tuple[Prepared, ...]
    seeds: int
    metric: str
    out: Path
    storage: str | None = None
    in_memory: bool = False

    def score(self, row: Row) -> float | None:
        """The metric in a row of history; None for metrics that are counted at the end only."""
        column = PER_EPOCH.get(self.metric)
        found = row.get(column) if column is not None else None
        return None if found is None else float(found)

    def run(self, order: Order, link: Link) -> Mapping[str, Any]:
        """Train, judge, write the run folder; once more with half the batch where memory runs out."""
        started = time.perf_counter()
        recipe = self.recipe_of(order.settings)
        if order.halved:
            recipe = halved(recipe)
        retries = 0
        try:
            done = self._train(recipe, order, link)
        except (ModelError, MemoryError) as error:
            if order.halved or not _no_memory(error) or not _can_halve(recipe):
                raise
            link.rows.clear()
            retries, recipe = 1, halved(recipe)
            done = self._train(recipe, replace(order, resume=False), link)
        seconds = time.perf_counter() - started
        self._write(order.number, recipe, done, seconds)
        scores = [float((result.validation or {})[self.metric]) for result in done.results]
        return {
            "status": STOPPED if link.ended and done.cut else FINISHED,
            "score": fmean(scores),
            "sd": stdev(scores) if len(scores) > 1 else None,
            "epochs": max(_epochs(result.history) for result in done.results),
            "examples": sum(
                _epochs(result.history) * len(part.train)
                for result, part in zip(done.results, self._rounds(), strict=True)
            ),
            "seconds": round(time.perf_counter() - started, 2),
            "reason": "",
            "retries": retries,
            "settings": dict(order.settings),
        }

    def recipe_of(self, settings: Mapping[str, Any]) -> Recipe:
        """The recipe of a trial."""
        return Recipe.from_keywords(self.recipe.model.family, settings, self.recipe)

    def _rounds(self) -> Iterator[Prepared]:
        yield from (self.parts[0] for _ in range(self.seeds)) if len(self.parts) == 1 else iter(self.parts)

    def _train(self, recipe: Recipe, order: Order, link: Link) -> _Done:
        first, several = recipe.training.seed, len(self.parts) == 1
        results: list[Result] = []
        kept: tuple[Trained, Judged, Prepared] | None = None
        cut = False
        for number, part in enumerate(self._rounds()):
            one = with_seed(recipe, first + number) if several else recipe
            alone = self.seeds == 1 and several
            # of several trainings no scheduler sees the epochs, and their rows would be mixed
            workspace = Workspace(order.keep, order.resume, (link,), link.enough) if alone else Workspace()
            trained = fit(part.train, part.validation, one, workspace)
            judged = judge(trained.model, part.validation, one)
            assert judged is not None
            if self.metric not in judged.evaluation.metrics:
                raise DataError("tune.metric_missing", metric=self.metric)
            results.append(Result(first + number, judged.evaluation.metrics, trained.history, Path()))
            cut = cut or _epochs(trained.history) < getattr(one.training, "epochs", 1)
            if best_of(results, one) is results[-1]:
                kept = (trained, judged, part)
        assert kept is not None
        return _Done(results, *kept, cut)

    def _write(self, number: int, recipe: Recipe, done: _Done, seconds: float) -> None:
        name = f"{number:04}"
        if self.storage is None:
            self._fill(self.out / name, recipe, done, seconds)
            return
        with tempfile.TemporaryDirectory(prefix="maeum-run-") as place:
            self._fill(Path(place) / name, recipe, done, seconds)
            open_storage(self.storage).upload(Path(place) / name, name)

    def _fill(self, folder: Path, recipe: Recipe, done: _Done, seconds: float) -> None:
        facts = facts_of(done.part, done.trained.model, seconds, in_memory=self.in_memory)
        several = len(done.results) > 1
        metrics = summary(done.results) if several else None
        if metrics is not None and len(self.parts) == 1:
            kept = best_of(done.results, recipe)
            facts |= {"seeds": [result.seed for result in done.results], "kept_seed": kept.seed}
        elif metrics is not None:
            metrics["folds"] = metrics.pop("seeds")
        with new_folder(folder, overwrite=True, marker=RECIPE) as part:
            write_run(part, recipe, done.trained, done.part, done.judged, facts, metrics)
            if several and len(self.parts) == 1:
                write_results(done.results, part)


@dataclass(frozen=True)
class _Done:
    """What came out of the trainings of a trial.

    Attributes:
        results: Of each.
        trained: The best model.
        judged: How good it is.
        part: Its rows.
        cut: Whether one ended before its last epoch.
    """

    results: list[Result]
    trained: Trained
    judged: Judged
    part: Prepared
    cut: bool


def halved(recipe: Recipe) -> Recipe:
    """The recipe with half the batch and double accumulation: the same updates with less memory."""
    training = recipe.training
    assert isinstance(training, GradientSettings)
    values = {"batch_size": max(1, training.batch_size // 2), "accumulation": training.accumulation * 2}
    return recipe.model_copy(update={"training": training.model_copy(update=values)})


def _can_halve(recipe: Recipe) -> bool:
    return isinstance(recipe.training, GradientSettings) and recipe.training.batch_size > 1


def _no_memory(error: BaseException) -> bool:
    return isinstance(error, MemoryError) or (isinstance(error, MaeumError) and error.key == _NO_MEMORY)


def _epochs(history: Any) -> int:
    return int(history[-1]["epoch"] or 1) if history else 0
