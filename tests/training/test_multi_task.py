"""One trunk, a head for each corpus: one trainer, exact proportions, the same weights after an interrupt."""

import importlib.util
import json
import math
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch

from maeum.errors import DataError, ModelError, RecipeError, UsageError
from maeum.models.gradient_settings import Mixing
from maeum.models.linear import LinearSettings
from maeum.models.teaching_settings import TeachingSettings
from maeum.progress import Silent, report_to
from maeum.recipe import Recipe
from maeum.schema import Labels, Task
from maeum.training import fit, fit_together, gradient
from maeum.training.corpora import Corpus, check_together
from maeum.training.gradient import fitting
from maeum.training.gradient.data import Batches
from maeum.training.gradient.groups import freeze, head, levels, parameter_groups
from maeum.training.gradient.heads import Heads, share
from maeum.training.gradient.mixing import Mixed, quotas
from maeum.training.gradient.trainer import GradientTrainer
from maeum.training.listeners import Workspace

HERE = Path(__file__).parent
EMOTIONS = ("기쁨", "슬픔", "없음")


def _module(name, folder=HERE):
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    if not hasattr(module, "dataset"):
        spec.loader.exec_module(module)
    return module


F = _module("gradient_fixtures")


class Told(Silent):
    def __init__(self):
        self.sentences = []

    def say(self, sentence):
        self.sentences.append(sentence)


@pytest.fixture
def told():
    reporter = Told()
    report_to(reporter)
    return reporter.sentences


def corpora(first=60, second=30):
    """Two corpora: one label of two, and several of three."""
    return [
        Corpus("a", F.dataset(first), F.dataset(40, 1)),
        Corpus("b", F.dataset(second, 5, Task.MULTI_LABEL, EMOTIONS), F.dataset(20, 6, Task.MULTI_LABEL, EMOTIONS)),
    ]


def together(monkeypatch, parts=None, *, workspace=None, dropout=0.3, **values):
    monkeypatch.setattr(fitting, "family", lambda _name: F.tiny_family(dropout))
    recipe = Recipe(model=F.TinySettings(), training=F.settings(**values))
    return gradient.fit_together(parts or corpora(), recipe, workspace or Workspace())


def weights(trained):
    return {
        f"{name}.{key}": one.clone()
        for name, model in trained.models.items()
        for key, one in model.module.state_dict().items()
    }


def history(trained):
    return [{k: v for k, v in row.items() if k not in ("seconds", "examples_per_s")} for row in trained.history]


# one trainer


@pytest.mark.parametrize(
    "values", [{}, {"accumulation": 2}, {"class_weight": "balanced"}, {"padding": "full", "max_length": 20}]
)
def test_one_corpus_is_trained_as_if_alone_bit_for_bit(monkeypatch, values):
    data, held = F.dataset(), F.dataset(40, 1)
    alone = F.train(monkeypatch, data=data, validation=held, **values)
    found = together(monkeypatch, [Corpus("a", data, held)], **values)
    assert F.same(F.weights(alone), F.weights(found)) and found.models == {"a": found.model}
    for mine, other in zip(history(found), history(alone), strict=True):
        assert {name: mine[name] for name in other} == other
        assert mine["validation_macro_f1_a"] == other["validation_macro_f1"]
        assert mine["train_loss_a"] == other["train_loss"]


def test_the_trunk_is_one_and_the_heads_are_their_own(monkeypatch):
    found = together(monkeypatch)
    a, b = (found.models[name].module for name in "ab")
    assert a.embedding is b.embedding and a.norm is b.norm and a.output is not b.output
    assert a.output.weight.shape == (2, 8) and b.output.weight.shape == (3, 8)
    assert [model.labels.names for model in found.models.values()] == [("나쁨", "좋음"), EMOTIONS]
    assert [model.task for model in found.models.values()] == [Task.SINGLE_LABEL, Task.MULTI_LABEL]
    assert found.models["a"].thresholds is None and found.models["b"].thresholds.shape == (3,)
    assert found.model is found.models["a"] and found.model.card["trained_with"] == ["a", "b"]
    assert not a.training and all(one.requires_grad and one.grad is None for one in b.parameters())


