"""Searches for settings on a Ray cluster of two nodes: grid, random, Optuna, ASHA; what they take beside; a real one.

    MAEUM_DATA=… python benchmarks/tune.py FOLDER [searches] [overhead] [real] [--tiny]

searches: a small network on 8,000 reviews of NSMC's official train rows, judged on 4,000 others of them, 27 settings:
  all of them (grid), half of them drawn by chance and by Optuna, all of them with ASHA.
overhead: 8 trials of about 60 s, two at once; what is not spent in trials. The cluster stands before the clock begins.
real: the linear model on all of NSMC's official train rows, its own space, beside its defaults; the test rows are
  judged once for each of the two, after the search.

All parts when none is named. Everything is kept in FOLDER: a finished search is only read, an interrupted one resumed.
`--tiny` goes through the same steps in a minute or two, saves no results and holds no bars. Fails when a bar of the
project is missed.
"""

from __future__ import annotations

import json
import os
import sys
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from common import in_child, machine, save

PARTS = ("searches", "overhead", "real")
PACKAGES = ("maeum", "numpy", "ray", "optuna", "torch", "scikit-learn")
STORE = 200 * 2**20  # bytes of shared memory of a node
NODES = 2  # with one core each, so that two trials run at once

POINTS, EXAMPLES = 0.002, 0.35  # ASHA beside the grid: how far below, at which share of the examples
OVERHEAD, TRIALS, TRIAL_S = 0.10, 8, 60.0
LEAST_TRIAL_S = 45.0  # below it the trials were not those that the bar is about

