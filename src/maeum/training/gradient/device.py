"""What training runs on: CPU or GPU, in which numbers, on how many cores."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import torch
from transformers import TrainingArguments

from maeum.engine.cores import cores
from maeum.errors import RecipeError
from maeum.messages import say
from maeum.models.gradient_settings import GradientSettings, Precision, Schedule
from maeum.progress import tell
from maeum.training.cpu import has_bf16

_SCHEDULES: Final = {
    Schedule.LINEAR: "linear",
    Schedule.COSINE: "cosine",
    Schedule.CONSTANT: "constant_with_warmup",
}


def arguments(training: GradientSettings, folder: Path) -> TrainingArguments:
    """The settings in the names of transformers; everything it would print, log or write by itself is off.

    Raises:
        RecipeError: A precision that the device does not have.
    """
    gpu = torch.cuda.is_available()
    precision = precision_of(training.precision)
    own: dict[str, Any] = {"use_cpu": not gpu}
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        own["ddp_find_unused_parameters"] = False
        own["ddp_backend"] = "nccl" if gpu else "gloo"
    found = TrainingArguments(
        output_dir=str(folder),
        per_device_train_batch_size=training.batch_size,
        gradient_accumulation_steps=training.accumulation,
        num_train_epochs=training.epochs,
        learning_rate=training.learning_rate,
        lr_scheduler_type=_SCHEDULES[training.schedule],
        warmup_steps=training.warmup,
        weight_decay=training.weight_decay,
        max_grad_norm=training.clip,
        bf16=precision is Precision.BF16,
        fp16=precision is Precision.FP16,
        seed=training.seed,
        optim="adamw_torch_fused",
        logging_strategy="no",
        logging_nan_inf_filter=False,
        save_strategy="no",
        eval_strategy="no",
        report_to=[],
        disable_tqdm=True,
        average_tokens_across_devices=False,
        remove_unused_columns=False,
        dataloader_pin_memory=False,
        **own,
    )
    _ = found.device  # sets the number of GPUs
    if found.n_gpu > 1:
        tell(say("gradient.one_gpu", count=found.n_gpu))
        found._n_gpu = 1
    return found


def precision_of(asked: Precision) -> Precision:
    """The numbers to compute with.

    Raises:
        RecipeError: The device does not have them.
    """
    gpu = torch.cuda.is_available()
    native = torch.cuda.is_bf16_supported() if gpu else has_bf16()
    if asked is Precision.AUTO:
        usual = Precision.FP16 if gpu else Precision.FP32
        return Precision.BF16 if native else usual
    if (asked is Precision.FP16 and not gpu) or (asked is Precision.BF16 and gpu and not native):
        raise RecipeError("gradient.precision", asked=asked.value)
    return asked


def use_cores() -> None:
    """Have torch use no more cores than the process may."""
    torch.set_num_threads(max(1, min(torch.get_num_threads(), cores())))