def test_each_head_learns_from_its_own_corpus_alone(monkeypatch):
    """Without a rate for the trunk's layers, a head is what it would be by itself."""
    values = {"freeze": -1, "epochs": 2, "weight_decay": 0, "clip": 0, "schedule": "constant", "warmup": 0}
    parts = corpora()
    parts[1] = Corpus("b", parts[1].train, None)
    parts[0] = Corpus("a", parts[0].train, None)
    both = together(monkeypatch, parts, dropout=0, **values)
    alone = together(monkeypatch, parts[:1], dropout=0, **values)
    assert torch.equal(both.models["a"].module.output.weight, alone.models["a"].module.output.weight)
    assert torch.equal(both.models["a"].module.embedding.weight, alone.models["a"].module.embedding.weight)
    assert both.models["b"].thresholds.tolist() == [0.5] * 3


def test_the_trunk_learns_from_both(monkeypatch):
    alone = together(monkeypatch, corpora()[:1])
    both = together(monkeypatch)
    assert not torch.equal(alone.model.module.embedding.weight, both.model.module.embedding.weight)


def test_history_has_the_figures_of_each_and_their_means(monkeypatch):
    ear = F.Ear()
    found = together(monkeypatch, workspace=Workspace(listeners=(ear,)))
    assert [dict(row) for row in found.history] == ear.rows and ear.facts["rows"] == 90
    assert ear.facts["steps_per_epoch"] == 8 + 4
    for row in ear.rows:
        for name in ("validation_loss", "validation_accuracy", "validation_macro_f1"):
            assert row[name] == pytest.approx((row[f"{name}_a"] + row[f"{name}_b"]) / 2)
        assert row["train_loss"] == pytest.approx((60 * row["train_loss_a"] + 30 * row["train_loss_b"]) / 90)
        assert row["train_accuracy"] == pytest.approx(
            (60 * row["train_accuracy_a"] + 30 * row["train_accuracy_b"]) / 90
        )


def test_a_corpus_that_holds_nothing_out_is_not_in_the_mean(monkeypatch):
    first, second = corpora()
    found = together(monkeypatch, [first, Corpus("b", second.train, None)])
    row = found.history[-1]
    assert row["validation_macro_f1"] == row["validation_macro_f1_a"] and "validation_loss_b" not in row
    assert "train_loss_b" in row


def test_the_best_epoch_is_that_of_the_mean(monkeypatch):
    found = together(monkeypatch, learning_rate=0.3, epochs=6, best="macro_f1")
    scores = [row["validation_macro_f1"] for row in found.history]
    assert found.model.card["epoch"] == 1 + int(np.argmax(scores))


def test_weights_of_corpora(monkeypatch):
    plain = together(monkeypatch, corpus_weights=(1.0, 1.0))
    assert F.same(weights(plain), weights(together(monkeypatch)))
    parts = [Corpus("a", F.dataset(), None), Corpus("b", F.dataset(30, 5, names=EMOTIONS), None)]
    nothing = together(monkeypatch, parts, corpus_weights=(1.0, 1e-30), weight_decay=0, clip=0)
    start = together(monkeypatch, parts, learning_rate=1e-30, weight_decay=0)
    # Adam's steps do not depend on the size of a gradient above its epsilon (1e-8); far below it there are none
    assert torch.allclose(nothing.models["b"].module.output.weight, start.models["b"].module.output.weight, atol=1e-12)
    assert not torch.allclose(nothing.model.module.output.weight, start.model.module.output.weight, atol=1e-3)
    rows = [together(monkeypatch, corpus_weights=(1.0, 3.0)).history[0][f"train_loss_{name}"] for name in "ab"]
    assert all(0 < one < 2 for one in rows)  # history shows losses as they are, without weights


def test_the_loss_of_a_batch_is_that_of_its_corpus(monkeypatch):
    seen = []
    whole = GradientTrainer.compute_loss

    def listen(self, model, inputs, *args, **values):
        seen.append((inputs["corpus"], inputs["labels"].ndim, self.objective.__self__.name))
        return whole(self, model, inputs, *args, **values)

    monkeypatch.setattr(GradientTrainer, "compute_loss", listen)
    together(monkeypatch, epochs=1)
    assert sorted(set(seen)) == [(0, 1, "a"), (1, 2, "b")] and len(seen) == 12


