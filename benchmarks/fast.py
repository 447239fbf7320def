"""The bundled model `fast`: reviews per second from a Parquet file, cold start, size, beside scikit-learn and fastText.

Run it as `MAEUM_DATA=… python benchmarks/fast.py`. Every contestant reads distinct reviews (no text twice) from a
Parquet file and writes its answers; the median of three runs counts. Accuracy figures are those of `make fast`. Fails
when a bar of the project is missed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from common import RESULTS, in_child, machine, peak_mib, save
from linear import read

REVIEWS_PER_S = 30_000
TIMES_SCIKIT_LEARN = 5
COLD_S, COLD_MIB = 0.7, 150
MEGABYTES = 6
ROWS = {"maeum fast": 600_000, "scikit-learn char 1-4 + LinearSVC": 100_000, "fastText words and characters": 100_000}
RUNS = 3


def distinct(count: int, path: Path) -> int:
    """Write `count` different reviews (fewer if there are not as many) to a Parquet file; gives their number."""
    import polars as pl

    raw = pl.read_parquet(Path(os.environ["MAEUM_DATA"]) / "nsmc" / "raw.parquet", columns=["text"])
    texts = raw.drop_nulls().unique("text", maintain_order=True).head(count)
    texts.write_parquet(path)
    return texts.height


def ours(folder: Path, rows: int) -> float:
    words = ["predict", str(folder / "in.parquet"), "--model", "fast", "-o", str(folder / "out.parquet"), "--quiet"]
    return rows / _seconds([sys.executable, "-m", "maeum", *words, "--overwrite"])


def scikit_learn(folder: Path, rows: int, model: Any) -> float:
    import polars as pl

    started = time.perf_counter()
    texts = pl.read_parquet(folder / "in.parquet")["text"].to_list()
    pl.DataFrame({"predicted": model.predict(texts)}).write_parquet(folder / "out.parquet")
    return rows / (time.perf_counter() - started)


def fasttext(folder: Path, rows: int, model: Any) -> float:
    import polars as pl

    started = time.perf_counter()
    texts = pl.read_parquet(folder / "in.parquet")["text"].to_list()
    answers = [model.f.predict(text.replace("\n", " ") + "\n", 1, 0.0, "strict")[0][1] for text in texts]
    pl.DataFrame({"predicted": answers}).write_parquet(folder / "out.parquet")
    return rows / (time.perf_counter() - started)


def _seconds(words: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def child(name: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        rows = distinct(ROWS[name], folder / "in.parquet")
        if name == "maeum fast":
            rates = [ours(folder, rows) for _ in range(RUNS)]
        elif name.startswith("scikit"):
            from sklearn.feature_extraction.text import TfidfVectorizer
            from sklearn.pipeline import make_pipeline
            from sklearn.svm import LinearSVC

            vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=3, sublinear_tf=True)
            model = make_pipeline(vectorizer, LinearSVC(C=0.3)).fit(*read("ratings_train.txt"))
            rates = [scikit_learn(folder, rows, model) for _ in range(RUNS)]
        else:
            import fasttext as library

            train = folder / "train.txt"
            lines = (f"__label__{y} {x}\n" for x, y in zip(*read("ratings_train.txt"), strict=True))
            train.write_text("".join(lines), encoding="utf-8")
            model = library.train_supervised(str(train), epoch=5, minn=1, maxn=4, wordNgrams=2, thread=2, verbose=0)
            rates = [fasttext(folder, rows, model) for _ in range(RUNS)]
    print(json.dumps({"rows": rows, "reviews_per_s": median(rates), "peak_mib": peak_mib()}))


def cold_start() -> tuple[float, float]:
    """Seconds and MiB of `maeum predict "재밌다"`, from the start of the process to its end, median of runs."""
    import resource

    words = [sys.executable, "-m", "maeum", "predict", "재밌다", "--model", "fast"]
    seconds = [_seconds(words) for _ in range(7)]
    return median(seconds), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    cold_s, cold_mib = cold_start()
    names = [name for name in ROWS if not name.startswith("fastText") or find_spec("fasttext")]
    found = {name: in_child(__file__, name) for name in names}
    reference = found["scikit-learn char 1-4 + LinearSVC"]["reviews_per_s"]
    rows = [
        {
            "model": name,
            "distinct reviews": one["rows"],
            "reviews/s": round(one["reviews_per_s"]),
            "× scikit-learn char": round(one["reviews_per_s"] / reference, 1),
        }
        for name, one in found.items()
    ]
    card = json.loads((RESULTS / "fast.json").read_text(encoding="utf-8"))
    facts = {
        "cold start of `maeum predict`": f"{cold_s:.2f} s, {cold_mib:.0f} MiB",
        "size": f"{card['size']:.1f} MB",
        "NSMC test accuracy": round(card["test"], 4),
        "balanced accuracy on unseen rated reviews": round(card["balanced"], 4),
        "bars": f"≥ {REVIEWS_PER_S:,}/s, ≥ {TIMES_SCIKIT_LEARN} × scikit-learn, cold ≤ {COLD_S} s and {COLD_MIB} MiB",
        **machine(),
    }
    save("fast_speed", "The bundled model `fast`", rows, facts)
    mine = found["maeum fast"]["reviews_per_s"]
    held = {
        "reviews/s": mine >= REVIEWS_PER_S,
        "× scikit-learn": mine >= TIMES_SCIKIT_LEARN * reference,
        "cold start": cold_s <= COLD_S,
        "cold memory": cold_mib <= COLD_MIB,
        "size": card["size"] <= MEGABYTES,
    }
    missed = [bar for bar, kept in held.items() if not kept]
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    child(sys.argv[1]) if len(sys.argv) > 1 else main()
