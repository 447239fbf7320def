"""A linear model learns, says the same saved and loaded, alone and in a batch, and explains itself."""

import json
import os
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from maeum.errors import ContractError, DataError, ModelError, RecipeError, UserError
from maeum.models import load
from maeum.models.family import families, family, saved_families
from maeum.models.folder import CARD, read_tensors, write_tensors
from maeum.models.linear import LinearModel, LinearSettings
from maeum.models.linear.model import WEIGHTS, tfidf
from maeum.models.linear.settings import Counts
from maeum.recipe import Recipe
from maeum.schema import Dataset, Labels, Task
from maeum.training import fit

GOOD = [
    "정말 재밌다",
    "최고의 영화",
    "감동이었다 ㅠㅠ",
    "또 보고 싶다",
    "강추합니다",
    "배우들 연기 최고",
    "꿀잼 ㅋㅋ",
    "명작이다",
]
BAD = [
    "정말 재미없다",
    "최악의 영화",
    "시간 아깝다",
    "돈 버렸다",
    "비추합니다",
    "배우들 연기 최악",
    "노잼 ㅡㅡ",
    "졸작이다",
]


def dataset(texts, labels, names=("negative", "positive"), task=Task.SINGLE_LABEL):
    dtype = pl.List(pl.String) if task is Task.MULTI_LABEL else pl.String
    frame = pl.DataFrame(
        {"id": [str(i) for i in range(len(texts))], "text": texts, "label": pl.Series(labels, dtype=dtype)}
    )
    return Dataset(frame, task, Labels(names), "toy")


TWO = dataset(GOOD + BAD, ["positive"] * 8 + ["negative"] * 8)
THREE = dataset(
    GOOD + BAD + ["러닝타임 120분", "12세 관람가", "2019년 개봉", "상영 시간 90분"],
    ["p"] * 8 + ["n"] * 8 + ["o"] * 4,
    ("n", "p", "o"),
)
SEVERAL = dataset(
    GOOD + BAD, [["joy"], ["joy", "awe"], ["tears"], [], ["joy"], ["awe"], ["joy"], ["awe"]] + [["anger"]] * 8,
    ("joy", "awe", "tears", "anger"), Task.MULTI_LABEL,
)  # fmt: skip
SETTINGS = LinearSettings(min_texts=1)


def trained(data, validation=None, **settings):
    recipe = Recipe(model=LinearSettings.build({"min_texts": 1, **settings}))
    return fit(data, validation if validation is not None else data, recipe)


@pytest.fixture(scope="module")
def model():
    return trained(TWO).model


@pytest.mark.parametrize("data", [TWO, THREE], ids=["two", "three"])
@pytest.mark.parametrize(
    "settings", [{}, {"loss": "logistic", "c": 10.0}, {"contrast": 0.0, "counts": "log"}, {"word_max": 2}]
)
def test_it_learns_what_it_is_shown(data, settings):
    found = trained(data, **settings)
    assert found.model.predict(data).top == data.frame["label"].to_list()
    row = found.history[0]
    assert row["train_accuracy"] == row["validation_accuracy"] == row["validation_macro_f1"] == 1.0
    assert 0 < row["train_loss"] < 0.7 and row["epoch"] == 1


def test_it_learns_several_labels_and_their_thresholds():
    found = trained(SEVERAL).model
    predictions = found.predict(SEVERAL)
    assert predictions.several and found.thresholds.shape == (4,)
    assert (predictions.decide() == SEVERAL.targets).mean() > 0.95
    assert predictions.probabilities.sum(axis=1).max() != pytest.approx(1.0)


def test_unseen_texts_go_the_right_way(model):
    assert model.predict(["최고 최고 재밌다", "최악 노잼 아깝다"]).top == ["positive", "negative"]


def test_saved_and_loaded_say_the_same(model, tmp_path):
    folder = model.save(tmp_path / "m")
    again = load(folder)
    texts = [*GOOD, "", "처음 보는 말", "zzz"]
    assert isinstance(again, LinearModel)
    assert np.array_equal(again.predict(texts).probabilities, model.predict(texts).probabilities)
    assert again.labels == model.labels and again.settings == model.settings and again.telling == model.telling
    assert sorted(path.name for path in folder.iterdir()) == [CARD, WEIGHTS]
    assert (folder / CARD).stat().st_mode == (folder / WEIGHTS).stat().st_mode  # whoever may read one may read both


