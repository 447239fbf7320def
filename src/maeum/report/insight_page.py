"""The page of `insight`: one HTML file that needs no network, made from the folder's tables."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import numpy as np
from markupsafe import Markup

from maeum.audience.tables import PAGE
from maeum.messages import LANGUAGES, language, say, table
from maeum.report import insight_words, palette
from maeum.report.formats import speaking
from maeum.report.insight_details import Details
from maeum.report.insight_tables import Row, Tables, class_rows, emotion_rows, thousandth, title_columns
from maeum.report.page import environment
from maeum.storage import write_text

MAX_BYTES: Final = 15_000_000
"""Of the page. Browsers open that at once, also on phones, and it still travels by mail."""

MAX_TITLES: Final = 100_000
NUMBERS_SHARE: Final = 0.5  # of the room beside the table; the rest is for examples
SCRIPTS: Final = ("core", "search", "charts", "table", "title", "emotions", "compare", "start")
SLACK: Final = 200  # bytes: names of parts, digits of counts
WORD: Final = "ui_"  # messages that the page itself puts together


def write(folder: Path, *, max_bytes: int = MAX_BYTES, lang: str | None = None) -> Path:
    """Make `index.html` from the tables that `maeum insight` wrote.

    Args:
        folder: Holds `insight.json` and the tables.
        max_bytes: Of the page; details of the titles with the fewest reviews are left out first, and the page says so.
        lang: The language the page opens in, `ko` or `en` (a button switches); None for the current language.

    Returns:
        Where the page lies.

    Raises:
        DataError: The folder holds no `insight.json`.
        OutputError: The page cannot be written.
    """
    page = Path(folder) / PAGE
    write_text(page, speaking(lang, lambda: insight_page(Tables.of(Path(folder)), max_bytes)))
    return page


def insight_page(tables: Tables, max_bytes: int = MAX_BYTES) -> str:
    """The page as one self-contained HTML document; whatever comes from the data is text in it, never HTML."""
    script = Markup(_script())  # noqa: S704 - ours
    values = {
        "lang": language(),
        "title": insight_words.title(tables),
        "headline": insight_words.headline(tables),
        "word": lambda name: say(f"insight_page.{WORD}{name}"),
        "sections": _sections(tables),
        "palette": palette,
        "script": script,
        "script_hash": _hash(script),
        "emotions": bool(tables.emotions),
    }
    frame = environment().get_template("insight.html.j2")
    room = max_bytes - len(frame.render(data="", **values).encode())
    return frame.render(data=Markup(_as_json(page_data(tables, room))), **values)  # noqa: S704 - `<` is escaped in it


def _sections(tables: Tables) -> list[str]:
    """Anchors of the parts that have something to show, in their order."""
    stars = tables.sentiment and tables.titles["stars"].is_not_null().any()
    shown = {"map": tables.sentiment and bool(tables.emotions), "stars": bool(stars)}
    anchors = ("titles", "map", "title", "emotions", "compare", "stars", "reading")
    return [anchor for anchor in anchors if shown.get(anchor, True)]


def page_data(tables: Tables, room: int = MAX_BYTES) -> Row:
    """Everything the page shows, within `room` bytes of JSON."""
    shown = min(tables.titles.height, MAX_TITLES)
    details = Details(tables, shown)
    found: Row = {
        "lang": language(),
        "words": {lang: _words(lang) for lang in LANGUAGES},
        "emotions": emotion_rows(tables),
        "basics": class_rows(tables, "basic"),
        "coarse": class_rows(tables, "coarse"),
        "least": tables.least,
        "titles": title_columns(tables, shown),
        "middle": {"dark": _middle(tables)},
        "whole": details.overall(),
        "carriers": details.emotion_pages(),
    }
    nothing = insight_words.Kept(titles=shown, details=0, examples=0)  # what is left out is said at greatest length
    room -= _size(found) + _size(_prose(tables, nothing)) + SLACK
    found["details"], kept, examples = _within(details, tables, room)
    found["kept"] = kept
    found["prose"] = _prose(tables, insight_words.Kept(titles=shown, details=kept, examples=examples))
    return found


def _prose(tables: Tables, kept: insight_words.Kept) -> dict[str, Any]:
    return {lang: speaking(lang, lambda: insight_words.prose(tables, kept)) for lang in LANGUAGES}


def _within(details: Details, tables: Tables, room: int) -> tuple[dict[int, Row], int, int]:
    """Details by number of title as far as they fit, and of how many titles there are numbers, and examples too."""
    names = tables.titles["title"].to_list()
    wanted = [at for at in np.flatnonzero(tables.enough).tolist() if at < details.shown]
    numbers = ((at, details.numbers(names[at])) for at in wanted)
    found, used = _fitting(numbers, int(room * NUMBERS_SHARE))
    examples, _ = _fitting(((at, details.examples(names[at])) for at in found), room - used)
    for at in found:
        found[at] |= examples.get(at, {"cut": 1})
    return found, len(found), len(examples)


def _fitting(rows: Iterable[tuple[int, Row]], room: int) -> tuple[dict[int, Row], int]:
    """The first rows whose JSON fits into `room` bytes, and how many bytes it takes."""
    found: dict[int, Row] = {}
    used = 0
    for at, row in rows:
        size = _size(row) + 12  # its number, quotes, colon, comma
        if used + size > room:
            break
        found[at] = row
        used += size
    return found, used


def _middle(tables: Tables) -> int | None:
    """Median over the titles with enough reviews of the strongest of fear, sadness and shock; thousandths."""
    values = tables.dark[tables.enough]
    known = values[np.isfinite(values)]
    return thousandth(np.median(known)) if known.size else None


def _words(lang: str) -> dict[str, str]:
    messages: Mapping[str, Mapping[str, str]] = table("insight_page")
    return {name.removeprefix(WORD): text[lang] for name, text in messages.items() if name.startswith(WORD)}


def _as_json(value: Any) -> str:
    """JSON that cannot end the element it stands in: there is no `<` in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")


def _size(value: Any) -> int:
    return len(_as_json(value).encode())


@lru_cache(maxsize=1)
def _script() -> str:
    parts = [_resource(f"insight_{name}.js") for name in SCRIPTS]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "\n})();"


def _resource(name: str) -> str:
    return (resources.files("maeum.report") / "templates" / name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    """What the page's security policy names the only script it runs by."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
