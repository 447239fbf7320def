"""`maeum insight` over all of nsmc-raw, agreement with stars on films held out, and reviews that praise fear.

    MAEUM_DATA=… python benchmarks/insight.py [speed] [films] [fear] [--family hashed|small]

- speed: seconds and peak memory of the whole command with `fast` (sentiment) and with `small` and `emotion`.
- films: a model is trained on rated reviews of other films (drawn by film, 20 % held out; no NSMC test row, by id or by
  text, is among those trained on), then positivity of the held-out films with 30 reviews is compared with their stars.
- fear: of NSMC test reviews with 9 stars or more, the share called positive, with fear (무서, 소름, 공포, 섬뜩) and
  without.

Fails when a bar of the project is missed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import numpy as np

import maeum
from common import machine, save
from maeum.data.catalog import corpus, nsmc_raw
from maeum.data.fetch import locate

SECONDS: Final = {"fast": 120, "small": 1800}
SPEARMAN: Final = 0.93
HELD_OUT: Final = 0.2
SEED: Final = 7
FEAR: Final = "무서|소름|공포|섬뜩"
POINTS: Final = 3.0
PARTS: Final = ("speed", "films", "fear")
CHILD: Final = """
import json, sys
from pathlib import Path
from maeum.cli.main import main
code = main(sys.argv[1:])
line = next(l for l in Path("/proc/self/status").read_text().splitlines() if l.startswith("VmHWM:"))
print(json.dumps({"code": code, "mib": round(int(line.split()[1]) / 1024)}))
"""


def speed() -> tuple[list[dict[str, Any]], list[str]]:
    """Seconds and memory of the whole command, from the start of the process to its end."""
    rows, missed = [], []
    for model, bar in SECONDS.items():
        with tempfile.TemporaryDirectory() as place:
            words = ["--quiet", "insight", "nsmc-raw", "--model", model, "-o", f"{place}/out"]
            started = time.perf_counter()
            run = subprocess.run([sys.executable, "-c", CHILD, *words], stdout=subprocess.PIPE, text=True, check=True)
            seconds = time.perf_counter() - started
            said = json.loads(run.stdout.strip().splitlines()[-1])
            if said["code"]:
                raise SystemExit(f"insight with {model} ended with {said['code']}")
            facts = json.loads(Path(place, "out", "insight.json").read_text(encoding="utf-8"))
        rows.append(
            {
                "what": f"nsmc-raw, {'+'.join(facts['what'])}, {model}",
                "reviews": facts["counts"]["reviews"],
                "titles": facts["counts"]["titles"],
                "seconds": round(seconds),
                "peak MiB": said["mib"],
            }
        )
        if seconds > bar:
            missed.append(f"{model}: {seconds:.0f} s > {bar} s")
    return rows, missed


def films(family: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Agreement of titles whose reviews the model never saw."""
    import polars as pl

    raw = pl.read_parquet(locate(corpus("nsmc-raw"), nsmc_raw.PATH)).with_columns(pl.col("text").fill_null(""))
    numbers = raw["movie_id"].unique().sort().to_numpy()
    held = np.random.default_rng(SEED).choice(numbers, int(len(numbers) * HELD_OUT), replace=False)
    outside = pl.col("movie_id").is_in(pl.Series(held, dtype=raw.schema["movie_id"]).implode())
    unseen = raw.filter(outside)
    test = raw.filter(pl.col("nsmc_split") == "test")["text"].unique()
    also = pl.concat([test, unseen["text"]]).unique()
    learnt = raw.filter(~outside & (pl.col("nsmc_split") != "test") & ~pl.col("text").is_in(also.implode()))
    with tempfile.TemporaryDirectory() as place:
        train, held_file = Path(place, "train.parquet"), Path(place, "held.parquet")
        learnt.select("text", "rating").write_parquet(train)
        unseen.select("text", "movie_id", "rating", "date").write_parquet(held_file)
        run = maeum.train(
            str(train), model=family, out=f"{place}/run", stars="2", text="text", label="rating", seed=SEED
        )
        found = maeum.insight(
            held_file,
            out=f"{place}/out",
            what="sentiment",
            model=run.folder,
            title_column="movie_id",
            sentiment_on="all",
        )
        agreed = found.facts["agreement"]
    row = {
        "what": f"films held out, {family} trained on {learnt.height:,} rated reviews of other films",
        "reviews": agreed["reviews"],
        "titles": agreed["titles"],
        "Spearman of titles": round(agreed["spearman_titles"], 4),
        "Spearman of reviews": round(agreed["spearman_reviews"], 4),
        "accuracy, ≤ 4 / ≥ 9 stars": round(agreed["accuracy"], 4),
    }
    low = agreed["spearman_titles"] < SPEARMAN
    return [row], [f"films: Spearman {agreed['spearman_titles']:.4f} < {SPEARMAN}"] if low else []


def fear() -> tuple[list[dict[str, Any]], list[str]]:
    """Whether reviews that praise by fear are called positive as often as others; NSMC test rows, reported only."""
    import polars as pl

    raw = pl.read_parquet(locate(corpus("nsmc-raw"), nsmc_raw.PATH)).with_columns(pl.col("text").fill_null(""))
    praise = raw.filter((pl.col("nsmc_split") == "test") & (pl.col("rating") >= 9))
    rows, missed = [], []
    for name in ("fast", "small"):
        top = np.array(maeum.load(name).predict(praise["text"].to_list()).top) == "positive"  # type: ignore[union-attr]
        afraid = praise["text"].str.contains(FEAR).to_numpy()
        with_fear, without = float(top[afraid].mean()), float(top[~afraid].mean())
        rows.append(
            {
                "what": f"NSMC test, ≥ 9 stars, {name}",
                "reviews": len(top),
                "with fear": int(afraid.sum()),
                "positive with fear": round(with_fear, 4),
                "positive without": round(without, 4),
            }
        )
        if without - with_fear > POINTS / 100:
            missed.append(f"fear, {name}: {100 * (without - with_fear):.1f} points > {POINTS}")
    return rows, missed


def main() -> None:
    """Run the parts asked for."""
    words = sys.argv[1:]
    family = words[words.index("--family") + 1] if "--family" in words else "hashed"
    wanted = [part for part in PARTS if part in words] or list(PARTS)
    rows: list[dict[str, Any]] = []
    missed: list[str] = []
    for part in wanted:
        found, lacking = films(family) if part == "films" else {"speed": speed, "fear": fear}[part]()
        rows += found
        missed += lacking
    bars = (
        f"fast ≤ {SECONDS['fast']} s, small ≤ {SECONDS['small']} s; Spearman ≥ {SPEARMAN}; fear within {POINTS} points"
    )
    facts = {"bars": bars, "data": "nsmc-raw: 693,637 rated reviews", **machine(("maeum", "polars", "onnxruntime"))}
    save("insight" if len(wanted) == len(PARTS) else f"insight_{'_'.join(wanted)}", "Insight", rows, facts)
    if missed:
        raise SystemExit(f"missed: {'; '.join(missed)}")


if __name__ == "__main__":
    main()
