"""The last step of a network or encoder that gives several labels: probabilities calibrated, thresholds chosen.

Calibration is written into the last layer, so that whatever is saved, exported or rounded from the model has it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from maeum.messages import say
from maeum.metrics.calibration import fit_sigmoids, sigmoid
from maeum.models.encoder.model import SCALE
from maeum.models.neural import NeuralModel
from maeum.models.training_settings import TrainingSettings
from maeum.progress import tell
from maeum.training.gradient.judging import Judge
from maeum.training.several import choose, without_validation

ROUNDING: Final = 1e-2  # in a logit; beyond it the last layer was not what gives the logits


def finished(model: NeuralModel, judge: Judge | None, training: TrainingSettings) -> NeuralModel:
    """The model with calibrated probabilities and the thresholds that the settings ask for.

    One slope for all labels keeps what the n-grams beside a network count against it; offsets are each label's own.

    Args:
        model: With its final weights, which are changed.
        judge: Validation rows; None where none are held out.
        training: Settings.
    """
    if judge is None:
        return replace(model, thresholds=without_validation(training, len(model.labels)))
    judge.model = model
    logits, targets = judge.logits(), judge.data.targets
    slopes, offsets = fit_sigmoids(logits, targets, one_slope=True)
    wanted = slopes * logits + offsets
    before = rescale(model.module, float(slopes[0]), offsets)
    found = judge.logits() if before is not None else logits
    if before is None or np.abs(found - wanted).max(initial=0) > ROUNDING * max(
        1.0, float(np.abs(wanted).max(initial=0))
    ):
        if before is not None:
            model.module.load_state_dict(before, strict=False)
        tell(say("multi_label.not_calibrated"))
        found = logits
    return replace(model, thresholds=choose(targets, sigmoid(found).astype(np.float32), training, model.labels))


def rescale(module: Any, slope: float, offsets: NDArray[Any]) -> dict[str, Tensor] | None:
    """Have a module give `slope · logits + offsets`; gives what it had before, by name, or None where it cannot."""
    last = last_layer(module, len(offsets))
    if last is None or last.bias is None:
        return None
    changed = [last.weight, last.bias]
    beside = scale_of(module)
    changed += [] if beside is None else [beside]
    before = {
        name: one.detach().clone() for name, one in module.named_parameters() if any(one is other for other in changed)
    }
    with torch.no_grad():
        for one in changed:
            one.mul_(slope)
        last.bias.add_(torch.as_tensor(offsets, dtype=last.bias.dtype, device=last.bias.device))
    return before


def last_layer(module: nn.Module, labels: int) -> nn.Linear | None:
    """The layer that gives the logits `(B, K)`: the last linear one with K outputs; None where there is none."""
    found = [one for one in module.modules() if isinstance(one, nn.Linear) and one.out_features == labels]
    return found[-1] if found else None


def scale_of(module: Any) -> nn.Parameter | None:
    """The one number that a network, or an encoder, multiplies the scores of n-grams with; None without n-grams."""
    found: nn.Parameter | None = getattr(module, SCALE, None)
    return found if found is not None else getattr(module, "scale", None)
