"""`maeum train`: the run folder, repeating a run, settings and their faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
import yaml
from safetensors.numpy import load_file

import maeum
from maeum.models.family import families
from maeum.runs import HISTORY_COLUMNS, Run

RUN_FILES = [
    "environment.json", "history.csv", "metrics.json", "model", "model/model.json", "model/weights.safetensors",
    "predictions.parquet", "recipe.yaml", "report.html", "seen.safetensors",
]  # fmt: skip
METRICS = {"accuracy", "macro_f1", "micro_f1", "weighted_f1", "log_loss", "brier", "ece", "mcc", "per_class"}
PER_CLASS = {"precision", "recall", "f1", "support", "tp", "fp", "fn", "tn"}


@pytest.fixture
def trained(cli: Any, reviews: Path, tmp_path: Path) -> Any:
    """Train on the user's reviews: trained("out", "--c", "1") -> the run."""

    def run(name: str, *flags: object) -> Run:
        out = tmp_path / name
        answer = cli("train", reviews, "-o", out, *flags)
        assert (answer.code, answer.out) == (0, ""), answer.err
        return Run.open(out)

    return run


def test_a_run_folder_holds_what_it_should(trained: Any, tree: Any) -> None:
    run = trained("run")
    assert tree(run.folder) == RUN_FILES
    assert (run.folder / "history.csv").read_text().split("\n")[0] == ",".join(HISTORY_COLUMNS)
    assert HISTORY_COLUMNS == (
        "epoch", "step", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy",
        "validation_macro_f1", "learning_rate", "examples_per_s", "seconds",
    )  # fmt: skip
    assert run.history.height == 1
    assert run.history["epoch"].to_list() == [1]
    metrics = json.loads((run.folder / "metrics.json").read_text(encoding="utf-8"))
    assert list(metrics) == ["validation"]
    assert metrics == run.metrics
    assert set(metrics["validation"]) >= METRICS
    assert list(metrics["validation"]["per_class"]) == ["부정", "긍정"]
    assert set(metrics["validation"]["per_class"]["긍정"]) == PER_CLASS
    assert run.history["validation_accuracy"].item() == pytest.approx(metrics["validation"]["accuracy"])
    assert run.history["validation_macro_f1"].item() == pytest.approx(metrics["validation"]["macro_f1"])
    assert run.report.read_text(encoding="utf-8").startswith("<!")
    predictions = run.predictions
    assert predictions.columns == ["id", "label", "predicted", "confidence", "p_부정", "p_긍정"]
    assert predictions.height == sum(run.environment["data"]["validation"]["labels"].values())


def test_what_is_said_while_training(cli: Any, reviews: Path, here: Path) -> None:
    answer = cli("train", reviews, "-o", "run")
    lines = answer.err.splitlines()
    assert lines[0] == (
        "reviews.csv: 36 rows to train on, 4 rows to validate on (10 % of train, split seed 42, identical "
        "texts kept together)."
    )
    assert lines[1] == "Judging on validation"
    assert lines[2].startswith("Validation accuracy ")
    assert lines[3:] == [
        "Written: run",
        'Next: maeum predict "재밌다" --model run',
        "      maeum evaluate run --data FILE",
        "Report: run/report.html",
    ]
    korean = cli("train", reviews, "-o", "run", "--overwrite", "--lang", "ko").err.splitlines()
    assert korean[0] == "reviews.csv: 학습 36행, 검증 4행(학습 데이터의 10%, 분할 시드 42, 같은 텍스트는 한쪽에)."
    assert korean[-2:] == ["      maeum evaluate run --data 파일", "보고서: run/report.html"]
    assert cli("train", reviews, "-o", "run", "--overwrite", "--quiet") == type(answer)(0, "", "")


def test_the_hint_for_a_corpus_can_be_typed(cli: Any, here: Path) -> None:
    answer = cli("train", "sample:train", "--stars", "2", "-o", "my run")
    hint = next(line for line in answer.err.splitlines() if "maeum evaluate" in line)
    assert hint == '      maeum evaluate "my run" --data sample:test --stars 2'
    assert cli("evaluate", "my run", "--data", "sample:test", "--stars", "2", "--format", "json").code == 0


