"""Packing, masking, and pretraining on a tiny corpus."""

import csv
import json
import math
import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from maeum.training import pretraining
from maeum.training.pretraining import PretrainConfig, build, pack, pretrain, word_start_flags
from maeum.training.pretraining_data import Masking, Order, attention, mask_words, one_each, positions, rate
from maeum.training.pretraining_model import lm_logits, trunk

PAD, CLS, SEP, UNK, MASK = range(5)
SPECIAL = (PAD, CLS, SEP, UNK, MASK)
V = 40
TINY = PretrainConfig(
    vocabulary=V,
    mask=MASK,
    special=SPECIAL,
    steps=12,
    batch=8,
    learning_rate=5e-3,
    layers=1,
    width=16,
    heads=2,
    inner=32,
    embedding=8,
    positions=32,
    generator=0.5,
    evaluate_every=4,
    checkpoint_every=4,
)


def corpus(count=300, seed=0):
    """Texts in which each token says the next one: 5 6 7 …, from a random beginning."""
    draw = np.random.default_rng(seed)
    texts = []
    for _ in range(count):
        start, length = draw.integers(5, 9), draw.integers(3, 12)
        ids = 5 + (start - 5 + np.arange(length)) % (V - 5)
        texts.append(np.concatenate([[CLS], ids, [SEP]]))
    return texts


BLOCKS, SEGMENTS = pack(corpus(), 32, SEP)
HELD_OUT = pack(corpus(60, seed=1), 32, SEP)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.integers(3, 30), max_size=40), max_size=30),
    st.integers(1, 24),
)
def test_packing_loses_no_token_and_mixes_no_documents(documents, block):
    blocks, segments = pack([np.array(one, np.int64) for one in documents], block, SEP)
    assert blocks.shape == segments.shape == (len(blocks), block)
    assert blocks.dtype == segments.dtype == np.int32
    found = []
    for ids, owner in zip(blocks, segments, strict=True):
        count = owner.max()
        filled = owner > 0
        assert filled[: filled.sum()].all()  # what is free lies at the end
        assert (ids[~filled] == SEP).all()
        assert (np.diff(owner[filled]) >= 0).all()
        found += [tuple(ids[owner == number].tolist()) for number in range(1, count + 1)]
    expected = []
    for one in documents:
        whole = [*one, SEP] if one else []
        expected += [tuple(whole[start : start + block]) for start in range(0, len(whole), block)]
    assert sorted(found) == sorted(expected)


def test_blocks_of_short_documents_are_full():
    blocks, segments = pack(corpus(2000), 128, SEP)
    assert (segments > 0).mean() > 0.99
    assert len(blocks) <= math.ceil(sum(map(len, corpus(2000))) / 128) + 1


def test_a_separator_at_the_end_is_not_doubled_and_a_block_needs_room():
    blocks, segments = pack([np.array([CLS, 7, SEP]), np.array([8, 9])], 8, SEP)
    assert blocks.tolist() == [[CLS, 7, SEP, 8, 9, SEP, SEP, SEP]]
    assert segments.tolist() == [[1, 1, 1, 2, 2, 2, 0, 0]]
    with pytest.raises(ValueError, match=r"^block: expected at least 1 token, found 0$"):
        pack([], 0, SEP)


def test_documents_of_a_block_start_at_position_0_and_do_not_see_each_other():
    segments = torch.tensor([[1, 1, 1, 2, 2, 0]])
    assert positions(segments).tolist() == [[0, 1, 2, 0, 1, 0]]
    seen = attention(segments)
    assert seen.shape == (1, 1, 6, 6)
    assert seen[0, 0].int().tolist() == [
        [1, 1, 1, 0, 0, 0],
        [1, 1, 1, 0, 0, 0],
        [1, 1, 1, 0, 0, 0],
        [0, 0, 0, 1, 1, 0],
        [0, 0, 0, 1, 1, 0],
        [0, 0, 0, 0, 0, 1],
    ]


def test_a_packed_document_is_read_as_if_it_stood_alone():
    network = build(TINY).eval().discriminator.electra
    short, long = [CLS, 7, 8, SEP], [CLS, 20, 21, 22, 23, SEP]
    blocks, segments = (torch.from_numpy(one).long() for one in pack([np.array(long), np.array(short)], 16, SEP))
    with torch.no_grad():
        packed = trunk(network, blocks, segments)[0]
        assert torch.allclose(packed[:6], network(torch.tensor([long])).last_hidden_state[0], atol=1e-5)
        assert torch.allclose(packed[6:10], network(torch.tensor([short])).last_hidden_state[0], atol=1e-5)


