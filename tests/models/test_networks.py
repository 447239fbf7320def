"""Networks learn, do not look at padding, and say the same saved and loaded, alone and in a batch."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

torch = pytest.importorskip("torch")

from maeum.errors import ContractError, MissingExtraError, ModelError, RecipeError
from maeum.models import load
from maeum.models.family import families, family
from maeum.models.folder import CARD, read_tensors, write_tensors
from maeum.models.gradient_settings import LongTexts
from maeum.models.hashed import HashedModel, HashedSettings
from maeum.models.neural import collate
from maeum.models.neural.network import WEIGHTS
from maeum.recipe import Recipe
from maeum.schema import Dataset, Labels, Task
from maeum.training import fit

GOOD = [
    "정말 재밌다",
    "최고의 영화",
    "감동이었다 ㅠㅠ",
    "또 보고 싶다",
    "강추합니다",
    "연기 최고",
    "꿀잼 ㅋㅋ",
    "명작이다",
    "좋다",
    "굿",
]
BAD = [
    "정말 재미없다",
    "최악의 영화",
    "시간 아깝다",
    "돈 버렸다",
    "비추합니다",
    "연기 최악",
    "노잼 ㅡㅡ",
    "졸작이다",
    "싫다",
    "헐",
]
NETWORKS = ["birnn", "birnn-wide", "cnn", "cnn-wide", "rnn", "rnn-wide"]
PLAIN = ["birnn", "cnn", "rnn"]
SMALL = {
    "units": "syllable",
    "spelling": "false",
    "embedding": 12,
    "min_texts": 1,
    "dropout": 0.0,
    "embedding_dropout": 0.0,
}
SMALL_OF = {"cnn": {"filters": 8}, "rnn": {"hidden": 12}, "birnn": {"hidden": 12}}


def frame(texts, labels):
    return pl.DataFrame({"id": [str(i) for i in range(len(texts))], "text": texts, "label": labels})


TWO = Dataset(
    frame(GOOD + BAD, ["positive"] * 10 + ["negative"] * 10), Task.SINGLE_LABEL, Labels(("negative", "positive")), "toy"
)
SEVERAL = Dataset(
    frame(["웃기고 슬프다", "웃기다", "슬프다", "그냥"], [["joy", "sad"], ["joy"], ["sad"], []]),
    Task.MULTI_LABEL,
    Labels(("joy", "sad")),
    "feelings",
)


def recipe(name, **values):
    return Recipe.from_keywords(name, {**SMALL, **SMALL_OF[name.removesuffix("-wide")], **values})


def made(name, data=TWO, **values):
    chosen = recipe(name, **values)
    torch.manual_seed(0)
    model = family(name).untrained(data, chosen.model, chosen.training)
    return replace(model, wide=ngrams()) if chosen.model.wide else model


def ngrams():
    return fit(TWO, TWO, Recipe(model=HashedSettings.build({"min_texts": 1, "bits": 12}))).model


def wide_of(model, batch):
    return {"wide": torch.zeros(len(batch["input_ids"]), len(model.labels))} if model.settings.wide else {}


def step_by_step(model, steps=60):
    """Train on all of TWO at once, as plainly as possible."""
    encoded = model.encode(TWO.texts)
    batch = collate(encoded, np.arange(len(TWO)), model.tokens.pad)
    batch |= wide_of(model, batch)
    truth = torch.tensor(TWO.targets, dtype=torch.long)
    optimizer = torch.optim.AdamW(model.module.parameters(), lr=0.02)
    model.module.train()
    for _ in range(steps):
        loss = torch.nn.functional.cross_entropy(model.module(**batch), truth)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


def shaken(model):
    """With weights that nothing is zero in, as after training."""
    with torch.no_grad():
        for parameter in model.module.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    return model


def test_all_networks_are_families():
    assert [name for name in families() if name in NETWORKS] == NETWORKS
    for name in NETWORKS:
        wide = name.endswith("-wide")
        assert family(name).settings.wide is wide
        assert family(name).tasks == (Task.SINGLE_LABEL, Task.MULTI_LABEL)
        assert family(name).trainer == "maeum.training.gradient"


def test_settings_are_the_same_after_yaml(tmp_path):
    given = recipe("cnn", widths=["3", "5"], units="jamo", activation="gelu", epochs="7")
    given.save(tmp_path / "r.yaml")
    assert Recipe.load(tmp_path / "r.yaml") == given
    assert (given.model.widths, given.training.epochs, given.training.max_length) == ((3, 5), 7, 320)


def test_defaults_of_training_are_the_families_own():
    assert Recipe.from_keywords("cnn", {}).training.learning_rate == 1e-3
    assert Recipe.from_keywords("encoder", {"checkpoint": "x/y"}).training.learning_rate == 5e-5


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("cnn", {"units": "syllables"}, "'units' cannot be 'syllables' (must be 'jamo', 'syllable' or 'subword')"),
        ("rnn", {"cell": "ltsm"}, "'cell' cannot be 'ltsm' (must be 'lstm' or 'gru')"),
        ("cnn", {"widths": [3, 3]}, "(expected different whole numbers from 1 to 32, such as 2,3,4,5)"),
        ("cnn", {"widths": []}, "(expected different whole numbers from 1 to 32, such as 2,3,4,5)"),
        ("cnn", {"widths": [0]}, "(expected different whole numbers from 1 to 32, such as 2,3,4,5)"),
        ("rnn", {"filters": 8}, "model 'rnn' has no setting filters."),
        ("cnn", {"wide_bits": 8}, "model 'cnn' has no setting wide_bits."),
        ("cnn-wide", {"wide_bits": 8}, "'wide_bits' cannot be 8 (must be at least 10)"),
        ("cnn", {"steps": ["nfkc"]}, "Did you mean 'nfc'?"),
    ],
)
def test_settings_that_cannot_be_are_refused(name, values, expected):
    with pytest.raises(RecipeError) as raised:
        Recipe.from_keywords(name, values)
    assert expected in str(raised.value)


@pytest.mark.parametrize("cell", ["lstm", "gru"])
@pytest.mark.parametrize("name", NETWORKS)
def test_every_family_predicts(name, cell):
    model = made(name, **({} if name.startswith("cnn") else {"cell": cell}))
    assert model.family == name
    found = model.predict(["재밌다", "최악", "처음 보는 글자 뷁"])
    assert found.probabilities.shape == (3, 2)
    assert found.labels.names == ("negative", "positive")
    assert model.predict([]).probabilities.shape == (0, 2)


@pytest.mark.parametrize("name", PLAIN)
def test_several_labels(name):
    model = made(name, SEVERAL)
    found = model.predict(["웃기다", ""])
    assert found.several and found.probabilities.shape == (2, 2)
    assert found.probabilities[1].tolist() == [0.5, 0.5]  # 2 of 4 texts each


@pytest.mark.parametrize("name", NETWORKS)
def test_an_empty_text_gets_the_prior(name):
    data = TWO.take(np.arange(15))  # 10 positive, 5 negative
    model = made(name, data)
    for text in ("", "  ", "\n"):
        np.testing.assert_allclose(model.predict([text]).probabilities[0], [1 / 3, 2 / 3], rtol=1e-6)


VARIANTS = [
    *(("cnn", {"activation": one}) for one in ("relu", "tanh", "gelu", "silu", "sigmoid", "linear")),
    ("cnn", {"widths": [1, 2, 7], "dense": 6}),
    *(
        (name, {"cell": cell, "pooling": pooling, "layers": layers})
        for name in ("rnn", "birnn")
        for cell, layers in (("lstm", 1), ("gru", 2))
        for pooling in ("last", "max", "mean", "attention")
    ),
    ("birnn", {"dense": 5, "activation": "tanh"}),
    ("cnn-wide", {}),
    ("birnn-wide", {"cell": "gru"}),
]


@pytest.mark.parametrize(("name", "values"), VARIANTS)
def test_padding_changes_nothing(name, values):
    model = shaken(made(name, **values))
    model.module.eval()
    texts = ["굿", "정말 재밌다", "정말 재미없다 시간 아깝다 돈 버렸다 최악의 영화 " * 3]
    encoded = model.encode(texts)
    together = collate(encoded, [0, 1, 2], model.tokens.pad)
    full = collate(encoded, [0, 1, 2], model.tokens.pad, length=200)
    with torch.no_grad():
        batch = model.module(**together, **wide_of(model, together))
        filled = model.module(**full, **wide_of(model, full))
        for i in range(3):
            alone = collate(encoded, [i], model.tokens.pad)
            single = model.module(**alone, **wide_of(model, alone))[0]
            torch.testing.assert_close(single, batch[i], atol=1e-5, rtol=0)
            torch.testing.assert_close(single, filled[i], atol=1e-5, rtol=0)
    assert (batch[0] - batch[1]).abs().max() > 1e-3  # and texts do change it


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_both_directions_are_those_of_the_library(cell):
    """Our reversal against torch's own bidirectional cell on packed sequences."""
    from maeum.models.neural.layers import Recurrent

    torch.manual_seed(1)
    ours = Recurrent(recipe("birnn", cell=cell, pooling="max").model)
    theirs = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell](12, 12, batch_first=True, bidirectional=True)
    weights = ours.forwards[0].state_dict()
    weights |= {f"{name}_reverse": value for name, value in ours.backwards[0].state_dict().items()}
    theirs.load_state_dict(weights)
    lengths = torch.tensor([2, 7, 5])
    mask = torch.arange(7) < lengths[:, None]
    embedded = torch.randn(3, 7, 12) * mask[:, :, None]
    packed = torch.nn.utils.rnn.pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
    states, _ = torch.nn.utils.rnn.pad_packed_sequence(theirs(packed)[0], batch_first=True)
    expected = states.masked_fill(~mask[:, :, None], -torch.inf).amax(dim=1)
    torch.testing.assert_close(ours(embedded, mask), expected, atol=1e-6, rtol=0)


