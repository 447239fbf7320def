"""Work in blocks: in order, bounded, and the same after an interrupt."""

import json
import threading
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from maeum.data.files import read_table
from maeum.data.files.stream import open_stream
from maeum.data.writing import write_table
from maeum.engine import Answered, Job, Tally, file_print, folder_print, journal_folder, run
from maeum.engine import fingerprint as fingerprints
from maeum.engine.ordered import map_ordered
from maeum.errors import DataError, OutputError, UsageError
from maeum.messages import say, use_language
from maeum.progress import Silent, report_to
from maeum.schema import RowProblem

PRINTS = {"input": "a", "model": "b", "settings": "c", "version": "d"}
SUFFIXES = [".csv", ".tsv", ".jsonl", ".parquet"]


@pytest.fixture
def told() -> list[str]:
    sentences: list[str] = []

    class Listener(Silent):
        def say(self, sentence: str) -> None:
            sentences.append(sentence)

    report_to(Listener())
    return sentences


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text("no,text\n" + "".join(f'{i},"좋다, {i}"\n' for i in range(50)), encoding="utf-8")
    return path


def answer(table) -> Answered:
    return Answered(table.frame.with_columns(p=pl.lit(0.25, dtype=pl.Float32)), table.problems, 1)


def job(source: Path, out: Path, work=answer, **changed) -> Job:
    return Job(open_stream(source), work, out, **{"prints": PRINTS, "block": 7, "every": 0.0, "workers": 2, **changed})


def stops_at(row: int, error: BaseException):
    def work(table) -> Answered:
        if table.first_row <= row < table.first_row + table.frame.height:
            raise error
        return answer(table)

    return work


def test_results_come_in_the_order_of_the_items_and_few_are_held():
    taken: list[int] = []
    ahead: list[int] = []

    def items():
        for i in range(20):
            taken.append(i)
            yield i

    second = threading.Event()

    def slow_first(i: int) -> int:
        if i == 0:
            assert second.wait(10)
        if i == 1:
            second.set()
        return i

    done = []
    for result in map_ordered(slow_first, items(), 3, 4):
        ahead.append(len(taken) - len(done))
        done.append(result)
    assert done == list(range(20))
    assert max(ahead) <= 4


def test_workers_speak_the_language_asked_for():
    use_language("ko")
    assert list(map_ordered(lambda _: say("rows.blank"), [0], 1, 1)) == ["빈 행"]


def test_a_fault_in_a_worker_ends_the_work_and_its_threads():
    def broken(i: int) -> int:
        raise ZeroDivisionError(str(i))

    with pytest.raises(ZeroDivisionError, match=r"^0$"):
        list(map_ordered(broken, range(10), 2, 4))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("maeum")]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_blocks_are_written_as_the_whole_would_be(source: Path, tmp_path: Path, suffix: str):
    out, whole = tmp_path / f"out{suffix}", tmp_path / f"whole{suffix}"
    tally = run(job(source, out))
    write_table(answer(read_table(source)).frame, whole)
    if suffix == ".parquet":
        assert pl.read_parquet(out).equals(pl.read_parquet(whole))
        assert pl.read_parquet(out).schema == pl.read_parquet(whole).schema
    else:
        assert out.read_bytes() == whole.read_bytes()
    assert tally.empty == 8  # blocks
    assert not journal_folder(out).exists()


@pytest.mark.parametrize("encoding", ["cp949", "utf-16", "utf-8", "utf-8-sig"])
def test_encodings_of_blocks(tmp_path: Path, encoding: str, told: list[str]):
    source, out, whole = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "whole.csv"
    source.write_text("text\n" + "".join(f"좋다👍 {i} 뷁é\n" for i in range(20)), encoding="utf-8")
    tally = run(job(source, out, encoding=encoding))
    write_table(answer(read_table(source)).frame, whole, encoding)
    assert out.read_bytes() == whole.read_bytes()
    lost = {"👍": 20, "é": 20} if encoding == "cp949" else {}
    assert tally.lost == lost
    assert tally.lost_lines == (20 if lost else 0)
    assert len(told) == bool(lost)  # of the file written whole


@pytest.mark.parametrize("row", [9, 30, 51])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_interrupted_result_is_gone_on_with(source: Path, tmp_path: Path, suffix: str, row: int, told: list[str]):
    straight, out = tmp_path / f"straight{suffix}", tmp_path / f"out{suffix}"
    expected = run(job(source, straight))
    with pytest.raises(KeyboardInterrupt):
        run(job(source, out, stops_at(row, KeyboardInterrupt())))
    done = (row - 2) // 7 * 7
    assert not out.exists()
    assert told == [f"{done} of 50 rows are finished and kept. Run the same command with --resume to go on."]
    told.clear()
    assert run(job(source, out), resume=True) == expected
    assert told == [f"Going on after {done} of 50 rows that are finished."]
    assert out.read_bytes() == straight.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["in.csv", out.name, straight.name])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_lies_behind_the_checkpoint_counts_for_nothing(source: Path, tmp_path: Path, suffix: str):
    """As after kill -9: more was written than the checkpoint speaks of."""
    straight, out = tmp_path / f"straight{suffix}", tmp_path / f"out{suffix}"
    run(job(source, straight))
    with pytest.raises(KeyboardInterrupt):
        run(job(source, out, stops_at(30, KeyboardInterrupt())))
    if suffix == ".parquet":
        (journal_folder(out) / "0000004.parquet").write_bytes(b"half of it")
    else:
        with (journal_folder(out) / "rows").open("ab") as file:
            file.write(b"half of")
    (journal_folder(out) / "checkpoint.json.new").write_bytes(b'{"ro')
    run(job(source, out), resume=True)
    assert out.read_bytes() == straight.read_bytes()


