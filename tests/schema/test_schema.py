"""The types that flow refuse what does not fit when they are built."""

import json

import numpy as np
import polars as pl
import pytest

from maeum.errors import ContractError, LabelError, UserError
from maeum.schema import (
    ClassPredictions,
    Dataset,
    Evaluation,
    Labels,
    Model,
    ScorePredictions,
    Span,
    SpanPredictions,
    Task,
    check_texts,
)

TWO = Labels(("negative", "positive"), titles={"ko": ("부정", "긍정")})


def frame(**columns):
    return pl.DataFrame({"id": ["a", "b"], "text": ["좋다", "나쁘다"], **columns})


class TestLabels:
    def test_encode_and_decode_are_inverse(self):
        assert TWO.encode(["positive", "negative"]).tolist() == [1, 0]
        assert TWO.decode([1, 0]) == ["positive", "negative"]

    def test_unknown_names_are_all_listed_with_the_nearest(self):
        with pytest.raises(LabelError) as raised:
            TWO.encode(["positiv", "x", "negative"])
        assert str(raised.value) == ("Unknown label(s): positiv, x. Did you mean 'positive'? Known: negative, positive")

    def test_sets_become_indicators(self):
        three = Labels(("a", "b", "c"))
        assert three.encode_sets([["c", "a"], []]).tolist() == [[True, False, True], [False, False, False]]

    def test_titles_are_what_readers_see(self):
        assert TWO.title("positive", "ko") == "긍정"
        assert TWO.title("positive", "en") == "positive"

    @pytest.mark.parametrize("names", [(), ("a", "a"), ("a", "")])
    def test_names_must_differ_and_be_there(self, names):
        with pytest.raises(ContractError, match=r"Labels\.names: expected different, non-empty names"):
            Labels(names)

    def test_titles_must_be_as_many(self):
        with pytest.raises(ContractError, match=r"Labels.titles\[ko\]: expected 2 names"):
            Labels(("a", "b"), titles={"ko": ("가",)})

    def test_json_round_trip(self):
        assert Labels.from_json(json.loads(json.dumps(TWO.to_json()))) == TWO


class TestDataset:
    def test_targets_by_task(self):
        single = Dataset(frame(label=["positive", "negative"]), Task.SINGLE_LABEL, TWO, "d")
        assert single.targets.tolist() == [1, 0]
        several = Dataset(frame(label=[["positive"], []]), Task.MULTI_LABEL, TWO, "d")
        assert several.targets.tolist() == [[False, True], [False, False]]
        scores = Dataset(frame(text_b=["a", "b"], label=[0.5, 1.0]), Task.SIMILARITY, None, "d")
        assert scores.targets.tolist() == [0.5, 1.0]
        assert scores.inputs == [("좋다", "a"), ("나쁘다", "b")]

    def test_a_missing_column_is_named(self):
        with pytest.raises(ContractError, match=r"expected columns \['id', 'text', 'text_b'\]"):
            Dataset(frame(), Task.PAIR, None, "d")

    def test_a_foreign_label_is_refused_when_built(self):
        with pytest.raises(LabelError, match="Unknown label"):
            Dataset(frame(label=["positive", "?"]), Task.SINGLE_LABEL, TWO, "d")

    def test_null_texts_are_refused(self):
        with pytest.raises(ContractError, match="no null id or text"):
            Dataset(
                pl.DataFrame({"id": ["a"], "text": pl.Series([None], dtype=pl.String)}), Task.SINGLE_LABEL, None, "d"
            )

    def test_take_keeps_order_and_all_else(self):
        data = Dataset(frame(label=["positive", "negative"]), Task.SINGLE_LABEL, TWO, "d", "train")
        assert data.take(np.array([1, 0])).ids == ["b", "a"]
        assert data.take(np.array([False, True])).texts == ["나쁘다"]
        assert len(data.take(np.array([False, False]))) == 0
        assert data.take(np.array([0]), split="validation").split == "validation"

    def test_label_counts_are_in_label_order(self):
        data = Dataset(frame(label=["positive", "positive"]), Task.SINGLE_LABEL, TWO, "d")
        assert data.label_counts() == {"negative": 0, "positive": 2}


class TestPredictions:
    def test_top_and_confidence(self):
        p = ClassPredictions(TWO, np.array([[0.25, 0.75], [0.9, 0.1]]))
        assert p.top == ["positive", "negative"]
        assert p.confidence.tolist() == pytest.approx([0.75, 0.9])
        assert p.probabilities.dtype == np.float32
        with pytest.raises(ValueError, match="read-only"):
            p.probabilities[0, 0] = 1

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ([[0.5, 0.5, 0.0]], r"shape \(N, 2\)"),
            ([[0.5, 0.6]], "rows that sum to 1"),
            ([[-0.1, 1.1]], r"values in \[0, 1\]"),
            ([[np.nan, 0.5]], r"values in \[0, 1\]"),
        ],
    )
    def test_what_is_no_probability_is_refused(self, values, expected):
        with pytest.raises(ContractError, match=expected):
            ClassPredictions(TWO, np.array(values))

    def test_decide_by_thresholds(self):
        p = ClassPredictions(TWO, np.array([[0.4, 0.6], [0.2, 0.1]]), several=True, thresholds=np.float32([0.3, 0.7]))
        assert p.decide().tolist() == [[True, False], [False, False]]
        assert p.decide(0.15).tolist() == [[True, True], [True, False]]
        assert p.decide([0.5, 0.05]).tolist() == [[False, True], [False, True]]
        assert p.decide({"positive": 0.6}).tolist() == [[True, True], [False, False]]
        assert p.sets() == [["negative"], []]

    def test_empty_predictions(self):
        p = ClassPredictions(TWO, np.empty((0, 2)))
        assert len(p) == 0 and p.top == [] and p.confidence.shape == (0,)

    def test_spans_are_checked(self):
        with pytest.raises(ContractError, match="0 <= start < end"):
            Span(3, 3, "a")
        with pytest.raises(LabelError, match="Unknown label"):
            SpanPredictions(TWO, ((Span(0, 1, "person"),),))

    def test_scores_are_finite_and_flat(self):
        assert len(ScorePredictions(np.array([1.0, 2.0]))) == 2
        with pytest.raises(ContractError, match=r"finite, shape \(N,\)"):
            ScorePredictions(np.array([np.inf]))


def test_check_texts_names_what_is_no_text():
    with pytest.raises(UserError) as raised:
        check_texts(["a", 3, None])
    assert str(raised.value) == (
        "predict expects texts; 2 item(s) are not strings (position: type): 1: int, 2: NoneType"
    )
    with pytest.raises(UserError, match=r"found one string \('재밌다'\)"):
        check_texts("재밌다")


def test_evaluation_refuses_a_confusion_of_other_size_and_round_trips():
    with pytest.raises(ContractError, match="confusion: expected 3 examples"):
        Evaluation("d", Task.SINGLE_LABEL, TWO, 3, {}, confusion=((1, 0), (0, 1)))
    whole = Evaluation("d", Task.SINGLE_LABEL, TWO, 2, {"accuracy": 1.0}, {"accuracy": (0.5, 1.0)}, ((1, 0), (0, 1)))
    assert Evaluation.from_json(json.loads(json.dumps(whole.to_json()))) == whole


def test_model_is_a_protocol_that_linear_models_keep():
    from maeum.models.linear import LinearModel

    assert all(hasattr(LinearModel, name) for name in ("predict", "save"))
    assert {"task", "labels"} <= set(LinearModel.__dataclass_fields__)
    assert isinstance(Model, type)
