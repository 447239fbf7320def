"""A search from its first trial to the files that it leaves."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from maeum.errors import UserError
from maeum.messages import listing, say
from maeum.models.family import family
from maeum.models.space import Space, plain
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.report import tune_page
from maeum.runs import RECIPE
from maeum.scale.cluster import STORE, connected
from maeum.scale.storage import check_shared, open_storage
from maeum.scale.tuning.course import FAILED, FINISHED, RUNNING, STOPPED, Course, Trial
from maeum.scale.tuning.journal import Journal
from maeum.scale.tuning.sources import grid_size, source_of
from maeum.workflows.prepare import Prepared
from maeum.workflows.tuning.asked import Asked
from maeum.workflows.tuning.files import TRIALS, Folder
from maeum.workflows.tuning.follow import Follow
from maeum.workflows.tuning.space import longest
from maeum.workflows.tuning.trial import TrialWork
from maeum.workflows.unfinished import about_data

CHECKPOINTS: Final = ".tune"  # folder in a storage


class Job:
    """A search that is ready to begin."""

    def __init__(
        self,
        folder: Folder,
        asked: Asked,
        recipe: Recipe,
        space: Space,
        parts: tuple[Prepared, ...],
        storage: str | Path | None,
        mode: str,
        *,
        resume: bool,
        given: bool,
    ) -> None:
        self.folder, self.asked, self.recipe, self.space = folder, asked, recipe, space
        self.storage = open_storage(storage) if storage is not None else None
        self.mode, self.resume = mode, resume and folder.begun
        out = (folder.path / TRIALS).absolute()
        where = self.storage.where if self.storage is not None else None
        self.work = TrialWork(recipe, parts, asked.seeds, asked.metric, out, where, given)
        self.about = about_data(parts[0]) | ({"folds": len(parts)} if len(parts) > 1 else {})

    def run(self, plan: Mapping[str, Any], cluster: str, follow: Follow) -> Path:
        """Carry it out."""
        from maeum.scale.tuning.search import How, carry_out

        asked, lasting = self.asked, _connected_before()
        with connected(cluster, store=STORE + 3 * _size(self.work)) as ray:
            started, gpus = perf_counter(), self._gpus(ray)
            self._begin(ray, plan)
            course = self._course(ray, gpus, follow)
            follow.begin(list(self.space), asked.metric, self.mode, self._total())
            # only a population has checkpoints, which other machines go on from
            own = self.storage.below(CHECKPOINTS) if self.storage is not None and asked.scheduler == "pbt" else None
            where = own.where if own is not None else None
            how = How(
                self.space, asked.scheduler, self.mode, longest(self.space, {}, self.recipe), asked.cpus, gpus, where,
                self.folder.path,
            )  # fmt: skip
            try:
                carry_out(ray, course, how, self.work, lasting=lasting)
            except BaseException:
                follow.end()
                self._leave(course)
                raise
            follow.end()
        if own is not None and self.storage is not None:
            self.storage.remove(CHECKPOINTS)
        return self._finish(course, perf_counter() - started)

    def _begin(self, ray: Any, plan: Mapping[str, Any]) -> None:
        """Make the folder, or go on in it; nothing is left where the machines do not share it."""
        if self.resume:
            self.folder.go_on(plan)
            self._check_machines(ray)
            return
        self.folder.begin(plan)
        try:
            self._check_machines(ray)
        except BaseException:
            shutil.rmtree(self.folder.path, ignore_errors=True)
            raise

    def _course(self, ray: Any, gpus: float, follow: Follow) -> Course:
        from maeum.scale.tuning.search import Glance

        asked = self.asked
        population = asked.scheduler == "pbt"
        limit = (lambda: 10**6) if population else Glance(ray, asked.cpus, gpus, asked.concurrent)
        source = source_of(asked.search, self.space, self.recipe.training.seed, self.mode)
        journal = Journal(self.folder.journal)

        def changed(trial: Trial) -> None:
            self._fetch(trial)
            follow.changed(trial)

        sign = -1 if self.mode == "min" else 1
        course = Course(source, journal, asked.count, sign, limit, seconds=asked.seconds, follow=changed)
        if self.resume:
            journal.mend()
            ended = course.replay()
            tell(say("tune.resumed", ended=ended, again=len(course.trials) - ended))
        return course

    def _gpus(self, ray: Any) -> float:
        """GPUs of a trial: as asked, else one where there are any and the family can use it."""
        if self.asked.gpus is not None:
            return self.asked.gpus
        can = family(self.recipe.model.family).untrained is not None
        return 1.0 if can and ray.cluster_resources().get("GPU", 0) >= 1 else 0.0

    def _check_machines(self, ray: Any) -> None:
        """On several machines, all must reach the place of the runs.

        Raises:
            ClusterError: They do not.
        """
        hosts = {node["NodeManagerHostname"] for node in ray.nodes() if node["Alive"]}
        if self.storage is not None:
            check_shared(ray, self.storage)
        elif len(hosts) > 1:
            check_shared(ray, open_storage(self.work.out))

    def _fetch(self, trial: Trial) -> None:
        """Bring the run of a trial that has ended from the storage."""
        if self.storage is None or trial.status not in (FINISHED, STOPPED):
            return
        shutil.rmtree(self.folder.place(trial.number), ignore_errors=True)
        self.storage.download(f"{trial.number:04}", self.folder.place(trial.number))

    def _total(self) -> int | None:
        if self.asked.search == "grid" and self.asked.scheduler != "pbt":
            size = grid_size(self.space)
            total = size if self.asked.trials is None else min(size, self.asked.trials)
            tell(say("tune.grid", total=total, size=size))
            return total
        return None if self.asked.time is not None and self.asked.trials is None else self.asked.count

    def _leave(self, course: Course) -> None:
        """The search ended early: say how to go on, or leave no trace where nothing has ended."""
        ended = sum(trial.status != RUNNING for trial in course.trials.values())
        if ended:
            tell(say("tune.kept", ended=ended, path=self.folder.path))
        elif not self.resume:
            shutil.rmtree(self.folder.path, ignore_errors=True)

    def _finish(self, course: Course, seconds: float) -> Path:
        """Write what came out, and say it.

        Raises:
            UserError: All trials failed.
        """
        best, folder = course.best(), self.folder
        recipe = None
        if best is not None:
            place = folder.place(best.number) / RECIPE
            recipe = Recipe.load(place) if place.is_file() else self.work.recipe_of(best.settings)
        facts = {
            **{
                name: getattr(self.asked, name)
                for name in ("metric", "search", "scheduler", "seeds", "folds", "trials", "time")
            },
            "mode": self.mode,
            "model": self.recipe.model.family,
            "space": plain(self.space),
            "seed": self.recipe.training.seed,
            "seconds": round(seconds, 1),
            "data": {"source": self.recipe.data.source, **self.about},
            "best": best.number if best is not None else None,
            "best_score": best.score if best is not None else None,
        }
        folder.write(course, list(self.space), facts, recipe)
        tune_page.write(folder.path)
        failed = [trial for trial in course.trials.values() if trial.status == FAILED]
        if course.trials and len(failed) == len(course.trials):
            reasons = "\n".join(f"  {count} × {reason}" for reason, count in course.reasons())
            raise UserError("tune.all_failed", count=len(failed), path=folder.path, reasons=reasons)
        if best is None or best.score is None:
            raise UserError("tune.none_ended", path=folder.path)
        _tell_end(course, seconds, len(failed))
        for sentence in tune_page.sentences(folder.path):
            tell(sentence)
        return folder.path


def _tell_end(course: Course, seconds: float, failed: int) -> None:
    if failed:
        reasons = listing((f"{reason} ({count} ×)" for reason, count in course.reasons()), 3)
        tell(say("tune.some_failed", failed=failed, total=len(course.trials), reasons=reasons))
    tell(say("tune.done", total=len(course.trials), seconds=seconds))


def _connected_before() -> bool:
    """Whether this process uses Ray already, and goes on to."""
    ray = sys.modules.get("ray")
    return ray is not None and bool(ray.is_initialized())


def _size(work: TrialWork) -> int:
    """About how many bytes the rows take on their way."""
    held = (data for part in work.parts for data in (part.train, part.validation) if data is not None)
    return sum(int(data.frame.estimated_size()) for data in held)
