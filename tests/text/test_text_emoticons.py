"""Finding and naming emoticons."""

import re

import pytest

from maeum.messages import table
from maeum.text import Emoticon, find_emoticons, has_emoticon
from maeum.text.signs import ANGRY_EMOJI, GLAD_EMOJI, SIGNS


@pytest.mark.parametrize(
    ("text", "kind", "surface", "tone"),
    [
        ("재밌어요^^", "smile", "^^", "positive"),
        ("굿^-^~", "smile", "^-^", "positive"),
        ("good :)", "smile", ":)", "positive"),
        ("슬퍼ㅠㅠㅜ", "cry", "ㅠㅠㅜ", "mixed"),
        ("슬퍼ㅠ", "cry", "ㅠ", "mixed"),
        ("망함 T_T", "cry", "T_T", "mixed"),
        ("뭐야ㅡㅡ", "stare", "ㅡㅡ", "negative"),
        ("뭐야 -_-", "stare", "-_-", "negative"),
        ("헐 ㅇㅁㅇ", "surprise", "ㅇㅁㅇ", "mixed"),
        ("어지럽다@_@", "dizzy", "@_@", "mixed"),
        ("귀여워><", "wince", "><", "positive"),
        ("최고♥♡", "heart", "♥♡", "positive"),
        ("평점 ★★★☆☆", "star", "★★★☆☆", "mixed"),
        ("무섭다ㄷㄷㄷ", "shiver", "ㄷㄷㄷ", "mixed"),
        ("무섭다ㅎㄷㄷ", "shiver", "ㅎㄷㄷ", "mixed"),
        ("쯧쯧ㅉㅉ", "tut", "ㅉㅉ", "negative"),
        ("ㄹㅇ 꿀잼", "agree", "ㄹㅇ", "mixed"),
        ("ㄴㄴ 별로", "deny", "ㄴㄴ", "negative"),
        ("수상 ㅊㅋ", "thanks", "ㅊㅋ", "mixed"),
        ("이게 영화냐 ㅅㅂ", "curse", "ㅅㅂ", "negative"),
        ("알바ㅗㅗ", "finger", "ㅗㅗ", "negative"),
        ("웃기다ㅋ", "laugh", "ㅋ", "mixed"),
        ("웃기다ㅋㅎㅋㅋ", "laugh", "ㅋㅎㅋㅋ", "mixed"),
        ("좋다ㅎㅎ", "giggle", "ㅎㅎ", "positive"),
        ("이게 뭐야;;", "sweat", ";;", "negative"),
        ("노래 좋다♬", "music", "♬", "positive"),
        ("연기 甲", "thumb", "甲", "positive"),
        ("최고👍", "emoji", "👍", "positive"),
        ("최악👎", "emoji", "👎", "negative"),
        ("웃겨😂", "emoji", "😂", "mixed"),
    ],
)
def test_one_sign(text, kind, surface, tone):
    [found] = find_emoticons(text)
    assert (found.kind, found.surface, found.tone) == (kind, surface, tone)
    assert has_emoticon(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "재밌다.",
            "평점 0.0점",
            "A--B",
            "1:2 무승부",
            "ㄱㄴㄷ 순서",
            "ㅋㅌㅍ",
            "출연:(홍길동)",
            "C:D드라이브",
            "TTL",
            "a;b",
        ),
        *("<b><i>", "© 2024 ™", "1️⃣", "↗", "\ud83d", "ㅇㅅ", "세미콜론; 하나", "漢字", "닐로 -1.5점"),
    ],
)
def test_no_sign(text):
    assert find_emoticons(text) == []
    assert not has_emoticon(text)


def test_order_offsets_and_names():
    text = "👩‍💻 재밌ㅋㅋㅠㅠ ❤️‍🔥^^;;"
    assert find_emoticons(text, lang="ko") == [
        Emoticon(0, 3, "👩‍💻", "여자 기술 전문가", "mixed", "emoji"),
        Emoticon(6, 8, "ㅋㅋ", "웃음", "mixed", "laugh"),
        Emoticon(8, 10, "ㅠㅠ", "눈물", "mixed", "cry"),
        Emoticon(11, 15, "❤️‍🔥", "불 난 하트", "mixed", "emoji"),
        Emoticon(15, 17, "^^", "미소", "positive", "smile"),
        Emoticon(17, 19, ";;", "식은땀", "negative", "sweat"),
    ]
    assert [e.name for e in find_emoticons(text, lang="en")] == [
        *("woman technologist", "laughter", "tears", "heart on fire", "smile", "sweat drop")
    ]


def test_hearts_are_signs_and_not_also_emoji():
    assert [(e.kind, e.surface) for e in find_emoticons("♥❤️♡")] == [("heart", "♥❤️♡")]


def test_signs_table_is_whole():
    kinds = [sign.kind for sign in SIGNS]
    assert len(set(kinds)) == len(kinds)
    assert {f"sign_{kind}" for kind in kinds} == {name for name in table("text") if name.startswith("sign_")}
    for sign in SIGNS:
        assert 0 <= sign.share <= 1
        assert sign.rows > 0
        if sign.form:
            assert re.fullmatch(sign.pattern, sign.form), sign.kind
    assert not GLAD_EMOJI & ANGRY_EMOJI
