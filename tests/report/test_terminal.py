"""The terminal table: plain text in, plain text out."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from maeum.report import evaluation_table
from maeum.schema import Labels


def printed(evaluation, lang="en", width=120) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(evaluation_table(evaluation, lang))
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())


def words(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_terminal_holds_headline_numbers_classes_and_mistakes(binary):
    lines = words(printed(binary))
    assert " ".join(lines).startswith("Of the 1,000 examples of nsmc:test, the model gets 88.0 % right (95 % interval")
    for line in (
        "Number Value 95 % interval",
        "Accuracy 88.0 % 85.8–89.9 %",
        "Macro F1 0.880 0.858–0.899",
        "Log loss 0.291",
        "Class Precision Recall F1 Support TP FP FN TN",
        "negative 0.896 0.860 0.878 500 430 50 70 450",
        "Weighted average 0.881 0.880 0.880 1,000 – – – –",
        "! Labels of the data read as the model's: 0 → negative <i>",
        "120 wrong answers of 1,000",
    ):
        assert line in lines


def test_terminal_in_korean(binary):
    lines = words(printed(binary, "ko"))
    assert "부정 0.896 0.860 0.878 500 430 50 70 450" in lines
    assert "1,000건 가운데 120건을 틀렸습니다" in lines


def test_labels_are_not_markup(binary):
    labels = Labels(("[bold]굵게[/bold]", "[red]"))
    per_class = dict(zip(labels.names, binary.metrics["per_class"].values(), strict=True))
    text = printed(replace(binary, labels=labels, metrics={"per_class": per_class}))
    assert "[bold]굵게[/bold]" in text
    assert "[red]" in text


def test_several_labels(emotions):
    lines = words(printed(emotions, "ko"))
    assert "글별 F1 0.612 0.605~0.619" in lines
    assert "실수 1건을 저장했습니다" in lines
