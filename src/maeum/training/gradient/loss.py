"""Losses of logits against targets: pure functions, one number per example.

An example counts the weight of its label, and means are over examples: the balanced weights N / (K · n_k) sum to N over
the training data, so that batches, accumulated batches and processes can be added up exactly.

A teacher's probabilities are learnt by `soft_losses` and `soft_several_losses`, mixed with the labels by `Mix`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from maeum.errors import RecipeError
from maeum.messages import listing
from maeum.models.gradient_settings import GradientSettings
from maeum.models.training_settings import ClassWeight
from maeum.schema import Dataset, Task

Objective = Callable[..., Tensor]  # (logits, targets), and softened probabilities where there is a teacher
TINY: Final = 1e-12  # a power of 0 has no finite slope


@dataclass(frozen=True)
class Asymmetric:
    """Settings of the asymmetric loss.

    Attributes:
        lacks: γ₋, of labels that an example lacks.
        has: γ₊, of those it has.
        shift: What is taken off the probability of a label that is lacked.
    """

    lacks: float
    has: float
    shift: float

    @classmethod
    def of(cls, training: GradientSettings) -> Asymmetric | None:
        """What the settings ask for; None when nothing."""
        if not training.asymmetric:
            return None
        lacks, has = (*training.asymmetric, 0.0)[:2]
        return cls(lacks, has, training.asymmetric_shift)


def single_losses(
    logits: Tensor,
    targets: Tensor,
    *,
    smoothing: float = 0.0,
    focal: float = 0.0,
    weights: Tensor | None = None,
    spread: Tensor | None = None,
) -> Tensor:
    """Cross-entropy `(B,)` in nats: `-w_y Σ_k q_k (1 - p_k)^γ log p_k`.

    Args:
        logits: `(B, K)`.
        targets: Indices `(B,)`; q is 1 there, or `1 - ε + ε/K` there and `ε/K` elsewhere (Szegedy et al. 2016).
        smoothing: ε.
        focal: γ (Lin et al. 2017, eq. 4); 0 is plain cross-entropy.
        weights: w, of each label `(K,)`.
        spread: Row y is q where the label is y, `(K, K)` (`ordinal_spread`), in place of smoothing.
    """
    if not smoothing and not focal and spread is None:
        losses = functional.cross_entropy(logits, targets, reduction="none")
    else:
        log_p = logits.log_softmax(dim=1)
        parts = -log_p * (-log_p.expm1()).clamp(min=TINY) ** focal if focal else -log_p
        if spread is None:
            losses = (1 - smoothing) * parts.gather(1, targets[:, None])[:, 0]
        else:
            losses = (spread[targets] * parts).sum(dim=1)
        if smoothing:
            losses = losses + smoothing * parts.mean(dim=1)
    return losses if weights is None else losses * weights[targets]


def several_losses(
    logits: Tensor,
    targets: Tensor,
    *,
    smoothing: float = 0.0,
    focal: float = 0.0,
    weights: Tensor | None = None,
    asymmetric: Asymmetric | None = None,
) -> Tensor:
    """Binary cross-entropy `(B,)` in nats, the mean over labels.

    Asymmetric: `-t (1-p)^γ₊ log p - (1-t) s^γ₋ log(1-s)` with `s = max(p - shift, 0)` (Ridnik et al. 2021, eq. 7).

    Args:
        logits: `(B, K)`.
        targets: Indicators `(B, K)`, 0 or 1.
        smoothing: ε: a target t becomes `t (1 - ε) + ε/2`.
        focal: γ (Lin et al. 2017).
        weights: Of the examples that have the label, `(K,)`; those that lack it count 1.
        asymmetric: Its settings, in place of `focal`.
    """
    log_p, log_q = functional.logsigmoid(logits), functional.logsigmoid(-logits)
    truth = targets.to(logits.dtype) * (1 - smoothing) + smoothing / 2
    has, lacks = -truth * log_p, -(1 - truth) * log_q
    if asymmetric:
        has, lacks = has * (asymmetric.has * log_q).exp(), -(1 - truth) * _lacked(log_p, log_q, asymmetric)
    if focal:
        has, lacks = has * (focal * log_q).exp(), lacks * (focal * log_p).exp()
    if weights is not None:
        has = has * weights
    return (has + lacks).mean(dim=1)


def _lacked(log_p: Tensor, log_q: Tensor, asymmetric: Asymmetric) -> Tensor:
    """`s^γ₋ log(1-s)` with `s = max(p - shift, 0)`, `(B, K)`; s stays below 1, so that the logarithm is finite."""
    if not asymmetric.shift:
        return log_q * (asymmetric.lacks * log_p).exp()
    shifted = (log_p.exp() - asymmetric.shift).clamp(min=0)
    return torch.log1p(-shifted) * shifted.clamp(min=TINY) ** asymmetric.lacks


def ordinal_spread(count: int, strength: float) -> Tensor:
    """Targets for labels on a scale `(K, K)`: row i is the softmax over j of `-strength · |i - j|`.

    Soft ordinal labels (Díaz & Marathe, CVPR 2019, eq. 1) with the distance of labels as metric. `strength` → 0 gives
    all labels the same, a large one the label alone.

    Args:
        count: K.
        strength: Nats that a step along the scale costs.
    """
    at = torch.arange(count, dtype=torch.float64)
    return torch.softmax(-strength * (at[:, None] - at).abs(), dim=1).float()


def soften(probabilities: NDArray[Any], temperature: float, *, several: bool) -> NDArray[np.float32]:
    """A teacher's probabilities `(N, K)` at a temperature: what it would answer with logits divided by it.

    `p^(1/T)`, over their sum for one label, over `p^(1/T) + (1-p)^(1/T)` for several (Hinton et al. 2015, eq. 1,
    written without the logits, which a file of probabilities does not have).
    """
    exact = np.asarray(probabilities, np.float64)
    raised = exact ** (1 / temperature)
    whole = raised + (1 - exact) ** (1 / temperature) if several else raised.sum(axis=1, keepdims=True)
    return np.asarray(raised / whole, np.float32)


def soft_losses(logits: Tensor, soft: Tensor, temperature: float) -> Tensor:
    """Cross-entropy `(B,)` in nats against a teacher's softened probabilities, times T² (Hinton et al. 2015, 2).

    Args:
        logits: Of the student `(B, K)`.
        soft: Of the teacher `(B, K)`, as `soften` gives them at the same temperature.
        temperature: T; gradients shrink by T², hence the factor.
    """
    return -(soft * (logits / temperature).log_softmax(dim=1)).sum(dim=1) * temperature**2


def soft_several_losses(logits: Tensor, soft: Tensor, temperature: float) -> Tensor:
    """As `soft_losses`, for several labels: binary cross-entropy `(B,)`, the mean over labels, times T²."""
    cooled = logits / temperature
    log_p, log_q = functional.logsigmoid(cooled), functional.logsigmoid(-cooled)
    return -(soft * log_p + (1 - soft) * log_q).mean(dim=1) * temperature**2


@dataclass(frozen=True)
class Mix:
    """How labels and a teacher are weighed: `alpha · loss of the label + (1 - alpha) · loss of the teacher`.

    Attributes:
        alpha: Share of the labels.
        temperature: T.
    """

    alpha: float = 1.0
    temperature: float = 1.0


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


def objective_of(
    training: GradientSettings, targets: NDArray[Any], count: int, device: Any, mix: Mix | None = None
) -> Objective:
    """The loss that `training` asks for: `(logits (B, K), targets, softened probabilities (B, K)) -> (B,)`.

    Weights, smoothing, focus and the scale of the labels are about labels, and so part of the labels' loss alone.
    """
    weights, spread = None, None
    if training.class_weight is ClassWeight.BALANCED:
        weights = torch.from_numpy(label_weights(targets, count)).to(device)
    several = targets.ndim == 2
    kept: dict[str, Any] = {"smoothing": training.label_smoothing, "focal": training.focal, "weights": weights}
    if training.ordinal and not several:
        spread = ordinal_spread(count, training.ordinal).to(device)
        kept["spread"] = spread
    if several:
        kept["asymmetric"] = Asymmetric.of(training)
    chosen = several_losses if several else single_losses
    taught = soft_several_losses if several else soft_losses
    share = mix or Mix()

    def objective(logits: Tensor, wanted: Tensor, soft: Tensor | None = None) -> Tensor:
        if soft is None:
            return chosen(logits, wanted, **kept)
        from_teacher = taught(logits, soft, share.temperature)
        if not share.alpha:
            return from_teacher
        return share.alpha * chosen(logits, wanted, **kept) + (1 - share.alpha) * from_teacher

    return objective


def check_ordinal(training: GradientSettings, train: Dataset) -> None:
    """Refuse a scale that the labels do not have.

    Raises:
        RecipeError: `ordinal` with labels without an order, with several labels a text, or with label smoothing.
    """
    if not training.ordinal:
        return
    if training.label_smoothing:
        raise RecipeError("gradient.ordinal_smoothing")
    if train.task is Task.MULTI_LABEL:
        raise RecipeError("gradient.ordinal_several", data=train.name)
    if train.labels is None or not train.labels.ordered:
        raise RecipeError("gradient.ordinal_unordered", data=train.name, labels=listing(train.labels or (), 10))


def is_plain(training: GradientSettings) -> bool:
    """Whether the objective is the plain loss that history shows."""
    other = training.label_smoothing or training.focal or training.ordinal or training.asymmetric
    return training.class_weight is ClassWeight.NONE and not other


def plain_losses(logits: Tensor, targets: Tensor) -> Tensor:
    """What history shows as loss `(B,)`: without weights, smoothing or focus, to stand beside validation's."""
    return several_losses(logits, targets) if targets.ndim == 2 else single_losses(logits, targets)


def right(logits: Tensor, targets: Tensor) -> Tensor:
    """Which examples are answered rightly `(B,)`; of several labels all must be."""
    if targets.ndim == 2:
        return ((logits > 0) == targets.bool()).all(dim=1)
    return logits.argmax(dim=1) == targets
