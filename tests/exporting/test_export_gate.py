"""A graph is written only when it answers alike: parts are put back into 32 bits first, then it is refused with the numbers."""

from __future__ import annotations

import errno
import logging
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
onnx = pytest.importorskip("onnx")

from onnx import numpy_helper

import maeum
from maeum.errors import DataError, MissingExtraError, ModelError, OutputError, RecipeError, UsageError
from maeum.exporting import choose as choosing
from maeum.exporting import graph as graphs
from maeum.exporting import optimise, parity, quantise
from maeum.exporting.choose import choose
from maeum.exporting.parity import compare
from maeum.exporting.quantise import Unit
from maeum.models import load
from maeum.models.encoder.tokenizer_check import korean_sample
from maeum.progress import Silent, report_to
from maeum.schema import ClassPredictions, Labels

PARITY = list(korean_sample()[:80])
LABELS = Labels(("negative", "positive"))


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


def destroyed(graph):
    """The graph with other numbers in all its large weights."""
    copy = onnx.ModelProto()
    copy.CopyFrom(graph)
    random = np.random.default_rng(0)
    for one in copy.graph.initializer:
        if len(one.dims) == 2 and one.data_type == onnx.TensorProto.FLOAT:
            one.CopyFrom(numpy_helper.from_array(random.normal(size=tuple(one.dims)).astype(np.float32), one.name))
    return copy


def left(folder):
    return sorted(path.name for path in folder.iterdir())


# --- comparing


def predictions(rows, several=False, thresholds=None):
    return ClassPredictions(LABELS, np.array(rows, np.float32), several, thresholds)


def test_parity_counts_labels_and_differences():
    before = predictions([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.45, 0.55]])
    after = predictions([[0.8, 0.2], [0.4, 0.6], [0.2, 0.8], [0.55, 0.45]])
    found = compare(["가", "나", "다", "라\n마 " * 40], before, after)
    assert (found.texts, found.agreement, found.same_sets) == (4, 0.75, None)
    assert found.largest == pytest.approx(0.1, abs=1e-6)
    assert found.mean == pytest.approx(0.05, abs=1e-6)
    [one] = found.disagreements
    assert (one.before, one.after) == (("positive",), ("negative",))
    assert len(one.text) == 60 and one.text.startswith("라 마 라 마") and one.text.endswith("…")
    assert found.to_json() == {"agreement": 0.75, "largest_difference": found.largest, "mean_difference": found.mean}


def test_parity_of_several_labels_counts_decisions_by_the_models_thresholds():
    limits = np.array([0.5, 0.3], np.float32)
    before = predictions([[0.9, 0.35], [0.1, 0.1]], True, limits)
    after = predictions([[0.9, 0.25], [0.1, 0.1]], True, limits)
    found = compare([("가", "나"), ("다", "라")], before, after)
    assert (found.agreement, found.same_sets) == (0.75, 0.5)
    [one] = found.disagreements
    assert (one.text, one.before, one.after) == ("가 / 나", ("negative", "positive"), ("negative",))
    assert found.to_json()["same_sets"] == 0.5


def test_only_the_first_disagreements_are_kept():
    before, after = predictions([[1, 0]] * 9), predictions([[0, 1]] * 9)
    assert [one.text for one in compare(list("가나다라마바사아자"), before, after).disagreements] == list("가나다라마")


# --- choosing what stays in 32 bits


class Judge:
    """Judges graphs by the parts left out: each takes away its share of error."""

    def __init__(self, errors):
        self.errors = errors
        self.graphs = []

    def quantise(self, left_out):
        self.graphs.append(tuple(unit.name for unit in left_out))
        return self.graphs[-1]

    def unsure(self, count):
        assert count == choosing.PROBED
        return self

    def compare(self, graph):
        error = sum(value for name, value in self.errors.items() if name not in graph)
        return SimpleNamespace(agreement=1 - error, mean=error, largest=error)


def units_of(errors):
    return [Unit((name,)) for name in errors]


def test_nothing_is_left_out_where_nothing_needs_it():
    judge = Judge({"a": 0.001, "b": 0.001})
    found = choose(judge.quantise, units_of(judge.errors), judge, 0.99)
    assert (found.left_out, found.trials, judge.graphs) == ((), 1, [()])


def test_the_most_harmful_part_is_left_out_first():
    judge = Judge({"a": 0.001, "b": 0.05, "c": 0.002, "d": 0.001})
    found = choose(judge.quantise, units_of(judge.errors), judge, 0.99)
    assert [unit.name for unit in found.left_out] == ["b"]
    assert judge.graphs == [(), ("a",), ("b",), ("c",), ("d",), ("b",)]
    assert found.trials == 6


