"""`torchrun -m maeum train`: several processes train one model, the first alone tells and writes."""

import json
import os
import subprocess
import sys

import pytest

pytest.importorskip("torch")

import maeum
from maeum.workflows import together


@pytest.mark.slow
def test_two_processes_write_one_run(tmp_path):
    words = ["-m", "torch.distributed.run", "--nproc-per-node", "2", "-m", "maeum", "train", "sample", "--model", "cnn"]
    done = subprocess.run(
        [sys.executable, *words, "-o", "run", "--epochs", "2", "--lang", "en"],
        cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("Written: run") == 1
    assert done.stderr.count("rows to train on") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
    run = maeum.Run.open(tmp_path / "run")
    assert run.history["epoch"].to_list() == [1, 2]
    rows = json.loads((run.folder / "environment.json").read_text(encoding="utf-8"))["data"]["train"]["rows"]
    assert run.history["step"].to_list()[-1] == 2 * -(-rows // 128)  # two batches of 64 make an update
    assert run.model.predict(["재밌다"]).probabilities.shape == (1, 4)


@pytest.mark.parametrize(("size", "rank", "expected"), [(None, None, False), ("2", "0", False), ("2", "1", True)])
def test_only_further_processes_follow(monkeypatch, size, rank, expected):
    for name, value in {"WORLD_SIZE": size, "RANK": rank}.items():
        monkeypatch.delenv(name, raising=False) if value is None else monkeypatch.setenv(name, value)
    assert together.follows() is expected
