"""Two saved models and the confidence at which one hands over to the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from maeum.data.aliases import alias_table
from maeum.errors import LabelError, ModelError, UsageError
from maeum.messages import listing
from maeum.metrics.cascade import NEVER
from maeum.models.folder import CARD, damage_of, saving
from maeum.schema import ClassPredictions, Dataset, Labels, Model, Task, check_texts

FIRST: Final = "first"  # folders of the two models inside the cascade's
SECOND: Final = "second"


@dataclass(frozen=True, eq=False)
class CascadeModel:
    """A fast model that answers where it is sure enough, and a better one for the other texts.

    Attributes:
        first: The fast model.
        second: The better one, whose labels are the cascade's.
        threshold: The first answers texts of which its confidence is at least this; 0: all, `NEVER`: none.
        measured: How the threshold was chosen and what it gave there: written into the card.
    """

    family: ClassVar[str] = "cascade"
    task: ClassVar[Task] = Task.SINGLE_LABEL

    first: Model
    second: Model
    threshold: float
    measured: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_tasks(self.first, self.second)
        _ = self.columns  # checks that the labels fit

    @property
    def labels(self) -> Labels:
        """Those of the second model."""
        return self.second.labels

    @cached_property
    def columns(self) -> list[int]:
        """The first model's column of each label `(K,)`.

        Raises:
            LabelError: The two models' labels do not fit.
        """
        own, others = self.labels, self.first.labels
        table = alias_table(others, own)
        if table is None or set(table.values()) != set(own):
            raise LabelError("cascade.labels_differ", first=listing(others, 20), second=listing(own, 20))
        name_of = {other: name for name, other in table.items()}
        return [others.index_of[name_of[name]] for name in own]

    @property
    def parallel(self) -> bool:
        """Whether several threads may predict with it at once, and gain by it."""
        return all(getattr(model, "parallel", False) for model in (self.first, self.second))

    @property
    def block(self) -> int | None:
        """Rows of a file that are best predicted at once, where one of the models cares."""
        wanted = [getattr(model, "block", None) for model in (self.first, self.second)]
        return max((size for size in wanted if size), default=None)

    def with_engine(self, engine: Any, name: object) -> CascadeModel:
        """The cascade with every model that has a choice of engines computed by this one.

        Raises:
            UsageError: None has.
        """
        models = (self.first, self.second)
        if not any(hasattr(model, "with_engine") for model in models):
            raise UsageError("exported.no_engine", engine=engine, model=name, family=self.family)
        first, second = (m.with_engine(engine, name) if hasattr(m, "with_engine") else m for m in models)
        return replace(self, first=first, second=second)

    def predict(self, inputs: Sequence[str] | Sequence[tuple[str, str]] | Dataset) -> ClassPredictions:
        """Probabilities `(N, K)` of whichever model answered, in the order of the texts.

        The second model gets all its texts in one call, so that it can batch them by length.

        Raises:
            UserError: Inputs that are not texts, named by position.
        """
        texts = check_texts(inputs)
        if self.threshold >= NEVER:  # the first would only be asked in vain
            return self._of_second(texts)
        probabilities = self.first_probabilities(texts)
        below = self.handed_over(probabilities)
        if len(below):
            probabilities[below] = self._of_second([texts[row] for row in below.tolist()]).probabilities
        return ClassPredictions(self.labels, probabilities)

    def first_probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What the first model says `(N, K)`, with the columns in the order of `labels`."""
        found = self.first.predict(texts)
        if not isinstance(found, ClassPredictions):
            raise ModelError("predict.not_a_classifier", task=self.first.task.value)
        return np.array(found.probabilities[:, self.columns])

    def handed_over(self, probabilities: NDArray[np.float32]) -> NDArray[np.int64]:
        """Positions of the texts that the second model answers, from what the first says `(N, K)`."""
        confidence = probabilities.max(axis=1, initial=0).astype(np.float64)  # as when the threshold was chosen
        return np.flatnonzero(confidence < self.threshold)

    @property
    def explain(self) -> Callable[..., list[tuple[str, float]]]:
        """What speaks for a label by the first model; `explain(text, label=None, limit=10)`.

        Without a label it is the cascade's answer that the first model's pieces are weighed for.

        Raises:
            AttributeError: The first model explains nothing.
        """
        ask: Callable[..., list[tuple[str, float]]] = self.first.explain  # type: ignore[attr-defined]
        names = self.first.labels

        def explain(text: str, label: str | None = None, limit: int = 10) -> list[tuple[str, float]]:
            target = int(self.labels.encode([label])[0]) if label else int(self.predict([text]).indices[0])
            return ask(text, names[self.columns[target]], limit)

        return explain

    def save(self, folder: Path | str) -> Path:
        """Write the cascade with both models to a new folder.

        Raises:
            OutputError: The folder exists or cannot be written.
        """
        card = {
            "family": self.family,
            "task": self.task.value,
            "labels": self.labels.to_json(),
            "settings": {},
            "threshold": self.threshold,
            "measured": dict(self.measured),
        }
        with saving(folder, card) as part:
            self.first.save(part / FIRST)
            self.second.save(part / SECOND)
        return Path(folder)

    @classmethod
    def load(cls, folder: Path, card: Mapping[str, Any]) -> CascadeModel:
        """Read a cascade that `save` wrote.

        Raises:
            ModelError: A part is missing or damaged, or the parts do not fit each other.
            MissingExtraError: One of the models needs an optional part of maeum that is not installed.
        """
        from maeum.models import load

        missing = [name for name in (FIRST, SECOND) if not (folder / name).is_dir()]
        if missing:
            raise ModelError("models.file_missing", folder=folder, name=listing(missing))
        with damage_of(folder / CARD):
            threshold = float(card["threshold"])
            if not 0 <= threshold <= NEVER:
                raise ValueError(f"threshold {threshold}")
            labels, measured = Labels.from_json(card["labels"]), dict(card.get("measured") or {})
        first, second = load(folder / FIRST), load(folder / SECOND)
        if second.labels.names != labels.names:
            reason = f"labels {listing(labels)} ≠ {listing(second.labels)}"
            raise ModelError("models.damaged", path=folder / CARD, reason=reason)
        return cls(first, second, threshold, measured)

    def _of_second(self, texts: list[str]) -> ClassPredictions:
        found = self.second.predict(texts)
        if not isinstance(found, ClassPredictions):
            raise ModelError("predict.not_a_classifier", task=self.second.task.value)
        return ClassPredictions(self.labels, found.probabilities)


def _check_tasks(first: Model, second: Model) -> None:
    """Refuse models that do not give one label a text.

    Raises:
        ModelError: One of them answers another task.
    """
    for place, model in (("first", first), ("second", second)):
        if model.task is not Task.SINGLE_LABEL:
            raise ModelError("cascade.task", place=place, task=model.task.value)
