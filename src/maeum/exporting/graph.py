"""The graph of a network or encoder, as torch traces it.

torch has two exporters. The one by tracing is used, because of what was found with torch 2.13: it exports every family
with both dimensions dynamic and equal numbers, while `torch.export` refuses recurrent networks that read both ways (a
batch of one is a case of its own to it); and onnxruntime's optimiser recognises attention in its graphs alone. It also
takes a twentieth of the time, and nothing but torch.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maeum.errors import ModelError
from maeum.exporting.quiet import quiet
from maeum.models.neural.batches import collate, logits_of
from maeum.models.neural.model import WIDE, NeuralModel

if TYPE_CHECKING:
    from onnx import ModelProto
    from torch import Tensor, nn

# 17 (onnx 1.12) is the first with LayerNormalization as one node; onnxruntime has known it since 1.12.
OPSET: Final = 17
OUTPUT: Final = "logits"
MAX_BYTES: Final = 2_000_000_000  # of weights: a file of protobuf ends at 2 GiB
_EXAMPLE: Final = ("영화 재밌다", "배우들의 연기가 정말 훌륭해서 끝까지 보았습니다", "별로")


def trace(model: NeuralModel, folder: Path) -> ModelProto:
    """The graph, with inputs as `neural.collate` names them and the output `logits` `(B, K)`; both dimensions dynamic.

    Args:
        model: What to trace.
        folder: For a temporary file.

    Raises:
        ModelError: torch cannot trace it, or it is larger than a file of this format can be.
    """
    import onnx
    import torch

    size = weight_bytes(model.module)
    if size > MAX_BYTES:
        raise ModelError("export.too_large", size=size / 1e9, limit=MAX_BYTES / 1e9)
    batch = _example(model)
    names = list(batch)
    path = folder / "traced.onnx"
    with quiet(), torch.random.fork_rng(devices=[]), torch.no_grad():
        module = _traceable(model.module, names)
        try:
            torch.onnx.export(
                module,
                tuple(batch.values()),
                str(path),
                dynamo=False,
                opset_version=OPSET,
                input_names=names,
                output_names=[OUTPUT],
                dynamic_axes={**{name: _axes(name) for name in names}, OUTPUT: {0: "batch"}},
            )
        except (OSError, MemoryError):  # the machine's, not the graph's
            raise
        except Exception as error:  # whatever torch raises about an operation it cannot express
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise ModelError("export.not_traceable", kind=type(model.module).__name__, reason=reason) from error
    graph = onnx.load_model(path)
    path.unlink()
    return clean(graph)


def clean(graph: ModelProto) -> ModelProto:
    """The graph without notes of where it was made, asking for no more of a runtime than it uses.

    The tools write down every set of operations that they know, the newest of which an older onnxruntime refuses to
    load; and torch the lines of source that each node comes from.
    """
    used = {node.domain for node in graph.graph.node}
    kept = [one for one in graph.opset_import if one.domain in used]
    del graph.opset_import[:]
    graph.opset_import.extend(kept)
    for node in graph.graph.node:
        node.ClearField("doc_string")
        node.ClearField("metadata_props")
    del graph.metadata_props[:]
    graph.ClearField("doc_string")
    graph.graph.ClearField("doc_string")
    del graph.graph.value_info[:]
    return graph


def weight_bytes(module: nn.Module) -> int:
    """Bytes of the weights as 32-bit numbers, each counted once."""
    return 4 * sum(one.numel() for one in module.parameters())


def _traceable(module: nn.Module, names: Sequence[str]) -> nn.Module:
    """A copy on the CPU in 32 bits whose inputs are positional and whose output is the logits."""
    from torch import nn

    class Positional(nn.Module):
        def __init__(self, inner: nn.Module) -> None:
            super().__init__()
            self.net = inner

        def forward(self, *given: Tensor) -> Tensor:
            return logits_of(self.net(**dict(zip(names, given, strict=True))))

    inner = copy.deepcopy(module).to("cpu").float().eval()
    fold: Any = getattr(inner, "fold", None)
    if fold is not None:  # a network as it was while it learnt
        fold()
    # the plain form of attention, which onnxruntime's optimiser knows; the fused one of torch becomes something else
    choose: Any = getattr(inner, "set_attn_implementation", None)
    if choose is not None:
        choose("eager")
    return Positional(inner).eval()


def _example(model: NeuralModel) -> dict[str, Tensor]:
    """A batch of texts of different lengths, so that padding is part of what is traced."""
    import torch

    inputs: Any = [(text, text[::-1]) for text in _EXAMPLE] if model.task.has_pairs else list(_EXAMPLE)
    encoded = model.encode(inputs)
    first = [int(np.flatnonzero(encoded.owner == at)[0]) for at in range(len(inputs))]
    length = max(3, *(len(encoded.ids[piece]) for piece in first))
    batch = collate(encoded, first, model.tokens.pad, length=min(length, max(model.max_length, 1)))
    if model.wide is not None:
        batch[WIDE] = torch.zeros(len(first), len(model.labels))
    return batch


def _axes(name: str) -> dict[int, str]:
    return {0: "batch"} if name == WIDE else {0: "batch", 1: "length"}
