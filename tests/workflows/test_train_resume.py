"""Trainings that are interrupted, and go on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import maeum
from maeum.cli.main import main
from maeum.errors import DataError, OutputError, UsageError
from maeum.metrics.learning import learning_verdict
from maeum.runs import HISTORY_COLUMNS, Run
from maeum.schema import Dataset, Labels, Task
from maeum.workflows.unfinished import Unfinished


@pytest.fixture
def reviews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """40 reviews in `reviews.csv`, in the folder worked in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAEUM_LANG", "en")
    rows = [f"{'재밌는' if i % 2 else '지루한'} 이야기 {i},{'긍정' if i % 2 else '부정'}" for i in range(40)]
    path = Path("reviews.csv")
    path.write_text("\n".join(["text,label", *rows]) + "\n", encoding="utf-8")
    return path


def names(folder: str = ".") -> list[str]:
    return sorted(str(path.relative_to(folder)).replace(os.sep, "/") for path in Path(folder).rglob("*"))


def interrupted(gradual: Any, **settings: Any) -> None:
    """Stop the training of `run` after two epochs of four."""
    gradual.stop = (0, 3)
    with pytest.raises(KeyboardInterrupt):
        maeum.train("reviews.csv", model="gradual", out="run", epochs=4, **settings)
    gradual.stop = None


def test_what_an_interrupt_leaves_and_how_it_goes_on(gradual: Any, reviews: Path) -> None:
    whole = maeum.train(reviews, model="gradual", out="whole", epochs=4)
    gradual.trained.clear()
    interrupted(gradual)
    assert names(".run.part") == ["checkpoints", "checkpoints/last.json", "history.csv", "recipe.yaml", "training.json"]
    live = pl.read_csv(".run.part/history.csv")
    assert tuple(live.columns) == HISTORY_COLUMNS
    assert live["epoch"].to_list() == [1, 2]
    assert live["validation_macro_f1"].to_list() == [0.8, 0.81]
    assert not Path("run").exists()
    run = maeum.train(reviews, model="gradual", out="run", epochs=4, resume=True)
    assert gradual.trained == [(0, 1), (0, 2), (0, 3), (0, 4)]
    assert run.history.equals(whole.history)
    assert run.metrics == whole.metrics
    assert (run.folder / "recipe.yaml").read_bytes() == (whole.folder / "recipe.yaml").read_bytes()
    assert names() == sorted([
        "reviews.csv", "run", "whole", *(f"{one}/{name}" for one in ("run", "whole") for name in names("run")),
    ])  # fmt: skip


