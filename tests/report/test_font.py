"""The font in the box: what it can draw, its name, its licence, its size."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from maeum.report.lettering import characters, drawable, font_path, shortened, width_of


def test_size_and_licence():
    assert font_path().stat().st_size <= 2 * 1024 * 1024
    licence = font_path().with_name("OFL.txt").read_text(encoding="utf-8")
    assert "Copyright (c) 2010, NAVER Corporation" in licence
    assert "SIL OPEN FONT LICENSE" in licence
    assert "DISCLAIMER" in licence


def test_reserved_names_are_gone():
    names = {record.nameID: str(record) for record in TTFont(font_path())["name"].names}
    assert names[1] == "MaeumGothic"
    assert names[6] == "MaeumGothic-Regular"
    assert not any(word in names[i].lower() for i in (1, 3, 4, 6) for word in ("nanum", "naver", "나눔"))
    assert "NHN Corporation" in names[0]
    assert "SIL Open Font License" in names[13]


def test_covers_what_korean_reviews_hold():
    wanted = {chr(code) for code in range(0xAC00, 0xD7A4)}
    wanted |= {chr(code) for code in range(0x3131, 0x3164)} | {chr(code) for code in range(0x20, 0x7F)}
    wanted |= set("★☆♥♡✓✗□■●–—…·“”‘’«»©×÷±−≥≤→←↑↓₩°¹²³")
    assert sorted(character for character in wanted if ord(character) not in characters()) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("감동😭", "감동□"),
        ("喜 (기쁨)", "□ (기쁨)"),
        ("❤️", "□"),  # the variation selector is nothing to see
        ("👨‍👩‍👧", "□□□"),
        ("두\n줄\t", "두 줄"),
        ("가", "가"),  # decomposed
        ("$x_1$ <b>", "$x_1$ <b>"),
    ],
)
def test_drawable(before, after):
    assert drawable(before) == after


def test_shortened_counts_hangul_twice():
    assert width_of("가a") == 3
    assert shortened("가나다라", 8) == "가나다라"
    assert shortened("가나다라마", 8) == "가나다…"
    assert shortened("abcdefghij", 8) == "abcdefg…"