def test_a_run_without_a_name_goes_to_runs(cli: Any, reviews: Path, here: Path) -> None:
    assert cli("train", reviews).code == 0
    assert (here / "runs/reviews-linear/recipe.yaml").is_file()
    assert cli("train", reviews).err == (
        "'runs/reviews-linear' exists already; nothing was changed. Choose another name with -o, or add --overwrite.\n"
    )
    assert cli("train", "--config", "runs/reviews-linear/recipe.yaml", "--overwrite").code == 0
    assert cli("train", "sample:train", "--stars", "2").code == 0
    assert sorted(path.name for path in (here / "runs").iterdir()) == ["reviews-linear", "sample-linear"]


def test_python_and_the_command_line_train_the_same(trained: Any, reviews: Path, tmp_path: Path) -> None:
    typed = trained("typed", "--text-column", "review", "--c", "0.5", "--class-weight", "balanced", "--seed", "7")
    called = maeum.train(
        reviews, text="review", c=0.5, class_weight="balanced", seed=7, out=tmp_path / "called", model="linear"
    )
    same(typed, called)


def test_a_recipe_repeats_a_run_exactly(trained: Any, cli: Any, tmp_path: Path) -> None:
    first = trained(
        "first", "--seed", "3", "--loss", "logistic", "--validation-fraction", "0.2", "--steps", "nfc,lowercase"
    )
    answer = cli("train", "--config", first.folder / "recipe.yaml", "-o", tmp_path / "second")
    assert answer.code == 0
    assert "The data are not those" not in answer.err
    second = Run.open(tmp_path / "second")
    same(first, second)
    assert first.recipe == second.recipe
    assert second.recipe.model.steps == ("nfc", "lowercase")  # type: ignore[attr-defined]


def same(one: Run, other: Run) -> None:
    """The same data, numbers and weights."""
    assert one.environment["data"] == other.environment["data"]
    assert one.metrics == other.metrics
    weights, others = (load_file(run.folder / "model/weights.safetensors") for run in (one, other))
    assert weights.keys() == others.keys()
    for name, values in weights.items():
        np.testing.assert_array_equal(values, others[name])
    assert one.predictions.equals(other.predictions)


def test_options_overrule_the_recipe(trained: Any, cli: Any, tmp_path: Path) -> None:
    first = trained("first", "--c", "0.5", "--min-texts", "1", "--seed", "3")
    assert cli("train", "--config", first.folder / "recipe.yaml", "--c", "2", "-o", tmp_path / "second").code == 0
    second = Run.open(tmp_path / "second").recipe
    assert (second.model.c, second.model.min_texts, second.training.seed) == (2.0, 1, 3)  # type: ignore[attr-defined]
    assert second.data == first.recipe.data


def test_the_recipe_is_plain_yaml_and_names_the_data(trained: Any) -> None:
    run = trained("run")
    text = (run.folder / "recipe.yaml").read_text(encoding="utf-8")
    assert list(yaml.safe_load(text)) == ["data", "split", "model", "training"]
    known = run.environment["data"]
    assert text.endswith(
        f"# data fingerprint, train: {known['train']['fingerprint']}\n"
        f"# data fingerprint, validation: {known['validation']['fingerprint']}\n"
    )


def test_repeating_a_run_on_changed_data_is_told(trained: Any, cli: Any, reviews: Path, tmp_path: Path) -> None:
    first = trained("first")
    with reviews.open("a", encoding="utf-8") as out:
        out.write("99,아주 좋았던 영화,긍정,t\n")
    answer = cli("train", "--config", first.folder / "recipe.yaml", "-o", tmp_path / "second")
    assert (
        f"The data are not those of the run '{first.folder}' that this recipe comes from (changed: train); the results "
        "will differ.\n"
    ) in answer.err
    assert Run.open(tmp_path / "second").environment["data"]["train"]["rows"] == 37


