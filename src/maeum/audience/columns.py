"""Which columns of a table of reviews mean what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from maeum.audience.settings import ColumnSettings
from maeum.data.columns import KNOWN, require_column
from maeum.errors import DataError, UsageError
from maeum.messages import listing
from maeum.settings import flag

ROLES: Final = ("text", "title", "source", "date", "rating")
_NEEDED: Final = ("text", "title")
# Names under which Korean and English tables carry these columns, most telling first.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "title": (
        "title", "movie", "movie_title", "movie_name", "film", "영화", "영화명", "영화제목", "영화 제목", "제목",
        "작품", "작품명", "product", "product_name", "item", "상품", "상품명", "제품", "제품명", "book", "책", "도서",
        "도서명", "game", "게임", "app", "앱", "place", "store", "restaurant", "가게", "매장", "식당", "업체",
        "업체명", "장소", "movie_id", "product_id", "item_id", "name",
    ),
    "source": (
        "source", "site", "platform", "channel", "출처", "사이트", "플랫폼", "채널", "매체", "수집처", "수집출처",
    ),
    "date": (
        "date", "datetime", "created_at", "created", "written_at", "timestamp", "time", "review_date", "작성일",
        "작성일자", "작성일시", "작성날짜", "작성 날짜", "작성시간", "등록일", "등록일자", "날짜", "일자", "일시",
        "리뷰날짜",
    ),
    "rating": (
        "rating", "stars", "star", "score", "grade", "평점", "별점", "점수", "평가", "별점(평점)",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """The column of each role.

    Attributes:
        of: Role (of `ROLES`) -> column; None where there is none.
        guessed: Roles that were found by the column's name.
        title: The one title of all reviews, in place of a column.
    """

    of: Mapping[str, str | None]
    guessed: tuple[str, ...] = ()
    title: str | None = field(default=None)


def find_columns(columns: list[str], settings: ColumnSettings, path: Path | str) -> Columns:
    """Find the columns of a table.

    Args:
        columns: All its columns.
        settings: What the user named.
        path: For messages.

    Raises:
        DataError: A column named is not there (with the nearest), or text or title cannot be told.
        UsageError: Two roles for one column, or both a title and a column of titles.
    """
    if settings.title is not None and settings.title_column is not None:
        raise UsageError("insight.title_twice")
    named = {role: getattr(settings, f"{role}_column") for role in ROLES}
    found: dict[str, str | None] = {
        role: None if name is None else require_column(columns, name, flag(f"{role}_column"), path)
        for role, name in named.items()
    }
    used = [name for name in found.values() if name is not None]
    twice = sorted({name for name in used if used.count(name) > 1})
    if twice:
        raise UsageError("insight.column_twice", column=listing(twice))
    guessed = []
    for role in ("title", "source", "date", "rating", "text"):
        skip = role == "title" and settings.title is not None
        if found[role] is None and not skip:
            found[role] = _guess(columns, role, {name for name in found.values() if name is not None})
            if found[role] is not None:
                guessed.append(role)
    missing = [role for role in _NEEDED if found[role] is None and not (role == "title" and settings.title is not None)]
    if missing:
        flags = listing(flag(f"{role}_column") for role in missing)
        key = "insight.title_unclear" if missing == ["title"] else "insight.columns_unclear"
        raise DataError(key, path=path, flags=flags, found=listing(columns, 30))
    order = tuple(role for role in ROLES if role in guessed)
    return Columns({role: found[role] for role in ROLES}, order, settings.title)


def _guess(columns: list[str], role: str, taken: set[str]) -> str | None:
    """The first column with a usual name of `role`; of texts also the only column left."""
    by_lower = {column.strip().lower(): column for column in reversed(columns) if column not in taken}
    names = KNOWN["text"] if role == "text" else NAMES[role]
    found = next((by_lower[name] for name in names if name in by_lower), None)
    return next(iter(by_lower.values())) if found is None and role == "text" and len(by_lower) == 1 else found
