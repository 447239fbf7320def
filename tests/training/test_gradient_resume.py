"""A training that was killed goes on to the very weights and history of an undisturbed one."""

import importlib.util
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch

from maeum.progress import Silent, report_to
from maeum.training.gradient import checkpoints
from maeum.training.gradient.trainer import GradientTrainer
from maeum.training.listeners import Workspace

HERE = Path(__file__).parent
VALUES = {"epochs": 6, "best": "loss", "patience": 3, "checkpoint_every": 3, "learning_rate": 0.1, "accumulation": 2}
# 60 texts in batches of 8, two of which make an update: 4 updates an epoch

KILLED = """
import sys
sys.path.insert(0, sys.argv[1])
import gradient_fixtures as F
from pathlib import Path
from maeum.training.gradient import fitting
from maeum.training.listeners import Workspace
class Patch:
    def setattr(self, where, name, value):
        setattr(where, name, value)
values = eval(sys.argv[3])
workspace = Workspace(Path(sys.argv[2]), listeners=(F.Killer(int(sys.argv[4])),))
F.train(Patch(), validation=F.dataset(40, 1), workspace=workspace, **values)
"""


def _fixtures():
    spec = importlib.util.spec_from_file_location("gradient_fixtures", HERE / "gradient_fixtures.py")
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    if not hasattr(module, "train"):
        spec.loader.exec_module(module)
    return module


F = _fixtures()


class StopError(Exception):
    pass


class Stopper(F.Ear):
    """Ends the training after an update, as a fault would."""

    def __init__(self, last):
        super().__init__()
        self.last = last

    def step(self, step, values):
        if step == self.last:
            raise StopError


def history(trained):
    return [{k: v for k, v in row.items() if k not in ("seconds", "examples_per_s")} for row in trained.history]


def run(monkeypatch, folder, *, resume=False, listener=None, **values):
    workspace = Workspace(folder, resume, (listener,) if listener else ())
    return F.train(monkeypatch, validation=F.dataset(40, 1), workspace=workspace, **{**VALUES, **values})


