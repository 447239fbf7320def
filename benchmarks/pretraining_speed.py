"""Pretraining an encoder: characters of text a second beside an example script's defaults, and the loss reached.

    MAEUM_DATA=… python benchmarks/pretraining_speed.py

The peer is what `run_mlm.py` of the transformers examples does as it comes: texts joined to blocks of the longest
length the tokenizer knows (512), batches of 8, the collator and Trainer of the library. maeum packs them into blocks of
128 in which each sees only itself, 32 of them a batch: as many tokens to an update. Same encoder (4 layers of 256),
tokenizer, texts, learning rates, share of hidden tokens and number of updates. All networks are judged on the same
texts under the same masks, each text by itself. How much sooner maeum as it comes is where the script ends is measured
too: fewer updates, the seconds spent on counting neighbours with them. Fails when a bar of the project is missed.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from common import in_child, machine, save

TIMES = 5
TOLERANCE = 0.05  # of the loss in nats, by which ours may be above
TOKENS = 4096  # of an update
UPDATES = 120
WARM_UP = 3  # updates that are not timed
RATE, SHARE, SEED = 5e-4, 0.15, 0
TEXTS, HELD = 60_000, 1_000
VOCABULARY, LAYERS, POSITIONS, BLOCK = 16_000, 4, 512, 128
FEWER = 40  # updates after which maeum, as it comes, should be where the script is after all
NAMES = {
    "peer": "run_mlm.py's defaults: blocks of 512, fp32",
    "ours": "maeum: packed blocks of 128",
    "neighbours": "maeum, as it comes: embeddings begun with the tokens' neighbours",
    "fewer": f"the same, {FEWER} updates alone",
}


def prepare(folder: Path) -> None:
    """Tokenizer and token ids of the texts, for both."""
    import numpy as np
    from tokenizers import BertWordPieceTokenizer

    import maeum

    texts = [text for text in maeum.dataset("nsmc", split="train").texts if text.strip()][: TEXTS + HELD]
    words = BertWordPieceTokenizer(lowercase=False, strip_accents=False, handle_chinese_chars=False)
    words.train_from_iterator(texts, vocab_size=VOCABULARY, limit_alphabet=2500, show_progress=False)
    words.save_model(str(folder))
    words = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=False, strip_accents=False)
    ids = [one.ids for one in words.encode_batch(texts)]
    np.savez(folder / "ids.npz", flat=np.concatenate(ids), lengths=[len(one) for one in ids])
    characters = sum(map(len, texts)) / sum(map(len, ids))
    special = {name: words.token_to_id(f"[{name.upper()}]") for name in ("pad", "unk", "cls", "sep", "mask")}
    facts = {"vocabulary": words.get_vocab_size(), "characters_per_token": characters, "special": special}
    (folder / "facts.json").write_text(json.dumps(facts))


def read(folder: Path) -> tuple[dict[str, Any], list[Any]]:
    import numpy as np

    held = np.load(folder / "ids.npz")
    return json.loads((folder / "facts.json").read_text()), np.split(held["flat"], np.cumsum(held["lengths"])[:-1])


def shape_of(facts: dict[str, Any]) -> Any:
    from maeum.training.pretraining_model import Shape

    return Shape(facts["vocabulary"], layers=LAYERS, positions=POSITIONS, pad=facts["special"]["pad"])


def peer(folder: Path) -> dict[str, float]:
    """The library's way."""
    import numpy as np
    import torch
    from tokenizers import BertWordPieceTokenizer
    from transformers import (
        DataCollatorForLanguageModeling,
        ElectraForMaskedLM,
        PreTrainedTokenizerFast,
        Trainer,
        TrainerCallback,
        TrainingArguments,
        set_seed,
    )

    facts, ids = read(folder)
    flat = np.concatenate(ids[HELD:])
    blocks = flat[: len(flat) // POSITIONS * POSITIONS].reshape(-1, POSITIONS)
    words = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=False, strip_accents=False)
    names = {f"{name}_token": f"[{name.upper()}]" for name in facts["special"]}
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=words._tokenizer, **names)  # type: ignore[no-untyped-call]
    collator = DataCollatorForLanguageModeling(tokenizer, mlm_probability=SHARE)
    times: list[float] = []

    class Clock(TrainerCallback):
        def on_step_end(self, *_: Any, **__: Any) -> None:
            times.append(time.perf_counter())

    began = time.perf_counter()
    set_seed(SEED)
    network = ElectraForMaskedLM(shape_of(facts).config())
    arguments = TrainingArguments(
        str(folder / "peer"), per_device_train_batch_size=TOKENS // POSITIONS, max_steps=UPDATES, learning_rate=RATE,
        warmup_steps=UPDATES // 20, report_to="none", save_strategy="no", disable_tqdm=True, use_cpu=True,
    )  # fmt: skip
    rows = [{"input_ids": block.tolist()} for block in blocks]
    Trainer(network, arguments, train_dataset=rows, data_collator=collator, callbacks=[Clock()]).train()
    torch.save(network.state_dict(), folder / "peer.pt")
    return {**rate_of(times, facts), "seconds": times[-1] - began}


