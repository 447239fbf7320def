"""One trunk, a head for each of several corpora: every batch is of one of them, with its own loss."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

from torch import Tensor, nn
from transformers import TrainingArguments, set_seed

from maeum.errors import ContractError, RecipeError
from maeum.messages import listing, say
from maeum.models.encoder.quiet import quiet
from maeum.models.gradient_settings import GradientSettings
from maeum.models.neural import NeuralModel
from maeum.models.neural.network_settings import NetworkSettings
from maeum.models.neural.units import learn
from maeum.progress import Silent, report_to, tell
from maeum.recipe import Recipe
from maeum.schema import Task
from maeum.training import Trained
from maeum.training.corpora import Corpus
from maeum.training.cpu import quick
from maeum.training.gradient.data import Examples, loader_of
from maeum.training.gradient.device import arguments, use_cores
from maeum.training.gradient.fitting import (
    Following,
    adapted,
    examples_of,
    how,
    memory_said,
    place_of,
    run,
    settle,
    untrained_of,
)
from maeum.training.gradient.groups import head
from maeum.training.gradient.heads import Heads, OneHead, share
from maeum.training.gradient.judging import Judge, JudgeEach
from maeum.training.gradient.loss import Objective, check_ordinal, objective_of
from maeum.training.gradient.mixing import Mixed
from maeum.training.gradient.several import finished
from maeum.training.gradient.trainer import GradientTrainer, Sums
from maeum.training.gradient.watch import Watch
from maeum.training.listeners import Workspace


@dataclass(frozen=True, eq=False)
class Part:
    """A corpus as the trainer has it.

    Attributes:
        name: Of the corpus.
        model: Its module is one of `Heads`.
        examples: What is learnt from.
        objective: Its loss, without weight.
        weight: What the loss counts.
    """

    name: str
    model: NeuralModel
    examples: Examples
    objective: Objective
    weight: float

    def losses(self, logits: Tensor, targets: Tensor) -> Tensor:
        """Losses `(B,)` as they count."""
        found: Tensor = self.objective(logits, targets)
        return found if self.weight == 1 else self.weight * found


class TogetherTrainer(GradientTrainer):
    """The trainer, with batches of several corpora.

    Args:
        module: Their modules.
        args: Settings in the names of transformers.
        training: Settings.
        parts: The corpora in their order.
    """

    def __init__(
        self, module: Heads, args: TrainingArguments, training: GradientSettings, parts: Sequence[Part]
    ) -> None:
        self.parts = parts
        super().__init__(module, args, training, parts[0].examples, parts[0].losses)
        self.plain = self.plain and all(part.weight == 1 for part in parts)
        self.corpus_sums = {part.name: Sums(args.device) for part in parts}

    def get_train_dataloader(self) -> Any:
        """Batches of this process."""
        return loader_of([part.examples for part in self.parts], self.batches(), named=True)

    def batches(self) -> Mixed:
        """Which examples of which corpus come together, in which order."""
        return Mixed([self.batches_of(part.examples) for part in self.parts], self.training.mixing)

    def compute_loss(
        self,
        model: nn.Module,
        inputs: dict[str, Any],
        return_outputs: bool = False,
        num_items_in_batch: Any = None,
    ) -> Any:
        """As with one corpus, with the loss of the batch's own."""
        part = self.parts[inputs["corpus"]]
        self.objective, self.noted = part.losses, self.corpus_sums[part.name]
        return super().compute_loss(model, inputs, return_outputs, num_items_in_batch)


def fit_together(corpora: Sequence[Corpus], recipe: Recipe, workspace: Workspace) -> Trained:
    """See `maeum.training.gradient.fit_together`."""
    training = recipe.training
    if not isinstance(training, GradientSettings):
        raise ContractError("common.contract", what="Recipe.training", expected="GradientSettings", found=training)
    scaled = _own_settings(training, corpora)
    with place_of(workspace) as place, memory_said(training), quiet():
        args = arguments(training, place)
        if args.world_size > 1:
            args.ddp_find_unused_parameters = True  # an update leaves the heads of other corpora alone
        if args.process_index:
            report_to(Silent())
        use_cores()
        set_seed(training.seed)
        built = _built(corpora, recipe)
        heads = Heads([model.module for model, _ in built])
        adapters = adapted(heads.parts[0], training)
        parts = _parts(corpora, built, scaled, args.device)
        trainer = TogetherTrainer(heads, args, training, parts)
        judges = {
            one.name: Judge(replace(part.model, module=OneHead(heads, at)), one.validation)
            for at, (one, part) in enumerate(zip(corpora, parts, strict=True))
            if one.validation is not None and len(one.validation)
        }
        watch = Watch(trainer, training, JudgeEach(judges) if judges else None, workspace)
        trainer.add_callback(watch)
        tell(_shares(trainer))
        with ExitStack() as stack:
            for module in heads.parts:
                stack.enter_context(quick(module, training.max_length))
            run(Following(trainer, watch, recipe, workspace), sum(len(one.train) for one in corpora))
        models = _finished(trainer, watch, judges, adapters)
    return Trained(models[corpora[0].name], tuple(watch.rows), models)


