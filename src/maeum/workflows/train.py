"""`maeum train`: data → model → judged on the rows held out → a run folder."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maeum.data import is_corpus
from maeum.errors import OutputError, RecipeError, UsageError
from maeum.messages import say
from maeum.metrics.learning import Score, learning_verdict
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.runs import RECIPE, REPORT, Run
from maeum.schema import Dataset, Model
from maeum.training import Trained
from maeum.workflows.fitting import Fitting, track_names
from maeum.workflows.inputs import refuse_file_settings
from maeum.workflows.multi_task import (
    check,
    files_among,
    judge_each,
    metrics_of,
    names_of,
    page_facts,
    prepare,
    sentences,
    sources_of,
    with_also,
    write_each,
)
from maeum.workflows.outputs import check_new_folder, new_folder
from maeum.workflows.prepare import Prepared
from maeum.workflows.run_folder import Judged, facts_of, write_run
from maeum.workflows.seeds import best_of, seed_count, sentence, summary, write_results
from maeum.workflows.teaching import open_teacher
from maeum.workflows.together import follows, meet, processes, train_along
from maeum.workflows.unfinished import Unfinished

if TYPE_CHECKING:
    from maeum.scale.training import Crew


def train(
    data: str | Path | Dataset | Sequence[str | Path | Dataset] | None = None,
    *,
    out: str | Path | None = None,
    model: str | None = None,
    config: str | Path | Recipe | None = None,
    overwrite: bool = False,
    resume: bool = False,
    seeds: int | str | None = None,
    track: str | Sequence[str] = (),
    text: str | None = None,
    label: str | None = None,
    cluster: str | None = None,
    workers: int | str | None = None,
    cpus: float | str | None = None,
    gpus: float | str | None = None,
    storage: str | Path | None = None,
    **settings: Any,
) -> Run:
    """Train a model and judge it on rows held out.

        run = maeum.train("nsmc", model="linear", out="runs/linear")
        run = maeum.train("reviews.csv", text="review", label="score", stars="2", out="runs/mine", seed=7)
        run = maeum.train("nsmc", model="klue/roberta-base", seeds=3, out="runs/klue")
        run = maeum.train(["kote", "goemotions-ko"], model="small", out="runs/emotions")   # one trunk, a head for each

    What trains for long keeps checkpoints beside `out` until it is finished: `resume=True` goes on from the last one.

    Args:
        data: A corpus name, `name:split`, a file, or a Dataset; may be left out when `config` names it, or `resume`. A
            list of them is trained on together (docs/multi-task.md).
        out: The run folder to write; `runs/<data>-<model>` when not given.
        model: A family (`linear`, `cnn` …), or an encoder's folder or Hub id; `config`'s, else `linear`.
        config: A recipe, or a file with one; keywords given here go before it.
        overwrite: Replace a run folder that exists, and drop an unfinished training of that name.
        resume: Go on with the unfinished training of `out`; with `out` alone, all else is as it was begun.
        seeds: Train so often, with `seed`, `seed` + 1 …: metrics are means, and the best model is kept.
        track: Experiment trackers to report to (`mlflow`, `wandb`, `tensorboard`), as names or joined by commas.
        text: Column with the text, in a file (`text_column`).
        label: Column with the label, in a file (`label_column`).
        cluster: Where many processes train it together: `local`, `auto`, `HOST:PORT`, `ray://HOST:PORT`.
        workers: How many there; each has `batch_size` texts of a batch.
        cpus: Cores of each.
        gpus: GPUs of each.
        storage: Folder or URL that all machines of the cluster see.
        **settings: Any field of the recipe, by its own name: `c=0.5`, `class_weight="balanced"`, `seed=7` …

    Raises:
        DataError: The data cannot be used.
        RecipeError: Unknown or unusable settings.
        ModelError: Unknown model, or one that cannot answer the data's task.
        OutputError: `out` exists or cannot be written; or an unfinished training would be lost.
        UsageError: No data are named anywhere, settings of files are given with data that are none, or `resume` with
            other settings or data than training was begun with.
    """
    at_hand, sources = sources_of(data)
    given, source = at_hand[0], sources[0]
    named = {"text_column": text, "label_column": label, **settings}
    if resume and model is None and config is None and all(value is None for value in named.values()):
        config, seeds, source = as_begun(out, config, seeds, source)
    recipe = make_recipe(source, model, config, named)
    if source is not None:  # data that are named are all of the data
        recipe = with_also(recipe, sources[1:])
    refuse_useless(recipe, given, named, at_hand[1:])
    how = How(out, overwrite, resume, 1 if seeds is None else seeds, track, also=tuple(at_hand[1:]))
    there = {"workers": workers, "cpus": cpus, "gpus": gpus, "storage": storage}
    if cluster is not None or any(value is not None for value in there.values()):
        from maeum.workflows.train_cluster import Cluster, train_there

        return train_there(recipe, given, how, config, Cluster.read(cluster, **there))
    return carry_out(recipe, given, how, config)


@dataclass(frozen=True)
class How:
    """How a training is carried out; what its result is does not depend on it.

    Attributes:
        out: The run folder; None for `default_folder`.
        overwrite: Replace a run folder that exists, and drop an unfinished training of that name.
        resume: Go on with the unfinished training of `out`.
        seeds: How many models.
        track: Names of trackers.
        teacher: A teacher at hand, in place of the one the recipe names.
        there: A cluster that trains, in place of this process.
        also: Further corpora that are at hand, in the recipe's order.
    """

    out: str | Path | None
    overwrite: bool
    resume: bool
    seeds: int | str
    track: str | Sequence[str]
    teacher: Model | None = None
    there: Crew | None = None
    also: Sequence[Dataset | None] = ()


def carry_out(recipe: Recipe, given: Dataset | None, how: How, config: str | Path | Recipe | None = None) -> Run:
    """Train as a recipe says, with the teacher it names if any, and write the run folder.

    Args:
        recipe: All settings.
        given: The data, where they are at hand.
        how: Where to, and whether to go on.
        config: The file the recipe comes from, to compare its run's data.

    Raises:
        UserError: As `train`.
    """
    count, overwrite = seed_count(how.seeds), how.overwrite
    check(recipe, (given, *how.also), count)
    out = Path(how.out) if how.out is not None else default_folder(recipe)
    there = how.there
    unfinished = Unfinished(out, processes()) if there is None else Unfinished(out, there.share.workers, there.options)
    if follows():
        train_along(recipe, given, unfinished, count, resume=how.resume, teacher=how.teacher, also=how.also)
        return Run(out)
    teacher = None
    if recipe.teaching is not None:
        teacher = open_teacher(recipe, how.teacher)
        recipe = teacher.recipe
    resume = _look(unfinished, recipe, count, resume=how.resume, overwrite=overwrite)
    trackers = track_names(how.track)
    data = given if teacher is None else teacher.rows(given)
    prepared = prepare(recipe, (data, *how.also), taught=teacher is not None)
    in_memory = any(one is not None for one in (given, *how.also))
    above = next(place for place in out.absolute().parents if place.exists())
    if resume:
        unfinished.check_data(prepared)
    else:
        unfinished.begin(recipe, prepared, count)
    fitting = Fitting(prepared, unfinished, trackers, count, resume, there=there)
    try:
        if teacher is not None and data is not None:
            lesson = teacher.teach(data, prepared, unfinished.folder, resume=resume)
            fitting.lesson, fitting.prepared, recipe = lesson, lesson.prepared, lesson.recipe
        facts, result = _fit(fitting, recipe, overwrite=overwrite, in_memory=in_memory)
    except BaseException:
        fitting.end(None)
        unfinished.leave(in_memory=in_memory, above=above)
        raise
    unfinished.drop()
    meet()
    fitting.end(out / REPORT)
    _compare(config, recipe, facts)
    tell(result)
    return Run(out)


def refuse_useless(
    recipe: Recipe, given: Dataset | None, named: Mapping[str, Any], also: Sequence[Dataset | None] = ()
) -> None:
    """Refuse settings of files where no file is read.

    Raises:
        UsageError: There are some.
    """
    if recipe.data.also and files_among(recipe, (given, *also)):
        return
    if given is not None:
        refuse_file_settings(named, given.name, also=("stars",))
    elif is_corpus(recipe.data.source) and (recipe.data.validation is None or is_corpus(recipe.data.validation)):
        refuse_file_settings(named, recipe.data.source)


def default_folder(recipe: Recipe) -> Path:
    """`runs/<data>-<model>`: where a run goes when nothing else is said.

    nsmc, linear -> runs/nsmc-linear;  nsmc, klue/roberta-base -> runs/nsmc-klue-roberta-base;
    kote and goemotions-ko, small -> runs/kote+goemotions-ko-small;
    reviews.csv, ../encoders/mine -> runs/reviews-mine
    """
    source = recipe.data.source
    name = source.partition(":")[0] if is_corpus(source) else Path(source).name.partition(".")[0]
    if recipe.data.also:
        name = "+".join(names_of(recipe))
    taught = "-distilled" if recipe.teaching is not None else ""
    return Path("runs") / f"{name or 'data'}-{_short_name(recipe)}{taught}"


def make_recipe(
    source: str | Path | None, model: str | None, config: str | Path | Recipe | None, settings: Mapping[str, Any]
) -> Recipe:
    """The recipe that a call of `train` means.

    Raises:
        RecipeError: As `Recipe.from_keywords` and `Recipe.load`.
        UsageError: No data are named anywhere.
    """
    base = Recipe.load(config) if isinstance(config, str | Path) else config
    chosen = model or (base.model.family if base else "linear")
    given = {name: value for name, value in settings.items() if value is not None}
    recipe = Recipe.from_keywords(chosen, given, base)
    if source is not None:
        recipe = recipe.model_copy(update={"data": recipe.data.model_copy(update={"source": os.fspath(source)})})
    if not recipe.data.source:
        if isinstance(config, str | Path):
            raise RecipeError("train.config_and_source", path=config)
        raise UsageError("train.no_source")
    return recipe


def _short_name(recipe: Recipe) -> str:
    """The model in a folder's name: its family, or the checkpoint it begins with."""
    checkpoint = str(getattr(recipe.model, "checkpoint", None) or "")
    if not checkpoint:
        return recipe.model.family
    path = Path(checkpoint)
    if path.is_dir() or path.is_absolute() or checkpoint.startswith("."):
        checkpoint = path.absolute().name
    return re.sub(r"[^\w.-]+", "-", checkpoint).strip("-.") or recipe.model.family


