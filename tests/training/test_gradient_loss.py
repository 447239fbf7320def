"""Losses against values computed by hand."""

import math

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch

from maeum.errors import RecipeError
from maeum.models.gradient_settings import GradientSettings
from maeum.training.gradient.loss import Asymmetric, label_weights, right, several_losses, single_losses

LOGITS = torch.tensor([[math.log(3), 0.0], [0.0, 0.0]])  # p = (3/4, 1/4), (1/2, 1/2)
TARGETS = torch.tensor([0, 1])


def test_cross_entropy():
    assert single_losses(LOGITS, TARGETS).tolist() == pytest.approx([-math.log(0.75), math.log(2)])


def test_smoothing_gives_every_label_its_part():
    expected = -(0.9 * math.log(0.75) + 0.1 * (math.log(0.75) + math.log(0.25)) / 2)
    assert single_losses(LOGITS, TARGETS, smoothing=0.1).tolist() == pytest.approx([expected, math.log(2)])


def test_focal_looks_away_from_what_is_easy():
    expected = [-(0.25**2) * math.log(0.75), 0.25 * math.log(2)]
    assert single_losses(LOGITS, TARGETS, focal=2).tolist() == pytest.approx(expected)


def test_weights_are_those_of_the_true_label():
    weights = torch.tensor([0.5, 3.0])
    assert single_losses(LOGITS, TARGETS, weights=weights).tolist() == pytest.approx(
        [-0.5 * math.log(0.75), 3 * math.log(2)]
    )


def test_several_labels():
    logits = torch.tensor([[math.log(3), 0.0]])  # p = 3/4, 1/2
    targets = torch.tensor([[1.0, 0.0]])
    assert several_losses(logits, targets).tolist() == pytest.approx([(-math.log(0.75) + math.log(2)) / 2])
    weighted = several_losses(logits, targets, weights=torch.tensor([2.0, 5.0]))
    assert weighted.tolist() == pytest.approx([(-2 * math.log(0.75) + math.log(2)) / 2])
    focal = several_losses(logits, targets, focal=2)
    assert focal.tolist() == pytest.approx([(-(0.25**2) * math.log(0.75) + 0.25 * math.log(2)) / 2])
    smooth = several_losses(logits, targets, smoothing=0.2)
    assert smooth.tolist() == pytest.approx([(-0.9 * math.log(0.75) - 0.1 * math.log(0.25) + math.log(2)) / 2])


def test_asymmetric_loss():
    logits = torch.tensor([[math.log(3), 0.0]])  # p = 3/4, 1/2
    targets = torch.tensor([[1.0, 0.0]])
    found = several_losses(logits, targets, asymmetric=Asymmetric(lacks=4, has=1, shift=0.05))
    assert found.tolist() == pytest.approx([(-0.25 * math.log(0.75) - 0.45**4 * math.log(0.55)) / 2])
    plain = several_losses(logits, targets, asymmetric=Asymmetric(0, 0, 0))
    assert plain.tolist() == pytest.approx(several_losses(logits, targets).tolist())
    as_focal = several_losses(logits, targets, asymmetric=Asymmetric(2, 2, 0))
    assert as_focal.tolist() == pytest.approx(several_losses(logits, targets, focal=2).tolist())
    weighted = several_losses(
        logits, targets, asymmetric=Asymmetric(0, 1, 0.1), weights=torch.tensor([3.0, 1.0]), smoothing=0.2
    )
    has, lacks = 3 * 0.9 * 0.25 * math.log(0.75) + 0.1 * 0.5 * math.log(0.5), 0.1 * math.log(0.35) + 0.9 * math.log(0.6)
    assert weighted.tolist() == pytest.approx([-(has + lacks) / 2])


def test_what_a_text_surely_lacks_or_is_wrongly_said_to_lack_teaches_nothing():
    """Below the shift the loss is 0; above it the gradient ends at 0, since labels may be missing (Ridnik, fig. 4)."""
    logits = torch.tensor([[-4.0, 0.0, 30.0]], requires_grad=True)
    several_losses(logits, torch.zeros(1, 3), asymmetric=Asymmetric(4, 0, 0.05)).sum().backward()
    assert torch.isfinite(logits.grad).all()
    easy, middle, certain = logits.grad[0].tolist()
    assert easy == 0 and middle > 0.001 and certain < 1e-6


def test_asymmetric_settings():
    assert Asymmetric.of(GradientSettings()) is None
    assert Asymmetric.of(GradientSettings(asymmetric=("4",))) == Asymmetric(4, 0, 0.05)
    assert Asymmetric.of(GradientSettings(asymmetric=[4, 1], asymmetric_shift=0)) == Asymmetric(4, 1, 0)
    with pytest.raises(RecipeError, match="asymmetric"):
        GradientSettings.build({"asymmetric": [4, 1, 2]})
    with pytest.raises(RecipeError, match="asymmetric"):
        GradientSettings.build({"asymmetric": [-1]})


def test_balanced_weights_sum_to_the_rows():
    assert label_weights(np.array([0, 0, 0, 1]), 3).tolist() == pytest.approx([4 / 9, 4 / 3, 1])
    several = np.array([[1, 0, 1], [0, 0, 1], [0, 0, 1], [0, 0, 1]])
    assert label_weights(several, 3).tolist() == pytest.approx([3, 1, 1])


def test_right_answers():
    assert right(LOGITS, TARGETS).tolist() == [True, False]
    assert right(torch.tensor([[1.0, -1.0], [1.0, 1.0]]), torch.tensor([[1.0, 0.0], [1.0, 0.0]])).tolist() == [
        True,
        False,
    ]


def test_focal_gradient_is_finite_where_the_answer_is_certain():
    logits = torch.tensor([[200.0, -200.0]], requires_grad=True)
    single_losses(logits, torch.tensor([0]), focal=0.5).sum().backward()
    assert torch.isfinite(logits.grad).all()
