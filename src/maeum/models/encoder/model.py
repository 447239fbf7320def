"""A fine-tuned encoder: a folder that maeum and transformers both load unchanged."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from maeum.errors import ModelError, RecipeError, UserError, require
from maeum.messages import listing, say
from maeum.models.encoder.checkpoint import locate
from maeum.models.encoder.model_card import model_card
from maeum.models.encoder.quiet import quiet
from maeum.models.encoder.settings import EncoderSettings, EncoderTraining
from maeum.models.family import family
from maeum.models.folder import CARD, damage_of
from maeum.models.gradient_settings import LongTexts
from maeum.models.neural import NeuralModel
from maeum.models.neural.model import WIDE, read_wide
from maeum.progress import tell
from maeum.schema import Dataset, Labels, Task, check_texts
from maeum.text import Pipeline

if TYPE_CHECKING:
    from torch import nn

README: Final = "README.md"
SCALE: Final = "wide_scale"  # the parameter that n-grams' scores are multiplied with, also on the card
LONGEST: Final = 512  # tokens, for classifiers that do not say how long their texts were
_INFERENCE: Final = frozenset({"entailment", "contradiction"})


@dataclass(frozen=True, eq=False)
class EncoderModel(NeuralModel):
    """A Hugging Face encoder with a classification head, and its own tokenizer."""

    @property
    def family(self) -> str:  # type: ignore[override]  # `small` is an encoder, too
        """Name of its family."""
        return self.settings.family

    def checked(self, inputs: Sequence[Any] | Dataset) -> list[str] | list[tuple[str, str]]:
        """Texts, or for a model of pairs pairs of texts.

        Raises:
            UserError: Inputs of another kind, named by position.
        """
        if self.task is not Task.PAIR:
            return check_texts(inputs)
        return check_pairs(inputs.inputs if isinstance(inputs, Dataset) else inputs)

    def _beside(self) -> dict[str, Any]:
        """What the n-grams' scores are multiplied with: the folder stays one that transformers knows all of."""
        scale: Any = getattr(self.module, SCALE, None)
        return {} if scale is None else {SCALE: scale.item()}

    def _write(self, folder: Path) -> None:
        """The layout of Hugging Face: `config.json`, `model.safetensors`, a model card."""
        module: Any = self.module
        weights = {name: one for name, one in module.state_dict().items() if name != SCALE}
        with quiet():
            module.save_pretrained(folder, state_dict=weights)
        (folder / README).write_text(model_card(self), encoding="utf-8")
        readable = 0o666 & ~_umask()
        for path in folder.glob("*.safetensors"):  # their writer leaves files that only their owner can read
            path.chmod(readable)

    @classmethod
    def load(cls, folder: Path, card: Mapping[str, Any]) -> EncoderModel:
        """Read a model that `save` wrote, or with an empty card a plain Hugging Face folder.

        Raises:
            ModelError: Files are missing, damaged, or do not fit each other; or there is no trained head.
        """
        _needed()
        return _saved(folder, card) if card else _plain(folder)


def untrained(train: Dataset, settings: EncoderSettings, training: EncoderTraining) -> EncoderModel:
    """An encoder to be fine-tuned for the labels of `train`.

    Raises:
        ModelError: The checkpoint is not found, incomplete, or its tokenizer cannot read Korean or these texts.
        RecipeError: N-grams beside it are asked for, but an input is two texts.
    """
    _needed()
    if settings.wide and train.task.has_pairs:
        raise RecipeError("encoders.wide_task", task=train.task.value)
    from maeum.models.encoder.tokenizer_check import check_tokenizer
    from maeum.models.encoder.tokens import EncoderTokens
    from maeum.models.encoder.weights import from_shape, name_labels, read_config, set_dropout
    from maeum.models.encoder.wide import widen

    assert train.labels is not None
    folder = locate(settings.checkpoint, weights=not settings.from_scratch)
    config = read_config(folder)
    tokens = EncoderTokens.load(folder, config, Pipeline(settings.steps))
    check_tokenizer(tokens, train.texts)
    if training.max_length > tokens.limit:
        tell(say("encoders.length_capped", asked=training.max_length, limit=tokens.limit))
    before = tuple(config.id2label[index] for index in sorted(config.id2label))
    name_labels(config, train.labels.names, train.task)
    if config.pad_token_id is None:
        config.pad_token_id = tokens.pad
    if settings.dropout is not None:
        set_dropout(config, settings.dropout)
    if settings.from_scratch:
        module = from_shape(config, training.seed)
    else:
        module = _with_head(folder, config, before, train.labels, training.seed)
    if settings.wide:
        widen(module)
    targets = train.targets
    several = train.task is Task.MULTI_LABEL
    shares = targets.mean(axis=0) if several else np.bincount(targets, minlength=len(train.labels)) / len(train)
    return EncoderModel(
        task=train.task,
        labels=train.labels,
        settings=settings,
        tokens=tokens,
        module=module,
        prior=shares.astype(np.float32),
        max_length=min(training.max_length, tokens.limit),
        long_texts=training.long_texts,
        card={"checkpoint": settings.checkpoint},
    )


