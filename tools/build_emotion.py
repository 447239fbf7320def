"""Build the bundled model `emotion`: KOTE's 44 emotions on the trunk of `small`, with its card and numbers.

Run it as `make emotion`, after `make small` (needs MAEUM_DATA; about half an hour on 2 cores). Two corpora are learnt
together, a head for each: KOTE's rows at hand, and GoEmotions-Korean, machine-translated and ten times as large.
The head of KOTE is packaged. Texts of either test set, and of NSMC's, are in neither; thresholds and intensities
come from a tenth of KOTE's train. The test sets are judged once, at the end.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import maeum
from maeum.data.fingerprint import fingerprint
from maeum.data.splits import overlap
from maeum.models import BUNDLED
from maeum.models.folder import CARD as CARD_FILE
from maeum.schema import Dataset

WORK = Path("runs/small")
RUN = WORK / "emotions"
RESULTS = Path(__file__).parent.parent / "benchmarks" / "results"
TRUNK = "stars"  # the stage of `make small` that it begins with
TRAINING: dict[str, Any] = {
    "epochs": 2, "learning_rate": 2e-4, "dropout": 0.2, "batch_size": 64, "mixing": "size", "best": "macro_f1",
    "patience": 0, "wide": True, "wide_bits": 16, "thresholds": "mean_f1", "seed": 0,
}  # fmt: skip
CORPORA = ("kote", "goemotions-ko")

TITLES = {
    "en": "44 emotions of Korean comments and reviews, several a text, each with its intensity",
    "ko": "한국어 댓글과 리뷰의 감정 44가지. 한 텍스트에 여러 감정, 감정마다 강도",
}


def main() -> None:
    """Train, export, judge, write."""
    data = [learnt(name) for name in CORPORA]
    if not RUN.exists():
        resume = (RUN.parent / f".{RUN.name}.part").exists()
        maeum.train(data, model=str(WORK / TRUNK / "model"), out=RUN, resume=resume, **TRAINING)
    shutil.rmtree(WORK / "emotion", ignore_errors=True)
    texts = WORK / "emotion_parity.csv"
    maeum.dataset("kote").frame.select("text").write_csv(texts)
    maeum.export(RUN / "models" / "kote", out=WORK / "emotion", int8=True, parity_texts=texts)
    facts = judged() | {"used": {one.name: fingerprint(one) for one in data}}
    write(BUNDLED / "emotion", facts)


def learnt(corpus: str) -> Dataset:
    """Train of a corpus without the texts that a test set holds as well: NSMC's, or one of the two corpora's own."""
    data = maeum.dataset(corpus)
    for name in ("nsmc", *CORPORA):
        data = data.take(~overlap(data, maeum.dataset(name, split="test")))
    return replace(data, name=corpus)


def judged() -> dict[str, Any]:
    """Figures on the test sets: what is packaged on KOTE's, the head beside it on GoEmotions-Korean's."""
    kote = maeum.evaluate(maeum.load(WORK / "emotion"), maeum.dataset("kote", split="test")).metrics
    beside = maeum.evaluate(maeum.load(RUN / "models" / "goemotions-ko"), maeum.dataset("goemotions-ko", split="test"))
    run = maeum.Run.open(RUN).metrics["validation"]
    return {
        "date": date.today().isoformat(),
        "macro": kote["macro_f1"], "micro": kote["micro_f1"], "loss": kote["log_loss"], "ece": kote["ece"],
        "lrap": kote["lrap"], "validation_macro": run["macro_f1"], "validation_micro": run["micro_f1"],
        "goemotions_macro": beside.metrics["macro_f1"], "goemotions_micro": beside.metrics["micro_f1"],
    }  # fmt: skip


def write(place: Path, facts: dict[str, Any]) -> None:
    """The model with its card, and the numbers."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(WORK / "emotion", place)
    card = json.loads((place / CARD_FILE).read_text(encoding="utf-8"))
    text = json.dumps({**card, "titles": TITLES}, ensure_ascii=False, indent=1) + "\n"
    (place / CARD_FILE).write_text(text, encoding="utf-8")
    facts["size"] = sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) / 1e6
    used = ", ".join(f"{name} `{value}`" for name, value in facts["used"].items())
    (place / "README.md").write_text(CARD.format(**{**facts, "used": used}), encoding="utf-8")
    (RESULTS / "emotion_built.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    print((place / "README.md").read_text(encoding="utf-8"))


CARD = """# emotion

KOTE's 44 emotions of Korean comments and reviews: several a text, each with an intensity from 0 to 1; int8,
{size:.1f} MB.

- **Data**: KOTE (MIT), the 5,000 rows of its validation file, and GoEmotions-Korean (Apache-2.0, machine-translated),
  learnt together by one trunk with a head for each; the trunk is that of `small`, after the stars of rated reviews
  (CC0). Texts of the three test sets are in none of it.
- **Intensity** of a label: its probability, calibrated on validation. Which labels a text is given is decided by a
  threshold for each, from the same validation rows. '없음' may stand beside other labels, as it does in KOTE.
- **Numbers** ({date}): KOTE test (2,500 rows) macro F1 {macro:.4f}, micro F1 {micro:.4f}, log loss {loss:.4f},
  calibration error {ece:.4f}; validation macro F1 {validation_macro:.4f}, on the rows that thresholds were chosen on.
  The head of GoEmotions-Korean, which is not packaged: test macro F1 {goemotions_macro:.4f}.
- **Weaknesses**: learnt from 5,000 comments, a tenth of KOTE; rare emotions (guilt, self-hatred, fear) are found
  seldom; comments are not reviews.
- **Data by fingerprint**: {used}.
- **Rebuild**: `make emotion`. Licence: Apache-2.0.
"""


if __name__ == "__main__":
    main()
