"""Help for the tests of data: sentences in both languages, corpora of a few rows, tables of a few lines."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from maeum.data.catalog import corpora
from maeum.errors import UserError
from maeum.messages import use_language
from maeum.progress import report_to

Call = Callable[[], object]


@pytest.fixture
def said() -> Callable[[Call], tuple[str, str]]:
    """Run something that must fail by the user's fault; give its whole sentence in English and in Korean."""

    def run(call: Call) -> tuple[str, str]:
        found = []
        for language in ("en", "ko"):
            use_language(language)
            with pytest.raises(UserError) as caught:
                call()
            assert caught.value.exit_code == 2
            found.append(str(caught.value))
        use_language(None)
        return found[0], found[1]

    return run


class Listener:
    """A reporter that remembers."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.started: list[tuple[str, int | None, str]] = []
        self.advanced: list[int] = []
        self.stopped = 0

    def start(self, title: str, total: int | None, unit: str) -> Callable[[int], None]:
        self.started.append((title, total, unit))
        return self.advanced.append

    def stop(self) -> None:
        self.stopped += 1

    def say(self, sentence: str) -> None:
        self.sentences.append(sentence)


@pytest.fixture
def listener() -> Listener:
    """Hears all progress and sentences of the test."""
    found = Listener()
    report_to(found)
    return found


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The folders `MAEUM_DATA` and cache of a machine without corpora."""
    own, cache = tmp_path / "own", tmp_path / "cache"
    monkeypatch.setenv("MAEUM_DATA", str(own))
    monkeypatch.setattr("maeum.data.fetch.cache_folder", lambda: cache)
    return own, cache


@pytest.fixture
def put_corpus(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give a corpus of the catalog other content, which then counts as the published one."""

    def put(name: str, contents: Mapping[str, bytes], *, write: bool = True, url: str | None = None) -> None:
        files = []
        for file in corpora()[name].files:
            content = contents.get(file.path, b"")
            changed = {} if url is None else {"url": url + file.path}
            files.append(replace(file, sha256=hashlib.sha256(content).hexdigest(), size=len(content), **changed))
            if write and file.path in contents:
                place = folders[0] / file.path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
        monkeypatch.setitem(corpora(), name, replace(corpora()[name], files=tuple(files)))

    return put


NSMC_TRAIN = """id\tdocument\tlabel
1\t아 더빙.. 진짜 짜증나네요\t0
2\t"흠...포스터보고 초딩영화줄\t1
3\t\t0
4\t\"\"\"그는 \"\"\"\"천재\"\"\"\"다\"\"\"\t1
5\t다시 봐도 좋다\t1
6\t시간  낭비\t0
7\t시험에도 나온 말\t1
8\t시험에도 나온 말\t0
"""
NSMC_TEST = """id\tdocument\tlabel
91\t굳 ㅋ\t1
92\t시험에도  나온 말\t0
93\t\t0
"""
# id, film, text, stars, part of NSMC: its 11 rows with their raw spelling, and 6 more
RAW = [
    (1, 10, "아 더빙.. 진짜 짜증나네요", 1, "train"),
    (2, 10, '흠...포스터보고 초딩영화줄', 9, "train"),
    (3, 10, "", 2, "train"),
    (4, 11, '그는 "천재"다', 10, "train"),
    (5, 11, "다시 봐도 좋다", 10, "train"),
    (6, 11, "시간  낭비", 4, "train"),
    (7, 12, "시험에도 나온 말", 9, "train"),
    (8, 12, "시험에도 나온 말", 3, "train"),
    (91, 12, "굳 ㅋ", 10, "test"),
    (92, 12, "시험에도  나온 말", 1, "test"),
    (93, 12, "", 1, "test"),
    (21, 13, "그냥 그렇다", 5, "none"),
    (22, 13, "볼 만하다", 8, "none"),
    (23, 13, "최고의 영화", 10, "none"),
    (24, 13, "최악의 영화", 1, "none"),
    (25, 13, " 굳 ㅋ", 10, "none"),
    (26, 13, "평범하다", 6, "none"),
]  # fmt: skip


@pytest.fixture
def raw_rows() -> list[tuple[int, int, str, int, str]]:
    """What `tiny` puts into nsmc-raw: id, film, text, stars, part of NSMC."""
    return RAW


@pytest.fixture
def tiny(put_corpus: Callable[..., None]) -> None:
    """NSMC and its raw reviews in eleven and seventeen rows, in the upstream formats."""
    columns = ("review_id", "movie_id", "text", "rating", "nsmc_split")
    dates = pl.date_range(pl.date(2015, 1, 1), pl.date(2015, 1, len(RAW)), eager=True).alias("date")
    raw = pl.DataFrame(RAW, schema=columns, orient="row").with_columns(dates, pl.col("rating").cast(pl.Int8))
    buffer = io.BytesIO()
    raw.write_parquet(buffer)
    train, test = NSMC_TRAIN.encode(), NSMC_TEST.encode()
    put_corpus("nsmc", {"nsmc/ratings_train.txt": train, "nsmc/ratings_test.txt": test})
    put_corpus("nsmc-raw", {"nsmc/raw.parquet": buffer.getvalue(), "nsmc/ratings_train.txt": train})


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of the user's from its lines."""

    def write(name: str, *lines: Any) -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write
