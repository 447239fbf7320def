"""Folders that all machines of a cluster see: a mounted path, or a URL of an object store (`s3://`, `gs://` …).

An object store has no rename. So a folder is whole when the list of its files (`MARKER`), which is written last, is
there; below a path it is also written beside its place and moved there.
"""

from __future__ import annotations

import json
import posixpath
import re
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from maeum.errors import OutputError, UsageError
from maeum.messages import did_you_mean, listing
from maeum.scale.cluster import ClusterError
from maeum.storage import writing_folder

MARKER: Final = ".whole.json"  # names and sizes of the files of a folder; written last
SCHEMES: Final = ("file", "s3", "gs", "gcs", "hdfs", "viewfs", "abfs", "abfss")  # that pyarrow knows
SHOWN: Final = 3  # machines that are named
_URL: Final = re.compile(r"^(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://")
_WITHOUT_FOLDERS: Final = ("s3", "gcs")  # there, one would be a file of its own
_CHUNK: Final = 8 * 2**20  # bytes


@dataclass(frozen=True)
class Storage:
    """A folder of a file system, which opens it anew wherever it is used.

    Attributes:
        where: The URL, or the absolute path.
    """

    where: str

    @property
    def mounted(self) -> bool:
        """Whether it is a path: shared only where all machines mount the same thing there."""
        return _scheme(self.where) in ("", "file")

    def below(self, *names: str) -> Storage:
        """A folder in it."""
        address, mark, options = self.where.partition("?")  # s3://bucket/a?region=…
        return replace(self, where=posixpath.join(address, *names) + mark + options)

    def names(self) -> list[str]:
        """Names of whole folders in it, ascending."""
        from pyarrow.fs import FileSelector

        with self._opened() as (files, root):
            found = files.get_file_info(FileSelector(root, allow_not_found=True, recursive=True))
        inside = [posixpath.relpath(one.path, root).split("/") for one in found]
        return sorted(parts[0] for parts in inside if len(parts) == 2 and parts[1] == MARKER)

    def upload(self, folder: Path, name: str) -> None:
        """Copy a folder to `name` in it, in place of one of that name; there is never half of it.

        Raises:
            OutputError: The place cannot be written.
        """
        paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
        marker = json.dumps({inner: path.stat().st_size for inner, path in paths.items() if inner != MARKER})
        with self._opened() as (files, root):
            final = posixpath.join(root, name)
            part = posixpath.join(root, f".{name}.{secrets.token_hex(4)}.part") if self.mounted else final
            if not self.mounted:
                _remove(files, posixpath.join(final, MARKER))  # no longer whole
            try:
                for inner, path in paths.items():
                    _write(files, posixpath.join(part, inner), path)
                with _writing(files, posixpath.join(part, MARKER)) as out:
                    out.write(marker.encode())
                if part != final:
                    _remove(files, final)
                    files.move(part, final)
            except BaseException:
                if part != final:
                    _remove(files, part)
                raise

    def download(self, name: str, folder: Path) -> None:
        """Copy the whole folder `name` of it to `folder`, which appears when all is there.

        Raises:
            OutputError: It is not there or not whole, or `folder` exists or cannot be written.
        """
        with self._opened() as (files, root), writing_folder(folder) as part:
            try:
                with files.open_input_stream(posixpath.join(root, name, MARKER)) as opened:
                    sizes: dict[str, int] = json.loads(opened.read())
            except FileNotFoundError as error:
                raise OutputError("cluster.storage_missing", storage=self.where, name=name) from error
            for inner, size in sizes.items():
                path = part / inner
                path.parent.mkdir(parents=True, exist_ok=True)
                with files.open_input_stream(posixpath.join(root, name, inner)) as opened, path.open("wb") as out:
                    shutil.copyfileobj(opened, out, _CHUNK)
                if path.stat().st_size != size:
                    raise OutputError("cluster.storage_missing", storage=self.where, name=f"{name}/{inner}")

    def remove(self, name: str = "") -> None:
        """Remove a folder or file of it, where there is one, or all of it."""
        with self._opened() as (files, root):
            _remove(files, posixpath.join(root, name) if name else root)

    def write(self, name: str, text: str) -> None:
        """Write a small file."""
        with self._opened() as (files, root), _writing(files, posixpath.join(root, name)) as out:
            out.write(text.encode())

    def read(self, name: str) -> str:
        """Read a small file.

        Raises:
            OutputError: It cannot be read.
        """
        with self._opened() as (files, root), files.open_input_stream(posixpath.join(root, name)) as opened:
            return bytes(opened.read()).decode()

    @contextmanager
    def _opened(self) -> Iterator[tuple[Any, str]]:
        """The file system, and the folder's path in it.

        Raises:
            OutputError: It cannot be used.
        """
        from pyarrow import ArrowException
        from pyarrow.fs import FileSystem

        try:
            files, root = FileSystem.from_uri(self.where)
            yield files, root.rstrip("/") or "/"
        except (OSError, ArrowException) as error:  # what a store lacks rights or answers for
            raise OutputError("cluster.storage_unusable", storage=self.where, reason=_reason(error)) from error


