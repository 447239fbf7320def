"""Finding a corpus' files: `MAEUM_DATA`, then the cache folder, then a checked download."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from maeum.data.catalog.corpus import Corpus, CorpusFile
from maeum.data.files.guard import first_line
from maeum.errors import DataError, OutputError
from maeum.messages import say
from maeum.progress import progress, tell
from maeum.storage import writing_file

if TYPE_CHECKING:
    import httpx

CHUNK: Final = 1 << 20  # bytes
ASSETS: Final = Path(__file__).parent.parent / "assets"
TIMEOUT: Final = 30.0  # seconds without an answer


def data_folders() -> list[Path]:
    """Folders looked into, in order."""
    own = os.environ.get("MAEUM_DATA")
    return [*([Path(own)] if own else []), cache_folder()]


def cache_folder() -> Path:
    """Where downloads are kept."""
    from platformdirs import user_cache_path

    return user_cache_path("maeum", appauthor=False) / "data"


def offline() -> bool:
    """Whether the network must not be used (`--offline` or `MAEUM_OFFLINE`)."""
    return os.environ.get("MAEUM_OFFLINE", "").lower() in ("1", "true", "yes", "on")


def locate(corpus: Corpus, path: str) -> Path:
    """The checked file `path` of `corpus` on this machine, downloaded if need be; or the upstream folder it stands for.

    Raises:
        DataError: It is nowhere and cannot be downloaded, or its content is not the published one.
    """
    wanted = next(file for file in corpus.files if file.path == path)
    if wanted.bundled:
        return ASSETS / path
    for folder in data_folders():
        found = folder / path
        if found.is_file():
            _check(found, wanted)
            if wanted.stands_in_for:
                tell(say("data.stand_in", path=path, upstream=wanted.stands_in_for))
            return found
        if wanted.folder and (folder / wanted.folder).is_dir():
            tell(say("data.upstream_folder", path=wanted.folder))
            return folder / wanted.folder
    place = data_folders()[0] / path
    if not wanted.url:
        how = say(corpus.by_hand) if corpus.by_hand else corpus.homepage
        raise DataError("data.by_hand", corpus=corpus.name, path=path, place=place, how=how)
    if not wanted.sha256:
        raise DataError("data.no_hash", corpus=corpus.name, path=path, place=place, url=wanted.url)
    if offline():
        raise DataError("data.offline", corpus=corpus.name, path=path, place=place, url=wanted.url)
    return download(wanted, cache_folder() / path)


def download(file: CorpusFile, place: Path) -> Path:
    """Fetch `file` to `place`; it appears there only when complete and equal to the published content.

    Raises:
        DataError: The network failed, or what came is not the published content.
        OutputError: The place cannot be written, or the disk is full.
    """
    import httpx

    try:
        with (
            writing_file(place) as part,
            httpx.stream("GET", file.url, follow_redirects=True, timeout=TIMEOUT) as answer,
            part.open("wb") as out,
            progress(say("data.downloading", path=file.path), file.size, "bytes") as advance,
        ):
            answer.raise_for_status()
            digest, received = hashlib.sha256(), 0
            for block in answer.iter_bytes(CHUNK):
                received += len(block)
                digest.update(block)
                if received > file.size:  # never more than announced, whatever the other side sends
                    break
                out.write(block)
                advance(len(block))
            if digest.hexdigest() != file.sha256:
                raise DataError(
                    "data.download_differs",
                    url=file.url,
                    size=file.size,
                    received=received,
                    expected=file.sha256[:12],
                    found=digest.hexdigest()[:12],
                )
    except httpx.HTTPError as error:
        place = data_folders()[0] / file.path
        raise DataError("data.download_failed", url=file.url, reason=_reason(error), place=place) from error
    except OutputError as error:
        reason = getattr(error.__cause__, "strerror", None) or error
        raise OutputError("data.cannot_keep", place=place, reason=reason, url=file.url, path=file.path) from error
    return place


def _reason(error: httpx.HTTPError) -> str:
    """Why a download failed, in a few words: `HTTP 404`, `[Errno 111] Connection refused`."""
    answer = getattr(error, "response", None)
    return first_line(error) if answer is None else f"HTTP {answer.status_code}"


def _check(found: Path, wanted: CorpusFile) -> None:
    if not wanted.sha256:
        tell(say("data.hash_unknown", path=found))
        return
    with found.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != wanted.sha256:
        raise DataError("data.hash_differs", path=found, expected=wanted.sha256[:12], found=digest[:12])