def test_several_labels_survive_saving(tmp_path):
    found = trained(SEVERAL).model
    again = load(found.save(tmp_path / "m"))
    assert np.array_equal(again.thresholds, found.thresholds)
    assert again.predict(GOOD).sets() == found.predict(GOOD).sets()


def test_batch_equals_one_by_one(model):
    texts = [*GOOD, *BAD, "", "ㅋ"]
    batch = model.predict(texts).probabilities
    single = np.concatenate([model.predict([text]).probabilities for text in texts])
    assert np.array_equal(batch, single)


@pytest.mark.parametrize("text", ["", "   ", "zzzzz"])
def test_a_text_with_nothing_known_gets_the_prior(text):
    data = TWO.take(np.arange(12))  # 8 positive, 4 negative
    found = trained(data).model
    assert found.predict([text]).probabilities[0].tolist() == pytest.approx([4 / 12, 8 / 12])


def test_no_texts_give_no_predictions(model):
    assert len(model.predict([])) == 0


def test_what_is_no_text_is_named_by_position(model):
    with pytest.raises(UserError, match=r"1 item\(s\) are not strings \(position: type\): 1: float"):
        model.predict(["a", float("nan")])


def test_explain_adds_up_to_what_the_model_says(model):
    parts = dict(model.explain("재미없다", "negative", limit=1000))
    ((raw, _known),) = model.scores(["재미없다"])
    assert sum(parts.values()) == pytest.approx(raw[0, 0] + float(model.intercepts[0]) / 2, abs=1e-5)
    against = dict(model.explain("재미없다", "positive", limit=1000))
    assert against == pytest.approx({spelling: -weight for spelling, weight in parts.items()})
    assert model.explain("재미없다", limit=3)[0][1] > 0  # the strongest piece speaks for the predicted label
    assert model.explain("") == []


def test_telling_ngrams_are_real_and_belong_to_their_label(model):
    assert set(model.telling) == {"negative", "positive"}
    for label, texts in (("positive", GOOD), ("negative", BAD)):
        squeezed = " ".join(texts) + " " + " ".join("".join(text.split()) for text in texts)
        assert model.telling[label]
        for spelling, weight in model.telling[label]:
            assert spelling in squeezed and weight > 0
        weights = [weight for _, weight in model.telling[label]]
        assert weights == sorted(weights, reverse=True)


def test_the_same_seed_gives_the_same_weights():
    first, second = (trained(THREE).model for _ in range(2))
    assert np.array_equal(first.coefficients, second.coefficients)
    assert np.array_equal(first.offsets, second.offsets)


def test_balanced_weights_help_the_rare_label():
    data = dataset([*GOOD, "재미없다 그냥", "재미없음"], ["positive"] * 8 + ["negative"] * 2)
    same = {"min_texts": 1, "c": 0.01}
    plain = fit(data, data, Recipe.from_keywords("linear", same)).model
    balanced = fit(data, data, Recipe.from_keywords("linear", {**same, "class_weight": "balanced"})).model
    ((before, _),), ((after, _),) = (list(model.scores(["재미없다 그냥"])) for model in (plain, balanced))
    assert after[0, 0] > before[0, 0]


def test_without_validation_a_part_of_train_calibrates():
    found = fit(TWO, None, Recipe(model=SETTINGS))
    assert found.history[0]["validation_loss"] is None
    assert found.model.slope[0] != 1.0
    assert found.model.predict(TWO).top == TWO.frame["label"].to_list()


@pytest.mark.parametrize("counts", list(Counts))
def test_tfidf_rows_have_length_one(counts):
    from scipy.sparse import csr_matrix

    matrix = csr_matrix(np.array([[2.0, 0, 1], [0, 0, 0], [0, 3, 0]], np.float32))
    rows = tfidf(matrix, np.array([1.0, 2.0, 0.5], np.float32), counts).toarray()
    assert np.linalg.norm(rows, axis=1).tolist() == pytest.approx([1, 0, 1])
    expected = {Counts.PRESENCE: 2.0, Counts.LOG: 2 * (1 + np.log(2)), Counts.RAW: 4.0}[counts]
    assert rows[0, 0] / rows[0, 2] == pytest.approx(expected)


