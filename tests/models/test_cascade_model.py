"""A cascade of two models: who answers what, in which order, and what is saved."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field

import numpy as np
import pytest

import maeum
from maeum.errors import LabelError, ModelError, OutputError, UserError
from maeum.metrics.cascade import NEVER
from maeum.models.cascade import CascadeModel
from maeum.models.family import families, family, named, saved_families
from maeum.recipe import Recipe
from maeum.schema import ClassPredictions, Labels, Model, Task

TEXTS = ["재밌다", "그냥 그렇다", "", "최악이다", "재밌다", "볼만해요 ㅎㅎ"]


@dataclass
class Fixed:
    """Answers a text by a table; remembers what it was asked."""

    names: tuple[str, ...]
    table: dict[str, list[float]]
    task: Task = Task.SINGLE_LABEL
    asked: list[list[str]] = field(default_factory=list)

    @property
    def labels(self):
        return Labels(self.names)

    def predict(self, inputs):
        texts = list(inputs)
        self.asked.append(texts)
        rows = [self.table.get(text, [0.5, 0.5]) for text in texts]
        return ClassPredictions(self.labels, np.array(rows, np.float32).reshape(len(texts), len(self.names)))

    def save(self, folder):
        raise NotImplementedError


def pair(threshold=0.8, first_names=("negative", "positive")):
    sure = {"재밌다": [0.1, 0.9], "최악이다": [0.8, 0.2], "그냥 그렇다": [0.4, 0.6], "볼만해요 ㅎㅎ": [0.21, 0.79]}
    if first_names[0] in ("positive", "긍정"):
        sure = {text: row[::-1] for text, row in sure.items()}
    first = Fixed(first_names, sure)
    second = Fixed(("negative", "positive"), {"그냥 그렇다": [0.7, 0.3], "볼만해요 ㅎㅎ": [0.05, 0.95]})
    return first, second, CascadeModel(first, second, threshold)


def test_the_second_answers_in_one_call_what_the_first_is_less_sure_of():
    first, second, model = pair()
    found = model.predict(TEXTS)
    assert isinstance(model, Model)
    assert first.asked == [TEXTS]
    assert second.asked == [["그냥 그렇다", "", "볼만해요 ㅎㅎ"]]
    expected = [[0.1, 0.9], [0.7, 0.3], [0.5, 0.5], [0.8, 0.2], [0.1, 0.9], [0.05, 0.95]]
    assert found.probabilities == pytest.approx(np.array(expected))
    assert found.top == ["positive", "negative", "negative", "negative", "positive", "positive"]


@pytest.mark.parametrize("names", [("positive", "negative"), ("긍정", "부정"), ("1", "0")])
def test_labels_in_another_order_or_language_are_mapped(names):
    table = {"재밌다": [0.9, 0.1], "최악이다": [0.2, 0.8]}
    model = CascadeModel(Fixed(names, table), Fixed(("negative", "positive"), {}), 0.7)
    assert model.labels.names == ("negative", "positive")
    assert model.predict(["재밌다", "최악이다"]).probabilities == pytest.approx(np.array([[0.1, 0.9], [0.8, 0.2]]))


def test_thresholds_that_leave_nothing_to_one_model_do_not_ask_it():
    first, second, model = pair(0)
    assert model.predict(TEXTS).top[0] == "positive"
    assert (len(first.asked), second.asked) == (1, [])
    first, second, model = pair(NEVER)
    model.predict(TEXTS)
    assert (first.asked, second.asked) == ([], [TEXTS])


def test_no_texts_and_things_that_are_no_texts():
    _, second, model = pair()
    assert model.predict([]).probabilities.shape == (0, 2)
    assert second.asked == []
    with pytest.raises(UserError, match="1: int"):
        model.predict(["재밌다", 3])


def test_other_labels_and_tasks_are_refused():
    first, second, _ = pair()
    with pytest.raises(LabelError) as raised:
        CascadeModel(Fixed(("negative", "neutral", "positive"), {}), second, 0.8)
    assert str(raised.value) == (
        "The two models have different labels: the first negative, neutral, positive, the second negative, positive. A "
        "cascade needs models with the same labels; the order may differ."
    )
    with pytest.raises(LabelError):
        CascadeModel(second, Fixed(("a", "b"), {}), 0.8)
    with pytest.raises(LabelError):  # the second knows more: the first could never say it
        CascadeModel(second, Fixed(("negative", "neutral", "positive"), {}), 0.8)
    with pytest.raises(ModelError) as raised:
        CascadeModel(first, Fixed(("negative", "positive"), {}, Task.MULTI_LABEL), 0.8)
    assert "but the second model answers 'multi_label'" in str(raised.value)


@pytest.fixture
def saved(sample_run, tmp_path):
    """The packaged model before a linear one, saved."""
    model = CascadeModel(maeum.load("fast"), sample_run.model, 0.9, {"rows": 7, "max_loss": 0.1})
    return model, model.save(tmp_path / "cascade")


def test_what_is_saved_answers_the_same_anywhere(saved, tmp_path):
    model, folder = saved
    moved = tmp_path / "elsewhere" / "모델"
    shutil.move(shutil.copytree(folder, tmp_path / "copy"), moved)
    again = maeum.load(moved)
    texts = maeum.dataset("sample", split="test", stars="2").texts
    assert np.array_equal(again.predict(texts).probabilities, model.predict(texts).probabilities)
    kept = model.first.predict(texts).confidence >= 0.9
    assert 0 < kept.sum() < len(texts)
    assert np.array_equal(again.predict(texts).probabilities[kept], model.first.predict(texts).probabilities[kept])
    assert np.array_equal(again.predict(texts).probabilities[~kept], model.second.predict(texts).probabilities[~kept])
    assert (again.threshold, again.measured, again.task) == (0.9, {"rows": 7, "max_loss": 0.1}, Task.SINGLE_LABEL)
    card = json.loads((moved / "model.json").read_text(encoding="utf-8"))
    assert (card["family"], card["threshold"], card["labels"]["names"]) == ("cascade", 0.9, ["negative", "positive"])
    assert maeum.load(moved / "first").predict(["재밌다"]).top == ["positive"]


def test_it_may_stand_in_a_cascade_again(saved, sample_run, tmp_path):
    _, folder = saved
    nested = CascadeModel(maeum.load(folder), sample_run.model, 0.95)
    again = maeum.load(nested.save(tmp_path / "nested"))
    assert np.array_equal(again.predict(TEXTS).probabilities, nested.predict(TEXTS).probabilities)


def test_why_is_told_by_the_first_model(saved):
    model, _ = saved
    assert model.explain("정말 재밌다", limit=2) == model.first.explain("정말 재밌다", limit=2)
    assert model.explain("정말 재밌다", "negative", 1)[0][1] < 0
    assert not hasattr(pair()[2], "explain")


def test_several_threads_only_where_both_models_gain_by_it(saved):
    model, _ = saved
    assert CascadeModel(model.first, model.first, 0.5).parallel
    assert model.parallel == bool(getattr(model.second, "parallel", False))


def test_a_folder_is_not_overwritten(saved):
    model, folder = saved
    with pytest.raises(OutputError, match="exists"):
        model.save(folder)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: shutil.rmtree(folder / "second"), "'{folder}' is incomplete: second is missing"),
        (lambda folder: change(folder, threshold="sure"), "model.json' is damaged (ValueError"),
        (lambda folder: change(folder, threshold=3), "is damaged (ValueError: threshold 3.0)"),
        (lambda folder: change(folder, threshold=float("nan")), "is damaged (ValueError: threshold nan)"),
        (lambda folder: change(folder, labels={"names": ["a", "b"]}), "labels a, b ≠ negative, positive"),
        (lambda folder: (folder / "first/model.json").unlink(), "/first' is not a maeum model"),
    ],
)
def test_damage_is_named(saved, damage, said):
    _, folder = saved
    damage(folder)
    with pytest.raises(ModelError) as raised:
        maeum.load(folder)
    assert said.format(folder=folder) in str(raised.value)


def change(folder, **values):
    path = folder / "model.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **values}), encoding="utf-8")


def test_it_is_a_family_that_cannot_be_trained():
    assert "cascade" in saved_families()
    assert "cascade" not in families()
    for ask in (family, named, lambda name: Recipe.from_keywords(name, {})):
        with pytest.raises(ModelError) as raised:
            ask("cascade")
        assert str(raised.value).startswith(
            "'cascade' is not trained but made from trained models (maeum export, maeum cascade). Models to train: birnn, "
        )


def test_a_recipe_cannot_name_it(tmp_path):
    (tmp_path / "recipe.yaml").write_text("model: cascade\n", encoding="utf-8")
    with pytest.raises(ModelError, match="'cascade' is not trained"):
        Recipe.load(tmp_path / "recipe.yaml")
