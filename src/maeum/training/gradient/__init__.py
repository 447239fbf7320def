"""The one trainer of everything that learns by gradients, on Hugging Face's Trainer and accelerate."""

from __future__ import annotations

from collections.abc import Sequence

from maeum.errors import require
from maeum.recipe import Recipe
from maeum.schema import Dataset
from maeum.training import Trained
from maeum.training.corpora import Corpus
from maeum.training.listeners import Workspace
from maeum.training.soft_targets import SoftTargets


def fit_together(corpora: Sequence[Corpus], recipe: Recipe, workspace: Workspace) -> Trained:
    """Train one trunk on several corpora, with a head for each; the epoch that is best on the mean is kept.

    Raises:
        UserError: As `fit`.
    """
    _needed()
    from maeum.training.gradient.multi_task import fit_together as fitted

    return fitted(corpora, recipe, workspace)


def fit(
    train: Dataset,
    validation: Dataset | None,
    recipe: Recipe,
    workspace: Workspace,
    soft: SoftTargets | None = None,
) -> Trained:
    """Train a network or an encoder; the weights of the epoch that is best on `validation` are kept.

    With `soft` it learns from a teacher's answers on the rows of `train` too.

    Raises:
        MissingExtraError: The part `train` is not installed.
        ModelError: The loss is no longer a number, or memory does not suffice.
        RecipeError: A setting that the model or the device cannot have.
        OutputError: A checkpoint cannot be written.
    """
    _needed()
    from maeum.training.gradient.fitting import fit as fitted

    return fitted(train, validation, recipe, workspace, soft)


def _needed() -> None:
    for module in ("torch", "transformers", "accelerate"):
        require(module, "train")
