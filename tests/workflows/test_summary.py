"""The layers of models: shapes by real batches, every parameter once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

import maeum
from maeum.models.gradient_settings import LongTexts
from maeum.models.linear.settings import LinearSettings
from maeum.models.neural import Encoded, NeuralModel
from maeum.schema import Labels, Task
from maeum.schema.layer import Layer
from maeum.workflows.summary import summary

torch = pytest.importorskip("torch")
nn: Any = torch.nn


class Letters:
    """Every character is a token."""

    pad = 0

    def encode(self, inputs, max_length: int, long_texts: LongTexts) -> Encoded:
        ids = [np.array([1 + ord(c) % 30 for c in text][:max_length] or [1], np.int32) for text in inputs]
        return Encoded(ids, None, np.arange(len(ids)))

    def save(self, folder: Path) -> None:
        """Nothing to keep."""


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense, self.activation = nn.Linear(8, 8), nn.GELU()

    def forward(self, states):
        return self.activation(self.dense(states))


class Stack(nn.Module):
    """Embeddings of two parts, a stack of two blocks, a head tied to nothing; one bias of its own."""

    def __init__(self, outputs: int):
        super().__init__()
        self.embeddings = nn.Sequential(nn.Embedding(31, 8), nn.Dropout(0.1))
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList([Block(), Block()])})
        self.bias = nn.Parameter(torch.zeros(8))
        self.head = nn.Linear(8, outputs)
        for parameter in self.embeddings.parameters():
            parameter.requires_grad = False

    def forward(self, input_ids, attention_mask):
        states = self.embeddings(input_ids) + self.bias
        for block in self.encoder["layer"]:
            states = block(states)
        return self.head(states.amax(dim=1))


@dataclass(frozen=True, eq=False)
class Tiny(NeuralModel):
    family: ClassVar[str] = "tiny"

    def _write(self, folder: Path) -> None:
        """Nothing to keep."""


def tiny(module: Any, task: Task = Task.SINGLE_LABEL) -> Tiny:
    labels = Labels(("부정", "긍정", "중립"))
    prior = np.full(3, 1 / 3, np.float32)
    return Tiny(task, labels, LinearSettings(), Letters(), module, prior, max_length=20)


def test_layers_of_a_stack_have_one_line_each():
    found = summary(tiny(Stack(3)))
    assert found.layers == [
        Layer("embeddings", "Sequential", (None, None, 8), 248, 0),
        Layer("encoder.layer.0", "Block", (None, None, 8), 72, 72, "GELU"),
        Layer("encoder.layer.1", "Block", (None, None, 8), 72, 72, "GELU"),
        Layer("head", "Linear", (None, 3), 27, 27),
        Layer("bias", "Parameter", None, 8, 8),
        Layer("probabilities", "softmax", (None, 3)),
    ]
    assert (found.parameters, found.trainable, found.bytes) == (427, 179, 4 * 427)


def test_depth_opens_parts():
    names = [layer.name for layer in summary(tiny(Stack(3)), depth=2).layers]
    assert names[:6] == [
        "embeddings.0",
        "embeddings.1",
        "encoder.layer.0.dense",
        "encoder.layer.0.activation",
        "encoder.layer.1.dense",
        "encoder.layer.1.activation",
    ]
    assert [layer.name for layer in summary(tiny(Stack(3)), depth=1).layers][:2] == ["embeddings", "encoder.layer.0"]


def test_several_labels_end_in_sigmoid_and_the_model_stays_as_it_was():
    module = Stack(3).train()
    assert summary(tiny(module, Task.MULTI_LABEL)).layers[-1] == Layer("probabilities", "sigmoid", (None, 3))
    assert module.training
    assert not any(one._forward_hooks for one in module.modules())


def test_shared_weights_count_once():
    module = Stack(3)
    module.encoder["layer"][1].dense = module.encoder["layer"][0].dense
    assert summary(tiny(module)).parameters == sum(one.numel() for one in module.parameters()) == 355


@pytest.mark.parametrize("family", ["cnn", "rnn", "birnn", "cnn-wide"])
def test_a_family_is_shown_before_training(family):
    found = summary(family)
    assert (found.trained, found.disk, found.family) == (False, None, family)
    assert found.layers[0].shape == (None, None, found.layers[0].shape[2])
    assert found.layers[-1] == Layer("probabilities", "softmax", (None, 2))
    assert found.parameters == found.trainable > 0


def test_linear_layers_hold_every_weight(sample_run):
    model = sample_run.model
    found = summary(sample_run.folder)
    size = len(model.vocabulary.hashes)
    assert [(layer.name, layer.shape, layer.parameters) for layer in found.layers] == [
        ("text", (None,), 0),
        ("ngrams", (None, size), 0),
        ("tfidf", (None, size), size),
        ("dense", (None, 1), size + 1),
        ("calibration", (None, 2), 3),
        ("probabilities", (None, 2), 0),
    ]
    assert found.disk == sum(path.stat().st_size for path in (sample_run.folder / "model").iterdir())


def test_packaged_model_counts_bytes():
    found = summary("fast")
    table = maeum.load("fast").table
    assert found.layers[2].parameters == table.size + 2
    assert found.bytes == found.parameters