def as_begun(
    out: str | Path | None, config: Any, seeds: int | str | None, source: Any
) -> tuple[Any, int | str | None, Any]:
    """The recipe and seeds that the unfinished training of `out` was begun with, where there is one."""
    before = Unfinished(Path(out)) if out is not None else None
    if before is None or not before.worth:
        if source is None and out is not None and (Path(out) / RECIPE).is_file():
            raise OutputError("train.resume_finished", path=out)
        if source is None:
            raise UsageError("train.resume_what" if out is None else "train.resume_nothing", path=out)
        return config, seeds, source
    return before.recipe, before.state["seeds"] if seeds is None else seeds, source


def _look(unfinished: Unfinished, recipe: Recipe, seeds: int, *, resume: bool, overwrite: bool) -> bool:
    """Look at the places before long work; whether there is an unfinished training to go on with.

    Raises:
        OutputError: The run folder exists or cannot be written, or an unfinished training would be lost.
        UsageError: The unfinished training was begun with other settings.
    """
    final = unfinished.final
    if resume and not overwrite and (final / RECIPE).is_file():
        if unfinished.worth:
            raise OutputError("train.resume_replaces", path=final, command=unfinished.command())
        raise OutputError("train.resume_finished", path=final)
    check_new_folder(final, overwrite=overwrite, marker=RECIPE)
    unfinished.check(resume=resume, overwrite=overwrite)
    if resume and unfinished.worth:
        unfinished.check_settings(recipe, seeds)
        return True
    if resume:
        tell(say("train.nothing_to_resume", path=final))
    elif unfinished.worth:
        from maeum.scale.training import abandon

        tell(say("train.unfinished_dropped", path=final))
        abandon(unfinished.folder)
    return False


