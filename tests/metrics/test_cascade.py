"""The trade-off of a cascade and its switch point, on numbers worked out by hand and on many drawn ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from maeum.errors import ContractError
from maeum.metrics.cascade import NEVER, Outcome, TradeOff, gain, rows_needed, switch_point, trade_off


def answers(confidences, given):
    """Probabilities (N, 2) of answers `given` (0 or 1) with these confidences."""
    rows = np.empty((len(confidences), 2), np.float32)
    rows[np.arange(len(given)), given] = confidences
    rows[np.arange(len(given)), 1 - np.asarray(given)] = 1 - np.asarray(confidences, np.float32)
    return rows


HAND = trade_off(
    answers([0.95, 0.9, 0.9, 0.8, 0.7, 0.6], [1, 1, 1, 0, 1, 1]),
    answers([0.99] * 6, [1, 1, 1, 1, 0, 0]),
    np.array([1, 1, 1, 1, 1, 0]),
)


def test_a_trade_off_by_hand():
    # surest first: both right, both right, both right, only the second, only the first, only the second
    assert HAND.count == 6
    assert HAND.thresholds == pytest.approx([0, 0.65, 0.75, 0.85, 0.925, NEVER])
    assert HAND.kept == pytest.approx([1, 5 / 6, 4 / 6, 3 / 6, 1 / 6, 0])
    assert HAND.lost.tolist() == [2, 1, 1, 0, 0, 0]
    assert HAND.gained.tolist() == [1, 1, 0, 0, 0, 0]
    assert HAND.accuracy == pytest.approx([4 / 6, 5 / 6, 4 / 6, 5 / 6, 5 / 6, 5 / 6])
    assert (HAND.first_accuracy, HAND.second_accuracy) == (pytest.approx(4 / 6), pytest.approx(5 / 6))
    assert HAND.loss == pytest.approx([100 / 6, 0, 100 / 6, 0, 0, 0])


HALF = 50 / 6  # points that half a text of six is


def test_the_walk_ends_before_the_first_threshold_that_fails():
    # 0.65 loses nothing either, but only beyond one that does: luck is not waited for
    found = switch_point(HAND, HALF + 1, certainty=0.5)
    assert (found.threshold, found.kept) == (pytest.approx(0.85), 0.5)
    assert (found.loss, found.outcome) == (0, Outcome.CASCADE)
    assert found.bound == pytest.approx(HALF)
    assert switch_point(HAND, HALF - 1, certainty=0.5).outcome is Outcome.SECOND_ALONE
    alone = switch_point(HAND, 100 / 6 + HALF + 1, certainty=0.5)
    assert (alone.outcome, alone.threshold, alone.kept) == (Outcome.FIRST_ALONE, 0, 1)


def test_the_bound_is_hardly_above_the_exact_one_where_nothing_is_gained():
    lost = np.arange(40)
    found = TradeOff(15_000, np.zeros(40), np.ones(40), np.ones(40), lost, np.zeros(40, int)).bounds(0.9)
    exact = 100 * beta.ppf(0.9, lost + 1, 15_000 - lost)  # Clopper and Pearson 1934
    assert np.all(found >= exact)
    assert np.all(found[10:] <= 1.02 * exact[10:])
    assert found[0] == pytest.approx(100 * 2.5440 / 15_000, rel=1e-3)  # √x = (z + √(z² + 2)) / 2


def test_what_is_gained_lowers_the_bound_and_widens_it():
    def bound(lost, gained):
        numbers = np.array([lost]), np.array([gained])
        return float(TradeOff(15_000, np.zeros(1), np.ones(1), np.ones(1), *numbers).bounds(0.9)[0]) * 150

    # l − g + ½ + z²/2 + z · √(l + g + …): about the normal bound where both are many
    assert bound(400, 400) == pytest.approx(0.5 + 1.28155 * np.sqrt(800.5), rel=0.01)
    assert bound(400, 500) == pytest.approx(-99.5 + 1.28155 * np.sqrt(900), rel=0.02)
    assert bound(10, 0) < bound(110, 100)


def test_too_few_texts_show_nothing_and_say_how_many_are_needed():
    found = switch_point(HAND, 0.1)
    assert (found.outcome, found.threshold, found.kept, found.bound) == (Outcome.SECOND_ALONE, NEVER, 0, 0)
    assert found.needed == 2543
    twins = answers(np.linspace(0.6, 0.9, 2543), np.ones(2543, int))
    agreed = np.ones(2543, int)
    assert switch_point(trade_off(twins, twins, agreed), 0.1).outcome is Outcome.FIRST_ALONE
    fewer = trade_off(twins[:2540], twins[:2540], agreed[:2540])
    assert switch_point(fewer, 0.1).outcome is Outcome.SECOND_ALONE
    assert (rows_needed(0), rows_needed(1e-320), rows_needed(100)) == (0, 0, 1)


def test_a_first_model_that_is_better_everywhere_answers_alone():
    truth = np.ones(3000, int)
    first = answers(np.linspace(0.6, 0.99, 3000), np.ones(3000, int))
    second = answers(np.full(3000, 0.9), (np.arange(3000) % 10 > 0).astype(int))
    found = switch_point(trade_off(first, second, truth), 0.1)
    assert (found.outcome, found.threshold, found.kept) == (Outcome.FIRST_ALONE, 0, 1)
    assert found.loss == pytest.approx(-10)
    assert found.bound < -9


def test_one_confidence_leaves_all_or_nothing():
    same = answers([0.8] * 5, [1, 1, 1, 1, 0])
    found = trade_off(same, answers([0.9] * 5, [1] * 5), np.ones(5, int))
    assert found.thresholds.tolist() == [0, NEVER]
    assert switch_point(found, 31, 0.5).outcome is Outcome.FIRST_ALONE  # one lost and half a text: 30 points
    assert switch_point(found, 29, 0.5).outcome is Outcome.SECOND_ALONE


def test_points_are_thinned_evenly():
    rng = np.random.default_rng(0)
    first = answers(rng.uniform(0.5, 1, 5000), rng.integers(0, 2, 5000))
    found = trade_off(first, first, np.ones(5000, int), points=50)
    assert len(found.thresholds) == 50
    assert np.abs(np.diff(found.kept)).max() < 0.03
    assert found.to_json()["kept"][0] == 1.0
    assert switch_point(found, 0.5).to_json()["outcome"] == "first_alone"


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ContractError, match=r"\(2, 2\), \(3, 2\), \(2,\)"):
        trade_off(np.ones((2, 2)), np.ones((3, 2)), np.ones(2))
    with pytest.raises(ContractError):
        trade_off(np.ones((0, 2)), np.ones((0, 2)), np.ones(0))


def test_the_gain_in_speed():
    assert gain(0.8, 1000, 100) == pytest.approx(1 / 0.3)
    assert gain(0, 1000, 100) == 1
    assert gain(1, 1000, 100) == pytest.approx(10)
    assert gain(0.5, 100, 1000) == pytest.approx(1 / 10.5)


@st.composite
def drawn(draw):
    count, labels = draw(st.integers(1, 400)), draw(st.integers(2, 5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    levels = draw(st.sampled_from([3, 20, 10_000]))  # few levels: many ties
    truth = rng.integers(0, labels, count)
    made = []
    for skill in (draw(st.floats(0, 3)), draw(st.floats(0, 5))):
        scores = rng.integers(0, levels, (count, labels)) / levels
        scores[np.arange(count), truth] += skill * rng.random(count)
        raised = np.exp(3 * scores)
        made.append((raised / raised.sum(axis=1, keepdims=True)).astype(np.float32))
    return (*made, truth)


@given(drawn(), st.floats(0, 20), st.floats(0.5, 0.99))
def test_the_cascade_loses_at_most_what_was_stated_on_the_texts_it_was_chosen_on(case, max_loss, certainty):
    first, second, truth = case
    found = switch_point(trade_off(first, second, truth), max_loss, certainty)
    kept = first.max(axis=1).astype(np.float64) >= found.threshold
    right = np.where(kept, first.argmax(axis=1) == truth, second.argmax(axis=1) == truth)
    assert found.kept == pytest.approx(kept.mean())
    assert found.accuracy == pytest.approx(right.mean())
    lost = 100 * ((second.argmax(axis=1) == truth).mean() - right.mean())
    assert found.loss == pytest.approx(lost, abs=1e-9)
    assert lost <= found.bound + 1e-9
    assert found.bound <= max_loss


@given(drawn(), st.floats(0, 20), st.floats(0, 20), st.floats(0.5, 0.99), st.floats(0.5, 0.99))
def test_more_loss_or_less_certainty_never_raises_the_threshold(case, one, other, low, high):
    found = trade_off(*case)
    assert np.all(np.diff(found.thresholds) > 0)
    assert np.all(np.diff(found.kept) < 0)
    small, large = sorted((one, other))
    assert switch_point(found, large, low).threshold <= switch_point(found, small, low).threshold
    low, high = sorted((low, high))
    assert switch_point(found, one, low).threshold <= switch_point(found, one, high).threshold


def test_the_stated_loss_holds_on_new_texts_in_nine_of_ten_samples():
    """Models whose errors are known: the first is wrong ever more often, the less sure it is."""
    rng = np.random.default_rng(5)

    def sample(count):
        sure = rng.uniform(0.5, 1, count)
        first = (rng.random(count) < 0.5 + 0.5 * (2 * sure - 1) ** 0.5).astype(int)
        second = np.where(rng.random(count) < 0.7, np.maximum(first, rng.random(count) < 0.7), rng.random(count) < 0.95)
        return answers(sure, first), answers(np.full(count, 0.9), second.astype(int)), np.ones(count, int)

    whole = trade_off(*sample(1_000_000), points=5000)
    thresholds = [switch_point(trade_off(*sample(4000)), 0.5).threshold for _ in range(200)]
    true_losses = np.interp(thresholds, whole.thresholds, whole.loss)
    assert (true_losses <= 0.5).mean() >= 0.9
    assert np.median(np.interp(thresholds, whole.thresholds, whole.kept)) > 0.1
