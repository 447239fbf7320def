"""`maeum predict` on files with too many rows to be answered at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import maeum
from maeum.cli.main import main
from maeum.engine import journal_folder
from maeum.runs import Run
from maeum.workflows.predict import SMALL, predict_whole

ROWS = SMALL + 2_500


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reviews with a row of too many cells, a row without text, a blank row."""
    path = tmp_path_factory.mktemp("big") / "in.csv"
    lines = [f"{i},재밌다 {i % 97}" for i in range(ROWS)]
    lines[7_000], lines[12_001], lines[15_000] = "7000,a,b", "12001,", ""
    path.write_text("no,text\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    capsys.readouterr()
    code = main([str(word) for word in words])
    return code, capsys.readouterr().err


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_blocks_are_the_whole(big: Path, sample_run: Run, tmp_path: Path, suffix: str) -> None:
    out, whole = tmp_path / f"out{suffix}", tmp_path / f"whole{suffix}"
    assert maeum.predict(big, model=sample_run.folder, out=out) is None
    frame = predict_whole(big, model=sample_run.model, out=whole)
    assert frame.height == ROWS
    assert frame["error"].null_count() == ROWS - 1
    if suffix == ".parquet":
        assert pl.read_parquet(out).equals(frame)
    else:
        assert out.read_bytes() == whole.read_bytes()


def test_what_is_said(big: Path, sample_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.csv"
    code, err = said(capsys, "predict", big, "--model", sample_run.folder, "-o", out)
    assert code == 0
    assert err.endswith(
        "Rows that could not be read get no answer and say why in the column 'error': 1 × another number of cells than "
        "the header (header/row: 2/3) (row 7002)\n"
        "Rows without text: 2. They get the model's prior (how frequent each label was in training).\n"
        f"Written: {out}\n"
    )
    assert said(capsys, "predict", big, "--model", sample_run.folder, "-o", out)[0] == 2  # it is there


def test_few_rows_are_given_back_too(sample_run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("text\n재밌다\n", encoding="utf-8")
    frame = maeum.predict(tmp_path / "in.csv", model=sample_run.folder, out=tmp_path / "out.csv", resume=True)
    assert frame is not None
    assert frame.height == 1


def test_ctrl_c_and_resume(
    big: Path, sample_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, straight = tmp_path / "out.csv", tmp_path / "straight.csv"
    maeum.predict(big, model=sample_run.folder, out=straight)
    words = ["predict", big, "--model", sample_run.folder, "-o", out]
    with monkeypatch.context() as patch:
        real = type(sample_run.model).predict

        def interrupted(self: Any, inputs: Any) -> Any:
            if len(inputs) < 5_000:  # the last block
                raise KeyboardInterrupt
            return real(self, inputs)

        patch.setattr(type(sample_run.model), "predict", interrupted)
        code, err = said(capsys, *words)
    assert code == 130
    assert "20,000 of 22,500 rows are finished and kept. Run the same command with --resume to go on.\n" in err
    assert not out.exists()
    code, err = said(capsys, *words, "--output-encoding", "cp949", "--resume")
    assert code == 2
    assert err.startswith(f"The unfinished '{out}' was begun with something else; it differs in: the settings. ")
    code, err = said(capsys, *words, "--resume")
    assert code == 0
    assert "Going on after 20,000 of 22,500 rows that are finished.\n" in err
    assert "(row 7002)" in err  # found before the interrupt
    assert out.read_bytes() == straight.read_bytes()
    assert not journal_folder(out).exists()


def test_another_model_does_not_go_on(big: Path, sample_run: Run, four_run: Run, tmp_path: Path) -> None:
    from maeum.workflows.predict import model_print

    assert model_print(sample_run.folder, sample_run.model) == model_print(sample_run.model, sample_run.model)
    assert model_print(sample_run.folder, sample_run.model) != model_print(four_run.folder, four_run.model)


def test_resume_needs_a_file_on_either_side(
    big: Path, sample_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = (
        "--resume goes on with a file that was being predicted to -o FILE (.csv, .tsv, .jsonl, .parquet). Give the "
        "same input file and -o as before, without --format, or leave --resume out.\n"
    )
    for words in ([big], ["재밌다", "-o", tmp_path / "a.csv"], [big, "-o", tmp_path / "a.json"],
                  [big, "-o", tmp_path / "a.csv", "--format", "csv"]):  # fmt: skip
        assert said(capsys, "predict", *words, "--model", sample_run.folder, "--resume") == (2, expected)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_kill_9_and_resume(sample_run: Run, tmp_path: Path) -> None:
    source, out, straight = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "straight.csv"
    source.write_text("text\n" + "".join(f"재밌다 {i}\n" for i in range(300_000)), encoding="utf-8")
    words = [sys.executable, "-m", "maeum", "predict", source, "--model", sample_run.folder, "-o"]
    process = subprocess.Popen([*words, out])
    while not (journal_folder(out) / "checkpoint.json").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not out.exists()
    subprocess.run([*words, out, "--resume"], check=True)
    subprocess.run([*words, straight], check=True)
    assert out.read_bytes() == straight.read_bytes()
