"""What a person sees while a training goes on, and what stays of it on the disk."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import maeum
from maeum.cli.console import Screen, never_crash_on_a_character
from maeum.cli.help import cells
from maeum.cli.main import main
from maeum.messages import use_language
from maeum.progress import Silent, report_to
from maeum.report.page_learning import best_epoch
from maeum.workflows.live_table import HistoryFile, LiveTable, duration, read_history

FACTS = {"epochs": 4, "steps_per_epoch": 10, "resumed_at": 0}


def row(epoch: int, f1: float | None = 0.8, loss: float | None = 0.4) -> dict[str, Any]:
    return {
        "epoch": epoch, "step": 10 * epoch, "train_loss": 0.5, "train_accuracy": 0.75, "validation_loss": loss,
        "validation_accuracy": f1, "validation_macro_f1": f1, "learning_rate": 5e-5 / epoch, "examples_per_s": 1234.5,
        "seconds": 75.4 * epoch,
    }  # fmt: skip


class Notes(Silent):
    """Keeps what is shown."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.sentences: list[str] = []
        self.done: list[int] = []
        self.open = 0

    def start(self, title: str, total: int | None, unit: str) -> Any:
        self.open += 1
        self.sentences.append(f"bar {title} {total} {unit}")
        return self.done.append

    def stop(self) -> None:
        self.open -= 1

    def say(self, sentence: str) -> None:
        self.sentences.append(sentence)

    def table(self, heads: Sequence[str]) -> Any:
        self.rows.append([head.replace("\n", " ") for head in heads])
        return lambda cells: self.rows.append(list(cells))


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("MAEUM_LANG", "en")
    found = Notes()
    report_to(found)
    yield found
    report_to(Silent())


def test_a_row_after_every_epoch(notes: Notes) -> None:
    times = iter([100.0, 110.0, 120.0, 130.0])
    table = LiveTable("macro_f1", clock=lambda: next(times))
    table.begin(FACTS)
    for epoch, f1 in ((1, 0.8), (2, 0.9), (3, 0.85)):
        for step in range(10 * epoch - 9, 10 * epoch + 1):
            table.step(step, {})
        table.epoch(row(epoch, f1))
    assert notes.sentences == ["* is the best epoch so far, by macro F1 on validation.", "bar Fitting 40 updates"]
    assert notes.rows == [
        ["epoch", "steps", "train loss", "train acc.", "valid. loss", "valid. acc.", "valid. F1", "learn. rate",
         "texts /s", "time", "left"],
        ["1*", "10", "0.5000", "0.7500", "0.4000", "0.8000", "0.8000", "5e-05", "1,234", "1:15", "0:30"],
        ["2*", "10", "0.5000", "0.7500", "0.4000", "0.9000", "0.9000", "2.5e-05", "1,234", "2:31", "0:20"],
        ["3 ", "10", "0.5000", "0.7500", "0.4000", "0.8500", "0.8500", "1.67e-05", "1,234", "3:46", "0:10"],
    ]  # fmt: skip
    assert sum(notes.done) == 30
    assert notes.open == 1
    table.end()
    table.close()
    assert notes.open == 0


def test_a_resumed_training_shows_the_epochs_before(notes: Notes) -> None:
    times = iter([0.0, 10.0])
    table = LiveTable("loss", [row(1, loss=0.3), row(2, loss=0.2), row(3, loss=0.1)], clock=lambda: next(times))
    table.begin({**FACTS, "resumed_at": 25})
    table.epoch(row(3, loss=0.25))
    assert notes.sentences[0] == "Going on after update 25 of 40."
    assert [cells[0] for cells in notes.rows[1:]] == ["1*", "2*", "3 "]
    assert [cells[-1] for cells in notes.rows[1:]] == ["", "", "0:20"]
    assert notes.done == [25, 5]


def test_without_validation(notes: Notes) -> None:
    table = LiveTable(None)
    table.begin(FACTS)
    table.epoch(row(1, None, None))
    assert notes.sentences == ["bar Fitting 40 updates"]
    assert notes.rows[1][:7] == ["1 ", "10", "0.5000", "0.7500", "-", "-", "-"]


def test_a_family_of_one_row_has_no_table(notes: Notes) -> None:
    table = LiveTable("macro_f1")
    table.epoch(row(1))
    table.end()
    assert (notes.rows, notes.sentences) == ([], [])


def test_which_epoch_is_best() -> None:
    rows = [row(1, 0.8, 0.5), row(2, 0.9, 0.6), row(3, 0.9, 0.4), row(4, None, float("nan"))]
    assert best_epoch(rows, "macro_f1") == best_epoch(rows, "accuracy") == 1
    assert best_epoch(rows, "loss") == 2
    assert best_epoch([row(1, None, None)], "loss") is None


@pytest.mark.parametrize(("seconds", "shown"), [(0.4, "0:00"), (7, "0:07"), (754, "12:34"), (3723, "1:02:03")])
def test_durations(seconds: float, shown: str) -> None:
    assert duration(seconds) == shown


