"""Trackers follow a training, and whatever happens to them, the training goes on."""

import json
import struct
import time
from pathlib import Path

import pytest

from maeum.errors import MissingExtraError, UsageError
from maeum.progress import Silent, report_to
from maeum.training import tracking
from maeum.training.tracking import Guarded, trackers
from maeum.training.tracking.guarded import flat, without_password

LABELS = [f"감정{at:02d}:불평/불만 {'가' * 160}" for at in range(44)]  # longer than MLflow takes in one value
FACTS = {
    "recipe": {"data": {"labels": LABELS}, "training": {"learning_rate": 5e-5, "감정: 기쁨!": 1, "epochs": 2}},
    "rows": 1000,
    "resumed_at": 0,
}
ROW = {"epoch": 1, "step": 20, "train_loss": 0.5, "validation_loss": None, "validation_accuracy": 0.75}


class Listening(Silent):
    def __init__(self):
        self.said = []

    def say(self, sentence):
        self.said.append(sentence)


@pytest.fixture
def said(monkeypatch):
    monkeypatch.setenv("MAEUM_LANG", "en")
    listening = Listening()
    report_to(listening)
    yield listening.said
    report_to(Silent())


def follow(listener, report=None):
    listener.begin(FACTS)
    for step in range(1, 21):
        listener.step(step, {"train_loss": 1 / step, "learning_rate": 1e-4, "grad_norm": 2.0})
    listener.epoch(ROW)
    listener.end(report)


class Fake:
    title = "Fake"

    def __init__(self, *failing):
        self.failing = failing
        self.called = []

    def __getattr__(self, name):
        def call(*values, **named):
            self.called.append((name, values, named))
            if name in self.failing or "all" in self.failing:
                raise OSError(f"https://me:secret@host/ {name}: gone")
            return "somewhere"

        return call


def test_a_tracker_that_always_fails_costs_one_sentence(said):
    fake = Fake("all")
    follow(Guarded(fake, "first"))
    (sentence,) = said
    assert sentence == (
        "Fake cannot be used, so this training is not recorded there; training goes on. "
        "It said: https://host/ open: gone"
    )
    assert [name for name, _, _ in fake.called] == ["open"]


def test_a_tracker_that_fails_later_is_left_alone_after_three_faults_and_closed(said):
    fake = Fake("log", "flush", "artifact", "close")
    follow(Guarded(fake, "first"), Path("report.html"))
    assert said[0] == "Fake records this training as 'first': somewhere"
    assert len(said) == 2
    assert said[1] == (
        "Fake did not take everything, so figures or files may be missing there; training goes on "
        "(after 3 faults in a row it gets no more figures). It said: https://host/ log: gone"
    )
    assert [name for name, _, _ in fake.called] == ["open", "parameters", "log", "log", "log", "close"]


def test_a_training_that_raises_is_a_failed_run(said):
    fake = Fake()
    listener = Guarded(fake, "first")
    listener.begin(FACTS)
    try:
        {}["broken"]
    except KeyError:
        listener.end()
    assert fake.called[-1] == ("close", (), {"failed": True})
    follow(well := Guarded(Fake(), "second"))
    assert well.tracker.called[-1] == ("close", (), {"failed": False})


def test_figures_are_told_apart_by_their_axis(said):
    fake = Fake()
    follow(Guarded(fake, "first"))
    logged = [values for name, values, _ in fake.called if name == "log"]
    assert logged[0] == ({"step/train_loss": 1.0, "step/learning_rate": 1e-4, "step/grad_norm": 2.0}, 1, "step")
    assert logged[-1] == ({"epoch/train_loss": 0.5, "epoch/validation_accuracy": 0.75}, 1, "epoch")


def test_nested_settings_get_dotted_names():
    assert flat({"training": {"epochs": 3, "none": None}, "labels": ["긍정", "부정"]}) == {
        "training.epochs": "3",
        "labels": '["긍정", "부정"]',
    }
    assert without_password("http://a:b@c:5000 and sqlite:///x.db") == "http://c:5000 and sqlite:///x.db"


def test_unknown_trackers_are_named_at_once(monkeypatch):
    monkeypatch.setenv("MAEUM_LANG", "en")
    with pytest.raises(UsageError) as caught:
        trackers(["mlfow", "comet"], "")
    assert str(caught.value) == (
        "Unknown trackers: mlfow, comet. Did you mean 'mlflow'? Known: mlflow, wandb, tensorboard."
    )


