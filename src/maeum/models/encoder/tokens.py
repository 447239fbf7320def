"""A Hugging Face tokenizer as encoders use it: special tokens, pairs, truncation that is counted, windows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.errors import ModelError
from maeum.messages import listing, say
from maeum.models.encoder.checkpoint import has_tokenizer
from maeum.models.encoder.pieces import wrapped_tokenizer
from maeum.models.encoder.quiet import quiet, reason_of
from maeum.models.gradient_settings import LongTexts
from maeum.models.neural.batches import Encoded
from maeum.progress import progress
from maeum.text import Pipeline

OVERLAP: Final = 4  # windows overlap by a quarter of the longest length
_CHUNK: Final = 2_000  # texts at once
_SHOWN_FROM: Final = 20_000  # texts from which progress is shown
_UNLIMITED: Final = 1 << 30  # a position limit of models that have none
_WORDPIECE: Final = ("bert", "distilbert", "electra")  # whose own tokenizer reads no SentencePiece model
_surrogates = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, eq=False)
class EncoderTokens:
    """A tokenizer, the text steps before it, and what the encoder behind it can take.

    Attributes:
        tokenizer: Of transformers, fast or not.
        steps: Applied to every text first.
        limit: Most tokens that the encoder has positions for, special tokens included.
        rows: Rows of its embedding table; every id is smaller.
        types: Whether the encoder tells the second text of a pair by token types.
    """

    tokenizer: Any
    steps: Pipeline
    limit: int
    rows: int
    types: bool

    @classmethod
    def load(cls, folder: Path, config: Any, steps: Pipeline) -> EncoderTokens:
        """The tokenizer of a checkpoint.

        Raises:
            ModelError: There is none, it cannot be read, or it has no token that fills up batches.
        """
        tokenizer = _read_tokenizer(folder, config)
        if tokenizer.pad_token_id is None:
            raise ModelError("encoders.no_pad", folder=folder)
        tokenizer.truncation_side = "right"
        limit, types = position_limit(config), getattr(config, "type_vocab_size", 0) > 1
        tokenizer.model_max_length = min(tokenizer.model_max_length, limit)
        names = ["input_ids", *(["token_type_ids"] if types else []), "attention_mask"]
        tokenizer.model_input_names = tokenizer.init_kwargs["model_input_names"] = names
        return cls(tokenizer, steps, limit, int(config.vocab_size), types)

    @property
    def pad(self) -> int:
        """Id that fills up batches."""
        return int(self.tokenizer.pad_token_id)

    def encode(
        self, inputs: Sequence[str] | Sequence[tuple[str, str]], max_length: int, long_texts: LongTexts
    ) -> Encoded:
        """Token ids of N texts or pairs, none longer than `max_length`.

        Windows overlap by a quarter of `max_length`. Of a pair the longer text is cut, and windows are not taken: the
        two texts have to be seen together.

        Raises:
            ModelError: `max_length` leaves no room beside the special tokens.
        """
        width = min(max_length, self.limit)
        pairs = bool(inputs) and not isinstance(inputs[0], str)
        room = width - self.tokenizer.num_special_tokens_to_add(pair=pairs)
        if room < 1 + pairs:
            raise ModelError("encoders.no_room", found=width, special=width - room)
        windows = long_texts is LongTexts.WINDOW and not pairs
        overlap = min(width // OVERLAP, room - 1) if windows else 0
        ids: list[NDArray[np.int32]] = []
        types: list[NDArray[np.int32]] = []
        owner: list[int] = []
        cut = 0
        shown = len(inputs) if len(inputs) >= _SHOWN_FROM else None
        with progress(say("encoders.encoding"), shown) as advance:
            for start in range(0, len(inputs), _CHUNK):
                chunk = self._prepared(inputs[start : start + _CHUNK])
                of, found, found_types = self._pieces(chunk, width, overlap, pairs=pairs)
                first = np.flatnonzero(np.diff(of, prepend=-1))
                if not windows:
                    cut += len(np.unique(of[np.flatnonzero(np.diff(of, prepend=-1) == 0)]))
                kept = range(len(of)) if windows else first.tolist()
                owner += [start + int(of[i]) for i in kept]
                ids += [np.asarray(found[i], np.int32) for i in kept]
                if self.types:
                    types += [np.asarray(found_types[i], np.int32) for i in kept]
                advance(len(chunk[0]))
        return Encoded(ids, types if self.types else None, np.asarray(owner, np.int64), cut)

    def save(self, folder: Path) -> None:
        """Write the tokenizer's files into a model folder."""
        backend = getattr(self.tokenizer, "backend_tokenizer", None)
        if backend is not None:  # the last call's limits would be saved with it
            backend.no_truncation()
            backend.no_padding()
        with quiet():
            self.tokenizer.save_pretrained(folder)

    def plain(self, texts: Sequence[str], *, offsets: bool = False) -> dict[str, list[Any]]:
        """Whole texts as ids without special tokens (`input_ids`), on request with `offset_mapping`."""
        prepared = [_surrogates.sub("\ufffd", self.steps(text)) for text in texts]
        wanted = {"return_offsets_mapping": True} if offsets and self.tokenizer.is_fast else {}
        with quiet():
            found = self.tokenizer(
                prepared, add_special_tokens=False, truncation=False, return_attention_mask=False, **wanted
            )
        return dict(found)

    def _prepared(self, inputs: Sequence[Any]) -> tuple[list[str], list[str] | None]:
        """First and second texts after the steps; a lone surrogate, which is no character, becomes U+FFFD."""
        if not inputs or isinstance(inputs[0], str):
            return [_surrogates.sub("\ufffd", text) for text in self.steps.apply(list(inputs))], None
        first, _ = self._prepared([pair[0] for pair in inputs])
        second, _ = self._prepared([pair[1] for pair in inputs])
        return first, second

    def _pieces(
        self, texts: tuple[list[str], list[str] | None], width: int, overlap: int, *, pairs: bool
    ) -> tuple[NDArray[np.int64], list[list[int]], list[list[int]]]:
        """Owner, ids and types of all pieces of some texts; a text that fits has one."""
        if not self.tokenizer.is_fast:
            return self._pieces_by_hand(texts, width, overlap, pairs=pairs)
        with quiet():
            found = self.tokenizer(
                *(part for part in texts if part is not None),
                truncation="longest_first",
                max_length=width,
                stride=overlap,
                padding=False,
                return_overflowing_tokens=True,
                return_token_type_ids=self.types,
                return_attention_mask=False,
            )
        of = np.asarray(found["overflow_to_sample_mapping"], np.int64)
        return of, found["input_ids"], found["token_type_ids"] if self.types else []

    def _pieces_by_hand(
        self, texts: tuple[list[str], list[str] | None], width: int, overlap: int, *, pairs: bool
    ) -> tuple[NDArray[np.int64], list[list[int]], list[list[int]]]:
        room = width - self.tokenizer.num_special_tokens_to_add(pair=pairs)
        owner: list[int] = []
        ids: list[list[int]] = []
        types: list[list[int]] = []
        with quiet():
            for at, text in enumerate(texts[0]):
                first = self._raw(text)
                second = self._raw(texts[1][at]) if texts[1] is not None else None
                parts: list[tuple[list[int], list[int] | None]]
                if second is None:
                    starts = range(0, max(1, len(first) - overlap), room - overlap)
                    parts = [(first[start : start + room], None) for start in starts]
                else:
                    shorter = _longest_first(first, second, room)
                    parts = [shorter] * (2 if len(shorter[0]) + len(shorter[1]) < len(first) + len(second) else 1)
                for one, other in parts:
                    found = self.tokenizer.prepare_for_model(
                        one, other, add_special_tokens=True, return_token_type_ids=True, return_attention_mask=False
                    )
                    owner.append(at)
                    ids.append(found["input_ids"])
                    types.append(found["token_type_ids"])
        return np.asarray(owner, np.int64), ids, types

    def _raw(self, text: str) -> list[int]:
        found: list[int] = self.tokenizer.convert_tokens_to_ids(self.tokenizer.tokenize(text))
        return found


