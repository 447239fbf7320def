"""Fine-tuning an encoder: examples a second beside an example script's defaults, and the same loss.

    MAEUM_DATA=… python benchmarks/training_speed.py [SHAPE]

The peer is `run_classification.py` of the transformers examples as people use it: every text padded to 128 tokens, the
library's Trainer, random order. Same encoder, batch size, rows and threads, in one run; only whole updates are timed,
after some to warm up. With dropout 0 and the same batches in the same order, the loss must be the same. Fails when a
bar of the project is missed.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from common import in_child, machine, save
from shapes import write_checkpoint

TIMES = 10
TOLERANCE = 1e-3
BATCH = 32
LENGTH = 128
OURS_ROWS, PEER_ROWS = 3_200, 160
WARM_UP = 2  # updates of the peer
SAME = 10  # batches whose losses are compared


def texts_and_labels(count: int) -> tuple[list[str], list[int]]:
    import numpy as np

    import maeum

    data = maeum.dataset("nsmc", split="train").take(np.arange(count))
    return data.texts, data.targets.tolist()


def ours(checkpoint: Path, rows: int, out: Path, **settings: Any) -> list[dict[str, Any]]:
    import numpy as np

    import maeum

    data = maeum.dataset("nsmc", split="train").take(np.arange(rows))
    run = maeum.train(
        data, model=str(checkpoint), out=out, epochs=1, batch_size=BATCH, max_length=LENGTH, from_scratch=True,
        validation_fraction=0, **settings,
    )  # fmt: skip
    return run.history.to_dicts()


def peer(checkpoint: Path, rows: int) -> float:
    """Examples a second of the library's Trainer with everything padded to 128 tokens."""
    import torch
    from transformers import (
        AutoConfig,
        AutoModelForSequenceClassification,
        AutoTokenizer,
        Trainer,
        TrainerCallback,
        TrainingArguments,
        default_data_collator,
    )

    texts, labels = texts_and_labels(rows)
    encoded = AutoTokenizer.from_pretrained(checkpoint)(texts, padding="max_length", truncation=True, max_length=LENGTH)
    examples = [
        {"input_ids": ids, "attention_mask": mask, "label": label}
        for ids, mask, label in zip(encoded["input_ids"], encoded["attention_mask"], labels, strict=True)
    ]
    times: list[float] = []

    class Clock(TrainerCallback):
        def on_step_end(self, *_: Any, **__: Any) -> None:
            times.append(time.perf_counter())

    torch.manual_seed(0)
    config = AutoConfig.from_pretrained(checkpoint, num_labels=2)
    model = AutoModelForSequenceClassification.from_config(config)  # type: ignore[no-untyped-call]
    with tempfile.TemporaryDirectory() as place:
        arguments = TrainingArguments(
            place, per_device_train_batch_size=BATCH, num_train_epochs=1, report_to="none", save_strategy="no",
            disable_tqdm=True, use_cpu=True,
        )  # fmt: skip
        Trainer(
            model, arguments, train_dataset=examples,
            data_collator=default_data_collator, callbacks=[Clock()],
        ).train()  # fmt: skip
    timed = times[WARM_UP:]
    return BATCH * (len(timed) - 1) / (timed[-1] - timed[0])


def child(argument: str) -> None:
    what, place = argument.split("::")
    folder = Path(place)
    if what == "peer":
        print(json.dumps({"examples_per_s": peer(folder / "dropout", PEER_ROWS)}))
    elif what in ("auto", "fp32"):
        history = ours(folder / "dropout", OURS_ROWS, folder / what, precision=what)
        print(json.dumps({"examples_per_s": history[-1]["examples_per_s"]}))
    else:
        print(json.dumps({"difference": loss_difference(folder / "plain")}))


def loss_difference(checkpoint: Path) -> float:
    """Largest difference of the loss between the same batches, padded to 128 in fp32 and as maeum trains.

    That is padded to the longest text, and in bf16 where the processor has it.
    """
    import numpy as np
    import torch

    import maeum
    from maeum.models.family import named
    from maeum.models.gradient_settings import Precision
    from maeum.models.neural import collate
    from maeum.models.neural.batches import logits_of
    from maeum.recipe import Recipe
    from maeum.training.gradient.device import precision_of

    data = maeum.dataset("nsmc", split="train").take(np.arange(SAME * BATCH))
    recipe = Recipe.from_keywords(str(checkpoint), {"from_scratch": True, "max_length": LENGTH})
    build = named(str(checkpoint))[0].untrained
    assert build is not None
    truth = torch.from_numpy(data.targets.astype(np.int64))
    losses: list[list[float]] = []
    low = precision_of(Precision.AUTO) is Precision.BF16
    for length in (LENGTH, None):
        torch.manual_seed(0)
        model = build(data, recipe.model, recipe.training)
        encoded = model.encode(data.texts)
        optimizer = torch.optim.AdamW(model.module.parameters(), lr=5e-5)
        losses.append([])
        for start in range(0, len(data), BATCH):
            rows = np.arange(start, start + BATCH)
            with torch.autocast("cpu", torch.bfloat16, enabled=low and length is None):
                logits = logits_of(model.module(**collate(encoded, rows, model.tokens.pad, length=length))).float()
            loss = torch.nn.functional.cross_entropy(logits, truth[rows])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            losses[-1].append(float(loss.detach()))
    return float(np.abs(np.array(losses[0]) - np.array(losses[1])).max())


def main() -> None:
    shape = sys.argv[1] if len(sys.argv) > 1 else "small"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        texts, _ = texts_and_labels(50_000)
        write_checkpoint(folder / "dropout", shape, texts)
        write_checkpoint(
            folder / "plain", shape, texts, hidden_dropout_prob=0, attention_probs_dropout_prob=0,
            classifier_dropout=0, summary_last_dropout=0,
        )  # fmt: skip
        found = {what: in_child(__file__, f"{what}::{place}") for what in ("peer", "fp32", "auto", "loss")}
    mine, theirs = found["auto"]["examples_per_s"], found["peer"]["examples_per_s"]
    names = {
        "peer": "padded to 128, library Trainer",
        "fp32": "maeum: by length, dynamic padding, fp32",
        "auto": "maeum: the same as it comes (bf16 where the processor has it)",
    }
    rows = [
        {"training": name, "examples/s": round(rate, 1), "×": round(rate / theirs, 1)}
        for name, rate in ((name, found[what]["examples_per_s"]) for what, name in names.items())
    ]
    facts = {
        "encoder": f"ELECTRA, {shape} shape, random weights; batch {BATCH}, NSMC train",
        "largest difference of the loss, dropout 0, same batches": f"{found['loss']['difference']:.1e}",
        "bars": f"≥ {TIMES} ×, loss within {TOLERANCE}",
        **machine(("maeum", "torch", "transformers", "accelerate")),
    }
    save("training_speed", "Fine-tuning: examples a second", rows, facts)
    missed = [
        name
        for name, kept in {"speed": mine >= TIMES * theirs, "loss": found["loss"]["difference"] <= TOLERANCE}.items()
        if not kept
    ]
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    child(sys.argv[1]) if len(sys.argv) == 2 and "::" in sys.argv[1] else main()
