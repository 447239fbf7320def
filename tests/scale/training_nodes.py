"""Nodes that go, and storage that some do not see; `test_training.py` runs this in a process of its own."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from test_training import SMALL, Ear, curve, ear, pytestmark, reviews

import ray_clusters
from maeum.runs import Run
from maeum.scale.cluster import ClusterError
from maeum.scale.storage import Storage, check_shared
from maeum.workflows.train import train
from ray_clusters import MEMORY

__all__ = ["ear", "pytestmark", "reviews"]  # fixtures, and how warnings are taken


@pytest.fixture
def two_nodes() -> Iterator[tuple[Any, Any]]:
    """See `ray_clusters.two_nodes`; Ray is connected to it."""
    import ray

    with ray_clusters.two_nodes() as (cluster, second):
        ray.init(address=cluster.address, log_to_driver=False)
        yield cluster, second


@pytest.fixture
def undisturbed(reviews: Path, tmp_path: Path) -> Run:
    """What one process learns with the batches of two; before Ray is there."""
    return train(reviews, out=tmp_path / "one", **{**SMALL, "epochs": 5, "batch_size": 16})


def test_a_node_that_goes_in_the_middle_costs_no_epoch(
    reviews: Path, tmp_path: Path, undisturbed: Run, two_nodes: tuple[Any, Any], ear: Ear
) -> None:
    cluster, second = two_nodes
    wanted: dict[str, Any] = {**SMALL, "epochs": 5, "batch_size": 8}

    def lose(rows: int) -> None:
        if rows == 3:
            cluster.remove_node(second, allow_graceful=False)
            cluster.add_node(num_cpus=1, object_store_memory=MEMORY)

    ear.act, ear._rows = lose, 0
    two = train(reviews, out=tmp_path / "two", cluster=cluster.address, workers=2, **wanted)
    assert any(one.startswith("A worker was lost; all begin again after update ") for one in ear.said), ear.said
    assert two.history["epoch"].to_list() == [1, 2, 3, 4, 5]
    assert curve(two, "train_loss")[0] == pytest.approx(curve(undisturbed, "train_loss")[0], abs=1e-3)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs Linux")
def test_storage_that_a_node_does_not_see_is_refused(reviews: Path, tmp_path: Path, two_nodes: Any) -> None:
    import ray

    (tmp_path / "seen").mkdir()
    check_shared(ray, Storage((tmp_path / "seen").as_posix()))
    assert list((tmp_path / "seen").iterdir()) == []
    # one machine has one disk; but a folder that this process holds open is nowhere to be found by others
    handle = os.open(tmp_path / "seen", os.O_RDONLY | os.O_DIRECTORY)
    os.dup2(handle, 240)
    try:
        with pytest.raises(ClusterError) as error:
            train(reviews, out=tmp_path / "run", cluster="auto", workers=2, storage="/proc/self/fd/240", **SMALL)
    finally:
        os.close(handle)
        os.close(240)
    host = socket.gethostname()
    assert str(error.value) == (
        f"'/proc/self/fd/240' is not the same folder on all 2 machines; not on: {host}, {host}. Give --storage a folder "
        "that all of them mount at the same path (NFS, Lustre), or a URL (s3://…, gs://…)."
    )
    with pytest.raises(ClusterError) as error:
        check_shared(ray, Storage("mock:///bucket/runs"))  # a file system that each process has for itself
    assert error.value.key == "cluster.storage_no_entry"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reviews.csv", "seen"]
