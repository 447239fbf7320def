"""Building a linear model: n-grams counted in blocks, weighted, fitted with liblinear, calibrated on validation."""

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
from maeum.models.linear.model import LinearModel, tfidf
from maeum.models.linear.ngrams import Hashes, NGrams
from maeum.models.linear.settings import LinearSettings
from maeum.models.linear.vocabulary import Vocabulary
from maeum.progress import progress
from maeum.recipe import Recipe, TrainingSettings
from maeum.schema import Dataset, Task
from maeum.text import Pipeline
from maeum.training import Trained
from maeum.training.listeners import Workspace
from maeum.training.several import choose, slopes_and_offsets
from maeum.training.solver import fit_labels, history_row, indicators

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Array = NDArray[Any]
TELLING: Final = 100  # n-grams kept by name per label
CALIBRATION_FRACTION: Final = 0.1  # of train, when there is no validation


def fit(train: Dataset, validation: Dataset | None, recipe: Recipe, workspace: Workspace) -> Trained:
    """Train a linear model; without validation data a part of train stands in for calibration alone."""
    settings = recipe.model
    assert isinstance(settings, LinearSettings)
    started = time.perf_counter()
    if validation is None:
        rest, part = carve(train, CALIBRATION_FRACTION, recipe.training.seed)
        calibrated = _calibrated(_fit_scores(rest, settings, recipe)[0], part, recipe.training)
        model, matrix = _fit_scores(train, settings, recipe)
        model = replace(model, slope=calibrated.slope, offsets=calibrated.offsets, thresholds=calibrated.thresholds)
    else:
        model, matrix = _fit_scores(train, settings, recipe)
        model = _calibrated(model, validation, recipe.training)
    seconds = time.perf_counter() - started
    answers = model.answers(model.probabilities(*model.score(matrix)))
    judged = model.predict(validation) if validation is not None else None
    row = history_row(train, answers, validation, judged, seconds)
    workspace.epoch(row)
    return Trained(model, (row,))


def _fit_scores(train: Dataset, settings: LinearSettings, recipe: Recipe) -> tuple[LinearModel, csr_matrix]:
    """The uncalibrated model and the TF-IDF rows `(N, V)` it was fitted on."""
    assert train.labels is not None
    ngrams = NGrams(settings.joined_max, settings.spaced_max, settings.word_max)
    texts = Pipeline(settings.steps).apply(train.texts)
    vocabulary, counts = count_ngrams(texts, ngrams, settings.min_texts)
    truth = indicators(train)
    scale = ngram_scale(counts, truth, settings.contrast)
    matrix = tfidf(counts, scale, settings.counts)
    coefficients, intercepts = fit_labels(matrix, truth, settings.c, settings.loss, recipe.training)
    width = len(train.labels)
    model = LinearModel(
        task=train.task,
        labels=train.labels,
        settings=settings,
        vocabulary=vocabulary,
        scale=scale,
        coefficients=coefficients,
        intercepts=intercepts,
        slope=np.ones(1, np.float32),
        offsets=np.zeros(width, np.float32),
        prior=truth.mean(axis=0).astype(np.float32),
        telling=_telling(texts, ngrams, vocabulary, coefficients * scale[:, None], train.labels.names),
    )
    return model, matrix


def count_ngrams(texts: Sequence[str], ngrams: NGrams, min_texts: int) -> tuple[Vocabulary, csr_matrix]:
    """The n-grams that at least `min_texts` texts have, and their counts `(N, V)` float32."""
    from scipy.sparse import csr_matrix, vstack

    blocks: list[tuple[Hashes, csr_matrix]] = []
    with progress(say("train.counting"), len(texts), say("train.texts")) as advance:
        for height, rows, hashes in ngrams.hash_blocks(texts):
            own, position = np.unique(hashes, return_inverse=True)
            ones = np.ones(len(rows), np.float32)
            counted = csr_matrix((ones, (rows, position.astype(np.int32))), shape=(height, len(own)))
            blocks.append((own, counted))  # building from pairs has summed equal ones
            advance(height)
    everything = np.concatenate([own for own, _ in blocks]) if blocks else np.empty(0, np.uint64)
    texts_of: list[Array] = [np.bincount(counted.indices, minlength=counted.shape[1]) for _, counted in blocks]
    frequency = np.concatenate(texts_of) if texts_of else np.empty(0)
    known, which = np.unique(everything, return_inverse=True)
    enough = np.bincount(which, weights=frequency, minlength=len(known)) >= min_texts
    vocabulary = Vocabulary(known[enough])
    kept = [_keep(own, counted, vocabulary) for own, counted in blocks]
    empty = csr_matrix((0, len(vocabulary)), dtype=np.float32)
    return vocabulary, vstack(kept, format="csr", dtype=np.float32) if kept else empty


