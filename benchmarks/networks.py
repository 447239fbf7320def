"""Networks on NSMC: accuracy on the official test rows, minutes of training, beside the linear model.

    MAEUM_DATA=… python benchmarks/networks.py FOLDER [FAMILY …]

Every family is trained with its defaults on NSMC's official train rows, of which a tenth is held out to choose the best
epoch; the test rows are judged once, at the end. Runs are kept in FOLDER: an interrupted one is resumed, a finished one
only judged. Fails when a bar of the project is missed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from common import RESULTS, in_child, machine, peak_mib, save

FAMILIES = ("cnn", "birnn", "cnn-wide", "small")
BARS = {"cnn": 0.865, "birnn": 0.865, "cnn-wide": 0.880, "small": 0.880}
MINUTES = {"cnn": 40, "birnn": 40, "cnn-wide": 40, "small": 30}
NAME = "networks"


def child(argument: str) -> None:
    import maeum

    folder, family = argument.split("::")
    out = Path(folder) / family
    finished = (out / "metrics.json").is_file()
    run = maeum.Run.open(out) if finished else maeum.train("nsmc", model=family, out=out, resume=True)
    judged = maeum.evaluate(run.model, maeum.dataset("nsmc", split="test"))
    module: Any = getattr(run.model, "module", None)
    history = run.history
    best = history["validation_macro_f1"].arg_max() or 0
    low, high = judged.intervals["accuracy"]
    found = {
        "model": family,
        "test accuracy": round(judged.metrics["accuracy"], 4),
        "95 % interval": f"{low:.4f}–{high:.4f}",
        "test macro F1": round(judged.metrics["macro_f1"], 4),
        "validation accuracy": round(run.metrics["validation"]["accuracy"], 4),
        "test ECE": round(judged.metrics["ece"], 4),
        "epochs": history.height,
        "best epoch": int(history["epoch"][best]),
        "minutes": round(history["seconds"][-1] / 60, 1),
        "examples/s": round(sum(history["examples_per_s"].to_list()) / history.height),
        "parameters": None if module is None else sum(parameter.numel() for parameter in module.parameters()),
        "peak MiB": run.environment["peak_memory_mib"] if finished else peak_mib(),
    }
    print(json.dumps(found, ensure_ascii=False))


def main() -> None:
    folder, families = sys.argv[1], tuple(sys.argv[2:]) or FAMILIES
    path = RESULTS / f"{NAME}.json"
    rows = {row["model"]: row for row in json.loads(path.read_text())["rows"]} if path.is_file() else {}
    for family in families:
        found = in_child(__file__, f"{folder}::{family}")
        rows[family] = {name: value for name, value in found.items() if name != "wall_s"}
        bars = {"bars": f"accuracy ≥ {BARS}, minutes ≤ {MINUTES}"}
        facts = {**bars, **machine(("maeum", "numpy", "torch", "transformers", "accelerate", "tokenizers"))}
        save(NAME, "Networks on NSMC, official split", list(rows.values()), facts)
    missed = [
        family
        for family in families
        if rows[family]["test accuracy"] < BARS.get(family, 0) or rows[family]["minutes"] > MINUTES.get(family, 1e9)
    ]
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    child(sys.argv[1]) if len(sys.argv) == 2 and "::" in sys.argv[1] else main()
