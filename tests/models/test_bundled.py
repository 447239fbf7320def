"""The models in the package: what they weigh, what they answer, and what they were never shown."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import maeum
from maeum.data.fingerprint import fingerprint
from maeum.data.splits import overlap
from maeum.models import BUNDLED, DEFAULT, bundled, trunks
from maeum.models.encoder.checkpoint import locate

ROOT = Path(maeum.__file__).parent.parent.parent
MEGABYTE = 1_000_000


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_what_is_there_and_what_it_weighs():
    assert (sorted(bundled()), sorted(trunks()), DEFAULT) == (["fast", "small"], ["small-encoder"], "small")
    assert size(BUNDLED / "small") <= 16 * MEGABYTE
    assert size(ROOT / "src" / "maeum" / "assets") <= 30 * MEGABYTE
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in BUNDLED.rglob("*") if path.is_file())


def test_small_answers_what_people_mean():
    texts = [
        "정말 재밌다 ㅋㅋㅋ",
        "시간 아깝다 ㅡㅡ",
        "무서워서 혼났는데 최고였어요 ㅠㅠ",
        "노잼... 돈 아까움",
        "♥♥♥ 인생영화",
    ]
    found = maeum.load("small").predict(texts)
    assert found.labels.names == ("negative", "positive")
    assert found.top == ["positive", "negative", "positive", "negative", "positive"]
    assert found.confidence.min() > 0.8


def test_small_says_the_prior_of_one_half_to_an_empty_text():
    assert maeum.load("small").predict(["", "  "]).probabilities == pytest.approx(0.5, abs=0.005)


def test_one_by_one_and_together_small_agrees():
    """Activations are quantised by batch, so the last digits may differ; labels and two decimals do not."""
    texts = maeum.dataset("sample").texts[:200]
    model = maeum.load("small")
    together = model.predict(texts)
    apart = np.concatenate([model.predict([text]).probabilities for text in texts])
    assert (together.probabilities.argmax(1) == apart.argmax(1)).mean() >= 0.99
    assert np.abs(together.probabilities - apart).max() < 0.03


def test_small_needs_no_torch():
    code = (
        "import sys, maeum; maeum.load('small').predict(['좋다']); "
        "print(sorted({'torch', 'transformers', 'sklearn', 'polars', 'pandas'} & {*sys.modules}))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_cards_hold_the_figures_measured():
    measured = json.loads((ROOT / "benchmarks" / "results" / "small.json").read_text())
    card = (BUNDLED / "small" / "README.md").read_text(encoding="utf-8")
    assert f"NSMC test accuracy {measured['test']:.4f}" in card
    assert f"balanced accuracy {measured['balanced']:.4f}" in card
    for name, value in measured["used"].items():
        assert f"{name} `{value}`" in card
    assert "never saw stars or sentiment labels of NSMC" in (locate("small-encoder") / "README.md").read_text()


def test_the_trunk_is_trained_from(tmp_path):
    pytest.importorskip("torch")
    run = maeum.train("sample", model="small", out=tmp_path / "run", epochs=1, seed=0)
    assert run.model.settings.checkpoint == "small-encoder"
    assert run.model.wide is not None
    assert run.metrics["validation"]["accuracy"] > 0.4  # four labels, one epoch


@pytest.fixture(scope="module")
def build() -> Any:
    spec = importlib.util.spec_from_file_location("build_small", ROOT / "tools" / "build_small.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


@pytest.mark.slow
def test_what_small_learnt_from(build, nsmc):
    """Stars and sentiment are those whose fingerprints the card holds, and have no row and no text of the test set.

    The trunk was made before texts were left out of the emotion corpora too: the card counts the test rows whose text
    it read with an emotion label. What `make small` takes today has none.
    """
    measured = json.loads((ROOT / "benchmarks" / "results" / "small.json").read_text())
    test = maeum.dataset("nsmc", split="test")
    stages = {"stars": build.rated(), "sentiment": build.official()}
    for name, data in stages.items():
        assert fingerprint(data) == measured["used"][name]
        assert set(test.ids).isdisjoint(data.ids)
    whole = [maeum.dataset("goemotions-ko"), maeum.dataset("kote")]
    assert [fingerprint(data) for data in whole] == [measured["used"][name] for name in ("goemotions", "kote")]
    assert int((overlap(test, whole[0]) | overlap(test, whole[1])).sum()) == measured["seen"]
    for data in (*stages.values(), build.emotions("goemotions-ko"), build.emotions("kote")):
        assert not overlap(data, test).any()