def check_pairs(inputs: Sequence[Any]) -> list[tuple[str, str]]:
    """The inputs, checked to be pairs of strings.

    Raises:
        UserError: One string instead of a list, or items that are no pairs, each named by position.
    """
    if isinstance(inputs, str):
        raise UserError("predict.one_string", text=inputs[:20])
    pairs = list(inputs)
    wrong = [
        f"{at}: {type(pair).__name__}"
        for at, pair in enumerate(pairs)
        if not (isinstance(pair, tuple | list) and len(pair) == 2 and all(isinstance(part, str) for part in pair))
    ]
    if wrong:
        raise UserError("encoders.not_pairs", count=len(wrong), found=listing(wrong, 5))
    return [(str(first), str(second)) for first, second in pairs]


def _with_head(folder: Path, config: Any, before: tuple[str, ...], labels: Labels, seed: int) -> nn.Module:
    """The checkpoint's weights; its head is kept only where it was trained for these very labels."""
    from maeum.models.encoder.weights import from_weights, read_config, renew_head

    was_classifier = any("SequenceClassification" in kind for kind in read_config(folder).architectures or ())
    loaded = from_weights(folder, config, seed)
    if not was_classifier or before == labels.names:
        return loaded.module
    tell(say("encoders.head_new", before=listing(before), labels=listing(labels.names)))
    renew_head(loaded.module, config, seed)
    return loaded.module


def _saved(folder: Path, card: Mapping[str, Any]) -> EncoderModel:
    """A model that maeum wrote."""
    from maeum.models.encoder.tokens import EncoderTokens
    from maeum.models.encoder.weights import read_config
    from maeum.models.encoder.wide import widen

    with damage_of(folder / CARD):
        labels, task = Labels.from_json(card["labels"]), Task(card["task"])
        settings = cast("EncoderSettings", family(str(card["family"])).settings.build(card["settings"]))
        prior = np.asarray(card["prior"], np.float32)
        thresholds = None if card["thresholds"] is None else np.asarray(card["thresholds"], np.float32)
        wrong = prior.shape != (len(labels),) or (thresholds is not None and thresholds.shape != prior.shape)
        if wrong:
            raise ValueError(f"{len(labels)} labels, {len(prior)} in prior")
        max_length, long_texts = int(card["max_length"]), LongTexts(card["long_texts"])
        scale = float(card[SCALE]) if settings.wide else 0.0
        if not np.isfinite(scale):
            raise ValueError(f"{SCALE}: not finite")
    config = read_config(folder)
    if tuple(config.id2label[index] for index in sorted(config.id2label)) != labels.names:
        names = listing(config.id2label.values())
        raise ModelError("encoders.labels_differ", folder=folder, card=listing(labels.names), config=names)
    tokens = EncoderTokens.load(folder, config, Pipeline(settings.steps))
    facts = {name: value for name, value in card.items() if name not in _OWN_FIELDS}
    module = _trained_module(folder, config)
    if settings.wide:
        widen(module, scale)
    return EncoderModel(
        task=task,
        labels=labels,
        settings=settings,
        tokens=tokens,
        module=module,
        prior=prior,
        max_length=max_length,
        long_texts=long_texts,
        thresholds=thresholds,
        wide=read_wide(folder / WIDE, labels) if settings.wide else None,
        card=facts,
    )


_OWN_FIELDS: Final = frozenset(
    [
        *("format", "maeum", "family", "task", "labels", "settings"),
        *("max_length", "long_texts", "prior", "thresholds", SCALE),
    ]
)


def _plain(folder: Path) -> EncoderModel:
    """A classifier that transformers wrote; its names of labels are kept as they are."""
    from maeum.models.encoder.tokenizer_check import check_tokenizer
    from maeum.models.encoder.tokens import EncoderTokens
    from maeum.models.encoder.weights import read_config

    config = read_config(folder)
    names = [str(config.id2label[index]) for index in sorted(config.id2label)]
    module = _trained_module(folder, config)
    if config.problem_type == "regression" or len(names) < 2:
        raise ModelError("encoders.regression", folder=folder)
    with damage_of(folder / "config.json"):
        labels = Labels(tuple(names))
    settings = EncoderSettings(checkpoint=str(folder))
    tokens = EncoderTokens.load(folder, config, Pipeline(settings.steps))
    check_tokenizer(tokens)
    task = Task.SINGLE_LABEL
    if config.problem_type == "multi_label_classification":
        task = Task.MULTI_LABEL
    elif {name.lower() for name in names} >= _INFERENCE:
        task = Task.PAIR
    return EncoderModel(
        task=task,
        labels=labels,
        settings=settings,
        tokens=tokens,
        module=module,
        prior=_flat(len(labels), several=task is Task.MULTI_LABEL),
        max_length=min(LONGEST, tokens.limit),
    )


def _trained_module(folder: Path, config: Any) -> nn.Module:
    from maeum.models.encoder.weights import from_weights

    locate(str(folder))  # says that weights are missing
    loaded = from_weights(folder, config, seed=0)
    if loaded.headless:
        raise ModelError("encoders.no_head", folder=folder)
    loaded.module.eval()
    return loaded.module


def _flat(count: int, *, several: bool) -> NDArray[np.float32]:
    """What is known of the labels of an empty text where training left no prior: nothing."""
    return np.full(count, 0.5 if several else 1 / count, np.float32)


def _needed() -> None:
    require("torch", "train")
    require("transformers", "train")


def _umask() -> int:
    found = os.umask(0o022)
    os.umask(found)
    return found
