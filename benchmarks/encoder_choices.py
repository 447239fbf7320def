"""Which small encoder: depth, width, vocabulary, attention or convolution, pooling, start.

    MAEUM_DATA=… python benchmarks/encoder_choices.py FOLDER [CHOICE …]

Every choice differs from the first in one thing. Each is pretrained for the same processor time on one core, counted
in updates (their seconds are measured first, so other work beside does not matter), on the same reviews of `nsmc-raw`
without NSMC's test and validation texts; then fine-tuned on the same 10,000 reviews of NSMC train, without n-grams,
with two seeds, and judged on NSMC's validation rows. Reviews a second: the int8 model on one core, and in 32 bits for
all, as the convolution has no int8 graph. FOLDER keeps what is done; with CHOICEs only these are made, so several
processes can share the work, and a call without any writes the table.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from typing import Any

from common import in_child, machine, save

SECONDS = 240  # of one core, for pretraining
TEXTS, LABELLED, TIMED = 120_000, 10_000, 5_000
SEEDS = (0, 1)
FINE_TUNING: dict[str, Any] = {
    "epochs": 2, "learning_rate": 5e-4, "batch_size": 32, "dropout": 0.1, "validation_fraction": 0,
}  # fmt: skip
PRETRAINING: dict[str, Any] = {
    "objective": "mlm", "layers": 4, "width": 256, "heads": 4, "inner": 1024, "embedding": 128, "vocabulary": 16_000,
    "share": 0.2, "batch": 16, "block": 128, "learning_rate": 1e-3, "seed": 0,
}  # fmt: skip
FIRST = "4 layers of 256, 16,000 pieces, masked words"
CHOICES: dict[str, dict[str, Any]] = {
    FIRST: {},
    "2 layers": {"layers": 2},
    "6 layers": {"layers": 6},
    "width 192": {"width": 192, "heads": 3, "inner": 768},
    "width 384": {"width": 384, "heads": 6, "inner": 1536},
    "8,000 pieces": {"vocabulary": 8_000},
    "convolutions of 7 in place of attention, mean of all tokens": {"convolution": True, "mean": True},
    "embeddings begun at random": {"neighbours": False},
    "mean of all tokens in place of [CLS]": {"mean": True},
    "not pretrained": {"from_scratch": True},
}
OWN = ("convolution", "mean", "from_scratch")  # what `maeum pretrain` does not know


def slug(choice: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in choice.lower())


def use_convolutions() -> None:
    """Have transformers' ELECTRA mix a document's tokens by gated depthwise convolutions in place of attention.

    As in "Are Pre-trained Convolutions Better than Pre-trained Transformers?" (Tay et al. 2021), section 3.
    """
    import torch
    from torch import Tensor, nn
    from torch.nn.functional import pad
    from transformers.models.electra import modeling_electra

    reach = 3

    class Convolution(nn.Module):
        def __init__(self, config: Any, **_: Any) -> None:
            super().__init__()
            self.value, self.gate = (nn.Linear(config.hidden_size, config.hidden_size) for _ in range(2))
            self.taps = nn.Parameter(torch.full((2 * reach + 1, config.hidden_size), 1 / (2 * reach + 1)))

        def forward(self, hidden_states: Tensor, attention_mask: Tensor | None = None, **_: Any) -> Any:
            values = self.value(hidden_states) * self.gate(hidden_states).sigmoid()
            batch, length, _width = values.shape
            seen = torch.ones(batch, length, length, dtype=torch.bool)
            if attention_mask is not None:
                one = attention_mask[:, 0]
                seen = (one if one.dtype == torch.bool else one == 0).expand(batch, length, length)
            mixed = values * self.taps[reach]
            for step in range(1, min(reach, length - 1) + 1):
                after = seen.diagonal(step, 1, 2)[..., None].to(values.dtype)  # t sees t + step
                before = seen.diagonal(-step, 1, 2)[..., None].to(values.dtype)
                mixed = mixed + pad(values[:, step:] * after, (0, 0, 0, step)) * self.taps[reach + step]
                mixed = mixed + pad(values[:, :-step] * before, (0, 0, step, 0)) * self.taps[reach - step]
            return mixed, None

    modeling_electra.ElectraSelfAttention = Convolution  # type: ignore[assignment,misc]


def use_mean() -> None:
    """Have the classifier read the mean of all tokens' states."""
    from transformers.models.electra import modeling_electra as electra

    head: Any = electra.ElectraClassificationHead
    classifier: Any = electra.ElectraForSequenceClassification
    usual, whole = head.forward, classifier.forward

    def forward(self: Any, features: Any, **named: Any) -> Any:
        kept = self.mask[..., None].to(features.dtype)
        pooled = (features * kept).sum(1) / kept.sum(1)
        return usual(self, pooled[:, None], **named)

    def remember(self: Any, input_ids: Any, attention_mask: Any, **named: Any) -> Any:
        self.classifier.mask = attention_mask
        return whole(self, input_ids=input_ids, attention_mask=attention_mask, **named)

    head.forward = forward
    classifier.forward = remember


def read() -> Any:
    """The reviews that are read, as texts."""
    import numpy as np

    import maeum
    from maeum.data.splits import overlap

    data = maeum.dataset("nsmc-raw")
    for name in ("nsmc", "nsmc-raw"):  # which write quotation marks in different ways
        data = data.take(~overlap(data, maeum.dataset(name, split="validation")))
    return data.take(np.random.default_rng(0).permutation(len(data))[:TEXTS])


