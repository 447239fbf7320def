"""Keeping transformers from writing to the reader's screen: what matters is said by maeum, in one sentence."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def quiet() -> Iterator[None]:
    """No log lines, progress bars or warnings of transformers; its settings are as before afterwards."""
    from transformers.utils import logging as module

    theirs: Any = module

    level, bars = theirs.get_verbosity(), theirs.is_progress_bar_enabled()
    theirs.set_verbosity(logging.CRITICAL)
    theirs.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        theirs.set_verbosity(level)
        if bars:
            theirs.enable_progress_bar()


def reason_of(error: BaseException) -> str:
    """An error of a library in one short line."""
    text = " ".join(str(error).split())[:200]
    return text or type(error).__name__
