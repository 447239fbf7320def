"""The scikit-learn estimator inside scikit-learn's own tools.

Of `sklearn.utils.estimator_checks` only those about parameters, tags and names apply; every check that fits feeds
matrices of numbers, and this estimator takes texts (its tags say so, and scikit-learn skips such checks by them).
"""

import copy
import pickle

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import GridSearchCV, cross_val_score, cross_validate
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils import estimator_checks, get_tags

import maeum
from maeum.errors import DataError, ModelError, RecipeError, UserError
from maeum.models.family import families
from maeum.models.gradient_settings import GradientSettings
from maeum.sklearn import TextClassifier

GOOD = [
    "재미있고 감동적인 영화",
    "정말 최고의 연기",
    "다시 보고 싶은 명작",
    "웃음이 끊이지 않는다",
    "배우들 연기가 최고",
]
BAD = ["지루하고 재미없다", "최악의 시나리오", "돈이 아까운 영화", "시간 낭비였다", "연기가 너무 어색하다"]
ENDS = ["", " 정말로", " 진짜", "!!", " ㅋㅋ"]
TEXTS = [text + end for end in ENDS for pair in zip(GOOD, BAD, strict=True) for text in pair]
NAMES = ["긍정", "부정"] * (len(TEXTS) // 2)
SEVERAL = np.array([[1, 0, 1], [0, 1, 1]] * (len(TEXTS) // 2))


def fitted(y=NAMES, **params):
    return TextClassifier(**params).fit(TEXTS, y)


@pytest.mark.parametrize(
    ("y", "classes", "kind"),
    [
        (NAMES, ["긍정", "부정"], "U"),
        ([int(one == "긍정") for one in NAMES], [0, 1], "i"),
        ([{"긍정": 10, "부정": 2}[one] for one in NAMES], [2, 10], "i"),
        ([one == "긍정" for one in NAMES], [False, True], "b"),
        (np.array([float(one == "긍정") for one in NAMES]), [0.0, 1.0], "f"),
        (np.array(NAMES, dtype=object), ["긍정", "부정"], "O"),
        (pd.Series(NAMES, dtype="category"), ["긍정", "부정"], "O"),
        (pl.Series(NAMES), ["긍정", "부정"], "O"),
    ],
)
def test_labels_of_any_type_come_back_in_their_type(y, classes, kind):
    estimator = fitted(y)
    assert estimator.classes_.tolist() == classes
    assert estimator.classes_.dtype.kind == kind or kind in "OU"  # pandas 3 and polars have strings of their own
    answers = estimator.predict(TEXTS)
    assert answers.dtype == estimator.classes_.dtype
    assert answers.tolist() == list(y)
    assert estimator.score(TEXTS, list(y)) == 1.0
    assert estimator.model_.labels.names == tuple(str(one) for one in classes)


def test_probabilities_are_in_the_order_of_classes():
    estimator = fitted()
    found = estimator.predict_proba(TEXTS)
    assert found.shape == (len(TEXTS), 2)
    assert found.dtype == np.float64
    assert np.allclose(found.sum(axis=1), 1, atol=1e-12)
    assert estimator.classes_[found.argmax(axis=1)].tolist() == NAMES
    assert estimator.predict_proba([]).shape == (0, 2)
    assert estimator.predict([]).shape == (0,)


@pytest.mark.parametrize(
    "texts",
    [
        tuple(TEXTS),
        np.array(TEXTS),
        np.array(TEXTS, dtype=object),
        np.array(TEXTS, dtype=object)[:, None],
        pd.Series(TEXTS),
        pl.Series(TEXTS),
        pd.DataFrame({"review": TEXTS}),
        pl.DataFrame({"review": TEXTS}),
    ],
    ids=["tuple", "str", "object", "column", "pandas", "polars", "pandas table", "polars table"],
)
def test_texts_may_come_in_any_one_dimensional_shape(texts):
    expected = fitted().predict_proba(TEXTS)
    assert np.array_equal(TextClassifier().fit(texts, NAMES).predict_proba(texts), expected)


def test_an_indicator_matrix_means_several_labels():
    estimator = fitted(SEVERAL)
    assert estimator.model_.task.value == "multi_label"
    assert estimator.classes_.tolist() == [0, 1, 2]
    assert estimator.predict(TEXTS).tolist() == SEVERAL.tolist()
    assert estimator.predict_proba(TEXTS).shape == SEVERAL.shape
    assert f1_score(SEVERAL, estimator.predict(TEXTS), average="macro") == 1.0
    assert estimator.score(TEXTS, SEVERAL) == 1.0
    assert fitted(SEVERAL.tolist()).classes_.tolist() == [0, 1, 2]


def test_columns_of_a_table_name_the_labels():
    estimator = fitted(pd.DataFrame(SEVERAL, columns=["기쁨", "분노", "영화"]))
    assert estimator.classes_.tolist() == ["기쁨", "분노", "영화"]
    assert estimator.model_.labels.names == ("기쁨", "분노", "영화")


def test_parameters_survive_clone_set_and_repr():
    steps = ["nfc"]
    estimator = TextClassifier("linear", c=0.5, steps=steps, random_state=3)
    expected = {"model": "linear", "validation_fraction": None, "random_state": 3, "c": 0.5, "steps": steps}
    assert estimator.get_params() == expected
    assert clone(estimator).get_params() == expected
    estimator.set_params(c=2, class_weight="balanced")
    assert estimator.get_params() == {**expected, "c": 2, "class_weight": "balanced"}
    assert repr(TextClassifier(c=0.5)) == "TextClassifier(c=0.5)"
    assert "TextClassifier" in estimator._repr_html_()


def test_settings_reach_training():
    assert fitted(c=0.001).model_.settings.c == 0.001
    assert fitted(random_state=np.random.RandomState(1)).score(TEXTS, NAMES) == 1.0


def test_a_clone_of_a_fitted_one_is_not_fitted():
    with pytest.raises(NotFittedError, match="This TextClassifier instance is not fitted yet"):
        clone(fitted()).predict(["좋다"])


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_grid_search_tries_a_familys_settings(jobs):
    grid = {"c": [0.1, 1.0], "joined_max": [2, 4]}
    search = GridSearchCV(TextClassifier(), grid, cv=2, n_jobs=jobs, error_score="raise").fit(TEXTS, NAMES)
    assert search.best_score_ == 1.0
    assert len(search.cv_results_["params"]) == 4
    assert search.best_estimator_.predict(TEXTS).tolist() == NAMES
    assert search.predict(TEXTS[:2]).tolist() == NAMES[:2]


def test_it_stands_in_a_pipeline_and_a_column_transformer():
    lower = FunctionTransformer(lambda texts: [text.lower() for text in texts])
    pipeline = Pipeline([("lower", lower), ("model", TextClassifier(c=0.1))]).set_params(model__c=0.4)
    assert pipeline.fit(TEXTS, NAMES).score(TEXTS, NAMES) == 1.0
    assert pipeline["model"].model_.settings.c == 0.4
    table = pd.DataFrame({"id": range(len(TEXTS)), "review": TEXTS})
    chosen = ColumnTransformer([("text", "passthrough", ["review"])])
    assert Pipeline([("column", chosen), ("model", TextClassifier())]).fit(table, NAMES).score(table, NAMES) == 1.0


def test_cross_validation_and_meta_estimators():
    assert cross_val_score(TextClassifier(), TEXTS, NAMES, cv=2, error_score="raise").tolist() == [1.0, 1.0]
    found = cross_validate(TextClassifier(), TEXTS, NAMES, cv=2, return_estimator=True, error_score="raise")
    assert [one.score(TEXTS, NAMES) for one in found["estimator"]] == [1.0, 1.0]
    calibrated = CalibratedClassifierCV(TextClassifier(), cv=2).fit(TEXTS, NAMES)
    assert calibrated.predict_proba(TEXTS).shape == (len(TEXTS), 2)
    assert calibrated.predict(TEXTS).tolist() == NAMES
    each = OneVsRestClassifier(TextClassifier()).fit(np.array(TEXTS), NAMES)
    assert each.predict(TEXTS).tolist() == NAMES


def test_a_fitted_one_can_be_copied_and_pickled():
    estimator = fitted()
    for other in (pickle.loads(pickle.dumps(estimator)), copy.deepcopy(estimator)):
        assert np.array_equal(other.predict_proba(TEXTS), estimator.predict_proba(TEXTS))
        assert other.classes_.tolist() == ["긍정", "부정"]
    assert pickle.loads(pickle.dumps(TextClassifier(c=2))).get_params()["c"] == 2


@pytest.mark.parametrize(
    "y", [NAMES, [int(one == "긍정") for one in NAMES], SEVERAL], ids=["names", "numbers", "several"]
)
def test_a_saved_folder_gives_the_same_estimator(tmp_path, y):
    estimator = fitted(y, c=0.5, random_state=1)
    again = TextClassifier.load(estimator.save(tmp_path / "model"))
    assert again.get_params() == estimator.get_params()
    assert again.classes_.dtype == estimator.classes_.dtype
    assert np.array_equal(again.predict(TEXTS), estimator.predict(TEXTS))
    assert np.array_equal(maeum.load(tmp_path / "model").predict(TEXTS).probabilities, again.predict_proba(TEXTS)) or (
        np.allclose(maeum.load(tmp_path / "model").predict(TEXTS).probabilities, again.predict_proba(TEXTS), atol=1e-6)
    )


def test_a_run_of_the_command_line_can_be_loaded(sample_run):
    estimator = TextClassifier.load(sample_run.folder / "model")
    assert estimator.classes_.tolist() == ["negative", "positive"]
    assert estimator.predict(["정말 최고예요"]).tolist() == ["positive"]


def test_damage_of_a_saved_folder_is_named(tmp_path):
    fitted().save(tmp_path / "model")
    (tmp_path / "model" / "sklearn.json").write_text("{}")
    with pytest.raises(ModelError, match=r"sklearn\.json' is damaged \(KeyError: 'params'\)"):
        TextClassifier.load(tmp_path / "model")


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"epoch": 3}, "model 'linear' has no setting epoch. Its settings: loss, c, "),
        ({"clas_weight": 1}, "model 'linear' has no setting clas_weight. Did you mean 'class_weight'?"),
        ({"c": -1}, "These settings cannot be used: 'c' cannot be -1 (must be greater than 0.0)"),
        ({"validation_fraction": 0.9}, "'validation_fraction' cannot be 0.9 (must be at most 0.5)"),
        (
            {"text_column": "review"},
            (
                "text_column would have no effect here: they say how data are read, and fit gets texts and labels. "
                "Leave them out."
            ),
        ),
        ({"random_state": 1, "seed": 2}, "random_state and seed are the same setting; give one of them."),
    ],
)
def test_settings_are_checked_in_fit(params, message):
    estimator = TextClassifier(**params)
    with pytest.raises(RecipeError) as caught:
        estimator.fit(TEXTS, NAMES)
    assert message in str(caught.value)


