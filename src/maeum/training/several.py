"""What trainings of several labels a text share: settings that are refused, calibration, thresholds, honest figures."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.errors import RecipeError
from maeum.messages import listing, say
from maeum.metrics import scores
from maeum.metrics.calibration import fit_sigmoids, sigmoid
from maeum.metrics.thresholds import NEVER, Search, Thresholds, crossed, search
from maeum.models.training_settings import TrainingSettings
from maeum.progress import tell
from maeum.schema import Dataset, Labels, Task
from maeum.settings import flag

Array = NDArray[Any]
_BELONGS: Final = {
    "threshold_value": Thresholds.FIXED,
    "false_negative_cost": Thresholds.COST,
    "target_precision": Thresholds.PRECISION,
}


def check_several(training: TrainingSettings, *data: Dataset) -> None:
    """Refuse settings for several labels that would do nothing, or lack a number.

    Args:
        training: Settings.
        data: What is trained on; with several corpora one whose texts have several labels is enough.

    Raises:
        RecipeError: With one label a text; a number of another way to choose, or none where one is needed; asymmetric
            and focal loss together.
    """
    by, asymmetric = training.thresholds, getattr(training, "asymmetric", ())
    given = [name for name in _BELONGS if getattr(training, name) is not None]
    if all(one.task is not Task.MULTI_LABEL for one in data):
        chosen = ["thresholds"] if by is not Thresholds.F1 else []
        foreign = [*chosen, *given, *(["asymmetric"] if asymmetric else [])]
        if foreign:
            names = listing(map(flag, foreign))
            raise RecipeError("multi_label.one_label", names=names, data=", ".join(one.name for one in data))
        return
    if asymmetric and getattr(training, "focal", 0):
        raise RecipeError("multi_label.asymmetric_focal")
    foreign = [name for name in given if _BELONGS[name] is not by]
    if foreign:
        name, wanted = flag(foreign[0]), _BELONGS[foreign[0]].value
        raise RecipeError("multi_label.threshold_number", name=name, wanted=wanted, by=by.value)
    needed = next((name for name, one in _BELONGS.items() if one is by and by is not Thresholds.FIXED), None)
    if needed is not None and needed not in given:
        raise RecipeError("multi_label.threshold_missing", by=by.value, name=flag(needed))


def slopes_and_offsets(raw: Array, targets: Array) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Slopes and offsets `(K,)` that make raw scores `(N, K)` log-odds of the labels."""
    slopes, offsets = fit_sigmoids(raw, targets)
    return slopes.astype(np.float32), offsets.astype(np.float32)


def choose(targets: Array, probabilities: Array, training: TrainingSettings, labels: Labels) -> NDArray[np.float32]:
    """The thresholds `(K,)` that the settings ask for, with what they give on rows that did not choose them told.

    Args:
        targets: Indicators `(N, K)` of the held-out rows.
        probabilities: `(N, K)`, calibrated.
        training: Settings.
        labels: K labels.
    """
    wanted = training.search
    found = search(targets, probabilities, wanted)
    if wanted.by is Thresholds.FIXED:
        return found
    family = scores.f1_family(scores.binary_counts(targets, crossed(targets, probabilities, wanted)))
    used = found[found < NEVER]
    if len(used):
        tell(
            say(
                "multi_label.chosen",
                by=wanted.by.value,
                rows=len(targets),
                low=float(used.min()),
                high=float(used.max()),
                macro_f1=float(family["macro_f1"]),
                micro_f1=float(family["micro_f1"]),
            )
        )
    never = [labels[k] for k in np.flatnonzero(found >= NEVER).tolist()]
    if never:
        key = "multi_label.never_precise" if wanted.by is Thresholds.PRECISION else "multi_label.never_worth"
        tell(say(key, count=len(never), labels=listing(never, 50), target=wanted.target_precision))
    return found


def without_validation(training: TrainingSettings, count: int) -> NDArray[np.float32]:
    """The thresholds `(K,)` where no row is held out to choose them on: the fixed one, which is said."""
    fixed = np.full(count, training.search.value, np.float32)
    if training.thresholds is not Thresholds.FIXED:
        tell(say("multi_label.not_chosen", value=training.search.value))
    return fixed


def judge_logits(logits: Array, targets: Array) -> tuple[float, float, float]:
    """Mean log loss in nats, and share of rows with all labels right and macro F1 by thresholds of other rows.

    At 0.5 a model that is sure of little would give hardly any label, and the choice of an epoch would be chance.

    Args:
        logits: `(N, K)`.
        targets: Indicators `(N, K)`.
    """
    loss = float(scores.log_losses(targets, sigmoid(logits)).mean())
    slopes, offsets = fit_sigmoids(logits, targets, one_slope=True)
    given = crossed(targets, sigmoid(slopes * logits + offsets), Search())
    macro_f1 = float(scores.f1_family(scores.binary_counts(targets, given))["macro_f1"])
    return loss, float((given == targets).all(axis=1).mean()), macro_f1
