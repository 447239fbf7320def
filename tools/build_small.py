"""Build the bundled trunk `small-encoder` and the bundled model `small`, with their cards and numbers.

Run it as `make small` (needs MAEUM_DATA; less than two hours on 2 cores). Stages, each a folder under
`runs/small` that is not made again when it exists, so an interrupted build goes on:

1. `pretrained`: masked language model on film reviews, comments and sentences without any label.
2. `goemotions`, `kote`: emotions, which teach what feelings sound like. The trunk is now `small-encoder`: it never saw
   stars or labels of NSMC.
3. `stars`: the stars 1-10 of rated reviews.
4. `sentiment`: negative or positive, NSMC train.
5. The n-grams of `fast` beside it: three numbers, fitted on the validation rows.

The NSMC test rows and reviews with their texts are in none of the data; validation is NSMC's. The test set is judged
once, at the end.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

import maeum
from maeum.data.fingerprint import fingerprint
from maeum.data.splits import carve, overlap
from maeum.models import BUNDLED
from maeum.models.exported.card import BESIDE, WIDE
from maeum.models.folder import CARD as CARD_FILE
from maeum.models.folder import read_tensors
from maeum.models.neural.model import wide_scores
from maeum.runs import SEEN
from maeum.schema import Dataset

WORK = Path("runs/small")
RESULTS = Path(__file__).parent.parent / "benchmarks" / "results"
READ = ("nsmc-raw", "kote", "goemotions-ko")
NOT_READ = ("nsmc:validation", "nsmc-raw:validation")  # and NSMC's test set, which no pretraining reads
PRETRAINING: dict[str, Any] = {
    "objective": "mlm", "time": "30m", "steps": 16_000, "layers": 4, "width": 256, "heads": 4, "inner": 1024,
    "embedding": 128, "vocabulary": 16_000, "share": 0.2, "batch": 16, "block": 128,
    "learning_rate": 1e-3, "seed": 0,
}  # fmt: skip
FINE_TUNING: dict[str, Any] = {"dropout": 0.1, "batch_size": 64, "seed": 0}
STAGES: dict[str, dict[str, Any]] = {
    "goemotions": {"epochs": 1, "learning_rate": 5e-4},
    "kote": {"epochs": 3, "learning_rate": 3e-4},
    "stars": {"epochs": 1, "learning_rate": 5e-4, "validation_fraction": 0.01, "ordinal": 2.0, "dropout": 0.05},
    "sentiment": {"epochs": 1, "learning_rate": 1e-4},
}
UNSEEN, UNSEEN_SEED = 20_000, 7  # reviews that `fast` did not see either

TITLES = {
    "en": "Sentiment of Korean film reviews, negative / positive: a small encoder beside n-grams, ready to predict",
    "ko": "한국어 영화 리뷰 감성(부정/긍정). 작은 인코더와 n-gram, 바로 예측 가능",
}


def main() -> None:
    """Go through the stages, judge, write models and cards."""
    WORK.mkdir(parents=True, exist_ok=True)
    used: dict[str, Dataset] = {}
    trunk = pretrained()
    trunk = stage("goemotions", trunk, lambda: emotions("goemotions-ko"), used)
    trunk = stage("kote", trunk, lambda: emotions("kote"), used)
    write_trunk(trunk, BUNDLED / "small-encoder", used)
    trunk = stage("stars", trunk, rated, used)
    alone = stage("sentiment", trunk, official, used, validation="nsmc:validation")
    facts = join(alone, WORK / "joined")
    write_small(WORK / "joined", BUNDLED / "small", facts, used)


def pretrained() -> Path:
    """The encoder that has read, and knows no label."""
    place = WORK / "pretrained"
    if not place.exists():
        resume = any(WORK.glob(".pretrained*"))
        maeum.pretrain(
            *READ,
            exclude=list(NOT_READ),
            out=place,
            resume=resume,
            **PRETRAINING,
        )
    return place / "encoder"


def print_of(hashes: NDArray[np.uint64]) -> str:
    """A fingerprint of the texts that a trunk has read, from their hashes."""
    return hashlib.blake2b(np.unique(hashes).tobytes(), digest_size=8).hexdigest()


def emotions(corpus: str) -> Dataset:
    """A corpus without the texts that NSMC's test set holds as well (하하, 별로 …)."""
    data = maeum.dataset(corpus)
    return data.take(~overlap(data, maeum.dataset("nsmc", split="test")))


