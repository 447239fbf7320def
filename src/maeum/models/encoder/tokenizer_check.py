"""Whether a tokenizer can read Korean: a wrong vocabulary makes no noise, only a model that learns nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from maeum.data.fetch import ASSETS
from maeum.errors import ModelError
from maeum.messages import say
from maeum.models.encoder.tokens import EncoderTokens
from maeum.progress import tell
from maeum.text import nfc

# Share of a text's characters that may become unknown tokens. Korean vocabularies lose about 1 % of reviews (emoji,
# rare syllables). Multilingual BERT is known to lose whole words with a rare syllable (Moon & Okazaki 2020,
# "PatchBERT") and is still worth training, so it is told, not refused. A vocabulary that does not belong to Korean or
# to the model loses more than half; the limit stands between the two.
UNKNOWN_LIMIT: Final = 0.20
UNKNOWN_TOLD: Final = 0.05
# Share of different texts that may get the ids of another. Good tokenizers: about 0 %, a few emoji-only texts.
COLLISION_LIMIT: Final = 0.05
# Byte-level vocabularies know every byte: untrained on Korean they need about 3 tokens for a syllable, else about 0.6.
TOKENS_TOLD: Final = 2.5  # tokens per character
MOST_TEXTS: Final = 1_000
MOST_CHARACTERS: Final = 200  # of a text
_spaces = re.compile(r"\s+")


@dataclass(frozen=True)
class Reading:
    """How a tokenizer reads some texts.

    Attributes:
        texts: Different texts looked at.
        unknown: Share of their characters (spaces aside) in unknown tokens.
        colliding: Share of texts whose ids are those of another text.
        per_character: Tokens per character.
        largest: Largest id.
        worst: Text and tokens of those that lose most.
    """

    texts: int
    unknown: float
    colliding: float
    per_character: float
    largest: int
    worst: tuple[tuple[str, str], ...]


@cache
def korean_sample() -> tuple[str, ...]:
    """The packaged reviews."""
    lines = (ASSETS / "sample" / "reviews.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line)["text"] for line in lines)


def check_tokenizer(tokens: EncoderTokens, texts: Sequence[str] = ()) -> Reading:
    """Refuse a tokenizer that cannot read Korean, looking at the packaged reviews and up to 1,000 of `texts`.

    Raises:
        ModelError: It has ids that the model has no row for, turns too much into unknown tokens, or different texts
            into the same ids; with numbers and examples.
    """
    found = read(tokens, [*korean_sample(), *texts[:MOST_TEXTS]])
    if found.largest >= tokens.rows:
        raise ModelError("encoders.ids_too_large", largest=found.largest, rows=tokens.rows)
    shown = " · ".join(f"'{text}' → {pieces}" for text, pieces in found.worst)
    if found.unknown > UNKNOWN_LIMIT:
        share, limit = f"{found.unknown:.0%}", f"{UNKNOWN_LIMIT:.0%}"
        raise ModelError("encoders.unknown_tokens", share=share, limit=limit, count=found.texts, examples=shown)
    if found.colliding > COLLISION_LIMIT:
        share, limit = f"{found.colliding:.0%}", f"{COLLISION_LIMIT:.0%}"
        raise ModelError("encoders.collisions", share=share, limit=limit, count=found.texts, examples=shown)
    if found.unknown > UNKNOWN_TOLD:
        tell(say("encoders.some_unknown", share=f"{found.unknown:.0%}", examples=shown))
    if found.per_character > TOKENS_TOLD:
        tell(say("encoders.many_tokens", found=f"{found.per_character:.1f}"))
    return found


def read(tokens: EncoderTokens, texts: Sequence[str]) -> Reading:
    """How `tokens` reads the different ones of `texts`, each by its first 200 characters."""
    different: dict[str, str] = {}
    for text in texts:
        shortened = text[:MOST_CHARACTERS]
        normal = _spaces.sub("", nfc(shortened)).lower()
        if normal:
            different.setdefault(normal, shortened)
    wanted = list(different.values())
    found = tokens.plain(wanted, offsets=True)
    ids: list[list[int]] = found["input_ids"]
    lost = [_lost(tokens, text, found, at) for at, text in enumerate(wanted)]
    sizes = [len(_spaces.sub("", text)) for text in wanted]
    groups: dict[tuple[int, ...], list[int]] = {}
    for at, row in enumerate(ids):
        groups.setdefault(tuple(row), []).append(at)
    merged = [at for group in groups.values() if len(group) > 1 for at in group[1:]]
    shares = [part / size for part, size in zip(lost, sizes, strict=True)]
    order = sorted(range(len(wanted)), key=lambda at: (-shares[at], at))
    worst = order if any(lost) else [at for group in groups.values() if len(group) > 1 for at in group]
    return Reading(
        texts=len(wanted),
        unknown=sum(lost) / max(1, sum(sizes)),
        colliding=len(merged) / max(1, len(wanted)),
        per_character=sum(map(len, ids)) / max(1, sum(sizes)),
        largest=max((max(row) for row in ids if row), default=0),
        worst=tuple((wanted[at][:20], _shown(tokens, ids[at])) for at in worst[:3]),
    )


def _lost(tokens: EncoderTokens, text: str, found: dict[str, list[Any]], at: int) -> float:
    """Characters of a text, spaces aside, that lie in unknown tokens; without offsets by the share of tokens."""
    unknown, ids = tokens.tokenizer.unk_token_id, found["input_ids"][at]
    if unknown is None or unknown not in ids:
        return 0.0
    if "offset_mapping" not in found:
        return float(len(_spaces.sub("", text)) * ids.count(unknown) / len(ids))
    spans = [span for span, one in zip(found["offset_mapping"][at], ids, strict=True) if one == unknown]
    prepared = tokens.steps(text)
    return float(sum(len(_spaces.sub("", prepared[start:end])) for start, end in spans))


def _shown(tokens: EncoderTokens, ids: Sequence[int]) -> str:
    pieces = tokens.tokenizer.convert_ids_to_tokens(list(ids[:6]))
    return " ".join(map(str, pieces)) + (" …" if len(ids) > 6 else "") if pieces else "–"
