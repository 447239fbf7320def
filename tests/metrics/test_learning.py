"""The verdict over a learning curve: each case, its borders, and that noise does not turn one into its opposite."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maeum.messages import table
from maeum.metrics.learning import DEFAULT_ROWS, Change, Kind, Noise, Score, learning_verdict
from maeum.schema import Task


def curve(losses, accuracies, train=None):
    train = train or [0.5] * len(losses)
    return [
        {
            "epoch": at,
            "validation_loss": loss,
            "validation_accuracy": accuracy,
            "train_loss": known,
            "train_accuracy": 0.9,
        }
        for at, (loss, accuracy, known) in enumerate(zip(losses, accuracies, train, strict=True), 1)
    ]


CASES = [
    ("not_generalising", 2, [0.50, 0.40, 0.48, 0.60], [0.78, 0.83, 0.81, 0.79]),
    ("not_generalising", 1, [0.40, 0.60], [0.85, 0.80]),
    ("not_generalising", 3, [0.40, 0.41, 0.46, 0.70], [0.78, 0.80, 0.86, 0.80]),
    ("overfitting", 2, [0.50, 0.40, 0.50, 0.62], [0.78, 0.81, 0.83, 0.85]),
    ("overfitting", 2, [0.50, 0.40, 0.50, 0.62], [0.78, 0.83, 0.83, 0.83]),
    ("learning", 4, [0.60, 0.50, 0.42, 0.36], [0.70, 0.77, 0.82, 0.86]),
    ("learning", 2, [0.60, 0.50], [0.70, 0.77]),
    ("calibrating", 2, [0.60, 0.50, 0.40, 0.35], [0.80, 0.86, 0.83, 0.82]),
    ("calibrating", 3, [0.60, 0.50, 0.40], [0.80, 0.801, 0.802]),
    ("plateau", 2, [0.60, 0.400, 0.399, 0.401], [0.70, 0.85, 0.851, 0.849]),
    ("plateau", 2, [0.60, 0.400, 0.401], [0.70, 0.85, 0.849]),
    ("noise", 2, [0.400, 0.399, 0.400], [0.850, 0.851, 0.850]),
]


@pytest.mark.parametrize(("kind", "epoch", "losses", "accuracies"), CASES)
def test_each_course_has_its_verdict(kind, epoch, losses, accuracies):
    found = learning_verdict(curve(losses, accuracies), 2000)
    assert (found.kind, found.epoch) == (kind, epoch)


def test_the_recurrent_network_of_the_paper_gains_nothing_after_about_15_epochs():
    epochs = range(1, 31)
    accuracies = [0.5 + 0.35 * (1 - math.exp(-at / 3)) for at in epochs]
    losses = [0.36 + 0.33 * math.exp(-at / 3) for at in epochs]
    found = learning_verdict(curve(losses, accuracies), 15_000)
    assert found.kind is Kind.PLATEAU
    assert 10 <= found.epoch <= 16
    assert found.what == f"Nothing is gained after epoch {found.epoch}: a plateau; fewer epochs would do."


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("MAEUM_LANG", "en")


def test_the_evidence_is_the_turning_epoch_against_the_last():
    found = learning_verdict(curve([0.5, 0.4, 0.6], [0.78, 0.83, 0.79], [0.4, 0.3, 0.1]), 1000)
    assert found.evidence["validation_loss"] == Change(0.4, 0.6)
    assert found.evidence["validation_accuracy"] == Change(0.83, 0.79)
    assert found.evidence["train_loss"] == Change(0.3, 0.1)
    assert found.why == (
        "Epoch 2 → 3: validation loss 0.4000 → 0.6000, validation accuracy 83.00 % → 79.00 %, train loss 0.3000 → "
        "0.1000. Changes of up to 0.0310 (loss) and 2.48 points (accuracy) count as "
        "noise with 1,000 validation rows."
    )
    assert "--epochs 2" in found.advice


def test_without_a_course_nothing_is_concluded():
    assert learning_verdict([]).kind is Kind.ONE_EPOCH
    assert learning_verdict([]).epoch is None
    one = learning_verdict(curve([0.4], [0.8]))
    assert (one.kind, one.epoch) == (Kind.ONE_EPOCH, 1)
    assert one.why == "Epochs in the history: 1; validation loss 0.4000, validation accuracy 80.00 %."
    without = learning_verdict([{"epoch": at, "train_loss": 0.5 / at, "validation_loss": None} for at in (1, 2)])
    assert without.kind is Kind.NO_VALIDATION
    assert "train loss 0.5000 → 0.2500" in without.why


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_figure_that_is_not_finite_is_named_with_its_epoch(value):
    found = learning_verdict(curve([0.5, 0.4, 0.3], [0.7, 0.8, 0.9], [0.4, value, value]))
    assert (found.kind, found.epoch) == (Kind.NOT_FINITE, 2)
    assert found.what == "Training broke down at epoch 2: a figure is not a finite number (train_loss)."


def test_several_labels_are_judged_by_macro_f1(monkeypatch):
    rows = [
        {"epoch": at, "validation_loss": loss, "validation_accuracy": 0.01, "validation_macro_f1": reached}
        for at, (loss, reached) in enumerate([(0.20, 0.30), (0.17, 0.40), (0.15, 0.47)], 1)
    ]
    assert learning_verdict(rows, 500).kind is Kind.CALIBRATING
    found = learning_verdict(rows, 500, Score.of(Task.MULTI_LABEL))
    assert (found.kind, found.epoch, Score.of(Task.PAIR)) == (Kind.LEARNING, 3, Score.ACCURACY)
    assert found.evidence["validation_macro_f1"] == Change(0.30, 0.47)
    assert "validation macro F1 30.00 % → 47.00 %" in found.why
    monkeypatch.setenv("MAEUM_LANG", "ko")
    assert (
        found.what
        == "모델이 잘 배우고 있고 끝까지 나아지고 있습니다. 검증 매크로 F1은 오르고 검증 손실은 오르지 않습니다."
    )


@pytest.mark.parametrize("name", ["train_accuracy", "validation_accuracy", "validation_macro_f1"])
def test_no_figure_may_be_nan_whichever_is_looked_at(name):
    rows = [{**row, "validation_macro_f1": 0.4} for row in curve([0.5, 0.4], [0.7, 0.8])]
    rows[1][name] = math.nan
    found = learning_verdict(rows, 500, Score.MACRO_F1)
    assert (found.kind, found.epoch, found.values["names"]) == (Kind.NOT_FINITE, 2, name)


def test_noise_shrinks_with_the_rows_and_few_are_assumed():
    few, many = (Noise.of([0.4], [0.85], rows) for rows in (None, 100_000))
    assert few.rows == DEFAULT_ROWS
    assert few.score == pytest.approx(1.96 * math.sqrt(0.85 * 0.15 / 1000), rel=0.01)
    assert few.loss == pytest.approx(1.96 * 0.4 / math.sqrt(1000))
    assert many.score == pytest.approx(0.00221, abs=1e-5)
    assert many.loss == pytest.approx(0.004)  # one per cent
    assert Noise.of([0.0, 0.0], [1.0, 1.0], 50).score > 0.03


@pytest.mark.parametrize(("beyond", "kind"), [(0.9, "noise"), (1.1, "overfitting")])
def test_a_rise_counts_from_the_border_on(beyond, kind):
    bound = Noise.of([0.4, 0.4], [0.8, 0.8], 1000).loss
    rise = 0.4 + beyond * bound
    assert learning_verdict(curve([0.4, rise], [0.8, 0.8]), 1000).kind == kind


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_three_sentences(kind, lang, monkeypatch):
    monkeypatch.setenv("MAEUM_LANG", lang)
    assert {kind.value, f"{kind.value}_why", f"{kind.value}_try"} <= set(table("learning"))
    values = learning_verdict(curve([0.5, 0.4], [0.7, 0.8])).values
    made = type(learning_verdict([]))(kind, 1, {}, values)
    assert all("{" not in text and text for text in (made.what, made.why, made.advice))


number = st.none() | st.floats(allow_nan=True, allow_infinity=True) | st.integers(-5, 5)


@given(
    st.lists(
        st.fixed_dictionaries(
            {"epoch": st.integers(1, 99), "validation_loss": number, "validation_accuracy": number},
            optional={"train_loss": number, "train_accuracy": number},
        )
    ),
    st.none() | st.integers(0, 10**6),
)
def test_any_history_gets_a_verdict_in_words(rows, validation_rows):
    found = learning_verdict(rows, validation_rows)
    assert found.what
    assert found.why
    assert found.advice


@given(st.data())
def test_noise_below_the_bound_never_turns_overlearning_into_learning(data):
    count = data.draw(st.integers(2, 8))
    losses = data.draw(st.lists(st.floats(0.2, 1.0), min_size=count, max_size=count))
    accuracies = data.draw(st.lists(st.floats(0.5, 0.95), min_size=count, max_size=count))
    if learning_verdict(curve(losses, accuracies), 1000).kind is not Kind.NOT_GENERALISING:
        return
    noise = Noise.of(losses, accuracies, 1000)
    jitter = st.lists(st.floats(-0.49, 0.49), min_size=count, max_size=count)
    shaken = [loss + by * noise.loss for loss, by in zip(losses, data.draw(jitter), strict=True)]
    moved = [value + by * noise.score for value, by in zip(accuracies, data.draw(jitter), strict=True)]
    assert learning_verdict(curve(shaken, moved), 1000).kind is not Kind.LEARNING
