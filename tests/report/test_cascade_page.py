"""The page of a cascade: its words, its numbers, its plot."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from maeum.messages import use_language
from maeum.metrics.cascade import NEVER, Calibration, TradeOff, switch_point
from maeum.report.cascade_page import cascade_page, headline, others_of, remarks, table_of
from maeum.report.plots.cascade import trade_off_curve

CURVE = TradeOff(
    count=15_000,
    thresholds=np.array([0, 0.7, 0.95, NEVER]),
    kept=np.array([1, 0.75, 0.5, 0]),
    accuracy=np.array([0.88, 0.899, 0.9002, 0.9]),
    lost=np.array([900, 40, 2, 0]),
    gained=np.array([600, 25, 5, 0]),
)


def calibration(max_loss, curve=CURVE, second="runs/<b>encoder</b>"):
    notes = (("cascade.note_chosen", {"data": "nsmc:validation", "count": curve.count}),)
    return Calibration("fast", second, "nsmc:validation", curve, switch_point(curve, max_loss), 20_000, 40, notes)


def test_sentences_of_a_cascade():
    found = calibration(0.2, second="klue")
    assert found.point.threshold == 0.7
    assert headline(found) == (
        "fast answers 75.0 % of the texts, klue the others: about 4.0 times as fast as klue alone, with at most 0.2 "
        "points of accuracy lost (90 % certain)."
    )
    assert remarks(found) == ["On these texts 0.10 points are lost; on new ones at most 0.18, 90 % certain."]
    won = calibration(0.1, second="klue")
    assert won.point.threshold == 0.95
    assert remarks(won) == ["On these texts 0.02 points are won; on new ones at most 0.01 are lost, 90 % certain."]
    better = calibration(0.1, replace(CURVE, lost=np.array([600, 25, 2, 0]), gained=np.array([900, 40, 5, 0])))
    assert better.point.threshold == 0
    assert remarks(better) == ["On these texts 2.00 points are won; on new ones at least 1.66, 90 % certain."]
    use_language("ko")
    assert headline(found) == (
        "텍스트의 75.0%는 fast가, 나머지는 klue가 답합니다. klue만 쓸 때보다 약 4.0배 빠르고, 정확도 손실은 0.2%p "
        "이하입니다(확신도 90%)."
    )


def test_sentences_of_the_borders():
    assert headline(calibration(5, second="klue")).startswith("fast alone loses at most 5 points against klue (90 %")
    wrong = replace(CURVE, lost=np.array([900, 40, 20, 0]))
    nothing = calibration(0.1, wrong, "klue")
    assert (nothing.point.threshold, nothing.point.needed) == (NEVER, 2543)
    assert remarks(nothing) == []
    assert headline(nothing).startswith("No threshold is shown to lose at most 0.1 points (90 % certain): klue answers")
    few = TradeOff(*(400, *(getattr(CURVE, name) for name in ("thresholds", "kept", "accuracy", "lost", "gained"))))
    assert headline(calibration(0.1, few, "klue")) == (
        "400 texts are too few to show that at most 0.1 points are lost (90 % certain): klue answers everything, and "
        "nothing is gained. Give 2,543 texts or more, or allow more loss (--max-loss)."
    )
    assert remarks(calibration(0.1, few)) == []
    slower = replace(calibration(0.2, second="klue"), first_rate=30)
    assert headline(slower) == (
        "fast answers 75.0 % of the texts with at most 0.2 points of accuracy lost (90 % certain), but asking it first takes more "
        "time than it saves: klue alone is faster. Choose a faster first model, or allow more loss (--max-loss)."
    )


def test_tables():
    heads, rows = table_of(calibration(0.2, second="klue"))
    assert heads == ["model", "accuracy", "answered by the second", "texts/s"]
    assert rows == [
        ["fast alone", "88.00 %", "0 %", "20,000"],
        ["klue alone", "90.00 %", "100 %", "40"],
        ["cascade", "89.90 %", "25 %", "about 159"],
    ]
    _, others = others_of(calibration(0.2))
    assert [(row[0], row[1], row[4]) for row, _ in others] == [
        ("0.05 points", "0.950", "2.0×"), ("0.1 points", "0.950", "2.0×"), ("0.2 points", "0.700", "4.0×"),
        ("0.5 points", "0.700", "4.0×"), ("1 points", "0.700", "4.0×"), ("2 points", "0.700", "4.0×"),
    ]  # fmt: skip
    assert [asked for _, asked in others] == [False, False, True, False, False, False]
    assert others[0][0][3] == "\u22120.02 points"


@pytest.mark.parametrize("max_loss", [0.001, 0.2, 50])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_page_stands_alone_and_escapes_names(lang, max_loss):
    page = cascade_page(calibration(max_loss), lang=lang)
    assert page.lstrip().startswith("<!doctype html>")
    assert f'<html lang="{lang}">' in page
    assert "<b>encoder</b>" not in page
    assert "&lt;b&gt;encoder&lt;/b&gt;" in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert page.count("<svg") == 1
    assert ("검증 수치입니다" in page) == (lang == "ko")
    assert cascade_page(calibration(max_loss), lang=lang) == page


def test_the_plot_is_drawn_with_one_threshold_too(recwarn):
    flat = TradeOff(5, np.array([0, NEVER]), np.array([1.0, 0]), np.array([1.0, 1]), np.zeros(2, int), np.zeros(2, int))
    for lang in ("ko", "en"):
        use_language(lang)
        svg = trade_off_curve(flat, switch_point(flat, 0.1), "정확도")
        assert svg.startswith("<svg")
        assert svg == trade_off_curve(flat, switch_point(flat, 0.1), "정확도")
    assert not recwarn.list  # no letter that the font lacks
