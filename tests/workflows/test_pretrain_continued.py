"""Encoders that are trained further on texts: of every architecture, with their own tokenizer."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

import maeum
from maeum.errors import ModelError, UsageError
from maeum.models.encoder.tokenizer_check import korean_sample
from maeum.progress import Silent, report_to
from maeum.training.pretraining_continued import Continued, first_position
from maeum.training.pretraining_data import Masking
from maeum.workflows.pretrain import pretrain
from maeum.workflows.pretraining.settings import PretrainSettings
from maeum.workflows.pretraining.start import find_start, masked_lm
from maeum.workflows.pretraining.tokens import read


def _fixtures():
    path = Path(__file__).parent.parent / "models" / "encoder_fixtures.py"
    spec = importlib.util.spec_from_file_location("encoder_fixtures", path)
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    if not hasattr(module, "TEXTS"):
        spec.loader.exec_module(module)
    return module


fixtures = _fixtures()
FIRST = {
    "bert": 0, "distilbert": 0, "electra": 0, "roberta": 2, "xlm-roberta": 2, "deberta-v2": None, "modernbert": None,
}  # fmt: skip
SHORT = {"block": 32, "batch": 8, "steps": 4, "evaluate_every": 2, "held_out": 0.1}


class Told(Silent):
    def __init__(self):
        self.sentences = []

    def say(self, sentence):
        self.sentences.append(sentence)


@pytest.fixture
def told():
    found = Told()
    report_to(found)
    return found


@pytest.fixture(autouse=True)
def nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("MAEUM_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("maeum.data.fetch.cache_folder", lambda: tmp_path / "cache")


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "reviews.txt"
    path.write_text("\n".join(list(korean_sample())[:200]) + "\n", encoding="utf-8")
    return path


def opened(kind, folder):
    start = find_start(str(fixtures.write_checkpoint(kind, folder)), None)
    return start, read(start.folder, PretrainSettings(), start.config)


@pytest.mark.parametrize("kind", FIRST)
def test_documents_of_a_block_are_kept_apart_or_get_rows_of_their_own(kind, tmp_path):
    start, vocabulary = opened(kind, tmp_path / kind)
    model = masked_lm(start, seed=0).eval()
    ordinary = torch.tensor(sorted(set(range(vocabulary.tokens.rows)) - set(vocabulary.special)))
    first = first_position(model, 32, ordinary)
    assert first == FIRST[kind]
    assert not model.training
    if first is not None:
        model.set_attn_implementation("eager")
        assert first_position(model, 32, ordinary) == first


@pytest.mark.parametrize("kind", ["bert", "roberta", "electra", "deberta-v2"])
def test_logits_of_the_hidden_tokens_are_those_of_the_whole_model(kind, tmp_path):
    start, vocabulary = opened(kind, tmp_path / kind)
    model = masked_lm(start, seed=0).eval()
    rules = Masking(vocabulary.tokens.rows, vocabulary.mask, vocabulary.special, masked=0.0, random=0.0)
    network = Continued(model, rules, FIRST[kind])
    ids = vocabulary.encode(["정말 재미있는 영화였다 또 보고 싶다"], 32)[0]
    row = torch.from_numpy(ids).long()[None]
    ones = torch.ones_like(row)
    found = network(row, ones, ones.bool(), torch.Generator().manual_seed(0))
    whole = model(input_ids=row, attention_mask=ones).logits[0]
    _, chosen = __import__("maeum.training.pretraining_data", fromlist=["mask_words"]).mask_words(
        row, ones, ones.bool(), rules, torch.Generator().manual_seed(0)
    )
    expected = torch.nn.functional.cross_entropy(whole[chosen[0]], row[0][chosen[0]])
    assert found["mlm_tokens"] == chosen.sum() > 0
    assert torch.allclose(found["loss"], expected, atol=1e-4)


@pytest.mark.parametrize("kind", ["bert", "roberta", "electra", "deberta-v2"])
def test_an_encoder_is_trained_further_with_its_own_tokenizer(kind, corpus, tmp_path, told):
    start = fixtures.write_checkpoint(kind, tmp_path / kind)
    found = pretrain(corpus, out=tmp_path / "out", start=str(start), **SHORT)
    assert found.facts["start"] == kind
    assert found.facts["encoder"]["objective"] == "mlm"
    assert found.facts["encoder"]["learning_rate"] == 5e-5
    assert [row["step"] for row in found.history] == [2, 4]
    own, now = (
        read(folder, PretrainSettings(), find_start(str(folder), None).config) for folder in (start, found.encoder)
    )
    assert own.fingerprint == now.fingerprint
    from transformers import AutoModel, AutoModelForMaskedLM

    before, after = (AutoModel.from_pretrained(folder) for folder in (start, found.encoder))
    assert before.config.model_type == after.config.model_type
    changed = [name for (name, one), two in zip(before.named_parameters(), after.parameters(), strict=True)
               if not torch.equal(one, two)]  # fmt: skip
    assert any("layer" in name for name in changed)
    AutoModelForMaskedLM.from_pretrained(found.encoder)
    head = f"'{start}' has no trained head to guess hidden words with; it begins at random."
    assert head in told.sentences
    alone = "The architecture deberta-v2 cannot keep several texts of one block apart"
    assert any(said.startswith(alone) for said in told.sentences) == (kind == "deberta-v2")
    if kind == "bert":
        run = maeum.train(
            "sample", model=str(found.encoder), out=tmp_path / "run", epochs=1, limit=40, max_length=16, batch_size=20
        )
        assert run.model.family == "encoder"


def test_electra_goes_on_with_both_networks(corpus, tmp_path, monkeypatch):
    shape = {"layers": 1, "width": 16, "heads": 2, "inner": 24, "embedding": 8, "generator": 0.5, "vocabulary": 2_000}
    first = pretrain(corpus, out=tmp_path / "first", positions=40, **shape, **SHORT)
    found = pretrain(corpus, out=tmp_path / "out", start=str(first.folder), **SHORT)
    assert found.facts["encoder"]["objective"] == "electra"
    assert found.facts["data"]["tokenizer"] == first.facts["data"]["tokenizer"]
    assert (found.folder / "generator" / "model.safetensors").is_file()
    again = pretrain(corpus, out=tmp_path / "mlm", start=str(first.encoder), objective="mlm", **SHORT)
    assert again.facts["encoder"]["objective"] == "mlm"
    shutil.copytree(first.encoder, tmp_path / "alone")
    with pytest.raises(ModelError) as caught:
        pretrain(corpus, out=tmp_path / "no", start=str(tmp_path / "alone"), objective="electra", **SHORT)
    assert str(caught.value) == (
        f"ELECTRA learns with two networks, and beside '{tmp_path / 'alone'}' there is no generator. Go on with --objective "
        "mlm, or from a folder that `maeum pretrain` wrote with --objective electra."
    )


def test_a_resumed_continuation_equals_an_undisturbed_one(corpus, tmp_path, monkeypatch):
    from maeum.training import pretraining as core

    start = str(fixtures.write_checkpoint("bert", tmp_path / "bert"))
    whole = pretrain(corpus, out=tmp_path / "whole", start=start, **SHORT)
    real = core.pretrain

    def cut(*args, **rest):
        def heard(at, share):
            if at == 3:
                raise KeyboardInterrupt

        return real(*args, **{**rest, "step": heard})

    monkeypatch.setattr(core, "pretrain", cut)
    with pytest.raises(KeyboardInterrupt):
        pretrain(corpus, out=tmp_path / "out", start=start, **SHORT)
    monkeypatch.setattr(core, "pretrain", real)
    found = pretrain(out=tmp_path / "out", resume=True)
    assert [row["train_loss"] for row in found.history] == [row["train_loss"] for row in whole.history]


def test_what_does_not_belong_to_the_encoder_is_refused(corpus, tmp_path):
    start = fixtures.write_checkpoint("bert", tmp_path / "bert")
    other = fixtures.write_checkpoint("roberta", tmp_path / "roberta")
    with pytest.raises(ModelError) as caught:
        pretrain(corpus, out=tmp_path / "out", start=str(start), tokenizer=str(other), **SHORT)
    assert str(caught.value) == (
        f"'{start}' was trained with another tokenizer than '{other}': its ids mean other pieces there. Leave --tokenizer "
        "out; the encoder's own is used."
    )
    with pytest.raises(UsageError, match=r"^--block 128: the encoder takes at most 66 tokens\."):
        pretrain(corpus, out=tmp_path / "out", start=str(start), **{**SHORT, "block": 128})
    with pytest.raises(ModelError, match="no/such"):
        pretrain(corpus, out=tmp_path / "out", start=str(tmp_path / "no/such"), **SHORT)
    assert not list(tmp_path.glob(".out*"))
