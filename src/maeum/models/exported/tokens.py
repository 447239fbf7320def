"""A tokenizer from its file alone: the same ids as the trained model's own, without torch and transformers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.engine.tokens import Encoded, quiet_forks
from maeum.errors import ModelError
from maeum.models.gradient_settings import LongTexts
from maeum.text import Pipeline

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FILE: Final = "tokenizer.json"
OVERLAP: Final = 4  # windows overlap by a quarter of the longest length
BLOCK: Final = 1_000  # texts handed to the library at once, whose answers take many times their memory
_surrogates: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, eq=False)
class ExportedTokens:
    """A tokenizer with the text steps before it; `neural.Tokens`.

    Attributes:
        path: Its file.
        tokenizer: Of the library; adds the special tokens by itself.
        steps: Applied to every text first.
        pad: Id that fills up batches.
        types: Whether the model tells the second text of a pair by token types.
        mark: What a lone half of a surrogate pair, which is no character, becomes.
    """

    path: Path
    tokenizer: Tokenizer
    steps: Pipeline
    pad: int
    types: bool = False
    mark: str = "\ufffd"

    @classmethod
    def load(cls, folder: Path, steps: Pipeline, pad: int, *, types: bool, mark: str) -> ExportedTokens:
        """Read `tokenizer.json`.

        Raises:
            ModelError: It is missing or damaged.
        """
        from tokenizers import Tokenizer

        quiet_forks()
        path = folder / FILE
        if not path.is_file():
            raise ModelError("models.file_missing", folder=folder, name=FILE)
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises bare ones
            raise ModelError("models.damaged", path=path, reason=" ".join(str(error).split())[:200]) from error
        tokenizer.no_padding()
        return cls(path, tokenizer, steps, pad, types, mark)

    @cached_property
    def largest(self) -> int:
        """The largest id it can give."""
        return max([self.pad, *self.tokenizer.get_vocab(with_added_tokens=True).values()])

    @cached_property
    def unknown(self) -> int:
        """Id of what it does not know; texts without any token have this one."""
        name = getattr(self.tokenizer.model, "unk_token", None)
        found = self.tokenizer.token_to_id(name) if name else None
        return self.pad if found is None else int(found)

    def encode(
        self, inputs: Sequence[str] | Sequence[tuple[str, str]], max_length: int, long_texts: LongTexts
    ) -> Encoded:
        """Token ids of N texts or pairs, none longer than `max_length`.

        Windows overlap by a quarter of `max_length`. Of a pair the longer text is cut, and windows are not taken: the
        two texts have to be seen together.

        Raises:
            ModelError: `max_length` leaves no room beside the special tokens.
        """
        pairs = bool(inputs) and not isinstance(inputs[0], str)
        windows = long_texts is LongTexts.WINDOW and not pairs
        self._limit(max_length, pairs=pairs, windows=windows)
        ids: list[NDArray[np.int32]] = []
        types: list[NDArray[np.int32]] | None = [] if self.types else None
        owner: list[int] = []
        cut = 0
        for at, found in enumerate(self._encodings(inputs)):
            rest = found.overflowing
            cut += bool(rest) and not windows
            for piece in [found, *rest] if windows else [found]:
                row = piece.ids or [self.unknown]
                ids.append(np.array(row, np.int32))
                if types is not None:
                    types.append(np.array(piece.type_ids or [0], np.int32))
                owner.append(at)
        return Encoded(ids, types, np.array(owner, np.int64), cut)

    def save(self, folder: Path) -> None:
        """Write its file into a model folder."""
        self.tokenizer.no_truncation()
        (folder / FILE).write_text(self.tokenizer.to_str(pretty=True), encoding="utf-8", newline="\n")

    def _limit(self, max_length: int, *, pairs: bool, windows: bool) -> None:
        """Have the library cut texts to `max_length` tokens."""
        special = self.tokenizer.num_special_tokens_to_add(pairs)
        room = max_length - special
        if room < 1 + pairs:
            raise ModelError("exported.no_room", found=max_length, special=special)
        stride = min(max_length // OVERLAP, room - 1) if windows else 0
        self.tokenizer.enable_truncation(max_length, stride=stride)

    def _encodings(self, inputs: Sequence[Any]) -> Iterator[Any]:
        for start in range(0, len(inputs), BLOCK):
            yield from self.tokenizer.encode_batch_fast(self._prepared(inputs[start : start + BLOCK]))

    def _prepared(self, inputs: Sequence[Any]) -> list[Any]:
        if isinstance(inputs[0], str):
            return [_surrogates.sub(self.mark, text) for text in self.steps.apply(list(inputs))]
        sides = (self._prepared([pair[side] for pair in inputs]) for side in (0, 1))
        return list(zip(*sides, strict=True))
