"""How many processes a training gets, with how many cores and GPUs each, and whether a cluster has them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from maeum.errors import UsageError
from maeum.messages import say
from maeum.scale.cluster import ClusterError

SHOWN: Final = 4  # kinds of machines that are named


@dataclass(frozen=True)
class Machine:
    """What a machine of the cluster has.

    Attributes:
        cpus: Cores that Ray counts on it.
        gpus: GPUs.
    """

    cpus: float
    gpus: float

    def room(self, cpus: float, gpus: float) -> int:
        """How many processes fit on it."""
        fits = [self.cpus / cpus, *([self.gpus / gpus] if gpus else [])]
        return math.floor(min(fits) + 1e-9)


@dataclass(frozen=True)
class Share:
    """Who trains.

    Attributes:
        workers: Processes.
        cpus: Cores of each.
        gpus: GPUs of each.
    """

    workers: int
    cpus: float
    gpus: float

    def resources(self) -> dict[str, float]:
        """What Ray is to set aside for a process."""
        return {"CPU": self.cpus, **({"GPU": self.gpus} if self.gpus else {})}

    def words(self) -> str:
        """Number and size of the processes."""
        return say("cluster.workers_of", workers=self.workers, each=_words(self.cpus, self.gpus))


@dataclass(frozen=True)
class Asked:
    """What a user asked for; None: as the cluster is.

    Attributes:
        workers: Processes.
        cpus: Cores of each.
        gpus: GPUs of each.
    """

    workers: int | None = None
    cpus: float | None = None
    gpus: float | None = None

    @classmethod
    def read(cls, workers: Any = None, cpus: Any = None, gpus: Any = None) -> Asked:
        """From what was typed.

        Raises:
            UsageError: What is no number, or out of range; all at once.
        """
        given = {"--workers": workers, "--cpus": cpus, "--gpus": gpus}
        found = {name: _number(value) for name, value in given.items() if value is not None}
        least = {"--workers": 1, "--cpus": 0.1, "--gpus": 0}
        bad = [
            say("cluster.number", name=name, found=given[name], least=least[name])
            for name, number in found.items()
            if number is None or not least[name] <= number < math.inf or (name == "--workers" and number % 1)
        ]
        if bad:
            raise UsageError("cluster.numbers", problems=" ".join(bad))
        count = found.get("--workers")
        return cls(None if count is None else int(count), found.get("--cpus"), found.get("--gpus"))


def machines(ray: Any) -> list[Machine]:
    """The machines that are there now and may work."""
    alive = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    found = [Machine(has.get("CPU", 0.0), has.get("GPU", 0.0)) for has in alive]
    return [one for one in found if one.cpus > 0]


def share_of(asked: Asked, there: Sequence[Machine]) -> Share:
    """Who trains on a cluster: by itself one process on each GPU; without GPUs one on each machine, with all its cores.

    Raises:
        ClusterError: The cluster does not have what is asked for.
    """
    gpus = asked.gpus if asked.gpus is not None else float(any(one.gpus >= 1 for one in there))
    able = [one for one in there if one.gpus >= gpus]
    least = min((one.cpus for one in able), default=1.0)
    cpus = asked.cpus
    if cpus is None and gpus:
        cpus = min([1.0, *(one.cpus * gpus / one.gpus for one in able)])
    elif cpus is None:
        wide = -(-(asked.workers or 1) // max(1, len(able)))  # processes on a machine
        cpus = max(1.0, least // wide) if least >= 1 else least
    room = sum(one.room(cpus, gpus) for one in there)
    workers = asked.workers or (room if gpus or asked.cpus is not None else len(able)) or 1
    share = Share(workers, cpus, gpus)
    if room < workers:
        raise ClusterError("cluster.too_small", asked=share.words(), room=room, has=_kinds(there))
    return share


def _kinds(there: Sequence[Machine]) -> str:
    """What the cluster has: `2 × 4 cores, 1 × 8 cores + 1 GPU`."""
    counted = Counter(there).most_common()
    shown = [f"{count} × {_words(one.cpus, one.gpus)}" for one, count in counted[:SHOWN]]
    return ", ".join(shown) + (" …" if len(counted) > SHOWN else "") if shown else "–"


def _words(cpus: float, gpus: float) -> str:
    cores = say("cluster.cores", count=f"{cpus:g}")
    return f"{cores} + {gpus:g} GPU" if gpus else cores


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
