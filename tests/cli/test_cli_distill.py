"""`maeum distill` as it is typed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

from maeum.messages import say
from maeum.models.family import families
from maeum.recipe import Recipe, fields
from maeum.runs import Run
from maeum.settings import flag
from maeum.workflows import run_folder

TINY = ("--embedding", "8", "--filters", "8", "--vocabulary", "300", "--min-texts", "1", "--epochs", "2")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages take longer to draw than all else here."""
    monkeypatch.setattr(run_folder, "evaluation_page", lambda *_, **__: "")


def test_from_teacher_to_prediction(cli: Any, reviews: Path, here: Path) -> None:
    answer = cli("distill", "fast", "--student", "cnn", "--data", reviews, "-o", "small", *TINY)
    assert (answer.code, answer.out) == (0, "")
    lines = answer.err.splitlines()
    assert lines[1] == "Asking the teacher, fast."
    assert "Labels of the data read as the model's: 부정 → negative, 긍정 → positive" in lines
    assert any(line.startswith("The student answers as the teacher does in ") for line in lines)
    assert lines[-4:] == [
        "Written: small", 'Next: maeum predict "재밌다" --model small', "      maeum evaluate small --data FILE",
        f"Report: {Path('small/report.html')}",
    ]  # fmt: skip
    predicted = cli("predict", "정말 재미있게 봤어요", "--model", "small", "--format", "json")
    assert predicted.code == 0
    assert '"p_positive"' in predicted.out
    teaching = Recipe.load("small/recipe.yaml").teaching
    assert teaching is not None and teaching.alpha == 0.1