def test_nothing_else_is_gone_on_with(source: Path, tmp_path: Path, told: list[str]):
    out = tmp_path / "out.csv"
    with pytest.raises(KeyboardInterrupt):
        run(job(source, out, stops_at(30, KeyboardInterrupt())))
    kept = (journal_folder(out) / "rows").read_bytes()
    with pytest.raises(UsageError) as caught:
        run(job(source, out, prints={**PRINTS, "input": "x", "model": "y"}), resume=True)
    assert str(caught.value) == (
        f"The unfinished '{out}' was begun with something else; it differs in: the content of the input file, the "
        "model. Give what it was begun with, or leave --resume out to start anew."
    )
    assert (journal_folder(out) / "rows").read_bytes() == kept
    told.clear()
    run(job(source, out, prints={**PRINTS, "settings": "x"}))
    assert told == [
        f"An unfinished '{out}' was found (28 rows) and is started anew; --resume would have gone on with it."
    ]
    assert read_table(out).frame.height == 50


def test_nothing_to_go_on_with(source: Path, tmp_path: Path, told: list[str]):
    out = tmp_path / "new/out.csv"
    run(job(source, out), resume=True)
    assert told == [f"There is nothing unfinished for '{out}'; starting from the beginning."]
    for damage in (b"", b"[]", b'{"format": 9}', b'{"format": 1, "rows": 7, "place": 9, "tally": {}, "prints": 1}'):
        journal_folder(out).mkdir(exist_ok=True)
        (journal_folder(out) / "checkpoint.json").write_bytes(damage)
        told.clear()
        run(job(source, out), resume=True)
        assert told == [f"There is nothing unfinished for '{out}'; starting from the beginning."]
    whole = {"format": 1, "rows": 7, "place": 999, "tally": Tally().to_json(), "prints": PRINTS}
    journal_folder(out).mkdir(exist_ok=True)
    (journal_folder(out) / "checkpoint.json").write_text(json.dumps(whole))  # but no rows
    told.clear()
    run(job(source, out), resume=True)
    assert told == [f"There is nothing unfinished for '{out}'; starting from the beginning."]


def test_an_early_interrupt_or_a_fault_of_the_file_leaves_nothing(source: Path, tmp_path: Path, told: list[str]):
    for error, row in ((KeyboardInterrupt(), 2), (DataError("files.empty", path="x"), 30)):
        with pytest.raises(type(error)):
            run(job(source, tmp_path / "out.csv", stops_at(row, error)))
        assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]
    assert told == []


def test_a_full_disk_keeps_what_is_finished(source: Path, tmp_path: Path, told: list[str]):
    out = tmp_path / "out.csv"
    with pytest.raises(OutputError) as caught:
        run(job(source, out, stops_at(30, OSError(28, "No space left on device"))))
    assert str(caught.value).startswith(f"No space is left for '{out}'; nothing was written under that name.")
    assert told == ["28 of 50 rows are finished and kept. Run the same command with --resume to go on."]
    run(job(source, out), resume=True)
    assert read_table(out).frame.height == 50


def test_a_tally_says_what_the_whole_would_say():
    tally, problems = Tally(), [RowProblem(i, "ragged", f"2/{i % 5}") for i in range(1, 9)]
    problems.insert(2, RowProblem(30, "bad_json", "x"))
    for problem in problems:
        tally = Tally.from_json(json.loads(json.dumps(tally.to_json())))
        tally.add([problem], 1)
    from maeum.data.own import summarise

    assert tally.reasons() == summarise(tuple(problems))
    assert tally.empty == 9
    tally.add_lost(Counter("가가나"), 2)
    tally.add_lost({"가": 1}, 1)
    assert (tally.lost, tally.lost_lines) == ({"가": 3, "나": 1}, 3)


def test_prints_tell_contents_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fingerprints, "WHOLE", 100)
    monkeypatch.setattr(fingerprints, "END", 10)

    def of(content: bytes, name: str = "a") -> str:
        (tmp_path / name).write_bytes(content)
        return file_print(tmp_path / name)

    small, large = b"x" * 100, b"x" * 200
    assert of(small) == of(small, "b")
    assert of(b"x" * 50 + b"y" + b"x" * 49) != of(small)
    assert len({of(large), of(b"y" + large[1:]), of(large[:-1] + b"y"), of(large + b"x")}) == 4
    before = folder_print(tmp_path)
    (tmp_path / "b").rename(tmp_path / "c")
    assert folder_print(tmp_path) != before
