"""A training by several processes (`torchrun -m maeum train …`): the first tells and writes, the others train along."""

from __future__ import annotations

import os
from collections.abc import Sequence

from maeum.progress import Silent, report_to
from maeum.recipe import Recipe
from maeum.schema import Dataset, Model
from maeum.training.listeners import Workspace
from maeum.workflows.multi_task import prepare, train_on
from maeum.workflows.prepare import training_data
from maeum.workflows.seeds import with_seed
from maeum.workflows.teaching import open_teacher
from maeum.workflows.unfinished import Unfinished, finished


def processes() -> int:
    """How many processes train together."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def follows() -> bool:
    """Whether this process is one of several and not the first."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1 and int(os.environ.get("RANK", "0")) > 0


def train_along(
    recipe: Recipe,
    given: Dataset | None,
    unfinished: Unfinished,
    seeds: int,
    *,
    resume: bool,
    teacher: Model | None = None,
    also: Sequence[Dataset | None] = (),
) -> None:
    """Do this process' share of every training, and wait until the first has written the run folder.

    Each process asks the teacher itself: they have the same numbers, and none has to wait for another's file.
    """
    report_to(Silent())
    resume = resume and unfinished.worth
    soft = None
    if recipe.teaching is None:
        prepared = prepare(recipe, (given, *also))
    else:
        asked = open_teacher(recipe, teacher)
        data = asked.rows(given)
        lesson = asked.teach(data, training_data(recipe, data, taught=True), None, resume=False)
        prepared, soft = lesson.prepared, lesson.soft
    for seed in range(recipe.training.seed, recipe.training.seed + seeds):
        place = unfinished.place(seed, seeds)
        if not (resume and seeds > 1 and finished(place)):
            train_on(prepared, with_seed(recipe, seed), Workspace(place, resume), soft)
    meet()


def meet() -> None:
    """Wait for the other processes, where there are some."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        return
    from torch import distributed

    if distributed.is_available() and distributed.is_initialized():
        distributed.barrier()
        distributed.destroy_process_group()
