"""One function per command: each does the whole of it, writes what it found, and returns it."""

from maeum.workflows.evaluate import evaluate
from maeum.workflows.predict import predict
from maeum.workflows.train import train

__all__ = ["evaluate", "predict", "train"]
