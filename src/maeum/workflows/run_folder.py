"""What a finished training leaves: the judgement on the rows held out, the facts, and the files of the run folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maeum.data.fingerprint import text_hashes
from maeum.messages import say
from maeum.metrics.evaluate import evaluate_classes
from maeum.metrics.learning import Score
from maeum.models import MODEL_FOLDER
from maeum.models.folder import write_tensors
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.report import Learning, evaluation_page
from maeum.runs import (
    ENVIRONMENT,
    HISTORY,
    HISTORY_COLUMNS,
    METRICS,
    PREDICTIONS,
    RECIPE,
    REPORT,
    SEEN,
    environment,
)
from maeum.schema import ClassPredictions, Dataset, Evaluation, Model
from maeum.training import Trained
from maeum.training.listeners import Row
from maeum.workflows.outputs import write_json
from maeum.workflows.prepare import Prepared
from maeum.workflows.tables import prediction_frame
from maeum.workflows.unfinished import about_data


@dataclass(frozen=True)
class Judged:
    """How good a model is on the rows held out."""

    evaluation: Evaluation
    predictions: ClassPredictions


def judge(model: Model, validation: Dataset | None, recipe: Recipe) -> Judged | None:
    """Judge on the rows held out; None where there are none."""
    if validation is None:
        return None
    tell(say("train.judging"))
    predictions = model.predict(validation)
    assert isinstance(predictions, ClassPredictions)
    notes: tuple[tuple[str, dict[str, Any]], ...] = (("data.note_held_out", {}),)
    name, seed = model_name(recipe), recipe.training.seed
    return Judged(evaluate_classes(validation, predictions, seed=seed, model=name, notes=notes), predictions)


def model_name(recipe: Recipe) -> str:
    """What the model is called in a report: its family, or the checkpoint it was fine-tuned from."""
    return str(getattr(recipe.model, "checkpoint", None) or recipe.model.family)


def watched(recipe: Recipe) -> str:
    """What decides on validation which epoch or seed is the best: `loss`, `accuracy` or `macro_f1`."""
    return str(getattr(recipe.training, "best", "macro_f1"))


def facts_of(prepared: Prepared, model: Model, seconds: float, *, in_memory: bool) -> dict[str, Any]:
    """What `environment.json` tells beside the versions."""
    return {
        "data": {
            **about_data(prepared),
            "left_out": prepared.left_out,
            "renamed_ids": prepared.renamed,
            "notes": [say(key, "en", **values) for key, values in prepared.train.notes],
            "in_memory": in_memory,
        },
        "seconds": round(seconds, 2),
        "device": _device(model),
        "peak_memory_mib": _peak_memory(),
    }


def write_run(
    folder: Path,
    recipe: Recipe,
    trained: Trained,
    prepared: Prepared,
    judged: Judged | None,
    facts: Mapping[str, Any],
    metrics: Mapping[str, Any] | None = None,
    summary: Mapping[str, Any] | None = None,
) -> None:
    """Fill a run folder.

    Args:
        folder: Where to.
        recipe: As it was asked for.
        trained: The model to keep, with its history.
        prepared: The data.
        judged: How good it is, where rows were held out.
        facts: For `environment.json`.
        metrics: For `metrics.json`; those of `judged` when None.
        summary: What the page says of the data beside what it always says.
    """
    import numpy as np

    _save_recipe(folder / RECIPE, recipe, facts)
    write_json(folder / ENVIRONMENT, environment(facts))
    write_history(folder / HISTORY, trained.history)
    trained.model.save(folder / MODEL_FOLDER)
    seen: dict[str, list[str]] = {}
    for one in (prepared, *prepared.others.values()):  # whatever a trunk learnt from is seen by all of its models
        for name, data in (("train", one.train), ("validation", one.validation)):
            if data is not None:
                seen.setdefault(name, []).extend(data.texts)
    write_tensors(folder / SEEN, {name: np.unique(text_hashes(texts)) for name, texts in seen.items()})
    write_json(folder / METRICS, metrics or {"validation": judged.evaluation.metrics if judged else None})
    if judged is None or prepared.validation is None:
        return
    prediction_frame(prepared.validation, judged.predictions).write_parquet(folder / PREDICTIONS)
    telling = getattr(trained.model, "telling", {})
    learning = Learning(trained.history, watched(recipe), Score.of(trained.model.task))
    page = evaluation_page(judged.evaluation, dataset_summary=summary, telling=telling, learning=learning)
    (folder / REPORT).write_text(page, encoding="utf-8", newline="\n")


def write_history(path: Path, rows: Sequence[Row]) -> None:
    """Write `history.csv`."""
    import polars as pl

    columns = dict.fromkeys([*HISTORY_COLUMNS, *(name for row in rows for name in row)])  # more with several corpora
    pl.DataFrame(list(rows), schema=dict.fromkeys(columns, pl.Float64)).with_columns(
        pl.col("epoch", "step").cast(pl.Int64)
    ).write_csv(path)


def _save_recipe(path: Path, recipe: Recipe, facts: Mapping[str, Any]) -> None:
    """The recipe, and below it as comments what else it takes to repeat the run, and what the data were."""
    recipe.save(path)
    seeds = facts.get("seeds")
    with path.open("a", encoding="utf-8", newline="\n") as out:
        if seeds:
            out.write(f"# trained with --seeds {len(seeds)}; kept: the model of seed {facts['kept_seed']}\n")
        for part in ("train", "validation"):
            if facts["data"][part]:
                out.write(f"# data fingerprint, {part}: {facts['data'][part]['fingerprint']}\n")


def _device(model: Model) -> str:
    """What computed: the name of the GPU where a network was trained on one, else `cpu`."""
    if getattr(model, "module", None) is None:
        return "cpu"
    import torch

    if torch.cuda.is_available():
        return str(torch.cuda.get_device_name())
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _peak_memory() -> float | None:
    """Largest resident memory of this process so far, in MiB; None where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    import sys

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)
