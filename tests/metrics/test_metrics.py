"""Numbers equal scikit-learn's where it has them, and their definitions where it has not."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk

from maeum.metrics import scores
from maeum.metrics.calibration import (
    expected_calibration_error,
    fit_sigmoid,
    fit_softmax,
    reliability,
    sigmoid,
    softmax,
)
from maeum.metrics.curves import POINTS, precision_recall, roc
from maeum.metrics.intervals import bootstrap, confusion_intervals, mean_intervals, wilson
from maeum.metrics.thresholds import best_f1_thresholds

RANDOM = np.random.default_rng(3)


def random_case(count=400, labels=5):
    targets = RANDOM.integers(0, labels, count)
    probabilities = RANDOM.dirichlet(np.ones(labels), count)
    probabilities[np.arange(count), targets] += 0.3
    return targets, probabilities / probabilities.sum(axis=1, keepdims=True)


@given(
    st.integers(2, 6).flatmap(
        lambda k: st.lists(st.tuples(st.integers(0, k - 1), st.integers(0, k - 1)), min_size=1, max_size=60).map(
            lambda pairs: (k, pairs)
        )
    )
)
@settings(max_examples=100, deadline=None)
def test_scores_of_a_confusion_matrix_equal_scikit_learn(case):
    count, pairs = case
    targets, predicted = (np.array(column) for column in zip(*pairs, strict=True))
    confusion = scores.confusion_matrix(targets, predicted, count)
    assert confusion.tolist() == sk.confusion_matrix(targets, predicted, labels=range(count)).tolist()
    family = scores.f1_family(scores.counts_of(confusion))
    used = sorted(set(targets) | set(predicted))
    for average in ("macro", "micro", "weighted"):
        expected = sk.f1_score(targets, predicted, labels=used, average=average, zero_division=0)
        assert float(family[f"{average}_f1"]) == pytest.approx(expected)
    precision, recall, f1, support = sk.precision_recall_fscore_support(
        targets, predicted, labels=range(count), zero_division=0
    )
    for name, expected in {"precision": precision, "recall": recall, "f1": f1, "support": support}.items():
        assert np.asarray(family[name]) == pytest.approx(expected)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn warns of classes that only the answers have
        assert float(scores.matthews(confusion)) == pytest.approx(sk.matthews_corrcoef(targets, predicted))
        assert float(family["balanced_accuracy"]) == pytest.approx(sk.balanced_accuracy_score(targets, predicted))


def test_losses_equal_scikit_learn():
    targets, probabilities = random_case()
    assert scores.log_losses(targets, probabilities).mean() == pytest.approx(sk.log_loss(targets, probabilities))
    two = np.stack([1 - probabilities[:, 0], probabilities[:, 0]], axis=1)
    truth = targets == 0
    expected = sk.brier_score_loss(truth, two[:, 1])
    assert scores.brier_scores(truth.astype(int), two).mean() == pytest.approx(expected)


def test_a_certain_wrong_answer_costs_much_but_not_infinitely():
    losses = scores.log_losses(np.array([1]), np.array([[1.0, 0.0]]))
    assert losses[0] == pytest.approx(-np.log(scores.EPSILON))


def test_binary_counts_of_several_labels_equal_scikit_learn():
    truth, given_ = RANDOM.random((50, 4)) < 0.4, RANDOM.random((50, 4)) < 0.5
    counts = scores.binary_counts(truth, given_)
    expected = sk.multilabel_confusion_matrix(truth, given_)
    for name, (i, j) in {"tn": (0, 0), "fp": (0, 1), "fn": (1, 0), "tp": (1, 1)}.items():
        assert counts[name].tolist() == expected[:, i, j].tolist()


def test_reliability_of_a_known_case():
    bins = reliability(np.array([0.95, 0.95, 0.55, 1.0]), np.array([True, False, True, True]), bins=10)
    assert bins.count == (1, 3)
    assert bins.confidence == pytest.approx((0.55, (0.95 + 0.95 + 1.0) / 3))
    assert bins.accuracy == pytest.approx((1.0, 2 / 3))
    assert expected_calibration_error(bins) == pytest.approx((0.45 + 3 * abs(2 / 3 - 2.9 / 3)) / 4)


def test_fit_sigmoid_finds_the_slope_that_made_the_data():
    x = RANDOM.normal(size=20_000)
    y = RANDOM.random(20_000) < sigmoid(2.0 * x - 0.5)
    slope, offset = fit_sigmoid(x, y)
    assert slope == pytest.approx(2.0, abs=0.1)
    assert offset == pytest.approx(-0.5, abs=0.1)


def test_fit_softmax_calibrates():
    raw = RANDOM.normal(size=(20_000, 3))
    truth = softmax(3 * raw + np.array([0.5, 0.0, -0.5]))
    targets = np.array([RANDOM.choice(3, p=row) for row in truth])
    slope, offsets = fit_softmax(raw, targets)
    assert slope == pytest.approx(3.0, abs=0.15)
    assert offsets[0] - offsets[2] == pytest.approx(1.0, abs=0.15)


def test_softmax_and_sigmoid_do_not_overflow():
    assert softmax(np.array([[1e4, 0.0]])).tolist() == [[1.0, 0.0]]
    assert sigmoid(np.array([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]


def test_best_threshold_maximises_f1():
    truth, probability = RANDOM.random((300, 2)) < 0.3, RANDOM.random((300, 2))
    probability = np.where(truth, np.sqrt(probability), probability)
    found = best_f1_thresholds(truth, probability)
    for k in range(2):
        candidates = np.unique(probability[:, k])
        best = max(sk.f1_score(truth[:, k], probability[:, k] >= t) for t in candidates)
        assert sk.f1_score(truth[:, k], probability[:, k] >= found[k]) == pytest.approx(best)


def test_threshold_of_a_label_never_seen_is_a_half():
    assert best_f1_thresholds(np.zeros((5, 1), bool), np.full((5, 1), 0.2)).tolist() == [0.5]


def test_confusion_bootstrap_covers_and_is_seeded():
    confusion = np.array([[400, 100], [50, 450]])
    low, high = confusion_intervals(confusion, seed=1)["accuracy"]
    assert (low, high) == pytest.approx(mean_intervals(np.array([1.0] * 850 + [0.0] * 150)), abs=0.004)
    assert confusion_intervals(confusion, 1) == confusion_intervals(confusion, 1)
    assert confusion_intervals(confusion, 1) != confusion_intervals(confusion, 2)


def test_the_multinomial_bootstrap_equals_the_one_over_rows():
    targets = RANDOM.integers(0, 3, 500)
    predicted = np.where(RANDOM.random(500) < 0.7, targets, RANDOM.integers(0, 3, 500))

    def macro_f1(rows):
        return sk.f1_score(targets[rows], predicted[rows], average="macro")

    by_rows = bootstrap(macro_f1, 500, seed=0, resamples=400)
    by_cells = confusion_intervals(scores.confusion_matrix(targets, predicted, 3), 0)["macro_f1"]
    assert by_cells == pytest.approx(by_rows, abs=0.01)


@pytest.mark.parametrize(
    ("right", "count", "expected"), [(0, 10, (0.0, 0.2775)), (10, 10, (0.7225, 1.0)), (5, 10, (0.2366, 0.7634))]
)
def test_wilson_of_known_cases(right, count, expected):
    assert wilson(right, count) == pytest.approx(expected, abs=1e-4)


def test_wilson_of_nothing_says_nothing():
    assert wilson(0, 0) == (0.0, 1.0)


def test_curves_have_scikit_learns_areas_and_few_points():
    truth = RANDOM.random(5000) < 0.4
    probability = np.clip(RANDOM.normal(0.3 + 0.3 * truth, 0.2), 0, 1)
    found = roc(truth, probability)
    assert found.area == pytest.approx(sk.roc_auc_score(truth, probability))
    assert len(found.x) <= POINTS and found.x[0] == 0 and found.y[-1] == 1
    assert precision_recall(truth, probability).area == pytest.approx(sk.average_precision_score(truth, probability))


def test_curves_of_one_sided_data_do_not_exist():
    assert roc(np.ones(3, bool), np.array([0.1, 0.2, 0.3])) is None
    assert precision_recall(np.zeros(3, bool), np.array([0.1, 0.2, 0.3])) is None
