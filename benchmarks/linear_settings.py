"""Which settings of the linear family are best on the validation split of NSMC train; the test set is not touched.

    MAEUM_DATA=… python benchmarks/linear_settings.py [steps|features|weights]

Each row is the mean over three divisions of NSMC train into 135,000 reviews to train on and 15,000 to judge on. The
spread of a difference between two rows is not measured; treat what lies within 0.001 as equal.
"""

from __future__ import annotations

import sys
from statistics import mean
from typing import Any

from common import machine, save
from maeum.models.linear import LinearSettings
from maeum.text import DEFAULT
from maeum.training import fit
from maeum.workflows.prepare import training_data
from maeum.workflows.train import make_recipe

BASE = tuple(str(step) for step in DEFAULT.steps)
CLEAN = ("nfc", "squeeze_spaces")

STUDIES: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "steps": [
        ("nfc, squeeze_spaces", {"steps": CLEAN}),
        ("+ lowercase", {"steps": (*CLEAN, "lowercase")}),
        ("+ lowercase, fold_width", {"steps": ("nfc", "fold_width", "squeeze_spaces", "lowercase")}),
        ("+ lowercase, cap_repeats", {"steps": ("nfc", "cap_repeats", "squeeze_spaces", "lowercase")}),
        ("+ lowercase, split_fused_jamo", {"steps": ("nfc", "split_fused_jamo", "squeeze_spaces", "lowercase")}),
        ("+ lowercase, unify_emoticons", {"steps": ("nfc", "unify_emoticons", "squeeze_spaces", "lowercase")}),
        ("+ lowercase, name_emoji", {"steps": ("nfc", "name_emoji", "squeeze_spaces", "lowercase")}),
        ("DEFAULT", {"steps": BASE}),
        ("DEFAULT, lowercase", {"steps": (*BASE, "lowercase")}),
        ("DEFAULT, unify_emoticons, lowercase", {"steps": (*BASE, "unify_emoticons", "lowercase")}),
    ],
    "features": [
        ("joined 1-4, spaced 2-3", {}),
        ("joined 1-4, spaced 2-4", {"spaced_max": 4}),
        ("joined 1-4", {"spaced_max": 0}),
        ("spaced 2-4", {"joined_max": 0, "spaced_max": 4}),
        ("joined 1-3, spaced 2-3", {"joined_max": 3}),
        ("joined 1-5, spaced 2-3", {"joined_max": 5}),
        ("joined 1-4, spaced 2-3, words 1", {"word_max": 1}),
        ("words 1-2", {"joined_max": 0, "spaced_max": 0, "word_max": 2}),
        ("n-grams of 1 text too", {"min_texts": 1}),
        ("n-grams of 3 texts", {"min_texts": 3}),
    ],
    "weights": [
        ("plain TF-IDF, SVM, c 0.3", {"contrast": 0.0, "c": 0.3}),
        ("plain TF-IDF, log counts, SVM, c 0.3", {"contrast": 0.0, "c": 0.3, "counts": "log"}),
        ("contrast 0.25, c 0.25", {"contrast": 0.25}),
        ("contrast 0.5, c 0.15", {"c": 0.15}),
        ("contrast 0.5, c 0.2", {"c": 0.2}),
        ("contrast 0.5, c 0.25", {}),
        ("contrast 0.5, c 0.35", {"c": 0.35}),
        ("contrast 0.75, c 0.25", {"contrast": 0.75}),
        ("contrast 0.75, c 0.35", {"contrast": 0.75, "c": 0.35}),
        ("contrast 1, c 0.35", {"contrast": 1.0, "c": 0.35}),
        ("contrast 0.5, log counts", {"counts": "log"}),
        ("contrast 0.5, logistic, c 4", {"loss": "logistic", "c": 4.0}),
    ],
}


SEEDS = (1, 2, 3)  # of the division; 42, the default, is left for the figure that a user sees


def study(name: str) -> None:
    found: dict[str, list[dict[str, Any]]] = {title: [] for title, _ in STUDIES[name]}
    for seed in SEEDS:
        recipe = make_recipe("nsmc", "linear", None, {"split_seed": seed})
        rows_of = training_data(recipe)
        for title, changes in STUDIES[name]:
            settings = LinearSettings.build({**recipe.model.model_dump(), **changes})
            found[title].append(
                dict(fit(rows_of.train, rows_of.validation, recipe.model_copy(update={"model": settings})).history[0])
            )
            print(seed, title, found[title][-1]["validation_accuracy"], flush=True)
    rows = [
        {
            "setting": title,
            "validation accuracy": round(mean(row["validation_accuracy"] for row in runs), 4),
            "validation log loss": round(mean(row["validation_loss"] for row in runs), 4),
            "seconds": round(mean(row["seconds"] for row in runs), 1),
        }
        for title, runs in found.items()
    ]
    facts = {"data": f"NSMC train, split seeds {SEEDS}, 10 % judged; the test set is not used", **machine()}
    save(f"linear_{name}", f"Linear family, {name}: validation", rows, facts)


if __name__ == "__main__":
    for chosen in sys.argv[1:] or STUDIES:
        study(chosen)
