"""Tokenizers learnt from Korean texts, and what is said of them."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from maeum.errors import OutputError, RecipeError, UserError
from maeum.messages import use_language
from maeum.text.tokenizer_report import signs_of, tokenizer_report
from maeum.text.tokenizer_training import (
    SPECIAL,
    Kind,
    TokenizerSettings,
    decode,
    save_tokenizer,
    train_tokenizer,
    vocabulary_print,
)

TEXTS = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[2] / "src/maeum/assets/sample/reviews.jsonl").read_text("utf-8").splitlines()
][:300]


def learnt(**values):
    return train_tokenizer(iter(TEXTS), TokenizerSettings(**{"vocabulary": 1_500, **values}))


@pytest.mark.parametrize("jamo", [False, True])
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_frames_texts_and_gives_them_back(kind, jamo):
    made = learnt(tokenizer_kind=kind, jamo=jamo)
    assert [made.token_to_id(name) for name in SPECIAL] == [0, 1, 2, 3, 4]
    assert made.get_vocab_size() <= 1_500
    one, two = made.encode("정말 재밌다ㅋㅋ"), made.encode("정말", "재밌다")
    assert (one.ids[0], one.ids[-1]) == (2, 3)
    assert two.ids.count(3) == 2
    assert two.type_ids[-1] == 1
    assert two.type_ids[0] == 0
    assert decode(made, one.ids) == "정말 재밌다ㅋㅋ"
    composed, taken_apart = (unicodedata.normalize(form, "정말 재밌다") for form in ("NFC", "NFD"))
    assert (
        made.encode(composed).ids == made.encode(taken_apart).ids == made.encode(f" {composed.replace(' ', '   ')}").ids
    )
    form = "NFD" if jamo else "NFC"
    assert made.normalizer.normalize_str("GOÓD ㅋㅋ") == unicodedata.normalize(form, "GOÓD ㅋㅋ")


def test_the_default_is_the_word_piece_of_bert_and_the_same_each_time():
    from tokenizers import BertWordPieceTokenizer

    theirs = BertWordPieceTokenizer(lowercase=False, strip_accents=False, handle_chinese_chars=False)
    theirs.train_from_iterator(TEXTS, vocab_size=1_500, limit_alphabet=2_500, min_frequency=2, show_progress=False)
    ours = learnt()
    assert ours.to_str() == learnt().to_str()
    both = set(ours.get_vocab()) & set(theirs.get_vocab())
    assert len(both) >= 1_470  # the library's own vocabularies differ in ties from run to run
    assert ours.get_vocab_size() == 1_500
    defaults = TokenizerSettings()
    assert (defaults.vocabulary, defaults.alphabet, defaults.min_frequency) == (16_000, 2_500, 2)


def test_rare_syllables_are_unknown_but_for_bytes():
    for kind in Kind:
        found = learnt(tokenizer_kind=kind, alphabet=300).encode("쀍").ids
        assert (1 in found) == (kind is not Kind.BYTE_BPE)
    assert 1 not in learnt(jamo=True).encode("쀍").ids


def test_a_vocabulary_is_no_larger_than_the_texts_support():
    assert train_tokenizer(["재밌다 재밌다"] * 3, TokenizerSettings()).get_vocab_size() < 20


@pytest.mark.parametrize(
    ("values", "texts", "error", "said"),
    [
        (
            {"vocabulary": 100},
            TEXTS,
            RecipeError,
            r"^--vocabulary 100 has no room for the single characters and the pieces made of them: at least 1,\d+ with --alphabet 2,500\. Take a larger vocabulary or a smaller alphabet\.$",
        ),
        ({"vocabulary": 100, "tokenizer_kind": "unigram"}, TEXTS, RecipeError, "^--vocabulary 100 has no room"),
        (
            {"vocabulary": 200, "tokenizer_kind": "byte-bpe"},
            TEXTS,
            RecipeError,
            r"^--vocabulary 200 has no room for the 256 bytes: byte-bpe needs at least 261\.$",
        ),
        ({}, [], UserError, r"^No text is left to learn a tokenizer from\.$"),
        ({"tokenizer_kind": "unigram"}, [], UserError, r"^No text is left to learn a tokenizer from\.$"),
    ],
)
def test_what_cannot_be_learnt_is_refused(values, texts, error, said):
    with pytest.raises(error, match=said):
        train_tokenizer(texts, TokenizerSettings(**values))
    use_language("ko")
    with pytest.raises(error):
        train_tokenizer(texts, TokenizerSettings(**values))


@pytest.mark.parametrize("kind", list(Kind))
def test_transformers_loads_the_folder_and_reads_the_same(kind, tmp_path):
    transformers = pytest.importorskip("transformers")
    made = learnt(tokenizer_kind=kind)
    save_tokenizer(made, tmp_path / "tok", max_length=128)
    with pytest.raises(OutputError):
        save_tokenizer(made, tmp_path / "tok")
    transformers.ElectraConfig().save_pretrained(tmp_path / "tok")  # as it stands beside an encoder
    loaded = transformers.AutoTokenizer.from_pretrained(tmp_path / "tok")
    assert [loaded(text)["input_ids"] for text in TEXTS[:100]] == [made.encode(text).ids for text in TEXTS[:100]]
    assert (loaded.mask_token_id, loaded.pad_token_id, loaded.unk_token_id, loaded.model_max_length) == (4, 0, 1, 128)


def test_a_fingerprint_tells_vocabularies_and_readings_apart():
    assert vocabulary_print({"a": 0, "b": 1}) == vocabulary_print({"b": 1, "a": 0})
    assert vocabulary_print({"a": 0, "b": 1}) != vocabulary_print({"a": 1, "b": 0})
    assert vocabulary_print({"a": 0}, [[0]]) != vocabulary_print({"a": 0}, [[0, 0]])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("재밌다ㅋㅋㅋ!! 또 볼래~", ["ㅋㅋㅋ", "!!"]),
        ("슬퍼ㅠㅠ... ^^ ♥♥", ["ㅠㅠ", "...", "^^", "♥♥"]),
        ("뭐야;; 🤣", [";;", "🤣"]),
        ("좋다!", []),
    ],
)
def test_signs_are_found(text, found):
    assert [text[start:end] for start, end in signs_of(text)] == found


def test_the_report_counts_what_is_lost():
    texts = ["좋다ㅋㅋ 쀍", "나쁘다!!"]
    places = {"좋다ㅋㅋ 쀍": (4, [(2, 4), (5, 6)]), "나쁘다!!": (4, [])}
    found = tokenizer_report(texts, lambda asked: [places[text] for text in asked])
    assert found.to_json() == {
        "texts": 2,
        "tokens": 8,
        "characters": 11,
        "unknown": 0.25,
        "texts_with_unknown": 0.5,
        "characters_per_token": 11 / 8,
        "tokens_per_text": 4.0,
        "emoticons": 2,
        "emoticons_kept": 0.5,
        "lost": [["ㅋㅋ", 1], ["쀍", 1]],
    }
    assert tokenizer_report([], lambda asked: []).emoticons_kept == 1.0