def test_an_unknown_model_is_named_in_fit():
    with pytest.raises(ModelError, match=r"There is no model 'linaer' to train\. Did you mean 'linear'\?"):
        fitted(model="linaer")


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ("재밌다", "X is one string ('재밌다'); expected a list of texts. Put it in brackets: [text]."),
        (
            ["좋다", None, float("nan"), 3, pd.NA],
            (
                "X holds 4 item(s) that are not texts (position: what it is): 1: missing, 2: missing, 3: int, "
                '4: missing. Fill or drop them first, for example X.fillna("").'
            ),
        ),
        (
            pd.DataFrame({"a": ["좋다"], "b": ["나쁘다"]}),
            (
                'X has 2 columns; expected one column of texts. Choose it, for example df["review"]; inside a '
                'ColumnTransformer name it as a string: "review", not ["review"].'
            ),
        ),
        (
            TfidfVectorizer().fit_transform(TEXTS),
            (
                "X is a matrix of numbers (50, 29); expected texts. TextClassifier reads the texts itself: leave the "
                "vectorizer before it out of the Pipeline."
            ),
        ),
    ],
)
def test_items_that_are_no_texts_are_named(texts, message):
    estimator = fitted()
    for act in (lambda: estimator.fit(texts, NAMES), lambda: estimator.predict(texts)):
        with pytest.raises(UserError) as caught:
            act()
        assert str(caught.value) == message


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (None, "fit needs y: one label for each text, or an indicator matrix (N, K) for several labels."),
        (NAMES[:-1], "X has 50 text(s), y has 49 label(s); both need the same number."),
        (
            [None, *NAMES[1:-1], float("nan")],
            "y has 2 missing label(s), at position(s) 0, 49. Drop these rows from X and y.",
        ),
        (
            [["기쁨", "놀람"], ["분노"]] * 25,
            (
                "y holds lists of labels. Turn them into an indicator matrix first: "
                "sklearn.preprocessing.MultiLabelBinarizer().fit_transform(y)."
            ),
        ),
        (
            SEVERAL + 1,
            (
                "y has shape (50, 3) and other values than 0 and 1 (2); expected one label for each text, or an "
                "indicator matrix."
            ),
        ),
        (
            [0.5, 1.0] * 25,
            "y holds numbers with fractions (0.5); a classifier needs classes. Round or cut them into classes first.",
        ),
        (
            ["긍정", 1] * 25,
            "y mixes labels of different types (int, str), which cannot be put in order. Make them all strings.",
        ),
    ],
)
def test_labels_that_cannot_be_used_are_named(y, message):
    with pytest.raises(UserError) as caught:
        fitted(y)
    assert str(caught.value) == message