def test_plain_tfidf_equals_scikit_learn():
    from sklearn.feature_extraction.text import TfidfVectorizer

    from maeum.models.linear.ngrams import NGrams
    from maeum.training.linear import count_ngrams, ngram_scale
    from maeum.training.solver import indicators

    texts = ["".join(text.split()) for text in GOOD + BAD]
    vocabulary, counts = count_ngrams(texts, NGrams(3, 0, 0), 2)
    ours = tfidf(counts, ngram_scale(counts, indicators(TWO), 0.0), Counts.RAW)
    theirs = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2).fit_transform(texts)
    assert len(vocabulary) == theirs.shape[1]
    assert (ours @ ours.T).toarray() == pytest.approx((theirs @ theirs.T).toarray(), abs=1e-5)


class TestWhatCannotBeTrained:
    def test_one_label(self):
        data = dataset(["a", "b"], ["positive", "positive"])
        with pytest.raises(DataError) as raised:
            trained(data)
        assert str(raised.value) == "Training needs at least two labels; 'toy' has only 'positive' (2 rows)."

    def test_identical_texts(self):
        with pytest.raises(DataError) as raised:
            trained(dataset(["같다"] * 4, ["positive", "negative"] * 2))
        assert str(raised.value) == "All 4 texts of 'toy' are identical, so nothing can be learnt from them."

    def test_too_few_of_a_label(self):
        with pytest.raises(DataError) as raised:
            trained(dataset([*GOOD, "나쁘다"], ["positive"] * 8 + ["negative"]))
        assert str(raised.value) == (
            "Training needs at least 2 different texts of every label; 'toy' has too few of: negative (1). Add rows, "
            "or leave those labels out."
        )

    def test_another_task(self):
        frame = TWO.frame.with_columns(text_b=pl.lit("b"))
        with pytest.raises(ModelError) as raised:
            trained(replace(TWO, frame=frame, task=Task.PAIR))
        assert str(raised.value) == "Model 'linear' cannot answer task 'pair'; it can: single_label, multi_label"