def seconds_an_update(settings: dict[str, Any]) -> float:
    """Of processor time."""
    import tempfile

    import numpy as np

    from maeum.training.pretraining import PretrainConfig, pack, pretrain

    known = {name: value for name, value in settings.items() if name in PretrainConfig.__dataclass_fields__}
    draw = np.random.default_rng(0)
    size = settings["vocabulary"]
    documents = [draw.integers(5, size, draw.integers(8, 40)).astype(np.int32) for _ in range(4_000)]
    blocks, segments = pack(documents, settings["block"], 3)
    config = PretrainConfig(mask=4, special=(0, 1, 2, 3, 4), steps=12, **known)
    times: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        pretrain(config, blocks, segments, None, folder, step=lambda *_: times.append(time.process_time()))
    return median(later - earlier for earlier, later in pairwise(times[2:-1]))  # the last one writes a checkpoint


def pretrained(settings: dict[str, Any], place: Path) -> dict[str, float]:
    """Pretrain for the time that all have; what came of it."""
    import maeum
    from maeum.workflows.pretrain import Pretrained

    if not place.exists():
        steps = round(SECONDS / seconds_an_update(settings))
        maeum.pretrain(read(), out=place, overwrite=True, steps=steps, evaluate_every=steps, **settings)
    row = Pretrained(place).history[-1]
    return {"tokens": row["tokens"], "loss": row["held_out_mlm_loss"]}


def judged(encoder: Path, place: Path, **settings: Any) -> list[float]:
    """Validation accuracies, a seed each."""
    import numpy as np

    import maeum
    from maeum.data.splits import overlap

    data = maeum.dataset("nsmc")
    for split in ("test", "validation"):
        data = data.take(~overlap(data, maeum.dataset("nsmc", split=split)))
    data = data.take(np.random.default_rng(1).permutation(len(data))[:LABELLED])
    held, found = maeum.dataset("nsmc", split="validation"), []
    for seed in SEEDS:
        run = maeum.train(
            data, model=str(encoder), out=place / f"seed-{seed}", overwrite=True, seed=seed, **FINE_TUNING, **settings
        )
        answers: Any = run.model.predict(held)
        found.append(float((answers.indices == held.targets).mean()))
    return found


def speeds(place: Path, *, int8: bool) -> dict[str, float]:
    """Reviews a second of one core, with tokenizing."""
    import maeum

    texts = maeum.dataset("nsmc", split="validation").texts[:TIMED]
    ways = {"fp32": place / "seed-0"}
    if int8:
        ways["int8"] = place / "int8"
        maeum.export(place / "seed-0", out=ways["int8"], int8=True, overwrite=True)
    found = {}
    for name, folder in ways.items():
        model: Any = maeum.load(folder)
        model.logits(texts[:500])
        began = time.process_time()
        model.logits(texts)
        found[name] = TIMED / (time.process_time() - began)
    return found


def measure(folder: Path, choice: str) -> dict[str, Any]:
    """One choice from nothing to its figures."""
    settings = {**PRETRAINING, **CHOICES[choice]}
    own = {name: settings.pop(name) for name in OWN if name in settings}
    if "convolution" in own:
        use_convolutions()
    if "mean" in own:
        use_mean()
    reads = settings != PRETRAINING or "convolution" in own or choice == FIRST
    place = folder / slug(choice)
    trunk = folder / slug(choice if reads else FIRST) / "pretrained"
    facts = pretrained(settings, trunk)
    scores = judged(trunk / "encoder", place, wide=False, from_scratch=own.get("from_scratch", False))
    rates = speeds(place, int8=reads and "convolution" not in own) if reads else {}
    for seed in SEEDS:
        shutil.rmtree(place / f"seed-{seed}")
    return {**facts, "scores": scores, **rates}


def row(choice: str, found: dict[str, Any]) -> dict[str, Any]:
    """A line of the table."""
    low, high = min(found["scores"]), max(found["scores"])
    return {
        "encoder": choice,
        "million tokens read": round(found["tokens"] / 1e6, 2) if "fp32" in found else None,
        "validation accuracy": f"{mean(found['scores']):.4f} ({low:.4f}–{high:.4f})",
        "reviews/s, int8": round(found["int8"]) if "int8" in found else None,
        "reviews/s, 32 bits": round(found["fp32"]) if "fp32" in found else None,
    }


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[2:] or list(CHOICES)
    for choice in wanted:
        kept = folder / f"{slug(choice)}.json"
        if not kept.exists():
            kept.write_text(json.dumps(in_child(__file__, f"{choice}::{folder}")))
    if sys.argv[2:]:
        return
    rows = [row(choice, json.loads((folder / f"{slug(choice)}.json").read_text())) for choice in CHOICES]
    facts = {
        "data": f"{TEXTS:,} reviews of nsmc-raw read, {LABELLED:,} of NSMC train learnt, {len(SEEDS)} seeds, judged on "
        "NSMC's validation rows (15,000, so the standard error of a figure is 0.3 points)",
        "time": f"{SECONDS} s of one core for each pretraining",
        **machine(("maeum", "torch", "transformers", "onnxruntime")),
        "cores": 1,
    }
    save("encoder_choices", "Which small encoder", rows, facts)


if __name__ == "__main__":
    if len(sys.argv) == 2 and "::" in sys.argv[1]:
        os.environ |= {"OMP_NUM_THREADS": "1", "MAEUM_CORES": "1"}  # before torch is loaded
        which, _, where = sys.argv[1].partition("::")
        print(json.dumps(measure(Path(where), which)))
    else:
        main()
