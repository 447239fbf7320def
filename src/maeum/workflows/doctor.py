"""`maeum doctor`: what is installed, where things are looked for, and what a person should mend."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from maeum.data.fetch import cache_folder, offline
from maeum.engine.cores import cores
from maeum.messages import language, say
from maeum.version import __version__

# One module per optional part tells whether it is installed.
EXTRAS: Final = {
    "train": "torch",
    "export": "onnxscript",
    "openvino": "openvino",
    "cluster": "ray",
    "track": "mlflow",
    "serve": "fastapi",
    "audit": "cleanlab",
    "korean": "kiwipiepy",
    "explain": "captum",
}
LOW_DISK: Final = 1 << 30  # bytes
LOW_MEMORY: Final = 2 << 30  # bytes


@dataclass(frozen=True)
class Finding:
    """One thing looked at.

    Attributes:
        name: A message of the topic `doctor`.
        state: `ok`, `note` (works, could be better) or `problem` (has to be mended).
        found: What was found.
        advice: The way out; empty when all is well.
    """

    name: str
    state: Literal["ok", "note", "problem"]
    found: str
    advice: str = ""


def examine() -> list[Finding]:
    """Look at everything."""
    return [*_program(), *_machine(), *_folders(), *_console()]


def _program() -> Iterator[Finding]:
    yield Finding("version", "ok", f"maeum {__version__}, Python {platform.python_version()}, {platform.platform()}")
    missing = [name for name in _core() if not _installed(name)]
    if missing:
        yield Finding("core", "problem", ", ".join(missing), say("doctor.advice_core"))
    else:
        yield Finding("core", "ok", say("doctor.complete"))
    absent = [extra for extra, module in EXTRAS.items() if find_spec(module) is None]
    present = [extra for extra in EXTRAS if extra not in absent]
    advice = say("doctor.advice_extras", extras=", ".join(absent)) if absent else ""
    yield Finding("extras", "note" if absent else "ok", ", ".join(present) or say("doctor.none"), advice)


def _core() -> list[str]:
    """Names of the core dependencies, as the package itself declares them."""
    try:
        declared = requires("maeum") or []
    except PackageNotFoundError:  # run from a source tree that is not installed
        return []
    return [line.split(";")[0].split(">")[0].split("[")[0].strip() for line in declared if "extra ==" not in line]


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _machine() -> Iterator[Finding]:
    memory = _memory()
    low = memory is not None and memory < LOW_MEMORY
    found = say("doctor.found_machine", cores=cores(), memory=f"{memory / 2**30:.1f} GiB" if memory else "–")
    yield Finding("machine", "note" if low else "ok", found, say("doctor.advice_memory") if low else "")


def _memory() -> int | None:
    """Memory of the machine in bytes; None where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def _folders() -> Iterator[Finding]:
    data = os.environ.get("MAEUM_DATA")
    if data and not Path(data).is_dir():
        yield Finding("data_folder", "problem", data, say("doctor.advice_data", path=data))
    else:
        yield Finding("data_folder", "ok", data or say("doctor.not_set"))
    cache = cache_folder()
    parent = next(folder for folder in (cache, *cache.parents) if folder.exists())
    if not os.access(parent, os.W_OK):
        yield Finding("cache", "problem", str(cache), say("doctor.advice_cache", path=parent))
        return
    free = shutil.disk_usage(parent).free
    low = free < LOW_DISK
    found = say("doctor.found_cache", path=cache, free=f"{free / 2**30:.1f} GiB")
    yield Finding("cache", "note" if low else "ok", found, say("doctor.advice_disk") if low else "")
    yield Finding("network", "ok", say("doctor.network_off") if offline() else say("doctor.network_on"))


def _console() -> Iterator[Finding]:
    encoding = sys.stdout.encoding or "?"
    try:
        "가ㅋ👍".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        yield Finding("console", "note", encoding, say("doctor.advice_console"))
    else:
        yield Finding("console", "ok", encoding)
    yield Finding("language", "ok", say("doctor.found_language", language=language()))
