"""How long `import maeum` takes and what it loads; to be run with everything installed (`maeum[all]`).

python benchmarks/import_time.py
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from statistics import median
from typing import Any

from common import machine, save

RUNS = 15
SECONDS = 0.25
HEAVY = ("torch", "sklearn", "polars", "matplotlib")
SCRIPT = """
import json, sys, time
started = time.perf_counter()
import {module}
seconds = time.perf_counter() - started
print(json.dumps([seconds, [name for name in {heavy} if name in sys.modules]]))
"""


def measure(module: str) -> dict[str, Any]:
    found = []
    for _ in range(RUNS):
        script = SCRIPT.format(module=module, heavy=HEAVY)
        output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
        found.append(json.loads(output))
    seconds = sorted(row[0] for row in found)
    return {
        "import": module,
        "median_s": round(median(seconds), 4),
        "max_s": round(seconds[-1], 4),
        "loads": ", ".join(found[0][1]) or "none of " + ", ".join(HEAVY),
    }


def main() -> None:
    peers = [name for name in ("sklearn", "polars", "transformers", "torch") if find_spec(name)]
    rows = [measure(name) for name in ("maeum", *peers)]
    save("import_time", "Import time", rows, {"runs": RUNS, "bar": f"maeum ≤ {SECONDS} s, loads none", **machine()})
    if rows[0]["max_s"] > SECONDS or not rows[0]["loads"].startswith("none"):
        raise SystemExit("missed")


if __name__ == "__main__":
    main()
