"""What breaks from outside: full disks, Ctrl-C, damaged model folders, defects. Nothing unfinished stays."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from safetensors.numpy import load_file, save_file

import maeum
from maeum.errors import ContractError
from maeum.models.family import saved_families
from maeum.runs import Run

Words = list[Any]


@pytest.fixture
def copied(sample_run: Any, here: Path) -> Path:
    """A copy of the run, to be damaged."""
    shutil.copytree(sample_run.folder, here / "run")
    return Path("run")


def full(*_arguments: object, **_named: object) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


# Every step of writing a run, an evaluation, a table: where it happens, and the command that gets there.
TRAIN: Words = ["train", "in.csv", "-o", "out"]
STEPS: dict[str, tuple[str, str, Words]] = {
    "recipe": ("maeum.recipe", "write_text", TRAIN),
    "environment": ("maeum.workflows.run_folder", "write_json", TRAIN),
    "history": ("polars", "DataFrame.write_csv", TRAIN),
    "weights, seen": ("safetensors.numpy", "save", TRAIN),
    "model": ("maeum.models.linear.model", "LinearModel.save", TRAIN),
    "predictions": ("polars", "DataFrame.write_parquet", TRAIN),
    "report": ("maeum.workflows.run_folder", "evaluation_page", TRAIN),
    "evaluation": ("maeum.workflows.evaluate", "write_json", ["evaluate", "MODEL", "in.csv", "-o", "out"]),
    "evaluation's report": (
        "maeum.workflows.evaluate",
        "evaluation_page",
        ["evaluate", "MODEL", "in.csv", "-o", "out"],
    ),
    "parquet": ("polars", "DataFrame.write_parquet", ["predict", "in.csv", "--model", "MODEL", "-o", "out.parquet"]),
    "csv": ("pathlib", "Path.write_bytes", ["predict", "in.csv", "--model", "MODEL", "-o", "out.csv"]),
    "corpus": ("pathlib", "Path.write_bytes", ["data", "get", "sample", "-o", "out.csv"]),
    "moving a file": ("os", "replace", ["predict", "in.csv", "--model", "MODEL", "-o", "out.csv"]),
    "moving a folder": ("pathlib", "Path.rename", TRAIN),
}


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, Callable[..., Any]], None]:
    """Replace `name` (maybe `Class.method`) of a module."""

    def replace(module: str, name: str, function: Callable[..., Any]) -> None:
        home: Any = import_module(module)
        *outer, last = name.split(".")
        for part in outer:
            home = getattr(home, part)
        monkeypatch.setattr(home, last, function)

    return replace


@pytest.fixture
def data(here: Path, sample_run: Any) -> Path:
    """`in.csv`: reviews with labels."""
    frame = maeum.dataset("sample", split="test", stars="2").frame
    frame.select("text", "label").write_csv(here / "in.csv")
    return here


@pytest.mark.parametrize("name", STEPS)
def test_a_full_disk(refused: Any, data: Path, fails: Any, sample_run: Any, tree: Any, name: str) -> None:
    module, function, words = STEPS[name]
    fails(module, function, full)
    words = [sample_run.folder if word == "MODEL" else word for word in words]
    english = refused("--quiet", *words)[0]
    assert english == (
        f"No space is left for '{words[-1]}'; nothing was written under that name. Free some space or choose another "
        "place with -o."
    )
    assert tree(data) == ["in.csv"]


@pytest.mark.parametrize("name", STEPS)
def test_ctrl_c_while_writing(cli: Any, data: Path, fails: Any, sample_run: Any, tree: Any, name: str) -> None:
    def interrupted(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    module, function, words = STEPS[name]
    fails(module, function, interrupted)
    answer = cli("--quiet", *(sample_run.folder if word == "MODEL" else word for word in words))
    assert answer == type(answer)(130, "", "Interrupted; nothing unfinished was kept under its final name.\n")
    assert tree(data) == ["in.csv"]


@pytest.mark.parametrize("where", ["training", "predicting", "reading"])
def test_ctrl_c_while_working(cli: Any, data: Path, fails: Any, sample_run: Any, tree: Any, where: str) -> None:
    def interrupted(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    place = {
        "training": ("maeum.training.linear", "fit", TRAIN),
        "predicting": ("maeum.models.linear.model", "LinearModel.predict", ["predict", "in.csv", "-o", "out.csv"]),
        "reading": ("maeum.workflows.prepare", "open_data", TRAIN),
    }[where]
    fails(place[0], place[1], interrupted)
    model = ["--model", sample_run.folder] if where == "predicting" else []
    answer = cli(*place[2], *model, "--lang", "ko")
    assert answer.code == 130
    assert answer.err.splitlines()[-1] == "중단했습니다. 덜 끝난 결과는 최종 이름으로 남기지 않았습니다."
    assert tree(data) == ["in.csv"]


def test_an_overwritten_run_survives_a_failure(cli: Any, data: Path, fails: Any) -> None:
    assert cli("train", "in.csv", "-o", "out").code == 0
    before = {path: path.read_bytes() for path in (data / "out").rglob("*") if path.is_file()}
    fails("polars", "DataFrame.write_parquet", full)
    assert cli("train", "in.csv", "-o", "out", "--overwrite").code == 2
    assert {path: path.read_bytes() for path in (data / "out").rglob("*") if path.is_file()} == before


def test_a_defect_is_said_to_be_one(cli: Any, data: Path, fails: Any, tree: Any) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise ZeroDivisionError("division by zero")

    fails("maeum.training.linear", "fit", broken)
    answer = cli("--quiet", *TRAIN)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == (
        "This is a defect in maeum, not your mistake (ZeroDivisionError: division by zero). Run again with "
        "--debug and report what it prints.\n"
    )
    assert tree(data) == ["in.csv"]
    debugged = cli("--quiet", *TRAIN, "--debug")
    assert debugged.code == 1
    assert debugged.err.startswith("Traceback (most recent call last):\n")
    assert debugged.err.endswith(answer.err)
    assert cli(*TRAIN, "--lang", "ko").err.splitlines()[-1].startswith("사용자의 잘못이 아니라 maeum의 결함입니다(Zero")


def test_a_broken_contract_inside_is_a_defect_too(cli: Any, data: Path, fails: Any) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise ContractError("common.contract", what="probabilities", expected="shape (N, 2)", found=(3, 4))

    fails("maeum.training.linear", "fit", broken)
    answer = cli("--quiet", *TRAIN)
    assert answer.code == 1
    assert answer.err.startswith("This is a defect in maeum, not your mistake (ContractError: probabilities: expected ")


def test_debug_shows_where_a_users_fault_was_found(cli: Any, here: Path) -> None:
    plain = cli("train", "no.csv", "-o", "run")
    debugged = cli("train", "no.csv", "-o", "run", "--debug")
    assert (plain.code, debugged.code) == (2, 2)
    assert plain.err.count("\n") == 1
    assert debugged.err.startswith("Traceback")
    assert debugged.err.endswith(plain.err)


def test_too_little_memory_is_no_defect(refused: Any, data: Path, fails: Any) -> None:
    def greedy(*_arguments: object, **_named: object) -> None:
        raise MemoryError

    fails("maeum.training.linear", "fit", greedy)
    assert refused("--quiet", *TRAIN)[0] == (
        "The memory of this machine is not enough for this; nothing unfinished was kept under its final name. "
        "Use fewer rows (train: --limit), or close other programs."
    )


def test_what_the_system_refuses_is_no_defect(refused: Any, here: Path, fails: Any) -> None:
    def denied(*_arguments: object, **_named: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/secret")

    fails("maeum.workflows.doctor", "examine", denied)
    assert refused("doctor")[0] == (
        "The system refused to read or write '/secret': Permission denied. Check the space on the disk and the "
        "permissions."
    )


def test_a_reader_that_has_had_enough_is_no_failure(cli: Any, sample_run: Any, fails: Any) -> None:
    def closed(*_arguments: object, **_named: object) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    fails("maeum.cli.console", "json.dumps", closed)
    fails("maeum.cli.predict", "print_json_text", closed)
    answer = cli("predict", "좋다", "--model", sample_run.folder, "--format", "jsonl")
    assert answer == type(answer)(0, "", "")


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "card missing": (
        lambda run: (run / "model/model.json").unlink(),
        (
            "'run' is not a maeum model: it has no model.json (it holds environment.json, history.csv, "
            "metrics.json, model, predictions.parquet)."
        ),
    ),
    "card empty": (
        lambda run: (run / "model/model.json").write_bytes(b""),
        (
            "'run/model/model.json' is damaged (JSONDecodeError: Expecting value: line 1 column 1 (char 0)). Copy "
            "the model again or train it anew."
        ),
    ),
    "card no mapping": (
        lambda run: (run / "model/model.json").write_text("[1]"),
        (
            "'run/model/model.json' is damaged (TypeError: list indices must be integers or slices, not str). Copy "
            "the model again or train it anew."
        ),
    ),
    "weights missing": (
        lambda run: (run / "model/weights.safetensors").unlink(),
        "The model 'run/model' is incomplete: weights.safetensors is missing. Copy the whole folder again.",
    ),
    "a later format": (
        lambda run: change(run / "model/model.json", format=99, maeum="9.9"),
        (
            "'run/model' was written by a newer maeum (9.9, format 99; this one reads up to 1). Upgrade: pip "
            "install -U maeum"
        ),
    ),
    "an unknown family": (
        lambda run: change(run / "model/model.json", family="quantum"),
        (
            "'run/model' holds a model of the kind 'quantum', which this maeum does not know (it knows "
            f"{', '.join(saved_families())}). Upgrade: pip install -U maeum"
        ),
    ),
    "shapes off": (
        lambda run: reshape(run / "model/weights.safetensors", "prior", 5),
        "'run/model/weights.safetensors' is damaged (prior (5,) ≠ (2,)). Copy the model again or train it anew.",
    ),
    "a part missing": (
        lambda run: reshape(run / "model/weights.safetensors", "scale", None),
        "'run/model/weights.safetensors' is damaged (no scale). Copy the model again or train it anew.",
    ),
}


def change(path: Path, **values: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **values}), encoding="utf-8")


def reshape(path: Path, name: str, size: int | None) -> None:
    tensors = {key: value.copy() for key, value in load_file(path).items()}
    if size is None:
        del tensors[name]
    else:
        tensors[name] = np.zeros(size, np.float32)
    save_file(tensors, path)


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_model(refused: Any, copied: Path, here: Path, name: str) -> None:
    damage, english = DAMAGE[name]
    damage(here / "run")
    assert refused("predict", "좋다", "--model", "run", "-o", "out.csv")[0] == english
    assert refused("evaluate", "run", "sample", "--stars", "2")[0] == english
    assert not (here / "out.csv").exists()


@pytest.mark.parametrize("size", [0, 7, 1000])
def test_weights_cut_off(refused: Any, copied: Path, here: Path, size: int) -> None:
    path = here / "run/model/weights.safetensors"
    path.write_bytes(path.read_bytes()[:size])
    english = refused("predict", "좋다", "--model", "run")[0]
    assert english.startswith("'run/model/weights.safetensors' is damaged (")
    assert english.endswith("). Copy the model again or train it anew.")


def test_models_that_are_none(refused: Any, here: Path) -> None:
    (here / "a.txt").write_text("x", encoding="utf-8")
    (here / "empty").mkdir()
    assert refused("predict", "좋다", "--model", "a.txt")[0] == (
        "'a.txt' is a file; a model is a folder (the run folder that `maeum train` wrote, or its part 'model')."
    )
    assert refused("predict", "좋다", "--model", "empty")[0] == (
        "'empty' is not a maeum model: it has no model.json (it holds –)."
    )
    assert refused("predict", "좋다", "--model", "runs/x")[0] == (
        "There is no model folder 'runs/x'. Models near it: –; models of the package: emotion, fast, small"
    )
    assert refused("predict", "좋다", "--model", "linear")[0] == (
        "'linear' is a kind of model that has to be trained first: maeum train --data DATA --model linear -o "
        "RUN; then use the folder RUN."
    )


def test_a_model_near_a_mistyped_one(refused: Any, copied: Path) -> None:
    assert refused("predict", "좋다", "--model", "rum")[0] == (
        "There is no model folder 'rum'. Models near it: run; models of the package: emotion, fast, small"
    )


def test_damaged_files_of_a_run(copied: Path, refused: Any, here: Path) -> None:
    (here / "run/metrics.json").write_text("{", encoding="utf-8")
    (here / "run/environment.json").unlink()
    (here / "run/predictions.parquet").write_bytes(b"PAR1")
    run = Run.open(copied)
    with pytest.raises(maeum.UserError) as caught:
        _ = run.metrics
    assert str(caught.value).startswith("'run/metrics.json' is damaged (Expecting property name")
    with pytest.raises(maeum.UserError) as caught:
        _ = run.environment
    assert str(caught.value) == (
        "The run 'run' has no environment.json. Copy the whole folder again, or train anew; without validation "
        "rows there are no predictions."
    )
    with pytest.raises(maeum.UserError, match=r"^'run/predictions\.parquet' is damaged"):
        _ = run.predictions
    (here / "run/seen.safetensors").write_bytes(b"123")
    assert refused("evaluate", "run", "sample", "--stars", "2")[0].startswith("'run/seen.safetensors' is damaged (")
    (here / "run/seen.safetensors").unlink()
    assert maeum.evaluate("run", "sample", stars="2").count == 119  # a run copied without it can still be judged
    (here / "run/recipe.yaml").write_text("{", encoding="utf-8")
    assert refused("train", "--config", "run/recipe.yaml", "-o", "new")[0].startswith(
        "The recipe 'run/recipe.yaml' is not a YAML mapping of settings ("
    )
    (here / "run/recipe.yaml").unlink()
    with pytest.raises(maeum.UserError) as caught:
        Run.open(copied)
    assert str(caught.value) == (
        "'run' is not a run folder: it has no recipe.yaml (it holds history.csv, metrics.json, model, "
        "predictions.parquet, report.html). Name the folder that `maeum train` wrote."
    )


def test_nothing_is_pickled(sample_run: Any) -> None:
    suffixes = {path.suffix for path in sample_run.folder.rglob("*") if path.is_file()}
    assert suffixes == {".json", ".csv", ".parquet", ".yaml", ".html", ".safetensors"}
    assert sample_run.predictions.schema["p_positive"] == pl.Float32
