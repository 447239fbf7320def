"""The layers of a torch module, with the output shapes that real batches give; imported only where torch is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from maeum.models.neural.batches import collate, to_device
from maeum.models.neural.model import WIDE, NeuralModel, wide_scores
from maeum.schema import Task
from maeum.schema.layer import Layer, Shape

if TYPE_CHECKING:
    from maeum.models.hashed import HashedModel

# Batches that differ in size and in length: where two shapes differ, the dimension depends on the input.
_TEXTS: Final = (("영화 재밌다", "좋아요"), ("배우들의 연기가 정말 훌륭해서 끝까지 보았습니다",) * 3)
_INSIDE: Final = {nn.LSTM: "sigmoid, tanh", nn.GRU: "sigmoid, tanh"}
_RUN_ON: Final = (nn.ModuleList, nn.ModuleDict)  # hold modules, but are never called themselves


def layers_of(model: NeuralModel, depth: int | None = None) -> list[Layer]:
    """The layers of a network or encoder, from input to the probabilities.

    Args:
        model: Trained or not.
        depth: How many levels of parts inside parts; None: every layer of a stack of equal ones has a line of its own,
            and so has what stands beside the stack; networks without such a stack are shown whole.
    """
    shown = dict(_shown(model.module, depth))
    shapes = _shapes(model, shown)
    seen: set[int] = set()
    layers = [_line(name, module, shapes.get(name), seen) for name, module in shown.items()]
    own = _own_parameters(model.module, seen)
    several = model.task is Task.MULTI_LABEL
    end = Layer("probabilities", "sigmoid" if several else "softmax", (None, len(model.labels)))
    return [*_ngrams(model.wide), *layers, *own, end]


def _ngrams(wide: HashedModel | None) -> list[Layer]:
    if wide is None:
        return []
    return [
        Layer(f"{WIDE}.{layer.name}", layer.kind, layer.shape, layer.parameters, layer.trainable, layer.note)
        for layer in wide.layers()
    ]


def _shown(module: nn.Module, depth: int | None) -> Iterator[tuple[str, nn.Module]]:
    """Names and modules of the lines, in the order of their definition."""
    stacked = any(map(_is_stack, module.modules()))

    def walk(prefix: str, parent: nn.Module, level: int) -> Iterator[tuple[str, nn.Module]]:
        for name, child in parent.named_children():
            path = f"{prefix}{name}"
            if isinstance(child, _RUN_ON):
                yield from walk(f"{path}.", child, level)
            elif _opened(child, parent, level):
                yield from walk(f"{path}.", child, level + 1)
            else:
                yield path, child

    def _opened(child: nn.Module, parent: nn.Module, level: int) -> bool:
        if not any(True for _ in child.children()):
            return False
        if depth is not None:
            return level < depth
        return not stacked or (not _is_stack(parent) and any(map(_is_stack, child.modules())))

    yield from walk("", module, 1)


def _is_stack(module: nn.Module) -> bool:
    """Whether it is a list of layers that are made of parts themselves."""
    return isinstance(module, nn.ModuleList) and any(True for one in module for _ in one.children())


def _shapes(model: NeuralModel, shown: Mapping[str, nn.Module]) -> dict[str, Shape]:
    """Output shapes by name, None where they differ between the two batches."""
    first, second = (_run(model, shown, texts) for texts in _TEXTS)
    return {name: _merged(first[name], second[name]) for name in shown if name in first and name in second}


def _run(model: NeuralModel, shown: Mapping[str, nn.Module], texts: tuple[str, ...]) -> dict[str, Shape]:
    found: dict[str, Shape] = {}

    def noting(name: str) -> Any:
        def hook(_module: nn.Module, _given: Any, output: Any) -> None:
            tensor = _first_tensor(output)
            if tensor is not None:
                found[name] = tuple(tensor.shape)

        return hook

    handles = [module.register_forward_hook(noting(name)) for name, module in shown.items()]
    was_training = model.module.training
    model.module.eval()
    try:
        inputs = [(text, text) for text in texts] if model.task.has_pairs else list(texts)
        encoded = model.encode(inputs)
        wide = wide_scores(model.wide, list(texts)) if model.wide is not None else _no_scores(model, len(texts))
        batch = collate(encoded, np.arange(len(encoded.ids)), model.tokens.pad, wide=wide)
        with torch.inference_mode():
            model.module(**to_device(batch, next(model.module.parameters()).device))
    finally:
        model.module.train(was_training)
        for handle in handles:
            handle.remove()
    return found


def _no_scores(model: NeuralModel, count: int) -> NDArray[np.float32] | None:
    """Scores `(N, K)` of n-grams that are to stand beside the network but are not trained yet."""
    beside = getattr(model.settings, "wide", False)
    return np.zeros((count, len(model.labels)), np.float32) if beside else None


def _first_tensor(output: Any) -> Tensor | None:
    if isinstance(output, Tensor):
        return output
    values = output.values() if isinstance(output, Mapping) else output if isinstance(output, tuple | list) else ()
    return next((one for one in values if isinstance(one, Tensor)), None)


def _merged(first: Shape, second: Shape) -> Shape:
    if len(first) != len(second):  # tokens of all texts in one row, without padding
        return (None,) * max(len(first), len(second))
    return tuple(one if one == other else None for one, other in zip(first, second, strict=True))


def _line(name: str, module: nn.Module, shape: Shape | None, seen: set[int]) -> Layer:
    parameters = [one for one in module.parameters() if id(one) not in seen]
    seen.update(map(id, parameters))
    trainable = sum(one.numel() for one in parameters if one.requires_grad)
    return Layer(name, type(module).__name__, shape, sum(one.numel() for one in parameters), trainable, _note(module))


def _own_parameters(module: nn.Module, seen: set[int]) -> list[Layer]:
    """Parameters that no line holds: those of the parts that were opened."""
    rest = [(name, one) for name, one in module.named_parameters() if id(one) not in seen]
    return [Layer(name, "Parameter", None, one.numel(), one.numel() if one.requires_grad else 0) for name, one in rest]


def _note(module: nn.Module) -> str:
    """Activation functions inside, as they follow one another; the width of a convolution."""
    if isinstance(module, nn.Conv1d):
        return f"kernel {module.kernel_size[0]}"
    if type(module) in _INSIDE:
        return _INSIDE[type(module)]
    kinds = [type(one) for one in module.modules() if one is not module]
    names = [kind.__name__ for kind in kinds if _is_activation(kind)]
    return ", ".join(dict.fromkeys(names))


def _is_activation(kind: type[nn.Module]) -> bool:
    home = kind.__module__
    return home == "transformers.activations" or (
        home == "torch.nn.modules.activation" and kind is not nn.MultiheadAttention
    )
