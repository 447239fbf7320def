"""A user's file as a Dataset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from maeum.data.columns import find_column, text_column, unclear
from maeum.data.files import Table, read_table
from maeum.data.label_values import LabelValues, read_labels
from maeum.data.settings import DataSettings
from maeum.errors import DataError
from maeum.messages import say
from maeum.schema import Dataset, RowProblem, Task

if TYPE_CHECKING:
    import polars as pl

TASKS = (Task.SINGLE_LABEL, Task.MULTI_LABEL, Task.PAIR)


def read_own(path: Path | str, settings: DataSettings | None = None) -> Dataset:
    """Read a file of the user's; rows that cannot be used are left out and named in `problems`.

    Raises:
        DataError: The file, a column or all of its rows cannot be used.
    """
    settings = settings or DataSettings()
    if settings.task is not None and settings.task not in TASKS:
        raise DataError("data.task_unsupported", task=settings.task.value, known=", ".join(TASKS))
    table = read_table(path, settings)
    columns = table.frame.columns
    roles = {
        "text": text_column(columns, settings.text_column, path),
        "text_b": _second_column(columns, settings, path),
        "label": find_column(columns, "label", settings.label_column, path),
        "id": find_column(columns, "id", settings.id_column, path),
    }
    return _build(table, {role: name for role, name in roles.items() if name is not None}, settings)


def _second_column(columns: list[str], settings: DataSettings, path: Path | str) -> str | None:
    wants_pair = settings.text_b_column is not None or (settings.task is not None and settings.task.has_pairs)
    if not wants_pair:
        return None
    found = find_column(columns, "text_b", settings.text_b_column, path)
    if found is None:
        raise unclear("text_b", columns, path)
    return found


def _build(table: Table, roles: dict[str, str], settings: DataSettings) -> Dataset:
    import polars as pl

    frame, path = table.frame, table.path
    problems = {problem.row - table.first_row: problem for problem in table.problems}
    labels = _labels(frame, roles, settings, path)
    for row, kind, detail in _row_faults(frame, roles, labels):
        problems.setdefault(row, RowProblem(row + table.first_row, kind, detail))
    keep = [row for row in range(frame.height) if row not in problems]
    if not keep:
        raise DataError("data.no_rows_left", path=path, reasons=summarise(tuple(problems.values())))
    ids, doubled = _ids(frame, roles, table.first_row)
    fixed = {"id": pl.Series("id", ids, dtype=pl.String)}
    for role in ("text", "text_b"):
        if role in roles:
            fixed[role] = frame[roles[role]].cast(pl.String).fill_null("").alias(role)
    task = Task.PAIR if "text_b" in roles else Task.SINGLE_LABEL
    if labels is not None and labels.labels is not None:
        several = labels.task is Task.MULTI_LABEL
        dtype = pl.List(pl.String) if several else pl.String
        fixed["label"] = pl.Series("label", labels.values, dtype=dtype)
        task = labels.task if several else task
    metadata = frame.select(pl.exclude(*roles.values(), *fixed)) if frame.width > len(roles) else None
    built = pl.DataFrame(list(fixed.values()))
    whole = built if metadata is None else built.hstack(metadata)
    return Dataset(
        whole[keep],
        task,
        labels.labels if labels else None,
        name=path.name,
        problems=(*sorted(problems.values(), key=lambda p: p.row), *doubled),
        notes=_notes(labels, roles, settings),
    )


def _labels(frame: pl.DataFrame, roles: dict[str, str], settings: DataSettings, path: Path) -> LabelValues | None:
    if "label" not in roles:
        return None
    task = settings.task if settings.task is Task.MULTI_LABEL else None
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


def _text_fault(value: Any) -> str:
    if value is None or value != value:
        return "missing_text"
    if isinstance(value, str):
        return "" if value.strip() else "empty_text"
    return "not_text" if isinstance(value, list | dict | bytes) else ""


def _ids(frame: pl.DataFrame, roles: dict[str, str], first_row: int) -> tuple[list[str], list[RowProblem]]:
    """Identifiers, made unique; doubled ones stay in the data with `#2`, `#3` … added, and are named."""
    if "id" not in roles:
        return [str(row + first_row) for row in range(frame.height)], []
    seen: dict[str, int] = {}
    ids, doubled = [], []
    for row, value in enumerate(frame[roles["id"]].to_list()):
        name = str(row + first_row) if value is None else str(value)
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            doubled.append(RowProblem(row + first_row, "duplicate_id", name[:40]))
            name = f"{name}#{seen[name]}"
        ids.append(name)
    return ids, doubled


def _notes(
    labels: LabelValues | None, roles: dict[str, str], settings: DataSettings
) -> tuple[tuple[str, dict[str, Any]], ...]:
    if labels is None or labels.scale is None or settings.stars is None:
        return ()
    scale = labels.scale
    values = {
        "column": roles["label"],
        "top": scale.top,
        "low": scale.low,
        "high": scale.high,
        "rule": settings.stars.value,
    }
    return (("data.note_star_rule", values),)


def summarise(problems: tuple[RowProblem, ...], shown: int = 5) -> str:
    """All problems by kind, each with its number of rows and the first of them."""
    kinds: dict[str, list[RowProblem]] = {}
    for problem in problems:
        kinds.setdefault(problem.kind, []).append(problem)
    return "; ".join(
        say(
            "rows.summary",
            count=len(found),
            reason=say(f"rows.{kind}", detail=found[0].detail),
            rows=", ".join(str(problem.row) for problem in found[:shown]) + (" …" if len(found) > shown else ""),
        )
        for kind, found in kinds.items()
    )
