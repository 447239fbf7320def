"""The one trainer on a tiny network: determinism, choice of the epoch, what is told, failures."""

import importlib.util
import math
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch

from maeum.errors import ModelError, OutputError, RecipeError
from maeum.progress import Silent, report_to
from maeum.runs import HISTORY_COLUMNS
from maeum.schema import Task
from maeum.training.gradient import checkpoints, device, fitting
from maeum.training.gradient.data import Batches, Share
from maeum.training.gradient.trainer import GradientTrainer
from maeum.training.listeners import Workspace


def _fixtures():
    path = Path(__file__).with_name("gradient_fixtures.py")
    spec = importlib.util.spec_from_file_location("gradient_fixtures", path)
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    if not hasattr(module, "train"):
        spec.loader.exec_module(module)
    return module


F = _fixtures()


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


def test_same_seed_same_weights_other_seed_others(monkeypatch):
    first, again = F.train(monkeypatch, seed=3), F.train(monkeypatch, seed=3)
    assert F.same(F.weights(first), F.weights(again))
    assert not F.same(F.weights(first), F.weights(F.train(monkeypatch, seed=4)))


def test_history_listeners_and_the_kept_epoch(monkeypatch, told):
    ear = F.Ear()
    trained = F.train(monkeypatch, validation=F.dataset(40, 1), workspace=Workspace(listeners=(ear,)), epochs=4)
    assert ear.facts["steps_per_epoch"] == 8 and ear.facts["epochs"] == 4 and ear.facts["rows"] == 60
    assert ear.facts["resumed_at"] == 0 and ear.facts["validated"] is True
    assert ear.facts["parameters"] == ear.facts["trainable"] == 64 * 8 + 16 + 18
    assert ear.facts["recipe"]["training"]["epochs"] == 4
    assert [step for step, _ in ear.steps] == list(range(1, 33))
    assert all(set(values) == {"train_loss", "learning_rate", "grad_norm"} for _, values in ear.steps)
    assert [tuple(row) for row in ear.rows] == [HISTORY_COLUMNS] * 4
    assert [(row["epoch"], row["step"]) for row in ear.rows] == [(1, 8), (2, 16), (3, 24), (4, 32)]
    assert list(trained.history) == ear.rows
    best = max(ear.rows, key=lambda row: (row["validation_macro_f1"], -row["epoch"]))["epoch"]
    assert trained.model.card["epoch"] == best
    assert told == [f"Kept: the weights of epoch {best} of 4."]
    assert trained.model.module.training is False


def test_the_kept_weights_are_those_of_the_best_epoch(monkeypatch):
    validation = F.dataset(40, 1)
    trained = F.train(monkeypatch, validation=validation, epochs=5, best="loss", learning_rate=0.3, schedule="constant")
    kept = trained.model.card["epoch"]
    losses = [row["validation_loss"] for row in trained.history]
    assert losses[kept - 1] == min(losses) and kept < 5
    p = trained.model.predict(validation.texts).probabilities[np.arange(40), validation.targets]
    assert -np.log(p).mean() == pytest.approx(min(losses), abs=1e-6)


def test_stops_when_nothing_gets_better(monkeypatch, told):
    trained = F.train(monkeypatch, validation=F.dataset(40, 1), epochs=50, best="loss", patience=2, learning_rate=0.5)
    losses = [row["validation_loss"] for row in trained.history]
    kept = trained.model.card["epoch"]
    assert len(losses) == kept + 2 < 50 and min(losses[-2:]) >= losses[kept - 1]
    assert told[0] == f"Stopped after epoch {kept + 2}: none of the last 2 was better than the best before them."


def test_without_validation_the_last_epoch_is_kept(monkeypatch, told):
    trained = F.train(monkeypatch, patience=1)
    assert trained.model.card["epoch"] == 3 and told == []
    assert trained.history[-1]["validation_loss"] is None


def test_accumulated_batches_are_one_large_batch(monkeypatch):
    whole = F.train(monkeypatch, dropout=0, batch_size=12, padding="full", max_length=20, epochs=1)
    parts = F.train(monkeypatch, dropout=0, batch_size=4, accumulation=3, padding="full", max_length=20, epochs=1)
    for name, one in F.weights(whole).items():
        assert torch.allclose(one, F.weights(parts)[name], atol=1e-5), name


