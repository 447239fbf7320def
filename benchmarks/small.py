"""The bundled model `small`: reviews a second from a Parquet file, and the time to a first answer.

    MAEUM_DATA=… python benchmarks/small.py

Distinct reviews go in from a Parquet file and answers come out as one, process start to end, as `fast.py` measures; the
median of three runs counts. Accuracy figures are those of `make small`. Fails when a bar of the project is missed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from common import RESULTS, machine, save
from fast import distinct

ROWS, RUNS = {"fast": 600_000, "small": 20_000}, 3
REVIEWS_PER_S, COLD_S = 600, 1.0
MEGABYTES = 16
ACCURACY = 0.886


def seconds(*words: str) -> float:
    """Of one `maeum predict`, from the start of the process to its end."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "maeum", "predict", *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        out = ("-o", str(folder / "out.parquet"), "--quiet", "--overwrite")
        rates = {}
        for model, rows in ROWS.items():
            count = distinct(rows, folder / "in.parquet")
            times = [seconds(str(folder / "in.parquet"), "--model", model, *out) for _ in range(RUNS)]
            rates[model] = count / median(times)
    cold = {model: median([seconds("재밌다", "--model", model) for _ in range(7)]) for model in rates}
    cards = {model: json.loads((RESULTS / f"{model}.json").read_text(encoding="utf-8")) for model in rates}
    table = [
        {
            "model": model,
            "test accuracy": round(cards[model]["test"], 4),
            "reviews/s": round(rate),
            "first answer, s": round(cold[model], 2),
            "size, MB": round(cards[model]["size"], 1),
        }
        for model, rate in rates.items()
    ]
    facts = {
        "data": "NSMC test; both models learnt from more rated reviews than NSMC's 150,000 train rows",
        "rows": ", ".join(f"{model} {rows:,}" for model, rows in ROWS.items()),
        "bars": f"small: ≥ {ACCURACY} and above fast, ≥ {REVIEWS_PER_S}/s, ≤ {COLD_S} s, ≤ {MEGABYTES} MB",
        **machine(("maeum", "onnxruntime", "tokenizers", "polars")),
    }
    save("bundled", "Models in the package", table, facts)
    held = {
        "accuracy": cards["small"]["test"] >= max(ACCURACY, cards["fast"]["test"]),
        "reviews/s": rates["small"] >= REVIEWS_PER_S,
        "first answer": cold["small"] <= COLD_S,
        "size": cards["small"]["size"] <= MEGABYTES,
    }
    missed = [bar for bar, kept in held.items() if not kept]
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
