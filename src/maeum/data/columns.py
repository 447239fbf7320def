"""Which column of a user's file means what."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from maeum.errors import DataError
from maeum.messages import did_you_mean, listing, say
from maeum.settings import flag

# Names under which Korean and English files carry these columns, most telling first.
KNOWN: Final = {
    "text": (
        "text", "review", "document", "sentence", "comment", "comments", "content", "contents", "reviews", "title_text",
        "text_a", "sentence1", "텍스트", "리뷰", "후기", "댓글", "내용", "본문", "문장", "리뷰내용", "리뷰 내용",
        "의견", "코멘트",
    ),
    "text_b": ("text_b", "sentence2", "hypothesis", "question2", "문장2", "두번째 문장"),
    "label": (
        "label", "labels", "sentiment", "class", "category", "target", "emotions", "emotion", "gold_label", "score",
        "rating", "stars", "star", "레이블", "라벨", "정답", "감성", "감정", "분류", "평점", "별점", "점수",
    ),
    "subject": ("subject", "subject_entity", "주어"),
    "object": ("object", "object_entity", "목적어"),
    "id": ("id", "guid", "review_id", "번호", "아이디"),
}  # fmt: skip
STAR_NAMES: Final = ("stars", "star", "rating", "별점", "평점", "score", "점수")


def find_column(
    columns: list[str], role: str, wanted: str | None, path: Path | str, taken: Collection[str] = ()
) -> str | None:
    """The column for `role` (a key of `KNOWN`): the one asked for, else the first known name.

    Args:
        columns: All columns of the file.
        role: What the column holds.
        wanted: The name the user gave.
        path: For messages.
        taken: Columns that mean something else already; they are not found by their name.

    Raises:
        DataError: The column asked for does not exist.
    """
    if wanted is not None:
        return require_column(columns, wanted, flag(f"{role}_column"), path)
    return _known(columns, KNOWN[role], taken)


def text_column(columns: list[str], wanted: str | None, path: Path | str, taken: Collection[str] = ()) -> str:
    """The column with the text; the only column left of a file need not be named.

    Raises:
        DataError: It cannot be told, or the one asked for does not exist.
    """
    found = find_column(columns, "text", wanted, path, taken)
    left = [column for column in columns if column not in taken]
    if found is None and len(left) == 1:
        return left[0]
    if found is None:
        raise unclear("text", columns, path)
    return found


def star_column(columns: list[str], wanted: str | None, path: Path | str, taken: Collection[str] = ()) -> str:
    """The column with stars: the one asked for, else one named like stars, else the label column.

    Raises:
        DataError: It cannot be told, or the one asked for does not exist.
    """
    stars = None if wanted is not None else _known(columns, STAR_NAMES, taken)
    found = stars or find_column(columns, "label", wanted, path, taken)
    if found is None:
        raise unclear("label", columns, path)
    return found


def require_column(columns: Iterable[str], wanted: str, flag_name: str, path: Path | str) -> str:
    """`wanted`, checked to exist.

    Raises:
        DataError: It does not; with the nearest name and all names.
    """
    columns, wanted = list(columns), unicodedata.normalize("NFC", wanted).strip()  # as names of columns are read
    if wanted not in columns:
        near = did_you_mean(wanted, columns)
        raise DataError(
            "data.column_missing", column=wanted, path=path, flag=flag_name, near=near, found=listing(columns, 30)
        )
    return wanted


def unclear(role: str, columns: list[str], path: Path | str) -> DataError:
    """The error that asks for a column by its flag."""
    what, name = say(f"data.what_{role}"), flag(f"{role}_column")
    return DataError("data.column_unclear", path=path, what=what, flag=name, found=listing(columns, 30))


def _known(columns: list[str], names: Iterable[str], taken: Collection[str]) -> str | None:
    by_lower = {column.strip().lower(): column for column in reversed(columns) if column not in taken}
    return next((by_lower[name] for name in names if name in by_lower), None)
