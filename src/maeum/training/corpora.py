"""Several corpora that one trunk learns from, each with a head of its own. Needs no torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maeum.errors import RecipeError, UsageError
from maeum.messages import listing
from maeum.models.family import families, family
from maeum.models.gradient_settings import GradientSettings, Mixing
from maeum.recipe import Recipe
from maeum.schema import Dataset


@dataclass(frozen=True, eq=False)
class Corpus:
    """One of them.

    Attributes:
        name: Different from the others'; it stands in columns of `history.csv` and in names of folders.
        train: Rows with labels.
        validation: Rows held out, with labels; None: none are.
    """

    name: str
    train: Dataset
    validation: Dataset | None


def check_together(recipe: Recipe, names: Sequence[str]) -> None:
    """Refuse what several corpora cannot be trained with.

    Args:
        recipe: All settings.
        names: Of the corpora.

    Raises:
        UsageError: The family does not learn by gradients, or there is a teacher.
        RecipeError: Weights that are not one for each corpus.
    """
    if family(recipe.model.family).untrained is None:
        able = [one.name for one in families().values() if one.untrained is not None]
        raise UsageError("multi_task.family", family=recipe.model.family, known=listing(able, 20))
    if recipe.teaching is not None:
        raise UsageError("multi_task.teacher", names=listing(names))
    training = recipe.training
    if isinstance(training, GradientSettings) and len(training.corpus_weights) not in (0, len(names)):
        found = listing(f"{one:g}" for one in training.corpus_weights)
        raise RecipeError("multi_task.weights", count=len(names), names=listing(names), found=found)


def check_alone(recipe: Recipe) -> None:
    """Refuse what is for several corpora where there is one.

    Raises:
        UsageError: The recipe names further corpora where one alone is trained on.
        RecipeError: Settings that say how corpora are mixed.
    """
    if recipe.data.also:
        raise UsageError("multi_task.not_here", names=listing(recipe.data.also))
    training = recipe.training
    if not isinstance(training, GradientSettings):
        return
    mixed, weighed = training.mixing is not Mixing.SIZE, bool(training.corpus_weights)
    useless = [*(["--mixing"] if mixed else []), *(["--corpus-weights"] if weighed else [])]
    if useless:
        raise RecipeError("multi_task.alone", names=listing(useless))
