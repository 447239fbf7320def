"""What hidden tokens cost, and how many were guessed. Needs torch alone: copied to a bare GPU host it runs."""

from __future__ import annotations

from typing import Any, Final

import torch
from torch import Tensor

AT_ONCE: Final = 1 << 20  # logits gone through at a time: what a processor's cache holds (a quarter of the time)


class _HiddenTokens(torch.autograd.Function):
    """Cross-entropy whose gradient is made while the logits are read: one pass, some rows at a time.

    Otherwise log-softmax, its gradient and their copies in 32 bits are each an array as large as the logits `(M, V)`.
    """

    @staticmethod
    def forward(ctx: Any, logits: Tensor, truth: Tensor) -> tuple[Tensor, Tensor]:
        """Mean loss `()` float32, and how many `()` were guessed."""
        share = 1 / max(len(truth), 1)
        gradient = torch.empty_like(logits)
        total = torch.zeros((), device=logits.device)
        right = torch.zeros((), dtype=torch.int64, device=logits.device)
        size = _rows(logits)
        for at in range(0, len(logits), size):
            rows = slice(at, at + size)
            scores, wanted = logits[rows].float(), truth[rows, None]
            best, guess = scores.max(dim=1, keepdim=True)
            right += (guess == wanted).sum()
            total -= (scores.gather(1, wanted) - best).sum()
            scores = (scores - best).exp_()
            mass = scores.sum(dim=1, keepdim=True)
            total += mass.log().sum()
            gradient[rows] = scores.mul_(share / mass).scatter_add_(1, wanted, torch.full_like(mass, -share))
        ctx.save_for_backward(gradient)
        ctx.mark_non_differentiable(right)
        return total * share, right

    @staticmethod
    def backward(ctx: Any, *upstream: Any) -> tuple[Tensor, None]:
        """Gradient of the logits."""
        (gradient,) = ctx.saved_tensors
        return gradient * upstream[0].to(gradient.dtype), None


def judged_lm(logits: Tensor, truth: Tensor) -> dict[str, Tensor]:
    """Mean loss of logits `(M, V)` against ids `(M,)`, and its sums; 0 where nothing was chosen.

    `loss`, `mlm_loss`, `mlm_right`, `mlm_tokens`, each `()`; sums in float32, whatever the logits are.
    """
    loss, right = _HiddenTokens.apply(logits, truth)  # type: ignore[no-untyped-call]
    count = torch.tensor(len(truth), device=logits.device)
    return {"loss": loss, "mlm_loss": loss.detach() * count, "mlm_right": right, "mlm_tokens": count}


def _rows(logits: Tensor) -> int:
    """Rows gone through at a time; a GPU has threads for far more than a processor's cache holds."""
    values = AT_ONCE if logits.device.type == "cpu" else AT_ONCE << 6
    return max(1, values // logits.shape[1])
