"""Exported models: the ids and answers of the model they were made from, no torch, every fault in words."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx")

import maeum
from maeum.cli.main import main
from maeum.engine.sessions import Engine, Layout
from maeum.errors import ModelError, UsageError, UserError
from maeum.models import load
from maeum.models.exported import ExportedTokens
from maeum.models.family import families, saved_families
from maeum.models.folder import CARD
from maeum.models.gradient_settings import LongTexts
from maeum.schema import Model, Task
from maeum.text import Pipeline


def _fixtures(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    if not hasattr(module, "SPECIAL"):
        spec.loader.exec_module(module)
    return module


F = _fixtures("exported_fixtures")
TEXTS = ["재밌다", "최악의 영화 ㅠㅠ", "", "  ", "👍🏽👍🏽", "정말 " * 60, "재밌다", "\ud800 반쪽", "[SEP] [CLS]"]
CUT, WINDOW = LongTexts.TRUNCATE, LongTexts.WINDOW


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return F.folder(tmp_path_factory.mktemp("exported") / "m")


@pytest.fixture(scope="module")
def model(folder):
    return load(folder)


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def refused(place, **made):
    with pytest.raises(ModelError) as found:
        load(F.folder(place / "m", **made))
    return found.value


def test_answers_are_those_of_the_graph(model):
    assert isinstance(model, Model)
    assert (model.task, model.labels.names, model.max_length) == (Task.SINGLE_LABEL, F.LABELS, 32)
    found = model.predict(TEXTS)
    expected = softmax(np.stack([F.expected(ids) for ids in model.encode(TEXTS).ids]))
    expected[2:4] = 0.5  # no character: the prior
    assert np.abs(found.probabilities - expected).max() < 1e-5
    assert model.predict([]).probabilities.shape == (0, 2)


def test_batches_and_workers_change_nothing(model, folder):
    texts = [f"{text} {at}" for at in range(60) for text in TEXTS]
    alone = np.concatenate([model.predict([text]).probabilities for text in texts])
    for other in (model, model.with_engine(Engine.ONNX, folder, Layout(2, 1))):
        assert np.abs(other.predict(texts).probabilities - alone).max() < 1e-6


def test_openvino_reads_the_same_file(model, folder):
    pytest.importorskip("openvino")
    other = model.with_engine(Engine.OPENVINO, folder, Layout(2, 1))
    assert np.abs(other.predict(TEXTS).probabilities - model.predict(TEXTS).probabilities).max() < 1e-5


@pytest.mark.parametrize("engine", [Engine.ONNX, Engine.OPENVINO])
def test_arithmetic_of_the_caller_stays_what_it_is(engine, model, folder):
    pytest.importorskip("openvino")
    small = np.full(3, 1e-40, np.float32)
    model.with_engine(engine, folder).predict(TEXTS)
    assert (small * np.float32(0.5) > 0).all()


def test_several_labels_and_their_thresholds(tmp_path):
    labels = ("joy", "sad", "없음")
    made = F.folder(
        tmp_path / "m", labels=labels, task="multi_label", prior=[0.5, 0.25, 0.1], thresholds=[0.2, 0.5, 0.9]
    )
    model = load(made)
    found = model.predict(["재밌다", ""])
    logits = F.expected(model.encode(["재밌다"]).ids[0], 3)
    assert found.probabilities[0] == pytest.approx(1 / (1 + np.exp(-logits)), abs=1e-5)
    assert found.probabilities[1] == pytest.approx([0.5, 0.25, 0.1])
    assert found.decide()[1].tolist() == [True, False, False]


def test_pairs(tmp_path):
    names = ["input_ids", "attention_mask", "token_type_ids"]
    model = load(F.folder(tmp_path / "m", task="pair", inputs=names))
    pairs = [("재밌다", "좋다"), ("재밌다 " * 40, "좋다"), ("", "")]
    encoded = model.encode(pairs)
    assert encoded.cut == 1
    assert encoded.lengths.max() == 32
    assert (
        encoded.types[0].tolist() == [0] * (len(encoded.ids[0]) - encoded.types[0].sum()) + [1] * encoded.types[0].sum()
    )
    expected = softmax(np.stack([F.expected(i) + t.sum() for i, t in zip(encoded.ids, encoded.types, strict=True)]))
    expected[2] = 0.5
    assert np.abs(model.predict(pairs).probabilities - expected).max() < 1e-5
    with pytest.raises(UserError) as found:
        model.predict([("a", "b"), "c"])
    assert found.value.key == "encoders.not_pairs"


def test_ngrams_beside_the_graph(tmp_path):
    inputs = ["input_ids", "attention_mask", "wide"]
    made = F.folder(tmp_path / "m", inputs=inputs)
    model = load(made)
    texts = ["재밌다", "최악"]
    from maeum.models.neural.model import wide_scores

    logits = np.stack([F.expected(ids) for ids in model.encode(texts).ids]) + wide_scores(F.ngrams(), texts)
    assert np.abs(model.predict(texts).probabilities - softmax(logits)).max() < 1e-5
    assert [layer.name for layer in model.layers()][-3:] == ["tokens", "graph", "probabilities"]
    shutil.rmtree(made / "wide")
    with pytest.raises(ModelError) as found:
        load(made)
    assert str(found.value) == f"The model '{made}' is incomplete: wide is missing. Copy the whole folder again."


def test_long_texts_are_cut_or_read_in_parts(tmp_path, model):
    from maeum.engine.inference import Long, counting_long

    text = "영화가 정말 재밌다 " * 100_000  # a million characters
    with counting_long() as long:
        first = model.predict([text, text, "짧다"]).probabilities
    assert long == Long(cut=1)
    assert first[0] == pytest.approx(softmax(F.expected(model.encode([text]).ids[0])[None])[0], abs=1e-5)
    windowed = load(F.folder(tmp_path / "m", long_texts="window"))
    some = text[:2_000]
    encoded = windowed.encode([some])
    assert encoded.cut == 0
    assert len(encoded.ids) > 10
    with counting_long() as long:
        found = windowed.predict([some])
    assert long == Long(windowed=1)
    mean = np.mean([F.expected(ids) for ids in encoded.ids], axis=0)
    assert found.probabilities[0] == pytest.approx(softmax(mean[None])[0], abs=1e-5)


def test_not_texts(model):
    with pytest.raises(UserError) as found:
        model.predict(["a", 3, None])
    assert str(found.value) == (
        "predict expects texts; 2 item(s) are not strings (position: type): 1: int, 2: NoneType"
    )
    with pytest.raises(UserError, match="found one string"):
        model.predict("재밌다")


def test_saved_is_the_same(model, tmp_path):
    again = load(model.save(tmp_path / "copy"))
    assert (again.predict(TEXTS).probabilities == model.predict(TEXTS).probabilities).all()
    assert sorted(one.name for one in (tmp_path / "copy").iterdir()) == [CARD, "model.onnx", "tokenizer.json"]


@pytest.mark.parametrize("kind", ["bert", "roberta", "xlm-roberta"])
def test_ids_are_those_of_the_encoder(kind, tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    pytest.importorskip("sentencepiece")
    made = _fixtures("encoder_fixtures")
    from maeum.models.encoder.tokens import EncoderTokens
    from maeum.models.encoder.weights import read_config

    place = tmp_path / kind
    place.mkdir()
    rows, pad = made.write_tokenizer(kind, place)
    made.shape(kind, rows, pad).save_pretrained(place)
    steps = Pipeline(("drop_controls", "nfc", "squeeze_spaces"))
    own = EncoderTokens.load(place, read_config(place), steps)
    saved = tmp_path / "saved"
    saved.mkdir()
    own.save(saved)
    other = ExportedTokens.load(saved, steps, own.pad, types=own.types, mark="\ufffd")
    pairs = list(zip(TEXTS, TEXTS[::-1], strict=True))
    for inputs, length, long_texts in [(TEXTS, 16, CUT), (TEXTS, 16, WINDOW), (TEXTS, 60, CUT), (pairs, 16, CUT)]:
        first, second = (one.encode(inputs, length, long_texts) for one in (own, other))
        assert [row.tolist() for row in second.ids] == [row.tolist() for row in first.ids]
        assert (second.owner.tolist(), second.cut) == (first.owner.tolist(), first.cut)
        if first.types is not None:
            assert [row.tolist() for row in second.types] == [row.tolist() for row in first.types]


@pytest.mark.parametrize("units", ["jamo", "syllable", "subword"])
def test_ids_are_those_of_the_network(units, tmp_path):
    from maeum.models.encoder.tokenizer_check import korean_sample
    from maeum.models.neural.network_settings import NetworkSettings
    from maeum.models.neural.units import learn

    own = learn(list(korean_sample())[:200], NetworkSettings(family="cnn", units=units, min_texts=1))
    own.save(tmp_path)
    other = ExportedTokens.load(tmp_path, Pipeline(own.steps), own.pad, types=False, mark="?")
    for long_texts in (CUT, WINDOW):
        first, second = (one.encode([*TEXTS, "뷁" * 3], 12, long_texts) for one in (own, other))
        assert [row.tolist() for row in second.ids] == [row.tolist() for row in first.ids]
        assert (second.owner.tolist(), second.cut) == (first.owner.tolist(), first.cut)


def test_the_same_as_torch(model):
    torch = pytest.importorskip("torch")
    from maeum.models.neural import NeuralModel

    class Mean(torch.nn.Module):
        def __init__(self):
            super().__init__()
            embeddings, matrix = (torch.from_numpy(one) for one in F.weights(2, F.rows()))
            self.embeddings, self.matrix = torch.nn.Parameter(embeddings), torch.nn.Parameter(matrix)

        def forward(self, input_ids, attention_mask):
            mask = attention_mask[:, :, None]
            return ((self.embeddings[input_ids] * mask).sum(1) / mask.sum(1)) @ self.matrix

    class Trained(NeuralModel):
        family = "toy"

        def _write(self, folder):
            raise NotImplementedError

    trained = Trained(
        task=model.task, labels=model.labels, settings=model.settings, tokens=model.tokens, module=Mean(),
        prior=model.prior, max_length=32,
    )  # fmt: skip
    trained.module.train()
    texts = TEXTS * 50
    assert np.abs(trained.predict(texts).probabilities - model.predict(texts).probabilities).max() < 1e-5
    assert trained.module.training  # left as it was
    assert trained.with_engine(Engine.TORCH, "runs/a") is trained
    with pytest.raises(UsageError) as found:
        trained.with_engine(Engine.ONNX, "runs/a")
    assert str(found.value) == (
        "--engine onnx runs exported models, and 'runs/a' is a trained one. Export it first: maeum export runs/a --to onnx "
        "--int8 -o DIR; then predict with --model DIR."
    )


def test_no_torch_and_no_transformers(folder):
    script = f"""
