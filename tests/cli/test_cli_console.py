"""Progress and sentences on a screen."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from rich.console import Console

from maeum.cli.console import Screen, frame_table, plain_table, print_json_text, watch
from maeum.progress import progress, report_to, tell


class Terminal(io.StringIO):
    """A screen that a person watches."""

    encoding = "utf-8"  # type: ignore[assignment]

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Terminal]:
    """Makes standard error such a screen; called in the test, because pytest sets the stream between the phases."""

    def make() -> Terminal:
        screen = Terminal()
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr(sys, "stderr", screen)
        return screen

    return make


def plain(screen: Terminal) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", screen.getvalue())


def test_bars_one_inside_the_other(terminal: Any) -> None:
    screen = terminal()
    watch(quiet=False)
    with progress("Outer [bold]", 3, "texts") as outer:
        outer(1)
        with progress("Inner", None, "bytes") as inner:
            inner(5)
            tell("A sentence [not markup] between")
        outer(2)
    tell("Done")
    said = plain(screen)
    assert "Outer [bold]" in said
    assert "A sentence [not markup] between" in said
    assert said.endswith("Done\n")
    assert re.search(r"1/3 +texts", said)


def test_a_failure_takes_the_bar_away(terminal: Any) -> None:
    terminal()
    screen = Screen()
    report_to(screen)
    with pytest.raises(ZeroDivisionError), progress("Work", 2, "texts"):
        assert screen._bars is not None
        _ = 1 / 0
    assert screen._bars is None
    screen.stop()  # nothing to take away any more


def test_nothing_is_drawn_where_no_person_watches(capsys: pytest.CaptureFixture[str]) -> None:
    watch(quiet=False)
    with progress("Work", 2, "texts") as advance:
        advance(1)
        tell("A sentence")
    watch(quiet=True)
    tell("Another")
    assert capsys.readouterr() == ("", "A sentence\n")


def shown(renderable: Any, width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=width).print(renderable)
    return out.getvalue()


def test_tables_lose_no_character_of_korean() -> None:
    text = "따옴표가 모두 같은 줄에서 닫힐 때만 켬, 가나다라마바사아자차카타파하[bold]"
    for width in range(20, 70):
        found = shown(plain_table(["이름", "설명"], [("a", text)]), width)
        body = found.split("─")[-1]
        assert re.sub(r"\s", "", body) == re.sub(r"\s", "", "a" + text)
        found = shown(frame_table(pl.DataFrame({"text": [text]}), 5), width)
        assert re.sub(r"\s", "", found.split("─")[-1]) == re.sub(r"\s", "", text)


def test_numbers_and_holes_of_a_table() -> None:
    frame = pl.DataFrame({"a": ["x", None], "p": [0.123456, None], "n": [7, 8]})
    assert [line.split() for line in shown(frame_table(frame, 1), 40).strip().split("\n")][2:] == [["x", "0.1235", "7"]]
    assert shown(frame_table(frame, 2), 40).count("None") == 0


def test_json_on_a_console_without_some_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp949"))
    print_json_text('{"글": "👍\\n"}\n')
    sys.stdout.flush()
    assert raw.getvalue().decode("cp949") == '{"글": "\\ud83d\\udc4d\\n"}\n'
