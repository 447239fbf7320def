"""Data: public corpora by name, own files, splits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maeum.errors import DataError, UsageError
from maeum.messages import did_you_mean, listing

if TYPE_CHECKING:
    from maeum.data.settings import DataSettings
    from maeum.schema import Dataset


def dataset(
    source: str | Path, *, split: str | None = None, text: str | None = None, label: str | None = None, **settings: Any
) -> Dataset:
    """Read a public corpus or a file of your own.

        maeum.dataset("nsmc", split="test")
        maeum.dataset("my.csv", text="review", label="score", stars="2")

    Args:
        source: A corpus name, `name:split`, or a file.
        split: `train` (the default for a corpus), `validation` or `test`. Where a corpus has no validation split of its
            own, it is drawn from train, and training leaves those rows out.
        text: Column with the text, in a file.
        label: Column with the label, in a file.
        **settings: Further fields of `DataSettings`.

    Raises:
        DataError: Unknown corpus, missing file or column, unusable content …
        RecipeError: Unknown or unusable settings.
        UsageError: Settings that say nothing about this source, or two splits.
    """
    from maeum.data.settings import DataSettings

    named = {"text_column": text, "label_column": label, **settings}
    given = {name: value for name, value in named.items() if value is not None}
    found = DataSettings.build({"source": str(source), **given})
    corpus = is_corpus(found.source)
    useless = [name for name in given if name in ("also", "limit", "validation") or (corpus and name != "stars")]
    if useless:
        raise UsageError("data.settings_unused", source=source, names=listing(useless, 20))
    named_split = found.source.partition(":")[2] if corpus else ""
    if split and named_split and split != named_split:
        raise UsageError("data.two_splits", source=source, split=split)
    return open_data(found, split)


def open_data(settings: DataSettings, split: str | None = None) -> Dataset:
    """Read `settings.source`; `split` fills in for a source that names none.

    Raises:
        DataError: As `dataset`.
    """
    from maeum.data.catalog import corpora

    name, _, named_split = settings.source.partition(":")
    if name in corpora():
        return _open_corpus(name, named_split or split or "train", settings)
    return _open_file(settings, split)


def is_corpus(source: str) -> bool:
    """Whether `source` names a corpus of the catalog (with or without a split)."""
    from maeum.data.catalog import corpora

    return source.partition(":")[0] in corpora()


def _open_corpus(name: str, split: str, settings: DataSettings) -> Dataset:
    from maeum.data.catalog import corpora, corpus
    from maeum.data.fetch import locate
    from maeum.data.splits import carve
    from maeum.schema import Dataset

    entry = corpus(name)
    if split not in entry.splits:
        near = did_you_mean(split, entry.splits)
        raise DataError("data.unknown_split", corpus=name, split=split, near=near, known=", ".join(entry.splits))
    if settings.stars is not None and not entry.takes_stars:
        known = ", ".join(other.name for other in corpora().values() if other.takes_stars)
        raise DataError("data.no_stars", corpus=name, known=known)
    base = entry.carved.get(split, split)
    reading = entry.read({path: locate(entry, path) for path in entry.needs[base]}, base, settings.stars)
    data = Dataset(reading.frame, entry.task, reading.labels, name, base, reading.problems, reading.notes)
    if split == base:
        return data
    from maeum.data.settings import SplitSettings

    drawn = SplitSettings()
    _, part = carve(data, drawn.validation_fraction, drawn.split_seed)
    note = ("data.note_carved", {"corpus": name, "split": split, "base": base, "seed": drawn.split_seed})
    return replace(part, split=split, notes=(*part.notes, note))


def _open_file(settings: DataSettings, split: str | None) -> Dataset:
    from maeum.data.catalog import corpora
    from maeum.data.files import SUFFIXES
    from maeum.data.own import read_own

    source = settings.source
    path = Path(source)
    if source and (path.exists() or source.lower().endswith(SUFFIXES)):
        return replace(read_own(path, settings), split=split or "")
    before, colon, after = source.rpartition(":")
    if colon and (Path(before).exists() or before.lower().endswith(SUFFIXES)):
        raise DataError("data.split_of_file", path=before, split=after)
    near = did_you_mean(source.partition(":")[0], corpora())
    raise DataError("data.unknown_corpus", name=source, near=near, known=", ".join(corpora()))