def test_the_last_layer_goes_on_with_the_hidden_tokens_alone_and_finds_the_same():
    lm = build(replace(TINY, objective="mlm", layers=2)).eval().lm
    seen = []
    lm.electra.encoder.layer[-1].intermediate.register_forward_hook(lambda _m, _given, out: seen.append(out.shape))
    ids, segments = torch.from_numpy(BLOCKS[:4]).long(), torch.from_numpy(SEGMENTS[:4]).long()
    chosen = torch.zeros_like(ids, dtype=torch.bool)
    chosen[0, 3] = chosen[1, 5] = chosen[1, 6] = True
    with torch.no_grad():
        whole = lm.generator_lm_head(lm.generator_predictions(trunk(lm.electra, ids, segments)[chosen]))
        for picked in (chosen, torch.zeros_like(chosen)):
            logits = lm_logits(lm, ids, segments, picked)
            assert torch.allclose(logits, whole[: len(logits)], atol=1e-6)
            assert len(logits) == int(picked.sum())
        after = trunk(lm.electra, ids, segments)
    assert [shape[:2].numel() for shape in seen] == [ids.numel(), 3, 0, ids.numel()], "afterwards it is as it was"
    assert after.shape == (*ids.shape, 16)


def test_one_document_a_row_the_longest_first():
    rows, segments = one_each([np.array([CLS, 7]), np.array([CLS, 8, 9, 10, 11]), np.array([], np.int64)], 4, PAD)
    assert rows.tolist() == [[CLS, 8, 9, 10], [CLS, 7, PAD, PAD], [11, PAD, PAD, PAD]]
    assert segments.tolist() == [[1, 1, 1, 1], [1, 1, 0, 0], [1, 0, 0, 0]]


def test_groups_of_neighbours_stay_together_and_begin_elsewhere_each_epoch():
    order = Order(10, seed=0, group=4)
    epochs = [order.rows(8 * epoch, 8).reshape(-1, 4) for epoch in range(6)]
    for epoch in epochs:
        assert (np.diff(epoch, axis=1) == 1).all()
    assert len({int(epoch.min()) for epoch in epochs}) > 1
    assert np.concatenate([order.rows(0, 3), order.rows(3, 9)]).tolist() == order.rows(0, 12).tolist()
    assert sorted(Order(3, seed=0, group=4).rows(0, 3).tolist()) == [0, 1, 2]


def test_words_begin_by_the_mark_that_most_tokens_have():
    assert word_start_flags(["[CLS]", "가", "##나", "▁", "##다"]).tolist() == [True, True, False, True, False]
    assert word_start_flags(["[CLS]", "▁가", "나", "▁다"]).tolist() == [True, True, False, True]
    assert word_start_flags(["<s>", "ĠA", "B", "ĠC"]).tolist() == [True, True, False, True]
    assert word_start_flags(["가", "나"]).tolist() == [True, True]


RULES = Masking(V, MASK, SPECIAL)


def masked(seed=0, rules=RULES, starts=None):
    ids, segments = torch.from_numpy(BLOCKS).long(), torch.from_numpy(SEGMENTS)
    starts = torch.ones_like(ids, dtype=torch.bool) if starts is None else starts[ids]
    hidden, chosen = mask_words(ids, segments, starts, rules, torch.Generator().manual_seed(seed))
    return ids, segments, hidden, chosen


def test_masking_keeps_its_shares_and_leaves_special_tokens():
    rules = replace(RULES, special=(*SPECIAL, 10))
    ids, segments, hidden, chosen = masked(rules=rules)
    special = torch.isin(ids, torch.tensor(rules.special))
    ordinary = (segments > 0) & ~special
    assert not (chosen & ~ordinary).any()
    assert (hidden == ids)[~chosen].all()
    assert chosen.sum() / ordinary.sum() == pytest.approx(0.15, abs=0.015)  # blocks of 32 round
    to_mask, same = hidden[chosen] == MASK, hidden[chosen] == ids[chosen]
    assert to_mask.float().mean() == pytest.approx(0.8, abs=0.06)
    assert same.float().mean() == pytest.approx(0.1, abs=0.06)
    drawn = hidden[chosen][~to_mask]
    assert not torch.isin(drawn, torch.tensor(rules.special)).any()


