"""Folders of Parquet files, and listeners that act while work goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from maeum.progress import Silent, report_to

TEXTS = ("정말 재미있게 봤어요", "최악이다 돈 아깝다", "그냥 그래요", "", "ㅋㅋㅋㅋ 꿀잼", "지루해서 졸았다 ㅠㅠ")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files, one below a folder: 250 and 130 rows in row groups of 70, with columns that stay."""
    place = tmp_path / "in"
    (place / "sub").mkdir(parents=True)
    write(place / "a.parquet", 0, 250)
    write(place / "sub" / "b.parquet", 250, 380)
    (place / "_SUCCESS").touch()
    return place


def write(path: Path, start: int, stop: int, group: int = 70) -> None:
    numbers = range(start, stop)
    texts = [f"{TEXTS[i % 6]} {i}" if TEXTS[i % 6] else None for i in numbers]
    frame = pl.DataFrame({"no": numbers, "review": texts, "score": [i / 2 for i in numbers]})
    frame.write_parquet(path, row_group_size=group)


class Listener(Silent):
    """Hears what is said; `act` is called with the number of blocks done so far."""

    def __init__(self, act: Callable[[int], None] = lambda _done: None) -> None:
        self.said: list[str] = []
        self._act, self._done = act, 0

    def start(self, title: str, total: int | None, unit: str) -> Callable[[int], None]:
        def advance(count: int) -> None:
            if title == "Predicting":
                self._done += count
                self._act(self._done)

        return advance

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


@pytest.fixture
def listen() -> Iterator[Callable[..., Listener]]:
    def begin(act: Callable[[int], None] = lambda _done: None) -> Listener:
        listener = Listener(act)
        report_to(listener)
        return listener

    yield begin
    report_to(Silent())


@pytest.fixture
def answers() -> Callable[[Path], pl.DataFrame]:
    """All rows of an output folder, by number."""

    def read(out: Path) -> pl.DataFrame:
        return pl.concat([pl.read_parquet(part) for part in sorted(out.rglob("*.parquet"))]).sort("no")

    return read


@pytest.fixture
def local(folder: Path) -> Callable[[], pl.DataFrame]:
    """The rows of the folder as `maeum.predict` answers them here, by number."""

    def run() -> pl.DataFrame:
        from maeum.workflows.predict import predict

        frames: list[Any] = [predict(file, out=None, model="fast") for file in sorted(folder.rglob("*.parquet"))]
        return pl.concat(frames).sort("no")

    return run
