"""How near an exported encoder comes to the processor's limit, where its time goes, and what memory it holds.

Parts of `inference.py`, each for a process of its own: `python inference_limits.py WHAT::FOLDER` prints JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from common import peak_mib

# Shapes of matrices whose product the processor is timed with, rows × inner × columns: those of encoders, and square.
PRODUCTS = ((256, 768, 3072), (256, 3072, 768), (256, 256, 1024), (256, 1024, 256), (1024, 1024, 1024))
TEXTS = {"base": 512, "small": 4096}
SECONDS = 1.0
MEMORY_ROWS = (100_000, 3_000_000)
GROUPS = {
    "MatMul": "matrix products", "DynamicQuantize": "quantising", "QuantizeLinear": "quantising",
    "Attention": "attention", "Gelu": "activation", "LayerNorm": "norms", "Gather": "embeddings",
}  # fmt: skip


def int8_peak() -> float:
    """Most operations a second (a multiplication and an addition are two) of int8 matrix products on all cores."""
    import numpy as np
    import onnx
    import onnxruntime

    from maeum.engine.cores import cores

    best = 0.0
    for rows, inner, columns in PRODUCTS:
        info, proto = onnx.helper.make_tensor_value_info, onnx.TensorProto
        weights = np.random.default_rng(0).integers(-127, 127, (inner, columns)).astype(np.int8)
        node = onnx.helper.make_node("MatMulInteger", ["a", "b"], ["c"])
        graph = onnx.helper.make_graph(
            [node], "product", [info("a", proto.UINT8, [rows, inner])], [info("c", proto.INT32, [rows, columns])],
            [onnx.numpy_helper.from_array(weights, "b")],
        )  # fmt: skip
        model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(model.SerializeToString(), options)
        given = {"a": np.random.default_rng(1).integers(0, 255, (rows, inner)).astype(np.uint8)}

        def work(session: Any = session, given: Any = given) -> int:
            done, end = 0, time.perf_counter() + SECONDS
            while time.perf_counter() < end:
                session.run(None, given)
                done += 1
            return done

        with ThreadPoolExecutor(cores()) as pool:  # each core for itself, as maeum computes
            done = sum(pool.map(lambda _: work(), range(cores())))
        best = max(best, 2.0 * rows * inner * columns * done / SECONDS)
    return best


def limits(folder: Path, texts: list[str]) -> dict[str, Any]:
    """Rate of an int8 encoder's matrix products beside the processor's, and what tokenizing has of the time."""
    import maeum

    model: Any = maeum.load(folder / "int8")
    model.predict(texts[:64])
    started = time.perf_counter()
    model.predict(texts)
    whole = time.perf_counter() - started
    started = time.perf_counter()
    encoded = model.tokens.encode(texts, model.max_length, model.long_texts)
    tokenizing = time.perf_counter() - started
    config = json.loads((folder / "trunk" / "config.json").read_text())
    tokens = int(encoded.lengths.sum())
    rate = 2.0 * tokens * weights_in_products(config) / whole
    peak = int8_peak()
    return {
        "reviews_per_s": len(texts) / whole,
        "tokens_per_review": tokens / len(texts),
        "rate": rate,
        "peak": peak,
        "share": rate / peak,
        "tokenizing": tokenizing / whole,
        "profile": profile(folder, model, texts),
    }


def weights_in_products(config: dict[str, Any]) -> int:
    """Weights that each token is multiplied with: those of the layers; embeddings are looked up."""
    width, inner = config["hidden_size"], config["intermediate_size"]
    return int(config["num_hidden_layers"] * (4 * width * width + 2 * width * inner))


def profile(folder: Path, model: Any, texts: list[str]) -> dict[str, float]:
    """Share of an int8 graph's time by kind of operation, on one core, in batches as maeum makes them."""
    import numpy as np
    import onnxruntime

    from maeum.engine.tokens import batch_of, by_length

    encoded = model.tokens.encode(texts[:512], model.max_length, model.long_texts)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_profiling = True
    options.profile_file_prefix = str(folder / "profile")
    session = onnxruntime.InferenceSession(str(folder / "int8" / "model.onnx"), options)
    names = {one.name for one in session.get_inputs()}
    for batch in by_length(encoded.lengths, model.budget):
        given = batch_of(encoded, np.asarray(batch), model.tokens.pad)
        session.run(None, {name: value for name, value in given.items() if name in names})
    events = json.loads(Path(session.end_profiling()).read_text())
    spent: Counter[str] = Counter()
    for event in events:
        if event.get("cat") == "Node" and event["name"].endswith("_kernel_time"):
            kind = event["args"].get("op_name", "")
            spent[next((group for start, group in GROUPS.items() if start in kind), "rest")] += event["dur"]
    return {kind: round(value / spent.total(), 3) for kind, value in spent.most_common()}


def memory(folder: Path, rows: int) -> dict[str, Any]:
    """Peak memory of `maeum predict` over so many distinct rows of a Parquet file."""
    import polars as pl

    from maeum.cli.main import main

    source, out = folder / f"{rows}.parquet", folder / f"{rows}-out.parquet"
    code = main(["predict", str(source), "--model", str(folder / "int8"), "-o", str(out), "--quiet"])
    assert code == 0
    assert pl.scan_parquet(out).select(pl.len()).collect().item() == rows
    return {"peak_mib": peak_mib()}


if __name__ == "__main__":
    what, place = sys.argv[1].split("::")
    if what == "limits":
        from inference import reviews

        print(json.dumps(limits(Path(place), reviews(TEXTS[Path(place).name]))))
    else:
        print(json.dumps(memory(Path(place), int(what))))
