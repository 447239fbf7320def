"""A student learns from a teacher: from data to a run folder."""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import maeum
from maeum.errors import DataError, LabelError, ModelError, RecipeError, UsageError
from maeum.models.folder import read_tensors
from maeum.progress import Silent, report_to
from maeum.recipe import Recipe
from maeum.runs import Run
from maeum.schema import ClassPredictions, Dataset, Labels, Task
from maeum.workflows import run_folder, teaching
from maeum.workflows.lesson import SOFT, agreement
from maeum.workflows.live_table import HistoryFile

TINY: dict[str, Any] = {
    "embedding": 8, "filters": 8, "vocabulary": 300, "batch_size": 16, "epochs": 1, "patience": 0, "min_texts": 1,
}  # fmt: skip
GOOD = ("재미있게 봤어요", "연기가 훌륭하다", "또 보고 싶은 영화", "감동에 울었다", "최고의 작품")
BAD = ("지루했어요", "연기가 어색하다", "돈이 아까운 영화", "억지에 졸았다", "최악의 작품")


def _encoders() -> Any:
    path = Path(__file__).parent.parent / "models" / "encoder_fixtures.py"
    spec = importlib.util.spec_from_file_location("encoder_fixtures", path)
    assert spec is not None and spec.loader is not None
    module = sys.modules.setdefault("encoder_fixtures", importlib.util.module_from_spec(spec))
    if not hasattr(module, "write_checkpoint"):
        spec.loader.exec_module(module)
    return module


