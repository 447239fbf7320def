r"""Pretraining an encoder from nothing: masked language modelling, or ELECTRA, on packed token blocks.

    python pretraining.py --blocks blocks.npy --segments segments.npy --word-starts starts.npy --out run \\
        --vocabulary 12000 --mask 4 --special 0,1,2,3,4 --steps 9000 --max-seconds 3000

The `pretraining*.py` files and `cpu.py` load numpy, torch and transformers alone: copied to a bare GPU host they run,
on several GPUs by `torchrun`. The command around them, with its sentences, lies in the rooms above; here faults are
plain errors.
"""

from __future__ import annotations

import contextlib
import json
import math
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

if __package__:
    from maeum.training.cpu import has_bf16, quick
    from maeum.training.pretraining_command import run
    from maeum.training.pretraining_config import PretrainConfig
    from maeum.training.pretraining_data import FILL, Order, pack, rate, word_start_flags
    from maeum.training.pretraining_files import (
        CHECKPOINT,
        HISTORY,
        PREVIOUS,
        holds_checkpoint,
        read_checkpoint,
        write_checkpoint,
        write_history,
    )
    from maeum.training.pretraining_model import ENCODER, Electra, MaskedLM
    from maeum.training.pretraining_place import place
else:  # beside this file on a bare host
    sys.path.append(str(Path(__file__).parent))
    from cpu import has_bf16, quick  # type: ignore[import-not-found,no-redef]
    from pretraining_command import run  # type: ignore[import-not-found,no-redef]
    from pretraining_config import PretrainConfig  # type: ignore[import-not-found,no-redef]
    from pretraining_data import FILL, Order, pack, rate, word_start_flags  # type: ignore[import-not-found,no-redef]
    from pretraining_files import (  # type: ignore[import-not-found,no-redef]
        CHECKPOINT,
        HISTORY,
        PREVIOUS,
        holds_checkpoint,
        read_checkpoint,
        write_checkpoint,
        write_history,
    )
    from pretraining_model import ENCODER, Electra, MaskedLM  # type: ignore[import-not-found,no-redef]
    from pretraining_place import place  # type: ignore[import-not-found,no-redef]

__all__ = ["ENCODER", "PretrainConfig", "build", "main", "pack", "pretrain", "word_start_flags"]

Row = dict[str, float]
Blocks = tuple[NDArray[np.int32], NDArray[np.int32]]

CONFIG: Final = "pretraining.json"
FREE: Final = ("max_seconds", "evaluate_every", "checkpoint_every", "compile")  # may change when resumed


