"""The tokenizer of a pretraining, learnt or given: texts to ids with the special tokens around them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.engine.tokens import quiet_forks
from maeum.errors import ModelError
from maeum.messages import listing, say
from maeum.models.encoder.tokenizer_check import korean_sample
from maeum.models.encoder.tokens import EncoderTokens
from maeum.models.encoder.weights import read_config
from maeum.progress import progress, tell
from maeum.text import Pipeline
from maeum.text.tokenizer_report import TokenizerReport, tokenizer_report
from maeum.text.tokenizer_training import CONFIG as TOKENIZER_CONFIG
from maeum.text.tokenizer_training import FILE, save_tokenizer, train_tokenizer, vocabulary_print
from maeum.workflows.pretraining.settings import PretrainSettings

CHUNK: Final = 2_000  # texts at once
_NEEDED: Final = ("cls", "sep", "mask", "unk")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """A tokenizer with what packing and masking ask of it.

    Attributes:
        tokens: The tokenizer.
        before: Ids of the special tokens before a text.
        after: Ids of those after it.
        learnt: Folder it was written to by us, whose files are kept as they are; None for one that was given.
    """

    tokens: EncoderTokens
    before: tuple[int, ...]
    after: tuple[int, ...]
    learnt: Path | None = None

    @property
    def special(self) -> tuple[int, ...]:
        """Ids that are never hidden."""
        return tuple(sorted({*map(int, self.tokens.tokenizer.all_special_ids), *self.before, *self.after}))

    @property
    def mask(self) -> int:
        """Id of the token that hides another."""
        return int(self.tokens.tokenizer.mask_token_id)

    @property
    def pieces(self) -> list[str]:
        """Tokens by id `(V,)`; ids without one are empty."""
        known = {place: piece for piece, place in self.tokens.tokenizer.get_vocab().items()}
        return [known.get(place, "") for place in range(self.tokens.rows)]

    @property
    def fingerprint(self) -> str:
        """Tells it from other tokenizers, by vocabulary and by how it reads the packaged reviews."""
        ids = self.tokens.plain(list(korean_sample()))["input_ids"]
        return vocabulary_print(self.tokens.tokenizer.get_vocab(), ids)

    def encode(self, texts: Sequence[str], block: int) -> list[NDArray[np.int32]]:
        """Ids of texts; longer ones than a block in several pieces, each with special tokens around it."""
        room = block - len(self.before) - len(self.after)
        found: list[NDArray[np.int32]] = []
        with progress(say("pretrain.encoding"), len(texts), say("cli.unit_texts")) as advance:
            for start in range(0, len(texts), CHUNK):
                part = texts[start : start + CHUNK]
                for ids in self._plain(part):
                    parts = (ids[at : at + room] for at in range(0, len(ids), room))
                    found += [np.array([*self.before, *some, *self.after], np.int32) for some in parts]
                advance(len(part))
        return found

    def report(self, texts: Sequence[str]) -> TokenizerReport:
        """How it reads texts."""
        return tokenizer_report(texts, lambda found: list(self._spans(found)))

    def save(self, folder: Path) -> None:
        """Write its files."""
        if self.learnt is None:
            self.tokens.save(folder)
            return
        for name in (FILE, TOKENIZER_CONFIG):
            shutil.copyfile(self.learnt / name, folder / name)

    def _plain(self, texts: Sequence[str]) -> list[list[int]]:
        backend = _backend(self.tokens)
        if backend is None:
            return list(self.tokens.plain(texts)["input_ids"])
        return [found.ids for found in backend.encode_batch_fast(list(texts), add_special_tokens=False)]

    def _spans(self, texts: Sequence[str]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Tokens of each text, and where its unknown ones lie; in the whole text where that is not known."""
        unknown, backend = self.tokens.tokenizer.unk_token_id, _backend(self.tokens)
        for start in range(0, len(texts), CHUNK):
            part = list(texts[start : start + CHUNK])
            if backend is None:
                for text, ids in zip(part, self._plain(part), strict=True):
                    yield len(ids), [(0, len(text))] * ids.count(unknown)
                continue
            for one in backend.encode_batch(part, add_special_tokens=False):
                yield len(one.ids), [one.offsets[at] for at, place in enumerate(one.ids) if place == unknown]


def learn(texts: Sequence[str], settings: PretrainSettings, folder: Path) -> Vocabulary:
    """Learn a tokenizer from texts, write it to `folder`; a vocabulary that got smaller than asked for is told.

    Raises:
        RecipeError: The vocabulary asked for has no room for the characters alone.
    """
    quiet_forks()

    def told() -> Iterator[str]:
        with progress(say("pretrain.learning_pieces"), len(texts), say("cli.unit_texts")) as advance:
            for start in range(0, len(texts), CHUNK):
                part = texts[start : start + CHUNK]
                yield from part
                advance(len(part))

    made = train_tokenizer(told(), settings)
    size = made.get_vocab_size()
    if size < settings.vocabulary:
        tell(say("pretrain.vocabulary_less", asked=settings.vocabulary, found=size))
    save_tokenizer(made, folder, max_length=settings.positions)
    return replace(read(folder, settings), learnt=folder)


def read(folder: Path, settings: PretrainSettings, config: Any = None) -> Vocabulary:
    """The tokenizer in a folder.

    Args:
        folder: With the files of a tokenizer.
        settings: Text steps, positions.
        config: Of the encoder that it belongs to; None for a new one.

    Raises:
        ModelError: There is none, it cannot be read, or it lacks a special token.
    """
    if not folder.is_dir():
        raise ModelError("pretrain.tokenizer_missing", folder=folder)
    new = config is None
    if new:
        from transformers import ElectraConfig

        own = (folder / "config.json").is_file()
        config = read_config(folder) if own else ElectraConfig(max_position_embeddings=settings.positions)
    tokens = EncoderTokens.load(folder, config, Pipeline(settings.text_steps))
    if new:
        rows = 1 + max(tokens.tokenizer.get_vocab().values())
        tokens = replace(tokens, rows=rows, limit=settings.positions, types=True)
        tokens.tokenizer.model_max_length = settings.positions
    lacking = [name for name in _NEEDED if getattr(tokens.tokenizer, f"{name}_token_id") is None]
    if lacking:
        raise ModelError("pretrain.special_missing", folder=folder, names=listing(lacking))
    backend = _backend(tokens)
    if backend is not None:
        backend.no_truncation()
        backend.no_padding()
    return Vocabulary(tokens, *_frame(tokens))


def _frame(tokens: EncoderTokens) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The special tokens before and after a text, found by looking."""
    text = "가"
    plain = list(tokens.plain([text])["input_ids"][0])
    whole = list(tokens.tokenizer(text)["input_ids"])
    for at in range(len(whole) - len(plain) + 1):
        if plain and whole[at : at + len(plain)] == plain and (at or len(whole) > len(plain)):
            return tuple(whole[:at]), tuple(whole[at + len(plain) :])
    return (int(tokens.tokenizer.cls_token_id),), (int(tokens.tokenizer.sep_token_id),)


def _backend(tokens: EncoderTokens) -> Any:
    """The tokenizer of the `tokenizers` library; None for those that have none."""
    return getattr(tokens.tokenizer, "backend_tokenizer", None) if tokens.tokenizer.is_fast else None