def test_validation_given_as_a_file_and_its_texts_left_out_of_train(cli: Any, reviews: Path, here: Path) -> None:
    lines = reviews.read_text(encoding="utf-8").splitlines()
    (here / "held.csv").write_text("\n".join([lines[0], *lines[1:9], "x,새로운 글,긍정,t"]) + "\n", encoding="utf-8")
    answer = cli("train", reviews, "--validation", "held.csv", "-o", "run")
    assert answer.code == 0
    assert "8 training rows with a text of the validation data were left out.\n" in answer.err
    assert "reviews.csv: 32 rows to train on, 9 rows to validate on (held.csv).\n" in answer.err
    run = Run.open("run")
    assert run.environment["data"]["train"]["rows"] == 32
    assert run.environment["data"]["left_out"] == {"in_validation": 8}
    assert run.predictions.height == 9


def test_validation_that_leaves_nothing_to_train_on(refused: Any, reviews: Path, here: Path) -> None:
    said = refused("train", reviews, "--validation", "reviews.csv", "-o", "run")
    assert said[0] == (
        "Every text of 'reviews.csv' is among the validation data (reviews.csv) too, so nothing is left to "
        "train on. Give other validation data, or leave --validation out."
    )
    assert not (here / "run").exists()


def test_validation_with_labels_that_training_lacks(refused: Any, reviews: Path, here: Path) -> None:
    (here / "held.csv").write_text("review,sentiment\n새 글,중립\n다른 글,긍정\n", encoding="utf-8")
    said = refused("train", reviews, "--validation", "held.csv", "-o", "run")
    assert said[0] == ("The validation data have labels that the training data lack: 중립. Known: 부정, 긍정")


def test_nothing_held_out(trained: Any, cli: Any, tree: Any, reviews: Path, tmp_path: Path) -> None:
    run = trained("run", "--validation-fraction", "0")
    assert run.metrics == {"validation": None}
    assert tree(run.folder) == [name for name in RUN_FILES if name not in ("predictions.parquet", "report.html")]
    answer = cli("train", reviews, "--validation-fraction", "0", "-o", tmp_path / "other")
    assert "reviews.csv: 40 rows to train on, none held out to validate on.\n" in answer.err
    assert "nothing was held out, so nothing is said about how good it is.\n" in answer.err
    assert "Report:" not in answer.err


def test_limit(trained: Any) -> None:
    run = trained("run", "--limit", "20")
    data = run.environment["data"]
    assert data["train"]["rows"] == 20
    assert data["left_out"] == {"limit": 16}
    assert data["train"]["labels"] == {"부정": 10, "긍정": 10}


def test_rows_left_out_are_counted_and_named(cli: Any, tmp_path: Path) -> None:
    good = [f"{i},{text} {i},{'1' if i % 2 else '9'}" for i in range(20) for text in ("영화", "이야기")]
    ids = [f"{n},{row.partition(',')[2]}" for n, row in enumerate(good)]
    faults = [
        "0,같은 번호,9",
        "41,,1",
        "42,   ,9",
        "43,레이블 없음,",
        "44,별점 아님,별로",
        "45,가운데 별점,6",
        "46,칸 부족",
        "",
    ]
    path = tmp_path / "stars.csv"
    path.write_bytes("\n".join(["id,text,stars", *ids, *faults, ""]).encode() + b"47,\xff\xfa\xfb,1\n")
    answer = cli("train", path, "--stars", "2", "--encoding", "utf-8", "-o", tmp_path / "run")
    assert answer.code == 0
    said = answer.err.splitlines()
    assert said[0].startswith("Left out of 'stars.csv': ")
    for part in (
        "1 × no text (row 43)",
        "1 × text without any character (row 44)",
        "1 × no label (row 45)",
        "1 × unknown label: 별로 (row 46)",
        "1 × left out by rule: 6 (row 47)",
        "1 × another number of cells than the header (header/row: 3/2) (row 48)",
        "1 × blank row (row 49)",
        "1 × bytes that are no text in the file's encoding: \ufffd\ufffd\ufffd (row 50)",
    ):
        assert part in said[0]
    assert said[1] == (
        "'stars.csv': 1 rows have an id that occurred before (0). They are kept, with '#2', '#3' … added to it."
    )
    data = Run.open(tmp_path / "run").environment["data"]
    assert data["left_out"] == {
        "missing_text": 1, "empty_text": 1, "missing_label": 1, "unknown_label": 1, "left_out_by_rule": 1, "ragged": 1,
        "blank": 1, "undecodable": 1,
    }  # fmt: skip
    assert data["renamed_ids"] == 1
    assert data["train"]["rows"] + data["validation"]["rows"] == 41


