"""Texts become jamo, syllables or pieces of words, the same in training and in use, none lost without being counted."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maeum.errors import ModelError, UserError
from maeum.messages import use_language
from maeum.models.cnn import CnnSettings
from maeum.models.gradient_settings import LongTexts
from maeum.models.neural.units import FILE, PAD, UNKNOWN, UnitTokens, learn
from maeum.progress import Silent, report_to

TEXTS = [
    "이 영화 진짜 재밌다 ㅋㅋ",
    "영화 재밌다!!",
    "진짜 재미없다 ㅠㅠ",
    "이 영화 최고 진짜 최고",
    "영화 최고 ㅋㅋㅋ",
    "DVD 진짜",
    "영화ㅋㅋ",
    "최고ㅋㅋ!!",
]


def tokens(units, texts=TEXTS, **values):
    return learn(texts, CnnSettings.build({"units": units, "min_texts": 1, **values}))


def spelled(one, text, max_length=100):
    ids = one.encode([text], max_length, LongTexts.TRUNCATE).ids[0]
    return [one.tokenizer.id_to_token(int(i)) for i in ids]


class Heard(Silent):
    def __init__(self):
        self.sentences = []

    def say(self, sentence):
        self.sentences.append(sentence)


@pytest.mark.parametrize(
    ("units", "text", "expected"),
    [
        ("syllable", "재밌다 ㅋㅋ", ["재", "밌", "다", " ", "ㅋ", "ㅋ"]),
        ("syllable", "재밌다ㅋㅋㅋㅋㅋ", ["재", "밌", "다", "ㅋ", "ㅋ"]),  # repeats are cut by the text steps
        ("syllable", "<b>영화</b>  최고", ["영", "화", " ", "최", "고"]),
        ("syllable", "dvd", ["d", "v", "d"]),
        ("syllable", "뷁 영화", ["[UNK]", " ", "영", "화"]),
        ("jamo", "재밌다", ["ᄌ", "ᅢ", "ᄆ", "ᅵ", "ᆻ", "ᄃ", "ᅡ"]),
        ("jamo", "ㅋㅋ ㅠㅠ", ["ㅋ", "ㅋ", " ", "ㅠ", "ㅠ"]),
        ("jamo", "최곤", ["ᄎ", "ᅬ", "ᄀ", "ᅩ", "ᆫ"]),  # a syllable no training text has
        ("subword", "영화 재밌다ㅋㅋ!!", ["▁영화", "▁재밌다", "ㅋㅋ", "!!"]),
        ("subword", "진짜최고 [PAD]", ["▁진짜", "최", "고", "▁", *["[UNK]"] * 3, "d", "[UNK]"]),
    ],
)
def test_units_of_a_text(units, text, expected):
    assert spelled(tokens(units), text) == expected


def test_full_width_letters_and_compatibility_jamo_are_never_composed():
    assert spelled(tokens("jamo"), "ＤＶＤ") == ["d", "v", "d"]
    assert "ᄏ" not in spelled(tokens("jamo"), "ㅋㅋ")


@pytest.mark.parametrize(
    ("units", "name", "known", "expected"),
    [
        ("syllable", "syllables", 2, ["가", "[UNK]"]),
        ("jamo", "jamo", 3, ["ᄀ", "ᅡ", "[UNK]", "ᅡ"]),  # ᄅ is rare, its vowel is not
        ("subword", "pieces of words", 5, ["▁가", "[UNK]"]),  # ▁ 가 나 ▁가 ▁가나
    ],
)
def test_rare_characters_are_unknown_and_counted(units, name, known, expected):
    heard = Heard()
    report_to(heard)
    one = tokens(units, ["가나다", "가나라", "가나가"], min_texts=2)
    assert spelled(one, "가라") == expected
    sentence = f"The network reads {name}: {known} different ones were learnt from 3 training texts; 2 rare "
    assert heard.sentences == [sentence + "characters are unknown to it."]


def test_what_was_learnt_is_said_in_korean():
    heard = Heard()
    report_to(heard)
    use_language("ko")
    tokens("syllable", ["가나", "가나", "다"], min_texts=2)
    assert "|".join(heard.sentences) == (
        "신경망은 텍스트를 음절 단위로 읽습니다. 학습 텍스트 3개에서 2가지를 배웠고, "
        "드문 글자 1가지는 모르는 글자로 다룹니다."
    )


@pytest.mark.parametrize("units", ["syllable", "jamo", "subword"])
def test_the_vocabulary_is_no_larger_than_asked_for(units):
    assert tokens(units, vocabulary=10).size == 10


def test_ids_are_those_of_the_most_frequent_first():
    one = tokens("syllable", ["가나", "가나", "가"])
    assert one.encode(["가나"], 9, LongTexts.TRUNCATE).ids[0].tolist() == [2, 3]
    assert (one.pad, PAD, UNKNOWN) == (0, 0, 1)


@pytest.mark.parametrize("units", ["syllable", "jamo", "subword"])
@pytest.mark.parametrize("text", ["", "   ", "\n", "\u200b"])
def test_a_text_without_units_is_one_unknown(units, text):
    assert tokens(units).encode([text], 9, LongTexts.TRUNCATE).ids[0].tolist() == [UNKNOWN]


def test_half_of_a_surrogate_pair_is_read():
    assert spelled(tokens("syllable", steps=[]), "영\ud83d화") == ["영", "[UNK]", "화"]
    assert tokens("subword", ["영화\ud83d", "영화"]).size > 2


def test_long_texts_are_cut_and_counted():
    one = tokens("syllable", ["가나다라마바사아자차카타"])
    found = one.encode(["가나다라마바사아자차카타", "가나", "가나다라마바사아"], 8, LongTexts.TRUNCATE)
    assert found.cut == 1
    assert found.lengths.tolist() == [8, 2, 8]
    assert found.owner.tolist() == [0, 1, 2]


def test_windows_overlap_by_a_quarter_and_cover_everything():
    one = tokens("syllable", ["가나다라마바사아자차카타"])
    found = one.encode(["가나", "가나다라마바사아자차카타"], 8, LongTexts.WINDOW)
    assert found.cut == 0
    assert found.owner.tolist() == [0, 1, 1]
    read = ["".join(one.tokenizer.id_to_token(int(i)) for i in ids) for ids in found.ids]
    assert read == ["가나", "가나다라마바사아", "사아자차카타"]


def test_one_length_after_another():
    one = tokens("syllable", ["가나다라마바사아자차카타"])
    lengths = [len(one.encode(["가나다라마바사아자차카타"], n, LongTexts.TRUNCATE).ids[0]) for n in (4, 100, 8)]
    assert lengths == [4, 12, 8]


@pytest.mark.parametrize("units", ["syllable", "jamo", "subword"])
def test_saved_and_loaded_reads_the_same(units, tmp_path):
    one = tokens(units)
    one.encode(TEXTS, 4, LongTexts.WINDOW)  # what was asked for once is no part of the tokenizer
    one.save(tmp_path)
    again = UnitTokens.load(tmp_path, one.steps)
    assert again.spec == one.spec and again.size == one.size
    for text in [*TEXTS, "처음 보는 글 ㅠㅠ"]:
        assert spelled(again, text) == spelled(one, text)


@pytest.mark.parametrize("units", ["syllable", "jamo", "subword"])
def test_the_same_texts_give_the_same_tokenizer(units):
    assert tokens(units).spec == tokens(units).spec


@given(st.lists(st.text(max_size=30), max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_texts_can_be_read_and_are_read_alone_as_in_a_batch(texts):
    one = _CACHED["syllable"]
    whole = one.encode(texts, 8, LongTexts.TRUNCATE)
    assert len(whole.ids) == len(texts)
    for text, ids in zip(texts, whole.ids, strict=True):
        assert 1 <= len(ids) <= 8 and ids.dtype == np.int32
        assert one.encode([text], 8, LongTexts.TRUNCATE).ids[0].tolist() == ids.tolist()


_CACHED = {"syllable": tokens("syllable")}


def test_nothing_to_read():
    found = _CACHED["syllable"].encode([], 8, LongTexts.TRUNCATE)
    assert (found.ids, found.owner.tolist(), found.cut) == ([], [], 0)


def test_one_string_is_no_list_of_texts():
    with pytest.raises(UserError, match="재밌다"):
        _CACHED["syllable"].encode("재밌다", 8, LongTexts.TRUNCATE)


def test_a_missing_or_damaged_file_is_named(tmp_path):
    with pytest.raises(ModelError) as raised:
        UnitTokens.load(tmp_path, ())
    assert str(raised.value) == (
        f"The model '{tmp_path}' is incomplete: tokenizer.json is missing. Copy the whole folder again."
    )
    tokens("syllable").save(tmp_path)
    path = tmp_path / FILE
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[:200], encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer\.json' is damaged \(EOF while parsing"):
        UnitTokens.load(tmp_path, ())
    other = json.loads(whole)
    other["model"]["vocab"] = {"[UNK]": 0, "[PAD]": 1}
    path.write_text(json.dumps(other), encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer\.json' is damaged \(no \[PAD\], \[UNK\]\)"):
        UnitTokens.load(tmp_path, ())


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_a_forked_process_reads_without_a_warning():
    program = """
import os
from maeum.models.cnn import CnnSettings
from maeum.models.gradient_settings import LongTexts
from maeum.models.neural.units import learn
one = learn(["영화 최고"] * 50, CnnSettings())
one.encode(["영화"] * 50, 8, LongTexts.TRUNCATE)
child = os.fork()
one.encode(["영화"] * 50, 8, LongTexts.TRUNCATE)
if child:
    print(os.waitpid(child, 0)[1], os.environ.get("TOKENIZERS_PARALLELISM"))
"""
    clean = {name: value for name, value in os.environ.items() if name != "TOKENIZERS_PARALLELISM"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=clean)
    assert (done.stdout.split(), done.stderr) == (["0", "None"], "")
