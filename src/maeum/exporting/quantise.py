"""Weights in 8 bits: matrices column by column, embeddings row by row; activations are measured while it runs."""

from __future__ import annotations

import platform
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maeum.exporting.graph import clean
from maeum.exporting.quiet import quiet

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto, NodeProto

IDS: Final = "input_ids"
EMBEDDINGS: Final = "embeddings"  # name of that part beside the names of nodes
# Convolutions are left out: ConvInteger has one scale for all filters, and is no quicker on a CPU than 32 bits.
KINDS: Final = ("Attention", "MatMul", "Gemm", "LSTM")
MOST_UNITS: Final = 16  # parts that are looked at one by one where agreement is too low
CPU: Final = Path("/proc/cpuinfo")
_WEIGHT_AT: Final = 1  # which input of a node holds its matrix
_FREE: Final = ("Cast", "Identity", "Squeeze", "Unsqueeze")  # between ids and the embedding


@dataclass(frozen=True)
class Unit:
    """A part of a graph that is in 8 bits or not as a whole.

    Attributes:
        nodes: Names of its nodes, in the order of computation.
    """

    nodes: tuple[str, ...]

    @property
    def name(self) -> str:
        """What a reader sees."""
        first = self.nodes[0].strip("/").removeprefix("net/")
        return first if len(self.nodes) == 1 else f"{first} (+{len(self.nodes) - 1})"


def units(graph: ModelProto) -> list[Unit]:
    """The parts that can be in 8 bits: the embeddings, then neighbouring nodes in at most 16 groups, the head alone.

    The last matrix, which makes the logits, is no part: it costs nothing and decides everything.
    """
    named = [node.name for node in _candidates(graph)][:-1]
    embeddings = [Unit((EMBEDDINGS,))] if _embeddings(graph.graph) else []
    size = max(1, -(-len(named) // (MOST_UNITS - len(embeddings))))
    return embeddings + [Unit(tuple(named[at : at + size])) for at in range(0, len(named), size)]


def quantised(
    graph: ModelProto, folder: Path, *, leave_out: Collection[Unit] = (), reduce_range: bool = False
) -> ModelProto:
    """The graph with its weights in 8 bits, signed and symmetric.

    Args:
        graph: In 32 bits, with embeddings apart.
        folder: For temporary files.
        leave_out: Parts that stay in 32 bits.
        reduce_range: Use 7 of the 8 bits, for CPUs whose multiplication of bytes overflows (`saturates`).
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.quant_utils import add_pre_process_metadata

    kept = {name for unit in leave_out for name in unit.nodes}
    wanted = [node.name for node in _candidates(graph)][:-1]
    wanted = [name for name in wanted if name not in kept]
    copy = onnx.ModelProto()
    copy.CopyFrom(graph)
    if EMBEDDINGS not in kept:
        _shrink_embeddings(copy.graph)
    if not wanted:
        return clean(copy)
    path = folder / "quantised.onnx"
    with quiet():
        add_pre_process_metadata(copy)  # the graph went through the optimiser: no advice to do so is needed
        quantize_dynamic(
            copy,
            path,
            op_types_to_quantize=list(KINDS),
            per_channel=True,
            reduce_range=reduce_range,
            weight_type=QuantType.QInt8,
            # shapes cannot be inferred through the runtime's own operations; nothing else multiplies here
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
            # Gemm becomes MatMul before it is looked at
            nodes_to_quantize=[*wanted, *(f"{name}_MatMul" for name in wanted)],
        )
        found = onnx.load_model(path)
    path.unlink()
    return clean(found)


def saturates() -> bool:
    """Whether this CPU multiplies bytes in 16 bits, which overflow: an x86 without VNNI (AVX2, early AVX-512).

    Known only on Linux; elsewhere the machine is taken for a newer one.
    """
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return False
    try:
        flags = CPU.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return "flags" in flags and "vnni" not in flags


def _candidates(graph: ModelProto) -> list[NodeProto]:
    """Nodes that multiply by a matrix of weights, in the order of computation."""
    matrices = {one.name for one in graph.graph.initializer}
    return [
        node
        for node in graph.graph.node
        if node.op_type in KINDS and len(node.input) > _WEIGHT_AT and node.input[_WEIGHT_AT] in matrices
    ]


def _embeddings(graph: GraphProto) -> list[NodeProto]:
    """The look-ups of token ids in a table that nothing else uses."""
    tables = {one.name for one in graph.initializer if len(one.dims) == 2 and one.data_type == 1}
    made_by = {name: node for node in graph.node for name in node.output}
    uses: dict[str, int] = {}
    for node in graph.node:
        for name in node.input:
            uses[name] = uses.get(name, 0) + 1

    def from_ids(name: str) -> bool:
        while name in made_by and made_by[name].op_type in _FREE:
            name = made_by[name].input[0]
        return name == IDS

    found = (node for node in graph.node if node.op_type == "Gather" and node.input[0] in tables)
    return [node for node in found if uses[node.input[0]] == 1 and from_ids(node.input[1])]


def _shrink_embeddings(graph: GraphProto) -> None:
    """Each row of an embedding table as 127 steps of a scale of its own, multiplied out after the look-up."""
    from onnx import helper, numpy_helper

    made: dict[str, Sequence[Any]] = {}
    for node in _embeddings(graph):
        table = next(one for one in graph.initializer if one.name == node.input[0])
        rows = numpy_helper.to_array(table)
        scale = np.abs(rows).max(axis=1, keepdims=True).astype(np.float32) / 127
        scale[scale == 0] = 1
        name = f"{node.input[0]}_rows"
        graph.initializer.remove(table)
        graph.initializer.extend([
            numpy_helper.from_array(np.round(rows / scale).astype(np.int8), f"{name}_int8"),
            numpy_helper.from_array(scale, f"{name}_scale"),
        ])  # fmt: skip
        made[node.output[0]] = [
            helper.make_node("Gather", [f"{name}_int8", node.input[1]], [f"{name}_found"], f"{name}_Gather"),
            helper.make_node("Cast", [f"{name}_found"], [f"{name}_float"], f"{name}_Cast", to=1),
            helper.make_node("Gather", [f"{name}_scale", node.input[1]], [f"{name}_scales"], f"{name}_GatherScale"),
            helper.make_node("Mul", [f"{name}_float", f"{name}_scales"], [node.output[0]], f"{name}_Mul"),
        ]
    nodes = [new for node in graph.node for new in made.get(node.output[0] if node.output else "", [node])]
    graph.ClearField("node")
    graph.node.extend(nodes)
