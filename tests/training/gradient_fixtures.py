"""A tiny network of its own, families for it, and data that it learns."""

import os
import signal
from dataclasses import dataclass

import numpy as np
import polars as pl
import torch
from torch import nn

from maeum.models.family import Family, ModelSettings
from maeum.models.gradient_settings import GradientSettings, LongTexts
from maeum.models.neural import Encoded, NeuralModel
from maeum.recipe import Recipe
from maeum.schema import Dataset, Labels, Task
from maeum.training import gradient
from maeum.training.gradient import fitting
from maeum.training.listeners import Workspace


class TinySettings(ModelSettings):
    family: str = "tiny"


class TinyTokens:
    """Characters by their code, cut or in windows without overlap."""

    pad = 0

    def encode(self, inputs, max_length, long_texts):
        ids, owner, cut = [], [], 0
        for at, text in enumerate(inputs):
            codes = np.array([1 + ord(one) % 62 for one in text], np.int32)
            cut += len(codes) > max_length and long_texts is LongTexts.TRUNCATE
            ends = len(codes) if long_texts is LongTexts.WINDOW else 1
            for start in range(0, ends, max_length):
                ids.append(codes[start : start + max_length])
                owner.append(at)
        return Encoded(ids, None, np.array(owner, np.int64), cut)

    def save(self, folder):
        pass


class TinyModule(nn.Module):
    def __init__(self, labels, dropout):
        super().__init__()
        self.embedding = nn.Embedding(64, 8)
        self.norm = nn.LayerNorm(8)
        self.drop = nn.Dropout(dropout)
        self.output = nn.Linear(8, labels)

    def forward(self, input_ids, attention_mask, **_ignored):
        mask = attention_mask[:, :, None].float()
        mean = (self.embedding(input_ids) * mask).sum(1) / mask.sum(1)
        return self.output(self.drop(self.norm(mean)))


@dataclass(frozen=True, eq=False)
class TinyModel(NeuralModel):
    family = "tiny"

    def _write(self, folder):
        pass


def tiny_family(dropout=0.3):
    def untrained(train, settings, training):
        count = len(train.labels)
        return TinyModel(
            task=train.task, labels=train.labels, settings=settings, tokens=TinyTokens(),
            module=TinyModule(count, dropout), prior=np.full(count, 1 / count, np.float32), max_length=training.max_length, long_texts=training.long_texts,
        )  # fmt: skip

    return Family("tiny", {}, (), TinySettings, lambda *_: None, "", GradientSettings, untrained=untrained)


def dataset(count=60, seed=0, task=Task.SINGLE_LABEL, names=("나쁨", "좋음")):
    """Texts whose letters tell the label, some of them wrong, of 1 to 20 characters."""
    random = np.random.default_rng(seed)
    texts, labels = [], []
    for _ in range(count):
        label = int(random.integers(len(names)))
        letters = [chr(ord("a") + 3 * label + int(random.integers(4))) for _ in range(int(random.integers(1, 21)))]
        texts.append("".join(letters))
        labels.append(label if random.random() < 0.9 else int(random.integers(len(names))))
    column = [names[one] for one in labels]
    if task is Task.MULTI_LABEL:
        column = pl.Series([[name] if random.random() < 0.6 else list(names[:2]) for name in column])
    frame = pl.DataFrame({"id": [str(i) for i in range(count)], "text": texts, "label": column})
    return Dataset(frame, task, Labels(names), "toy", "train")


def settings(**values):
    return GradientSettings(**{"epochs": 3, "batch_size": 8, "learning_rate": 0.01, "patience": 0, **values})


def train(monkeypatch, *, data=None, validation=None, workspace=None, dropout=0.3, **values):
    """A training of the tiny network."""
    monkeypatch.setattr(fitting, "family", lambda _name: tiny_family(dropout))
    recipe = Recipe(model=TinySettings(), training=settings(**values))
    return gradient.fit(data or dataset(), validation, recipe, workspace or Workspace())


class Killer:
    """Kills the process after an update."""

    def __init__(self, step):
        self.last = step

    def begin(self, facts):
        pass

    def step(self, step, values):
        if step == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def epoch(self, row):
        pass

    def end(self, report=None):
        pass


class Ear:
    """Remembers what it hears."""

    def __init__(self):
        self.facts, self.steps, self.rows = None, [], []

    def begin(self, facts):
        self.facts = dict(facts)

    def step(self, step, values):
        self.steps.append((step, dict(values)))

    def epoch(self, row):
        self.rows.append(dict(row))

    def end(self, report=None):
        pass


def weights(trained):
    return {name: one.clone() for name, one in trained.model.module.state_dict().items()}


def same(first, second):
    return list(first) == list(second) and all(torch.equal(first[name], second[name]) for name in first)
