"""Plots: deterministic, self-contained, no glyph missing (a warning is an error), for 2 and for 44 labels."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from maeum.messages import use_language
from maeum.report import plots
from maeum.report.lettering import font_path
from maeum.report.plots.curves import weakest
from maeum.schema import Curve, Reliability, Slice

ODD = ["<b>흐뭇함(귀여움/예쁨)</b>", "감동😭", "喜", "$a_b$ & 'c'", "−1 ≥ ★♥ ㅋㅋ", "아주 " * 40]
CURVES = [Curve((0.0, 0.5, 1.0), (0.0, 0.8, 1.0), 0.5 + k / 20) for k in range(6)]
BINS = Reliability((0.55, 0.95), (0.5, 0.97), (10, 990))
SLICES = [Slice("length", str(k), 100, 0.8 + k / 100, 0.75 + k / 100, 0.85 + k / 100) for k in range(6)]

DRAWN = {
    "distribution": lambda: plots.class_distribution(ODD, [5, 4, 3, 2, 1, 0]),
    "f1": lambda: plots.class_scores(ODD, [0.9, 0.5, 0.0, 1.0, 0.3, 0.2], [5, 4, 3, 2, 1, 0]),
    "confusion": lambda: plots.confusion_matrix([[k + j for j in range(6)] for k in range(6)], ODD),
    "roc": lambda: plots.roc_curves(ODD, CURVES),
    "pr": lambda: plots.precision_recall_curves(ODD, CURVES),
    "reliability": lambda: plots.reliability_diagram(BINS),
    "reliability_several": lambda: plots.reliability_diagram(BINS, several=True),
    "slices": lambda: plots.slice_scores(SLICES, ODD, 0.83),
}


@pytest.fixture(params=["ko", "en"])
def lang(request):
    use_language(request.param)
    yield request.param
    use_language(None)


@pytest.mark.parametrize("name", DRAWN)
def test_plot_is_one_plain_svg_element(name, lang):
    svg = DRAWN[name]()
    root = ET.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(root.findall(".//{http://www.w3.org/2000/svg}path")) > 10
    assert svg.count("http") == 1  # the namespace
    assert not re.search(r"<(text|style|metadata|script|image|!--)", svg)
    ids = re.findall(r' id="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert all(one.startswith(name.removesuffix("_several") + "-") for one in ids)
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg)) == set(ids)


@pytest.mark.parametrize("name", DRAWN)
def test_plot_is_the_same_every_time(name):
    assert DRAWN[name]() == DRAWN[name]()


def test_plot_is_the_same_in_another_process_with_other_settings(tmp_path):
    code = (
        "import matplotlib; matplotlib.rcParams['axes.facecolor'] = 'red'; matplotlib.rcParams['font.size'] = 30\n"
        "from maeum.report import plots; from maeum.schema import Reliability\n"
        "print(plots.reliability_diagram(Reliability((0.55, 0.95), (0.5, 0.97), (10, 990))), end='')\n"
        "assert matplotlib.rcParams['axes.facecolor'] == 'red'\n"
        "import sys; assert 'matplotlib.pyplot' not in sys.modules"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True,
                           env={**os.environ, "MAEUM_LANG": "en", "PYTHONPATH": os.pathsep.join(sys.path),
                                "PYTHONIOENCODING": "utf-8", "PYTHONHASHSEED": "7"})  # fmt: skip
    use_language("en")
    assert found.stdout == plots.reliability_diagram(BINS)
    use_language(None)


def test_settings_of_the_caller_stay():
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    plots.reliability_diagram(BINS)
    assert dict(mpl.rcParams) == before


def test_language_changes_the_picture():
    use_language("ko")
    korean = plots.reliability_diagram(BINS)
    use_language("en")
    english = plots.reliability_diagram(BINS)
    use_language(None)
    assert korean != english


def test_undrawable_character_is_a_box():
    assert plots.class_distribution(["감동😭"], [3]) == plots.class_distribution(["감동□"], [3])


def test_dollar_signs_are_no_formula():
    assert plots.class_distribution(["$a_b$"], [3]) != plots.class_distribution(["a_b"], [3])


def glyphs_drawn(svg: str, letter: str) -> int:
    """How often a letter is drawn: uses of its outline."""
    return len(re.findall(rf'<use href="#[^"]*-{outline_of(letter)}"', svg))


@cache
def outline_of(letter: str) -> str:
    """Name of a letter's outline: matplotlib uses its code point, since 3.11 its glyph."""
    from matplotlib.ft2font import FT2Font

    names = (f"{FT2Font(str(font_path())).get_char_index(ord(letter)):x}", f"{ord(letter):x}")
    probe = plots.class_distribution([letter * 20], [1])
    return max(names, key=lambda name: len(re.findall(rf'<use href="#[^"]*-{name}"', probe)))


def test_confusion_shows_counts_and_shares_for_few_labels():
    use_language("en")
    svg = plots.confusion_matrix([[430, 70], [50, 450]], ["x", "y"])
    use_language(None)
    assert glyphs_drawn(svg, "%") == 4
    # 430 70 50 450 | 86.0 14.0 10.0 90.0
    assert glyphs_drawn(svg, "0") == 4 + 6


def test_confusion_of_44_labels_shows_whole_percents_of_one_and_more():
    size = 44
    matrix = [[0] * size for _ in range(size)]
    for k in range(size):
        matrix[k][k], matrix[k][(k + 1) % size], matrix[k][(k + 2) % size] = 9, 990, 1  # 0.9 %, 99 %, 0.1 %
    svg = plots.confusion_matrix(matrix, [f"L{k % 8}" for k in range(size)])
    assert glyphs_drawn(svg, "9") == 2 * size


def test_many_curves_are_thinned_to_the_weakest():
    areas = [0.9, 0.5, 0.8, float("nan"), 0.7, 0.95, 0.6, 0.99, 0.55, 0.85]
    assert weakest([Curve((0.0,), (0.0,), area) for area in areas]) == [0, 1, 2, 3, 4, 6, 8, 9]
    assert weakest([Curve((0.0,), (0.0,), area) for area in areas], 3) == [1, 3, 8]


def test_curves_left_out_are_counted():
    use_language("en")
    few = plots.roc_curves([f"L{k}" for k in range(8)], [CURVES[0]] * 8)
    many = plots.roc_curves([f"L{k}" for k in range(44)], [CURVES[0]] * 44)
    use_language(None)
    # "the 8 smallest areas; 36 labels are left out" adds three f-less words and one f
    assert glyphs_drawn(many, "f") == glyphs_drawn(few, "f") + 1
    assert glyphs_drawn(many, "3") == glyphs_drawn(few, "3") + 1


def test_empty_and_single_inputs_are_drawn():
    assert "<svg" in plots.class_distribution([], [])
    assert "<svg" in plots.roc_curves([], [])
    assert "<svg" in plots.confusion_matrix([[3]], ["하나"])
    assert "<svg" in plots.confusion_matrix([[0, 0], [1, 2]], ["없음", "있음"])
    assert "<svg" in plots.reliability_diagram(Reliability((0.5,), (1.0,), (1,)))
    assert "<svg" in plots.slice_scores([], [], 0.5)


def test_bars_beyond_the_limit_are_counted():
    use_language("en")
    svg = plots.class_distribution([f"c{k}" for k in range(125)], [1] * 125)
    few = plots.class_distribution([f"c{k}" for k in range(120)], [1] * 120)
    use_language(None)
    # "5 more are left out" below the bars is all that differs in letters m, f, u besides the title "Examples by class"
    assert glyphs_drawn(svg, "f") == glyphs_drawn(few, "f") + 1