def rated() -> Dataset:
    """Rated reviews with their stars: neither NSMC's test nor its validation rows, nor those kept to judge on."""
    data = maeum.dataset("nsmc-raw", stars="ordinal")
    for name in ("nsmc", "nsmc-raw"):  # which write quotation marks in different ways
        data = data.take(~overlap(data, maeum.dataset(name, split="validation")))
    data = data.take(np.array([bool(text.strip()) for text in data.texts]))
    return replace(data.take(~overlap(data, unseen())), name="rated")  # a name of its own: it has no split of NSMC


def official() -> Dataset:
    """NSMC train without the texts that its test set holds as well, and without the validation rows."""
    data = maeum.dataset("nsmc")
    for split in ("test", "validation"):
        data = data.take(~overlap(data, maeum.dataset("nsmc", split=split)))
    return replace(data, name="official")


def unseen() -> Dataset:
    """The rated reviews that `fast` is judged on as well."""
    data = maeum.dataset("nsmc-raw")
    train = data.take(~overlap(data, maeum.dataset("nsmc-raw", split="validation")))
    train = train.take(np.array([bool(text.strip()) for text in train.texts]))
    others = train.take((train.frame["nsmc_split"] == "none").to_numpy())
    return carve(others, UNSEEN / len(others), UNSEEN_SEED)[1]


def stage(name: str, trunk: Path, data: Callable[[], Dataset], used: dict[str, Dataset], **settings: Any) -> Path:
    """Fine-tune `trunk`; gives the folder of the model, from which the next stage starts with a new head."""
    place = WORK / name
    train = data()
    used[name] = train
    if not place.exists():
        resume = (WORK / f".{name}.part").exists()
        chosen = {**FINE_TUNING, **STAGES[name], **settings}
        maeum.train(train, model=str(trunk), out=place, resume=resume, **chosen)
    return place / "model"


def write_trunk(model: Path, place: Path, used: dict[str, Dataset]) -> None:
    """The encoder without its head, in 16-bit numbers, as a folder of Hugging Face's layout."""
    from transformers import AutoModel

    shutil.rmtree(place, ignore_errors=True)
    encoder: Any = AutoModel.from_pretrained(model)
    encoder.config.num_labels, encoder.config.problem_type = 2, None  # no names of emotions
    encoder.half().save_pretrained(place)
    (place / "model.safetensors").chmod(0o644)  # its writer lets only the owner read it
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(model / name, place / name)
    size = sum(path.stat().st_size for path in place.iterdir()) / 1e6
    count = sum(one.numel() for one in encoder.parameters())
    (place / "README.md").write_text(
        TRUNK_CARD.format(size=size, count=count / 1e6, used=listed(used)), encoding="utf-8"
    )


def join(alone: Path, place: Path) -> dict[str, float]:
    """The encoder with the n-grams of `fast` beside it: slope of each and an offset, fitted on the validation rows."""
    import torch
    from sklearn.linear_model import LogisticRegression

    from maeum.models.encoder.wide import widen

    model: Any = maeum.load(alone)
    fast: Any = maeum.load("fast")
    data = maeum.dataset("nsmc", split="validation")
    difference = np.array([-1.0, 1.0])
    scores = np.column_stack([model.logits(data.texts) @ difference, wide_scores(fast, data.texts) @ difference])
    fitted = LogisticRegression(C=np.inf).fit(scores, data.targets)
    (encoder, ngrams), offset = fitted.coef_[0].tolist(), float(fitted.intercept_[0])
    last: Any = model.module.classifier.out_proj
    with torch.no_grad():
        last.weight.mul_(encoder)
        last.bias.mul_(encoder).add_(torch.tensor([-offset / 2, offset / 2]))
    widen(model.module, ngrams)
    settings = model.settings.model_copy(update={"wide": True, "checkpoint": "small-encoder"})
    joined = replace(model, wide=fast, settings=settings)
    shutil.rmtree(place, ignore_errors=True)
    joined.save(place)
    found: Any = joined.predict(data)
    return {
        "encoder": encoder, "ngrams": ngrams, "offset": offset,
        "validation_alone": float(((scores[:, 0] > 0) == data.targets).mean()),
        "validation_ngrams": float((fast.predict(data).indices == data.targets).mean()),
        "validation": float((found.indices == data.targets).mean()),
    }  # fmt: skip


