"""A hashed model learns, rounds to bytes, and says the same saved and loaded, alone and in a batch."""

import json
import subprocess
import sys

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maeum.errors import ModelError
from maeum.models import load
from maeum.models.folder import CARD, read_tensors, write_tensors
from maeum.models.hashed import HashedModel, HashedSettings
from maeum.models.hashed.model import WEIGHTS, bytes_of, places, weights_of
from maeum.models.linear.ngrams import NGrams
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


def dataset(texts, labels, names=("negative", "positive")):
    frame = pl.DataFrame({"id": [str(i) for i in range(len(texts))], "text": texts, "label": labels})
    return Dataset(frame, Task.SINGLE_LABEL, Labels(names), "toy")


TWO = dataset(GOOD + BAD, ["positive"] * 8 + ["negative"] * 8)
THREE = dataset([*GOOD, *BAD, "120분", "12세 관람가", "2019년"], ["p"] * 8 + ["n"] * 8 + ["o"] * 3, ("n", "p", "o"))


def trained(data, validation=True, **values):
    recipe = Recipe(model=HashedSettings.build({"min_texts": 1, "bits": 16, "c": 5.0, **values}))
    return fit(data, data if validation else None, recipe)


@pytest.fixture(scope="module")
def model():
    return trained(TWO).model


@pytest.mark.parametrize("data", [TWO, THREE], ids=["two", "three"])
def test_it_learns_what_it_is_shown(data):
    found = trained(data)
    assert found.model.predict(data).top == data.frame["label"].to_list()
    assert found.history[0]["train_accuracy"] == found.history[0]["validation_accuracy"] == 1.0


def test_without_validation_a_part_of_train_calibrates():
    found = trained(TWO, validation=False)
    assert found.history[0]["validation_loss"] is None
    assert found.model.predict(TWO).top == TWO.frame["label"].to_list()


def test_the_score_is_the_sum_over_the_root_of_the_count(model):
    text = "정말 재밌다"
    hashes = np.concatenate([h for _, h in NGrams(4, 3, 0).spelled(text)])
    weights = weights_of(model.table[:, 0], float(model.peak[0]))[places(hashes, 16)]
    expected = weights.sum() / len(hashes) ** 0.5 + model.intercepts[0]
    ((scores, known),) = model.scores([text])
    assert scores[0].tolist() == pytest.approx([-expected / 2, expected / 2], abs=1e-5)
    assert known.tolist() == [True]


def test_saved_and_loaded_say_the_same(model, tmp_path):
    again = load(model.save(tmp_path / "m"))
    texts = [*GOOD, "", "처음 보는 말", "\ud800"]
    assert isinstance(again, HashedModel) and again.settings == model.settings
    assert np.array_equal(again.predict(texts).probabilities, model.predict(texts).probabilities)


def test_batch_equals_one_by_one(model):
    texts = [*GOOD, *BAD, "", "ㅋ"]
    single = np.concatenate([model.predict([text]).probabilities for text in texts])
    assert np.array_equal(model.predict(texts).probabilities, single)


def test_an_empty_text_gets_the_prior():
    found = trained(TWO.take(np.arange(12))).model  # 8 positive, 4 negative
    assert found.predict(["", "  "]).probabilities[1].tolist() == pytest.approx([4 / 12, 8 / 12])
    assert len(found.predict([])) == 0


def test_explain_adds_up(model):
    parts = dict(model.explain("재미없다", "negative", limit=1000))
    ((raw, _),) = model.scores(["재미없다"])
    assert sum(parts.values()) == pytest.approx(raw[0, 0] + float(model.intercepts[0]) / 2, abs=1e-5)
    assert model.explain("") == []


