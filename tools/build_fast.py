"""Build the bundled model `fast` from every rated review allowed, and its card with the numbers measured on the way.

Run it as `make fast` (needs MAEUM_DATA; about two minutes). The NSMC test rows and reviews with their texts are in none
of the data used; validation is NSMC's; 20,000 further rated reviews are held out to judge on at the natural prior. The
test set is judged once, at the end; nothing is chosen on it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path

import numpy as np

import maeum
from maeum.data.splits import carve, overlap
from maeum.models import BUNDLED
from maeum.models.folder import CARD as CARD_FILE
from maeum.models.hashed import HashedModel
from maeum.recipe import Recipe
from maeum.training import fit

SETTINGS = {"class_weight": "balanced", "seed": 0}
UNSEEN = 20_000  # reviews
SPLIT_SEED = 7
TITLES = {
    "en": "Sentiment of Korean film reviews, negative / positive; 4 MB, ready to predict",
    "ko": "한국어 영화 리뷰 감성(부정/긍정). 4 MB, 바로 예측 가능",
}
CARD = """# fast

The small model that maeum brings: sentiment of Korean film reviews, negative or positive, in {size:.1f} MB.

- **Kind**: hashed character n-grams (1-4 without spaces, 2-3 with them) in a table of one byte each (docs/linear.md).
- **Data**: `nsmc-raw` (CC0), stars 1-4 negative and 9-10 positive: {train:,} reviews, labels weighed the same. The NSMC
  test rows, reviews with their texts, the validation rows and {unseen:,} reviews held out for judging are not among
  them. These are more rated reviews than the 150,000 of NSMC's official train split.
- **Calibration**: on {validation:,} validation reviews of NSMC train, half of them negative: probabilities are meant
  for a prior of one half. Rated reviews at large are 76 % positive.
- **Numbers** ({date}): NSMC test accuracy {test:.4f} (95 % interval {low:.4f}-{high:.4f}), log loss {loss:.4f},
  calibration error {ece:.4f}; validation accuracy {chosen:.4f}; {unseen:,} rated reviews it never saw: balanced
  accuracy {balanced:.4f}.
- **Read with care**: the validation figure is on the rows that `c` and the calibration were chosen on.
- **Weaknesses**: it reads pieces of words, so negation over a distance, sarcasm and quoted opinions fool it; it knows
  films, not products or politics; it has no neutral.
- **Rebuild**: `make fast`. Licence: Apache-2.0.
"""


def main() -> None:
    """Train, judge, write the model and its card."""
    data = maeum.dataset("nsmc-raw")
    validation = maeum.dataset("nsmc-raw", split="validation")
    train = data.take(~overlap(data, validation))
    train = train.take(np.array([bool(text.strip()) for text in train.texts]))
    others = train.take((train.frame["nsmc_split"] == "none").to_numpy())
    _, unseen = carve(others, UNSEEN / len(others), SPLIT_SEED)
    train = train.take(~overlap(train, unseen))
    recipe = Recipe.from_keywords("hashed", SETTINGS)
    trained = fit(train, validation, recipe)
    model = trained.model
    assert isinstance(model, HashedModel)
    test = maeum.evaluate(model, "nsmc:test")
    natural = maeum.evaluate(model, unseen)
    low, high = test.intervals["accuracy"]
    facts = {
        "date": date.today().isoformat(),
        "train": len(train),
        "validation": len(validation),
        "unseen": len(unseen),
        "test": test.metrics["accuracy"],
        "low": low,
        "high": high,
        "loss": test.metrics["log_loss"],
        "ece": test.metrics["ece"],
        "chosen": trained.history[0]["validation_accuracy"],
        "balanced": natural.metrics["balanced_accuracy"],
    }
    place = BUNDLED / "fast"
    with tempfile.TemporaryDirectory() as folder:
        card_path = model.save(Path(folder) / "fast") / CARD_FILE
        card_path.write_text(
            json.dumps(
                {**json.loads(card_path.read_text(encoding="utf-8")), "titles": TITLES}, ensure_ascii=False, indent=1
            )
            + "\n",
            encoding="utf-8",
        )
        facts["size"] = sum(path.stat().st_size for path in (Path(folder) / "fast").iterdir()) / 1e6
        card = CARD.format(**facts)
        (Path(folder) / "fast" / "README.md").write_text(card, encoding="utf-8")
        recipe.save(Path(folder) / "fast" / "recipe.yaml")
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(Path(folder) / "fast", place)
    (Path(__file__).parent.parent / "benchmarks" / "results" / "fast.json").write_text(
        json.dumps(facts, indent=1) + "\n", encoding="utf-8"
    )
    print(card)


if __name__ == "__main__":
    main()
