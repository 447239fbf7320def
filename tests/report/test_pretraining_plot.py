"""Curves of a pretraining."""

import xml.etree.ElementTree as ET

import pytest

from maeum.messages import use_language
from maeum.report.plots.pretraining import pretraining_curves

ROW = {"tokens": 1e6, "train_mlm_loss": 8.0, "held_out_mlm_loss": 8.1, "train_mlm_accuracy": 0.1}
BOTH = {**ROW, "train_rtd_loss": 0.5, "held_out_rtd_loss": 0.6, "train_rtd_recall": 0.2, "held_out_rtd_recall": 0.1}


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("row", [ROW, BOTH])
def test_curves_are_drawn_for_one_row_and_for_many(row, language):
    use_language(language)
    for count in (1, 3, 30):
        rows = [{**row, "tokens": 1e6 * at, "train_mlm_loss": 8 - at / 10} for at in range(1, count + 1)]
        drawn = pretraining_curves(rows)
        assert ET.fromstring(drawn).tag.endswith("svg")
        assert drawn == pretraining_curves(rows)
    heights = [float(pretraining_curves([one]).split('viewBox="')[1].split('"')[0].split()[3]) for one in (ROW, BOTH)]
    assert heights[1] > 1.7 * heights[0]
