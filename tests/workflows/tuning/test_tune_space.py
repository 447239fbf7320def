"""What a user writes as a search space, and what is said when it cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from maeum.errors import RecipeError
from maeum.messages import say
from maeum.models.space import Choice, Range
from maeum.recipe import Recipe
from maeum.workflows.tuning.space import longest, make_space, read_space

CNN = Recipe.from_keywords("cnn", {})


def refused(space: Any, recipe: Recipe = CNN, **fixed: Any) -> str:
    with pytest.raises(RecipeError) as error:
        make_space(space, recipe, fixed, "none")
    assert say(error.value.key, "ko", **error.value.values) != str(error.value)
    return str(error.value)


def test_lists_ranges_and_single_values_as_yaml_has_them(tmp_path: Path) -> None:
    path = tmp_path / "space.yaml"
    path.write_text(
        "learning_rate: {min: 1e-5, max: 1e-3, log: true, points: 4}\n"  # YAML reads 1e-5 as a word
        "batch_size: [8, '16']\n"
        "weight_decay: [1e-2, 0.1]\n"
        "widths: [[2, 3], [3, 4, 5]]\n"
        "spelling: [true, false]\n"
        "epochs: {min: 2, max: 8, step: 2}\n"
        "dropout: 0.2\n",
        encoding="utf-8",
    )
    space, single = make_space(path, CNN, {}, "none")
    assert space == {
        "learning_rate": Range(1e-5, 1e-3, log=True, points=4),
        "batch_size": Choice((8, 16)),
        "weight_decay": Choice((0.01, 0.1)),
        "widths": Choice(((2, 3), (3, 4, 5))),
        "spelling": Choice((True, False)),
        "epochs": Range(2, 8, step=2, whole=True),
    }
    assert single == {"dropout": 0.2}
    assert longest(space, single, CNN) == 8


def test_settings_may_be_grouped_as_in_a_recipe() -> None:
    space, _ = make_space({"training": {"batch_size": [8, 16]}, "model": {"filters": [8, 16]}}, CNN, {}, "none")
    assert list(space) == ["batch_size", "filters"]


def test_the_familys_own_space_leaves_out_what_is_given() -> None:
    space, single = make_space(None, CNN, {"learning_rate": 1e-3, "dropout": None}, "none")
    assert "learning_rate" not in space and "dropout" in space
    assert single == {}


def test_a_scheduler_decides_how_long_trials_of_the_own_space_train() -> None:
    recipe = Recipe.from_keywords("small", {})
    space, single = make_space(None, recipe, {}, "asha")
    assert "epochs" not in space
    assert single == {"epochs": 10}
    assert longest(space, single, recipe) == 10
    assert "epochs" in make_space(None, recipe, {}, "none")[0]


def test_all_problems_at_once() -> None:
    found = refused(
        {
            "learnig_rate": [1e-3, 1e-4],
            "batch_size": [],
            "epochs": {"min": 5, "max": 2},
            "warmup": [0.1, 1.5],
            "filters": {"min": 8, "mx": 16},
        }
    )
    lines = found.splitlines()
    assert lines[0] == "The space cannot be searched:"
    assert lines[1].startswith("  learnig_rate: cnn has no such setting. Did you mean 'learning_rate'? Known: ")
    assert lines[2] == "  batch_size: the list is empty; give values to choose from"
    assert lines[3] == "  epochs: min 5 is larger than max 2; the range holds nothing"
    assert lines[4] == "  'warmup' cannot be 1.5 (must be less than 1.0)"
    assert lines[5] == "  filters: a range has no 'mx'. Did you mean 'max'? Known: min, max, log, step, points"
    assert lines[6] == "  filters: the range has no max; write {min: …, max: …}, or a list of values"
    assert len(lines) == 7


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("learning_rate", {"min": 0, "max": 1, "log": True}, "learning_rate: log needs a min above 0, found 0"),
        ("learning_rate", {"min": "low", "max": 1}, "learning_rate: min must be a number, found 'low'"),
        ("learning_rate", {"min": 0.1, "max": 1, "log": "ja"}, "learning_rate: log must be true or false, found 'ja'"),
        (
            "learning_rate",
            {"min": 0.1, "max": 0.1},
            "learning_rate: min and max are both 0.1; write 'learning_rate: 0.1' for one value",
        ),
        (
            "learning_rate",
            {"min": 0.1, "max": 1, "log": True, "step": 0.1},
            "learning_rate: log and step contradict each other; give one of them, or a list of values",
        ),
        (
            "dropout",
            {"min": 0.1, "max": 0.4, "step": 0.5},
            "dropout: step 0.5 does not fit between min 0.1 and max 0.4",
        ),
        ("dropout", {"min": 0.1, "max": 0.4, "points": 0}, "dropout: points must be a whole number from 1, found 0"),
        (
            "dropout",
            {"min": 0.1, "max": 0.4, "points": 2, "step": 0.1},
            "dropout: points and step contradict each other, since a grid takes all steps; give one of them",
        ),
        ("epochs", {"min": 1.5, "max": 3}, "epochs: it takes whole numbers; min, max and step must be such"),
        ("batch_size", [8, 16, 8], "batch_size: more than once in the list: 8"),
        (
            "seed",
            [0, 1],
            "seed: a search among seeds finds luck. Leave it out; --seeds 3 trains each trial with three of them",
        ),
        (
            "limit",
            [100, 200],
            "limit: all trials share the data and how they are divided; give it as an option, outside the space",
        ),
        (
            "family",
            ["cnn", "rnn"],
            "family: one search has one model. Name it with --model, and compare the searches afterwards",
        ),
        ("filters", {"min": 0, "max": 8}, None),
        ("cell", ["lstm", "gru"], None),  # of another family
    ],
)
def test_what_cannot_be_searched(setting: str, value: Any, said: str | None) -> None:
    found = refused({setting: value}).splitlines()
    assert len(found) == 2
    if said is not None:
        assert found[1] == f"  {said}"
    else:
        assert setting in found[1]


def test_a_setting_is_searched_or_given() -> None:
    found = refused({"dropout": [0.1, 0.2]}, CNN, dropout=0.3)
    assert found.splitlines()[1] == "  dropout: it is in the space and given as 0.3; take it out of one of them"


def test_nothing_to_search() -> None:
    assert refused({}) == "The space cannot be searched:\n  it is empty; name at least one setting"
    assert refused({"dropout": 0.1, "filters": [8]}) == (
        "There is nothing to search: each of dropout, filters has one value only. Give one of them several, or use "
        "maeum train."
    )


def test_files_that_are_no_space(tmp_path: Path) -> None:
    path = tmp_path / "space.yaml"
    with pytest.raises(RecipeError) as error:
        read_space(path)
    assert str(error.value) == (
        f"There is no file '{path}'. --space wants a YAML file with a setting a line, such as 'batch_size: [8, 16, 32]'."
    )
    path.write_text("just words", encoding="utf-8")
    with pytest.raises(RecipeError) as error:
        read_space(path)
    assert str(error.value) == (
        f"'{path}' is no space: it does not name settings. Write a setting a line, such as 'batch_size: [8, 16, 32]'."
    )
    path.write_text("a: [1, 2", encoding="utf-8")
    with pytest.raises(RecipeError, match="is no space: while parsing"):
        read_space(path)
