"""How a tokenizer reads texts that it was not learnt from: what it loses, how much room it needs, emoticons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from maeum.text.emoticons import find_emoticons

# Signs that say how a review is meant and that no list of emoticons has, because they are punctuation.
_RUNS: Final = re.compile(r"!{2,}|\?{2,}|~{2,}|\.{3,}|;{2,}")
_WORST: Final = 10


@dataclass(frozen=True)
class TokenizerReport:
    """Figures over N texts; special tokens around a text do not count.

    Attributes:
        texts: How many.
        tokens: In all of them.
        characters: In all of them, white space included.
        unknown: Share of tokens that are [UNK].
        texts_with_unknown: Share of texts that have any.
        characters_per_token: More is shorter, so faster.
        tokens_per_text: Mean.
        emoticons: Emoticons, emoji and runs of signs (ㅋㅋㅋ ㅠㅠ ^^ ;; !! ♥) there are.
        emoticons_kept: Share of them that come through without [UNK]; 1 where there are none.
        lost: What becomes [UNK] most often, with how often.
    """

    texts: int
    tokens: int
    characters: int
    unknown: float
    texts_with_unknown: float
    characters_per_token: float
    tokens_per_text: float
    emoticons: int
    emoticons_kept: float
    lost: tuple[tuple[str, int], ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values by name."""
        return {**asdict(self), "lost": [list(one) for one in self.lost]}


Spans = Callable[[Sequence[str]], Sequence[tuple[int, Sequence[tuple[int, int]]]]]


def tokenizer_report(texts: Sequence[str], spans: Spans) -> TokenizerReport:
    """Judge a tokenizer on texts.

    Args:
        texts: N texts, best ones that it was not learnt from.
        spans: Gives for each text how many tokens it has, and where in it (start, end in characters) the [UNK]s lie.
    """
    tokens = unknown = with_unknown = signs = kept = 0
    lost: Counter[str] = Counter()
    for text, (count, gaps) in zip(texts, spans(texts), strict=True):
        tokens, unknown, with_unknown = tokens + count, unknown + len(gaps), with_unknown + bool(gaps)
        lost.update(text[start:end] for start, end in gaps)
        found = signs_of(text)
        signs += len(found)
        kept += sum(not any(start < end_ and start_ < end for start_, end_ in gaps) for start, end in found)
    characters = sum(map(len, texts))
    return TokenizerReport(
        texts=len(texts),
        tokens=tokens,
        characters=characters,
        unknown=unknown / max(tokens, 1),
        texts_with_unknown=with_unknown / max(len(texts), 1),
        characters_per_token=characters / max(tokens, 1),
        tokens_per_text=tokens / max(len(texts), 1),
        emoticons=signs,
        emoticons_kept=kept / signs if signs else 1.0,
        lost=tuple(sorted(lost.items(), key=lambda one: (-one[1], one[0]))[:_WORST]),
    )


def signs_of(text: str) -> list[tuple[int, int]]:
    """Where emoticons, emoji and runs of signs lie `(start, end)`, in order, none overlapping.

    "재밌다ㅋㅋㅋ!! 또 볼래~" -> [(3, 6), (6, 8)]
    """
    found = [(one.start, one.end) for one in find_emoticons(text, lang="en")]
    taken = {at for start, end in found for at in range(start, end)}
    runs = [run.span() for run in _RUNS.finditer(text)]
    return sorted([*found, *(run for run in runs if taken.isdisjoint(range(*run)))])
