"""The engine: order, duplicates, windows, budgets; the same answers however texts are cut into batches."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from maeum.engine import cores as cores_module
from maeum.engine.cores import cores
from maeum.engine.inference import Inference, Long, counting_long, windows_of
from maeum.engine.ordered import map_ordered, stopped
from maeum.engine.tokens import Encoded, average, batch_of, by_length
from maeum.progress import report_to

PAD = 0
LONGEST = 40  # tokens


class Toy:
    """A model whose logits are the sum and the number of a text's character codes; counts what it is asked."""

    def __init__(self, **settings: Any) -> None:
        self.texts: list[str] = []
        self.windows: list[int] = []
        self.shapes: list[tuple[int, ...]] = []
        self.threads: set[str] = set()
        self.ahead: list[int] = []
        self.computed = 0
        self.inference = Inference(encode=self.encode, score=self.score, pad=PAD, labels=2, **settings)

    def encode(self, texts: Sequence[str]) -> Encoded:
        self.texts += texts
        self.windows.append(len(texts))
        self.ahead.append(len(self.texts) - self.computed)
        self.threads.add(threading.current_thread().name)
        ids, owner = [], []
        for at, text in enumerate(texts):
            codes = np.array([ord(one) for one in text] or [1], np.int32)
            for start in range(0, len(codes), LONGEST):
                ids.append(codes[start : start + LONGEST])
                owner.append(at)
        return Encoded(ids, None, np.array(owner, np.int64))

    def score(self, batch: dict[str, NDArray[Any]]) -> NDArray[np.float32]:
        ids, mask = batch["input_ids"], batch["attention_mask"]
        assert (ids[mask == 0] == PAD).all()
        self.shapes.append(ids.shape)
        self.computed += len(ids)
        return np.stack([(ids * mask).sum(1), mask.sum(1)], axis=1).astype(np.float32)


def texts_of(count: int, seed: int = 0) -> list[str]:
    random = np.random.default_rng(seed)
    return ["가" * int(length) + str(at) for at, length in enumerate(random.integers(0, 30, count))]


