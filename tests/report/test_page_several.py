"""The page of several labels: F1 by threshold label by label, and which labels go together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from maeum.messages import use_language
from maeum.report import evaluation_page, plots
from maeum.report.page_several import threshold_table
from maeum.report.plots.correlations import alike

WAYS = ("own", "0.3", "0.5")


@pytest.fixture
def english():
    use_language("en")
    yield
    use_language(None)


@pytest.fixture
def judged(emotions):
    """The emotions with F1 by threshold: of the first three labels the last is better off at 0.3."""
    names = list(emotions.labels)[:3]
    per_class = {
        name: {"threshold": 0.2 + 0.1 * k, "own": 0.5, "0.3": 0.4 + 0.1 * k, "0.5": 0.25}
        for k, name in enumerate(names)
    }
    whole = {way: {"macro_f1": 0.5 - k / 10, "micro_f1": 0.6 - k / 10} for k, way in enumerate(WAYS)}
    size = len(emotions.labels)
    near = np.eye(size)
    near[0, 5] = near[5, 0] = 0.62
    found = tuple(map(tuple, near.tolist()))
    metrics = {**emotions.metrics, "by_threshold": {**whole, "per_class": per_class}}
    return replace(
        emotions, metrics=metrics, correlations={"data": found, "model": tuple(map(tuple, (near / 2).tolist()))}
    )


def test_the_table_marks_the_best_and_counts(judged, english):
    table = threshold_table(judged)
    assert table.heads == ("F1, own threshold", "F1 at 0.3", "F1 at 0.5")
    assert [(row.threshold, row.scores, row.best) for row in table.rows] == [
        ("0.20", ("0.500", "0.400", "0.250"), 0),
        ("0.30", ("0.500", "0.500", "0.250"), 0),
        ("0.40", ("0.500", "0.600", "0.250"), 1),
    ]
    assert [(row.name, row.scores) for row in table.wholes] == [
        ("Macro F1", ("0.500", "0.400", "0.300")),
        ("Micro F1", ("0.600", "0.500", "0.400")),
    ]
    assert table.sentence == "For 2 of 3 labels the model's own threshold is at least as good as both fixed ones."


def test_the_page_shows_both(judged, english):
    page = evaluation_page(judged, lang="en")
    assert '<a href="#thresholds">Thresholds</a>' in page and '<a href="#correlations">Together</a>' in page
    assert "<strong>0.600</strong>" in page
    first, second = judged.labels.title(judged.labels[5]), judged.labels.title(judged.labels[0])
    assert f"Strongest in the data: {first} with {second} 0.620 (answers 0.310)" in page
    assert "by_threshold" not in page


def test_a_page_without_them_has_neither(emotions, english):
    page = evaluation_page(emotions, lang="en")
    assert threshold_table(emotions) is None
    assert 'id="thresholds"' not in page and 'id="correlations"' not in page


def test_labels_that_go_together_are_neighbours():
    found = np.eye(5)
    for i, j in ((0, 3), (1, 4)):
        found[i, j] = found[j, i] = 0.9
    order = alike(found)
    assert sorted(order) == [0, 1, 2, 3, 4]
    assert abs(order.index(0) - order.index(3)) == abs(order.index(1) - order.index(4)) == 1
    assert alike(np.eye(2)) == [0, 1]


def test_a_label_that_correlates_with_nothing_can_be_drawn():
    svg = plots.phi_matrix(
        [[1, 0, -0.4], [0, 0, 0], [-0.4, 0, 1]], [[1, 0, 0], [0, 0, 0], [0, 0, 1]], ["가", "나", "다"]
    )
    assert svg.startswith("<svg") and svg == plots.phi_matrix(
        [[1, 0, -0.4], [0, 0, 0], [-0.4, 0, 1]], [[1, 0, 0], [0, 0, 0], [0, 0, 1]], ["가", "나", "다"]
    )