def test_parts_are_left_out_one_two_four_until_half_of_them():
    errors = {f"p{at}": 0.01 * (at + 1) for at in range(12)}
    judge = Judge(errors)
    found = choose(judge.quantise, units_of(errors), judge, 0.99)
    assert [len(graph) for graph in judge.graphs[13:]] == [1, 2, 4, 6]
    assert [unit.name for unit in found.left_out] == ["p11", "p10", "p9", "p8", "p7", "p6"]
    assert found.trials == len(judge.graphs) == 17
    assert found.parity.agreement == pytest.approx(1 - 0.01 * 21)


def test_units_are_the_embeddings_and_the_matrices_but_the_last(checkpoint, tmp_path):
    model = load(checkpoint("bert"))
    graph = optimise.optimised(
        graphs.trace(model, tmp_path), model, optimise.Fuse.ATTENTION, tmp_path, embeddings=False
    )
    found = quantise.units(graph)
    # embeddings; attention, its output, two matrices of each of two layers; the pooler; not the classifier
    assert len(found) == 1 + 2 * 4 + 1
    assert found[0].name == "embeddings"
    assert found[-1].name == "bert/pooler/dense/Gemm"
    assert left(tmp_path) == []


def test_many_matrices_become_few_units():
    nodes = [onnx.helper.make_node("MatMul", ["x", f"w{at}"], ["x"], f"/net/layer.{at}/MatMul") for at in range(50)]
    weights = [numpy_helper.from_array(np.ones((2, 2), np.float32), f"w{at}") for at in range(50)]
    graph = onnx.helper.make_model(onnx.helper.make_graph(nodes, "toy", [], [], weights))
    found = quantise.units(graph)
    assert len(found) <= quantise.MOST_UNITS
    assert [name for unit in found for name in unit.nodes] == [f"/net/layer.{at}/MatMul" for at in range(49)]
    assert found[0].name == "layer.0/MatMul (+3)"


def with_outlier(model):
    """A matrix with a weight so large, on an input that is always 0, that 8 bits have no steps left for the others."""
    layer = model.module.bert.encoder.layer[0]
    with torch.no_grad():
        layer.attention.output.LayerNorm.weight[3] = 0
        layer.attention.output.LayerNorm.bias[3] = 0
        layer.intermediate.dense.weight[:, 3] = 5000
    return model


def test_a_matrix_that_8_bits_destroy_stays_in_32(checkpoint, tmp_path, told):
    model = with_outlier(load(checkpoint("bert")))
    report_to(Silent())
    plain = maeum.export(model, out=tmp_path / "plain", int8=True, min_agreement=0, parity_texts=PARITY)
    assert plain.left_out == ()
    least = plain.parity.agreement + 1e-6
    reporter = Told()
    report_to(reporter)
    found = maeum.export(model, out=tmp_path / "out", int8=True, min_agreement=least, parity_texts=PARITY)
    assert found.left_out == ("bert/encoder/layer.0/intermediate/dense/MatMul",)
    assert found.parity.agreement > plain.parity.agreement
    assert found.parity.mean < plain.parity.mean / 2
    assert found.trials == 1 + 10 + 1
    assert reporter.sentences[-1] == (
        "Kept in 32 bits, because 8 bits changed too many answers there: "
        "bert/encoder/layer.0/intermediate/dense/MatMul (12 graphs tried)."
    )
    names = [node.name for node in onnx.load(tmp_path / "out" / "model.onnx").graph.node]
    assert "/net/bert/encoder/layer.0/intermediate/dense/MatMul" in names
    assert "/net/bert/encoder/layer.1/intermediate/dense/MatMul_quant" in names
    assert "bert/encoder/layer.0/intermediate/dense/MatMul" in (tmp_path / "out" / "README.md").read_text("utf-8")


# --- refusing


