"""The types that flow: Task and Labels, Dataset, Model, Predictions, Evaluation.

All are immutable and checked when built, so that later code does not check again. In every docstring N counts examples
and K counts labels; offsets are in characters (Unicode code points) unless another unit is named.
"""

from maeum.schema.dataset import Dataset, RowProblem
from maeum.schema.evaluation import Curve, Evaluation, Mistake, Reliability, Slice
from maeum.schema.labels import Labels
from maeum.schema.model import Model, check_texts
from maeum.schema.predictions import ClassPredictions, Predictions, ScorePredictions, Span, SpanPredictions
from maeum.schema.task import Task

__all__ = [
    "ClassPredictions",
    "Curve",
    "Dataset",
    "Evaluation",
    "Labels",
    "Mistake",
    "Model",
    "Predictions",
    "Reliability",
    "RowProblem",
    "ScorePredictions",
    "Slice",
    "Span",
    "SpanPredictions",
    "Task",
    "check_texts",
]
