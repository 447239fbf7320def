"""A trained network or encoder: tokenizer, module, labels; how it predicts is the same for all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import numpy as np
from numpy.typing import NDArray

from maeum.engine.inference import WINDOW, Inference
from maeum.engine.sessions import Engine
from maeum.engine.tokens import BUDGET, Batch, average
from maeum.errors import ModelError, UsageError, require
from maeum.metrics.calibration import sigmoid, softmax
from maeum.models.family import ModelSettings
from maeum.models.folder import CARD, read_card, saving
from maeum.models.gradient_settings import LongTexts
from maeum.models.neural.batches import Encoded, Tokens, logits_of
from maeum.schema import ClassPredictions, Dataset, Labels, Task, check_texts

if TYPE_CHECKING:
    from torch import nn

    from maeum.models.hashed import HashedModel

WIDE: Final = "wide"  # folder of the hashed part inside a model folder
GPU_BUDGET: Final = 65_536  # tokens of a batch on a GPU
__all__ = ["WIDE", "NeuralModel", "average", "read_wide", "wide_scores"]


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
    block: ClassVar[int] = WINDOW  # texts that are best given at once

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
        empty = np.fromiter((not is_filled(text) for text in texts), np.bool_, len(texts))
        logits = self.logits(texts)
        found = sigmoid(logits) if self.task is Task.MULTI_LABEL else softmax(logits)
        return self.answers(np.where(empty[:, None], self.prior, found).astype(np.float32))

    def checked(self, inputs: Sequence[Any] | Dataset) -> list[str] | list[tuple[str, str]]:
        """The inputs, checked to be what this model's task asks for."""
        return check_texts(inputs)

    def answers(self, probabilities: NDArray[np.float32]) -> ClassPredictions:
        """Probabilities `(N, K)` as predictions."""
        return ClassPredictions(self.labels, probabilities, self.task is Task.MULTI_LABEL, self.thresholds)

    def with_engine(self, engine: Engine, name: object) -> Self:
        """The model called `name`, computed by torch, on a GPU where there is one.

        Raises:
            UsageError: Another engine, which only exported models can have.
            MissingExtraError: torch is not installed.
        """
        if engine is not Engine.TORCH:
            raise UsageError("exported.export_first", engine=engine.value, model=name)
        require("torch", "train")
        import torch

        if torch.cuda.is_available():
            self.module.to("cuda")
        return self

    def logits(self, inputs: Sequence[str] | Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Logits `(N, K)` float32; those of a text's windows are averaged. On a GPU in bf16 where it has that.

        Raises:
            MissingExtraError: torch is not installed.
        """
        require("torch", "train")
        with self._judging(half=True) as inference:
            return inference.run(inputs)

    def encoded_logits(self, encoded: Encoded, wide: NDArray[np.float32] | None, count: int) -> NDArray[np.float32]:
        """Logits `(N, K)` float32 of `count` inputs that are token ids already, with the scores of the wide part."""
        with self._judging() as inference:
            return inference.scored(encoded, wide, count)

    @contextmanager
    def _judging(self, *, half: bool = False) -> Iterator[Inference]:
        """The module as it judges, not as it learns, with what brings texts to it."""
        import torch

        device = next(self.module.parameters()).device
        gpu = device.type == "cuda"
        bf16 = half and gpu and torch.cuda.is_bf16_supported()

        def score(batch: Batch) -> NDArray[np.float32]:
            given = {name: torch.from_numpy(array).to(device) for name, array in batch.items()}
            with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16, enabled=bf16):
                found: NDArray[np.float32] = logits_of(self.module(**given)).float().cpu().numpy()
            return found

        was_training = self.module.training
        self.module.eval()
        try:
            yield Inference(
                encode=self.encode,
                score=score,
                pad=self.tokens.pad,
                labels=len(self.labels),
                wide=None if self.wide is None else self._wide_scores,
                budget=GPU_BUDGET if gpu else BUDGET,
            )
        finally:
            self.module.train(was_training)

    def _wide_scores(self, inputs: Sequence[Any]) -> NDArray[np.float32]:
        assert self.wide is not None
        return wide_scores(self.wide, [text_of(one) for one in inputs])

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
            **self._beside(),
        }
        with saving(folder, card) as part:
            self.tokens.save(part)
            self._write(part)
            if self.wide is not None:
                self.wide.save(part / WIDE)
        return Path(folder)

    def _beside(self) -> dict[str, Any]:
        """Numbers of the module that the card keeps, because they are not among its tensors."""
        return {}

    @abstractmethod
    def _write(self, folder: Path) -> None:
        """Write the module's files into the folder."""


def wide_scores(model: HashedModel, texts: Sequence[str]) -> NDArray[np.float32]:
    """Raw scores `(N, K)` of hashed n-grams; 0 for texts without any."""
    blocks = [np.where(known[:, None], scores, 0) for scores, known in model.scores(texts)]
    return np.concatenate(blocks).astype(np.float32) if blocks else np.empty((0, len(model.labels)), np.float32)


def read_wide(inside: Path, labels: Labels) -> HashedModel:
    """The n-grams in a folder, which is `wide` of the model's own.

    Raises:
        ModelError: They are missing, damaged, or have other labels.
    """
    from maeum.models.hashed import HashedModel

    if not inside.is_dir():
        raise ModelError("models.file_missing", folder=inside.parent, name=inside.name)
    wide = HashedModel.load(inside, read_card(inside))
    if wide.labels.names != labels.names:
        reason = f"{', '.join(wide.labels)} ≠ {', '.join(labels)}"
        raise ModelError("models.damaged", path=inside / CARD, reason=reason)
    return wide


def text_of(one: str | tuple[str, str]) -> str:
    """The text of an input, of a pair the first."""
    return one if isinstance(one, str) else one[0]


def is_filled(one: str | tuple[str, str]) -> bool:
    """Whether an input has any character."""
    return bool(one.strip()) if isinstance(one, str) else any(part.strip() for part in one)
