"""Nodes that belong together made one, where onnxruntime computes them faster so.

Measured with onnxruntime 1.31, 8 bits, 12 layers of width 256, one core: attention made one gains 13 % over the graph
as traced; with skip connections, norms and biases made one, too (`all`), it loses 16 %, because SkipLayerNormalization
takes five times as long there as Add and LayerNormalization.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.exporting.graph import clean
from maeum.exporting.quiet import quiet

if TYPE_CHECKING:
    from onnx import ModelProto

    from maeum.models.neural import NeuralModel

_FUSED: Final = ("Attention", "SkipLayerNormalization", "BiasGelu", "Gelu", "EmbedLayerNormalization")


class Fuse(StrEnum):
    """How much of an encoder's graph is made one."""

    ATTENTION = "attention"
    """Attention, whose three projections become one multiplication, and GELU."""
    ALL = "all"
    """All that onnxruntime has one operation for: also skip connections with their norm, biases, embeddings."""
    NONE = "none"
    """Only what onnxruntime does by itself when it loads the file."""


def optimised(graph: ModelProto, model: NeuralModel, fuse: Fuse, folder: Path, *, embeddings: bool) -> ModelProto:
    """The graph with constants folded and, for encoders, nodes made one.

    Args:
        graph: As traced.
        model: What it was traced from.
        fuse: How much.
        folder: For temporary files.
        embeddings: Whether `all` takes in the embeddings; for 8 bits they have to stay apart.

    Raises:
        Exception: Whatever onnxruntime's optimiser raises at a graph that it does not understand.
    """
    import onnx

    path = folder / "traced.onnx"
    with quiet(), _own_modules():
        onnx.save_model(graph, path)
        from onnxruntime.transformers.fusion_options import FusionOptions
        from onnxruntime.transformers.optimizer import optimize_model

        options: Any = FusionOptions("bert")
        for name in ("skip_layer_norm", "bias_skip_layer_norm", "bias_gelu"):
            setattr(options, f"enable_{name}", fuse is Fuse.ALL)
        options.enable_embed_layer_norm = embeddings and fuse is Fuse.ALL
        heads, width = _attention_shape(model)
        # level 1 folds constants by the runtime itself; its further levels depend on the machine and come at loading
        found: Any = optimize_model(
            str(path), "bert", heads, width, options, opt_level=1, only_onnxruntime=not heads or fuse is Fuse.NONE
        )
    path.unlink()
    return clean(found.model)


def fused_nodes(graph: ModelProto) -> dict[str, int]:
    """How many nodes of each fused kind there are."""
    kinds = [node.op_type for node in graph.graph.node]
    return {kind: kinds.count(kind) for kind in _FUSED if kind in kinds}


def _attention_shape(model: NeuralModel) -> tuple[int, int]:
    """Heads and width of an encoder's layers; (0, 0) for networks."""
    config: Any = getattr(model.module, "config", None)
    if config is None:
        return 0, 0
    return int(getattr(config, "num_attention_heads", 0) or 0), int(getattr(config, "hidden_size", 0) or 0)


@contextmanager
def _own_modules() -> Iterator[None]:
    """Let onnxruntime's tools find each other by their bare names, as they do, and nobody else find them."""
    import onnxruntime

    before = list(sys.path)
    sys.path.append(str(Path(onnxruntime.__file__).parent / "transformers"))
    try:
        yield
    finally:
        sys.path[:] = before
