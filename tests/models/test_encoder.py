"""Every architecture is built, answers, is saved, and answers the same again in maeum and in transformers."""

import importlib.util
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

from maeum.errors import ModelError, UserError
from maeum.models import load
from maeum.models.encoder import EncoderSettings, EncoderTraining, head_parameters, layers_of, target_modules
from maeum.models.encoder.model import EncoderModel, untrained
from maeum.models.family import families
from maeum.models.gradient_settings import LongTexts
from maeum.progress import Silent, report_to
from maeum.schema import Task


def _fixtures():
    spec = importlib.util.spec_from_file_location("encoder_fixtures", Path(__file__).with_name("encoder_fixtures.py"))
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    if not hasattr(module, "TEXTS"):
        spec.loader.exec_module(module)
    return module


F = _fixtures()
SETTINGS = EncoderTraining()


class Told(Silent):
    def __init__(self):
        self.sentences = []

    def say(self, sentence):
        self.sentences.append(sentence)


@pytest.fixture
def told():
    reporter = Told()
    report_to(reporter)
    return reporter.sentences


@pytest.fixture(scope="session")
def checkpoints(tmp_path_factory):
    """A folder for each architecture, written when first asked for. Read only."""
    root = tmp_path_factory.mktemp("checkpoints")

    def one(kind, name=None, **values):
        folder = root / (name or kind)
        return folder if folder.exists() else F.write_checkpoint(kind, folder, **values)

    return one


def build(folder, data=None, training=SETTINGS, **settings):
    return untrained(data or F.dataset(), EncoderSettings(checkpoint=str(folder), **settings), training)


@pytest.mark.parametrize("kind", F.ARCHITECTURES)
def test_saved_and_loaded_say_the_same_in_maeum_and_in_transformers(kind, checkpoints, tmp_path, capfd):
    from transformers import pipeline
    from transformers.utils import logging

    model = build(checkpoints(kind))
    capfd.readouterr()  # what writing the fixture printed
    expected = model.predict(F.TEXTS).probabilities
    folder = model.save(tmp_path / "m")
    again = load(folder)
    assert capfd.readouterr() == ("", "")  # nothing of transformers' own on the screen
    assert isinstance(again, EncoderModel)
    assert (again.labels, again.task, again.settings) == (model.labels, model.task, model.settings)
    assert again.max_length == model.max_length == {"roberta": 64, "xlm-roberta": 64}.get(kind, 66)
    assert np.array_equal(again.predict(F.TEXTS).probabilities, expected)
    assert expected.std(axis=0).min() > 1e-4  # texts are told apart at all
    logging.disable_progress_bar()
    answers = pipeline("text-classification", str(folder), top_k=None)(F.TEXTS)
    theirs = [[{one["label"]: one["score"] for one in row}[name] for name in model.labels] for row in answers]
    assert np.abs(np.array(theirs) - expected).max() < 1e-5


@pytest.mark.parametrize("kind", F.ARCHITECTURES)
def test_parts_of_every_architecture(kind, checkpoints):
    module = build(checkpoints(kind)).module
    layers, head = layers_of(module), head_parameters(module)
    assert len(layers) == 3 and all(layers)
    assert any("embeddings" in name for name in layers[0])
    assert all(".1." in name for name in layers[2]) and not any(".1." in name for name in layers[1])
    names = [name for layer in layers for name in layer]
    assert len(names) == len(set(names)) and not head & set(names)
    rest = {name for name, _ in module.named_parameters()} - set(names) - head
    assert all("pooler" in name or "final_norm" in name for name in rest)
    assert {"classifier.weight", "classifier.out_proj.weight"} & head
    adapted = target_modules(module)
    assert len(adapted) == (2 if kind == "modernbert" else 6)
    found = dict(module.named_modules())
    assert all(type(found[name]).__name__ == "Linear" for name in adapted)


