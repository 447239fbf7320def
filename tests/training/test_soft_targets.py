"""Targets that are no single label: a scale, a teacher's probabilities, a teacher's layers."""

from __future__ import annotations

import importlib.util
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch

from maeum.errors import RecipeError
from maeum.messages import use_language
from maeum.recipe import Recipe
from maeum.schema import Dataset, Labels, Task
from maeum.training import gradient
from maeum.training.gradient import fitting
from maeum.training.gradient.hidden import PROJECTION, HiddenStates, chosen
from maeum.training.gradient.loss import (
    Mix,
    objective_of,
    ordinal_spread,
    single_losses,
    soft_losses,
    soft_several_losses,
    soften,
)
from maeum.training.listeners import Workspace
from maeum.training.soft_targets import SoftTargets

HERE = Path(__file__).parent


def _fixtures() -> Any:
    spec = importlib.util.spec_from_file_location("gradient_fixtures", HERE / "gradient_fixtures.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    if not hasattr(module, "train"):
        spec.loader.exec_module(module)
    return module


F = _fixtures()
NAMES = ("1", "2", "3", "4", "5")
LOGITS = torch.tensor([[math.log(3), 0.0], [0.0, 0.0]])  # p = (3/4, 1/4), (1/2, 1/2)


def stars(count: int = 60, seed: int = 0, *, ordered: bool = True) -> Dataset:
    found: Dataset = F.dataset(count, seed, names=NAMES)
    return Dataset(found.frame, found.task, Labels(NAMES, ordered=ordered), "stars.csv", "train")


def learn(
    monkeypatch: pytest.MonkeyPatch,
    data: Dataset,
    soft: SoftTargets | None = None,
    validation: Dataset | None = None,
    **values: Any,
) -> Any:
    monkeypatch.setattr(fitting, "family", lambda _name: F.tiny_family())
    recipe = Recipe(model=F.TinySettings(), training=F.settings(**values))
    return gradient.fit(data, validation, recipe, Workspace(), soft)


# labels on a scale


def test_near_labels_share_in_the_target():
    spread = ordinal_spread(3, math.log(2))  # each step halves
    expected = [[4 / 7, 2 / 7, 1 / 7], [1 / 4, 1 / 2, 1 / 4], [1 / 7, 2 / 7, 4 / 7]]
    assert spread.tolist() == [pytest.approx(row) for row in expected]
    logits, targets = torch.tensor([[0.3, -1.0, 2.0]]), torch.tensor([1])
    log_p = logits.log_softmax(dim=1)[0].tolist()
    value = -sum(q * log for q, log in zip(expected[1], log_p, strict=True))
    assert single_losses(logits, targets, spread=spread).tolist() == pytest.approx([value])


def test_a_strong_scale_is_the_label_alone():
    logits, targets = torch.randn(7, 5, generator=torch.Generator().manual_seed(0)), torch.tensor([0, 1, 2, 3, 4, 2, 0])
    hard = single_losses(logits, targets)
    assert torch.allclose(single_losses(logits, targets, spread=ordinal_spread(5, 100)), hard)
    far = single_losses(logits, targets, spread=ordinal_spread(5, 0.1))
    assert (far - hard).abs().max() > 0.1


def test_a_scale_goes_with_weights_and_focus():
    logits, targets = torch.tensor([[math.log(3), 0.0]]), torch.tensor([0])
    spread, weights = torch.tensor([[0.75, 0.25], [0.25, 0.75]]), torch.tensor([2.0, 1.0])
    expected = 2 * -(0.75 * 0.25**2 * math.log(0.75) + 0.25 * 0.75**2 * math.log(0.25))
    found = single_losses(logits, targets, focal=2, weights=weights, spread=spread)
    assert found.tolist() == pytest.approx([expected])


def test_a_scale_is_learnt(monkeypatch):
    plain = learn(monkeypatch, stars(), epochs=2)
    strong = learn(monkeypatch, stars(), epochs=2, ordinal=100)
    graded = learn(monkeypatch, stars(), epochs=2, ordinal=1)
    first, second, third = (F.weights(one)["output.weight"] for one in (plain, strong, graded))
    assert torch.allclose(first, second, atol=1e-5)
    assert (first - third).abs().max() > 0.01
    losses = [one.history[0]["train_loss"] for one in (plain, graded)]
    assert losses[1] == pytest.approx(losses[0], rel=0.2)  # history shows the plain loss either way


REFUSED = {
    "no order": (
        lambda: stars(ordered=False),
        {"ordinal": 1.0},
        (
            "--ordinal is for labels on a scale, but those of 'stars.csv' (1, 2, 3, 4, 5) have no order. Leave it out; "
            "or, where the labels are stars, add --stars ordinal (or --stars 3)."
        ),
        (
            "--ordinal은 순서가 있는 레이블에 쓰지만 'stars.csv'의 레이블(1, 2, 3, 4, 5)에는 순서가 없습니다. 빼거나, "
            "레이블이 별점이라면 --stars ordinal(또는 --stars 3)을 붙이세요."
        ),
    ),
    "several labels": (
        lambda: F.dataset(task=Task.MULTI_LABEL),
        {"ordinal": 1.0},
        "--ordinal is for one label a text, but texts of 'toy' may have several. Leave it out.",
        ("--ordinal은 텍스트마다 레이블이 하나일 때 쓰지만 'toy'의 텍스트에는 레이블이 여럿일 수 있습니다. 빼세요."),
    ),
    "smoothing too": (
        stars,
        {"ordinal": 1.0, "label_smoothing": 0.1},
        (
            "--ordinal already shares the target among near labels, so --label-smoothing cannot be added. Leave one of "
            "them out."
        ),
        (
            "--ordinal이 이미 가까운 레이블에 정답 확률을 나누므로 --label-smoothing과 함께 쓸 수 없습니다. 둘 중 "
            "하나를 빼세요."
        ),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_scale_that_is_none_is_refused(monkeypatch, case):
    data, values, english, korean = REFUSED[case]
    for language, expected in (("en", english), ("ko", korean)):
        use_language(language)
        with pytest.raises(RecipeError) as caught:
            learn(monkeypatch, data(), **values)
        assert str(caught.value) == expected


# a teacher's probabilities


def test_probabilities_at_a_temperature():
    logits = np.array([[2.0, 0.0, -1.0]])
    p = np.exp(logits) / np.exp(logits).sum()
    q = np.exp(logits / 4) / np.exp(logits / 4).sum()
    assert soften(p, 4, several=False)[0].tolist() == pytest.approx(q[0].tolist())
    several = 1 / (1 + np.exp(-logits))
    assert soften(several, 4, several=True)[0].tolist() == pytest.approx((1 / (1 + np.exp(-logits / 4)))[0].tolist())
    certain = np.array([[0.0, 1.0]])
    for temperature in (1, 3):
        assert soften(certain, temperature, several=False).tolist() == [[0, 1]]
        assert soften(certain, temperature, several=True).tolist() == [[0, 1]]


def test_the_loss_of_a_teacher():
    soft = torch.tensor([[0.6, 0.4], [0.2, 0.8]])
    cold = (LOGITS / 2).log_softmax(dim=1)
    expected = [
        -4 * sum(q * p for q, p in zip(s, c, strict=True)) for s, c in zip(soft.tolist(), cold.tolist(), strict=True)
    ]
    assert soft_losses(LOGITS, soft, 2).tolist() == pytest.approx(expected)
    p = 1 / (1 + 3**-0.5)  # sigmoid(log 3 / 2)
    several = -4 * (0.6 * math.log(p) + 0.4 * math.log(1 - p) + math.log(0.5)) / 2
    assert soft_several_losses(LOGITS[:1], soft[:1], 2).tolist() == pytest.approx([several])


def test_gradients_do_not_shrink_with_the_temperature():
    """Hinton et al. 2015, section 2.1: in the limit the gradient is that of half the squared distance of logits / K."""
    student = torch.tensor([[0.4, -0.1, -0.3]], requires_grad=True)
    teacher = np.array([[0.2, 0.3, -0.5]])
    p = np.exp(teacher) / np.exp(teacher).sum()
    soft_losses(student, torch.from_numpy(soften(p, 50, several=False)), 50).sum().backward()
    expected = (student.detach().numpy() - teacher)[0] / 3
    assert student.grad is not None
    assert student.grad[0].tolist() == pytest.approx(expected.tolist(), abs=0.02)


def test_labels_and_teacher_are_weighed():
    targets, soft = torch.tensor([0, 1]), torch.tensor([[0.6, 0.4], [0.2, 0.8]])
    settings, numbers = F.settings(label_smoothing=0.1), np.array([0, 1])
    mixed = objective_of(settings, numbers, 2, "cpu", Mix(0.3, 2))(LOGITS, targets, soft)
    hard = single_losses(LOGITS, targets, smoothing=0.1)
    assert torch.allclose(mixed, 0.3 * hard + 0.7 * soft_losses(LOGITS, soft, 2))
    alone = objective_of(settings, numbers, 2, "cpu", Mix(0, 2))(LOGITS, targets, soft)
    assert torch.equal(alone, soft_losses(LOGITS, soft, 2))
    assert torch.equal(objective_of(settings, numbers, 2, "cpu")(LOGITS, targets), hard)


def one_hot(data: Dataset) -> Any:
    assert data.labels is not None
    return data.targets if data.targets.ndim == 2 else np.eye(len(data.labels))[data.targets]


@pytest.mark.parametrize("task", [Task.SINGLE_LABEL, Task.MULTI_LABEL])
def test_a_teacher_that_is_certain_is_the_labels(monkeypatch, task):
    data = F.dataset(task=task)
    plain = learn(monkeypatch, data)
    taught = learn(monkeypatch, data, SoftTargets(one_hot(data), 0.0, 1.0))
    for name, weights in F.weights(plain).items():
        assert torch.allclose(weights, F.weights(taught)[name], atol=1e-5), name
    assert taught.history[-1]["train_loss"] == pytest.approx(plain.history[-1]["train_loss"], abs=1e-5)


def test_labels_alone_are_training_without_a_teacher(monkeypatch):
    data, validation = F.dataset(), F.dataset(40, 1)
    wrong = np.full((len(data), 2), 0.5)
    plain = learn(monkeypatch, data, None, validation, label_smoothing=0.1)
    taught = learn(monkeypatch, data, SoftTargets(wrong, 1.0, 3.0), validation, label_smoothing=0.1)
    assert F.same(F.weights(plain), F.weights(taught))
    unlike = learn(monkeypatch, data, SoftTargets(wrong, 0.9, 3.0), validation, label_smoothing=0.1)
    assert not F.same(F.weights(plain), F.weights(unlike))


def test_each_row_learns_from_its_own_probabilities(monkeypatch):
    data = F.dataset(120)
    flipped = SoftTargets(one_hot(data)[:, ::-1].copy(), 0.0, 1.0)
    learnt = learn(monkeypatch, data, flipped, epochs=6, learning_rate=0.05)
    assert learnt.history[-1]["train_accuracy"] < 0.3  # labels say the opposite
    windows = learn(monkeypatch, data, flipped, epochs=6, learning_rate=0.05, max_length=4, long_texts="window")
    assert windows.history[-1]["train_accuracy"] < 0.35


# a teacher's layers


def test_layers_are_spaced_evenly():
    assert chosen(5, 13) == [0, 3, 6, 9, 12]
    assert chosen(3, 3) == [0, 1, 2]
    assert chosen(4, 7) == [0, 2, 4, 6]
    assert chosen(3, 8) == [0, 4, 7]


class Encoder(torch.nn.Module):
    base_model_prefix = "tiny"

    def __init__(self, width: int) -> None:
        super().__init__()
        self.config = type("Config", (), {"hidden_size": width})()
        self.base_model = torch.nn.Identity()
        self.weight = torch.nn.Parameter(torch.zeros(1))


def test_the_distance_of_layers():
    student, teacher = Encoder(2), Encoder(3)
    hidden = HiddenStates(student, teacher, types=False)
    assert {name for name, _ in student.named_parameters()} == {"weight", f"{PROJECTION}.weight", f"{PROJECTION}.bias"}
    with torch.no_grad():
        hidden.projection.weight.copy_(torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]))
        hidden.projection.bias.zero_()
    mask = torch.tensor([[1, 1], [1, 0]])
    small = torch.tensor([[[1.0, 2.0], [0.0, 0.0]], [[0.0, 0.0], [9.0, 9.0]]])
    large = torch.tensor([[[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]], [[0.0, 3.0, 0.0], [5.0, 5.0, 5.0]]])
    losses = hidden.losses([small, small], [large, large * 0 + 99, large], mask)
    assert losses.tolist() == pytest.approx([9 / 3 / 2, 9 / 3])  # one of two tokens is off by 3; padding does not count
    hidden.detach(student)
    assert [name for name, _ in student.named_parameters()] == ["weight"]
