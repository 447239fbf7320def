"""The command as a process of its own: exit codes, pipes, consoles of other encodings, Ctrl-C."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maeum.cli.main import main

START = [sys.executable, "-m", "maeum"]
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and /dev/full are of POSIX systems")


def run(
    *arguments: object, stdin: bytes = b"", encoding: str = "utf-8", **variables: str
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "MAEUM_LANG": "en", "PYTHONIOENCODING": encoding, **variables}
    return subprocess.run(
        [*START, *map(str, arguments)], input=stdin, capture_output=True, env=environment, timeout=60, check=False
    )


def test_exit_codes_and_streams(sample_run: Any, tmp_path: Path) -> None:
    done = run("predict", "재밌다", "--model", sample_run.folder, "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)[0]["text"] == "재밌다"
    mended = run("predict", tmp_path / "no.csv", "--model", sample_run.folder)
    assert (mended.returncode, mended.stdout) == (2, b"")
    assert mended.stderr.decode().startswith("A file was expected at '")
    assert run("trian").returncode == 2
    assert run().returncode == 0
    assert run("--version").stdout.startswith(b"maeum ")


def test_lines_through_a_pipe(sample_run: Any) -> None:
    words = ["predict", "-", "--model", sample_run.folder, "--format", "jsonl"]
    done = run(*words, stdin="재밌다\n최악\n".encode())
    assert [json.loads(line)["text"] for line in done.stdout.decode().splitlines()] == ["재밌다", "최악"]
    assert run(*words, stdin="재밌다\n최악\n".encode("cp949")).stdout == done.stdout


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Run a command in this process on a console of some encoding."""

    def answer(encoding: str, *arguments: object) -> tuple[int, str, str]:
        streams = {name: io.TextIOWrapper(io.BytesIO(), encoding=encoding) for name in ("stdout", "stderr")}
        for name, stream in streams.items():
            monkeypatch.setattr(sys, name, stream)
        code = main([str(argument) for argument in arguments])
        for stream in streams.values():
            stream.flush()
        out, err = (stream.buffer.getvalue().decode(encoding) for stream in streams.values())  # type: ignore[attr-defined]
        return code, out, err

    return answer


@pytest.mark.parametrize("encoding", ["cp949", "ascii"])
def test_a_console_of_another_encoding(console: Any, sample_run: Any, encoding: str) -> None:
    words = [encoding, "predict", "굿👍 – 뷁", "--model", sample_run.folder, "--format"]
    code, out, err = console(*words, "json")
    assert (code, err) == (0, "")
    assert json.loads(out)[0]["text"] == "굿👍 – 뷁"  # JSON loses nothing
    assert ("굿" in out) == (encoding == "cp949")
    assert json.loads(console(*words, "jsonl")[1])["text"] == "굿👍 – 뷁"
    assert "\\U0001f44d \\u2013 " in console(*words, "csv")[1]  # as Python writes it, never dropped
    code, out, err = console(*words, "table")
    assert (code, err) == (0, "")
    assert "\\U0001f44d - " in out
    for language in ("ko", "en"):
        code, out, err = console(encoding, "evaluate", sample_run.folder, "sample", "--stars", "2", "--lang", language)
        assert (code, err) == (0, "")
        assert "\\u2013" not in out  # a dash is written as a hyphen
    assert console(encoding, "train", "--help", "--lang", "ko")[0] == 0
    code, out, err = console(encoding, "trian", "--lang", "ko")
    assert (code, out) == (2, "")
    assert ("명령이 없습니다" in err) == (encoding == "cp949")


@pytest.mark.parametrize("encoding", ["cp949", "ascii"])
def test_a_process_with_a_console_of_another_encoding(sample_run: Any, encoding: str) -> None:
    done = run("predict", "굿👍 – 뷁", "--model", sample_run.folder, encoding=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "\\U0001f44d - " in done.stdout.decode(encoding)


def test_bytes_of_a_terminal_that_are_no_text(sample_run: Any) -> None:
    words = [*START, "predict", b"\xff\xfe", "--model", str(sample_run.folder), "--format", "json"]
    environment = {**os.environ, "MAEUM_LANG": "en", "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
    done = subprocess.run(words, capture_output=True, env=environment, timeout=60, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)[0]["text"] == "??"


@POSIX
def test_a_reader_that_leaves_early(sample_run: Any, tmp_path: Path) -> None:
    (tmp_path / "many.txt").write_text("재밌다\n" * 20_000, encoding="utf-8")
    words = [
        *START,
        "predict",
        str(tmp_path / "many.txt"),
        "--model",
        str(sample_run.folder),
        "--format",
        "csv",
        "--quiet",
    ]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.readline() == b"text,predicted,confidence,p_negative,p_positive,error\n"
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


@POSIX
def test_an_output_that_is_full(sample_run: Any) -> None:
    environment = {**os.environ, "MAEUM_LANG": "en"}
    words = [*START, "predict", "재밌다", "--model", str(sample_run.folder), "--format", "json"]
    with Path("/dev/full").open("wb") as out:
        done = subprocess.run(words, stdout=out, stderr=subprocess.PIPE, env=environment, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "The output cannot be written (No space left on device); what was printed is not complete. Free some "
        "space, or send it elsewhere.\n"
    )


@POSIX
def test_ctrl_c(sample_run: Any, tmp_path: Path) -> None:
    """Ctrl-C while a run is being trained: exit code 130, one sentence, nothing left."""
    path = tmp_path / "in.csv"
    rows = "".join(f"재밌는 영화 {i} 번째 감상,a\n지루한 영화 {i} 번째 감상,b\n" for i in range(60_000))
    path.write_text("text,label\n" + rows, encoding="utf-8")
    process = subprocess.Popen(
        [*START, "train", str(path), "-o", str(tmp_path / "run")],
        stderr=subprocess.PIPE,
        env={**os.environ, "MAEUM_LANG": "en"},
    )
    assert process.stderr is not None
    said = process.stderr.readline()  # the data are read, the training begins
    process.send_signal(signal.SIGINT)
    rest = process.stderr.read()
    process.stderr.close()
    assert said.startswith(b"in.csv: ")
    assert process.wait(timeout=60) == 130
    assert rest.decode().endswith("Interrupted; nothing unfinished was kept under its final name.\n")
    assert [entry.name for entry in tmp_path.iterdir()] == ["in.csv"]


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from maeum.cli.main import main; main(['--help']); main(['train', '--help']); "
        "print([m for m in ('polars', 'sklearn', 'matplotlib', 'scipy', 'torch') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"
