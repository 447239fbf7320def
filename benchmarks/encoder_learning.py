"""What regularisation and distillation add to `small`: its last stage, done in several ways.

    MAEUM_DATA=… python benchmarks/encoder_learning.py RUNS FOLDER [WAY …]

RUNS is the folder that `make small` works in (`runs/small`): every way starts from its encoder that has learnt stars,
learns the same reviews of NSMC train with the same seed, and is judged on NSMC's validation rows: the encoder alone,
and joined with the n-grams of `fast` by three numbers fitted on the other half of these rows. FOLDER keeps what is
done; with WAYs only these are made, and a call without any writes the table.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from common import in_child, machine, save

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))

USUAL: dict[str, Any] = {"epochs": 1, "learning_rate": 1e-4, "batch_size": 64, "seed": 0, "dropout": 0.1}
TEACHER = "small"
WAYS: dict[str, dict[str, Any]] = {
    "dropout 0.1, as `small` is made": {},
    "no dropout": {"dropout": 0.0},
    "taught by `small` itself (n-grams and encoder), labels a tenth": {"teacher": TEACHER},
}


def joined(encoder: Any, ngrams: Any, truth: Any) -> float:
    """Accuracy of two differences of logits `(N,)` together, each half judged by numbers of the other."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    both = np.column_stack([encoder, ngrams])
    found = cross_val_predict(LogisticRegression(C=np.inf), both, truth, cv=2)
    return float((found == truth).mean())


def measure(runs: Path, folder: Path, way: str) -> dict[str, Any]:
    """One way, trained and judged."""
    import numpy as np
    from build_small import official  # type: ignore[import-not-found]

    import maeum
    from maeum.models.neural.model import wide_scores

    settings = {**USUAL, **WAYS[way]}
    teacher = settings.pop("teacher", None)
    student, place = str(runs / "stars" / "model"), folder / str(list(WAYS).index(way))
    if not place.exists():
        kept: dict[str, Any] = {
            "data": official(), "out": place, "validation": "nsmc:validation",
            "resume": (folder / f".{place.name}.part").exists(),
        }  # fmt: skip
        if teacher:
            maeum.distill(teacher, student=student, **kept, **settings)
        else:
            maeum.train(model=student, **kept, **settings)
    model: Any = maeum.load(place)
    data = maeum.dataset("nsmc", split="validation")
    difference = np.array([-1.0, 1.0])
    alone = model.logits(data.texts) @ difference
    fast: Any = maeum.load("fast")
    beside = wide_scores(fast, data.texts) @ difference
    odds = np.exp(-np.abs(alone))  # of the class not chosen
    right = (alone > 0) == data.targets
    return {
        "alone": float(right.mean()),
        "loss": float((np.log1p(odds) + np.where(right, 0, np.abs(alone))).mean()),
        "joined": joined(alone, beside, data.targets),
        "rows": len(data),
    }


def main() -> None:
    runs, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for at, way in enumerate(WAYS):
        kept = folder / f"{at}.json"
        if sys.argv[3:] and way not in sys.argv[3:] and str(at) not in sys.argv[3:]:
            continue
        if not kept.exists():
            kept.write_text(json.dumps(in_child(__file__, f"{way}::{runs}::{folder}")))
        found[way] = json.loads(kept.read_text())
    if len(found) < len(WAYS):
        return
    rows = [
        {
            "the last stage": way,
            "encoder alone": f"{one['alone']:.4f}",
            "its log loss": f"{one['loss']:.4f}",
            "joined with n-grams": f"{one['joined']:.4f}",
        }
        for way, one in found.items()
    ]
    count = next(iter(found.values()))["rows"]
    facts = {
        "judged on": f"{count:,} validation rows of NSMC train (standard error 0.3 points; of a difference less)",
        **machine(("maeum", "torch", "transformers")),
        "cores": 1,
    }
    save("encoder_learning", "small: what regularisation and distillation add", rows, facts)


if __name__ == "__main__":
    if len(sys.argv) == 2 and "::" in sys.argv[1]:
        which, runs_, folder_ = sys.argv[1].split("::")
        print(json.dumps(measure(Path(runs_), Path(folder_), which)))
    else:
        main()
