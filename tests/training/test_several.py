"""Several labels a text: what is refused, thresholds from validation alone, calibration inside the last layer."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch

from maeum.errors import RecipeError
from maeum.messages import use_language
from maeum.metrics.calibration import fit_sigmoids, sigmoid
from maeum.metrics.thresholds import NEVER, crossed, search
from maeum.models import load
from maeum.models.gradient_settings import GradientSettings
from maeum.models.hashed import HashedSettings
from maeum.models.linear import LinearSettings
from maeum.models.training_settings import TrainingSettings
from maeum.progress import Silent, report_to
from maeum.recipe import Recipe
from maeum.schema import Dataset, Labels, Task
from maeum.training import fit
from maeum.training.gradient import several
from maeum.training.several import check_several, choose, judge_logits


def _fixtures():
    path = Path(__file__).with_name("gradient_fixtures.py")
    spec = importlib.util.spec_from_file_location("gradient_fixtures", path)
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    if not hasattr(module, "train"):
        spec.loader.exec_module(module)
    return module


F = _fixtures()
NAMES = ("기쁨", "슬픔", "없음")
WORDS = {"기쁨": ("신난다", "재밌다"), "슬픔": ("눈물", "슬프다"), "없음": ("그냥", "보통")}


class Told(Silent):
    def __init__(self):
        self.sentences = []

    def say(self, sentence):
        self.sentences.append(sentence)


@pytest.fixture
def told():
    use_language("en")
    listener = Told()
    report_to(listener)
    yield listener.sentences
    report_to(Silent())
    use_language(None)


def texts_of(count=240, seed=0, task=Task.MULTI_LABEL):
    """Texts of words that tell their labels; '없음' stands beside others as often as not."""
    random = np.random.default_rng(seed)
    rows = random.random((count, 3)) < (0.5, 0.3, 0.2)
    sets = [[name for name, has in zip(NAMES, row, strict=True) if has] for row in rows]
    texts = [
        " ".join([*(WORDS[name][int(random.integers(2))] for name in names), f"글{random.integers(99)}"])
        for names in sets
    ]
    label = pl.Series(sets, dtype=pl.List(pl.String))
    if task is Task.SINGLE_LABEL:
        label = pl.Series([names[0] if names else "없음" for names in sets])
    frame = pl.DataFrame({"id": [str(i) for i in range(count)], "text": texts, "label": label})
    return Dataset(frame, task, Labels(NAMES), "toy", "train")


def recipe(kind=HashedSettings, **training):
    own = {"bits": 12} if kind is HashedSettings else {}
    return Recipe(model=kind(min_texts=1, **own), training=TrainingSettings(**training))


def test_defaults_are_for_any_task():
    for task in (Task.SINGLE_LABEL, Task.MULTI_LABEL):
        for settings in (TrainingSettings(), GradientSettings()):
            assert check_several(settings, texts_of(4, task=task)) is None  # nothing is refused


@pytest.mark.parametrize(
    ("values", "task", "sentence"),
    [
        (
            {"thresholds": "cost", "false_negative_cost": 2},
            Task.SINGLE_LABEL,
            (
                "--thresholds, --false-negative-cost: only for several labels a text, but texts of 'toy' have one each. Leave "
                "it out."
            ),
        ),
        (
            {"asymmetric": (4, 1)},
            Task.SINGLE_LABEL,
            "--asymmetric: only for several labels a text, but texts of 'toy' have one each. Leave it out.",
        ),
        (
            {"asymmetric": (4,), "focal": 2},
            Task.MULTI_LABEL,
            "--asymmetric has gammas of its own, so --focal cannot be added. Leave one of them out.",
        ),
        (
            {"threshold_value": 0.3},
            Task.MULTI_LABEL,
            (
                "--threshold-value belongs to --thresholds fixed, but thresholds are chosen by f1. Add --thresholds fixed, or leave "
                "--threshold-value out."
            ),
        ),
        (
            {"thresholds": "precision"},
            Task.MULTI_LABEL,
            "--thresholds precision needs a number: add --target-precision, for instance --target-precision 0.8.",
        ),
    ],
)
def test_what_would_do_nothing_is_refused(values, task, sentence):
    use_language("en")
    with pytest.raises(RecipeError) as raised:
        check_several(GradientSettings(**values), texts_of(4, task=task))
    use_language(None)
    assert str(raised.value) == sentence


def test_with_several_corpora_one_of_several_labels_is_enough():
    one, several = texts_of(4, task=Task.SINGLE_LABEL), texts_of(4, task=Task.MULTI_LABEL)
    assert check_several(TrainingSettings(thresholds="micro_f1"), one, several) is None
    with pytest.raises(RecipeError):
        check_several(TrainingSettings(thresholds="micro_f1"), one, one)


def test_training_refuses_too():
    with pytest.raises(RecipeError):
        fit(texts_of(40, task=Task.SINGLE_LABEL), None, recipe(thresholds="micro_f1"))


@pytest.mark.parametrize("kind", [LinearSettings, HashedSettings])
def test_families_of_n_grams_learn_are_calibrated_and_saved(kind, tmp_path, told):
    train, validation, test = texts_of(), texts_of(120, 1), texts_of(200, 2)
    model = fit(train, validation, recipe(kind)).model
    found = model.predict(test)
    assert found.several and found.thresholds.shape == model.slope.shape == (3,)
    assert (found.decide() == test.targets).mean() > 0.97
    bare = [f"글{i}" for i in range(9)]  # no word of any label: a text may have none
    assert model.predict(bare).sets() == [[]] * 9
    words = "Thresholds by f1 on 120 held-out rows, from "
    assert [one for one in told if one.startswith(words)]
    again = load(model.save(tmp_path / "m"))
    assert again.task is Task.MULTI_LABEL and np.array_equal(again.thresholds, model.thresholds)
    assert np.array_equal(again.predict(test.texts).probabilities, found.probabilities)
    assert [layer.kind for layer in again.layers()][-1] == "sigmoid"
    assert again.predict([""]).probabilities[0] == pytest.approx(train.targets.mean(axis=0))
    assert dict(again.explain("신난다 슬프다", "기쁨", limit=100))["신난"] > 0


@pytest.mark.parametrize("kind", [LinearSettings, HashedSettings])
def test_without_validation_a_part_of_train_chooses(kind, told):
    model = fit(texts_of(), None, recipe(kind)).model
    assert any(one.startswith("Thresholds by f1 on 24 held-out rows") for one in told)
    assert (model.predict(texts_of(100, 3)).decide() == texts_of(100, 3).targets).mean() > 0.95


def test_many_labels_are_looked_up_at_once_with_the_same_sums(monkeypatch):
    from maeum.models.hashed import scoring

    model = fit(texts_of(), texts_of(60, 1), recipe()).model
    texts = [*texts_of(30, 4).texts, "", "ㅋ", "\ud800"]
    before = model.predict(texts).probabilities
    monkeypatch.setattr(scoring, "MANY", 2)
    other = replace(model)
    np.testing.assert_allclose(other.predict(texts).probabilities, before, atol=1e-6)
    single = np.concatenate([other.predict([text]).probabilities for text in texts])
    assert np.array_equal(single, other.predict(texts).probabilities)


def test_what_is_never_given_is_said(told):
    truth = np.random.default_rng(0).random((200, 2)) < 0.2
    flat = np.full((200, 2), 0.2, np.float32)
    wanted = TrainingSettings(thresholds="precision", target_precision=0.9)
    assert choose(truth, flat, wanted, Labels(("기쁨", "슬픔"))).tolist() == [NEVER, NEVER]
    assert told == ["Never given, because no threshold reaches a precision of 0.90: 2 labels (기쁨, 슬픔)."]
    told.clear()
    choose(truth, flat, TrainingSettings(thresholds="cost", false_negative_cost=1), Labels(("기쁨", "슬픔")))
    assert told == ["Never given, because at these costs that is the cheapest: 2 labels (기쁨, 슬픔)."]


def test_epochs_are_judged_by_thresholds_of_other_rows():
    random = np.random.default_rng(0)
    raw = random.normal(size=(400, 3)) - 2.5  # sure of nothing: at 0.5 hardly a label is given
    truth = random.random(raw.shape) < sigmoid(3 * (raw + 2.5))
    loss, accuracy, macro_f1 = judge_logits(raw, truth)
    assert macro_f1 > 0.7 > (2 * (truth & (raw > 0)).sum() / (truth.sum() + (raw > 0).sum())) + 0.5
    slopes, offsets = fit_sigmoids(raw, truth, one_slope=True)
    given = crossed(truth, sigmoid(slopes * raw + offsets), TrainingSettings().search)
    assert accuracy == (given == truth).all(axis=1).mean()
    assert loss == pytest.approx(-np.log(np.where(truth, sigmoid(raw), sigmoid(-raw))).mean())


def test_a_network_is_calibrated_in_its_last_layer(monkeypatch, told):
    data, validation = F.dataset(90, 0, Task.MULTI_LABEL, NAMES), F.dataset(60, 1, Task.MULTI_LABEL, NAMES)
    seen = {}

    def watching(model, judge, training):
        judge.model = model
        seen["logits"] = judge.logits()
        return several.finished(model, judge, training)

    monkeypatch.setattr("maeum.training.gradient.fitting.finished", watching)
    model = F.train(monkeypatch, data=data, validation=validation, epochs=4, asymmetric=(4.0, 1.0)).model
    slopes, offsets = fit_sigmoids(seen["logits"], validation.targets, one_slope=True)
    assert abs(slopes[0] - 1) > 0.05  # the asymmetric loss leaves probabilities that are none
    found = model.predict(validation).probabilities
    np.testing.assert_allclose(found, sigmoid(slopes * seen["logits"] + offsets), atol=1e-5)
    assert model.thresholds.tolist() == pytest.approx(search(validation.targets, found).tolist(), abs=1e-5)
    assert not [one for one in told if "could not be calibrated" in one]


def test_without_validation_a_network_has_the_fixed_threshold_and_says_so(monkeypatch, told):
    data = F.dataset(60, 0, Task.MULTI_LABEL, NAMES)
    model = F.train(monkeypatch, data=data, epochs=1).model
    assert model.thresholds.tolist() == [0.5] * 3
    assert told[-1] == (
        "No row is held out, so thresholds cannot be chosen and probabilities not calibrated: every label is given from 0.50."
    )
    told.clear()
    asked = F.train(monkeypatch, data=data, epochs=1, thresholds="fixed", threshold_value=0.3).model
    assert asked.thresholds.tolist() == pytest.approx([0.3] * 3)
    assert not [one for one in told if "held out" in one]


class Turned(torch.nn.Module):
    """A head whose last linear layer is not what gives the logits."""

    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(2, 2)

    def forward(self, given):
        return torch.tanh(self.linear(given))


class Judging:
    """Validation rows of a head alone."""

    def __init__(self, module, rows, targets):
        self.module, self.rows, self.data, self.model = module, rows, type("D", (), {"targets": targets}), None

    def logits(self):
        with torch.no_grad():
            return self.module(self.rows).numpy()


@pytest.mark.parametrize("module", [Turned(), torch.nn.Linear(2, 2, bias=False)], ids=["turned", "no bias"])
def test_where_it_cannot_be_calibrated_nothing_changes(module, told, monkeypatch):
    rows = torch.randn(80, 2, generator=torch.Generator().manual_seed(0))
    judge = Judging(module, rows, np.random.default_rng(0).random((80, 2)) < 0.2)
    before, weights = judge.logits(), [one.clone() for one in module.parameters()]
    model = F.tiny_family().untrained(
        F.dataset(8, 0, Task.MULTI_LABEL, ("a", "b")), F.TinySettings(), GradientSettings()
    )
    found = several.finished(replace(model, module=module), judge, GradientSettings())
    assert np.array_equal(judge.logits(), before)
    assert all(torch.equal(one, other) for one, other in zip(module.parameters(), weights, strict=True))
    assert told[0].startswith("The probabilities could not be calibrated") and found.thresholds.shape == (2,)


def test_n_grams_beside_a_network_of_several_labels(told, tmp_path):
    values = {"embedding": 8, "filters": 4, "widths": ["2"], "wide_bits": 12, "epochs": 2, "batch_size": 16}
    train, validation = texts_of(), texts_of(120, 1)
    model = fit(train, validation, Recipe.from_keywords("cnn-wide", {**values, "units": "syllable"})).model
    assert model.wide.task is Task.MULTI_LABEL and model.wide.slope.shape == (3,)
    found = model.predict(texts_of(200, 2))
    assert (found.decide() == texts_of(200, 2).targets).mean() > 0.95
    assert any(one.startswith("N-grams on their own: macro F1 ") for one in told)
    again = load(model.save(tmp_path / "m"))
    assert np.array_equal(
        again.predict(texts_of(20, 5).texts).probabilities, model.predict(texts_of(20, 5).texts).probabilities
    )
