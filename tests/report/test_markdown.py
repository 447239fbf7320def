"""Markdown: compact tables, nothing that Markdown would obey."""

from __future__ import annotations

from dataclasses import replace

from maeum.report import evaluation_markdown
from maeum.schema import Labels


def test_markdown_whole(binary):
    small = replace(
        binary,
        metrics={name: binary.metrics[name] for name in ("accuracy", "per_class")},
        reliability=None,
        slices=(),
        notes=(),
    )
    assert evaluation_markdown(small, "ko") == (
        "## small 평가: nsmc:test\n\n"
        "nsmc:test의 1,000건 가운데 88.0%를 맞혔습니다(95% 구간 85.8\\~89.9%).\n\n"
        "- 모든 클래스의 성능이 비슷합니다. F1은 0.878('부정')에서 0.882('긍정')까지입니다.\n\n"
        "| 지표 | 값 | 95% 구간 |\n"
        "| --- | ---: | ---: |\n"
        "| 정확도 | 88.0% | 85.8\\~89.9% |\n\n"
        "| 클래스 | 정밀도 | 재현율 | F1 | 건수 | TP | FP | FN | TN |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        "| 부정 | 0.896 | 0.860 | 0.878 | 500 | 430 | 50 | 70 | 450 |\n"
        "| 긍정 | 0.865 | 0.900 | 0.882 | 500 | 450 | 70 | 50 | 430 |\n\n"
        "| 데이터 ↓ / 모델의 답 → | 부정 | 긍정 |\n"
        "| --- | ---: | ---: |\n"
        "| 부정 | 430 | 70 |\n"
        "| 긍정 | 50 | 450 |\n"
    )


def test_markdown_escapes_labels(binary):
    labels = Labels(("a|b*", "<b>"))
    per_class = dict(zip(labels.names, binary.metrics["per_class"].values(), strict=True))
    text = evaluation_markdown(replace(binary, labels=labels, metrics={"per_class": per_class}), "en")
    assert "| a\\|b\\* | 0.896 |" in text
    assert "| &lt;b&gt; | 0.865 |" in text
    assert "<b>" not in text


def test_many_classes_list_pairs_instead_of_a_matrix(many_classes):
    text = evaluation_markdown(many_classes, "en")
    assert "| 불평/불만 | 환영/호의 | 5 |" in text
    assert "10 of 44 pairs that occur are listed." in text
    assert max(line.count("|") for line in text.splitlines()) == 10
