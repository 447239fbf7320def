"""Build the bundled model `emotion`: KOTE's 44 emotions on the trunk of `small`, with its card and numbers.

Run it as `make emotion`, after `make small` (needs MAEUM_DATA; about half an hour on 2 cores). Stages, each a folder
under `runs/small` that is not made again when it exists:

1. `emotions_teacher`: two corpora learnt together, a head for each: KOTE's rows at hand, and GoEmotions-Korean,
   machine-translated and ten times as large, on the trunk of `small` that has learnt stars.
2. `unlabelled`: self-training. That model, with scikit-learn's n-grams beside it, answers reviews and the texts of
   GoEmotions-Korean in KOTE's labels; a trunk learns from these answers, and from KOTE's own rows.
3. `emotions`: as the first stage, from this trunk. Its head of KOTE is packaged.

Texts of the test sets of KOTE, GoEmotions-Korean and NSMC are in none of the stages; thresholds, intensities and what
the n-grams count come from a tenth of KOTE's train, which no stage learns from. The test sets are judged once, at the
end.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from build_small import print_of
from numpy.typing import NDArray

import maeum
from maeum.data.fingerprint import fingerprint, text_hashes
from maeum.data.settings import SplitSettings
from maeum.data.splits import carve, overlap
from maeum.metrics.calibration import fit_sigmoids, sigmoid
from maeum.models import BUNDLED
from maeum.models.folder import CARD as CARD_FILE
from maeum.schema import Dataset

WORK = Path("runs/small")
TEACHER, UNLABELLED, RUN = WORK / "emotions_teacher", WORK / "unlabelled", WORK / "emotions"
RESULTS = Path(__file__).parent.parent / "benchmarks" / "results"
TRUNK = WORK / "stars" / "model"  # of `make small`: what both begin with
TRAINING: dict[str, Any] = {
    "epochs": 2, "learning_rate": 2e-4, "dropout": 0.2, "batch_size": 64, "mixing": "size", "best": "macro_f1",
    "patience": 0, "wide": True, "wide_bits": 16, "thresholds": "mean_f1", "seed": 0,
}  # fmt: skip
SELF_TRAINING: dict[str, Any] = {
    "epochs": 2, "learning_rate": 3e-4, "dropout": 0.1, "batch_size": 64, "validation_fraction": 0.01, "patience": 0,
    "seed": 0,
}  # fmt: skip
NGRAMS = 0.4  # share of the n-grams in the teacher's answers (log-odds)
REVIEWS, SHORTEST, REVIEWS_SEED = 45_000, 10, 5  # unlabelled reviews, of more characters than these
CORPORA = ("kote", "goemotions-ko")

TITLES = {
    "en": "44 emotions of Korean comments and reviews, several a text, each with its intensity",
    "ko": "한국어 댓글과 리뷰의 감정 44가지. 한 텍스트에 여러 감정, 감정마다 강도",
}


def main() -> None:
    """Train, export, judge, write."""
    data = [learnt(name) for name in CORPORA]
    emotions(TEACHER, TRUNK, data)
    self_trained(data[0])
    emotions(RUN, UNLABELLED / "model", data)
    shutil.rmtree(WORK / "emotion", ignore_errors=True)
    texts = WORK / "emotion_parity.csv"
    maeum.dataset("kote").frame.select("text").write_csv(texts)
    maeum.export(RUN / "models" / "kote", out=WORK / "emotion", int8=True, parity_texts=texts)
    read = text_hashes(unlabelled())
    facts = judged() | {"used": {one.name: fingerprint(one) for one in data} | {"unlabelled": print_of(read)}}
    write(BUNDLED / "emotion", facts)


def learnt(corpus: str) -> Dataset:
    """Train of a corpus without the texts that a test set holds as well: NSMC's, or one of the two corpora's own."""
    data = maeum.dataset(corpus)
    for name in ("nsmc", *CORPORA):
        data = data.take(~overlap(data, maeum.dataset(name, split="test")))
    return replace(data, name=corpus)


def emotions(place: Path, trunk: Path, data: list[Dataset]) -> None:
    """Both corpora, a head for each, on a trunk."""
    if not place.exists():
        maeum.train(data, model=str(trunk), out=place, resume=unfinished(place), **TRAINING)


def unfinished(place: Path) -> bool:
    """Whether a stage was interrupted."""
    return (place.parent / f".{place.name}.part").exists()


def self_trained(kote: Dataset) -> None:
    """The trunk taught by the first model's answers, and by KOTE's rows themselves."""
    if UNLABELLED.exists():
        return
    train, validation = held_out(kote)
    texts = unlabelled()
    answers = WORK / "unlabelled.npy"
    if not answers.exists():
        np.save(answers, np.vstack([taught(texts, train, validation), train.targets]).astype(np.float16))
    likely = [[train.labels[k] for k in np.flatnonzero(row >= 0.5)] for row in np.load(answers)]
    frame = pl.DataFrame(
        {"id": [str(at) for at in range(len(likely))], "text": [*texts, *train.texts], "label": likely},
        schema_overrides={"label": pl.List(pl.String)},
    )
    maeum.distill(
        student=str(TRUNK), data=replace(kote, name="unlabelled", frame=frame), soft_labels=answers, alpha=0.0,
        temperature=1.0, out=UNLABELLED, resume=unfinished(UNLABELLED), **SELF_TRAINING,
    )  # fmt: skip


def held_out(kote: Dataset) -> tuple[Dataset, Dataset]:
    """KOTE's rows to learn from and to choose on, as the stages divide them."""
    split = SplitSettings()
    return carve(kote, split.validation_fraction, split.split_seed)


