"""Pretraining from texts to a folder: what is left out, kept, resumed and refused."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

import maeum
from maeum.data.catalog import corpora
from maeum.data.fingerprint import text_hashes
from maeum.data.splits import text_key
from maeum.errors import DataError, ModelError, OutputError, RecipeError, UsageError
from maeum.messages import use_language
from maeum.models.encoder.tokenizer_check import korean_sample
from maeum.progress import report_to
from maeum.training import pretraining as core
from maeum.workflows.pretrain import Pretrained, pretrain
from maeum.workflows.pretraining.settings import PretrainSettings, seconds_of

REAL_DATA = os.environ.get("MAEUM_DATA")
TEXTS = list(dict.fromkeys(map(text_key, korean_sample())))[:220]
TINY = {
    "layers": 1, "width": 16, "heads": 2, "inner": 24, "embedding": 8, "generator": 0.5, "vocabulary": 2_000,
    "block": 32, "positions": 40, "batch": 8, "steps": 6, "evaluate_every": 2, "held_out": 0.1,
}  # fmt: skip


class Listener:
    def __init__(self):
        self.sentences, self.tables, self.bars = [], [], []

    def start(self, title, total, unit):
        self.bars.append([title, total, unit, 0])

        def advance(count, bar=self.bars[-1]):
            bar[3] += count

        return advance

    def stop(self):
        pass

    def say(self, sentence):
        self.sentences.append(sentence)

    def table(self, heads):
        self.tables.append([list(heads)])
        return lambda cells, table=self.tables[-1]: table.append(list(cells))


@pytest.fixture
def listener():
    found = Listener()
    report_to(found)
    return found


@pytest.fixture(autouse=True)
def nowhere(tmp_path, monkeypatch):
    """A machine without public corpora."""
    monkeypatch.setenv("MAEUM_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("maeum.data.fetch.cache_folder", lambda: tmp_path / "cache")


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "reviews.txt"
    path.write_text("\n".join(TEXTS) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def fake_nsmc(tmp_path, monkeypatch):
    """NSMC whose test set holds every fifth text, spelt with other white space."""
    held = TEXTS[::5]
    rows = {"train": TEXTS, "test": [f" {text.replace(' ', '  ')}" for text in held]}
    files = []
    for file in corpora()["nsmc"].files:
        part = "train" if "train" in file.path else "test"
        lines = [f"{part[:2]}{at}\t{text}\t{at % 2}" for at, text in enumerate(rows[part])]
        content = ("id\tdocument\tlabel\n" + "\n".join(lines) + "\n").encode()
        place = tmp_path / "data" / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        files.append(replace(file, sha256=hashlib.sha256(content).hexdigest(), size=len(content)))
    monkeypatch.setitem(corpora(), "nsmc", replace(corpora()["nsmc"], files=tuple(files)))
    return held


def used(monkeypatch):
    """What the training core is given; it is called as usual."""
    seen = {}
    real = core.pretrain

    def spy(config, blocks, segments, held_out, out, **rest):
        seen.update(blocks=np.array(blocks), segments=np.array(segments), held=tuple(map(np.array, held_out)))
        seen.update(config=config, tokenizer=out.parent / "data" / "tokenizer" / "tokenizer.json")
        seen["vocabulary"] = seen["tokenizer"].read_text(encoding="utf-8")
        return real(config, blocks, segments, held_out, out, **rest)

    monkeypatch.setattr(core, "pretrain", spy)
    return seen


def texts_in(seen):
    """The texts that the blocks of a pretraining hold, read back from token ids."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(seen["vocabulary"])
    found = []
    for blocks, segments in ((seen["blocks"], seen["segments"]), seen["held"]):
        for ids, owner in zip(blocks, segments, strict=True):
            for number in range(1, owner.max() + 1):
                found.append(tokenizer.decode(ids[owner == number].tolist()).replace(" ", ""))
    return found


def weights(folder):
    from safetensors.torch import load_file

    return load_file(folder / "encoder" / "model.safetensors")


def stopped_at(monkeypatch, step):
    """Interrupt the training at this update."""
    real = core.pretrain

    def cut(*args, **rest):
        def heard(at, share):
            if at == step:
                raise KeyboardInterrupt

        return real(*args, **{**rest, "step": heard})

    monkeypatch.setattr(core, "pretrain", cut)
    return lambda: monkeypatch.setattr(core, "pretrain", real)


