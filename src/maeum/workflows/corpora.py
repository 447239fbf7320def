"""`maeum data`: the catalog for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maeum.data import dataset
from maeum.data.catalog import Corpus, corpora, corpus
from maeum.data.fetch import ASSETS, data_folders, locate
from maeum.data.writing import write_table
from maeum.errors import DataError
from maeum.messages import did_you_mean
from maeum.workflows.outputs import check_new_file


def corpus_list() -> list[dict[str, Any]]:
    """Name, titles, rows, licence of every corpus, and whether its files are on this machine."""
    return [
        {
            "name": entry.name,
            "titles": dict(entry.titles),
            "task": entry.task.value,
            "rows": dict(entry.rows),
            "licence": entry.licence,
            "here": all(_is_here(entry, file.path) for file in entry.files),
        }
        for entry in corpora().values()
    ]


def corpus_info(name: str) -> dict[str, Any]:
    """Everything the catalog knows of one corpus.

    Raises:
        DataError: There is no such corpus.
    """
    entry = corpus(name.partition(":")[0])
    titles = {lang: list(names) for lang, names in entry.labels.titles.items()}
    return {
        "name": entry.name,
        "titles": dict(entry.titles),
        "task": entry.task.value,
        "labels": [
            f"{label} ({', '.join(titles[lang][k] for lang in titles if titles[lang][k] != label)})".replace(" ()", "")
            for k, label in enumerate(entry.labels)
        ],
        "splits": [*entry.needs, *(f"{split} (← {base})" for split, base in entry.carved.items())],
        "rows": dict(entry.rows),
        "licence": entry.licence,
        "citation": entry.citation,
        "homepage": entry.homepage,
        "files": [_describe(entry, file.path) for file in entry.files],
    }


def get_corpus(source: str, out: str | Path | None = None, *, overwrite: bool = False) -> list[Path]:
    """Fetch and check all files of a corpus; with `out` write one split (train when none is named) as a table.

    Returns:
        The corpus' files, or the file written.

    Raises:
        DataError: Unknown corpus or split, or a file that cannot be had.
        OutputError: `out` exists, or cannot be written.
    """
    name, _, split = source.partition(":")
    entry = corpus(name)
    if split and split not in entry.splits:
        near = did_you_mean(split, entry.splits)
        raise DataError("data.unknown_split", corpus=name, split=split, near=near, known=", ".join(entry.splits))
    if out is None:
        wanted = entry.needs[entry.carved.get(split, split)] if split else [file.path for file in entry.files]
        return [locate(entry, path) for path in wanted]
    check_new_file(Path(out), overwrite=overwrite)
    write_table(dataset(source).frame, out)
    return [Path(out)]


def _is_here(entry: Corpus, path: str) -> bool:
    file = next(file for file in entry.files if file.path == path)
    return file.bundled or any((folder / path).is_file() for folder in data_folders())


def _describe(entry: Corpus, path: str) -> str:
    file = next(file for file in entry.files if file.path == path)
    places = [folder / path for folder in ([ASSETS] if file.bundled else data_folders())]
    place = next((str(found) for found in places if found.is_file()), file.url or "–")
    stand_in = f" (← {file.stands_in_for})" if file.stands_in_for else ""
    known = f"{file.size:,} bytes, sha256 {file.sha256[:12]}…" if file.sha256 else "sha256 –"
    return f"{file.path}{stand_in}, {known}: {place}"
