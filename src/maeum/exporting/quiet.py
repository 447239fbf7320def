"""Keeping the exporting libraries from writing to the reader's screen: what matters is said by maeum."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Final

ERRORS: Final = 3  # onnxruntime's severity from which it writes
_WARNINGS: Final = 2  # where onnxruntime begins by itself


@contextmanager
def quiet() -> Iterator[None]:
    """No warnings and log lines of torch, onnx and onnxruntime; everything is as before afterwards."""
    import onnxruntime

    root = logging.getLogger()
    handlers, disabled = list(root.handlers), root.manager.disable
    logging.disable(logging.CRITICAL)
    onnxruntime.set_default_logger_severity(ERRORS)
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):  # torch prints graphs that it cannot express
            warnings.simplefilter("ignore")
            yield
    finally:
        onnxruntime.set_default_logger_severity(_WARNINGS)
        logging.disable(disabled)
        root.handlers[:] = handlers  # logging.warning() puts one there by itself
