"""`maeum insight`: what an audience feels about each title, as tables and a page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.audience.analysis import analyse
from maeum.audience.emotions import read_label_file
from maeum.audience.judging import EmotionJudge, SentimentJudge, emotion_judge, sentiment_judge
from maeum.audience.settings import ReviewSettings
from maeum.audience.survey import Work
from maeum.audience.tables import PAGE, SETTINGS, TABLES
from maeum.data.catalog.kote import KOTE_LABELS
from maeum.errors import UsageError
from maeum.messages import did_you_mean, listing, say
from maeum.models import DEFAULT
from maeum.progress import tell
from maeum.schema import Model
from maeum.version import __version__
from maeum.workflows.insight_notes import notes_of
from maeum.workflows.insight_reviews import Reviews, open_reviews
from maeum.workflows.outputs import check_new_folder, new_folder, write_json
from maeum.workflows.predict import judge_of, workers_for

if TYPE_CHECKING:
    import polars as pl

WHAT: Final = ("sentiment", "emotion")
EMOTION_MODEL: Final = "emotion"
FAST: Final = "fast"
_READERS: Final = 2  # threads that read blocks where no model gains by more


@dataclass(frozen=True)
class Insight:
    """What `insight` found.

    Attributes:
        folder: Where everything lies.
    """

    folder: Path

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What `insight.json` says: settings, counts, what was left out, agreement."""
        found: dict[str, Any] = json.loads((self.folder / SETTINGS).read_text(encoding="utf-8"))
        return found

    def table(self, name: str) -> pl.DataFrame:
        """One of the tables (`titles`, `sources`, `emotions`, `timeline`, `distances`, `words`, `reviews`).

        Raises:
            UsageError: There is no such table; with the nearest.
        """
        import polars as pl

        if name not in TABLES:
            near = did_you_mean(name, TABLES)
            raise UsageError("insight.unknown_table", name=name, near=near, known=", ".join(TABLES))
        return pl.read_parquet(self.folder / f"{name}.parquet")

    @property
    def titles(self) -> pl.DataFrame:
        """A row per title."""
        return self.table("titles")

    @property
    def page(self) -> Path:
        """The page to look through."""
        return self.folder / PAGE


def insight(
    source: str | Path | pl.DataFrame,
    *,
    out: str | Path,
    what: str | Sequence[str] | None = None,
    model: Model | str | Path = DEFAULT,
    emotion_model: Model | str | Path | None = None,
    emotion_labels: str | Path | None = None,
    overwrite: bool = False,
    **settings: Any,
) -> Insight:
    """Find what reviews say of each title and source: sentiment, emotions, time, words, agreement with stars.

        found = maeum.insight("reviews.csv", out="insight", title_column="영화")
        found.titles.sort("positivity")

    Files of any size are read in blocks, twice; what is held grows with the number of titles, not of reviews.

    Args:
        source: A file, a corpus with titles (`nsmc-raw`, `kmrd`, `sample`), or a polars frame.
        out: Folder for the tables, `insight.json` and `index.html`.
        what: `sentiment`, `emotion`, or both (a list, or joined by a comma); both when None, but with the model `fast`,
            which is for haste, sentiment alone.
        model: Of sentiment: its labels must mean negative and positive.
        emotion_model: Of emotions: its labels must be KOTE's 44; the packaged `emotion` when None.
        emotion_labels: File with the names of the emotion model's labels, one a line, where it only numbers them.
        overwrite: Replace an insight folder that exists.
        **settings: Fields of `ReviewSettings`: columns, how reviews are chosen and counted, how a file is read.

    Raises:
        DataError: The file or corpus cannot be used, or has no usable review.
        ModelError: A model is not there, or does not answer what it is asked.
        LabelError: Emotions that are not KOTE's.
        OutputError: `out` exists, or cannot be written.
        UsageError: Settings that do not go together.
        RecipeError: Unknown settings, or values out of range.
    """
    given = {name: value for name, value in settings.items() if value is not None}
    chosen = ReviewSettings.build(given)
    parts = parts_of(what, model, emotion_model)
    if "emotion" not in parts and (emotion_model is not None or emotion_labels is not None):
        raise UsageError("insight.emotion_not_asked", what=",".join(parts))
    folder = Path(out)
    check_new_folder(folder, overwrite=overwrite, marker=SETTINGS)
    labels = None if emotion_labels is None else read_label_file(emotion_labels)
    reviews = open_reviews(source, chosen, given)
    chosen = decided(chosen, reviews)
    sentiment = _sentiment(model) if "sentiment" in parts else None
    emotion = _emotion(emotion_model or EMOTION_MODEL, labels) if "emotion" in parts else None
    if chosen.sentiment_on == "auto":
        quick = sentiment is not None and sentiment.quick
        chosen = chosen.model_copy(update={"sentiment_on": "all" if quick else "used"})
    work = Work(
        reviews.stream,
        reviews.columns,
        chosen,
        reviews.known,
        sentiment,
        emotion,
        chosen.day_first,
        None if chosen.rating_scale == "auto" else int(chosen.rating_scale),
        _READERS,
    )
    _say_columns(reviews)
    with new_folder(folder, overwrite=overwrite, marker=SETTINGS) as part:
        found = analyse(work, part)
        notes = notes_of(found, work, reviews)
        facts = {**_frame_of_facts(work, reviews, parts), **found.facts, "notes": notes}
        write_json(part / SETTINGS, facts)
        from maeum.report.insight_page import write

        write(part)
    for note in notes:
        tell(note)
    found.long.tell()
    return Insight(folder)


