"""Packed blocks, prepared once: a resumed pretraining reads them from its folder and tokenizes nothing again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.data.fingerprint import text_hashes
from maeum.errors import OutputError
from maeum.messages import say
from maeum.models.folder import write_tensors
from maeum.progress import tell
from maeum.runs import SEEN
from maeum.storage import writing_folder
from maeum.workflows.outputs import json_text
from maeum.workflows.pretraining.settings import PretrainSettings
from maeum.workflows.pretraining.texts import Texts
from maeum.workflows.pretraining.tokens import Vocabulary

FACTS: Final = "facts.json"
TOKENIZER: Final = "tokenizer"
_ARRAYS: Final = ("blocks", "segments", "held_blocks", "held_segments", "starts")


@dataclass(frozen=True, eq=False)
class Prepared:
    """What the training core is given.

    Attributes:
        blocks: Token ids `(B, T)`.
        segments: Their documents `(B, T)`.
        held_blocks: Of the texts held out.
        held_segments: Their documents.
        starts: Which ids begin a word `(V,)`.
        facts: `counts`, `report`, `tokenizer` (fingerprint), `vocabulary`, `pad`, `mask`, `special`, `first`, `tokens`,
            `filled`.
    """

    blocks: NDArray[np.int32]
    segments: NDArray[np.int32]
    held_blocks: NDArray[np.int32]
    held_segments: NDArray[np.int32]
    starts: NDArray[np.bool_]
    facts: Mapping[str, Any]

    @property
    def first(self) -> int | None:
        """As `Continued.first`."""
        return None if self.facts["first"] is None else int(self.facts["first"])


def prepare(
    texts: Texts, vocabulary: Vocabulary, settings: PretrainSettings, first: int | None, folder: Path
) -> Prepared:
    """Encode and pack the texts, judge the tokenizer, and keep all of it in `folder`, whole or not at all.

    Args:
        texts: Gathered.
        vocabulary: Tokenizer.
        settings: Length of a block.
        first: Position of a document's first token; None: one document a row.
        folder: Must not exist.
    """
    from maeum.training.pretraining_data import FILL, one_each, pack, word_start_flags

    def blocks_of(part: list[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        documents = vocabulary.encode(part, settings.block)
        if first is None:
            return one_each(documents, settings.block, vocabulary.tokens.pad)
        return pack(documents, settings.block, vocabulary.after[-1])

    report = vocabulary.report(texts.held_out)
    (blocks, segments), (held_blocks, held_segments) = blocks_of(texts.train), blocks_of(texts.held_out)
    tokens = int((segments != FILL).sum())
    facts = {
        "counts": texts.counts(),
        "report": report.to_json(),
        "tokenizer": vocabulary.fingerprint,
        "vocabulary": vocabulary.tokens.rows,
        "pad": vocabulary.tokens.pad,
        "mask": vocabulary.mask,
        "special": vocabulary.special,
        "first": first,
        "tokens": tokens,
        "filled": tokens / segments.size,
    }
    starts = word_start_flags(vocabulary.pieces)
    found = Prepared(blocks, segments, held_blocks, held_segments, starts, facts)
    with writing_folder(folder) as part:
        for name in _ARRAYS:
            np.save(part / f"{name}.npy", getattr(found, name))
        parts = {"train": texts.train, "validation": texts.held_out}
        write_tensors(part / SEEN, {name: np.unique(text_hashes(some)) for name, some in parts.items()})
        (part / TOKENIZER).mkdir()
        vocabulary.save(part / TOKENIZER)
        (part / FACTS).write_text(json_text(facts), encoding="utf-8", newline="\n")
    tell_report(facts)
    return load(folder)


def load(folder: Path) -> Prepared:
    """What `prepare` kept; the arrays stay on disk until they are used.

    Raises:
        OutputError: A file is missing or damaged.
    """
    try:
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        _ = (facts["tokenizer"], facts["first"], facts["special"])
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        path = folder.parent
        raise OutputError("train.unfinished_damaged", path=path, file=folder) from error
    return Prepared(**arrays, facts=facts)


def tell_report(facts: Mapping[str, Any]) -> None:
    """Say how the tokenizer reads the texts held out, and what there is to learn from."""
    found = facts["report"]
    tell(
        say(
            "pretrain.tokenizer_found",
            size=facts["vocabulary"],
            texts=found["texts"],
            unknown=100 * found["unknown"],
            per_token=found["characters_per_token"],
            per_text=found["tokens_per_text"],
            kept=100 * found["emoticons_kept"],
            signs=found["emoticons"],
        )
    )
    tell(say("pretrain.packed" if facts["first"] is not None else "pretrain.one_each", **_sizes(facts)))


def _sizes(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {"tokens": facts["tokens"], "filled": 100 * facts["filled"]}
