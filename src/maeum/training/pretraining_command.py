"""The command line of `pretraining.py` on a bare host, with the data in .npy files."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import torch

if __package__:
    from maeum.training.pretraining_config import PretrainConfig
else:  # beside this file on a bare host
    from pretraining_config import PretrainConfig  # type: ignore[import-not-found,no-redef]


def run(argv: Sequence[str] | None, pretrain: Callable[..., Any]) -> None:
    """Read the arguments and the data, and call `pretrain`; rows of the history go to standard output as JSON."""
    given = _parser().parse_args(argv)
    config = PretrainConfig(**{one.name: getattr(given, one.name) for one in fields(PretrainConfig)})
    blocks, segments = (np.load(path, mmap_mode="r") for path in (given.blocks, given.segments))
    cut = len(blocks) - given.held_out
    pretrain(
        config,
        blocks[:cut],
        segments[:cut],
        (blocks[cut:], segments[cut:]) if given.held_out else None,
        given.out,
        word_starts=np.load(given.word_starts) if given.word_starts else None,
        resume=given.resume,
        tell=lambda row: print(json.dumps(row), flush=True),  # noqa: T201
    )
    if torch.distributed.is_available() and torch.distributed.is_initialized():
        torch.distributed.destroy_process_group()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Pretrain an encoder on packed token blocks.")
    for name in ("blocks", "segments", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--word-starts", type=Path, help="(V,) bool; every token is a word when not given")
    parser.add_argument("--held-out", type=int, default=0, help="so many blocks, the last ones, are judged, not learnt")
    parser.add_argument("--resume", action="store_true")
    for one in fields(PretrainConfig):
        flag, required = f"--{one.name.replace('_', '-')}", one.name in ("vocabulary", "mask", "special")
        if one.type == "bool":
            parser.add_argument(flag, action="store_true")
        else:
            kinds: dict[Any, Callable[[str], Any]] = {"int": int, "str": str, "tuple[int, ...]": _ids}
            parser.add_argument(
                flag, type=kinds.get(one.type, float), required=required, default=None if required else one.default
            )
    return parser


def _ids(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))