class TestDamagedFolders:
    @pytest.fixture
    def folder(self, model, tmp_path):
        return model.save(tmp_path / "m")

    def test_a_missing_card(self, folder):
        (folder / CARD).unlink()
        with pytest.raises(ModelError) as raised:
            load(folder)
        assert str(raised.value) == f"'{folder}' is not a maeum model: it has no model.json (it holds {WEIGHTS})."

    def test_a_card_that_is_no_json(self, folder):
        (folder / CARD).write_text("{")
        with pytest.raises(ModelError, match="is damaged \\(JSONDecodeError"):
            load(folder)

    def test_a_newer_format(self, folder):
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        (folder / CARD).write_text(json.dumps({**card, "format": 99, "maeum": "9.9"}))
        with pytest.raises(ModelError) as raised:
            load(folder)
        assert str(raised.value) == (
            f"'{folder}' was written by a newer maeum (9.9, format 99; this one reads up to 1). Upgrade: "
            "pip install -U maeum"
        )

    def test_weights_cut_off(self, folder):
        content = (folder / WEIGHTS).read_bytes()
        (folder / WEIGHTS).write_bytes(content[: len(content) // 2])
        with pytest.raises(ModelError, match=r"weights.safetensors' is damaged \("):
            load(folder)

    def test_weights_missing(self, folder):
        (folder / WEIGHTS).unlink()
        with pytest.raises(ModelError) as raised:
            load(folder)
        assert (
            str(raised.value)
            == f"The model '{folder}' is incomplete: {WEIGHTS} is missing. Copy the whole folder again."
        )

    def test_labels_that_do_not_fit_the_weights(self, folder):
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        card["labels"] = {"names": ["a", "b", "c"]}
        (folder / CARD).write_text(json.dumps(card))
        with pytest.raises(ModelError, match=r"coefficients .* ≠"):
            load(folder)

    def test_an_unknown_family(self, folder):
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        (folder / CARD).write_text(json.dumps({**card, "family": "linaer"}))
        with pytest.raises(ModelError) as raised:
            load(folder)
        assert str(raised.value) == (
            f"'{folder}' holds a model of the kind 'linaer', which this maeum does not know (it knows "
            f"{', '.join(saved_families())}). Upgrade: pip install -U maeum"
        )

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"slope": np.ones(2, np.float32)}, "slope (2,) ≠ (1,)"),
            ({"hashes": None}, "no hashes"),
            ({"prior": np.array([0.9, 0.9], np.float32)}, "prior: no probabilities"),
            ({"intercepts": np.array([np.nan], np.float32)}, "intercepts: not finite"),
            ({"offsets": np.zeros(2)}, "offsets: float64 ≠ float32"),
        ],
    )
    def test_weights_that_would_answer_wrongly(self, folder, change, reason):
        self.change(folder, change)
        with pytest.raises(ModelError) as raised:
            load(folder)
        assert str(raised.value) == (
            f"'{folder / WEIGHTS}' is damaged ({reason}). Copy the model again or train it anew."
        )

    def test_hashes_out_of_order(self, folder, model):
        self.change(folder, {"hashes": model.vocabulary.hashes[::-1]})
        with pytest.raises(ModelError, match="hashes: not ascending"):
            load(folder)

    @staticmethod
    def change(folder, arrays):
        kept = {
            name: array for name, array in {**read_tensors(folder / WEIGHTS), **arrays}.items() if array is not None
        }
        write_tensors(folder / WEIGHTS, kept)

    @pytest.mark.parametrize("part", ["settings", "telling", "labels", "task"])
    def test_a_card_without_a_part(self, folder, part):
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        del card[part]
        (folder / CARD).write_text(json.dumps(card))
        with pytest.raises(ModelError, match=rf"model.json' is damaged \(KeyError: '{part}'\)"):
            load(folder)

    def test_a_card_of_another_task(self, folder):
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        (folder / CARD).write_text(json.dumps({**card, "task": "multi_label"}))
        with pytest.raises(ModelError, match="no thresholds"):
            load(folder)


def test_load_tells_a_family_from_a_folder(tmp_path):
    with pytest.raises(ModelError) as raised:
        load("linear")
    assert raised.value.key == "models.family_not_trained"
    with pytest.raises(ModelError, match=r"There is no model folder '.*nothing'. Models near it: –"):
        load(tmp_path / "nothing")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ModelError, match="is a file; a model is a folder"):
        load(tmp_path / "file")


def test_a_model_is_found_by_name_in_maeum_models(model, tmp_path, monkeypatch):
    model.save(tmp_path / "one" / "mine")
    monkeypatch.setenv("MAEUM_MODELS", os.pathsep.join([str(tmp_path / "none"), str(tmp_path / "one")]))
    monkeypatch.chdir(tmp_path)
    assert load("mine").labels == model.labels


def test_families_are_found_and_named():
    assert "linear" in families()
    assert family("linear").settings is LinearSettings
    with pytest.raises(ModelError) as raised:
        family("linea")
    assert str(raised.value).startswith("There is no model 'linea' to train. Did you mean 'linear'?")


def test_settings_refuse_unknown_steps_and_values():
    with pytest.raises(RecipeError) as raised:
        LinearSettings.build({"c": -1, "loss": "svn", "joined_mx": 3})
    message = str(raised.value)
    assert "'c' cannot be -1 (must be greater than 0.0)" in message
    assert "'loss' cannot be 'svn' (must be 'svm' or 'logistic')" in message
    assert "unknown setting 'joined_mx'. Did you mean 'joined_max'?" in message
    with pytest.raises(RecipeError, match="nfcc"):
        LinearSettings.build({"steps": ["nfcc"]})


def test_shapes_in_a_model_are_checked_by_predictions(model):
    broken = replace(model, offsets=np.zeros(3, np.float32))
    with pytest.raises((ContractError, ValueError)):
        broken.predict(["a"])
