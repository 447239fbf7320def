"""Choice of reviews, means and intervals, log-odds, distances, periods, agreement; against values worked out by hand."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy import stats

from maeum.audience.agreement import agreement, joint_counts, spearman_of
from maeum.audience.choosing import Chooser, keys_of
from maeum.audience.distances import between_sources, nearest_titles
from maeum.audience.emotions import (
    BASIC,
    COARSE,
    EMOTIONS,
    KOTE_LABELS,
    affect,
    order_of,
    read_label_file,
    with_classes,
)
from maeum.audience.measures import bootstrap_means, hellinger, shares, spearman
from maeum.audience.running import Running
from maeum.audience.timeline import in_periods, month_of, units_of
from maeum.audience.words import Terms, Vocabulary, log_odds, telling
from maeum.errors import LabelError


def rows(count, *, day=None, title=0):
    days = day or [date(2019, 1, 1)] * count
    return pl.DataFrame(
        {
            "at": np.arange(count),
            "title": pl.Series([title] * count, dtype=pl.Int32),
            "source": pl.Series([-1] * count, dtype=pl.Int32),
            "day": days,
        }
    )


def chosen(way, reviews, limit, seed=1, waiting=10**6, block=7):
    chooser = Chooser(way, limit, seed, waiting)
    for start in range(0, reviews.height, block):
        chooser.add(reviews.slice(start, block))
    return chooser.chosen()["at"].to_list()


def test_newest_are_the_last_days_and_undated_ones_come_last():
    days = [date(2019, 1, 1 + at % 28) for at in range(28)] + [None] * 5
    assert chosen("newest", rows(33, day=days), 3) == [25, 26, 27]
    assert chosen("newest", rows(33, day=days), 30)[:28] == list(range(28))


def test_spread_takes_from_every_month_in_turn():
    days = [date(2019, 1, 1)] * 100 + [date(2019, 2, 1)] * 3 + [date(2020, 5, 5)] * 50 + [None] * 9
    places = np.array(chosen("spread", rows(162, day=days), 23))
    assert [
        (places < 100).sum(),
        ((places >= 100) & (places < 103)).sum(),
        ((places >= 103) & (places < 153)).sum(),
    ] == [10, 3, 10]


def test_random_is_seeded_and_takes_the_least_keys():
    reviews = rows(100)
    best = sorted(np.argsort(keys_of(np.arange(100), 1))[:10].tolist())
    assert chosen("random", reviews, 10) == best
    assert chosen("random", reviews, 10, seed=2) != best
    assert chosen("random", reviews, 100) == list(range(100))


@pytest.mark.parametrize("way", ["random", "newest", "spread"])
def test_the_choice_does_not_depend_on_blocks(way):
    random = np.random.default_rng(0)
    days = [date(2015 + int(y), 1 + int(m), 1) if y < 4 else None for y, m in random.integers(0, [5, 12], (600, 2))]
    reviews = rows(600, day=days).with_columns(pl.Series("title", random.integers(0, 5, 600), dtype=pl.Int32))
    whole = chosen(way, reviews, 20, block=600)
    assert len(whole) == 100
    assert chosen(way, reviews, 20, waiting=10, block=13) == whole


def test_running_sums_are_those_of_the_whole():
    running = Running(["k"], least=["low"], greatest=["high"])
    assert running.frame() is None
    for part in ([(1, 2, 5, 5), (2, 1, 7, 7)], [(1, 3, 4, 9)]):
        running.add(pl.DataFrame(part, schema=["k", "n", "low", "high"], orient="row"))
    assert running.frame().rows() == [(1, 5, 4, 9), (2, 1, 7, 7)]


def test_bootstrap_of_a_mean():
    values = np.array([[0.0, 1.0], [1.0, 1.0], [0.5, 1.0], [0.5, 1.0]])
    mean, low, high = bootstrap_means(values, 1000, 7)
    assert mean.tolist() == [0.5, 1.0]
    assert (low[1], high[1]) == (1.0, 1.0)
    assert 0.1 <= low[0] < 0.5 < high[0] <= 0.9
    again = bootstrap_means(values, 1000, 7)
    assert all((one == two).all() for one, two in zip((mean, low, high), again, strict=True))
    assert np.allclose(shares(4, 100, 7).sum(axis=1), 1)


def test_bootstrap_agrees_with_the_central_limit_theorem_and_one_review_has_no_interval():
    values = np.random.default_rng(0).beta(2, 5, (150, 1))
    mean, low, high = bootstrap_means(values, 2000, 1)
    half = 1.96 * values.std(ddof=1) / 150**0.5
    assert abs(low[0] - (mean[0] - half)) < 0.004
    assert abs(high[0] - (mean[0] + half)) < 0.004
    mean, low, high = bootstrap_means(values[:1], 2000, 1)
    assert mean[0] == values[0, 0]
    assert np.isnan([low[0], high[0]]).all()


def test_spearman_of_counts_is_that_of_scipy():
    counts = np.random.default_rng(3).integers(0, 5, (6, 4))
    a, b = np.repeat(np.indices(counts.shape).reshape(2, -1), counts.ravel(), axis=1)
    assert spearman(counts) == pytest.approx(stats.spearmanr(a, b).statistic)
    assert spearman(np.array([[3, 4]])) is None
    x, y = np.random.default_rng(4).integers(0, 9, (2, 40))
    assert spearman_of(x, y) == pytest.approx(stats.spearmanr(x, y).statistic)
    assert spearman_of(x[:2], y[:2]) is None


def test_agreement_by_hand():
    reviews = pl.DataFrame(
        {"stars": [10.0, 9.0, 1.0, 4.0, 7.0, 11.0, None], "positivity": [0.95, 0.4, 0.05, 0.6, 0.5, 0.9, 0.9]}
    )
    titles = pl.DataFrame({"positivity": [0.1, 0.5, 0.9], "stars": [2.0, 6.0, 9.0]})
    found = agreement(joint_counts(reviews), 10, titles)
    assert (found["reviews"], found["decided"], found["accuracy"]) == (5, 4, 0.5)
    assert (found["low_stars"], found["high_stars"], found["low_correct"], found["high_correct"]) == (
        4.0,
        9.0,
        0.5,
        0.5,
    )
    assert found["spearman_titles"] == pytest.approx(1)
    assert found["spearman_reviews"] == pytest.approx(
        stats.spearmanr([10, 9, 1, 4, 7], [0.95, 0.4, 0.05, 0.6, 0.5]).statistic
    )
    assert [one["n"] for one in found["bins"]] == [1, 0, 0, 0, 1, 0, 1, 0, 0, 1]
    assert found["ece"] == pytest.approx((0.05 + 0.6 + 0.6 + 0.05) / 4)
    assert agreement(joint_counts(reviews), None, titles) is None


def test_log_odds_by_hand():
    group, everything = np.array([8.0, 1.0, 1.0]), np.array([10.0, 30.0, 60.0])
    odds, z = log_odds(group, everything, prior=10)
    # word 0: prior 10 · 10/100 = 1; own (8+1)/(10+10-9), rest (2+1)/(90+10-3)
    assert odds[0] == pytest.approx(np.log(9 / 11) - np.log(3 / 97))
    assert z[0] == pytest.approx(odds[0] / np.sqrt(1 / 9 + 1 / 3))
    assert odds[1] < 0 and odds[2] < 0


def test_words_lose_particles_where_the_bare_word_is_as_frequent():
    vocabulary = Vocabulary()
    vocabulary.add(
        pl.Series(
            [
                "영화 영화가 영화는 재밌다ㅋㅋㅋㅋ",
                "영화 영화를 재밌다 ㅋㅋ",
                "영화 어린이 재밌다 ㅠㅠㅠ",
                "어린이 어린 어린이",
            ]
        )
    )
    terms = vocabulary.terms()
    assert dict(zip(terms.names, terms.counts.tolist(), strict=True)) == {"영화": 6, "재밌다": 3, "어린이": 3}
    matrix = terms.matrix(pl.Series(["영화가 영화", "없는말"])).toarray()
    assert matrix[0].tolist() == [2 if name == "영화" else 0 for name in terms.names]
    assert matrix[1].tolist() == [0, 0, 0]


def test_telling_words_come_by_z_and_only_where_frequent():
    of_word = pl.DataFrame({"word": ["a", "b", "c"], "term": pl.Series([0, 1, 2], dtype=pl.Int32)})
    terms = Terms(["a", "b", "c"], of_word, np.array([1000, 100, 20]))
    found = telling(terms, np.array([0, 1, 2]), np.array([10, 40, 2]), 5)
    assert [(one["word"], one["rank"], one["n"], one["n_rest"]) for one in found] == [("b", 1, 40, 60)]
    # prior 500 · 100/1120 … but at most a tenth of 1120 words: 112 · 100/1120 = 10
    a, b, own, rest = 40 + 10, 60 + 10, 52 + 112, 1068 + 112
    assert found[0]["z"] == pytest.approx((np.log(a / (own - a)) - np.log(b / (rest - b))) / np.sqrt(1 / a + 1 / b))


def test_periods_follow_the_amount_of_data():
    months = pl.DataFrame(
        {
            "title": [0, 0, 1, 1, 2, 2],
            "month": [2019 * 12, 2019 * 12 + 2, 2019 * 12, 2019 * 12 + 2, 2019 * 12, 2020 * 12],
            "n": [10, 10, 4, 8, 1, 1],
        }
    )
    units = units_of(months, "auto")
    assert dict(units.rows()) == {0: "month", 1: "quarter", 2: "year"}
    found = in_periods(months, units)
    assert found.select("title", "period", "period_start", "n").rows() == [
        (0, "2019-01", date(2019, 1, 1), 10), (0, "2019-03", date(2019, 3, 1), 10), (1, "2019-Q1", date(2019, 1, 1), 12),
        (2, "2019", date(2019, 1, 1), 1), (2, "2020", date(2020, 1, 1), 1),
    ]  # fmt: skip
    assert set(units_of(months, "quarter")["unit"]) == {"quarter"}
    assert pl.DataFrame({"day": [date(2019, 12, 31)]}).select(month_of()).item() == 2019 * 12 + 11


def test_distances_by_hand():
    means = np.array([[0.5, 0.5], [0.1, 0.1], [0.9, 0.0], [0.0, 0.4]])
    near = nearest_titles(["a", "b", "c", "d"], means, 2, saying=("", ""))
    assert near.filter(pl.col("title") == "a").select("other_title", "rank").rows() == [("b", 1), ("c", 2)]
    by_hand = (1 - np.sqrt(0.5)) ** 0.5
    assert near.filter((pl.col("title") == "a") & (pl.col("rank") == 2))["distance"].item() == pytest.approx(
        by_hand, abs=1e-6
    )
    rows = between_sources(["c", "d"], means[2:], "film")
    assert [(row["kind"], row["source"], row["other_source"], row["distance"]) for row in rows] == [
        ("title_source", "c", "d", 1.0), ("title_source", "d", "c", 1.0)
    ]  # fmt: skip
    assert hellinger(np.zeros((1, 2))).tolist() == [[0, 0]]
    assert nearest_titles(["a"], means[:1], 3, saying=("", "")).height == 0


def test_every_emotion_has_its_place():
    assert [one.label for one in EMOTIONS] == list(KOTE_LABELS)
    assert all(-1 <= one.valence <= 1 and -1 <= one.arousal <= 1 for one in EMOTIONS)
    assert {one.coarse for one in EMOTIONS} == set(COARSE)
    assert {name for one in EMOTIONS for name in one.basic} == set(BASIC)
    assert [one.label for one in EMOTIONS if not one.basic] == ["없음"]
    assert [one.label for one in EMOTIONS if one.coarse == "objective"] == ["없음"]


def test_classes_are_their_strongest_members():
    values = np.zeros((1, 44), np.float32)
    values[0, KOTE_LABELS.index_of["공포/무서움"]] = 0.7
    values[0, KOTE_LABELS.index_of["경악"]] = 0.4
    wide = with_classes(values)[0, 44:]
    by_name = dict(zip([*BASIC, *COARSE], wide.tolist(), strict=True))
    assert by_name == pytest.approx(dict.fromkeys(by_name, 0.0) | {"fear": 0.7, "surprise": 0.4, "negative": 0.7})
    valence, arousal = affect(values)
    assert valence[0] == pytest.approx((0.7 * -0.5 + 0.4 * -0.4) / 1.1)
    assert arousal[0] == pytest.approx(0.8)


def test_labels_of_kote_in_any_order_and_no_others(tmp_path):
    turned = list(KOTE_LABELS)[::-1]
    assert order_of(turned, "m").tolist() == list(range(43, -1, -1))
    wrong = ["공포/무서웜" if label == "공포/무서움" else label for label in KOTE_LABELS]
    file = tmp_path / "labels.txt"
    file.write_text("\n".join(wrong), encoding="utf-8")
    with pytest.raises(LabelError) as error:
        read_label_file(file)
    assert str(error.value) == (
        f"The labels of '{file}' are not KOTE's 44 emotions: 44 labels. Unknown: 공포/무서웜. Did you mean '공포/무서움'? Missing: "
        "공포/무서움. Twice: –. 'maeum data info kote' lists the 44."
    )
    file.write_text("\n".join(turned), encoding="utf-8")
    assert read_label_file(file) == turned