def truth(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.array([[sum(map(ord, text)), len(text)] for text in texts], np.float32)


def test_answers_are_in_the_order_of_the_texts() -> None:
    texts = texts_of(500)
    assert Toy().inference.run(texts).tolist() == truth(texts).tolist()


@pytest.mark.parametrize(("budget", "window", "workers"), [(1, 1, 1), (64, 7, 1), (100, 50, 3), (10_000, 10_000, 2)])
def test_the_same_however_it_is_cut(budget: int, window: int, workers: int) -> None:
    texts = texts_of(300)
    toy = Toy(budget=budget, window=window, workers=workers)
    assert toy.inference.run(texts).tolist() == truth(texts).tolist()
    assert max(toy.windows) <= window
    assert all(rows * length <= max(budget, length) for rows, length in toy.shapes)


def test_few_texts_are_shared_out() -> None:
    toy = Toy(workers=3)
    toy.inference.run(["가" * 10 + str(at) for at in range(9)])
    assert sorted(toy.shapes) == [(3, 11)] * 3


def test_a_text_alone_is_the_text_among_others() -> None:
    texts = texts_of(40)
    together = Toy(budget=90).inference.run(texts)
    assert [Toy().inference.run([text])[0].tolist() for text in texts] == together.tolist()


def test_identical_texts_are_computed_once() -> None:
    toy = Toy(window=16)
    texts = [text for text in texts_of(20) for _ in range(5)] + texts_of(20)
    assert toy.inference.run(texts).tolist() == truth(texts).tolist()
    assert len(toy.texts) == len(set(texts)) == 20
    assert sum(rows for rows, _ in toy.shapes) == 20


def test_pairs_are_identical_where_both_texts_are() -> None:
    seen: list[Any] = []

    def encode(pairs: Sequence[Any]) -> Encoded:
        seen.extend(pairs)
        ids = [np.array([len(a), len(b)], np.int32) for a, b in pairs]
        return Encoded(ids, None, np.arange(len(pairs)))

    inference = Inference(encode, lambda batch: batch["input_ids"].astype(np.float32), PAD, 2)
    assert inference.run([("a", "bb"), ("bb", "a"), ("a", "bb")]).tolist() == [[1, 2], [2, 1], [1, 2]]
    assert seen == [("a", "bb"), ("bb", "a")]


def test_nothing_at_all() -> None:
    assert Toy().inference.run([]).shape == (0, 2)


def test_little_padding() -> None:
    toy = Toy(budget=1024)
    texts = texts_of(4000, seed=1)
    toy.inference.run(texts)
    computed = sum(rows * length for rows, length in toy.shapes)
    assert computed < 1.05 * sum(map(len, texts))


def test_windows_are_made_in_another_thread_and_not_far_ahead() -> None:
    toy = Toy(window=10)
    toy.inference.run(texts_of(200))
    assert toy.threads.isdisjoint({threading.current_thread().name})
    assert max(toy.ahead) <= 30  # the window computed, the next one, and the one just being made


def test_windows_grow() -> None:
    assert list(windows_of(5_000, 2_000, 500)) == [(0, 500), (500, 1_500), (1_500, 3_500), (3_500, 5_000)]
    assert list(windows_of(550, 2_000, 500)) == [(0, 550)]  # no window of its own for a handful
    assert list(windows_of(5, 2)) == [(0, 2), (2, 4), (4, 5)]
    assert list(windows_of(0, 2)) == []


def test_parts_of_a_long_text_are_averaged_and_counted() -> None:
    texts = ["a" * 100, "b", "c" * 81, "c" * 81]
    with counting_long() as long:
        found = Toy(budget=50).inference.run(texts)
    assert found[:, 1].tolist() == pytest.approx([100 / 3, 1, 81 / 3, 81 / 3])
    assert long == Long(cut=0, windowed=2)


class Told:
    """Keeps what is said, and how far bars went."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.done: list[int] = []
        self.total: int | None = None

    def start(self, title: str, total: int | None, unit: str) -> Any:
        assert (title, unit) == ("Predicting", "texts")
        self.total = total
        return self.done.append

    def stop(self) -> None: ...

    def table(self, heads: Sequence[str]) -> Any: ...

    def say(self, sentence: str) -> None:
        self.sentences.append(sentence)


def test_progress_and_long_texts_are_told() -> None:
    told = Told()
    report_to(told)
    texts = [*texts_of(600), "x" * 50]
    Toy(window=100, workers=2).inference.run(texts)
    assert told.total == sum(told.done) == 601
    assert told.sentences == [
        "Texts longer than the model sees at once: 1; they were read in overlapping parts, whose scores were averaged."
    ]


def test_a_bar_only_where_it_takes_time() -> None:
    told = Told()
    report_to(told)
    Toy().inference.run(texts_of(50))
    assert told.total is None


@pytest.mark.parametrize("workers", [1, 3])
def test_faults_come_through(workers: int) -> None:
    toy = Toy(window=10, workers=workers, budget=60)
    toy.inference = Inference(toy.encode, lambda _batch: 1 / 0, PAD, 2, window=10, workers=workers)  # type: ignore[arg-type, return-value]
    with pytest.raises(ZeroDivisionError):
        toy.inference.run(texts_of(100))
    broken = Inference(lambda _texts: 1 / 0, toy.score, PAD, 2, window=10, workers=workers)  # type: ignore[arg-type, return-value]
    with pytest.raises(ZeroDivisionError):
        broken.run(texts_of(100))
    assert not [one.name for one in threading.enumerate() if one.name.startswith("maeum")]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupt_does_not_wait_for_the_rest_of_a_window(workers: int) -> None:
    begun, batches = threading.Event(), []

    def score(batch: dict[str, NDArray[Any]]) -> NDArray[np.float32]:
        batches.append(len(batch["input_ids"]))
        begun.set()
        limit = time.monotonic() + 20
        while not stopped() and time.monotonic() < limit:
            pass
        return np.zeros((len(batch["input_ids"]), 2), np.float32)

    inference = Inference(Toy().encode, score, PAD, 2, budget=1, workers=workers)
    work = map_ordered(lambda texts: inference.run(texts) if texts else None, [[], texts_of(100)], 1, 2)
    assert next(work) is None
    begun.wait(20)
    work.close()  # type: ignore[attr-defined]
    assert len(batches) <= workers


def test_scores_beside_the_tokens() -> None:
    def wide(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[len(text), 7] for text in texts], np.float32)

    inference = Inference(Toy().encode, lambda batch: batch["wide"], PAD, 2, wide=wide, budget=40, window=9)
    texts = texts_of(30)
    assert inference.run(texts).tolist() == [[len(text), 7] for text in texts]


def test_batches() -> None:
    encoded = Encoded(
        [np.array([5, 6, 7], np.int32), np.array([8], np.int32)],
        [np.array([0, 0, 1], np.int32), np.array([1], np.int32)],
        np.array([0, 1]),
    )
    wide = np.array([[1, 2], [3, 4]], np.float32)
    batch = batch_of(encoded, [1, 0], 9, wide=wide)
    assert {name: array.tolist() for name, array in batch.items()} == {
        "input_ids": [[8, 9, 9], [5, 6, 7]],
        "attention_mask": [[1, 0, 0], [1, 1, 1]],
        "token_type_ids": [[1, 0, 0], [0, 0, 1]],
        "wide": [[3, 4], [1, 2]],
    }
    assert {array.dtype.name for array in batch.values()} == {"int64", "float32"}
    assert batch_of(encoded, [1], 9, length=4)["input_ids"].tolist() == [[8, 9, 9, 9]]
    assert average(np.array([[2, 4], [4, 8], [1, 1]], np.float32), np.array([0, 0, 1]), 2).tolist() == [[3, 6], [1, 1]]
    lengths = np.array([3, 9, 1, 4, 20])
    assert [one.tolist() for one in by_length(lengths, 10)] == [[4], [1], [3, 0], [2]]


@pytest.mark.parametrize(
    ("files", "limit"),
    [
        ({}, 8),
        ({"cpu.max": "max 100000\n"}, 8),
        ({"cpu.max": "250000 100000\n"}, 2),
        ({"cpu.max": "50000 100000\n"}, 1),
        ({"cpu.max": "max 100000", "a/b/cpu.max": "max 100000", "a/cpu.max": "300000 100000"}, 3),
        ({"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, 8),
        ({"cpu/cpu.cfs_quota_us": "400000\n", "cpu/cpu.cfs_period_us": "100000\n"}, 4),
        ({"cpu.max": "nonsense"}, 8),
        ({"cpu.max": "3 0"}, 8),
    ],
)
def test_cores(files: dict[str, str], limit: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    own = tmp_path / "own"
    own.write_text("1:cpu:/elsewhere\n0::/a/b\n")
    monkeypatch.setattr(cores_module, "ROOT", tmp_path)
    monkeypatch.setattr(cores_module, "MEMBERSHIP", own)
    monkeypatch.setattr("os.sched_getaffinity", lambda _who: set(range(8)), raising=False)
    assert cores() == limit
