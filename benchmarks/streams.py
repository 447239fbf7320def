"""Files of any size in `maeum predict`: memory of all processes together, rows a second, and kill -9 with --resume.

python benchmarks/streams.py [ROWS [MODEL]]   (2,000,000 rows and the bundled `fast`; needs NSMC in MAEUM_DATA)
"""

from __future__ import annotations

import csv
import filecmp
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from common import machine, save
from maeum.models import load

EVERY = 0.05  # seconds between looks at memory
ROWS = 2_000_000
LIMIT = 700  # MiB, all processes together
PART = 1_000_000  # rows of the runs in other formats
PAGE = os.sysconf("SC_PAGE_SIZE")
_model: Any = None


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    model = sys.argv[2] if len(sys.argv) > 2 else "fast"
    texts = nsmc_texts()
    results = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_csv(folder / "big.csv", texts, rows)
        results.append(whole_run(model, folder / "big.csv", folder / "straight.csv", rows))
        results.append(killed_run(model, folder / "big.csv", folder / "killed.csv", rows))
        for path in folder.iterdir():
            path.unlink()
        part = min(rows, PART)
        write_csv(folder / "part.csv", texts, part)
        source = folder / "part.csv"
        results += [whole_run(model, source, folder / f"straight.{end}", part) for end in ("csv", "jsonl", "parquet")]
        results.append(killed_run(model, source, folder / "killed.parquet", part))
        distinct = list(dict.fromkeys(texts))
        write_parquet(folder / "distinct.parquet", distinct)
        results.append(whole_run(model, folder / "distinct.parquet", folder / "out.csv", len(distinct)))
    results += [pooled(model, distinct[:100_000], kind) for kind in ("one thread", "two threads", "two processes")]
    save("streams", "Predicting files of any size", results, {"model": model, "machine": machine()})
    if results[0]["peak MiB, all processes"] > LIMIT:
        raise SystemExit(f"missed: {rows:,} rows took more than {LIMIT} MiB")


def nsmc_texts() -> list[str]:
    """All texts of NSMC, train and test."""
    import maeum

    return [text for split in ("train", "test") for text in maeum.dataset("nsmc", split=split).texts]


def write_csv(path: Path, texts: Sequence[str], rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text"])
        writer.writerows((i, f"{texts[i % len(texts)]} {i}") for i in range(rows))


def write_parquet(path: Path, texts: Sequence[str]) -> None:
    import polars as pl

    pl.DataFrame({"text": texts}).write_parquet(path)


def command(model: str, source: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "maeum", "predict", str(source), "--model", model, "-o", str(out), "--quiet", *more]


def whole_run(model: str, source: Path, out: Path, rows: int) -> dict[str, Any]:
    started = time.perf_counter()
    code, peak = watched(command(model, source, out))
    seconds = time.perf_counter() - started
    assert code == 0, code
    return {
        "what": f"{source.suffix} → {out.suffix}", "rows": rows, "input MiB": mib(source), "output MiB": mib(out),
        "seconds": round(seconds, 1), "rows/s": round(rows / seconds), "peak MiB, all processes": peak,
    }  # fmt: skip


def killed_run(model: str, source: Path, out: Path, rows: int) -> dict[str, Any]:
    """Kill -9 three times on the way, go on each time; the output must be that of the run that was left alone."""
    kept = []
    for more in ((), ("--resume",), ("--resume",)):
        checkpoint = out.with_name(f".{out.name}.part") / "checkpoint.json"
        before = checkpoint.stat().st_mtime_ns if checkpoint.exists() else 0
        moves = iter(range(1))
        process = subprocess.Popen(command(model, source, out, *more))
        while process.poll() is None:  # until two checkpoints of its own are there
            now = checkpoint.stat().st_mtime_ns if checkpoint.exists() else 0
            if now != before:
                before = now
                if next(moves, None) is None:
                    break
            time.sleep(EVERY)
        assert process.poll() is None, "it was finished before it could be killed"
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not out.exists()
        kept.append(json.loads(checkpoint.read_text())["rows"])
    started = time.perf_counter()
    code, peak = watched(command(model, source, out, "--resume"))
    seconds = time.perf_counter() - started
    assert code == 0, code
    same = filecmp.cmp(out, out.with_name(f"straight{out.suffix}"), shallow=False)
    assert same
    return {
        "what": f"kill -9 after {', '.join(map(str, kept))} rows, --resume → {out.suffix}", "rows": rows,
        "seconds": round(seconds, 1), "peak MiB, all processes": peak, "same bytes as undisturbed": same,
    }  # fmt: skip


def watched(words: list[str]) -> tuple[int, float]:
    """Exit code and the largest resident memory of a process and all below it, in MiB."""
    process = subprocess.Popen(words)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(resident(pid) for pid in tree(process.pid)))
        time.sleep(EVERY)
    return process.returncode, round(peak / 2**20, 1)


def tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from tree(int(child))


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def mib(path: Path) -> float:
    return round(path.stat().st_size / 2**20, 1)


def pooled(model: str, texts: Sequence[str], kind: str) -> dict[str, Any]:
    """Prediction alone, in threads or in processes that have the model already."""
    blocks = [list(texts[start : start + 5_000]) for start in range(0, len(texts), 5_000)]
    makers: dict[str, Callable[[], Executor]] = {
        "one thread": lambda: ThreadPoolExecutor(1),
        "two threads": lambda: ThreadPoolExecutor(2),
        "two processes": lambda: ProcessPoolExecutor(2, multiprocessing.get_context("spawn"), prepare, (model,)),
    }
    prepare(model)
    with makers[kind]() as pool:
        list(pool.map(probabilities, blocks[:4]))
        started = time.perf_counter()
        list(pool.map(probabilities, blocks))
        seconds = time.perf_counter() - started
    rate = round(len(texts) / seconds)
    return {"what": f"prediction alone, {kind}", "rows": len(texts), "seconds": round(seconds, 2), "rows/s": rate}


def prepare(model: str) -> None:
    global _model  # noqa: PLW0603
    _model = load(model)


def probabilities(texts: list[str]) -> Any:
    return _model.predict(texts).probabilities


if __name__ == "__main__":
    main()
