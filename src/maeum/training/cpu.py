"""What makes training on a processor quicker without changing what is learnt. Needs torch alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import torch
from torch import Tensor, nn

SHORT: Final = 128  # tokens up to which plain attention is quicker than the fused one (measured on 2 cores)
_VALUES: Final = 1 << 16


def has_bf16() -> bool:
    """Whether the processor multiplies bf16 itself, which takes half the time; others would only imitate it."""
    return torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()


class QuickDropout(nn.Dropout):
    """Dropout that draws 16 random bits a number instead of a whole random number: a sixth of the time.

    The share left out is the nearest multiple of 1/65,536 to `p`; the rest is scaled by exactly what that leaves.
    """

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002
        """See `nn.Dropout`."""
        threshold = round(self.p * _VALUES)
        if not self.training or not threshold or threshold == _VALUES or input.device.type != "cpu":
            return super().forward(input)
        count = input.numel()
        drawn = torch.empty(-(-count // 4), dtype=torch.int64).random_(-(1 << 63), None)
        kept = drawn.view(torch.int16)[:count].view(input.shape) >= threshold - _VALUES // 2
        return input * kept.to(input.dtype).mul_(_VALUES / (_VALUES - threshold))


@contextmanager
def quick(module: Any, length: int) -> Iterator[None]:
    """Have a transformers model train quickly on a processor; afterwards it is as it was.

    Args:
        module: The model; one that is not of transformers, or not on a CPU, stays as it is.
        length: Most tokens of a text.
    """
    if not hasattr(module, "base_model_prefix") or next(module.parameters()).device.type != "cpu":
        yield
        return
    usual = [one for one in module.modules() if type(one) is nn.Dropout]
    attention = module.config._attn_implementation
    if length <= SHORT and attention == "sdpa":
        module.set_attn_implementation("eager")
    for one in usual:
        one.__class__ = QuickDropout
    try:
        yield
    finally:
        for one in usual:
            one.__class__ = nn.Dropout
        if module.config._attn_implementation != attention:
            module.set_attn_implementation(attention)
