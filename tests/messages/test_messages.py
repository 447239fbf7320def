"""Every sentence exists in both languages, with the same fields, and every key used in the source exists."""

import ast
import re
import string
from pathlib import Path
from pkgutil import iter_modules

import matplotlib as mpl
import pytest

import maeum.messages as messages
from maeum.messages import did_you_mean, language, listing, say, table, use_language
from maeum.messages.particles import PAIRS, particle

SOURCE = Path(messages.__file__).parent.parent
TOPICS = [m.name for m in iter_modules(messages.__path__) if m.name != "particles"]


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_sentence_has_both_languages_and_the_same_fields(topic):
    for name, sentence in table(topic).items():
        assert set(sentence) == {"en", "ko"}, f"{topic}.{name}"
        assert sentence["en"].strip() and sentence["ko"].strip(), f"{topic}.{name}"
        assert fields(sentence["en"]) == fields(sentence["ko"]), f"{topic}.{name}"


def test_particle_specs_in_sentences_are_known():
    for topic in TOPICS:
        for name, sentence in table(topic).items():
            for _, field, spec, _ in string.Formatter().parse(sentence["ko"]):
                if field and spec and "/" in spec:
                    assert spec.removeprefix("-") in PAIRS, f"{topic}.{name}: {spec}"


def used_keys() -> tuple[set[str], set[str]]:
    """Keys written out in the source, and beginnings of keys that f-strings complete (`f"rows.{kind}"`)."""
    whole_key = re.compile(rf"^({'|'.join(TOPICS)})\.[a-z0-9_]+$")
    beginning = re.compile(rf"^({'|'.join(TOPICS)})\.[a-z0-9_]*$")
    whole, begun = set(), set()
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                inside |= {id(part) for part in node.values}
                first = node.values[0] if node.values else None
                if isinstance(first, ast.Constant) and beginning.match(str(first.value)) and len(node.values) > 1:
                    begun.add(str(first.value))
        for node in ast.walk(tree):
            alone = isinstance(node, ast.Constant) and id(node) not in inside
            if alone and isinstance(node.value, str) and whole_key.match(node.value):
                whole.add(node.value)
    return whole, begun


def test_every_key_used_in_the_source_exists_and_every_sentence_is_used():
    whole, begun = used_keys()
    existing = {f"{topic}.{name}" for topic in TOPICS for name in table(topic)}
    assert len(whole) > 80
    others = {key for key in whole if key in mpl.rcParams or key.endswith((".html", ".md", ".json", ".tsv", ".csv"))}
    assert sorted(whole - existing - others) == []
    assert sorted(start for start in begun if not any(key.startswith(start) for key in existing)) == []
    unused = {key for key in existing - whole if not key.startswith(tuple(begun))}
    assert sorted(unused) == []


def test_say_fills_in_the_language_asked_for():
    assert say("common.written", "en", path="a.csv") == "Written: a.csv"
    assert say("common.written", "ko", path="a.csv") == "저장함: a.csv"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"MAEUM_LANG": "ko"}, "ko"),
        ({"MAEUM_LANG": "EN"}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, "ko"),
        ({"MAEUM_LANG": "fr", "LANG": "ko_KR"}, "ko"),
    ],
)
def test_language_comes_from_the_environment(monkeypatch, environment, expected):
    for variable in ("MAEUM_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    assert language() == expected


def test_use_language_goes_before_the_environment(monkeypatch):
    monkeypatch.setenv("MAEUM_LANG", "en")
    use_language("ko")
    assert language() == "ko"
    use_language(None)
    assert language() == "en"
    with pytest.raises(ValueError, match="expected one of ko, en, found 'jp'"):
        use_language("jp")


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("파일", "을/를", "을"),
        ("리뷰", "을/를", "를"),
        ("서울", "으로/로", "로"),
        ("부산", "으로/로", "으로"),
        ("파일", "으로/로", "로"),
        ("1", "이/가", "이"),
        ("2", "이/가", "가"),
        ("7", "으로/로", "로"),
        ("10", "은/는", "은"),
        ("label", "은/는", "은"),
        ("text", "은/는", "는"),
        ("파일'", "이/가", "이"),
        ("…?", "이/가", "이(가)"),
    ],
)
def test_particle_follows_the_last_sound(word, pair, expected):
    assert particle(word, pair) == expected


def test_did_you_mean_finds_near_names_only():
    assert did_you_mean("nsmcc", ["nsmc", "kote"]) == " Did you mean 'nsmc'?"
    assert did_you_mean("NSMC", ["nsmc"]) == " Did you mean 'nsmc'?"
    assert did_you_mean("zzz", ["nsmc", "kote"]) == ""


def test_listing_counts_what_it_leaves_out():
    assert listing(range(3)) == "0, 1, 2"
    assert listing(range(10), limit=3) == "0, 1, 2 … (+7)"
    assert listing([]) == "–"