def test_masking_is_the_same_for_the_same_seed_alone():
    assert torch.equal(masked(3)[2], masked(3)[2])
    assert not torch.equal(masked(3)[2], masked(4)[2])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.booleans(), min_size=V, max_size=V))
def test_words_are_hidden_whole(seed, flags):
    starts = torch.tensor(flags)
    ids, segments, _, chosen = masked(seed, starts=starts)
    for row, numbers, picked in zip(ids.tolist(), segments.tolist(), chosen.tolist(), strict=True):
        for at in range(1, len(row)):
            inside = row[at] not in SPECIAL and row[at - 1] not in SPECIAL and numbers[at] == numbers[at - 1]
            if inside and not flags[row[at]]:
                assert picked[at] == picked[at - 1]


def test_masked_share_holds_for_long_words_too():
    starts = torch.arange(V) % 3 == 0
    ids, segments, _, chosen = masked(starts=starts)
    ordinary = (segments > 0) & (ids >= 5)
    assert chosen.sum() / ordinary.sum() == pytest.approx(0.15, abs=0.02)


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (["[PAD]", "[CLS]", "재밌", "##었", "##는데", "!"], [True, True, True, False, False, True]),
        (["<pad>", "[MASK]", "▁재밌", "었", "는데", "▁"], [True, True, True, False, False, True]),
    ],
)
def test_word_starts_of_a_vocabulary(tokens, expected):
    assert word_start_flags(tokens).tolist() == expected


def test_order_goes_through_all_blocks_each_epoch_in_another_order():
    order = Order(7, seed=1)
    rows = np.concatenate([order.rows(start, 3) for start in range(0, 21, 3)])
    epochs = rows.reshape(3, 7)
    assert [sorted(one) for one in epochs.tolist()] == [list(range(7))] * 3
    assert epochs[0].tolist() != epochs[1].tolist()
    assert np.array_equal(Order(7, seed=1).rows(0, 21), rows)


def test_the_learning_rate_rises_and_falls_to_0():
    assert rate(0, 0.01, 0.1) == pytest.approx(0.1)
    assert rate(0.09, 0.01, 0.1) == pytest.approx(1)
    assert rate(0.55, 0.01, 0.1) == pytest.approx(0.5)
    assert rate(1, 0.01, 0.1) == 0
    assert rate(0, 0.01, 0) == 1


@pytest.mark.parametrize("objective", ["mlm", "electra"])
def test_loss_goes_down_and_the_history_tells(objective, tmp_path):
    heard = []
    config = replace(TINY, objective=objective, steps=60, evaluate_every=20, dropout=0.0, checkpoint_every=1000)
    rows = pretrain(config, BLOCKS, SEGMENTS, HELD_OUT, tmp_path / "run", tell=heard.append)
    assert rows == heard
    assert [row["step"] for row in rows] == [20, 40, 60]
    assert rows[-1]["tokens"] == 60 * 8 * 32
    assert rows[-1]["held_out_mlm_loss"] < rows[0]["held_out_mlm_loss"] - 0.2
    assert rows[-1]["held_out_mlm_loss"] < math.log(V - 5) - 0.8  # log: what a guess costs
    assert rows[-1]["held_out_mlm_accuracy"] > 2 / 14  # 14 ids occur
    assert rows[-1]["train_mlm_loss"] < rows[0]["train_mlm_loss"]
    assert rows[-1]["learning_rate"] < rows[0]["learning_rate"]
    assert ("held_out_rtd_recall" in rows[-1]) == (objective == "electra")
    with (tmp_path / "run" / "history.csv").open(encoding="utf-8") as file:
        assert [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)] == rows
    assert json.loads((tmp_path / "run" / "pretraining.json").read_text())["objective"] == objective


class Stopped(KeyboardInterrupt):
    pass


def interrupted(config, out, at):
    def tell(row):
        if row.get("step") == at:
            raise Stopped

    with pytest.raises(Stopped):
        pretrain(config, BLOCKS, SEGMENTS, HELD_OUT, out, tell=tell)


def without_time(rows):
    return [{name: value for name, value in row.items() if name not in ("seconds", "tokens_per_s")} for row in rows]


def weights(folder):
    from safetensors.torch import load_file

    return load_file(folder / "encoder" / "model.safetensors")