@pytest.mark.parametrize("name", NETWORKS)
def test_alone_as_in_a_batch(name):
    model = shaken(made(name))
    together = model.predict(TWO.texts).probabilities
    alone = np.concatenate([model.predict([text]).probabilities for text in TWO.texts])
    np.testing.assert_allclose(alone, together, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        *((name, {}) for name in NETWORKS),
        ("rnn", {"cell": "gru", "pooling": "attention"}),
        ("birnn", {"cell": "gru", "pooling": "last", "layers": 2}),
        ("cnn", {"units": "jamo", "dense": 8}),
        ("cnn", {"units": "subword", "activation": "tanh"}),
    ],
)
def test_twenty_texts_can_be_learnt_by_heart(name, values):
    model = made(name, **values)
    assert step_by_step(model) < 0.1
    if model.wide is None:
        assert model.predict(TWO).top == TWO.frame["label"].to_list()


@pytest.mark.parametrize("name", ["cnn-wide", "rnn-wide", "birnn-wide"])
def test_beside_ngrams_a_network_begins_at_what_they_know(name):
    model = made(name)
    scores = np.concatenate([np.where(known[:, None], found, 0) for found, known in model.wide.scores(TWO.texts)])
    np.testing.assert_allclose(model.logits(TWO.texts), scores, atol=1e-6)
    with torch.no_grad():
        model.module.scale.fill_(2.0)
    np.testing.assert_allclose(model.logits(TWO.texts), 2 * scores, atol=1e-6)


