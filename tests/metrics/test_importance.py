"""How much settings mattered: known functions give known shares, and what is not known is not said."""

import math

import numpy as np
import pytest

from maeum.metrics.importance import MIN_TRIALS, importance


def search(count, seed=0):
    """Settings drawn evenly: a rate over orders of magnitude, a size, a word, a number without any effect."""
    random = np.random.default_rng(seed)
    return {
        "learning_rate": (10 ** random.uniform(-5, -2, count)).tolist(),
        "batch_size": [int(value) for value in random.choice([8, 16, 32], count)],
        "활성화": [str(value) for value in random.choice(["relu", "gelu"], count)],
        "idle": random.uniform(0, 1, count).tolist(),
    }, random


def test_the_setting_that_decides_is_found():
    settings, random = search(60)
    rates = np.log10(settings["learning_rate"])
    scores = 0.8 - 0.05 * (rates + 3.5) ** 2 + random.normal(0, 0.002, 60)
    found = importance(settings, scores.tolist(), log={"learning_rate"})
    assert next(iter(found.shares)) == "learning_rate"
    assert found.shares["learning_rate"] > 0.9
    assert max(found.shares["idle"], found.shares["batch_size"], found.shares["활성화"]) < 0.05
    assert found.trials == 60
    assert found.foretold > 0.9
    assert not found.weak


def test_shares_are_those_of_the_variance():
    """Of 3a + b, a and b independent and even, a explains 9/10 and b 1/10."""
    random = np.random.default_rng(3)
    one, two = random.uniform(0, 1, 300), random.uniform(0, 1, 300)
    found = importance({"a": one.tolist(), "b": two.tolist()}, (3 * one + two).tolist())
    assert found.shares["a"] == pytest.approx(0.9, abs=0.03)
    assert found.shares["b"] == pytest.approx(0.1, abs=0.03)


def test_words_count_as_much_as_numbers():
    settings, _ = search(40)
    scores = [0.9 if word == "gelu" else 0.8 for word in settings["활성화"]]
    found = importance(settings, scores)
    assert found.shares["활성화"] == pytest.approx(1.0, abs=0.02)


def test_numbers_mixed_with_words_are_categories():
    values = [0.1, "auto", 0.5, True] * 5
    scores = [{0.1: 0.5, "auto": 0.9, 0.5: 0.6}.get(value, 0.7) if value is not True else 0.7 for value in values]
    found = importance({"mixed": values, "none": [None, 1] * 10}, scores)
    assert next(iter(found.shares)) == "mixed"
    assert found.shares["mixed"] > 0.8


def test_few_trials_say_nothing():
    settings, _ = search(MIN_TRIALS - 1)
    found = importance(settings, list(np.linspace(0.5, 0.9, MIN_TRIALS - 1)))
    assert (dict(found.shares), found.trials, found.foretold) == ({}, MIN_TRIALS - 1, None)
    assert found.weak


def test_scores_that_are_no_numbers_are_left_out():
    settings, _ = search(MIN_TRIALS + 1)
    scores = [None, math.nan, *np.linspace(0.5, 0.9, MIN_TRIALS - 1)]
    assert importance(settings, scores).trials == MIN_TRIALS - 1
    assert not importance(settings, scores).shares


@pytest.mark.parametrize(("settings", "score"), [({"a": [1] * 12}, None), ({}, None), ({"a": list(range(12))}, 0.8)])
def test_nothing_varied(settings, score):
    scores = [score] * 12 if score else np.linspace(0.5, 0.9, 12).tolist()
    assert not importance(settings, scores).shares


def test_a_setting_that_did_not_vary_has_no_share():
    found = importance({"a": list(range(12)), "fixed": ["x"] * 12}, np.linspace(0.5, 0.9, 12).tolist())
    assert found.shares["fixed"] == 0.0


def test_chance_is_weak():
    settings, random = search(20, seed=5)
    found = importance(settings, random.normal(0.8, 0.01, 20).tolist(), log={"learning_rate"})
    assert found.shares
    assert found.weak


def test_the_same_every_time():
    settings, random = search(15)
    scores = random.normal(0.8, 0.01, 15).tolist()
    assert importance(settings, scores) == importance(settings, scores)


def test_optuna_agrees():
    optuna = pytest.importorskip("optuna")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    settings, random = search(50)
    rates = np.log10(settings["learning_rate"])
    scores = 0.8 - 0.05 * (rates + 3.5) ** 2 - 0.04 * np.array(settings["idle"]) + random.normal(0, 0.002, 50)
    ours = importance(settings, scores.tolist(), log={"learning_rate"}).shares
    spaces = {
        "learning_rate": optuna.distributions.FloatDistribution(-5, -2),
        "idle": optuna.distributions.FloatDistribution(0, 1),
    }
    study = optuna.create_study()
    for at in range(50):
        values = {"learning_rate": float(rates[at]), "idle": settings["idle"][at]}
        study.add_trial(optuna.create_trial(params=values, distributions=spaces, value=float(scores[at])))
    theirs = optuna.importance.FanovaImportanceEvaluator(seed=0).evaluate(study)
    for name, share in theirs.items():
        assert ours[name] == pytest.approx(share, abs=0.1)
