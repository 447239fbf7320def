"""Verdicts: whole sentences, each under the conditions that call for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maeum.messages import language
from maeum.report import headline, verdict
from maeum.report.words import chance_ece, notes
from maeum.schema import Evaluation, Labels, Reliability, Slice, Task


def with_metrics(evaluation: Evaluation, **metrics) -> Evaluation:
    merged = {**evaluation.metrics, **metrics}
    return replace(evaluation, metrics={name: value for name, value in merged.items() if value is not None})


def test_headline_binary(binary):
    assert headline(binary, "en") == (
        "Of the 1,000 examples of nsmc:test, the model gets 88.0 % right (95 % interval 85.8–89.9 %); "
        "always answering the most frequent label would get 50.0 %."
    )
    assert headline(binary, "ko") == (
        "nsmc:test의 1,000건 가운데 88.0%를 맞혔습니다(95% 구간 85.8~89.9%). 가장 흔한 레이블로만 답하면 50.0%입니다."
    )


def test_headline_without_interval_and_baseline(binary):
    bare = with_metrics(replace(binary, intervals={}), majority_baseline=None)
    assert headline(bare, "en") == "Of the 1,000 examples of nsmc:test, the model gets 88.0 % right."
    assert headline(bare, "ko") == "nsmc:test의 1,000건 가운데 88.0%를 맞혔습니다."


def test_headline_several(emotions):
    assert headline(emotions, "en") == (
        "On the 2,000 examples of kote:test, the labels the model gives match the true ones with an F1 "
        "of 0.612 per text (95 % interval 0.605–0.619); the whole set of labels is exactly right for "
        "8.3 %."
    )
    assert headline(emotions, "ko") == (
        "kote:test의 2,000건에서 모델이 붙인 레이블은 정답 레이블과 글마다 평균 F1 0.612로 "
        "일치합니다(95% 구간 0.605~0.619). 레이블 묶음 전체를 정확히 맞힌 글은 8.3%입니다."
    )


def test_headline_of_other_tasks():
    scores = Evaluation("korsts:test", Task.SIMILARITY, Labels(("score",)), 1379, {"spearman": 0.652})
    assert headline(scores, "en") == (
        "On the 1,379 examples of korsts:test, the model reaches Spearman correlation 0.652."
    )
    assert headline(scores, "ko") == "korsts:test의 1,379건에서 모델의 스피어만 상관계수는 0.652입니다."
    nothing = replace(scores, metrics={})
    assert headline(nothing, "en") == "The model was judged on the 1,379 examples of korsts:test."
    assert headline(nothing, "ko") == "korsts:test의 1,379건으로 모델을 평가했습니다."


def test_verdict_binary_whole(binary):
    assert verdict(binary, "en") == [
        (
            "It is better than always answering the most frequent label: 88.0 % against 50.0 %, and the "
            "whole 95 % interval (85.8–89.9 %) lies above that."
        ),
        "All classes are about equally good: F1 from 0.878 ('negative') to 0.882 ('positive').",
        "It is over-confident: on average it is 93.0 % sure but right 88.0 % of the time (ECE 0.050).",
        (
            "It is weaker on text length in characters '0–9': 80.0 % (95 % interval 73.9–85.0 %, 200 "
            "examples) against 88.0 % overall."
        ),
    ]
    assert verdict(binary, "ko") == [
        (
            "가장 흔한 레이블로만 답하는 것보다 낫습니다. 88.0% 대 50.0%이며, 95% 구간(85.8~89.9%) 전체가 "
            "그보다 높습니다."
        ),
        "모든 클래스의 성능이 비슷합니다. F1은 0.878('부정')에서 0.882('긍정')까지입니다.",
        "지나치게 확신합니다. 평균 확신도는 93.0%인데 실제로 맞힌 비율은 88.0%입니다(ECE 0.050).",
        "글자 수 '0–9'에서 더 약합니다. 80.0%(95% 구간 73.9~85.0%, 200건)로, 전체는 88.0%입니다.",
    ]


@pytest.mark.parametrize(
    ("baseline", "sentence"),
    [
        (
            0.87,
            (
                "It is not shown to be better than always answering the most frequent label: 88.0 % against "
                "87.0 %, which lies inside the 95 % interval (85.8–89.9 %)."
            ),
        ),
        (
            0.95,
            (
                "It is worse than always answering the most frequent label: 88.0 % against 95.0 %, and the "
                "whole 95 % interval (85.8–89.9 %) lies below that."
            ),
        ),
    ],
)
def test_verdict_against_baseline(binary, baseline, sentence):
    assert verdict(with_metrics(binary, majority_baseline=baseline), "en")[0] == sentence


def test_verdict_without_interval_does_not_claim(binary):
    assert verdict(replace(binary, intervals={}), "en")[0] == (
        "It gets 88.0 %, always answering the most frequent label 50.0 %; no interval was computed, so "
        "chance is not ruled out."
    )


def weak(binary: Evaluation, **values) -> Evaluation:
    per_class = dict(binary.metrics["per_class"])
    per_class["negative"] = {**per_class["negative"], **values}
    return with_metrics(replace(binary, reliability=None, slices=()), per_class=per_class, majority_baseline=None)


def test_verdict_weakest_class(binary):
    missed = weak(binary, precision=0.9, recall=0.4, f1=0.554, fp=22, fn=300)
    assert verdict(missed, "en") == [
        (
            "The weakest class is 'negative': F1 0.554 (precision 0.900, recall 0.400, 500 examples); it is "
            "missed more often than it is wrongly given."
        )
    ]
    given = weak(binary, precision=0.4, recall=0.9, f1=0.554, fp=300, fn=22, support=12)
    assert verdict(given, "ko") == [
        (
            "가장 약한 클래스는 '부정'입니다. F1 0.554(정밀도 0.400, 재현율 0.900, 12건). 놓치는 경우보다 "
            "잘못 붙이는 경우가 더 많습니다. '부정'은 12건뿐이라 이 숫자는 우연에 크게 좌우됩니다."
        )
    ]
    even = weak(binary, precision=0.5, recall=0.5, f1=0.5, fp=250, fn=250)
    assert verdict(even, "en") == [
        "The weakest class is 'negative': F1 0.500 (precision 0.500, recall 0.500, 500 examples)."
    ]


def test_verdict_several(emotions):
    assert verdict(emotions, "en") == [
        "All classes are about equally good: F1 from 0.667 ('불평/불만') to 0.667 ('불평/불만').",
        "Nothing is known about classes without an example in the data (1 of 44): 깨달음.",
        "Its probabilities are too high: 9.5 % on average, while the labels are true 6.4 % of the time (ECE 0.030).",
        (
            "It is weaker on source '유튜브': F1 per text 0.571 (95 % interval 0.556–0.586, 900 examples) "
            "against 0.612 overall."
        ),
    ]


@pytest.mark.parametrize(
    ("bins", "ece", "sentence"),
    [
        (
            Reliability((0.6, 0.9), (0.7, 0.95), (500, 500)),
            0.075,
            "확신이 부족합니다. 평균 확신도는 75.0%에 그치는데 실제로 맞힌 비율은 82.5%입니다(ECE 0.075).",
        ),
        (
            Reliability((0.6, 0.9), (0.7, 0.8), (500, 500)),
            0.1,
            (
                "확신도는 평균으로는 맞지만(확신 75.0%, 정답 75.0%) 어떤 구간에서는 지나치고 어떤 구간에서는 "
                "모자랍니다(ECE 0.100)."
            ),
        ),
        (
            Reliability((0.6, 0.9), (0.605, 0.9), (500, 500)),
            0.003,
            "확신도를 그대로 믿어도 됩니다. 평균 확신도 75.0%, 실제로 맞힌 비율 75.2%입니다(ECE 0.003).",
        ),
        (  # 20 examples: a gap of 10 points is what chance does
            Reliability((0.6, 0.9), (0.5, 0.8), (10, 10)),
            0.1,
            "확신도를 그대로 믿어도 됩니다. 평균 확신도 75.0%, 실제로 맞힌 비율 65.0%입니다(ECE 0.100).",
        ),
    ],
)
def test_verdict_of_confidence(binary, bins, ece, sentence):
    judged = with_metrics(replace(binary, reliability=bins, slices=()), ece=ece, per_class=None, majority_baseline=None)
    assert verdict(judged, "ko") == [sentence]


def test_chance_ece_is_the_mean_absolute_stray():
    # sqrt(2 / π) · sqrt(0.5 · 0.5 / 100) = 0.79788 · 0.05
    assert chance_ece(Reliability((0.5,), (0.9,), (100,))) == pytest.approx(0.039894, abs=1e-6)


def test_verdict_on_parts_even_and_many(binary):
    alone = with_metrics(replace(binary, reliability=None), per_class=None, majority_baseline=None)
    even = replace(alone, slices=(Slice("genre", "공포", 50, 0.8, 0.67, 0.89),))
    assert verdict(even, "en") == ["No part of the data falls below the whole beyond chance (1 looked at)."]
    low = replace(alone, slices=tuple(Slice("title", f"t{i}", 90, 0.5 + i / 100, 0.4, 0.6) for i in range(7)))
    sentences = verdict(low, "en")
    assert len(sentences) == 6
    assert (
        sentences[0]
        == "It is weaker on title 't0': 50.0 % (95 % interval 40.0–60.0 %, 90 examples) against 88.0 % overall."
    )
    assert sentences[5] == "2 more parts of the data fall below the whole; the table of parts shows them."


def test_emoticon_parts_are_words(binary):
    alone = with_metrics(replace(binary, reliability=None), per_class=None, majority_baseline=None)
    part = replace(alone, slices=(Slice("emoticon", "yes", 100, 0.5, 0.4, 0.6),))
    assert verdict(part, "ko") == [
        "이모티콘 '있음'에서 더 약합니다. 50.0%(95% 구간 40.0~60.0%, 100건)로, 전체는 88.0%입니다."
    ]


def test_language_outside_stays(binary, monkeypatch):
    monkeypatch.setenv("MAEUM_LANG", "en")
    verdict(binary, "ko")
    assert language() == "en"


def test_notes_are_said_and_unknown_ones_kept(binary):
    strange = replace(binary, notes=(*binary.notes, ("nowhere.nothing", {"count": 3})))
    assert notes(strange, "en") == [
        "Labels of the data read as the model's: 0 → negative <i>",
        "nowhere.nothing: count=3",
    ]