def _keep(own: Hashes, counted: csr_matrix, vocabulary: Vocabulary) -> csr_matrix:
    """The columns of one block that the vocabulary has, at their places there."""
    from scipy.sparse import csr_matrix

    position = vocabulary.positions(own)[counted.indices]
    known = position >= 0
    filled = np.concatenate([[0], np.cumsum(known)])[counted.indptr]
    return csr_matrix((counted.data[known], position[known], filled), shape=(counted.shape[0], len(vocabulary)))


def ngram_scale(counts: csr_matrix, truth: Array, contrast: float) -> NDArray[np.float32]:
    """Weight of each n-gram `(V,)`: idf · max over labels |log ratio|^contrast.

    idf = ln((1 + N) / (1 + texts)) + 1, scikit-learn's smoothed form. The log ratio compares an n-gram's share among
    the n-grams of a label's texts with its share among the others' (Wang & Manning 2012, "Baselines and Bigrams"); its
    power tempers it, and the row is brought to length 1 afterwards, which measured better than before: docs/linear.md.

    Args:
        counts: `(N, V)`.
        truth: Indicators `(N, K)`.
        contrast: 0 gives plain TF-IDF.
    """
    present = counts.copy()
    present.data = np.ones_like(present.data)
    by_label = np.asarray(present.T @ truth.astype(np.float32), dtype=np.float64)  # (V, K)
    texts = np.bincount(counts.indices, minlength=counts.shape[1])[:, None]
    scale = np.log((1 + counts.shape[0]) / (1 + texts)) + 1
    if contrast > 0:
        inside, outside = by_label + 1, texts - by_label + 1
        ratio = np.log(inside / inside.sum(axis=0)) - np.log(outside / outside.sum(axis=0))
        scale = scale * np.abs(ratio).max(axis=1, keepdims=True) ** contrast
    return np.asarray(scale[:, 0], np.float32)


def _calibrated(model: LinearModel, data: Dataset, training: TrainingSettings) -> LinearModel:
    """The model with the slope and offsets (for several labels also thresholds) that fit `data` best."""
    blocks = list(model.scores(data.texts))
    raw, known = np.concatenate([s for s, _ in blocks]), np.concatenate([k for _, k in blocks])
    targets = data.targets
    if model.task is not Task.MULTI_LABEL:
        slope, offsets = fit_softmax(raw[known], targets[known]) if known.any() else (1.0, model.offsets)
        return replace(model, slope=np.array([slope], np.float32), offsets=offsets.astype(np.float32))
    slopes, offsets = slopes_and_offsets(raw[known], targets[known])
    model = replace(model, slope=slopes, offsets=offsets)
    return replace(model, thresholds=choose(targets, model.probabilities(raw, known), training, model.labels))


def _telling(
    texts: Sequence[str], ngrams: NGrams, vocabulary: Vocabulary, weights: Array, labels: tuple[str, ...]
) -> dict[str, list[tuple[str, float]]]:
    """By label the `TELLING` n-grams with the highest weight, spelled out by finding them in the texts."""
    signed = np.hstack([-weights, weights]) if weights.shape[1] == 1 else weights
    top = {label: np.argsort(-signed[:, k])[: 2 * TELLING] for k, label in enumerate(labels)}
    wanted = {int(vocabulary.hashes[i]) for rows in top.values() for i in rows}
    spelling = spell(texts, ngrams, wanted)
    found: dict[str, list[tuple[str, float]]] = {}
    for k, label in enumerate(labels):
        merged: dict[str, float] = {}  # "최고" with and without the spaces around it is one to a reader
        for i in top[label]:
            if signed[i, k] > 0:
                name = spelling[int(vocabulary.hashes[i])].strip()
                merged[name] = merged.get(name, 0.0) + float(signed[i, k])
        strongest = sorted(merged.items(), key=lambda pair: -pair[1])[:TELLING]
        found[label] = [(name, rounded) for name, weight in strongest if (rounded := round(weight, 4)) > 0]
    return found


def spell(texts: Sequence[str], ngrams: NGrams, wanted: set[int]) -> dict[int, str]:
    """The spelling of each wanted hash, from the first text that has it."""
    found: dict[int, str] = {}
    sought = np.array(sorted(wanted), np.uint64)
    start = 0
    for height, rows, hashes in ngrams.hash_blocks(texts):
        hit = np.isin(hashes, sought)
        first, at = np.unique(hashes[hit], return_index=True)
        for value, row in zip(first.tolist(), rows[hit][at].tolist(), strict=True):
            if value not in found:
                found[value] = next(s for s, h in ngrams.spelled(texts[start + row]) if int(h[0]) == value)
        sought = sought[~np.isin(sought, first)]
        start += height
        if not len(sought):
            break
    return found