def test_a_scale_is_for_the_corpora_that_have_one(monkeypatch):
    first, second = corpora()
    stars = Labels(first.train.labels.names, ordered=True)
    rated = Corpus("a", *(type(one)(one.frame, one.task, stars, "stars") for one in (first.train, first.validation)))
    together(monkeypatch, [rated, second], ordinal=1.0, epochs=1)
    with pytest.raises(RecipeError, match=r"^--ordinal is for labels on a scale, but those of 'toy'"):
        together(monkeypatch, ordinal=1.0)


# what an epoch holds


@pytest.mark.parametrize(
    ("batches", "sizes", "mixing", "expected"),
    [
        ([10, 2], [80, 16], Mixing.SIZE, [10, 2]),
        ([10, 2], [80, 16], Mixing.EVEN, [6, 6]),
        ([9, 4], [72, 32], Mixing.EVEN, [7, 6]),
        ([9, 1], [81, 9], Mixing.SQRT, [8, 2]),  # square roots 9 : 3, so 7.5 : 2.5
        ([100, 1], [100_000, 1], Mixing.SQRT, [100, 1]),
        ([3, 1, 1], [30, 10, 10], Mixing.EVEN, [2, 2, 1]),
        ([5], [40], Mixing.EVEN, [5]),
    ],
)
def test_quotas(batches, sizes, mixing, expected):
    assert quotas(batches, sizes, mixing) == expected


def _mixed(mixing, sizes=(53, 20), size=4, seed=3, **values):
    random = np.random.default_rng(0)
    return Mixed(
        [Batches(random.integers(1, 30, count), size, seed, grouped=True, **values) for count in sizes], mixing
    )


def test_by_size_every_row_comes_once_an_epoch():
    mixed = _mixed(Mixing.SIZE)
    for epoch in range(2):
        found = mixed.order(epoch)
        assert len(found) == len(mixed) == 14 + 5
        for corpus, count in ((0, 53), (1, 20)):
            rows = np.concatenate([batch for one, batch in found if one == corpus])
            assert sorted(rows) == list(range(count))
    assert [one for one, _ in mixed.order(0)] != [one for one, _ in mixed.order(1)]


def test_evenly_a_large_corpus_is_gone_through_over_several_epochs():
    mixed = _mixed(Mixing.EVEN)
    assert mixed.quotas == [10, 9]
    found = [pair for epoch in range(7) for pair in mixed.order(epoch)]  # 70 batches of the first: five times its 14
    rows = np.concatenate([batch for corpus, batch in found if corpus == 0])
    assert np.array_equal(np.bincount(rows), np.full(53, 5))
    small = np.concatenate([batch for corpus, batch in found if corpus == 1])
    counts = np.bincount(small, minlength=20)  # 63 batches of 5: twelve times and three batches more
    assert set(counts) == {12, 13} and counts.sum() == len(small)


def test_the_order_follows_from_the_seed_and_the_longest_text_comes_first():
    mixed = _mixed(Mixing.SIZE)
    again = _mixed(Mixing.SIZE)
    for (one, batch), (other, same) in zip(mixed.order(4), again.order(4), strict=True):
        assert one == other and np.array_equal(batch, same)
    corpus, batch = mixed.order(0)[0]
    longest = max(int(one.lengths.max()) for one in mixed.corpora)
    assert int(mixed.corpora[corpus].lengths[batch].max()) == longest
    assert [c for c, _ in _mixed(Mixing.SIZE, seed=4).order(0)] != [c for c, _ in mixed.order(0)]


def test_processes_draw_the_same_corpus_and_share_its_batch():
    ranks = [_mixed(Mixing.EVEN, size=2, processes=2, rank=rank) for rank in range(2)]
    whole = _mixed(Mixing.EVEN).order(0)
    for first, second, (corpus, batch) in zip(*(list(one) for one in ranks), whole, strict=True):
        assert first.corpus == second.corpus == corpus and first.total == second.total == len(batch)
        assert sorted([*first.pieces, *(second.pieces if not second.idle else [])]) == sorted(batch)