def test_8_bits_that_answer_otherwise_are_refused_and_nothing_is_written(checkpoint, tmp_path, monkeypatch):
    tried = []

    def quantised(graph, folder, *, leave_out, reduce_range):
        tried.append(len(leave_out))
        return destroyed(graph)

    monkeypatch.setattr(quantise, "quantised", quantised)
    with pytest.raises(ModelError) as caught:
        maeum.export(checkpoint("bert"), out=tmp_path / "out", int8=True, parity_texts=PARITY)
    assert caught.value.key == "export.too_different"
    assert tried == [0, *[1] * 10, 1, 2, 4, 5]
    values = caught.value.values
    assert values["trials"] == 15 and values["texts"] == 80 and values["least"] == 0.997
    assert values["agreement"] < 0.997
    said = str(caught.value)
    assert said.startswith(f"In 8 bits {values['agreement']:.2%} of the labels of 80 texts are the same as in 32 bits;")
    assert "at least 99.70% were asked for. 15 graphs were tried" in said
    assert "': negative → positive" in said or "': positive → negative" in said
    assert said.endswith("Nothing was written. Leave --int8 out, or ask for less with --min-agreement.")
    assert left(tmp_path) == []


def test_an_optimised_graph_that_answers_otherwise_is_not_used(checkpoint, tmp_path, monkeypatch, told):
    own = optimise.optimised
    monkeypatch.setattr(optimise, "optimised", lambda *given, **named: destroyed(own(*given, **named)))
    found = maeum.export(checkpoint("bert"), out=tmp_path / "out", parity_texts=PARITY)
    assert found.parity.largest < 2e-5
    assert found.fused == {}
    assert told[-1].startswith("The optimised graph is not used (its probabilities differ by up to 0.")
    assert told[-1].endswith("); the graph is written as torch made it, and may be slower.")


def test_an_optimiser_that_fails_is_done_without(checkpoint, tmp_path, monkeypatch, told):
    def optimised(*given, **named):
        raise IndexError("list index\nout of range")

    monkeypatch.setattr(optimise, "optimised", optimised)
    found = maeum.export(checkpoint("bert"), out=tmp_path / "out", int8=True, min_agreement=0.5, parity_texts=PARITY)
    assert found.onnx.largest < 2e-5
    assert "(list index out of range)" in told[-1]
    assert np.isfinite(load(tmp_path / "out").predict(PARITY).probabilities).all()


def test_a_graph_that_answers_otherwise_is_refused(checkpoint, tmp_path, monkeypatch):
    own = graphs.trace
    monkeypatch.setattr(graphs, "trace", lambda *given: destroyed(own(*given)))
    with pytest.raises(ModelError) as caught:
        maeum.export(checkpoint("bert"), out=tmp_path / "out", parity_texts=PARITY)
    assert caught.value.key == "export.differs"
    assert "(allowed: 0.0010)" in str(caught.value) and "(asked: 99.70%)" in str(caught.value)
    assert left(tmp_path) == []


def test_a_tokenizer_that_reads_otherwise_is_refused(checkpoint, tmp_path, monkeypatch):
    from tokenizers import normalizers

    from maeum.exporting import tokenizer

    own = tokenizer.tokenizer_of

    def foreign(model):
        made = own(model)
        made.normalizer = normalizers.Replace("영화", "책")
        return made

    monkeypatch.setattr(tokenizer, "tokenizer_of", foreign)
    with pytest.raises(ModelError) as caught:
        maeum.export(checkpoint("bert"), out=tmp_path / "out", parity_texts=["재밌다", "영화 최고", "좋은 영화"])
    assert str(caught.value) == (
        "The tokenizer as one file reads 2 of 3 texts otherwise than the model does, first: '영화 최고'. Nothing was written. "
        "Use the model as it is."
    )
    assert left(tmp_path) == []


def test_a_tokenizer_without_a_file_is_refused(checkpoint, tmp_path):
    from dataclasses import replace

    model = load(checkpoint("bert"))

    class SlowTokenizer:
        is_fast = False

    bare = replace(model, tokens=replace(model.tokens, tokenizer=SlowTokenizer()))
    from maeum.exporting.tokenizer import tokenizer_of

    with pytest.raises(ModelError) as caught:
        tokenizer_of(bare)
    assert (caught.value.key, caught.value.values["kind"]) == ("export.slow_tokenizer", "SlowTokenizer")


def test_a_model_larger_than_a_file_is_refused(checkpoint, tmp_path, monkeypatch):
    monkeypatch.setattr(graphs, "MAX_BYTES", 100_000)
    with pytest.raises(ModelError) as caught:
        maeum.export(checkpoint("bert"), out=tmp_path / "out", parity_texts=PARITY)
    assert caught.value.key == "export.too_large"
    assert left(tmp_path) == []