def _fit(fitting: Fitting, recipe: Recipe, *, overwrite: bool, in_memory: bool) -> tuple[dict[str, Any], str]:
    """Train, judge and write the run folder; the facts of the run, and its result in a sentence."""
    started = time.perf_counter()
    trained, judged, results = fitting.run(recipe)
    seconds = time.perf_counter() - started
    facts = facts_of(fitting.prepared, trained.model, seconds, in_memory=in_memory)
    if fitting.there is not None:
        facts |= fitting.there.facts
    several, kept = len(results) > 1, best_of(results, recipe)
    if several:
        facts |= {"seeds": [result.seed for result in results], "kept_seed": kept.seed}
    metrics = summary(results) if several else None
    prepared, shown, each = fitting.prepared, None, {}
    if prepared.others:
        each = judge_each(trained, prepared, recipe, judged)
        judged, metrics = each[prepared.name], metrics_of(each)
        shown = page_facts(prepared, each, own=prepared.name, up="")
    with new_folder(fitting.unfinished.final, overwrite=overwrite, marker=RECIPE) as part:
        write_run(part, recipe, trained, prepared, judged, facts, metrics, shown)
        if each:
            write_each(part, recipe, trained, prepared, each, facts)
        if fitting.lesson is not None:
            fitting.lesson.save(part)
        if several:
            write_results(results, part)
    result = sentence(results, kept, recipe, seconds) if several else _result(judged, trained)
    close = fitting.lesson.sentences(judged) if fitting.lesson is not None else []
    if each:
        result = "\n".join(sentences(each, fitting.unfinished.final))
    return facts, "\n".join([result, *close, *_course(trained, prepared)])


