"""Two processes with batches of B learn what one learns with batches of 2B."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

WORKER = Path(__file__).with_name("gradient_worker.py")


def run(folder, processes, **values):
    folder.mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    launcher = ["-m", "torch.distributed.run", "--nproc-per-node", str(processes), "--master-port", str(port)]
    command = [sys.executable, *(launcher if processes > 1 else []), str(WORKER), str(folder), json.dumps(values)]
    done = subprocess.run(command, check=False, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return [json.loads((folder / f"heard-{rank}.json").read_text()) for rank in range(processes)]


@pytest.mark.slow
def test_two_processes_are_one_with_twice_the_batch(tmp_path):
    values = {"epochs": 2, "accumulation": 2}
    (one,) = run(tmp_path / "one", 1, batch_size=8, **values)
    first, second = run(tmp_path / "two", 2, batch_size=4, **values)
    assert [step for step, _ in first["steps"]] == [step for step, _ in one["steps"]]
    for name in ("train_loss", "learning_rate", "grad_norm"):
        found = [heard[name] for _, heard in first["steps"]]
        assert found == pytest.approx([heard[name] for _, heard in one["steps"]], abs=1e-4), name
    for name in ("train_loss", "train_accuracy", "validation_loss", "validation_macro_f1"):
        assert [row[name] for row in first["rows"]] == pytest.approx([row[name] for row in one["rows"]], abs=1e-4)
    assert second["steps"] == [] and second["rows"] == [] and second["facts"] is None  # only the first tells
    weights = [torch.load(tmp_path / "two" / f"weights-{rank}.pt", weights_only=True) for rank in range(2)]
    assert all(torch.equal(weights[0][name], weights[1][name]) for name in weights[0])
    names = sorted(path.name for path in (tmp_path / "two" / "checkpoints" / "update-00000008").iterdir())
    assert {"rng_state_0.pth", "rng_state_1.pth"} <= set(names)
    again = run(tmp_path / "two", 2, batch_size=4, resume=True, **values)[0]
    assert again["facts"]["resumed_at"] == 8 and again["steps"] == []
