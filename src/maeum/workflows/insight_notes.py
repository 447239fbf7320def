"""What a reader of `insight`'s results must know, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from maeum.audience.analysis import Analysed
from maeum.audience.survey import Work
from maeum.messages import listing, say
from maeum.models import bundled
from maeum.workflows.insight_reviews import Reviews

_SHOWN: Final = 3  # joined titles that are named
_LEARNT_FROM: Final = ("nsmc-raw", "kmrd")  # corpora whose reviews the packaged models were trained on


def notes_of(found: Analysed, work: Work, reviews: Reviews) -> list[str]:
    """All that is to be said of a table of reviews and of what was made of it, in the current language."""
    facts = found.facts
    return [*reviews.notes, *_left_out(facts, work), *_joined(facts), *_missing(work), *_counted(facts, work, reviews)]


def _left_out(facts: Mapping[str, Any], work: Work) -> Iterator[str]:
    """Rows and cells that could not be used."""
    left, examples = facts["left_out"], facts["examples"]
    values = {
        "unreadable_rows": {},
        "no_text": {},
        "no_title": {},
        "dates_relative": {},
        "dates_unreadable": {"examples": listing(examples["dates"], 5)},
        "dates_ambiguous": {"order": say(f"insight.order_{'day' if work.day_first else 'month'}")},
        "ratings_unreadable": {"examples": listing(examples["ratings"], 5)},
        "ratings_out_of_range": {"scale": facts["rating_scale"] or "–"},
    }
    for key, own in values.items():
        if left[key]:
            yield say(f"insight.left_{key}", count=left[key], **own)


def _joined(facts: Mapping[str, Any]) -> Iterator[str]:
    """Titles and sources of several spellings."""
    for key in ("joined", "joined_sources"):
        if facts[key]:
            shown = listing([_spellings(one) for one in facts[key]], _SHOWN)
            yield say(f"insight.{key}", count=len(facts[key]), shown=shown)


def _spellings(joined: Mapping[str, Any]) -> str:
    """'겨울왕국' ← '겨울 왕국' (12), '겨울왕국' (NFD, 3)."""
    parts = [
        f"'{one['spelling']}' ({'NFD, ' if one['form'] == 'NFD' else ''}{one['n']:,})" for one in joined["spellings"]
    ]
    return f"'{joined['title']}' ← {listing(parts, 4)}"


def _missing(work: Work) -> Iterator[str]:
    """Columns that are not there."""
    for role in ("date", "rating", "source"):
        if work.columns.of[role] is None:
            yield say(f"insight.no_{role}")


def _counted(facts: Mapping[str, Any], work: Work, reviews: Reviews) -> Iterator[str]:
    """How it was counted."""
    counts = facts["counts"]
    few = counts["titles"] - counts["titles_enough"]
    if few:
        key = "all_few" if few == counts["titles"] else "some_few"
        yield say(f"insight.{key}", few=few, titles=counts["titles"], least=work.settings.min_reviews)
    if work.emotion is None:
        yield say("insight.only_sentiment")
    else:
        yield say(f"insight.none_{'counted' if work.settings.count_none else 'left_out'}")
    name = None if work.sentiment is None else work.sentiment.name
    if facts["agreement"] is not None and reviews.corpus in _LEARNT_FROM and name in bundled():
        yield say("insight.training_figure", model=name)
