"""`maeum train`: data → model → judged on the rows held out → a run folder."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from maeum.data.fingerprint import fingerprint, text_hashes
from maeum.errors import RecipeError, UsageError
from maeum.messages import say
from maeum.metrics.evaluate import evaluate_classes
from maeum.models import MODEL_FOLDER
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
from maeum.storage import check_folder, writing_folder
from maeum.training import Trained, fit
from maeum.workflows.prepare import training_data
from maeum.workflows.tables import prediction_frame


def train(
    data: str | Path | Dataset | None = None,
    *,
    out: str | Path,
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
        out: The run folder to write.
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
    """
    given, source = (data, data.name) if isinstance(data, Dataset) else (None, data)
    recipe = make_recipe(source, model, config, {"text_column": text, "label_column": label, **settings})
    out = Path(out)
    check_folder(out, overwrite=overwrite, marker=RECIPE)
    started = time.perf_counter()
    rows, validation = training_data(recipe, given)
    trained = fit(rows, validation, recipe)
    judged = _judge(trained, validation, recipe)
    seconds = time.perf_counter() - started
    facts = _facts(rows, validation, seconds, in_memory=given is not None)
    with writing_folder(out, overwrite=overwrite, marker=RECIPE) as part:
        _write(part, recipe, trained, rows, validation, judged, facts)
    _say_result(out, recipe, judged, trained)
    return Run(out)


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


def _facts(rows: Dataset, validation: Dataset | None, seconds: float, *, in_memory: bool) -> dict[str, Any]:
    return {
        "data": {
            "train": {"rows": len(rows), "fingerprint": fingerprint(rows), "labels": rows.label_counts()},
            "validation": None
            if validation is None
            else {"rows": len(validation), "fingerprint": fingerprint(validation), "labels": validation.label_counts()},
            "left_out": rows.problem_counts(),
            "notes": [say(key, "en", **values) for key, values in rows.notes],
            "in_memory": in_memory,
        },
        "seconds": round(seconds, 2),
        "peak_memory_mib": _peak_memory(),
    }


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
    rows: Dataset,
    validation: Dataset | None,
    judged: tuple[Evaluation, ClassPredictions] | None,
    facts: Mapping[str, Any],
) -> None:
    import numpy as np
    import polars as pl
    from safetensors.numpy import save_file

    recipe.save(folder / RECIPE)
    _write_json(folder / ENVIRONMENT, environment(facts))
    pl.DataFrame(list(trained.history), schema=dict.fromkeys(HISTORY_COLUMNS, pl.Float64)).with_columns(
        pl.col("epoch", "step").cast(pl.Int64)
    ).write_csv(folder / HISTORY)
    trained.model.save(folder / MODEL_FOLDER)
    seen = {"train": np.unique(text_hashes(rows.texts))}
    if validation is not None:
        seen["validation"] = np.unique(text_hashes(validation.texts))
    save_file(seen, folder / SEEN)
    if judged is None or validation is None:
        _write_json(folder / METRICS, {"validation": None})
        return
    evaluation, predictions = judged
    _write_json(folder / METRICS, {"validation": evaluation.metrics})
    prediction_frame(validation, predictions).write_parquet(folder / PREDICTIONS)
    telling = getattr(trained.model, "telling", {})
    (folder / REPORT).write_text(evaluation_page(evaluation, telling=telling), encoding="utf-8")


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _say_result(
    out: Path, recipe: Recipe, judged: tuple[Evaluation, ClassPredictions] | None, trained: Trained
) -> None:
    seconds = float(trained.history[-1]["seconds"] or 0)
    if judged is None:
        tell(say("train.done_unjudged", seconds=seconds))
        return
    evaluation = judged[0]
    low, high = evaluation.intervals["accuracy"]
    tell(
        say(
            "train.done",
            accuracy=evaluation.metrics["accuracy"],
            low=low,
            high=high,
            macro_f1=evaluation.metrics["macro_f1"],
            seconds=seconds,
        )
    )
    source = recipe.data.source.partition(":")[0]
    tell(
        say(
            "train.next",
            folder=out,
            data=f"{source}:test" if source == recipe.data.source else source,
            report=out / REPORT,
        )
    )
