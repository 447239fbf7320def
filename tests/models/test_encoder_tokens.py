"""Tokenizers: cut texts are counted, windows overlap, KoBERT keeps its ids, wrong vocabularies are refused."""

import importlib.util
import json
import shutil
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("sentencepiece")

from maeum.errors import ModelError
from maeum.models.encoder.pieces import read_pieces
from maeum.models.encoder.tokenizer_check import check_tokenizer, korean_sample
from maeum.models.encoder.tokens import EncoderTokens
from maeum.models.encoder.weights import read_config
from maeum.models.gradient_settings import LongTexts
from maeum.progress import Silent, report_to
from maeum.text import Pipeline


def _fixtures():
    spec = importlib.util.spec_from_file_location("encoder_fixtures", Path(__file__).with_name("encoder_fixtures.py"))
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    if not hasattr(module, "TEXTS"):
        spec.loader.exec_module(module)
    return module


F = _fixtures()
CUT, WINDOW = LongTexts.TRUNCATE, LongTexts.WINDOW


def tokens_of(folder, steps=()):
    return EncoderTokens.load(folder, read_config(folder), Pipeline(steps))


def shape_only(kind, folder, **values):
    folder.mkdir()
    rows, pad = F.write_tokenizer(kind, folder)
    F.shape(kind, rows, pad, **values).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def fast(tmp_path_factory):
    return tokens_of(shape_only("bert", tmp_path_factory.mktemp("t") / "bert"))


@pytest.fixture(scope="module")
def slow(fast):
    """The same vocabulary behind a tokenizer in Python."""
    from dataclasses import replace

    from transformers.models.bert.tokenization_bert_legacy import BertTokenizerLegacy

    path = Path(fast.tokenizer.name_or_path) / "vocab.txt"
    found = replace(fast, tokenizer=BertTokenizerLegacy(str(path), do_lower_case=False))
    assert not found.tokenizer.is_fast
    return found


@pytest.fixture(params=["fast", "slow"])
def tokens(request):
    return request.getfixturevalue(request.param)


def words(tokens, ids):
    return " ".join(tokens.tokenizer.convert_ids_to_tokens(ids.tolist()))


def test_texts_that_fit(tokens):
    found = tokens.encode(["정말 재밌다", ""], 16, CUT)
    assert [words(tokens, ids) for ids in found.ids] == ["[CLS] 정말 재밌 ##다 [SEP]", "[CLS] [SEP]"]
    assert found.owner.tolist() == [0, 1] and found.cut == 0
    assert [ids.dtype for ids in found.ids] == [np.int32, np.int32]


def test_texts_that_are_cut_are_counted(tokens):
    found = tokens.encode(["정말 " * 6, "정말 " * 7, "정말", "정말 " * 99], 8, CUT)
    assert [len(ids) for ids in found.ids] == [8, 8, 3, 8] and found.cut == 2
    assert found.owner.tolist() == [0, 1, 2, 3]


def test_windows_overlap_by_a_quarter(tokens):
    raw = tokens.plain(["정말 재밌다 최고의 영화 감동이었다 강추합니다"])["input_ids"][0]
    found = tokens.encode(["정말", "정말 재밌다 최고의 영화 감동이었다 강추합니다"], 8, WINDOW)
    assert found.owner.tolist() == [0] + [1] * (len(found.ids) - 1) and found.cut == 0
    parts = [ids[1:-1].tolist() for ids in found.ids[1:]]
    assert len(parts) > 1 and all(one[-2:] == two[:2] for one, two in pairwise(parts))
    assert parts[0] + [one for part in parts[1:] for one in part[2:]] == raw


