"""`maeum.workflows.cascade`: from two models and validation texts to a saved cascade."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
import pytest

import maeum
from maeum.errors import DataError, LabelError, ModelError, OutputError, RecipeError, UsageError
from maeum.metrics.cascade import NEVER, Outcome
from maeum.models.linear import LinearModel
from maeum.progress import report_to
from maeum.schema import ClassPredictions, Dataset, Labels, Task
from maeum.workflows.cascade import cascade
from maeum.workflows.predict import predict

SENTIMENT = Labels(("negative", "positive"))
COUNT = 6000


@dataclass
class Told:
    """A model that says what a column of numbers in the text says: text `3|0.9|0.2` -> (0.1, 0.9) of column 1."""

    column: int
    names: tuple[str, ...] = ("negative", "positive")
    task: Task = Task.SINGLE_LABEL

    @property
    def labels(self):
        return Labels(self.names)

    def predict(self, inputs):
        texts = inputs.texts if isinstance(inputs, Dataset) else inputs
        positive = np.array([float(text.split("|")[self.column]) for text in texts], np.float32)
        return ClassPredictions(self.labels, np.stack([1 - positive, positive], axis=1))

    def save(self, folder):
        raise NotImplementedError


@pytest.fixture(scope="module")
def texts():
    """The first model is right wherever it is surer than 0.8, the second nearly everywhere."""
    rng = np.random.default_rng(1)
    sure = np.round(rng.uniform(0.5, 1, COUNT), 4)
    truth = rng.integers(0, 2, COUNT)
    right = (sure > 0.8) | (rng.random(COUNT) < 0.6)
    first = np.where(right == (truth == 1), sure, 1 - sure)
    second = np.where((rng.random(COUNT) < 0.98) == (truth == 1), 0.9, 0.1)
    frame = pl.DataFrame({
        "id": [str(i) for i in range(COUNT)],
        "text": [f"{i}|{a:.4f}|{b}" for i, (a, b) in enumerate(zip(first, second, strict=True))],
        "label": [SENTIMENT[int(t)] for t in truth],
    })  # fmt: skip
    return Dataset(frame, Task.SINGLE_LABEL, SENTIMENT, "drawn", "validation")


def test_the_first_answers_where_it_is_as_good(texts):
    made = cascade(Told(1), Told(2), data=texts)
    assert made.point.outcome is Outcome.CASCADE
    assert 0.74 < made.point.threshold < 0.82
    assert 0.35 < made.point.kept < 0.55
    assert made.point.bound <= 0.1
    assert made.folder is None
    right = np.mean(made.model.predict(texts.texts).indices == texts.targets)
    assert right == pytest.approx(made.point.accuracy)
    assert right >= made.calibration.trade_off.second_accuracy - 0.001
    assert made.calibration.first_rate > 0
    more = cascade(Told(1), Told(2), data=texts, max_loss=3)
    assert more.point.kept > made.point.kept
    surer = cascade(Told(1), Told(2), data=texts, certainty=0.99)
    assert surer.point.kept <= made.point.kept
    measured = made.model.measured
    assert measured["rows"] == COUNT
    assert measured["cascade_accuracy"] == made.point.accuracy
    assert measured["share_of_second"] == 1 - made.point.kept
    assert measured["data"] == "drawn:validation"
    assert len(measured["fingerprint"]) == 16


def test_borders_are_single_thresholds(texts):
    alone = cascade(Told(2), Told(1), data=texts)
    assert (alone.point.outcome, alone.point.threshold) == (Outcome.FIRST_ALONE, 0)
    few = cascade(Told(1), Told(2), data=texts.take(np.arange(100)))
    assert (few.point.outcome, few.point.threshold, few.calibration.gain()) == (Outcome.SECOND_ALONE, NEVER, 1)


def test_notes_name_the_data_its_labels_and_what_else_limits_the_numbers(texts):
    found = cascade(Told(1), Told(2), data=replace(texts, split="", name="my-test.csv")).calibration
    keys = [key for key, _ in found.notes]
    assert keys[:3] == ["cascade.note_chosen", "cascade.note_prior", "cascade.note_estimated"]
    assert "cascade.note_test_name" in keys
    assert dict(found.notes)["cascade.note_chosen"] == {"data": "my-test.csv", "count": COUNT}
    counts = texts.label_counts()
    shares = ", ".join(f"{name} {100 * count / COUNT:.1f} %" for name, count in counts.items())
    assert dict(found.notes)["cascade.note_prior"] == {"shares": shares}


def test_labels_by_other_names_and_in_another_order(texts):
    korean = replace(
        texts,
        frame=texts.frame.with_columns(pl.col("label").replace({"negative": "부정", "positive": "긍정"})),
        labels=Labels(("긍정", "부정")),
    )
    plain = cascade(Told(1), Told(2), data=texts)
    made = cascade(Told(1), Told(2), data=korean)
    assert made.point == plain.point
    assert ("labels.aliases", {"table": "긍정 → positive, 부정 → negative"}) in made.calibration.notes
    turned = cascade(Told(1, ("부정", "긍정")), Told(2), data=texts)
    assert turned.point == plain.point


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ("nsmc:test", "cascade.data_is_test"),
        ("nsmc:train", "cascade.data_is_train"),
        ("nsmc:nothing", "data.unknown_split"),
    ],
)
def test_corpora_that_are_no_validation_data_are_refused_before_they_are_read(data, key, monkeypatch):
    monkeypatch.setenv("MAEUM_OFFLINE", "1")
    with pytest.raises(DataError) as raised:
        cascade(Told(1), Told(2), data=data)
    assert raised.value.key == key


def test_other_things_that_cannot_be_used(texts, four_run, tmp_path):
    def refused(kind, *models, **keywords):
        with pytest.raises(kind) as raised:
            cascade(*(models or (Told(1), Told(2))), **{"data": texts, **keywords})
        return str(raised.value)

    assert "'drawn:test' is test data." in refused(DataError, data=replace(texts, split="test"))
    one = Told(1)
    assert refused(UsageError, one, one).startswith("'Told' was named twice.")
    assert refused(UsageError, "fast", "fast").startswith("'fast' was named twice.")
    assert "negative, neutral, positive, objective" in refused(LabelError, "fast", four_run)
    several = Told(2, task=Task.MULTI_LABEL)
    assert "but the second model answers 'multi_label'" in refused(ModelError, Told(1), several)
    assert "'max_loss' cannot be 0" in refused(RecipeError, max_loss=0)
    assert "'certainty' cannot be 1" in refused(RecipeError, certainty=1)
    assert "--delimiter" in refused(UsageError, delimiter=";")
    unlabelled = replace(texts, frame=texts.frame.drop("label"))
    refused(DataError, data=unlabelled)
    assert "no texts to choose" in refused(DataError, data=texts.take(np.arange(0)))
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "x").touch()
    refused(OutputError, out=tmp_path / "there")


def test_texts_that_a_run_was_trained_on_are_left_out_and_counted(sample_run):
    told = []

    class Ear:
        def say(self, sentence):
            told.append(sentence)

        def start(self, *_):
            return lambda _: None

        def stop(self):
            pass

        def table(self, _):
            return lambda _: None

    report_to(Ear())
    whole = maeum.dataset("sample", split="train", stars="2")
    data = replace(whole, split="", name="mine.csv")
    with pytest.raises(DataError) as raised:
        seen = sample_run.seen()["train"]
        from maeum.data.fingerprint import text_hashes

        cascade("fast", sample_run, data=data.take(np.isin(text_hashes(data.texts), seen)))
    assert raised.value.key == "cascade.all_trained"
    made = cascade("fast", sample_run, data=data, max_loss=100)
    left = made.calibration.trade_off.count
    assert 0 < left < len(data)
    said = f"{len(data) - left:,} of {len(data):,} texts were used to train run and are left out"
    assert any(sentence.startswith(said) for sentence in told)


def test_what_is_written_is_read_again_by_everything(sample_run, tmp_path, monkeypatch):
    out = tmp_path / "cascade"
    made = cascade("fast", sample_run.folder, data="sample:validation", stars="2", max_loss=60, certainty=0.5, out=out)
    assert {path.name for path in out.iterdir()} == {"cascade.json", "model", "report.html"}
    assert {path.name for path in (out / "model").iterdir()} == {"model.json", "first", "second"}
    again = maeum.load(out)
    texts = maeum.dataset("sample", split="test", stars="2").texts
    assert np.array_equal(again.predict(texts).probabilities, made.model.predict(texts).probabilities)
    assert isinstance(again.second, LinearModel)
    numbers = json.loads((out / "cascade.json").read_text(encoding="utf-8"))
    assert numbers["point"] == made.point.to_json()
    assert numbers["trade_off"]["kept"][0] == 1
    assert numbers["data"] == "sample:validation"
    judged = maeum.evaluate(out, "sample:test", stars="2")
    assert judged.count > 0
    (tmp_path / "t.csv").write_text("text\n재밌다\n최악이다\n", encoding="utf-8")
    assert predict(tmp_path / "t.csv", model=out)["predicted"].to_list() == again.predict(["재밌다", "최악이다"]).top
    with pytest.raises(OutputError):
        cascade("fast", sample_run.folder, data="sample:validation", stars="2", out=out)
    cascade("fast", sample_run.folder, data="sample:validation", stars="2", out=out, overwrite=True)
    assert maeum.load(out).threshold == NEVER  # too few texts for 0.1 points