def test_the_saved_folder_says_what_it_is(checkpoints, tmp_path):
    from dataclasses import replace

    model = build(checkpoints("bert"), F.dataset(("부정", "긍정")))
    model = replace(model, card={**model.card, "data": "toy", "metrics": {"validation": {"accuracy": 0.5}}})
    folder = model.save(tmp_path / "m")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert config["id2label"] == {"0": "부정", "1": "긍정"} and config["label2id"] == {"부정": 0, "긍정": 1}
    assert config["problem_type"] == "single_label_classification"
    assert config["architectures"] == ["BertForSequenceClassification"]
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "One of these labels: `부정`, `긍정`" in card and "다음 레이블 가운데 하나: `부정`, `긍정`" in card
    assert "| accuracy validation | 0.5000 |" in card and "- Training data: toy" in card
    assert "Fine-tuned from: bert\n" in card and str(tmp_path.parent) not in card
    assert 'pipeline("text-classification", "FOLDER"' in card and 'maeum.load("FOLDER")' in card
    assert not [path.name for path in folder.iterdir() if path.suffix in (".bin", ".pt", ".pkl")]
    assert load(folder).card == {
        "checkpoint": str(checkpoints("bert")),
        "data": "toy",
        "metrics": model.card["metrics"],
    }


def test_from_scratch_takes_the_shape_alone_and_is_seeded(checkpoints, tmp_path):
    folder = shutil.copytree(checkpoints("bert"), tmp_path / "shape")
    weights = folder / "model.safetensors"

    def numbers(model):
        return model.module.bert.embeddings.word_embeddings.weight.detach().numpy().copy()

    pretrained = numbers(build(folder))
    weights.unlink()
    with pytest.raises(ModelError) as raised:
        build(folder)
    assert str(raised.value).startswith(f"'{folder}' holds no weights for PyTorch: neither model.safetensors nor")
    one, same = build(folder, from_scratch=True), build(folder, from_scratch=True)
    other = build(folder, from_scratch=True, training=EncoderTraining(seed=1))
    assert np.array_equal(numbers(one), numbers(same))
    assert not np.allclose(numbers(one), numbers(other)) and not np.allclose(numbers(one), pretrained)


def test_the_new_head_is_seeded_and_nothing_else_random_moves(checkpoints):
    import torch

    folder = checkpoints("bert")
    torch.manual_seed(7)
    expected = torch.rand(1).item()
    torch.manual_seed(7)
    one = build(folder).module.classifier.weight
    assert torch.rand(1).item() == expected
    assert torch.equal(one, build(folder).module.classifier.weight)
    assert not torch.equal(one, build(folder, training=EncoderTraining(seed=1)).module.classifier.weight)


@pytest.mark.parametrize("kind", ["bert", "distilbert", "deberta-v2", "modernbert"])
def test_dropout_reaches_every_layer(kind, checkpoints):
    from torch import nn

    module = build(checkpoints(kind), dropout=0.25).module
    shares = {part.p for part in module.modules() if isinstance(part, nn.Dropout)}
    assert shares == {0.25}


def test_several_labels(checkpoints, tmp_path):
    data = F.dataset(("기쁨", "슬픔", "없음"), Task.MULTI_LABEL)
    model = build(checkpoints("bert"), data)
    assert model.prior.tolist() == pytest.approx(data.targets.mean(axis=0).tolist())
    folder = model.save(tmp_path / "m")
    assert json.loads((folder / "config.json").read_text())["problem_type"] == "multi_label_classification"
    found = load(folder).predict([*F.TEXTS, ""])
    assert found.several and np.array_equal(found.probabilities, model.predict([*F.TEXTS, ""]).probabilities)
    assert found.probabilities[-1].tolist() == pytest.approx(model.prior.tolist())


