"""What is done to train quickly on a processor changes nothing but the time."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from maeum.models.gradient_settings import Precision
from maeum.training import cpu
from maeum.training.cpu import QuickDropout, quick
from maeum.training.gradient import device


@pytest.mark.parametrize("p", [0.1, 0.3, 0.5, 0.9])
@pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16])
def test_quick_dropout_leaves_out_as_many_and_scales_the_rest(p, kind):
    torch.manual_seed(0)
    seen = QuickDropout(p)(torch.ones(1_001, 333, dtype=kind))
    kept = seen != 0
    assert kept.float().mean().item() == pytest.approx(1 - p, abs=0.003)
    scale = torch.tensor(65_536 / (65_536 - round(p * 65_536))).to(kind)
    assert torch.equal(seen[kept], scale.expand(int(kept.sum())))
    for axis in (0, 1):  # independent along both
        assert kept.float().mean(axis).std().item() == pytest.approx((p * (1 - p) / kept.shape[axis]) ** 0.5, rel=0.15)


def test_quick_dropout_is_the_seeds_alone_and_the_gradients_go_where_values_went():
    layer = QuickDropout(0.5)
    torch.manual_seed(3)
    first = layer(torch.ones(7, 5, requires_grad=True))
    torch.manual_seed(3)
    values = torch.ones(7, 5, requires_grad=True)
    again = layer(values)
    assert torch.equal(first, again)
    again.sum().backward()
    assert torch.equal(values.grad, again.detach())


@pytest.mark.parametrize("p", [0.0, 1.0])
def test_quick_dropout_at_the_ends(p):
    values = torch.randn(10, 3)
    assert torch.equal(QuickDropout(p)(values), values * (p != 1))
    assert torch.equal(QuickDropout(0.5).eval()(values), values)


def electra(implementation):
    from transformers import ElectraConfig, ElectraForSequenceClassification

    config = ElectraConfig(
        vocab_size=50, hidden_size=16, embedding_size=8, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=32, hidden_dropout_prob=0.1,
    )  # fmt: skip
    torch.manual_seed(0)
    return ElectraForSequenceClassification._from_config(config, attn_implementation=implementation)


def kinds(module):
    return {type(one) for one in module.modules() if isinstance(one, nn.Dropout)}


@pytest.mark.parametrize(("length", "inside"), [(128, "eager"), (129, "sdpa")])
def test_a_model_is_as_it_was_afterwards(length, inside):
    module = electra("sdpa").eval()
    ids = torch.arange(5, 45).view(4, 10)
    mask = (torch.arange(10) < torch.tensor([[10], [7], [3], [1]])).long()
    before = module(input_ids=ids, attention_mask=mask).logits
    with pytest.raises(RuntimeError, match="stopped"), quick(module, length):  # also when training fails
        assert kinds(module) == {QuickDropout}
        assert module.config._attn_implementation == inside
        torch.testing.assert_close(module(input_ids=ids, attention_mask=mask).logits, before, atol=1e-5, rtol=1e-5)
        raise RuntimeError("stopped")
    assert kinds(module) == {nn.Dropout}
    assert module.config._attn_implementation == "sdpa"
    assert torch.equal(module(input_ids=ids, attention_mask=mask).logits, before)


def test_other_networks_stay_as_they_are():
    module = nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.1))
    with quick(module, 10):
        assert kinds(module) == {nn.Dropout}


@pytest.mark.parametrize(
    ("gpu", "native", "asked", "found"),
    [
        (False, True, "auto", "bf16"),
        (False, False, "auto", "fp32"),
        (False, False, "bf16", "bf16"),  # slower, but asked for
        (True, True, "auto", "bf16"),
        (True, False, "auto", "fp16"),
        (True, False, "fp32", "fp32"),
    ],
)
def test_numbers_to_compute_with(monkeypatch, gpu, native, asked, found):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: gpu)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: native)
    monkeypatch.setattr(device, "has_bf16", lambda: native)
    assert device.precision_of(Precision(asked)) is Precision(found)


@pytest.mark.parametrize(("avx", "amx"), [(False, False), (True, False), (False, True)])
def test_who_has_bf16(monkeypatch, avx, amx):
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: avx)
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: amx)
    assert cpu.has_bf16() is (avx or amx)
