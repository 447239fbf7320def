"""`maeum cascade`: a fast model before a better one, with the switch point chosen on validation texts."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.data import is_corpus, open_data
from maeum.data.fingerprint import fingerprint, text_hashes
from maeum.data.settings import DataSettings
from maeum.errors import DataError, ModelError, UsageError
from maeum.messages import listing, say
from maeum.metrics.cascade import CERTAINTY, NEVER, Calibration, SwitchPoint, switch_point, trade_off
from maeum.models import MODEL_FOLDER
from maeum.models.cascade import CascadeModel
from maeum.progress import tell
from maeum.report.cascade_page import cascade_page
from maeum.report.formats import percent
from maeum.runs import Run
from maeum.schema import Dataset, Model, Task
from maeum.settings import Settings, setting
from maeum.workflows.evaluate import Note, predict_blocks
from maeum.workflows.evaluate import _resolve as resolve
from maeum.workflows.inputs import refuse_file_settings
from maeum.workflows.outputs import check_new_folder, new_folder, write_json
from maeum.workflows.prepare import report_problems, with_labels_of

CASCADE: Final = "cascade.json"
PAGE: Final = "report.html"
WARM_UP: Final = 64  # texts asked before the clock starts: what is loaded or compiled at first use is no part of a rate


class CascadeSettings(Settings):
    """How the switch point is chosen."""

    max_loss: float = setting(
        0.1,
        gt=0,
        le=100,
        en="Points of accuracy that may be lost against the second model alone.",
        ko="둘째 모델만 쓸 때보다 잃어도 되는 정확도(%p).",
    )
    certainty: float = setting(
        CERTAINTY,
        ge=0.5,
        lt=1,
        en="How sure it must be that no more is lost on new texts; 0.5 comes close to the loss measured.",
        ko="새 텍스트에서도 손실이 그 이하라는 확신도. 0.5면 측정한 손실에 가깝습니다.",
    )


@dataclass(frozen=True)
class Cascaded:
    """A cascade and how it was made.

    Attributes:
        model: Ready to predict.
        calibration: The numbers that the threshold rests on.
        folder: Where it was written; None where it was not.
    """

    model: CascadeModel
    calibration: Calibration
    folder: Path | None

    @property
    def point(self) -> SwitchPoint:
        """The switch point."""
        return self.calibration.point


def cascade(
    first: Model | Run | str | Path,
    second: Model | Run | str | Path,
    *,
    data: Dataset | str | Path,
    out: str | Path | None = None,
    max_loss: float = 0.1,
    certainty: float = CERTAINTY,
    overwrite: bool = False,
    text: str | None = None,
    label: str | None = None,
    **settings: Any,
) -> Cascaded:
    """Join a fast and a better model so that at most `max_loss` points of accuracy are lost.

        cascade("fast", "runs/klue", data="nsmc:validation", out="cascade").model.predict(["재밌다"])

    Args:
        first: The fast model: a Model, a Run, the folder of either, or a model of the package.
        second: The better one.
        data: Labelled validation texts that neither model was trained on: a corpus (without a split: validation), a
            file, or a Dataset. Texts that a run is known to have trained on are left out and counted.
        out: Folder for the model, `cascade.json` and `report.html`; `maeum.load(out)` reads it.
        max_loss: Points of accuracy that may be lost against the second model alone.
        certainty: How sure that must be for new texts (`metrics.cascade` states the bound).
        overwrite: Replace a cascade folder that exists.
        text: Column with the text, in a file.
        label: Column with the label, in a file.
        **settings: Further fields of `DataSettings`.

    Raises:
        UsageError: The same model twice.
        DataError: The data are no validation data, cannot be read, or have no labels.
        LabelError: The labels of models and data do not fit.
        ModelError: There is no such model, or it does not give one label a text.
        RecipeError: Unknown or unusable settings.
        OutputError: `out` exists or cannot be written.
    """
    asked = CascadeSettings.build({"max_loss": max_loss, "certainty": certainty})
    if out is not None:
        check_new_folder(Path(out), overwrite=overwrite, marker=CASCADE)
    found, notes = _open(data, {"text_column": text, "label_column": label, **settings})
    models = [resolve(one) for one in (first, second)]
    names = _names(first, second, [name for _, _, name in models])
    draft = CascadeModel(models[0][0], models[1][0], NEVER)
    found, renamed = _fitting(found, draft)
    if renamed:
        notes.append(("labels.aliases", {"table": ", ".join(f"{a} → {b}" for a, b in renamed.items())}))
    found = _untrained(found, {name: run for name, (_, run, _) in zip(names, models, strict=True) if run is not None})
    calibration = _calibrate(draft, names, found, asked, notes)
    point = calibration.point
    model = CascadeModel(draft.first, draft.second, point.threshold, _measured(calibration, fingerprint(found)))
    if out is not None:
        _write(Path(out), model, calibration, overwrite=overwrite)
    return Cascaded(model, calibration, Path(out) if out is not None else None)


def _open(source: Dataset | str | Path, named: Mapping[str, Any]) -> tuple[Dataset, list[Note]]:
    """The validation texts, and what is to be said of them.

    Raises:
        DataError: They are test or training data, or cannot be read.
    """
    if isinstance(source, Dataset):
        refuse_file_settings(named, source.name, also=("stars",))
        found = source
    else:
        corpus = is_corpus(str(source))
        split = str(source).partition(":")[2] if corpus else ""
        _refuse_split(split, str(source))
        if corpus:
            refuse_file_settings(named, str(source))
        settings = DataSettings.build({"source": str(source), **{k: v for k, v in named.items() if v is not None}})
        found = open_data(settings, "validation" if corpus else None)
    _refuse_split(found.split, f"{found.name}:{found.split}")
    report_problems(found)
    notes: list[Note] = [(key, dict(values)) for key, values in found.notes]
    if not found.split and "test" in Path(found.name).stem.lower():
        notes.append(("cascade.note_test_name", {"data": found.name}))
    return found, notes


def _refuse_split(split: str, data: str) -> None:
    if split in ("test", "train"):
        raise DataError(f"cascade.data_is_{split}", data=data)


def _names(first: Any, second: Any, given: list[str]) -> tuple[str, str]:
    """Short names of the two models that differ.

    Raises:
        UsageError: Both are the same model.
    """
    named = all(isinstance(one, str | Path | Run) for one in (first, second))
    if first is second or (named and Path(given[0]).resolve() == Path(given[1]).resolve()):
        raise UsageError("cascade.same_model", name=given[0])
    short = [Path(name).absolute().name or name for name in given]
    return (short[0], short[1]) if short[0] != short[1] else (given[0], given[1])


def _fitting(found: Dataset, model: CascadeModel) -> tuple[Dataset, dict[str, str]]:
    """The texts in terms of the cascade's labels, and which names were read as others.

    Raises:
        DataError: There are no texts or no labels.
        LabelError: The labels do not fit.
        ModelError: The data ask another task.
    """
    if found.has_labels and found.task is not Task.SINGLE_LABEL:
        raise ModelError("labels.task_differs", model=model.task.value, data=found.task.value)
    fitted, renamed = with_labels_of(found, model.labels)
    if not len(fitted):
        raise DataError("cascade.empty", data=found.name)
    return fitted, renamed


def _untrained(found: Dataset, runs: Mapping[str, Run]) -> Dataset:
    """The texts without those that one of the runs was trained on.

    Raises:
        DataError: None are left.
    """
    hashes = text_hashes(found.texts)
    seen = {name: np.isin(hashes, run.seen().get("train", np.empty(0, np.uint64))) for name, run in runs.items()}
    seen = {name: rows for name, rows in seen.items() if rows.any()}
    if not seen:
        return found
    trained = np.logical_or.reduce(list(seen.values()))
    if trained.all():
        raise DataError("cascade.all_trained", data=found.name, count=len(found), models=listing(seen))
    tell(say("cascade.left_out", count=int(trained.sum()), total=len(found), models=listing(seen)))
    return found.take(~trained)


def _calibrate(
    draft: CascadeModel, names: tuple[str, str], found: Dataset, asked: CascadeSettings, notes: list[Note]
) -> Calibration:
    """Ask both models about all texts, and choose the threshold."""
    first, first_rate = _timed(draft.first, names[0], found)
    second, second_rate = _timed(draft.second, names[1], found)
    curve = trade_off(first[:, draft.columns], second, found.targets)
    data = f"{found.name}:{found.split}" if found.split else found.name
    counts = found.label_counts()
    shares = ", ".join(f"{draft.labels.title(name)} {percent(count / len(found))}" for name, count in counts.items())
    notes = [
        ("cascade.note_chosen", {"data": data, "count": len(found)}),
        ("cascade.note_prior", {"shares": shares}),
        ("cascade.note_estimated", {}),
        *notes,
    ]
    if first_rate <= second_rate:
        notes.append(("cascade.note_slower", {"first": f"{first_rate:,.0f}", "second": f"{second_rate:,.0f}"}))
    point = switch_point(curve, asked.max_loss, asked.certainty)
    return Calibration(*names, data, curve, point, first_rate, second_rate, tuple(notes))


def _timed(model: Model, name: str, found: Dataset) -> tuple[NDArray[np.float32], float]:
    """Probabilities `(N, K)` and texts a second."""
    tell(say("cascade.judging", model=name, count=len(found)))
    model.predict(sorted(found.texts, key=len)[:WARM_UP])  # short ones: nothing is to be said of them
    start = time.perf_counter()
    predictions = predict_blocks(model, found)
    return predictions.probabilities, len(found) / max(time.perf_counter() - start, 1e-9)


def _measured(calibration: Calibration, data_print: str) -> dict[str, Any]:
    """What the card says of the threshold."""
    whole, point = calibration.to_json(), calibration.point
    return {
        **{name: whole[name] for name in ("first", "second", "data", "first_accuracy", "second_accuracy")},
        "fingerprint": data_print,
        "rows": calibration.trade_off.count,
        "cascade_accuracy": point.accuracy,
        "share_of_second": 1 - point.kept,
        "loss": point.loss,
        "bound": point.bound,
        "max_loss": point.max_loss,
        "certainty": point.certainty,
        "outcome": point.outcome.value,
        "texts_per_s": {"first": calibration.first_rate, "second": calibration.second_rate},
    }


def _write(out: Path, model: CascadeModel, calibration: Calibration, *, overwrite: bool) -> None:
    with new_folder(out, overwrite=overwrite, marker=CASCADE) as part:
        model.save(part / MODEL_FOLDER)
        write_json(part / CASCADE, calibration.to_json())
        (part / PAGE).write_text(cascade_page(calibration), encoding="utf-8", newline="\n")
