"""Exported models made by hand: a mean of embeddings times a matrix, whose answers numpy alone can tell."""

import json
from functools import cache
from pathlib import Path

import numpy as np

from maeum.models.encoder.tokenizer_check import korean_sample
from maeum.models.folder import CARD
from maeum.models.hashed import HashedModel, HashedSettings
from maeum.schema import Labels

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
LABELS = ("negative", "positive")
OPSET = 17


@cache
def tokenizer():
    """tokenizer.json of a WordPiece with [CLS] and [SEP] around texts and pairs."""
    from tokenizers import BertWordPieceTokenizer, processors

    trained = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    trained.train_from_iterator(korean_sample(), vocab_size=800, special_tokens=SPECIAL, show_progress=False)
    trained.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    return trained._tokenizer.to_str()


@cache
def rows():
    from tokenizers import Tokenizer

    return 1 + max(Tokenizer.from_str(tokenizer()).get_vocab().values())


def weights(labels, rows_):
    random = np.random.default_rng(0)
    return random.normal(size=(rows_, 8)).astype(np.float32), random.normal(size=(8, labels)).astype(np.float32)


def graph(labels=2, rows_=None, *, inputs=("input_ids", "attention_mask"), positions=512, fixed=None, opset=OPSET,
          output="logits", operation=None, weight=1.0):  # fmt: skip
    """The bytes of the ONNX file; a text of more than `positions` tokens cannot be computed."""
    from onnx import TensorProto, helper, numpy_helper

    embeddings, matrix = weights(labels, rows_ or rows())
    shape = fixed or ["B", "L"]
    ends = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in inputs if name != "wide"]
    constants = {
        "embeddings": embeddings, "matrix": matrix * weight, "two": np.array([2], np.int64),
        "one": np.array([1], np.int64), "places": np.zeros((positions, 1), np.float32),
        "zero": np.array(0, np.int64), "step": np.array(1, np.int64), "last": np.array(1, np.int64),
    }  # fmt: skip
    node = helper.make_node
    nodes = [
        node("Shape", ["input_ids"], ["shape"]),
        node("Gather", ["shape", "last"], ["length"]),
        node("Range", ["zero", "length", "step"], ["numbers"]),
        node("Gather", ["places", "numbers"], ["placed"]),
        node("Gather", ["embeddings", "input_ids"], ["found"]),
        node("Add", ["found", "placed"], ["embedded"]),
        node("Cast", ["attention_mask"], ["kept"], to=TensorProto.FLOAT),
        node("Unsqueeze", ["kept", "two"], ["mask"]),
        node("Mul", ["embedded", "mask"], ["masked"]),
        node("ReduceSum", ["masked", "one"], ["sums"], keepdims=0),
        node("ReduceSum", ["kept", "one"], ["counts"], keepdims=1),
        node("Div", ["sums", "counts"], ["means"]),
        node("MatMul", ["means", "matrix"], ["scores"]),
    ]
    last = "scores"
    if "token_type_ids" in inputs:  # how many tokens the second text has
        nodes += [
            node("Cast", ["token_type_ids"], ["second"], to=TensorProto.FLOAT),
            node("ReduceSum", ["second", "one"], ["seconds"], keepdims=1),
            node("Add", [last, "seconds"], ["typed"]),
        ]
        last = "typed"
    if "wide" in inputs:
        ends.append(helper.make_tensor_value_info("wide", TensorProto.FLOAT, ["B", labels]))
        nodes.append(node("Add", [last, "wide"], ["both"]))
        last = "both"
    nodes.append(node(operation or "Identity", [last], [output], domain="elsewhere" if operation else ""))
    made = helper.make_graph(
        nodes,
        "tiny",
        ends,
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["B", labels])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    known = [helper.make_opsetid("", opset)] + ([helper.make_opsetid("elsewhere", 1)] if operation else [])
    return helper.make_model(made, opset_imports=known, ir_version=9).SerializeToString()


def card(labels=LABELS, **values):
    return {
        "format": 1, "maeum": "0", "family": "exported", "task": "single_label",
        "labels": {"names": list(labels), "ordered": False, "titles": {}}, "settings": {},
        "prior": [1 / len(labels)] * len(labels), "thresholds": None, "max_length": 32, "long_texts": "truncate",
        "steps": ["drop_controls", "nfc", "squeeze_spaces"], "pad": 0, "inputs": ["input_ids", "attention_mask"],
        "precision": "fp32", "opset": OPSET, "source": {"family": "encoder", "settings": {}}, "parity": {},
        **values,
    }  # fmt: skip


def folder(place: Path, *, content=None, labels=LABELS, **values):
    """A model folder; `content` is the graph where it is not the card's own."""
    place.mkdir(parents=True, exist_ok=True)
    said = card(labels, **values)
    (place / CARD).write_text(json.dumps(said), encoding="utf-8")
    (place / "tokenizer.json").write_text(tokenizer(), encoding="utf-8")
    made = graph(len(labels), inputs=tuple(said["inputs"])) if content is None else content
    (place / "model.onnx").write_bytes(made)
    if "wide" in said["inputs"]:
        ngrams(labels).save(place / "wide")
    return place


def ngrams(labels=LABELS):
    settings = HashedSettings(bits=10)
    random = np.random.default_rng(1)
    width = 1 if len(labels) == 2 else len(labels)
    return HashedModel(
        labels=Labels(labels),
        settings=settings,
        table=random.integers(-127, 128, (1 << 10, width)).astype(np.int8),
        peak=np.ones(width, np.float32),
        intercepts=np.zeros(width, np.float32),
        slope=np.ones(1, np.float32),
        offsets=np.zeros(len(labels), np.float32),
        prior=np.full(len(labels), 1 / len(labels), np.float32),
    )


def expected(ids, labels=2):
    """Logits `(K,)` of one piece by numpy."""
    embeddings, matrix = weights(labels, rows())
    return embeddings[np.asarray(ids)].mean(axis=0) @ matrix
