"""Losses of logits against targets: pure functions, one number per example.

An example counts the weight of its label, and means are over examples: the balanced weights N / (K · n_k) sum to N over
the training data, so that batches, accumulated batches and processes can be added up exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from maeum.models.gradient_settings import GradientSettings
from maeum.models.training_settings import ClassWeight

Objective = Callable[[Tensor, Tensor], Tensor]
TINY: Final = 1e-12  # a power of 0 has no finite slope


def single_losses(
    logits: Tensor, targets: Tensor, *, smoothing: float = 0.0, focal: float = 0.0, weights: Tensor | None = None
) -> Tensor:
    """Cross-entropy `(B,)` in nats: `-w_y Σ_k q_k (1 - p_k)^γ log p_k`.

    Args:
        logits: `(B, K)`.
        targets: Indices `(B,)`; q is 1 there, or `1 - ε + ε/K` there and `ε/K` elsewhere (Szegedy et al. 2016).
        smoothing: ε.
        focal: γ (Lin et al. 2017, eq. 4); 0 is plain cross-entropy.
        weights: w, of each label `(K,)`.
    """
    if not smoothing and not focal:
        losses = functional.cross_entropy(logits, targets, reduction="none")
    else:
        log_p = logits.log_softmax(dim=1)
        parts = -log_p * (-log_p.expm1()).clamp(min=TINY) ** focal if focal else -log_p
        losses = (1 - smoothing) * parts.gather(1, targets[:, None])[:, 0]
        if smoothing:
            losses = losses + smoothing * parts.mean(dim=1)
    return losses if weights is None else losses * weights[targets]


def several_losses(
    logits: Tensor, targets: Tensor, *, smoothing: float = 0.0, focal: float = 0.0, weights: Tensor | None = None
) -> Tensor:
    """Binary cross-entropy `(B,)` in nats, the mean over labels.

    Args:
        logits: `(B, K)`.
        targets: Indicators `(B, K)`, 0 or 1.
        smoothing: ε: a target t becomes `t (1 - ε) + ε/2`.
        focal: γ (Lin et al. 2017).
        weights: Of the examples that have the label, `(K,)`; those that lack it count 1.
    """
    log_p, log_q = functional.logsigmoid(logits), functional.logsigmoid(-logits)
    truth = targets.to(logits.dtype) * (1 - smoothing) + smoothing / 2
    has, lacks = -truth * log_p, -(1 - truth) * log_q
    if focal:
        has, lacks = has * (focal * log_q).exp(), lacks * (focal * log_p).exp()
    if weights is not None:
        has = has * weights
    return (has + lacks).mean(dim=1)


def label_weights(targets: NDArray[Any], count: int) -> NDArray[np.float32]:
    """Weights `(K,)` by which all labels count the same.

    One label each: `N / (K · n_k)`; several: `(N - n_k) / n_k`; 1 for a label without examples.

    Args:
        targets: Indices `(N,)` or indicators `(N, K)`.
        count: K.
    """
    several = targets.ndim == 2
    found = targets.sum(axis=0) if several else np.bincount(targets, minlength=count)
    above = len(targets) - found if several else np.full(count, len(targets) / count)
    return np.where((found > 0) & (above > 0), above / np.maximum(found, 1), 1).astype(np.float32)


def objective_of(training: GradientSettings, targets: NDArray[Any], count: int, device: Any) -> Objective:
    """The loss that `training` asks for: `(logits (B, K), targets) -> (B,)`."""
    weights = None
    if training.class_weight is ClassWeight.BALANCED:
        weights = torch.from_numpy(label_weights(targets, count)).to(device)
    chosen = several_losses if targets.ndim == 2 else single_losses

    def objective(logits: Tensor, wanted: Tensor) -> Tensor:
        return chosen(logits, wanted, smoothing=training.label_smoothing, focal=training.focal, weights=weights)

    return objective


def is_plain(training: GradientSettings) -> bool:
    """Whether the objective is the plain loss that history shows."""
    return training.class_weight is ClassWeight.NONE and not training.label_smoothing and not training.focal


def plain_losses(logits: Tensor, targets: Tensor) -> Tensor:
    """What history shows as loss `(B,)`: without weights, smoothing or focus, to stand beside validation's."""
    return several_losses(logits, targets) if targets.ndim == 2 else single_losses(logits, targets)


def right(logits: Tensor, targets: Tensor) -> Tensor:
    """Which examples are answered rightly `(B,)`; of several labels all must be."""
    if targets.ndim == 2:
        return ((logits > 0) == targets.bool()).all(dim=1)
    return logits.argmax(dim=1) == targets