def _own_settings(training: GradientSettings, corpora: Sequence[Corpus]) -> list[GradientSettings]:
    """The settings of each corpus: a scale of labels is for those that have one.

    Raises:
        RecipeError: None of them has.
    """
    faults: dict[int, RecipeError] = {}
    for at, corpus in enumerate(corpora):
        try:
            check_ordinal(training, corpus.train)
        except RecipeError as error:
            faults[at] = error
    if len(faults) == len(corpora):
        raise faults[0]
    plain = training.model_copy(update={"ordinal": 0.0})
    return [plain if at in faults else training for at in range(len(corpora))]


def _built(corpora: Sequence[Corpus], recipe: Recipe) -> list[tuple[NeuralModel, Any]]:
    """The models before training, all with the trunk of the first, and the n-grams' scores of those that have them."""
    shared: dict[str, Any] = {}
    if isinstance(recipe.model, NetworkSettings):
        shared["tokens"] = learn([text for one in corpora for text in one.train.texts], recipe.model)
    built: list[tuple[NeuralModel, Any]] = []
    for corpus in corpora:
        model, wide = _untrained(corpus, recipe, shared)
        if built:
            first = built[0][0].module
            share(first, model.module, head(first))
        built.append((model, wide))
    return built


def _untrained(corpus: Corpus, recipe: Recipe, shared: dict[str, Any]) -> tuple[NeuralModel, Any]:
    """The model of a corpus; without n-grams beside it where they cannot answer its task."""
    try:
        return untrained_of(corpus.train, recipe, **shared)
    except RecipeError as error:
        if error.key != "encoders.wide_task":
            raise
        tell(say("multi_task.not_wide", data=corpus.name))
        settings = recipe.model.model_copy(update={"wide": False})
        return untrained_of(corpus.train, recipe.model_copy(update={"model": settings}), **shared)


def _parts(
    corpora: Sequence[Corpus], built: Sequence[tuple[NeuralModel, Any]], scaled: Sequence[GradientSettings], device: Any
) -> list[Part]:
    weights = scaled[0].corpus_weights or (1.0,) * len(corpora)
    parts = []
    for corpus, (model, wide), training, weight in zip(corpora, built, scaled, weights, strict=True):
        examples = examples_of(model, corpus.train, training, wide)
        objective = objective_of(training, examples.targets, len(model.labels), device)
        parts.append(Part(corpus.name, model, examples, objective, weight))
    return parts


def _shares(trainer: TogetherTrainer) -> str:
    """What an epoch holds, in a sentence."""
    mixed = trainer.batches()
    found = (
        say("multi_task.share", name=part.name, batches=quota, times=quota / len(own))
        for part, quota, own in zip(trainer.parts, mixed.quotas, mixed.corpora, strict=True)
    )
    return say("multi_task.shares", parts=listing(found, 20), total=len(mixed))


def _finished(
    trainer: TogetherTrainer, watch: Watch, judges: dict[str, Judge], adapters: Any
) -> dict[str, NeuralModel]:
    """The models as they are used: best weights, adapters merged, thresholds chosen on each one's validation rows."""
    heads: Any = trainer.accelerator.unwrap_model(trainer.model_wrapped, keep_fp32_wrapper=False)
    if adapters is not None:
        adapters.merge_and_unload()  # in the trunk that all have
    if watch.judge is not None:
        tell(say("gradient.kept", epoch=watch.best, epochs=len(watch.rows)))
    models = {}
    for part, module in zip(trainer.parts, heads.parts, strict=True):
        settle(module, trainer.training)
        card = {**part.model.card, **how(trainer, watch), "trained_with": [one.name for one in trainer.parts]}
        model = replace(part.model, module=module, card=card)
        if model.task is Task.MULTI_LABEL:
            model = finished(model, judges.get(part.name), trainer.training)
        models[part.name] = model
    return models
