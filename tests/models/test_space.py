"""Search spaces: what a grid and a draw take of a domain, and that every family's own space can be used."""

from __future__ import annotations

import pytest

from maeum.models.family import families
from maeum.models.space import Choice, Range, clean, plain
from maeum.recipe import Recipe


def test_a_grid_takes_all_steps_and_otherwise_some_points() -> None:
    assert Choice((8, 16, 32)).grid() == [8, 16, 32]
    assert Range(0.1, 0.4, step=0.1).grid() == [0.1, 0.2, 0.3, 0.4]
    assert Range(5e-6, 5e-4, log=True).grid() == [5e-6, 5e-5, 5e-4]
    assert Range(0.0, 1.0, points=5).grid() == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert Range(2, 10, whole=True).grid() == [2, 6, 10]
    assert Range(1, 2, whole=True).grid() == [1, 2]  # equal points count once
    assert Range(1.0, 9.0, points=1).grid() == [5.0]
    assert all(type(value) is int for value in Range(2, 10, whole=True).grid())


def test_a_draw_takes_in_both_ends() -> None:
    assert [Choice(("svm", "logistic")).draw(share) for share in (0.0, 0.49, 0.5, 0.999)] == [
        "svm", "svm", "logistic", "logistic",
    ]  # fmt: skip
    assert [Range(2, 4, whole=True).draw(share) for share in (0.0, 0.34, 0.67, 0.999)] == [2, 3, 4, 4]
    assert [Range(0.0, 0.4, step=0.1).draw(share) for share in (0.0, 0.999)] == [0.0, 0.4]
    assert Range(1e-5, 1e-3, log=True).draw(0.5) == 1e-4
    assert Range(1e-5, 1e-3, log=True).draw(0.9999999) <= 1e-3


def test_values_stay_in_the_range_and_have_few_digits() -> None:
    domain = Range(1e-5, 1e-3, log=True)
    assert (domain.clamp(5.0), domain.clamp(0.0), domain.clamp(0.00012345678)) == (1e-3, 1e-5, 0.0001235)
    assert clean(0.00012345678) == 0.0001235
    assert clean([2, 3]) == (2, 3)


def test_a_space_is_said_as_yaml_says_it() -> None:
    space = {
        "widths": Choice(((2, 3), (4,))),
        "c": Range(0.1, 1.0, log=True),
        "epochs": Range(2, 8, step=2, whole=True),
    }
    assert plain(space) == {
        "widths": [[2, 3], [4]],
        "c": {"min": 0.1, "max": 1.0, "log": True},
        "epochs": {"min": 2, "max": 8, "step": 2},
    }


@pytest.mark.parametrize("name", list(families()))
def test_every_family_has_a_space_of_its_own_settings(name: str) -> None:
    space = families()[name].space
    assert len(space) >= 5
    for setting, domain in space.items():
        for value in domain.grid():
            recipe = Recipe.from_keywords(name, {setting: value})
            holder = recipe.model if setting in type(recipe.model).model_fields else recipe.training
            assert getattr(holder, setting) == value


def test_encoders_are_searched_where_their_authors_look() -> None:
    space = families()["encoder"].space
    assert plain(space) == {
        "learning_rate": {"min": 5e-6, "max": 1e-3, "log": True},
        "batch_size": [8, 16, 32],
        "epochs": {"min": 2, "max": 10},
        "weight_decay": [0.1, 0.01, 0.001],
        "warmup": {"min": 0.1, "max": 0.4, "step": 0.1},
    }