def test_missing_libraries_are_named_at_once(monkeypatch):
    monkeypatch.setenv("MAEUM_LANG", "en")
    monkeypatch.setattr(tracking, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError) as caught:
        trackers(["mlflow", "wandb"], "")
    assert "'mlflow, wandb' is not installed" in str(caught.value)
    assert 'pip install "maeum[track]"' in str(caught.value)


def test_tensorboard_files_hold_every_figure(tmp_path, said):
    pytest.importorskip("tensorboard")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    (listener,) = trackers(["tensorboard", "tensorboard"], "첫 학습", tmp_path)
    follow(listener, tmp_path / "report.html")
    assert said == [
        f"TensorBoard records this training as '첫 학습': {tmp_path / '첫 학습'} (tensorboard --logdir {tmp_path})"
    ]
    found = EventAccumulator(str(tmp_path / "첫 학습"))
    found.Reload()
    assert [(one.step, one.value) for one in found.Scalars("step/train_loss")] == [
        (step, pytest.approx(1 / step)) for step in range(1, 21)
    ]
    assert [(one.step, one.value) for one in found.Scalars("epoch/validation_accuracy")] == [(1, 0.75)]
    (table,) = found.Tensors(
        "parameters/text_summary" if "parameters/text_summary" in found.Tags()["tensors"] else "parameters"
    )
    assert "| training.learning_rate | 5e-05 |" in table.tensor_proto.string_val[0].decode()
    follow(trackers(["tensorboard"], "첫 학습", tmp_path)[0])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["첫 학습", "첫 학습-2"]


@pytest.mark.slow
def test_wandb_without_a_key_records_offline_and_asks_nothing(tmp_path, monkeypatch, said):
    pytest.importorskip("wandb")
    for name in ("WANDB_MODE", "WANDB_API_KEY", "WANDB_IDENTITY_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    monkeypatch.setenv("WANDB_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    report = tmp_path / "report.html"
    report.write_text("<p>보고서</p>", encoding="utf-8")
    follow(trackers(["wandb"], "offline-run")[0], report)
    assert said[0].startswith("W&B: no key was found, so the training is recorded offline")
    assert said[1].startswith("W&B records this training as 'offline-run':")
    assert len(said) == 2
    (written,) = tmp_path.glob("wandb/offline-run-*/run-*.wandb")
    found = finished(written)
    rows = [
        {".".join(item.nested_key) or item.key: json.loads(item.value_json) for item in one.history.item}
        for one in found
        if one.WhichOneof("record_type") == "history"
    ]
    assert [row["step/train_loss"] for row in rows if "step/train_loss" in row] == [1 / step for step in range(1, 21)]
    assert [(row["epoch"], row["epoch/validation_accuracy"]) for row in rows if "epoch" in row] == [(1, 0.75)]
    config = {
        ".".join(item.nested_key) or item.key: json.loads(item.value_json)
        for one in found
        for item in (*one.config.update, *one.run.config.update)
    }
    assert config["data"]["labels"] == LABELS
    assert config["training"]["learning_rate"] == 5e-5
    assert config["rows"] == "1000"
    assert list(tmp_path.glob("wandb/offline-run-*/files/report.html"))


def finished(path, limit=20):
    """Records of a W&B file; the library's own process may write the last ones a moment after `finish`."""
    end = time.monotonic() + limit
    while not (found := records(path.read_bytes())) or found[-1].WhichOneof("record_type") != "exit":
        assert time.monotonic() < end, "the file was never finished"
        time.sleep(0.05)
    return found


def records(content):
    """Records of a W&B file: a LevelDB log (blocks of 32 KiB; crc, length, type) after seven bytes of its own."""
    from wandb.proto.wandb_internal_pb2 import Record

    found, parts, at = [], b"", 7
    while at + 7 <= len(content):
        left = 32768 - at % 32768
        if left < 7:
            at += left
            continue
        size, kind = struct.unpack("<HB", content[at + 4 : at + 7])
        parts += content[at + 7 : at + 7 + size]
        at += 7 + size
        if kind in (1, 4):  # whole, or the last part
            found.append(Record.FromString(parts))
            parts = b""
    return found
