"""The folder that is written: the graph, the tokenizer, a card with the numbers, and a page for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.exporting.graph import OPSET
from maeum.exporting.readme import readme
from maeum.models.encoder.checkpoint import is_hub_id
from maeum.models.exported import ExportedModel
from maeum.models.exported.model import GRAPH
from maeum.models.exported.tokens import FILE
from maeum.models.folder import saving
from maeum.models.neural.model import WIDE, NeuralModel

if TYPE_CHECKING:
    from onnx import ModelProto
    from tokenizers import Tokenizer

README: Final = "README.md"


@dataclass(frozen=True, eq=False)
class Parts:
    """What a folder is made of.

    Attributes:
        model: What was exported.
        graph: Its graph.
        tokenizer: Its tokenizer.
        precision: `fp32` or `int8`.
        parity: For the card: `texts`, `of`, `onnx` and where there is one `int8`, `left_out`, `reduce_range`.
    """

    model: NeuralModel
    graph: ModelProto
    tokenizer: Tokenizer
    precision: str
    parity: Mapping[str, Any]


def card_of(parts: Parts) -> dict[str, Any]:
    """The card: all that predicting needs beside graph and tokenizer, and where it comes from."""
    model = parts.model
    settings = model.settings.model_dump(mode="json")
    base = str(settings.get("checkpoint") or "")
    if base and (not is_hub_id(base) or Path(base).exists()):
        settings["checkpoint"] = Path(base).name  # where it lay on this machine means nothing elsewhere
    facts = {name: model.card[name] for name in ("data", "metrics") if name in model.card}
    return {
        "family": ExportedModel.family,
        "task": model.task.value,
        "labels": model.labels.to_json(),
        "settings": {},
        "prior": [float(share) for share in model.prior],
        "thresholds": None if model.thresholds is None else [float(one) for one in model.thresholds],
        "max_length": model.max_length,
        "long_texts": model.long_texts.value,
        "steps": list(settings.get("steps", ())),
        "pad": model.tokens.pad,
        "inputs": [one.name for one in parts.graph.graph.input],
        "precision": parts.precision,
        "opset": OPSET,
        "parameters": sum(one.numel() for one in model.module.parameters()),
        "source": {"family": model.family, "settings": settings, **facts},
        "parity": dict(parts.parity),
    }


def write(folder: Path, parts: Parts, *, overwrite: bool) -> None:
    """Write the folder; it appears when it is complete.

    Raises:
        OutputError: It exists, cannot be written, or the disk is full.
    """
    card = card_of(parts)
    with saving(folder, card, overwrite=overwrite) as part:
        (part / GRAPH).write_bytes(parts.graph.SerializeToString())
        (part / FILE).write_text(parts.tokenizer.to_str(pretty=True), encoding="utf-8", newline="\n")
        if parts.model.wide is not None:
            parts.model.wide.save(part / WIDE)
        (part / README).write_text(readme(card), encoding="utf-8", newline="\n")
