"""Ray on this machine, for tests: as one node, and as two."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

MEMORY = 100 * 2**20  # bytes of a node's object store
# Each cluster has a token of its own, but a process keeps the one of its first: raylets of a second one refuse it
os.environ.setdefault("RAY_AUTH_MODE", "disabled")
# Ray's processes end a moment after they are told to, and Python warns of such
MARKS = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@contextmanager
def one_node(cores: int) -> Iterator[None]:
    """Ray with so many places on this machine."""
    with _quiet():
        import ray

        options: dict[str, Any] = {"include_dashboard": False, "log_to_driver": False, "logging_level": "CRITICAL"}
        try:
            ray.init(address="local", num_cpus=cores, object_store_memory=MEMORY, **options)
            yield
        finally:
            ray.shutdown()


@contextmanager
def two_nodes() -> Iterator[tuple[Any, Any]]:
    """A cluster of two nodes with one core each, and the second of them."""
    with _quiet():
        import ray
        from ray.cluster_utils import Cluster

        node: dict[str, Any] = {"num_cpus": 1, "object_store_memory": MEMORY, "include_dashboard": False}
        cluster = Cluster(initialize_head=True, head_node_args=node)
        try:
            yield cluster, cluster.add_node(num_cpus=1, object_store_memory=MEMORY)
        finally:
            ray.shutdown()
            cluster.shutdown()  # type: ignore[no-untyped-call]


@contextmanager
def _quiet() -> Iterator[None]:
    from maeum.scale.cluster import _quiet as quiet

    with quiet(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