@pytest.mark.parametrize("objective", ["mlm", "electra"])
def test_a_resumed_training_equals_an_undisturbed_one(objective, tmp_path):
    config = replace(TINY, objective=objective, accumulation=2, evaluate_every=5, checkpoint_every=4)
    before = torch.random.get_rng_state()
    whole = pretrain(config, BLOCKS, SEGMENTS, HELD_OUT, tmp_path / "whole")
    assert torch.equal(torch.random.get_rng_state(), before)  # the caller's random state is its own
    interrupted(config, tmp_path / "cut", at=10)
    resumed = pretrain(config, BLOCKS, SEGMENTS, HELD_OUT, tmp_path / "cut", resume=True)
    assert without_time(resumed) == without_time(whole)
    first, second = weights(tmp_path / "whole"), weights(tmp_path / "cut")
    assert first.keys() == second.keys()
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert pretrain(config, BLOCKS, SEGMENTS, HELD_OUT, tmp_path / "cut", resume=True) == resumed  # nothing left to do


def test_a_damaged_checkpoint_falls_back_to_the_one_before(tmp_path):
    whole = pretrain(TINY, BLOCKS, SEGMENTS, None, tmp_path / "whole")
    interrupted(replace(TINY), tmp_path / "cut", at=12)
    (tmp_path / "cut" / "checkpoint.pt").write_bytes(b"half")
    heard = []
    resumed = pretrain(TINY, BLOCKS, SEGMENTS, None, tmp_path / "cut", resume=True, tell=heard.append)
    assert heard[0] == {"damaged": str(tmp_path / "cut" / "checkpoint.pt")}
    assert [row["train_loss"] for row in resumed] == [row["train_loss"] for row in whole]


def test_what_must_be_the_same_and_every_step_is_heard(tmp_path):
    heard = []
    config = replace(TINY, steps=4)
    pretrain(config, BLOCKS, SEGMENTS, None, tmp_path, origin={"tokenizer": "a"}, step=lambda *one: heard.append(one))
    assert heard == [(1, 0.25), (2, 0.5), (3, 0.75), (4, 1.0)]
    with pytest.raises(ValueError, match=r"another pretraining: tokenizer \(was a, is b\)$"):
        pretrain(config, BLOCKS, SEGMENTS, None, tmp_path, origin={"tokenizer": "b"}, resume=True)


def test_a_checkpoint_of_other_settings_or_data_is_refused(tmp_path):
    pretrain(replace(TINY, steps=4), BLOCKS, SEGMENTS, None, tmp_path)
    with pytest.raises(ValueError, match=r"another pretraining: steps \(was 4, is 12\)$"):
        pretrain(TINY, BLOCKS, SEGMENTS, None, tmp_path, resume=True)
    with pytest.raises(ValueError, match=r"another pretraining: data \(was \d+, is \d+\)$"):
        pretrain(replace(TINY, steps=4), BLOCKS[1:], SEGMENTS[1:], None, tmp_path, resume=True)
    with pytest.raises(FileExistsError, match="holds the checkpoint of a pretraining; resume it or take"):
        pretrain(TINY, BLOCKS, SEGMENTS, None, tmp_path)


def test_time_ends_a_training_with_the_learning_rate_run_down(tmp_path, monkeypatch):
    clock = iter(range(100_000))
    monkeypatch.setattr(pretraining.time, "perf_counter", lambda: float(next(clock)))
    rows = pretrain(replace(TINY, steps=10_000, max_seconds=60), BLOCKS, SEGMENTS, None, tmp_path)
    assert 4 < rows[-1]["step"] < 60
    assert rows[-1]["learning_rate"] < 0.1 * TINY.learning_rate
    assert (tmp_path / "encoder" / "model.safetensors").is_file()


def test_a_loss_that_is_no_number_stops_before_a_checkpoint(tmp_path):
    with pytest.raises(FloatingPointError, match=r"^steps 0 to 4: loss nan, gradient norm nan; lower learning_rate"):
        pretrain(replace(TINY, learning_rate=1e30, clip=1e30, warmup=0.0), BLOCKS, SEGMENTS, None, tmp_path)
    assert not (tmp_path / "checkpoint.pt").exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"objective": "gpt"}, "objective: expected electra or mlm, found 'gpt'"),
        ({"precision": "fp8"}, "precision: expected auto, fp32 or bf16, found 'fp8'"),
        ({"width": 15}, "width: expected a multiple of 2 heads, found 15"),
        ({"mask": 9}, r"mask: expected one of the special ids \(0, 1, 2, 3, 4\), found 9"),
        ({"positions": 16}, "positions: expected at least a block's 32 tokens, found 16"),
        ({"vocabulary": 12}, "blocks: expected ids from 0 to 11, found 1 to 18"),
    ],
)
def test_what_does_not_fit_is_refused(change, message, tmp_path):
    with pytest.raises(ValueError, match=f"^{message}$"):
        pretrain(replace(TINY, **change), BLOCKS, SEGMENTS, None, tmp_path)