def test_pairs_have_types_and_lose_the_end_of_the_longer(tokens):
    found = tokens.encode([("정말 재밌다", "최고의"), ("정말", "정말 " * 50), ("정말 " * 50, "정말 " * 50)], 12, CUT)
    assert found.cut == 2 and max(map(len, found.ids)) == 12
    assert words(tokens, found.ids[0]).startswith("[CLS] 정말 재밌 ##다 [SEP] 최고")
    for ids, types in zip(found.ids, found.types, strict=True):
        assert types.tolist() == [0] * (ids.tolist().index(3) + 1) + [1] * (len(ids) - ids.tolist().index(3) - 1)
    assert found.types[1].tolist().count(0) == 3  # the short first text is whole
    assert 4 <= (found.types[2] == 1).sum() - 1 <= 5  # both halves are there
    assert tokens.encode([("정말 " * 50, "정말")], 12, WINDOW).cut == 1  # a pair is never cut into windows


def test_the_limit_of_the_encoder_holds(tokens):
    assert len(tokens.encode(["정말 " * 500], 9999, CUT).ids[0]) == 66


def test_no_room_for_a_text(fast):
    with pytest.raises(ModelError) as raised:
        fast.encode([("가", "나")], 4, CUT)
    assert str(raised.value) == (
        "max_length 4 leaves no room for the text beside 3 special tokens. Give a larger --max-length."
    )


def test_chunks_keep_their_owners(fast, monkeypatch):
    monkeypatch.setattr("maeum.models.encoder.tokens._CHUNK", 3)
    texts = ["정말 " * n for n in range(1, 11)]
    found, whole = fast.encode(texts, 6, WINDOW), [fast.encode([text], 6, WINDOW) for text in texts]
    assert [ids.tolist() for ids in found.ids] == [ids.tolist() for one in whole for ids in one.ids]
    assert found.owner.tolist() == [at for at, one in enumerate(whole) for _ in one.ids]
    assert fast.encode(texts, 6, CUT).cut == 6


def test_steps_come_first(fast):
    from dataclasses import replace

    prepared = replace(fast, steps=Pipeline(("drop_controls", "nfc")))
    decomposed = "\u110c\u1165\u11bc\u1106\u1161\u11af\u200b"  # 정말, as a Mac writes it, and a zero-width space
    assert words(prepared, prepared.encode([decomposed], 8, CUT).ids[0]) == "[CLS] 정말 [SEP]"


def test_saving_keeps_no_limit_of_the_last_call(fast, tmp_path):
    fast.encode(["정말 " * 50], 6, CUT)
    fast.save(tmp_path)
    saved = json.loads((tmp_path / "tokenizer.json").read_text(encoding="utf-8"))
    assert saved["truncation"] is None and saved["padding"] is None
    assert json.loads((tmp_path / "tokenizer_config.json").read_text())["model_max_length"] == 66


@pytest.mark.parametrize("kind", ["unigram", "bpe"])
@pytest.mark.parametrize("by_list", [False, True])
def test_kobert_has_the_ids_of_its_own_sentencepiece_model(kind, by_list, tmp_path):
    from transformers import AutoTokenizer

    processor, numbered = F.write_kobert(tmp_path / "kobert", by_list=by_list, kind=kind)
    tokens = tokens_of(tmp_path / "kobert")
    texts = [
        *korean_sample(),
        "",
        " ",
        "ㅋㅋㅠㅠ  ㅎㅏ",
        "뷁 꿻 \u2603",
        "a\tb\nc",
        "１２３,4",
        "～～ ① café",
        "\u200bA",
    ]
    expected = [[numbered[processor.id_to_piece(one)] for one in processor.encode(text)] for text in texts]
    found = tokens.plain(texts)["input_ids"]
    different = [at for at in range(len(texts)) if found[at] != expected[at]]
    # equally good ways through a run of the same sign (!, !!! or !!!, !) are chosen between by chance
    assert all(sorted(found[at]) == sorted(expected[at]) for at in different) and len(different) <= 1
    first, last = numbered["[CLS]"], numbered["[SEP]"]
    assert tokens.encode([texts[1]], 64, CUT).ids[0].tolist() == [first, *expected[1], last]
    pair = tokens.encode([(texts[1], "ㅋ")], 64, CUT)
    second = [numbered[processor.id_to_piece(one)] for one in processor.encode("ㅋ")]
    assert pair.ids[0].tolist() == [first, *expected[1], last, *second, last]
    assert pair.types[0].tolist() == [0] * (len(expected[1]) + 2) + [1] * (len(second) + 1)
    assert tokens.pad == numbered["[PAD]"] and check_tokenizer(tokens).unknown < 0.02
    tokens.save(tmp_path / "saved")
    F.shape("bert", len(numbered), 1).save_pretrained(tmp_path / "saved")
    theirs = AutoTokenizer.from_pretrained(tmp_path / "saved")
    assert theirs(texts, add_special_tokens=False)["input_ids"] == found


