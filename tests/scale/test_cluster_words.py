"""What is refused before any machine is asked, and what is said where none answers."""

from __future__ import annotations

import socket
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from maeum.cli.main import main
from maeum.engine.cores import cores
from maeum.errors import DataError, MissingExtraError, OutputError, UsageError
from maeum.scale.cluster import ClusterError, check_address, connected
from maeum.scale.worker import Fault, Work, Worker, fault_of, pack, unpack, variables
from maeum.workflows.predict_cluster import predict_cluster


@pytest.mark.parametrize(
    "address", ["local", "auto", "10.0.0.5:6379", "ray://head:10001", "[::1]:6379", "my-head.lan:1"]
)
def test_addresses(address: str) -> None:
    assert check_address(address) is None  # it raises for others


@pytest.mark.parametrize("address", ["", "loca", "10.0.0.5", "http://head:6379", "head:port", "head:99999", "head:0"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(UsageError) as error:
        check_address(address)
    assert str(error.value) == (
        f"--cluster: expected local, auto, HOST:PORT (such as 10.0.0.5:6379) or ray://HOST:PORT, found '{address}'."
    )


@pytest.mark.skipif(find_spec("ray") is None, reason="needs ray")
def test_a_cluster_that_is_not_there() -> None:
    with socket.socket() as free:  # bound, but nobody listens
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(ClusterError) as error, connected(address):
            pass
    assert str(error.value) == (
        f"No Ray cluster answers at '{address}': Connection refused. Start one with 'ray start --head' on one machine and "
        "'ray start --address=HOST:6379' on the others, or use --cluster local."
    )


def test_ray_that_is_not_installed(monkeypatch: Any) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r'pip install "maeum\[cluster\]"'), connected("local"):
        pass


USES = {
    "cores alone": (["재밌다", "--cores-per-worker", "2"], "--cores-per-worker goes with --cluster."),
    "no output": (
        ["in", "--cluster", "local"],
        "With --cluster, give one folder of Parquet files and a folder to write",
    ),
    "two folders": (["in", "in2", "--cluster", "local", "-o", "out"], "With --cluster, give one folder"),
    "other options": (
        ["in", "--cluster", "local", "-o", "out", "--format", "csv", "--delimiter", ";"],
        "--cluster reads and writes Parquet files only, so these have no effect: --format, --delimiter. Leave them out.",
    ),
    "no cores": (
        ["in", "--cluster", "local", "-o", "out", "--cores-per-worker", "all"],
        "--cores-per-worker: expected a whole number from 1, found 'all'.",
    ),
    "an address mistyped": (["in", "--cluster", "locl", "-o", "out"], "--cluster: expected local, auto, HOST:PORT"),
    "no folder": (["gone", "--cluster", "local", "-o", "out"], "There is no folder '"),
}


@pytest.mark.parametrize("name", USES)
def test_the_command_says_what_is_wrong(name: str, tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    words, said = USES[name]
    assert main(["predict", *words]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(said)
    assert list(tmp_path.iterdir()) == []
    assert main(["--lang", "ko", "predict", *words]) == 2
    assert any("가" <= one <= "힣" for one in capsys.readouterr().err)


def test_output_among_the_input_is_refused(folder: Path) -> None:
    with pytest.raises(OutputError) as error:
        predict_cluster(folder, folder / "out", cluster="local")
    assert error.value.key == "scale.inside"
    with pytest.raises(OutputError):
        predict_cluster(folder, folder, cluster="local")


def test_a_folder_that_exists_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").touch()
    with pytest.raises(OutputError) as error:
        predict_cluster(folder, tmp_path / "out", cluster="local")
    assert error.value.key == "common.exists"
    with pytest.raises(OutputError) as error:
        predict_cluster(folder, tmp_path / "out", cluster="local", overwrite=True)
    assert error.value.key == "common.not_ours"


def test_columns_that_are_not_there_or_there_already_are_named_before_the_work(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        predict_cluster(folder, tmp_path / "out", cluster="local", text="comment")
    assert str(error.value).startswith(f"2 of 2 files in '{folder}' cannot be used; nothing was begun.")
    pl.DataFrame({"no": [1], "review": ["x"], "predicted": ["y"]}).write_parquet(tmp_path / "one.parquet")
    with pytest.raises(DataError, match="already has columns that the predictions are written to: predicted"):
        predict_cluster(tmp_path / "one.parquet", tmp_path / "out", cluster="local")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in", "one.parquet"]


def work(out: Path, **changes: Any) -> Work:
    return Work(**{"begin": lambda _: None, "model": "x", "out": out, "plan": "this one", "cores": 1} | changes)


def test_a_machine_that_does_not_fit_says_why(tmp_path: Path) -> None:
    found = Worker(work(tmp_path, version="0.0.1")).start({})
    assert found is not None
    assert "has maeum " in found.reason
    assert "this machine has 0.0.1. Install the same version on all machines." in found.reason
    (tmp_path / "plan.json").write_text("another one", encoding="utf-8")
    found = Worker(work(tmp_path)).start({})
    assert found is not None
    assert f"does not see the output folder '{tmp_path}' that this work was begun in" in found.reason
    (tmp_path / "plan.json").write_text("this one", encoding="utf-8")
    found = Worker(work(tmp_path)).start({})
    assert found is not None
    assert "The model arrived damaged" in found.reason


def test_a_model_arrives_as_it_was_sent(tmp_path: Path) -> None:
    from maeum.engine import folder_print
    from maeum.models import bundled

    unpack(pack(bundled()["fast"]), tmp_path / "there")
    assert folder_print(tmp_path / "there") == folder_print(bundled()["fast"])


def test_faults_keep_what_they_are() -> None:
    assert fault_of(ValueError("x")) == Fault("ValueError: x", user=False)
    said = str(DataError("scale.changed", path="a"))
    assert fault_of(DataError("scale.changed", path="a")) == Fault(said, user=True)
    assert fault_of(OutputError("common.disk_full", path="a")).stop


def test_a_worker_uses_its_share_of_the_cores(monkeypatch: Any) -> None:
    assert variables(3, "ko") == dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS"), "3"
    ) | {"MAEUM_CORES": "3", "MAEUM_LANG": "ko", "MAEUM_OFFLINE": "1"}
    here = cores()
    monkeypatch.setenv("MAEUM_CORES", "1")
    assert cores() == 1
    monkeypatch.setenv("MAEUM_CORES", "4096")
    assert cores() == here
    monkeypatch.setenv("MAEUM_CORES", "")
    assert cores() == here