def test_the_last_uneven_accumulation_counts_examples_not_batches(monkeypatch):
    data = F.dataset(14)  # 3 batches of 4 and one of 2
    whole = F.train(monkeypatch, data=data, dropout=0, batch_size=16, padding="full", max_length=20, epochs=1)
    parts = F.train(
        monkeypatch, data=data, dropout=0, batch_size=4, accumulation=4, padding="full", max_length=20, epochs=1
    )
    for name, one in F.weights(whole).items():
        assert torch.allclose(one, F.weights(parts)[name], atol=1e-5), name


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("linear", [0.0, 0.25, 0.5, 0.75, 1.0, 0.75, 0.5, 0.25]),
        ("constant", [0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 1.0, 1.0]),
        ("cosine", [0.0, 0.25, 0.5, 0.75, *((1 + math.cos(math.pi * at / 4)) / 2 for at in range(4))]),
    ],
)
def test_learning_rates(monkeypatch, schedule, expected):
    ear = F.Ear()
    values = {"epochs": 1, "warmup": 0.5, "schedule": schedule, "learning_rate": 0.02}
    F.train(monkeypatch, workspace=Workspace(listeners=(ear,)), **values)
    assert [values["learning_rate"] for _, values in ear.steps] == pytest.approx([0.02 * one for one in expected])


def test_several_labels_get_thresholds(monkeypatch):
    names = ("기쁨", "슬픔", "분노")
    data = F.dataset(60, 0, Task.MULTI_LABEL, names)
    validation = F.dataset(40, 1, Task.MULTI_LABEL, names)
    trained = F.train(
        monkeypatch, data=data, validation=validation, epochs=6, class_weight="balanced", label_smoothing=0.05
    )
    assert trained.model.thresholds.shape == (3,) and (trained.model.thresholds != 0.5).any()
    assert trained.history[-1]["train_loss"] < trained.history[0]["train_loss"]
    assert trained.model.predict(["abc"]).several


def test_balanced_weights_and_focus_change_what_is_learnt(monkeypatch):
    plain = F.weights(F.train(monkeypatch))
    for values in (
        {"class_weight": "balanced"},
        {"focal": 2.0},
        {"label_smoothing": 0.1},
        {"weight_decay": 0.5},
        {"clip": 0},
    ):
        assert not F.same(plain, F.weights(F.train(monkeypatch, **values))), values


def test_truncated_and_windowed_texts_are_counted(monkeypatch, told):
    data = F.dataset()
    long = sum(len(text) > 8 for text in data.texts)
    windows = sum(-(-len(text) // 8) for text in data.texts)
    F.train(monkeypatch, data=data, max_length=8, epochs=1)
    ear = F.Ear()
    F.train(monkeypatch, data=data, max_length=8, epochs=1, long_texts="window", workspace=Workspace(listeners=(ear,)))
    share = f"{100 * long / 60:.1f}"
    assert told == [
        f"{long} of the training texts ({share} %) are longer than 8 tokens{end}"
        for end in (
            "; their end is cut off. To see all of it: --long-texts window, or a larger --max-length.",
            f" and are cut into windows: {windows} examples in all.",
        )
    ]
    assert ear.facts["steps_per_epoch"] == -(-windows // 8)


def test_not_a_number_stops_and_keeps_what_was_good(monkeypatch, tmp_path):
    whole = GradientTrainer.compute_loss

    def broken(self, model, inputs, *args, **values):
        if self.state.global_step == 10:
            self.objective = lambda logits, labels: logits.sum(dim=1) * math.nan
        return whole(self, model, inputs, *args, **values)

    monkeypatch.setattr(GradientTrainer, "compute_loss", broken)
    with pytest.raises(ModelError) as caught:
        F.train(monkeypatch, workspace=Workspace(tmp_path), warmup=0, schedule="constant")
    assert str(caught.value) == (
        "The loss stopped being a number in epoch 2, update 11, at a learning rate of 0.01. Lower --learning-rate "
        "(it is 0.01), for instance to a third, or raise --warmup. The last checkpoint before it is kept."
    )
    assert [path.name for path in (tmp_path / "checkpoints").iterdir()] == ["update-00000008"]


@pytest.mark.parametrize(
    "error",
    [torch.OutOfMemoryError("CUDA out of memory"), RuntimeError("DefaultCPUAllocator: can't allocate memory: 9 bytes")],
)
def test_out_of_memory_says_what_to_lower(monkeypatch, error):
    def full(*_args, **_values):
        raise error

    monkeypatch.setattr(GradientTrainer, "compute_loss", full)
    with pytest.raises(ModelError) as caught:
        F.train(monkeypatch)
    assert str(caught.value) == (
        "Memory does not suffice for batches of 8 texts of up to 128 tokens. Lower --batch-size (and raise --accumulation "
        "by as much: the result stays the same), lower --max-length, or for an encoder add --gradient-checkpointing."
    )


def test_other_errors_pass(monkeypatch):
    def defect(*_args, **_values):
        raise RuntimeError("shapes")

    monkeypatch.setattr(GradientTrainer, "compute_loss", defect)
    with pytest.raises(RuntimeError, match=r"^shapes$"):
        F.train(monkeypatch)


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), RuntimeError("PytorchStreamWriter failed writing")]
)
def test_full_disk_keeps_the_checkpoint_before(monkeypatch, tmp_path, error):
    whole = GradientTrainer._save_optimizer_and_scheduler

    def full(self, folder):
        if self.state.global_step == 16:
            raise error
        whole(self, folder)

    monkeypatch.setattr(GradientTrainer, "_save_optimizer_and_scheduler", full)
    with pytest.raises(OutputError) as caught:
        F.train(monkeypatch, workspace=Workspace(tmp_path))
    place = tmp_path / "checkpoints"
    assert str(caught.value) == (
        f"The disk is full, so no checkpoint can be written to '{place}'. The checkpoints before it are whole: make room, "
        "and go on with --resume."
    )
    assert checkpoints.newest(place).folder.name == "update-00000008"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"lora": 4}, "--lora is for encoders, not for this model. Leave it out."),
        (
            {"gradient_checkpointing": True},
            "--gradient-checkpointing is for encoders, not for this model. Leave it out.",
        ),
        ({"lora": 4, "freeze": 1}, "--lora freezes all but its own matrices and the head already. Leave --freeze out."),
        (
            {"freeze": 3},
            "--freeze 3: the model has 1 layers below its head. Give at most as many, or -1 for all but the head.",
        ),
    ],
)
def test_settings_that_do_not_fit(monkeypatch, values, message):
    with pytest.raises(RecipeError) as caught:
        F.train(monkeypatch, **values)
    assert str(caught.value) == message