import sys
for name in ("torch", "transformers", "onnx", "openvino"):
    sys.modules[name] = None
import maeum
model = maeum.load({str(folder)!r})
assert model.predict(["재밌다", "", "최악 " * 500]).probabilities.shape == (3, 2)
print("fine")
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("fine\n", 0), done.stderr


# what can be wrong with a folder


def test_a_truncated_graph(tmp_path):
    error = refused(tmp_path, content=F.graph()[:500])
    assert str(error) == (
        f"'{tmp_path}/m/model.onnx' is damaged or is no ONNX model (Protobuf parsing failed.). Copy the model again or "
        "export it anew: maeum export RUN --to onnx -o DIR"
    )


@pytest.mark.parametrize("content", [b"", b"<html>404</html>", b"\x00" * 1000, bytes(range(256)) * 50])
def test_no_graph(content, tmp_path):
    assert refused(tmp_path, content=content).key == "exported.damaged"


def test_a_missing_graph(folder, tmp_path):
    place = shutil.copytree(folder, tmp_path / "m")
    (place / "model.onnx").unlink()
    with pytest.raises(ModelError) as found:
        load(place)
    assert str(found.value) == f"The model '{place}' is incomplete: model.onnx is missing. Copy the whole folder again."


def test_a_newer_opset(tmp_path):
    import onnxruntime

    error = refused(tmp_path, content=F.graph(opset=99))
    assert error.key == "exported.opset"
    assert f"opset 99; the installed ONNX Runtime {onnxruntime.__version__} knows opsets up to " in str(error)
    assert int(error.values["known"]) >= F.OPSET


