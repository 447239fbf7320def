"""The page and Markdown of a comparison."""

from __future__ import annotations

import re

import pytest

from maeum.report.compare_page import comparison_markdown, comparison_page
from maeum.report.compare_words import cell, duration, p_value, verdict, winners
from maeum.schema.comparison import ComparedRun, Comparison, PairedTest


def run(name: str, accuracy: float, epochs: int = 1) -> ComparedRun:
    values = {"accuracy": accuracy, "validation_loss": 1 - accuracy, "log_loss": 1 - accuracy, "parameters": 1234.0}
    history = [
        {"epoch": float(at + 1), "validation_loss": 0.5 - at / 100, "validation_accuracy": accuracy - at / 100}
        for at in range(epochs)
    ]
    return ComparedRun(
        name, f"runs/{name}", "cnn", values, interval=(accuracy - 0.01, accuracy + 0.01), history=history
    )


def paired(other: str, difference: float, *, significant: bool) -> PairedTest:
    p = 0.0004 if significant else 0.4
    return PairedTest(
        "가나", other, "accuracy", 15000, difference, difference - 0.005, difference + 0.005, 300, 200, p, "mid_p", p,
        p, significant, 0.0042,
    )  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Comparison:
    runs = (run("가나", 0.9, 3), run("<b>b</b>", 0.88), run("c|d", 0.895, 2))
    tests = (paired("<b>b</b>", 0.02, significant=True), paired("c|d", 0.005, significant=False))
    return Comparison("", "accuracy", False, "가나", runs, tests, notes=(("compare.note_holm", {"count": 2}),))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_page_is_self_contained_and_escaped(found, lang):
    html = comparison_page(found, lang=lang)
    assert html.lstrip().startswith("<!doctype html>")
    assert f'<html lang="{lang}">' in html
    assert not re.search(r"https?://|<script|<img|@import", html)
    assert "<b>b</b>" not in html
    assert "&lt;b&gt;b&lt;/b&gt;" in html
    assert html.count("<figure") == 2
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_runs_of_one_round_alone_have_no_curves():
    runs = (run("a", 0.9), run("b", 0.8))
    assert comparison_page(Comparison("x", "accuracy", False, "a", runs)).count("<figure") == 1


def test_verdicts_in_words():
    assert verdict(paired("b", 0.02, significant=True)) == (
        "가나 is better than b by 2.0 points (1.5 to 2.5, 95 % interval): more than chance explains."
    )
    assert verdict(paired("b", 0.002, significant=False)) == (
        "No difference between 가나 and b can be shown with 15,000 rows (0.20 points; -0.30 to 0.70, 95 % interval). "
        "With so many rows it would take a difference of about 0.4 points."
    )


def test_markdown(found):
    text = comparison_markdown(found, "en")
    assert text.startswith("## 3 runs compared\n\n가나 has the best accuracy: 90.0 %. Judged on the validation rows")
    assert "| c\\|d | cnn | 89.5 % | 0.105 | 1,234 |" in text
    assert "| &lt;b&gt;b&lt;/b&gt; | 2.00 points | 1.50 … 2.50 | 300 | 200 | &lt; 0.001 | &lt; 0.001 |" in text
    assert comparison_markdown(found, "ko").startswith("## 학습 결과 3개 비교\n")


def test_cells_and_winners(found):
    assert winners(found, "accuracy") == winners(found, "validation_loss") == {"가나"}
    assert winners(found, "parameters") == set()
    assert found.columns == ["accuracy", "validation_loss", "parameters"]
    assert cell(found.runs[0], "ece") == "–"
    assert [duration(seconds) for seconds in (5, 90, 7200)] == ["5.0 s", "1.5 min", "2.0 h"]
    assert (p_value(0.0004), p_value(0.04)) == ("< 0.001", "0.040")