@pytest.mark.parametrize("objective", ["mlm", "electra"])
def test_from_texts_to_a_folder_that_train_begins_with(corpus, tmp_path, listener, objective):
    found = maeum.pretrain(corpus, out=tmp_path / "out", objective=objective, **TINY)
    assert isinstance(found, Pretrained)
    both = ["generator"] if objective == "electra" else []
    inside = ["curves.svg", "encoder", *both, "history.csv", "pretraining.json", "pretraining.yaml"]
    assert sorted(path.name for path in found.folder.iterdir()) == [
        *inside,
        "seen.safetensors",
        "tokenizer_report.json",
    ]
    assert sorted(path.name for path in found.encoder.iterdir()) == [
        "README.md", "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json",
    ]  # fmt: skip
    assert [row["step"] for row in found.history] == [2, 4, 6]
    assert {"train_mlm_loss", "held_out_mlm_loss", "held_out_mlm_accuracy", "tokens_per_s"} <= set(found.history[0])
    assert found.facts["data"]["counts"]["sources"] == {"reviews.txt": 220}
    assert (found.facts["data"]["counts"]["train"], found.facts["data"]["counts"]["held_out"]) == (198, 22)
    saved = yaml.safe_load((found.folder / "pretraining.yaml").read_text(encoding="utf-8"))
    assert (saved["objective"], saved["steps"], saved["learning_rate"]) == (objective, 6, 5e-4)
    assert not list(tmp_path.glob(".out*"))
    assert [len(table) for table in listener.tables] == [4]
    assert len(listener.tables[0][0]) == len(listener.tables[0][1]) == (10 if both else 8)
    bars = {title: (total, done) for title, total, _, done in listener.bars}
    assert bars["Pretraining"] == (6, 6)
    assert bars["Learning a tokenizer"] == (198, 198)
    assert any(
        said.startswith("The vocabulary has 1,") and "not the 2,000 asked for" in said for said in listener.sentences
    )
    card = (found.encoder / "README.md").read_text(encoding="utf-8")
    assert "Data, without labels: reviews.txt (220). 198 different texts to learn from" in card
    assert "데이터(레이블 없음): reviews.txt (220)" in card
    assert str(tmp_path) not in card
    run = maeum.train(
        "sample", model=str(found.encoder), out=tmp_path / "run", epochs=1, limit=40, max_length=16, batch_size=20
    )
    assert run.model.family == "encoder"


def test_transformers_reads_the_encoder_as_it_was_trained(corpus, tmp_path):
    from tokenizers import Tokenizer
    from transformers import AutoModelForMaskedLM, AutoTokenizer

    found = pretrain(corpus, out=tmp_path / "out", objective="mlm", **TINY)
    tokenizer = AutoTokenizer.from_pretrained(found.encoder)
    own = Tokenizer.from_file(str(found.encoder / "tokenizer.json"))
    assert [tokenizer(text)["input_ids"] for text in TEXTS] == [own.encode(text).ids for text in TEXTS]
    model = AutoModelForMaskedLM.from_pretrained(found.encoder)
    assert model.config.vocab_size == len(tokenizer) == found.facts["data"]["vocabulary"]


def test_no_text_of_the_nsmc_test_set_is_in_the_data_used(fake_nsmc, corpus, tmp_path, monkeypatch, listener):
    seen = used(monkeypatch)
    found = pretrain("nsmc", corpus, out=tmp_path / "out", **TINY)
    read = texts_in(seen)
    test = {text.replace(" ", "") for text in fake_nsmc}
    assert len(read) > 150
    assert not test & set(read)
    from safetensors.numpy import load_file

    hashes = load_file(found.folder / "seen.safetensors")
    kept = [text for text in TEXTS if text not in set(fake_nsmc)]
    everything = np.concatenate([hashes["train"], hashes["validation"]])
    assert not np.isin(text_hashes(fake_nsmc), everything).any()
    assert np.isin(text_hashes(kept), everything).all()
    assert "Left out: 88 texts that 'nsmc:test' holds." in listener.sentences
    assert f"Left out: 0 empty texts and {len(kept)} duplicates." in listener.sentences