def test_data_from_which_nothing_can_be_learnt_are_refused():
    with pytest.raises(DataError, match="긍정"):
        fitted(["긍정"] * len(TEXTS))
    with pytest.raises(DataError):
        TextClassifier().fit([], [])


def test_rows_without_text_are_left_out_but_answered():
    estimator = TextClassifier().fit([*TEXTS, "", "  "], [*NAMES, "긍정", "긍정"])
    assert np.array_equal(estimator.predict_proba(TEXTS), fitted().predict_proba(TEXTS))
    assert estimator.predict([""]).shape == (1,)


def test_the_same_in_korean(monkeypatch):
    monkeypatch.setenv("MAEUM_LANG", "ko")
    with pytest.raises(UserError, match="X에 텍스트가 아닌 항목이 1개 있습니다\\(위치: 값의 종류\\): 0: 빈 값"):
        TextClassifier().fit([None], ["긍정"])


def test_tags_say_what_it_takes():
    tags = get_tags(TextClassifier())
    assert tags.estimator_type == "classifier"
    assert tags.input_tags.string
    assert tags.input_tags.one_d_array
    assert not tags.input_tags.two_d_array
    assert tags.classifier_tags.multi_label
    assert tags.target_tags.required


@pytest.mark.parametrize(
    "check",
    [
        "check_estimator_cloneable",
        "check_estimator_repr",
        "check_estimator_tags_renamed",
        "check_no_attributes_set_in_init",
        "check_parameters_default_constructible",
        "check_valid_tag_types",
        "check_get_params_invariance",
        "check_mixin_order",
    ],
)
def test_scikit_learns_own_checks_that_apply(check):
    getattr(estimator_checks, check)("TextClassifier", TextClassifier())


