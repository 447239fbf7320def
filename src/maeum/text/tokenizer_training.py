"""Tokenizers for Korean encoders, learnt from texts: WordPiece, Unigram, byte-level BPE; one folder each.

    before      정말 재밌다ㅋㅋ
    wordpiece   정말 재밌다 ##ㅋㅋ            [UNK] for words with a syllable outside the alphabet
    unigram     ▁정말 ▁재밌다 ㅋㅋ            [UNK] for such a syllable
    byte-bpe    정말 Ġ재밌다 ㅋㅋ (in bytes)   never [UNK]

Texts are read as NFC, case and accents stay, runs of white space count as one. With `jamo` Hangul is taken apart first,
so that pieces may end inside a syllable (재밌|었 -> 재ᄆ|ᅵᆻ…); `decode` puts it together again.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.errors import RecipeError, UserError
from maeum.settings import Settings, setting
from maeum.storage import writing_folder

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FILE: Final = "tokenizer.json"
CONFIG: Final = "tokenizer_config.json"
SPECIAL: Final = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
SPACE: Final = "▁"
_ROLES: Final = ("pad_token", "unk_token", "cls_token", "sep_token", "mask_token")
_BYTES: Final = 256
_INSIDE: Final = 0xF0000  # private characters, which no text keeps after cleaning: those inside a word
_MOST: Final = 100_000


class Kind(StrEnum):
    """How words are cut into pieces."""

    WORDPIECE = "wordpiece"
    """The longest known piece first (Schuster & Nakajima 2012), as BERT and ELECTRA do."""
    UNIGRAM = "unigram"
    """The most probable way through the text (Kudo 2018), as SentencePiece does."""
    BYTE_BPE = "byte-bpe"
    """Frequent pairs of bytes joined (Radford et al. 2019): nothing is unknown, rare syllables take three tokens."""


class TokenizerSettings(Settings):
    """What is learnt from the texts."""

    tokenizer_kind: Kind = setting(
        Kind.WORDPIECE,
        en="How words are cut: wordpiece (as BERT), unigram (as SentencePiece), byte-bpe (nothing is unknown).",
        ko="단어를 자르는 방식: wordpiece(BERT 방식), unigram(SentencePiece 방식), byte-bpe(모르는 글자 없음).",
    )
    vocabulary: int = setting(
        16_000,
        ge=16,
        le=1_000_000,
        unit="tokens",
        en="Largest vocabulary, special tokens included; it gets smaller where the texts hold fewer pieces.",
        ko="어휘 크기의 상한(특수 토큰 포함). 텍스트에 조각이 모자라면 더 작아집니다.",
    )
    alphabet: int = setting(
        2_500,
        ge=1,
        le=_MOST,
        unit="characters",
        en="Most frequent characters that are kept; texts use about 2,000 of the 11,172 syllables. Rarer ones become "
        "[UNK] (not with byte-bpe).",
        ko="남길 글자 수(빈도순). 실제 글에는 11,172음절 가운데 2,000개쯤 쓰입니다. 더 드문 글자는 [UNK]가 됩니다"
        "(byte-bpe 제외).",
    )
    min_frequency: int = setting(
        2,
        ge=1,
        en="Occurrences from which a piece is kept (not with unigram).",
        ko="조각으로 남길 최소 빈도(unigram 제외).",
    )
    jamo: bool = setting(
        False,
        en="Take Hangul apart into jamo before pieces are learnt.",
        ko="조각을 배우기 전에 한글을 자모로 풉니다.",
    )


def train_tokenizer(texts: Iterable[str], settings: TokenizerSettings) -> Tokenizer:
    """Learn a tokenizer: `[CLS] a [SEP]`, `[CLS] a [SEP] b [SEP]`; ids 0–4 are [PAD] [UNK] [CLS] [SEP] [MASK].

    The vocabulary may be smaller than asked for: texts support only as many pieces as they hold.

    Args:
        texts: Gone through once; for Unigram they are held in memory.
        settings: Kind and sizes.

    Raises:
        UserError: There is no text.
        RecipeError: The vocabulary has no room for the characters alone.
    """
    learn = {Kind.WORDPIECE: _wordpiece, Kind.UNIGRAM: _unigram, Kind.BYTE_BPE: _byte_bpe}[settings.tokenizer_kind]
    if settings.tokenizer_kind is Kind.BYTE_BPE and settings.vocabulary < _BYTES + len(SPECIAL):
        raise RecipeError("pretrain.vocabulary_bytes", found=settings.vocabulary, least=_BYTES + len(SPECIAL))
    made = learn(texts, settings)
    size = made.get_vocab_size()
    if size <= len(SPECIAL):
        raise UserError("pretrain.tokenizer_no_texts")
    if size > settings.vocabulary:
        raise RecipeError(
            "pretrain.vocabulary_small", found=settings.vocabulary, least=size, alphabet=settings.alphabet
        )
    return made


def save_tokenizer(tokenizer: Tokenizer, folder: Path | str, *, max_length: int = 512) -> None:
    """Write the folder that `AutoTokenizer.from_pretrained` loads.

    Args:
        tokenizer: From `train_tokenizer`.
        folder: Must not exist, or be empty.
        max_length: Most tokens of a text that its encoder takes.
    """
    with writing_folder(folder) as part:
        write_tokenizer(tokenizer, part, max_length=max_length)


def write_tokenizer(tokenizer: Tokenizer, folder: Path, *, max_length: int = 512) -> None:
    """As `save_tokenizer`, into a folder that is being filled."""
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": max_length,
        "model_input_names": ["input_ids", "token_type_ids", "attention_mask"],
        "clean_up_tokenization_spaces": False,
        **dict(zip(_ROLES, SPECIAL, strict=True)),
    }
    (folder / FILE).write_text(tokenizer.to_str(pretty=True), encoding="utf-8", newline="\n")
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8", newline="\n")


def decode(tokenizer: Tokenizer, ids: Sequence[int]) -> str:
    """The text of token ids without special tokens, jamo put together to syllables."""
    return unicodedata.normalize("NFC", tokenizer.decode(list(ids))).strip()


def vocabulary_print(tokens: dict[str, int], readings: Sequence[Sequence[int]] = ()) -> str:
    """A short hash of a vocabulary and of how it reads some texts: tells whether two tokenizers are the same."""
    digest = hashlib.blake2b(digest_size=8)
    digest.update(json.dumps(sorted(tokens.items())).encode())
    digest.update(json.dumps([list(map(int, ids)) for ids in readings]).encode())
    return digest.hexdigest()


def _wordpiece(texts: Iterable[str], settings: TokenizerSettings) -> Tokenizer:
    """As `BertWordPieceTokenizer(lowercase=False, strip_accents=False, handle_chinese_chars=False)` learns it.

    Its trainer numbers the ##-characters as they come out of a hash table, so that ties fall otherwise each time. Here
    they are learnt as characters of their own, which the library sorts: the same texts give the same vocabulary.
    """
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    made = Tokenizer(models.WordPiece(unk_token=SPECIAL[1]))
    cleaned = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False
    )
    made.normalizer = normalizers.Sequence([*_composed(settings), cleaned])
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    words = _counted(texts, made)
    seen: Counter[str] = Counter()
    for word, count in words.items():
        for character in word:
            seen[character] += count
    kept = sorted(one for one, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[: settings.alphabet])
    inside = {character: chr(_INSIDE + at) for at, character in enumerate(kept)}
    learner = Tokenizer(models.BPE())
    learner.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.BpeTrainer(
        vocab_size=settings.vocabulary,
        min_frequency=settings.min_frequency,
        special_tokens=list(SPECIAL),
        initial_alphabet=kept,
        show_progress=False,
    )
    learner.train_from_iterator(_marked(words, inside), trainer)
    outside = {ord(mark): character for character, mark in inside.items()}
    learnt = learner.get_vocab()
    pieces = [("##" if ord(piece[0]) in outside else "") + piece.translate(outside) for piece in learnt]
    known = dict(zip(pieces, learnt.values(), strict=True))
    made.model = models.WordPiece(vocab=known, unk_token=SPECIAL[1], continuing_subword_prefix="##")
    made.decoder = decoders.WordPiece(prefix="##", cleanup=False)
    made.add_special_tokens(list(SPECIAL))
    return _framed(made)


def _counted(texts: Iterable[str], tokenizer: Tokenizer) -> Counter[str]:
    """The words of all texts and how often each occurs."""
    normalizer, cutter = tokenizer.normalizer, tokenizer.pre_tokenizer
    words: Counter[str] = Counter()
    for text in texts:
        words.update([word for word, _ in cutter.pre_tokenize_str(normalizer.normalize_str(text))])
    return words


def _marked(words: Counter[str], inside: dict[str, str]) -> Iterator[str]:
    """Words as often as they occur, 1,000 at once; characters after the first are marked, rare ones passed over."""
    for word, count in words.items():
        known = [character for character in word if character in inside]
        if known:
            whole = known[0] + "".join(inside[character] for character in known[1:])
            for start in range(0, count, 1_000):
                yield " ".join([whole] * min(1_000, count - start))


def _unigram(texts: Iterable[str], settings: TokenizerSettings) -> Tokenizer:
    """The library keeps every character there is; so those outside the alphabet are taken out of the texts before."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    made = Tokenizer(models.Unigram())
    made.normalizer = normalizers.Sequence(
        [*_composed(settings), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always")
    made.decoder = decoders.Metaspace(replacement=SPACE, prepend_scheme="always")
    known = [unicodedata.normalize("NFD" if settings.jamo else "NFC", text) for text in texts]
    seen = Counter(character for text in known for character in text)
    rare = {ord(one): " " for one, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[settings.alphabet :]}
    if len(seen) - len(rare) + len(SPECIAL) + 1 > settings.vocabulary:
        least = len(seen) - len(rare) + len(SPECIAL) + 1
        raise RecipeError(
            "pretrain.vocabulary_small", found=settings.vocabulary, least=least, alphabet=settings.alphabet
        )
    trainer = trainers.UnigramTrainer(
        vocab_size=settings.vocabulary, special_tokens=list(SPECIAL), unk_token=SPECIAL[1], show_progress=False
    )
    made.train_from_iterator((text.translate(rare) for text in known), trainer)
    return _framed(made)


def _byte_bpe(texts: Iterable[str], settings: TokenizerSettings) -> Tokenizer:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    made = Tokenizer(models.BPE())
    made.normalizer = normalizers.Sequence(
        [*_composed(settings), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=settings.vocabulary,
        min_frequency=settings.min_frequency,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(texts, trainer)
    return _framed(made)


def _composed(settings: TokenizerSettings) -> Iterator[Any]:
    """One form of Hangul, whatever the system that a text comes from writes."""
    from tokenizers import normalizers

    yield normalizers.NFD() if settings.jamo else normalizers.NFC()


def _framed(made: Tokenizer) -> Tokenizer:
    from tokenizers import processors

    places = [(name, SPECIAL.index(name)) for name in ("[SEP]", "[CLS]")]
    made.post_processor = processors.BertProcessing(*places)
    return made
