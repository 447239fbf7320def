"""A family that trains in epochs with checkpoints, as networks do, but in no time."""

from __future__ import annotations

import json
import sys
import types
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from typing import Any, ClassVar, Literal

import pytest

from maeum.models.family import Family, ModelSettings, families
from maeum.models.gradient_settings import GradientSettings
from maeum.models.linear import LinearModel
from maeum.recipe import Recipe
from maeum.schema import Dataset, Task
from maeum.settings import setting
from maeum.training import Trained, linear
from maeum.training.listeners import Workspace

STEPS = 10  # updates of an epoch


class GradualSettings(ModelSettings):
    """Settings of the family."""

    tasks: ClassVar[tuple[Task, ...]] = (Task.SINGLE_LABEL, Task.MULTI_LABEL)
    family: Literal["gradual"] = "gradual"
    checkpoint: str | None = setting(None, en="Where it begins.", ko="시작점.")
    deep: bool = setting(False, en="Deeper.", ko="더 깊게.")


@dataclass
class Gradual:
    """Controls the family from a test.

    Attributes:
        stop: (seed, epoch) after whose checkpoint training is interrupted, and with what.
        trained: (seed, epoch) of all epochs that were gone through.
    """

    stop: tuple[int, int] | None = None
    error: BaseException = field(default_factory=KeyboardInterrupt)
    trained: list[tuple[int, int]] = field(default_factory=list)
    trackers: list[Any] = field(default_factory=list)

    def fit(self, train: Dataset, validation: Dataset | None, recipe: Recipe, workspace: Workspace) -> Trained:
        """Epochs whose numbers follow from the seed; the model is a linear one."""
        settings = recipe.training
        assert isinstance(settings, GradientSettings)
        assert workspace.folder is not None
        place = workspace.folder / "checkpoints" / "last.json"
        rows = json.loads(place.read_text()) if workspace.resume and place.is_file() else []
        workspace.begin({
            "recipe": recipe.plain(), "epochs": settings.epochs, "steps_per_epoch": STEPS, "rows": len(train),
            "parameters": 7, "trainable": 7, "resumed_at": STEPS * len(rows),
        })  # fmt: skip
        for epoch in range(len(rows) + 1, settings.epochs + 1):
            if self.stop == (settings.seed, epoch):
                raise self.error
            self.trained.append((settings.seed, epoch))
            for step in range(STEPS * (epoch - 1) + 1, STEPS * epoch + 1):
                workspace.step(step, {"train_loss": 0.5, "learning_rate": 1e-3, "grad_norm": 1.0})
            rows.append(row(epoch, settings.seed, judged=validation is not None))
            workspace.epoch(rows[-1])
            place.parent.mkdir(exist_ok=True)
            place.write_text(json.dumps(rows))
        plain = Recipe.from_keywords("linear", {"seed": settings.seed, "c": 0.1 * (1 + settings.seed)})
        return Trained(linear.fit(train, validation, plain, Workspace()).model, tuple(rows))


def row(epoch: int, seed: int, *, judged: bool = True) -> dict[str, Any]:
    """Numbers of an epoch: the third is the best, then it overfits."""
    gain = 0.01 * (3 - abs(3 - epoch)) + 0.001 * seed
    return {
        "epoch": epoch, "step": STEPS * epoch, "train_loss": 0.6 / epoch, "train_accuracy": 0.8 + 0.04 * epoch,
        "validation_loss": 0.5 - gain if judged else None, "validation_accuracy": 0.8 + gain if judged else None,
        "validation_macro_f1": 0.79 + gain if judged else None, "learning_rate": 1e-3 / epoch,
        "examples_per_s": 1234.5, "seconds": 61.0 * epoch,
    }  # fmt: skip


@pytest.fixture
def gradual(monkeypatch: pytest.MonkeyPatch) -> Gradual:
    """The family `gradual`, known while the test runs; names beginning with `hub/` are checkpoints of it."""
    control = Gradual()
    module: Any = types.ModuleType("maeum_tests_gradual")
    module.fit = control.fit
    monkeypatch.setitem(sys.modules, module.__name__, module)
    own = Family(
        name="gradual", titles={"en": "In epochs", "ko": "에폭마다"}, tasks=GradualSettings.tasks,
        settings=GradualSettings, load=LinearModel.load, trainer=module.__name__, training=GradientSettings,
        adopts=lambda name: {"checkpoint": name} if name.startswith(("hub/", "./", "/")) else None,
    )  # fmt: skip
    home: Any = types.ModuleType("maeum.models.gradual")
    home.FAMILY, home.__spec__ = own, ModuleSpec("maeum.models.gradual", None)
    monkeypatch.setitem(sys.modules, home.__name__, home)
    known = {"gradual": own, **families()}
    for place in ("maeum.models.family", "maeum.recipe"):
        monkeypatch.setattr(f"{place}.families", lambda: known)
    return control


__all__ = ["STEPS", "Gradual", "row"]
