"""Running the trainer once, or once for each seed, with all that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maeum.messages import say
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.runs import HISTORY
from maeum.training import Trained, fit, fit_together
from maeum.training.listeners import Listener, Workspace
from maeum.workflows.lesson import Lesson
from maeum.workflows.live_table import HistoryFile, LiveTable, read_history
from maeum.workflows.multi_task import corpora_of
from maeum.workflows.prepare import Prepared
from maeum.workflows.run_folder import Judged, judge, watched
from maeum.workflows.seeds import Result, best_of, with_seed
from maeum.workflows.unfinished import Unfinished, finished

if TYPE_CHECKING:
    from maeum.scale.training import Crew


def track_names(track: str | Sequence[str]) -> list[str]:
    """Names of trackers, checked, from a list or from names joined by commas.

    Raises:
        UsageError: There is no such tracker.
        MissingExtraError: It is not installed.
    """
    names = [name.strip() for name in (track.split(",") if isinstance(track, str) else track)]
    names = list(dict.fromkeys(name for name in names if name))
    _trackers(names, "")
    return names


@dataclass
class Fitting:
    """A training from its data to judged models.

    Attributes:
        prepared: The data.
        unfinished: Where it keeps what an interrupted one needs.
        trackers: Names of experiment trackers.
        seeds: How many models.
        resume: Go on from what is kept.
        lesson: What a teacher answers on the rows; None without one.
        there: A cluster that trains, in place of this process.
    """

    prepared: Prepared
    unfinished: Unfinished
    trackers: Sequence[str]
    seeds: int
    resume: bool
    lesson: Lesson | None = None
    there: Crew | None = None
    _open: list[Listener] = field(default_factory=list)

    def run(self, recipe: Recipe) -> tuple[Trained, Judged | None, list[Result]]:
        """The model to keep, how good it is, and what came out of each seed."""
        first = recipe.training.seed
        results: list[Result] = []
        best: tuple[int, Trained, Judged | None] | None = None
        for seed in range(first, first + self.seeds):
            place = self.unfinished.place(seed, self.seeds)
            if self.seeds > 1 and self.resume and finished(place):
                results.append(Result.read(seed, place))
                tell(say("train.seed_finished", seed=seed))
                continue
            trained, judged = self._one(with_seed(recipe, seed), place)
            validation = judged.evaluation.metrics if judged else None
            results.append(Result(seed, validation, trained.history, place))
            leads = best_of(results, recipe) is results[-1]
            if leads:
                best = (seed, trained, judged)
            if self.seeds > 1:
                self._note(results, trained if leads else None)
        kept = best_of(results, recipe)
        if best is None or best[0] != kept.seed:  # trained before an interrupt
            trained = kept.trained()
            return trained, self._judge(trained, with_seed(recipe, kept.seed)), results
        return best[1], best[2], results

    def end(self, report: Path | None) -> None:
        """Tell the trackers that all is over."""
        listeners, self._open = self._open, []
        for listener in listeners:
            listener.end(report if report is not None and report.is_file() else None)

    def _one(self, recipe: Recipe, place: Path) -> tuple[Trained, Judged | None]:
        """Train one model, and judge it."""
        if self.seeds > 1:
            number = recipe.training.seed
            tell(say("train.seed_begins", seed=number))
        place.mkdir(parents=True, exist_ok=True)
        self._open = _trackers(self.trackers, self._name(recipe))
        best = watched(recipe) if self.prepared.validation is not None else None
        table = LiveTable(best, read_history(place / HISTORY))
        workspace = Workspace(place, self.resume, (HistoryFile(place / HISTORY), *self._open, table))
        try:
            trained = self._trained(recipe, workspace)
            table.close()
            judged = self._judge(trained, recipe)
        except BaseException:
            table.close()
            self.end(None)
            raise
        if self.seeds > 1:
            self.end(None)
        return trained, judged

    def _trained(self, recipe: Recipe, workspace: Workspace) -> Trained:
        """A model of the data; of several corpora one of each."""
        rows = self.prepared
        if rows.others:
            return fit_together(corpora_of(rows), recipe, workspace)
        soft = self.lesson.soft if self.lesson is not None else None
        train = fit if self.there is None else self.there.fit
        return train(rows.train, rows.validation, recipe, workspace, soft)

    def _judge(self, trained: Trained, recipe: Recipe) -> Judged | None:
        """How good the model is, and how close to its teacher."""
        found = judge(trained.model, self.prepared.validation, recipe)
        return self.lesson.judged(found) if self.lesson is not None else found

    def _note(self, results: Sequence[Result], trained: Trained | None) -> None:
        """Keep what came out of the last seed; with its model, when that is the best so far."""
        results[-1].write(trained)
        if trained is not None:
            for other in results[:-1]:
                other.forget_model()

    def _name(self, recipe: Recipe) -> str:
        name = self.unfinished.final.name
        return name if self.seeds == 1 else f"{name}-seed{recipe.training.seed}"


def _trackers(names: Sequence[str], run: str) -> list[Any]:
    """Listeners that report to trackers; the room is entered only when one is asked for."""
    if not names:
        return []
    made: list[Any] = import_module("maeum.training.tracking").trackers(names, run)
    return made
