"""An exported model: graph, tokenizer and card in one folder, read with numpy, onnxruntime and tokenizers alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, Self

import numpy as np
from numpy.typing import NDArray

from maeum.engine.inference import WINDOW, Inference
from maeum.engine.sessions import Engine, Layout, Session, session_of
from maeum.engine.tokens import Encoded
from maeum.errors import ModelError, UsageError
from maeum.metrics.calibration import sigmoid, softmax
from maeum.models import bundled
from maeum.models.exported.card import BESIDE, WIDE, Card
from maeum.models.exported.check import check_answers, check_inputs
from maeum.models.exported.tokens import ExportedTokens
from maeum.models.family import ModelSettings
from maeum.models.folder import CARD
from maeum.models.gradient_settings import LongTexts
from maeum.models.neural.model import is_filled, read_wide, text_of, wide_scores
from maeum.schema import ClassPredictions, Dataset, Labels, Task, check_texts
from maeum.schema.layer import Layer
from maeum.storage import writing_folder

if TYPE_CHECKING:
    from maeum.models.hashed import HashedModel

GRAPH: Final = "model.onnx"
BUDGET: Final = 1024  # tokens of a batch, padding included
ENCODER_BUDGET: Final = 256  # of encoders, whose activations then stay in a core's cache


class ExportedSettings(ModelSettings):
    """Nothing that a user may set: all was decided when the model was trained and exported."""

    family: Literal["exported"] = "exported"
    tasks: ClassVar[tuple[Task, ...]] = (Task.SINGLE_LABEL, Task.MULTI_LABEL, Task.PAIR)


@dataclass(frozen=True, eq=False)
class ExportedModel:
    """A classifier as an ONNX graph.

    Attributes:
        folder: Where it was read from.
        card: What `model.json` says.
        tokens: Tokenizer with the text steps before it.
        session: Computes the graph.
        wide: Hashed n-grams whose scores the graph takes as `wide`, where it does.
        budget: Tokens of a batch, padding included.
        window: Texts that are sorted by length together.
    """

    family: ClassVar[str] = "exported"
    parallel: ClassVar[bool] = False  # it spreads its own work over the cores
    block: ClassVar[int] = WINDOW  # texts that are best given at once

    folder: Path
    card: Card
    tokens: ExportedTokens
    session: Session
    wide: HashedModel | None = None
    budget: int = BUDGET
    window: int = WINDOW

    @property
    def task(self) -> Task:
        """What it answers."""
        return self.card.task

    @property
    def labels(self) -> Labels:
        """K labels."""
        return self.card.labels

    @property
    def prior(self) -> NDArray[np.float32]:
        """Share of each label in training `(K,)`: the answer to a text without any character."""
        return self.card.prior

    @property
    def thresholds(self) -> NDArray[np.float32] | None:
        """From which probability a label is given `(K,)`, for several labels."""
        return self.card.thresholds

    @property
    def max_length(self) -> int:
        """Longest piece, in tokens."""
        return self.card.max_length

    @property
    def long_texts(self) -> LongTexts:
        """What becomes of longer texts."""
        return self.card.long_texts

    @property
    def settings(self) -> ExportedSettings:
        """None of its own."""
        return ExportedSettings()

    def predict(self, inputs: Sequence[str] | Sequence[tuple[str, str]] | Dataset) -> ClassPredictions:
        """Probabilities `(N, K)`; a text without any character gets the prior.

        Raises:
            UserError: Inputs that are not texts (or pairs, for a model of pairs), named by position.
            ModelError: The graph cannot compute them.
        """
        texts = self.checked(inputs)
        empty = np.fromiter((not is_filled(text) for text in texts), np.bool_, len(texts))
        logits = self.logits(texts)
        found = sigmoid(logits) if self.task is Task.MULTI_LABEL else softmax(logits)
        return self.answers(np.where(empty[:, None], self.prior, found).astype(np.float32))

    def checked(self, inputs: Sequence[Any] | Dataset) -> list[str] | list[tuple[str, str]]:
        """The inputs, checked to be what this model's task asks for."""
        if self.task is not Task.PAIR:
            return check_texts(inputs)
        from maeum.models.encoder.model import check_pairs

        return check_pairs(inputs.inputs if isinstance(inputs, Dataset) else inputs)

    def answers(self, probabilities: NDArray[np.float32]) -> ClassPredictions:
        """Probabilities `(N, K)` as predictions."""
        return ClassPredictions(self.labels, probabilities, self.task is Task.MULTI_LABEL, self.thresholds)

    def encode(self, inputs: Sequence[str] | Sequence[tuple[str, str]]) -> Encoded:
        """Token ids of N inputs."""
        return self.tokens.encode(inputs, self.max_length, self.long_texts)

    def logits(self, inputs: Sequence[str] | Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Logits `(N, K)` float32; those of a text's windows are averaged."""
        return self.inference().run(inputs)

    def inference(self) -> Inference:
        """What brings texts to the graph."""
        return Inference(
            encode=self.encode,
            score=self.session.run,
            pad=self.tokens.pad,
            labels=len(self.labels),
            wide=None if self.wide is None else self._wide_scores,
            budget=self.budget,
            window=self.window,
            workers=self.session.layout.workers,
        )

    def with_engine(self, engine: Engine, name: object, layout: Layout | None = None) -> Self:
        """The model called `name`, computed by another engine, or with the cores shared out in another way.

        Raises:
            UsageError: torch, which has nothing to compute here.
            MissingExtraError: The engine is not installed.
            ModelError: The engine cannot read the graph.
        """
        if engine is Engine.TORCH:
            raise UsageError("exported.not_torch", model=name)
        session = session_of(self.folder / GRAPH, engine, layout)
        check_answers(self.folder, self.card, self.tokens, session)
        return replace(self, session=session)

    def layers(self) -> list[Layer]:
        """What a text goes through; inside, the graph is not told apart."""
        several = self.task is Task.MULTI_LABEL
        return [
            *self._ngrams(),
            Layer("tokens", "tokenizer", (None, None), note=f"{self.tokens.largest + 1:,}"),
            Layer("graph", "onnx", (None, len(self.labels)), self.card.parameters, note=self.card.precision),
            Layer("probabilities", "sigmoid" if several else "softmax", (None, len(self.labels))),
        ]

    def _ngrams(self) -> list[Layer]:
        """The n-grams up to their raw scores, which are what the graph takes; nothing learns any more."""
        layers = [] if self.wide is None else self.wide.layers()
        used = [one for one in layers if one.kind in ("steps", "hashes", "linear")]
        return [replace(one, name=f"{WIDE}.{one.name}", trainable=0) for one in used]

    def save(self, folder: Path | str) -> Path:
        """Copy the model to a new folder.

        Raises:
            OutputError: The folder exists or cannot be written.
        """
        with writing_folder(folder, marker=CARD) as part:
            shutil.copytree(self.folder, part, dirs_exist_ok=True)
            if self.card.beside and self.wide is not None:  # a copy stands alone, whatever the package brings later
                self.wide.save(part / WIDE)
                card = json.loads((part / CARD).read_text(encoding="utf-8"))
                del card[BESIDE]
                (part / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return Path(folder)

    @classmethod
    def load(cls, folder: Path, card: Mapping[str, Any], layout: Layout | None = None) -> ExportedModel:
        """Read a model that `maeum export` wrote.

        Args:
            folder: Of the model.
            card: What its `model.json` holds.
            layout: How the cores are shared out.

        Raises:
            ModelError: Files are missing, damaged, or do not fit each other, or the graph is newer than the runtime.
        """
        said = Card.read(folder / CARD, card)
        types = "token_type_ids" in said.inputs
        tokens = ExportedTokens.load(folder, said.steps, said.pad, types=types, mark=said.mark)
        wide = _read_wide(folder, said) if WIDE in said.inputs else None
        session = session_of(folder / GRAPH, Engine.ONNX, layout)
        check_inputs(folder / GRAPH, said, session)
        check_answers(folder, said, tokens, session)
        budget = ENCODER_BUDGET if said.of_encoder else BUDGET
        return cls(folder, said, tokens, session, wide, budget)

    def _wide_scores(self, inputs: Sequence[Any]) -> NDArray[np.float32]:
        assert self.wide is not None
        return wide_scores(self.wide, [text_of(one) for one in inputs])


def _read_wide(folder: Path, card: Card) -> HashedModel:
    """The n-grams in the model's folder, or those of the packaged model that its card names.

    Raises:
        ModelError: There are none, or they have other labels.
    """
    if not card.beside:
        return read_wide(folder / WIDE, card.labels)
    packaged = bundled()
    if card.beside not in packaged:
        raise ModelError("models.damaged", path=folder / CARD, reason=f"{BESIDE}: {card.beside}")
    return read_wide(packaged[card.beside], card.labels)