@pytest.mark.parametrize("kind", ["bert", "roberta"])
def test_pairs(kind, checkpoints, tmp_path):
    data = F.dataset(("entailment", "contradiction"), Task.PAIR)
    model = build(checkpoints(kind), data)
    again = load(model.save(tmp_path / "m"))
    found = again.predict(data)
    assert again.task is Task.PAIR and len(found) == len(data)
    assert np.array_equal(found.probabilities, model.predict(data.inputs).probabilities)
    turned = model.predict([(second, first) for first, second in data.inputs])
    assert not np.allclose(turned.probabilities, found.probabilities)
    with pytest.raises(UserError) as raised:
        again.predict(["하나", ("둘", "셋"), ("넷", 5)])
    expected = "This model compares two texts; each input has to be a pair (text, text). 2 are not: 0: str, 2: tuple"
    assert str(raised.value) == expected
    (tmp_path / "m" / "model.json").unlink()
    assert load(tmp_path / "m").task is Task.PAIR  # its labels are those of inference


def test_a_bert_tokenizer_before_an_encoder_without_token_types(checkpoints, tmp_path):
    """As klue/roberta-base: BERT's tokenizer marks second texts, the encoder has one row of types."""
    folder = shutil.copytree(checkpoints("bert", "two", type_vocab_size=1), tmp_path / "c")
    model = build(folder, F.dataset(task=Task.PAIR))
    assert model.encode([("가", "나")]).types is None
    assert len(model.predict([("정말 재밌다", "최고의 영화")])) == 1


def test_odd_texts(checkpoints):
    model = build(checkpoints("bert"))
    found = model.predict(["", "  ", "\ud800", "가" * 5000, "정말  재밌다\u200b", "정말 재밌다"]).probabilities
    assert found[0].tolist() == found[1].tolist() == [0.5, 0.5]
    assert np.array_equal(found[4], found[5])
    assert len(model.predict([])) == 0


def test_a_checkpoint_without_a_trained_head_says_so(checkpoints):
    folder = checkpoints("electra")
    with pytest.raises(ModelError) as raised:
        load(folder)
    assert str(raised.value) == (
        f"'{folder}' has no trained classification head, so its answers would be random. Train one: maeum train --data "
        f"DATA --model {folder} -o RUN"
    )


def test_a_plain_hugging_face_classifier_answers_with_its_own_labels(checkpoints, tmp_path, monkeypatch):
    folder = checkpoints("bert", "plain", head=True)
    model = load(folder)
    assert model.labels.names == ("LABEL_0", "LABEL_1") and model.task is Task.SINGLE_LABEL
    assert model.predict([""]).probabilities.tolist() == [[0.5, 0.5]]
    assert model.max_length == 66
    models = tmp_path / "models"
    shutil.copytree(folder, models / "owner--name")
    shutil.copytree(folder, models / "owner2" / "name")
    monkeypatch.setenv("MAEUM_MODELS", str(models))
    for name in ("owner/name", "owner2/name", "owner--name"):
        assert np.array_equal(load(name).predict(F.TEXTS).probabilities, model.predict(F.TEXTS).probabilities)


def test_going_on_from_a_classifier_keeps_its_head_only_for_the_same_labels(checkpoints, told):
    folder = checkpoints("bert", "labelled", labels=("negative", "positive"))
    saved = load(folder)
    short = EncoderTraining(max_length=32)
    same = build(folder, training=short)
    assert np.allclose(same.predict(F.TEXTS).probabilities, saved.predict(F.TEXTS).probabilities)
    assert told == []
    other = build(folder, F.dataset(("부정", "긍정")), training=short)
    sentence = (
        "This checkpoint was trained for other labels (negative, positive); its classification head is replaced by a "
        "new one for 부정, 긍정."
    )
    assert told == [sentence]
    assert not np.allclose(other.predict(F.TEXTS).probabilities, saved.predict(F.TEXTS).probabilities)
    assert (
        len(build(folder, F.dataset(("a", "b", "c")), training=short).predict(["정말"]).labels) == 3 and len(told) == 2
    )


def test_a_run_folder_can_be_gone_on_from(checkpoints, tmp_path):
    model = build(checkpoints("bert"))
    model.save(tmp_path / "run" / "model")
    again = build(tmp_path / "run")
    assert np.array_equal(again.predict(F.TEXTS).probabilities, model.predict(F.TEXTS).probabilities)


