"""Hashed n-grams beside an encoder: learnt with it, saved beside plain Hugging Face files, the same wherever it runs."""

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch
from safetensors.torch import load_file

import maeum
from maeum.errors import ContractError, ModelError, RecipeError
from maeum.models import load
from maeum.models.encoder import EncoderSettings, EncoderTraining, head_parameters
from maeum.models.encoder.model import untrained
from maeum.models.encoder.quiet import quiet
from maeum.models.encoder.wide import widen
from maeum.models.family import family
from maeum.models.hashed import HashedModel
from maeum.models.neural.model import text_of, wide_scores
from maeum.recipe import Recipe
from maeum.schema import Task
from maeum.training import fit
from maeum.training.gradient import checkpoints as kept
from maeum.training.listeners import Workspace
from maeum.workflows.summary import summary

TESTS = Path(__file__).parents[1]
KINDS = ("bert", "distilbert", "electra", "roberta", "deberta-v2", "modernbert")


def _module(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = sys.modules.setdefault(name, importlib.util.module_from_spec(spec))
    if "pl" not in vars(module):
        spec.loader.exec_module(module)
    return module


E = _module("encoder_fixtures", TESTS / "models" / "encoder_fixtures.py")
F = _module("gradient_fixtures", TESTS / "training" / "gradient_fixtures.py")
DATA = E.dataset(texts=[f"{text} {end}" for end in ("", "ㅋㅋ", "ㅠㅠ", "!!") for text in E.TEXTS])
TEXTS = [*E.TEXTS, "", "  ", "\ud800", "재밌다 재미없다 " * 40, "처음 보는 낱말뿐"]


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory):
    root = tmp_path_factory.mktemp("checkpoints")

    def one(kind):
        with quiet():
            return root / kind if (root / kind).exists() else E.write_checkpoint(kind, root / kind)

    return one


def recipe(folder, **values):
    keywords = {"wide": True, "wide_bits": 10, "epochs": 2, "batch_size": 8, "learning_rate": 1e-3, "precision": "fp32"}
    return Recipe.from_keywords("encoder", {"checkpoint": str(folder), **keywords, **values})


def trained(folder, workspace=None, **values):
    return fit(DATA, DATA, recipe(folder, **values), workspace or Workspace())


@pytest.fixture(scope="module")
def electra(checkpoints):
    """An ELECTRA fine-tuned beside n-grams. Read only."""
    return trained(checkpoints("electra")).model


def test_the_scores_are_added_to_the_logits(checkpoints):
    folder = checkpoints("bert")
    training = EncoderTraining(max_length=32)
    plain = untrained(DATA, EncoderSettings(checkpoint=str(folder)), training)
    wide = untrained(DATA, EncoderSettings(checkpoint=str(folder), wide=True), training)
    assert set(dict(wide.module.named_parameters())) - set(dict(plain.module.named_parameters())) == {"wide_scale"}
    assert head_parameters(wide.module) - head_parameters(plain.module) == {"wide_scale"}
    assert (type(wide.module).__name__, isinstance(wide.module, type(plain.module))) == (type(plain.module).__name__, 1)
    with torch.no_grad():
        wide.module.wide_scale.fill_(2.5)
    encoded = plain.encode(E.TEXTS)
    scores = np.random.default_rng(0).normal(size=(len(E.TEXTS), 2)).astype(np.float32)
    expected = plain.encoded_logits(encoded, None, len(E.TEXTS)) + 2.5 * scores
    np.testing.assert_allclose(wide.encoded_logits(encoded, scores, len(E.TEXTS)), expected, atol=1e-5)
    with pytest.raises(ContractError, match=r"wide: expected scores of the n-grams, shape \(B, 2\), found None"):
        wide.predict(E.TEXTS)


@pytest.mark.parametrize("kind", KINDS)
def test_it_learns_is_saved_and_says_the_same_to_the_bit(kind, checkpoints, tmp_path, capfd):
    from transformers import AutoModelForSequenceClassification

    folder = checkpoints(kind)
    capfd.readouterr()
    model = trained(folder, layer_decay=0.9, gradient_checkpointing=True).model
    assert isinstance(model.wide, HashedModel) and model.wide.settings.bits == 10
    saved = model.save(tmp_path / "m")
    again = load(saved)
    assert capfd.readouterr() == ("", "")
    assert np.array_equal(again.predict(TEXTS).probabilities, model.predict(TEXTS).probabilities)
    assert (again.family, again.settings) == ("encoder", model.settings)
    scale = model.module.wide_scale.item()
    assert again.module.wide_scale.item() == scale == json.loads((saved / "model.json").read_text())["wide_scale"]
    assert again.module.wide_scale.requires_grad and not again.module.training
    assert again.card == model.card and "wide_scale" not in again.card
    # what transformers reads is a folder like any other
    config = json.loads((saved / "config.json").read_text())
    module, info = AutoModelForSequenceClassification.from_pretrained(saved, output_loading_info=True)
    assert config["architectures"] == [type(module).__name__] and "wide" not in json.dumps(config)
    assert not any(info.values())
    assert not any("wide" in name for name in load_file(saved / "model.safetensors"))
    inner = {name: one for name, one in model.module.state_dict().items() if name != "wide_scale"}
    assert F.same(inner, dict(module.state_dict()))
    card = (saved / "README.md").read_text(encoding="utf-8")
    assert (
        "stand hashed n-grams (`wide/`), whose scores maeum adds" in card and "해시한 n-gram(`wide/`)이 있으며" in card
    )