def build(config: PretrainConfig) -> MaskedLM | Electra:
    """The network with random weights, by the seed alone; torch's own random state stays as it was."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.seed)
        if config.objective == "mlm":
            return MaskedLM(config.shape, config.rules)
        return Electra.of_shape(config.shape, config.rules, config.generator, config.rtd_weight)


def pretrain(
    config: PretrainConfig,
    blocks: NDArray[np.int32],
    segments: NDArray[np.int32],
    held_out: Blocks | None,
    out: Path | str,
    *,
    word_starts: NDArray[np.bool_] | None = None,
    network: nn.Module | None = None,
    origin: Mapping[str, str] | None = None,
    resume: bool = False,
    tell: Callable[[Mapping[str, Any]], None] = lambda _row: None,
    step: Callable[[int, float], None] = lambda _step, _share: None,
) -> list[Row]:
    """Train on packed blocks; write `encoder/` (for ELECTRA also `generator/`), history.csv and checkpoints to `out`.

    Args:
        config: Settings.
        blocks: Token ids `(B, T)` from `pack`; may be memory-mapped.
        segments: Their documents `(B, T)`.
        held_out: Blocks and segments that are judged at intervals, always under the same masks.
        out: Folder; one with another pretraining's checkpoint is refused, unless `resume`.
        word_starts: Which ids begin a word `(V,)`; None: every token is a word.
        network: What learns, in place of a new one by `config`: `MaskedLM`, `Electra` or `Continued`.
        origin: What else must be the same when resumed, by name: `{"tokenizer": fingerprint}`.
        resume: Go on from the newest checkpoint that can be read; without one, begin.
        tell: Hears each row of the history, and `{"damaged": path}` of a checkpoint that could not be read.
        step: Hears after every update how many there were, and which share of the training lies behind.

    Returns:
        A row per interval: step, seconds, tokens, tokens_per_s, learning_rate, and losses and accuracies of training
        and of `held_out`.

    Raises:
        ValueError: The data do not fit the settings, or the checkpoint is of other settings or data.
        FileExistsError: `out` holds a checkpoint.
        FloatingPointError: The loss is no number; the last good checkpoint stays.
    """
    _check(config, blocks, segments)
    training = _Pretraining(config, (blocks, segments), held_out, Path(out), word_starts, network)
    training.origin, training.tell, training.heard = origin or {}, tell, step
    return training.run(resume=resume)


def _check(config: PretrainConfig, blocks: NDArray[np.int32], segments: NDArray[np.int32]) -> None:
    if blocks.ndim != 2 or blocks.shape != segments.shape or not len(blocks):
        raise ValueError(f"blocks and segments: expected one shape (B, T), found {blocks.shape} and {segments.shape}")
    if blocks.shape[1] > config.positions:
        raise ValueError(f"positions: expected at least a block's {blocks.shape[1]} tokens, found {config.positions}")
    low, high = int(blocks.min()), int(blocks.max())
    if low < 0 or high >= config.vocabulary:
        raise ValueError(f"blocks: expected ids from 0 to {config.vocabulary - 1}, found {low} to {high}")


class _Pretraining:
    """One pretraining: network, optimizer, and how far it is."""

    def __init__(
        self,
        config: PretrainConfig,
        data: Blocks,
        held_out: Blocks | None,
        out: Path,
        word_starts: NDArray[np.bool_] | None,
        network: nn.Module | None,
    ) -> None:
        self.config, self.data, self.held_out, self.out = config, data, held_out, out
        self.origin: Mapping[str, str] = {}
        self.tell: Callable[[Mapping[str, Any]], None] = lambda _row: None
        self.heard: Callable[[int, float], None] = lambda _step, _share: None
        self.rank, self.world, self.device = place()
        self.network: Any = (build(config) if network is None else network).to(self.device)
        flags = np.ones(config.vocabulary, np.bool_) if word_starts is None else np.array(word_starts, np.bool_)
        if flags.shape != (config.vocabulary,):
            raise ValueError(f"word_starts: expected shape ({config.vocabulary},), found {flags.shape}")
        self.starts = torch.from_numpy(flags).to(self.device)
        self.optimizer = _optimizer(self.network, config, self.device)
        packed = getattr(self.network, "packed", True)
        self.order = Order(len(data[0]), config.seed, 1 if packed else config.batch)
        self.row_tokens = float(data[0].shape[1]) if packed else _filled(data[1])
        self.step, self.before, self.started = 0, 0.0, time.perf_counter()
        self.sums: dict[str, Tensor] = {}
        self.history: list[Row] = []
        self.mark = (0, 0.0)  # step and seconds of the last row

    def run(self, *, resume: bool) -> list[Row]:
        self._prepare(resume=resume)
        wrapped = self._wrapped()
        with contextlib.ExitStack() as stack:
            stack.enter_context(torch.random.fork_rng(devices=[self.device] if self.device.type == "cuda" else []))
            for part in {self.network.lm, self.network.encoder}:
                stack.enter_context(quick(part, self.data[0].shape[1]))
            self.started = time.perf_counter()
            done = self._done()
            while done < 1:
                self._update(wrapped, done)
                done = self._done()
                self.heard(self.step, done)
                if self.step % self.config.evaluate_every == 0 or done >= 1:
                    self._record()
                if self.step % self.config.checkpoint_every == 0 or done >= 1:
                    self._save()
        return self.history

    @property
    def seconds(self) -> float:
        """Of training so far, over all resumptions."""
        return self.before + time.perf_counter() - self.started

    def _done(self) -> float:
        """Share that lies behind, by steps or time, whichever is further; all hosts go by the first one's clock."""
        limit = self.config.max_seconds
        share = max(self.step / self.config.steps, self.seconds / limit if limit else 0.0)
        if self.world > 1:
            shared = torch.tensor([share], dtype=torch.float64, device=self.device)
            torch.distributed.broadcast(shared, 0)
            share = float(shared.item())
        return min(share, 1.0)

    def _wrapped(self) -> Any:
        if self.config.compile and self.device.type == "cuda":
            for part in {self.network.lm.base_model, self.network.encoder.base_model}:
                part.compile()
        if self.world == 1:
            return self.network
        return nn.parallel.DistributedDataParallel(
            self.network, device_ids=[self.device.index] if self.device.type == "cuda" else None
        )

    def _update(self, wrapped: Any, done: float) -> None:
        """One update of the weights; its random choices hang on seed, step and rank alone."""
        config = self.config
        factor = rate(done, 1 / config.steps, config.warmup)
        for group in self.optimizer.param_groups:
            group["lr"] = config.learning_rate * factor
        wrapped.train()
        self.optimizer.zero_grad(set_to_none=True)
        torch.manual_seed(_mixed(config.seed, self.step, self.rank, 0))  # dropout
        generator = torch.Generator(self.device).manual_seed(_mixed(config.seed, self.step, self.rank, 1))
        for part in range(config.accumulation):
            turn = (self.step * config.accumulation + part) * self.world + self.rank
            batch = self._batch(self.data, self.order.rows(turn * config.batch, config.batch))
            waits = self.world > 1 and part < config.accumulation - 1
            with wrapped.no_sync() if waits else contextlib.nullcontext():
                with self._numbers():
                    found = wrapped(*batch, generator)
                (found["loss"] / config.accumulation).backward()
            self._add(found)
        norm = nn.utils.clip_grad_norm_(self.network.parameters(), config.clip)
        self.sums["grad_norm"] = self.sums.get("grad_norm", torch.zeros_like(norm)) + norm.detach()
        self.optimizer.step()
        self.step += 1

    def _batch(self, data: Blocks, rows: NDArray[np.int64]) -> tuple[Tensor, Tensor, Tensor]:
        ids, segments = (torch.from_numpy(np.asarray(one[rows], np.int64)).to(self.device) for one in data)
        return ids, segments, self.starts[ids]

    def _numbers(self) -> Any:
        wanted = self.config.precision
        if wanted == "auto":
            gpu = self.device.type == "cuda"
            wanted = "bf16" if (torch.cuda.is_bf16_supported() if gpu else has_bf16()) else "fp32"
        return torch.autocast(self.device.type, torch.bfloat16, enabled=wanted == "bf16")

    def _add(self, found: Mapping[str, Tensor]) -> None:
        for name, value in found.items():
            number = value.detach().float()
            self.sums[name] = self.sums.get(name, torch.zeros_like(number)) + number

    def _record(self) -> None:
        """A row of the history; refuses a loss that is no number before a checkpoint is made of it."""
        seen = {name: float(value) for name, value in self.sums.items()}
        updates = self.step - self.mark[0]
        self.sums = {}
        loss, norm = seen["loss"] / (updates * self.config.accumulation), seen["grad_norm"] / updates
        if not math.isfinite(loss) or not math.isfinite(norm):
            raise FloatingPointError(
                f"steps {self.mark[0]} to {self.step}: loss {loss}, gradient norm {norm}; lower learning_rate "
                f"({self.config.learning_rate:g}). The checkpoint before stays."
            )
        seconds = self.seconds
        tokens = self.config.batch * self.config.accumulation * self.world * self.row_tokens
        row = {
            "step": float(self.step),
            "tokens": float(self.step * tokens),
            "learning_rate": float(self.optimizer.param_groups[0]["lr"]),
            "train_loss": loss,
            "grad_norm": norm,
            **{f"train_{name}": value for name, value in _means(seen).items()},
            **self._judged(),
            "tokens_per_s": updates * tokens / max(seconds - self.mark[1], 1e-9),
            "seconds": seconds,
        }
        self.mark = (self.step, self.seconds)
        if self.rank == 0:
            self.history.append(row)
            write_history(self.out / HISTORY, self.history)
            self.tell(row)

    @torch.no_grad()
    def _judged(self) -> Row:
        """Losses and accuracies on the held-out blocks, under the same masks each time; on the first host alone."""
        if self.held_out is None or self.rank > 0:
            return {}
        self.network.eval()
        generator = torch.Generator(self.device).manual_seed(_mixed(self.config.seed, 0, 0, 2))
        total: dict[str, float] = {}
        for rows in _runs(len(self.held_out[0]), self.config.batch):
            with self._numbers():
                found = self.network(*self._batch(self.held_out, rows), generator)
            for name, value in found.items():
                total[name] = total.get(name, 0.0) + float(value)
        return {f"held_out_{name}": value for name, value in _means(total).items()}

    def _prepare(self, *, resume: bool) -> None:
        self.out.mkdir(parents=True, exist_ok=True)
        if not resume:
            if holds_checkpoint(self.out):
                raise FileExistsError(
                    f"{self.out} holds the checkpoint of a pretraining; resume it or take another folder"
                )
            if self.rank == 0:
                (self.out / CONFIG).write_text(json.dumps(asdict(self.config), indent=1) + "\n", encoding="utf-8")
            return
        for name in (CHECKPOINT, PREVIOUS):
            if (self.out / name).exists():
                saved = read_checkpoint(self.out / name, self.device)
                if saved is not None:
                    self._restore(saved)
                    return
                self.tell({"damaged": str(self.out / name)})

    def _restore(self, saved: Mapping[str, Any]) -> None:
        mine = self._identity()
        other = [name for name, value in saved["identity"].items() if mine.get(name) != value]
        if other:
            found = ", ".join(f"{name} (was {saved['identity'][name]}, is {mine.get(name)})" for name in other)
            raise ValueError(f"{self.out}: the checkpoint is of another pretraining: {found}")
        self.network.load_state_dict(saved["network"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step, self.before, self.history = saved["step"], saved["seconds"], saved["history"]
        self.sums, self.mark = saved["sums"], (saved["mark_step"], saved["mark_seconds"])

    def _identity(self) -> dict[str, Any]:
        """What must be the same for a training to go on: settings, and a checksum of the data."""
        settings = {name: value for name, value in asdict(self.config).items() if name not in FREE}
        checksum = 0
        for rows in _runs(len(self.data[0]), 1 << 14):
            checksum = zlib.crc32(np.asarray(self.data[0][rows], np.int32).tobytes(), checksum)
        special = list(self.config.special)
        return {**settings, "special": special, "world": self.world, "data": checksum, **self.origin}

    def _save(self) -> None:
        """A checkpoint and the encoder as it is now; the checkpoint before is kept, should this one be damaged."""
        if self.rank > 0:
            return
        state = {
            "identity": self._identity(),
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "history": self.history,
            "sums": self.sums,
            "mark_step": self.mark[0],
            "mark_seconds": self.mark[1],
        }
        write_checkpoint(self.out, state)
        self.network.save(self.out)


def _optimizer(network: nn.Module, config: PretrainConfig, device: torch.device) -> torch.optim.AdamW:
    """AdamW with ELECTRA's constants; vectors (biases, norms) do not decay."""
    wide = [one for one in network.parameters() if one.ndim > 1]
    flat = [one for one in network.parameters() if one.ndim <= 1]
    groups = [{"params": wide, "weight_decay": config.weight_decay}, {"params": flat, "weight_decay": 0.0}]
    return torch.optim.AdamW(
        groups, lr=config.learning_rate, betas=(0.9, 0.999), eps=1e-6, fused=device.type == "cuda" or None
    )


def _mixed(*numbers: int) -> int:
    """One seed of several numbers."""
    return int(np.random.SeedSequence(numbers).generate_state(1, np.uint64)[0] >> 1)


def _runs(count: int, size: int) -> Iterator[NDArray[np.int64]]:
    for start in range(0, count, size):
        yield np.arange(start, min(start + size, count))


def _means(sums: Mapping[str, float]) -> Row:
    """Losses and accuracies a token from their sums; `rtd_recall`: share of the replaced tokens that was found."""
    found: Row = {}
    for kind in ("mlm", "rtd"):
        if f"{kind}_tokens" in sums:
            tokens = max(sums[f"{kind}_tokens"], 1.0)
            found |= {f"{kind}_loss": sums[f"{kind}_loss"] / tokens, f"{kind}_accuracy": sums[f"{kind}_right"] / tokens}
    if "rtd_replaced" in sums:
        found["rtd_recall"] = sums["rtd_found"] / max(sums["rtd_replaced"], 1.0)
    return found


def _filled(segments: NDArray[np.int32]) -> float:
    """Mean tokens of a row that are a document's."""
    filled = sum(int((np.asarray(segments[rows]) != FILL).sum()) for rows in _runs(len(segments), 1 << 14))
    return filled / len(segments)


def main(argv: Sequence[str] | None = None) -> None:
    """The same from a command line, with the data in .npy files."""
    run(argv, pretrain)


if __name__ == "__main__":
    main()
