"""Folders that all machines see: written whole or not at all, on a path and in an object store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from maeum.errors import OutputError, UsageError
from maeum.scale.storage import MARKER, Storage, open_storage

FILES = {"a.txt": "하나", "deep/b.bin": "x" * 100_000, "empty": ""}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "here"
    for name, text in FILES.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture(params=["path", "url", "store"])
def storage(request: Any, tmp_path: Path, monkeypatch: Any) -> Storage:
    """A path, a URL of one, and a store in memory that knows no renaming."""
    if request.param == "store":
        from pyarrow.fs import FileSystem

        files, _ = FileSystem.from_uri("mock:///bucket")

        @contextmanager
        def opened(self: Storage) -> Iterator[Any]:
            yield files, self.where.removeprefix("s3://")

        monkeypatch.setattr(Storage, "_opened", opened)
        return open_storage("s3://bucket/runs")
    return open_storage(tmp_path / "there" if request.param == "path" else f"file://{tmp_path}/there")


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_comes_back_as_it_went(storage: Storage, folder: Path, tmp_path: Path) -> None:
    assert storage.names() == []
    storage.upload(folder, "one")
    storage.upload(folder, "two")
    storage.download("one", tmp_path / "back")
    assert content(tmp_path / "back") == FILES
    assert storage.names() == ["one", "two"]
    (folder / "a.txt").write_text("둘", encoding="utf-8")
    (folder / "empty").unlink()
    storage.upload(folder, "one")  # in place of what was there
    storage.download("one", tmp_path / "again")
    assert content(tmp_path / "again")["a.txt"] == "둘"
    storage.remove("one")
    storage.remove("one")
    assert storage.names() == ["two"]
    storage.remove()
    assert storage.names() == []


def test_half_a_folder_is_none(storage: Storage, folder: Path, tmp_path: Path, monkeypatch: Any) -> None:
    from maeum.scale import storage as module

    storage.upload(folder, "one")
    write = module._write

    def fail(files: Any, place: str, path: Path) -> None:
        if path.name == "b.bin":
            raise OSError(28, "No space left on device")
        write(files, place, path)

    monkeypatch.setattr(module, "_write", fail)
    with pytest.raises((OSError, OutputError), match="No space left"):
        storage.upload(folder, "two")
    assert storage.names() == ["one"]
    with pytest.raises((OutputError, FileNotFoundError)):
        storage.download("two", tmp_path / "back")
    assert not (tmp_path / "back").exists()
    if not storage.mounted:  # without renaming, what is replaced is gone, and does not pass for whole
        with pytest.raises((OSError, OutputError), match="No space left"):
            storage.upload(folder, "one")
        assert storage.names() == []


def test_a_file_cut_short_is_noticed(storage: Storage, folder: Path, tmp_path: Path) -> None:
    storage.upload(folder, "one")
    storage.below("one").write("a.txt", "하")
    with pytest.raises(OutputError) as error:
        storage.download("one", tmp_path / "back")
    assert str(error.value) == f"'one/a.txt' is not, or not wholly, in the storage '{storage.where}'."
    assert not (tmp_path / "back").exists()
    storage.below("one").remove(MARKER)
    with pytest.raises(OutputError) as error:
        storage.download("one", tmp_path / "back")
    assert str(error.value) == f"'one' is not, or not wholly, in the storage '{storage.where}'."


def test_small_files(storage: Storage) -> None:
    storage.write("note", "메모")
    assert storage.read("note") == "메모"
    storage.below("deep", "er").write("note", "안")
    assert storage.below("deep").below("er").read("note") == "안"


@pytest.mark.parametrize(
    ("where", "below"),
    [
        ("s3://bucket/a", "s3://bucket/a/b/c"),
        ("gs://bucket/a?project_id=x", "gs://bucket/a/b/c?project_id=x"),
        ("hdfs://name/a/", "hdfs://name/a/b/c"),
        ("abfs://a@b", "abfs://a@b/b/c"),
    ],
)
def test_urls(where: str, below: str) -> None:
    found = open_storage(where)
    assert (found.where, found.mounted) == (where, False)
    assert found.below("b", "c").where == below


def test_paths_become_absolute(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_storage("runs") == Storage((tmp_path / "runs").as_posix())
    assert open_storage("runs").mounted
    assert open_storage(f"file://{tmp_path}").mounted
    monkeypatch.setenv("HOME", str(tmp_path))
    assert open_storage("~/runs") == Storage((tmp_path / "runs").as_posix())


@pytest.mark.parametrize(("where", "near"), [("s33://bucket/a", " Did you mean 's3'?"), ("ftp://host/a", ""), ("", "")])
def test_what_is_no_storage(where: str, near: str) -> None:
    with pytest.raises(UsageError) as error:
        open_storage(where)
    assert str(error.value) == (
        f"'{where}' is no storage that can be used.{near} Give a folder that all machines mount, or a URL that begins "
        "with one of: s3://, gs://, gcs://, hdfs://, viewfs://, abfs://, abfss://."
    )


def test_a_place_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError) as error:
        open_storage(tmp_path / "file" / "runs").write("note", "x")
    assert error.value.key == "cluster.storage_unusable"
    assert str(error.value).startswith(f"The storage '{tmp_path}/file/runs' cannot be used: ")
    assert str(error.value).endswith("Check that it exists and that its credentials are set.")
