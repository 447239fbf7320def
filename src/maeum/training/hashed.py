"""Building a hashed model: n-grams counted into the places of the table, fitted with liblinear, rounded, calibrated."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.data.splits import carve
from maeum.messages import say
from maeum.metrics.calibration import fit_softmax
from maeum.models.hashed.model import HashedModel, bytes_of, places
from maeum.models.hashed.settings import HashedSettings
from maeum.models.linear.ngrams import NGrams
from maeum.progress import progress
from maeum.recipe import Recipe, TrainingSettings
from maeum.schema import Dataset, Labels, Task
from maeum.text import Pipeline
from maeum.training import Trained
from maeum.training.linear import ngram_scale
from maeum.training.listeners import Workspace
from maeum.training.several import choose, slopes_and_offsets
from maeum.training.solver import fit_labels, history_row, indicators

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Array = NDArray[Any]
CALIBRATION_FRACTION: Final = 0.1  # of train, when there is no validation


def fit(train: Dataset, validation: Dataset | None, recipe: Recipe, workspace: Workspace) -> Trained:
    """Train a hashed model; without validation data a part of train stands in for calibration alone."""
    started = time.perf_counter()
    if validation is None:
        rest, part = carve(train, CALIBRATION_FRACTION, recipe.training.seed)
        calibrated = _calibrated(_fit(rest, recipe), part, recipe.training)
        fitted = {name: getattr(calibrated, name) for name in ("slope", "offsets", "thresholds")}
        model = replace(_fit(train, recipe), **fitted)
    else:
        model = _calibrated(_fit(train, recipe), validation, recipe.training)
    seconds = time.perf_counter() - started
    judged = model.predict(validation) if validation is not None else None
    row = history_row(train, model.predict(train), validation, judged, seconds)
    workspace.epoch(row)
    return Trained(model, (row,))


def _fit(train: Dataset, recipe: Recipe) -> HashedModel:
    """The uncalibrated model."""
    settings = recipe.model
    assert isinstance(settings, HashedSettings) and train.labels is not None
    counts = counts_of(train.texts, settings)
    return fit_counts(counts, indicators(train), train.labels, settings, recipe.training, train.task)


def counts_of(texts: Sequence[str], settings: HashedSettings) -> csr_matrix:
    """How often each place of the table is used by each text, `(N, 2^bits)` float32."""
    clean = Pipeline(settings.steps).apply(texts)
    return count_places(clean, NGrams(settings.joined_max, settings.spaced_max, 0), settings.bits)


def fit_counts(
    counts: csr_matrix,
    truth: Array,
    labels: Labels,
    settings: HashedSettings,
    training: TrainingSettings,
    task: Task = Task.SINGLE_LABEL,
) -> HashedModel:
    """The uncalibrated model of texts that are counted already.

    Args:
        counts: `(N, 2^bits)`, see `counts_of`.
        truth: Indicators `(N, K)`.
        labels: K labels.
        settings: Of the family.
        training: Class weights and seed.
        task: Single or several labels.
    """
    scale = ngram_scale(counts, truth, settings.contrast)
    used = np.bincount(counts.indices, minlength=1 << settings.bits) >= settings.min_texts
    scale = np.where(used, scale, 0).astype(np.float32)
    # Features of length about 1 keep `c` comparable with the linear family; the model divides by the count alone.
    size = float(np.sqrt((scale[used] ** 2).mean())) if used.any() else 1.0
    matrix = _by_count(counts, scale / size)
    coefficients, intercepts = fit_labels(matrix, truth, settings.c, settings.loss, training)
    stored = [bytes_of(coefficients[:, k] * scale / size) for k in range(coefficients.shape[1])]
    width = len(labels)
    return HashedModel(
        labels=labels,
        settings=settings,
        table=np.stack([values for values, _ in stored], axis=1),
        peak=np.array([peak for _, peak in stored], np.float32),
        intercepts=intercepts,
        slope=np.ones(width if task is Task.MULTI_LABEL else 1, np.float32),
        offsets=np.zeros(width, np.float32),
        prior=truth.mean(axis=0).astype(np.float32),
        task=task,
    )


def count_places(texts: Sequence[str], ngrams: NGrams, bits: int) -> csr_matrix:
    """How often each place of the table is used by each text, `(N, 2^bits)` float32."""
    from scipy.sparse import csr_matrix, vstack

    blocks = []
    with progress(say("train.counting"), len(texts), say("train.texts")) as advance:
        for height, rows, hashes in ngrams.hash_blocks(texts):
            ones = np.ones(len(rows), np.float32)
            column = places(hashes, bits).astype(np.int32)
            blocks.append(csr_matrix((ones, (rows, column)), shape=(height, 1 << bits)))
            advance(height)
    empty = csr_matrix((0, 1 << bits), dtype=np.float32)
    return vstack(blocks, format="csr", dtype=np.float32) if blocks else empty


def _by_count(counts: csr_matrix, scale: Array) -> csr_matrix:
    """Counts weighted by `scale`, each row divided by the root of its number of n-grams, as the model does."""
    from scipy.sparse import csr_matrix

    total = np.asarray(counts.sum(axis=1)).ravel()
    length = np.sqrt(np.maximum(total, 1)).astype(np.float32)
    data = counts.data * scale[counts.indices] / np.repeat(length, np.diff(counts.indptr))
    return csr_matrix((data.astype(np.float32), counts.indices, counts.indptr), shape=counts.shape)


def _calibrated(model: HashedModel, data: Dataset, training: TrainingSettings) -> HashedModel:
    """The model with the slope and offsets (for several labels also thresholds) that fit `data` best."""
    blocks = list(model.scores(data.texts))
    raw, known = np.concatenate([s for s, _ in blocks]), np.concatenate([k for _, k in blocks])
    targets = data.targets
    if model.task is Task.MULTI_LABEL:
        slopes, offsets = slopes_and_offsets(raw[known], targets[known])
        model = replace(model, slope=slopes, offsets=offsets)
        return replace(model, thresholds=choose(targets, model.probabilities(raw, known), training, model.labels))
    if not known.any():
        return model
    slope, offsets = fit_softmax(raw[known], targets[known])
    return replace(model, slope=np.array([slope], np.float32), offsets=offsets.astype(np.float32))