def test_what_torch_cannot_trace_is_refused(checkpoint, tmp_path, monkeypatch):
    model = load(checkpoint("bert"))
    monkeypatch.setattr(
        torch.onnx, "export", lambda *given, **named: (_ for _ in ()).throw(RuntimeError("aten::odd\n is unknown"))
    )
    with pytest.raises(ModelError) as caught:
        maeum.export(model, out=tmp_path / "out", parity_texts=PARITY)
    assert str(caught.value).startswith(
        "torch cannot turn BertForSequenceClassification into an ONNX graph (aten::odd is unknown)."
    )
    assert left(tmp_path) == []


def test_what_cannot_be_quantised_is_refused(checkpoint, tmp_path, monkeypatch):
    def quantised(graph, folder, **named):
        raise RuntimeError("odd weights")

    monkeypatch.setattr(quantise, "quantised", quantised)
    with pytest.raises(ModelError, match=r"cannot be brought to 8 bits \(odd weights\)"):
        maeum.export(checkpoint("bert"), out=tmp_path / "out", int8=True, parity_texts=PARITY)
    assert left(tmp_path) == []


def test_other_kinds_of_models_need_no_onnx(sample_run, checkpoint, tmp_path):
    with pytest.raises(ModelError) as caught:
        maeum.export(sample_run, out=tmp_path / "out")
    assert caught.value.key == "export.not_neural"
    assert "of the kind 'linear', which runs fast as it is and needs no ONNX" in str(caught.value)
    maeum.export(checkpoint("bert"), out=tmp_path / "first", parity_texts=PARITY)
    with pytest.raises(ModelError) as caught:
        maeum.export(tmp_path / "first", out=tmp_path / "out")
    assert caught.value.key == "export.already"
    with pytest.raises(ModelError) as caught:
        maeum.export(SimpleNamespace(family="cascade", folder="both"), out=tmp_path / "out")
    assert str(caught.value).startswith("'both' is a cascade of two models. Export the better one of them")
    assert left(tmp_path) == ["first"]


def test_a_checkpoint_without_a_head_is_refused(fixtures, tmp_path):
    folder = fixtures.write_checkpoint("bert", tmp_path / "bare")
    with pytest.raises(ModelError) as caught:
        maeum.export(folder, out=tmp_path / "out")
    assert caught.value.key == "encoders.no_head"
    assert left(tmp_path) == ["bare"]


# --- texts and settings


def test_texts_come_from_a_file_without_its_empty_rows(checkpoint, tmp_path, told):
    (tmp_path / "reviews.csv").write_text("번호,리뷰\n1,정말 재밌다\n2,\n3,최악이다\n", encoding="utf-8")
    found = maeum.export(
        checkpoint("bert"), out=tmp_path / "out", parity_texts=tmp_path / "reviews.csv", text_column="리뷰"
    )
    assert found.parity.texts == 2
    assert told[:2] == [
        f"{tmp_path / 'reviews.csv'}: 1 rows without a readable text take no part in the comparison.",
        f"Answers are compared on 2 texts ({tmp_path / 'reviews.csv'}).",
    ]


def test_pairs_come_from_two_columns(checkpoint, tmp_path):
    (tmp_path / "pairs.tsv").write_text(
        "premise\thypothesis\n비가 온다\t날이 궂다\n비가 온다\t맑다\n", encoding="utf-8"
    )
    folder = checkpoint("bert", ("entailment", "neutral", "contradiction"))
    columns = {"text_column": "premise", "text_b_column": "hypothesis"}
    found = maeum.export(folder, out=tmp_path / "out", parity_texts=tmp_path / "pairs.tsv", **columns)
    assert found.parity.texts == 2


