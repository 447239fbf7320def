"""Peak memory of fine-tuning a base-size encoder at batch 8 × accumulation 4, without and with gradient checkpointing.

MAEUM_DATA=… python benchmarks/encoder_memory.py
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from common import in_child, machine, peak_mib, save
from shapes import write_checkpoint
from training_speed import texts_and_labels

ROWS = 64  # two updates
WAYS = {"as it is": "false", "gradient checkpointing": "true"}


def child(argument: str) -> None:
    import numpy as np

    import maeum

    way, place = argument.split("::")
    data = maeum.dataset("nsmc", split="train").take(np.arange(ROWS))
    run = maeum.train(
        data, model=str(Path(place) / "base"), out=Path(place) / WAYS[way], epochs=1, batch_size=8, accumulation=4,
        from_scratch=True, validation_fraction=0, padding="full", max_length=128, gradient_checkpointing=WAYS[way],
    )  # fmt: skip
    print(json.dumps({"peak_mib": peak_mib(), "examples_per_s": run.history["examples_per_s"][0]}))


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        write_checkpoint(Path(place) / "base", "base", texts_and_labels(50_000)[0])
        found = {way: in_child(__file__, f"{way}::{place}") for way in WAYS}
    rows = [
        {"training": way, "peak MiB": round(one["peak_mib"]), "examples/s": round(one["examples_per_s"], 2)}
        for way, one in found.items()
    ]
    facts = {
        "encoder": "ELECTRA, base shape, random weights; batch 8 × accumulation 4, 128 tokens, AdamW, fp32, CPU",
        **machine(("maeum", "torch", "transformers", "accelerate")),
    }
    save("encoder_memory", "Memory of fine-tuning a base-size encoder", rows, facts)
    if rows[1]["peak MiB"] >= rows[0]["peak MiB"]:
        raise SystemExit("missed: gradient checkpointing does not lower the peak")


if __name__ == "__main__":
    child(sys.argv[1]) if len(sys.argv) == 2 else main()