def test_killed_and_resumed_is_as_if_undisturbed(monkeypatch, tmp_path):
    whole = run(monkeypatch, tmp_path / "whole")
    folder = tmp_path / "killed"
    done = subprocess.run(
        [sys.executable, "-c", KILLED, HERE, folder, repr(VALUES), "10"], check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    ear = F.Ear()
    again = run(monkeypatch, folder, resume=True, listener=ear)
    assert ear.facts["resumed_at"] == 9
    assert F.same(F.weights(whole), F.weights(again))
    assert history(whole) == history(again)
    assert whole.model.card == again.model.card


@pytest.mark.parametrize("last", [1, 4, 5, 8, 14, 19, 24])
def test_stopped_anywhere_and_resumed_is_as_if_undisturbed(monkeypatch, tmp_path, last):
    whole = run(monkeypatch, tmp_path / "whole", patience=0)
    with pytest.raises(StopError):
        run(monkeypatch, tmp_path / "stopped", listener=Stopper(last), patience=0)
    again = run(monkeypatch, tmp_path / "stopped", resume=True, patience=0)
    assert F.same(F.weights(whole), F.weights(again))
    assert history(whole) == history(again)


def test_resumed_twice_and_while_nothing_got_better(monkeypatch, tmp_path):
    values = {"learning_rate": 0.5, "patience": 2, "epochs": 30}
    whole = run(monkeypatch, tmp_path / "whole", **values)
    steps = whole.history[-1]["step"]
    for last in (steps - 6, steps - 1):
        with pytest.raises(StopError):
            run(monkeypatch, tmp_path / "stopped", resume=True, listener=Stopper(last), **values)
    again = run(monkeypatch, tmp_path / "stopped", resume=True, **values)
    assert history(whole) == history(again) and len(whole.history) < 30
    assert F.same(F.weights(whole), F.weights(again))


def test_a_finished_training_is_not_trained_further(monkeypatch, tmp_path):
    whole = run(monkeypatch, tmp_path, learning_rate=0.5, patience=1)
    ear = F.Ear()
    again = run(monkeypatch, tmp_path, resume=True, listener=ear, learning_rate=0.5, patience=1)
    assert ear.steps == [] and F.same(F.weights(whole), F.weights(again)) and history(whole) == history(again)


def test_the_newest_two_and_the_best_are_kept(monkeypatch, tmp_path):
    trained = run(monkeypatch, tmp_path, learning_rate=0.5, patience=3, checkpoint_every=0, epochs=30)
    kept, last = trained.model.card["epoch"], len(trained.history)
    names = [f"update-{4 * epoch:08d}" for epoch in (kept, last - 1, last)]
    assert sorted(path.name for path in (tmp_path / "checkpoints").iterdir()) == names


@pytest.mark.parametrize("damage", ["short", "changed", "no marker", "no file"])
def test_a_damaged_checkpoint_is_passed_over(monkeypatch, tmp_path, damage):
    whole = run(monkeypatch, tmp_path / "whole", patience=0)
    folder = tmp_path / "stopped"
    with pytest.raises(StopError):
        run(monkeypatch, folder, listener=Stopper(10), patience=0)
    newest = folder / "checkpoints" / "update-00000009"
    path = newest / {"no marker": checkpoints.MARKER}.get(damage, "optimizer.pt")
    if damage in ("no marker", "no file"):
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        data[100] ^= 1
        path.write_bytes(data[:-1] if damage == "short" else data)
    told = _listen()
    again = run(monkeypatch, folder, resume=True, patience=0)
    place = folder / "checkpoints"
    assert (
        told[0] == f"Damaged checkpoints in '{place}': update-00000009. Going on from the one before, update-00000008."
    )
    assert F.same(F.weights(whole), F.weights(again)) and history(whole) == history(again)


def test_when_all_are_damaged_training_begins_anew(monkeypatch, tmp_path):
    whole = run(monkeypatch, tmp_path / "whole", patience=0)
    folder = tmp_path / "stopped"
    with pytest.raises(StopError):
        run(monkeypatch, folder, listener=Stopper(4), patience=0)
    for path in (folder / "checkpoints").glob("*/state.json"):
        path.write_text("{}")
    told, ear = _listen(), F.Ear()
    again = run(monkeypatch, folder, resume=True, listener=ear, patience=0)
    place = folder / "checkpoints"
    assert told[0] == f"Every checkpoint in '{place}' is damaged (update-00000003), so training begins anew."
    assert ear.facts["resumed_at"] == 0 and F.same(F.weights(whole), F.weights(again))


def test_what_was_half_written_is_no_checkpoint(monkeypatch, tmp_path):
    class Killed(BaseException):
        pass

    whole = GradientTrainer._save_optimizer_and_scheduler

    def cut(self, folder):
        if self.state.global_step == 6:
            raise Killed
        whole(self, folder)

    with monkeypatch.context() as patched:
        patched.setattr(GradientTrainer, "_save_optimizer_and_scheduler", cut)
        with pytest.raises(Killed):
            run(monkeypatch, tmp_path, patience=0)
    place = tmp_path / "checkpoints"
    assert {path.name for path in place.iterdir()} == {"update-00000003", "update-00000004", ".update-00000006.part"}
    assert checkpoints.newest(place).folder.name == "update-00000004"


def test_without_resume_old_checkpoints_go(monkeypatch, tmp_path):
    run(monkeypatch, tmp_path, epochs=4)
    ear = F.Ear()
    run(monkeypatch, tmp_path, listener=ear, epochs=1)
    assert ear.facts["resumed_at"] == 0
    names = sorted(path.name for path in (tmp_path / "checkpoints").iterdir())
    assert names == ["update-00000003", "update-00000004"]


def test_checkpoints_hold_no_pickles_that_run_code(monkeypatch, tmp_path):
    run(monkeypatch, tmp_path, epochs=1)
    folder = tmp_path / "checkpoints" / "update-00000004"
    files = json.loads((folder / checkpoints.MARKER).read_text())
    assert set(files) == {path.name for path in folder.iterdir()} - {checkpoints.MARKER}
    assert {
        "optimizer.pt",
        "scheduler.pt",
        "rng_state.pth",
        "state.json",
        "trainer_state.json",
        "weights.safetensors",
    } == set(files)
    for name in ("optimizer.pt", "scheduler.pt"):
        torch.load(folder / name, weights_only=True)
    shutil.rmtree(folder)


class Told(Silent):
    def __init__(self):
        self.sentences = []

    def say(self, sentence):
        self.sentences.append(sentence)


def _listen():
    reporter = Told()
    report_to(reporter)
    return reporter.sentences
