"""Groups of parameters, encoders of every architecture, n-grams beside a network."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch

from maeum.models import load
from maeum.models.encoder.quiet import quiet
from maeum.models.family import family
from maeum.models.gradient_settings import GradientSettings
from maeum.recipe import Recipe
from maeum.training import fit
from maeum.training.gradient.groups import head, levels, parameter_groups
from maeum.training.gradient.wide import FOLDS, add_wide, folds

TESTS = Path(__file__).parents[1]


def _module(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = sys.modules.setdefault(name, importlib.util.module_from_spec(spec))
    if "pl" not in vars(module):
        spec.loader.exec_module(module)
    return module


F = _module("gradient_fixtures", TESTS / "training" / "gradient_fixtures.py")
E = _module("encoder_fixtures", TESTS / "models" / "encoder_fixtures.py")


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory):
    root = tmp_path_factory.mktemp("checkpoints")

    def one(kind):
        with quiet():
            return root / kind if (root / kind).exists() else E.write_checkpoint(kind, root / kind)

    return one


def trained(folder, **values):
    keywords = {"checkpoint": str(folder), "epochs": 2, "batch_size": 4, "learning_rate": 1e-3, **values}
    return fit(E.dataset(), E.dataset(), Recipe.from_keywords("encoder", keywords))


def names_in(group, module):
    known = {id(one): name for name, one in module.named_parameters()}
    return {known[id(one)] for one in group["params"]}


def test_biases_norms_and_single_numbers_do_not_decay():
    module = F.TinyModule(2, 0)
    groups = parameter_groups(module, GradientSettings(weight_decay=0.1, learning_rate=0.01))
    assert [(names_in(group, module), group["weight_decay"], group["lr"]) for group in groups] == [
        ({"embedding.weight", "output.weight"}, 0.1, 0.01),
        ({"norm.weight", "norm.bias", "output.bias"}, 0.0, 0.01),
    ]


def test_each_level_learns_slower_than_the_one_above():
    module = F.TinyModule(2, 0)
    assert levels(module) == [["embedding.weight"], ["norm.weight", "norm.bias"]]
    assert head(module) == {"output.weight", "output.bias"}
    groups = parameter_groups(module, GradientSettings(layer_decay=0.5, learning_rate=1))
    rates = {name: group["lr"] for group in groups for name in names_in(group, module)}
    assert rates == {
        "embedding.weight": 0.25,
        "norm.weight": 0.5,
        "norm.bias": 0.5,
        "output.weight": 1,
        "output.bias": 1,
    }
    assert groups[-1]["lr"] == 1


@pytest.mark.parametrize("kind", E.ARCHITECTURES)
def test_every_architecture_learns_and_is_the_same_after_loading(kind, checkpoints, tmp_path, capfd):
    folder = checkpoints(kind)
    capfd.readouterr()
    found = trained(folder, epochs=15, patience=0, dropout=0, layer_decay=0.9, gradient_checkpointing=True)
    assert found.history[-1]["train_loss"] < found.history[0]["train_loss"]
    before = found.model.predict(E.TEXTS).probabilities
    again = load(found.model.save(tmp_path / "m"))
    assert np.array_equal(again.predict(E.TEXTS).probabilities, before)
    assert again.card["epoch"] == found.model.card["epoch"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("kind", E.ARCHITECTURES)
def test_lora_learns_small_matrices_and_is_merged(kind, checkpoints, tmp_path):
    start = family("encoder").untrained(
        E.dataset(), Recipe.from_keywords("encoder", {"checkpoint": str(checkpoints(kind))}).model, GradientSettings()
    )
    found = trained(checkpoints(kind), lora=2, learning_rate=0.02)
    before, after = start.module.state_dict(), found.model.module.state_dict()
    assert list(before) == list(after)
    moved = {name for name in before if not torch.equal(before[name], after[name])}
    attention = {name for name in moved if name.startswith(start.module.base_model_prefix)}
    assert attention and all((name.endswith(".weight") and ".1." in name) or ".0." in name for name in attention)
    assert moved - attention <= head(start.module)
    expected = found.model.predict(E.TEXTS).probabilities
    assert np.array_equal(load(found.model.save(tmp_path / "m")).predict(E.TEXTS).probabilities, expected)


def test_gradient_checkpointing_changes_memory_not_results(checkpoints):
    plain, spared = trained(checkpoints("bert")), trained(checkpoints("bert"), gradient_checkpointing=True)
    for name, one in F.weights(plain).items():
        assert torch.allclose(one, F.weights(spared)[name], atol=1e-6), name


def test_padding_to_the_full_length_gives_the_same_loss(checkpoints):
    values = {"dropout": 0, "batch_size": 8, "epochs": 1}  # one batch holds all: no order to differ in
    dynamic, full = trained(checkpoints("electra"), **values), trained(checkpoints("electra"), padding="full", **values)
    assert dynamic.history[0]["train_loss"] == pytest.approx(full.history[0]["train_loss"], abs=1e-5)


def test_frozen_encoder(checkpoints):
    start = family("encoder").untrained(
        E.dataset(), Recipe.from_keywords("encoder", {"checkpoint": str(checkpoints("bert"))}).model, GradientSettings()
    )
    found = trained(checkpoints("bert"), freeze=1)
    before, after = start.module.state_dict(), found.model.module.state_dict()
    moved = {name for name in before if not torch.equal(before[name], after[name])}
    assert not any("embeddings" in name or "layer.0." in name for name in moved)
    assert any("layer.1." in name for name in moved)


def test_the_wide_part_is_scored_by_models_that_did_not_see_the_row():
    random = np.random.default_rng(0)
    texts = ["".join(chr(0xAC00 + int(one)) for one in random.integers(0, 400, 6)) for _ in range(200)]
    names = [("나쁨", "좋음")[int(one)] for one in random.integers(0, 2, 200)]  # nothing that could be known of others
    frame = F.pl.DataFrame({"id": [str(at) for at in range(200)], "text": texts, "label": names})
    data = F.Dataset(frame, F.Task.SINGLE_LABEL, F.Labels(("나쁨", "좋음")), "random", "train")
    recipe = Recipe.from_keywords("cnn-wide", {"embedding": 8, "filters": 4, "wide_bits": 12})
    start = family("cnn-wide").untrained(data, recipe.model, recipe.training)
    model, scores = add_wide(start, data, 0)
    assert scores.shape == (200, 2) and model.wide.settings.bits == 12
    seen = np.concatenate([block for block, _ in model.wide.scores(data.texts)])
    right = [(one.argmax(axis=1) == data.targets).mean() for one in (scores, seen)]
    assert right[0] < 0.62 and right[1] > 0.95
    assert model.module.scale.tolist() == pytest.approx(model.wide.slope.tolist())


def test_identical_texts_are_in_one_fold():
    texts = [f"글 {at % 50}" for at in range(200)]
    found = folds(texts, 3)
    assert len({(text, fold) for text, fold in zip(texts, found.tolist(), strict=True)}) == 50
    assert set(found.tolist()) == set(range(FOLDS)) and folds(texts, 4).tolist() != found.tolist()


def test_a_network_with_n_grams_is_the_same_after_loading(tmp_path):
    keywords = {"embedding": 8, "filters": 4, "wide_bits": 12, "epochs": 2, "batch_size": 16}
    found = fit(F.dataset(100), F.dataset(40, 1), Recipe.from_keywords("cnn-wide", keywords))
    texts = ["abc", "def"]
    expected = found.model.predict(texts).probabilities
    assert np.array_equal(load(found.model.save(tmp_path / "m")).predict(texts).probabilities, expected)
    judged = found.model.predict(F.dataset(40, 1))
    row = found.history[found.model.card["epoch"] - 1]
    assert row["validation_accuracy"] == pytest.approx((judged.indices == F.dataset(40, 1).targets).mean())
