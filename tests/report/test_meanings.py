"""Every number has its sentence, in both languages."""

from __future__ import annotations

import re

import pytest

from maeum.messages import meanings, report, say
from maeum.report.contents import COLUMNS, ORDER

HANGUL = re.compile("[가-힣]")


@pytest.mark.parametrize("name", [*ORDER, *COLUMNS, "macro_avg", "micro_avg", "weighted_avg"])
def test_every_metric_has_name_and_sentence(name):
    for lang, end in (("en", "."), ("ko", "니다.")):
        assert say(f"meanings.name_{name}", lang)
        sentence = say(f"meanings.{name}", lang)
        assert sentence.endswith(end)
        assert len(sentence) > 25
        assert bool(HANGUL.search(sentence)) is (lang == "ko")


def test_named_and_explained_are_the_same():
    names = {key.removeprefix("name_") for key in meanings.MESSAGES if key.startswith("name_")}
    assert names == {key for key in meanings.MESSAGES if not key.startswith("name_")}


@pytest.mark.parametrize("messages", [meanings.MESSAGES, report.MESSAGES])
def test_both_languages_hold_the_same_fields(messages):
    field = re.compile(r"{(\w+)")
    for key, texts in messages.items():
        assert set(texts) == {"en", "ko"}, key
        assert set(field.findall(texts["en"])) == set(field.findall(texts["ko"])), key
