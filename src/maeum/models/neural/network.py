"""Networks: how one is made before training, written, and read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from maeum.errors import ContractError, ModelError, require
from maeum.models.family import family
from maeum.models.folder import CARD, damage_of, read_tensors, write_tensors
from maeum.models.gradient_settings import GradientSettings, LongTexts
from maeum.models.neural.model import WIDE, NeuralModel, read_wide
from maeum.models.neural.network_settings import NetworkSettings
from maeum.models.neural.units import UnitTokens, learn
from maeum.schema import Dataset, Labels, Task
from maeum.schema.predictions import SUM_TOLERANCE

if TYPE_CHECKING:
    from maeum.models.neural.layers import Network

WEIGHTS: Final = "weights.safetensors"


@dataclass(frozen=True, eq=False)
class NetworkModel(NeuralModel):
    """A convolutional or recurrent network; `module` is a `layers.Network`, `tokens` are `units.UnitTokens`."""

    @property
    def family(self) -> str:  # type: ignore[override]  # several families are networks
        """Name of its family."""
        return self.settings.family

    def _write(self, folder: Path) -> None:
        from maeum.models.neural.layers import Network

        assert isinstance(self.module, Network)
        self.module.fold()  # a network that was never trained still has its units spelt
        arrays = {name: one.detach().float().cpu().numpy() for name, one in self.module.state_dict().items()}
        write_tensors(folder / WEIGHTS, arrays)

    @classmethod
    def load(cls, folder: Path, card: Mapping[str, Any]) -> NetworkModel:
        """Read a model that `save` wrote.

        Raises:
            MissingExtraError: torch is not installed.
            ModelError: Files are missing, damaged, or do not fit each other.
        """
        require("torch", "train")
        labels = Labels.from_json(card["labels"])
        with damage_of(folder / CARD):
            settings = cast("NetworkSettings", family(str(card["family"])).settings.build(card["settings"]))
            max_length, long_texts = int(card["max_length"]), LongTexts(card["long_texts"])
            prior, thresholds, task = _prior(card, len(labels)), card.get("thresholds"), Task(card["task"])
            if max_length < 1:
                raise ValueError(f"max_length {max_length}")
            if thresholds is not None:
                thresholds = _vector(thresholds, len(labels))
        tokens = UnitTokens.load(folder, settings.steps)
        return cls(
            task=task,
            labels=labels,
            settings=settings,
            tokens=tokens,
            module=_read_module(folder / WEIGHTS, settings, tokens.size, len(labels)),
            prior=prior,
            max_length=max_length,
            long_texts=long_texts,
            thresholds=thresholds,
            wide=read_wide(folder / WIDE, labels) if settings.wide else None,
        )


def untrained(
    train: Dataset, settings: NetworkSettings, training: GradientSettings, tokens: UnitTokens | None = None
) -> NetworkModel:
    """A network to be trained: tokenizer of the training texts, first weights by torch's generator.

    Args:
        train: Examples with labels.
        settings: Of the family.
        training: How it will be trained.
        tokens: A tokenizer that it has in common with others; None: one of its own.

    Raises:
        MissingExtraError: torch is not installed.
    """
    require("torch", "train")
    if train.labels is None:
        raise ContractError("common.contract", what="Dataset.labels", expected="label names", found="none")
    import torch

    from maeum.models.neural.layers import build, start

    tokens = tokens or learn(train.texts, settings)
    module = start(build(settings, tokens.size, len(train.labels)))
    if settings.spelling:
        module.spell(torch.from_numpy(tokens.letters()))
    return NetworkModel(
        task=train.task,
        labels=train.labels,
        settings=settings,
        tokens=tokens,
        module=module,
        prior=_shares(train),
        max_length=training.max_length,
        long_texts=training.long_texts,
    )


def _shares(train: Dataset) -> NDArray[np.float32]:
    """Share of the examples that have each label `(K,)`."""
    counts = np.array(list(train.label_counts().values()), np.float64)
    return (counts / max(1, len(train))).astype(np.float32)


def _read_module(path: Path, settings: NetworkSettings, vocabulary: int, labels: int) -> Network:
    """The network with the weights of a file.

    Raises:
        ModelError: The file is missing or damaged, or its weights are not those of the network.
    """
    import torch

    from maeum.models.neural.layers import build

    arrays = read_tensors(path)
    with torch.device("meta"):  # neither memory nor random numbers for weights that are replaced at once
        module = build(settings, vocabulary, labels)
    expected = {name: tuple(one.shape) for name, one in module.state_dict().items()}
    wrong = [f"no {name}" for name in expected if name not in arrays]
    wrong += [f"unknown {name}" for name in arrays if name not in expected]
    for name, shape in expected.items():
        found = arrays.get(name)
        if found is None:
            continue
        if found.shape != shape or found.dtype != np.float32:
            wrong.append(f"{name} {found.dtype} {found.shape} ≠ float32 {shape}")
        elif not np.isfinite(found).all():
            wrong.append(f"{name}: not finite")
    if wrong:
        raise ModelError("models.damaged", path=path, reason="; ".join(wrong[:5]))
    module.load_state_dict({name: torch.tensor(arrays[name]) for name in expected}, assign=True)
    return module.eval()


def _prior(card: Mapping[str, Any], count: int) -> NDArray[np.float32]:
    """The prior `(K,)` of a card."""
    prior = _vector(card["prior"], count)
    if Task(card["task"]) is not Task.MULTI_LABEL and abs(prior.sum() - 1) > SUM_TOLERANCE:
        raise ValueError("prior: no probabilities")
    return prior


def _vector(values: Any, count: int) -> NDArray[np.float32]:
    """K probabilities."""
    found = np.asarray(values, np.float32)
    if found.shape != (count,) or not np.isfinite(found).all() or found.min() < 0 or found.max() > 1:
        raise ValueError(f"{values} ≠ {count} probabilities")
    return found
