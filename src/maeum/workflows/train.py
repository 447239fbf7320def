"""`maeum train`: data → model → judged on the rows held out → a run folder."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from maeum.data import is_corpus
from maeum.data.fingerprint import fingerprint, text_hashes
from maeum.errors import RecipeError, UsageError
from maeum.messages import say
from maeum.metrics.evaluate import evaluate_classes
from maeum.models import MODEL_FOLDER
from maeum.models.folder import write_tensors
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.report import evaluation_page
from maeum.runs import (
    ENVIRONMENT,
    HISTORY,
    HISTORY_COLUMNS,
    METRICS,
    PREDICTIONS,
    RECIPE,
    REPORT,
    SEEN,
    Run,
    environment,
)
from maeum.schema import ClassPredictions, Dataset, Evaluation
from maeum.training import Trained, fit
from maeum.workflows.inputs import refuse_file_settings
from maeum.workflows.outputs import check_new_folder, new_folder, write_json
from maeum.workflows.prepare import Prepared, training_data
from maeum.workflows.tables import prediction_frame


def train(
    data: str | Path | Dataset | None = None,
    *,
    out: str | Path | None = None,
    model: str | None = None,
    config: str | Path | Recipe | None = None,
    overwrite: bool = False,
    text: str | None = None,
    label: str | None = None,
    **settings: Any,
) -> Run:
    """Train a model and judge it on rows held out.

        run = maeum.train("nsmc", model="linear", out="runs/linear")
        run = maeum.train("reviews.csv", text="review", label="score", stars="2", out="runs/mine", seed=7)

    Args:
        data: A corpus name, `name:split`, a file, or a Dataset; may be left out when `config` names it.
        out: The run folder to write; `runs/<data>-<model>` when not given.
        model: A family (`linear` …); `config`'s, else `linear`.
        config: A recipe, or a file with one; keywords given here go before it.
        overwrite: Replace a run folder that exists.
        text: Column with the text, in a file (`text_column`).
        label: Column with the label, in a file (`label_column`).
        **settings: Any field of the recipe, by its own name: `c=0.5`, `class_weight="balanced"`, `seed=7` …

    Raises:
        DataError: The data cannot be used.
        RecipeError: Unknown or unusable settings.
        ModelError: Unknown model, or one that cannot answer the data's task.
        OutputError: `out` exists or cannot be written.
        UsageError: No data are named anywhere, or settings of files are given with data that are none.
    """
    given, source = (data, data.name or "memory") if isinstance(data, Dataset) else (None, data)
    named = {"text_column": text, "label_column": label, **settings}
    recipe = make_recipe(source, model, config, named)
    if given is not None:
        refuse_file_settings(named, given.name, also=("stars",))
    elif is_corpus(recipe.data.source) and (recipe.data.validation is None or is_corpus(recipe.data.validation)):
        refuse_file_settings(named, recipe.data.source)
    out = Path(out) if out is not None else default_folder(recipe)
    check_new_folder(out, overwrite=overwrite, marker=RECIPE)
    started = time.perf_counter()
    prepared = training_data(recipe, given)
    trained = fit(prepared.train, prepared.validation, recipe)
    judged = _judge(trained, prepared.validation, recipe)
    seconds = time.perf_counter() - started
    facts = _facts(prepared, seconds, in_memory=given is not None)
    with new_folder(out, overwrite=overwrite, marker=RECIPE) as part:
        _write(part, recipe, trained, prepared, judged, facts)
    _compare(config, recipe, facts)
    _say_result(judged, trained)
    return Run(out)


def default_folder(recipe: Recipe) -> Path:
    """`runs/<data>-<model>`: where a run goes when nothing else is said."""
    source = recipe.data.source
    name = source.partition(":")[0] if is_corpus(source) else Path(source).name.partition(".")[0]
    return Path("runs") / f"{name or 'data'}-{recipe.model.family}"


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


def _judge(trained: Trained, validation: Dataset | None, recipe: Recipe) -> tuple[Evaluation, ClassPredictions] | None:
    if validation is None:
        return None
    tell(say("train.judging"))
    predictions = trained.model.predict(validation)
    assert isinstance(predictions, ClassPredictions)
    notes: tuple[tuple[str, dict[str, Any]], ...] = (("data.note_held_out", {}),)
    judged = evaluate_classes(
        validation, predictions, seed=recipe.training.seed, model=recipe.model.family, notes=notes
    )
    return judged, predictions


def _facts(prepared: Prepared, seconds: float, *, in_memory: bool) -> dict[str, Any]:
    rows = prepared.train
    return {
        "data": {
            "train": _about(rows),
            "validation": None if prepared.validation is None else _about(prepared.validation),
            "left_out": prepared.left_out,
            "renamed_ids": prepared.renamed,
            "notes": [say(key, "en", **values) for key, values in rows.notes],
            "in_memory": in_memory,
        },
        "seconds": round(seconds, 2),
        "peak_memory_mib": _peak_memory(),
    }


def _about(data: Dataset) -> dict[str, Any]:
    return {"rows": len(data), "fingerprint": fingerprint(data), "labels": data.label_counts()}


def _peak_memory() -> float | None:
    """Largest resident memory of this process so far, in MiB; None where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    import sys

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def _write(
    folder: Path,
    recipe: Recipe,
    trained: Trained,
    prepared: Prepared,
    judged: tuple[Evaluation, ClassPredictions] | None,
    facts: Mapping[str, Any],
) -> None:
    import numpy as np
    import polars as pl

    _save_recipe(folder / RECIPE, recipe, facts)
    write_json(folder / ENVIRONMENT, environment(facts))
    pl.DataFrame(list(trained.history), schema=dict.fromkeys(HISTORY_COLUMNS, pl.Float64)).with_columns(
        pl.col("epoch", "step").cast(pl.Int64)
    ).write_csv(folder / HISTORY)
    trained.model.save(folder / MODEL_FOLDER)
    parts = {"train": prepared.train, "validation": prepared.validation}
    seen = {name: np.unique(text_hashes(data.texts)) for name, data in parts.items() if data is not None}
    write_tensors(folder / SEEN, seen)
    if judged is None or prepared.validation is None:
        write_json(folder / METRICS, {"validation": None})
        return
    evaluation, predictions = judged
    write_json(folder / METRICS, {"validation": evaluation.metrics})
    prediction_frame(prepared.validation, predictions).write_parquet(folder / PREDICTIONS)
    telling = getattr(trained.model, "telling", {})
    (folder / REPORT).write_text(evaluation_page(evaluation, telling=telling), encoding="utf-8", newline="\n")


def _save_recipe(path: Path, recipe: Recipe, facts: Mapping[str, Any]) -> None:
    """The recipe, and below it as comments what the data were (a change of theirs is told by `_compare`)."""
    recipe.save(path)
    prints = ((part, _print_of(facts["data"], part)) for part in ("train", "validation"))
    with path.open("a", encoding="utf-8", newline="\n") as out:
        out.writelines(f"# data fingerprint, {part}: {found}\n" for part, found in prints if found)


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


def _say_result(judged: tuple[Evaluation, ClassPredictions] | None, trained: Trained) -> None:
    seconds = float(trained.history[-1]["seconds"] or 0)
    if judged is None:
        tell(say("train.done_unjudged", seconds=seconds))
        return
    several = judged[1].several
    scores, (low, high) = judged[0].metrics, judged[0].intervals["macro_f1" if several else "accuracy"]
    values = {name: scores[name] for name in ("accuracy", "macro_f1", "micro_f1")}
    tell(say("train.done_several" if several else "train.done", seconds=seconds, low=low, high=high, **values))
