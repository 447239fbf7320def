"""Command lines run in this process."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from maeum.cli.main import main

GOOD = (
    "정말 재미있게 봤어요",
    "배우들 연기가 훌륭하다",
    "또 보고 싶은 영화",
    "감동적인 이야기에 울었다",
    "최고의 작품",
)
BAD = ("정말 지루했어요", "배우들 연기가 어색하다", "돈이 아까운 영화", "억지스러운 이야기에 졸았다", "최악의 작품")


@dataclass(frozen=True)
class Answer:
    """What a command line gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Cli = Callable[..., Answer]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run `maeum …` here: cli("predict", "재밌다", "--model", folder)."""

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        found = capsys.readouterr()
        return Answer(code, found.out, found.err)

    return run


@pytest.fixture
def refused(cli: Cli) -> Callable[..., tuple[str, str]]:
    """Run a command that must end with 2, in both languages; gives what was said, without the line's end."""

    def run(*arguments: object) -> tuple[str, str]:
        said = []
        for language in ("en", "ko"):
            answer = cli("--lang", language, *arguments)
            assert answer.code == 2, answer
            assert answer.out == ""
            said.append(answer.err.removesuffix("\n"))
        assert any("가" <= character <= "힣" for character in said[1]), said[1]
        assert said[0] != said[1]
        return said[0], said[1]

    return run


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    """40 reviews of a user's own, 부정 and 긍정, with columns that stay."""
    path = tmp_path / "reviews.csv"
    rows = [f"{i},{text} {i},{label},영화 {i % 3}" for i in range(4) for text, label in labelled()]
    path.write_text("\n".join(["no,review,sentiment,title", *rows]) + "\n", encoding="utf-8")
    return path


def labelled() -> list[tuple[str, str]]:
    return [*((text, "긍정") for text in GOOD), *((text, "부정") for text in BAD)]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, so that names are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tree(folder: Path) -> list[str]:
    """All that lies below a folder, as relative paths with forward slashes."""
    return sorted(str(path.relative_to(folder)).replace(os.sep, "/") for path in folder.rglob("*"))


@pytest.fixture(name="tree")
def _tree() -> Callable[[Path], list[str]]:
    return tree