def test_a_file_alone_is_checked_against_nsmc_where_it_is_at_hand(fake_nsmc, corpus, tmp_path):
    found = pretrain(corpus, out=tmp_path / "out", **TINY)
    assert found.facts["data"]["counts"]["excluded"] == {"nsmc:test": len(fake_nsmc)}


@pytest.mark.slow
def test_no_text_of_the_real_nsmc_test_set_is_in_the_data_used(tmp_path, monkeypatch):
    real = Path(REAL_DATA or tmp_path)
    if not (real / "nsmc" / "ratings_test.txt").is_file():
        pytest.skip("NSMC is not in MAEUM_DATA")
    monkeypatch.setenv("MAEUM_DATA", str(real))
    found = pretrain("nsmc", out=tmp_path / "out", **{**TINY, "vocabulary": 8_000})
    from safetensors.numpy import load_file

    hashes = load_file(found.folder / "seen.safetensors")
    test = text_hashes([text for text in maeum.dataset("nsmc", split="test").texts if text.strip()])
    assert not np.isin(test, np.concatenate([hashes["train"], hashes["validation"]])).any()
    assert len(hashes["train"]) > 130_000


def test_exclude_keeps_texts_out(corpus, tmp_path):
    own = tmp_path / "mine.csv"
    own.write_text(
        "text,label\n" + "\n".join(f'"{text}",1' for text in TEXTS[:30] if '"' not in text), encoding="utf-8"
    )
    found = pretrain(corpus, out=tmp_path / "out", exclude=[str(own)], **TINY)
    assert found.facts["data"]["counts"]["excluded"] == {str(own): sum('"' not in text for text in TEXTS[:30])}


def test_invisible_characters_hide_no_text_that_stays_out(tmp_path):
    plain = TEXTS[:150]
    hidden = [f"{text[:2]}\u200b{text[2:]}\u200b" for text in plain]
    path, own = tmp_path / "mine.txt", tmp_path / "test.txt"
    path.write_text("\n".join([*hidden[:40], *plain[40:], *TEXTS[150:]]), encoding="utf-8")
    own.write_text("\n".join([*plain[:40], *hidden[40:60]]), encoding="utf-8")
    found = pretrain(path, out=tmp_path / "out", exclude=[str(own)], **TINY)
    assert found.facts["data"]["counts"]["excluded"] == {str(own): 60}


def test_an_interrupted_pretraining_goes_on_without_reading_again(corpus, tmp_path, monkeypatch, listener):
    whole = pretrain(corpus, out=tmp_path / "whole", **TINY)
    go_on = stopped_at(monkeypatch, 5)
    with pytest.raises(KeyboardInterrupt):
        pretrain(corpus, out=tmp_path / "out", **TINY)
    go_on()
    assert any(said.startswith("The unfinished training is kept in") for said in listener.sentences)
    assert any(said.endswith(f"maeum pretrain --resume -o {tmp_path / 'out'}") for said in listener.sentences)
    with pytest.raises(OutputError, match=r"^An unfinished training of '.*out' is kept; nothing was changed\."):
        pretrain(corpus, out=tmp_path / "out", **TINY)
    corpus.unlink()
    found = pretrain(out=tmp_path / "out", resume=True)
    assert [row["train_loss"] for row in found.history] == [row["train_loss"] for row in whole.history]
    first, second = weights(whole.folder), weights(found.folder)
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert not list(tmp_path.glob(".out*"))
    with pytest.raises(OutputError, match=r"^'.*out' is a finished pretraining, so there is nothing to resume"):
        pretrain(out=tmp_path / "out", resume=True)


def test_other_settings_are_named_when_resumed(corpus, tmp_path, monkeypatch):
    go_on = stopped_at(monkeypatch, 3)
    with pytest.raises(KeyboardInterrupt):
        pretrain(corpus, out=tmp_path / "out", **TINY)
    go_on()
    with pytest.raises(UsageError) as caught:
        pretrain("sample", out=tmp_path / "out", resume=True, width=32, seed=3, evaluate_every=1)
    assert str(caught.value) == (
        f"The unfinished training of '{tmp_path / 'out'}' was begun with other settings (before → now): "
        f"CORPUS {corpus} → sample, --width 16 → 32, --seed 0 → 3. Go on as it was begun: maeum pretrain --resume -o "
        f"{tmp_path / 'out'} – or begin anew with --overwrite."
    )
    found = pretrain(out=tmp_path / "out", resume=True, evaluate_every=3, time="2h")  # these may change
    assert found.history[-1]["step"] == 6


