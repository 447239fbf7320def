"""Emotions beside what `maeum predict` answers: the columns `emotion` and `e_<label>`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np

from maeum.audience.judging import EmotionJudge, emotion_judge
from maeum.audience.tables import EMOTION_COLUMNS
from maeum.data.catalog.kote import KOTE_LABELS
from maeum.errors import UsageError
from maeum.messages import did_you_mean
from maeum.models import load
from maeum.schema import Dataset, Labels, Model, Predictions, Task

if TYPE_CHECKING:
    import polars as pl

SENTIMENT: Final = "sentiment"
EMOTION: Final = "emotion"  # what is asked for, the name of the packaged model, and the column with its labels
BETWEEN: Final = "|"  # labels in one cell; some have a comma or a slash in their names


@dataclass(frozen=True)
class WithEmotions:
    """A model that is asked together with one of emotions; what it answers itself stays as it is.

    Attributes:
        model: What answers `predict`.
        emotion: What adds emotions.
        emotion_model: The model behind that.
        emotion_name: As the user gave it.
    """

    parallel: ClassVar[bool] = False  # the model of emotions spreads its own work over the cores

    model: Model
    emotion: EmotionJudge
    emotion_model: Model
    emotion_name: Model | str | Path

    @property
    def task(self) -> Task:
        """What the model answers."""
        return self.model.task

    @property
    def labels(self) -> Labels:
        """Of the model."""
        return self.model.labels

    @property
    def block(self) -> int | None:
        """Texts that are best given at once."""
        return getattr(self.emotion_model, "block", None)

    def predict(self, inputs: Sequence[str] | Sequence[tuple[str, str]] | Dataset) -> Predictions:
        """The model's answers."""
        return self.model.predict(inputs)

    def save(self, folder: Path | str) -> Path:
        """Save the model alone."""
        return self.model.save(folder)


def with_emotions(model: Model, what: str | Sequence[str] | None, emotion: Model | str | Path | None) -> Model:
    """The model, asked together with one of emotions where `what` says so.

    Args:
        model: What answers `predict`.
        what: `sentiment`, or `sentiment,emotion` (a list, or joined by a comma); None: emotions where a model of them
            is named.
        emotion: Of emotions; the packaged `emotion` when None.

    Raises:
        UsageError: Something else is asked for, or a model of emotions is named in vain.
        ModelError: There is no such model, or it does not give several labels.
        LabelError: Its labels are not KOTE's.
    """
    if what is None:
        parts = [SENTIMENT] if emotion is None else [SENTIMENT, EMOTION]
    else:
        parts = [part.strip() for part in (what.split(",") if isinstance(what, str) else what)]
    unknown = [part for part in parts if part not in (SENTIMENT, EMOTION)]
    if unknown or not parts:
        found, known = (unknown or [""])[0], (SENTIMENT, EMOTION)
        raise UsageError("insight.what_unknown", found=found, near=did_you_mean(found, known), known=",".join(known))
    if SENTIMENT not in parts:
        raise UsageError("insight.emotion_alone")
    if EMOTION not in parts:
        if emotion is not None:
            raise UsageError("insight.emotion_not_asked", what=",".join(parts))
        return model
    name = EMOTION if emotion is None else emotion
    loaded = load(name) if isinstance(name, str | Path) else name
    shown = str(name) if isinstance(name, str | Path) else type(name).__name__
    return WithEmotions(model, emotion_judge(loaded, shown), loaded, name)


def emotion_names(model: Model) -> list[str]:
    """Names of the columns that emotions are written to; none for a model without."""
    return [EMOTION, *EMOTION_COLUMNS] if isinstance(model, WithEmotions) else []


def emotion_columns(model: Model, texts: Sequence[str]) -> pl.DataFrame:
    """`emotion` (labels at or above their threshold, strongest first, joined by |) and `e_<label>`; none without."""
    import polars as pl

    if not isinstance(model, WithEmotions):
        return pl.DataFrame()
    found = model.emotion.intensities(texts)
    given = found >= model.emotion.thresholds
    order = np.argsort(-found, axis=1, kind="stable")
    labels = [BETWEEN.join(KOTE_LABELS[k] for k in row if given[i, k]) for i, row in enumerate(order.tolist())]
    columns: list[Any] = [pl.Series(EMOTION, labels, dtype=pl.String)]
    columns += [pl.Series(name, found[:, k], dtype=pl.Float32) for k, name in enumerate(EMOTION_COLUMNS)]
    return pl.DataFrame(columns)
