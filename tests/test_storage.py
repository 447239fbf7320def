"""Nothing half-written ever stands under its final name."""

import errno
import os

import pytest

from maeum.errors import OutputError
from maeum.storage import check_folder, write_text, writing_file, writing_folder


def leftovers(folder):
    return [entry.name for entry in folder.iterdir() if entry.name.endswith(".part")]


def test_a_file_appears_only_when_complete(tmp_path):
    final = tmp_path / "새 폴더" / "a.txt"
    with writing_file(final) as part:
        part.write_text("반", encoding="utf-8")
        assert not final.exists()
    assert final.read_text(encoding="utf-8") == "반"
    assert leftovers(final.parent) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("x")])
def test_a_failure_keeps_what_was_there(tmp_path, error):
    final = tmp_path / "a.txt"
    final.write_text("old")
    with pytest.raises(type(error)), writing_file(final) as part:
        part.write_text("half")
        raise error
    assert final.read_text() == "old"
    assert leftovers(tmp_path) == []


def test_a_full_disk_is_one_sentence(tmp_path):
    final = tmp_path / "a.txt"
    with pytest.raises(OutputError) as raised, writing_file(final) as part:
        part.write_text("half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert str(raised.value) == (
        f"No space is left for '{final}'; nothing was written under that name. Free some space or choose another place "
        "with -o."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_place_below_a_file_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("x")
    final = tmp_path / "file" / "a.txt"
    with pytest.raises(OutputError) as raised:
        write_text(final, "x")
    assert raised.value.key == "common.not_writable"
    assert f"'{final}' cannot be written" in str(raised.value)


def test_a_folder_below_a_file_is_refused_early(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError) as raised:
        check_folder(tmp_path / "file" / "run")
    assert raised.value.key == "common.not_writable" and "Not a directory" in str(raised.value)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(OutputError) as raised:
        write_text(tmp_path, "x")
    assert str(raised.value) == (
        f"'{tmp_path}' is a folder, but a file is to be written there. Give a file name, for example "
        f"'{tmp_path}/result.csv'."
    )


def test_a_folder_appears_whole_and_replaces_only_its_own_kind(tmp_path):
    final = tmp_path / "run"
    with writing_folder(final, marker="recipe.yaml") as part:
        (part / "recipe.yaml").write_text("1")
        assert not final.exists()
    with pytest.raises(OutputError) as raised:
        check_folder(final)
    assert str(raised.value) == (
        f"'{final}' exists already; nothing was changed. Choose another name with -o, or add --overwrite."
    )
    with writing_folder(final, overwrite=True, marker="recipe.yaml") as part:
        (part / "recipe.yaml").write_text("2")
    assert (final / "recipe.yaml").read_text() == "2"
    assert leftovers(tmp_path) == []


def test_overwrite_never_removes_a_folder_of_the_user(tmp_path):
    final = tmp_path / "documents"
    final.mkdir()
    (final / "letter.txt").write_text("dear")
    with pytest.raises(OutputError) as raised, writing_folder(final, overwrite=True, marker="recipe.yaml"):
        pass
    assert raised.value.key == "common.not_ours"
    assert (final / "letter.txt").read_text() == "dear"


def test_an_interrupted_folder_leaves_the_old_one(tmp_path):
    final = tmp_path / "run"
    final.mkdir()
    (final / "recipe.yaml").write_text("old")
    with pytest.raises(KeyboardInterrupt), writing_folder(final, overwrite=True, marker="recipe.yaml") as part:
        (part / "recipe.yaml").write_text("new")
        raise KeyboardInterrupt
    assert (final / "recipe.yaml").read_text() == "old"
    assert leftovers(tmp_path) == []


def test_an_empty_folder_counts_as_absent(tmp_path):
    final = tmp_path / "run"
    final.mkdir()
    with writing_folder(final) as part:
        (part / "a").write_text("x")
    assert (final / "a").read_text() == "x"