def parts_of(
    what: str | Sequence[str] | None, model: Model | str | Path, emotion_model: Model | str | Path | None
) -> tuple[str, ...]:
    """What is asked for, in the order of `WHAT`.

    Raises:
        UsageError: Nothing, or something else.
    """
    if what is None:
        return ("sentiment",) if str(model) == FAST and emotion_model is None else WHAT
    named = [part.strip() for part in (what.split(",") if isinstance(what, str) else what)]
    unknown = [part for part in named if part not in WHAT]
    if unknown or not named:
        found = unknown[0] if unknown else ""
        raise UsageError("insight.what_unknown", found=found, near=did_you_mean(found, WHAT), known=",".join(WHAT))
    return tuple(part for part in WHAT if part in named)


def decided(settings: ReviewSettings, reviews: Reviews) -> ReviewSettings:
    """The settings with a way to choose reviews that these have dates for.

    Raises:
        UsageError: A way was asked for that needs dates, and there are none.
    """
    dates = reviews.columns.of["date"] is not None
    if settings.choose in ("spread", "newest") and not dates:
        found = listing(reviews.stream.columns, 30)
        raise UsageError("insight.choose_needs_dates", choose=settings.choose, path=reviews.name, found=found)
    if settings.choose != "auto":
        return settings
    return settings.model_copy(update={"choose": "spread" if dates else "random"})


def _sentiment(model: Model | str | Path) -> SentimentJudge:
    loaded = judge_of(model)
    return sentiment_judge(loaded, _name(model), workers_for(loaded))


def _emotion(model: Model | str | Path, labels: list[str] | None) -> EmotionJudge:
    loaded = judge_of(model)
    return emotion_judge(loaded, _name(model), workers_for(loaded), labels)


def _name(model: Model | str | Path) -> str:
    return str(model) if isinstance(model, str | Path) else type(model).__name__


def _say_columns(reviews: Reviews) -> None:
    guessed = [f"{say(f'insight.role_{role}')} = '{reviews.columns.of[role]}'" for role in reviews.columns.guessed]
    if guessed:
        tell(say("insight.guessed", found=listing(guessed, 10)))


def _frame_of_facts(work: Work, reviews: Reviews, parts: tuple[str, ...]) -> dict[str, Any]:
    """What `insight.json` says of where the numbers come from."""
    sentiment, emotion = work.sentiment, work.emotion
    thresholds: Mapping[str, float] = (
        {} if emotion is None else dict(zip(KOTE_LABELS, map(float, emotion.thresholds), strict=True))
    )
    return {
        "version": __version__,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "data": {
            "name": reviews.name,
            "rows": work.stream.rows,
            "columns": dict(work.columns.of),
            "guessed": list(work.columns.guessed),
        },
        "settings": work.settings.model_dump(mode="json"),
        "what": list(parts),
        "models": {
            "sentiment": None if sentiment is None else {"name": sentiment.name, "labels": list(sentiment.labels)},
            "emotion": None
            if emotion is None
            else {"name": emotion.name, "labels": list(KOTE_LABELS), "thresholds": thresholds},
        },
    }