def test_an_unknown_operation(tmp_path):
    error = refused(tmp_path, content=F.graph(operation="Swish"))
    assert (error.key, error.values["name"]) == ("exported.operation", "elsewhere:Swish")


def test_a_foreign_graph(tmp_path):
    error = refused(tmp_path, content=F.graph(output="answers"))
    assert str(error) == (
        f"'{tmp_path}/m/model.onnx' is another kind of ONNX model: a text classifier takes input_ids and attention_mask "
        "and gives 'logits'; this one: input_ids, attention_mask → answers. Export the model with maeum export."
    )


def test_other_inputs_than_the_card_says(tmp_path):
    error = refused(tmp_path, content=F.graph(inputs=("input_ids", "attention_mask", "token_type_ids")))
    assert error.key == "exported.inputs_differ"
    assert error.values["found"] == "input_ids, attention_mask, token_type_ids"
    assert error.values["expected"] == "input_ids, attention_mask"


@pytest.mark.parametrize("fixed", [[1, 32], [1, "L"], ["B", 32]])
def test_batches_of_one_size(fixed, tmp_path):
    error = refused(tmp_path, content=F.graph(fixed=fixed))
    assert error.key == "exported.fixed_size"
    assert error.values["shapes"].startswith(f"input_ids {fixed}")


