"""The models, as insight asks them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from maeum.audience.emotions import order_of
from maeum.data.aliases import canonical
from maeum.data.catalog.kote import KOTE_LABELS
from maeum.engine.ordered import map_ordered
from maeum.errors import ModelError
from maeum.messages import listing
from maeum.schema import ClassPredictions, Model, Task

if TYPE_CHECKING:
    import polars as pl

PIECE: Final = 4096  # texts that a thread predicts at once
Answer = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True)
class SentimentJudge:
    """A model that knows positive from negative.

    Attributes:
        name: As the user gave it.
        labels: Its labels.
        probabilities: Of texts, `(N, K)`.
        positive: Place of the positive label.
        negative: Place of the negative one.
        quick: Whether it is made of n-grams, so that all reviews can be asked about.
    """

    name: str
    labels: tuple[str, ...]
    probabilities: Answer
    positive: int
    negative: int
    quick: bool = False

    def ask(self, texts: pl.Series) -> pl.DataFrame:
        """`positivity` (0…1), and whether each text is called `positive` or `negative`."""
        import polars as pl

        found = self.probabilities(texts.to_list())
        top = found.argmax(axis=1) if len(found) else np.zeros(0, np.int64)
        return pl.DataFrame(
            {
                "positivity": 0.5 + 0.5 * (found[:, self.positive] - found[:, self.negative]).astype(np.float64),
                "positive": top == self.positive,
                "negative": top == self.negative,
            }
        )


@dataclass(frozen=True)
class EmotionJudge:
    """A model of KOTE's 44 emotions.

    Attributes:
        name: As the user gave it.
        intensities: Of texts, `(N, 44)` in KOTE's order.
        thresholds: From which intensity a label is given `(44,)`.
    """

    name: str
    intensities: Answer
    thresholds: NDArray[np.float32]


def sentiment_judge(model: Model, name: str, workers: int = 1) -> SentimentJudge:
    """A model as a judge of sentiment.

    Args:
        model: Of single labels, two of which mean negative and positive.
        name: For messages.
        workers: Threads that may ask it at once.

    Raises:
        ModelError: It does not tell positive from negative.
    """
    meanings = [canonical(label) for label in model.labels]
    if model.task is not Task.SINGLE_LABEL or meanings.count("positive") != 1 or meanings.count("negative") != 1:
        raise ModelError("insight.no_sentiment", name=name, labels=listing(model.labels, 10))
    return SentimentJudge(
        name, model.labels.names, _asking(model, workers), meanings.index("positive"), meanings.index("negative"),
        bool(getattr(model, "parallel", False)),
    )  # fmt: skip


def emotion_judge(model: Model, name: str, workers: int = 1, labels: Sequence[str] | None = None) -> EmotionJudge:
    """A model as a judge of emotions.

    Args:
        model: Of several labels, KOTE's 44 in any order.
        name: For messages.
        workers: Threads that may ask it at once.
        labels: What its labels are called, in their order, where it numbers them (`LABEL_0`).

    Raises:
        ModelError: It does not give several labels.
        LabelError: Its labels are not KOTE's.
    """
    if model.task is not Task.MULTI_LABEL:
        raise ModelError("insight.no_emotions", name=name, task=model.task.value)
    names = tuple(model.labels.names if labels is None else labels)
    if len(names) != len(model.labels):
        raise ModelError("insight.labels_count", name=name, count=len(model.labels), given=len(names))
    order = order_of(names, name)
    thresholds = getattr(model, "thresholds", None)
    if thresholds is None:
        found = model.predict([])
        thresholds = getattr(found, "thresholds", None)
    limits = (
        np.full(len(KOTE_LABELS), 0.5, np.float32) if thresholds is None else np.asarray(thresholds, np.float32)[order]
    )
    ask = _asking(model, workers)
    return EmotionJudge(name, lambda texts: ask(texts)[:, order], limits)


def _asking(model: Model, workers: int) -> Answer:
    width = len(model.labels)

    def one(texts: Sequence[str]) -> NDArray[np.float32]:
        found = model.predict(list(texts))
        assert isinstance(found, ClassPredictions)
        return found.probabilities

    def several(texts: Sequence[str]) -> NDArray[np.float32]:
        if not len(texts):
            return np.zeros((0, width), np.float32)
        if workers == 1 or len(texts) <= PIECE:
            return one(texts)
        pieces = [texts[start : start + PIECE] for start in range(0, len(texts), PIECE)]
        return np.concatenate(list(map_ordered(one, pieces, workers, 2 * workers)))

    return several
