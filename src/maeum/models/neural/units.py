"""Tokenizers of jamo, syllables and subwords, learnt from the user's own texts; one `tokenizer.json` each.

    before            재밌다 ㅋㅋ
    jamo              ᄌ ᅢ ᄆ ᅵ ᆻ ᄃ ᅡ ␣ ㅋ ㅋ     (NFD; compatibility jamo stay what they are)
    syllable          재 밌 다 ␣ ㅋ ㅋ
    subword           ▁재밌다 ▁ㅋㅋ

All three are BPE models, the first two without any merge: the quickest way through the library that gives characters.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.engine.tokens import Encoded, quiet_forks
from maeum.errors import ModelError
from maeum.messages import say
from maeum.models.gradient_settings import LongTexts
from maeum.models.neural.network_settings import NetworkSettings, Units
from maeum.progress import progress, tell
from maeum.schema import check_texts
from maeum.text import Pipeline

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FILE: Final = "tokenizer.json"
PAD, UNKNOWN = 0, 1
SPECIAL: Final = ("[PAD]", "[UNK]")
SPACE: Final = "▁"  # how subwords show where a word begins
BLOCK: Final = 1_000  # texts handed to the library at once, whose answers take many times their memory
LETTERS: Final = 8  # characters of a unit that are looked at; longer units are rare
OVERLAP: Final = 4  # windows share a quarter of their units

# Hangul, jamo, Latin letters, digits and the rest apart, so that ㅋㅋ or !! after a word does not make it another word.
_PIECES: Final = rf"{SPACE}?(?:[가-힣]+|[ㄱ-ㆎ]+|[A-Za-z]+|\d+|[^가-힣ㄱ-ㆎA-Za-z\d{SPACE}]+)|{SPACE}"


@dataclass(frozen=True, eq=False)
class UnitTokens:
    """A tokenizer with the text steps before it; `neural.Tokens`.

    Attributes:
        spec: The tokenizer, as the JSON of the `tokenizers` library.
        steps: Text steps applied first.
    """

    spec: str
    steps: tuple[str, ...]

    @property
    def pad(self) -> int:
        """Id that fills up batches."""
        return PAD

    @cached_property
    def pipeline(self) -> Pipeline:
        """The text steps applied first."""
        return Pipeline(self.steps)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer of the library."""
        from tokenizers import Tokenizer

        quiet_forks()
        return Tokenizer.from_str(self.spec)

    @cached_property
    def size(self) -> int:
        """Ids there are."""
        return 1 + max(self.tokenizer.get_vocab().values(), default=UNKNOWN)

    def letters(self) -> NDArray[np.int64]:
        """The characters of each unit by number from 1, `(V, P)`; 0 fills up, and is all that special units have."""
        known = {place: unit for unit, place in self.tokenizer.get_vocab().items() if place > UNKNOWN}
        numbers: dict[str, int] = {}
        width = min(LETTERS, max(map(len, known.values()), default=1))
        table = np.zeros((self.size, width), np.int64)
        for place, unit in sorted(known.items()):
            found = [numbers.setdefault(one, len(numbers) + 1) for one in unit[:width]]
            table[place, : len(found)] = found
        return table

    def encode(
        self, inputs: Sequence[str] | Sequence[tuple[str, str]], max_length: int, long_texts: LongTexts
    ) -> Encoded:
        """Token ids of N texts, none longer than `max_length`; a text without any unit is one unknown one.

        Raises:
            UserError: Inputs that are not texts.
        """
        texts = self.pipeline.apply(check_texts(inputs))
        windows = long_texts is LongTexts.WINDOW
        self.tokenizer.enable_truncation(max_length, stride=max_length // OVERLAP if windows else 0)
        encoded = Encoded([], None, np.empty(0, np.int64))
        owner: list[int] = []
        cut = 0
        for at, found in enumerate(self._encodings(texts)):
            rest = found.overflowing
            cut += bool(rest) and not windows
            for piece in [found, *rest] if windows else [found]:
                encoded.ids.append(np.array(piece.ids or [UNKNOWN], np.int32))
                owner.append(at)
        return Encoded(encoded.ids, None, np.array(owner, np.int64), cut)

    def _encodings(self, texts: Sequence[str]) -> Iterator[Any]:
        for start in range(0, len(texts), BLOCK):
            yield from self.tokenizer.encode_batch_fast([_whole(text) for text in texts[start : start + BLOCK]])

    def save(self, folder: Path) -> None:
        """Write its file into a model folder."""
        (folder / FILE).write_text(self.spec, encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, folder: Path, steps: tuple[str, ...]) -> UnitTokens:
        """Read what `save` wrote.

        Raises:
            ModelError: The file is missing or damaged.
        """
        path = folder / FILE
        if not path.is_file():
            raise ModelError("models.file_missing", folder=folder, name=FILE)
        try:
            tokens = cls(path.read_text(encoding="utf-8"), steps)
            known = tokens.tokenizer.get_vocab()
        except Exception as error:  # the library raises bare ones
            raise ModelError("models.damaged", path=path, reason=" ".join(str(error).split())[:200]) from error
        if [known.get(name) for name in SPECIAL] != [PAD, UNKNOWN]:
            raise ModelError("models.damaged", path=path, reason=f"no {', '.join(SPECIAL)}")
        return tokens


def learn(texts: Sequence[str], settings: NetworkSettings) -> UnitTokens:
    """The tokenizer of N training texts; how many units it has is told."""
    clean = [_whole(text) for text in Pipeline(settings.steps).apply(texts)]
    with progress(say("networks.learning_units"), len(clean), say("train.texts")) as advance:
        seen = _characters(clean, decomposed=settings.units is Units.JAMO)
        frequent = sorted((-count, one) for one, count in seen.items() if count >= settings.min_texts)
        kept = [one for _, one in frequent][: settings.vocabulary - len(SPECIAL)]
        spec = _subwords(clean, kept, settings) if settings.units is Units.SUBWORD else _single(kept, settings.units)
        advance(len(clean))
    tokens = UnitTokens(spec, settings.steps)
    count, rare = tokens.size - len(SPECIAL), len(seen) - len(kept)
    name = say(f"networks.unit_{settings.units.value}")
    tell(say("networks.units_learned", units=name, count=count, texts=len(texts), rare=rare))
    return tokens


def _characters(texts: Sequence[str], *, decomposed: bool) -> Counter[str]:
    """In how many texts each character occurs."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(set(unicodedata.normalize("NFD", text) if decomposed else text))
    return seen


def _single(characters: Sequence[str], units: Units) -> str:
    """A tokenizer whose units are these characters."""
    from tokenizers import Tokenizer, models, normalizers

    vocabulary = {one: at for at, one in enumerate((*SPECIAL, *characters))}
    made = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token=SPECIAL[UNKNOWN]))
    if units is Units.JAMO:
        made.normalizer = normalizers.NFD()
    return str(made.to_str(pretty=True))


def _subwords(texts: Sequence[str], characters: Sequence[str], settings: NetworkSettings) -> str:
    """A tokenizer that joins these characters to the pieces that are frequent in the texts."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

    quiet_forks()
    made = Tokenizer(models.BPE(unk_token=SPECIAL[UNKNOWN]))
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Metaspace(replacement=SPACE), pre_tokenizers.Split(Regex(_PIECES), "isolated")]
    )
    alphabet = list(dict.fromkeys((SPACE, *(one for one in characters if one != " "))))
    trainer = trainers.BpeTrainer(
        vocab_size=settings.vocabulary,
        min_frequency=settings.min_texts,
        special_tokens=list(SPECIAL),
        initial_alphabet=alphabet,
        limit_alphabet=len(alphabet),
        show_progress=False,
    )
    made.train_from_iterator(texts, trainer)
    # the trainer also has "[PAD]" found in texts as if it were a padding id; a user's own "[PAD]" is only characters
    return json.dumps(json.loads(made.to_str()) | {"added_tokens": []}, ensure_ascii=False, indent=1)


def _whole(text: str) -> str:
    """The text, with halves of surrogate pairs, which no encoding of the library holds, shown as ?."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
