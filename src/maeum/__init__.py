"""maeum (마음): build, judge, run and serve Korean text classifiers.

    import maeum

    run = maeum.train("nsmc", model="linear", out="runs/linear")
    run.model.predict(["재밌다"]).top          # ["positive"]
    maeum.evaluate(run.model, maeum.dataset("nsmc", split="test")).metrics["accuracy"]

Public names are resolved when first used, so `import maeum` itself loads nothing heavy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from maeum.version import __version__

if TYPE_CHECKING:
    from maeum.data import dataset
    from maeum.errors import MaeumError, UserError
    from maeum.models import load
    from maeum.recipe import Recipe
    from maeum.runs import Run
    from maeum.schema import (
        ClassPredictions,
        Dataset,
        Evaluation,
        Labels,
        Model,
        ScorePredictions,
        Span,
        SpanPredictions,
        Task,
    )
    from maeum.workflows.cascade import cascade
    from maeum.workflows.compare import compare
    from maeum.workflows.distill import distill
    from maeum.workflows.evaluate import evaluate
    from maeum.workflows.export import export
    from maeum.workflows.insight import insight
    from maeum.workflows.predict import predict
    from maeum.workflows.pretrain import pretrain
    from maeum.workflows.summary import summary
    from maeum.workflows.train import train
    from maeum.workflows.tune import tune

_HOMES: Final = {
    "ClassPredictions": "maeum.schema",
    "Dataset": "maeum.schema",
    "Evaluation": "maeum.schema",
    "Labels": "maeum.schema",
    "MaeumError": "maeum.errors",
    "Model": "maeum.schema",
    "Recipe": "maeum.recipe",
    "Run": "maeum.runs",
    "ScorePredictions": "maeum.schema",
    "Span": "maeum.schema",
    "SpanPredictions": "maeum.schema",
    "Task": "maeum.schema",
    "UserError": "maeum.errors",
    "cascade": "maeum.workflows.cascade",
    "compare": "maeum.workflows.compare",
    "dataset": "maeum.data",
    "distill": "maeum.workflows.distill",
    "evaluate": "maeum.workflows.evaluate",
    "export": "maeum.workflows.export",
    "insight": "maeum.workflows.insight",
    "load": "maeum.models",
    "predict": "maeum.workflows.predict",
    "pretrain": "maeum.workflows.pretrain",
    "summary": "maeum.workflows.summary",
    "train": "maeum.workflows.train",
    "tune": "maeum.workflows.tune",
}

__all__ = [  # a literal, so that type checkers read it; a test keeps it equal to _HOMES
    "ClassPredictions",
    "Dataset",
    "Evaluation",
    "Labels",
    "MaeumError",
    "Model",
    "Recipe",
    "Run",
    "ScorePredictions",
    "Span",
    "SpanPredictions",
    "Task",
    "UserError",
    "__version__",
    "cascade",
    "compare",
    "dataset",
    "distill",
    "evaluate",
    "export",
    "insight",
    "load",
    "predict",
    "pretrain",
    "summary",
    "train",
    "tune",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'maeum' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