def test_what_an_epoch_holds_is_told(monkeypatch, told):
    together(monkeypatch, mixing="even", epochs=1)
    assert told[0] == "Batches of an epoch: 12; a 6 (0.75 × its rows), b 6 (1.50 × its rows)."


# interrupts


class StopError(Exception):
    pass


class Stopper(F.Ear):
    def __init__(self, last):
        super().__init__()
        self.last = last

    def step(self, step, values):
        if step == self.last:
            raise StopError


@pytest.mark.parametrize("mixing", ["size", "even"])
@pytest.mark.parametrize("last", [2, 7, 12, 20])
def test_stopped_and_resumed_is_as_if_undisturbed(monkeypatch, tmp_path, mixing, last):
    values = {"mixing": mixing, "checkpoint_every": 3, "epochs": 3, "learning_rate": 0.05}
    whole = together(monkeypatch, workspace=Workspace(tmp_path / "whole"), **values)
    with pytest.raises(StopError):
        together(monkeypatch, workspace=Workspace(tmp_path / "part", listeners=(Stopper(last),)), **values)
    ear = F.Ear()
    again = together(monkeypatch, workspace=Workspace(tmp_path / "part", True, (ear,)), **values)
    assert ear.facts["resumed_at"] == max(step for step in (0, 3, 6, 9, 12, 15, 18, 21, 24) if step < last or step == 0)
    assert F.same(weights(whole), weights(again)) and history(whole) == history(again)


def test_without_a_folder_the_best_weights_are_kept_in_memory(monkeypatch, tmp_path):
    values = {"learning_rate": 0.5, "epochs": 6, "best": "loss", "schedule": "constant"}
    kept = together(monkeypatch, workspace=Workspace(tmp_path), **values)
    assert F.same(weights(kept), weights(together(monkeypatch, **values)))
    assert kept.model.card["epoch"] < 6


# which parameters


def _heads():
    torch.manual_seed(0)
    first, second = F.TinyModule(2, 0), F.TinyModule(3, 0)
    share(first, second, head(first))
    return Heads([first, second])


def test_levels_and_groups_are_those_of_the_trunk():
    heads = _heads()
    names = [name for name, _ in heads.named_parameters()]
    assert [name for name in names if name.startswith("parts.1.")] == ["parts.1.output.weight", "parts.1.output.bias"]
    assert levels(heads) == [[f"parts.0.{name}" for name in level] for level in levels(F.TinyModule(2, 0))]
    groups = parameter_groups(heads, F.settings(layer_decay=0.5, learning_rate=1.0))
    rates = {id(one): group["lr"] for group in groups for one in group["params"]}
    assert rates[id(heads.parts[0].embedding.weight)] == 0.25
    assert rates[id(heads.parts[0].output.weight)] == rates[id(heads.parts[1].output.weight)] == 1.0
    freeze(heads.parts[0], -1)
    learning = {name for name, one in heads.named_parameters() if one.requires_grad}
    assert learning == {f"parts.{at}.output.{kind}" for at in (0, 1) for kind in ("weight", "bias")}


# encoders and networks


ENCODERS = _module("encoder_fixtures", HERE.parent / "models")


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encoder") / "bert"
    ENCODERS.write_checkpoint("bert", folder)
    return folder


def _encoder_corpora():
    return [
        Corpus("sentiment", ENCODERS.dataset(), ENCODERS.dataset()),
        Corpus("emotion", ENCODERS.dataset(EMOTIONS, Task.MULTI_LABEL), ENCODERS.dataset(EMOTIONS, Task.MULTI_LABEL)),
    ]


def _encoder_recipe(checkpoint, **values):
    given = {"epochs": 1, "batch_size": 8, "max_length": 16, "precision": "fp32", **values}
    return Recipe.from_keywords(str(checkpoint), given)


