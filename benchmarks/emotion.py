"""Emotions of KOTE: the bundled model beside TF-IDF with logistic regression, and what thresholds are worth.

    MAEUM_DATA=… python benchmarks/emotion.py

Test rows are judged once each. The peer learns from the same rows of train as the bundled model, and its thresholds,
one a label, are chosen on the same validation rows. Thresholds of the bundled model are then replaced by 0.3 and by
0.5 for all labels. Fails when a bar of the project is missed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from common import machine, save

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))

MACRO, MICRO, ABOVE, GO_MACRO = 0.38, 0.54, 0.03, 0.36
FIXED = (0.3, 0.5)
NAMES = {"model": "maeum, bundled `emotion`", "peer": "TF-IDF (characters 1–4) + logistic regression, scikit-learn"}


def rows() -> tuple[Any, Any, Any]:
    """Rows to learn from, to choose on, to judge on: those of the bundled model."""
    from build_emotion import held_out, learnt  # type: ignore[import-not-found]

    import maeum

    return *held_out(learnt("kote")), maeum.dataset("kote", split="test")


def scores(truth: Any, given: Any) -> tuple[float, float, Any]:
    """Macro F1, micro F1, and F1 of each label `(K,)`, from indicators `(N, K)`."""
    from sklearn.metrics import f1_score

    each = f1_score(truth, given, average=None, zero_division=0)
    return float(each.mean()), float(f1_score(truth, given, average="micro", zero_division=0)), each


def peer(train: Any, validation: Any, texts: list[str]) -> Any:
    """Labels `(N, K)` by the peer, thresholds by each label's F1 on validation."""
    from build_emotion import tfidf

    from maeum.metrics.thresholds import best_f1_thresholds

    pipeline = tfidf().fit(train.texts, train.targets)
    thresholds = best_f1_thresholds(validation.targets, pipeline.predict_proba(validation.texts))
    return pipeline.predict_proba(texts) >= thresholds


def main() -> None:
    import json

    import maeum
    from common import RESULTS

    built = json.loads((RESULTS / "emotion_built.json").read_text())
    model: Any = maeum.load("emotion")
    train, validation, test = rows()
    found = model.predict(test)
    truth = test.targets
    macro, micro, each = scores(truth, found.decide())
    fixed = {value: scores(truth, found.probabilities >= value) for value in FIXED}
    peer_macro, peer_micro, peer_each = scores(truth, peer(train, validation, test.texts))
    rows_shown = [
        {"model": NAMES["model"], "thresholds": "a label each, on validation", "macro F1": macro, "micro F1": micro},
        *(
            {"model": NAMES["model"], "thresholds": f"{value} for all", "macro F1": one[0], "micro F1": one[1]}
            for value, one in fixed.items()
        ),
        {
            "model": NAMES["peer"],
            "thresholds": "a label each, on validation",
            "macro F1": peer_macro,
            "micro F1": peer_micro,
        },
    ]
    rows_shown = [
        {**row, "macro F1": f"{row['macro F1']:.4f}", "micro F1": f"{row['micro F1']:.4f}"} for row in rows_shown
    ]
    labels = [
        {
            "label": name, "rows": int(truth[:, k].sum()), "own threshold": f"{each[k]:.3f}",
            **{f"{value}": f"{one[2][k]:.3f}" for value, one in fixed.items()}, "TF-IDF": f"{peer_each[k]:.3f}",
        }
        for k, name in enumerate(test.labels)
    ]  # fmt: skip
    facts = {
        "data": f"KOTE: {len(train):,} rows to learn from, {len(validation):,} to choose on, {len(test):,} to judge",
        "GoEmotions-Korean test, the head beside it": f"macro F1 {built['goemotions_macro']:.4f}",
        "bars": f"macro ≥ {MACRO}, micro ≥ {MICRO}, macro ≥ {ABOVE} above the peer; GoEmotions-Korean ≥ {GO_MACRO}",
        **machine(("maeum", "onnxruntime", "scikit-learn")),
    }
    save("emotion", "Emotions of KOTE", rows_shown, facts)
    save("emotion_labels", "Emotions of KOTE, label by label: F1 on test", labels, facts)
    held = {
        "macro": macro >= MACRO, "micro": micro >= MICRO, "above the peer": macro >= peer_macro + ABOVE,
        "thresholds": all(macro > one[0] for one in fixed.values()),
        "GoEmotions-Korean": built["goemotions_macro"] >= GO_MACRO,
    }  # fmt: skip
    missed = [bar for bar, kept in held.items() if not kept]
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
