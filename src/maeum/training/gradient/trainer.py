"""Hugging Face's Trainer with maeum's batches, losses and groups of parameters."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors.torch import load_model
from torch import Tensor, nn
from transformers import Trainer, TrainingArguments
from transformers.trainer_callback import PrinterCallback

from maeum.errors import ModelError
from maeum.models.gradient_settings import GradientSettings, Padding
from maeum.models.neural.batches import logits_of
from maeum.training.gradient.data import Batches, Examples, loader_of
from maeum.training.gradient.groups import parameter_groups
from maeum.training.gradient.hidden import HiddenStates
from maeum.training.gradient.loss import Objective, is_plain, plain_losses, right

if TYPE_CHECKING:
    from maeum.training.gradient.mixing import Mixed

WEIGHTS = "weights.safetensors"  # of a checkpoint


class Sums:
    """What is added up over examples: plain loss, right answers, examples; kept on the device, in float64."""

    def __init__(self, device: Any) -> None:
        kind = torch.float32 if device.type == "mps" else torch.float64
        self.values = torch.zeros(3, dtype=kind, device=device)

    def add(self, part: Tensor) -> None:
        """Add the sums of a batch `(3,)`."""
        self.values += part

    def take(self) -> list[float]:
        """The sums of this process."""
        found: list[float] = self.values.tolist()
        return found

    def put(self, values: list[float]) -> None:
        """Sums as `take` gave them."""
        self.values.copy_(torch.tensor(values, dtype=self.values.dtype))


class GradientTrainer(Trainer):
    """The one trainer.

    Args:
        module: What learns.
        args: Settings in the names of transformers.
        training: Settings.
        examples: What is learnt from.
        objective: Losses `(B,)` of logits `(B, K)`, targets, and a teacher's probabilities or None.
        hidden: A teacher's layers that are followed too; None: none.
    """

    loss_is_scaled_for_ga = True

    def __init__(
        self,
        module: nn.Module,
        args: TrainingArguments,
        training: GradientSettings,
        examples: Examples,
        objective: Objective,
        hidden: HiddenStates | None = None,
    ) -> None:
        self.module, self.training, self.examples = module, training, examples
        self.objective: Objective = objective
        self.hidden = hidden
        self.plain = is_plain(training) and examples.soft is None and hidden is None
        super().__init__(model=module, args=args, train_dataset=None)
        self.remove_callback(PrinterCallback)
        self.epoch_sums, self.step_sums = Sums(args.device), Sums(args.device)
        self.corpus_sums: dict[str, Sums] = {}  # of an epoch, where there are several corpora
        self.noted: Sums | None = None  # those of the present batch's corpus
        self.one = torch.ones((), device=args.device)
        self.last_norm: Any = None
        self.watched_cpu = args.device.type == "cpu"
        self.parallel_scale = args.world_size

    def get_train_dataloader(self) -> Any:
        """Batches of this process; accelerate has nothing to divide."""
        return loader_of([self.examples], self.batches())

    def batches(self) -> Batches | Mixed:
        """Which examples come together, in which order."""
        return self.batches_of(self.examples)

    def batches_of(self, examples: Examples) -> Batches:
        """The batches of these examples."""
        return Batches(
            examples.encoded.lengths,
            self.training.batch_size,
            self.training.seed,
            grouped=self.training.padding is Padding.DYNAMIC,
            processes=self.args.world_size,
            rank=self.args.process_index,
        )

    def create_optimizer(self, model: nn.Module | None = None) -> torch.optim.Optimizer:  # noqa: ARG002
        """AdamW over the groups of parameters."""
        if self.optimizer is None:
            groups = parameter_groups(self.module, self.training)
            self.optimizer = torch.optim.AdamW(groups, lr=self.training.learning_rate, fused=True)
        return self.optimizer

    def create_scheduler(self, num_training_steps: int, optimizer: torch.optim.Optimizer | None = None) -> Any:
        """The schedule, and before it the optimizer out of its wrapper, which only scaled gradients need."""
        wrapped: Any = self.optimizer
        if self.accelerator.scaler is None:
            self.optimizer = getattr(wrapped, "optimizer", wrapped)
        return super().create_scheduler(num_training_steps, optimizer)

    def compute_loss(
        self,
        model: nn.Module,
        inputs: dict[str, Any],
        return_outputs: bool = False,
        num_items_in_batch: Any = None,
    ) -> Any:
        """Mean loss over the examples of the accumulated batches of all processes (DDP averages, hence the factor)."""
        labels, total, idle = inputs.pop("labels"), inputs.pop("total"), inputs.pop("idle")
        soft = inputs.pop("soft", None)
        output = model(**inputs, output_hidden_states=True) if self.hidden is not None else model(**inputs)
        logits = logits_of(output).float()
        losses = self.objective(logits, labels) if soft is None else self.objective(logits, labels, soft)
        if self.hidden is not None:
            with self.accelerator.autocast():
                states = self.hidden.of_teacher(inputs)
            losses = losses + self.hidden.losses(output.hidden_states, states, inputs["attention_mask"])
        loss = losses.sum() * (self.parallel_scale / int(num_items_in_batch or total))
        if idle:
            loss = loss * 0
        else:
            self._note(logits.detach(), labels, losses.detach())
        if self.watched_cpu and not bool(torch.isfinite(loss)):
            self.stop_not_finite(self.state.global_step + 1)
        return (loss, logits) if return_outputs else loss

    def _note(self, logits: Tensor, labels: Tensor, losses: Tensor) -> None:
        shown = losses if self.plain else plain_losses(logits, labels)
        answers = right(logits, labels).sum(dtype=shown.dtype)
        part = torch.stack((shown.sum(), answers, self.one * len(labels)))
        self.epoch_sums.add(part)
        self.step_sums.add(part)
        if self.noted is not None:
            self.noted.add(part)

    def _get_num_items_in_batch(self, batch_samples: list[Any], device: torch.device) -> Any:  # noqa: ARG002
        return sum(batch["total"] for batch in batch_samples)

    def training_step(self, model: nn.Module, inputs: dict[str, Any], num_items_in_batch: Any = None) -> Tensor:
        """Gradients of a batch, without what the library looks up anew each time: it is felt with small networks."""
        if not model.training:
            model.train()
        loss = self.compute_loss(model, self._prepare_inputs(inputs), num_items_in_batch=num_items_in_batch)
        scaler = self.accelerator.scaler
        (loss if scaler is None else scaler.scale(loss)).backward()
        found: Tensor = loss.detach()
        return found

    def _clip_grad_norm(self, model: nn.Module) -> Any:  # noqa: ARG002
        return self._clipped(self.training.clip)

    def _get_grad_norm(self, model: nn.Module, grad_norm: Any = None) -> Any:  # noqa: ARG002
        self.last_norm = self._clipped(math.inf) if grad_norm is None else grad_norm
        return self.last_norm

    def _clipped(self, largest: float) -> Tensor:
        """The norm of the gradients, which are no longer than `largest` afterwards."""
        if self.accelerator.scaler is not None:
            self.accelerator.unscale_gradients(self.optimizer)
        return torch.nn.utils.clip_grad_norm_(self.module.parameters(), largest)

    def floating_point_ops(self, inputs: Any) -> int:  # noqa: ARG002
        """Not counted."""
        return 0

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: nn.Module | None = None) -> None:  # noqa: ARG002
        self.load_weights(Path(resume_from_checkpoint))

    def updates_per_epoch(self) -> int:
        """Updates of an epoch."""
        return -(-len(self.batches()) // self.training.accumulation)

    def load_weights(self, checkpoint: Path) -> None:
        """Weights of a checkpoint."""
        load_model(self.module, checkpoint / WEIGHTS, strict=True)

    def check_finite(self) -> None:
        """Stop when the losses since the last look, or the weights, are not finite.

        Raises:
            ModelError: They are not.
        """
        whole = all(bool(torch.isfinite(one).all()) for one in self.module.parameters() if one.requires_grad)
        if not whole or not bool(torch.isfinite(self.step_sums.values).all()):
            self.stop_not_finite(self.state.global_step)

    def stop_not_finite(self, step: int) -> None:
        """Say where the loss stopped being a number.

        Args:
            step: Update in which it was seen.

        Raises:
            ModelError: Always.
        """
        rate = float(self.lr_scheduler.get_last_lr()[-1]) if self.lr_scheduler is not None else 0.0
        epoch = -(-step // max(1, self.updates_per_epoch()))
        raise ModelError(
            "gradient.not_finite", epoch=epoch, step=step, rate=f"{rate:.3g}", peak=f"{self.training.learning_rate:.3g}"
        )