def ours(folder: Path, name: str) -> dict[str, float]:
    """The way of maeum: embeddings begun at random, as the peer's, or with the tokens' neighbours, as it comes."""
    import torch
    from transformers import ElectraForMaskedLM

    from maeum.training.cooccurrence import begin, start_of
    from maeum.training.pretraining import PretrainConfig, build, pack, pretrain

    facts, ids = read(folder)
    special = facts["special"]
    blocks, segments = pack(ids[HELD:], BLOCK, special["sep"])
    config = PretrainConfig(
        vocabulary=facts["vocabulary"], mask=special["mask"], special=tuple(special.values()), objective="mlm",
        steps=FEWER if name == "fewer" else UPDATES, batch=TOKENS // BLOCK, learning_rate=RATE, layers=LAYERS,
        positions=POSITIONS, pad=special["pad"], share=SHARE, seed=SEED, evaluate_every=UPDATES,
        checkpoint_every=UPDATES,
    )  # fmt: skip
    times: list[float] = []
    began = time.perf_counter()
    first = build(config)
    if name != "ours":
        begin(first, start_of(blocks, segments, config.vocabulary, config.embedding, config.special), config.pad)
    pretrain(
        config, blocks, segments, None, folder / name, network=first,
        step=lambda _step, _share: times.append(time.perf_counter()),
    )  # fmt: skip
    network = ElectraForMaskedLM.from_pretrained(folder / name / "encoder")
    torch.save(network.state_dict(), folder / f"{name}.pt")
    filled = float((segments > 0).mean())
    return {**rate_of(times, facts, filled), "filled": filled, "seconds": times[-1] - began}


def rate_of(times: list[float], facts: dict[str, Any], filled: float = 1.0) -> dict[str, float]:
    """Characters a second of whole updates."""
    timed = times[WARM_UP:]
    tokens = TOKENS * filled * (len(timed) - 1) / (timed[-1] - timed[0])
    return {"tokens_per_s": tokens, "characters_per_s": tokens * facts["characters_per_token"]}


def loss(folder: Path) -> dict[str, float]:
    """Loss a hidden token of both networks, on the held-out texts under the same masks."""
    import torch

    from maeum.training.pretraining import pack
    from maeum.training.pretraining_data import Masking
    from maeum.training.pretraining_model import MaskedLM

    facts, ids = read(folder)
    special = facts["special"]
    blocks, segments = (torch.from_numpy(one).long() for one in pack(ids[:HELD], BLOCK, special["sep"]))
    rules = Masking(facts["vocabulary"], special["mask"], tuple(special.values()), SHARE)
    network = MaskedLM(shape_of(facts), rules).eval()
    found = {}
    for name in NAMES:
        network.lm.load_state_dict(torch.load(folder / f"{name}.pt", weights_only=True))
        generator = torch.Generator().manual_seed(SEED)
        with torch.no_grad():
            sums = network(blocks, segments, torch.ones_like(blocks, dtype=torch.bool), generator)
        found[name] = float(sums["mlm_loss"] / sums["mlm_tokens"])
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        prepare(Path(place))
        found = {name: in_child(__file__, f"{name}::{place}") for name in NAMES}
        losses = in_child(__file__, f"loss::{place}")
    theirs, mine = (found[name]["characters_per_s"] for name in ("peer", "ours"))
    rows = [
        {
            "pretraining": name,
            "characters/s": round(found[way]["characters_per_s"]),
            "×": round(found[way]["characters_per_s"] / theirs, 1),
            "updates": FEWER if way == "fewer" else UPDATES,
            "loss": round(losses[way], 3),
            "seconds": round(found[way]["seconds"], 1),
        }
        for way, name in NAMES.items()
    ]
    facts = {
        "encoder": f"ELECTRA, {LAYERS} layers of 256, {VOCABULARY:,} pieces; {TOKENS:,} tokens an update, NSMC train",
        "filled": f"{found['ours']['filled']:.1%} of maeum's tokens are text, the rest is not counted",
        "to the script's loss": (
            f"{found['peer']['seconds'] / found['fewer']['seconds']:.1f} times sooner"
            if losses["fewer"] <= losses["peer"]
            else f"not reached after {FEWER} updates"
        ),
        "bars": f"≥ {TIMES} ×, loss at most {TOLERANCE} above",
        **machine(("maeum", "torch", "transformers", "accelerate")),
    }
    save("pretraining_speed", "Pretraining: characters a second", rows, facts)
    held = {"speed": mine >= TIMES * theirs, "loss": losses["ours"] <= losses["peer"] + TOLERANCE}
    missed = [bar for bar, kept in held.items() if not kept]
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    if len(sys.argv) == 2 and "::" in sys.argv[1]:
        what, place = sys.argv[1].split("::")
        work = {"peer": peer, "loss": loss}.get(what)
        print(json.dumps(ours(Path(place), what) if work is None else work(Path(place))))
    else:
        main()