QUICK = {"epochs": 2, "batch_size": 16, "max_length": 16}


def by_gradients(name):
    return issubclass(families()[name].training, GradientSettings)


@pytest.mark.parametrize("name", [name for name in sorted(families()) if name not in ("encoder", "small")])
def test_every_family_works(name):
    settings = {"bits": 12} if name == "hashed" else {}
    if by_gradients(name):
        pytest.importorskip("torch")
        settings = {**QUICK, "wide_bits": 12} if name.endswith("-wide") else QUICK
    estimator = TextClassifier(name, **settings).fit(TEXTS, NAMES)
    assert estimator.predict_proba(TEXTS).shape == (len(TEXTS), 2)
    assert set(estimator.predict(TEXTS)) <= {"긍정", "부정"}
    again = pickle.loads(pickle.dumps(estimator))
    assert np.allclose(again.predict_proba(TEXTS), estimator.predict_proba(TEXTS), atol=1e-6)
    scores = cross_val_score(TextClassifier(name, **settings), TEXTS, NAMES, cv=2, error_score="raise")
    assert scores.shape == (2,)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    """An encoder with random weights, as pretraining writes it, and a tokenizer of the texts."""
    pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

    from maeum.training.pretraining import PretrainConfig, build

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"]
    hangul = [chr(code) for code in range(0xAC00, 0xD7A4)]  # real Korean must not become unknown
    trainer = trainers.WordPieceTrainer(vocab_size=23_000, special_tokens=special, initial_alphabet=hangul)
    tokenizer.train_from_iterator([*TEXTS, "".join(hangul)], trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    names = dict(zip(("pad_token", "cls_token", "sep_token", "unk_token", "mask_token"), special, strict=True))
    size = {"layers": 1, "width": 16, "heads": 2, "inner": 32, "embedding": 8, "positions": 32}
    config = PretrainConfig(tokenizer.get_vocab_size(), 4, (0, 1, 2, 3, 4), generator=0.5, **size)
    folder = tmp_path_factory.mktemp("pretrained")
    build(config).save(folder)
    transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names).save_pretrained(folder / "encoder")
    return folder / "encoder"


def test_an_encoder_goes_by_its_checkpoint(checkpoint):
    estimator = TextClassifier(str(checkpoint), **QUICK).fit(TEXTS, NAMES)
    assert estimator.model_.labels.names == ("긍정", "부정")
    again = pickle.loads(pickle.dumps(estimator))
    assert np.allclose(again.predict_proba(TEXTS), estimator.predict_proba(TEXTS), atol=1e-6)
    assert clone(estimator).get_params() == {**estimator.get_params(), "model": str(checkpoint)}


def test_families_of_gradients_hold_out_a_tenth(monkeypatch):
    asked = {}

    def train(data, validation, recipe):
        asked[recipe.model.family] = (len(data), None if validation is None else len(validation), recipe.training.seed)
        raise KeyboardInterrupt

    monkeypatch.setattr("maeum.sklearn.fit", train)
    for name in families():
        own = {"checkpoint": "x"} if name == "encoder" else {}
        with pytest.raises(KeyboardInterrupt):
            TextClassifier(name, random_state=7, **own).fit(TEXTS, NAMES)
        assert asked[name] == ((45, 5, 7) if by_gradients(name) else (50, None, 7))