def open_storage(where: str | Path) -> Storage:
    """A path or URL as storage; nothing is made or asked yet.

    Raises:
        UsageError: A URL of a kind that is not known.
    """
    text = str(where)
    scheme = _scheme(text)
    if not text or (scheme and scheme not in SCHEMES):
        near = did_you_mean(scheme, SCHEMES) if scheme else ""
        known = listing(f"{name}://" for name in SCHEMES if name != "file")
        raise UsageError("cluster.storage_scheme", found=text, near=near, known=known)
    return Storage(text if scheme else Path(text).expanduser().absolute().as_posix())


def check_shared(ray: Any, storage: Storage) -> None:
    """Check that all machines that are there now see the same folder.

    Args:
        ray: Connected.
        storage: The folder; it is made where it is missing.

    Raises:
        OutputError: It cannot be written from here.
        ClusterError: Machines do not see what is written here; some of them are named.
    """
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    name, token = f".maeum-{secrets.token_hex(4)}", secrets.token_hex(8)
    storage.write(name, token)
    try:
        nodes = [node for node in ray.nodes() if node["Alive"]]
        look = ray.remote(num_cpus=0, max_retries=0)(_look)
        asked = [
            look.options(scheduling_strategy=NodeAffinitySchedulingStrategy(node["NodeID"], soft=False)).remote(
                storage, name
            )
            for node in nodes
        ]
        found: list[str] = [_answer(ray, one) for one in asked]
        seen = [one == token for one in found]
    finally:
        storage.remove(name)
    if not all(seen):
        blind: Sequence[str] = [node["NodeManagerHostname"] for node, sees in zip(nodes, seen, strict=True) if not sees]
        reason = next((one for one, sees in zip(found, seen, strict=True) if not sees), "")
        machines = listing(blind, SHOWN)
        key = "cluster.storage_not_shared" if storage.mounted else "cluster.storage_no_entry"
        raise ClusterError(key, storage=storage.where, machines=machines, total=len(nodes), reason=reason)


def _look(storage: Storage, name: str) -> str:
    """What a machine reads there, or why it does not."""
    try:
        return storage.read(name)
    except Exception as error:  # whatever the store's library raises
        return _reason(error.__cause__ or error)


def _answer(ray: Any, ref: Any) -> str:
    try:
        return str(ray.get(ref))
    except ray.exceptions.RayError as error:
        return _reason(error)


def _scheme(where: str) -> str:
    found = _URL.match(where)
    return found["scheme"].lower() if found else ""


def _write(files: Any, place: str, path: Path) -> None:
    with path.open("rb") as opened, _writing(files, place) as out:
        shutil.copyfileobj(opened, out, _CHUNK)


@contextmanager
def _writing(files: Any, place: str) -> Iterator[Any]:
    """A file to write; what is not written to its end is not there afterwards in an object store."""
    if files.type_name not in _WITHOUT_FOLDERS:
        files.create_dir(posixpath.dirname(place), recursive=True)
    with files.open_output_stream(place) as out:
        yield out


def _remove(files: Any, place: str) -> None:
    from pyarrow.fs import FileType

    kind = files.get_file_info(place).type
    if kind == FileType.Directory:
        files.delete_dir(place)
    elif kind == FileType.File:
        files.delete_file(place)


def _reason(error: BaseException) -> str:
    """The first line, without the rest of what a store's library says."""
    line = (str(getattr(error, "strerror", None) or error).strip().splitlines() or [type(error).__name__])[0]
    return line[:200].rstrip(". ")
