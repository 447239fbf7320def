"""Which of several processes this one is, and what it computes on."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Final

import torch

PATIENCE: Final = timedelta(hours=12)  # the others wait for the first while it prepares the data


def place() -> tuple[int, int, torch.device]:
    """Rank, number of processes and device; joins the others where `torchrun` started this process."""
    cuda = torch.cuda.is_available()
    if "RANK" not in os.environ:
        return 0, 1, torch.device("cuda", torch.cuda.current_device()) if cuda else torch.device("cpu")
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0"))) if cuda else torch.device("cpu")
    if cuda:
        torch.cuda.set_device(device)
    if not torch.distributed.is_initialized():
        torch.distributed.init_process_group("nccl" if cuda else "gloo", timeout=PATIENCE)
    return torch.distributed.get_rank(), torch.distributed.get_world_size(), device
