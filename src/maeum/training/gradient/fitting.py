"""A training from a recipe to a trained model."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import set_seed

from maeum.errors import ContractError, ModelError, RecipeError
from maeum.messages import say
from maeum.models.encoder.quiet import quiet
from maeum.models.family import family
from maeum.models.gradient_settings import GradientSettings, Padding
from maeum.models.neural import NeuralModel
from maeum.progress import Silent, report_to, tell
from maeum.recipe import Recipe
from maeum.schema import Dataset, Task
from maeum.training import Trained
from maeum.training.cpu import quick
from maeum.training.gradient import checkpoints
from maeum.training.gradient.data import Examples, encode
from maeum.training.gradient.device import arguments, precision_of, use_cores
from maeum.training.gradient.groups import add_lora, freeze
from maeum.training.gradient.hidden import HiddenStates, follow
from maeum.training.gradient.judging import Judge
from maeum.training.gradient.loss import Mix, check_ordinal, objective_of, soften
from maeum.training.gradient.several import finished
from maeum.training.gradient.trainer import GradientTrainer
from maeum.training.gradient.watch import Watch
from maeum.training.gradient.wide import add_wide
from maeum.training.listeners import Workspace
from maeum.training.soft_targets import SoftTargets

_NO_MEMORY: Final = ("out of memory", "can't allocate memory", "not enough memory", "defaultcpuallocator")


def fit(
    train: Dataset,
    validation: Dataset | None,
    recipe: Recipe,
    workspace: Workspace,
    soft: SoftTargets | None = None,
) -> Trained:
    """See `maeum.training.gradient.fit`."""
    training = recipe.training
    if not isinstance(training, GradientSettings):
        raise ContractError("common.contract", what="Recipe.training", expected="GradientSettings", found=training)
    check_ordinal(training, train)
    with place_of(workspace) as place, memory_said(training), quiet():
        args = arguments(training, place)
        if args.process_index:
            report_to(Silent())
        use_cores()
        set_seed(training.seed)
        model, wide = untrained_of(train, recipe)
        adapters = adapted(model.module, training)
        examples = examples_of(model, train, training, wide)
        mix, hidden = None, None
        if soft is not None:
            examples, mix, hidden = _taught(model, train, examples, soft, args.device)
        objective = objective_of(training, examples.targets, len(model.labels), args.device, mix)
        trainer = GradientTrainer(model.module, args, training, examples, objective, hidden)
        judge = Judge(model, validation) if validation is not None and len(validation) else None
        watch = Watch(trainer, training, judge, workspace)
        trainer.add_callback(watch)
        with quick(model.module, training.max_length):
            run(Following(trainer, watch, recipe, workspace), len(train))
        model = _finished(model, trainer, watch, adapters)
    return Trained(model, tuple(watch.rows))


@dataclass(frozen=True)
class Following:
    """A training about to begin.

    Attributes:
        trainer: What trains.
        watch: What follows it.
        recipe: All settings.
        workspace: Whether to go on from a checkpoint.
    """

    trainer: GradientTrainer
    watch: Watch
    recipe: Recipe
    workspace: Workspace


def untrained_of(train: Dataset, recipe: Recipe, **shared: Any) -> tuple[NeuralModel, NDArray[np.float32] | None]:
    """The model before training, and the scores of the part beside the network, where it has one.

    Args:
        train: What it is built for.
        recipe: All settings.
        **shared: What it has in common with others (`tokens` of networks).
    """
    build = family(recipe.model.family).untrained
    if build is None:
        raise ContractError("common.contract", what="Family.untrained", expected="a function", found=None)
    model = build(train, recipe.model, recipe.training, **shared)
    if not getattr(recipe.model, "wide", False):
        return model, None
    return add_wide(model, train, recipe.training.seed)


def adapted(module: Any, training: GradientSettings) -> Any:
    """Freeze, add LoRA, spare memory: as the settings ask; gives what is merged afterwards, or None.

    Raises:
        RecipeError: The module is no encoder, which some of these need.
    """
    if training.lora and training.freeze:
        raise RecipeError("gradient.lora_and_freeze")
    freeze(module, training.freeze)
    adapters = add_lora(module, training.lora) if training.lora else None
    if training.gradient_checkpointing:
        if not getattr(module, "supports_gradient_checkpointing", False):
            raise RecipeError("gradient.encoders_only", flag="--gradient-checkpointing")
        module.activation_checkpointing_enable()
    return adapters


def examples_of(
    model: NeuralModel, train: Dataset, training: GradientSettings, wide: NDArray[np.float32] | None
) -> Examples:
    """What is learnt from."""
    inputs: Any = train.inputs
    targets = train.targets.astype(np.float32 if model.task is Task.MULTI_LABEL else np.int64)
    length = model.max_length if training.padding is Padding.FULL else None
    return Examples(encode(model, inputs), targets, model.tokens.pad, length, wide)


def _taught(
    model: NeuralModel, train: Dataset, examples: Examples, soft: SoftTargets, device: Any
) -> tuple[Examples, Mix, HiddenStates | None]:
    """The examples with what the teacher answers on them, how both are weighed, and the layers to follow.

    Raises:
        RecipeError: Layers cannot be followed.
    """
    mix = Mix(soft.alpha, soft.temperature)
    if soft.alpha < 1:  # else the labels have all of the loss, and nothing differs from training without a teacher
        several = model.task is Task.MULTI_LABEL
        examples = replace(examples, soft=soften(soft.probabilities, soft.temperature, several=several))
    if soft.teacher is None:
        return examples, mix, None
    return examples, mix, follow(model, soft.teacher, train, device)


def run(following: Following, rows: int) -> None:
    """Train, from the beginning or from the newest checkpoint."""
    trainer, watch = following.trainer, following.watch
    start = None
    if watch.place is not None:
        start = checkpoints.newest(watch.place) if following.workspace.resume else None
        if start is None and watch.first:
            checkpoints.clear(watch.place)
    if start is not None:
        watch.restore(start.state)
    parameters = [(one.numel(), one.requires_grad) for one in trainer.module.parameters()]
    facts = {
        "recipe": following.recipe.plain(),
        "epochs": trainer.training.epochs,
        "steps_per_epoch": watch.per_epoch,
        "rows": rows,
        "parameters": sum(count for count, _ in parameters),
        "trainable": sum(count for count, learns in parameters if learns),
        "resumed_at": int(start.folder.name.rpartition("-")[2]) if start is not None else 0,
        "validated": watch.judge is not None,
        "precision": precision_of(trainer.training.precision).value,
    }
    watch.workspace.begin(facts)
    if start is not None and watch.finished:
        trainer.load_weights(start.folder)
    else:
        try:
            trainer.train(resume_from_checkpoint=None if start is None else str(start.folder))
        finally:
            watch.close()
    watch.take_best()


def _finished(model: NeuralModel, trainer: GradientTrainer, watch: Watch, adapters: Any) -> NeuralModel:
    """The model as it is used: best weights, adapters merged, thresholds chosen."""
    module: Any = trainer.accelerator.unwrap_model(trainer.model_wrapped, keep_fp32_wrapper=False)
    if adapters is not None:
        module = adapters.merge_and_unload()
    if trainer.hidden is not None:
        trainer.hidden.detach(module)
    settle(module, trainer.training)
    model = replace(model, module=module, card={**model.card, **how(trainer, watch)})
    if watch.judge is not None:
        tell(say("gradient.kept", epoch=watch.best, epochs=len(watch.rows)))
    judge = watch.judge if isinstance(watch.judge, Judge) else None
    return finished(model, judge, trainer.training) if model.task is Task.MULTI_LABEL else model


def settle(module: Any, training: GradientSettings) -> None:
    """Have a module judge as it will from now on, without what it only learnt with."""
    if training.gradient_checkpointing:
        module.activation_checkpointing_disable()
    if hasattr(module, "fold"):  # networks learn with units spelt
        module.fold()
    for parameter in module.parameters():
        parameter.requires_grad = True
        parameter.grad = None
    module.eval()


def how(trainer: GradientTrainer, watch: Watch) -> dict[str, Any]:
    """What a model's card says about its training."""
    return {"epoch": watch.best, "trained_in": precision_of(trainer.training.precision).value}


@contextmanager
def place_of(workspace: Workspace) -> Iterator[Path]:
    """Folder for transformers, which wants one even where nothing is kept."""
    if workspace.folder is not None:
        yield workspace.folder / checkpoints.FOLDER
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)


@contextmanager
def memory_said(training: GradientSettings) -> Iterator[None]:
    """Say what to lower when memory does not suffice.

    Raises:
        ModelError: It did not.
    """
    try:
        yield
    except (torch.OutOfMemoryError, MemoryError, RuntimeError) as error:
        plain = isinstance(error, torch.OutOfMemoryError | MemoryError)
        if not plain and not any(words in str(error).lower() for words in _NO_MEMORY):
            raise
        raise ModelError("gradient.no_memory", batch=training.batch_size, length=training.max_length) from error
