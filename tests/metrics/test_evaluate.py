"""An Evaluation holds the numbers of its definition, for one label and for several."""

import json
from datetime import date

import numpy as np
import polars as pl
import pytest
from sklearn import metrics as sk

from maeum.metrics.evaluate import MISTAKES, evaluate_classes
from maeum.metrics.slices import SMALLEST
from maeum.schema import ClassPredictions, Dataset, Evaluation, Labels, Task

RANDOM = np.random.default_rng(5)


def single(count=600, labels=("negative", "positive"), **columns):
    targets = RANDOM.integers(0, len(labels), count)
    probabilities = RANDOM.dirichlet(np.ones(len(labels)), count)
    probabilities[np.arange(count), targets] += 0.4
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    frame = pl.DataFrame(
        {
            "id": [f"r{i}" for i in range(count)],
            "text": ["짧다" if i % 3 else "조금 더 길게 쓴 리뷰입니다 정말로요 ㅠㅠ" for i in range(count)],
            "label": [labels[k] for k in targets],
            **columns,
        }
    )
    data = Dataset(frame, Task.SINGLE_LABEL, Labels(labels), "toy", "test", notes=(("data.note_sample", {}),))
    return data, ClassPredictions(Labels(labels), probabilities)


def test_every_metric_of_the_contract_is_there_and_right():
    data, predictions = single(labels=("a", "b", "c"))
    found = evaluate_classes(data, predictions)
    y, p = data.targets, predictions.indices
    exact = predictions.probabilities.astype(np.float64)
    exact /= exact.sum(axis=1, keepdims=True)
    expected = {
        "accuracy": sk.accuracy_score(y, p),
        "macro_f1": sk.f1_score(y, p, average="macro"),
        "micro_f1": sk.f1_score(y, p, average="micro"),
        "weighted_f1": sk.f1_score(y, p, average="weighted"),
        "balanced_accuracy": sk.balanced_accuracy_score(y, p),
        "mcc": sk.matthews_corrcoef(y, p),
        "log_loss": sk.log_loss(y, exact),
        "macro_auroc": sk.roc_auc_score(y, exact, multi_class="ovr"),
        "majority_baseline": np.bincount(y).max() / len(y),
    }
    for name, value in expected.items():
        assert found.metrics[name] == pytest.approx(value, abs=1e-5), name
    assert set(found.metrics["per_class"]["a"]) == {"precision", "recall", "f1", "support", "tp", "fp", "fn", "tn"}
    assert 0 <= found.metrics["ece"] <= 1 and 0 <= found.metrics["brier"] <= 2
    report = sk.classification_report(y, p, output_dict=True)
    assert found.metrics["macro_avg"] == pytest.approx(
        {k.replace("f1-score", "f1"): v for k, v in report["macro avg"].items()}
    )
    assert found.metrics["weighted_avg"]["recall"] == pytest.approx(report["weighted avg"]["recall"])
    assert found.data == "toy:test" and found.count == 600
    assert found.notes == (("data.note_sample", {}),)


def test_counts_of_a_class_add_up():
    data, predictions = single()
    found = evaluate_classes(data, predictions)
    for one in found.metrics["per_class"].values():
        assert one["tp"] + one["fp"] + one["fn"] + one["tn"] == found.count
        assert one["tp"] + one["fn"] == one["support"]
    assert sum(map(sum, found.confusion)) == found.count


def test_two_labels_have_one_roc_curve():
    data, predictions = single()
    found = evaluate_classes(data, predictions)
    assert list(found.roc) == ["positive"] == list(found.precision_recall)
    assert found.metrics["roc_auc"] == pytest.approx(sk.roc_auc_score(data.targets, predictions.probabilities[:, 1]))


