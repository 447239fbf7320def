"""What the numbers of `insight` say, in sentences that the page shows as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from maeum.messages import language, say
from maeum.report.formats import is_number, percent, whole_percent
from maeum.report.insight_notes import notes_by_place
from maeum.report.insight_tables import NONE, Tables
from maeum.report.page import tied

CLOSE: Final = 0.7  # from here on a rank correlation over titles is called agreement
SHOWN_EMOTIONS: Final = 4

Item = tuple[str, str]  # kind of a finding (good, bad, plain, or empty), sentence


@dataclass(frozen=True)
class Kept:
    """How much of the data is in the page: titles in the table, with details, with examples."""

    titles: int
    details: int
    examples: int


def title(tables: Tables) -> str:
    """The page's title."""
    name = _part(tables, "data").get("name")
    return say("insight_page.title", data=name) if name else say("insight_page.title_unnamed")


def headline(tables: Tables) -> str:
    """How many reviews and titles there are, and how many can be compared."""
    titles, enough = tables.titles.height, int(tables.enough.sum())
    reviews = _part(tables, "counts").get("reviews") or int(tables.titles["n"].sum() or 0)
    values: dict[str, Any] = {"reviews": reviews, "titles": titles, "least": tables.least}
    if not enough:
        return say("insight_page.headline_none", **values)
    if titles == 1:
        return say("insight_page.headline_one", reviews=reviews, title=tables.titles["title"][0])
    if enough == titles:
        return say("insight_page.headline_all", **values)
    return say("insight_page.headline", enough=enough, **values)


def prose(tables: Tables, kept: Kept) -> dict[str, Any]:
    """All sentences of the page in the current language: `title`, `texts` and `lists` by the id of their element."""
    lists: dict[str, Iterable[Item]] = {
        "findings": _findings(tables),
        "notes": _bare(_notes(tables, kept)),
        "stars-findings": _agreement(tables),
        "reading-list": _bare(_reading(tables)),
        "facts-list": _bare(_facts(tables)),
    }
    return {
        "title": title(tables),
        "texts": {
            "page-title": title(tables),
            "headline": tied(headline(tables)),
            "titles-intro": say("insight_page.titles_intro"),
            "stars-intro": say("insight_page.stars_intro"),
        },
        "lists": {name: [(kind, tied(text)) for kind, text in items] for name, items in lists.items()},
    }


def _bare(sentences: Iterable[str]) -> Iterator[Item]:
    return (("", sentence) for sentence in sentences)


def _part(tables: Tables, name: str) -> Mapping[str, Any]:
    return tables.settings.get(name) or {}


def _findings(tables: Tables) -> Iterator[Item]:
    counts = _part(tables, "counts")
    if tables.sentiment and is_number(counts.get("positive_share")):
        share = percent(counts["positive_share"])
        stars, scale = counts.get("stars_mean"), tables.settings.get("rating_scale")
        if is_number(stars) and scale:
            stars_text = f"{stars:.2f}"
            yield "plain", say("insight_page.overall_positive_stars", share=share, stars=stars_text, scale=scale)
        else:
            yield "plain", say("insight_page.overall_positive", share=share)
    strongest = _strongest(tables)
    if strongest:
        yield "plain", say("insight_page.overall_emotions", emotions=strongest)
    yield from _title_agreement(tables)


def _strongest(tables: Tables) -> str:
    """The strongest emotions over all reviews: `기쁨 31%, 감동/감탄 28%`."""
    import polars as pl

    frame = tables.read("emotions")
    whole = frame.filter(pl.col("title").is_null() & pl.col("source").is_null() & (pl.col("level") == "emotion"))
    names = {
        row["label"]: row["en"] if language() == "en" else row["label"].replace("_", " ") for row in tables.emotions
    }
    best = whole.filter((pl.col("emotion") != NONE) & pl.col("mean").is_not_null()).sort("mean", descending=True)
    pairs = best.head(SHOWN_EMOTIONS).select("emotion", "mean").iter_rows()
    shares = [
        say("insight_page.emotion_share", name=names.get(label, label), share=whole_percent(round(mean, 2)))
        for label, mean in pairs
    ]
    return ", ".join(shares)


