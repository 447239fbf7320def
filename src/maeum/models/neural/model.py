"""A trained network or encoder: tokenizer, module, labels; how it predicts is the same for all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from maeum.errors import require
from maeum.messages import say
from maeum.metrics.calibration import sigmoid, softmax
from maeum.models.family import ModelSettings
from maeum.models.folder import saving
from maeum.models.gradient_settings import LongTexts
from maeum.models.neural.batches import Encoded, Tokens, by_length, collate, logits_of, to_device
from maeum.progress import progress
from maeum.schema import ClassPredictions, Dataset, Labels, Task, check_texts

if TYPE_CHECKING:
    from torch import nn

    from maeum.models.hashed import HashedModel

WIDE: Final = "wide"  # folder of the hashed part inside a model folder
_SHOWN_FROM: Final = 2_000  # pieces from which predicting shows progress


@dataclass(frozen=True, eq=False)
class NeuralModel(ABC):
    """A classifier that was trained with gradients.

    Attributes:
        task: Single or several labels.
        labels: K labels.
        settings: What was asked for: the family's own settings.
        tokens: Tokenizer and vocabulary.
        module: `module(**batch)` gives logits `(B, K)`, or an output that holds them; batches: `neural.collate`.
        prior: Share of each label in training `(K,)`: the answer to a text without any character.
        max_length: Longest piece, in tokens.
        long_texts: What becomes of longer texts.
        thresholds: From which probability a label is given `(K,)`, for several labels.
        wide: Hashed n-grams whose scores `(N, K)` the module takes as `wide`, where it has such a part.
    """

    family: ClassVar[str]
    parallel: ClassVar[bool] = False  # torch spreads its own work over the cores

    task: Task
    labels: Labels
    settings: ModelSettings
    tokens: Tokens
    module: nn.Module
    prior: NDArray[np.float32]
    max_length: int
    long_texts: LongTexts = LongTexts.TRUNCATE
    thresholds: NDArray[np.float32] | None = None
    wide: HashedModel | None = None
    card: dict[str, Any] = field(default_factory=dict)  # further facts for the model card

    def encode(self, inputs: Sequence[str] | Sequence[tuple[str, str]]) -> Encoded:
        """Token ids of N inputs."""
        return self.tokens.encode(inputs, self.max_length, self.long_texts)

    def predict(self, inputs: Sequence[str] | Sequence[tuple[str, str]] | Dataset) -> ClassPredictions:
        """Probabilities `(N, K)`; a text without any character gets the prior.

        Raises:
            UserError: Inputs that are not texts, named by position.
            MissingExtraError: torch is not installed.
        """
        texts = self.checked(inputs)
        empty = np.fromiter((not _filled(text) for text in texts), np.bool_, len(texts))
        logits = self.logits(texts)
        found = sigmoid(logits) if self.task is Task.MULTI_LABEL else softmax(logits)
        return self.answers(np.where(empty[:, None], self.prior, found).astype(np.float32))

    def checked(self, inputs: Sequence[Any] | Dataset) -> list[str] | list[tuple[str, str]]:
        """The inputs, checked to be what this model's task asks for."""
        return check_texts(inputs)

    def answers(self, probabilities: NDArray[np.float32]) -> ClassPredictions:
        """Probabilities `(N, K)` as predictions."""
        return ClassPredictions(self.labels, probabilities, self.task is Task.MULTI_LABEL, self.thresholds)

    def logits(self, inputs: Sequence[str] | Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Logits `(N, K)` float32; those of a text's windows are averaged."""
        require("torch", "train")
        encoded = self.encode(inputs)
        wide = wide_scores(self.wide, [_text(one) for one in inputs]) if self.wide is not None else None
        return self.encoded_logits(encoded, wide, len(inputs))

    def encoded_logits(self, encoded: Encoded, wide: NDArray[np.float32] | None, count: int) -> NDArray[np.float32]:
        """Logits `(N, K)` float32 of `count` inputs that are token ids already, with the scores of the wide part."""
        import torch

        pieces = np.zeros((len(encoded.ids), len(self.labels)), np.float32)
        device = next(self.module.parameters()).device
        was_training = self.module.training
        self.module.eval()
        shown = len(pieces) if len(pieces) >= _SHOWN_FROM else 0
        with torch.inference_mode(), progress(say("evaluate.predicting"), shown or None) as advance:
            for batch in by_length(encoded.lengths):
                given = to_device(collate(encoded, batch, self.tokens.pad, wide=wide), device)
                pieces[batch] = logits_of(self.module(**given)).float().cpu().numpy()
                advance(len(batch))
        self.module.train(was_training)
        return average(pieces, encoded.owner, count)

    def save(self, folder: Path | str) -> Path:
        """Write the model to a new folder.

        Raises:
            OutputError: The folder exists or cannot be written.
        """
        card = {
            **self.card,
            "family": self.family,
            "task": self.task.value,
            "labels": self.labels.to_json(),
            "settings": self.settings.model_dump(mode="json"),
            "max_length": self.max_length,
            "long_texts": self.long_texts.value,
            "prior": [float(share) for share in self.prior],
            "thresholds": None if self.thresholds is None else [float(one) for one in self.thresholds],
        }
        with saving(folder, card) as part:
            self.tokens.save(part)
            self._write(part)
            if self.wide is not None:
                self.wide.save(part / WIDE)
        return Path(folder)

    @abstractmethod
    def _write(self, folder: Path) -> None:
        """Write the module's files into the folder."""


def wide_scores(model: HashedModel, texts: Sequence[str]) -> NDArray[np.float32]:
    """Raw scores `(N, K)` of hashed n-grams; 0 for texts without any."""
    blocks = [np.where(known[:, None], scores, 0) for scores, known in model.scores(texts)]
    return np.concatenate(blocks).astype(np.float32) if blocks else np.empty((0, len(model.labels)), np.float32)


def average(pieces: NDArray[np.float32], owner: NDArray[np.int64], count: int) -> NDArray[np.float32]:
    """Means `(count, K)` of the rows `(W, K)` of each owner `(W,)`."""
    total = np.zeros((count, pieces.shape[1]), np.float32)
    np.add.at(total, owner, pieces)
    total /= np.maximum(np.bincount(owner, minlength=count), 1)[:, None]
    return total


def _text(one: str | tuple[str, str]) -> str:
    return one if isinstance(one, str) else one[0]


def _filled(one: str | tuple[str, str]) -> bool:
    return bool(one.strip()) if isinstance(one, str) else any(part.strip() for part in one)
