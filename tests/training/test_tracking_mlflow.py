"""MLflow: on a local database, against a real server, and against one that is not there."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from urllib.error import URLError

import pytest

pytest.importorskip("mlflow")

from maeum.progress import Silent, report_to
from maeum.training.tracking import trackers
from maeum.training.tracking.mlflow_tracker import MAX_KEY, shortened, usable

LABELS = [f"감정{at:02d}:불평/불만 {'가' * 160}" for at in range(44)]
FACTS = {
    "recipe": {"data": {"labels": LABELS}, "training": {"learning_rate": 5e-5, "감정: 기쁨!": 1}},
    "rows": 1000,
}


class Listening(Silent):
    def __init__(self):
        self.said = []

    def say(self, sentence):
        self.said.append(sentence)


@pytest.fixture
def said(monkeypatch, tmp_path):
    monkeypatch.setenv("MAEUM_LANG", "en")
    monkeypatch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
    for name in [name for name in os.environ if name.startswith("MLFLOW_HTTP") or name == "MLFLOW_EXPERIMENT_NAME"]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    listening = Listening()
    report_to(listening)
    yield listening.said
    report_to(Silent())


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def follow(listener, steps, report=None):
    listener.begin(FACTS)
    for step in range(1, steps + 1):
        listener.step(step, {"train_loss": 1 / step, "learning_rate": 1e-4, "grad_norm": 2.0})
    listener.epoch({"epoch": 1, "validation_accuracy": 0.75, "f1 (불안/걱정): 그것*": 0.5, "validation_loss": None})
    listener.end(report)


def check(uri, steps, tmp_path):
    import mlflow

    client = mlflow.MlflowClient(uri)
    experiment = client.get_experiment_by_name("maeum")
    (run,) = client.search_runs([experiment.experiment_id])
    assert run.info.run_name == "44-감정"
    assert run.info.status == "FINISHED"
    labels = run.data.params["data.labels"]
    assert len(labels) == 6000
    assert labels.endswith("…")
    assert run.data.params["training.감정_ 기쁨_"] == "1"
    assert run.data.params["rows"] == "1000"
    assert run.data.metrics["epoch/f1 _불안/걱정__ 그것_"] == 0.5
    losses = client.get_metric_history(run.info.run_id, "step/train_loss")
    assert [(one.step, one.value) for one in losses] == [(step, 1 / step) for step in range(1, steps + 1)]
    assert sorted(one.path for one in client.list_artifacts(run.info.run_id)) == ["recipe.yaml", "report.html"]
    recipe = client.download_artifacts(run.info.run_id, "recipe.yaml", str(tmp_path))
    with open(recipe, encoding="utf-8") as opened:
        assert LABELS[43] in opened.read().replace("\n    ", " ")


@pytest.fixture
def report(tmp_path):
    page = tmp_path / "report.html"
    page.write_text("<p>보고서</p>", encoding="utf-8")
    return page


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the library, when the test itself reads back
def test_a_real_server_takes_44_korean_labels_and_every_figure(tmp_path, monkeypatch, said, report):
    port = free_port()
    uri = f"http://127.0.0.1:{port}"
    place = tmp_path / "server"
    place.mkdir()
    command = [sys.executable, "-m", "mlflow", "server", "--backend-store-uri", f"sqlite:///{place}/mlflow.db"]
    command += ["--artifacts-destination", str(place / "files"), "--host", "127.0.0.1", "--port", str(port)]
    with (place / "log").open("w") as log:
        server = subprocess.Popen(
            [*command, "--workers", "1"], stdout=log, stderr=log, cwd=place, start_new_session=True
        )
    try:
        wait_for(f"{uri}/health", server)
        monkeypatch.setenv("MLFLOW_TRACKING_URI", uri)
        follow(trackers(["mlflow"], "44-감정")[0], 700, report)
        assert len(said) == 1, said
        assert said[0].startswith(f"MLflow records this training as '44-감정': {uri} (maeum, ")
        check(uri, 700, tmp_path)
    finally:
        os.killpg(server.pid, 15)
        server.wait(20)


def wait_for(address, server, limit=90):
    end = time.monotonic() + limit
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    pytest.fail("the server did not start")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_without_an_address_it_is_a_database_in_the_current_folder(tmp_path, monkeypatch, said, report):
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    follow(trackers(["mlflow"], "44-감정")[0], 20, report)
    assert len(said) == 1, said
    assert (tmp_path / "mlflow.db").is_file()
    check(f"sqlite:///{tmp_path}/mlflow.db", 20, tmp_path)


def test_a_server_that_is_not_there_costs_one_sentence(monkeypatch, said):
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"http://127.0.0.1:{free_port()}")
    follow(trackers(["mlflow"], "nowhere")[0], 5)
    assert len(said) == 1, said
    assert said[0].startswith(
        "MLflow cannot be used, so this training is not recorded there; training goes on. It said:"
    )
    assert "MLFLOW_HTTP_REQUEST_MAX_RETRIES" not in os.environ


def test_names_become_such_as_mlflow_takes():
    found = usable({"감정: 기쁨!": 1, "감정* 기쁨?": 2, "../../a": 3, "": 4, "가" * 300: 5})
    assert [name for name, _ in found] == ["감정_ 기쁨_", "감정_ 기쁨__2", "a", "_", "가" * (MAX_KEY - 1) + "_"]
    assert shortened("가나다라", 3) == "가나…"
