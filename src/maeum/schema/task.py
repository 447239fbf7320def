"""What kind of answer is asked for."""

from __future__ import annotations

from enum import StrEnum


class Task(StrEnum):
    """The kinds of questions maeum answers about a text."""

    SINGLE_LABEL = "single_label"
    """One of K labels for a text (sentiment, topic, stars)."""
    MULTI_LABEL = "multi_label"
    """Any number of K labels for a text (emotions)."""
    PAIR = "pair"
    """One of K labels for two texts (inference, paraphrase)."""
    TOKENS = "tokens"
    """Labelled stretches of a text (entities)."""
    RELATION = "relation"
    """One of K labels for two entities of a text."""
    SIMILARITY = "similarity"
    """A number for two texts."""

    @property
    def has_pairs(self) -> bool:
        """Whether an example is two texts."""
        return self in (Task.PAIR, Task.SIMILARITY)
