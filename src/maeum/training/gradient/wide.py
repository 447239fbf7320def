"""The n-grams beside a network: fitted first; the network then learns what they get wrong.

While it trains, the network must see the n-grams as wrong as they are on texts they do not know: the scores of the
training rows are out-of-fold (Wolpert 1992), by models of the other folds.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from maeum.data.splits import text_key
from maeum.messages import say
from maeum.metrics import scores as figures
from maeum.metrics.calibration import fit_sigmoids, fit_softmax, sigmoid
from maeum.metrics.thresholds import Search, crossed
from maeum.models.hashed import HashedModel, HashedSettings
from maeum.models.neural import NeuralModel
from maeum.models.neural.model import wide_scores
from maeum.models.training_settings import TrainingSettings
from maeum.progress import tell
from maeum.schema import Dataset, Task
from maeum.training.gradient.several import last_layer, scale_of
from maeum.training.hashed import counts_of, fit_counts
from maeum.training.solver import indicators

FOLDS: Final = 5
Array = NDArray[Any]


def add_wide(model: NeuralModel, train: Dataset, seed: int) -> tuple[NeuralModel, NDArray[np.float32]]:
    """The model with its n-grams, and their out-of-fold scores of the training rows `(N, K)`.

    What the module multiplies scores with begins at the slope that makes these log-odds.
    """
    assert train.labels is not None
    wanted: Any = model.settings
    settings = HashedSettings(bits=wanted.wide_bits, c=wanted.wide_c)
    training = TrainingSettings(seed=seed)
    counts, truth = counts_of(train.texts, settings), indicators(train)
    fold = folds(train.texts, seed)
    scores = np.zeros((len(train), len(train.labels)), np.float32)
    for one in range(FOLDS):
        held = fold == one
        if held.any() and not held.all():
            other = fit_counts(counts[~held], truth[~held], train.labels, settings, training, train.task)
            scores[held] = wide_scores(other, [train.texts[at] for at in np.flatnonzero(held)])
    whole: HashedModel = fit_counts(counts, truth, train.labels, settings, training, train.task)
    fitted = _several if train.task is Task.MULTI_LABEL else _single
    slope, offsets = fitted(model, scores, train.targets)
    calibrated = replace(whole, slope=slope.astype(np.float32), offsets=offsets.astype(np.float32))
    return replace(model, wide=calibrated), scores


def _single(model: NeuralModel, scores: Array, targets: Array) -> tuple[Array, Array]:
    """Slope `(1,)` and offsets `(K,)` that make scores log-odds; the module begins at this slope."""
    slope, offsets = fit_softmax(scores, targets)
    _begin(model, float(slope))
    accuracy = float((scores.argmax(axis=1) == targets).mean())
    tell(say("gradient.wide", folds=FOLDS, accuracy=100 * accuracy))
    return np.array([slope]), offsets


def _several(model: NeuralModel, scores: Array, targets: Array) -> tuple[Array, Array]:
    """Slopes and offsets `(K,)` that make scores log-odds; the module begins at this slope and these offsets."""
    slopes, offsets = fit_sigmoids(scores, targets, one_slope=True)
    _begin(model, float(slopes[0]), offsets)
    given = crossed(targets, sigmoid(slopes * scores + offsets), Search())
    macro_f1 = float(figures.f1_family(figures.binary_counts(targets, given))["macro_f1"])
    tell(say("multi_label.wide", folds=FOLDS, macro_f1=macro_f1))
    return slopes, offsets


def _begin(model: NeuralModel, slope: float, offsets: Array | None = None) -> None:
    """Have the module multiply scores with `slope`, and add `offsets` `(K,)` to its logits."""
    module: Any = model.module
    scale, last = scale_of(module), last_layer(module, len(model.labels))
    assert scale is not None
    with torch.no_grad():
        scale.fill_(slope)
        if offsets is not None and last is not None and last.bias is not None:
            last.bias.copy_(torch.from_numpy(offsets))


def folds(texts: list[str], seed: int) -> NDArray[np.int64]:
    """The fold of each text `(N,)`; identical texts are in the same one."""
    salt = str(seed).encode()[:64]
    drawn = (
        hashlib.blake2b(text_key(text).encode("utf-8", "surrogatepass"), digest_size=8, key=salt).digest()
        for text in texts
    )
    return np.fromiter((int.from_bytes(one) % FOLDS for one in drawn), np.int64, len(texts))
