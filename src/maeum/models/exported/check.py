"""Whether graph, tokenizer and card of an exported model belong to each other: found out before the first text."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from maeum.engine.sessions import Session
from maeum.engine.tokens import Batch
from maeum.errors import ModelError
from maeum.messages import listing
from maeum.models.exported.card import Card
from maeum.models.exported.tokens import ExportedTokens

SHORT: Final = 2  # tokens of the batch that shows which part is at fault


def check_inputs(path: Path, card: Card, session: Session) -> None:
    """Refuse a graph that takes other inputs than the card says, or batches of one size only.

    Raises:
        ModelError: It does.
    """
    if set(session.inputs) != set(card.inputs):
        found, expected = listing(session.inputs), listing(card.inputs)
        raise ModelError("exported.inputs_differ", path=path, found=found, expected=expected)
    fixed = {name: shape for name, shape in session.inputs.items() if any(isinstance(n, int) for n in shape[:1])}
    fixed |= {name: shape for name, shape in session.inputs.items() if name != "wide" and isinstance(shape[-1], int)}
    if fixed:
        shapes = "; ".join(f"{name} {shape}" for name, shape in fixed.items())
        raise ModelError("exported.fixed_size", path=path, shapes=shapes)


def check_answers(folder: Path, card: Card, tokens: ExportedTokens, session: Session) -> None:
    """Have the graph compute the longest text there can be, with the tokenizer's largest id in it.

    Raises:
        ModelError: The tokenizer has ids that the graph has no embedding for; the graph cannot see so long a text, or
            gives another number of logits than there are labels, or numbers that are not finite.
    """
    path, length = folder / "model.onnx", card.max_length
    try:
        found = session.run(_batch(card, [tokens.largest], length))
    except ModelError as error:
        reason = error.values.get("reason", "")
        if not _answers(session, _batch(card, [card.pad], SHORT)):
            raise
        if not _answers(session, _batch(card, [tokens.largest], SHORT)):
            raise ModelError("exported.tokenizer_unfit", path=tokens.path, largest=tokens.largest) from error
        raise ModelError("exported.too_short", folder=folder, length=length, reason=reason) from error
    if found.shape != (1, len(card.labels)):
        names = listing(card.labels)
        count = found.shape[-1] if found.ndim == 2 else found.shape
        raise ModelError("exported.labels_differ", folder=folder, labels=len(card.labels), names=names, found=count)
    if not np.isfinite(found).all():
        raise ModelError("exported.not_finite", path=path)


def _answers(session: Session, batch: Batch) -> bool:
    try:
        session.run(batch)
    except ModelError:
        return False
    return True


def _batch(card: Card, ids: list[int], length: int) -> Batch:
    """One text of these ids, filled up to `length` tokens by repeating them."""
    row: NDArray[np.int64] = np.resize(np.array(ids, np.int64), length)[None]
    zeros = np.zeros((1, len(card.labels)), np.float32)
    whole: Batch = {
        "input_ids": row,
        "attention_mask": np.ones_like(row),
        "token_type_ids": np.zeros_like(row),
        "wide": zeros,
    }
    return {name: whole[name] for name in card.inputs}