def test_intervals_hold_their_metric_and_follow_the_seed():
    data, predictions = single()
    found = evaluate_classes(data, predictions, seed=1)
    for name, (low, high) in found.intervals.items():
        assert low <= found.metrics[name] <= high, name
    assert found.intervals == evaluate_classes(data, predictions, seed=1).intervals
    assert found.intervals["accuracy"] != evaluate_classes(data, predictions, seed=2).intervals["accuracy"]


def test_mistakes_are_wrong_and_the_surest_come_first():
    data, predictions = single()
    found = evaluate_classes(data, predictions).mistakes
    assert 0 < len(found) <= MISTAKES
    assert all(mistake.expected != mistake.predicted for mistake in found)
    confidences = [mistake.confidence for mistake in found]
    assert confidences == sorted(confidences, reverse=True)
    row = data.ids.index(found[0].id)
    assert found[0].text == data.texts[row]
    assert found[0].expected_probability == pytest.approx(predictions.probabilities[row, data.targets[row]])


def test_slices_divide_the_data_and_carry_their_own_score():
    count = 600
    columns = {
        "genre": [("공포", "가족")[i % 2] for i in range(count)],
        "date": [date(2020 + i % 3, 1, 1) for i in range(count)],
        "rare": ["x"] * (SMALLEST - 1) + ["y"] * (count - SMALLEST + 1),
        "free": [f"value {i}" for i in range(count)],
    }
    data, predictions = single(count, **columns)
    found = evaluate_classes(data, predictions)
    by = {name: [s for s in found.slices if s.by == name] for name in {s.by for s in found.slices}}
    assert set(by) == {"length", "emoticon", "genre", "date", "rare"}
    assert {s.value: s.count for s in by["emoticon"]} == {"yes": 200, "no": 400}
    assert {s.value: s.count for s in by["length"]} == {"0–9": 400, "20–39": 200}
    assert [s.value for s in by["date"]] == ["2020", "2021", "2022"]
    assert [s.value for s in by["rare"]] == ["y"]
    right = predictions.indices == data.targets
    horror = next(s for s in by["genre"] if s.value == "공포")
    assert horror.accuracy == pytest.approx(right[::2].mean())
    assert horror.low < horror.accuracy < horror.high


def test_several_labels_are_scored_label_by_label_and_row_by_row():
    labels = Labels(("joy", "awe", "anger"))
    truth = RANDOM.random((300, 3)) < 0.4
    probabilities = np.clip(RANDOM.normal(0.3 + 0.4 * truth, 0.2), 0, 1)
    sets = [labels.decode(np.flatnonzero(row)) for row in truth]
    frame = pl.DataFrame(
        {"id": [str(i) for i in range(300)], "text": ["글"] * 300, "label": pl.Series(sets, dtype=pl.List(pl.String))}
    )
    data = Dataset(frame, Task.MULTI_LABEL, labels, "toy")
    predictions = ClassPredictions(labels, probabilities, several=True)
    found = evaluate_classes(data, predictions)
    given = predictions.decide()
    expected = {
        "subset_accuracy": sk.accuracy_score(truth, given),
        "macro_f1": sk.f1_score(truth, given, average="macro"),
        "micro_f1": sk.f1_score(truth, given, average="micro"),
        "samples_f1": sk.f1_score(truth, given, average="samples", zero_division=1.0),
        "hamming_loss": sk.hamming_loss(truth, given),
        "lrap": sk.label_ranking_average_precision_score(truth, predictions.probabilities),
        "macro_auroc": sk.roc_auc_score(truth, predictions.probabilities, average="macro"),
    }
    for name, value in expected.items():
        assert found.metrics[name] == pytest.approx(value, abs=1e-6), name
    assert found.confusion == () and set(found.roc) == {"joy", "awe", "anger"}
    assert all(low >= 0 and high <= 1 for name, (low, high) in found.intervals.items() if name != "log_loss")
    assert Evaluation.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_an_evaluation_survives_json():
    data, predictions = single()
    found = evaluate_classes(data, predictions, model="m")
    assert Evaluation.from_json(json.loads(json.dumps(found.to_json()))) == found
