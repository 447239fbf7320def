"""What holds for every step on any text."""

import unicodedata
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maeum.text import DEFAULT, STEPS, Pipeline, cap_repeats, find_emoticons, has_emoticon, split_fused_jamo
from maeum.text.emoticons import _faces, _matches, _signs
from maeum.text.guards import GUARDS, apply_guarded
from maeum.text.web import split_addresses

PIECES = [
    *("가", "하", "하하하", "될까욬", "ㅋ", "ㅋㅋㅋ", "ㅎ", "넼ㅋ", "닿ㅎ", "좋", "부엌", "ㅋㅎ", "최고최고"),
    *(
        "ㅠ",
        "ㅜ",
        "ㅡ",
        "ㅇ",
        "ㅅ",
        "ㄷㄷ",
        "^",
        "^_",
        "-",
        "--",
        "_",
        ".",
        ",",
        ";",
        "T",
        "o",
        "O",
        "0",
        "@",
        ">",
        "<",
    ),
    *("♥", "♡", "❤", "\ufe0f", "\u200d", "🔥", "👩", "😀", "★", "☆", ":", ")", "(", "'", "=", "D", "Y_Y", "ㅗ", "ㅄ"),
    *("http://", "www.", "a.com", "naver.com", ".kr", "x@y.kr", "a", "b", "/", "1", "10000", "III", "%", "&", "amp;"),
    *(
        "&lt;",
        "&gt;",
        "&#60;",
        "<b>",
        "</b>",
        "<br/>",
        "<b a=",
        "b>",
        "<기생충>",
        "영화",
        " ",
        "  ",
        "\n",
        "\r",
        "\u3000",
    ),
    *("\u200b", "\u3164", "\uffa0", "\ufeff", "\ud83d", "\ude00", "\x00", "\u1112", "\u1161", "\u11ab", "\u0301", "Ａ"),
    *("！", "ﾾ", "ￓ", "É", "İ", "ß", "1️⃣", "🇰", "🇷", "🏻"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=()), max_size=14).map("".join)
NAMES = sorted(STEPS)

FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


def keyboard_jamo(text):
    """How often each jamo occurs, in syllables and alone; other characters as they are."""
    counts = Counter()
    for character in text:
        code = ord(character) - 0xAC00
        if 0 <= code < 11172:
            counts[f"initial {code // 588}"] += 1
            counts[f"vowel {code % 588 // 28}"] += 1
            counts[FINALS[code % 28]] += code % 28 > 0
        else:
            counts[character] += 1
    return +counts


def syllable_jamo(text):
    """The conjoining jamo that Hangul syllables are made of."""
    return Counter(c for c in unicodedata.normalize("NFD", text) if "\u1100" <= c <= "\u11ff")


@pytest.mark.parametrize("name", NAMES)
@given(text=TEXTS)
@settings(max_examples=250, deadline=None)
def test_twice_is_once_and_nothing_raises(name, text):
    once = STEPS[name].function(text)
    assert isinstance(once, str)
    assert STEPS[name].function(once) == once


@pytest.mark.parametrize("name", sorted(STEPS.keys() - {"cap_repeats", "split_fused_jamo", "mask_mentions"}))
@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_no_hangul_is_lost(name, text):
    assert syllable_jamo(text) <= syllable_jamo(STEPS[name].function(text))


@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_splitting_moves_jamo_and_loses_none(text):
    split = split_fused_jamo(text)
    assert keyboard_jamo(split) == keyboard_jamo(text)
    assert len(split) >= len(text)


@given(text=TEXTS, limit=st.integers(1, 3))
@settings(max_examples=300, deadline=None)
def test_capping_keeps_every_character_and_settles(text, limit):
    capped = cap_repeats(text, limit=limit)
    assert set(capped) == set(text)
    assert cap_repeats(capped, limit=limit) == capped
    assert [c for c in capped if c.isdecimal() or c.isspace() or c in "★☆"] == [
        c for c in text if c.isdecimal() or c.isspace() or c in "★☆"
    ]


@given(text=TEXTS)
def test_addresses_cut_out_join_to_the_text(text):
    assert "".join(piece for piece, _ in split_addresses(text)) == text


@given(texts=st.lists(TEXTS, max_size=4), names=st.lists(st.sampled_from(NAMES), max_size=6))
@settings(deadline=None)
def test_pipeline_is_its_steps_and_a_batch_is_its_texts(texts, names):
    pipeline = Pipeline(tuple(names))

    def one_by_one(text):
        for name in names:
            text = STEPS[name].function(text)
        return text

    expected = [one_by_one(text) for text in texts]
    assert [pipeline(text) for text in texts] == expected
    assert pipeline.apply(texts) == expected


@given(text=TEXTS)
def test_default_never_raises(text):
    assert DEFAULT.apply([text]) == [DEFAULT(text)]


@given(text=TEXTS)
@settings(max_examples=400, deadline=None)
def test_emoticons_stand_where_they_say(text):
    found = find_emoticons(text, lang="en")
    assert all(text[e.start : e.end] == e.surface and e.surface and e.name for e in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert has_emoticon(text) == bool(found)


@pytest.mark.parametrize("pattern", [_signs, _faces], ids=["signs", "faces"])
@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_looking_at_possible_starts_only_misses_nothing(pattern, text):
    assert [m.span() for m in _matches(pattern, text)] == [m.span() for m in pattern.finditer(text)]


@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=8), min_size=1, max_size=8)
)
@settings(max_examples=300)
def test_a_block_of_texts_becomes_what_each_of_them_becomes(texts):
    """Guards may spare a step a look at a text, never a change."""
    for steps in (*((name,) for name in STEPS), (*DEFAULT.steps, "mask_mentions", "lowercase")):
        pipeline = Pipeline(steps)
        assert apply_guarded(pipeline._named_functions, texts) == [pipeline(text) for text in texts]


def test_steps_with_options_are_guarded_by_them():
    pipeline = Pipeline((("cap_repeats", {"limit": 4}),))
    texts = ["ㅋㅋㅋㅋ", "ㅋㅋㅋㅋㅋ", "ㅋㅎㅋㅎㅋㅎㅋㅎㅋㅎ", "가나다"]
    assert apply_guarded(pipeline._named_functions, texts) == ["ㅋㅋㅋㅋ", "ㅋㅋㅋㅋ", "ㅋㅎㅋㅎㅋㅎㅋㅎ", "가나다"]


def test_every_character_that_a_guarded_step_changes_has_a_kind():
    everything = [chr(code) for code in (*range(1, 0xD800), *range(0xE000, 0x11000))]
    for name in GUARDS:
        pipeline = Pipeline((name,))
        assert apply_guarded(pipeline._named_functions, everything) == [pipeline(text) for text in everything], name


def test_only_texts_that_a_step_could_change_are_shown_to_it():
    seen = []
    steps = [("lowercase", lambda text: seen.append(text) or text.lower(), {})]
    assert apply_guarded(steps, ["재밌다", "GOOD", "최고"]) == ["재밌다", "good", "최고"]
    assert seen == ["GOOD"]
