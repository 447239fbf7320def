"""KLUE-RE: the relation between two entities of a sentence."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from maeum.data.aliases import natural_order
from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.catalog.entities import entity_column, read_entities
from maeum.data.catalog.klue_nli import KLUE_CITATION, KLUE_UPSTREAM
from maeum.data.catalog.reading import Rows, read_json
from maeum.data.stars import StarRule
from maeum.errors import DataError
from maeum.schema import Labels, Task

FILES: Final = {"train": "klue/klue-re-v1.1_train.json", "validation": "klue/klue-re-v1.1_dev.json"}
# In the order of the published relation_list.json.
_NAMES: Final = (
    ("no_relation", "관계 없음"), ("org:dissolved", "단체: 해산일"), ("org:founded", "단체: 설립일"),
    ("org:place_of_headquarters", "단체: 본거지"), ("org:alternate_names", "단체: 다른 이름"),
    ("org:member_of", "단체: 상위 단체"), ("org:members", "단체: 구성원"),
    ("org:political/religious_affiliation", "단체: 정치·종교 성향"), ("org:product", "단체: 제품"),
    ("org:founded_by", "단체: 설립자"), ("org:top_members/employees", "단체: 대표·임원"),
    ("org:number_of_employees/members", "단체: 인원수"), ("per:date_of_birth", "인물: 생년월일"),
    ("per:date_of_death", "인물: 사망일"), ("per:place_of_birth", "인물: 출생지"),
    ("per:place_of_death", "인물: 사망지"), ("per:place_of_residence", "인물: 거주지"),
    ("per:origin", "인물: 출신·국적"), ("per:employee_of", "인물: 소속"),
    ("per:schools_attended", "인물: 출신 학교"), ("per:alternate_names", "인물: 다른 이름"),
    ("per:parents", "인물: 부모"),
    ("per:children", "인물: 자녀"), ("per:siblings", "인물: 형제자매"), ("per:spouse", "인물: 배우자"),
    ("per:other_family", "인물: 다른 가족"), ("per:colleagues", "인물: 동료"), ("per:product", "인물: 작품"),
    ("per:religion", "인물: 종교"), ("per:title", "인물: 직함"),
)  # fmt: skip
LABELS: Final = Labels(
    tuple(name for name, _ in _NAMES),
    titles={"ko": tuple(ko for _, ko in _NAMES), "en": tuple(name.replace("_", " ") for name, _ in _NAMES)},
)
_ENTITIES: Final = {"subject": ("subject_entity", "subject"), "object": ("object_entity", "object")}


def read_file(path: Path) -> Reading:
    """Read one file: the published JSON list, or a CSV with the same columns and the entities as Python literals.

    Labels are KLUE's 30, or, where a file has others, those it has. Rows whose entity is not in their sentence are left
    out.
    """
    import polars as pl

    rows = read_json(path, ("sentence",)) if _is_json(path) else _read_csv(path)
    columns = {role: _present(rows, names, path) for role, names in _ENTITIES.items()}
    rows = rows.with_texts("sentence")
    rows = rows.without(lambda row: None if row.get("label") else ("missing_label", ""))
    read = {
        role: read_entities(rows.column("sentence"), [row.get(name) for row in rows.cells])
        for role, name in columns.items()
    }
    moved = sum(found.moved for found in read.values())
    for number, row in enumerate(rows.cells):
        row.update({f"_{role}": found.values[number] for role, found in read.items()})
    usable = rows.without(lambda row: _entity_fault(row, columns))
    found = {str(label) for label in usable.column("label")}
    labels = LABELS if found <= set(LABELS) else Labels(tuple(natural_order(found)))
    ids = [
        str(row.get("guid") or row.get("id") or number)
        for row, number in zip(usable.cells, usable.numbers, strict=True)
    ]
    frame = pl.DataFrame(
        [
            pl.Series("id", ids, dtype=pl.String),
            pl.Series("text", usable.column("sentence"), dtype=pl.String),
            entity_column("subject", usable.column("_subject")),
            entity_column("object", usable.column("_object")),
            pl.Series("label", [str(label) for label in usable.column("label")], dtype=pl.String),
            pl.Series("source", [row.get("source") for row in usable.cells], dtype=pl.String, strict=False),
        ]
    )
    notes = (("data.note_entities_moved", {"count": moved}),) if moved else ()
    return Reading(frame, labels, usable.problems, notes)


def _is_json(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"["


def _read_csv(path: Path) -> Rows:
    text = path.read_bytes().decode("utf-8-sig", "replace")
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        header = next(lines, [])
        if "sentence" not in header or "label" not in header:
            expected = "id,sentence,subject_entity,object_entity,label,source"
            raise DataError("data.not_upstream", path=path, expected=expected, found=",".join(header)[:60])
        numbered = list(enumerate(lines, 2))
    except csv.Error as error:
        raise DataError("data.not_upstream", path=path, expected="id,sentence,…", found=str(error)[:60]) from error
    whole = Rows([{"cells": cells} for _, cells in numbered], [number for number, _ in numbered])

    def fault(row: dict[str, Any]) -> tuple[str, str] | None:
        return None if len(row["cells"]) == len(header) else ("ragged", f"{len(header)}/{len(row['cells'])}")

    usable = whole.without(fault)
    cells = [dict(zip(header, row["cells"], strict=True)) for row in usable.cells]
    return Rows(cells, usable.numbers, usable.problems)


def _present(rows: Rows, names: tuple[str, ...], path: Path) -> str:
    """The one of `names` that the rows have."""
    for name in names:
        if rows.cells and name in rows.cells[0]:
            return name
    found = ", ".join(rows.cells[0]) if rows.cells else "–"
    raise DataError("data.not_upstream", path=path, expected=names[0], found=found[:60])


def _entity_fault(row: dict[str, Any], columns: Mapping[str, str]) -> tuple[str, str] | None:
    for role, name in columns.items():
        if row[f"_{role}"] is None:
            return "left_out_by_rule", str(row.get(name, ""))
    return None


def read(files: Mapping[str, Path], split: str, _stars: StarRule | None) -> Reading:
    """Read one split."""
    return read_file(files[FILES[split]])


CORPUS = Corpus(
    name="klue-re",
    titles={
        "en": "Relations between two entities of a sentence, 30 classes",
        "ko": "한 문장의 두 개체 사이의 관계 30가지",
    },
    homepage="https://github.com/KLUE-benchmark/KLUE",
    licence="CC-BY-SA-4.0",
    citation=KLUE_CITATION,
    task=Task.RELATION,
    labels=LABELS,
    rows={"train": 32_470, "validation": 7_765},
    files=tuple(
        CorpusFile(path, sha256="", size=0, url=f"{KLUE_UPSTREAM}klue-re-v1.1/{path.rpartition('/')[2]}")
        for path in FILES.values()
    ),
    needs={split: (path,) for split, path in FILES.items()},
    read=read,
    read_file=read_file,
)