def test_ngrams_are_not_forgotten():
    model = replace(made("cnn-wide"), wide=None)
    with pytest.raises(ContractError, match=r"wide: expected scores of the n-grams, shape \(B, 2\), found None"):
        model.predict(["재밌다"])


def test_hidden_units_are_whole_and_only_in_training():
    model = made("cnn", embedding_dropout=0.5)
    batch = collate(model.encode(["정말 재밌다 최고의 영화"]), [0], model.tokens.pad)
    seen = []
    model.module.body.register_forward_pre_hook(lambda _module, args: seen.append(args[0]))
    model.module.train()
    model.module(**batch)
    model.module.eval()
    model.module(**batch)
    plain = model.module.embedding(batch["input_ids"])
    hidden = (seen[0] == 0).all(dim=2)
    assert 0 < hidden.sum() < hidden.numel()
    torch.testing.assert_close(seen[0][~hidden], 2 * plain[~hidden])
    torch.testing.assert_close(seen[1], plain)


def test_windows_of_a_long_text_are_averaged():
    model = shaken(made("cnn", max_length=8, long_texts="window"))
    text = "정말 재밌다 정말 최악의 영화"
    pieces = model.encode([text])
    assert len(pieces.ids) == 3 and pieces.lengths.max() == 8
    with torch.no_grad():
        each = [model.module.eval()(**collate(pieces, [i], 0))[0].numpy() for i in range(3)]
    np.testing.assert_allclose(model.logits([text, "굿"])[0], np.mean(each, axis=0), atol=1e-5)
    cut = replace(model, long_texts=LongTexts.TRUNCATE)
    assert cut.encode([text, "굿"]).cut == 1
    np.testing.assert_allclose(cut.logits([text])[0], each[0], atol=1e-5)


@pytest.mark.parametrize("name", NETWORKS)
def test_saved_and_loaded_says_the_same_to_the_bit(name, tmp_path):
    model = replace(shaken(made(name, units="jamo", long_texts="window", max_length=16)), thresholds=None)
    expected = model.predict(TWO.texts).probabilities
    state = torch.random.get_rng_state()
    again = load(model.save(tmp_path / "m"))
    assert torch.equal(torch.random.get_rng_state(), state)  # loading takes no random numbers
    assert np.array_equal(again.predict(TWO.texts).probabilities, expected)
    assert (again.family, again.settings, again.max_length, again.long_texts) == (name, model.settings, 16, "window")
    assert all(parameter.requires_grad for parameter in again.module.parameters())
    assert not again.module.training
    files = {"model.json", "tokenizer.json", WEIGHTS} | ({"wide"} if model.settings.wide else set())
    assert {path.name for path in (tmp_path / "m").iterdir()} == files
    if model.settings.wide:
        assert isinstance(again.wide, HashedModel)


