"""The line on NSMC itself, on a small part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import maeum
from maeum.runs import Run


@pytest.mark.slow
def test_a_part_of_nsmc(nsmc: Path, tmp_path: Path) -> None:
    run = maeum.train("nsmc", model="linear", limit=8000, out=tmp_path / "run")
    facts = run.environment["data"]
    assert facts["train"]["rows"] == 8000
    assert facts["validation"]["rows"] == pytest.approx(15_000, abs=50)
    assert facts["left_out"]["limit"] > 100_000
    assert facts["left_out"]["empty_text"] > 0
    assert run.metrics["validation"]["accuracy"] > 0.78
    evaluation = maeum.evaluate(Run.open(run.folder), "nsmc:test")
    assert evaluation.count == 50_000
    assert evaluation.metrics["accuracy"] == pytest.approx(run.metrics["validation"]["accuracy"], abs=0.02)
    assert [key for key, _ in evaluation.notes] == ["data.note_overlap"]
    assert run.model.predict(["정말 재미있어요", "쓰레기 영화"]).top == ["positive", "negative"]