def test_kobert_is_trained_saved_and_loaded(tmp_path):
    from maeum.models import load
    from maeum.models.encoder import EncoderSettings, EncoderTraining
    from maeum.models.encoder.model import untrained

    F.write_kobert(tmp_path / "kobert", by_list=True)
    model = untrained(F.dataset(), EncoderSettings(checkpoint=str(tmp_path / "kobert")), EncoderTraining())
    again = load(model.save(tmp_path / "m"))
    assert np.array_equal(again.predict(F.TEXTS).probabilities, model.predict(F.TEXTS).probabilities)


def test_a_list_that_is_not_of_this_sentencepiece_model(tmp_path):
    F.write_kobert(tmp_path / "k", by_list=True)
    (tmp_path / "k" / "vocab.txt").write_text("\n".join(F.wordpiece_vocabulary()), encoding="utf-8")
    with pytest.raises(ModelError) as raised:
        tokens_of(tmp_path / "k")
    assert raised.value.key == "encoders.vocab_differs" and raised.value.values["missing"] > 500


def test_a_sentencepiece_model_without_special_tokens(tmp_path):
    F.write_kobert(tmp_path / "k", by_list=False)
    (tmp_path / "k" / "spiece.model").write_bytes(F.multilingual_pieces())
    with pytest.raises(ModelError) as raised:
        tokens_of(tmp_path / "k")
    assert str(raised.value) == (
        f"The vocabulary '{tmp_path / 'k' / 'spiece.model'}' has no [UNK], [PAD], [CLS], [SEP], which a BERT needs. It "
        "does not belong to this checkpoint."
    )


@pytest.mark.parametrize("content", [b"", b"no model", b"\x0a\xff\xff"])
def test_a_damaged_sentencepiece_model(tmp_path, content):
    (tmp_path / "spiece.model").write_bytes(content)
    with pytest.raises(ModelError, match="is damaged"):
        read_pieces(tmp_path / "spiece.model")


@pytest.mark.parametrize("kind", F.ARCHITECTURES)
def test_good_tokenizers_pass(kind, tmp_path):
    found = check_tokenizer(tokens_of(shape_only(kind, tmp_path / kind)), F.TEXTS)
    assert found.unknown < 0.02 and found.colliding == 0 and found.texts > 600
    assert found.per_character < 1.5


def test_a_vocabulary_of_another_language_is_refused(tmp_path):
    folder = shape_only("bert", tmp_path / "c")
    latin = [*F.SPECIAL, *(chr(c) for c in range(33, 127)), *("##" + chr(c) for c in range(33, 127))]
    (folder / "vocab.txt").write_text("\n".join(latin), encoding="utf-8")
    with pytest.raises(ModelError) as raised:
        check_tokenizer(tokens_of(folder))
    assert raised.value.key == "encoders.unknown_tokens"
    told = str(raised.value)
    assert told.startswith("This tokenizer cannot read Korean: 9") and "(at most 20% is accepted)" in told
    assert told.count(" → [UNK]") == 3


def test_lower_casing_that_takes_syllables_apart_is_refused(tmp_path):
    """What a checkpoint without tokenizer_config.json gets: BERT's English default, which decomposes Hangul."""
    folder = shape_only("bert", tmp_path / "c")
    (folder / "tokenizer_config.json").unlink()
    with pytest.raises(ModelError, match=r'lacks "do_lower_case": false'):
        check_tokenizer(tokens_of(folder))


