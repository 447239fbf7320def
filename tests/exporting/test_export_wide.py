"""An encoder beside n-grams answers as ONNX what it answers in torch, and the folder needs no torch."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")
onnx = pytest.importorskip("onnx")

import torch

import maeum
from maeum.exporting.graph import trace
from maeum.exporting.parity import MOST_DIFFERENT, Reference
from maeum.models import load
from maeum.models.encoder.tokenizer_check import korean_sample
from maeum.models.exported.model import ENCODER_BUDGET
from maeum.recipe import Recipe
from maeum.schema import Dataset, Labels, Task
from maeum.training import fit
from maeum.workflows.summary import summary

PARITY = list(korean_sample()[:80])
OTHERS = [*korean_sample()[100:130], "좋다", "", "   ", "ㅋㅋㅋㅋㅠㅠ 😭", "\ud800 깨진 글자", "정말 재밌다 " * 200]
WITHOUT_TORCH = """
import sys, json
sys.modules["torch"] = sys.modules["transformers"] = None
import maeum
found = maeum.load(sys.argv[1]).predict(json.loads(sys.argv[2]))
print(json.dumps(found.probabilities.tolist()))
"""


@pytest.fixture(scope="module", params=[("encoder", "electra"), ("small", "bert")], ids=["encoder", "small"])
def model(request, checkpoint):
    """Fine-tuned beside n-grams. Read only."""
    family, kind = request.param
    texts = list(korean_sample()[:48])
    names = ["negative" if at % 2 else "positive" for at in range(len(texts))]
    frame = pl.DataFrame({"id": [str(at) for at in range(len(texts))], "text": texts, "label": names})
    data = Dataset(frame, Task.SINGLE_LABEL, Labels(("negative", "positive")), "toy", "train")
    keywords = {"checkpoint": str(checkpoint(kind)), "wide": True, "wide_bits": 12, "epochs": 2, "batch_size": 16}
    return fit(data, data, Recipe.from_keywords(family, keywords)).model


def apart(exported, model):
    """Largest difference of a probability, alone and together."""
    wanted = model.predict(OTHERS).probabilities
    together = np.abs(exported.predict(OTHERS).probabilities - wanted).max()
    alone = max(np.abs(exported.predict([OTHERS[at]]).probabilities - wanted[at]).max() for at in (0, 30, 31, 33, 35))
    return max(together, alone)


def test_it_answers_as_in_torch(model, tmp_path):
    found = maeum.export(model, out=tmp_path / "out", parity_texts=PARITY)
    assert (found.parity.agreement, found.precision) == (1.0, "fp32")
    assert found.parity.largest < 2e-5
    assert found.fused["Attention"] == 2
    exported = load(tmp_path / "out")
    assert apart(exported, model) < 2e-5
    assert exported.budget == ENCODER_BUDGET and exported.card.mark == "\ufffd"
    card = json.loads((tmp_path / "out" / "model.json").read_text(encoding="utf-8"))
    assert card["inputs"] == ["input_ids", "attention_mask", "token_type_ids", "wide"]
    assert (card["source"]["family"], card["source"]["settings"]["wide"]) == (model.family, True)
    assert "which maeum computes from the folder `wide`" in (tmp_path / "out" / "README.md").read_text("utf-8")
    names = [layer.name for layer in summary(tmp_path / "out").layers]
    assert names[:3] == ["wide.text", "wide.ngrams", "wide.dense"]


def test_the_n_grams_are_heard(model, tmp_path):
    """With scores turned round, answers move towards the other label by what the scale says."""
    maeum.export(model, out=tmp_path / "out", parity_texts=PARITY)
    exported = load(tmp_path / "out")
    encoded = exported.encode(PARITY[:8])
    scores = np.linspace(-1, 1, 16, dtype=np.float32).reshape(8, 2)
    one, other = (exported.inference().scored(encoded, sign * scores, 8) for sign in (1, -1))
    scale = model.module.wide_scale.item()
    np.testing.assert_allclose(one - other, 2 * scale * scores, atol=1e-4 * max(1.0, abs(scale)))


def test_it_answers_alike_in_8_bits(model, tmp_path):
    found = maeum.export(model, out=tmp_path / "out", int8=True, min_agreement=0.8, parity_texts=PARITY)
    assert found.precision == "int8" and found.parity.agreement >= 0.8
    assert found.onnx.largest < 2e-5 < found.parity.largest < 0.6
    assert found.parity.mean < 0.05
    exported = load(tmp_path / "out")
    assert apart(exported, model) < 0.6


def test_the_comparison_sees_another_scale(model, tmp_path):
    graph = trace(model, tmp_path)
    assert Reference.of(model, PARITY, tmp_path).compare(graph).largest < 2e-5
    module = copy.deepcopy(model.module)
    with torch.no_grad():
        module.wide_scale.add_(1.0)
    apart = Reference.of(replace(model, module=module), PARITY, tmp_path).compare(graph)
    assert apart.largest > 10 * MOST_DIFFERENT


def test_a_saved_one_is_exported_and_needs_no_torch(model, tmp_path):
    model.save(tmp_path / "run" / "model")
    maeum.export(tmp_path / "run", out=tmp_path / "out", parity_texts=PARITY)
    texts = ["정말 재밌다", "최악이다 ㅋㅋ", ""]
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH, str(tmp_path / "out"), json.dumps(texts)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert np.abs(np.array(json.loads(ran.stdout)) - model.predict(texts).probabilities).max() < 1e-5
