"""`maeum evaluate`: a model judged on data, with what limits the numbers said beside them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.data import open_data
from maeum.data.fingerprint import text_hashes
from maeum.data.settings import DataSettings
from maeum.errors import ModelError
from maeum.messages import say
from maeum.metrics.evaluate import evaluate_classes
from maeum.models import load
from maeum.progress import progress, tell
from maeum.report import evaluation_markdown, evaluation_page
from maeum.runs import RECIPE, Run
from maeum.schema import ClassPredictions, Dataset, Evaluation, Model
from maeum.storage import check_folder, writing_folder
from maeum.workflows.prepare import report_problems, with_labels_of
from maeum.workflows.tables import prediction_frame

EVALUATION: Final = "evaluation.json"
BLOCK: Final = 20_000  # rows between two steps of the progress bar
MOSTLY_SEEN: Final = 0.5  # from this share of rows seen in training on, the figures are called training figures
Note = tuple[str, dict[str, Any]]


def evaluate(
    model: Model | Run | str | Path,
    data: Dataset | str | Path,
    *,
    out: str | Path | None = None,
    overwrite: bool = False,
    seed: int = 0,
    split: str | None = None,
    text: str | None = None,
    label: str | None = None,
    **settings: Any,
) -> Evaluation:
    """Judge a model on data.

        maeum.evaluate("runs/linear", "nsmc:test").metrics["accuracy"]

    Args:
        model: A Model, a Run, or the folder of either.
        data: A Dataset, a corpus (`name:split`; without a split: test), or a file.
        out: Folder for `metrics.json`, `evaluation.json`, `predictions.parquet`, `report.html`, `report.md`.
        overwrite: Replace an evaluation folder that exists.
        seed: Of the bootstrap intervals.
        split: In place of `name:split`.
        text: Column with the text, in a file.
        label: Column with the label, in a file.
        **settings: Further fields of `DataSettings`.

    Raises:
        DataError: The data cannot be read or have no labels.
        LabelError: The data's labels and the model's do not fit.
        ModelError: There is no such model, or it answers another task.
        OutputError: `out` exists or cannot be written.
    """
    if out is not None:
        check_folder(Path(out), overwrite=overwrite, marker=EVALUATION)
    judged, run, name = _resolve(model)
    named = {"text_column": text, "label_column": label, **settings}
    found = data if isinstance(data, Dataset) else _open(data, split, named)
    report_problems(found)
    if judged.task is not found.task and found.has_labels:
        raise ModelError("labels.task_differs", model=judged.task.value, data=found.task.value)
    found, renamed = with_labels_of(found, judged.labels)
    notes: list[Note] = []
    if renamed:
        table = ", ".join(f"{a} → {b}" for a, b in renamed.items())
        notes.append(("labels.aliases", {"table": table}))
        tell(say("labels.aliases", table=table))
    predictions = predict_blocks(judged, found)
    notes += _seen_notes(run, found, predictions)
    evaluation = evaluate_classes(found, predictions, seed=seed, model=name, notes=tuple(notes))
    if out is not None:
        _write(Path(out), evaluation, found, predictions, getattr(judged, "telling", {}), overwrite=overwrite)
    return evaluation


def predict_blocks(model: Model, data: Dataset) -> ClassPredictions:
    """Predictions for all of `data`, with progress."""
    parts = []
    with progress(say("evaluate.predicting"), len(data), say("train.texts")) as advance:
        for start in range(0, len(data), BLOCK):
            block = data.take(np.arange(start, min(start + BLOCK, len(data))))
            predictions = model.predict(block)
            assert isinstance(predictions, ClassPredictions)
            parts.append(predictions)
            advance(len(block))
    return replace(parts[0], probabilities=np.concatenate([part.probabilities for part in parts]))


def _resolve(model: Model | Run | str | Path) -> tuple[Model, Run | None, str]:
    """The model, the run it came from if any, and its name."""
    if isinstance(model, str | Path):
        path = Path(model)
        run = Run(path) if (path / RECIPE).is_file() else None
        return (run.model if run else load(model)), run, str(model)
    if isinstance(model, Run):
        return model.model, model, str(model.folder)
    return model, None, type(model).__name__


def _open(source: str | Path, split: str | None, named: dict[str, Any]) -> Dataset:
    settings = DataSettings.build({"source": str(source), **{k: v for k, v in named.items() if v is not None}})
    from maeum.data import is_corpus

    return open_data(settings, split or ("test" if is_corpus(str(source)) else None))


def _seen_notes(run: Run | None, data: Dataset, predictions: ClassPredictions) -> list[Note]:
    """What is to be said about rows whose texts the run trained or chose on."""
    parts = run.seen() if run is not None else {}
    if not parts or predictions.several:
        return []
    hashes = text_hashes(data.texts)
    trained = np.isin(hashes, parts["train"])
    if trained.mean() >= MOSTLY_SEEN:
        return [("data.note_training_data", {})]
    if "validation" in parts and np.isin(hashes, parts["validation"]).mean() >= MOSTLY_SEEN:
        return [("data.note_held_out", {})]
    seen = trained | np.isin(hashes, parts.get("validation", np.empty(0, np.uint64)))
    return [_overlap_note(seen, predictions.indices == data.targets)] if seen.any() else []


def _overlap_note(seen: NDArray[np.bool_], right: NDArray[np.bool_]) -> Note:
    return (
        "data.note_overlap",
        {
            "count": int(seen.sum()),
            "total": len(seen),
            "share": float(seen.mean()),
            "inside": float(right[seen].mean()),
            "outside": float(right[~seen].mean()),
        },
    )


def _write(
    out: Path,
    evaluation: Evaluation,
    data: Dataset,
    predictions: ClassPredictions,
    telling: Any,
    *,
    overwrite: bool,
) -> None:
    with writing_folder(out, overwrite=overwrite, marker=EVALUATION) as part:
        for name, value in (("metrics.json", evaluation.metrics), (EVALUATION, evaluation.to_json())):
            (part / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        prediction_frame(data, predictions).write_parquet(part / "predictions.parquet")
        (part / "report.html").write_text(evaluation_page(evaluation, telling=telling), encoding="utf-8")
        (part / "report.md").write_text(evaluation_markdown(evaluation), encoding="utf-8")
