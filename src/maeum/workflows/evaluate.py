"""`maeum evaluate`: a model judged on data, with what limits the numbers said beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.data import is_corpus, open_data
from maeum.data.fingerprint import text_hashes
from maeum.data.settings import DataSettings
from maeum.engine.inference import counting_long
from maeum.errors import ModelError
from maeum.messages import say
from maeum.metrics.evaluate import evaluate_classes
from maeum.models import load
from maeum.progress import progress
from maeum.report import evaluation_markdown, evaluation_page
from maeum.runs import Run
from maeum.schema import ClassPredictions, Dataset, Evaluation, Model
from maeum.settings import Settings, setting
from maeum.workflows.inputs import refuse_file_settings
from maeum.workflows.outputs import check_new_folder, new_folder, write_json
from maeum.workflows.prepare import report_problems, with_labels_of
from maeum.workflows.tables import prediction_frame

EVALUATION: Final = "evaluation.json"
BLOCK: Final = 20_000  # rows between two steps of the progress bar
MOSTLY_SEEN: Final = 0.5  # from this share of rows seen in training on, the figures are called training figures
Note = tuple[str, dict[str, Any]]


class JudgeSettings(Settings):
    """How the numbers are made."""

    seed: int = setting(
        0,
        ge=0,
        en="Draws the resamples that the 95 % intervals come from.",
        ko="95% 구간을 구할 때 표본을 다시 뽑는 시드.",
    )


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
        RecipeError: Unknown or unusable settings.
        ModelError: There is no such model, or it answers another task.
        OutputError: `out` exists or cannot be written.
    """
    judging = JudgeSettings.build({"seed": seed})
    if out is not None:
        check_new_folder(Path(out), overwrite=overwrite, marker=EVALUATION)
    judged, run, name = _resolve(model)
    named = {"text_column": text, "label_column": label, **settings}
    found = _open(data, split, named)
    report_problems(found)
    if judged.task is not found.task and found.has_labels:
        raise ModelError("labels.task_differs", model=judged.task.value, data=found.task.value)
    found, renamed = with_labels_of(found, judged.labels)
    notes: list[Note] = []
    if renamed:
        notes.append(("labels.aliases", {"table": ", ".join(f"{a} → {b}" for a, b in renamed.items())}))
    predictions = predict_blocks(judged, found)
    notes += _seen_notes(run, found, predictions)
    evaluation = evaluate_classes(found, predictions, seed=judging.seed, model=name, notes=tuple(notes))
    if out is not None:
        _write(Path(out), evaluation, found, predictions, getattr(judged, "telling", {}), overwrite=overwrite)
    return evaluation


def predict_blocks(model: Model, data: Dataset) -> ClassPredictions:
    """Predictions for all of `data`, with progress."""
    parts = []
    with progress(say("evaluate.predicting"), len(data), say("train.texts")) as advance, counting_long() as long:
        for start in range(0, len(data), BLOCK):
            block = data.take(np.arange(start, min(start + BLOCK, len(data))))
            predictions = model.predict(block)
            if not isinstance(predictions, ClassPredictions):
                raise ModelError("predict.not_a_classifier", task=model.task.value)
            parts.append(predictions)
            advance(len(block))
    long.tell()
    return replace(parts[0], probabilities=np.concatenate([part.probabilities for part in parts]))


def _resolve(model: Model | Run | str | Path) -> tuple[Model, Run | None, str]:
    """The model, the run it came from if any, and its name."""
    if isinstance(model, str | Path):
        run = Run.around(model)
        return load(model), run, str(model)
    if isinstance(model, Run):
        return model.model, model, str(model.folder)
    return model, None, type(model).__name__


def _open(source: Dataset | str | Path, split: str | None, named: dict[str, Any]) -> Dataset:
    if isinstance(source, Dataset):
        refuse_file_settings({**named, "split": split}, source.name, also=("stars", "split"))
        return source
    if is_corpus(str(source)):
        refuse_file_settings(named, str(source))
    settings = DataSettings.build({"source": str(source), **{k: v for k, v in named.items() if v is not None}})
    return open_data(settings, split or ("test" if is_corpus(str(source)) else None))


def _seen_notes(run: Run | None, data: Dataset, predictions: ClassPredictions) -> list[Note]:
    """What is to be said about rows whose texts the run trained or chose on."""
    parts = run.seen() if run is not None else {}
    if not parts:
        return []
    hashes = text_hashes(data.texts)
    trained = np.isin(hashes, parts["train"])
    if trained.mean() >= MOSTLY_SEEN:
        return [("data.note_training_data", {})]
    if "validation" in parts and np.isin(hashes, parts["validation"]).mean() >= MOSTLY_SEEN:
        return [("data.note_held_out", {})]
    seen = trained | np.isin(hashes, parts.get("validation", np.empty(0, np.uint64)))
    return [_overlap_note(seen, _right(data, predictions))] if seen.any() else []


def _right(data: Dataset, predictions: ClassPredictions) -> NDArray[np.bool_]:
    """Which examples `(N,)` are answered rightly; with several labels: all of them."""
    if predictions.several:
        return np.asarray((predictions.decide() == data.targets).all(axis=1))
    return np.asarray(predictions.indices == data.targets)


def _overlap_note(seen: NDArray[np.bool_], right: NDArray[np.bool_]) -> Note:
    """Counts and accuracies; some rows are always outside, or more than `MOSTLY_SEEN` would be of one part."""
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
    with new_folder(out, overwrite=overwrite, marker=EVALUATION) as part:
        write_json(part / "metrics.json", evaluation.metrics)
        write_json(part / EVALUATION, evaluation.to_json())
        prediction_frame(data, predictions).write_parquet(part / "predictions.parquet")
        (part / "report.html").write_text(evaluation_page(evaluation, telling=telling), encoding="utf-8")
        (part / "report.md").write_text(evaluation_markdown(evaluation), encoding="utf-8")