def _course(trained: Trained, prepared: Prepared) -> list[str]:
    """What the course of training shows and what to try next, where there was one."""
    if len(trained.history) < 2:
        return []
    rows = None if prepared.validation is None else len(prepared.validation)
    found = learning_verdict(trained.history, rows, Score.of(trained.model.task))
    return [f"{found.what} {found.advice}"]


def _compare(config: str | Path | Recipe | None, recipe: Recipe, facts: Mapping[str, Any]) -> None:
    """Say so when a run is repeated from its folder, but its data have become others."""
    before = Run.around(Path(config).parent) if isinstance(config, str | Path) else None
    if before is None or (before.recipe.data, before.recipe.split) != (recipe.data, recipe.split):
        return
    parts = ("train", "validation")
    known = before.environment["data"]
    changed = [part for part in parts if _print_of(known, part) != _print_of(facts["data"], part)]
    if changed:
        tell(say("train.data_changed", run=before.folder, parts=", ".join(changed)))


def _print_of(data: Mapping[str, Any], part: str) -> str | None:
    return data[part]["fingerprint"] if data.get(part) else None


def _result(judged: Judged | None, trained: Trained) -> str:
    """How good the model is, in a sentence."""
    seconds = float(trained.history[-1]["seconds"] or 0)
    if judged is None:
        return say("train.done_unjudged", seconds=seconds)
    several = judged.predictions.several
    scores, (low, high) = judged.evaluation.metrics, judged.evaluation.intervals["macro_f1" if several else "accuracy"]
    values = {name: scores[name] for name in ("accuracy", "macro_f1", "micro_f1")}
    return say("train.done_several" if several else "train.done", seconds=seconds, low=low, high=high, **values)