def test_thresholds_of_several_labels_are_kept(tmp_path):
    model = replace(made("cnn", SEVERAL), thresholds=np.array([0.25, 0.75], np.float32))
    again = load(model.save(tmp_path / "m"))
    assert again.thresholds.tolist() == [0.25, 0.75]
    assert again.task is Task.MULTI_LABEL


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return made("cnn-wide").save(tmp_path_factory.mktemp("cnn") / "model")


@pytest.fixture
def copy(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "model")


@pytest.mark.parametrize("name", ["tokenizer.json", WEIGHTS, "wide"])
def test_a_missing_part_is_named(copy, name):
    path = copy / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(ModelError) as raised:
        load(copy)
    assert str(raised.value) == f"The model '{copy}' is incomplete: {name} is missing. Copy the whole folder again."


def _without(arrays):
    del arrays["output.bias"]


def _beyond(arrays):
    arrays["output.more"] = arrays["output.bias"]


def _other_shape(arrays):
    arrays["embedding.weight"] = arrays["embedding.weight"][:-1]


def _not_a_number(arrays):
    arrays["output.weight"][0, 0] = np.nan


def _doubles(arrays):
    arrays["scale"] = arrays["scale"].astype(np.float64)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (_without, "no output.bias"),
        (_beyond, "unknown output.more"),
        (_other_shape, "embedding.weight float32 (49, 12) ≠ float32 (50, 12)"),
        (_not_a_number, "output.weight: not finite"),
        (_doubles, "scale float64 (1,) ≠ float32 (1,)"),
    ],
)
def test_weights_that_do_not_fit_are_refused(copy, damage, reason):
    arrays = {name: array.copy() for name, array in read_tensors(copy / WEIGHTS).items()}
    damage(arrays)
    write_tensors(copy / WEIGHTS, arrays)
    with pytest.raises(ModelError) as raised:
        load(copy)
    assert str(raised.value) == (f"'{copy / WEIGHTS}' is damaged ({reason}). Copy the model again or train it anew.")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("prior", [0.5], "ValueError: [0.5] ≠ 2 probabilities"),
        ("prior", [0.9, 0.9], "ValueError: prior: no probabilities"),
        ("thresholds", [2, 0.5], "ValueError: [2, 0.5] ≠ 2 probabilities"),
        ("max_length", 0, "ValueError: max_length 0"),
        ("long_texts", "fold", "ValueError: 'fold' is not a valid LongTexts"),
        (
            "settings",
            {"filter": 8},
            "RecipeError: These settings cannot be used: unknown setting 'filter'. Did you mean",
        ),
    ],
)
def test_a_damaged_card_is_refused(copy, name, value, reason):
    card = json.loads((copy / CARD).read_text(encoding="utf-8"))
    (copy / CARD).write_text(json.dumps({**card, name: value}), encoding="utf-8")
    with pytest.raises(ModelError) as raised:
        load(copy)
    assert str(raised.value).startswith(f"'{copy / CARD}' is damaged ({reason}")


def test_ngrams_with_other_labels_are_refused(copy):
    path = copy / "wide" / CARD
    card = json.loads(path.read_text(encoding="utf-8"))
    card["labels"]["names"] = ["positive", "negative"]
    path.write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError, match="positive, negative ≠ negative, positive"):
        load(copy)


def test_without_torch_the_way_to_it_is_said(copy, monkeypatch):
    import importlib.util

    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "torch" else real(name))
    with pytest.raises(MissingExtraError, match=r"maeum\[train\]"):
        load(copy)
    with pytest.raises(MissingExtraError):
        made("cnn")


def test_families_are_listed_without_torch():
    program = (
        "import sys; from maeum.models.family import families; families(); "
        "from maeum.recipe import fields; list(fields()); "
        "print([m for m in ('torch', 'transformers', 'tokenizers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["cnn", "birnn"])
def test_a_network_learns_with_units_spelt_and_predicts_the_same_folded(name, tmp_path):
    model = shaken(made(name, units="subword", spelling=True, vocabulary=60))
    assert "embedding.of_letters.weight" in dict(model.module.named_parameters())
    before = model.logits(TWO.texts)
    model.module.fold()
    assert set(dict(model.module.embedding.named_parameters())) == {"weight"}
    np.testing.assert_allclose(model.logits(TWO.texts), before, atol=1e-5)
    loaded = load(model.save(tmp_path / "saved"))
    np.testing.assert_array_equal(loaded.logits(TWO.texts), model.logits(TWO.texts))


def test_letters_of_a_unit():
    tokens = made("cnn", units="syllable").tokens
    letters, known = tokens.letters(), tokens.tokenizer.get_vocab()
    assert letters.shape == (tokens.size, 1)
    assert letters[:2].tolist() == [[0], [0]]  # nothing and the unknown one are not spelt
    assert sorted(letters[2:, 0].tolist()) == list(range(1, len(known) - 1))