def test_a_checkpoint_of_another_tokenizer_is_refused(corpus, tmp_path, monkeypatch):
    first = pretrain(corpus, out=tmp_path / "first", **TINY)
    mine = tmp_path / "mine"
    shutil.copytree(first.encoder, mine)
    go_on = stopped_at(monkeypatch, 3)
    with pytest.raises(KeyboardInterrupt):
        pretrain(corpus, out=tmp_path / "out", tokenizer=str(mine), **TINY)
    go_on()
    spec = json.loads((mine / "tokenizer.json").read_text(encoding="utf-8"))
    known = spec["model"]["vocab"]
    known["가"], known["다"] = known["다"], known["가"]
    (mine / "tokenizer.json").write_text(json.dumps(spec), encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        pretrain(out=tmp_path / "out", resume=True)
    assert str(caught.value) == (
        f"The checkpoint of '{tmp_path / 'out'}' is from another tokenizer than '{mine}' is now. Put the tokenizer back as "
        "it was, or begin anew with --overwrite."
    )


def test_an_interrupt_before_the_data_are_ready_leaves_nothing(corpus, tmp_path, monkeypatch):
    def fail(*_args, **_rest):
        raise KeyboardInterrupt

    monkeypatch.setattr("maeum.workflows.pretraining.blocks.Prepared.__init__", fail)
    with pytest.raises(KeyboardInterrupt):
        pretrain(corpus, out=tmp_path / "out", **TINY)
    assert not list(tmp_path.glob("*out*")) and not list(tmp_path.glob(".out*"))


def test_a_folder_that_exists_is_kept_unless_overwritten(corpus, tmp_path):
    found = pretrain(corpus, out=tmp_path / "out", **TINY)
    before = found.facts
    with pytest.raises(OutputError, match="exists already; nothing was changed"):
        pretrain(corpus, out=tmp_path / "out", **TINY)
    again = pretrain(corpus, out=tmp_path / "out", overwrite=True, **{**TINY, "seed": 1})
    assert again.facts["encoder"]["seed"] == 1 != before["encoder"]["seed"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "Rows of text were expected, but '{path}' is empty. Check that it was saved or downloaded whole."),
        ("blank.txt", b"\n \n\t\n" * 50, "Rows of text were expected, but '{path}' is empty. Check that it was saved or downloaded whole."),
        ("same.txt", "정말 재밌다\n".encode() * 500, "Different texts left: 1 of 500 read; at least 100 are needed, thousands to be of use. Dropped: 0 empty, 499 duplicates, 0 left out because a test or excluded set holds them. Name more corpora or files."),
        ("mixed.txt", "\n".join(TEXTS).encode() + "\n한글".encode("cp949"), "One encoding was expected, but '{path}' mixes two: line 1 is UTF-8, line 221 is cp949. Save the part that is cp949 again as UTF-8, or force one encoding with --encoding."),
        ("missing.txt", None, "A file was expected at '{path}', but nothing is there. Check the name, or give the whole path."),
    ],
)  # fmt: skip
def test_files_without_enough_texts_are_refused(name, content, said, tmp_path):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    for language in ("ko", "en"):
        use_language(language)
        with pytest.raises(DataError) as caught:
            pretrain(path, out=tmp_path / "out", **TINY)
        assert caught.value.exit_code == 2
    assert str(caught.value) == said.format(path=path)
    assert not list(tmp_path.glob(".out*"))


def test_lines_in_a_wrong_encoding_are_counted_and_left_out(tmp_path, listener):
    path = tmp_path / "mixed.txt"
    path.write_bytes("\n".join(TEXTS).encode() + b"\n" + "한글".encode("cp949"))
    found = pretrain(path, out=tmp_path / "out", encoding="utf-8", **TINY)
    assert found.facts["data"]["counts"]["unreadable"] == 1
    assert found.facts["data"]["counts"]["sources"] == {"mixed.txt": 220}
    assert any("mixed.txt" in said and "221" in said for said in listener.sentences)
    path.write_bytes("\n".join(TEXTS).encode("cp949", "ignore"))
    again = pretrain(path, out=tmp_path / "again", **TINY)
    assert again.facts["data"]["counts"]["train"] > 190