def test_the_scale_begins_at_the_slope_and_is_learnt(electra):
    begun, learnt = electra.wide.slope.item(), electra.module.wide_scale.item()
    assert 0 < abs(begun - learnt) < 0.1


def test_alone_as_in_a_batch(electra):
    filled = [text for text in TEXTS if text.strip()]
    scores = wide_scores(electra.wide, filled)
    assert np.array_equal(np.concatenate([wide_scores(electra.wide, [text]) for text in filled]), scores)
    assert np.ptp(scores) > 0.1
    together = electra.predict(TEXTS).probabilities
    alone = np.concatenate([electra.predict([text]).probabilities for text in TEXTS])
    np.testing.assert_allclose(alone, together, atol=1e-6)
    assert together[8].tolist() == together[9].tolist() == electra.prior.tolist()


def test_the_table_is_saved_to_the_bit(electra, tmp_path):
    again = load(electra.save(tmp_path / "m"))
    assert np.array_equal(wide_scores(again.wide, TEXTS), wide_scores(electra.wide, TEXTS))
    assert again.save(tmp_path / "again") and load(tmp_path / "again").card == electra.card


def test_lora_and_frozen_layers_learn_the_scale_too(checkpoints, tmp_path):
    start = untrained(DATA, recipe(checkpoints("bert")).model, EncoderTraining()).module.state_dict()
    for values in ({"lora": 2}, {"freeze": -1}):
        model = trained(checkpoints("bert"), **values).model
        found = model.module.state_dict()
        assert list(found) == list(start)
        assert found["wide_scale"].item() != model.wide.slope.item()
        moved = {name for name in start if not torch.equal(start[name], found[name])}
        assert moved <= {n for n in start if "lora" in values and "attention" in n} | head_parameters(model.module)
        saved = load(model.save(tmp_path / next(iter(values))))
        assert np.array_equal(saved.predict(TEXTS).probabilities, model.predict(TEXTS).probabilities)


def test_the_attention_can_be_chosen(electra, checkpoints):
    model = untrained(DATA, EncoderSettings(checkpoint=str(checkpoints("bert")), wide=True), EncoderTraining())
    for kind in ("eager", "sdpa"):
        model.module.set_attn_implementation(kind)
        assert model.module.config._attn_implementation == kind
    assert electra.module.config._attn_implementation == "sdpa"  # as it was before training


class StopError(Exception):
    pass


class Stopper(F.Ear):
    def step(self, step, values):
        if step == 6:
            raise StopError


def test_stopped_and_resumed_is_as_if_undisturbed(checkpoints, tmp_path):
    values = {"checkpoint_every": 3, "epochs": 3, "patience": 0, "best": "loss"}  # 4 updates an epoch
    folder = checkpoints("distilbert")
    whole = trained(folder, Workspace(tmp_path / "whole"), **values)
    with pytest.raises(StopError):
        trained(folder, Workspace(tmp_path / "stopped", listeners=(Stopper(),)), **values)
    place = tmp_path / "stopped" / kept.FOLDER
    weights = load_file(place / max(one.name for one in place.iterdir()) / "weights.safetensors")
    assert "wide_scale" in weights
    resumed = trained(folder, Workspace(tmp_path / "stopped", resume=True), **values)
    assert F.same(F.weights(whole), F.weights(resumed))
    assert np.array_equal(whole.model.predict(TEXTS).probabilities, resumed.model.predict(TEXTS).probabilities)
    columns = ("step", "train_loss", "validation_loss", "validation_macro_f1")
    assert [[row[one] for one in columns] for row in whole.history] == [
        [row[one] for one in columns] for row in resumed.history
    ]


def test_the_best_epoch_is_kept_in_memory_too(checkpoints, tmp_path):
    values = {"epochs": 3, "patience": 0}  # of equally good epochs the first
    disk = trained(checkpoints("distilbert"), Workspace(tmp_path), **values)
    memory = trained(checkpoints("distilbert"), **values)
    assert disk.model.card["epoch"] == memory.model.card["epoch"] < 3
    assert F.same(F.weights(disk), F.weights(memory))


def test_pairs_are_refused_and_work_without(checkpoints):
    data = E.dataset(task=Task.PAIR, texts=DATA.texts)
    with pytest.raises(RecipeError) as raised:
        fit(data, data, recipe(checkpoints("bert")))
    assert str(raised.value) == (
        "N-grams beside an encoder (--wide) are for single texts; these data are 'pair'. Train without them: --no-wide"
    )
    assert fit(data, data, recipe(checkpoints("bert"), wide=False, epochs=1)).model.wide is None