def test_labels_of_another_number(tmp_path):
    error = refused(tmp_path, content=F.graph(3))
    assert str(error) == (
        f"The model '{tmp_path}/m' contradicts itself: model.json names 2 labels (negative, positive), the graph gives 3 "
        "logits. Copy the folder again or export the model anew."
    )


def test_a_card_without_labels(folder, tmp_path):
    place = shutil.copytree(folder, tmp_path / "m")
    said = json.loads((place / CARD).read_text())
    (place / CARD).write_text(json.dumps({name: value for name, value in said.items() if name != "labels"}))
    with pytest.raises(ModelError) as found:
        load(place)
    assert str(found.value) == (
        f"'{place / CARD}' is damaged (KeyError: 'labels'). Copy the model again or train it anew."
    )


@pytest.mark.parametrize(
    "wrong",
    [{"prior": [0.5]}, {"prior": [0.9, 0.9]}, {"max_length": 0}, {"inputs": ["pixels"]}, {"steps": ["nfx"]},
     {"long_texts": "fold"}, {"pad": None}, {"thresholds": [2, 2]}],
)  # fmt: skip
def test_a_card_that_cannot_be(wrong, tmp_path):
    error = refused(tmp_path, content=F.graph(), **wrong)
    assert error.key == "models.damaged"
    assert error.values["path"] == tmp_path / "m" / CARD


def test_a_tokenizer_of_another_model(tmp_path):
    error = refused(tmp_path, content=F.graph(rows_=100))
    assert str(error) == (
        f"The tokenizer '{tmp_path}/m/tokenizer.json' does not belong to this model: it gives ids up to "
        f"{F.rows() - 1}, which the model has no embedding for. Take tokenizer.json and model.onnx from the same export."
    )


@pytest.mark.parametrize("content", ["", "{", '{"version": "1.0"}', "[]"])
def test_a_damaged_tokenizer(content, folder, tmp_path):
    place = shutil.copytree(folder, tmp_path / "m")
    (place / "tokenizer.json").write_text(content)
    with pytest.raises(ModelError) as found:
        load(place)
    assert found.value.key == "models.damaged"
    assert found.value.values["path"] == place / "tokenizer.json"