@pytest.mark.parametrize("values", [{}, {"lora": 2}, {"wide": True, "wide_bits": 10}, {"gradient_checkpointing": True}])
def test_encoders_are_saved_as_ordinary_models(checkpoint, tmp_path, values):
    if "lora" in values:
        pytest.importorskip("peft")
    from maeum.models import load

    found = fit_together(_encoder_corpora(), _encoder_recipe(checkpoint, **values))
    trunks = []
    for name, model in found.models.items():
        model.save(tmp_path / name)
        loaded = load(tmp_path / name)
        texts = ["재밌다", "별로 지루하다", ""]
        assert np.allclose(loaded.predict(texts).probabilities, model.predict(texts).probabilities, atol=1e-6)
        assert loaded.labels.names == model.labels.names and loaded.task is model.task
        state = {key: one for key, one in loaded.module.state_dict().items() if key.startswith("bert.")}
        assert state and not any("lora" in key for key in loaded.module.state_dict())
        trunks.append(state)
    assert F.same(*trunks)


def test_training_goes_on_from_a_common_trunk(checkpoint, tmp_path):
    first, second = _encoder_corpora()
    found = fit_together([first, second], _encoder_recipe(checkpoint))
    found.models["emotion"].save(tmp_path / "emotion")
    recipe = _encoder_recipe(tmp_path / "emotion", freeze=-1)
    again = fit(first.train, first.validation, recipe)
    trunk = {name: one for name, one in F.weights(again).items() if name.startswith("bert.")}
    assert F.same(trunk, {name: one for name, one in F.weights(found).items() if name in trunk})


def test_pairs_stand_beside_texts_and_have_no_ngrams(checkpoint, told):
    parts = [_encoder_corpora()[0], Corpus("pairs", ENCODERS.dataset(task=Task.PAIR), ENCODERS.dataset(task=Task.PAIR))]
    found = fit_together(parts, _encoder_recipe(checkpoint, wide=True, wide_bits=10))
    first, pairs = found.models.values()
    assert first.wide is not None and first.settings.wide and pairs.wide is None and not pairs.settings.wide
    assert pairs.task is Task.PAIR and pairs.predict([("재밌다", "지루하다")]).probabilities.shape == (1, 2)
    assert "pairs: no n-grams beside the encoder, which are for single texts." in told


def test_one_encoder_is_trained_as_if_alone_bit_for_bit(checkpoint):
    recipe, corpus = _encoder_recipe(checkpoint), _encoder_corpora()[0]
    alone, found = fit(corpus.train, corpus.validation, recipe), fit_together([corpus], recipe)
    assert F.same(F.weights(alone), F.weights(found))


@pytest.mark.parametrize("family", ["cnn", "birnn"])
def test_networks_have_their_units_in_common(family, tmp_path):
    from maeum.models import load

    size = {"filters": 4} if family == "cnn" else {"hidden": 4}
    values = {"epochs": 1, "embedding": 8, "min_texts": 1, "max_length": 16, **size}
    found = fit_together(_encoder_corpora(), Recipe.from_keywords(family, values))
    first, second = found.models.values()
    assert first.tokens.spec == second.tokens.spec
    assert torch.equal(first.module.embedding.weight, second.module.embedding.weight)
    assert first.module.body is second.module.body
    second.save(tmp_path / "model")
    loaded = load(tmp_path / "model")
    assert np.allclose(loaded.predict(["재밌다"]).probabilities, second.predict(["재밌다"]).probabilities, atol=1e-6)


# what is refused


def test_what_cannot_be_trained_together():
    with pytest.raises(UsageError) as caught:
        check_together(Recipe(model=LinearSettings()), ["a", "b"])
    assert str(caught.value) == (
        "Several corpora share what a network or an encoder learns, but 'linear' learns nothing that could be shared. Choose "
        "another with --model (birnn, birnn-wide, cnn, cnn-wide, encoder, rnn, rnn-wide, small), or train on each corpus by "
        "itself."
    )
    cnn = Recipe.from_keywords("cnn", {"corpus_weights": [1, 2, 3]})
    with pytest.raises(RecipeError) as wrong:
        check_together(cnn, ["a", "b"])
    assert str(wrong.value) == (
        "--corpus-weights 1, 2, 3: expected 2 numbers, one for each corpus in the order of --data (a, b)."
    )
    with pytest.raises(UsageError, match=r"^A student learns from its teacher on one corpus, but there are several"):
        check_together(Recipe.from_keywords("cnn", {}).model_copy(update={"teaching": TeachingSettings()}), ["a", "b"])


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"mixing": "even"}, "--mixing"),
        ({"mixing": "sqrt", "corpus_weights": [2]}, "--mixing, --corpus-weights"),
    ],
)
def test_one_corpus_has_no_mixing(values, names):
    with pytest.raises(RecipeError) as caught:
        fit(F.dataset(), None, Recipe.from_keywords("cnn", values))
    assert (
        str(caught.value) == f"{names}: there is only one corpus. Name a second with another --data, or leave this out."
    )


