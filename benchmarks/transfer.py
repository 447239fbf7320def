"""What transfer gives: few labelled examples for `small`, the linear family, and the same network with random weights.

    MAEUM_DATA=… python benchmarks/transfer.py [FOLDER]

100, 500 and 2,000 examples of NSMC train (half positive, five seeds: examples and training), judged on the same 10,000
rows of the NSMC test set. Settings are fixed beforehand (chosen on the validation rows). Then Korean hate speech, a
domain the trunk hardly saw: `small` beside linear on its dev rows. FOLDER keeps what is done, so that an interrupted
run goes on. Fails when a bar of the project is missed.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from common import RESULTS, machine, save

SIZES = (100, 500, 2_000)
SEEDS = range(5)
TEST_ROWS, TEST_SEED = 10_000, 0
POINTS = 5.0  # at 500 examples, over linear
EPOCHS = {100: 20, 500: 8, 2_000: 4}
SMALL: dict[str, Any] = {"model": "small", "batch_size": 16, "learning_rate": 4e-4, "validation_fraction": 0}
WAYS: dict[str, dict[str, Any]] = {
    "small": SMALL,
    "small, random weights": {**SMALL, "from_scratch": True},
    "linear": {"model": "linear", "validation_fraction": 0},
}


def sample(data: Any, size: int, seed: int) -> Any:
    """`size` rows, the same number of each label."""
    import numpy as np

    random = np.random.default_rng((seed, size))
    targets = data.targets
    rows = [
        random.choice(np.flatnonzero(targets == k), size // len(data.labels), replace=False)
        for k in range(len(data.labels))
    ]
    return data.take(random.permutation(np.concatenate(rows)))


def judged(way: str, size: int, seed: int, folder: Path) -> float:
    """Test accuracy of one training."""
    import numpy as np

    import maeum

    place = folder / f"{way}-{size}-{seed}.json".replace(" ", "_")
    if place.exists():
        return float(json.loads(place.read_text())["accuracy"])
    data = sample(maeum.dataset("nsmc", split="train"), size, seed)
    test = maeum.dataset("nsmc", split="test")
    test = test.take(np.random.default_rng(TEST_SEED).permutation(len(test))[:TEST_ROWS])
    epochs: dict[str, Any] = {} if way == "linear" else {"epochs": EPOCHS[size]}
    run = maeum.train(data, out=folder / place.stem, seed=seed, overwrite=True, **epochs, **WAYS[way])
    answers: Any = run.model.predict(test)
    accuracy = float((answers.indices == test.targets).mean())
    place.write_text(json.dumps({"accuracy": accuracy}))
    return accuracy


def hate(folder: Path) -> dict[str, float]:
    """Macro F1 on held-out rows of Korean hate speech."""
    import maeum

    found = {}
    ways: dict[str, dict[str, Any]] = {"small": {"model": "small"}, "linear": {"model": "linear"}}
    for way, settings in ways.items():
        place = folder / f"hate-{way}"
        run = maeum.train("korean-hate-speech", out=place, seed=0, overwrite=True, **settings)
        found[way] = float(run.metrics["validation"]["macro_f1"])
    return found


def draw(scores: dict[str, dict[int, list[float]]]) -> None:
    """The curves as a picture."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(6, 4))
    for way, by_size in scores.items():
        sizes = list(by_size)
        axes.errorbar(
            sizes, [100 * mean(by_size[size]) for size in sizes],
            yerr=[100 * stdev(by_size[size]) for size in sizes], marker="o", capsize=3, label=way,
        )  # fmt: skip
    axes.set_xscale("log")
    axes.set_xticks(SIZES, [f"{size:,}" for size in SIZES])
    axes.minorticks_off()
    axes.set_xlabel("labelled examples of NSMC train")
    axes.set_ylabel("accuracy on NSMC test, %, mean ± sd of 5 seeds")
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(RESULTS / "transfer.svg", metadata={"Date": None})


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else temporary)
        folder.mkdir(parents=True, exist_ok=True)
        scores = {way: {size: [judged(way, size, seed, folder) for seed in SEEDS] for size in SIZES} for way in WAYS}
        macro_f1 = hate(folder)
    rows = [
        {
            "model": way,
            **{f"{size:,} examples": f"{mean(one):.4f} ± {stdev(one):.4f}" for size, one in by_size.items()},
        }
        for way, by_size in scores.items()
    ]
    gain = 100 * (mean(scores["small"][500]) - mean(scores["linear"][500]))
    facts = {
        "gain over linear at 500 examples": f"{gain:.1f} points",
        "hate speech, macro F1 on held-out rows": ", ".join(f"{way} {value:.4f}" for way, value in macro_f1.items()),
        "bars": f"≥ {POINTS} points at 500 examples; hate speech no worse than linear",
        **machine(("maeum", "torch", "transformers", "scikit-learn")),
    }
    save("transfer", "Few labelled examples", rows, facts)
    draw(scores)
    held = {"gain at 500": gain >= POINTS, "hate speech": macro_f1["small"] >= macro_f1["linear"]}
    missed = [bar for bar, kept in held.items() if not kept]
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
