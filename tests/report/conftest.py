"""Evaluations built by hand, with numbers that can be checked by eye."""

from __future__ import annotations

from typing import Any

import pytest

from maeum.schema import Curve, Evaluation, Labels, Mistake, Reliability, Slice, Task

NAMES = (
    "불평/불만 환영/호의 감동/감탄 지긋지긋 고마움 슬픔 화남/분노 존경 기대감 우쭐댐/무시함 안타까움/실망 비장함 "
    "의심/불신 뿌듯함 편안/쾌적 신기함/관심 아껴주는 부끄러움 공포/무서움 절망 한심함 역겨움/징그러움 짜증 어이없음 "
    "없음 패배/자기혐오 귀찮음 힘듦/지침 즐거움/신남 깨달음 죄책감 증오/혐오 <b>흐뭇함(귀여움/예쁨)</b> 당황/난처 "
    "경악 부담/안_내킴 서러움 재미없음 불쌍함/연민 놀람 행복 불안/걱정 기쁨 안심/신뢰"
)
EMOTIONS = tuple(NAMES.split())


def scores(tp: int, fp: int, fn: int, tn: int) -> dict[str, float]:
    precision, recall = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    f1 = 2 * tp / max(2 * tp + fp + fn, 1)
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "support": tp + fn,
        "tp": tp,
        "fp": fp,
        "fn": fn,
        "tn": tn,
    }


@pytest.fixture(scope="session")
def binary() -> Evaluation:
    """1,000 reviews, 500 of each class; 880 right, 93 % sure on average."""
    confusion = ((430, 70), (50, 450))
    per_class = {"negative": scores(430, 50, 70, 450), "positive": scores(450, 70, 50, 430)}
    average = {"precision": 0.8806, "recall": 0.88, "f1": 0.87995, "support": 1000}
    metrics: dict[str, Any] = {
        "accuracy": 0.88,
        "balanced_accuracy": 0.88,
        "macro_f1": 0.87995,
        "micro_f1": 0.88,
        "weighted_f1": 0.87995,
        "log_loss": 0.2914,
        "brier": 0.0871,
        "ece": 0.05,
        "mcc": 0.7606,
        "roc_auc": 0.951,
        "average_precision": 0.953,
        "majority_baseline": 0.5,
        "per_class": per_class,
        "macro_avg": average,
        "weighted_avg": average,
    }
    curve = Curve((0.0, 0.1, 1.0), (0.0, 0.9, 1.0), 0.951)
    return Evaluation(
        data="nsmc:test",
        task=Task.SINGLE_LABEL,
        labels=Labels(("negative", "positive"), titles={"ko": ("부정", "긍정")}),
        count=1000,
        metrics=metrics,
        intervals={"accuracy": (0.858, 0.899), "macro_f1": (0.8578, 0.8991)},
        confusion=confusion,
        roc={"positive": curve},
        precision_recall={"positive": Curve((0.0, 0.9, 1.0), (1.0, 0.9, 0.5), 0.953)},
        reliability=Reliability((0.6, 0.98), (0.55, 0.93), (132, 868)),
        slices=(
            Slice("length", "0–9", 200, 0.80, 0.739, 0.850),
            Slice("length", "10–19", 800, 0.90, 0.877, 0.919),
            Slice("emoticon", "yes", 100, 0.87, 0.790, 0.922),
        ),
        mistakes=(
            Mistake("7", "<script>alert(1)</script> 무섭다 & 소름", "positive", "negative", 0.998, 0.002),
            Mistake("8", "", "negative", "positive", 0.97, 0.03),
        ),
        notes=(("labels.aliases", {"table": "0 → negative <i>"}),),
        model="small",
    )


@pytest.fixture(scope="session")
def emotions() -> Evaluation:
    """44 labels, any number a text; label k has support 10 (k + 1); 깨달음 has none."""
    per_class = {name: scores(6 * (k + 1), 2 * (k + 1), 4 * (k + 1), 1000) for k, name in enumerate(EMOTIONS)}
    per_class["깨달음"] = scores(0, 3, 0, 1997)
    curves = {name: Curve((0.0, 0.5, 1.0), (0.0, 0.8, 1.0), 0.6 + k / 200) for k, name in enumerate(EMOTIONS)}
    return Evaluation(
        data="kote:test",
        task=Task.MULTI_LABEL,
        labels=Labels(tuple(EMOTIONS)),
        count=2000,
        metrics={
            "accuracy": 0.083,
            "subset_accuracy": 0.083,
            "samples_f1": 0.612,
            "macro_f1": 0.541,
            "hamming_loss": 0.114,
            "lrap": 0.781,
            "macro_auroc": 0.871,
            "ece": 0.03,
            "label_density": 7.91,
            "thresholds": {"기쁨": 0.31},
            "per_class": per_class,
        },
        intervals={"samples_f1": (0.605, 0.619)},
        roc=curves,
        precision_recall=curves,
        reliability=Reliability((0.05, 0.55), (0.02, 0.5), (80000, 8000)),
        slices=(Slice("source", "유튜브", 900, 0.571, 0.556, 0.586), Slice("source", "뉴스", 1100, 0.64, 0.61, 0.67)),
        mistakes=(Mistake("a1", "너무 귀엽다 😭", "기쁨, 놀람", "짜증", 0.97, 0.11),),
        model="emotion",
    )


@pytest.fixture(scope="session")
def many_classes() -> Evaluation:
    """44 classes, one label a text: class k has 20 examples, 15 right and 5 taken for the class after it."""
    size = len(EMOTIONS)
    rows = [[0] * size for _ in range(size)]
    for k in range(size):
        rows[k][k], rows[k][(k + 1) % size] = 15, 5
    total = 20 * size
    return Evaluation(
        data="mine.csv",
        task=Task.SINGLE_LABEL,
        labels=Labels(tuple(EMOTIONS)),
        count=total,
        metrics={"accuracy": 0.75, "per_class": {name: scores(15, 5, 5, total - 25) for name in EMOTIONS}},
        confusion=tuple(map(tuple, rows)),
    )
