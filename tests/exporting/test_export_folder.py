"""What the folder holds, and that its page tells the truth: its numbers are the card's, its code runs."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")

import maeum
from maeum.messages import say
from maeum.models import load
from maeum.models.encoder.tokenizer_check import korean_sample
from maeum.version import __version__

PARITY = list(korean_sample()[:80])
# runs with the packages that an exported folder needs and with no other
WITHOUT_TORCH = """
import sys
for name in ("torch", "transformers", "onnx", "onnxscript"):
    sys.modules[name] = None
import json, maeum
print(json.dumps(maeum.load(sys.argv[1]).predict(json.loads(sys.argv[2])).probabilities.tolist()))
"""


def blocks(folder):
    text = (folder / "README.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", text, re.DOTALL)


def test_the_folder_of_an_encoder(checkpoint, tmp_path):
    folder = checkpoint("bert")
    found = maeum.export(folder, out=tmp_path / "out", int8=True, min_agreement=0.5, parity_texts=PARITY)
    assert found.folder == tmp_path / "out"
    names = sorted(path.name for path in found.folder.iterdir())
    assert names == ["README.md", "model.json", "model.onnx", "tokenizer.json"]
    assert found.bytes_after == (found.folder / "model.onnx").stat().st_size
    card = json.loads((found.folder / "model.json").read_text(encoding="utf-8"))
    assert {name: card[name] for name in ("format", "maeum", "family", "task", "settings", "thresholds")} == {
        "format": 1, "maeum": __version__, "family": "exported", "task": "single_label", "settings": {},
        "thresholds": None,
    }  # fmt: skip
    assert {name: card[name] for name in ("max_length", "long_texts", "pad", "precision", "opset", "prior")} == {
        "max_length": 66, "long_texts": "truncate", "pad": 0, "precision": "int8", "opset": 17, "prior": [0.5, 0.5],
    }  # fmt: skip
    assert card["parity"] == {
        "texts": 80,
        "onnx": found.onnx.to_json(),
        "int8": found.parity.to_json(),
        "left_out": [],
        "reduce_range": card["parity"]["reduce_range"],
    }
    assert str(tmp_path) not in json.dumps(card)


def test_the_tokenizer_neither_cuts_nor_fills_up(checkpoint, tmp_path):
    maeum.export(checkpoint("roberta"), out=tmp_path / "out", parity_texts=PARITY)
    written = json.loads((tmp_path / "out" / "tokenizer.json").read_text(encoding="utf-8"))
    assert written["truncation"] is None and written["padding"] is None
    assert written["post_processor"] is not None


def test_the_page_has_the_numbers_in_both_languages(checkpoint, tmp_path):
    found = maeum.export(checkpoint("bert"), out=tmp_path / "out", int8=True, min_agreement=0.5, parity_texts=PARITY)
    page = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert page.startswith("---\nlanguage: ko\nlibrary_name: onnx\npipeline_tag: text-classification\n---\n")
    for lang in ("en", "ko"):
        assert say("export.card_parity", lang, count=80) in page
        for form, parity in (("onnx", found.onnx), ("int8", found.parity)):
            line = f"| {say(f'export.form_{form}', lang)} | {parity.agreement:.2%} | {parity.largest:.2e} | {parity.mean:.2e} |"
            assert line in page
        steps = ", ".join(load(checkpoint("bert")).settings.steps)
        assert say("export.card_steps", lang, steps=steps) in page
    assert "`negative`, `positive`" in page


@pytest.mark.parametrize("kind", ["bert", "roberta"])
def test_the_code_on_the_page_gives_the_models_answers(kind, checkpoint, tmp_path, capsys):
    maeum.export(checkpoint(kind), out=tmp_path / "out", parity_texts=PARITY)
    with_maeum, alone, *korean = blocks(tmp_path / "out")
    assert korean == [with_maeum, alone]
    wanted = load(checkpoint(kind)).predict(["정말 재밌다"])
    found = {}
    exec(alone.replace("FOLDER", str(tmp_path / "out")), found)
    assert np.abs(found["probabilities"] - wanted.probabilities).max() < 1e-5
    assert eval(with_maeum.replace("FOLDER", str(tmp_path / "out")).split("\n")[1], {"maeum": maeum}) == wanted.top


def test_the_code_for_several_labels_and_for_pairs(checkpoint, tmp_path):
    several = checkpoint("bert", ("joy", "sad", "anger"), problem_type="multi_label_classification")
    pairs = checkpoint("bert", ("entailment", "neutral", "contradiction"))
    for name, folder, given in (("s", several, "정말 재밌다"), ("p", pairs, ("영화가 재밌다", "재미있는 영화다"))):
        maeum.export(folder, out=tmp_path / name)
        found = {}
        exec(blocks(tmp_path / name)[1].replace("FOLDER", str(tmp_path / name)), found)
        assert np.abs(found["probabilities"] - load(folder).predict([given]).probabilities).max() < 1e-5


def test_the_page_of_a_wide_network_sends_to_maeum(network, tmp_path):
    maeum.export(network("cnn-wide"), out=tmp_path / "out", parity_texts=PARITY)
    assert len(blocks(tmp_path / "out")) == 2
    assert "which maeum computes from the folder `wide`" in (tmp_path / "out" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("kind", ["bert", "cnn-wide"])
def test_the_folder_needs_no_torch(kind, checkpoint, network, tmp_path):
    model = network(kind) if kind == "cnn-wide" else load(checkpoint(kind))
    maeum.export(model, out=tmp_path / "out", parity_texts=PARITY)
    texts = ["정말 재밌다", "최악이다 ㅋㅋ", ""]
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH, str(tmp_path / "out"), json.dumps(texts)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert np.abs(np.array(json.loads(ran.stdout)) - model.predict(texts).probabilities).max() < 1e-5


def test_a_run_is_exported_by_name_and_object(network, tmp_path):
    from maeum.runs import Run

    model = network("rnn")
    model.save(tmp_path / "run" / "model")
    (tmp_path / "run" / "recipe.yaml").write_text("model: {family: rnn}\n", encoding="utf-8")
    for at, given in enumerate((Run.open(tmp_path / "run"), tmp_path / "run", str(tmp_path / "run" / "model"))):
        maeum.export(given, out=tmp_path / f"out{at}", parity_texts=PARITY)
        card = json.loads((tmp_path / f"out{at}" / "model.json").read_text(encoding="utf-8"))
        assert card["source"]["family"] == "rnn"
        assert card["source"]["settings"]["units"] == "syllable"
        assert (
            np.abs(
                load(tmp_path / f"out{at}").predict(PARITY).probabilities - model.predict(PARITY).probabilities
            ).max()
            < 1e-5
        )
