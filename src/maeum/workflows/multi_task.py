"""Training on several corpora together: their rows, their judgements, and a run folder for each below the run's."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from maeum.data import is_corpus, open_data
from maeum.data.catalog import corpus
from maeum.data.splits import overlap
from maeum.errors import DataError, UsageError
from maeum.messages import listing, say
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.runs import MODELS, REPORT
from maeum.schema import Dataset, Task
from maeum.training import Trained, check_trainable, fit, fit_together
from maeum.training.corpora import Corpus, check_alone, check_together
from maeum.training.listeners import Workspace
from maeum.training.soft_targets import SoftTargets
from maeum.workflows.prepare import Prepared, training_data
from maeum.workflows.run_folder import Judged, facts_of, judge, write_run

IN_OTHER: Final = "in_other_validation"  # reason for which rows are left out
Given = Sequence[Dataset | None]  # data at hand, in the order of the corpora


def sources_of(data: Any) -> tuple[list[Dataset | None], list[str | Path | None]]:
    """Data as `train` takes them: what is at hand, and what each is called; one entry for each corpus.

    Raises:
        UsageError: An empty list.
    """
    listed = list(data) if isinstance(data, list | tuple) else [data]
    if not listed:
        raise UsageError("train.no_source")
    at_hand = [one if isinstance(one, Dataset) else None for one in listed]
    return at_hand, [one.name or "memory" if isinstance(one, Dataset) else one for one in listed]


def with_also(recipe: Recipe, sources: Sequence[str | Path | None]) -> Recipe:
    """The recipe with these corpora beside its first."""
    also = tuple(os.fspath(one) for one in sources if one is not None)
    return recipe.model_copy(update={"data": recipe.data.model_copy(update={"also": also})})


def files_among(recipe: Recipe, given: Given) -> bool:
    """Whether any of the data of a recipe are read from a file."""
    sources = (recipe.data.source, *recipe.data.also)
    at_hand = (*given, *(None for _ in sources))
    read = [source for source, data in zip(sources, at_hand, strict=False) if data is None]
    return any(not is_corpus(one) for one in read)


def check(recipe: Recipe, given: Given, seeds: int) -> None:
    """Say before anything is read what cannot be trained together.

    Raises:
        UsageError: A corpus is named twice, the family cannot, several seeds, a teacher.
        RecipeError: Settings of mixing for one corpus alone, or weights that are not one for each.
    """
    if not recipe.data.also:
        check_alone(recipe)
        return
    check_together(recipe, names_of(recipe, given))
    if seeds > 1:
        raise UsageError("multi_task.seeds", seeds=seeds)


def names_of(recipe: Recipe, given: Given = ()) -> list[str]:
    """What the corpora are called in columns and folders: the corpus, or the file without its ending.

    kote, data/reviews.csv, old/reviews.csv -> kote, reviews, reviews-2

    Raises:
        UsageError: One is named twice, or not at all.
    """
    sources = (recipe.data.source, *recipe.data.also)
    at_hand = (*given, *(None for _ in sources))
    seen: dict[Any, str] = {}
    names: list[str] = []
    for source, data in zip(sources, at_hand, strict=False):
        if not source.strip():
            raise UsageError("multi_task.empty_name")
        key = id(data) if data is not None else _key(source)
        if key in seen:
            raise UsageError("multi_task.twice", first=seen[key], second=source)
        seen[key] = source
        stem = source.partition(":")[0] if is_corpus(source) else Path(source).name.partition(".")[0]
        stem = re.sub(r"[^\w.-]+", "-", stem).strip("-.") or "data"
        taken = {name.lower() for name in names}
        forms = (stem if at == 1 else f"{stem}-{at}" for at in range(1, len(sources) + 1))
        names.append(next(form for form in forms if form.lower() not in taken))
    return names


def prepare(recipe: Recipe, given: Given = (), *, taught: bool = False) -> Prepared:
    """The rows to train on and those held out, of one corpus or of several.

    No text that one corpus holds out is trained on through another; how many rows are left out for that is told.

    Args:
        recipe: Data and split.
        given: Data already read.
        taught: As for `training_data`; with one corpus alone.

    Raises:
        DataError: As `training_data`; or a corpus has no row left.
        LabelError: As `training_data`.
        UsageError: A corpus is named twice.
    """
    at_hand = (*given, *(None for _ in recipe.data.also), None)
    if not recipe.data.also:
        return training_data(recipe, at_hand[0], taught=taught)
    names = names_of(recipe, given)
    found: dict[str, Prepared] = {}
    for at, name in enumerate(names):
        own, data = _of_one(recipe, at), at_hand[at]
        if data is None:
            own, data = _read(own)
        found[name] = training_data(own, data)
    _hint(found)
    found = _apart(found)
    first, *others = names
    return replace(found[first], name=first, others={name: found[name] for name in others})


def corpora_of(prepared: Prepared) -> list[Corpus]:
    """What the trainer learns from."""
    return [Corpus(name, one.train, one.validation) for name, one in _each(prepared).items()]


def train_on(prepared: Prepared, recipe: Recipe, workspace: Workspace, soft: SoftTargets | None = None) -> Trained:
    """Train on one corpus or on several."""
    if prepared.others:
        return fit_together(corpora_of(prepared), recipe, workspace)
    return fit(prepared.train, prepared.validation, recipe, workspace, soft)


def judge_each(trained: Trained, prepared: Prepared, recipe: Recipe, first: Judged | None) -> dict[str, Judged | None]:
    """How good the model of each corpus is on the rows that it holds out.

    Args:
        trained: Their models.
        prepared: The data.
        recipe: All settings.
        first: What is already known of the first.
    """
    found = {prepared.name: first}
    for name, one in prepared.others.items():
        found[name] = judge(trained.models[name], one.validation, recipe)
    return {name: _noted(one, [other for other in found if other != name]) for name, one in found.items()}


def metrics_of(judged: Mapping[str, Judged | None]) -> dict[str, Any]:
    """`metrics.json`: `validation` is that of the first corpus, `corpora` has that of each by its name."""
    each = {name: one.evaluation.metrics if one else None for name, one in judged.items()}
    return {"validation": next(iter(each.values())), "corpora": each}


def page_facts(prepared: Prepared, judged: Mapping[str, Judged | None], *, own: str, up: str) -> dict[str, str]:
    """What a page says of the other corpora, by name.

    Args:
        prepared: All of them.
        judged: How good their models are.
        own: The one that the page is about.
        up: From the page's folder to the run's.
    """
    facts = {}
    for name, one in _each(prepared).items():
        found = judged[name]
        if name == own or found is None or one.validation is None:
            continue
        rows, held = len(one.train), len(one.validation)
        score = found.evaluation.metrics["macro_f1"]
        page = f"{up}{MODELS}/{name}/{REPORT}"
        facts[f"{say('multi_task.page_together')}: {name}"] = say(
            "multi_task.page_one", train=rows, held=held, macro_f1=score, page=page
        )
    return facts


def write_each(
    folder: Path,
    recipe: Recipe,
    trained: Trained,
    prepared: Prepared,
    judged: Mapping[str, Judged | None],
    facts: Mapping[str, Any],
) -> None:
    """Write a run folder for each corpus below `models`: an ordinary model, judged on that corpus' rows.

    Args:
        folder: Of the run.
        recipe: As it was asked for, which repeats the whole.
        trained: The models.
        prepared: The data.
        judged: How good they are.
        facts: Of the whole run.
    """
    each = _each(prepared)
    for name, model in trained.models.items():
        place = folder / MODELS / name
        place.mkdir(parents=True)
        rest = {other: one for other, one in each.items() if other != name}
        rows = replace(each[name], name=name, others=rest)
        known = facts_of(rows, model, facts["seconds"], in_memory=facts["data"]["in_memory"])
        found = judged[name]
        metrics = {"validation": found.evaluation.metrics if found else None}
        summary = page_facts(prepared, judged, own=name, up="../../")
        write_run(place, recipe, Trained(model, trained.history), rows, found, known, metrics, summary)


def sentences(judged: Mapping[str, Judged | None], run: Path) -> list[str]:
    """The results of all corpora, and where their models lie."""
    lines = []
    for name, one in judged.items():
        folder = run / MODELS / name
        if one is None:
            lines.append(say("multi_task.result_unjudged", name=name, folder=folder))
            continue
        scores = {known: one.evaluation.metrics[known] for known in ("accuracy", "macro_f1", "micro_f1")}
        key = "multi_task.result_several" if one.predictions.several else "multi_task.result"
        lines.append(say(key, name=name, folder=folder, **scores))
    if any(judged.values()):
        lines.append(say("multi_task.means"))
    return lines


def _key(source: str) -> Any:
    """What is the same for two names of the same corpus."""
    return source.partition(":")[0] if is_corpus(source) else Path(source).resolve()


def _of_one(recipe: Recipe, at: int) -> Recipe:
    """The recipe as if one corpus were all: stars are for those that have any.

    Validation data of their own are the first's; the others hold out rows as the recipe says.
    """
    sources = (recipe.data.source, *recipe.data.also)
    source = sources[at]
    change: dict[str, Any] = {"source": source, "also": ()}
    if at:
        change["validation"] = None
    rated = [one for one in sources if not is_corpus(one) or corpus(one.partition(":")[0]).takes_stars]
    if recipe.data.stars is not None and rated and source not in rated:
        change["stars"] = None
    return recipe.model_copy(update={"data": recipe.data.model_copy(update=change)})


def _read(recipe: Recipe) -> tuple[Recipe, Dataset | None]:
    """A corpus whose cells are to hold several labels, as one of single labels where none of them does.

    One `--label-separator` is given for all files, and often only some of them need it.
    """
    settings = recipe.data
    if settings.label_separator is None or is_corpus(settings.source):
        return recipe, None
    data = open_data(settings, "train")
    if data.task is not Task.MULTI_LABEL or (data.targets.sum(axis=1) != 1).any():
        return recipe, data
    tell(say("multi_task.one_each", data=data.name, separator=settings.label_separator))
    recipe = recipe.model_copy(update={"data": settings.model_copy(update={"label_separator": None})})
    return recipe, open_data(recipe.data, "train")


def _hint(found: Mapping[str, Prepared]) -> None:
    """Say so where two corpora could be one."""
    before: dict[Any, str] = {}
    for name, one in found.items():
        key = (one.train.task, one.train.labels.names if one.train.labels else None)
        if key in before:
            tell(say("multi_task.same_labels", first=before[key], second=name))
        before.setdefault(key, name)


def _apart(found: Mapping[str, Prepared]) -> dict[str, Prepared]:
    """The corpora without the rows whose texts another one holds out.

    Raises:
        DataError: None of a corpus' rows are left, or too few.
    """
    apart = {}
    for name, one in found.items():
        twins = np.zeros(len(one.train), np.bool_)
        holders = []
        for other, held in found.items():
            if other != name and held.validation is not None:
                same = overlap(one.train, held.validation)
                twins |= same
                holders += [other] if same.any() else []
        if not twins.any():
            apart[name] = one
            continue
        if twins.all():
            raise DataError("multi_task.none_left", data=name, others=listing(holders))
        tell(say("multi_task.left_out", data=name, count=int(twins.sum()), others=listing(holders)))
        rest = one.train.take(~twins)
        check_trainable(rest)
        counts = Counter(one.left_out) + Counter({IN_OTHER: int(twins.sum())})
        apart[name] = replace(one, train=rest, left_out=dict(counts))
    return apart


def _each(prepared: Prepared) -> dict[str, Prepared]:
    """All corpora by name, the first first."""
    return {prepared.name: prepared, **prepared.others}


def _noted(found: Judged | None, others: Sequence[str]) -> Judged | None:
    """The judgement with what a reader must know of the model."""
    if found is None:
        return None
    note = ("multi_task.page_note", {"names": listing(others)})
    return replace(found, evaluation=replace(found.evaluation, notes=(*found.evaluation.notes, note)))
