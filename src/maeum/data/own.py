"""A user's file as a Dataset."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maeum.data.aliases import natural_order
from maeum.data.catalog import corpora
from maeum.data.catalog.entities import entity_column, read_entities
from maeum.data.catalog.spans import read_spans
from maeum.data.columns import find_column, require_column, star_column, text_column, unclear
from maeum.data.files import FileSettings, Table, read_table
from maeum.data.files.source import find_file
from maeum.data.label_values import LabelValues, read_labels
from maeum.data.settings import DataSettings
from maeum.data.stars import StarRule
from maeum.errors import DataError, UsageError
from maeum.messages import did_you_mean, listing, say
from maeum.schema import Dataset, Labels, RowProblem, Task
from maeum.schema.dataset import span_type
from maeum.settings import flag

if TYPE_CHECKING:
    import polars as pl

TASKS = (Task.SINGLE_LABEL, Task.MULTI_LABEL, Task.PAIR, Task.TOKENS, Task.RELATION)
ENTITIES = ("subject", "object")
# Settings that say how a file is to be read; a corpus' format says all that itself.
_OF_OWN_FORMAT = (
    *FileSettings.model_fields,
    *("text_column", "text_b_column", "label_column", "subject_column", "object_column", "id_column"),
    *("task", "stars", "label_separator"),
)


def read_own(path: Path | str, settings: DataSettings | None = None) -> Dataset:
    """Read a file of the user's; rows that cannot be used are left out and named in `problems`.

    A row whose id occurred before is named there too, but kept, under another id.

    Raises:
        DataError: The file, a column or all of its rows cannot be used.
    """
    settings = settings or DataSettings()
    if settings.read_as is not None:
        return _read_as(Path(path), settings.read_as, settings)
    if settings.task is not None and settings.task not in TASKS:
        raise DataError("data.task_unsupported", task=settings.task.value, known=", ".join(TASKS))
    table = read_table(path, settings)
    return _build(table, _roles(table.frame.columns, settings, path), settings)


def _read_as(path: Path, name: str, settings: DataSettings) -> Dataset:
    """A file in the format of a corpus of the catalog."""
    readers = {entry.name: entry for entry in corpora().values() if entry.read_file is not None}
    reader = readers[name].read_file if name in readers else None
    if reader is None:
        near = did_you_mean(name, readers)
        raise DataError("data.read_as_unknown", name=name, near=near, known=", ".join(readers))
    fields = DataSettings.model_fields
    useless = [field for field in _OF_OWN_FORMAT if getattr(settings, field) != fields[field].default]
    if useless:
        raise UsageError("data.read_as_with", path=path, names=listing(map(flag, useless), 20))
    reading = reader(find_file(path))
    if reading.frame.is_empty():
        raise DataError("data.no_rows_left", path=path, reasons=summarise(reading.problems))
    ids, doubled = _ids(reading.frame["id"].to_list(), list(range(reading.frame.height)), 1)
    frame = reading.frame.with_columns(id=_series("id", ids))
    problems = (*reading.problems, *doubled)
    return Dataset(frame, readers[name].task, reading.labels, path.name, problems=problems, notes=reading.notes)


def _series(name: str, values: list[str]) -> pl.Series:
    import polars as pl

    return pl.Series(name, values, dtype=pl.String)


def _roles(columns: list[str], settings: DataSettings, path: Path | str) -> dict[str, str]:
    """Which column is what; a column means one thing, unless the user names it twice."""
    named = (
        *(settings.text_column, settings.text_b_column, settings.label_column, settings.id_column),
        *(settings.subject_column, settings.object_column),
    )
    taken = {name for name in named if name is not None}
    roles = {"text": text_column(columns, settings.text_column, path, taken)}
    taken.add(roles["text"])
    if settings.text_b_column is not None or settings.task is Task.PAIR:
        second = find_column(columns, "text_b", settings.text_b_column, path, taken)
        if second is None:
            raise unclear("text_b", columns, path)
        taken.add(second)
        roles["text_b"] = second
    roles |= _entity_roles(columns, settings, path, taken)
    if settings.task is Task.TOKENS:
        roles["spans"] = require_column(columns, "spans", "--task tokens", path)
    taken.update(roles.values())
    find_label = partial(find_column, role="label") if settings.stars is None else star_column
    others = {
        "label": find_label(columns, wanted=settings.label_column, path=path, taken=taken),
        "id": find_column(columns, "id", settings.id_column, path, taken),
    }
    if settings.task is Task.TOKENS:
        others["label"] = None
    return roles | {role: name for role, name in others.items() if name is not None}


def _entity_roles(columns: list[str], settings: DataSettings, path: Path | str, taken: set[str]) -> dict[str, str]:
    """The columns of both entities, where a relation is asked for."""
    wanted = {"subject": settings.subject_column, "object": settings.object_column}
    given = [f"{role}_column" for role, name in wanted.items() if name is not None]
    if settings.task not in (None, Task.RELATION) and given:
        raise UsageError("data.settings_unused", source=path, names=listing(map(flag, given)))
    if settings.task is not Task.RELATION and not given:
        return {}
    found: dict[str, str] = {}
    for role, name in wanted.items():
        column = find_column(columns, role, name, path, taken)
        if column is None:
            raise unclear(role, columns, path)
        found[role] = column
    return found


def _build(table: Table, roles: dict[str, str], settings: DataSettings) -> Dataset:
    import polars as pl

    frame, path = table.frame, table.path
    problems = {problem.row - table.first_row: problem for problem in table.problems}
    labels = _labels(frame, roles, settings, path)
    texts = frame[roles["text"]].to_list()
    entities = {role: read_entities(texts, frame[roles[role]].to_list()) for role in ENTITIES if role in roles}
    spans = read_spans(texts, frame[roles["spans"]].to_list()) if "spans" in roles else None
    stretches = {role: found.values for role, found in entities.items()} | ({"spans": spans} if spans else {})
    for row, kind, detail in (*_row_faults(frame, roles, labels), *_stretch_faults(frame, roles, stretches)):
        problems.setdefault(row, RowProblem(row + table.first_row, kind, detail))
    keep = [row for row in range(frame.height) if row not in problems]
    if not keep:
        raise DataError("data.no_rows_left", path=path, reasons=summarise(tuple(problems.values())))
    kept = frame[keep]
    ids, doubled = _ids(kept[roles["id"]].to_list() if "id" in roles else [None] * len(keep), keep, table.first_row)
    fixed = {"id": pl.Series("id", ids, dtype=pl.String)}
    for role in ("text", "text_b"):
        if role in roles:
            fixed[role] = kept[roles[role]].cast(pl.String).alias(role)
    task = _task(roles, settings)
    if labels is not None and labels.labels is not None:
        task = labels.task
        dtype = pl.List(pl.String) if task is Task.MULTI_LABEL else pl.String
        fixed["label"] = pl.Series("label", [labels.values[row] for row in keep], dtype=dtype)
    for role in entities:
        fixed[role] = entity_column(role, [entities[role].values[row] for row in keep])
    names = labels.labels if labels else None
    if spans is not None:
        kept_spans = [spans[row] or [] for row in keep]
        fixed["spans"] = pl.Series("spans", kept_spans, dtype=span_type())
        found = {span["label"] for row in kept_spans for span in row}
        names = Labels(tuple(natural_order(found))) if found else None
    moved = sum(found.moved for found in entities.values())
    metadata = [column for column in frame.columns if column not in (*roles.values(), *fixed)]
    return Dataset(
        pl.DataFrame([*fixed.values(), *map(kept.get_column, metadata)]),
        task or Task.SINGLE_LABEL,
        names,
        name=path.name,
        problems=(*sorted(problems.values(), key=lambda p: p.row), *doubled),
        notes=(*_notes(labels, roles, settings), *([("data.note_entities_moved", {"count": moved})] if moved else [])),
    )


def _task(roles: dict[str, str], settings: DataSettings) -> Task | None:
    """What is asked, as far as the labels have no say in it."""
    if settings.task is None and "subject" in roles:
        return Task.RELATION
    return Task.PAIR if settings.task is None and "text_b" in roles else settings.task


def _labels(frame: pl.DataFrame, roles: dict[str, str], settings: DataSettings, path: Path) -> LabelValues | None:
    if "label" not in roles:
        return None
    task = _task(roles, settings)
    return read_labels(
        frame[roles["label"]], task=task, stars=settings.stars, separator=settings.label_separator, path=path
    )


def _row_faults(frame: pl.DataFrame, roles: dict[str, str], labels: LabelValues | None) -> list[tuple[int, str, str]]:
    """(position, kind, detail) of rows that cannot be used."""
    faults: list[tuple[int, str, str]] = []
    for role in ("text", "text_b"):
        if role in roles:
            for row, value in enumerate(frame[roles[role]].to_list()):
                if kind := _text_fault(value):
                    faults.append((row, kind, "" if kind != "not_text" else repr(value)[:40]))
    if labels is not None:
        for row, value in enumerate(labels.values):
            if value is None:
                kind = "left_out_by_rule" if row in labels.excluded else "missing_label"
                kind = "unknown_label" if row in labels.unknown else kind
                detail = "" if kind == "missing_label" else str(frame[roles["label"]][row])[:40]
                faults.append((row, kind, detail))
    return faults


def _stretch_faults(
    frame: pl.DataFrame, roles: dict[str, str], stretches: dict[str, list[Any]]
) -> list[tuple[int, str, str]]:
    """(position, kind, detail) of rows whose entities or spans cannot be used."""
    faults: list[tuple[int, str, str]] = []
    for role, values in stretches.items():
        cells = frame[roles[role]].to_list()
        for row, (value, cell) in enumerate(zip(values, cells, strict=True)):
            if value is None:
                kind = "missing_label" if cell is None else "left_out_by_rule"
                faults.append((row, kind, "" if cell is None else str(cell)[:40]))
    return faults


def _text_fault(value: Any) -> str:
    if value is None or value != value:
        return "missing_text"
    if isinstance(value, str):
        return "" if value.strip() else "empty_text"
    return "not_text" if isinstance(value, list | dict | bytes) else ""


def _ids(values: list[Any], rows: list[int], first_row: int) -> tuple[list[str], list[RowProblem]]:
    """Identifiers, made unique; doubled ones stay in the data with `#2`, `#3` … added, and are named.

    Args:
        values: What the file has; None gives the row's number.
        rows: The positions of the values.
        first_row: Number of the row at position 0.
    """
    names = [str(row + first_row) if value is None else str(value) for row, value in zip(rows, values, strict=True)]
    used, seen = set(names), Counter[str]()
    ids, doubled = [], []
    for row, name in zip(rows, names, strict=True):
        seen[name] += 1
        unique = name
        if seen[name] > 1:
            doubled.append(RowProblem(row + first_row, "duplicate_id", name[:40]))
            unique = next(other for n in count(seen[name]) if (other := f"{name}#{n}") not in used)
            used.add(unique)
        ids.append(unique)
    return ids, doubled


def _notes(
    labels: LabelValues | None, roles: dict[str, str], settings: DataSettings
) -> tuple[tuple[str, dict[str, Any]], ...]:
    if labels is None or labels.scale is None or settings.stars is None:
        return ()
    scale = labels.scale
    if settings.stars is StarRule.ORDINAL:
        return (("data.note_star_ordinal", {"column": roles["label"], "top": scale.top}),)
    values = {
        "column": roles["label"],
        "top": scale.top,
        "low": scale.low,
        "high": scale.high,
        "rule": settings.stars.value,
    }
    return (("data.note_star_rule", values),)


def summarise(problems: tuple[RowProblem, ...], shown: int = 5) -> str:
    """All problems by kind, each with its number of rows, and the first rows and values of it."""
    kinds: dict[str, list[RowProblem]] = {}
    for problem in problems:
        kinds.setdefault(problem.kind, []).append(problem)
    return "; ".join(
        say(
            "rows.summary",
            count=len(found),
            reason=say(f"rows.{kind}", detail=listing(dict.fromkeys(problem.detail for problem in found), 3)),
            rows=", ".join(str(problem.row) for problem in found[:shown]) + (" …" if len(found) > shown else ""),
        )
        for kind, found in kinds.items()
    )
