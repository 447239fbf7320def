"""A trained linear model: n-grams, their weights, and what turns scores into probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from maeum.errors import ModelError
from maeum.metrics.calibration import sigmoid, softmax
from maeum.models.folder import CARD, damage_of, read_tensors, saving, write_tensors
from maeum.models.linear.ngrams import NGrams
from maeum.models.linear.settings import Counts, LinearSettings
from maeum.models.linear.vocabulary import Vocabulary
from maeum.schema import ClassPredictions, Dataset, Labels, Task, check_texts
from maeum.schema.layer import Layer
from maeum.schema.predictions import SUM_TOLERANCE
from maeum.text import Pipeline

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Array = NDArray[Any]
WEIGHTS: Final = "weights.safetensors"


@dataclass(frozen=True, eq=False)
class LinearModel:
    """TF-IDF n-grams with one weight vector per label.

    Attributes:
        task: Single or several labels.
        labels: K labels.
        settings: What was asked for in training.
        vocabulary: V n-grams.
        scale: Weight of each n-gram before the row is brought to length 1, `(V,)`.
        coefficients: `(V, K)`, or `(V, 1)` for two labels (the second against the first).
        intercepts: `(K,)` or `(1,)`.
        slope: What scores are multiplied with before they become probabilities, `(1,)` or, for several labels, `(K,)`.
        offsets: What is added then, `(K,)`.
        prior: Share of each label in training `(K,)`: the answer to a text with no known n-gram.
        thresholds: For several labels, `(K,)`.
        telling: By label the n-grams with the highest weights, as (spelling, weight).
    """

    parallel: ClassVar[bool] = True  # several threads may predict with it at once, and gain by it

    task: Task
    labels: Labels
    settings: LinearSettings
    vocabulary: Vocabulary
    scale: NDArray[np.float32]
    coefficients: NDArray[np.float32]
    intercepts: NDArray[np.float32]
    slope: NDArray[np.float32]
    offsets: NDArray[np.float32]
    prior: NDArray[np.float32]
    thresholds: NDArray[np.float32] | None = None
    telling: Mapping[str, Sequence[tuple[str, float]]] = field(default_factory=dict)

    @property
    def pipeline(self) -> Pipeline:
        """The text steps applied first."""
        return Pipeline(self.settings.steps)

    @property
    def ngrams(self) -> NGrams:
        """Which n-grams are looked at."""
        return NGrams(self.settings.joined_max, self.settings.spaced_max, self.settings.word_max)

    def predict(self, inputs: Sequence[str] | Sequence[tuple[str, str]] | Dataset) -> ClassPredictions:
        """Probabilities `(N, K)`; a text without any known n-gram gets the prior.

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
        """Block by block the raw scores `(n, K)` of texts and whether each has any known n-gram `(n,)`."""
        for height, rows, hashes in self.ngrams.hash_blocks(self.pipeline.apply(texts)):
            yield self.score(tfidf(self.vocabulary.count(rows, hashes, height), self.scale, self.settings.counts))

    def score(self, weighted: csr_matrix) -> tuple[Array, Array]:
        """Scores `(N, K)` of TF-IDF rows `(N, V)`, and whether a row has any n-gram `(N,)`."""
        raw = weighted @ self.coefficients + self.intercepts
        if raw.shape[1] == 1:  # two labels: the score of the second; the first has its negative
            raw = np.hstack([-raw / 2, raw / 2])
        return np.asarray(raw), np.diff(weighted.indptr) > 0

    def probabilities(self, scores: Array, known: Array) -> NDArray[np.float32]:
        """Calibrated probabilities `(N, K)` of scores `(N, K)`; the prior where nothing is known."""
        shifted = scores * self.slope + self.offsets
        found = sigmoid(shifted) if self.task is Task.MULTI_LABEL else softmax(shifted)
        return np.where(known[:, None], found, self.prior).astype(np.float32)

    def explain(self, text: str, label: str | None = None, limit: int = 10) -> list[tuple[str, float]]:
        """The n-grams of a text that speak most for (+) or against (−) a label, the strongest first.

        "재미없다" -> [("없다", −0.41), ("재미없", −0.38), …] for label positive

        Args:
            text: Any text.
            label: One of `labels`; None for the predicted one.
            limit: How many.
        """
        target = int(self.labels.encode([label])[0]) if label else int(self.predict([text]).indices[0])
        prepared = self.pipeline(text)
        spelled = list(self.ngrams.spelled(prepared))
        if not spelled:
            return []
        position = self.vocabulary.positions(np.concatenate([hashes for _, hashes in spelled]))
        weights = self._label_weights(target)
        parts: dict[str, float] = {}
        seen: set[int] = set()
        for (spelling, _), at in zip(spelled, position.tolist(), strict=True):
            if at >= 0 and at not in seen:
                seen.add(at)
                parts[spelling.strip()] = parts.get(spelling.strip(), 0.0) + float(self.scale[at] * weights[at])
        length = float(np.sqrt((self.scale[list(seen)] ** 2).sum())) or 1.0
        strongest = sorted(parts.items(), key=lambda part: -abs(part[1]))[:limit]
        return [(spelling, weight / length) for spelling, weight in strongest]

    def _label_weights(self, target: int) -> Array:
        if self.coefficients.shape[1] == 1:
            return self.coefficients[:, 0] * (0.5 if target == 1 else -0.5)
        return self.coefficients[:, target]

    def layers(self) -> list[Layer]:
        """What a text goes through, from its steps to the probabilities."""
        size, width = self.coefficients.shape
        dense = self.coefficients.size + self.intercepts.size
        calibration = self.slope.size + self.offsets.size
        end = "sigmoid" if self.task is Task.MULTI_LABEL else "softmax"
        return [
            Layer("text", "steps", (None,), note=", ".join(self.pipeline.names)),
            Layer("ngrams", "counts", (None, size), note=self.settings.counts.value),
            Layer("tfidf", "scale", (None, size), self.scale.size, self.scale.size),
            Layer("dense", "linear", (None, width), dense, dense),
            Layer("calibration", "affine", (None, len(self.labels)), calibration, calibration),
            Layer("probabilities", end, (None, len(self.labels))),
        ]

    def save(self, folder: Path | str) -> Path:
        """Write the model to a new folder.

        Raises:
            OutputError: The folder exists or cannot be written.
        """
        card = {
            "family": "linear",
            "task": self.task.value,
            "labels": self.labels.to_json(),
            "settings": self.settings.model_dump(mode="json"),
            "telling": {label: [list(pair) for pair in pairs] for label, pairs in self.telling.items()},
        }
        arrays = {name: getattr(self, name) for name in _ARRAYS if getattr(self, name) is not None}
        with saving(folder, card) as part:
            write_tensors(part / WEIGHTS, {"hashes": self.vocabulary.hashes, **arrays})
        return Path(folder)

    @classmethod
    def load(cls, folder: Path, card: Mapping[str, Any]) -> LinearModel:
        """Read a model that `save` wrote.

        Raises:
            ModelError: Files are missing, damaged, or do not fit each other.
        """
        labels, task = Labels.from_json(card["labels"]), Task(card["task"])
        tensors = read_tensors(folder / WEIGHTS)
        _check_tensors(folder / WEIGHTS, tensors, len(labels), several=task is Task.MULTI_LABEL)
        with damage_of(folder / CARD):
            return cls(
                task=task,
                labels=labels,
                settings=LinearSettings.build(card["settings"]),
                vocabulary=Vocabulary(tensors["hashes"]),
                telling={label: [(str(s), float(w)) for s, w in pairs] for label, pairs in card["telling"].items()},
                thresholds=tensors.get("thresholds"),
                **{name: tensors[name] for name in _ARRAYS if name != "thresholds"},
            )


