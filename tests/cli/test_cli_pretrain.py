"""`maeum pretrain` as it is typed."""

from __future__ import annotations

import itertools
import os
import re
import socket
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

from maeum.messages import say
from maeum.models.encoder.tokenizer_check import korean_sample
from maeum.settings import flag
from maeum.workflows.pretraining.settings import fields

SHAPE = ("--layers", 1, "--width", 16, "--heads", 2, "--inner", 24, "--embedding", 8, "--vocabulary", 2000)
SHORT = ("--block", 32, "--batch", 8, "--steps", 4, "--evaluate-every", 2, "--held-out", 0.1)


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with one text a line, on a machine without public corpora."""
    monkeypatch.setenv("MAEUM_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("maeum.data.fetch.cache_folder", lambda: tmp_path / "cache")
    path = tmp_path / "리뷰 모음.txt"
    path.write_text("\n".join(korean_sample()[:200]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ["en", "ko"])
def test_help_explains_every_flag_in_the_language(cli: Any, language: str) -> None:
    page = cli("pretrain", "--help", "--lang", language).out
    lines = page.split("\n")
    for _, name, _ in fields():
        assert name in ("corpora", "start") or any(
            line.startswith(f"  {flag(name)} ") or line == f"  {flag(name)}" for line in lines
        ), name
    for i in [i for i, line in enumerate(lines) if re.match(r"  (-\w, )?--", line)]:
        below = itertools.takewhile(lambda line: line.startswith(" " * 26), lines[i + 1 :])
        explained = " ".join([lines[i].strip().partition("  ")[2], *below]).strip()
        assert any("가" <= one <= "힣" for one in explained) == (language == "ko"), lines[i]
    assert say("cli.pretrain_help", language)[:30] in page
    assert say("cli.panel_tokenizer", language) + ":" in page
    assert "[default: ]" not in page
    assert "  pretrain " in cli("--help").out


def test_help_loads_neither_torch_nor_transformers() -> None:
    script = (
        "import sys\nfrom maeum.cli.main import main\nmain(['pretrain', '--help'])\n"
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers')))"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


def test_a_command_line_becomes_keywords(
    cli: Any, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def record(*corpora: str, **settings: Any) -> Any:
        asked.append((corpora, settings))
        raise KeyboardInterrupt

    monkeypatch.setattr(import_module("maeum.workflows.pretrain"), "pretrain", record)
    answer = cli(
        "pretrain", "nsmc-raw", texts, "--from", "klue/roberta-base", "--exclude", "nsmc:validation, kote:test",
        "--time", "45m", "--jamo", "--resume", "-o", tmp_path / "out",
    )  # fmt: skip
    assert answer.code == 130
    assert asked == [
        (
            ("nsmc-raw", str(texts)),
            {
                "out": tmp_path / "out", "resume": True, "overwrite": False, "start": "klue/roberta-base",
                "exclude": ["nsmc:validation", "kote:test"], "time": "45m", "jamo": True,
            },
        )
    ]  # fmt: skip


def test_it_says_what_it_read_learnt_and_what_comes_next(cli: Any, texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "my encoder"
    answer = cli("pretrain", texts, "-o", out, *SHAPE, *SHORT)
    assert (answer.code, answer.out) == (0, ""), answer
    said = answer.err
    assert "The NSMC test set is not on this machine, so nobody looked whether its texts are among these." in said
    assert "Read 200 texts: 리뷰 모음.txt 200." in said
    assert "180 texts to learn from, 20 held out to judge on." in said
    assert re.search(
        r"Tokenizer of 1,\d+ tokens, on \d+ texts it has not seen: \[UNK\] [\d.]+ %, [\d.]+ characters a token", said
    )
    assert re.search(r"[\d,]+ tokens, packed into blocks that are \d\d\.\d % full\.", said)
    assert re.search(r"Learning by electra: 4 updates, which are 0\.\d\d times all \d+ blocks\.", said)
    assert "replaced" in said
    assert said.rstrip().endswith(f'Next: maeum train --data nsmc --model "{out / "encoder"}" -o runs/mine')
    korean = cli("pretrain", texts, "-o", tmp_path / "ko", "--lang", "ko", "--objective", "mlm", *SHAPE, *SHORT)
    assert "텍스트 200개를 읽었습니다: 리뷰 모음.txt 200." in korean.err
    assert "mlm으로 학습합니다." in korean.err


def test_quiet_says_nothing(cli: Any, texts: Path, tmp_path: Path) -> None:
    answer = cli("pretrain", texts, "-o", tmp_path / "out", "--quiet", *SHAPE, *SHORT)
    assert (answer.code, answer.out, answer.err) == (0, "", "")


def test_refusals_are_one_sentence(refused: Any, texts: Path, tmp_path: Path) -> None:
    english, korean = refused("pretrain", "-o", tmp_path / "out")
    assert english.startswith("Which texts? Name corpora or files: maeum pretrain nsmc-raw -o encoders/mine")
    assert korean.startswith("어떤 텍스트로 학습할까요?")
    english, korean = refused("pretrain", texts, "-o", tmp_path / "out", "--steps", 5, "--epochs", 2)
    assert english == "--steps and --epochs both say how long; give one of them (--time may stand beside either)."
    english, _ = refused("pretrain", texts, "-o", tmp_path / "out", "--time", "45")
    assert english == (
        "These settings cannot be used: 'time' cannot be '45' ('45' is no length of time; write 45m, 1h30m or 90s)"
    )
    english, _ = refused("pretrain", texts, "-o", tmp_path / "out", "--objective", "gpt")
    assert english == "These settings cannot be used: 'objective' cannot be 'gpt' (must be 'electra' or 'mlm')"
    english, _ = refused("pretrain", "--resume")
    assert english == "Which pretraining is to go on? Name its folder: maeum pretrain --resume -o encoders/mine"
    english, _ = refused("pretrain", texts, "--vocab", 5)
    assert "Did you mean '--vocabulary'?" in english


@pytest.mark.slow
def test_two_processes_pretrain_one_encoder(texts: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "maeum", "pretrain", str(texts), "-o", str(tmp_path / "out")]
    command += [str(part) for part in (*SHAPE, *SHORT)]
    shared = {**os.environ, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port, "WORLD_SIZE": "2", "OMP_NUM_THREADS": "1"}
    running = [
        subprocess.Popen(command, env={**shared, "RANK": str(rank)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for rank in range(2)
    ]
    told = [process.communicate(timeout=300) for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    assert (tmp_path / "out" / "encoder" / "model.safetensors").is_file()
    assert b"updates" not in told[1][1]
    assert not list(tmp_path.glob(".out*"))