def test_flags_reach_the_recipe(cli: Any, reviews: Path, here: Path) -> None:
    soft = np.full((40, 2), 0.5, np.float16)
    np.save("soft.npy", soft)
    answer = cli(
        "distill", "--soft-labels", "soft.npy", "--student", "birnn", "--data", reviews, "-o", "run", "--alpha", "0.4",
        "--temperature", "3", "--hidden", "8", "--embedding", "8", "--vocabulary", "300", "--epochs", "1", "--seed", "5",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    recipe = Run.open("run").recipe
    assert recipe.teaching is not None
    assert (recipe.teaching.soft_labels, recipe.teaching.alpha, recipe.teaching.temperature) == ("soft.npy", 0.4, 3)
    assert (recipe.model.family, recipe.plain()["model"]["hidden"], recipe.training.seed) == ("birnn", 8, 5)


def test_resume_without_anything_to_go_on_with(cli: Any, here: Path) -> None:
    answer = cli("distill", "--resume", "-o", "runs/x")
    assert answer.code == 2
    assert answer.err.startswith("There is no unfinished training of 'runs/x' to go on with.")
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_explains_itself(cli: Any, language: str) -> None:
    answer = cli("distill", "--help", "--lang", language)
    assert (answer.code, answer.err) == (0, "")
    page = " ".join(answer.out.split())
    assert page.startswith(say("cli.usage_line", language, usage="maeum distill [TEACHER]"))
    for name in ("soft_labels", "alpha", "temperature", "hidden_states", "ignore_labels", "student", "data", "resume"):
        assert f"{flag(name)} " in page
    learners = [one for one in families().values() if one.untrained is not None]
    own = {name for one in learners for cls in (one.settings, one.training) for name in cls.model_fields}
    for section, name, _ in fields():
        shown = section in ("data", "split") or name in own
        assert (re.search(rf"{flag(name)}[ /]", page) is not None) is shown, name
    heads = [line for line in answer.out.split("\n") if line.endswith(":") and line[0] != " "]
    assert f"{say('cli.panel_teaching', language)}:" in heads
    examples = answer.out.split(f"\n{say('cli.panel_examples', language)}:\n")[1]
    assert [line.strip() for line in examples.strip().split("\n")] == say("cli.distill_examples", language).split("\n")


REFUSED: dict[str, tuple[list[str], str, str]] = {
    "no teacher": (
        ["--student", "cnn"],
        (
            "Who teaches? Name a trained model: maeum distill runs/large --student cnn --data nsmc – or a file with "
            "probabilities: maeum distill --soft-labels soft.npy --student cnn --data nsmc"
        ),
        (
            "어느 모델이 가르칠까요? 학습한 모델을 지정하세요: maeum distill runs/large --student cnn --data nsmc – 또는 "
            "확률 파일: maeum distill --soft-labels soft.npy --student cnn --data nsmc"
        ),
    ),
    "a corpus as teacher": (
        ["nsmc", "--student", "cnn"],
        (
            "'nsmc' is a corpus, not a model. The teacher comes first, the data after --data: maeum distill runs/large "
            "--student cnn --data nsmc"
        ),
        (
            "'nsmc'는 모델이 아니라 말뭉치입니다. 교사를 먼저 쓰고 데이터는 --data 뒤에 쓰세요: maeum distill runs/large "
            "--student cnn --data nsmc"
        ),
    ),
    "a student mistyped": (
        ["fast", "--student", "cnnn"],
        "There is no model 'cnnn' to train. Did you mean 'cnn'? Models: {families}",
        "학습할 수 있는 'cnnn' 모델이 없습니다. 혹시 'cnn'을 찾으셨나요? 있는 모델: {families}",
    ),
    "an option mistyped": (
        ["fast", "--student", "cnn", "--temprature", "2"],
        "'maeum distill' has no option --temprature. Did you mean '--temperature'? All options: maeum distill --help",
        (
            "'maeum distill'에는 --temprature 옵션이 없습니다. 혹시 '--temperature'를 찾으셨나요? 모든 옵션: maeum "
            "distill --help"
        ),
    ),
    "no file": (
        ["--soft-labels", "sofft.npy", "--student", "cnn"],
        "There is no file 'sofft.npy' with soft labels.",
        "확률 파일 'sofft.npy'가 없습니다.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(refused: Any, reviews: Path, here: Path, case: str) -> None:
    words, *expected = REFUSED[case]
    said = refused("distill", *words, "--data", reviews)
    assert list(said) == [one.format(families=", ".join(families())) for one in expected]
    assert [path.name for path in here.iterdir()] == ["reviews.csv"]


def test_a_share_that_is_no_number(refused: Any, reviews: Path, here: Path) -> None:
    english, korean = refused("distill", "fast", "--student", "cnn", "--data", reviews, "--alpha", "30%")
    assert "alpha" in english and "30%" in english
    assert "alpha" in korean and "30%" in korean


def test_labels_on_a_scale_from_the_command_line(refused: Any, cli: Any, reviews: Path, here: Path) -> None:
    english, korean = refused("train", reviews, "--model", "cnn", "--ordinal", "1", *TINY, "-o", "no")
    assert english.splitlines()[-1] == (
        "--ordinal is for labels on a scale, but those of 'reviews.csv' (부정, 긍정) have no order. Leave it out; or, "
        "where the labels are stars, add --stars ordinal (or --stars 3)."
    )
    assert korean.splitlines()[-1].startswith(
        "--ordinal은 순서가 있는 레이블에 쓰지만 'reviews.csv'의 레이블(부정, 긍정)"
    )
    rows = [f"{'좋다' if star > 3 else '나쁘다'} {star} {at},{star}" for at in range(8) for star in range(1, 6)]
    Path("stars.csv").write_text("\n".join(["text,stars", *rows]) + "\n", encoding="utf-8")
    words = ("--stars", "ordinal", "--ordinal", "1.5", "-o", "run", *TINY)
    answer = cli("train", "stars.csv", "--model", "cnn", *words)
    assert answer.code == 0, answer.err
    assert Run.open("run").recipe.plain()["training"]["ordinal"] == 1.5
    assert tuple(Run.open("run").model.labels) == ("1", "2", "3", "4", "5")
