"""Every kind of network and encoder answers as ONNX what it answers in torch, in any batch, in 32 and in 8 bits."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")
onnx = pytest.importorskip("onnx")

import maeum
from maeum.exporting.graph import OPSET
from maeum.models import load
from maeum.models.encoder.tokenizer_check import korean_sample
from maeum.models.neural import NeuralModel

PARITY = list(korean_sample()[:80])
OTHERS = [*korean_sample()[100:130], "좋다", "", "   ", "ㅋㅋㅋㅋㅠㅠ 😭", "\ud800 깨진 글자", "정말 재밌다 " * 200]
FUSED = {
    "bert": {"Attention": 2, "Gelu": 2},
    "distilbert": {"Attention": 2, "Gelu": 2},
    "electra": {"Attention": 2, "Gelu": 3},
    "roberta": {"Attention": 2, "Gelu": 2},
    "xlm-roberta": {"Attention": 2, "Gelu": 2},
    "deberta-v2": {"Gelu": 3},
    "modernbert": {"Gelu": 3},
}
ALL = {"Attention": 2, "SkipLayerNormalization": 4, "BiasGelu": 2, "EmbedLayerNormalization": 1}
NETWORKS = {
    "cnn": ("cnn", {}),
    "cnn of two widths, inner layer": ("cnn", {"dense": 8, "activation": "gelu", "widths": (1, 7)}),
    "cnn-wide": ("cnn-wide", {}),
    "rnn": ("rnn", {"pooling": "last"}),
    "rnn of gru": ("rnn", {"cell": "gru"}),
    "birnn of two layers": ("birnn", {"layers": 2}),
    "birnn of gru, mean": ("birnn", {"cell": "gru", "pooling": "mean"}),
    "birnn with attention": ("birnn", {"pooling": "attention"}),
    "birnn, last": ("birnn", {"pooling": "last"}),
    "rnn-wide": ("rnn-wide", {}),
    "birnn-wide": ("birnn-wide", {}),
}

SLOW = pytest.mark.slow
ALIKE = ("distilbert", "xlm-roberta", "rnn-wide", "birnn, last")  # with what others that run always show


def read_graph(folder):
    return onnx.load(folder / "model.onnx")


def kinds(graph):
    return [node.op_type for node in graph.graph.node]


def apart(folder, model):
    """Largest difference of a probability on texts that the comparison has not seen, alone and together."""
    exported = load(folder)
    wanted = model.predict(OTHERS).probabilities
    together = np.abs(exported.predict(OTHERS).probabilities - wanted).max()
    alone = max(np.abs(exported.predict([OTHERS[at]]).probabilities - wanted[at]).max() for at in (0, 30, 31, 33, 34))
    return max(together, alone)


def check_portable(folder):
    """Nothing in the graph asks for more than opset 17, or says where it was made."""
    graph = read_graph(folder)
    assert {(one.domain, one.version) for one in graph.opset_import} <= {("", OPSET), ("com.microsoft", 1)}
    assert graph.ir_version <= 8
    content = (folder / "model.onnx").read_bytes()
    assert b".py" not in content
    assert str(Path.cwd()).encode() not in content
    for one in graph.graph.input:
        sizes = [dimension.dim_param for dimension in one.type.tensor_type.shape.dim]
        assert sizes[0] == "batch" and (one.name == "wide" or sizes[1:] == ["length"])
    assert [one.name for one in graph.graph.output] == ["logits"]


@pytest.mark.parametrize("kind", [pytest.param(one, marks=SLOW) if one in ALIKE else one for one in FUSED])
def test_an_encoder_answers_as_in_torch(kind, checkpoint, tmp_path):
    folder = checkpoint(kind)
    model = load(folder)
    found = maeum.export(folder, out=tmp_path / "out", parity_texts=PARITY)
    assert found.precision == "fp32" and found.parity == found.onnx
    assert found.parity.texts == 80
    assert found.parity.agreement == 1.0
    assert found.parity.largest < 2e-5
    assert found.parity.mean <= found.parity.largest
    assert found.fused == FUSED[kind]
    assert apart(tmp_path / "out", model) < 2e-5
    check_portable(tmp_path / "out")
    card = json.loads((tmp_path / "out" / "model.json").read_text(encoding="utf-8"))
    types = kind in ("bert", "electra")
    assert card["inputs"] == ["input_ids", "attention_mask", *(["token_type_ids"] if types else [])]
    assert card["source"] == {"family": "encoder", "settings": model.settings.model_dump(mode="json") | {"checkpoint": "classifier"}}  # fmt: skip


@pytest.mark.parametrize("kind", ["bert", "roberta", "deberta-v2", "modernbert"])
def test_an_encoder_in_8_bits(kind, checkpoint, tmp_path):
    model = load(checkpoint(kind))
    found = maeum.export(model, out=tmp_path / "out", int8=True, min_agreement=0.5, parity_texts=PARITY)
    assert found.precision == "int8"
    assert found.onnx.largest < 2e-5 < found.parity.largest < 0.6
    assert (found.left_out, found.trials) == ((), 1)
    graph = read_graph(tmp_path / "out")
    names = kinds(graph)
    attention = "Attention" in FUSED[kind]
    assert names.count("QAttention") == (2 if attention else 0)
    assert names.count("MatMulInteger") >= (6 if attention else 8)
    weights = [one for one in graph.graph.initializer if len(one.dims) == 2 and one.data_type == onnx.TensorProto.INT8]
    assert len(weights) >= 9  # signed matrices and the embeddings
    assert not [
        one for one in graph.graph.initializer if len(one.dims) == 2 and one.data_type == onnx.TensorProto.UINT8
    ]
    tables = [one for one in weights if "_rows_int8" in one.name]
    assert [one.dims[0] for one in tables] == [model.tokens.rows]
    assert (
        found.bytes_after < 0.9 * sum(parameter.numel() * 4 for parameter in model.module.parameters()) or not attention
    )
    assert apart(tmp_path / "out", model) < 0.6
    check_portable(tmp_path / "out")


@pytest.mark.parametrize("which", [pytest.param(one, marks=SLOW) if one in ALIKE else one for one in NETWORKS])
def test_a_network_answers_as_in_torch(which, network, tmp_path):
    name, settings = NETWORKS[which]
    model = network(name, **settings)
    found = maeum.export(model, out=tmp_path / "out", parity_texts=PARITY)
    assert found.parity.agreement == 1.0
    assert found.parity.largest < 1e-5
    assert apart(tmp_path / "out", model) < 1e-5
    check_portable(tmp_path / "out")
    assert (tmp_path / "out" / "wide" / "model.json").is_file() == name.endswith("-wide")


@pytest.mark.parametrize(
    ("which", "inside"),
    [
        ("cnn", []),
        ("cnn of two widths, inner layer", ["MatMulInteger"]),
        ("cnn-wide", []),
        ("rnn", ["DynamicQuantizeLSTM"]),
        ("rnn of gru", []),
        ("birnn of two layers", ["DynamicQuantizeLSTM"] * 4),
        ("birnn with attention", ["DynamicQuantizeLSTM"] * 2 + ["MatMulInteger"]),
    ],
)
def test_a_network_in_8_bits(which, inside, network, tmp_path):
    name, settings = NETWORKS[which]
    model = network(name, vocabulary=2000, **settings)
    maeum.export(model, out=tmp_path / "whole", parity_texts=PARITY)
    found = maeum.export(model, out=tmp_path / "out", int8=True, min_agreement=0.5, parity_texts=PARITY)
    assert found.bytes_after < (tmp_path / "whole" / "model.onnx").stat().st_size
    graph = read_graph(tmp_path / "out")
    eight = {"MatMulInteger", "DynamicQuantizeLSTM", "QAttention", "ConvInteger"}
    assert sorted(one for one in kinds(graph) if one in eight) == sorted(inside)
    tables = [one for one in graph.graph.initializer if "_rows_int8" in one.name]
    assert [(one.dims[0], one.data_type) for one in tables] == [(model.tokens.size, onnx.TensorProto.INT8)]
    assert 0 < found.parity.largest < 0.1
    assert apart(tmp_path / "out", model) < 0.1


def test_pairs_are_compared_and_answered_as_pairs(checkpoint, tmp_path):
    folder = checkpoint("bert", ("entailment", "neutral", "contradiction"))
    found = maeum.export(folder, out=tmp_path / "out")
    assert found.parity.texts == 671  # each packaged review with the next
    pairs = [
        ("재미있는 영화다", "영화가 재밌다"),
        ("재미있는 영화다", "지루한 영화다"),
        ("", "둘째만"),
        ("가" * 300, "나" * 300),
    ]
    model, exported = load(folder), load(tmp_path / "out")
    assert exported.task is model.task
    assert np.abs(exported.predict(pairs).probabilities - model.predict(pairs).probabilities).max() < 1e-5


def test_several_labels_are_compared_by_decisions(checkpoint, tmp_path):
    folder = checkpoint("bert", ("joy", "sad", "anger"), problem_type="multi_label_classification")
    found = maeum.export(folder, out=tmp_path / "out", int8=True, min_agreement=0.5, parity_texts=PARITY)
    assert found.onnx.same_sets == 1.0
    assert found.parity.same_sets is not None
    assert found.parity.same_sets <= found.parity.agreement
    model, exported = load(folder), load(tmp_path / "out")
    before, after = model.predict(PARITY), exported.predict(PARITY)
    assert after.several
    assert (before.decide() == after.decide()).mean() == pytest.approx(found.parity.agreement, abs=0.02)


def test_labels_and_thresholds_of_several_labels_go_along(network, tmp_path):
    from dataclasses import replace

    model = replace(network("cnn", several=True), thresholds=np.array([0.3, 0.7], np.float32))
    maeum.export(model, out=tmp_path / "out", parity_texts=PARITY)
    exported = load(tmp_path / "out")
    assert exported.labels == model.labels
    assert exported.thresholds.tolist() == pytest.approx([0.3, 0.7])
    assert exported.prior.tolist() == model.prior.tolist()
    assert exported.predict(PARITY).sets() == model.predict(PARITY).sets()


def test_windows_of_long_texts_are_averaged_as_in_torch(network, tmp_path):
    from dataclasses import replace

    from maeum.models.gradient_settings import LongTexts

    model = replace(network("rnn"), max_length=8, long_texts=LongTexts.WINDOW)
    assert isinstance(model, NeuralModel)
    found = maeum.export(model, out=tmp_path / "out", parity_texts=PARITY)
    assert found.parity.largest < 1e-5
    assert apart(tmp_path / "out", model) < 1e-5


@pytest.mark.parametrize(("fuse", "fused"), [("attention", FUSED["bert"]), ("all", ALL), ("none", {})])
def test_fused_or_not_the_answers_are_the_same(fuse, fused, checkpoint, tmp_path):
    found = maeum.export(checkpoint("bert"), out=tmp_path / "out", parity_texts=PARITY, fuse=fuse)
    assert found.parity.largest < 2e-5
    assert found.fused == fused


def test_the_model_itself_stays_as_it_was(checkpoint, tmp_path):
    model = load(checkpoint("bert"))
    model.module.train()
    before = {name: one.clone() for name, one in model.module.state_dict().items()}
    maeum.export(model, out=tmp_path / "out", int8=True, min_agreement=0.5, parity_texts=PARITY)
    assert model.module.training
    assert model.module.config._attn_implementation == "sdpa"
    assert all((one == before[name]).all() for name, one in model.module.state_dict().items())
