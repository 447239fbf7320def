"""The texts of a pretraining: read from corpora and files, cleaned, without duplicates, test texts left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from maeum.data import is_corpus, open_data
from maeum.data.catalog import corpora
from maeum.data.fetch import data_folders
from maeum.data.files import SUFFIXES
from maeum.data.own import summarise
from maeum.data.settings import DataSettings
from maeum.data.splits import text_key
from maeum.data.stars import StarRule
from maeum.errors import DataError, UsageError
from maeum.messages import listing, say
from maeum.progress import progress, tell
from maeum.schema import Dataset
from maeum.text import Pipeline
from maeum.workflows.inputs import rows_of
from maeum.workflows.pretraining.settings import PretrainSettings

LEAST: Final = 100  # different texts: from fewer nothing is learnt that could be transferred
MOST_HELD_OUT: Final = 5_000
STARS_LEFT_OUT: Final = "data.note_stars_left_out"
NSMC: Final = "nsmc"
_FILES: Final = ("encoding", "delimiter", "quoting", "header", "sheet", "text_column", "text_b_column")
_BLOCK: Final = 20_000  # texts between two steps of the progress


@dataclass
class Texts:
    """What is learnt from and what is judged, with the counts on the way there.

    Attributes:
        train: To learn from, in random order.
        held_out: To be judged, never learnt.
        sources: Rows read of each corpus or file.
        unreadable: Rows that could not be read.
        empty: Texts without a character.
        duplicates: Texts that were there already.
        excluded: Texts left out because another set holds them, by that set.
    """

    train: list[str] = field(default_factory=list)
    held_out: list[str] = field(default_factory=list)
    sources: dict[str, int] = field(default_factory=dict)
    unreadable: int = 0
    empty: int = 0
    duplicates: int = 0
    excluded: dict[str, int] = field(default_factory=dict)

    def counts(self) -> dict[str, Any]:
        """Everything but the texts."""
        return {
            "sources": self.sources,
            "unreadable": self.unreadable,
            "empty": self.empty,
            "duplicates": self.duplicates,
            "excluded": self.excluded,
            "train": len(self.train),
            "held_out": len(self.held_out),
        }


def gather(settings: PretrainSettings, given: Sequence[Dataset] = ()) -> Texts:
    """Read all corpora, clean and divide them; counts are told.

    Args:
        settings: Corpora, exclusions, text steps, seed.
        given: Data in memory, read after the corpora.

    Raises:
        DataError: A corpus or file cannot be read; or fewer than 100 different texts are left.
        UsageError: Settings of files with corpora alone, or the NSMC test set named as a corpus.
    """
    _refuse(settings, given)
    found = Texts()
    clean = Pipeline(settings.text_steps)
    kept = _kept_out(settings, clean, found)
    seen: set[str] = set()
    texts: list[str] = []
    for name, rows in _sources(settings, given, found):
        found.sources[name] = found.sources.get(name, 0) + len(rows)
        with progress(say("pretrain.cleaning", data=name), len(rows), say("cli.unit_texts")) as advance:
            for start in range(0, len(rows), _BLOCK):
                part = _whole(rows[start : start + _BLOCK])
                texts += _new(zip(part, clean.apply(part), strict=True), seen, kept, found)
                advance(len(part))
    _tell(found)
    if len(texts) < LEAST:
        read, excluded = sum(found.sources.values()), sum(found.excluded.values())
        raise DataError(
            "pretrain.too_few", count=len(texts), least=LEAST, read=read, empty=found.empty,
            duplicates=found.duplicates, excluded=excluded,
        )  # fmt: skip
    order = np.random.default_rng(settings.seed).permutation(len(texts))
    cut = min(MOST_HELD_OUT, max(1, round(len(texts) * settings.held_out)))
    found.held_out = [texts[at] for at in order[:cut]]
    found.train = [texts[at] for at in order[cut:]]
    tell(say("pretrain.divided", train=len(found.train), held_out=len(found.held_out)))
    return found


def _refuse(settings: PretrainSettings, given: Sequence[Dataset]) -> None:
    if not settings.corpora and not given:
        raise UsageError("pretrain.no_corpus")
    for source in settings.corpora:
        name, _, split = source.partition(":")
        if is_corpus(source) and name.startswith(NSMC) and split == "test":
            raise UsageError("pretrain.nsmc_test", source=source, name="nsmc-raw")
        if is_corpus(source) and split == "test":
            tell(say("pretrain.test_split", source=source))
    typed = [name for name in _FILES if getattr(settings, name) != type(settings).model_fields[name].default]
    if typed and all(map(is_corpus, (*settings.corpora, *(settings.exclude or ())))):
        from maeum.settings import flag

        raise UsageError("train.file_settings", names=listing(map(flag, typed)), data=listing(settings.corpora))


def _kept_out(settings: PretrainSettings, clean: Pipeline, counts: Texts) -> dict[str, str]:
    """Texts that stay out, by key, with the set that holds them: the NSMC test set first, then `--exclude`.

    By the key before the text steps and after them: what they take away must not hide a text.
    """
    found: dict[str, str] = {}
    for source in (*_nsmc_tests(settings), *(settings.exclude or ())):
        counts.excluded[source] = 0
        texts = _whole(_texts_of(source, settings))
        for text in (*texts, *clean.apply(texts)):
            found.setdefault(text_key(text), source)
    return found


def _nsmc_tests(settings: PretrainSettings) -> Iterator[str]:
    """The test sets of NSMC: always where a corpus comes from there, else where its file is at hand."""
    names = {source.partition(":")[0] for source in settings.corpora if is_corpus(source)}
    family = any(name.startswith(NSMC) for name in names)
    path = next(path for path in corpora()[NSMC].needs["test"])
    here = any((folder / path).is_file() for folder in data_folders())
    if here or (family and names != {"nsmc-raw"}):
        yield f"{NSMC}:test"
    if "nsmc-raw" in names:  # whose texts differ from NSMC's own file in quotation marks
        yield "nsmc-raw:test"
    elif not here and not family:
        tell(say("pretrain.nsmc_not_here"))


def _sources(settings: PretrainSettings, given: Sequence[Dataset], found: Texts) -> Iterator[tuple[str, list[str]]]:
    for source in settings.corpora:
        yield (source if is_corpus(source) else Path(source).name), _texts_of(source, settings, found)
    for data in given:
        yield data.name or "memory", _of_dataset(data, found)


def _texts_of(source: str, settings: PretrainSettings, found: Texts | None = None) -> list[str]:
    """All texts of a corpus or file; rows that cannot be read are told, and counted in `found`."""
    learnt = found is not None
    found = found if found is not None else Texts()
    if is_corpus(source):
        data = open_data(DataSettings(source=source), "train")
        if any(key == STARS_LEFT_OUT for key, _ in data.notes):  # a text needs no label here
            data = open_data(DataSettings(source=source, stars=StarRule.ORDINAL), "train")
        for key, values in data.notes if learnt else ():
            tell(say(key, **values))
        return _of_dataset(data, found)
    if not (Path(source).exists() or source.lower().endswith(SUFFIXES)):
        open_data(DataSettings(source=source))  # says what is wrong with the name
    typed = {name: value for name in _FILES if (value := getattr(settings, name)) is not None}
    second = typed.pop("text_b_column", None)
    columns = [typed, *([{**typed, "text_column": second}] if second else [])]
    texts: list[str] = []
    for which in columns:
        rows = rows_of(Path(source), which)
        if rows.problems and which is columns[0]:
            tell(say("data.left_out", data=source, reasons=summarise(tuple(rows.problems.values()))))
            found.unreadable += len(rows.problems)
        texts += [text for at, text in enumerate(rows.texts) if at not in rows.problems]
    return texts


def _of_dataset(data: Dataset, found: Texts) -> list[str]:
    kinds = [problem for problem in data.problems if problem.kind not in ("duplicate_id", "missing_label")]
    if kinds:
        tell(say("data.left_out", data=data.name, reasons=summarise(tuple(kinds))))
        found.unreadable += len(kinds)
    texts = list(data.texts)
    if "text_b" in data.frame.columns:
        texts += data.frame["text_b"].to_list()
    return texts


def _whole(texts: Sequence[str]) -> list[str]:
    """Texts without halves of surrogate pairs, which no tokenizer takes."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


def _new(texts: Iterable[tuple[str, str]], seen: set[str], kept: dict[str, str], found: Texts) -> Iterator[str]:
    """Of pairs of a text before and after the steps the latter, where it is new and no other set holds it."""
    for raw, text in texts:
        key = text_key(text)
        holder = kept.get(key) or (kept.get(text_key(raw)) if raw != text else None)
        if not key:
            found.empty += 1
        elif holder is not None:
            found.excluded[holder] += 1
        elif key in seen:
            found.duplicates += 1
        else:
            seen.add(key)
            yield text


def _tell(found: Texts) -> None:
    read = sum(found.sources.values())
    tell(say("pretrain.read", count=read, sources=listing(f"{name} {n:,}" for name, n in found.sources.items())))
    for name, count in found.excluded.items():
        tell(say("pretrain.excluded", count=count, source=name))
    if found.empty or found.duplicates:
        tell(say("pretrain.dropped", empty=found.empty, duplicates=found.duplicates))
