"""SentencePiece models as `tokenizers` tokenizers with the ids that the checkpoint was trained with.

KoBERT (SKT 2019) is a BERT whose vocabulary is a SentencePiece model. No tokenizer class of transformers reads it
rightly: BERT's takes `vocab.txt` for WordPiece and turns nearly all words into [UNK], XLNet's puts [CLS] at the end.
Converted once, the tokenizer is saved as `tokenizer.json`, which transformers loads as it is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.errors import ModelError
from maeum.messages import listing
from maeum.models.folder import damage_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# sentencepiece_model.proto: kinds of pieces and of models
NORMAL: Final = 1
UNKNOWN: Final = 2
USER_DEFINED: Final = 4
BYTE: Final = 6
UNIGRAM: Final = 1
BPE: Final = 2

SPECIAL: Final = {
    "unk_token": "[UNK]",
    "pad_token": "[PAD]",
    "cls_token": "[CLS]",
    "sep_token": "[SEP]",
    "mask_token": "[MASK]",
}
_MISSING_LIMIT: Final = 0.01  # share of pieces that a vocab.txt may lack; with a foreign one nearly all are missing


@dataclass(frozen=True)
class Piece:
    """One entry of a SentencePiece vocabulary: its characters (▁ for a space), log probability, and kind."""

    text: str
    score: float
    kind: int


@dataclass(frozen=True)
class PieceModel:
    """What a SentencePiece file holds, as far as tokenizing needs it.

    Attributes:
        pieces: In the order of the file's own ids.
        kind: `UNIGRAM` or `BPE`.
        normalization: Name of its rule of character normalisation (`nmt_nfkc` …).
        charsmap: That rule as a table, compiled.
        prefix: Whether a space is put before every text.
        squeeze: Whether spaces are squeezed and those at the ends dropped.
        bytes_fallback: Whether unknown characters become bytes.
    """

    pieces: tuple[Piece, ...]
    kind: int
    normalization: str
    charsmap: bytes
    prefix: bool
    squeeze: bool
    bytes_fallback: bool


def read_pieces(path: Path) -> PieceModel:
    """A SentencePiece `.model` file, read without the sentencepiece and protobuf libraries.

    Raises:
        ModelError: It is no such file, or of a kind (word, character) that no encoder uses.
    """
    with damage_of(path):
        pieces: list[Piece] = []
        trainer: dict[int, Any] = {}
        normalizer: dict[int, Any] = {}
        for field, value in _fields(path.read_bytes()):
            if field == 1:
                found = dict(_fields(value))
                pieces.append(Piece(found[1].decode(), _float(found.get(2, b"\0\0\0\0")), found.get(3, NORMAL)))
            elif field == 2:
                trainer = dict(_fields(value))
            elif field == 3:
                normalizer = dict(_fields(value))
        kind = trainer.get(3, UNIGRAM)
        if not pieces or kind not in (UNIGRAM, BPE):
            raise ValueError(f"SentencePiece: {len(pieces)} pieces, model type {kind}")
        return PieceModel(
            pieces=tuple(pieces),
            kind=kind,
            normalization=normalizer.get(1, b"").decode(),
            charsmap=normalizer.get(2, b""),
            prefix=bool(normalizer.get(3, 1)),
            squeeze=bool(normalizer.get(4, 1)),
            bytes_fallback=bool(trainer.get(35, 0)),
        )


def wrapped_tokenizer(model_file: Path, vocab_file: Path | None) -> Any:
    """The tokenizer of a BERT with a SentencePiece vocabulary: `[CLS] a [SEP]`, `[CLS] a [SEP] b [SEP]`.

    Args:
        model_file: The SentencePiece model.
        vocab_file: Pieces in the order of the checkpoint's ids, one a line; None where the model's own ids are meant.

    Raises:
        ModelError: The two do not belong together, or special tokens are missing.
    """
    from transformers import PreTrainedTokenizerFast

    model = read_pieces(model_file)
    names = [piece.text for piece in model.pieces] if vocab_file is None else _lines(vocab_file)
    missing = [piece.text for piece in model.pieces if piece.kind == NORMAL and piece.text not in set(names)]
    if len(missing) > _MISSING_LIMIT * len(model.pieces):
        raise ModelError(
            "encoders.vocab_differs",
            vocab=vocab_file,
            model=model_file.name,
            missing=len(missing),
            count=len(model.pieces),
            examples=listing(missing, 3),
        )
    special = {role: name for role, name in SPECIAL.items() if name in set(names)}
    absent = [SPECIAL[role] for role in ("unk_token", "pad_token", "cls_token", "sep_token") if role not in special]
    if absent:
        raise ModelError("encoders.special_missing", path=vocab_file or model_file, names=listing(absent))
    backend = convert(model, names, special)
    fast: Any = PreTrainedTokenizerFast
    return fast(tokenizer_object=backend, **special)


def convert(model: PieceModel, names: Sequence[str], special: dict[str, str]) -> Tokenizer:
    """A tokenizer that cuts as SentencePiece does and numbers the pieces by their place in `names`."""
    from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers, processors
    from tokenizers.decoders import Metaspace as Joined
    from tokenizers.pre_tokenizers import Metaspace

    backend: Any
    unknown = special["unk_token"]
    if model.kind == UNIGRAM:
        known = {piece.text: piece.score for piece in model.pieces if piece.kind in (NORMAL, BYTE)}
        lowest = min(known.values())
        scored = [(name, known.get(name, lowest)) for name in names]
        backend = models.Unigram(scored, unk_id=list(names).index(unknown), byte_fallback=model.bytes_fallback)
    else:
        numbered = {name: at for at, name in enumerate(names)}
        backend = models.BPE(
            numbered, _merges(model, numbered), unk_token=unknown, fuse_unk=True, byte_fallback=model.bytes_fallback
        )
    tokenizer = Tokenizer(backend)
    steps: list[Any] = [normalizers.Precompiled(model.charsmap)] if model.charsmap else []
    if "nfkc" in model.normalization:
        # `Precompiled` looks the table up character by character, SentencePiece for the longest run: it joins the last
        # ㅋ and the first ㅠ of ㅋㅋㅠㅠ to 큐
        steps.append(normalizers.NFC())
    if model.squeeze:
        from tokenizers import Regex

        steps += [normalizers.Strip(), normalizers.Replace(Regex(" {2,}"), " ")]
    tokenizer.normalizer = normalizers.Sequence(steps)
    scheme = "always" if model.prefix else "never"
    # not cut at spaces first: SentencePiece looks for the best way through the whole text
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([Metaspace(prepend_scheme=scheme, split=False)])
    tokenizer.decoder = Joined(prepend_scheme=scheme, split=False)
    tokenizer.add_special_tokens([AddedToken(name, normalized=False, special=True) for name in special.values()])
    own = [piece.text for piece in model.pieces if piece.kind == USER_DEFINED and piece.text not in special.values()]
    tokenizer.add_tokens([AddedToken(name, normalized=False) for name in own if name in set(names)])
    first, last = special["cls_token"], special["sep_token"]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}",
        pair=f"{first} $A {last} $B:1 {last}:1",
        special_tokens=[(name, list(names).index(name)) for name in (first, last)],
    )
    return tokenizer


def _merges(model: PieceModel, numbered: dict[str, int]) -> list[tuple[str, str]]:
    """Pairs of pieces that join, the best first: SentencePiece keeps the joined pieces alone, with their rank."""
    own = {piece.text: at for at, piece in enumerate(model.pieces) if piece.kind in (NORMAL, BYTE)}
    found = []
    for piece in model.pieces:
        halves = ((piece.text[:cut], piece.text[cut:]) for cut in range(1, len(piece.text)))
        if piece.kind != NORMAL or piece.text not in numbered:
            continue
        found += [
            (-piece.score, own[left], own[right], (left, right))
            for left, right in halves
            if left in own and right in own and left in numbered and right in numbered
        ]
    return [pair for *_, pair in sorted(found)]


def _lines(path: Path) -> list[str]:
    with damage_of(path):
        text = path.read_text(encoding="utf-8")
    return [line.split("\t")[0].strip() for line in text.rstrip("\n").split("\n")]


def _fields(data: bytes) -> Iterator[tuple[int, Any]]:
    """Number and value of each field of a protobuf message: integers, or the bytes of anything else."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        wire = tag & 7
        if wire == 0:
            value, at = _varint(data, at)
            yield tag >> 3, value
            continue
        if wire == 2:
            size, at = _varint(data, at)
        elif wire in (1, 5):
            size = 8 if wire == 1 else 4
        else:
            raise ValueError(f"protobuf wire type {wire}")
        if at + size > len(data):
            raise ValueError("protobuf: cut off")
        yield tag >> 3, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    found = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise ValueError("protobuf: cut off")
        byte = data[at]
        at += 1
        found |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return found, at


def _float(data: bytes) -> float:
    return float(struct.unpack("<f", data)[0])
