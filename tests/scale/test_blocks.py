"""Blocks of Parquet files: every row in one block, each with a name of its own; bad files named before the work."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from maeum.errors import DataError
from maeum.scale.blocks import open_source, read_block


@pytest.mark.parametrize("size", [1, 50, 70, 128, 1000])
def test_every_row_is_in_one_block(folder: Path, size: int) -> None:
    source = open_source(folder)
    blocks = source.blocks(size)
    tables = [read_block(block) for block in blocks]
    assert [table.frame.height for table in tables] == [block.stop - block.start for block in blocks]
    assert pl.concat([table.frame for table in tables])["no"].to_list() == list(range(380))
    assert [table.first_row for table in tables] == [block.start + 1 for block in blocks]
    assert len({block.part for block in blocks}) == len(blocks)
    assert source.rows == 380


def test_parts_are_named_by_file_and_rows(folder: Path) -> None:
    assert [block.part for block in open_source(folder).blocks(200)] == [
        "a-0000000000-0000000200.parquet",
        "a-0000000200-0000000250.parquet",
        "sub/b-0000000000-0000000130.parquet",
    ]
    assert str(open_source(folder).blocks(200)[1]) == "a.parquet 201–250"


def test_names_that_differ_in_the_suffix_only_stay_apart(tmp_path: Path) -> None:
    for name in ("a.pq", "a.pq.parquet", "a.parquet"):
        pl.DataFrame({"review": ["x"]}).write_parquet(tmp_path / name)
    parts = {block.part.partition("-")[0] for block in open_source(tmp_path).blocks(10)}
    assert parts == {"a", "a.pq", "a.pq.parquet"}


def test_one_file_is_a_folder_of_one(folder: Path) -> None:
    source = open_source(folder / "a.parquet")
    assert (source.root, [file.name for file in source.files], source.rows) == (folder, ["a.parquet"], 250)


def test_the_print_tells_contents_apart(folder: Path) -> None:
    before = open_source(folder).print
    assert open_source(folder).print == before
    pl.DataFrame({"no": [1], "review": ["x"], "score": [1.0]}).write_parquet(folder / "a.parquet")
    assert open_source(folder).print != before


def test_bad_files_are_named_all_at_once(folder: Path) -> None:
    whole = (folder / "a.parquet").read_bytes()
    (folder / "cut.parquet").write_bytes(whole[: len(whole) // 2])
    (folder / "nothing.parquet").touch()
    pl.DataFrame({"no": [1], "comment": ["x"], "score": [1.0]}).write_parquet(folder / "other.parquet")
    with pytest.raises(DataError) as error:
        open_source(folder)
    assert error.value.key == "scale.bad_files"
    lines = str(error.value).split("\n")
    assert lines[0] == (f"3 of 5 files in '{folder}' cannot be used; nothing was begun. Mend them or take them out:")
    assert [name for name in ("cut", "nothing", "other") if f"{name}.parquet" in str(error.value)] == [
        "cut", "nothing", "other",
    ]  # fmt: skip
    assert lines[3] == (
        f"  '{folder / 'other.parquet'}' has other columns than 'a.parquet'; in one of them only: comment, review."
    )


def test_files_without_rows_and_of_other_kinds_are_counted(folder: Path) -> None:
    pl.DataFrame({"no": [], "review": [], "score": []}).write_parquet(folder / "none.parquet")
    (folder / "README.txt").write_text("x", encoding="utf-8")
    source = open_source(folder)
    assert (source.empty, source.others, source.rows) == (("none.parquet",), ("README.txt",), 380)


def test_folders_without_rows(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        open_source(tmp_path / "missing")
    assert str(error.value) == (
        f"There is no folder '{tmp_path / 'missing'}'. Give a folder of Parquet files, or one Parquet file."
    )
    (tmp_path / "a.csv").write_text("review\nx\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        open_source(tmp_path)
    assert str(error.value) == (
        f"'{tmp_path}' holds no Parquet file (.parquet, .pq); found: a.csv. Files of other kinds are predicted without "
        "--cluster."
    )
    pl.DataFrame({"review": []}).write_parquet(tmp_path / "none.parquet")
    with pytest.raises(DataError) as error:
        open_source(tmp_path)
    assert str(error.value) == f"None of the 1 Parquet file(s) in '{tmp_path}' has a row."


def test_a_file_that_changes_meanwhile_is_refused(folder: Path) -> None:
    block = open_source(folder).blocks(100)[0]
    with pytest.raises(DataError) as error:
        read_block(replace(block, size=block.size + 1))
    assert error.value.key == "scale.changed"
    with pytest.raises(DataError) as error:
        read_block(replace(block, path=folder / "gone.parquet"))
    assert error.value.key == "scale.not_visible"
    with pytest.raises(DataError) as error:
        read_block(replace(block, start=200, stop=300))
    assert error.value.key == "scale.changed"
