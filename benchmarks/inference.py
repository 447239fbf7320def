"""Reviews a second of encoders on a CPU: maeum's engines beside the Hugging Face pipeline, with a cold start.

    MAEUM_DATA=… python benchmarks/inference.py [RUN …]

Encoders of a known shape with random weights (speed does not depend on them) and a tokenizer trained on NSMC read
distinct NSMC reviews; every contestant runs in a process of its own, the median of three rounds counts. RUN: folders of
trained models (`maeum train`), whose int8 export is held against them on 5,000 NSMC test rows. Fails when a bar of the
project is missed.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from common import in_child, machine, peak_mib, save
from inference_limits import MEMORY_ROWS
from shapes import write_checkpoint

ROUNDS = 3
WARM_UP = 16  # reviews
TIMES = {"base": 10, "small": 12}
TOKENIZING = {"base": 0.15, "small": 0.40}  # of the time, at most
FLAT = 0.10  # by which memory may grow from the fewer rows to the more
CASCADE_TIMES, CASCADE_POINTS = 3, 0.1
COLD_S = 2.0
AGREEMENT, POINTS, ROWS = 0.997, 0.2, 5_000
LIMITS = str(Path(__file__).parent / "inference_limits.py")
PIPELINE = "Hugging Face pipeline"
# Reviews of a round, so that each takes seconds, not minutes.
COUNTS = {
    PIPELINE: {"base": 60, "small": 200},
    f"{PIPELINE}, batches of 32": {"base": 64, "small": 256},
    "maeum, torch": {"base": 256, "small": 1024},
    "maeum, ONNX": {"base": 256, "small": 1024},
    "maeum, ONNX int8": {"base": 1024, "small": 4096},
    "maeum, OpenVINO": {"base": 256, "small": 1024},
}


def reviews(count: int) -> list[str]:
    """Distinct texts of the NSMC test rows."""
    import maeum

    texts = dict.fromkeys(text for text in maeum.dataset("nsmc", split="test").texts if text.strip())
    return list(texts)[:count]


def write_models(folder: Path, shape: str) -> None:
    """A Hugging Face classifier folder of this shape, and its exports."""
    from transformers import AutoModelForSequenceClassification

    import maeum

    texts = maeum.dataset("nsmc", split="train").texts[:50_000]
    write_checkpoint(folder / "trunk", shape, texts)
    whole: Any = AutoModelForSequenceClassification.from_pretrained(folder / "trunk", num_labels=2)
    whole.save_pretrained(folder / "trunk")
    maeum.export(folder / "trunk", out=folder / "onnx")
    maeum.export(folder / "trunk", out=folder / "int8", int8=True, min_agreement=0.5)  # random weights agree on nothing


def predictor(name: str, folder: Path) -> Callable[[Sequence[str]], Any]:
    import maeum

    if name.startswith(PIPELINE):
        from transformers import pipeline

        classify: Any = pipeline("text-classification", str(folder / "trunk"), device="cpu")
        size = 32 if "32" in name else 1
        return lambda texts: classify(list(texts), batch_size=size)
    place = "trunk" if "torch" in name else "int8" if "int8" in name else "onnx"
    model: Any = maeum.load(folder / place)
    if "OpenVINO" in name:
        from maeum.engine.sessions import Engine

        model = model.with_engine(Engine.OPENVINO, name)
    found: Callable[[Sequence[str]], Any] = model.predict
    return found


def child(argument: str) -> None:
    name, shape, place = argument.split("::")
    texts = reviews(COUNTS[name][shape] * ROUNDS + WARM_UP)
    predict = predictor(name, Path(place))
    predict(texts[:WARM_UP])
    rates = []
    for part in range(ROUNDS):
        start = WARM_UP + part * COUNTS[name][shape]
        now = texts[start : start + COUNTS[name][shape]]
        began = time.perf_counter()
        predict(now)
        rates.append(len(now) / (time.perf_counter() - began))
    print(json.dumps({"rate": median(rates), "peak_mib": peak_mib()}))


def cold_start(folder: Path) -> float:
    """Seconds of `maeum predict` with the int8 model, from the start of the process to its end."""
    import subprocess

    words = [sys.executable, "-m", "maeum", "predict", "재밌다", "--model", str(folder / "int8")]
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return median(times)


def parity(run: str, folder: Path) -> dict[str, Any]:
    """A trained model and its int8 export on NSMC test rows."""
    import numpy as np

    import maeum

    data = maeum.dataset("nsmc", split="test").take(np.arange(ROWS))
    before: Any = maeum.load(run)
    maeum.export(before, out=folder / f"int8-{Path(run).name}", int8=True)
    after: Any = maeum.load(folder / f"int8-{Path(run).name}")
    answers = [model.predict(data).indices for model in (before, after)]
    right = [float((found == data.targets).mean()) for found in answers]
    return {
        "model": Path(run).name,
        "agreement": round(float((answers[0] == answers[1]).mean()), 4),
        "accuracy": round(right[0], 4),
        "accuracy int8": round(right[1], 4),
    }


def cascaded(run: str, folder: Path) -> dict[str, Any]:
    """The int8 export of a trained model, alone and after `fast`: reviews a second and accuracy on NSMC test rows."""
    import maeum

    second = folder / f"int8-{Path(run).name}"
    joined = maeum.cascade("fast", second, data="nsmc:validation", max_loss=CASCADE_POINTS).model
    data = maeum.dataset("nsmc", split="test")
    found: dict[str, Any] = {"model": Path(run).name}
    for name, model in (("alone", maeum.load(second)), ("after fast", joined)):
        model.predict(data.texts[:64])
        began = time.perf_counter()
        answers: Any = model.predict(data)
        found[f"{name}, reviews/s"] = round(len(data) / (time.perf_counter() - began))
        found[f"{name}, accuracy"] = round(float((answers.indices == data.targets).mean()), 4)
    found["×"] = round(found["after fast, reviews/s"] / found["alone, reviews/s"], 1)
    return found


def write_rows(folder: Path) -> None:
    """Files of distinct texts for the measure of memory: reviews, each copy of them with a number of its own."""
    import polars as pl

    texts = pl.DataFrame({"text": reviews(50_000)})
    for rows in MEMORY_ROWS:
        copies = [texts.select(pl.col("text") + f" {at}") for at in range(-(-rows // texts.height))]
        pl.concat(copies).head(rows).write_parquet(folder / f"{rows}.parquet")


def limit_bars(limits: dict[str, dict[str, Any]], memory: list[float]) -> list[str]:
    """Names of the bars missed."""
    missed = [f"tokenizing, {shape}" for shape, one in limits.items() if one["tokenizing"] > TOKENIZING[shape]]
    return [*missed, *(["memory"] if memory[-1] > (1 + FLAT) * memory[0] else [])]


def limit_facts(limits: dict[str, dict[str, Any]], memory: list[float]) -> dict[str, str]:
    """How near the limit, in words."""
    facts = {}
    for shape, one in limits.items():
        facts[f"int8 {shape}"] = (
            f"{one['rate'] / 1e9:.0f} of {one['peak'] / 1e9:.0f} billion operations/s ({one['share']:.0%}) over the "
            f"whole time; tokenizing {one['tokenizing']:.0%} of it, beside computing; the graph on one core: "
            + ", ".join(f"{kind} {share:.0%}" for kind, share in one["profile"].items())
        )
    shown = ", ".join(f"{rows:,} rows {mib:.0f} MiB" for rows, mib in zip(MEMORY_ROWS, memory, strict=True))
    return {**facts, "peak memory of `maeum predict` on a file, tiny encoder int8": shown}


def _cascade_holds(one: dict[str, Any]) -> bool:
    lost = one["alone, accuracy"] - one["after fast, accuracy"]
    return bool(one["×"] >= CASCADE_TIMES and 100 * lost <= CASCADE_POINTS)


def main() -> None:
    rows: list[dict[str, Any]] = []
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        for shape in ("base", "small"):
            folder = Path(place) / shape
            write_models(folder, shape)
            names = [name for name in COUNTS if "OpenVINO" not in name or find_spec("openvino")]
            found = {name: in_child(__file__, f"{name}::{shape}::{folder}") for name in names}
            least = found[PIPELINE]["rate"]
            for name, one in found.items():
                rows.append(
                    {
                        "shape": shape, "engine": name, "reviews/s": round(one["rate"], 1),
                        "× pipeline": round(one["rate"] / least, 1), "peak MiB": round(one["peak_mib"]),
                    }
                )  # fmt: skip
            if found["maeum, ONNX int8"]["rate"] < TIMES[shape] * least:
                missed.append(f"{shape} × {TIMES[shape]}")
        cold = cold_start(Path(place) / "base")
        limits = {shape: in_child(LIMITS, f"limits::{Path(place) / shape}") for shape in TIMES}
        write_models(Path(place) / "tiny", "tiny")
        write_rows(Path(place) / "tiny")
        memory = [in_child(LIMITS, f"{count}::{Path(place) / 'tiny'}")["peak_mib"] for count in MEMORY_ROWS]
        trained = [parity(run, Path(place)) for run in sys.argv[1:]]
        cascades = [cascaded(run, Path(place)) for run in sys.argv[1:]]
    missed += limit_bars(limits, memory)
    missed += [f"cascade of {one['model']}" for one in cascades if not _cascade_holds(one)]
    if cold > COLD_S:
        missed.append("cold start")
    missed += [
        f"parity of {one['model']}"
        for one in trained
        if one["agreement"] < AGREEMENT or one["accuracy"] - one["accuracy int8"] > POINTS / 100
    ]
    facts = {
        "cold start, base int8": f"{cold:.2f} s",
        "int8 exports of trained models, 5,000 NSMC test rows": json.dumps(trained),
        "cascades `fast` → int8 export, NSMC test": json.dumps(cascades),
        **limit_facts(limits, memory),
        "OpenVINO": "in 32 bits; it has no rule for the fused attention of int8 graphs",
        "bars": f"int8 ≥ {TIMES} × pipeline, cold ≤ {COLD_S} s, agreement ≥ {AGREEMENT}",
        **machine(("maeum", "torch", "transformers", "onnxruntime", "tokenizers")),
    }
    save("inference", "Encoders on a CPU: reviews a second", rows, facts)
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    child(sys.argv[1]) if len(sys.argv) == 2 and "::" in sys.argv[1] else main()
