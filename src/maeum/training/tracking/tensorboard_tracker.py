"""TensorBoard: event files written with its own writer, which needs neither torch nor TensorFlow."""

from __future__ import annotations

import time
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path("runs", "tensorboard")


class TensorBoard:
    """Event files in a folder of the run's name; a further training of that name gets `…-2`, a resumed one goes on."""

    title = "TensorBoard"

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self._writer: Any = None

    def open(self, facts: Mapping[str, Any]) -> str:
        """Create the event file."""
        place = self.folder / self.name
        number = 1
        while place.exists() and not facts.get("resumed_at"):
            number += 1
            place = self.folder / f"{self.name}-{number}"
        self._writer = _module("summary.writer.event_file_writer").EventFileWriter(str(place))
        return f"{place} (tensorboard --logdir {self.folder})"

    def parameters(self, values: Mapping[str, str], recipe: Mapping[str, Any]) -> None:  # noqa: ARG002
        """A table on the page of texts."""
        rows = "\n".join(f"| {name} | {value.replace('|', '&#124;')} |" for name, value in values.items())
        self._text("parameters", f"| | |\n|---|---|\n{rows}")

    def log(self, values: Mapping[str, float], step: int, axis: str) -> None:  # noqa: ARG002
        """Scalars."""
        summary = _module("compat.proto.summary_pb2").Summary
        found = [summary.Value(tag=name, simple_value=value) for name, value in values.items()]
        self._add(summary(value=found), step)

    def flush(self) -> None:
        """Write to disk."""
        self._writer.flush()

    def artifact(self, path: Path) -> None:
        """Event files hold no pages: where the file lies is noted."""
        self._text(path.stem, str(path))

    def close(self, *, failed: bool) -> None:
        """Close the file; a failed training is noted."""
        if failed:
            self._text("status", "failed")
        self._writer.close()

    def _text(self, name: str, text: str) -> None:
        summary = _module("compat.proto.summary_pb2").Summary
        shapes = _module("compat.proto.tensor_shape_pb2").TensorShapeProto
        shape = shapes(dim=[shapes.Dim(size=1)])
        tensor = _module("compat.proto.tensor_pb2").TensorProto(
            dtype="DT_STRING", string_val=[text.encode()], tensor_shape=shape
        )
        described = _module("plugins.text.metadata").create_summary_metadata(display_name="", description="")
        self._add(summary(value=[summary.Value(tag=name, tensor=tensor, metadata=described)]), 0)

    def _add(self, summary: Any, step: int) -> None:
        self._writer.add_event(
            _module("compat.proto.event_pb2").Event(wall_time=time.time(), step=step, summary=summary)
        )


def tracker(name: str, folder: Path | None) -> TensorBoard:
    """A tracker for a run of this name."""
    return TensorBoard(name, folder or FOLDER)


def _module(name: str) -> Any:
    """A part of the library, which has no types."""
    return import_module(f"tensorboard.{name}")