@pytest.mark.parametrize("kind", ["bert", "electra"])
def test_several_labels_are_calibrated_saved_and_say_the_same(kind, checkpoints, tmp_path):
    data = E.dataset(("기쁨", "슬픔", "없음"), Task.MULTI_LABEL, texts=DATA.texts)
    model = fit(data, data, recipe(checkpoints(kind), epochs=2)).model
    assert model.wide.task is Task.MULTI_LABEL and model.predict(data).several
    again = load(model.save(tmp_path / "m"))
    assert np.array_equal(again.predict(TEXTS).probabilities, model.predict(TEXTS).probabilities)
    assert np.array_equal(again.thresholds, model.thresholds)
    # calibrated: where the labels are said to be as frequent as they are
    np.testing.assert_allclose(model.predict(data).probabilities.mean(axis=0), data.targets.mean(axis=0), atol=0.15)


def test_damaged_folders(electra, tmp_path):
    folder = electra.save(tmp_path / "m")
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))

    def write(changed):
        (folder / "model.json").write_text(json.dumps(changed), encoding="utf-8")

    without = {name: value for name, value in card.items() if name != "wide_scale"}
    for changed, reason in (
        (without, "KeyError: 'wide_scale'"),
        ({**card, "wide_scale": float("nan")}, "ValueError: wide_scale: not finite"),
    ):
        write(changed)
        with pytest.raises(ModelError) as raised:
            load(folder)
        expected = f"'{folder / 'model.json'}' is damaged ({reason}). Copy the model again or train it anew."
        assert str(raised.value) == expected
    write(card)
    (folder / "wide").rename(tmp_path / "away")
    with pytest.raises(ModelError) as raised:
        load(folder)
    assert str(raised.value) == f"The model '{folder}' is incomplete: wide is missing. Copy the whole folder again."


def test_older_cards_know_nothing_of_it(checkpoints, tmp_path):
    settings = EncoderSettings(checkpoint=str(checkpoints("bert")))
    folder = untrained(DATA, settings, EncoderTraining()).save(tmp_path / "m")
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    assert "wide_scale" not in card
    for name in ("wide", "wide_bits", "wide_c"):
        del card["settings"][name]
    (folder / "model.json").write_text(json.dumps(card), encoding="utf-8")
    assert load(folder).settings == settings


def test_the_summary_counts_it(electra, tmp_path):
    found = summary(electra)
    inside = {layer.name: layer for layer in found.layers}
    assert [layer.name for layer in found.layers][:2] == ["wide.text", "wide.ngrams"]
    assert inside["wide_scale"].parameters == inside["wide_scale"].trainable == 1
    assert inside["wide.dense"].parameters == electra.wide.table.size + 2
    weights = sum(one.numel() for one in electra.module.parameters())
    assert found.parameters == weights + sum(one.parameters for one in electra.wide.layers())
    assert found.bytes == 4 * weights + electra.wide.table.nbytes


def test_a_saved_one_can_be_gone_on_from(electra, tmp_path):
    electra.save(tmp_path / "run" / "model")
    again = trained(tmp_path / "run", learning_rate=1e-9, epochs=1)
    np.testing.assert_allclose(again.model.module.wide_scale.item(), electra.wide.slope.item(), rtol=1e-6)
    inner = [name for name in electra.module.state_dict() if name != "wide_scale"]
    for name in inner:
        torch.testing.assert_close(again.model.module.state_dict()[name], electra.module.state_dict()[name])


def test_windows_of_a_long_text_have_the_scores_of_the_whole(checkpoints):
    model = trained(checkpoints("bert"), max_length=8, long_texts="window", epochs=1).model
    text = " ".join(E.TEXTS)
    encoded = model.encode([text])
    assert len(encoded.ids) > 2
    wide = wide_scores(model.wide, [text_of(text)])
    np.testing.assert_allclose(model.logits([text]), model.encoded_logits(encoded, wide, 1), atol=1e-6)
    assert np.abs(model.encoded_logits(encoded, wide * 0, 1) - model.logits([text])).max() > 0.05


def test_widening_takes_no_random_numbers_and_one_class_each(checkpoints):
    first, second = (
        untrained(DATA, EncoderSettings(checkpoint=str(checkpoints("bert"))), EncoderTraining()).module for _ in "ab"
    )
    torch.manual_seed(7)
    state = torch.random.get_rng_state()
    widen(first, 0.5)
    widen(second)
    assert torch.equal(torch.random.get_rng_state(), state)
    assert type(first) is type(second) and (first.wide_scale.item(), second.wide_scale.item()) == (0.5, 1.0)
    assert type(first).__module__ == "transformers.models.bert.modeling_bert"


def test_the_setting_is_declared_once():
    for name in ("encoder", "small", "cnn-wide"):
        assert family(name).settings.model_fields["wide_bits"].default == 22
        assert family(name).settings.model_fields["wide_c"].default == 0.5
    assert family("encoder").settings.model_fields["wide"].default is False
    assert maeum.load("fast") is not None