def unlabelled() -> list[str]:
    """Reviews, and the texts of GoEmotions-Korean; without those that are judged on."""
    data = maeum.dataset("nsmc-raw")
    for name in ("nsmc", "nsmc-raw"):  # which write quotation marks in different ways
        data = data.take(~overlap(data, maeum.dataset(name, split="validation")))
    data = data.take(~overlap(data, maeum.dataset("nsmc", split="test")))
    shuffled = np.random.default_rng(REVIEWS_SEED).permutation(np.array(data.texts, dtype=object)).tolist()
    reviews = [text for text in shuffled if len(text.strip()) > SHORTEST][:REVIEWS]
    judged_on = [maeum.dataset(name, split="test") for name in ("nsmc", *CORPORA)] + [held_out(learnt("kote"))[1]]
    closed = {text.strip() for one in judged_on for text in one.texts}
    texts = dict.fromkeys([*reviews, *learnt("goemotions-ko").texts])
    return [text for text in texts if text.strip() not in closed]


def taught(texts: list[str], train: Dataset, validation: Dataset) -> NDArray[np.float64]:
    """Probabilities `(N, 44)` of the texts: the first model's, and n-grams that learnt from the same rows."""
    model: Any = maeum.load(TEACHER / "models" / "kote")
    ngrams = tfidf().fit(train.texts, train.targets)
    held = log_odds(ngrams.predict_proba(validation.texts))
    slope, offset = fit_sigmoids(held, validation.targets, one_slope=True)
    beside = slope * log_odds(ngrams.predict_proba(texts)) + offset
    return sigmoid((1 - NGRAMS) * log_odds(model.predict(texts).probabilities) + NGRAMS * beside)


def tfidf() -> Any:
    """Scikit-learn's way with n-grams: TF-IDF of characters, logistic regression for each label."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), min_df=2, sublinear_tf=True)
    return make_pipeline(vectors, OneVsRestClassifier(LogisticRegression(C=10, solver="liblinear")))


def log_odds(probabilities: NDArray[Any]) -> NDArray[np.float64]:
    """`log p / (1 - p)`, of probabilities a little away from 0 and 1."""
    inside = np.clip(np.asarray(probabilities, np.float64), 1e-5, 1 - 1e-5)
    return np.log(inside / (1 - inside))


def judged() -> dict[str, Any]:
    """Figures on the test sets: what is packaged on KOTE's, the head beside it on GoEmotions-Korean's."""
    kote = maeum.evaluate(maeum.load(WORK / "emotion"), maeum.dataset("kote", split="test")).metrics
    beside = maeum.evaluate(maeum.load(RUN / "models" / "goemotions-ko"), maeum.dataset("goemotions-ko", split="test"))
    first = maeum.evaluate(maeum.load(TEACHER / "models" / "kote"), maeum.dataset("kote", split="test")).metrics
    run = maeum.Run.open(RUN).metrics["validation"]
    return {
        "date": date.today().isoformat(),
        "macro": kote["macro_f1"], "micro": kote["micro_f1"], "loss": kote["log_loss"], "ece": kote["ece"],
        "lrap": kote["lrap"], "validation_macro": run["macro_f1"], "validation_micro": run["micro_f1"],
        **{f"before_self_training_{name}": first[name] for name in ("macro_f1", "micro_f1", "log_loss", "lrap")},
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
  (CC0), and after self-training: it learnt how a first such model, with n-grams beside it, answered 45,000 reviews and
  the texts of GoEmotions-Korean. Texts of the three test sets are in none of it.
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
