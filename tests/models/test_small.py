"""The family `small`, the packaged encoder it begins from, and what their names mean where."""

import importlib.util
import json
import shutil
import sys
from pathlib import Path

import pytest

import maeum
from maeum.errors import ModelError, RecipeError
from maeum.models import bundled, load, trunks
from maeum.models.encoder.checkpoint import adopts, encoder_folder, locate
from maeum.models.family import families, family, named
from maeum.models.gradient_settings import Precision
from maeum.recipe import Recipe
from maeum.workflows.catalogue import model_list

TESTS = Path(__file__).parents[1]
SENTENCE = (
    "'small-encoder' is an encoder without a classification head: it has read Korean but was never taught labels, so it "
    "cannot predict. Teach it yours: maeum train --data DATA --model small-encoder -o RUN, or with n-grams beside it "
    "--model small; then use the folder RUN."
)


def _module(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = sys.modules.setdefault(name, importlib.util.module_from_spec(spec))
    if "json" not in vars(module):
        spec.loader.exec_module(module)
    return module


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with `fast` and, as far as a name goes, `small-encoder` and files that are no models."""
    place = tmp_path / "package" / "models"
    shutil.copytree(maeum.models.BUNDLED / "fast", place / "fast")
    trunk = place / "small-encoder"
    trunk.mkdir()
    (trunk / "config.json").write_text("{}")
    (trunk / "model.safetensors").write_bytes(b"")
    (trunk / "tokenizer.json").write_text("{}")
    (place / "notes.txt").write_text("")
    (place / "empty").mkdir()
    monkeypatch.setattr(maeum.models, "BUNDLED", place)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAEUM_MODELS", raising=False)
    return place


@pytest.fixture(scope="module")
def trunk(tmp_path_factory):
    """A tiny ELECTRA without a head, its numbers in 16 bits."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from transformers import AutoModel, AutoTokenizer

    from maeum.models.encoder.quiet import quiet

    folder = tmp_path_factory.mktemp("trunk") / "small-encoder"
    fixtures = _module("encoder_fixtures")
    with quiet():
        fixtures.write_checkpoint("electra", folder)
        AutoModel.from_pretrained(folder).to(torch.float16).save_pretrained(folder)
        AutoTokenizer.from_pretrained(folder).save_pretrained(folder)
    (folder / "vocab.txt").unlink()
    (folder / "README.md").write_text("# small-encoder", encoding="utf-8")
    files = ["README.md", "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]
    assert sorted(path.name for path in folder.iterdir()) == files
    assert json.loads((folder / "config.json").read_text())["dtype"] == "float16"
    return folder


@pytest.fixture
def whole(package, trunk):
    """The package with a trunk that can be trained."""
    shutil.rmtree(package / "small-encoder")
    shutil.copytree(trunk, package / "small-encoder")
    return package


def data():
    fixtures = _module("encoder_fixtures")
    return fixtures.dataset(texts=[f"{text} {end}" for end in ("", "ㅋㅋ", "ㅠㅠ") for text in fixtures.TEXTS])


def recipe(name, **values):
    return Recipe.from_keywords(name, {"epochs": 1, "batch_size": 8, "precision": "fp32", **values})


def test_its_defaults():
    found = recipe("small", wide_bits=10).model
    assert (found.family, found.checkpoint, found.wide, found.from_scratch) == ("small", "small-encoder", True, False)
    training = family("small").training()
    assert (training.learning_rate, training.batch_size, training.epochs, training.warmup) == (3e-4, 64, 3, 0.1)
    assert (training.weight_decay, training.max_length, training.patience) == (0.01, 128, 2)
    assert (training.precision, training.layer_decay) == (Precision.AUTO, 1.0)
    assert families()["small"].trainer == "maeum.training.gradient"
    # an encoder's own defaults stay what they were
    assert (family("encoder").settings().checkpoint, family("encoder").settings().wide) == ("", False)
    assert family("encoder").training().learning_rate == 5e-5


def test_a_recipe_of_it_is_read_back(tmp_path):
    made = recipe("small", wide_bits=12, freeze=1)
    made.save(tmp_path / "recipe.yaml")
    assert Recipe.load(tmp_path / "recipe.yaml") == made


def test_what_the_package_brings(package):
    assert (list(bundled()), list(trunks())) == (["fast"], ["small-encoder"])
    shutil.rmtree(package)
    assert (bundled(), trunks()) == ({}, {})


def test_names_to_train(package):
    assert named("small")[0].name == "small"
    chosen, settings = named("small-encoder")
    assert (chosen.name, settings) == ("encoder", {"checkpoint": "small-encoder"})
    made = recipe("small-encoder").model
    assert (made.family, made.checkpoint, made.wide) == ("encoder", "small-encoder", False)
    with pytest.raises(ModelError, match="Did you mean 'small-encoder'"):
        named("smal-encoder")
    shutil.rmtree(package / "small-encoder")
    assert adopts("small-encoder") is None


def test_where_the_trunk_is_found(package, tmp_path, monkeypatch):
    assert locate("small-encoder") == package / "small-encoder"
    own = tmp_path / "models" / "small-encoder"
    shutil.copytree(package / "small-encoder", own)
    monkeypatch.setenv("MAEUM_MODELS", str(own.parent))
    assert locate("small-encoder") == package / "small-encoder"  # before MAEUM_MODELS
    shutil.copytree(own, tmp_path / "small-encoder")
    assert tmp_path / locate("small-encoder") == tmp_path / "small-encoder"  # but after a path
    shutil.rmtree(tmp_path / "small-encoder")
    shutil.rmtree(package / "small-encoder")
    assert locate("small-encoder") == own
    shutil.rmtree(own)
    with pytest.raises(ModelError) as raised:
        locate("small-encoder")
    assert str(raised.value) == (
        "This installation lacks the encoder 'small-encoder', which comes with maeum. Install it again (pip install "
        "--force-reinstall maeum), or begin from another encoder: --checkpoint FOLDER"
    )


def test_the_trunk_cannot_predict(package):
    for name in ("small-encoder", package / "small-encoder"):
        with pytest.raises(ModelError) as raised:
            load(name)
        assert str(raised.value) == SENTENCE


def test_a_folder_of_the_users_own_with_a_model_is_taken(package, tmp_path):
    shutil.copytree(package / "fast", tmp_path / "small-encoder")
    assert load("small-encoder").labels.names == ("negative", "positive")


def test_the_list_of_models(package):
    rows = {(row["name"], row["use"]): row for row in model_list()}
    found = rows["small-encoder", "trunk"]
    assert found["titles"]["en"].startswith("An encoder that has read Korean but has no labels yet")
    assert found["tasks"] == ["single_label", "multi_label", "pair"]
    assert ("fast", "predict") in rows and ("small", "train") in rows
    assert [name for name, use in rows if use != "train"] == ["fast", "small-encoder"]


def test_the_trunk_cannot_predict_on_the_command_line_either(package, capfd):
    from maeum.cli.main import main

    assert main(["predict", "재밌다", "--model", "small-encoder"]) == 2
    assert SENTENCE in " ".join(capfd.readouterr().err.split())


def test_the_list_of_models_on_screen(package, capfd):
    from maeum.cli.main import main

    assert main(["models", "list"]) == 0
    line = next(one for one in capfd.readouterr().out.splitlines() if one.lstrip().startswith("small-encoder"))
    assert line.split()[:3] == ["small-encoder", "start", "from"]


def test_small_is_a_model_to_load_and_a_family_to_train(package):
    with pytest.raises(ModelError) as raised:
        load("small")
    assert str(raised.value).startswith("'small' is a kind of model that has to be trained first: maeum train --data")
    pytest.importorskip("onnxruntime")
    fixtures = _module("exported_fixtures")
    fixtures.folder(package / "small", titles={"en": "Small", "ko": "작은 모델"})
    model = load("small")
    assert (model.family, model.folder) == ("exported", package / "small")
    assert model.predict(["정말 재밌다"]).labels.names == ("negative", "positive")
    assert named("small")[0].name == "small" and named("small")[1] == {}
    assert list(bundled()) == ["fast", "small"]
    rows = {(row["name"], row["use"]): row["titles"]["en"] for row in model_list()}
    assert rows["small", "predict"] == "Small" and "fine-tuned beside" in rows["small", "train"]


def test_a_packaged_model_without_titles_is_listed_by_its_family(package):
    _module("exported_fixtures").folder(package / "small")
    rows = {(row["name"], row["use"]): row["titles"]["en"] for row in model_list()}
    assert rows["small", "predict"].startswith("A trained network or encoder as an ONNX graph")


def test_small_is_fine_tuned_saved_and_loaded(whole, tmp_path):
    import numpy as np
    import torch

    from maeum.training import fit

    model = fit(data(), data(), recipe("small", wide_bits=10)).model
    assert (model.family, model.card["checkpoint"]) == ("small", "small-encoder")
    assert {one.dtype for one in model.module.parameters()} == {torch.float32}
    folder = model.save(tmp_path / "m")
    assert json.loads((folder / "model.json").read_text())["family"] == "small"
    config = json.loads((folder / "config.json").read_text())
    assert (config["dtype"], config["architectures"]) == ("float32", ["ElectraForSequenceClassification"])
    again = load(folder)
    assert (again.family, again.settings, again.card) == ("small", model.settings, model.card)
    assert np.array_equal(again.predict(data()).probabilities, model.predict(data()).probabilities)
    assert encoder_folder(folder) == folder and locate(str(folder)) == folder  # others can be trained from it
    assert "Fine-tuned from: small-encoder\n" in (folder / "README.md").read_text(encoding="utf-8")


def test_numbers_in_16_bits_are_read_as_they_are_into_32(whole, trunk):
    import torch
    from safetensors.torch import load_file

    stored = load_file(trunk / "model.safetensors")
    settings, training = recipe("small", wide_bits=10).model, family("small").training()
    module = family("small").untrained(data(), settings, training).module.electra
    for name, one in module.state_dict().items():
        assert stored[name].dtype == torch.float16 and torch.equal(one, stored[name].float()), name
    fresh = family("small").untrained(data(), settings.model_copy(update={"from_scratch": True}), training).module
    assert {one.dtype for one in fresh.parameters()} == {torch.float32}
    name = "embeddings.word_embeddings.weight"
    assert not torch.allclose(fresh.electra.state_dict()[name], stored[name].float())


def test_the_trunk_alone_is_an_encoder(whole):
    from maeum.training import fit

    model = fit(data(), data(), recipe("small-encoder")).model
    assert (model.family, model.wide) == ("encoder", None)


def test_inside_scikit_learn(whole):
    import pickle

    import numpy as np

    from maeum.sklearn import TextClassifier

    texts, names = data().texts, ["긍정" if label == "positive" else "부정" for label in data().frame["label"]]
    estimator = TextClassifier("small", epochs=1, batch_size=8, wide_bits=10, max_length=16).fit(texts, names)
    again = pickle.loads(pickle.dumps(estimator))
    assert np.allclose(again.predict_proba(texts), estimator.predict_proba(texts), atol=1e-6)
    assert set(estimator.predict(texts)) <= {"긍정", "부정"}


def test_summaries_before_training(whole):
    from maeum.workflows.summary import summary

    small, plain = summary("small"), summary("small-encoder")
    assert (small.family, plain.family, small.trained) == ("small", "encoder", False)
    assert "wide_scale" in [layer.name for layer in small.layers]
    assert small.parameters == plain.parameters + 1


def test_other_data_are_told_how_to_go_without_n_grams(whole):
    from maeum.schema import Task
    from maeum.training import fit

    fixtures = _module("encoder_fixtures")
    pairs = fixtures.dataset(task=Task.PAIR, texts=data().texts)
    with pytest.raises(RecipeError, match=r"these data are 'pair'\. Train without them: --no-wide"):
        fit(pairs, pairs, recipe("small"))
    assert fit(pairs, pairs, recipe("small", wide=False)).model.task is Task.PAIR
    several = fixtures.dataset(("기쁨", "슬픔", "없음"), Task.MULTI_LABEL, texts=data().texts)
    assert fit(several, several, recipe("small")).model.wide.task is Task.MULTI_LABEL
