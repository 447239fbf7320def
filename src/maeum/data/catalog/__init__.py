"""Public corpora by name. A new corpus is a new file of this package that defines `CORPUS`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.errors import DataError
from maeum.messages import did_you_mean

__all__ = ["Corpus", "CorpusFile", "Reading", "corpora", "corpus"]


@cache
def corpora() -> dict[str, Corpus]:
    """All corpora of the catalog, by name."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    found = [module.CORPUS for module in modules if hasattr(module, "CORPUS")]
    return {entry.name: entry for entry in sorted(found, key=lambda entry: entry.name)}


def corpus(name: str) -> Corpus:
    """The corpus called `name`.

    Raises:
        DataError: There is none; with the nearest name.
    """
    known = corpora()
    if name not in known:
        near = did_you_mean(name, known)
        raise DataError("data.unknown_corpus", name=name, near=near, known=", ".join(known))
    return known[name]
