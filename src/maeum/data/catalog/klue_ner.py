"""KLUE-NER: persons, places, organisations, dates, times and quantities in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.catalog.klue_nli import KLUE_CITATION
from maeum.data.catalog.reading import divided
from maeum.data.stars import StarRule
from maeum.errors import DataError
from maeum.schema import Labels, RowProblem, Task
from maeum.schema.dataset import span_type

PATH: Final = "klue/klue-ner-v1.1_dev_first_4000.tsv"
LABELS: Final = Labels(
    ("PS", "LC", "OG", "DT", "TI", "QT"),
    titles={
        "ko": ("인물", "장소", "기관", "날짜", "시간", "수량"),
        "en": ("person", "location", "organization", "date", "time", "quantity"),
    },
)


def read_file(path: Path) -> Reading:
    r"""Read one file: a character and its tag a line, an empty line after each sentence, comments begin with `##`.

    경\tB-OG, 찰\tI-OG, 은\tO -> 경찰은 with the span 0-2 OG
    """
    import polars as pl

    try:
        content = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise DataError("data.not_upstream", path=path, expected="UTF-8", found=str(error)[:60]) from error
    ids, texts, spans = [], [], []
    problems: list[RowProblem] = []
    number = 1  # of the first line of the sentence
    for block in content.split("\n\n"):
        lines = block.split("\n")
        guid, characters, wrong = _sentence(lines)
        if wrong is not None:
            problems.append(RowProblem(number + wrong, "unknown_label", lines[wrong][:40]))
        elif characters:
            ids.append(guid or str(number))
            texts.append("".join(character for character, _ in characters))
            spans.append(join_tags([tag for _, tag in characters]))
        number += len(lines) + 1
    if not texts:
        raise DataError("data.not_upstream", path=path, expected="## klue-ner", found=content[:60])
    frame = pl.DataFrame(
        [
            pl.Series("id", ids, dtype=pl.String),
            pl.Series("text", texts, dtype=pl.String),
            pl.Series("spans", spans, dtype=span_type()),
        ]
    )
    return Reading(frame, LABELS, tuple(problems))


def _sentence(lines: list[str]) -> tuple[str, list[tuple[str, str]], int | None]:
    """Name, (character, tag) pairs, and the position of the first line that is neither."""
    guid, characters = "", []
    for position, line in enumerate(lines):
        if line.startswith("## "):
            head, tab, _ = line.removeprefix("## ").partition("\t")
            guid = head if tab and " " not in head else guid
            continue
        if not line:
            continue
        character, tab, tag = line.rpartition("\t")
        if not tab or not _is_tag(tag) or len(character) != 1:
            return guid, [], position
        characters.append((character, tag))
    return guid, characters, None


def _is_tag(tag: str) -> bool:
    return tag == "O" or (tag[:2] in ("B-", "I-") and tag[2:] in LABELS.index_of)


def join_tags(tags: list[str]) -> list[dict[str, Any]]:
    """Spans of BIO tags; an I that continues nothing begins a span.

    B-PS I-PS O I-OG -> 0-2 PS, 3-4 OG
    """
    spans: list[dict[str, Any]] = []
    for position, tag in enumerate(tags):
        if tag == "O":
            continue
        last = spans[-1] if spans else None
        if tag[0] == "I" and last and last["end"] == position and last["label"] == tag[2:]:
            last["end"] = position + 1
        else:
            spans.append({"start": position, "end": position + 1, "label": tag[2:]})
    return spans


def read(files: Mapping[str, Path], split: str, _stars: StarRule | None) -> Reading:
    """Read `train` or `test`, both parts of the upstream dev file."""
    return divided(read_file(files[PATH]), Task.TOKENS, "klue-ner", split, "dev")


CORPUS = Corpus(
    name="klue-ner",
    titles={
        "en": "Entities in sentences: persons, places, organisations, dates, times, quantities",
        "ko": "문장 속 개체명: 인물, 장소, 기관, 날짜, 시간, 수량",
    },
    homepage="https://github.com/KLUE-benchmark/KLUE",
    licence="CC-BY-SA-4.0",
    citation=KLUE_CITATION,
    task=Task.TOKENS,
    labels=LABELS,
    rows={"train": 3_200, "test": 800},
    files=(
        CorpusFile(
            PATH,
            sha256="32b3da1d02f0b3d620feb80ba325ec20e3bfd36bd99a129808ea2797dd41b3bc",
            size=2_119_800,
            stands_in_for="klue-ner-v1.1_train.tsv, klue-ner-v1.1_dev.tsv",
        ),
    ),
    needs={"train": (PATH,), "test": (PATH,)},
    read=read,
    carved={"validation": "train"},
    read_file=read_file,
    by_hand="data.by_hand_klue_ner",
)
