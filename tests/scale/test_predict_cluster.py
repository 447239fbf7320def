"""`maeum predict --cluster` on real Ray: nodes that go, attempts that are interrupted, blocks that fail."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import ray_clusters
from maeum.cli.main import main
from maeum.engine.cores import cores
from maeum.errors import OutputError, UsageError, UserError
from maeum.workflows.predict_cluster import BlockError
from maeum.workflows.predict_cluster import predict_cluster as over_cluster
from ray_clusters import MARKS

predict_cluster = partial(over_cluster, model="fast")  # whose answers do not hang on the batch

pytest.importorskip("ray")
work = importlib.import_module("maeum.workflows.predict_cluster")

pytestmark = MARKS


@pytest.fixture(scope="class")
def one_node() -> Iterator[None]:
    """Ray on one core of this machine, which all tests that ask for it share."""
    with ray_clusters.one_node(1):
        yield


@pytest.fixture
def two_nodes() -> Iterator[tuple[Any, Any]]:
    """See `ray_clusters.two_nodes`."""
    with ray_clusters.two_nodes() as found:
        yield found


def test_a_node_that_goes_costs_no_row(
    folder: Path, tmp_path: Path, two_nodes: Any, listen: Any, answers: Any, local: Any, monkeypatch: Any
) -> None:
    cluster, second = two_nodes
    victim, hung = second.node_id, str(tmp_path / "hung")

    def begin(column: str, engine: str | None, place: Path) -> Any:
        import time
        from pathlib import Path

        import ray

        from maeum.workflows.predict_cluster import _begin

        answer, here = _begin(column, engine, place), ray.get_runtime_context().get_node_id()

        def answer_or_hang(table: Any) -> Any:
            if here == victim:  # at work on a block, until its machine is taken away
                Path(hung).touch()
                while True:
                    time.sleep(0.05)
            while not Path(hung).exists():
                time.sleep(0.02)
            return answer(table)

        return answer_or_hang

    removed: list[int] = []

    def act(done: int) -> None:
        if not removed:
            removed.append(done)
            cluster.remove_node(second, allow_graceful=False)

    monkeypatch.setattr(work, "_begin", begin)
    heard = listen(act)
    out = predict_cluster(folder, tmp_path / "out", cluster=cluster.address, block=50)
    assert removed == [1]
    assert "Workers lost on the way: 1. Their blocks were done again elsewhere." in heard.said
    assert heard.said[0] == "380 rows of 2 file(s) in 8 block(s), on 2 worker(s) of 1 core(s)."
    found = answers(out)
    assert found["no"].to_list() == list(range(380))  # none lost, none doubled
    assert_frame_equal(found, local(), check_exact=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hung", "in", "out"]


@pytest.mark.usefixtures("one_node")
class TestOnOneNode:
    """One Ray for all of these."""

    def test_columns_and_values_are_those_of_predict(
        self, folder: Path, tmp_path: Path, listen: Any, answers: Any, local: Any
    ) -> None:
        heard = listen()
        out = predict_cluster(folder, tmp_path / "out", cluster="local", block=100)
        said = heard.said[-1]
        assert_frame_equal(answers(out), local(), check_exact=True)
        assert answers(out).columns == [
            "no", "review", "score", "predicted", "confidence", "p_negative", "p_positive", "error",
        ]  # fmt: skip
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        assert (manifest["rows"], manifest["text_column"], manifest["model"]["name"]) == (380, "review", "fast")
        assert [part["part"] for part in manifest["parts"]] == [
            "a-0000000000-0000000100.parquet", "a-0000000100-0000000200.parquet", "a-0000000200-0000000250.parquet",
            "sub/b-0000000000-0000000100.parquet", "sub/b-0000000100-0000000130.parquet",
        ]  # fmt: skip
        assert [one["rows"] for one in manifest["inputs"]] == [250, 130]
        empty = sum(text is None for text in answers(out)["review"])
        assert said.startswith(f"Rows without text: {empty}. They get the model's prior")

    def test_rows_that_cannot_be_read_keep_their_error(self, tmp_path: Path, listen: Any, answers: Any) -> None:
        from maeum.workflows.predict import predict

        (tmp_path / "in").mkdir()
        frame = pl.DataFrame({"no": range(5), "review": [["재밌다"], None, ["a", "b"], None, []]})
        frame.write_parquet(tmp_path / "in" / "a.parquet")
        heard = listen()
        out = predict_cluster(tmp_path / "in", tmp_path / "out", cluster="local", text="review", block=2)
        assert_frame_equal(
            answers(out), predict(tmp_path / "in" / "a.parquet", text="review", model="fast"), check_exact=True
        )
        assert answers(out)["error"].null_count() == 2
        assert "Rows that could not be read: 3. They get no answer and say why in the column 'error'." in heard.said

    def test_an_interrupted_run_goes_on(
        self, folder: Path, tmp_path: Path, listen: Any, answers: Any, local: Any
    ) -> None:
        def interrupt(done: int) -> None:
            if done == 3:
                raise KeyboardInterrupt

        heard = listen(interrupt)
        out = tmp_path / "out"
        with pytest.raises(KeyboardInterrupt):
            predict_cluster(folder, out, cluster="local", block=50)
        assert heard.said[-1] == "3 of 8 block(s) are finished and kept. Run the same command with --resume to go on."
        assert not out.exists()
        kept = {path.name: path.stat().st_mtime_ns for path in (tmp_path / ".out.part").glob("*.parquet")}
        recorded = (tmp_path / ".out.part" / "done.jsonl").read_text(encoding="utf-8").count("\n")
        assert recorded == 3
        listen()
        with pytest.raises(UsageError, match=r"differs in: the settings\."):
            predict_cluster(folder, out, cluster="local", block=60, resume=True)
        with pytest.raises(UsageError, match=r"differs in: the content of the input file\."):
            predict_cluster(folder / "a.parquet", out, cluster="local", block=50, resume=True)
        heard = listen()
        predict_cluster(folder, out, cluster="local", block=50, resume=True)
        assert "Going on: 3 of 8 block(s) are finished." in heard.said
        after = {path.name: path.stat().st_mtime_ns for path in out.glob("*.parquet")}
        assert sum(after[name] == when for name, when in kept.items()) >= 3
        assert_frame_equal(answers(out), local(), check_exact=True)

    def test_a_block_that_fails_is_named_and_the_others_are_finished(
        self, folder: Path, tmp_path: Path, listen: Any, answers: Any, local: Any, monkeypatch: Any
    ) -> None:
        real = work._begin

        def begin(column: str, engine: str | None, place: Path) -> Any:
            from maeum.workflows.predict_cluster import _begin

            answer = _begin(column, engine, place)

            def answer_or_fail(table: Any) -> Any:
                if table.frame["no"][0] == 100:
                    raise ValueError("the model fell over")
                return answer(table)

            return answer_or_fail

        heard = listen()
        monkeypatch.setattr(work, "_begin", begin)
        with pytest.raises(BlockError) as error:
            predict_cluster(folder, tmp_path / "out", cluster="local", block=50)
        assert str(error.value) == (
            "1 of 8 block(s) failed, the others are finished: a.parquet 101–150: ValueError: the model fell over"
        )
        assert heard.said[-1].startswith("7 of 8 block(s) are finished and kept.")
        monkeypatch.setattr(work, "_begin", real)
        predict_cluster(folder, tmp_path / "out", cluster="local", block=50, resume=True)
        assert_frame_equal(answers(tmp_path / "out"), local(), check_exact=True)

    def test_a_process_that_dies_costs_its_block(
        self, folder: Path, tmp_path: Path, listen: Any, answers: Any, local: Any, monkeypatch: Any
    ) -> None:
        died = str(tmp_path / "died")

        def begin(column: str, engine: str | None, place: Path) -> Any:
            import os
            from pathlib import Path

            from maeum.workflows.predict_cluster import _begin

            answer = _begin(column, engine, place)

            def answer_or_die(table: Any) -> Any:
                if table.frame["no"][0] == 100 and not Path(died).exists():
                    Path(died).touch()
                    os._exit(1)
                return answer(table)

            return answer_or_die

        heard = listen()
        monkeypatch.setattr(work, "_begin", begin)
        predict_cluster(folder, tmp_path / "out", cluster="local", block=50)
        assert "Workers lost on the way: 1. Their blocks were done again elsewhere." in heard.said
        assert_frame_equal(answers(tmp_path / "out"), local(), check_exact=True)

    def test_more_cores_than_there_are_leaves_nothing(self, folder: Path, tmp_path: Path) -> None:
        with pytest.raises(UserError) as error:
            predict_cluster(folder, tmp_path / "out", cluster="local", cores_per_worker=7)
        assert error.value.key == "scale.too_many_cores"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_the_command_starts_ray_and_ends_it(
    folder: Path, tmp_path: Path, capsys: Any, answers: Any, local: Any
) -> None:
    import ray

    words = ["predict", str(folder), "--cluster", "local", "-o", str(tmp_path / "out"), "--text-column", "review"]
    words += ["--model", "fast"]
    assert main(words) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    said = shown.err.strip().split("\n")
    assert said[0] == f"380 rows of 2 file(s) in 2 block(s), on {cores()} worker(s) of 1 core(s)."
    assert said[1].startswith("Rows without text: ")
    assert said[2:] == [f"Written: {tmp_path / 'out'}"]
    assert not ray.is_initialized()
    assert_frame_equal(answers(tmp_path / "out"), local(), check_exact=True)
    assert main(words) == 2
    assert "--overwrite" in capsys.readouterr().err
    with pytest.raises(OutputError):
        predict_cluster(folder, tmp_path / "out", cluster="local")
