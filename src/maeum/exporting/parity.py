"""Answers of the exported graph beside torch's, on real texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.engine.inference import Inference
from maeum.engine.sessions import OnnxSession
from maeum.engine.tokens import Encoded
from maeum.metrics.calibration import sigmoid, softmax
from maeum.models.exported import ExportedModel
from maeum.models.neural import NeuralModel
from maeum.models.neural.model import text_of, wide_scores
from maeum.schema import ClassPredictions, Task

if TYPE_CHECKING:
    from onnx import ModelProto

MOST_DIFFERENT: Final = 1e-3  # in a probability, of 32 bits from torch: beyond rounding the graph is another function
SHOWN: Final = 5  # texts with another label that are kept
_LONGEST: Final = 60  # characters of them
Inputs = Sequence[str] | Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Disagreement:
    """A text that got another label, or other labels.

    Attributes:
        text: Its beginning.
        before: Labels by torch.
        after: Labels by the exported graph.
    """

    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Parity:
    """How an exported graph answers N texts beside torch in 32 bits.

    Attributes:
        texts: N.
        agreement: Share of the same decisions: of a text's label, or with several labels of each label being given or
            not, by the model's thresholds.
        largest: Largest difference of a probability.
        mean: Mean difference of the probabilities.
        same_sets: With several labels: share of texts whose whole set of labels is the same.
        disagreements: The first texts with other labels.
    """

    texts: int
    agreement: float
    largest: float
    mean: float
    same_sets: float | None = None
    disagreements: tuple[Disagreement, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The numbers, for the model card; texts of users do not go into it."""
        found: dict[str, Any] = {
            "agreement": self.agreement,
            "largest_difference": self.largest,
            "mean_difference": self.mean,
        }
        return found if self.same_sets is None else {**found, "same_sets": self.same_sets}


@dataclass(frozen=True, eq=False)
class Reference:
    """N inputs with what torch answers.

    Attributes:
        model: The model.
        inputs: N texts or pairs, none empty.
        encoded: Their token ids.
        wide: Scores of the part beside the network `(N, K)`, if it has one.
        predictions: Of torch in 32 bits.
        folder: For temporary files.
    """

    model: NeuralModel
    inputs: Inputs
    encoded: Encoded
    wide: NDArray[np.float32] | None
    predictions: ClassPredictions
    folder: Path

    @classmethod
    def of(cls, model: NeuralModel, inputs: Inputs, folder: Path) -> Reference:
        """Torch's answers to N inputs."""
        encoded = model.encode(inputs)
        wide = None if model.wide is None else wide_scores(model.wide, [text_of(one) for one in inputs])
        logits = model.encoded_logits(encoded, wide, len(inputs))
        return cls(model, inputs, encoded, wide, _predictions(model, logits), folder)

    def unsure(self, count: int) -> Reference:
        """The `count` inputs whose decision is nearest to another, where rounding shows first."""
        found = self.predictions.probabilities
        if self.model.task is Task.MULTI_LABEL:
            limits = 0.5 if self.predictions.thresholds is None else self.predictions.thresholds
            distance = np.abs(found - limits).min(axis=1)
        else:
            ordered = np.sort(found, axis=1)
            distance = ordered[:, -1] - ordered[:, -2]
        rows = np.sort(np.argsort(distance, kind="stable")[:count])
        chosen: Any = [self.inputs[row] for row in rows]
        wide = None if self.wide is None else self.wide[rows]
        answers = self.predictions.take(rows)
        return Reference(self.model, chosen, self.model.encode(chosen), wide, answers, self.folder)

    def compare(self, graph: ModelProto) -> Parity:
        """Run the graph on the same token ids and compare."""
        found = _predictions(self.model, run(graph, self))
        return compare(self.inputs, self.predictions, found)


def compare(inputs: Inputs, before: ClassPredictions, after: ClassPredictions) -> Parity:
    """Predictions `after` beside `before`, for the same N inputs."""
    apart = np.abs(before.probabilities - after.probabilities)
    if before.several:
        same = before.decide() == after.decide()
        whole = same.all(axis=1)
        agreement, sets = float(same.mean()), float(whole.mean())
    else:
        whole = before.indices == after.indices
        agreement, sets = float(whole.mean()), None
    shown = [
        Disagreement(_beginning(inputs[row]), _labels(before, row), _labels(after, row))
        for row in np.flatnonzero(~whole)[:SHOWN].tolist()
    ]
    return Parity(len(before), agreement, float(apart.max()), float(apart.mean()), sets, tuple(shown))


def run(graph: ModelProto, reference: Reference) -> NDArray[np.float32]:
    """Logits `(N, K)` of a graph for the token ids of a reference, computed as the exported model will compute them."""
    model, path = reference.model, reference.folder / "candidate.onnx"
    path.write_bytes(graph.SerializeToString())
    session = OnnxSession(path)
    path.unlink()
    inference = Inference(
        encode=model.encode,
        score=session.run,
        pad=model.tokens.pad,
        labels=len(model.labels),
        budget=ExportedModel.budget,
        workers=session.layout.workers,
    )
    return inference.scored(reference.encoded, reference.wide, len(reference.inputs))


def _predictions(model: NeuralModel, logits: NDArray[np.float32]) -> ClassPredictions:
    # a graph that was destroyed may give what is no number; it then has no answer, and agrees with nothing
    clean = np.nan_to_num(logits, posinf=1e4, neginf=-1e4)
    found = sigmoid(clean) if model.task is Task.MULTI_LABEL else softmax(clean)
    return model.answers(found.astype(np.float32))


def _labels(predictions: ClassPredictions, row: int) -> tuple[str, ...]:
    one = predictions.take(np.array([row]))
    return tuple(one.sets()[0]) if predictions.several else (one.top[0],)


def _beginning(one: str | tuple[str, str]) -> str:
    text = " ".join((one if isinstance(one, str) else " / ".join(one)).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
