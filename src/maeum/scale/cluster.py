"""Machines: a Ray cluster that is there, or one on this machine alone for as long as the work takes."""

from __future__ import annotations

import logging
import os
import re
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from maeum.engine.cores import cores
from maeum.errors import UsageError, UserError, require
from maeum.messages import say

LOCAL: Final = "local"
AUTO: Final = "auto"  # the cluster that this machine belongs to
STORE: Final = 100 * 2**20  # bytes of Ray's shared memory on this machine, beside the model
PATIENCE: Final = 5.0  # seconds that a machine has to answer
_ADDRESS: Final = re.compile(r"^(?:ray://)?(?P<host>[\w.-]+|\[[0-9A-Fa-f:]+\]):(?P<port>\d{1,5})$")
_QUIET: Final = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_USAGE_STATS_PROMPT_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
}
_SET_BY_RAY: Final = "RAY_AUTH_MODE"


class ClusterError(UserError):
    """The cluster cannot be used."""


@contextmanager
def connected(address: str, *, store: int = STORE) -> Iterator[Any]:
    """Ray, connected to a cluster; where this process is connected already, that connection is used and left open.

    Args:
        address: `local` (the cores of this machine, until the end), `auto`, `HOST:PORT` or `ray://HOST:PORT`.
        store: Bytes of shared memory for `local`.

    Raises:
        MissingExtraError: Ray is not installed.
        UsageError: That is no address.
        ClusterError: No cluster answers there.
    """
    check_address(address)
    require("ray", "cluster")
    _knock(address)
    with _quiet(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Ray's own, about its own future
        import ray

        if ray.is_initialized():
            yield ray
            return
        _connect(ray, address, store)
        try:
            yield ray
        finally:
            ray.shutdown()


def check_address(address: str) -> None:
    """Check the form of an address.

    Raises:
        UsageError: It has another one.
    """
    found = _ADDRESS.match(address)
    if address not in (LOCAL, AUTO) and (found is None or not 0 < int(found["port"]) < 2**16):
        raise UsageError("scale.address", found=address)


def places(ray: Any, cores_per_worker: int) -> int:
    """How many workers the machines that are there now have room for."""
    return sum(int(cpus // cores_per_worker) for cpus in _cpus(ray))


def check_cores(ray: Any, cores_per_worker: int) -> None:
    """Check that some machine has the cores that one worker is to get.

    Raises:
        ClusterError: None has.
    """
    most = int(max(_cpus(ray), default=0))
    if cores_per_worker > most:
        raise ClusterError("scale.too_many_cores", wanted=cores_per_worker, most=most)


def _cpus(ray: Any) -> list[float]:
    return [node["Resources"].get("CPU", 0.0) for node in ray.nodes() if node["Alive"]]


def _connect(ray: Any, address: str, store: int) -> None:
    silent = {"log_to_driver": False, "logging_level": logging.CRITICAL, "configure_logging": True}
    if address == LOCAL:
        try:
            ray.init(address="local", num_cpus=cores(), include_dashboard=False, object_store_memory=store, **silent)
        except Exception as error:  # Ray's many kinds
            raise ClusterError("scale.not_started", reason=_reason(error)) from error
        return
    try:
        ray.init(address=address, **silent)
    except Exception as error:  # as above
        # Ray sends its token to an address given to it only when told so, and maeum leaves that to the user
        told = address == AUTO or os.environ.get(_SET_BY_RAY)
        key = "scale.unreachable" if told else "scale.no_entry"
        raise ClusterError(key, address=address, reason=_reason(error)) from error


def _knock(address: str) -> None:
    """See that something listens, since Ray itself would wait for minutes.

    Raises:
        ClusterError: Nothing does.
    """
    found = _ADDRESS.match(address)
    if found is None:
        return
    try:
        socket.create_connection((found["host"].strip("[]"), int(found["port"])), PATIENCE).close()
    except OSError as error:
        reason = error.strerror or str(error) or say("scale.no_answer")
        raise ClusterError("scale.unreachable", address=address, reason=reason) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Ray without its banners, and without its reports of usage; the environment stays as it was."""
    before = {name: os.environ.get(name) for name in (*_QUIET, _SET_BY_RAY)}
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    try:
        yield
    finally:
        for name, kept in before.items():
            if kept is None:
                os.environ.pop(name, None)


def _reason(error: BaseException) -> str:
    """The first sentence; what follows names options of Ray's own commands."""
    line = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return line.partition(". ")[0][:200].rstrip(".")
