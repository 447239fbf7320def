"""Correlations of labels and F1 by threshold, with values worked out by hand."""

import json

import numpy as np
import polars as pl
import pytest
from sklearn.metrics import f1_score, matthews_corrcoef

from maeum.metrics.evaluate import evaluate_classes
from maeum.metrics.several import MOST, by_threshold, correlations, phi
from maeum.schema import ClassPredictions, Dataset, Evaluation, Labels, Task

RANDOM = np.random.default_rng(5)
NAMES = ("기쁨", "슬픔", "없음")


def test_phi_is_the_correlation_of_two_labels():
    given = RANDOM.random((200, 3)) < 0.4
    given[:, 2] = ~given[:, 0]
    found = phi(given)
    assert found[0, 1] == pytest.approx(matthews_corrcoef(given[:, 0], given[:, 1]))
    assert found[0, 2] == pytest.approx(-1) and np.diag(found).tolist() == pytest.approx([1, 1, 1])
    assert np.array_equal(found, found.T)


def test_a_label_that_all_or_none_have_correlates_with_nothing():
    given = np.array([[1, 0, 1], [1, 0, 0]], bool)
    assert phi(given).tolist() == [[0, 0, 0], [0, 0, 0], [0, 0, 1]]
    assert phi(np.zeros((0, 2), bool)).tolist() == [[0, 0], [0, 0]]


def test_too_many_labels_are_not_compared():
    assert set(correlations(np.zeros((4, MOST), bool), np.zeros((4, MOST), bool))) == {"data", "model"}
    assert correlations(np.zeros((4, MOST + 1), bool), np.zeros((4, MOST + 1), bool)) == {}
    assert correlations(np.zeros((4, 1), bool), np.zeros((4, 1), bool)) == {}


def case():
    truth = RANDOM.random((300, 3)) < (0.5, 0.2, 0.1)
    probabilities = np.clip(RANDOM.normal(0.2 + 0.3 * truth, 0.15), 0, 1).astype(np.float32)
    return truth, ClassPredictions(Labels(NAMES), probabilities, True, np.array([0.4, 0.35, 0.45], np.float32))


def test_f1_by_threshold():
    truth, predictions = case()
    found = by_threshold(truth, predictions)
    for name, limit in (("own", [0.4, 0.35, 0.45]), ("0.3", 0.3), ("0.5", 0.5)):
        given = predictions.probabilities >= np.array(limit, np.float32)
        assert found[name]["macro_f1"] == pytest.approx(f1_score(truth, given, average="macro"))
        assert found[name]["micro_f1"] == pytest.approx(f1_score(truth, given, average="micro"))
        for k, label in enumerate(NAMES):
            assert found["per_class"][label][name] == pytest.approx(f1_score(truth[:, k], given[:, k]))
    assert [one["threshold"] for one in found["per_class"].values()] == pytest.approx([0.4, 0.35, 0.45])


def test_an_evaluation_has_both_and_survives_json():
    truth, predictions = case()
    sets = [predictions.labels.decode(np.flatnonzero(row)) for row in truth]
    labels = pl.Series(sets, dtype=pl.List(pl.String))
    frame = pl.DataFrame({"id": [str(i) for i in range(300)], "text": ["글"] * 300, "label": labels})
    found = evaluate_classes(Dataset(frame, Task.MULTI_LABEL, predictions.labels, "toy"), predictions)
    assert found.metrics["by_threshold"] == by_threshold(truth, predictions)
    assert found.metrics["by_threshold"]["own"]["macro_f1"] == found.metrics["macro_f1"]
    assert found.correlations["data"][1][0] == pytest.approx(phi(truth)[1, 0], abs=1e-4)
    saved = json.loads(json.dumps(found.to_json()))
    assert Evaluation.from_json(saved) == found
    del saved["correlations"]  # as written before they were kept
    assert Evaluation.from_json(saved).correlations == {}


def test_decisions_are_each_label_s_own():
    """Neither does '없음' stand alone, nor must a text have a label; a threshold of 1 gives a label never."""
    probabilities = np.array([[0.9, 0.1, 0.9], [0.1, 0.1, 0.1], [1.0, 0.1, 0.1]], np.float32)
    predictions = ClassPredictions(Labels(NAMES), probabilities, True, np.array([0.5, 0.5, 0.5], np.float32))
    assert predictions.sets() == [["기쁨", "없음"], [], ["기쁨"]]
    assert predictions.decide({"기쁨": 1.0}).tolist() == [[False, False, True], [False] * 3, [False] * 3]