def test_kobert_pieces_read_as_wordpiece_are_refused(tmp_path):
    """The silent fault: without its SentencePiece model nearly every word is unknown."""
    F.write_kobert(tmp_path / "k", by_list=True)
    (tmp_path / "k" / "tokenizer_78b3253a26.model").unlink()
    (tmp_path / "k" / "tokenizer_config.json").write_text(json.dumps({"do_lower_case": False}))
    with pytest.raises(ModelError) as raised:
        check_tokenizer(tokens_of(tmp_path / "k"))
    assert raised.value.key == "encoders.unknown_tokens"


def test_ids_beyond_the_model_are_refused(tmp_path):
    folder = shape_only("bert", tmp_path / "c")
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "vocab_size": 1000}))
    with pytest.raises(ModelError) as raised:
        check_tokenizer(tokens_of(folder))
    assert str(raised.value) == (
        "The tokenizer does not belong to this model: it gives ids up to 2999, but the model has 1000 rows of "
        "embeddings. Take the tokenizer's files and the weights from the same checkpoint."
    )


def test_different_texts_with_the_same_ids_are_refused(tmp_path):
    """A vocabulary without an unknown token that drops what it does not know."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    folder = shape_only("bert", tmp_path / "c")
    numbered = {name: at for at, name in enumerate([*F.SPECIAL, ".", "!", "?", ","])}
    backend = Tokenizer(models.WordLevel(numbered, unk_token="."))
    from tokenizers import Regex

    backend.normalizer = normalizers.Replace(Regex("[^.!?]"), "")
    backend.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    for path in folder.glob("*o*n*z*"):
        path.unlink()
    PreTrainedTokenizerFast(tokenizer_object=backend, pad_token="[PAD]", cls_token="[CLS]").save_pretrained(folder)
    with pytest.raises(ModelError) as raised:
        check_tokenizer(tokens_of(folder))
    assert raised.value.key == "encoders.collisions"
    assert "different texts get the same token ids as another (at most 5% is accepted)" in str(raised.value)


def test_a_tokenizer_that_loses_some_and_one_that_needs_many_tokens_are_told(tmp_path):
    sentences = []

    class Told(Silent):
        def say(self, sentence):
            sentences.append(sentence)

    report_to(Told())
    folder = shape_only("bert", tmp_path / "c")
    rare = set("영고봤")
    known = [name for name in F.wordpiece_vocabulary() if not rare & set(name)]
    (folder / "vocab.txt").write_text("\n".join(known), encoding="utf-8")
    found = check_tokenizer(tokens_of(folder))
    assert 0.05 < found.unknown < 0.2
    assert sentences[0].startswith(f"{found.unknown:.0%} of the characters become unknown tokens with this tokenizer (")
    sentences.clear()
    folder = shape_only("roberta", tmp_path / "r")
    content = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    content["model"]["merges"] = []
    (folder / "tokenizer.json").write_text(json.dumps(content))
    check_tokenizer(tokens_of(folder))
    assert sentences[0].startswith("This tokenizer needs 3.2 tokens for a character of Korean; its encoder has hardly")


def test_folders_without_a_tokenizer(tmp_path):
    folder = shape_only("bert", tmp_path / "c")
    shutil.copytree(folder, tmp_path / "d")
    (folder / "vocab.txt").unlink()
    with pytest.raises(ModelError) as raised:
        tokens_of(folder)
    assert str(raised.value) == (
        f"'{folder}' has no tokenizer: expected tokenizer.json, vocab.txt or a SentencePiece model, found config.json, "
        "tokenizer_config.json. Copy the tokenizer's files of the same checkpoint into it."
    )
    (folder / "tokenizer.json").write_text("{")
    with pytest.raises(ModelError, match=r"The tokenizer in '.*' cannot be read"):
        tokens_of(folder)


def test_a_tokenizer_without_padding(tmp_path):
    from transformers import PreTrainedTokenizerFast

    folder = shape_only("modernbert", tmp_path / "c")
    backend = PreTrainedTokenizerFast.from_pretrained(folder).backend_tokenizer
    for path in folder.glob("*o*n*z*"):
        path.unlink()
    PreTrainedTokenizerFast(tokenizer_object=backend).save_pretrained(folder)
    with pytest.raises(ModelError, match="has no token that fills up batches"):
        tokens_of(folder)