@given(st.lists(st.floats(-50, 50, allow_nan=False), min_size=1, max_size=50))
@settings(deadline=None)
def test_bytes_keep_signs_and_are_near(values):
    weights = np.array([*values, 1.0])
    stored, peak = bytes_of(weights)
    back = weights_of(stored, peak)
    # a step of the root is 1/127 of the peak's root, so a weight moves by at most its root times that, and a bit
    bound = peak * (np.sqrt(np.abs(weights) / peak) / 127 + (0.5 / 127) ** 2) + 1e-5 * peak
    assert (np.abs(back - weights) <= bound).all()
    assert (np.sign(back) * np.sign(weights) >= 0).all()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"table": np.zeros((8, 1), np.int8)}, "table (8, 1) ≠ (65536, 1)"),
        ({"peak": None}, "no peak"),
        ({"prior": np.array([2.0, -1.0], np.float32)}, "prior: no probabilities"),
        ({"offsets": np.array([np.inf, 0], np.float32)}, "offsets: not finite"),
    ],
)
def test_damaged_weights_are_refused(model, tmp_path, change, reason):
    folder = model.save(tmp_path / "m")
    arrays = {**read_tensors(folder / WEIGHTS), **change}
    write_tensors(folder / WEIGHTS, {name: array for name, array in arrays.items() if array is not None})
    with pytest.raises(ModelError) as raised:
        load(folder)
    assert str(raised.value) == f"'{folder / WEIGHTS}' is damaged ({reason}). Copy the model again or train it anew."


def test_a_card_of_other_bits_is_refused(model, tmp_path):
    folder = model.save(tmp_path / "m")
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    card["settings"]["bits"] = 17
    (folder / CARD).write_text(json.dumps(card))
    with pytest.raises(ModelError, match=r"table \(65536, 1\) ≠ \(131072, 1\)"):
        load(folder)


class TestFast:
    """The bundled model."""

    def test_it_answers_by_name(self):
        found = load("fast").predict(["정말 재밌다", "최악이다 시간 아깝다", "인생 영화 ㅠㅠ", "노잼 ㅡㅡ"])
        assert found.labels.names == ("negative", "positive")
        assert found.top == ["positive", "negative", "positive", "negative"]

    def test_a_folder_that_only_has_its_name_is_passed_over(self, tmp_path, monkeypatch):
        (tmp_path / "fast").mkdir()
        monkeypatch.chdir(tmp_path)
        assert load("fast").labels.names == ("negative", "positive")

    def test_a_model_of_the_users_goes_before_it(self, model, tmp_path, monkeypatch):
        model.save(tmp_path / "fast")
        monkeypatch.chdir(tmp_path)
        assert load("fast").settings.bits == 16

    def test_it_needs_neither_scikit_learn_nor_scipy(self):
        heavy = "[m for m in ('sklearn', 'scipy') if m in sys.modules]"
        script = f"import maeum, sys; maeum.load('fast').predict(['좋다']); print({heavy})"
        found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert found.stdout.strip() == "[]"

    def test_its_card_tells_what_it_was_made_from(self):
        from maeum.models import BUNDLED

        card = (BUNDLED / "fast" / "README.md").read_text(encoding="utf-8")
        for part in ("nsmc-raw", "CC0", "prior of one half", "Weaknesses", "make fast"):
            assert part in " ".join(card.split())
        assert sum(path.stat().st_size for path in (BUNDLED / "fast").iterdir()) < 6_000_000


THREE_LABELS = trained(THREE).model


@given(st.lists(st.text(alphabet="가나다ㅋ a\t\n\U0001f600", max_size=12), max_size=12))
def test_scores_are_the_sums_over_all_ngrams(model, texts):
    for trained_on in (model, THREE_LABELS):
        clean = [" ".join(text.split()) for text in trained_on.pipeline.apply(texts)]
        found = trained_on._scorer.sums(clean)
        for height, rows, hashes in trained_on.ngrams.hash_blocks(clean):
            stored = trained_on.table.view(np.uint8)[places(hashes, trained_on.settings.bits)]
            wanted = [
                np.bincount(rows, trained_on._weight_of_byte[k][stored[:, k]], minlength=height)
                for k in range(stored.shape[1])
            ]
            np.testing.assert_allclose(found[0], np.stack(wanted, axis=1), atol=1e-5)
            assert found[1].tolist() == np.bincount(rows, minlength=height).tolist()
