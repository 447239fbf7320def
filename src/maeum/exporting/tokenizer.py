"""A model's tokenizer as the one file `tokenizer.json`, checked to give the model's own ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maeum.errors import ModelError
from maeum.exporting.parity import Reference
from maeum.models.exported.tokens import FILE, ExportedTokens
from maeum.models.neural.units import UnitTokens
from maeum.text import Pipeline

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from maeum.models.neural import NeuralModel

_LONGEST: Final = 40  # characters of a text that is shown


def tokenizer_of(model: NeuralModel) -> Tokenizer:
    """The tokenizer of a model, special tokens included, without truncation and padding.

    Raises:
        ModelError: It is written in Python alone, so that no file holds it.
    """
    from tokenizers import Tokenizer

    tokens: Any = model.tokens
    if isinstance(tokens, UnitTokens):
        spec = tokens.spec
    else:
        backend = getattr(tokens.tokenizer, "backend_tokenizer", None)
        if backend is None:
            raise ModelError("export.slow_tokenizer", kind=type(tokens.tokenizer).__name__)
        spec = backend.to_str()
    made = Tokenizer.from_str(spec)
    made.no_truncation()
    made.no_padding()
    return made


def check_tokenizer(made: Tokenizer, reference: Reference) -> None:
    """Refuse a tokenizer whose ids differ from the model's own, read as an exported model reads it.

    Raises:
        ModelError: Some inputs are read differently, with the first.
    """
    model, own = reference.model, reference.encoded
    path = reference.folder / FILE
    path.write_text(made.to_str(), encoding="utf-8", newline="\n")
    steps = Pipeline(tuple(getattr(model.settings, "steps", ())))
    mark = "?" if isinstance(model.tokens, UnitTokens) else "\ufffd"
    types = own.types is not None
    tokens = ExportedTokens.load(path.parent, steps, model.tokens.pad, types=types, mark=mark)
    found = tokens.encode(reference.inputs, model.max_length, model.long_texts)
    path.unlink()
    if np.array_equal(found.owner, own.owner):
        same = np.array([np.array_equal(a, b) for a, b in zip(found.ids, own.ids, strict=True)], np.bool_)
        if own.types is not None and found.types is not None:
            pairs = zip(found.types, own.types, strict=True)
            same &= np.array([np.array_equal(a, b) for a, b in pairs], np.bool_)
        wrong = np.unique(own.owner[~same])
    else:
        size = len(reference.inputs)
        wrong = np.flatnonzero(np.bincount(found.owner, minlength=size) != np.bincount(own.owner, minlength=size))
    if len(wrong):
        text = str(reference.inputs[int(wrong[0])])[:_LONGEST]
        raise ModelError("export.tokenizer_differs", count=len(wrong), total=len(reference.inputs), text=text)
