"""Write the tables of the READMEs and docs from benchmarks/results, so that no number is typed by hand.

Run it as `python tools/fill_numbers.py`. A table stands between `<!-- results: NAME -->` and `<!-- end of results -->`
and is made from `benchmarks/results/NAME.json`; a test fails when a page and the results differ.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results"
BETWEEN = re.compile(r"(<!-- results: (\w+) -->\n).*?(<!-- end of results -->)", re.DOTALL)
# Columns of a table by the name of its results, where not all are wanted.
COLUMNS = {
    "linear": ("model", "test accuracy", "95 % interval", "train_s", "× scikit-learn char", "peak MiB"),
    "networks": ("model", "test accuracy", "95 % interval", "validation accuracy", "test ECE", "minutes", "peak MiB"),
}
KOREAN = {
    "model": "모델",
    "test accuracy": "시험 정확도",
    "95 % interval": "95 % 구간",
    "train_s": "학습(초)",
    "× scikit-learn char": "scikit-learn 글자 대비",
    "peak MiB": "최대 메모리(MiB)",
    "validation accuracy": "검증 정확도",
    "test ECE": "시험 ECE",
    "minutes": "학습(분)",
    "distinct reviews": "서로 다른 리뷰",
    "reviews/s": "초당 리뷰",
    "training": "학습 방식",
    "examples/s": "초당 예제",
    "first answer, s": "첫 답까지(초)",
    "size, MB": "크기(MB)",
}
ENGLISH = {"train_s": "training, s", "peak MiB": "peak memory, MiB", "minutes": "training, min"}


def pages() -> list[Path]:
    """Every page that may hold a table."""
    return [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").glob("*.md"))]


def table(name: str, *, korean: bool) -> str:
    """One table with where and when it was measured."""
    results: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    columns = COLUMNS.get(name, tuple(dict.fromkeys(column for row in results["rows"] for column in row)))
    heads = [(KOREAN if korean else ENGLISH).get(column, column) for column in columns]
    rules = [_rule(column, results["rows"]) for column in columns]
    lines = [f"| {' | '.join(heads)} |", f"| {' | '.join(rules)} |"]
    lines += [f"| {' | '.join(_cell(column, row.get(column)) for column in columns)} |" for row in results["rows"]]
    count = results["cores"]
    cores = f"코어 {count}개" if korean else f"{count} core{'s' * (count != 1)}"
    return "\n".join([*lines, "", f"{results['processor']}, {cores}, {results['date']}."])


def filled(page: Path) -> str:
    """A page with its tables as they are in the results."""
    text = page.read_text(encoding="utf-8")
    korean = page.name.endswith(".ko.md")
    return BETWEEN.sub(lambda match: f"{match[1]}{table(match[2], korean=korean)}\n{match[3]}", text)


def _cell(column: str, value: Any) -> str:
    if value is None:
        return "–"
    exact = isinstance(value, float) and ("accuracy" in column or "loss" in column)
    return f"{value:.4f}" if exact else str(value)


def _rule(column: str, rows: list[dict[str, Any]]) -> str:
    """Numbers stand to the right."""
    return "---:" if all(_is_number(row.get(column)) for row in rows) else "---"


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


if __name__ == "__main__":
    for found in pages():
        found.write_text(filled(found), encoding="utf-8", newline="\n")