def position_limit(config: Any) -> int:
    """Most tokens an encoder has positions for; RoBERTa's relatives number them from after the padding id."""
    known = getattr(config, "max_position_embeddings", None)
    if not isinstance(known, int) or known <= 0:
        return _UNLIMITED
    after = "roberta" in config.model_type or config.model_type in ("camembert", "xmod", "mpnet", "longformer", "luke")
    return known - (config.pad_token_id or 0) - 1 if after else known


def _longest_first(first: list[int], second: list[int], room: int) -> tuple[list[int], list[int]]:
    """Both parts within `room`, the longer cut first; equal ones to halves."""
    over = len(first) + len(second) - room
    if over <= 0:
        return first, second
    half = room // 2
    if len(first) <= half:
        return first, second[: room - len(first)]
    if len(second) <= half:
        return first[: room - len(second)], second
    return first[: room - half], second[:half]


def _read_tokenizer(folder: Path, config: Any) -> Any:
    if not has_tokenizer(folder):
        found = listing(sorted(entry.name for entry in folder.iterdir()), 6)
        raise ModelError("encoders.no_tokenizer", folder=folder, found=found)
    models = sorted(folder.glob("*.model"))
    if models and config.model_type in _WORDPIECE:
        vocabulary = folder / "vocab.txt"
        return wrapped_tokenizer(models[0], vocabulary if vocabulary.is_file() else None)
    from transformers import AutoTokenizer

    try:
        with quiet():
            return AutoTokenizer.from_pretrained(folder, config=config, trust_remote_code=False, local_files_only=True)
    except Exception as error:  # whatever its many classes raise about a file that they cannot read
        raise ModelError("encoders.tokenizer_unreadable", folder=folder, reason=reason_of(error)) from error
