"""The section of a run's page about its epochs."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from maeum.metrics.learning import learning_verdict
from maeum.report import Learning, evaluation_page, palette
from maeum.report.formats import speaking
from maeum.report.page import tied
from maeum.report.page_learning import learning_part
from maeum.report.plots import learning_curves
from maeum.schema import Evaluation


def row(epoch: int, train_loss: float, loss: float | None, score: float | None) -> dict[str, Any]:
    return {
        "epoch": epoch, "step": 100 * epoch, "train_loss": train_loss, "train_accuracy": 0.9 + 0.01 * epoch,
        "validation_loss": loss, "validation_accuracy": score, "validation_macro_f1": score,
        "learning_rate": 5e-5 / epoch, "examples_per_s": 100.0, "seconds": 10.0 * epoch,
    }  # fmt: skip


ROWS = (row(1, 0.6, 0.5, 0.8), row(2, 0.4, 0.42, 0.85), row(3, 0.2, 0.48, 0.86), row(4, 0.1, 0.6, 0.84))
UNJUDGED = tuple(row(epoch, 0.6 / epoch, None, None) for epoch in (1, 2, 3))


def section(page: str) -> str:
    found = re.search(r'<section id="learning">(.*?)</section>', page, re.DOTALL)
    assert found is not None
    return found[1]


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_section_says_which_epoch_was_the_best(binary: Evaluation) -> None:
    page = evaluation_page(binary, learning=Learning(ROWS, "macro_f1"), lang="en")
    assert '<a href="#learning">Learning</a>' in page
    said = text(section(page))
    assert said.startswith(
        "How it learned Of 4 epochs, epoch 3 was the best on validation (macro F1 0.8600); its "
        "weights are the ones kept."
    )
    assert (
        "Epoch Loss, train validation Accuracy, train validation macro F1 Learning rate 1 0.6000 0.5000 0.9100 0.8000 "
        "0.8000 5e-05 2 0.4000 0.4200 0.9200 0.8500 0.8500 2.5e-05 3 * 0.2000 0.4800 0.9300 0.8600 0.8600 1.67e-05 4 "
    ) in said


def test_the_section_in_korean_and_by_another_measure(binary: Evaluation) -> None:
    page = evaluation_page(binary, learning=Learning(ROWS, "loss"), lang="ko")
    assert text(section(page)).startswith(
        "학습 과정 에폭 4개 가운데 검증에서 가장 좋은 것은 에폭 2이며(손실 0.4200), 그 가중치를 남겼습니다."
    )
    part = learning_part(Learning(ROWS, "accuracy"), 1000)
    assert part is not None
    assert [one.best for one in part.rows] == [False, False, True, False]


def test_the_verdict_with_its_evidence_and_what_to_try(binary: Evaluation) -> None:
    for lang in ("en", "ko"):
        page = section(evaluation_page(binary, learning=Learning(ROWS), lang=lang))
        found = speaking(lang, lambda: learning_verdict(ROWS, 1000))
        assert found.kind == "overfitting"
        items = [text(item) for item in re.findall(r'<li class="\w+">(.*?)</li>', page, re.DOTALL)]
        said = speaking(lang, lambda found=found: [found.what, found.why, found.advice])
        assert items == [" ".join(tied(sentence).split()) for sentence in said]
        assert re.findall(r'<li class="(\w+)">', page) == ["bad", "plain", "plain"]
        assert "1,000" in items[1]
    rising = Learning([row(1, 0.6, 0.6, 0.7), row(2, 0.4, 0.4, 0.8)])
    assert '<li class="good">' in section(evaluation_page(binary, learning=rising, lang="en"))


def test_what_the_curve_is_read_aloud_as(binary: Evaluation) -> None:
    page = section(evaluation_page(binary, learning=Learning(ROWS), lang="en"))
    assert (
        'aria-label="Loss, accuracy and learning rate by epoch. Of 4 epochs, epoch 3 was the best on '
        "validation (macro F1 "
        '0.8600); its weights are the ones kept. The table below holds the numbers."'
    ) in page


def test_nothing_was_held_out(binary: Evaluation) -> None:
    said = text(section(evaluation_page(binary, learning=Learning(UNJUDGED), lang="en")))
    assert said.startswith(
        "How it learned 3 epochs; nothing was held out, so the last one's weights are the ones kept."
    )
    assert "1 0.6000 – 0.9100 – – 5e-05" in said


@pytest.mark.parametrize("learning", [None, Learning(()), Learning(ROWS[:1])])
def test_fewer_than_two_epochs_are_no_curve(binary: Evaluation, learning: Learning | None) -> None:
    page = evaluation_page(binary, learning=learning, lang="en")
    assert 'id="learning"' not in page
    assert "#learning" not in page


def test_the_curves() -> None:
    svg = learning_curves(ROWS, 2)
    assert svg == learning_curves(ROWS, 2)
    assert svg.startswith("<svg ")
    for colour in ("#2f6f9f", "#c8551b", "#0f8a6a"):
        assert f"stroke: {colour}" in svg
    marked = f"stroke: {palette.INK}"
    assert svg.count(marked) == learning_curves(ROWS, None).count(marked) + 3  # a dotted line in each panel
    without = learning_curves(UNJUDGED, None)
    assert "stroke: #c8551b" not in without
    assert "stroke: #2f6f9f" in without