@pytest.mark.parametrize(
    ("values", "error", "said"),
    [
        ({"steps": 5, "epochs": 1}, UsageError, "^--steps and --epochs both say how long; give one of them"),
        ({"time": "soon"}, RecipeError, "'soon' is no length of time; write 45m, 1h30m or 90s"),
        ({"width": 18, "heads": 4}, RecipeError, "^--width must be a multiple of --heads"),
        ({"block": 64}, RecipeError, "^--block 64: the encoder takes at most 40 tokens"),
        ({"vocabulary": 50}, RecipeError, "^--vocabulary 50 has no room for the single characters"),
        ({"tokenizer": "/no/such"}, ModelError, "^'/no/such' is no folder with a tokenizer"),
        ({"layer": 3}, RecipeError, r"unknown setting 'layer'\. Did you mean 'layers'\?"),
    ],
)
def test_settings_that_cannot_be_are_refused(values, error, said, corpus, tmp_path):
    with pytest.raises(error, match=said):
        pretrain(corpus, out=tmp_path / "out", **{**TINY, **values})
    assert not list(tmp_path.glob(".out*"))


def test_what_is_no_corpus_is_refused(tmp_path, fake_nsmc):
    with pytest.raises(UsageError, match=r"^Which texts\? Name corpora or files"):
        pretrain(out=tmp_path / "out")
    with pytest.raises(UsageError, match=r"^Which pretraining is to go on\?"):
        pretrain(resume=True)
    with pytest.raises(UsageError, match=r"^There is no unfinished pretraining of '.*' to go on with\."):
        pretrain(out=tmp_path / "out", resume=True)
    with pytest.raises(UsageError, match=r"^'nsmc:test' is the test set of NSMC"):
        pretrain("nsmc:test", out=tmp_path / "out")
    with pytest.raises(DataError, match=r"Did you mean 'nsmc'\?"):
        pretrain("nsmcc", out=tmp_path / "out")
    assert not list(tmp_path.glob(".out*"))


def test_a_loss_that_is_no_number_keeps_the_last_checkpoint(corpus, tmp_path):
    with pytest.raises(maeum.UserError, match=r"^The loss is no number any more, so training has stopped;"):
        pretrain(corpus, out=tmp_path / "out", **{**TINY, "learning_rate": 1e30, "clip": 1e30, "warmup": 0})


def test_time_alone_ends_a_pretraining(corpus, tmp_path, monkeypatch, listener):
    clock = iter(range(1_000_000))
    monkeypatch.setattr(core.time, "perf_counter", lambda: float(next(clock)))
    found = pretrain(corpus, out=tmp_path / "out", **{**TINY, "steps": None, "time": "1m"})
    assert 4 < found.history[-1]["step"] < 60
    assert yaml.safe_load((found.folder / "pretraining.yaml").read_text(encoding="utf-8"))["steps"] is None
    assert next(bar for bar in listener.bars if bar[0] == "Pretraining")[1:] == [1_000, "‰", 1_000]


def test_lengths_of_time():
    assert [seconds_of(one) for one in ("45m", "1h30m", "90s", "1.5h", "2min")] == [2700, 5400, 90, 5400, 120]


def test_a_tokenizer_of_ones_own_and_every_kind(corpus, tmp_path):
    first = pretrain(corpus, out=tmp_path / "first", tokenizer_kind="byte-bpe", jamo=True, **TINY)
    assert first.facts["tokenizer"]["unknown"] == 0
    second = pretrain(corpus, out=tmp_path / "second", tokenizer=str(first.encoder), **TINY)
    assert second.facts["data"]["tokenizer"] == first.facts["data"]["tokenizer"]
    third = pretrain(corpus, out=tmp_path / "third", tokenizer_kind="unigram", **TINY)
    assert third.facts["data"]["tokenizer"] != first.facts["data"]["tokenizer"]


def test_defaults_are_those_of_the_core():
    ours, theirs = PretrainSettings(), core.PretrainConfig(vocabulary=10, mask=4, special=(4,))
    for name in ("layers", "width", "heads", "inner", "embedding", "batch", "warmup", "share", "seed", "rtd_weight"):
        assert getattr(ours, name) == getattr(theirs, name)