def test_the_file_that_grows(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    file = HistoryFile(path)
    file.begin(FACTS)
    for epoch in (1, 2, 3):
        file.epoch(row(epoch, None if epoch == 1 else 0.5))
    assert read_history(path) == [row(1, None), row(2, 0.5), row(3, 0.5)]
    with path.open("a") as out:
        out.write("4,40,0.5,0.")
    assert [found["epoch"] for found in read_history(path)] == [1, 2, 3]
    again = HistoryFile(path)
    again.begin({**FACTS, "resumed_at": 20})
    again.epoch(row(3, 0.7))
    assert read_history(path) == [row(1, None), row(2, 0.5), row(3, 0.7)]
    assert [found.name for found in tmp_path.iterdir()] == ["history.csv"]


def screen(monkeypatch: pytest.MonkeyPatch, encoding: str, language: str, columns: int) -> list[str]:
    """Lines of two epochs on a console."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(raw, encoding=encoding))
    monkeypatch.setenv("COLUMNS", str(columns))
    never_crash_on_a_character()
    report_to(Screen())
    use_language(language)
    table = LiveTable("macro_f1")
    try:
        table.begin(FACTS)
        table.epoch(row(1))
        table.epoch({**row(2), "seconds": 4000.0, "learning_rate": 1.25e-5})
    finally:
        table.close()
        report_to(Silent())
        use_language(None)
    sys.stderr.flush()
    return raw.getvalue().decode(encoding).splitlines()


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_columns_stand_below_their_heads(
    monkeypatch: pytest.MonkeyPatch, encoding: str, language: str, columns: int
) -> None:
    lines = screen(monkeypatch, encoding, language, columns)
    assert len(lines) == 5
    first, second = lines[3:]
    assert max(map(cells, lines)) < columns
    assert cells(lines[2].rsplit("left" if language == "en" else "시간", 1)[0]) <= cells(first)
    for text in ("0.5000", "0.7500"):
        at = first.index(text)
        assert second.index(text) == at
        head = {"en": {"0.5000": "loss", "0.7500": "acc."}, "ko": {"0.5000": "손실", "0.7500": "정확도"}}[language][
            text
        ]
        assert cells(lines[2][: lines[2].index(head) + len(head)]) == at + len(text)


def test_the_table_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert screen(monkeypatch, "utf-8", "ko", 80)[:4] == [
        "*는 검증 매크로 F1이 지금까지 가장 좋은 에폭입니다.",
        "                학습   학습   검증   검증   검증        텍스트          남은",
        "  에폭   스텝   손실 정확도   손실 정확도     F1 학습률    /초   시간   시간",
        "    1*     10 0.5000 0.7500 0.4000 0.8000 0.8000  5e-05  1,234   1:15   0:00",
    ]


def test_an_ascii_console_does_not_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    assert screen(monkeypatch, "ascii", "en", 80)[1:4] == [
        "               train  train valid. valid. valid. learn.  texts",
        " epoch  steps   loss   acc.   loss   acc.     F1   rate     /s   time   left",
        "    1*     10 0.5000 0.7500 0.4000 0.8000 0.8000  5e-05  1,234   1:15   0:00",
    ]
    assert len(screen(monkeypatch, "ascii", "ko", 80)) == 5


def test_quiet_shows_nothing(gradual: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["train", "sample", "--model", "gradual", "-o", "run", "--epochs", "2", "--limit", "60"]
    assert main([*words, "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert main([*words, "--overwrite"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split()[:2] for line in said.err.splitlines() if line.lstrip()[:2] in ("1*", "2*")] == [
        ["1*", "10"], ["2*", "10"],
    ]  # fmt: skip


def test_trackers_hear_everything(gradual: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, str, Any]] = []

    class Tracker:
        def __init__(self, name: str, run: str) -> None:
            self.name = f"{name} {run}"

        def begin(self, facts: Any) -> None:
            heard.append((self.name, "begin", facts["epochs"]))

        def step(self, step: int, values: Any) -> None:
            pass

        def epoch(self, row: Any) -> None:
            heard.append((self.name, "epoch", row["epoch"]))

        def end(self, report: Path | None = None) -> None:
            heard.append((self.name, "end", report))

    made: Any = type(sys)("maeum.training.tracking")
    made.trackers = lambda names, run: [Tracker(name, run) for name in names]
    monkeypatch.setitem(sys.modules, "maeum.training.tracking", made)
    wanted: dict[str, Any] = {"model": "gradual", "epochs": 1, "limit": 60, "track": "mlflow, wandb,mlflow"}
    maeum.train("sample", out=tmp_path / "run", **wanted)
    report = tmp_path / "run" / "report.html"
    names = ("mlflow run", "wandb run")
    assert heard == [
        *((name, "begin", 1) for name in names), *((name, "epoch", 1) for name in names),
        *((name, "end", report) for name in names),
    ]  # fmt: skip
    heard.clear()
    gradual.stop = (1, 1)
    with pytest.raises(KeyboardInterrupt):
        maeum.train("sample", out=tmp_path / "two", seeds=2, **{**wanted, "track": ["mlflow"]})
    assert [(name, what) for name, what, _ in heard] == [
        ("mlflow two-seed0", "begin"), ("mlflow two-seed0", "epoch"), ("mlflow two-seed0", "end"),
        ("mlflow two-seed1", "begin"), ("mlflow two-seed1", "end"),
    ]  # fmt: skip
