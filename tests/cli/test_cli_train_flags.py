"""Flags of `maeum train` that go beyond single settings, and where a run goes without a name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from pydantic.fields import FieldInfo

from maeum.cli.options import _by_family, flags_from
from maeum.recipe import Recipe
from maeum.settings import Settings, setting
from maeum.workflows.train import default_folder, make_recipe


class Switches(Settings):
    """A truth value and a number."""

    deep: bool = setting(False, en="Deeper.", ko="더 깊게.")
    maybe: bool | None = setting(None, en="Perhaps.", ko="아마.")
    size: int = setting(3, en="How much.", ko="크기.")


def options() -> dict[str, Any]:
    fields: list[tuple[str, str, FieldInfo]] = [("split", name, one) for name, one in Switches.model_fields.items()]
    return {parameter.name: parameter.annotation.__metadata__[0] for parameter in flags_from(fields)}


def test_truth_values_are_switches() -> None:
    made = options()
    assert made["deep"].default == "--deep/--no-deep"  # where Typer keeps the first name
    assert made["maybe"].default == "--maybe/--no-maybe"
    assert made["size"].default == "--size"


def test_switches_reach_the_recipe(cli: Any, reviews: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []
    module = import_module("maeum.workflows.train")
    monkeypatch.setattr(module, "make_recipe", lambda *given: asked.append(given[3]) or 1 / 0)
    cli("train", reviews, "--model", "cnn", "--gradient-checkpointing")
    cli("train", reviews, "--model", "cnn", "--no-gradient-checkpointing")
    cli("train", reviews, "--model", "cnn")
    assert [given["gradient_checkpointing"] for given in asked if "gradient_checkpointing" in given] == [True, False]
    assert len(asked) == 3
    for value in (True, False):
        recipe = make_recipe("x.csv", "cnn", None, {"gradient_checkpointing": value})
        assert recipe.plain()["training"]["gradient_checkpointing"] is value


def test_defaults_that_differ() -> None:
    assert _by_family({"hashed": "0.5", "linear": "0.25"}) == "hashed 0.5, linear 0.25"
    assert _by_family({"cnn": "0.001", "encoder": "5e-05", "rnn": "0.001"}) == "cnn/rnn 0.001, encoder 5e-05"
    many = {"birnn": "0.001", "cnn": "0.001", "encoder": "5e-05", "rnn": "0.001"}
    assert _by_family(many) == "encoder 5e-05, others 0.001"
    assert _by_family({"cnn": "0.5", "encoder": False}) == "cnn 0.5, encoder –"


def test_panels_of_the_help_page(cli: Any) -> None:
    heads = [line for line in cli("train", "--help").out.split("\n") if line.endswith(":") and line[0] != " "]
    assert heads == [
        "Arguments:", "Options:", "Data:", "Reading a file:", "Split:", "Model:", "Training:",
        "Training of networks and encoders:", "Everywhere:", "Examples:",
    ]  # fmt: skip
    heads = [
        line for line in cli("train", "--help", "--lang", "ko").out.split("\n") if line[-1:] == ":" and line[0] != " "
    ]
    assert heads == [
        "인수:", "옵션:", "데이터:", "파일 읽기:", "분할:", "모델:", "학습:", "신경망과 인코더의 학습:", "공통:", "예:",
    ]  # fmt: skip


FOLDERS = {
    ("nsmc", "linear"): "nsmc-linear",
    ("nsmc:train", "cnn"): "nsmc-cnn",
    ("my.reviews.xlsx", "birnn"): "my-birnn",
    ("nsmc", "klue/roberta-base"): "nsmc-klue-roberta-base",
    ("nsmc", "monologg/koelectra-base-v3-discriminator"): "nsmc-monologg-koelectra-base-v3-discriminator",
    ("nsmc", "./encoders/mine"): "nsmc-mine",
    ("nsmc", "encoders/mine"): "nsmc-mine",
    ("nsmc", "encoders/내 모델/"): "nsmc-내-모델",
}


@pytest.mark.parametrize(("source", "model"), FOLDERS)
def test_where_a_run_goes(source: str, model: str, here: Path) -> None:
    for name in ("mine", "내 모델"):
        (here / "encoders" / name).mkdir(parents=True)
        (here / "encoders" / name / "config.json").write_text('{"model_type": "bert"}', encoding="utf-8")
    recipe = make_recipe(source, model, None, {})
    assert default_folder(recipe) == Path("runs") / FOLDERS[source, model]


def test_an_encoder_run_can_be_repeated_from_its_recipe(here: Path) -> None:
    recipe = make_recipe("nsmc", "klue/roberta-base", None, {"max_length": 64})
    recipe.save("recipe.yaml")
    again = make_recipe(None, None, "recipe.yaml", {})
    assert again == recipe
    assert again.plain()["model"]["checkpoint"] == "klue/roberta-base"
    assert default_folder(again) == Path("runs/nsmc-klue-roberta-base")
    other = make_recipe(None, "klue/bert-base", "recipe.yaml", {"seed": 3})
    assert other.plain()["model"]["checkpoint"] == "klue/bert-base"
    assert other.plain()["training"]["max_length"] == 64
    assert Recipe.load("recipe.yaml") == recipe


def test_numbers_of_seeds_on_the_command_line(refused: Any, reviews: Path, here: Path) -> None:
    english, korean = refused("train", reviews, "--seeds", "많이")
    assert english == (
        "--seeds: expected a whole number from 1 to 100, found '많이'. With --seeds 3 --seed 7 the "
        "seeds 7, 8 and 9 are "
        "used."
    )
    assert (
        korean == "--seeds: 1부터 100까지의 정수여야 하나 '많이'입니다. --seeds 3 --seed 7이면 시드 7, 8, 9를 씁니다."
    )


def test_resuming_what_is_not_there(refused: Any, here: Path) -> None:
    assert refused("train", "--resume", "-o", "runs/x")[0] == (
        "There is no unfinished training of 'runs/x' to go on with. Name the data to begin one: "
        "maeum train --data nsmc -o "
        "runs/x"
    )
    assert list(here.iterdir()) == []
