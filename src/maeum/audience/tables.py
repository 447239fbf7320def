"""The tables that `insight` writes: one place with the names and types of all their columns.

Types are written as `str`, `bool`, `int`, `float` (float32), `date`; every column but those named in `REQUIRED` may be
null. `EMOTIONS` stands for 44 columns `e_<label>`, which only exist where emotions were asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from maeum.data.catalog.kote import KOTE_LABELS

if TYPE_CHECKING:
    import polars as pl

SETTINGS: Final = "insight.json"
PAGE: Final = "index.html"
EMOTION: Final = "e_"  # in front of the name of an emotion, where it is a column
EMOTION_COLUMNS: Final = tuple(f"{EMOTION}{label}" for label in KOTE_LABELS)

_SENTIMENT: Final = {
    "sentiment_n": "int",  # reviews that the next five columns are of
    "positive_share": "float",  # of them called positive
    "negative_share": "float",  # of them called negative; the rest is neutral, with models that know it
    "positivity": "float",  # mean of P(positive) + half of what is neither positive nor negative, 0…1
    "positivity_low": "float",  # 95 % interval of that mean
    "positivity_high": "float",
}
_NUMBERS: Final = {
    "n": "int",  # reviews with a text
    "used": "int",  # of them looked at for emotions, words and examples
    "too_few": "bool",  # fewer than `min_reviews` are there
    "dated": "int",  # reviews with a readable date
    "first_date": "date",
    "last_date": "date",
    "stars_n": "int",  # reviews with stars inside the scale
    "stars": "float",  # their mean
    **_SENTIMENT,
    "none_share": "float",  # of the used, those whose strongest emotion is '없음'
    "valence": "float",  # mean of the emotions' valence, weighed by mean intensity, -1…1
    "arousal": "float",  # the same of arousal, -1…1
    "EMOTIONS": "float",  # mean intensities 0…1
}

TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    # one row per title, most reviews first
    "titles": {"title": "str", "sources": "int", **_NUMBERS},
    # one row per title and source; no rows without a source column
    "sources": {"title": "str", "source": "str", **_NUMBERS},
    # long: title and source null: all reviews; source null: the title; title null: the source over all titles
    "emotions": {
        "title": "str",
        "source": "str",
        "level": "str",  # emotion (44), basic (8), coarse (4)
        "emotion": "str",  # label, or name of the basic emotion or coarse class
        "mean": "float",
        "low": "float",  # 95 % bootstrap interval of the mean over reviews
        "high": "float",
        "n": "int",  # reviews in the mean
    },
    # title null: all reviews; only titles with dates; sorted by title, period_start
    "timeline": {
        "title": "str",
        "unit": "str",  # month, quarter, year
        "period": "str",  # 2019-03, 2019-Q1, 2019
        "period_start": "date",
        "n": "int",  # reviews of the period
        "stars": "float",
        "sentiment_n": "int",
        "positivity": "float",
        "used": "int",  # reviews that the emotions are of
        "EMOTIONS": "float",
    },
    # Hellinger distance of mean emotions, 0…1
    "distances": {
        "kind": "str",  # title: nearest titles; source: sources over all titles; title_source: sources within a title
        "title": "str",
        "source": "str",
        "other_title": "str",
        "other_source": "str",
        "rank": "int",  # 1 is nearest
        "distance": "float",
    },
    # words that set a group of reviews apart from all other used reviews
    "words": {
        "kind": "str",  # title, emotion, sentiment
        "title": "str",  # of kind title
        "label": "str",  # of kind emotion its label; of kind sentiment `positive` or `negative`
        "word": "str",
        "rank": "int",  # 1 is the most telling
        "n": "int",  # times in the group
        "n_rest": "int",  # times in all other reviews
        "log_odds": "float",
        "z": "float",
    },
    # examples that carry a label most strongly, most strongly first
    "reviews": {
        "kind": "str",  # emotion, sentiment
        "title": "str",
        "source": "str",
        "label": "str",  # the emotion; or `positive`, `negative`
        "rank": "int",
        "intensity": "float",  # of that emotion, or P(label)
        "positivity": "float",  # of the review, the other axis
        "stars": "float",
        "date": "date",
        "text": "str",
        "row": "int",  # of the file, as a spreadsheet shows it
    },
}


def columns_of(table: str, *, emotions: bool) -> dict[str, str]:
    """Column -> type of a table of `TABLES`, with or without those of emotions."""
    found: dict[str, str] = {}
    for name, kind in TABLES[table].items():
        if name != "EMOTIONS":
            found[name] = kind
        elif emotions:
            found |= dict.fromkeys(EMOTION_COLUMNS, kind)
    return found


def schema_of(table: str, *, emotions: bool) -> dict[str, Any]:
    """Column -> polars type of a table of `TABLES`."""
    import polars as pl

    types = {"str": pl.String, "bool": pl.Boolean, "int": pl.Int64, "float": pl.Float32, "date": pl.Date}
    return {name: types[kind] for name, kind in columns_of(table, emotions=emotions).items()}


def shaped(table: str, frame: pl.DataFrame, *, emotions: bool) -> pl.DataFrame:
    """`frame` with exactly the columns of a table, in their order and types; what it lacks is null."""
    import polars as pl

    schema = schema_of(table, emotions=emotions)
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in schema.items()
    )
