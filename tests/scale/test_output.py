"""Parts beside their final place: kept when they are whole, refused when they are something else's."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from maeum.errors import OutputError, UsageError
from maeum.scale.output import MANIFEST, Output, Record, write_part

PRINTS = {"input": "1", "model": "2", "settings": "3", "version": "4"}


def begun(tmp_path: Path) -> tuple[Output, Record]:
    output = Output(tmp_path / "out", PRINTS)
    output.begin({})
    size = write_part(output.folder, "sub/a.parquet", pl.DataFrame({"x": [1, 2]}))
    record = Record("sub/a.parquet", 2, size, 1, 1)
    output.add(record)
    return output, record


def test_what_is_whole_is_kept(tmp_path: Path) -> None:
    output, record = begun(tmp_path)
    output.add(Record("lost.parquet", 2, 10))
    with (output.folder / "done.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"part": "cut.parq')
    assert Output(tmp_path / "out", PRINTS).kept() == {"sub/a.parquet": record}
    (output.folder / record.part).write_bytes(b"PAR1")
    assert Output(tmp_path / "out", PRINTS).kept() == {}


def test_other_work_is_refused_by_name(tmp_path: Path) -> None:
    output, _ = begun(tmp_path)
    with pytest.raises(UsageError) as error:
        Output(output.final, PRINTS | {"model": "5", "input": "6"}).kept()
    assert str(error.value) == (
        f"The unfinished '{output.final}' was begun with something else; it differs in: the content of the input file, "
        "the model. Give what it was begun with, or leave --resume out to start anew."
    )


def test_the_folder_gets_its_name_with_a_manifest_and_nothing_else(tmp_path: Path) -> None:
    output, record = begun(tmp_path)
    (output.folder / ".b.parquet.1234.part").touch()  # of a worker that was lost
    output.finish([(record, "sub/a.parquet", 0)], {"rows": 2})
    assert sorted(one.relative_to(tmp_path).as_posix() for one in tmp_path.rglob("*") if one.is_file()) == [
        "out/manifest.json", "out/sub/a.parquet",
    ]  # fmt: skip
    manifest = json.loads((output.final / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["rows"] == 2
    assert manifest["parts"] == [
        {
            "part": "sub/a.parquet", "rows": 2, "bytes": record.bytes, "errors": 1, "empty": 1, "cut": 0, "windowed": 0,
            "input": "sub/a.parquet", "start": 0,
        }
    ]  # fmt: skip


def test_an_earlier_folder_stands_until_the_new_one_does(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.parquet").touch()
    output, record = begun(tmp_path)
    assert (output.final / "old.parquet").exists()
    output.finish([(record, "a.parquet", 0)], {})
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out"]
    assert sorted(one.name for one in output.final.iterdir()) == ["manifest.json", "sub"]


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".out.part").mkdir()
    (tmp_path / ".out.part" / "mine.txt").touch()
    with pytest.raises(OutputError) as error:
        Output(tmp_path / "out", PRINTS).kept()
    assert error.value.key == "scale.part_not_ours"
    assert "mine.txt" in str(error.value)
