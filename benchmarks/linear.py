"""maeum's linear model beside scikit-learn's pipelines and fastText on NSMC, official split, each in its own process.

    MAEUM_DATA=… python benchmarks/linear.py

Time is from data in memory to a fitted model; `wall_s` adds start, reading and predicting the 50,000 test reviews. The
peers use the settings published for them; maeum's were chosen on validation splits of train (linear_settings.py). Fails
when a bar of the project is missed. fastText takes part where it is installed (pip install fasttext).
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from common import in_child, machine, peak_mib, save, timed

ACCURACY = 0.880
TIMES_SCIKIT_LEARN = 2.5
MEMORY_MIB = 4096

Rows = tuple[list[str], list[int]]


def read(name: str) -> Rows:
    path = Path(os.environ["MAEUM_DATA"]) / "nsmc" / name
    cells = [line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8")][1:]
    return [cell[1] for cell in cells], [int(cell[2]) for cell in cells]


def scikit_learn(train: Rows, test: Rows, *, words: bool = False, spaces: bool = True) -> dict[str, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    def squeeze(text: str) -> str:
        return "".join(text.split())

    kind: dict[str, Any] = {"ngram_range": (1, 2)} if words else {"analyzer": "char", "ngram_range": (1, 4)}
    if not spaces:
        kind["preprocessor"] = squeeze
    pipeline = make_pipeline(TfidfVectorizer(min_df=3, sublinear_tf=True, **kind), LinearSVC(C=0.3))
    _, seconds = timed(lambda: pipeline.fit(*train))
    return {"accuracy": float(pipeline.score(*test)), "train_s": seconds}


def fasttext(train: Rows, test: Rows) -> dict[str, Any]:
    import fasttext as library

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        path.write_text("".join(f"__label__{y} {x}\n" for x, y in zip(*train, strict=True)), encoding="utf-8")
        settings = {"epoch": 5, "lr": 0.1, "dim": 100, "minn": 1, "maxn": 4, "wordNgrams": 2, "thread": 2, "verbose": 0}
        model, seconds = timed(lambda: library.train_supervised(str(path), **settings))
    right = sum(
        model.f.predict(x + "\n", 1, 0.0, "strict")[0][1] == f"__label__{y}" for x, y in zip(*test, strict=True)
    )
    return {"accuracy": right / len(test[0]), "train_s": seconds}


def ours(_train: Rows, _test: Rows) -> dict[str, Any]:
    import maeum

    with tempfile.TemporaryDirectory() as folder:
        run = maeum.train("nsmc", model="linear", out=Path(folder) / "run")
        judged = maeum.evaluate(run, "nsmc:test")
        seconds = float(run.history["seconds"][0])
        validation = run.metrics["validation"]
    low, high = judged.intervals["accuracy"]
    return {
        "accuracy": judged.metrics["accuracy"],
        "train_s": seconds,
        "interval": f"{low:.4f}–{high:.4f}",
        "validation": validation["accuracy"],
        "ece": judged.metrics["ece"],
        "log_loss": judged.metrics["log_loss"],
    }


CONTESTANTS: dict[str, Callable[[Rows, Rows], dict[str, Any]]] = {
    "maeum linear": ours,
    "scikit-learn char 1-4 + LinearSVC": scikit_learn,
    "scikit-learn char 1-4 without spaces + LinearSVC": lambda a, b: scikit_learn(a, b, spaces=False),
    "scikit-learn words 1-2 + LinearSVC": lambda a, b: scikit_learn(a, b, words=True),
    "fastText words and characters": fasttext,
}


def child(name: str) -> None:
    result = CONTESTANTS[name](read("ratings_train.txt"), read("ratings_test.txt"))
    print(json.dumps({**result, "peak_mib": peak_mib()}))


def main() -> None:
    names = [name for name in CONTESTANTS if not name.startswith("fastText") or find_spec("fasttext")]
    found = {name: in_child(__file__, name) for name in names}
    reference = found["scikit-learn char 1-4 + LinearSVC"]
    rows = [
        {
            "model": name,
            "test accuracy": round(one["accuracy"], 4),
            "95 % interval": one.get("interval"),
            "train_s": round(one["train_s"], 1),
            "× scikit-learn char": round(one["train_s"] / reference["train_s"], 2),
            "wall_s": one["wall_s"],
            "peak MiB": str(round(one["peak_mib"])),
        }
        for name, one in found.items()
    ]
    mine = found["maeum linear"]
    facts = {
        "data": "NSMC, official split: 150,000 train (maeum holds 10 % of them out), 50,000 test",
        "maeum on its validation rows": round(mine["validation"], 4),
        "maeum on test": {"log loss": round(mine["log_loss"], 4), "ece": round(mine["ece"], 4)},
        "bars": f"accuracy ≥ {ACCURACY}, time ≤ {TIMES_SCIKIT_LEARN} × scikit-learn char, memory ≤ {MEMORY_MIB} MiB",
        **machine(),
    }
    save("linear", "Linear models on NSMC", rows, facts)
    missed = [
        bar
        for bar, held in {
            "accuracy": mine["accuracy"] >= ACCURACY,
            "time": mine["train_s"] <= TIMES_SCIKIT_LEARN * reference["train_s"],
            "wall time": mine["wall_s"] <= TIMES_SCIKIT_LEARN * reference["wall_s"],
            "memory": mine["peak_mib"] <= MEMORY_MIB,
        }.items()
        if not held
    ]
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    child(sys.argv[1]) if len(sys.argv) > 1 else main()
