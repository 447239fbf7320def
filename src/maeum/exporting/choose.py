"""8 bits where they do no harm: the parts that cost the most agreement stay in 32, in a bounded number of trials."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maeum.exporting.parity import Parity, Reference
from maeum.exporting.quantise import Unit
from maeum.messages import say
from maeum.progress import progress

if TYPE_CHECKING:
    from onnx import ModelProto

PROBED: Final = 200  # texts on which parts are compared with each other: those torch itself is least sure of
MOST_LEFT_OUT: Final = 0.5  # share of the parts; beyond it 8 bits gain too little
Quantise = Callable[[Sequence[Unit]], "ModelProto"]


@dataclass(frozen=True)
class Choice:
    """A graph in 8 bits.

    Attributes:
        graph: The graph.
        parity: Its answers beside torch's, on all texts.
        left_out: Parts that stayed in 32 bits, the most harmful first.
        trials: Graphs that were tried.
    """

    graph: ModelProto
    parity: Parity
    left_out: tuple[Unit, ...]
    trials: int


def choose(quantise: Quantise, parts: Sequence[Unit], reference: Reference, least: float) -> Choice:
    """The graph in 8 bits with the fewest parts left out whose agreement is at least `least`, or the best there is.

    Each part is put back into 32 bits alone, and ranked by how near the probabilities of the least sure texts come to
    torch's; then the first 1, 2, 4 … of that ranking are left out together. At most 16 + log2(16) graphs are made.
    """
    graph = quantise(())
    best = Choice(graph, reference.compare(graph), (), 1)
    if best.parity.agreement >= least or not parts:
        return best
    ranking = _ranked(quantise, parts, reference.unsure(PROBED))
    trials, count = 1 + len(parts), 1
    most = max(1, int(MOST_LEFT_OUT * len(parts)))
    while True:
        left_out = tuple(ranking[:count])
        graph, trials = quantise(left_out), trials + 1
        parity = reference.compare(graph)
        if parity.agreement > best.parity.agreement:
            best = Choice(graph, parity, left_out, trials)
        if parity.agreement >= least or count >= most:
            break
        count = min(2 * count, most)
    return Choice(best.graph, best.parity, best.left_out, trials)


def _ranked(quantise: Quantise, parts: Sequence[Unit], reference: Reference) -> list[Unit]:
    """Parts by the mean difference that is left when each alone is in 32 bits, the least first."""
    left: list[tuple[float, int]] = []
    with progress(say("export.trying"), len(parts), say("export.parts")) as advance:
        for at, part in enumerate(parts):
            parity = reference.compare(quantise((part,)))
            left.append((parity.mean, at))
            advance(1)
    return [parts[at] for _, at in sorted(left)]