def test_half_precision_needs_a_gpu(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(
        RecipeError, match=r"^--precision fp16: the device cannot compute with it\. Use --precision auto\.$"
    ):
        F.train(monkeypatch, precision="fp16")


def test_bf16_and_afterwards_fp32_again(monkeypatch):
    before = F.weights(F.train(monkeypatch, epochs=1))
    low = F.train(monkeypatch, epochs=1, precision="bf16")
    assert not F.same(before, F.weights(low))
    assert low.model.module.output.weight.dtype == torch.float32
    assert F.same(before, F.weights(F.train(monkeypatch, epochs=1)))


def test_frozen_layers_do_not_move(monkeypatch):
    torch.manual_seed(0)
    trained = F.train(monkeypatch, freeze=-1, epochs=1)
    fitting.set_seed(0)
    start = F.TinyModule(2, 0.3).state_dict()
    now = F.weights(trained)
    assert torch.equal(start["embedding.weight"], now["embedding.weight"])
    assert not torch.equal(start["output.weight"], now["output.weight"])
    assert all(one.requires_grad for one in trained.model.module.parameters())


def test_batches_are_grouped_by_length_and_differ_by_epoch():
    lengths = np.random.default_rng(0).integers(1, 100, 1000)
    batches = Batches(lengths, 10, 7, grouped=True)
    order = batches.order(0)
    assert sorted(np.concatenate(order)) == list(range(1000)) and len(batches) == 100
    assert np.mean([np.ptp(lengths[batch]) for batch in order]) < 5
    assert lengths[order[0]].max() == lengths.max()
    assert [one.tolist() for one in order] == [one.tolist() for one in batches.order(0)]
    assert np.concatenate(order).tolist() != np.concatenate(batches.order(1)).tolist()
    random = Batches(lengths, 10, 7, grouped=False).order(0)
    assert np.mean([np.ptp(lengths[batch]) for batch in random]) > 50


def test_processes_share_a_batch_and_an_idle_one_says_so():
    lengths = np.arange(1, 8)
    ranks = [list(Batches(lengths, 2, 0, grouped=False, processes=3, rank=rank)) for rank in range(3)]
    assert [[len(share.pieces) for share in rank] for rank in ranks] == [[2, 1], [2, 1], [2, 1]]
    assert [[share.idle for share in rank] for rank in ranks] == [[False, False], [False, True], [False, True]]
    assert {share.total for rank in ranks for share in rank} == {6, 1}
    seen = [piece for rank in ranks for share in rank if not share.idle for piece in share.pieces.tolist()]
    assert sorted(seen) == list(range(7))
    assert isinstance(ranks[0][0], Share)


def test_no_more_threads_than_cores(monkeypatch):
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(4)
        monkeypatch.setattr(device, "cores", lambda: 2)
        device.use_cores()
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_nothing_is_printed(monkeypatch, capfd):
    F.train(monkeypatch, validation=F.dataset(40, 1))
    assert capfd.readouterr() == ("", "")
