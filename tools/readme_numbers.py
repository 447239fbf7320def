"""Write the tables of README.md and README.ko.md from benchmarks/results, so that no number is typed by hand.

Run it as `python tools/readme_numbers.py`; a test fails when a README and the results differ.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
HEADS = {
    "README.md": ("Linear models on NSMC", "test accuracy", "training, s", "× scikit-learn", "peak MiB"),
    "README.ko.md": ("NSMC 선형 모델", "시험 정확도", "학습(초)", "scikit-learn 대비", "최대 메모리(MiB)"),
}


def table(name: str) -> str:
    """The table of one README."""
    results: dict[str, Any] = json.loads((ROOT / "benchmarks/results/linear.json").read_text(encoding="utf-8"))
    lines = ["| " + " | ".join(HEADS[name]) + " |", "| --- | ---: | ---: | ---: | ---: |"]
    for row in results["rows"]:
        interval = f" ({row['95 % interval']})" if row.get("95 % interval") else ""
        lines.append(
            f"| {row['model']} | {row['test accuracy']:.4f}{interval} | {row['train_s']} | "
            f"{row['× scikit-learn char']} | {row['peak MiB']} |"
        )
    where = f"{results['processor']}, {results['cores']} cores, {results['date']}"
    return "\n".join([*lines, "", where])


def filled(name: str) -> str:
    """A README with its numbers as they are in the results."""
    text = (ROOT / name).read_text(encoding="utf-8")
    between = re.compile(r"(<!-- numbers -->\n).*?(<!-- end of numbers -->)", re.DOTALL)
    return between.sub(lambda match: f"{match[1]}{table(name)}\n{match[2]}", text)


if __name__ == "__main__":
    for readme in HEADS:
        (ROOT / readme).write_text(filled(readme), encoding="utf-8", newline="\n")
