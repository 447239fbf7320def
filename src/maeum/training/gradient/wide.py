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
from maeum.metrics.calibration import fit_softmax
from maeum.models.encoder.model import SCALE
from maeum.models.hashed import HashedModel, HashedSettings
from maeum.models.neural import NeuralModel
from maeum.models.neural.model import wide_scores
from maeum.models.training_settings import TrainingSettings
from maeum.progress import tell
from maeum.schema import Dataset
from maeum.training.hashed import counts_of, fit_counts
from maeum.training.solver import indicators

FOLDS: Final = 5


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
            other = fit_counts(counts[~held], truth[~held], train.labels, settings, training)
            scores[held] = wide_scores(other, [train.texts[at] for at in np.flatnonzero(held)])
    whole: HashedModel = fit_counts(counts, truth, train.labels, settings, training)
    slope, offsets = fit_softmax(scores, train.targets)
    with torch.no_grad():
        _scale(model.module).fill_(float(slope))
    accuracy = float((scores.argmax(axis=1) == train.targets).mean())
    tell(say("gradient.wide", folds=FOLDS, accuracy=100 * accuracy))
    calibrated = replace(whole, slope=np.array([slope], np.float32), offsets=offsets.astype(np.float32))
    return replace(model, wide=calibrated), scores


def _scale(module: Any) -> torch.Tensor:
    """The one number that a network, or an encoder, multiplies scores with."""
    found: torch.Tensor = getattr(module, SCALE) if hasattr(module, SCALE) else module.scale
    return found


def folds(texts: list[str], seed: int) -> NDArray[np.int64]:
    """The fold of each text `(N,)`; identical texts are in the same one."""
    salt = str(seed).encode()[:64]
    drawn = (
        hashlib.blake2b(text_key(text).encode("utf-8", "surrogatepass"), digest_size=8, key=salt).digest()
        for text in texts
    )
    return np.fromiter((int.from_bytes(one) % FOLDS for one in drawn), np.int64, len(texts))