SETTINGS = {
    "all problems of the model at once": (
        ["--c", "-1", "--loss", "svn", "--joined-max", "abc"],
        (
            "These settings cannot be used: 'loss' cannot be 'svn' (must be 'svm' or 'logistic'); 'c' cannot be "
            "'-1' (must be greater than 0.0); 'joined_max' cannot be 'abc' (must be a whole number)"
        ),
    ),
    "not a number": (["--c", "abc"], "These settings cannot be used: 'c' cannot be 'abc' (must be a number)"),
    "out of range": (
        ["--validation-fraction", "0.7"],
        "These settings cannot be used: 'validation_fraction' cannot be '0.7' (must be at most 0.5)",
    ),
    "unknown model": (
        ["--model", "liner"],
        "There is no model 'liner' to train. Did you mean 'linear'? Models: " + ", ".join(families()),
    ),
    "missing recipe": (
        ["--config", "no.yaml"],
        (
            "The recipe 'no.yaml' does not exist. Write one with any `maeum train` (it lies in the run folder as "
            "recipe.yaml), or leave --config out."
        ),
    ),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_that_cannot_be_used(refused: Any, here: Path, name: str) -> None:
    words, english = SETTINGS[name]
    assert refused("train", "sample", "-o", "run", *words)[0].replace("  ", " ") == english
    assert list(here.iterdir()) == []


def test_recipes_that_cannot_be_used(refused: Any, here: Path) -> None:
    (here / "a.yaml").write_text("training: {sed: 1}\n", encoding="utf-8")
    assert refused("train", "sample", "--config", "a.yaml", "-o", "run")[0] == (
        "These settings cannot be used: unknown setting 'training.sed'. Did you mean 'seed'? Known: class_weight, "
        "thresholds, threshold_value, false_negative_cost, target_precision, seed"
    )
    (here / "b.yaml").write_text("- 1\n- 2\n", encoding="utf-8")
    said = refused("train", "sample", "--config", "b.yaml", "-o", "run")
    assert said[0] == "The recipe 'b.yaml' is not a YAML mapping of settings (list)."
    (here / "c.yaml").write_text("training: {seed: 1}\n", encoding="utf-8")
    assert refused("train", "--config", "c.yaml", "-o", "run")[0] == "The recipe 'c.yaml' names no data; add --data."


def test_settings_of_files_do_not_go_with_a_corpus(refused: Any, cli: Any, sample_run: Run, here: Path) -> None:
    english = "--text-column, --encoding describe how a file is read, but '{data}' is none. Leave them out."
    words = ["--text-column", "x", "--encoding", "cp949"]
    assert sorted_names(refused("train", "sample:train", *words, "-o", "run")[0]) == sorted_names(
        english.format(data="sample:train")
    )
    assert sorted_names(refused("evaluate", sample_run.folder, "sample", *words)[0]) == sorted_names(
        english.format(data="sample")
    )
    with pytest.raises(maeum.UserError, match="--stars describe how a file is read, but 'sample' is none"):
        maeum.train(maeum.dataset("sample"), stars="2", out="run")
    with pytest.raises(maeum.UserError, match="--split describe how a file is read, but 'sample' is none"):
        maeum.evaluate(sample_run, maeum.dataset("sample"), split="test")
    (here / "held.csv").write_text("글,평점\n좋다,10\n싫다,1\n", encoding="utf-8")
    words = ["--stars", "2", "--validation", "held.csv", "--text-column", "글", "--label-column", "평점"]
    assert cli("train", "sample", *words, "-o", "run").code == 0  # here they describe the validation file
    assert Run.open("run").environment["data"]["validation"]["labels"] == {"negative": 1, "positive": 1}


def sorted_names(sentence: str) -> tuple[list[str], str]:
    names, _, rest = sentence.partition(" describe")
    return sorted(names.split(", ")), rest


def test_a_keyword_that_no_setting_has(tmp_path: Path) -> None:
    with pytest.raises(maeum.UserError) as caught:
        maeum.train("sample", out=tmp_path / "run", min_text=2)
    assert str(caught.value).startswith("model 'linear' has no setting min_text. Did you mean 'min_texts'?")


def test_a_run_folder_is_replaced_only_when_asked_and_only_if_it_is_one(
    cli: Any, refused: Any, reviews: Path, here: Path
) -> None:
    assert cli("train", reviews, "-o", "run", "--seed", "1").code == 0
    before = (here / "run/recipe.yaml").read_bytes()
    said = refused("train", reviews, "-o", "run")
    assert said[0] == "'run' exists already; nothing was changed. Choose another name with -o, or add --overwrite."
    assert (here / "run/recipe.yaml").read_bytes() == before
    assert cli("train", reviews, "-o", "run", "--seed", "2", "--overwrite").code == 0
    assert Run.open("run").recipe.training.seed == 2
    (here / "thesis").mkdir()
    (here / "thesis/draft.txt").write_text("mine", encoding="utf-8")
    said = refused("train", reviews, "-o", "thesis", "--overwrite")
    assert said[0] == (
        "'thesis' holds something else than what would be written there (draft.txt), so it is not replaced. "
        "Choose another name with -o."
    )
    assert (here / "thesis/draft.txt").read_text() == "mine"
    (here / "empty").mkdir()
    assert cli("train", reviews, "-o", "empty").code == 0


def test_an_unseen_setting_never_reaches_the_disk(cli: Any, reviews: Path, here: Path) -> None:
    assert cli("train", reviews, "-o", "run", "--debug").code == 0
    everything = "".join(
        path.read_text(encoding="utf-8")
        for path in (here / "run").iterdir()
        if path.suffix in (".json", ".yaml", ".csv")
    )
    assert str(here) not in everything.replace(str(reviews), "")


def test_holes_in_numbers_are_missing_values(cli: Any, tmp_path: Path) -> None:
    stars = [1.0, 10.0] * 10 + [float("nan"), None, 2.5]
    texts = [f"글 {i}" for i in range(21)] + [None, "반쪽 별점"]
    pl.DataFrame({"text": texts, "stars": stars}).write_parquet(tmp_path / "in.parquet")
    assert cli("train", tmp_path / "in.parquet", "--stars", "2", "-o", tmp_path / "run").code == 0
    data = Run.open(tmp_path / "run").environment["data"]
    assert data["left_out"] == {"missing_label": 1, "missing_text": 1, "unknown_label": 1}
    assert data["train"]["rows"] + data["validation"]["rows"] == 20


def test_korean_column_names_are_flags_values(cli: Any, tmp_path: Path) -> None:
    path = tmp_path / "리뷰.csv"
    rows = [f"{text} {i},{label}" for i in range(6) for text, label in (("좋다", "추천"), ("별로", "비추천"))]
    path.write_bytes(("본문 글,평가\n" + "\n".join(rows) + "\n").encode("cp949"))
    run = tmp_path / "결과"
    assert cli("train", path, "--text-column", "본문 글", "--label-column", "평가", "-o", run).code == 0
    assert maeum.load(run).labels.names == ("비추천", "추천")
    assert pl.read_parquet(run / "predictions.parquet").columns[-2:] == ["p_비추천", "p_추천"]