def rows(count: int = 8) -> list[tuple[str, str]]:
    each = [(text, "positive") for text in GOOD] + [(text, "negative") for text in BAD]
    return [(f"{text} {at}", label) for at in range(count) for text, label in each]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with `labelled.csv` and `texts.txt`, 80 texts each."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAEUM_MODELS", raising=False)
    lines = [f"{text},{label}" for text, label in rows()]
    Path("labelled.csv").write_text("\n".join(["text,label", *lines]) + "\n", encoding="utf-8")
    Path("texts.txt").write_text("\n".join(text for text, _ in rows()) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def page() -> None:
    """Asks for pages as they are."""


@pytest.fixture(autouse=True)
def _quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages take longer to draw than all else here."""
    if "page" not in request.fixturenames:
        monkeypatch.setattr(run_folder, "evaluation_page", lambda *_, **__: "")


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A linear model of the same texts, some labels of which are wrong."""
    labels = [label if at % 7 else "negative" for at, (_, label) in enumerate(rows())]
    names = [str(at) for at in range(len(labels))]
    frame = pl.DataFrame({"id": names, "text": [text for text, _ in rows()], "label": labels})
    data = Dataset(frame, Task.SINGLE_LABEL, Labels(("negative", "positive")), "noisy")
    return maeum.train(data, model="linear", out=tmp_path_factory.mktemp("teacher") / "linear", c=0.1).folder


class Told(Silent):
    def __init__(self) -> None:
        self.sentences: list[str] = []

    def say(self, sentence: str) -> None:
        self.sentences += sentence.split("\n")


@pytest.fixture
def told() -> list[str]:
    """What is said."""
    reporter = Told()
    report_to(reporter)
    return reporter.sentences


def weights(run: Run) -> dict[str, Any]:
    return read_tensors(run.folder / "model" / "weights.safetensors")


def same(first: Run, second: Run) -> bool:
    one, other = weights(first), weights(second)
    return list(one) == list(other) and all(np.array_equal(one[name], other[name]) for name in one)


def history(run: Run) -> list[dict[str, Any]]:
    return run.history.drop("examples_per_s", "seconds").to_dicts()


def distil(teacher: Any, **values: Any) -> Run:
    return maeum.distill(teacher, **{"student": "cnn", "data": "labelled.csv", **TINY, **values})


def test_a_run_like_any_other(here: Path, teacher: Path, told: list[str]) -> None:
    run = distil(teacher, epochs=6, learning_rate=0.02)
    assert run.folder == Path("runs/labelled-cnn-distilled")
    inside = {path.name for path in run.folder.iterdir()}
    assert inside == {
        "recipe.yaml", "environment.json", "history.csv", "metrics.json", "predictions.parquet", "report.html",
        "seen.safetensors", "model", SOFT,
    }  # fmt: skip
    asked = run.recipe.teaching
    assert asked is not None
    assert (asked.teacher, asked.alpha, asked.temperature) == (str(teacher), 0.1, 2.0)
    assert len(asked.teacher_fingerprint) == 32
    kept = read_tensors(run.folder / SOFT)
    assert {name: (one.shape, str(one.dtype)) for name, one in kept.items()} == {
        "train": ((72, 2), "float16"), "validation": ((8, 2), "float16"),
    }  # fmt: skip
    found = run.metrics["validation"]
    held = run.predictions
    texts = [text for text, _ in rows()]
    answers = maeum.load(teacher).predict([texts[int(name) - 2] for name in held["id"]])
    assert isinstance(answers, ClassPredictions)
    assert found["teacher_agreement"] == (pl.Series(answers.top) == held["predicted"]).mean()
    assert found["teacher_accuracy"] == (pl.Series(answers.top) == held["label"]).mean()
    assert found["teacher_divergence"] > 0
    assert any(
        line
        == f"The student answers as the teacher does in {100 * found['teacher_agreement']:.1f} % of the validation "
        f"rows; accuracy of the teacher {found['teacher_accuracy']:.4f}, of the student {found['accuracy']:.4f}."
        for line in told
    )
    table = maeum.predict(["최고의 영화"], model=run.folder)
    assert table is not None
    assert table.columns == ["text", "predicted", "confidence", "p_negative", "p_positive", "error"]
    assert maeum.evaluate(run, "labelled.csv").metrics["accuracy"] > 0.5


def test_labels_alone_are_ordinary_training(here: Path, teacher: Path) -> None:
    plain = maeum.train("labelled.csv", model="cnn", out="plain", **TINY)
    taught = distil(teacher, out="taught", alpha=1)
    assert same(plain, taught)
    assert history(plain) == history(taught)
    further = {"teacher_agreement", "teacher_divergence", "teacher_accuracy"}
    found = taught.metrics["validation"]
    assert {name: value for name, value in found.items() if name not in further} == plain.metrics["validation"]


def test_soft_labels_from_a_file_are_those_of_the_teacher(here: Path, teacher: Path) -> None:
    asked = distil(teacher, out="asked", data="texts.txt")
    maeum.predict("texts.txt", model=teacher, out="soft.parquet")
    maeum.predict("texts.txt", model=teacher, out="soft.csv")
    for name in ("soft.parquet", "soft.csv"):
        read = distil(None, out=name.replace(".", "_"), data="texts.txt", soft_labels=name)
        assert same(asked, read)
        assert history(asked) == history(read)
    mixed = distil(teacher, out="mixed", alpha=0.5)
    answers: Any = maeum.load(teacher).predict(maeum.dataset("labelled.csv"))
    for kind in (np.float16, np.float32):
        np.save("soft.npy", answers.probabilities.astype(kind))
        assert same(mixed, distil(None, out=f"npy{kind.__name__}", soft_labels="soft.npy", alpha=0.5))


def test_texts_without_labels(here: Path, teacher: Path, told: list[str], page: None) -> None:
    run = distil(teacher, data="texts.txt", out="run")
    found = run.metrics["validation"]
    assert run.recipe.teaching is not None and run.recipe.teaching.alpha == 0
    assert found["teacher_agreement"] == found["accuracy"]
    assert "teacher_accuracy" not in found
    assert (
        "The data have no labels: all these figures compare the student with the teacher, not with the truth." in told
    )
    shown = run.report.read_text(encoding="utf-8")
    assert f"The labels are answers of the teacher &#39;{teacher}&#39;" in shown
    assert "Agreement with the teacher" in shown
    with pytest.raises(UsageError) as caught:
        distil(teacher, data="texts.txt", out="other", alpha=0.3)
    assert str(caught.value) == (
        "--alpha 0.3 gives the data's own labels a share in the loss, but 'texts.txt' is used without labels. Leave it "
        "out."
    )
    assert not Path("other").exists()


def test_unlabelled_texts_judged_on_labelled_ones(here: Path, teacher: Path) -> None:
    lines = [f"{text} {at},{'긍정' if text in GOOD else '부정'}" for at in range(90, 93) for text in (*GOOD, *BAD)]
    Path("held.csv").write_text("\n".join(["text,label", *lines]) + "\n", encoding="utf-8")
    run = distil(teacher, data="texts.txt", validation="held.csv", out="run")
    found = run.metrics["validation"]
    assert 0 <= found["teacher_accuracy"] <= 1
    assert run.predictions["label"].unique().sort().to_list() == ["negative", "positive"]
    maeum.predict("texts.txt", model=teacher, out="soft.csv")
    from_file = distil(None, soft_labels="soft.csv", data="texts.txt", validation="held.csv", out="from-file")
    assert same(run, from_file)
    assert "teacher_agreement" not in from_file.metrics["validation"]
    Path("held.txt").write_text("아무 말\n다른 말\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        distil(None, soft_labels="soft.csv", data="texts.txt", validation="held.txt", out="no")
    assert str(caught.value) == (
        "The validation data 'held.txt' have no labels, and a file of soft labels says nothing about them. Give "
        "validation data with labels, or leave --validation out."
    )


def test_labels_by_other_names_and_labels_ignored(here: Path, teacher: Path, told: list[str]) -> None:
    content = Path("labelled.csv").read_text(encoding="utf-8")
    Path("korean.csv").write_text(content.replace("negative", "부정").replace("positive", "긍정"), encoding="utf-8")
    run = distil(teacher, data="korean.csv", out="run")
    assert tuple(run.model.labels) == ("negative", "positive")
    assert "Labels of the data read as the model's: 부정 → negative, 긍정 → positive" in told
    other = content.replace("negative", "영화").replace("positive", "음악")
    Path("topics.csv").write_text(other, encoding="utf-8")
    with pytest.raises(LabelError) as caught:
        distil(teacher, data="topics.csv", out="no")
    assert str(caught.value) == (
        f"The labels of 'topics.csv' (영화, 음악) are not those of the teacher '{teacher}' (negative, positive). Choose "
        "other data or another teacher; or, to learn from the teacher alone, add --ignore-labels."
    )
    ignored = distil(teacher, data="topics.csv", out="ignored", ignore_labels=True)
    assert same(ignored, distil(teacher, data="labelled.csv", out="same", ignore_labels=True))
    assert ignored.recipe.teaching is not None and ignored.recipe.teaching.alpha == 0


def test_a_dataset_and_a_model_at_hand(here: Path, teacher: Path) -> None:
    by_name = distil(teacher, out="by-name")
    model, data = maeum.load(teacher), maeum.dataset("labelled.csv")
    at_hand = distil(model, data=data, out="at-hand")
    assert same(by_name, at_hand)
    assert same(by_name, distil(Run.open(teacher), out="of-run"))
    assert at_hand.recipe.teaching is not None and at_hand.recipe.teaching.teacher == "LinearModel"


def test_a_run_is_repeated_from_its_recipe(here: Path, teacher: Path) -> None:
    run = distil(teacher, out="run", alpha=0.3, temperature=4, seed=5)
    again = maeum.distill(config="run/recipe.yaml", out="again")
    assert same(run, again)
    assert again.recipe == run.recipe
    assert same(run, maeum.train(config="run/recipe.yaml", out="trained"))
    other = maeum.distill(config="run/recipe.yaml", out="other", alpha=0.9)
    assert not same(run, other)
    asked = other.recipe.teaching
    assert asked is not None and (asked.alpha, asked.temperature, asked.teacher) == (0.9, 4, str(teacher))
    loaded = Recipe.load("run/recipe.yaml")
    assert loaded == run.recipe


class Counted:
    """Counts how often a teacher is asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked = 0
        ask = teaching.predict_blocks

        def counting(model: Any, data: Dataset) -> ClassPredictions:
            self.asked += 1
            return ask(model, data)

        monkeypatch.setattr(teaching, "predict_blocks", counting)


def interrupt(monkeypatch: pytest.MonkeyPatch, epoch: int, work: Any) -> None:
    """Interrupt a training at the end of an epoch."""
    with monkeypatch.context() as patched:
        noted = HistoryFile.epoch

        def stop(self: Any, row: Any) -> None:
            if row["epoch"] == epoch:
                raise KeyboardInterrupt
            noted(self, row)

        patched.setattr(HistoryFile, "epoch", stop)
        with pytest.raises(KeyboardInterrupt):
            work()


@pytest.mark.parametrize("epoch", [1, 3])
def test_interrupted_and_resumed_is_as_if_undisturbed(
    here: Path, teacher: Path, monkeypatch: pytest.MonkeyPatch, told: list[str], epoch: int
) -> None:
    values: dict[str, Any] = {"epochs": 4, "dropout": 0.4}
    whole = distil(teacher, out="whole", **values)
    counted = Counted(monkeypatch)
    interrupt(monkeypatch, epoch, lambda: distil(teacher, out="run", **values))
    assert counted.asked == 2  # train and validation
    assert "The unfinished training is kept in '.run.part'. Go on with it: maeum distill --resume -o run" in told
    assert Path(".run.part", SOFT).is_file()
    run = maeum.distill(out="run", resume=True)
    assert counted.asked == 2
    assert "The teacher's answers are kept from before; it is not asked again." in told
    assert same(whole, run)
    assert history(whole) == history(run)
    assert run.metrics == whole.metrics
    assert (run.folder / SOFT).read_bytes() == (whole.folder / SOFT).read_bytes()
    assert run.recipe == whole.recipe
    assert not Path(".run.part").exists()


def test_damaged_answers_are_asked_for_again(
    here: Path, teacher: Path, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    whole = distil(teacher, out="whole", epochs=2)
    interrupt(monkeypatch, 2, lambda: distil(teacher, out="run", epochs=2))
    Path(".run.part", SOFT).write_bytes(b"not whole")
    run = maeum.train(out="run", resume=True)  # as `maeum train --resume` does
    assert f"The teacher's answers in '{Path('.run.part', SOFT)}' are damaged; it is asked again." in told
    assert same(whole, run)


def test_another_teacher_or_weight_is_named_at_a_resume(
    here: Path, teacher: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(monkeypatch, 1, lambda: distil(teacher, out="run"))
    with pytest.raises(UsageError) as caught:
        distil("fast", out="run", temperature=3, resume=True)
    before = Recipe.load(".run.part/recipe.yaml").teaching
    assert before is not None
    words = str(caught.value)
    assert words.startswith(
        "The unfinished training of 'run' was begun with other settings (before → now): "
        f"TEACHER {teacher} → fast, TEACHER (#) {before.teacher_fingerprint} → "
    )
    assert ", --temperature 2.0 → 3.0. Go on as it was begun: maeum distill --resume -o run – or begin" in words


def test_an_interrupt_while_the_teacher_is_asked_leaves_nothing(
    here: Path, teacher: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(teaching, "predict_blocks", stop)
    with pytest.raises(KeyboardInterrupt):
        distil(teacher, out="new/run")
    assert sorted(path.name for path in here.iterdir()) == ["labelled.csv", "texts.txt"]


def test_several_seeds_share_the_answers(here: Path, teacher: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(monkeypatch)
    run = distil(teacher, out="run", seeds=2)
    assert counted.asked == 2
    each = [one["validation"]["teacher_agreement"] for one in run.metrics["seeds"]]
    assert run.metrics["validation"]["teacher_agreement"] == pytest.approx(sum(each) / 2)


def test_several_labels(here: Path) -> None:
    names = ("기쁨", "놀람", "슬픔")
    sets = [["기쁨", "놀람"] if at % 2 else ["슬픔"] for at, _ in enumerate(rows())]
    frame = pl.DataFrame({"id": [str(at) for at in range(80)], "text": [text for text, _ in rows()], "label": sets})
    data = Dataset(frame, Task.MULTI_LABEL, Labels(names), "emotions", "train")
    teacher = maeum.train(data, model="linear", out="teacher").folder
    run = distil(teacher, data=data, out="run")
    assert run.model.task is Task.MULTI_LABEL
    assert 0 <= run.metrics["validation"]["teacher_agreement"] <= 1
    unlabelled = distil(teacher, data="texts.txt", out="unlabelled")
    assert unlabelled.model.task is Task.MULTI_LABEL and tuple(unlabelled.model.labels) == names
    answers: Any = maeum.load(teacher).predict(data)
    assert not np.allclose(answers.probabilities.sum(axis=1), 1, atol=0.02)
    np.save("soft.npy", answers.probabilities)
    assert same(run, distil(None, data=data, soft_labels="soft.npy", out="file"))
    with pytest.raises(ModelError) as caught:
        distil(teacher, out="no")
    assert str(caught.value) == (
        "The model answers 'multi_label', the data ask 'single_label'. Choose a model for 'single_label'."
    )


def test_layers_of_an_encoder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoders = _encoders()
    labels = ("negative", "positive")
    encoders.write_checkpoint("bert", here / "large", labels=labels, num_hidden_layers=4)
    encoders.write_checkpoint("bert", here / "small", hidden_size=8, num_hidden_layers=2)
    values: dict[str, Any] = {"student": "./small", "epochs": 2, "batch_size": 40, "precision": "fp32"}

    def work(out: str, **further: Any) -> Run:
        return maeum.distill("./large", data="labelled.csv", out=out, patience=0, **values, **further)

    run = work("run", hidden_states=True)
    assert run.recipe.teaching is not None and run.recipe.teaching.hidden_states
    stored = read_tensors(run.folder / "model" / "model.safetensors")
    assert not [name for name in stored if "projection" in name]
    assert set(stored) == set(read_tensors(work("without").folder / "model" / "model.safetensors"))
    interrupt(monkeypatch, 2, lambda: work("again", hidden_states=True))
    again = maeum.distill(out="again", resume=True)
    other = read_tensors(again.folder / "model" / "model.safetensors")
    assert all(np.array_equal(stored[name], other[name]) for name in stored)
    without = read_tensors(Path("without/model/model.safetensors"))
    assert not all(np.array_equal(stored[name], without[name]) for name in stored)


def test_layers_that_cannot_be_followed(here: Path, teacher: Path) -> None:
    encoders = _encoders()
    encoders.write_checkpoint("bert", here / "large", labels=("negative", "positive"))
    encoders.write_checkpoint("roberta", here / "other")
    maeum.predict("texts.txt", model=teacher, out="soft.csv")
    said = {}
    for name, (who, values) in {
        "teacher": (teacher, {"student": "./other"}),
        "student": ("./large", {"student": "cnn"}),
        "tokens": ("./large", {"student": "./other"}),
        "file": (None, {"student": "./other", "soft_labels": "soft.csv"}),
    }.items():
        with pytest.raises(RecipeError) as caught:
            maeum.distill(who, data="labelled.csv", out="no", hidden_states=True, **values)
        said[name] = str(caught.value)
        assert not Path("no").exists() and not Path(".no.part").exists()
    assert said["teacher"] == (
        "--hidden-states needs a teacher whose layers can be looked into: a trained encoder. A model of the "
        "family 'linear' is none. Leave --hidden-states out."
    )
    assert said["student"] == (
        "--hidden-states needs an encoder as student; 'cnn' is none. Leave it out, or name an encoder with --student."
    )
    assert said["tokens"].startswith(
        "--hidden-states compares teacher and student token by token, but their tokenizers differ: '"
    )
    assert said["file"] == (
        "--hidden-states needs the teacher itself; the file 'soft.csv' holds probabilities alone. Name the teacher in "
        "its place, or leave --hidden-states out."
    )


def write_soft(name: str, **columns: Any) -> str:
    texts = [text for text, _ in rows()]
    sure = [0.75 if label == "positive" else 0.25 for _, label in rows()]
    given = {"text": texts, "p_negative": [1 - one for one in sure], "p_positive": sure, **columns}
    pl.DataFrame({key: value for key, value in given.items() if value is not None}).write_parquet(name)
    return name


BROKEN = {
    "other rows": (
        lambda: np.save("soft.npy", np.full((79, 2), 0.5)),
        (
            "'soft.npy' has 79 rows, 'labelled.csv' has 80. Soft labels need one row for each row of the data, in the "
            "same order."
        ),
    ),
    "other labels": (
        lambda: np.save("soft.npy", np.full((80, 3), 1 / 3)),
        "'soft.npy' has probabilities of 3 labels, 'labelled.csv' has 2: negative, positive.",
    ),
    "no numbers": (
        lambda: np.save("soft.npy", np.where(np.arange(160).reshape(80, 2) == 7, np.nan, 0.5)),
        "'soft.npy' holds what are no probabilities: 1 rows without a number (rows 4).",
    ),
    "logits": (
        lambda: np.save("soft.npy", np.arange(160).reshape(80, 2) - 1.5),
        (
            "'soft.npy' holds what are no probabilities: 80 rows with values below 0 or above 1 (rows 1, 2, 3, 4, 5 … "
            "(+75))."
        ),
    ),
    "sums": (
        lambda: np.save("soft.npy", np.full((80, 2), 0.4)),
        (
            "'soft.npy' holds what are no probabilities: 80 rows that do not sum to 1 (rows 1, 2, 3, 4, 5 … (+75); for "
            "texts with several labels: --task multi_label)."
        ),
    ),
    "no matrix": (
        lambda: np.save("soft.npy", np.zeros(80)),
        "'soft.npy': expected probabilities (rows, labels) as float16 or float32, found float64 of the shape (80,).",
    ),
    "a pickle": (
        lambda: np.save("soft.npy", np.array([{}, {}], dtype=object)),
        "'soft.npy' is no array that numpy.save wrote (Object arrays cannot be loaded when allow_pickle=False).",
    ),
    "missing": (lambda: None, "There is no file 'soft.npy' with soft labels."),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_arrays_that_do_not_fit(here: Path, case: str) -> None:
    make, expected = BROKEN[case]
    make()
    with pytest.raises(DataError) as caught:
        distil(None, soft_labels="soft.npy", out="no")
    assert str(caught.value) == expected
    assert not Path("no").exists() and not Path(".no.part").exists()


def test_tables_that_do_not_fit(here: Path) -> None:
    texts = [text for text, _ in rows()]
    moved = [*texts[:4], texts[5], texts[4], *texts[6:]]
    with pytest.raises(DataError) as caught:
        distil(None, soft_labels=write_soft("moved.parquet", text=moved), out="no")
    assert str(caught.value) == (
        "'moved.parquet', row 5, is about another text than 'labelled.csv': '지루했어요 0', where the data have "
        "'최고의 작품 0'. Soft labels need the rows of the data, in the same order."
    )
    with pytest.raises(DataError) as caught:
        distil(None, soft_labels=write_soft("bare.parquet", p_negative=None), out="no")
    assert str(caught.value) == (
        "'bare.parquet' has no columns p_<label> for at least two labels, as `maeum predict -o` writes them. It has: "
        "text, p_positive"
    )
    np.save("soft.npy", np.full((80, 2), 0.5))
    with pytest.raises(DataError) as caught:
        distil(None, data="texts.txt", soft_labels="soft.npy", out="no")
    assert str(caught.value) == (
        "'soft.npy' does not name its labels, and 'texts.txt' has none either. Give a table with columns p_<label>, as "
        "`maeum predict -o` writes it, or data with labels."
    )
    Path("soft.pkl").write_bytes(b"")
    with pytest.raises(DataError, match=r"'soft\.pkl': a file of soft labels ends in one of \.npy, \.csv, "):
        distil(None, soft_labels="soft.pkl", out="no")


def test_rows_that_reading_leaves_out_are_passed_over(here: Path, teacher: Path) -> None:
    lines = Path("labelled.csv").read_text(encoding="utf-8").splitlines()
    broken = [*lines[:10], ",positive", *lines[10:30], "라벨 없음,", *lines[30:]]
    Path("broken.csv").write_text("\n".join(broken) + "\n", encoding="utf-8")
    whole = distil(teacher, data="broken.csv", out="whole")
    maeum.predict("broken.csv", model=teacher, out="soft.parquet")
    table = pl.read_parquet("soft.parquet")
    assert table.height == 82
    assert same(whole, distil(None, data="broken.csv", soft_labels="soft.parquet", out="read"))
    np.save("soft.npy", table.select("p_negative", "p_positive").to_numpy())
    assert same(whole, distil(None, data="broken.csv", soft_labels="soft.npy", out="array"))
    np.save("soft.npy", np.full((81, 2), 0.5))
    with pytest.raises(DataError) as caught:
        distil(None, data="broken.csv", soft_labels="soft.npy", out="no")
    assert str(caught.value) == (
        "'soft.npy' has 81 rows, 'broken.csv' has 80 and 2 more that were left out. Soft labels need one row for each "
        "row of the data, in the same order."
    )


def test_validation_rows_of_another_source_with_the_same_ids(here: Path, teacher: Path) -> None:
    lines = [f"{text} 새로,{'positive' if text in GOOD else 'negative'}" for text in (*GOOD, *BAD)]
    Path("held.csv").write_text("\n".join(["text,label", *lines]) + "\n", encoding="utf-8")
    np.save("soft.npy", np.full((80, 2), 0.5))
    run = distil(None, soft_labels="soft.npy", validation="held.csv", out="run")
    assert set(read_tensors(run.folder / SOFT)) == {"train"}
    assert "teacher_agreement" not in run.metrics["validation"]


def test_who_cannot_teach_or_learn(here: Path, teacher: Path) -> None:
    _encoders().write_checkpoint("bert", here / "bert", labels=("negative", "positive"))
    asked: dict[str, tuple[Any, dict[str, Any]]] = {
        "nobody": (None, {}),
        "two": (teacher, {"soft_labels": "soft.csv"}),
        "corpus": ("nsmc", {}),
        "no student": (teacher, {"student": None}),
        "linear": (teacher, {"student": "linear"}),
        "itself": ("./bert", {"student": "bert"}),
        "no checkpoint": (teacher, {"student": "encoder"}),
        "over the teacher": (teacher, {"out": teacher, "overwrite": True}),
    }
    said = {}
    for name, (who, values) in asked.items():
        with pytest.raises(UsageError) as caught:
            maeum.distill(who, **{"student": "cnn", "data": "labelled.csv", "out": "no", **values})
        said[name] = str(caught.value)
    assert said["nobody"].startswith("Who teaches? Name a trained model: maeum distill runs/large --student cnn")
    assert said["two"] == f"Two teachers were named: '{teacher}' and --soft-labels soft.csv. Name one of them."
    assert said["corpus"].startswith(
        "'nsmc' is a corpus, not a model. The teacher comes first, the data after --data: "
    )
    assert said["no student"].startswith("Which student? Name what is to be trained with --student: birnn, ")
    assert said["no checkpoint"] == said["no student"]
    assert said["linear"].startswith(
        "'linear' does not learn by gradients, so it cannot learn from probabilities. Students: birnn, birnn-wide, cnn"
    )
    assert said["itself"] == (
        "Teacher and student are the same model, './bert': there is nothing to learn. Choose a smaller student, or "
        "begin with its shape alone by --from-scratch."
    )
    assert said["over the teacher"] == (
        f"'{teacher}' is the teacher's own folder, and would be replaced by the student. Choose another name with -o."
    )
    assert (teacher / "recipe.yaml").is_file() and not Path("no").exists()
    with pytest.raises(ModelError, match=r"There is no model 'cnnn' to train\. Did you mean 'cnn'\?"):
        maeum.distill(teacher, student="cnnn", data="labelled.csv")
    with pytest.raises(
        ModelError, match=r"^There is no teacher 'fats'\. Did you mean 'fast'\? Models of the package: "
    ):
        maeum.distill("fats", student="cnn", data="labelled.csv")
    with pytest.raises(RecipeError, match="'temperature' cannot be -1"):
        maeum.distill(teacher, student="cnn", data="labelled.csv", temperature=-1)
    with pytest.raises(RecipeError, match=r"model 'cnn' has no setting lerning_rate\. Did you mean 'learning_rate'\?"):
        maeum.distill(teacher, student="cnn", data="labelled.csv", lerning_rate=1)


def test_agreement_in_numbers() -> None:
    labels = Labels(("a", "b"))
    first = ClassPredictions(labels, np.array([[0.5, 0.5], [0.9, 0.1]], np.float32))
    second = ClassPredictions(labels, np.array([[0.5, 0.5], [0.1, 0.9]], np.float32))
    found = agreement(first, second)
    assert found["teacher_agreement"] == 0.5
    assert found["teacher_divergence"] == pytest.approx(0.8 * np.log(9) / 2)
    several = [replace(one, several=True) for one in (first, second)]
    found = agreement(*several)
    assert found["teacher_agreement"] == 0.5
    assert found["teacher_divergence"] == pytest.approx(0.8 * np.log(9) / 2)


def test_what_the_recipe_of_a_training_without_a_teacher_holds(here: Path) -> None:
    run = maeum.train("labelled.csv", model="linear", out="plain")
    assert run.recipe.teaching is None
    assert "teaching" not in (run.folder / "recipe.yaml").read_text(encoding="utf-8")
    assert "teacher" not in json.dumps(run.metrics)