def test_only_pytorch_bin_weights(checkpoints, tmp_path):
    import torch
    from safetensors.torch import load_file

    folder = shutil.copytree(checkpoints("bert"), tmp_path / "old")
    expected = build(folder).predict(F.TEXTS).probabilities
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    assert np.array_equal(build(folder).predict(F.TEXTS).probabilities, expected)


def change_config(folder, **values):
    path = folder / "config.json"
    found = {**json.loads(path.read_text()), **values}
    path.write_text(json.dumps(found))


def test_weights_of_another_shape_are_refused(checkpoints, tmp_path):
    folder = shutil.copytree(checkpoints("bert"), tmp_path / "c")
    change_config(folder, num_hidden_layers=3)
    with pytest.raises(ModelError) as raised:
        build(folder)
    assert raised.value.key == "encoders.weights_differ" and raised.value.values["count"] == 16
    change_config(folder, num_hidden_layers=2, intermediate_size=20)
    with pytest.raises(ModelError, match=r"6 parts of the encoder are missing or of another size \(bert\.encoder"):
        build(folder)


def test_damaged_folders(checkpoints, tmp_path):
    folder = build(checkpoints("bert")).save(tmp_path / "m")
    change_config(folder, id2label={"0": "positive", "1": "negative"})
    with pytest.raises(ModelError) as raised:
        load(folder)
    assert str(raised.value) == (
        f"The model '{folder}' contradicts itself: model.json has the labels negative, positive, config.json has "
        "positive, negative. Copy the model again."
    )
    change_config(folder, id2label={"0": "negative", "1": "positive"})
    (folder / "model.safetensors").write_bytes(b"\x10\0\0\0")
    with pytest.raises(ModelError, match=r"The weights in '.*' cannot be read"):
        load(folder)
    (folder / "config.json").write_text("{")
    with pytest.raises(ModelError, match="is damaged"):
        load(folder)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"model_type": "mine", "auto_map": {"AutoModel": "mine.Mine"}}, "encoders.own_code"),
        ({"model_type": "mine"}, "encoders.config_unreadable"),
        ({"model_type": "whisper"}, "encoders.no_classifier"),
    ],
)
def test_shapes_that_cannot_be_used(checkpoints, tmp_path, values, key):
    folder = shutil.copytree(checkpoints("bert"), tmp_path / "c")
    change_config(folder, **values)
    with pytest.raises(ModelError) as raised:
        build(folder)
    assert raised.value.key == key


def test_foreign_code_beside_a_native_shape_is_not_run(checkpoints, tmp_path):
    folder = shutil.copytree(checkpoints("bert"), tmp_path / "c")
    change_config(folder, auto_map={"AutoModel": "mine.Mine"})
    (folder / "mine.py").write_text("raise SystemExit('run')")
    assert len(build(folder).predict(["정말"])) == 1


def test_windows_are_averaged(checkpoints):
    training = EncoderTraining(max_length=8, long_texts=LongTexts.WINDOW)
    model = build(checkpoints("bert"), training=training)
    text = " ".join(F.TEXTS)
    assert model.encode([text]).ids[1:] and model.encode([text]).cut == 0
    assert len(model.predict([text])) == 1


def test_the_length_an_encoder_can_see_is_said(checkpoints, told):
    assert build(checkpoints("roberta")).max_length == 64
    assert told == ["This encoder sees at most 64 tokens, not 128; max_length is 64."]


def test_the_family_and_its_defaults():
    family = families()["encoder"]
    assert family.trainer == "maeum.training.gradient"
    found = family.training()
    assert (found.learning_rate, found.batch_size, found.epochs, found.warmup) == (5e-5, 32, 3, 0.1)
    assert (found.weight_decay, found.max_length, found.patience) == (0.01, 128, 2)
    with pytest.raises(ModelError, match="needs an encoder to start from"):
        build("")