_ARRAYS: Final = ("scale", "coefficients", "intercepts", "slope", "offsets", "prior", "thresholds")


def tfidf(counts: csr_matrix, scale: Array, rule: Counts) -> csr_matrix:
    """Counts `(N, V)` weighted by `scale (V,)`, each row brought to length 1."""
    from scipy.sparse import csr_matrix

    if rule is Counts.PRESENCE:
        data = np.ones_like(counts.data)
    else:
        data = 1 + np.log(counts.data) if rule is Counts.LOG else counts.data
    data = data * scale[counts.indices]
    filled = np.diff(counts.indptr)
    sums = np.zeros(len(filled), np.float64)
    if len(data):
        starts = counts.indptr[:-1][filled > 0]
        sums[filled > 0] = np.add.reduceat(data.astype(np.float64) ** 2, starts)
    length = np.sqrt(np.where(sums > 0, sums, 1)).astype(np.float32)
    data = (data / np.repeat(length, filled)).astype(np.float32)
    return csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)


def _check_tensors(path: Path, tensors: Mapping[str, Array], count: int, *, several: bool) -> None:
    """Refuse weights that do not fit the card or each other, rather than answer wrongly.

    Raises:
        ModelError: Arrays are missing, of another type or shape, not finite, out of range, or out of order.
    """
    needed = ("hashes", *(name for name in _ARRAYS if several or name != "thresholds"))
    missing = [name for name in needed if name not in tensors]
    if missing:
        raise ModelError("models.damaged", path=path, reason=f"no {', '.join(missing)}")
    size, width = len(tensors["hashes"]), 1 if count == 2 and tensors["coefficients"].shape[1:] == (1,) else count
    shapes = {
        "hashes": (size,), "scale": (size,), "coefficients": (size, width), "intercepts": (width,),
        "slope": (count if several else 1,), "offsets": (count,), "prior": (count,), "thresholds": (count,),
    }  # fmt: skip
    found = {name: tensors[name] for name in needed}
    wrong = [f"{name} {array.shape} ≠ {shapes[name]}" for name, array in found.items() if array.shape != shapes[name]]
    kinds = {name: np.dtype(np.uint64 if name == "hashes" else np.float32) for name in needed}
    wrong += [f"{name}: {array.dtype} ≠ {kinds[name]}" for name, array in found.items() if array.dtype != kinds[name]]
    wrong += [f"{name}: not finite" for name, array in found.items() if not np.isfinite(array).all()]
    if not wrong and not (found["hashes"][1:] > found["hashes"][:-1]).all():
        wrong.append("hashes: not ascending")
    prior = found["prior"]
    if not wrong and (prior.min() < 0 or prior.max() > 1 or (not several and abs(prior.sum() - 1) > SUM_TOLERANCE)):
        wrong.append("prior: no probabilities")
    if wrong:
        raise ModelError("models.damaged", path=path, reason="; ".join(wrong))