def test_texts_that_say_nothing_are_refused(checkpoint, tmp_path):
    (tmp_path / "empty.csv").write_text("text,no\n,1\n,2\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        maeum.export(checkpoint("bert"), out=tmp_path / "out", parity_texts=tmp_path / "empty.csv", text_column="text")
    assert (caught.value.key, caught.value.values["empty"]) == ("export.no_texts", 2)
    with pytest.raises(DataError):
        maeum.export(checkpoint("bert"), out=tmp_path / "out", parity_texts=[" "])
    with pytest.raises(DataError):
        maeum.export(checkpoint("bert"), out=tmp_path / "out", parity_texts=tmp_path / "none.csv")
    with pytest.raises(UsageError) as useless:
        maeum.export(checkpoint("bert"), out=tmp_path / "out", text_column="리뷰", encoding="cp949")
    assert useless.value.values["names"] == "--text-column, --encoding"


@pytest.mark.parametrize("wrong", [{"min_agreement": 1.5}, {"fuse": "blocks"}, {"min_agreement": "many"}])
def test_settings_out_of_range_are_refused_at_once(wrong, tmp_path):
    with pytest.raises(RecipeError):
        maeum.export("nothing", out=tmp_path / "out", **wrong)


# --- places


def test_an_existing_folder_is_replaced_only_on_request(checkpoint, tmp_path):
    maeum.export(checkpoint("bert"), out=tmp_path / "out", parity_texts=PARITY)
    with pytest.raises(OutputError) as caught:
        maeum.export(checkpoint("bert"), out=tmp_path / "out", parity_texts=PARITY)
    assert caught.value.key == "common.exists"
    found = maeum.export(
        checkpoint("bert"), out=tmp_path / "out", int8=True, min_agreement=0.5, parity_texts=PARITY, overwrite=True
    )
    assert found.precision == "int8"
    assert left(tmp_path) == ["out"]


def test_the_trained_model_is_never_replaced_by_what_is_made_of_it(network, tmp_path):
    network("cnn").save(tmp_path / "run" / "model")
    for name in ("run", "run/model"):
        with pytest.raises(OutputError) as caught:
            maeum.export(tmp_path / name, out=tmp_path / "run" / "model", parity_texts=PARITY, overwrite=True)
        assert caught.value.key == "export.onto_itself"
    assert (tmp_path / "run" / "model" / "weights.safetensors").is_file()


def test_an_interruption_leaves_nothing(checkpoint, tmp_path, monkeypatch):
    def stop(self, graph):
        raise KeyboardInterrupt

    monkeypatch.setattr(parity.Reference, "compare", stop)
    with pytest.raises(KeyboardInterrupt):
        maeum.export(checkpoint("bert"), out=tmp_path / "deep" / "out", parity_texts=PARITY)
    assert left(tmp_path) == []


def test_a_full_disk_is_said_and_leaves_nothing(checkpoint, tmp_path, monkeypatch):
    model = load(checkpoint("bert"))
    own = Path.write_bytes

    def write(self, content):
        if self.name == "model.onnx":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return own(self, content)

    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(OutputError) as caught:
        maeum.export(model, out=tmp_path / "out", parity_texts=PARITY)
    assert caught.value.key == "common.disk_full"
    assert left(tmp_path) == []


def test_missing_parts_are_named(checkpoint, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(MissingExtraError) as caught:
        maeum.export("anything", out=tmp_path / "out")
    assert 'pip install "maeum[export]"' in str(caught.value)


def test_libraries_write_nothing_and_change_nothing(checkpoint, tmp_path, capfd):
    folder, path, handlers = checkpoint("deberta-v2"), list(sys.path), list(logging.getLogger().handlers)
    capfd.readouterr()
    maeum.export(folder, out=tmp_path / "out", int8=True, min_agreement=0.5, parity_texts=PARITY)
    assert capfd.readouterr() == ("", "")
    assert sys.path == path
    assert logging.getLogger().handlers == handlers
    assert logging.getLogger().manager.disable == 0


# --- bits


def test_a_reduced_range_uses_7_bits_of_matrices(checkpoint, tmp_path):
    found = {}
    for name in (True, False):
        out = tmp_path / str(name)
        maeum.export(checkpoint("bert"), out=out, int8=True, reduce_range=name, min_agreement=0.5, parity_texts=PARITY)
        graph = onnx.load(out / "model.onnx").graph
        matrices = [
            numpy_helper.to_array(one)
            for one in graph.initializer
            if one.data_type == onnx.TensorProto.INT8 and len(one.dims) == 2 and "_rows_" not in one.name
        ]
        found[name] = max(int(np.abs(one.astype(int)).max()) for one in matrices)
        assert ("VNNI" in (out / "README.md").read_text("utf-8")) is not name
    assert found == {True: 64, False: 127}


@pytest.mark.parametrize(
    ("machine", "flags", "expected"),
    [
        ("x86_64", "flags : sse avx2", True),
        ("AMD64", "flags : avx2 avx_vnni", False),
        ("x86_64", "flags : avx512f avx512_vnni", False),
        ("aarch64", "Features : asimd", False),
        ("x86_64", None, False),
    ],
)
def test_processors_that_overflow_are_known(machine, flags, expected, monkeypatch, tmp_path):
    place = tmp_path / "cpuinfo"
    if flags:
        place.write_text(flags)
    monkeypatch.setattr(quantise.platform, "machine", lambda: machine)
    monkeypatch.setattr(quantise, "CPU", place)
    assert quantise.saturates() is expected
