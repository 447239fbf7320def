"""The loss of hidden tokens, against torch's own; and the mask that is added to scores."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from torch.nn import functional

from maeum.training import pretraining_loss
from maeum.training.pretraining_data import attention
from maeum.training.pretraining_loss import judged_lm


@pytest.mark.parametrize("at_once", [1, 3 * 50, 1 << 20])  # a row, three of seven rows, all of them
@pytest.mark.parametrize(("numbers", "near"), [("float32", 1e-6), ("bfloat16", 1e-2)])
def test_the_loss_and_its_gradient_are_those_of_cross_entropy(
    monkeypatch: pytest.MonkeyPatch, at_once: int, numbers: str, near: float
) -> None:
    monkeypatch.setattr(pretraining_loss, "AT_ONCE", at_once)
    torch.manual_seed(0)
    logits = (torch.randn(7, 50) * 4).to(getattr(torch, numbers)).requires_grad_()
    truth = torch.randint(0, 50, (7,))
    truth[2] = logits[2].argmax()
    before = logits.detach().clone()

    found = judged_lm(logits, truth)
    (found["loss"] * 3).backward()  # what comes down from above is not always 1

    plain = logits.detach().float().requires_grad_()
    expected = functional.cross_entropy(plain, truth)
    (expected * 3).backward()
    assert found["loss"].dtype == torch.float32
    torch.testing.assert_close(found["loss"], expected.detach(), rtol=1e-5, atol=1e-6)
    torch.testing.assert_close(found["mlm_loss"], expected.detach() * 7, rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(logits.grad.float(), plain.grad, rtol=near, atol=near / 10)
    assert int(found["mlm_right"]) == int((plain.argmax(dim=1) == truth).sum()) >= 1
    assert int(found["mlm_tokens"]) == 7
    assert torch.equal(logits, before), "logits are read, not written on"


def test_nothing_hidden_costs_nothing() -> None:
    logits = torch.zeros(0, 50, requires_grad=True)
    found = judged_lm(logits, torch.zeros(0, dtype=torch.int64))
    found["loss"].backward()
    assert float(found["loss"].detach()) == 0
    assert int(found["mlm_tokens"]) == int(found["mlm_right"]) == 0
    assert logits.grad.shape == (0, 50)


def test_the_added_mask_is_in_the_numbers_of_the_scores() -> None:
    segments = torch.tensor([[1, 1, 2]])
    assert attention(segments)[0, 0].tolist() == [[True, True, False], [True, True, False], [False, False, True]]
    added = attention(segments, added=True)
    assert added.dtype == torch.float32
    assert added[0, 0, 0].tolist() == [0, 0, torch.finfo(torch.float32).min]
    with torch.autocast("cpu", torch.bfloat16):
        assert attention(segments, added=True).dtype == torch.bfloat16
