"""A trained hashed model: one byte per place of the table, and what turns scores into probabilities.

The score of a text is the sum of the weights of its n-grams over the root of their number: no vocabulary, no sorting,
no sparse matrix, only array lookups. Bytes hold the signed square root of a weight, which keeps small ones apart from
zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from maeum.errors import ModelError
from maeum.metrics.calibration import sigmoid, softmax
from maeum.models.folder import CARD, damage_of, read_tensors, saving, write_tensors
from maeum.models.hashed.scoring import BLOCK, Scorer
from maeum.models.hashed.settings import HashedSettings
from maeum.models.linear.ngrams import Hashes, NGrams
from maeum.schema import ClassPredictions, Dataset, Labels, Task, check_texts
from maeum.schema.layer import Layer
from maeum.schema.predictions import SUM_TOLERANCE
from maeum.text import Pipeline

Array = NDArray[Any]
WEIGHTS: Final = "weights.safetensors"
THRESHOLDS: Final = "thresholds"
STEPS: Final = 127  # of a byte on either side of zero
_SMALL: Final = ("peak", "intercepts", "slope", "offsets", "prior")


@dataclass(frozen=True, eq=False)
class HashedModel:
    """Hashed character n-grams with a byte per place and label.

    Attributes:
        labels: K labels.
        settings: What was asked for in training.
        table: `(2^bits, K)` int8, or `(2^bits, 1)` for two labels (the second against the first); see `weights_of`.
        peak: Weight that the byte 127 stands for, `(K,)` or `(1,)`.
        intercepts: `(K,)` or `(1,)`.
        slope: What scores are multiplied with before they become probabilities, `(1,)`; for several labels `(K,)`.
        offsets: What is added then, `(K,)`.
        prior: Share of each label in training `(K,)`: the answer to a text without any n-gram.
        task: Single or several labels.
        thresholds: From which probability a label is given `(K,)`, for several labels.
    """

    parallel: ClassVar[bool] = True  # several threads may predict with it at once, and gain by it

    labels: Labels
    settings: HashedSettings
    table: NDArray[np.int8]
    peak: NDArray[np.float32]
    intercepts: NDArray[np.float32]
    slope: NDArray[np.float32]
    offsets: NDArray[np.float32]
    prior: NDArray[np.float32]
    task: Task = Task.SINGLE_LABEL
    thresholds: NDArray[np.float32] | None = None

    @cached_property
    def pipeline(self) -> Pipeline:
        """The text steps applied first."""
        return Pipeline(self.settings.steps)

    @cached_property
    def ngrams(self) -> NGrams:
        """Which n-grams are looked at."""
        return NGrams(self.settings.joined_max, self.settings.spaced_max, 0)

    @cached_property
    def _weight_of_byte(self) -> NDArray[np.float32]:
        """`(K, 256)`: weight by byte, read as unsigned."""
        signed = np.arange(256, dtype=np.uint8).view(np.int8)
        return np.stack([weights_of(signed, peak) for peak in self.peak])

    @cached_property
    def _scorer(self) -> Scorer:
        places = self.table.view(np.uint8)
        return Scorer(places, self._weight_of_byte, self.settings.joined_max, self.settings.spaced_max)

    def predict(self, inputs: Sequence[str] | Sequence[tuple[str, str]] | Dataset) -> ClassPredictions:
        """Probabilities `(N, K)`; a text without any character gets the prior.

        Raises:
            UserError: Inputs that are not texts, named by position.
        """
        blocks = [self.probabilities(*scored) for scored in self.scores(check_texts(inputs))]
        whole = np.concatenate(blocks) if blocks else np.empty((0, len(self.labels)), np.float32)
        return self.answers(whole)

    def answers(self, probabilities: NDArray[np.float32]) -> ClassPredictions:
        """Probabilities `(N, K)` as predictions."""
        return ClassPredictions(self.labels, probabilities, self.task is Task.MULTI_LABEL, self.thresholds)

    def scores(self, texts: Sequence[str]) -> Iterator[tuple[Array, Array]]:
        """Block by block the raw scores `(n, K)` of texts and whether each has any n-gram `(n,)`."""
        clean = self.pipeline.apply(texts)
        if "squeeze_spaces" not in self.pipeline.names:
            clean = [" ".join(text.split()) for text in clean]
        for start in range(0, len(clean), BLOCK):
            sums, count = self._scorer.sums(clean[start : start + BLOCK])
            raw = sums / np.sqrt(np.maximum(count, 1))[:, None] + self.intercepts
            yield (raw if raw.shape[1] > 1 else np.hstack([-raw / 2, raw / 2])), count > 0

    def probabilities(self, scores: Array, known: Array) -> NDArray[np.float32]:
        """Calibrated probabilities `(N, K)` of scores `(N, K)`; the prior where there is nothing to score."""
        shifted = scores * self.slope + self.offsets
        found = sigmoid(shifted) if self.task is Task.MULTI_LABEL else softmax(shifted)
        return np.where(known[:, None], found, self.prior).astype(np.float32)

    def explain(self, text: str, label: str | None = None, limit: int = 10) -> list[tuple[str, float]]:
        """The n-grams of a text that speak most for (+) or against (−) a label, the strongest first.

        Args:
            text: Any text.
            label: One of `labels`; None for the predicted one.
            limit: How many.
        """
        target = int(self.labels.encode([label])[0]) if label else int(self.predict([text]).indices[0])
        spelled = list(self.ngrams.spelled(self.pipeline(text)))
        if not spelled:
            return []
        found = self.table.view(np.uint8)[places(np.concatenate([h for _, h in spelled]), self.settings.bits)]
        one = found.shape[1] == 1
        sign = (0.5 if target == 1 else -0.5) if one else 1.0
        column = 0 if one else target
        weights = sign * self._weight_of_byte[column][found[:, column]] / len(spelled) ** 0.5
        parts: dict[str, float] = {}
        for (spelling, _), weight in zip(spelled, weights.tolist(), strict=True):
            parts[spelling.strip()] = parts.get(spelling.strip(), 0.0) + weight
        return sorted(parts.items(), key=lambda part: -abs(part[1]))[:limit]

    def layers(self) -> list[Layer]:
        """What a text goes through, from its steps to the probabilities."""
        size, width = self.table.shape
        dense = self.table.size + self.peak.size + self.intercepts.size
        calibration = self.slope.size + self.offsets.size
        end = "sigmoid" if self.task is Task.MULTI_LABEL else "softmax"
        return [
            Layer("text", "steps", (None,), note=", ".join(self.pipeline.names)),
            Layer("ngrams", "hashes", (None, size)),
            Layer("dense", "linear", (None, width), dense, dense, note="int8"),
            Layer("calibration", "affine", (None, len(self.labels)), calibration, calibration),
            Layer("probabilities", end, (None, len(self.labels))),
        ]

    def save(self, folder: Path | str) -> Path:
        """Write the model to a new folder.

        Raises:
            OutputError: The folder exists or cannot be written.
        """
        card = {
            "family": "hashed",
            "task": self.task.value,
            "labels": self.labels.to_json(),
            "settings": self.settings.model_dump(mode="json"),
        }
        arrays = {name: getattr(self, name) for name in ("table", *_SMALL)}
        if self.thresholds is not None:
            arrays[THRESHOLDS] = self.thresholds
        with saving(folder, card) as part:
            write_tensors(part / WEIGHTS, arrays)
        return Path(folder)

    @classmethod
    def load(cls, folder: Path, card: Mapping[str, Any]) -> HashedModel:
        """Read a model that `save` wrote.

        Raises:
            ModelError: Files are missing, damaged, or do not fit each other.
        """
        labels = Labels.from_json(card["labels"])
        tensors = read_tensors(folder / WEIGHTS)
        with damage_of(folder / CARD):
            settings, task = HashedSettings.build(card["settings"]), Task(card["task"])
        _check_tensors(folder / WEIGHTS, tensors, len(labels), settings.bits, several=task is Task.MULTI_LABEL)
        arrays = {name: tensors[name] for name in ("table", *_SMALL)}
        return cls(labels=labels, settings=settings, task=task, thresholds=tensors.get(THRESHOLDS), **arrays)


def places(hashes: Hashes, bits: int) -> NDArray[np.int64]:
    """Place in the table of each hash: its leading bits."""
    return (hashes >> np.uint64(64 - bits)).astype(np.int64)


def bytes_of(weights: Array) -> tuple[NDArray[np.int8], float]:
    """A byte for each weight, and the weight that 127 stands for: `byte = ±127 · sqrt(|weight| / peak)`, rounded."""
    peak = float(np.abs(weights).max(initial=0)) or 1.0
    return (np.sign(weights) * np.rint(STEPS * np.sqrt(np.abs(weights) / peak))).astype(np.int8), peak


def weights_of(stored: NDArray[np.int8], peak: float) -> NDArray[np.float32]:
    """The weights that bytes stand for."""
    share = stored.astype(np.float32) / STEPS
    return np.asarray(np.sign(share) * share * share * peak, np.float32)


def _check_tensors(path: Path, tensors: Mapping[str, Array], count: int, bits: int, *, several: bool) -> None:
    """Refuse weights that do not fit the card, rather than answer wrongly.

    Raises:
        ModelError: Arrays are missing, of another type or shape, not finite, or out of range.
    """
    missing = [name for name in ("table", *_SMALL) if name not in tensors]
    if missing:
        raise ModelError("models.damaged", path=path, reason=f"no {', '.join(missing)}")
    exclusive = count == 2 and (not several or tensors["peak"].shape == (1,))
    width = 1 if exclusive else count
    shapes = {
        "table": (1 << bits, width), "peak": (width,), "intercepts": (width,), "slope": (count if several else 1,),
        "offsets": (count,), "prior": (count,),
    }  # fmt: skip
    if several and THRESHOLDS in tensors:  # n-grams beside a network have none
        shapes[THRESHOLDS] = (count,)
    wrong = [
        f"{name} {tensors[name].shape} ≠ {shape}" for name, shape in shapes.items() if tensors[name].shape != shape
    ]
    kinds = {name: np.dtype(np.int8 if name == "table" else np.float32) for name in shapes}
    wrong += [f"{name}: {tensors[name].dtype} ≠ {kind}" for name, kind in kinds.items() if tensors[name].dtype != kind]
    wrong += [
        f"{name}: not finite"
        for name in (*_SMALL, THRESHOLDS)
        if name in shapes and not np.isfinite(tensors[name]).all()
    ]
    prior = tensors["prior"]
    if not wrong and (prior.min() < 0 or prior.max() > 1 or (not several and abs(prior.sum() - 1) > SUM_TOLERANCE)):
        wrong.append("prior: no probabilities")
    if wrong:
        raise ModelError("models.damaged", path=path, reason="; ".join(wrong))
