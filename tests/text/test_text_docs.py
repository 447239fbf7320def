"""The page about text says what the code does."""

import re
from pathlib import Path

import pytest

from maeum.text import DEFAULT, STEPS
from maeum.text.signs import SIGNS

PAGE = (Path(__file__).parents[2] / "docs" / "text.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##)", PAGE, re.MULTILINE | re.DOTALL))


def as_written(example):
    spaced = example.replace("␣", " ")
    return re.sub(r"\\u([0-9a-f]{4})|\\n", lambda m: chr(int(m[1], 16)) if m[1] else "\n", spaced)


EXAMPLES = [
    (name, *map(as_written, line.split(" -> ")))
    for name in STEPS
    for block in re.findall(r"```text\n(.*?)```", SECTIONS[name], re.DOTALL)
    for line in block.splitlines()
]


@pytest.mark.parametrize(("name", "before", "after"), EXAMPLES)
def test_example(name, before, after):
    assert STEPS[name].function(before) == after


@pytest.mark.parametrize("name", STEPS)
def test_every_step_is_explained(name):
    assert "```text" in SECTIONS[name]
    assert "When it hurts:" in SECTIONS[name]


def test_default_is_the_one_described():
    [listed] = re.findall(r"## The default pipeline\n\n(.*?), in this order", PAGE, re.DOTALL)
    assert tuple(re.findall(r"`(\w+)`", listed)) == DEFAULT.names


def test_shares_are_those_of_the_table():
    rows = re.findall(r"^\| .+ \| (\w+) \| (\.\d\d) \| ([\d,]+) \|$", PAGE, re.MULTILINE)
    assert {kind: (float(share), int(count.replace(",", ""))) for kind, share, count in rows} == {
        sign.kind: (sign.share, sign.rows) for sign in SIGNS
    }
