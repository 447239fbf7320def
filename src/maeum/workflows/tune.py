"""`maeum tune`: trials of `maeum train` with other settings, the best of them judged on validation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maeum.data import is_corpus
from maeum.data.catalog import corpus
from maeum.errors import OutputError, UsageError, require
from maeum.messages import did_you_mean
from maeum.models.family import family
from maeum.models.space import plain
from maeum.recipe import Recipe
from maeum.report.formats import LOWER_IS_BETTER
from maeum.runs import Run
from maeum.scale.cluster import LOCAL, check_address
from maeum.schema import Dataset
from maeum.training.corpora import check_alone
from maeum.workflows.prepare import Prepared, training_data
from maeum.workflows.train import default_folder, make_recipe, refuse_useless
from maeum.workflows.tuning.asked import Asked, refuse_test
from maeum.workflows.tuning.files import BEST, CURVES, REPORT, SEARCH, TABLE, Folder
from maeum.workflows.tuning.folds import folds_of
from maeum.workflows.tuning.follow import Follow, Lines
from maeum.workflows.tuning.job import Job
from maeum.workflows.tuning.metric import known_metrics
from maeum.workflows.tuning.space import Given, make_space, read_space
from maeum.workflows.tuning.trial import PER_EPOCH

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Tuned:
    """A search that came to its end.

    Attributes:
        folder: Where everything lies.
    """

    folder: Path

    @cached_property
    def best(self) -> Recipe:
        """The settings of the best trial, ready for `maeum.train(config=…)`."""
        return Recipe.load(self.folder / BEST)

    @cached_property
    def best_run(self) -> Run:
        """The run of the best trial."""
        return Run.open(Folder(self.folder).place(int(self.facts["best"])))

    @cached_property
    def facts(self) -> dict[str, Any]:
        """`search.json`: the space, how it was searched, counts, seconds, the number of the best trial."""
        import json

        found: dict[str, Any] = json.loads((self.folder / SEARCH).read_text(encoding="utf-8"))
        return found

    @property
    def trials(self) -> pl.DataFrame:
        """One row per trial: number, status, score, settings, epochs, seconds, reason of a failure."""
        import polars as pl

        return pl.read_parquet(self.folder / TABLE)

    @property
    def curves(self) -> pl.DataFrame:
        """One row per epoch of each trial."""
        import polars as pl

        return pl.read_parquet(self.folder / CURVES)

    @property
    def report(self) -> Path:
        """The page about the search."""
        return self.folder / REPORT

    def __repr__(self) -> str:
        return f"Tuned({str(self.folder)!r})"


def tune(
    data: str | Path | Dataset | None = None,
    *,
    model: str | None = None,
    space: Given = None,
    search: str | None = None,
    scheduler: str | None = None,
    trials: int | str | None = None,
    time: str | None = None,
    metric: str | None = None,
    out: str | Path | None = None,
    config: str | Path | Recipe | None = None,
    seeds: int | str | None = None,
    folds: int | str | None = None,
    cpus: float | str | None = None,
    gpus: float | str | None = None,
    concurrent: int | str | None = None,
    cluster: str = LOCAL,
    storage: str | Path | None = None,
    resume: bool = False,
    overwrite: bool = False,
    follow: Follow | None = None,
    text: str | None = None,
    label: str | None = None,
    **settings: Any,
) -> Tuned:
    """Search for the settings with which a model does best on validation.

        found = maeum.tune("nsmc", model="cnn", search="optuna", trials=20, out="searches/cnn")
        found.best                      # a Recipe; also searches/cnn/best.yaml
        found.trials.sort("score")      # every trial
        maeum.train(config=found.best, out="runs/cnn")

    Every trial's folder, `out/trials/0001` …, is a run. An interrupted search goes on with `resume=True`.

    Args:
        data: As for `train`.
        model: As for `train`.
        space: What to choose from: setting -> list of values, or `{"min": …, "max": …, "log": True}`; a YAML file with
            such; the family's own space when not given.
        search: `grid`, `random` or `optuna` (the default).
        scheduler: `none`, `asha` (bad trials end early) or `pbt` (they copy better ones).
        trials: How many; 20 when neither this nor `time` is given; a grid has as many as it has points.
        time: How long at most (`2h`, `45m`): then no trial begins, and those that run end with their epoch.
        metric: What trials are judged by, on validation; `macro_f1` when not given.
        out: The folder to write; `searches/<data>-<model>` when not given.
        config: A recipe whose settings all trials share, or a file with one.
        seeds: Train each trial so often: its score is the mean.
        folds: Judge each trial on so many folds of train: its score is the mean.
        cpus: Cores of each trial, also a part of one.
        gpus: GPUs of each trial, also a part of one.
        concurrent: Trials at once; as many as there is room for when not given.
        cluster: `local`, `auto` or `HOST:PORT`.
        storage: Folder or URL that all machines of a cluster reach, for the trials' runs.
        resume: Go on with the search of `out`; with `out` alone, all else is as it was begun.
        overwrite: Replace a search that exists.
        follow: Told of every trial that changed.
        text: Column with the text, in a file.
        label: Column with the label, in a file.
        **settings: Any setting of the recipe, which all trials then have.

    Raises:
        RecipeError: Unknown settings or unusable values, in the space or outside: all named at once.
        UsageError: Choices that do not go together, or test rows to tune on.
        DataError: The data cannot be used.
        OutputError: `out` exists or cannot be written.
        UserError: The cluster cannot be used, or all trials failed.
    """
    options: dict[str, Any] = {
        "search": search, "scheduler": scheduler, "trials": trials, "time": time, "metric": metric, "seeds": seeds,
        "folds": folds, "cpus": cpus, "gpus": gpus, "concurrent": concurrent,
    }  # fmt: skip
    given, source = (data, data.name or "memory") if isinstance(data, Dataset) else (None, data)
    named = {"text_column": text, "label_column": label, **settings}
    before = _before(out) if resume else None
    plain_resume = before is not None and model is None and config is None and not any(_told(named))
    if before is not None and plain_resume:
        named = dict(before["fixed"])
        config = Recipe._assemble(before["recipe"], shown=True)
        source = source or config.data.source
    if before is not None and space is None:
        space = before["given_space"]
    asked = Asked.read(options, before["how"] if before else None)
    recipe = make_recipe(source, model, config, named)
    refuse_useless(recipe, given, named)
    check_alone(recipe)
    refuse_test(recipe, given)
    check_address(cluster)
    if cluster.startswith("ray://"):
        raise UsageError("tune.client", found=cluster)
    for module, extra in (("ray", "cluster"), *((("optuna", "cluster"),) if asked.search == "optuna" else ())):
        require(module, extra)
    if family(recipe.model.family).untrained is not None:
        require("torch", "train")
    folder = Folder(Path(out) if out is not None else Path("searches") / default_folder(recipe).name)
    folder.check(resume=resume, overwrite=overwrite)
    domains, single = make_space(space, recipe, named, asked.scheduler)
    asked.check(recipe, domains)
    recipe = _shared(recipe, asked, single, named)
    prepared = training_data(recipe, given)
    parts = _parts(prepared, recipe, asked, given)
    lower = _check_metric(asked.metric, parts[0])
    job = Job(
        folder,
        asked,
        recipe,
        domains,
        parts,
        storage,
        "min" if lower else "max",
        resume=resume,
        given=given is not None,
    )
    kept = {name: value for name, value in named.items() if value is not None}
    plan = {
        "recipe": recipe.plain(), "space": plain(domains), "how": asked.plain(), "data": job.about,
        "given_space": _plain_given(space), "fixed": {name: _plain_value(value) for name, value in kept.items()},
    }  # fmt: skip
    return Tuned(job.run(plan, cluster, follow or Lines()))


def _before(out: str | Path | None) -> dict[str, Any] | None:
    """What the search of `out` was begun with; None where there is none.

    Raises:
        UsageError: `out` is not named.
        OutputError: Its plan is damaged.
    """
    if out is None:
        raise UsageError("tune.resume_what")
    folder = Folder(Path(out))
    if not folder.begun:
        if not folder.path.exists():
            raise OutputError("tune.nothing_to_resume", path=folder.path)
        return None
    return folder.plan


def _shared(recipe: Recipe, asked: Asked, single: Mapping[str, Any], named: Mapping[str, Any]) -> Recipe:
    """The recipe that all trials share, with the settings of one value; the search's metric chooses epochs too."""
    values = dict(single)
    if asked.metric in PER_EPOCH and named.get("best") is None and "best" in type(recipe.training).model_fields:
        values.setdefault("best", "loss" if asked.metric == "log_loss" else asked.metric)
    return Recipe.from_keywords(recipe.model.family, values, recipe) if values else recipe


def _parts(prepared: Prepared, recipe: Recipe, asked: Asked, given: Dataset | None) -> tuple[Prepared, ...]:
    if not asked.folds:
        return (prepared,)
    source = recipe.data.source
    own = given is None and is_corpus(source) and "validation" in corpus(source.partition(":")[0]).needs
    return folds_of(prepared, recipe, asked.folds, carved=not own)


def _check_metric(metric: str, part: Prepared) -> bool:
    """Whether smaller values of the metric are better.

    Raises:
        UsageError: Models for these data are not judged by it.
    """
    known = known_metrics(part)
    if metric not in known:
        near = did_you_mean(metric, known)
        raise UsageError("tune.metric_unknown", found=metric, near=near, known=", ".join(known))
    return metric in LOWER_IS_BETTER


def _told(named: Mapping[str, Any]) -> list[bool]:
    return [value is not None for value in named.values()]


def _plain_given(space: Given) -> Any:
    return None if space is None else {str(name): _plain_value(value) for name, value in read_space(space).items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain_value(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_value(inner) for inner in value]
    return value if isinstance(value, int | float | bool) or value is None else str(value)