TINY = "--tiny" in sys.argv or os.environ.get("MAEUM_BENCHMARK_TINY") == "1"
TRAIN, HELD_OUT, EPOCHS = (400, 200, 3) if TINY else (8_000, 4_000, 9)
SMALL = {"embedding": 64, "filters": 64}  # of the network in all trials
SPACE: dict[str, list[Any]] = {
    "learning_rate": [0.0003, 0.001, 0.003],
    "embedding_dropout": [0.0, 0.2] if TINY else [0.0, 0.2, 0.4],
    "dropout": [0.1] if TINY else [0.1, 0.3, 0.5],
}
HALF = 3 if TINY else 13
SEARCHES: dict[str, dict[str, Any]] = {
    "grid": {"search": "grid"},
    "random": {"search": "random", "trials": HALF},
    "optuna": {"search": "optuna", "trials": HALF},
    "asha": {"search": "grid", "scheduler": "asha"},
}
REAL_TRIALS = 3 if TINY else 24
REAL: dict[str, Any] = {"limit": 2_000} if TINY else {}


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a cluster of `NODES` nodes with one core each, which ends afterwards."""
    from maeum.scale.cluster import _quiet

    with _quiet(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ray
        from ray.cluster_utils import Cluster

        node: dict[str, Any] = {"num_cpus": 1, "object_store_memory": STORE, "include_dashboard": False}
        found = Cluster(initialize_head=True, head_node_args=node)
        try:
            for _ in range(NODES - 1):
                found.add_node(num_cpus=1, object_store_memory=STORE)
            ray.init(address=found.address, log_to_driver=False, logging_level=40)
            yield found.address
        finally:
            ray.shutdown()
            found.shutdown()  # type: ignore[no-untyped-call]


def search(out: Path, data: Any, **words: Any) -> dict[str, Any]:
    """What a search came to; only read where it is finished."""
    import polars as pl

    import maeum

    if not (out / "search.json").is_file():
        words = {"metric": "accuracy", **words}
        with cluster() as address:
            maeum.tune(data, out=out, cluster=address, resume=(out / "plan.json").is_file(), **words)
    facts: dict[str, Any] = json.loads((out / "search.json").read_text(encoding="utf-8"))
    trials = pl.read_parquet(out / "trials.parquet")
    return {
        "best": facts["best_score"],
        "seconds": facts["seconds"],
        "trials": trials.height,
        "failed": int((trials["status"] == "failed").sum()),
        "stopped": int((trials["status"] == "stopped").sum()),
        "examples": int(trials["examples"].sum()),
        "trial_seconds": float(trials["seconds"].sum()),
    }


def reviews() -> Any:
    import numpy as np

    import maeum

    return maeum.dataset("nsmc", split="train").take(np.arange(TRAIN + HELD_OUT))


def network(out: Path, epochs: int, space: Mapping[str, Any], **words: Any) -> dict[str, Any]:
    """A search with the small network; no trial ends early by itself, so that examples can be compared."""
    fraction = HELD_OUT / (TRAIN + HELD_OUT)
    fixed = {**SMALL, "epochs": epochs, "patience": 0, "validation_fraction": fraction}
    return search(out, reviews(), model="cnn", space=dict(space), **fixed, **words)


def child(argument: str) -> None:
    part, place, name = argument.split("::")
    folder = Path(place) / part
    if part == "searches":
        found = network(folder / name, EPOCHS, SPACE, **SEARCHES[name])
    elif part == "overhead":
        found = overhead(folder)
    else:
        found = real(folder)
    print(json.dumps(found, ensure_ascii=False))


def overhead(folder: Path) -> dict[str, Any]:
    """Eight trials that differ in nothing that takes time, as long as a probe says that a minute is."""
    import polars as pl

    rates = [round(0.0005 + 0.0001 * number, 4) for number in range(TRIALS)]
    words = {"search": "grid", "concurrent": NODES}
    network(folder / "probe", 2, {"learning_rate": rates[:NODES]}, **words)
    seconds: list[float] = pl.read_parquet(folder / "probe" / "curves.parquet")["seconds"].to_list()
    per_epoch = max(seconds) / 2  # a first trial's own seconds hold what Python loads, too
    epochs = 2 if TINY else max(3, round(TRIAL_S / per_epoch))
    return {"epochs": epochs, **network(folder / "trials", epochs, {"learning_rate": rates}, **words)}


def real(folder: Path) -> dict[str, Any]:
    import maeum

    found = search(folder / "search", "nsmc", model="linear", search="optuna", trials=REAL_TRIALS, **REAL)
    test = maeum.dataset("nsmc", split="test")
    rows = {}
    recipes: dict[str, dict[str, Any]] = {
        "default": {"data": "nsmc", "model": "linear", **REAL},
        "best": {"config": folder / "search" / "best.yaml"},
    }
    for name, words in recipes.items():
        out = folder / name
        run = maeum.Run.open(out) if (out / "metrics.json").is_file() else maeum.train(out=out, overwrite=True, **words)
        judged = maeum.evaluate(run.model, test)
        low, high = judged.intervals["accuracy"]
        rows[name] = {
            "validation": run.metrics["validation"]["accuracy"],
            "test": judged.metrics["accuracy"],
            "interval": f"{low:.4f}–{high:.4f}",
        }
    return {**found, **rows}


def report_searches(folder: str) -> list[str]:
    found = {name: in_child(__file__, f"searches::{folder}::{name}") for name in SEARCHES}
    whole = found["grid"]["examples"]
    titles = {
        "grid": "grid, every setting",
        "random": "random, half of them",
        "optuna": "Optuna, half of them",
        "asha": "grid with ASHA, every setting",
    }
    rows = [
        {
            "search": titles[name],
            "trials": one["trials"],
            "stopped early": one["stopped"],
            "best validation accuracy": round(one["best"], 4),
            "training examples": one["examples"],
            "share of the grid's": f"{100 * one['examples'] / whole:.0f} %",
            "minutes": round(one["seconds"] / 60, 1),
        }
        for name, one in found.items()
    ]
    facts = {
        "data": f"{TRAIN:,} reviews of NSMC's official train rows, judged on {HELD_OUT:,} others of them",
        "model": f"cnn, {EPOCHS} epochs without early stopping of its own, {SMALL}",
        "space": SPACE,
        "cluster": f"{NODES} Ray nodes of one core on one machine",
        "failed": sum(one["failed"] for one in found.values()),
        "bars": f"ASHA within {100 * POINTS:.1f} points of the grid's best at ≤ {100 * EXAMPLES:.0f} % of its examples",
        **machine(PACKAGES),
    }
    kept("tune", "Searches for settings on the same space", rows, facts)
    grid, asha = found["grid"], found["asha"]
    held = {
        "ASHA's best": asha["best"] >= grid["best"] - POINTS - 1e-9,
        "ASHA's examples": asha["examples"] <= EXAMPLES * whole,
        "no trial failed": not facts["failed"],
    }
    return [bar for bar, met in held.items() if not met]


def report_overhead(folder: str) -> list[str]:
    found = in_child(__file__, f"overhead::{folder}::")
    lost = 1 - found["trial_seconds"] / (NODES * found["seconds"])
    mean = found["trial_seconds"] / found["trials"]
    row = {
        "trials": found["trials"],
        "at once": NODES,
        "seconds per trial": round(mean, 1),
        "seconds": round(found["seconds"], 1),
        "overhead": f"{100 * lost:.1f} %",
    }
    facts = {
        "overhead": "1 − seconds of all trials / (trials at once × seconds of the search); Ray's start excluded",
        "model": f"cnn, {found['epochs']} epochs, {TRAIN:,} reviews",
        "bars": f"≤ {100 * OVERHEAD:.0f} % over at least {TRIALS} trials of about {TRIAL_S:.0f} s",
        **machine(PACKAGES),
    }
    kept("tune_overhead", "What a search takes beside its trials", [row], facts)
    held = {
        "overhead": lost <= OVERHEAD,
        "trials long enough": mean >= LEAST_TRIAL_S,
        "trials enough": found["trials"] - found["failed"] >= TRIALS,
    }
    return [bar for bar, met in held.items() if not met]


def report_real(folder: str) -> list[str]:
    found = in_child(__file__, f"real::{folder}::")
    titles = {"default": "linear, defaults", "best": f"linear, best of {found['trials']} trials"}
    rows = [
        {
            "recipe": title,
            "validation accuracy": round(found[name]["validation"], 4),
            "test accuracy": round(found[name]["test"], 4),
            "95 % interval": found[name]["interval"],
        }
        for name, title in titles.items()
    ]
    facts = {
        "data": "NSMC, official split; a tenth of train is held out to choose on",
        "search": f"Optuna, {found['trials']} trials of the family's own space, {found['seconds'] / 60:.1f} minutes",
        "failed": found["failed"],
        "bars": "the best recipe beats the default on validation; the test figures are reported, not barred",
        **machine(PACKAGES),
    }
    kept("tune_real", "A search on all of NSMC beside the defaults", rows, facts)
    better = found["best"]["validation"] > found["default"]["validation"]
    return [] if better else ["better than the default on validation"]


def kept(name: str, title: str, rows: list[dict[str, Any]], facts: Mapping[str, Any]) -> None:
    """Save results; of a tiny run print them only."""
    if TINY:
        print(json.dumps({"title": title, "rows": rows, **facts}, ensure_ascii=False, indent=1))
    else:
        save(name, title, rows, facts)


def main() -> None:
    words = [word for word in sys.argv[1:] if word != "--tiny"]
    unknown = [word for word in words[1:] if word not in PARTS]
    if not words or unknown:
        raise SystemExit(f"{__doc__}\nunknown: {', '.join(unknown) or 'no FOLDER'}")
    if TINY:
        os.environ["MAEUM_BENCHMARK_TINY"] = "1"  # for the children
    folder, started = str(Path(words[0]).absolute()), time.perf_counter()
    missed = []
    for part in words[1:] or PARTS:
        began = time.perf_counter()
        report = {"searches": report_searches, "overhead": report_overhead, "real": report_real}[part]
        missed += [f"{part}: {bar}" for bar in report(folder)]
        print(f"{part}: {(time.perf_counter() - began) / 60:.1f} minutes", flush=True)
    print(f"total: {(time.perf_counter() - started) / 60:.1f} minutes")
    if missed and not TINY:
        raise SystemExit(f"missed: {', '.join(missed)}")
    if missed:
        print(f"would be missed, if this were not tiny: {', '.join(missed)}")


if __name__ == "__main__":
    child(sys.argv[1]) if len(sys.argv) == 2 and "::" in sys.argv[1] else main()
