"""What happens between the updates: rows of history, listeners, early stopping, checkpoints."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import torch
from transformers import TrainerCallback

from maeum.messages import say
from maeum.models.gradient_settings import GradientSettings, Watched
from maeum.progress import progress, tell
from maeum.training.gradient import checkpoints
from maeum.training.gradient.groups import parameter_groups
from maeum.training.gradient.judging import Judge, Judged, JudgeEach
from maeum.training.listeners import Row, Workspace

if TYPE_CHECKING:
    from maeum.training.gradient.trainer import GradientTrainer

LOGS: Final = 100  # logged updates of a training
_COLUMN: Final = {
    Watched.LOSS: ("validation_loss", -1),
    Watched.ACCURACY: ("validation_accuracy", 1),
    Watched.MACRO_F1: ("validation_macro_f1", 1),
}


class Watch(TrainerCallback):
    """Follows a training.

    Args:
        trainer: What it follows.
        training: Settings.
        judge: Judges the model on validation; None without.
        workspace: Where checkpoints go, and who is told.
    """

    def __init__(
        self,
        trainer: GradientTrainer,
        training: GradientSettings,
        judge: Judge | JudgeEach | None,
        workspace: Workspace,
    ) -> None:
        self.trainer, self.training, self.judge = trainer, training, judge
        self.first = trainer.is_world_process_zero()
        self.workspace = workspace if self.first else Workspace()
        self.place = workspace.folder / checkpoints.FOLDER if workspace.folder is not None else None  # of all processes
        self.per_epoch = trainer.updates_per_epoch()
        self.every = max(1, self.per_epoch * training.epochs // LOGS)
        self.rows: list[Row] = []
        self.best: int | None = None  # epoch
        self.best_checkpoint: str | None = None
        self.best_weights: dict[str, torch.Tensor] | None = None
        self.waited = 0
        self.finished = False
        self.rate = 0.0
        self.spent = 0.0  # seconds, before this process and in it
        self.in_epoch = 0.0  # seconds of training in the epoch
        self._clock = time.perf_counter()
        self._bars = ExitStack()
        self._advance: Any = None

    # what a checkpoint holds of it

    def state(self) -> dict[str, Any]:
        """What it needs to go on."""
        self._tick()
        return {
            "rows": [dict(row) for row in self.rows],
            "best": self.best,
            "best_checkpoint": self.best_checkpoint,
            "waited": self.waited,
            "finished": self.finished,
            "rate": self.rate,
            "spent": self.spent,
            "in_epoch": self.in_epoch,
            "epoch_sums": self._gathered(self.trainer.epoch_sums),
            "step_sums": self._gathered(self.trainer.step_sums),
            "corpus_sums": {name: self._gathered(sums) for name, sums in self.trainer.corpus_sums.items()},
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from the state of a checkpoint."""
        self.rows = list(state["rows"])
        for name in ("best", "best_checkpoint", "waited", "finished", "rate", "spent", "in_epoch"):
            setattr(self, name, state[name])
        if self.first:  # the sums are those of all processes
            self.trainer.epoch_sums.put(state["epoch_sums"])
            self.trainer.step_sums.put(state["step_sums"])
            for name, sums in self.trainer.corpus_sums.items():
                sums.put(state["corpus_sums"][name])

    # what the trainer calls

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
        """Each process hides its own units."""
        self._clock = time.perf_counter()
        renew_rates(self.trainer)
        if args.process_index and not state.global_step:
            torch.manual_seed(args.seed + args.process_index)

    def on_epoch_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
        """A bar, where nobody else shows one."""
        if self.workspace.listeners or not self.first:
            return
        epoch = state.global_step // self.per_epoch + 1
        title = say("gradient.epoch", epoch=epoch, epochs=self.training.epochs)
        self._advance = self._bars.enter_context(progress(title, self.per_epoch, say("train.updates")))
        self._advance(state.global_step % self.per_epoch)

    def on_optimizer_step(self, args: Any, state: Any, control: Any, **known: Any) -> None:  # noqa: ARG002
        """The learning rate of the update, before the schedule moves on."""
        self.rate = float(known["optimizer"].param_groups[-1]["lr"])

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
        """Tell of the update, and keep what is needed to go on after it."""
        step = state.global_step
        if self._advance is not None:
            self._advance(1)
        if step % self.every == 0 or step % self.per_epoch == 0:
            self._log(step)
        every = self.training.checkpoint_every
        if every and step % every == 0 and step % self.per_epoch:
            self.trainer.check_finite()
            self._keep()

    def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
        """Judge, note, tell, keep, and stop when it is enough."""
        self._bars.close()
        self._advance = None
        self.trainer.check_finite()
        self._tick()
        row = self._row(state.global_step)
        self.rows.append(row)
        leads = self._note_best(row)
        stop = bool(self.judge and self.training.patience and self.waited >= self.training.patience)
        self.finished = stop or int(row["epoch"] or 0) >= self.training.epochs
        self.workspace.epoch(row)
        self._keep_best(leads)
        if stop:
            if self.first and int(row["epoch"] or 0) < self.training.epochs:
                tell(say("gradient.stopped", epoch=row["epoch"], waited=self.waited))
            control.should_training_stop = True
        if self.workspace.enough():
            control.should_training_stop = True

    def close(self) -> None:
        """Take the bar away."""
        self._bars.close()

    # what it does then

    def _log(self, step: int) -> None:
        loss, _, count = self._gathered(self.trainer.step_sums)
        if loss - loss != 0:  # infinite or not a number
            self.trainer.stop_not_finite(step)
        self.trainer.step_sums.put([0.0, 0.0, 0.0])
        norm = float(self.trainer.last_norm) if self.trainer.last_norm is not None else 0.0
        values = {"train_loss": loss / max(count, 1), "learning_rate": self.rate, "grad_norm": norm}
        self.workspace.step(step, values)

    def _row(self, step: int) -> Row:
        """The row of an epoch; `seconds` since training began, `examples_per_s` in training alone."""
        loss, right, count = self._gathered(self.trainer.epoch_sums)
        self.trainer.epoch_sums.put([0.0, 0.0, 0.0])
        trained = self.in_epoch
        self.in_epoch = 0.0
        found = self.judge() if self.judge is not None else None
        now = time.perf_counter()
        self.spent += now - self._clock
        self._clock = now
        return {
            "epoch": step // self.per_epoch,
            "step": step,
            "train_loss": loss / count,
            "train_accuracy": right / count,
            "validation_loss": found.loss if found else None,
            "validation_accuracy": found.accuracy if found else None,
            "validation_macro_f1": found.macro_f1 if found else None,
            "learning_rate": self.rate,
            "examples_per_s": round(count / max(trained, 1e-9), 1),
            "seconds": round(self.spent, 2),
            **self._of_corpora(found),
        }

    def _of_corpora(self, found: Judged | None) -> dict[str, float]:
        """Further columns of the row, where there are several corpora: the figures of each."""
        row: dict[str, float] = {}
        for name, sums in self.trainer.corpus_sums.items():
            loss, right, count = self._gathered(sums)
            sums.put([0.0, 0.0, 0.0])
            row |= {f"train_loss_{name}": loss / count, f"train_accuracy_{name}": right / count}
            one = found.corpora.get(name) if found is not None else None
            if one is not None:
                row[f"validation_loss_{name}"] = one.loss
                row[f"validation_accuracy_{name}"] = one.accuracy
                row[f"validation_macro_f1_{name}"] = one.macro_f1
        return row

    def _note_best(self, row: Row) -> bool:
        """Whether the epoch is the best so far; of equal ones the first is."""
        if self.judge is None:
            self.best = int(row["epoch"] or 0)
            return False
        column, sign = _COLUMN[self.training.best]
        before = next((one[column] for one in self.rows if one["epoch"] == self.best), None)
        leads = before is None or sign * float(row[column] or 0) > sign * float(before)
        self.waited = 0 if leads else self.waited + 1
        if leads:
            self.best = int(row["epoch"] or 0)
        return leads

    def _keep_best(self, leads: bool) -> None:
        """Keep the best weights: in a checkpoint, or in memory where there is no folder."""
        if self.place is not None:
            if leads:
                self.best_checkpoint = checkpoints.name_at(self.trainer.state.global_step)
            self._keep()
        elif leads:
            weights = self.trainer.module.state_dict()
            self.best_weights = {name: one.detach().cpu().clone() for name, one in weights.items()}

    def _keep(self) -> None:
        if self.place is not None:
            state = self.state()
            name = checkpoints.write(self.trainer, self.place, state)
            if self.first:
                checkpoints.prune(self.place, self.best_checkpoint)
                if self.workspace.keep is not None:
                    self.workspace.keep(name)

    def take_best(self) -> None:
        """Put the best epoch's weights into the model."""
        if self.judge is None or self.best == (self.rows[-1]["epoch"] if self.rows else None):
            return
        if self.best_weights is not None:
            self.trainer.module.load_state_dict(self.best_weights)
        elif self.place is not None and self.best_checkpoint is not None:
            best = self.place / self.best_checkpoint
            if self.first or best.is_dir():  # the first process' model is the one that is kept
                self.trainer.load_weights(best)

    def _tick(self) -> None:
        """Add the time since the last look to the training's."""
        now = time.perf_counter()
        self.spent += now - self._clock
        self.in_epoch += now - self._clock
        self._clock = now

    def _gathered(self, sums: Any) -> list[float]:
        """Sums over all processes."""
        if self.trainer.args.world_size == 1:
            found: list[float] = sums.take()
            return found
        whole: list[float] = self.trainer.accelerator.reduce(sums.values.clone(), "sum").tolist()
        return whole


def renew_rates(trainer: GradientTrainer) -> None:
    """Go on with the learning rates and the weight decay of the settings, where a checkpoint was made with others."""
    optimizer, schedule = trainer.optimizer, trainer.lr_scheduler
    if optimizer is None or schedule is None:
        return
    asked = parameter_groups(trainer.module, trainer.training)
    peaks = [float(group.get("lr", trainer.training.learning_rate)) for group in asked]
    decays = [float(group["weight_decay"]) for group in asked]
    found = optimizer.param_groups
    if peaks == list(schedule.base_lrs) and decays == [group["weight_decay"] for group in found]:
        return
    schedule.base_lrs = list(peaks)
    factors = [share(schedule.last_epoch) for share in schedule.lr_lambdas]
    for group, peak, decay, factor in zip(found, peaks, decays, factors, strict=True):
        group.update(initial_lr=peak, lr=peak * factor, weight_decay=decay)