def test_a_kill_between_an_epoch_and_its_checkpoint(
    gradual: Any, reviews: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    whole = maeum.train(reviews, model="gradual", out="whole", epochs=4)
    with monkeypatch.context() as killed:  # a process that is killed cleans nothing up
        killed.setattr(Unfinished, "leave", lambda *_, **__: None)
        interrupted(gradual)
    with Path(".run.part/history.csv").open("a") as out:
        out.write("3,30,9.9,0.1,9.9,0.1,0.1,0.1,1.0,9.9\n")
    assert main(["train", "--resume", "-o", "run"]) == 0
    said = [line.split() for line in capsys.readouterr().err.splitlines()]
    assert [cells[:3] for cells in said if cells[0][0].isdigit()] == [
        ["1*", "10", "0.6000"], ["2*", "10", "0.3000"], ["3*", "10", "0.2000"], ["4", "10", "0.1500"],
    ]  # fmt: skip
    assert Run.open("run").history.equals(whole.history)


def test_only_the_folder_need_be_named(gradual: Any, reviews: Path) -> None:
    interrupted(gradual, batch_size=8, seed=0)
    run = maeum.train(out="run", resume=True)
    assert gradual.trained == [(0, 1), (0, 2), (0, 3), (0, 4)]
    settings: Any = run.recipe.training
    assert (settings.epochs, settings.batch_size) == (4, 8)
    assert not Path(".run.part").exists()


def test_an_unfinished_training_is_not_lost_unasked(gradual: Any, reviews: Path) -> None:
    interrupted(gradual)
    before = names()
    with pytest.raises(OutputError) as caught:
        maeum.train(reviews, model="gradual", out="run", epochs=4)
    assert str(caught.value) == (
        "An unfinished training of 'run' is kept; nothing was changed. Go on with it: maeum train --resume -o run – or "
        "drop it and begin anew with --overwrite."
    )
    assert names() == before
    gradual.trained.clear()
    maeum.train(reviews, model="gradual", out="run", epochs=4, overwrite=True)
    assert gradual.trained == [(0, 1), (0, 2), (0, 3), (0, 4)]
    assert not Path(".run.part").exists()


def test_other_settings_are_named(gradual: Any, reviews: Path) -> None:
    interrupted(gradual, batch_size=8)
    with pytest.raises(UsageError) as caught:
        maeum.train(reviews, model="gradual", out="run", epochs=5, learning_rate=0.1, seeds=2, resume=True)
    assert str(caught.value) == (
        "The unfinished training of 'run' was begun with other settings (before → now): --epochs 4 → "
        "5, --batch-size 8 → "
        "32, --learning-rate 5e-05 → 0.1, --seeds 1 → 2. Go on as it was begun: maeum train --resume -o run – or begin "
        "anew with --overwrite."
    )
    with pytest.raises(UsageError, match=r"now\): --model gradual → linear, .*--epochs 4 → –"):
        maeum.train(reviews, model="linear", out="run", resume=True)
    assert Path(".run.part/checkpoints/last.json").is_file()


def test_other_data_are_named(gradual: Any, reviews: Path) -> None:
    interrupted(gradual)
    with reviews.open("a", encoding="utf-8") as out:
        out.write("또 다른 이야기,긍정\n")
    with pytest.raises(UsageError) as caught:
        maeum.train(out="run", resume=True)
    assert str(caught.value) == (
        "The unfinished training of 'run' was begun on other data: the training data (36 rows then, 37 now), the "
        "validation data (4 rows as then, but others). Give the data as they were, or begin anew with --overwrite."
    )
    assert Path(".run.part/checkpoints/last.json").is_file()


def test_nothing_to_resume(gradual: Any, reviews: Path, capsys: Any) -> None:
    assert main(["train", "reviews.csv", "--model", "gradual", "-o", "run", "--resume"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "There is no unfinished training of 'run'; starting from the beginning."
    with pytest.raises(UsageError) as caught:
        maeum.train(out="other", resume=True)
    assert str(caught.value) == (
        "There is no unfinished training of 'other' to go on with. Name the data to begin one: maeum "
        "train --data nsmc -o "
        "other"
    )
    with pytest.raises(UsageError) as caught:
        maeum.train(resume=True)
    assert str(caught.value) == ("Which training is to go on? Name its folder: maeum train --resume -o runs/nsmc-cnn")


def test_a_finished_run_is_not_resumed(gradual: Any, reviews: Path) -> None:
    maeum.train(reviews, model="gradual", out="run", epochs=2)
    for again in ({"data": reviews, "model": "gradual", "epochs": 2}, {}):
        with pytest.raises(OutputError) as caught:
            maeum.train(**again, out="run", resume=True)
        assert str(caught.value) == (
            "'run' is a finished training, so there is nothing to resume; nothing was changed. "
            "Choose another name with -o, "
            "or train it anew with --overwrite."
        )


def test_replacing_a_run_can_be_resumed(gradual: Any, reviews: Path) -> None:
    maeum.train(reviews, model="gradual", out="run", epochs=2)
    interrupted(gradual, overwrite=True)
    assert Run.open("run").history.height == 2
    with pytest.raises(OutputError) as caught:
        maeum.train(out="run", resume=True)
    assert str(caught.value) == (
        "'run' exists already, and beside it an unfinished training that is to replace it; nothing "
        "was changed. To go on "
        "and replace it: maeum train --resume -o run --overwrite"
    )
    assert maeum.train(out="run", resume=True, overwrite=True).history.height == 4


def test_ctrl_c_on_the_command_line(gradual: Any, reviews: Path, capsys: Any) -> None:
    gradual.stop = (0, 2)
    words = ["train", "reviews.csv", "--model", "gradual", "-o", "runs/mine"]
    assert main(words) == 130
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "The unfinished training is kept in 'runs/.mine.part'. Go on with it: maeum train --resume -o runs/mine",
        "Interrupted; nothing unfinished was kept under its final name.",
    ]
    gradual.stop = None
    assert main(["train", "--resume", "-o", "runs/mine"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert said[1:3] == ["Going on after update 10 of 30.", "* is the best epoch so far, by macro F1 on validation."]
    assert [line.split()[0] for line in said[5:8]] == ["1*", "2*", "3*"]
    verdict = learning_verdict(list(Run.open("runs/mine").history.iter_rows(named=True)), 4)
    assert f"{verdict.what} {verdict.advice}" in said


def test_what_fails_before_a_checkpoint_leaves_nothing(gradual: Any, reviews: Path) -> None:
    gradual.stop, gradual.error = (0, 1), DataError("data.no_labels", data="x")
    with pytest.raises(DataError):
        maeum.train(reviews, model="gradual", out="new/folder/run")
    assert names() == ["reviews.csv"]
    gradual.stop = (0, 2)
    with pytest.raises(DataError):
        maeum.train(reviews, model="gradual", out="new/folder/run")
    assert "new/folder/.run.part/checkpoints/last.json" in names()


def test_a_killed_training_without_a_checkpoint_counts_for_nothing(gradual: Any, reviews: Path) -> None:
    Path(".run.part").mkdir()
    for name, text in {"training.json": "{}", "recipe.yaml": "", "history.csv": "epoch\n"}.items():
        Path(".run.part", name).write_text(text)
    assert maeum.train(reviews, model="gradual", out="run").history.height == 3
    assert not Path(".run.part").exists()


def test_a_folder_of_somebody_else_is_left_alone(gradual: Any, reviews: Path) -> None:
    Path(".run.part").mkdir()
    Path(".run.part/diary.txt").write_text("mine")
    with pytest.raises(OutputError) as caught:
        maeum.train(reviews, model="gradual", out="run", overwrite=True)
    assert str(caught.value) == (
        "'.run.part', where the training of 'run' keeps what is unfinished, holds something else "
        "(diary.txt). Move it away, "
        "or choose another name with -o."
    )
    assert Path(".run.part/diary.txt").read_text() == "mine"


def test_a_damaged_state(gradual: Any, reviews: Path) -> None:
    interrupted(gradual)
    Path(".run.part/training.json").write_text('{"seeds": ')
    with pytest.raises(OutputError) as caught:
        maeum.train(out="run", resume=True)
    file = Path(".run.part", "training.json")
    assert str(caught.value) == (
        f"The unfinished training of 'run' cannot be read ({file} is damaged). Begin anew with --overwrite."
    )


def test_data_in_memory_go_on_too(gradual: Any, reviews: Path) -> None:
    frame = pl.read_csv(reviews).with_row_index("id").with_columns(pl.col("id").cast(pl.String))
    data = Dataset(frame, Task.SINGLE_LABEL, Labels(("부정", "긍정")), "mine")
    gradual.stop = (0, 3)
    with pytest.raises(KeyboardInterrupt):
        maeum.train(data, model="gradual", out="run")
    gradual.stop = None
    assert maeum.train(data, out="run", resume=True).history.height == 3
    assert gradual.trained == [(0, 1), (0, 2), (0, 3)]


def test_a_linear_training_leaves_nothing(reviews: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("maeum.training.linear.fit_labels", stop)
    with pytest.raises(KeyboardInterrupt):
        maeum.train(reviews, out="runs/mine")
    assert names() == ["reviews.csv"]


def test_the_state_says_what_training_was_begun_on(gradual: Any, reviews: Path) -> None:
    interrupted(gradual)
    state = json.loads(Path(".run.part/training.json").read_text(encoding="utf-8"))
    assert (state["format"], state["seeds"], state["maeum"]) == (1, 1, maeum.__version__)
    assert state["data"]["train"]["rows"] == 36
    run = maeum.train(out="run", resume=True)
    assert {part: run.environment["data"][part] for part in ("train", "validation")} == state["data"]
