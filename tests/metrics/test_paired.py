"""Paired tests against scipy and against resampling row by row."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom, binomtest, chi2
from sklearn.metrics import f1_score

from maeum.metrics import paired


def answers(only_first: int, only_second: int, both: int = 10) -> tuple[np.ndarray, np.ndarray]:
    first = np.array([True] * (only_first + both) + [False] * only_second)
    second = np.array([False] * only_first + [True] * (both + only_second))
    return first, second


@pytest.mark.parametrize(("first", "second"), [(1, 0), (8, 2), (2, 8), (15, 15), (60, 31), (499, 501)])
def test_few_disagreements_are_tested_exactly_and_by_mid_p(first, second):
    found = paired.mcnemar(*answers(first, second))
    count, smaller = first + second, min(first, second)
    assert (found.first, found.second, found.method) == (first, second, "mid_p")
    assert found.exact == pytest.approx(binomtest(first, count, 0.5).pvalue)
    assert found.p == pytest.approx(2 * binom.cdf(smaller, count, 0.5) - binom.pmf(smaller, count, 0.5))


def test_many_disagreements_take_the_chi_square():
    found = paired.mcnemar(*answers(560, 470))
    assert found.method == "chi_square"
    assert found.p == pytest.approx(chi2.sf(90**2 / 1030, 1))
    assert found.exact == pytest.approx(binomtest(560, 1030, 0.5).pvalue)


def test_models_that_never_disagree_do_not_differ():
    found = paired.mcnemar(*answers(0, 0))
    assert (found.p, found.exact) == (1.0, 1.0)


def indicators(count: int, classes: int, right: float, seed: int, truth: np.ndarray) -> np.ndarray:
    random = np.random.default_rng(seed)
    given = np.where(random.random(count) < right, truth, random.integers(0, classes, count))
    return np.eye(classes, dtype=bool)[given]


@pytest.mark.parametrize("metric", paired.METRICS)
def test_bootstrap_by_kinds_of_rows_agrees_with_rows_drawn_one_by_one(metric):
    labels = np.random.default_rng(1).integers(0, 3, 400)
    truth = np.eye(3, dtype=bool)[labels]
    first, second = indicators(400, 3, 0.8, 2, labels), indicators(400, 3, 0.7, 3, labels)
    found = paired.paired_bootstrap(truth, first, second, metric, seed=0)
    average = {"accuracy": "micro", "micro_f1": "micro", "macro_f1": "macro"}[metric]

    def by_rows(rows):
        one, two, true = (x[rows].argmax(axis=1) for x in (first, second, truth))
        return f1_score(true, one, average=average) - f1_score(true, two, average=average)

    random = np.random.default_rng(5)
    drawn = [by_rows(random.integers(0, 400, 400)) for _ in range(400)]
    assert found.value == pytest.approx(by_rows(np.arange(400)))
    low, high = np.percentile(drawn, [2.5, 97.5])
    assert (found.low, found.high) == (pytest.approx(low, abs=0.012), pytest.approx(high, abs=0.012))
    assert paired.paired_bootstrap(truth, first, second, metric, seed=0) == found
    turned = paired.paired_bootstrap(truth, second, first, metric, seed=0)
    assert turned.value == pytest.approx(-found.value)


def test_several_labels_ask_for_all_of_them():
    truth = np.array([[1, 1, 0], [0, 0, 0], [1, 0, 1]], dtype=bool)
    given = np.array([[1, 0, 0], [0, 0, 0], [1, 0, 1]], dtype=bool)
    assert paired.score(truth, given, "accuracy") == pytest.approx(2 / 3)
    assert paired.score(truth, given, "micro_f1") == pytest.approx(2 * 3 / (2 * 3 + 1))


def test_equal_models_differ_by_nothing():
    truth = np.eye(2, dtype=bool)[[0, 1, 1, 0]]
    found = paired.paired_bootstrap(truth, truth, truth, "accuracy", seed=0)
    assert found == paired.Difference(0.0, 0.0, 0.0, 1.0)


def test_interval_holds_the_score():
    labels = np.random.default_rng(1).integers(0, 2, 500)
    truth, given = np.eye(2, dtype=bool)[labels], indicators(500, 2, 0.6, 4, labels)
    low, high = paired.interval(truth, given, "accuracy", seed=0)
    share = paired.score(truth, given, "accuracy")
    half = 1.96 * (share * (1 - share) / 500) ** 0.5
    assert (low, high) == (pytest.approx(share - half, abs=0.006), pytest.approx(share + half, abs=0.006))


def test_holm_by_hand():
    assert paired.holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])
    assert paired.holm([0.9, 0.8]) == [1.0, 1.0]
    assert paired.holm([]) == []


def test_detectable_difference_is_found_four_times_out_of_five():
    random, count, share = np.random.default_rng(0), 4000, 0.1
    difference = paired.detectable(int(share * count), count)
    first = (share + difference) / 2
    draws = random.multinomial(count, [first, share - first, 1 - share], size=400)
    z = np.abs(draws[:, 0] - draws[:, 1]) / np.sqrt(draws[:, 0] + draws[:, 1])
    assert (z > 1.96).mean() == pytest.approx(0.8, abs=0.05)
