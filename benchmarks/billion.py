"""A billion reviews on a cluster, on paper: what one core does, measured block by block, and what follows from it.

python benchmarks/billion.py [ROWS]   (60,000 rows of NSMC in blocks of 20,000 on one core; needs NSMC in MAEUM_DATA)

Rates are rows per second of processor time of one core, so that other work on the machine does not change them.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import tracemalloc
from dataclasses import asdict
from pathlib import Path
from typing import Any

from common import RESULTS, in_child, machine, peak_mib, save
from maeum.scale.blocks import BLOCK, Input, Source

MODELS = ("fast", "small")
ROWS = 60_000
HASHED = 20  # times, since it is quick
REVIEWS = 1_000_000_000
# assumptions, each to be replaced by one's own
FILE_ROWS = 1_000_000
CORES = {"fast": 64, "small": 1_000}  # more would wait for the one that hands out blocks
NODE_CORES = 16
USED = 0.8  # share of the time that cores compute: waiting for storage, the last blocks, starting
PRICE = 0.04  # US dollars of a core for an hour
LOSSES = (
    0.001,
    0.01,
    0.1,
)  # share of the nodes lost in an hour: own machines, cloud, the cheap kind that is taken back
ALONE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "MAEUM_CORES")
NODE_BACK = 300.0  # seconds until a lost node is replaced


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1].startswith("{"):
        print(json.dumps(measure(**json.loads(sys.argv[1]))))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    os.environ |= dict.fromkeys(ALONE, "1")  # as a worker of one core has it
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "reviews.parquet"
        write_reviews(source, rows)
        wanted = [{"model": model, "source": str(source)} for model in MODELS]
        found = [in_child(__file__, json.dumps(one)) for one in wanted]
    for one in found:
        del one["wall_s"]
    facts = {"data": "NSMC, distinct texts, columns id, review, stars, date; Parquet, zstd", **machine()}
    names = [name for name in found[0] if name != "model"]
    turned = [{"on one core": name, **{one["model"]: one[name] for one in found}} for name in names]
    save("blocks", "Blocks of 20,000 reviews on one core of a cluster", turned, facts)
    head = journal()
    save("billion", "A billion reviews", plan(found, head), {"assumed": assumed(), **machine()})


def write_reviews(path: Path, rows: int) -> None:
    """Reviews as a shop or a film site keeps them."""
    import polars as pl

    import maeum

    texts = [text for split in ("train", "test") for text in maeum.dataset("nsmc", split=split).texts]
    kept = list(dict.fromkeys(text for text in texts if text.strip()))[:rows]
    numbers = range(len(kept))
    days = [f"20{10 + n % 15}-{1 + n % 12:02}-{1 + n % 28:02}" for n in numbers]
    frame = pl.DataFrame(
        {"id": [f"r{n:09}" for n in numbers], "review": kept, "stars": [n % 10 for n in numbers], "date": days}
    )
    frame.write_parquet(path, compression="zstd", row_group_size=BLOCK)


def measure(model: str, source: str) -> dict[str, Any]:
    """Processor seconds of reading, answering and writing all blocks of a file, in a process of its own."""
    from maeum.engine import file_print
    from maeum.models import bundled
    from maeum.scale.blocks import open_source, read_block
    from maeum.scale.output import Record, write_part
    from maeum.scale.worker import pack
    from maeum.workflows.predict_cluster import _begin

    path = Path(source)
    started = time.process_time()
    answer = _begin("review", None, bundled()[model])
    loading = time.process_time() - started
    blocks = open_source(path).blocks(BLOCK)
    answer(read_block(blocks[0]))  # what is loaded at the first use
    spent, written, line = [0.0, 0.0, 0.0], 0, 0
    with tempfile.TemporaryDirectory() as out:
        for block in blocks:
            at = [time.process_time()]
            table = read_block(block)
            at.append(time.process_time())
            done = answer(table)
            at.append(time.process_time())
            written += write_part(Path(out), block.part, done.frame)
            at.append(time.process_time())
            spent = [one + after - before for one, before, after in zip(spent, at, at[1:], strict=False)]
            line = len(json.dumps(asdict(Record(block.part, done.frame.height, written)))) + 1
    done_rows = sum(block.stop - block.start for block in blocks)
    letters = sum(read_block(block).frame["review"].str.len_chars().sum() for block in blocks)
    size = path.stat().st_size
    started = time.process_time()
    for _ in range(HASHED):
        file_print(path)
    hashing = (time.process_time() - started) / HASHED
    return {
        "model": model,
        "reviews/s of a core": round(done_rows / sum(spent)),
        "characters a review": round(letters / done_rows, 1),
        "reading, %": round(100 * spent[0] / sum(spent), 1),
        "answering, %": round(100 * spent[1] / sum(spent), 1),
        "writing, %": round(100 * spent[2] / sum(spent), 1),
        "seconds a block": round(BLOCK * sum(spent) / done_rows, 2),
        "bytes read a review": round(size / done_rows, 1),
        "bytes written a review": round(written / done_rows, 1),
        "loading, s": round(loading, 2),
        "peak MiB": round(peak_mib()),
        "model MB": round(sum(content.nbytes for content in pack(bundled()[model]).values()) / 1e6, 1),
        "hashing, MB/s": round(size / 1e6 / hashing),
        "journal bytes a block": line,
    }


def journal(files: int = REVIEWS // FILE_ROWS) -> dict[str, float]:
    """Memory of the process that hands out the blocks."""
    tracemalloc.start()
    inputs = tuple(Input(f"part-{n:06}.parquet", ("id", "review"), FILE_ROWS, 10**8, f"{n:032}") for n in range(files))
    one = tracemalloc.get_traced_memory()[0]
    blocks = Source(Path("/shared/reviews"), inputs, (), ()).blocks(BLOCK)
    two = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return {"file": one / files, "block": (two - one) / len(blocks)}


def assumed() -> dict[str, Any]:
    """What is not measured."""
    return {
        "rows of a file": FILE_ROWS, "cores": CORES, "cores of a node": NODE_CORES, "share of time used": USED,
        "US dollars of a core hour": PRICE, "nodes lost in an hour": LOSSES, "seconds until a node is back": NODE_BACK,
    }  # fmt: skip


def plan(found: list[dict[str, Any]], head: dict[str, float]) -> list[dict[str, Any]]:
    """What follows, line by line, for each model."""
    columns = {one["model"]: _column(one, head) for one in found}
    first = next(iter(columns.values()))
    return [{"what": what, **{model: column[what] for model, column in columns.items()}} for what in first]


def _column(one: dict[str, Any], head: dict[str, float]) -> dict[str, str]:
    cores = CORES[one["model"]]
    blocks, nodes = REVIEWS // BLOCK, -(-cores // NODE_CORES)
    core_hours = REVIEWS / one["reviews/s of a core"] / 3600
    hours = core_hours / cores / USED
    rate = REVIEWS / (3600 * hours)
    held = head["block"] * blocks + head["file"] * (REVIEWS // FILE_ROWS)
    hashed = REVIEWS * one["bytes read a review"] / 1e6 / one["hashing, MB/s"] / 60
    lines = {
        "files of 1,000,000 rows (assumed)": f"{REVIEWS // FILE_ROWS:,}",
        "blocks of 20,000 rows": f"{blocks:,}",
        "core hours, computing": f"{core_hours:,.1f}",
        "cores (assumed)": f"{cores:,}",
        f"minutes, cores busy {USED:.0%} of the time (assumed)": f"{60 * hours:,.1f}",
        f"cost at {PRICE} US dollars a core hour (assumed)": f"{core_hours / USED * PRICE:,.2f}",
        "read, GB": f"{REVIEWS * one['bytes read a review'] / 1e9:,.0f}",
        "written, GB": f"{REVIEWS * one['bytes written a review'] / 1e9:,.0f}",
        "reading, all cores, MB/s": f"{rate * one['bytes read a review'] / 1e6:,.0f}",
        "writing, all cores, MB/s": f"{rate * one['bytes written a review'] / 1e6:,.0f}",
        f"memory of a node, {NODE_CORES} workers, GiB": f"{NODE_CORES * one['peak MiB'] / 1024:,.1f}",
        "model in the object store of a node, MB": f"{one['model MB']:,.1f}",
        f"model sent to all nodes of {NODE_CORES} cores, GB": f"{nodes * one['model MB'] / 1e3:,.3f}",
        "driver: memory of the plan, MB": f"{held / 1e6:,.1f}",
        "driver: reading all files once for their hashes, minutes at a core's pace": f"{hashed:,.1f}",
        "driver: journal, MB": f"{one['journal bytes a block'] * blocks / 1e6:,.1f}",
        "driver: blocks handed out a second": f"{rate / BLOCK:,.1f}",
    }
    for share in LOSSES:
        lost = nodes * share * hours
        again = lost * NODE_CORES * one["seconds a block"] / 2  # a block is half done on average
        away = lost * NODE_CORES * NODE_BACK
        more = (again + away) / (3600 * core_hours / USED)
        lines[f"nodes lost at {share:.1%} an hour (assumed); core time more"] = f"{lost:,.3f}; {more:.2%}"
    return lines


if __name__ == "__main__":
    main()
    if len(sys.argv) < 2 or not sys.argv[1].startswith("{"):
        print(RESULTS)