@pytest.mark.parametrize("objective", ["mlm", "electra"])
def test_transformers_loads_the_folder_and_sees_the_same(objective, tmp_path):
    from transformers import AutoModel, AutoModelForMaskedLM, AutoModelForSequenceClassification

    network = build(replace(TINY, objective=objective)).eval()
    network.save(tmp_path)
    network.save(tmp_path)  # a second time replaces the first
    assert sorted(one.name for one in tmp_path.iterdir()) == (
        ["encoder"] if objective == "mlm" else ["encoder", "generator"]
    )
    ids = torch.tensor([[CLS, 7, 8, 9, SEP]])
    loaded = AutoModel.from_pretrained(tmp_path / "encoder").eval()
    with torch.no_grad():
        expected = network.encoder.electra(ids).last_hidden_state
        assert torch.equal(loaded(ids).last_hidden_state, expected)
    head = AutoModelForSequenceClassification.from_pretrained(tmp_path / "encoder", num_labels=3)
    assert head.config.num_labels == 3
    lm = AutoModelForMaskedLM.from_pretrained(tmp_path / ("encoder" if objective == "mlm" else "generator")).eval()
    with torch.no_grad():
        assert torch.equal(lm(ids).logits, network.lm(ids).logits)


def test_electra_shares_its_embeddings_and_its_generator_is_smaller():
    network = build(TINY)
    shared = network.discriminator.electra.embeddings.word_embeddings.weight
    assert network.lm.electra.embeddings.word_embeddings.weight is shared
    assert network.lm.generator_lm_head.weight is shared
    assert network.lm.config.hidden_size == 8
    assert network.discriminator.config.hidden_size == 16


def test_bfloat16_learns_too(tmp_path):
    rows = pretrain(replace(TINY, precision="bf16"), BLOCKS, SEGMENTS, None, tmp_path)
    assert math.isfinite(rows[-1]["train_loss"])


def saved_data(folder):
    np.save(folder / "blocks.npy", BLOCKS)
    np.save(folder / "segments.npy", SEGMENTS)
    np.save(folder / "starts.npy", np.ones(V, np.bool_))
    flags = ["--vocabulary", str(V), "--mask", "4", "--special", "0,1,2,3,4", "--held-out", "5", "--steps", "4"]
    for name in ("layers", "width", "heads", "inner", "embedding", "positions", "batch"):
        flags += [f"--{name}", str(getattr(TINY, name))]
    named = {"--blocks": "blocks.npy", "--segments": "segments.npy", "--word-starts": "starts.npy", "--out": "run"}
    return [*flags, *(part for flag, name in named.items() for part in (flag, str(folder / name)))]


def test_the_files_alone_run_where_polars_and_pydantic_are_missing(tmp_path):
    folder = Path(pretraining.__file__).parent
    for source in [*folder.glob("pretraining*.py"), folder / "cpu.py"]:
        (tmp_path / source.name).write_bytes(source.read_bytes())
    script = (
        "import sys, importlib.util\n"
        "for name in ('polars', 'pydantic', 'maeum', 'sklearn', 'pyarrow'): sys.modules[name] = None\n"
        f"spec = importlib.util.spec_from_file_location('pretraining', {str(tmp_path / 'pretraining.py')!r})\n"
        "module = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(module)\n"
        "module.main(sys.argv[1:])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *saved_data(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["step"] for row in rows] == [4]
    assert rows[0]["held_out_rtd_loss"] > 0
    assert (tmp_path / "run" / "encoder" / "model.safetensors").is_file()


@pytest.mark.slow
def test_two_processes_train_one_network(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "maeum.training.pretraining", *saved_data(tmp_path), "--accumulation", "2"]
    shared = {**os.environ, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port, "WORLD_SIZE": "2", "OMP_NUM_THREADS": "1"}
    running = [
        subprocess.Popen(command, env={**shared, "RANK": str(rank)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for rank in range(2)
    ]
    told = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    rows = [json.loads(line) for line in told[0][0].splitlines()]
    assert rows[-1]["tokens"] == 4 * 2 * 2 * TINY.batch * 32
    assert told[1][0] == b""
