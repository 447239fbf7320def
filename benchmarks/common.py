"""What every benchmark shares: where results go, on what machine they were measured, peak memory of a child process."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def machine(packages: Sequence[str] = ("maeum", "numpy", "scipy", "scikit-learn", "polars")) -> dict[str, Any]:
    """Date, processor, cores, memory, versions."""
    return {
        "date": date.today().isoformat(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in packages},
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def save(name: str, title: str, rows: Sequence[Mapping[str, Any]], facts: Mapping[str, Any]) -> None:
    """Write `results/<name>.json` and the same as a Markdown table."""
    RESULTS.mkdir(exist_ok=True)
    whole = {"title": title, **facts, "rows": list(rows)}
    (RESULTS / f"{name}.json").write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [f"# {title}", "", *_facts(facts), "", "| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(_cell(row.get(column)) for column in columns) + " |" for row in rows]
    text = "\n".join(lines) + "\n"
    (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)


def _facts(facts: Mapping[str, Any]) -> list[str]:
    shown = []
    for key, value in facts.items():
        text = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, Mapping) else value
        shown.append(f"- {key}: {text}")
    return shown


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if not isinstance(value, float):
        return str(value)
    return f"{value:.4f}" if abs(value) < 1 else f"{value:,.1f}"


def in_child(script: str, argument: str) -> dict[str, Any]:
    """Run `script argument` as a process of its own; its last line of output is JSON. Adds wall seconds."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, script, argument], stdout=subprocess.PIPE, text=True)
    output, _ = process.communicate()
    wall = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"{script} {argument} failed with {process.returncode}")
    return {**json.loads(output.strip().splitlines()[-1]), "wall_s": round(wall, 1)}


def peak_mib() -> float:
    """Largest resident memory of this process so far, in MiB."""
    import resource

    status = Path("/proc/self/status")
    if status.is_file():  # what getrusage tells begins with the memory of the process that started this one
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return round(int(line.split()[1]) / 1024, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What `work` gives, and its seconds."""
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started
