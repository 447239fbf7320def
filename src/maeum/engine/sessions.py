"""Sessions that compute an ONNX graph on the cores of this machine: ONNX Runtime, or OpenVINO on the same file.

Neither is asked to take denormal numbers as zero: both do it by changing the processor's state for good in the thread
that calls them, which is the user's, whose own arithmetic would change with it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from maeum.engine.cores import cores
from maeum.engine.tokens import Batch
from maeum.errors import ModelError, require
from maeum.messages import listing

OUTPUT: Final = "logits"
_KINDS: Final = {"tensor(int64)": np.int64, "tensor(int32)": np.int32, "tensor(float)": np.float32}
_OPSET: Final = re.compile(r"Opset (\d+) is under development.*till opset (\d+)", re.DOTALL)
_FORMAT: Final = re.compile(r"IR version: (\d+), max supported IR version: (\d+)")
_OPERATION: Final = re.compile(r"Fatal error: (\S+?)\(-?\d+\) is not a registered|No Op registered for (\S+)")
_PLACE: Final = re.compile(
    r"^\[ONNXRuntimeError\][^:]*:[^:]*:[^:]*: *|(?:Load model from .*? failed:)|\S*/\S+\.(?:cc|h):\d+"
)
_LONGEST: Final = 200  # characters of a library's reason


class Engine(StrEnum):
    """What computes a model."""

    TORCH = "torch"
    """PyTorch, on a GPU where there is one."""
    ONNX = "onnx"
    """ONNX Runtime, on the CPU."""
    OPENVINO = "openvino"
    """OpenVINO, on the CPU."""


@dataclass(frozen=True)
class Layout:
    """How the cores are shared out.

    Attributes:
        workers: Batches computed at the same time.
        threads: Cores that work on one batch.
    """

    workers: int
    threads: int

    @classmethod
    def here(cls, *, apart: bool = True) -> Layout:
        """Each core `apart` on a batch of its own, or all together on one batch.

        Apart they never wait for each other: 1.9 times as many reviews a second on two busy cores (12 layers of 256 in
        8 bits), for half of the processor's time. Together one text alone is answered sooner.
        """
        found = cores()
        return cls(found, 1) if apart else cls(1, found)


class Session(Protocol):
    """A graph ready to compute; `run` may be called from several threads at once."""

    @property
    def layout(self) -> Layout:
        """How the cores are shared out."""

    @property
    def inputs(self) -> Mapping[str, Sequence[Any]]:
        """Name -> shape of each input; numbers are fixed, everything else is not."""

    def run(self, batch: Batch) -> NDArray[np.float32]:
        """Logits `(B, K)` of a batch."""


class OnnxSession:
    """ONNX Runtime on the CPU.

    Args:
        path: The graph.
        layout: How the cores are shared out; `Layout.here()` when None.

    Raises:
        ModelError: The file is damaged, is no ONNX graph, or needs a newer ONNX Runtime.
    """

    def __init__(self, path: Path, layout: Layout | None = None) -> None:
        import onnxruntime

        self.path, self.layout = path, layout or Layout.here()
        if not path.is_file():
            raise ModelError("models.file_missing", folder=path.parent, name=path.name)
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), _options(onnxruntime, self.layout), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the library's many kinds have no base of their own
            raise _unreadable(path, str(error), onnxruntime.__version__) from error
        given = self._session.get_inputs()
        self._kinds = {one.name: _KINDS.get(one.type) for one in given}
        self.inputs = {one.name: list(one.shape) for one in given}
        named = {one.name: list(one.shape) for one in self._session.get_outputs()}
        _check_ends(path, self._kinds, named)

    def run(self, batch: Batch) -> NDArray[np.float32]:
        """Logits `(B, K)` of a batch; what the graph does not take is left out.

        Raises:
            ModelError: The graph cannot compute the batch.
        """
        given = {name: batch[name].astype(kind, copy=False) for name, kind in self._kinds.items()}
        try:
            found = self._session.run([OUTPUT], given)[0]
        except Exception as error:  # as above
            raise ModelError("exported.run_failed", path=self.path, reason=reason_of(str(error))) from error
        return np.asarray(found, np.float32)


class OpenVinoSession:
    """OpenVINO on the CPU, in 32-bit numbers where the graph has them: by itself it would round to 16 on some machines.

    Args:
        path: The graph.
        layout: How the cores are shared out; `Layout.here()` when None.

    Raises:
        MissingExtraError: OpenVINO is not installed.
        ModelError: OpenVINO cannot read the file.
    """

    def __init__(self, path: Path, layout: Layout | None = None) -> None:
        require("openvino", "openvino")
        import openvino

        self.path, self.layout = path, layout or Layout.here()
        if not path.is_file():
            raise ModelError("models.file_missing", folder=path.parent, name=path.name)
        options = {
            "INFERENCE_NUM_THREADS": self.layout.workers * self.layout.threads,
            "NUM_STREAMS": self.layout.workers,
            "INFERENCE_PRECISION_HINT": "f32",
        }
        try:
            graph = openvino.Core().read_model(path)
            self._compiled = openvino.compile_model(graph, "CPU", options)
        except Exception as error:  # RuntimeError and its own kinds
            raise ModelError("exported.openvino_unreadable", path=path, reason=reason_of(str(error))) from error
        self._kinds: dict[str, Any] = {
            one.get_any_name(): one.get_element_type().to_dtype().type for one in graph.inputs
        }
        self.inputs = {one.get_any_name(): _shape(one.get_partial_shape()) for one in graph.inputs}
        named = {one.get_any_name(): _shape(one.get_partial_shape()) for one in graph.outputs}
        _check_ends(path, self._kinds, named)
        self._own = threading.local()

    def run(self, batch: Batch) -> NDArray[np.float32]:
        """Logits `(B, K)` of a batch; what the graph does not take is left out.

        Raises:
            ModelError: The graph cannot compute the batch.
        """
        request = getattr(self._own, "request", None)
        if request is None:
            request = self._own.request = self._compiled.create_infer_request()
        given = {name: batch[name].astype(kind, copy=False) for name, kind in self._kinds.items()}
        try:
            found = request.infer(given)[OUTPUT]
        except Exception as error:  # as above
            raise ModelError("exported.run_failed", path=self.path, reason=reason_of(str(error))) from error
        return np.array(found, np.float32)  # a copy: the library's memory is used again


def session_of(path: Path, engine: Engine, layout: Layout | None = None) -> Session:
    """The graph, to be computed by `engine`.

    Raises:
        MissingExtraError: The engine is not installed.
        ModelError: It cannot read the file.
    """
    return OpenVinoSession(path, layout) if engine is Engine.OPENVINO else OnnxSession(path, layout)


def reason_of(message: str) -> str:
    """What a library says, in one line without the places in its source."""
    line = " ".join(_PLACE.sub(" ", message).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _options(onnxruntime: Any, layout: Layout) -> Any:
    """How ONNX Runtime computes here."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = layout.threads
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.enable_mem_pattern = False  # it keeps a plan for every shape of a batch it has seen
    options.log_severity_level = 4  # what goes wrong is raised
    # threads wait for work by spinning, which is quickest, but only while a batch is being computed
    options.add_session_config_entry("session.force_spinning_stop", "1")
    return options


def _unreadable(path: Path, message: str, version: str) -> ModelError:
    """Why ONNX Runtime does not take a file."""
    for found, key in ((_OPSET.search(message), "exported.opset"), (_FORMAT.search(message), "exported.format")):
        if found:
            return ModelError(key, path=path, found=found[1], known=found[2], version=version)
    operation = _OPERATION.search(message)
    if operation:
        return ModelError("exported.operation", path=path, name=operation[1] or operation[2], version=version)
    return ModelError("exported.damaged", path=path, reason=reason_of(message))


def _check_ends(path: Path, inputs: Mapping[str, Any], outputs: Mapping[str, Sequence[Any]]) -> None:
    """Refuse graphs that are no classifiers of tokens.

    Raises:
        ModelError: Another graph's inputs or outputs.
    """
    if OUTPUT not in outputs or "input_ids" not in inputs or None in inputs.values():
        found = f"{listing(inputs)} → {listing(outputs)}"
        raise ModelError("exported.foreign", path=path, found=found, output=OUTPUT)


def _shape(partial: Any) -> list[Any]:
    return [one.get_length() if one.is_static else str(one) for one in partial] if partial.rank.is_static else []
