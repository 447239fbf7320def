"""`maeum tune` as it is typed, and the table that changes while a person watches."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from maeum.cli.tune_board import Board
from maeum.scale.tuning.course import Trial

pytest.importorskip("ray")


def test_mistakes_are_named_before_anything_begins(refused: Any, here: Path) -> None:
    (here / "space.yaml").write_text("c: [0.1, 0.5]\nc0ntrast: [0, 0.5]\n", encoding="utf-8")
    english, korean = refused("tune", "sample", "--model", "linear", "--space", "space.yaml", "-o", "s")
    assert "  c0ntrast: linear has no such setting. Did you mean 'contrast'?" in english
    assert korean.splitlines()[0] == "이 공간은 탐색할 수 없습니다."
    english, korean = refused("tune", "sample", "--search", "gird")
    assert english == "--search: expected one of grid, random, optuna, found 'gird'. Did you mean 'grid'?"
    assert korean.startswith("--search: grid, random, optuna 가운데 하나여야 하나 'gird'입니다.")
    english, _ = refused("tune", "--resume")
    assert english == "--resume needs -o DIR, the folder of the search to go on with."
    assert sorted(path.name for path in here.iterdir()) == ["space.yaml"]


def test_help_shows_the_choices(cli: Any) -> None:
    page = cli("tune", "--help")
    assert page.code == 0
    assert all(
        word in page.out for word in ("grid|random|optuna", "none|asha|pbt", "--storage", "--resume", "--epochs")
    )


def test_the_board_shows_the_best_trials_and_those_that_run() -> None:
    from rich.console import Console

    board = Board()
    board._names, board._metric, board._total = ["learning_rate", "widths"], "log_loss", 30
    board._sign = -1
    for number in range(1, 21):
        settings = {"learning_rate": 0.00012345, "widths": (2, 3)}
        ended = Trial(number, settings, "finished", 1 - number / 100, epochs=3)
        board.changed(ended)
    board.changed(Trial(21, {"learning_rate": 1e-3, "widths": (4,)}))
    board.changed(Trial(22, {"learning_rate": 1e-3, "widths": (4,)}, "failed", reason="no"))
    console = Console(file=io.StringIO(), width=100, record=True)
    console.print(board.table())
    lines = [line.strip() for line in console.export_text().splitlines() if line.strip()]
    assert lines[0] == "Trials: 21 ended, 1 running, of 30"
    assert lines[1].split() == ["trial", "learning_rate", "widths", "epoch", "log_loss", "status"]
    assert lines[3].split() == ["20", "0.0001234", "2,3", "3", "0.8000", "finished"]
    assert lines[-2].split() == ["21", "0.001", "4", "–", "–", "running"]
    assert lines[-1] == "… and 6 more"
    board.end()
