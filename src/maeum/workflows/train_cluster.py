"""`maeum train --cluster`: one model, trained by many machines; the run folder is written here, as ever."""

from __future__ import annotations

import os
import secrets
import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.errors import UsageError
from maeum.messages import listing, say
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.runs import Run
from maeum.scale.cluster import LOCAL, STORE, check_address, connected
from maeum.scale.places import Asked, machines, share_of
from maeum.scale.storage import Storage, check_shared, open_storage
from maeum.scale.training import Crew, check_family
from maeum.schema import Dataset
from maeum.workflows.unfinished import Unfinished

if TYPE_CHECKING:
    from maeum.workflows.train import How

_STORE: Final = 5 * STORE  # bytes of Ray's shared memory: the data, and checkpoints on their way


@dataclass(frozen=True)
class Cluster:
    """What a user says of the cluster.

    Attributes:
        address: `local`, `auto`, `HOST:PORT` or `ray://HOST:PORT`.
        asked: How many processes with how much each.
        storage: Storage that all machines share; None: none is named.
    """

    address: str
    asked: Asked
    storage: Storage | None

    @classmethod
    def read(cls, address: str | None, *, storage: Any = None, **asked: Any) -> Cluster:
        """From what was typed.

        Args:
            address: Of the cluster.
            storage: A folder or URL.
            **asked: `workers`, `cpus`, `gpus`.

        Raises:
            UsageError: Options without a cluster, or such as cannot be used.
        """
        others = {**asked, "storage": storage}
        if address is None:
            names = [f"--{name}" for name, value in others.items() if value is not None]
            raise UsageError("cluster.needs_cluster", names=listing(names))
        check_address(address)
        return cls(address, Asked.read(**asked), None if storage is None else open_storage(storage))

    def options(self, workers: int) -> str:
        """What to type to go on there."""
        words = ["--cluster", self.address, "--workers", str(workers)]
        return shlex.join([*words, *(["--storage", self.storage.where] if self.storage is not None else [])])


def train_there(recipe: Recipe, given: Dataset | None, how: How, config: Any, cluster: Cluster) -> Run:
    """As `workflows.train.carry_out`, with the training itself on a cluster.

    Raises:
        UserError: As `carry_out`; or the cluster, or its storage, cannot be used.
    """
    from maeum.workflows.train import carry_out, default_folder

    check_family(recipe)
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        raise UsageError("cluster.torchrun")
    final = Path(how.out) if how.out is not None else default_folder(recipe)
    asked = _as_begun(cluster.asked, Unfinished(final)) if how.resume else cluster.asked
    with connected(cluster.address, store=_STORE) as ray:
        share = share_of(asked, machines(ray))
        if cluster.storage is not None:
            check_shared(ray, cluster.storage)
        name, options = f"{final.name}-{secrets.token_hex(4)}", cluster.options(share.workers)
        crew = Crew(ray, share, cluster.storage, name, options, bounded=cluster.address != LOCAL)
        size = int(getattr(recipe.training, "batch_size", 1)) * int(getattr(recipe.training, "accumulation", 1))
        tell(say("cluster.begun", asked=share.words(), batch=share.workers * size, workers=share.workers, size=size))
        run = carry_out(recipe, given, replace(how, there=crew), config)
        crew.clean()
    return run


def _as_begun(asked: Asked, unfinished: Unfinished) -> Asked:
    """As many processes as a training was begun with, where none are named."""
    if asked.workers is not None or not unfinished.worth:
        return asked
    return replace(asked, workers=int(unfinished.state.get("processes", 1)))