def test_a_length_that_the_graph_cannot_see(tmp_path):
    error = refused(tmp_path, content=F.graph(positions=20))
    assert error.key == "exported.too_short"
    assert error.values["length"] == 32
    assert error.values["reason"].startswith("Non-zero status code returned while running Add node.")


def test_a_length_without_room(tmp_path):
    with pytest.raises(ModelError) as found:
        load(F.folder(tmp_path / "m", max_length=2)).predict(["a"])
    assert str(found.value) == "max_length 2 in model.json leaves no room for the text beside 2 special tokens."


def test_weights_that_are_not_finite(tmp_path):
    assert refused(tmp_path, content=F.graph(weight=np.float32("nan"))).key == "exported.not_finite"


# the family, the commands


def test_the_family_is_not_to_be_trained():
    assert "exported" not in families()
    assert saved_families()["exported"].trainer == ""
    with pytest.raises(ModelError) as found:
        maeum.train("sample", model="exported", out="nowhere")
    assert found.value.key == "models.not_trainable"


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_stream_is_the_whole(model, folder, tmp_path, suffix, monkeypatch):
    import polars as pl

    work = importlib.import_module("maeum.workflows.predict")
    monkeypatch.setattr(work, "SMALL", 100)
    monkeypatch.setattr(type(model), "block", 64)
    source = tmp_path / "in.csv"
    texts = [f"{'재밌다 ' * (at % 40)}{at % 90}" for at in range(700)]
    pl.DataFrame({"text": texts}).write_csv(source)
    out = tmp_path / f"out{suffix}"
    assert maeum.predict(source, model=folder, out=out) is None
    whole = tmp_path / f"whole{suffix}"
    work.predict_whole(source, model=model, out=whole)
    read = {".csv": pl.read_csv, ".jsonl": pl.read_ndjson, ".parquet": pl.read_parquet}[suffix]
    first, second = read(out), read(whole)
    assert first.select("text", "predicted").equals(second.select("text", "predicted"))
    assert (first["p_positive"] - second["p_positive"]).abs().max() < 1e-5


def test_long_texts_of_a_file_are_counted_once(folder, tmp_path, monkeypatch, capsys):
    work = importlib.import_module("maeum.workflows.predict")
    monkeypatch.setattr(work, "SMALL", 2)
    source = tmp_path / "in.csv"
    source.write_text("text\n" + "\n".join(f"{'재밌다 ' * 50}{at}" for at in range(5)) + "\n짧다\n", encoding="utf-8")
    assert main(["predict", str(source), "--model", str(folder), "-o", str(tmp_path / "out.csv")]) == 0
    assert capsys.readouterr().err == (
        f"Texts longer than the model sees: 5; their end was not read.\nWritten: {tmp_path}/out.csv\n"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--engine", "onx"], "--engine: expected one of torch, onnx, openvino, found 'onx'. Did you mean 'onnx'?\n"),
        (
            ["--engine", "onnx"],
            "--engine onnx does not apply to 'fast': models of the kind 'hashed' need none. Leave --engine out.\n",
        ),
    ],
)
def test_engines_that_do_not_go(words, sentence, capsys):
    assert main(["predict", "재밌다", "--model", "fast", *words]) == 2
    assert capsys.readouterr().err == sentence


def test_engines_of_an_exported_model(folder, model, capsys):
    assert main(["predict", "재밌다", "--model", str(folder), "--engine", "onnx", "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["predicted"] == model.predict(["재밌다"]).top[0]
    assert main(["predict", "재밌다", "--model", str(folder), "--engine", "torch"]) == 2
    assert capsys.readouterr().err == (
        f"--engine torch runs trained models, and '{folder}' is an exported one. Give the run it was exported from, or "
        "leave --engine out.\n"
    )
    with pytest.raises(UsageError) as found:
        maeum.predict(["재밌다"], model=folder, engine="tensorrt")
    assert found.value.key == "cli.not_a_choice"


def test_summary(folder, capsys):
    assert main(["summary", str(folder)]) == 0
    assert "onnx" in capsys.readouterr().out