def write_small(joined: Path, place: Path, facts: dict[str, Any], used: dict[str, Dataset]) -> None:
    """Export in 8 bits, judge, write the card and the numbers."""
    texts = WORK / "parity.csv"
    pl.DataFrame({"text": maeum.dataset("nsmc", split="validation").texts}).write_csv(texts)
    maeum.export(joined, out=WORK / "small", int8=True, parity_texts=texts, overwrite=True)
    model = maeum.load(WORK / "small")
    read = print_of(read_tensors(WORK / "pretrained" / SEEN)["train"])
    data = maeum.dataset("nsmc", split="test")
    test, natural = maeum.evaluate(model, data), maeum.evaluate(model, unseen())
    low, high = test.intervals["accuracy"]
    facts |= {
        "date": date.today().isoformat(), "test": test.metrics["accuracy"], "low": low, "high": high,
        "loss": test.metrics["log_loss"], "ece": test.metrics["ece"], "balanced": natural.metrics["balanced_accuracy"],
        "used": {"read": read, **{name: fingerprint(stage) for name, stage in used.items()}},
    }  # fmt: skip
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(WORK / "small", place)
    shutil.rmtree(place / WIDE)  # the very n-grams that the package holds as `fast`
    card = json.loads((place / CARD_FILE).read_text(encoding="utf-8"))
    text = json.dumps({**card, BESIDE: "fast", "titles": TITLES}, ensure_ascii=False, indent=1) + "\n"
    (place / CARD_FILE).write_text(text, encoding="utf-8")
    facts["size"] = sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) / 1e6
    listing = f"texts read `{read}`, {listed(used)}"
    (place / "README.md").write_text(SMALL_CARD.format(**{**facts, "used": listing}), encoding="utf-8")
    (RESULTS / "small.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    write_parts(facts)
    print((place / "README.md").read_text(encoding="utf-8"))


def write_parts(facts: dict[str, Any]) -> None:
    """What each part brings, as a table of the docs."""
    sys.path.insert(0, str(RESULTS.parent))
    from common import machine, save

    parts = {"the encoder alone": "validation_alone", "the n-grams alone (`fast`)": "validation_ngrams"}
    rows = [{"of small": part, "validation accuracy": facts[name]} for part, name in parts.items()]
    rows.append({"of small": "joined (`small`, before int8)", "validation accuracy": facts["validation"]})
    save("small_parts", "small: what each part brings on the validation rows of NSMC train", rows, machine())


def listed(used: dict[str, Dataset]) -> str:
    """Stages with the fingerprints of their data."""
    return ", ".join(f"{name} `{fingerprint(data)}`" for name, data in used.items())


TRUNK_CARD = """# small-encoder

A small Korean encoder ({count:.1f} million parameters, {size:.0f} MB in 16 bits) to start training from:
`maeum train --model small --data ...`, or `--model small-encoder` without the n-grams beside it.

- **Shape**: ELECTRA's trunk, 4 layers of 256, embeddings of 128, 16,000 WordPiece pieces, up to 512 tokens.
- **Read**: `nsmc-raw` (CC0) without the texts of NSMC's test and validation rows, KOTE (MIT), GoEmotions-Korean
  (Apache-2.0), as a masked language model on embeddings begun with the tokens' neighbours; then the emotion labels of
  GoEmotions-Korean and KOTE. It never saw stars or sentiment labels of NSMC.
- **Made on** one processor core in under an hour: it has read little, and knows film reviews best.
- **Data by fingerprint**: {used}.
- **Rebuild**: `make small`. Licence: Apache-2.0.
"""
SMALL_CARD = """# small

Sentiment of Korean film reviews, negative or positive: `small-encoder`, taught the stars of rated reviews and then the
two classes, with the n-grams of `fast` beside it; int8, {size:.1f} MB.

- **Data**: `nsmc-raw` (CC0): stars 1-10 of all rated reviews, then NSMC train; n-grams: see `fast`. The NSMC test rows,
  reviews with their texts, the validation rows and 20,000 reviews held out for judging are in no stage. These are more
  rated reviews than the 150,000 of NSMC's official train split.
- **Joined** by three numbers fitted on the validation rows (encoder {encoder:.2f}, n-grams {ngrams:.2f}, offset
  {offset:.2f}), so probabilities are meant for a prior of one half.
- **Numbers** ({date}): NSMC test accuracy {test:.4f} (95 % interval {low:.4f}-{high:.4f}), log loss {loss:.4f},
  calibration error {ece:.4f}; validation accuracy {validation:.4f} (encoder alone {validation_alone:.4f}); 20,000 rated
  reviews it never saw: balanced accuracy {balanced:.4f}.
- **Read with care**: the validation figure is on the rows that the three numbers were fitted on. No text of a test row
  was in any stage, with whatever label.
- **Weaknesses**: trained on 2 processor cores in under two hours; sarcasm and quoted opinions fool it; it
  knows films, not products or politics; it has no neutral.
- **Data by fingerprint**: {used}.
- **Rebuild**: `make small`. Licence: Apache-2.0.
"""


if __name__ == "__main__":
    main()