def test_a_recipe_of_several_corpora_is_not_trained_on_one():
    recipe = Recipe.from_keywords("cnn", {})
    recipe = recipe.model_copy(update={"data": recipe.data.model_copy(update={"source": "kote", "also": ("nsmc",)})})
    with pytest.raises(UsageError) as caught:
        fit(F.dataset(), None, recipe)
    assert str(caught.value) == (
        "The recipe names further corpora to train on together (nsmc), which only `maeum train` can do. Take `also` out of "
        "its data."
    )


def test_each_corpus_is_checked():
    bare = F.dataset()
    bare = type(bare)(bare.frame.drop("label"), bare.task, None, "bare")
    with pytest.raises(DataError, match="'bare'"):
        fit_together([corpora()[0], Corpus("bare", bare, None)], Recipe.from_keywords("cnn", {}))
    pairs = Corpus("pairs", ENCODERS.dataset(task=Task.PAIR), None)
    with pytest.raises(ModelError, match="pair"):
        fit_together([corpora()[0], pairs], Recipe.from_keywords("cnn", {}))


# several processes

WORKER = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
import torch
from pathlib import Path
import gradient_fixtures as F
from maeum.recipe import Recipe
from maeum.schema import Task
from maeum.training import gradient
from maeum.training.corpora import Corpus
from maeum.training.gradient import fitting
from maeum.training.listeners import Workspace
fitting.family = lambda _name: F.tiny_family(0)
names = ("x", "y", "z")
parts = [Corpus("a", F.dataset(53), F.dataset(40, 1)),
         Corpus("b", F.dataset(21, 5, Task.MULTI_LABEL, names), F.dataset(20, 6, Task.MULTI_LABEL, names))]
recipe = Recipe(model=F.TinySettings(), training=F.settings(**json.loads(sys.argv[3])))
folder = Path(sys.argv[2])
found = gradient.fit_together(parts, recipe, Workspace(folder))
rank = os.environ.get("RANK", "0")
torch.save({n + k: v for n, m in found.models.items() for k, v in m.module.state_dict().items()}, folder / f"{rank}.pt")
(folder / f"{rank}.json").write_text(json.dumps([dict(row) for row in found.history]))
"""


def _run(folder, processes, **values):
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = folder / "worker.py"
    script.write_text(WORKER)
    launcher = ["-m", "torch.distributed.run", "--nproc-per-node", str(processes), "--master-port", str(port)]
    command = [sys.executable, *(launcher if processes > 1 else []), str(script), str(HERE), str(folder)]
    done = subprocess.run([*command, json.dumps(values)], check=False, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    found = [torch.load(folder / f"{rank}.pt", weights_only=True) for rank in range(processes)]
    return json.loads((folder / "0.json").read_text()), found


@pytest.mark.slow
def test_two_processes_are_one_with_twice_the_batch(tmp_path):
    values = {"epochs": 2, "mixing": "even"}
    one, (alone,) = _run(tmp_path / "one", 1, batch_size=8, **values)
    two, (first, second) = _run(tmp_path / "two", 2, batch_size=4, **values)
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert all(torch.allclose(first[name], alone[name], atol=1e-4) for name in first)
    for name in ("train_loss", "train_loss_b", "validation_loss_a", "validation_macro_f1"):
        assert [row[name] for row in two] == pytest.approx([row[name] for row in one], abs=1e-4)
        assert all(math.isfinite(row[name]) for row in two)