def _title_agreement(tables: Tables) -> Iterator[Item]:
    found = _part(tables, "agreement")
    rho, titles = found.get("spearman_titles"), found.get("titles")
    if not is_number(rho) or not titles:
        return
    if rho >= CLOSE:
        yield "good", say("insight_page.agrees_titles", rho=f"{rho:.3f}", titles=titles)
    else:
        yield "bad", say("insight_page.agrees_little", rho=f"{rho:.3f}", titles=titles)


def _agreement(tables: Tables) -> Iterator[Item]:
    yield from _title_agreement(tables)
    found = _part(tables, "agreement")
    if is_number(found.get("spearman_reviews")):
        rho = f"{found['spearman_reviews']:.3f}"
        yield "plain", say("insight_page.stars_reviews", rho=rho, reviews=found["reviews"])
    if found.get("decided") and is_number(found.get("accuracy")):
        shares = {"share": percent(found["accuracy"])}
        shares |= {side: _percent(found.get(f"{side}_correct")) for side in ("low", "high")}
        yield "plain", say("insight_page.stars_decided", count=found["decided"], **shares)


def _percent(value: Any) -> str:
    return percent(float(value)) if is_number(value) else say("report.no_value")


def _notes(tables: Tables, kept: Kept) -> Iterator[str]:
    """What a reader must know before the numbers."""
    if not tables.emotions:
        model = (_part(tables, "models").get("sentiment") or {}).get("name") or "fast"
        yield say("insight_page.no_emotions", model=model)
    if not tables.sentiment:
        yield say("insight_page.no_sentiment")
    enough = int(tables.enough.sum())
    few = tables.titles.height - enough
    if few:
        yield say("insight_page.few_titles", count=few, least=tables.least)
    if tables.emotions:
        yield from _none(tables)
    if kept.titles < tables.titles.height:
        yield say("insight_page.titles_cut", shown=kept.titles, all=tables.titles.height)
    if kept.details < enough:
        yield say("insight_page.details_cut", kept=kept.details, all=enough)
    if kept.examples < kept.details:
        yield say("insight_page.examples_cut", kept=kept.examples)
    yield from notes_by_place(_told(tables))[0]


def _told(tables: Tables) -> list[str]:
    return [str(note) for note in tables.settings.get("notes") or []]


def _none(tables: Tables) -> Iterator[str]:
    """Whether '없음' counts in the means, and for how many reviews that matters."""
    used = np.nan_to_num(tables.titles["used"].cast(float).fill_null(0).to_numpy())
    shares = tables.titles["none_share"].cast(float).fill_null(np.nan).to_numpy()
    known = np.isfinite(shares) & (used > 0)
    if not known.any():
        return
    share = percent(float(np.average(shares[known], weights=used[known])))
    counted = _part(tables, "settings").get("count_none", True)
    if counted:
        yield say("insight_page.none_counted", share=share)
    else:
        yield say("insight_page.none_left_out", share=share)


def _reading(tables: Tables) -> Iterator[str]:
    emotions = bool(tables.emotions)
    names = {
        "axes": emotions and tables.sentiment,
        "positivity": tables.sentiment,
        "intensity": emotions,
        "colour": emotions,
        "classes": emotions,
        "distance": emotions,
        "words": True,
    }
    for name, shown in names.items():
        if shown:
            yield say(f"insight_page.read_{name}")


def _facts(tables: Tables) -> Iterator[str]:
    """Where the numbers come from, and what was left out."""
    models = _part(tables, "models")
    named = [
        say(f"insight_page.model_{what}", name=models[what]["name"])
        for what in ("sentiment", "emotion")
        if models.get(what)
    ]
    if named:
        yield say("insight_page.fact_models", models=", ".join(named))
    columns = {role: name for role, name in (_part(tables, "data").get("columns") or {}).items() if name}
    if columns:
        yield say("insight_page.fact_columns", columns=", ".join(f"{role} = {name}" for role, name in columns.items()))
    yield from _choice(tables)
    yield from notes_by_place(_told(tables))[1]


def _choice(tables: Tables) -> Iterator[str]:
    settings = _part(tables, "settings")
    if tables.emotions and settings.get("max_reviews") and settings.get("choose") in ("spread", "newest", "random"):
        choose = say(f"insight_page.choose_{settings['choose']}")
        most, seed = settings["max_reviews"], settings.get("seed", 0)
        yield say("insight_page.fact_used", most=most, choose=choose, seed=seed)
    if tables.settings.get("sentiment_on") == "all":
        yield say("insight_page.fact_on_all")
