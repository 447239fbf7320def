"""Thresholds of several labels: each rule finds what it promises, rare labels lean on their probabilities."""

import numpy as np
import pytest

from maeum.metrics import scores
from maeum.metrics.calibration import fit_sigmoids, sigmoid
from maeum.metrics.thresholds import NEVER, SMOOTHING, Search, Thresholds, best_f1_thresholds, crossed, search, smoothed

RANDOM = np.random.default_rng(11)
ROWS = 20_000


def calibrated(rows=ROWS, shares=(0.4, 0.15, 0.03)):
    """Probabilities that are right, and labels drawn by them."""
    logits = RANDOM.normal(size=(rows, len(shares))) * 1.5 + np.log(np.array(shares) / (1 - np.array(shares)))
    probabilities = sigmoid(logits)
    return RANDOM.random(probabilities.shape) < probabilities, probabilities.astype(np.float32)


TRUTH, PROBABILITIES = calibrated()


def f1_of(thresholds, truth=TRUTH, probabilities=PROBABILITIES):
    return scores.f1_family(scores.binary_counts(truth, probabilities >= thresholds))


def test_f1_is_half_of_what_it_reaches_where_probabilities_are_right():
    found = search(TRUTH, PROBABILITIES)
    assert found.dtype == np.float32
    assert found == pytest.approx(f1_of(found)["f1"] / 2, abs=0.03)  # Lipton et al. 2014, theorem 1
    assert f1_of(found)["macro_f1"] > max(f1_of(one)["macro_f1"] for one in (0.1, 0.2, 0.3, 0.5))


def test_micro_f1_is_one_threshold_for_all():
    found = search(TRUTH, PROBABILITIES, Search(Thresholds.MICRO_F1))
    assert len(set(found.tolist())) == 1
    assert f1_of(found)["micro_f1"] >= max(f1_of(one)["micro_f1"] for one in np.linspace(0.05, 0.9, 50)) - 0.002


def test_mean_f1_lies_between_both():
    own, micro, mean = (
        f1_of(search(TRUTH, PROBABILITIES, Search(by)))
        for by in (Thresholds.F1, Thresholds.MICRO_F1, Thresholds.MEAN_F1)
    )
    total = [float(one["macro_f1"] + one["micro_f1"]) for one in (own, micro, mean)]
    assert total[2] >= max(total[:2]) - 1e-3
    assert own["macro_f1"] + 1e-3 >= mean["macro_f1"] and micro["micro_f1"] + 1e-3 >= mean["micro_f1"]


@pytest.mark.parametrize("cost", [0.5, 1.0, 4.0])
def test_cost_is_what_decision_theory_says(cost):
    found = search(TRUTH[:, :2], PROBABILITIES[:, :2], Search(Thresholds.COST, false_negative_cost=cost))
    assert found == pytest.approx(np.full(2, 1 / (1 + cost)), abs=0.06)  # Elkan 2001, eq. 2


def test_precision_is_reached_by_the_lowest_threshold():
    wanted = Search(Thresholds.PRECISION, target_precision=0.7)
    found = search(TRUTH[:, :2], PROBABILITIES[:, :2], wanted)
    for k in range(2):
        given = PROBABILITIES[:, k] >= found[k]
        assert TRUTH[given, k].mean() == pytest.approx(0.7, abs=0.02)
        assert TRUTH[PROBABILITIES[:, k] >= found[k] - 0.05, k].mean() < 0.7


def test_a_label_that_cannot_reach_the_precision_is_never_given():
    truth, probabilities = calibrated(500, (0.02,))
    found = search(truth, probabilities, Search(Thresholds.PRECISION, target_precision=0.99))
    assert found.tolist() == [NEVER]


def test_fixed_and_no_rows():
    wanted = Search(Thresholds.FIXED, value=0.3)
    assert search(TRUTH, PROBABILITIES, wanted).tolist() == pytest.approx([0.3] * 3)
    empty = search(np.zeros((0, 2), bool), np.zeros((0, 2), np.float32))
    assert empty.tolist() == [0.5, 0.5]


@pytest.mark.parametrize("by", [Thresholds.F1, Thresholds.MEAN_F1])
def test_a_label_that_no_row_has_keeps_a_half(by):
    truth = TRUTH[:200].copy()
    truth[:, 1] = False
    assert search(truth, PROBABILITIES[:200], Search(by))[1] == 0.5


def test_smoothing_counts_rows_and_probabilities_the_same_at_its_number():
    truth = np.zeros((1000, 2), bool)
    truth[:SMOOTHING, 0] = True
    found = smoothed(truth, np.full((1000, 2), 0.2, np.float32))
    assert found[0].tolist() == pytest.approx([0.6, 0.2])  # half of 1 and 0.2; nothing but 0.2 without rows
    assert found[-1].tolist() == pytest.approx([0.1, 0.2])


def test_rare_labels_gain_by_smoothing():
    gains = []
    for _ in range(30):
        truth, probabilities = calibrated(300, (0.03,))
        smooth, plain = search(truth, probabilities), best_f1_thresholds(truth, probabilities)
        fresh, found = calibrated(4000, (0.03,))
        gains.append(f1_of(smooth, fresh, found)["f1"][0] - f1_of(plain, fresh, found)["f1"][0])
    assert np.mean(gains) > 0.02


def test_a_threshold_never_lies_between_equal_probabilities():
    probabilities = np.repeat(np.array([[0.9], [0.5], [0.1]], np.float32), 40, axis=0)
    truth = np.zeros((120, 1), bool)
    truth[:60] = True
    for by in Thresholds:
        (found,) = search(truth, probabilities, Search(by, false_negative_cost=1.0, target_precision=0.6, value=0.4))
        assert not np.isclose(probabilities, found).any()


def test_crossed_decisions_are_made_by_other_rows():
    truth, probabilities = calibrated(400, (0.3, 0.05))
    wanted = Search()
    given = crossed(truth, probabilities, wanted, folds=4)
    own = np.arange(400) % 4 == 2
    limits = search(truth[~own], probabilities[~own], wanted)
    assert np.array_equal(given[own], probabilities[own] >= limits)
    inside = f1_of(search(truth, probabilities, wanted), truth, probabilities)["macro_f1"]
    assert scores.f1_family(scores.binary_counts(truth, given))["macro_f1"] <= inside + 0.01


def test_calibration_finds_slopes_and_offsets():
    raw = RANDOM.normal(size=(ROWS, 3))
    slopes, offsets = np.array([2.0, 1.0, 3.0]), np.array([-1.0, 0.5, -3.0])
    truth = RANDOM.random(raw.shape) < sigmoid(slopes * raw + offsets)
    found = fit_sigmoids(raw, truth)
    assert found[0] == pytest.approx(slopes, rel=0.1) and found[1] == pytest.approx(offsets, abs=0.15)
    (one, same, _), _ = fit_sigmoids(raw, truth, one_slope=True)
    assert one == same and 1 < one < 3


def test_calibration_of_a_label_with_few_rows_stays_near_the_others():
    raw = RANDOM.normal(size=(500, 3))
    truth = RANDOM.random(raw.shape) < sigmoid(2 * raw)
    truth[:, 2] = False
    truth[:2, 2] = True
    raw[:2, 2] = 5.0  # separated by chance: alone, its slope would know no bounds
    slopes, offsets = fit_sigmoids(raw, truth)
    assert slopes[2] < 4 and np.isfinite(offsets).all()
    nothing = fit_sigmoids(np.zeros((0, 2)), np.zeros((0, 2), bool))
    assert nothing[0].tolist() == [1, 1] and nothing[1].tolist() == [0, 0]
